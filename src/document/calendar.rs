//! Months by their names, and years that a text leaves out. Finding the dates in running text is `text`'s work.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The month that a word names, 1 to 12; letter case does not matter.
pub fn month(word: &str) -> Option<i8> {
    // The longest name of a month has twenty bytes.
    if !(3..=20).contains(&word.len()) {
        return None;
    }
    if let Some(&month) = MONTHS.get(word) {
        return Some(month);
    }
    word.starts_with(char::is_uppercase).then(|| MONTHS.get(word.to_lowercase().as_str()).copied()).flatten()
}

/// The day nearest to `near` that falls on this day of this month; the earlier of two that are as near.
pub fn nearest(month: i8, day: i8, near: Date) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|&day| days_between(day, near).abs())
}

/// Days from `first` to `last`; negative when `last` is earlier.
pub fn days_between(first: Date, last: Date) -> i64 {
    (last.duration_since(first)).as_hours() / 24
}

/// The names of the months of all languages; no name means two months.
static MONTHS: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/months.tsv"),
        include_str!("../../gazetteer/lexicon/uk/months.tsv"),
        include_str!("../../gazetteer/lexicon/ru/months.tsv"),
    ];
    let lines = tables.into_iter().flat_map(str::lines);
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, n)| Some((word, n.parse().ok()?)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn names_of_three_languages() {
        assert_eq!(month("October"), Some(10));
        assert_eq!(month("oct"), Some(10));
        assert_eq!(month("Жовтня"), Some(10));
        assert_eq!(month("мая"), Some(5));
        assert_eq!(month("Octopus"), None);
    }

    #[test]
    fn the_year_is_the_nearest() {
        assert_eq!(nearest(12, 31, date(2026, 1, 2)), Some(date(2025, 12, 31)));
        assert_eq!(nearest(1, 1, date(2025, 12, 30)), Some(date(2026, 1, 1)));
        assert_eq!(nearest(2, 29, date(2023, 12, 30)), Some(date(2024, 2, 29)));
        assert_eq!(nearest(2, 30, date(2023, 12, 30)), None);
    }
}
