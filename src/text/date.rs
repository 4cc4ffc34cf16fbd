//! Dates in running text: single days, lists and ranges of days, parts of months, months, seasons.
//! What a date is the date of (an event, a publication) is `claim`'s question; the date of the whole
//! document is `document`'s.
//!
//! A date is found by its anchor, the name of a month or season, or by its digits; the numbers and
//! words around the anchor are read from there. Words come from `months.tsv` and `date_words.tsv`.

use super::table::rows;
use super::{Token, TokenKind};
use crate::document::Span;
use crate::document::calendar::{month, nearest};
use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A day or a stretch of days that the words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its tokens, as a range of the slice that was searched.
    pub tokens: Range<usize>,
    /// Its words.
    pub span: Span,
    /// First day, inclusive.
    pub first: Date,
    /// Last day, inclusive.
    pub last: Date,
    /// How finely the words name it.
    pub precision: DatePrecision,
    /// Whether the words give a year; where not, the one nearest to the report's date is taken.
    pub has_year: bool,
    /// Whether the words speak of the night: "overnight on May 3 to 4", "у ніч на 4 травня".
    pub overnight: bool,
}

/// How finely a date is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePrecision {
    /// One day.
    Day,
    /// Several named days, or a stretch with named ends.
    Days,
    /// The beginning, middle or end of a month.
    PartOfMonth,
    /// A month.
    Month,
    /// A season.
    Season,
}

/// The dates among `tokens` of `text`, in order, not overlapping. `near` is the day from which left-out years count.
pub fn dates(text: &str, tokens: &[Token], near: Date) -> Vec<DateMention> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(anchor) = (from..tokens.len()).find(|&at| is_anchor(text, tokens[at])) {
        let reader =
            Reader { text, tokens, from: found.last().map_or(0, |last: &DateMention| last.tokens.end), near };
        match reader.date_at(anchor) {
            Some(date) => {
                from = date.tokens.end;
                found.push(date);
            }
            None => from = anchor + 1,
        }
    }
    found
}

/// What a word does in a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Part(Part),
    Season(Season),
    To,
    And,
    Night,
    Into,
    Lead,
    Of,
    Year,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Early,
    Middle,
    Late,
}

/// A season, by its first month.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Season(i8);

/// The words of all languages; no word does two things.
static WORDS: LazyLock<FxHashMap<&str, Role>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/date_words.tsv"),
        include_str!("../../gazetteer/lexicon/uk/date_words.tsv"),
        include_str!("../../gazetteer/lexicon/ru/date_words.tsv"),
    ];
    let rows = tables.into_iter().flat_map(rows);
    rows.map(|row| (row[0], role(row[1]).expect("a test reads every row"))).collect()
});

fn role(meaning: &str) -> Option<Role> {
    Some(match meaning {
        "early" => Role::Part(Part::Early),
        "middle" => Role::Part(Part::Middle),
        "late" => Role::Part(Part::Late),
        "spring" => Role::Season(Season(3)),
        "summer" => Role::Season(Season(6)),
        "autumn" => Role::Season(Season(9)),
        "winter" => Role::Season(Season(12)),
        "to" => Role::To,
        "and" => Role::And,
        "night" => Role::Night,
        "into" => Role::Into,
        "lead" => Role::Lead,
        "of" => Role::Of,
        "year" => Role::Year,
        _ => return None,
    })
}

/// Whether a date may be read from here: the name of a month or season, or digits with a year.
fn is_anchor(text: &str, token: Token) -> bool {
    let first = text.as_bytes()[token.span.start];
    let length = token.span.len();
    match token.kind {
        TokenKind::Mark => false,
        TokenKind::Number => (4..=10).contains(&length) && (length == 4 || token.span.of(text).contains('.')),
        // English writes its months with a capital letter ("may" and "march" are verbs), and few letters begin one.
        TokenKind::Word { capital, .. } if first < 0x80 => {
            let may_be_month = capital && (3..=9).contains(&length) && b"JFMASOND".contains(&first);
            let may_be_season = (4..=6).contains(&length) && b"sSfFaAwW".contains(&first);
            may_be_month && month(token.span.of(text)).is_some()
                || may_be_season && matches!(role_of(token.span.of(text)), Some(Role::Season(_)))
        }
        TokenKind::Word { .. } => {
            let word = token.span.of(text);
            month(word).is_some() || length <= 14 && matches!(role_of(word), Some(Role::Season(_)))
        }
    }
}

fn role_of(word: &str) -> Option<Role> {
    WORDS.get(word).copied().or_else(|| {
        let capital = word.starts_with(char::is_uppercase) && word.len() <= 24;
        capital.then(|| WORDS.get(word.to_lowercase().as_str()).copied()).flatten()
    })
}

/// Reads the words around one anchor.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Tokens before it belong to an earlier date.
    from: usize,
    near: Date,
}

/// A date as the words give it, before the year is settled.
struct Reading {
    tokens: Range<usize>,
    first: (i8, i8),
    last: (i8, i8),
    year: Option<i16>,
    precision: DatePrecision,
}

impl Reader<'_> {
    fn date_at(&self, anchor: usize) -> Option<DateMention> {
        if self.tokens[anchor].kind == TokenKind::Number {
            return self.digits(anchor);
        }
        if let Some(Role::Season(season)) = self.role(anchor).filter(|_| self.month(anchor).is_none()) {
            return self.season(anchor, season);
        }
        let month = self.month(anchor)?;
        let reading = self
            .month_first(anchor, month)
            .or_else(|| self.day_first(anchor, month))
            .or_else(|| self.part_of_month(anchor, month))
            .or_else(|| self.whole_month(anchor, month))?;
        self.settle(reading)
    }

    /// "2024-10-22", "22.10.2024".
    fn digits(&self, at: usize) -> Option<DateMention> {
        let word = self.word(at)?;
        let (tokens, date) = if word.contains('.') {
            let mut parts = word.split('.').map(|part| part.parse::<i16>().ok());
            let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
            let year = if year < 100 { 2000 + year } else { year };
            if parts.next().is_some() {
                return None;
            }
            (at..at + 1, Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?)
        } else {
            let year = self.year(at)?;
            let dashed = self.word(at + 1)? == "-" && self.word(at + 3)? == "-";
            let month = self.number(at + 2, 12).filter(|_| dashed)?;
            (at..at + 5, Date::new(year, month, self.number(at + 4, 31)?).ok()?)
        };
        Some(self.mention(tokens, date, date, DatePrecision::Day, true))
    }

    /// "October 22", "October 22 and 23", "October 31 to November 1, 2024".
    fn month_first(&self, at: usize, month: i8) -> Option<Reading> {
        let mut end = at + 1 + usize::from(self.is_short_form(at));
        let first = self.number(end, 31)?;
        end += 1;
        let mut last = (month, first);
        while let Some((next, day)) = self.joined_day(end, last, last != (month, first)) {
            last = day;
            end = next;
        }
        let (end, year) = self.year_after(end);
        let precision = if last == (month, first) { DatePrecision::Day } else { DatePrecision::Days };
        Some(Reading { tokens: at..end, first: (month, first), last, year, precision })
    }

    /// "and 23", "to 23", "-23", ", 23", "to November 1" after the day `last`; `listed` after two or more days.
    fn joined_day(&self, at: usize, last: (i8, i8), listed: bool) -> Option<(usize, (i8, i8))> {
        let after = self.after_joint(at)?;
        if let Some(month) = self.month(after) {
            let number = after + 1 + usize::from(self.is_short_form(after));
            let day = self.number(number, 31)?;
            // "October 22, November 3" are two dates.
            return (self.word(at) != Some(",")).then_some((number + 1, (month, day)));
        }
        let day = self.number(after, 31)?;
        let follows = day > last.1 && (day - last.1 <= 10 || self.role(at) == Some(Role::To));
        // "on October 22, 30 drones" is a count: a comma joins only days of a longer list.
        let counts = self.word(at) == Some(",") && !listed && self.after_joint(after + 1).is_none();
        (follows && self.month(after + 1).is_none() && !counts && !self.counts_things(after))
            .then_some((after + 1, (last.0, day)))
    }

    /// Whether a number is followed by a percent sign or a unit, not by the rest of a sentence.
    fn counts_things(&self, at: usize) -> bool {
        let glued = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.is_word() && next.span.start == self.tokens[at].span.end);
        glued || matches!(self.word(at + 1), Some("%" | ":" | "/"))
    }

    /// "22 October", "22 and 23 October", "22-23 жовтня", "22 жовтня та 1 листопада".
    fn day_first(&self, at: usize, month: i8) -> Option<Reading> {
        let mut start = at.checked_sub(1).filter(|&day| day >= self.from)?;
        if self.role(start) == Some(Role::Of) {
            start = start.checked_sub(1).filter(|&day| day >= self.from)?;
        }
        let mut last = (month, self.number(start, 31)?);
        let mut first = last;
        while let Some((before, day)) = self.day_before(start, first.1) {
            start = before;
            first.1 = day;
        }
        let mut end = at + 1 + usize::from(self.is_short_form(at));
        let (after_year, mut year) = self.year_after(end);
        end = after_year;
        while let Some((next, day)) = self.joined_day_first(end) {
            last = day;
            (end, year) = match self.year_after(next) {
                (end, None) => (end, year),
                found => found,
            };
        }
        let precision = if first == last { DatePrecision::Day } else { DatePrecision::Days };
        Some(Reading { tokens: start..end, first, last, year, precision })
    }

    /// "22 and", "22-", "22 to" before the day at `start`.
    fn day_before(&self, start: usize, later: i8) -> Option<(usize, i8)> {
        let mut joint = start.checked_sub(1).filter(|&at| at > self.from)?;
        if self.role(joint) == Some(Role::And) && self.word(joint - 1) == Some(",") {
            joint -= 1;
        }
        let at = joint.checked_sub(1).filter(|&at| at >= self.from)?;
        let day = self.number(at, 31)?;
        let joins = self.after_joint(joint) == Some(start);
        (joins && day < later && !self.counts_things(at)).then_some((at, day))
    }

    /// "to 1 November", "та 1 листопада".
    fn joined_day_first(&self, at: usize) -> Option<(usize, (i8, i8))> {
        let number = self.after_joint(at).filter(|_| self.word(at) != Some(","))?;
        let day = self.number(number, 31)?;
        let month = self.month(number + 1)?;
        Some((number + 2 + usize::from(self.is_short_form(number + 1)), (month, day)))
    }

    /// "early October", "mid-October", "late in October 2024", "на початку жовтня".
    fn part_of_month(&self, at: usize, month: i8) -> Option<Reading> {
        let back = (1..=3)
            .find(|&back| at >= self.from + back && matches!(self.role(at - back), Some(Role::Part(_))))?;
        let between = (at - back + 1..at)
            .all(|at| self.word(at) == Some("-") || matches!(self.role(at), Some(Role::Of | Role::Lead)));
        let Some(Role::Part(part)) = self.role(at - back).filter(|_| between) else { return None };
        // "mid-November" is taken as the 10th to the 20th, its neighbours as the rest of the month.
        let (first, last) = match part {
            Part::Early => (1, 10),
            Part::Middle => (10, 20),
            Part::Late => (20, 31),
        };
        let (end, year) = self.year_after(at + 1);
        Some(Reading {
            tokens: at - back..end,
            first: (month, first),
            last: (month, last),
            year,
            precision: DatePrecision::PartOfMonth,
        })
    }

    /// "in October", "October 2024", "у жовтні".
    fn whole_month(&self, at: usize, month: i8) -> Option<Reading> {
        let (end, year) = self.year_after(at + 1);
        let led = at > self.from && self.role(at - 1) == Some(Role::Lead);
        // "October 5 km away" was refused as a day above; a name ("April Smith") follows no such word.
        if year.is_none() && !led {
            return None;
        }
        Some(Reading {
            tokens: at..end,
            first: (month, 1),
            last: (month, 31),
            year,
            precision: DatePrecision::Month,
        })
    }

    /// "winter 2023-2024", "summer of 2023", "навесні 2024 року".
    fn season(&self, at: usize, season: Season) -> Option<DateMention> {
        let number = if self.role(at + 1) == Some(Role::Of) { at + 2 } else { at + 1 };
        let mut year = self.year(number)?;
        let mut end = number + 1;
        let dash = matches!(self.word(end), Some("-" | "–" | "/"));
        if let Some(next) = self.number_up_to(end + 1, 2099).filter(|_| dash) {
            year = if next < 100 { year / 100 * 100 + next } else { next };
            end += 2;
        } else if season.0 == 12 {
            // "winter 2023" alone is the one that begins in it.
            year += 1;
        }
        end += usize::from(self.role(end) == Some(Role::Year));
        let first = Date::new(if season.0 == 12 { year - 1 } else { year }, season.0, 1).ok()?;
        let last = first.checked_add(3.months()).ok()?.checked_sub(1.day()).ok()?;
        Some(self.mention(at..end, first, last, DatePrecision::Season, true))
    }

    /// Gives a reading its year.
    fn settle(&self, reading: Reading) -> Option<DateMention> {
        let (month, day) = reading.last;
        let last = match reading.year {
            Some(year) => on_or_before(year, month, day)?,
            None if day > 28 => {
                let year = nearest(month, 28, self.near)?.year();
                on_or_before(year, month, day)?
            }
            None => nearest(month, day, self.near)?,
        };
        if reading.precision <= DatePrecision::Days && last.day() != day {
            return None;
        }
        let (month, day) = reading.first;
        let first = Date::new(last.year(), month, day).ok()?;
        let first = if first <= last { first } else { Date::new(last.year() - 1, month, day).ok()? };
        let mut mention =
            self.mention(reading.tokens, first, last, reading.precision, reading.year.is_some());
        let into =
            mention.tokens.start > self.from && self.role(mention.tokens.start - 1) == Some(Role::Into);
        if mention.overnight && into && first == last {
            mention.first = first.checked_sub(Period::new().days(1)).ok()?;
            mention.precision = DatePrecision::Days;
        }
        Some(mention)
    }

    fn mention(
        &self,
        tokens: Range<usize>,
        first: Date,
        last: Date,
        precision: DatePrecision,
        has_year: bool,
    ) -> DateMention {
        let span = Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end);
        let before = tokens.start.saturating_sub(3).max(self.from)..tokens.start;
        let night = before.rev().find(|&at| self.role(at) == Some(Role::Night));
        let overnight = night.is_some_and(|night| (night + 1..tokens.start).all(|at| self.is_small_word(at)));
        DateMention { tokens, span, first, last, precision, has_year, overnight }
    }

    /// A year at `at`, perhaps behind a comma, and the word for year that may follow; where the date ends and the year.
    fn year_after(&self, at: usize) -> (usize, Option<i16>) {
        let number = if self.word(at) == Some(",") { at + 1 } else { at };
        match self.year(number) {
            Some(year) => (number + 1 + usize::from(self.role(number + 1) == Some(Role::Year)), Some(year)),
            None => (at, None),
        }
    }

    /// The token behind a comma, dash, "and" or "to", or a comma with "and".
    fn after_joint(&self, at: usize) -> Option<usize> {
        match self.word(at)? {
            "," if self.role(at + 1) == Some(Role::And) => Some(at + 2),
            "," | "-" | "–" | "—" => Some(at + 1),
            _ => matches!(self.role(at), Some(Role::To | Role::And)).then_some(at + 1),
        }
    }

    fn is_small_word(&self, at: usize) -> bool {
        self.tokens[at].is_word() && self.tokens[at].span.len() <= 4
    }

    /// Whether the month at `at` is cut short by a stop ("Oct. 22").
    fn is_short_form(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.len() <= 4) && self.word(at + 1) == Some(".")
    }

    fn word(&self, at: usize) -> Option<&str> {
        Some(self.tokens.get(at)?.span.of(self.text))
    }

    fn role(&self, at: usize) -> Option<Role> {
        self.tokens.get(at).filter(|token| token.is_word())?;
        role_of(self.word(at)?)
    }

    fn month(&self, at: usize) -> Option<i8> {
        let token = self.tokens.get(at)?;
        let word = token.span.of(self.text);
        month(word).filter(|_| token.is_word() && (token.is_capital() || !word.is_ascii()))
    }

    /// A number from 1 to `most`, with or without the ending of an ordinal.
    fn number(&self, at: usize, most: i8) -> Option<i8> {
        let number = self.number_up_to(at, i16::from(most))?;
        i8::try_from(number).ok().filter(|&number| number > 0)
    }

    fn number_up_to(&self, at: usize, most: i16) -> Option<i16> {
        self.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let digits = self.word(at)?.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.parse().ok().filter(|&number| number <= most && digits.len() <= 4)
    }

    fn year(&self, at: usize) -> Option<i16> {
        let four = self.word(at)?.len() == 4;
        self.number_up_to(at, 2099).filter(|&year| four && year >= 1900)
    }
}

/// This day, or the last one of a month that is shorter.
fn on_or_before(year: i16, month: i8, day: i8) -> Option<Date> {
    (28..=day.max(28)).rev().find_map(|last| Date::new(year, month, day.min(last)).ok())
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;
    use jiff::civil::date;

    /// The words and days of every date, read in a report of 2 January 2026; a star marks the night.
    fn found(text: &str) -> Vec<String> {
        let tokens = tokens(text, Span::new(0, text.len()));
        let show = |found: DateMention| {
            let star = if found.overnight { "*" } else { "" };
            format!("{} = {}..{}{star}", found.span.of(text), found.first, found.last)
        };
        dates(text, &tokens, date(2026, 1, 2)).into_iter().map(show).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn single_days() {
        check("on December 31 and", &["December 31 = 2025-12-31..2025-12-31"]);
        check("on January 1, 2025, near", &["January 1, 2025 = 2025-01-01..2025-01-01"]);
        check("on 31 December in", &["31 December = 2025-12-31..2025-12-31"]);
        check("the 3rd of January", &["3rd of January = 2026-01-03..2026-01-03"]);
        check("Dec. 31 was", &["Dec. 31 = 2025-12-31..2025-12-31"]);
        check(
            "as of 2025-12-31 and 31.12.2025",
            &["2025-12-31 = 2025-12-31..2025-12-31", "31.12.2025 = 2025-12-31..2025-12-31"],
        );
        check("станом на 31 грудня 2025 року", &["31 грудня 2025 року = 2025-12-31..2025-12-31"]);
        check("утром 1 января", &["1 января = 2026-01-01..2026-01-01"]);
        check("on July 1 and October 22", &["July 1 and October 22 = 2025-07-01..2025-10-22"]);
    }

    #[test]
    fn lists_and_ranges() {
        check("on October 22 and 23.", &["October 22 and 23 = 2025-10-22..2025-10-23"]);
        check("on October 22, 23, and 24.", &["October 22, 23, and 24 = 2025-10-22..2025-10-24"]);
        check("on October 21-22 in", &["October 21-22 = 2025-10-21..2025-10-22"]);
        check("from December 30 to January 1", &["December 30 to January 1 = 2025-12-30..2026-01-01"]);
        check("on December 31 and January 1", &["December 31 and January 1 = 2025-12-31..2026-01-01"]);
        check("22 and 23 October", &["22 and 23 October = 2025-10-22..2025-10-23"]);
        check("з 22 до 23 жовтня", &["22 до 23 жовтня = 2025-10-22..2025-10-23"]);
        check("22 жовтня та 1 листопада", &["22 жовтня та 1 листопада = 2025-10-22..2025-11-01"]);
        check("21–22 октября", &["21–22 октября = 2025-10-21..2025-10-22"]);
    }

    #[test]
    fn nights() {
        check(
            "on the night of December 31 to January 1",
            &["December 31 to January 1 = 2025-12-31..2026-01-01*"],
        );
        check("overnight on January 1 to 2", &["January 1 to 2 = 2026-01-01..2026-01-02*"]);
        check("у ніч на 1 січня", &["1 січня = 2025-12-31..2026-01-01*"]);
        check("в ночь на 1 января", &["1 января = 2025-12-31..2026-01-01*"]);
    }

    #[test]
    fn months_their_parts_and_seasons() {
        check("in mid-November 2025", &["mid-November 2025 = 2025-11-10..2025-11-20"]);
        check("since early October", &["early October = 2025-10-01..2025-10-10"]);
        check("наприкінці грудня", &["наприкінці грудня = 2025-12-20..2025-12-31"]);
        check("in February 2024", &["February 2024 = 2024-02-01..2024-02-29"]);
        check("in May and у жовтні", &["May = 2026-05-01..2026-05-31", "жовтні = 2025-10-01..2025-10-31"]);
        check("over winter 2023-2024", &["winter 2023-2024 = 2023-12-01..2024-02-29"]);
        check("in the summer of 2023", &["summer of 2023 = 2023-06-01..2023-08-31"]);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "they may 3 times march",
            "the M 14 highway and 30 drones",
            "February 31 never was",
            "in 2022 troops",
            "Mayor April Smith",
            "the summer offensive",
            "31.12",
            "10.2.5.7 and 2025-13-41",
            "Мая",
        ] {
            check(text, &[]);
        }
        check("on October 22 and 5 tanks, and 30 drones", &["October 22 = 2025-10-22..2025-10-22"]);
        check("on October 22, 30 drones", &["October 22 = 2025-10-22..2025-10-22"]);
    }

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert!(WORDS.len() > 80);
    }
}
