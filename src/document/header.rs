//! The line at the head of a report that dates it. Dates in running text are `text`'s question.

use super::Span;
use super::calendar::{month, nearest};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// A stamp or title in the first lines of a text that says of which day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The words that make it up: they are no part of what is reported.
    pub span: Span,
    /// Year, where it is given.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
}

impl Header {
    /// The day; a year that is left out is the one nearest to `near`.
    pub fn date(self, near: Option<Date>) -> Option<Date> {
        match self.year {
            Some(year) => Date::new(year, self.month, self.day).ok(),
            None => nearest(self.month, self.day, near?),
        }
    }
}

/// How many lines of a text may hold its header.
const LINES: usize = 10;

/// How many words of a line may stand before its date.
const WORDS: usize = 24;

/// The headers in the first lines of a text, in order.
pub fn headers(text: &str) -> Vec<Header> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n').take(LINES) {
        found.extend(header_of_line(text, Span { start, end: start + line.len() }));
        start += line.len() + 1;
    }
    found
}

/// The header that a line is, or begins with.
fn header_of_line(text: &str, line: Span) -> Option<Header> {
    let whole = line.of(text);
    if !whole.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words = words(whole);
    let (at, day) =
        words.iter().take(16).enumerate().find_map(|(at, _)| Some((at, day_at(whole, &words[at..])?)))?;
    let first = words[at];
    let last = words[at + day.words - 1];
    // Some copies join the line of the authors to the stamp by a comma.
    let joined = whole[..first.0].ends_with(',') && words.len() > at && at > 1;
    let cut = if joined { first.0 } else { 0 };
    let before = &whole[cut..first.0];
    let after = &whole[last.1..];
    let stamp = stamp(after);
    let named = names_a_date(before);
    let ends = match (before.trim().is_empty() || named, stamp) {
        // "October 22, 6:30 pm ET", "date 2024-10-24 The lead begins here."
        (true, Some(length)) if length > 0 || !joined => last.1 + length,
        (true, None) if named || (day.year.is_some() && opens_after(after)) => last.1,
        // "Russian Offensive Campaign Assessment, October 22, 2024"
        (false, Some(length))
            if after[length..].trim().is_empty() && day.year.is_some() && is_title(before) =>
        {
            last.1 + length
        }
        _ => return None,
    };
    let start =
        line.start + whole.len() - whole[cut..].trim_start_matches([' ', '\t', ',', '\u{feff}']).len();
    let span = Span { start, end: line.start + ends };
    Some(Header { span, year: day.year, month: day.month, day: day.day })
}

/// A day among the words of a line.
struct Day {
    year: Option<i16>,
    month: i8,
    day: i8,
    words: usize,
}

/// The day that begins with the first of `words`.
fn day_at(line: &str, words: &[(usize, usize)]) -> Option<Day> {
    let word = |at: usize| words.get(at).map(|&(start, end)| &line[start..end]);
    let number = |at: usize, most: i16| {
        word(at)?
            .trim_end_matches(['s', 't', 'n', 'd', 'r', 'h'])
            .parse()
            .ok()
            .filter(|n| (1..=most).contains(n))
    };
    let year = |at: usize| {
        word(at)
            .filter(|word| word.len() == 4)?
            .parse::<i16>()
            .ok()
            .filter(|year| (1900..2100).contains(year))
    };
    let gap = |at: usize| words.get(at + 1).map(|next| &line[words[at].1..next.0]);
    // Of the first two words of a day one is a number.
    let begins_number = |at: usize| word(at).is_some_and(|word| word.as_bytes()[0].is_ascii_digit());
    if !begins_number(0) && !begins_number(1) {
        return None;
    }
    let first = word(0)?;
    if let (Some(given), Some("-"), Some("-")) = (year(0), gap(0), gap(1)) {
        let month = number(1, 12)?;
        return Some(Day { year: Some(given), month: month as i8, day: number(2, 31)? as i8, words: 3 });
    }
    if let (Some("."), Some("."), Some(given)) = (gap(0), gap(1), year(2)) {
        return Some(Day {
            year: Some(given),
            month: number(1, 12)? as i8,
            day: number(0, 31)? as i8,
            words: 3,
        });
    }
    let near = |at: usize| gap(at).is_some_and(|gap| gap.len() <= 2 && !gap.contains('-'));
    let (month, day) = match month(first) {
        Some(month) if near(0) => (month, number(1, 31)?),
        Some(_) => return None,
        None if near(0) => (month(word(1)?)?, number(0, 31)?),
        None => return None,
    };
    let given = year(2).filter(|_| near(1));
    Some(Day { year: given, month, day: day as i8, words: if given.is_some() { 3 } else { 2 } })
}

/// The length of the time of day after a date, as in ", 6:30 pm ET"; 0 at the line's end; none where other words follow.
fn stamp(after: &str) -> Option<usize> {
    let trimmed = after.trim_end();
    if trimmed.trim_matches([' ', ',', '.', '|', '\u{a0}']).is_empty() {
        return Some(0);
    }
    let rest = trimmed.trim_start_matches([' ', ',', '-', '–', '—', '|', '\u{a0}']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let end = rest.len();
    let mut at = digits;
    for part in [":", ".", "dd", " ", "ap", ".", "m", ".", " ", "zone"] {
        at += match part {
            "dd" => rest[at..].bytes().take(2).take_while(u8::is_ascii_digit).count(),
            "ap" => usize::from(rest[at..].starts_with(['a', 'p', 'A', 'P'])),
            "m" => usize::from(rest[at..].starts_with(['m', 'M'])),
            "zone" => rest[at..].bytes().take_while(|byte| byte.is_ascii_uppercase()).count(),
            " " => usize::from(rest[at..].starts_with(' ')),
            mark => usize::from(rest[at..].starts_with(mark)),
        };
    }
    let clock = rest[digits..at].bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b':');
    let closed =
        at == end || rest[at..].starts_with(|c: char| !c.is_alphanumeric()) || rest[..at].ends_with(' ');
    (clock && closed).then(|| trimmed.len() - rest.len() + at)
}

/// Whether words that only introduce a date stand before it: a short field name, or a day of the week.
fn names_a_date(before: &str) -> bool {
    let word = before.trim().trim_end_matches([':', ',', '=']);
    INTRODUCTIONS.contains(word.to_lowercase().as_str())
}

/// Words before a date in a header, of all languages.
static INTRODUCTIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/date_headers.tsv"),
        include_str!("../../gazetteer/lexicon/uk/date_headers.tsv"),
        include_str!("../../gazetteer/lexicon/ru/date_headers.tsv"),
    ];
    tables.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')).collect()
});

/// Whether what follows a date at a line's start begins anew, so that the date stands apart.
fn opens_after(after: &str) -> bool {
    let mark = after.trim_start().chars().next();
    after.starts_with([' ', '\t', '\u{a0}']) && mark.is_some_and(|c| matches!(c, '|' | '—' | '–' | '-'))
        || after.starts_with(':')
}

/// Whether the words before a date read like a title: each longer one begins with a capital letter.
fn is_title(before: &str) -> bool {
    let parts = before.split_whitespace().filter(|word| word.chars().count() > 3);
    let mut words = parts.peekable();
    words.peek().is_some() && words.all(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// The first runs of letters and digits of a line.
fn words(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::with_capacity(WORDS + 3);
    let mut start = None;
    for (at, c) in line.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                found.push((first, at));
                start = None;
            }
            _ => {}
        }
        if found.len() > WORDS + 2 {
            return found;
        }
    }
    found.extend(start.map(|first| (first, line.len())));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The words of the first header, and its date in the autumn of 2024.
    fn check(text: &str, words: &str, day: Option<Date>) {
        let found = headers(text).first().copied();
        assert_eq!(found.map(|header| header.span.of(text)), Some(words), "{text}");
        assert_eq!(found.and_then(|header| header.date(Some(date(2024, 10, 25)))), day, "{text}");
    }

    #[test]
    fn stamps_and_titles() {
        let day = Some(date(2024, 10, 22));
        check(" date 2024-10-22 Troops moved near Lyman.", "date 2024-10-22", day);
        check(
            "Russian Offensive Campaign Assessment, October 22, 2024",
            "Russian Offensive Campaign Assessment, October 22, 2024",
            day,
        );
        check("A. Writer and B. Writer\nOctober 22, 6:30 pm ET\nText.", "October 22, 6:30 pm ET", day);
        check("October 22, 6:30pm ET,Click here", "October 22, 6:30pm ET", day);
        check("October 22, 2024, 18:30", "October 22, 2024, 18:30", day);
        check("Tuesday, 22 October 2024, 05:20", "Tuesday, 22 October 2024, 05:20", day);
        check("Вівторок, 22 жовтня 2024, 05:20", "Вівторок, 22 жовтня 2024, 05:20", day);
        check("22.10.2024", "22.10.2024", day);
        check("2024-10-22: Shelling", "2024-10-22", day);
        check("October 22", "October 22", day);
        check("A. Writer, B. Writer,October 22, 7:10 pm ET,Text", "October 22, 7:10 pm ET", day);
    }

    #[test]
    fn sentences_are_no_headers() {
        for text in [
            "Russian forces advanced near Lyman on October 22, 2024.",
            "On October 22 troops moved",
            "October 22 was a quiet day near Lyman",
            "October 2024 saw fights",
            "Strikes have gone on since December 31",
            "22 October saw fights",
            "May 3 units hold the town?",
            "",
        ] {
            assert_eq!(headers(text), [], "{text}");
        }
    }

    #[test]
    fn a_stamp_without_a_year_needs_a_day_to_count_from() {
        let header = headers("January 2, 5 pm ET")[0];
        assert_eq!(header.date(None), None);
        assert_eq!(header.date(Some(date(2025, 12, 30))), Some(date(2026, 1, 2)));
    }
}
