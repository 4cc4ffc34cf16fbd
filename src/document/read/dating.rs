//! Which day a document is of: the person's word, the record's field, the text's own header, the page's metadata, the
//! file's name, in this order.

use crate::document::{DateSource, Document, ReportDate, headers};
use jiff::civil::Date;
use std::path::Path;

/// What the surroundings of a text say about its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clues {
    /// The record's own field.
    pub(super) record: Option<Date>,
    /// The page's metadata or title.
    pub(super) metadata: Option<Date>,
    /// An ISO date in the file's stem.
    pub(super) file_name: Option<Date>,
}

/// Dates `document`; a warning says where what is known does not agree.
pub(super) fn date(document: &mut Document, clues: &Clues, given: Option<Date>) {
    let near = given.or(clues.record).or(clues.metadata).or(clues.file_name);
    let text = headers(&document.text).into_iter().find_map(|header| header.date(near));
    let known = [
        (DateSource::Given, given),
        (DateSource::Record, clues.record),
        (DateSource::Text, text),
        (DateSource::Metadata, clues.metadata),
        (DateSource::FileName, clues.file_name),
    ];
    let mut known = known.into_iter().filter_map(|(source, date)| Some(ReportDate { date: date?, source }));
    document.date = known.next();
    let Some(taken) = document.date.filter(|taken| taken.source != DateSource::Given) else { return };
    // Pages are often published on the day after the one they report, and their metadata count in another zone.
    if let Some(other) = known.find(|other| other.date != taken.date) {
        document.warnings.push(format!(
            "{} says {}, but {} says {}; {} is used; --date overrules both",
            name(taken.source),
            taken.date,
            name(other.source),
            other.date,
            taken.date
        ));
    }
}

fn name(source: DateSource) -> &'static str {
    match source {
        DateSource::Given => "--date",
        DateSource::Record => "the record",
        DateSource::Text => "the text",
        DateSource::Metadata => "the page's metadata",
        DateSource::FileName => "the file's name",
    }
}

/// The date in a file's stem: "isw-2024-01-15", "20240115_report".
pub(super) fn in_stem(path: &Path) -> Option<Date> {
    let stem = path.file_stem()?.to_string_lossy();
    let bytes = stem.as_bytes();
    (0..bytes.len()).filter(|&at| at == 0 || !bytes[at - 1].is_ascii_digit()).find_map(|at| iso(&bytes[at..]))
}

/// The date that a stretch begins with, its parts joined by nothing or one and the same mark.
fn iso(bytes: &[u8]) -> Option<Date> {
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        let digits = bytes.get(range)?;
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0')))
    };
    let mark = *bytes.get(4)?;
    let gap = usize::from(matches!(mark, b'-' | b'_' | b'.'));
    let (month, day) = (4 + gap..6 + gap, 6 + 2 * gap..8 + 2 * gap);
    let joined = gap == 0 || bytes.get(month.end) == Some(&mark);
    let ends = !bytes.get(day.end).is_some_and(u8::is_ascii_digit);
    let year = number(0..4).filter(|year| (1900..2100).contains(year) && joined && ends)?;
    Date::new(year, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

/// The day of a date as records and pages write it: "2024-10-24", "2024-10-24T05:20:00+03:00", "24.10.2024",
/// "20241024", "October 24, 2024".
pub(super) fn parse(words: &str) -> Option<Date> {
    let words = words.trim();
    if let Some(date) = iso(words.as_bytes()) {
        return Some(date);
    }
    // The same few ways of writing that head a text.
    headers(words).into_iter().find_map(|header| header.date(None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn dates_in_file_names() {
        let stem = |name: &str| in_stem(Path::new(name));
        let expected = Some(day(2024, 1, 15));
        for name in [
            "2024-01-15.txt",
            "isw-2024-01-15-kt.html",
            "20240115.txt",
            "a/b/up_2024_01_15.md",
            "x.2024.01.15.txt",
        ] {
            assert_eq!(stem(name), expected, "{name}");
        }
        for name in [
            "report.txt",
            "2024-13-01.txt",
            "120240115.txt",
            "2024011599.txt",
            "2024-01.txt",
            "2024-01_15.txt",
        ] {
            assert_eq!(stem(name), None, "{name}");
        }
    }

    #[test]
    fn dates_of_records() {
        let expected = Some(day(2024, 10, 24));
        for words in [
            "2024-10-24",
            " 2024-10-24T05:20:00+03:00",
            "24.10.2024",
            "20241024",
            "October 24, 2024",
            "24 жовтня 2024",
        ] {
            assert_eq!(parse(words), expected, "{words}");
        }
        assert_eq!(parse("yesterday"), None);
        assert_eq!(parse("24/10"), None);
    }

    fn dated(text: &str, clues: Clues, given: Option<Date>) -> (Option<ReportDate>, usize) {
        let mut document = Document { text: text.into(), ..Document::default() };
        date(&mut document, &clues, given);
        (document.date, document.warnings.len())
    }

    #[test]
    fn the_strongest_wins_and_a_conflict_is_told() {
        let (a, b) = (day(2024, 10, 24), day(2024, 10, 25));
        let taken = |date, source| Some(ReportDate { date, source });
        let file = Clues { file_name: Some(b), ..Clues::default() };
        assert_eq!(dated("date 2024-10-24 Troops moved.", file, None), (taken(a, DateSource::Text), 1));
        assert_eq!(
            dated("October 24, 6:30 pm ET\nTroops moved.", file, None),
            (taken(a, DateSource::Text), 1)
        );
        assert_eq!(dated("Troops moved.", file, None), (taken(b, DateSource::FileName), 0));
        assert_eq!(
            dated("date 2024-10-25 x", Clues { record: Some(a), ..file }, None),
            (taken(a, DateSource::Record), 1)
        );
        assert_eq!(dated("date 2024-10-24 x", file, Some(b)), (taken(b, DateSource::Given), 0));
        assert_eq!(dated("October 24, 6:30 pm ET\nTroops moved.", Clues::default(), None), (None, 0));
    }
}
