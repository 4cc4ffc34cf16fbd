//! The days that a map is about, for sliders and titles: those of the reports and of what they tell of around them.
//! A report of January that names a summer long past, or a plan for next year, does not stretch the slider over years.

use crate::feature::{Feature, LayerKind, Value};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Days seen so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Days {
    claims: Option<(Date, Date)>,
    reports: Option<(Date, Date)>,
}

impl Days {
    /// How long before the first report an event still counts.
    fn before() -> Span {
        31.days()
    }

    /// How long after the last report.
    fn after() -> Span {
        7.days()
    }

    /// Counts a row in.
    pub(super) fn add(&mut self, layer: LayerKind, feature: &Feature) {
        if let (Value::DateTime(start), Value::DateTime(end)) =
            (feature.get(layer, "start"), feature.get(layer, "end"))
        {
            widen(&mut self.claims, start.date(), end.date());
        }
        if let Value::Date(day) = feature.get(layer, "report_date") {
            widen(&mut self.reports, *day, *day);
        }
    }

    /// First and last day; none where no row had any.
    pub(super) fn span(&self) -> Option<(Date, Date)> {
        let (first, last) = self.claims?;
        let Some((first_report, last_report)) = self.reports else { return Some((first, last)) };
        let earliest = first_report.saturating_sub(Days::before());
        let latest = last_report.saturating_add(Days::after());
        Some((first.clamp(earliest, last_report), last.clamp(first_report, latest)))
    }
}

fn widen(held: &mut Option<(Date, Date)>, first: Date, last: Date) {
    let (held_first, held_last) = held.unwrap_or((first, last));
    *held = Some((held_first.min(first), held_last.max(last)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn plans_and_memories_do_not_stretch_the_span() {
        let days = Days {
            claims: Some((date(2022, 4, 20), date(2027, 8, 31))),
            reports: Some((date(2026, 1, 2), date(2026, 1, 31))),
        };
        assert_eq!(days.span(), Some((date(2025, 12, 2), date(2026, 2, 7))));
        let near = Days { claims: Some((date(2025, 12, 30), date(2026, 1, 31))), ..days };
        assert_eq!(near.span(), Some((date(2025, 12, 30), date(2026, 1, 31))));
        assert_eq!(Days::default().span(), None);
    }
}
