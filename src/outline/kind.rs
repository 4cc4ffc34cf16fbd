//! What one piece of a text is: heading, paragraph, list item, note, boilerplate, and its label.
//! How blocks hang together (whose label, which heading, which date) is the question of `build`.

use super::cues::CUES;
use super::piece::Piece;
use super::{BlockKind, Label};
use crate::document::{MarkKind, Span};
use crate::text::sentence::{after_bullet, list_number, note_mark};

/// A piece with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) kind: BlockKind,
    /// The label at its own start, or the aim in a heading's brackets.
    pub(super) label: Option<Label>,
    /// It holds nothing but its label.
    pub(super) bare: bool,
    /// It begins with a bullet or number, or the format says so.
    pub(super) listed: bool,
}

/// How far down a text its authors may stand, in pieces.
const BYLINES: usize = 6;

/// What the `at`th piece is; two parts where a heading and its text share a line.
pub(super) fn parts_of(text: &str, piece: Piece, at: usize, found: &mut Vec<Part>) {
    let start = after_bullet(text, piece.span);
    let line = &text[start..piece.span.end];
    let listed =
        piece.mark == Some(MarkKind::ListItem) || start > piece.span.start && !starts_with_note(text, piece);
    let whole = |kind, label| Part { span: piece.span, kind, label, bare: false, listed };
    if piece.header {
        found.push(whole(BlockKind::Header, None));
    } else if piece.mark == Some(MarkKind::Note) || is_endnote(text, piece) {
        found.push(whole(BlockKind::Note, None));
    } else if CUES.is_boilerplate(line) || at < BYLINES && is_byline(line) {
        found.push(whole(BlockKind::Boilerplate, None));
    } else if let Some(end) = heading_end(line, piece, listed) {
        let middle = start + end;
        found.push(Part {
            span: Span { start: piece.span.start, end: middle },
            ..whole(BlockKind::Heading, aim(line))
        });
        if !text[middle..piece.span.end].trim().is_empty() {
            let rest = super::piece::trimmed(text, Span { start: middle, end: piece.span.end });
            found.push(Part { span: rest, ..whole(BlockKind::Paragraph, None) });
        }
    } else {
        let kind = if listed { BlockKind::ListItem } else { BlockKind::Paragraph };
        let label = CUES.label(line);
        let bare = label.is_some_and(|(_, after)| line[after..].trim().is_empty());
        let quoted = (piece.mark == Some(MarkKind::Quote)).then_some(Label::Quote);
        found.push(Part { bare, ..whole(kind, label.map(|(label, _)| label).or(quoted)) });
    }
}

/// Where the heading that the line is, or begins with, ends.
fn heading_end(line: &str, piece: Piece, listed: bool) -> Option<usize> {
    match piece.mark {
        // The title of a news page says what happened, in a sentence.
        Some(MarkKind::Heading(1)) if is_sentence_like(line) => None,
        Some(MarkKind::Heading(_)) => Some(line.len()),
        _ => CUES.heading(line).or_else(|| {
            // "… (Russian objective: seize the town)" closes headings of many words.
            let aimed = aim(line).is_some() && line.ends_with(')') && line.len() <= 500;
            let titled = !listed
                && CUES.label(line).is_none()
                && (is_title_case(line) || piece.strong && is_short_and_open(line));
            (aimed || titled).then_some(line.len())
        }),
    }
}

/// Whether most of the longer words are small and there are several: a sentence without its stop.
fn is_sentence_like(line: &str) -> bool {
    line.split_whitespace().count() > 4 && !is_title_case(line)
}

/// A short line in bold that does not end like a sentence.
fn is_short_and_open(line: &str) -> bool {
    line.len() <= 80
        && !line.ends_with(['.', '!', '?', '…', ':', ',', '"', '”', '»'])
        && line.split_whitespace().count() <= 8
}

/// Whether a line is short, open at its end, and begins all its longer words with a capital letter.
fn is_title_case(line: &str) -> bool {
    let bare = line.trim_end_matches(':');
    if bare.len() > 120 || bare.ends_with(['.', '!', '?', '…', ';', ',', '"', '”', '»', ']']) {
        return false;
    }
    let (mut capitals, mut words) = (0, 0);
    for word in
        bare.split([' ', '-', '–', '—', '/', '\u{a0}']).filter(|word| word.starts_with(char::is_alphabetic))
    {
        let capital = word.starts_with(char::is_uppercase);
        if !capital && word.chars().count() > 4 {
            return false;
        }
        words += 1;
        capitals += usize::from(capital);
    }
    // Only English writes titles so; elsewhere such a line is a list of names.
    (1..=14).contains(&words)
        && capitals * 2 > words
        && bare.chars().all(|c| !c.is_alphabetic() || is_latin(c))
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}')
}

/// The aim that a heading names in brackets: "(Russian objective: …)".
fn aim(heading: &str) -> Option<Label> {
    let mut opened = heading.match_indices('(').map(|(at, _)| &heading[at + 1..]);
    opened
        .find_map(|inner| CUES.label(inner))
        .map(|(label, _)| label)
        .filter(|&label| label == Label::Objective)
}

/// Whether a line gives only names of people, parted by commas and "and", as under a title.
fn is_byline(line: &str) -> bool {
    let line = line.strip_prefix("By ").unwrap_or(line);
    if line.len() > 400 || line.ends_with('.') || !line.contains(',') {
        return false;
    }
    let names = line.split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut count = 0;
    let all = names.into_iter().all(|name| {
        count += 1;
        let words: Vec<&str> =
            name.split_whitespace().filter(|word| !matches!(*word, "and" | "with")).collect();
        (2..=6).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
    });
    all && count >= 2
}

fn starts_with_note(text: &str, piece: Piece) -> bool {
    note_mark(piece.span.of(text)) > 0
}

/// Whether a line is a source: behind its number ("[12] https://…"), in brackets, or nothing but an address.
fn is_endnote(text: &str, piece: Piece) -> bool {
    let line = piece.span.of(text);
    let mark = note_mark(line);
    let rest = line[mark..].trim_start();
    if mark > 0 && rest.is_empty() {
        return true;
    }
    // "[Source: a satellite's service]" stands under a picture.
    let caption = line.strip_prefix('[').filter(|_| line.ends_with(']')).and_then(|inner| CUES.label(inner));
    if caption.is_some() {
        return true;
    }
    let address = |words: &str| words.starts_with("http") || words.starts_with("www.");
    if mark == 0 && list_number(line) == 0 {
        return address(line) && !line.contains(' ');
    }
    let rest = if mark == 0 { rest[list_number(rest)..].trim_start() } else { rest };
    address(rest)
        || mark > 0
            && ["http", "www.", "dot com", "dot ua", "dot ru", ".com/", ".me/"]
                .iter()
                .any(|sign| rest.contains(sign))
}
