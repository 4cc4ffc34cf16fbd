//! Where sentences begin and end. Which stretches of a document are running text is `outline`'s question.
//!
//! One pass over the bytes: most of them cannot end a sentence and are skipped by a table; the few
//! full stops are then judged by the words around them. Bullets, list numbers and footnote marks
//! belong to no sentence.

use super::table::rows;
use crate::document::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The sentences of a stretch of `text`, in order: not empty, without white space at either end.
pub fn sentences(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    sentences_into(text, span, &mut found);
    found
}

/// Appends the sentences of a stretch of `text` to `found`.
pub fn sentences_into(text: &str, span: Span, found: &mut Vec<Span>) {
    let mut start = after_bullet(text, span);
    let mut at = start;
    while let Some(stop) = next_stop(text, at, span.end) {
        let end = after_closers(text, run_of_stops(text, stop, span.end), span.end);
        let next = after_notes(text, end, span.end);
        if ends_sentence(text, span, start, stop, end, next) {
            push(text, start, end, found);
            start = after_notes(text, next, span.end);
            while text[start..span.end].starts_with(',') {
                start = after_spaces(text, start + 1, span.end);
            }
            start = after_bullet(text, Span { start, end: span.end });
            at = start;
        } else {
            at = end;
        }
    }
    push(text, start, without_last_note(text, start, span.end), found);
}

/// Where the text after white space, bullets, list numbers and footnote marks begins.
pub(crate) fn after_bullet(text: &str, span: Span) -> usize {
    let mut at = after_spaces(text, span.start, span.end);
    loop {
        let rest = &text[at..span.end];
        let begins = match rest.chars().next() {
            Some(c) if is_bullet(c) => {
                let after = &rest[c.len_utf8()..];
                // A dash that touches its word is a minus or part of the word.
                if after.is_empty() || after.starts_with(char::is_whitespace) || !matches!(c, '-' | '*' | '+')
                {
                    c.len_utf8()
                } else {
                    0
                }
            }
            Some('[') => note_mark(rest),
            Some('0'..='9') => list_number(rest),
            _ => 0,
        };
        if begins == 0 {
            return at;
        }
        at = after_spaces(text, at + begins, span.end);
    }
}

/// The length of a list number such as "7." or "12)" that white space follows, else 0.
pub(crate) fn list_number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let closed = matches!(bytes.get(digits), Some(b'.' | b')'));
    let parted = bytes.get(digits + 1).is_some_and(u8::is_ascii_whitespace);
    if (1..=2).contains(&digits) && closed && parted { digits + 1 } else { 0 }
}

/// The length of a footnote mark at the start of `rest` ("[12]", "[xiv]", "[[3]](url)"), else 0.
pub(crate) fn note_mark(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let opened = bytes.iter().take_while(|&&byte| byte == b'[').count();
    if opened == 0 || opened > 2 {
        return 0;
    }
    let inner = bytes[opened..]
        .iter()
        .take_while(|byte| {
            matches!(byte, b'0'..=b'9' | b'i' | b'v' | b'x' | b'l' | b'c' | b',' | b' ' | b'-')
        })
        .count();
    let filled = bytes[opened..opened + inner].iter().any(u8::is_ascii_alphanumeric);
    let mut end = opened + inner;
    if !filled || inner > 12 || bytes.get(end) != Some(&b']') {
        return 0;
    }
    end += bytes[end..].iter().take(opened).take_while(|&&byte| byte == b']').count();
    if bytes.get(end) == Some(&b'(') {
        let link = bytes[end..].iter().take(400).position(|&byte| byte == b')');
        let is_link = rest[end + 1..].starts_with("http") || rest[end + 1..].starts_with('#');
        end += link.filter(|_| is_link).map_or(0, |closed| closed + 1);
    }
    end
}

/// What the stop after a short form means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShortForm {
    /// No end of a sentence.
    Never,
    /// No end before a number.
    NumberAfter,
    /// No end unless a number stands before the short form.
    NumberBefore,
    /// An end only before a word that often opens a sentence.
    Opener,
}

/// The short forms of all languages; no spelling means different things in two of them.
static SHORT_FORMS: LazyLock<FxHashMap<&str, ShortForm>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/abbreviations.tsv"),
        include_str!("../../gazetteer/lexicon/uk/abbreviations.tsv"),
        include_str!("../../gazetteer/lexicon/ru/abbreviations.tsv"),
    ];
    let rows = tables.into_iter().flat_map(rows);
    rows.map(|row| (row[0], short_form(row[1]).expect("a test reads every row"))).collect()
});

/// Words that often open a sentence, of all languages.
static OPENERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/openers.tsv"),
        include_str!("../../gazetteer/lexicon/uk/openers.tsv"),
        include_str!("../../gazetteer/lexicon/ru/openers.tsv"),
    ];
    tables.into_iter().flat_map(rows).map(|row| row[0]).collect()
});

fn short_form(word: &str) -> Option<ShortForm> {
    Some(match word {
        "never" => ShortForm::Never,
        "number_after" => ShortForm::NumberAfter,
        "number_before" => ShortForm::NumberBefore,
        "opener" => ShortForm::Opener,
        _ => return None,
    })
}

/// Whether the stop at `stop` ends the sentence that began at `start`. `end` lies behind closing
/// quotes, `next` behind footnote marks.
fn ends_sentence(text: &str, span: Span, start: usize, stop: usize, end: usize, next: usize) -> bool {
    let rest = &text[next..span.end];
    let noted = next > end;
    if rest.is_empty() {
        return true;
    }
    // Some copies of reports join their paragraphs by commas.
    if let Some(joined) = rest.strip_prefix(',') {
        let follows = joined.trim_start_matches([' ', ',', '\u{a0}']).chars().next();
        return follows.is_none_or(|c| c.is_uppercase() || c == '\n')
            && !ends_short_form(text, start, stop, joined);
    }
    let parted = rest.starts_with(char::is_whitespace);
    if !parted && !noted && !glued(text, start, end, rest) {
        return false;
    }
    let rest = rest.trim_start();
    match first_letter(rest) {
        None => true,
        Some(c) if c.is_lowercase() => false,
        Some(_) => noted || !ends_short_form(text, start, stop, rest),
    }
}

/// The first letter or digit of what follows, behind quotes, brackets and dashes; none where something else
/// (a bullet, a picture sign, a line end) comes first.
fn first_letter(rest: &str) -> Option<char> {
    rest.chars().take(6).find(|c| !is_opener_mark(*c)).filter(|c| c.is_alphanumeric())
}

/// Whether two sentences touch without a space: "… near Kreminna.Russian forces …".
fn glued(text: &str, start: usize, end: usize, rest: &str) -> bool {
    let mut after = rest.chars();
    let capital =
        after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
    let whole = after.next().is_some_and(char::is_lowercase) || opens_sentence(rest);
    if !(capital && whole) {
        return false;
    }
    let before = text[start..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    let letters = before.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    let domain = rest.chars().take_while(|c| !c.is_whitespace()).any(|c| matches!(c, '.' | '/' | '@'))
        && rest.chars().take_while(|c| !c.is_whitespace()).last() != Some('.');
    letters == 3 && !domain
}

/// Whether the stop at `stop` belongs to a short form or an initial and ends nothing before `rest`.
fn ends_short_form(text: &str, start: usize, stop: usize, rest: &str) -> bool {
    if text.as_bytes()[stop] != b'.' {
        return false;
    }
    let word = word_before(text, start, stop);
    let goes_on = || !opens_sentence(rest);
    let mut letters = word.chars();
    let lone = letters.next().filter(|_| letters.next().is_none());
    match SHORT_FORMS.get(word) {
        Some(ShortForm::Never) => true,
        Some(ShortForm::NumberAfter) => {
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '№')
        }
        Some(ShortForm::NumberBefore) => {
            let before = text[start..stop - word.len()].trim_end();
            !before.ends_with(|c: char| c.is_ascii_digit())
        }
        Some(ShortForm::Opener) => goes_on(),
        None if lone.is_some_and(char::is_uppercase) => goes_on(),
        // "U.S.", "p.m.", "т.д.": single letters parted by stops.
        None => word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) && goes_on(),
    }
}

/// Whether the first word of `rest` often opens a sentence.
fn opens_sentence(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_opener_mark(c));
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    OPENERS.contains(&rest[..end])
}

/// The letters and inner stops before `stop`, from `start` at the earliest.
fn word_before(text: &str, start: usize, stop: usize) -> &str {
    let before = &text[start..stop];
    let length: usize = before
        .chars()
        .rev()
        .take(24)
        .take_while(|&c| c.is_alphabetic() || matches!(c, '.' | '-'))
        .map(char::len_utf8)
        .sum();
    before[before.len() - length..].trim_start_matches(['.', '-'])
}

/// Pushes `start..end` without white space at its ends, if anything is left.
fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    if start >= end {
        return;
    }
    let words = text[start..end].trim_end();
    if words.chars().any(char::is_alphanumeric) {
        found.push(Span { start, end: start + words.len() });
    }
}

/// Where a sentence without a full stop ends: before the footnote mark that closes it.
fn without_last_note(text: &str, start: usize, end: usize) -> usize {
    let mut end = end;
    while start < end {
        let words = text[start..end].trim_end();
        let Some(open) = words.ends_with(']').then(|| words.rfind('[')).flatten() else {
            return start + words.len();
        };
        if note_mark(&words[open..]) != words.len() - open {
            return start + words.len();
        }
        end = start + open;
    }
    end
}

/// The next byte that may end a sentence.
fn next_stop(text: &str, at: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        at += bytes.get(at..end)?.iter().position(|&byte| MAY_STOP[byte as usize])?;
        match bytes[at] {
            0xe2 if bytes.get(at + 1..at + 3) != Some(&[0x80, 0xa6]) => at += 1,
            b'\n' if !is_blank_line(&bytes[at + 1..end]) => at += 1,
            _ => return Some(at),
        }
    }
}

/// Whether the line that starts here holds nothing, so that a new paragraph begins.
fn is_blank_line(rest: &[u8]) -> bool {
    rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
}

/// Full stops, marks of exclamation and question, the first byte of an ellipsis, line ends.
const MAY_STOP: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    table[0xe2] = true;
    table[b'\n' as usize] = true;
    table
};

/// Where the run of stops at `stop` ends ("...", "?!").
fn run_of_stops(text: &str, stop: usize, end: usize) -> usize {
    let rest = &text[stop..end];
    end - rest.trim_start_matches(['.', '!', '?', '…']).len()
}

/// Where closing quotes and brackets after a stop end.
fn after_closers(text: &str, at: usize, end: usize) -> usize {
    end - text[at..end].trim_start_matches(['"', '”', '’', '\'', '»', '“', ')', ']']).len()
}

/// Where footnote marks, and the spaces between them, end.
fn after_notes(text: &str, at: usize, end: usize) -> usize {
    let mut at = at;
    loop {
        let spaced = after_spaces(text, at, end);
        let mark = note_mark(&text[spaced..end]);
        if mark == 0 {
            return at;
        }
        at = spaced + mark;
    }
}

/// Where white space from `at` on ends.
fn after_spaces(text: &str, at: usize, end: usize) -> usize {
    end - text[at..end]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
        .len()
}

/// Marks that open the items of a list.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(c, '*' | '-' | '+' | '•' | '–' | '—' | '·' | '▪' | '●' | '◦' | '‣' | '○' | '■' | '➢' | '⁃')
}

/// Marks that may stand before the first word of a sentence.
fn is_opener_mark(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '“'
                | '„'
                | '«'
                | '‘'
                | '\''
                | '('
                | '['
                | '–'
                | '—'
                | '-'
                | '*'
                | '$'
                | '£'
                | '€'
                | '#'
                | '№'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    /// `whole` holds its sentences parted by " | ".
    fn check(whole: &str) {
        let text = whole.replace(" | ", " ");
        assert_eq!(cut(&text), whole.split(" | ").collect::<Vec<_>>());
    }

    #[test]
    fn a_stop_before_a_capital_ends_a_sentence() {
        check("Troops advanced near Lyman. | They hold the road! | Do they? | Yes.");
        check("The line moved 2.5 km. | On May 3 it stood still.");
        check("Nobody knows... | The town is quiet… | Guns fired.");
    }

    #[test]
    fn short_forms_and_initials_end_nothing() {
        check("Maj. Gen. A. B. Smith met Lt. Col. Brown of the U.S. Army at St. Mary. | He left.");
        check("Hospital No. 2 burned at 6 p.m. local time. | At 7 p.m. | The fire was out.");
        check("Units e.g. tank crews, etc. stayed.");
        check("У м. Покровськ та с. Веселе Донецької обл. тихо. | Бої йдуть за 5 км. | Ворог відступив.");
        check("Станом на 2024 р. | Військові стоять біля р. Оскіл.");
        check("Возле н.п. Торское и д. Заречная тихо. | Всё.");
        check("In March 2022 Russian forces left. | Then a quiet May. | Shelling began.");
    }

    #[test]
    fn quotes_and_brackets_stay_with_their_sentence() {
        check("“They ran.” | Others stayed (near the river). | \"We won.\" | The end.");
        check("«Ворог відступив.» – сказав речник. | Далі тиша.");
        check("He asked “Who?” and left.");
    }

    #[test]
    fn footnote_marks_belong_to_no_sentence() {
        assert_eq!(
            cut(
                "[1] Troops left.[12] Others came.[13][14]\nThe [[ii]](https://a.b) town fell.[[xli]](https://c.d/e)"
            ),
            ["Troops left.", "Others came.", "The [[ii]](https://a.b) town fell."]
        );
        assert_eq!(cut("Guns fired.[3]Drones flew [4] [5]"), ["Guns fired.", "Drones flew"]);
        assert_eq!(
            cut("The villages [Donetsk Oblast – ed.] fell. Ends."),
            ["The villages [Donetsk Oblast – ed.] fell.", "Ends."]
        );
    }

    #[test]
    fn bullets_and_list_numbers_belong_to_no_sentence() {
        assert_eq!(cut("* Troops left.\n\n- Others came."), ["Troops left.", "Others came."]);
        assert_eq!(cut("7. Troops left. 12) Others"), ["Troops left.", "Others"]);
        assert_eq!(cut("2024 was long."), ["2024 was long."]);
        assert_eq!(cut("-5 degrees"), ["-5 degrees"]);
    }

    #[test]
    fn paragraphs_joined_without_a_space_or_by_commas() {
        assert_eq!(cut("Troops left.Others came."), ["Troops left.", "Others came."]);
        assert_eq!(cut("Troops left.,Others came., Then. , ,\n"), ["Troops left.", "Others came.", "Then."]);
        assert_eq!(
            cut("See understandingwar.org/map for more at News.Ua"),
            ["See understandingwar.org/map for more at News.Ua"]
        );
    }

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert!(SHORT_FORMS.len() > 100 && OPENERS.len() > 80);
    }

    #[test]
    fn odd_input_ends() {
        for text in ["", ".", "...", "[", "[1]", ". [1] .", "*", "1.", "\n\n\n", "а.", "\u{feff}", "!?»”"]
        {
            for span in sentences(text, Span::new(0, text.len())) {
                assert!(!span.is_empty());
            }
        }
    }
}
