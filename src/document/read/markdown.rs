//! Markdown: headings, lists, quotations and notes told apart, their marks taken out of the text.

use super::dating::{self, Clues};
use super::extract::Extract;
use crate::document::{Document, Lang, MarkKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The document of a Markdown text, and what its front matter says about its date.
pub(super) fn document(source: &str) -> (Document, Clues) {
    let options =
        Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut extract = Extract::default();
    let mut front = String::new();
    let (mut in_front, mut silent) = (false, 0);
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(words) if in_front => front.push_str(&words),
            Event::Start(Tag::Image { .. }) => silent += 1,
            Event::End(TagEnd::Image) => silent -= 1,
            _ if silent > 0 => {}
            Event::Start(tag) => begin(&tag, &mut extract),
            Event::End(tag) => end(tag, &mut extract),
            Event::Text(words) | Event::Code(words) => extract.push(&words),
            Event::FootnoteReference(name) => extract.push(&format!("[{name}]")),
            Event::SoftBreak => extract.push(" "),
            Event::HardBreak | Event::Rule => extract.break_line(),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_) => {}
        }
    }
    let (text, marks) = extract.finish();
    let mut document = Document { text, marks, ..Document::default() };
    let clues = front_matter(&front, &mut document);
    if document.title.is_none() {
        let title = document.marks.iter().find(|mark| mark.kind == MarkKind::Heading(1));
        document.title = title.map(|mark| mark.span.of(&document.text).to_owned());
    }
    (document, clues)
}

fn begin(tag: &Tag<'_>, extract: &mut Extract) {
    match tag {
        Tag::Paragraph
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::List(_)
        | Tag::TableHead
        | Tag::TableRow => extract.break_line(),
        Tag::TableCell => extract.push(" "),
        Tag::Heading { level, .. } => open(extract, MarkKind::Heading(*level as u8)),
        Tag::BlockQuote(_) => open(extract, MarkKind::Quote),
        Tag::Item => open(extract, MarkKind::ListItem),
        Tag::FootnoteDefinition(_) => open(extract, MarkKind::Note),
        Tag::Strong => extract.open(MarkKind::Strong),
        _ => {}
    }
}

fn end(tag: TagEnd, extract: &mut Extract) {
    match tag {
        TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
            extract.close();
            extract.break_line();
        }
        TagEnd::Strong => extract.close(),
        TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => extract.break_line(),
        _ => {}
    }
}

fn open(extract: &mut Extract, kind: MarkKind) {
    extract.break_line();
    extract.open(kind);
}

/// Reads the simple fields of a front matter ("title: …") into the document.
fn front_matter(front: &str, document: &mut Document) -> Clues {
    let mut clues = Clues::default();
    for (name, value) in front.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']);
        let words = || Some(value.to_owned()).filter(|words| !words.is_empty());
        match name.trim() {
            "date" => clues.metadata = dating::parse(value),
            "title" => document.title = words(),
            "url" | "link" => document.url = words(),
            "source" | "author" | "publisher" => document.source = words(),
            "lang" | "language" => document.lang = value.get(..2).and_then(Lang::from_code),
            _ => {}
        }
    }
    clues
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn marks_point_into_the_extracted_text() {
        let source = "---\ntitle: \"The day\"\ndate: 2024-10-24\n---\n# Morning\n\nTroops **moved** to\n[Lyman](https://a.b).[^1]\n\n- One\n- Two\n\n> Held.\n\n![map](x.png)\n\n[^1]: A source.\n";
        let (document, clues) = document(source);
        assert_eq!(document.text, "Morning\nTroops moved to Lyman.[1]\nOne\nTwo\nHeld.\nA source.");
        assert_eq!((document.title.as_deref(), clues.metadata), (Some("The day"), Some(date(2024, 10, 24))));
        let marks: Vec<_> =
            document.marks.iter().map(|mark| (mark.kind, mark.span.of(&document.text))).collect();
        assert_eq!(
            marks,
            [
                (MarkKind::Heading(1), "Morning"),
                (MarkKind::Strong, "moved"),
                (MarkKind::ListItem, "One"),
                (MarkKind::ListItem, "Two"),
                (MarkKind::Quote, "Held."),
                (MarkKind::Note, "A source."),
            ]
        );
    }
}
