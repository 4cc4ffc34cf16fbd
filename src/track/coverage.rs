//! What the store does not see: days without a report, sources gone silent, abrupt drops, names that were not resolved.
//! A quiet map can mean a quiet front or a lost source; this tells which.

use super::series::days_between;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document as coverage counts it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its date.
    pub day: Date,
    /// Who published it.
    pub source: Option<Arc<str>>,
    /// Claims in it.
    pub claims: u32,
    /// Place mentions in it.
    pub mentions: u32,
    /// Mentions without a place.
    pub unresolved: u32,
}

/// A name that was not resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: Arc<str>,
    /// How often.
    pub mentions: u32,
    /// In how many documents.
    pub documents: u32,
    /// A sentence with it.
    pub example: Arc<str>,
}

/// When silence and drops count.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// A source is silent after this many times its usual interval, and at least [`Settings::silent_days_min`].
    pub silent_intervals: i32,
    /// No shorter silence counts, days.
    pub silent_days_min: i32,
    /// A week is a drop when it has less than this share of the usual week's claims.
    pub drop_share: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { silent_intervals: 4, silent_days_min: 5, drop_share: 0.5 }
    }
}

/// What was found missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// First and last report; none without reports.
    pub days: Option<(Date, Date)>,
    /// Documents.
    pub reports: usize,
    /// Spans of days without any report, first and last.
    pub gaps: Vec<(Date, Date)>,
    /// Sources by name.
    pub sources: Vec<Source>,
    /// Weeks with abruptly few claims.
    pub drops: Vec<Drop>,
    /// Place mentions.
    pub mentions: u32,
    /// Those without a place.
    pub unresolved: u32,
}

/// One source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name; none for documents that name none.
    pub name: Option<Arc<str>>,
    /// Its documents.
    pub reports: usize,
    /// First and last report.
    pub days: (Date, Date),
    /// The usual number of days between its reports.
    pub interval_days: i32,
    /// For how many days it has been silent when that is unusual.
    pub silent_days: Option<i32>,
}

/// A week with abruptly few claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// The first of seven days.
    pub week: Date,
    /// Claims in it.
    pub claims: u32,
    /// The median of the four weeks before.
    pub usual: u32,
}

/// Looks for what is missing from `reports` up to `until` (the last report's day, where nothing else is known).
pub fn coverage(reports: &[Report], until: Option<Date>, settings: &Settings) -> Coverage {
    let days: BTreeSet<Date> = reports.iter().map(|report| report.day).collect();
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return Coverage::default() };
    let until = until.map_or(last, |until| until.max(last));
    Coverage {
        days: Some((first, last)),
        reports: reports.len(),
        gaps: gaps(&days, until),
        sources: sources(reports, until, settings),
        drops: drops(reports, first, last, settings),
        mentions: reports.iter().map(|report| report.mentions).sum(),
        unresolved: reports.iter().map(|report| report.unresolved).sum(),
    }
}

fn gaps(days: &BTreeSet<Date>, until: Date) -> Vec<(Date, Date)> {
    let end = until.saturating_add(1.day());
    let next = days.iter().copied().skip(1).chain(std::iter::once(end));
    let pairs = days.iter().copied().zip(next).filter(|(day, next)| days_between(*day, *next) > 1);
    pairs.map(|(day, next)| (day.saturating_add(1.day()), next.saturating_sub(1.day()))).collect()
}

fn sources(reports: &[Report], until: Date, settings: &Settings) -> Vec<Source> {
    let mut by_name: BTreeMap<Option<&Arc<str>>, Vec<Date>> = BTreeMap::new();
    for report in reports {
        by_name.entry(report.source.as_ref()).or_default().push(report.day);
    }
    let source = |(name, mut days): (Option<&Arc<str>>, Vec<Date>)| {
        days.sort_unstable();
        let reports = days.len();
        days.dedup();
        let (first, last) = (days[0], days[days.len() - 1]);
        let intervals = days.windows(2).map(|pair| days_between(pair[0], pair[1])).collect();
        let interval_days = median(intervals).unwrap_or(1);
        let longest = (interval_days * settings.silent_intervals).max(settings.silent_days_min);
        let silent = days_between(last, until);
        Source {
            name: name.cloned(),
            reports,
            days: (first, last),
            interval_days,
            silent_days: (silent > longest).then_some(silent),
        }
    };
    by_name.into_iter().map(source).collect()
}

/// Weeks, counted back from the last report, against the median of the four before; weeks without reports are gaps.
fn drops(reports: &[Report], first: Date, last: Date, settings: &Settings) -> Vec<Drop> {
    const BEFORE: usize = 4;
    let weeks = usize::try_from(days_between(first, last) / 7).unwrap_or(0);
    let mut claims = vec![None; weeks];
    for report in reports {
        let nth = usize::try_from(days_between(report.day, last) / 7).unwrap_or(0);
        if let Some(count) = claims.get_mut(nth) {
            *count.get_or_insert(0) += report.claims;
        }
    }
    claims.reverse();
    let length = i32::try_from(weeks).unwrap_or(0);
    let begin = last.saturating_sub((length * 7 - 1).days());
    let drop = |nth: usize| {
        let usual = median(claims[nth.saturating_sub(BEFORE)..nth].iter().flatten().copied().collect())?;
        let count = claims[nth]?;
        let offset = i32::try_from(nth).unwrap_or(0) * 7;
        let fell = f64::from(count) < f64::from(usual) * settings.drop_share;
        fell.then(|| Drop { week: begin.saturating_add(offset.days()), claims: count, usual })
    };
    (1..weeks).filter_map(drop).collect()
}

fn median<T: Ord + Copy>(mut numbers: Vec<T>) -> Option<T> {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn report(day: Date, source: &str, claims: u32) -> Report {
        Report { day, source: Some(source.into()), claims, mentions: 10, unresolved: 1 }
    }

    fn daily(days: impl Iterator<Item = i32>, source: &str, claims: u32) -> Vec<Report> {
        days.map(|nth| report(date(2026, 1, 1).saturating_add(nth.days()), source, claims)).collect()
    }

    #[test]
    fn days_without_a_report_are_gaps_up_to_today() {
        let mut reports = daily(0..3, "A", 5);
        reports.extend(daily(5..6, "A", 5));
        let found = coverage(&reports, Some(date(2026, 1, 8)), &Settings::default());
        assert_eq!(found.gaps, [(date(2026, 1, 4), date(2026, 1, 5)), (date(2026, 1, 7), date(2026, 1, 8))]);
    }

    #[test]
    fn a_daily_source_that_stops_is_silent_and_a_weekly_one_is_not() {
        let mut reports = daily(0..10, "daily", 5);
        reports.extend(daily((0..30).step_by(7), "weekly", 5));
        let found = coverage(&reports, Some(date(2026, 2, 1)), &Settings::default());
        let silent: Vec<Option<i32>> = found.sources.iter().map(|source| source.silent_days).collect();
        assert_eq!(silent, [Some(22), None]);
    }

    #[test]
    fn a_week_of_half_the_claims_is_a_drop() {
        let mut reports = daily(0..28, "A", 10);
        reports.extend(daily(28..36, "A", 2));
        let found = coverage(&reports, None, &Settings::default());
        assert_eq!(found.drops, [Drop { week: date(2026, 1, 30), claims: 14, usual: 70 }]);
    }
}
