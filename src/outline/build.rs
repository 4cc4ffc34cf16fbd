//! The outline of a document, put together block by block: each takes its heading, label, language and date
//! from what came before it.

use super::kind::{Part, parts_of};
use super::piece::pieces;
use super::quotation::Quotation;
use super::{Block, BlockKind, Label, Outline, Sentence};
use crate::document::{Document, Lang};
use crate::text::lang::detect;
use crate::text::sentence::sentences_into;
use crate::text::token::tokens_into;

/// The blocks, sentences and tokens of a document.
pub fn outline(document: &Document) -> Outline {
    let text = document.text.as_str();
    let mut parts = Vec::new();
    for (at, piece) in pieces(document).into_iter().enumerate() {
        parts_of(text, piece, at, &mut parts);
    }
    let blocks = blocks(document, &parts);
    let mut outline = Outline {
        blocks,
        sentences: Vec::with_capacity(text.len() / 150),
        tokens: Vec::with_capacity(text.len() / 5),
    };
    read_sentences(text, &mut outline);
    outline
}

/// What earlier blocks leave to later ones.
#[derive(Default)]
struct Carried {
    heading: Option<usize>,
    lang: Option<Lang>,
    quotation: Option<Quotation>,
    label: Option<CarriedLabel>,
}

/// A label that goes on over the blocks after it.
#[derive(Clone, Copy)]
struct CarriedLabel {
    label: Label,
    /// Whether a list followed it, so that it ends with the list.
    list: Option<bool>,
    /// Quotation marks opened and not closed: it goes on until they are.
    open: bool,
}

fn blocks(document: &Document, parts: &[Part]) -> Vec<Block> {
    let text = document.text.as_str();
    let date = document.date.map(|date| date.date);
    let mut carried = Carried { lang: document.lang.or_else(|| lang_of_text(text)), ..Carried::default() };
    let mut blocks = Vec::with_capacity(parts.len());
    for part in parts {
        let lang = detect(part.span.of(text)).or(carried.lang).unwrap_or(Lang::En);
        carried.lang = Some(lang);
        let own = part.label;
        let label = own.or_else(|| carried.label_for(part));
        carried.go_on_after(part, label, text);
        carried.quotation = carried.quotation.and_then(|open| open.at_block(part.kind, own, part.listed));
        let led_in = date.and_then(|date| Quotation::led_in(text, part.span, own, date));
        let begins_here = led_in.filter(|(_, here)| *here).map(|(quotation, _)| quotation);
        let as_of = begins_here.or(carried.quotation).map(|quotation| quotation.as_of).or(date);
        carried.quotation = led_in.map(|(quotation, _)| quotation).or(carried.quotation);
        let heading = carried.heading;
        if part.kind == BlockKind::Heading {
            carried.heading = Some(blocks.len());
        }
        blocks.push(Block { span: part.span, kind: part.kind, lang, heading, label, as_of });
    }
    blocks
}

impl Carried {
    /// The label that a block without its own takes from those before it.
    fn label_for(&mut self, part: &Part) -> Option<Label> {
        let carried = self.label.as_mut()?;
        match part.kind {
            BlockKind::Paragraph | BlockKind::ListItem => {}
            BlockKind::Boilerplate | BlockKind::Note | BlockKind::Header => return None,
            BlockKind::Heading => {
                self.label = None;
                return None;
            }
        }
        let list = *carried.list.get_or_insert(part.listed);
        let label = carried.label;
        let goes_on = carried.open || list && part.listed;
        if list && !part.listed && !carried.open {
            self.label = None;
            return None;
        }
        if !goes_on {
            self.label = None;
        }
        Some(label)
    }

    /// Settles what this block leaves to the next.
    fn go_on_after(&mut self, part: &Part, label: Option<Label>, text: &str) {
        if part.kind == BlockKind::Heading || part.label.is_some() {
            self.label = None;
        }
        if part.bare {
            self.label = part.label.map(|label| CarriedLabel { label, list: None, open: false });
            return;
        }
        if label != Some(Label::Quote) || !matches!(part.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            return;
        }
        let was_open = self.label.is_some_and(|carried| carried.open);
        let open = quote_stays_open(part.span.of(text), was_open);
        if open {
            self.label = Some(CarriedLabel { label: Label::Quote, list: None, open });
        } else if was_open {
            self.label = None;
        }
    }
}

/// Whether a quotation is still open at the end of `words`.
fn quote_stays_open(words: &str, open: bool) -> bool {
    words.chars().fold(open, |open, c| match c {
        '“' | '«' | '„' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}

/// The language of the first words that tell one.
fn lang_of_text(text: &str) -> Option<Lang> {
    let end = (0..=text.len().min(2000)).rev().find(|&end| text.is_char_boundary(end))?;
    detect(&text[..end])
}

/// Cuts the blocks that are read into sentences and those into tokens.
fn read_sentences(text: &str, outline: &mut Outline) {
    let mut spans = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Header | BlockKind::Boilerplate | BlockKind::Note) {
            continue;
        }
        spans.clear();
        sentences_into(text, block.span, &mut spans);
        for &span in &spans {
            let first_token = outline.tokens.len();
            tokens_into(text, span, &mut outline.tokens);
            let end_token = outline.tokens.len();
            outline.sentences.push(Sentence { span, block: at, first_token, end_token });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DateSource, ReportDate};
    use jiff::civil::date;

    fn read(text: &str) -> (Document, Outline) {
        let date = ReportDate { date: date(2024, 10, 24), source: DateSource::Given };
        let document = Document { text: text.into(), date: Some(date), ..Document::default() };
        let outline = outline(&document);
        (document, outline)
    }

    /// Each block as its kind, label and first words.
    fn check(text: &str, expected: &[(BlockKind, Option<Label>, &str)]) {
        let (document, outline) = read(text);
        let found: Vec<_> = outline
            .blocks
            .iter()
            .map(|block| (block.kind, block.label, block.span.of(&document.text)))
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!((found.0, found.1), (expected.0, expected.1), "{found:?}");
            assert!(found.2.starts_with(expected.2), "{found:?}");
        }
    }

    use BlockKind::{Boilerplate, Header, Heading, ListItem, Note, Paragraph};

    #[test]
    fn a_daily_assessment_of_the_older_kind() {
        check(
            "Anna Smith, Ben Jones, and Carl D. Brown\nOctober 24, 6:30 pm ET\nClick here to see the map.\n\
             Troops moved near Lyman.[1]\nKey Takeaways\n* Troops moved.\n* Guns fired.\n\
             Main Effort—Eastern Ukraine (Russian objective: seize Lyman)\nTroops rested.[2]\n[1] https://example.org/a\n[2] https://example.org/b",
            &[
                (Boilerplate, None, "Anna"),
                (Header, None, "October 24, 6:30 pm ET"),
                (Boilerplate, None, "Click"),
                (Paragraph, None, "Troops moved near"),
                (Heading, None, "Key"),
                (ListItem, None, "* Troops"),
                (ListItem, None, "* Guns"),
                (Heading, Some(Label::Objective), "Main"),
                (Paragraph, None, "Troops rested"),
                (Note, None, "[1]"),
                (Note, None, "[2]"),
            ],
        );
    }

    #[test]
    fn labels_on_their_line_and_above() {
        check(
            "Assessed Russian advances: Footage shows troops.\nTroops attacked.\nUnconfirmed claims:\n- One.\n- Two.\nNothing else.\n\
             Source: a spokesman\nQuote: \"They came.\nThey left.\"\nDetails: Guns fired.\nOrder of Battle:\nThe 5th Brigade is here.",
            &[
                (Paragraph, Some(Label::Assessed), "Assessed"),
                (Paragraph, None, "Troops"),
                (Paragraph, Some(Label::Unconfirmed), "Unconfirmed"),
                (ListItem, Some(Label::Unconfirmed), "- One"),
                (ListItem, Some(Label::Unconfirmed), "- Two"),
                (Paragraph, None, "Nothing"),
                (Paragraph, Some(Label::Source), "Source"),
                (Paragraph, Some(Label::Quote), "Quote"),
                (Paragraph, Some(Label::Quote), "They left"),
                (Paragraph, Some(Label::Details), "Details"),
                (Paragraph, Some(Label::OrderOfBattle), "Order"),
                (Paragraph, Some(Label::OrderOfBattle), "The 5th"),
            ],
        );
    }

    #[test]
    fn the_date_of_a_quoted_report() {
        let (_, outline) = read(
            "date 2024-10-24 Troops moved.\nTo quote the key takeaways on 23 October:\nGuns fired.\nAdvertisement:\nDrones flew.\nBackground: Long ago.",
        );
        let days: Vec<_> =
            outline.blocks.iter().map(|block| block.as_of.expect("the document has a date").day()).collect();
        assert_eq!(days, [24, 24, 24, 23, 23, 23, 24]);
    }

    #[test]
    fn headings_are_found_again() {
        let (_, outline) =
            read("Toplines\nTroops moved.\nRussian Operations in Kursk\nGuns fired on the town");
        let headings: Vec<_> = outline.blocks.iter().map(|block| block.heading).collect();
        assert_eq!(headings, [None, Some(0), Some(0), Some(2)]);
    }

    #[test]
    fn each_paragraph_has_its_language() {
        let (_, outline) =
            read("Troops moved.\nВорог просунувся у Покровську.\n2024.\nПокровск\nВойска отошли от посёлка.");
        let langs: Vec<_> = outline.blocks.iter().map(|block| block.lang.code()).collect();
        assert_eq!(langs, ["en", "uk", "uk", "uk", "ru"]);
    }

    #[test]
    fn sentences_point_at_their_blocks_and_tokens() {
        let (document, outline) = read("* Troops moved.[1] Guns fired.\nAdvertisement:\nAll is quiet");
        let words: Vec<_> =
            outline.sentences.iter().map(|sentence| sentence.span.of(&document.text)).collect();
        assert_eq!(words, ["Troops moved.", "Guns fired.", "All is quiet"]);
        for sentence in &outline.sentences {
            assert!(outline.block_of(sentence).span.contains(sentence.span));
            assert!(outline.tokens_of(sentence).iter().all(|token| sentence.span.contains(token.span)));
        }
        assert_eq!(outline.sentences[2].block, 2);
    }
}
