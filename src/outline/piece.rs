//! A text cut into the pieces that become blocks: lines, or paragraphs where lines are broken by hand.
//! What a piece is (heading, label, boilerplate) is decided next door.

use super::cues::CUES;
use crate::document::{Document, Header, Mark, MarkKind, Span, headers};
use crate::text::sentence::{is_bullet, list_number, note_mark};
use crate::text::table::rows;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// One stretch of text that becomes a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Without white space at either end; never empty.
    pub(super) span: Span,
    /// What the format says of it; of several marks the innermost.
    pub(super) mark: Option<MarkKind>,
    /// The format sets all of it in bold.
    pub(super) strong: bool,
    /// It dates the document.
    pub(super) header: bool,
}

/// The pieces of a document, in order, not overlapping.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let text = document.text.as_str();
    let headers = headers(text);
    let mut cutter = Cutter {
        text,
        marks: Marks::new(&document.marks),
        headers: &headers,
        pieces: Vec::with_capacity(text.len() / 200),
    };
    let plain = document.marks.is_empty();
    let wrapped = plain && is_wrapped(text);
    let mut start = 0;
    let mut open: Option<Span> = None;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = trimmed(text, Span { start, end });
        start = end + 1;
        open = match open {
            Some(before) if plain && goes_on(before.of(text), line.of(text), wrapped) => {
                Some(before.cover(line))
            }
            before => {
                before.into_iter().for_each(|before| cutter.cut(before));
                (!line.is_empty()).then_some(line)
            }
        };
    }
    open.into_iter().for_each(|open| cutter.cut(open));
    cutter.pieces
}

/// Whether `line` goes on with what the line `before` it began.
fn goes_on(before: &str, line: &str, wrapped: bool) -> bool {
    let Some(first) = line.chars().next() else { return false };
    let joined = if wrapped {
        !begins_anew(line)
    } else {
        // Copies of pages break a line where the page had a word in italics.
        let inside = first.is_lowercase() && before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        inside || first == ',' && !before.ends_with('.') || ends_dangling(before) && !begins_anew(line)
    };
    joined && CUES.heading(before).is_none()
}

fn ends_dangling(line: &str) -> bool {
    let word = &line[line.trim_end_matches(|c: char| c.is_ascii_lowercase()).len()..];
    word.len() <= 7 && line[..line.len() - word.len()].ends_with(' ') && DANGLING.contains(word)
}

/// Words that end no line of their own.
static DANGLING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../gazetteer/lexicon/en/dangling.tsv")).map(|row| row[0]).collect()
});

/// Whether the lines of a text are broken by hand inside its paragraphs: many go on in small letters.
fn is_wrapped(text: &str) -> bool {
    let (mut pairs, mut broken, mut last) = (0, 0, 0);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).take(2000) {
        let words = text[start..end].trim();
        start = end + 1;
        if last > 0 && !words.is_empty() {
            pairs += 1;
            let goes_on = words.starts_with(char::is_lowercase);
            broken += u32::from(goes_on && (40..=240).contains(&last));
        }
        last = words.len();
    }
    broken >= 2 && broken * 4 >= pairs
}

/// Whether a line in a text broken by hand begins a paragraph of its own.
fn begins_anew(line: &str) -> bool {
    let first = line.chars().next();
    let bullet = first.is_some_and(is_bullet) && line.chars().nth(1).is_some_and(char::is_whitespace);
    bullet
        || list_number(line) > 0
        || note_mark(line) > 0
        || CUES.label(line).is_some()
        || CUES.heading(line).is_some()
}

struct Cutter<'a> {
    text: &'a str,
    marks: Marks,
    headers: &'a [Header],
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    /// Cuts one line or paragraph where a header ends and where a copy joined its lines by commas.
    fn cut(&mut self, line: Span) {
        let bare = line.of(self.text).trim_start_matches([',', ' ']).len();
        let mut rest = Span { start: line.end - bare, end: line.end };
        if rest.is_empty() {
            return;
        }
        while let Some(&header) =
            self.headers.iter().find(|header| header.span.start == rest.start && rest.contains(header.span))
        {
            self.push(header.span, true);
            let after = Span { start: header.span.end, end: rest.end };
            let bare = after.of(self.text).trim_start_matches([',', ':', '|', '-', '–', '—']).len();
            rest = trimmed(self.text, Span { start: after.end - bare, end: after.end });
        }
        for comma in memchr::memchr_iter(b',', rest.of(self.text).as_bytes()).map(|at| rest.start + at) {
            if self.joins_lines(rest, comma) {
                self.push(trimmed(self.text, Span { start: rest.start, end: comma }), false);
                self.cut(Span { start: comma + 1, end: rest.end });
                return;
            }
        }
        self.push(rest, false);
    }

    /// Whether the comma at `comma` stands for a line end: it touches a capital letter or a full stop, and a heading or
    /// a line of a known kind stands before or behind it.
    fn joins_lines(&self, line: Span, comma: usize) -> bool {
        let behind = &self.text[comma + 1..line.end];
        let before = &self.text[line.start..comma];
        if before.ends_with('.') {
            return behind.trim_start().starts_with(char::is_uppercase) && CUES.is_boilerplate(before);
        }
        if !behind.starts_with(char::is_uppercase) {
            let closed = behind.chars().all(|c| matches!(c, ',' | ' '));
            return closed && CUES.heading(before) == Some(before.len());
        }
        CUES.heading(before) == Some(before.len())
            || CUES.is_boilerplate(behind)
            || CUES.heading(behind).is_some()
            || self.headers.iter().any(|header| header.span.start == comma + 1)
    }

    fn push(&mut self, span: Span, header: bool) {
        if !span.of(self.text).chars().any(char::is_alphanumeric) {
            return;
        }
        let (mark, strong) = self.marks.over(span);
        self.pieces.push(Piece { span, mark, strong, header });
    }
}

/// The marks of a document, walked once from front to back.
struct Marks {
    /// By start, wider ones first.
    marks: Vec<Mark>,
    /// Marks before it end before every piece that is still to come.
    done: usize,
}

impl Marks {
    fn new(marks: &[Mark]) -> Marks {
        let mut marks = marks.to_vec();
        marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        Marks { marks, done: 0 }
    }

    /// The innermost mark over the start of `span`, and whether bold ones cover all of it.
    fn over(&mut self, span: Span) -> (Option<MarkKind>, bool) {
        while self.marks.get(self.done).is_some_and(|mark| mark.span.end <= span.start) {
            self.done += 1;
        }
        let (mut kind, mut bold_to) = (None, span.start);
        for mark in self.marks[self.done..].iter().take_while(|mark| mark.span.start < span.end) {
            let over_start = mark.span.start <= span.start && span.start < mark.span.end;
            match mark.kind {
                // Bold runs may be parted by a space.
                MarkKind::Strong if mark.span.start <= bold_to + 1 => bold_to = bold_to.max(mark.span.end),
                MarkKind::Strong => {}
                // What stands in a note is a note, whatever else it is.
                _ if over_start && kind != Some(MarkKind::Note) => kind = Some(mark.kind),
                _ => {}
            }
        }
        (kind, bold_to > span.start && bold_to + 1 >= span.end)
    }
}

/// `span` without white space at either end.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.end - words.trim_start_matches(is_blank).len();
    let end = start + text[start..span.end].trim_end_matches(is_blank).len();
    Span { start, end }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let document = Document { text: text.into(), ..Document::default() };
        pieces(&document).iter().map(|piece| piece.span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_line_is_a_piece() {
        assert_eq!(cut("One.\r\n\n  Two here. \n***\nThree"), ["One.", "Two here.", "Three"]);
    }

    #[test]
    fn lines_broken_by_hand_are_joined_to_paragraphs() {
        let text = "Troops moved along the road that leads to the\nvillage and then went on toward the river in\nthe dark of night.\n\nOthers stayed where they had been for all of the\nweek and dug in.\n- A bullet that is long enough to be broken at\n  its end";
        assert_eq!(cut(text).len(), 3);
        assert!(cut(text)[0].ends_with("of night."));
    }

    #[test]
    fn headers_and_lines_joined_by_commas_are_cut() {
        assert_eq!(cut("date 2024-10-24 The lead."), ["date 2024-10-24", "The lead."]);
        assert_eq!(
            cut("July 1, 6:45pm ET,Click here to see more.\nA, B and C"),
            ["July 1, 6:45pm ET", "Click here to see more.", "A, B and C"]
        );
        assert_eq!(
            cut("Supporting Effort 1—Lyman,Main Effort—East,Troops moved."),
            ["Supporting Effort 1—Lyman", "Main Effort—East", "Troops moved."]
        );
        assert_eq!(cut("A. Smith and B. Jones,July 11, 7:10 pm ET,Troops moved.").len(), 3);
        assert_eq!(cut("Near Lyman,Izyum and Siversk"), ["Near Lyman,Izyum and Siversk"]);
    }

    #[test]
    fn lines_broken_at_a_word_in_italics_are_joined() {
        let text =
            "Troops met the tanker and the\nBella\n, a ship, near\nOdesa.\nOthers rested\nAll was quiet";
        assert_eq!(cut(text).len(), 3);
    }
}
