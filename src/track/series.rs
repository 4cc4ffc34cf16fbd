//! How many, by day or week: [`series`] counts dated things under labels and fills the quiet days with zeros.
//! What is counted (events under way, new events, claims, news) is decided where the store is read.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Unit};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// One thing to count.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// First and last day on which it counts.
    pub days: (Date, Date),
    /// How much it counts a period.
    pub weight: f64,
    /// The lines that it counts in, each once.
    pub labels: Vec<Arc<str>>,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
}

/// Counts by period and label.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The first day of each period, without gaps.
    pub periods: Vec<Date>,
    /// The lines, the greatest first.
    pub lines: Vec<Line>,
}

/// The counts under one label.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is counted.
    pub label: Arc<str>,
    /// One count a period.
    pub counts: Vec<f64>,
}

impl Step {
    /// The first day of the period of `day`.
    pub fn begin(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => {
                let past = day.weekday().since(Weekday::Monday);
                day.saturating_sub(i32::from(past).days())
            }
        }
    }

    fn days(self) -> i32 {
        match self {
            Step::Day => 1,
            Step::Week => 7,
        }
    }
}

/// Counts `items` from the period of `from` to that of `to`. An item that spans several periods counts in each.
///
/// With more than `lines_max` labels the smallest are added up under "others".
pub fn series(items: &[Item], step: Step, from: Date, to: Date, lines_max: usize) -> Series {
    let first = step.begin(from);
    let at = |day: Date| days_between(first, step.begin(day)) / step.days();
    let length = usize::try_from(at(to) + 1).unwrap_or(0);
    let mut lines: BTreeMap<&Arc<str>, Vec<f64>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.days.1 >= from && item.days.0 <= to) {
        let begin = usize::try_from(at(item.days.0.max(from))).unwrap_or(0);
        let end = usize::try_from(at(item.days.1.min(to))).unwrap_or(0);
        for label in &item.labels {
            let counts = lines.entry(label).or_insert_with(|| vec![0.0; length]);
            counts[begin..=end].iter_mut().for_each(|count| *count += item.weight);
        }
    }
    let mut lines: Vec<Line> =
        lines.into_iter().map(|(label, counts)| Line { label: label.clone(), counts }).collect();
    lines.sort_by(|a, b| b.total().total_cmp(&a.total()).then_with(|| a.label.cmp(&b.label)));
    add_up_smallest(&mut lines, lines_max);
    let steps = i32::try_from(length).unwrap_or(0);
    let periods = (0..steps).map(|nth| first.saturating_add((nth * step.days()).days())).collect();
    Series { periods, lines }
}

fn add_up_smallest(lines: &mut Vec<Line>, lines_max: usize) {
    if lines.len() <= lines_max.max(1) {
        return;
    }
    let rest = lines.split_off(lines_max.max(1) - 1);
    let mut others =
        Line { label: format!("others ({})", rest.len()).into(), counts: vec![0.0; rest[0].counts.len()] };
    for line in rest {
        for (sum, count) in others.counts.iter_mut().zip(line.counts) {
            *sum += count;
        }
    }
    lines.push(others);
}

/// Days from `a` to `b`, negative when `b` is earlier.
pub fn days_between(a: Date, b: Date) -> i32 {
    a.until((Unit::Day, b)).map_or(0, |span| span.get_days())
}

impl Line {
    /// The sum over all periods.
    pub fn total(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// The greatest count, and where it is first reached.
    pub fn peak(&self) -> Option<(usize, f64)> {
        let peak = self.counts.iter().copied().fold(0.0, f64::max);
        let at = self.counts.iter().position(|count| *count == peak)?;
        Some((at, peak))
    }

    /// Eight steps of a block a period, scaled to `peak`; a dot where nothing was counted.
    pub fn sparkline(&self, peak: f64) -> String {
        const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let block = |count: &f64| {
            if *count <= 0.0 {
                return '·';
            }
            // Counts are small and positive; the greatest takes the full block.
            let step = (count / peak.max(f64::MIN_POSITIVE) * 8.0).ceil() as usize;
            BLOCKS[step.clamp(1, 8) - 1]
        };
        self.counts.iter().map(block).collect()
    }
}

impl Series {
    /// `period,LABEL,...` with one row a period.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head =
            std::iter::once("period".to_owned()).chain(self.lines.iter().map(|line| line.label.to_string()));
        let written = writer.write_record(head).and_then(|()| {
            self.periods.iter().enumerate().try_for_each(|(at, period)| {
                let counts = self.lines.iter().map(|line| number(line.counts[at]));
                writer.write_record(std::iter::once(period.to_string()).chain(counts))
            })
        });
        written.expect("rows of one length go into memory");
        String::from_utf8(writer.into_inner().expect("memory can be flushed")).expect("text stays text")
    }

    /// The same as one JSON object: `periods`, and `lines` by label.
    pub fn to_json(&self) -> serde_json::Value {
        let lines: Vec<serde_json::Value> = self
            .lines
            .iter()
            .map(|line| serde_json::json!({"label": *line.label, "total": line.total(), "counts": line.counts}))
            .collect();
        let periods: Vec<String> = self.periods.iter().map(Date::to_string).collect();
        serde_json::json!({"periods": periods, "lines": lines})
    }

    /// The greatest count of any line.
    pub fn peak(&self) -> f64 {
        self.lines.iter().filter_map(Line::peak).map(|(_, peak)| peak).fold(0.0, f64::max)
    }
}

/// A count without needless decimals.
pub fn number(count: f64) -> String {
    let mut text = String::new();
    let written = if count.fract() == 0.0 { write!(text, "{count:.0}") } else { write!(text, "{count:.1}") };
    written.expect("a string takes all that is written");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn item(from: i8, to: i8, label: &str) -> Item {
        Item { days: (date(2026, 1, from), date(2026, 1, to)), weight: 1.0, labels: vec![label.into()] }
    }

    fn january(items: &[Item], step: Step, to: i8) -> Series {
        series(items, step, date(2026, 1, 5), date(2026, 1, to), 10)
    }

    #[test]
    fn an_event_counts_on_every_day_it_spans_and_quiet_days_are_zero() {
        let counted = january(&[item(5, 7, "RU"), item(7, 7, "RU"), item(3, 5, "UA")], Step::Day, 8);
        assert_eq!(counted.periods.len(), 4);
        assert_eq!(counted.lines[0].counts, [1.0, 1.0, 2.0, 0.0]);
        assert_eq!(counted.lines[1].counts, [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(counted.lines[0].sparkline(2.0), "▄▄█·");
    }

    #[test]
    fn weeks_begin_on_monday() {
        let counted = january(&[item(11, 12, "RU")], Step::Week, 18);
        assert_eq!(counted.periods, [date(2026, 1, 5), date(2026, 1, 12)]);
        assert_eq!(counted.lines[0].counts, [1.0, 1.0], "Sunday the 11th and Monday the 12th");
    }

    #[test]
    fn the_smallest_lines_are_added_up() {
        let items = [item(5, 7, "a"), item(5, 6, "b"), item(5, 5, "c")];
        let counted = series(&items, Step::Day, date(2026, 1, 5), date(2026, 1, 7), 2);
        let labels: Vec<&str> = counted.lines.iter().map(|line| &*line.label).collect();
        assert_eq!(labels, ["a", "others (2)"]);
        assert_eq!(counted.lines[1].counts, [2.0, 1.0, 0.0]);
        assert_eq!(counted.to_csv(), "period,a,others (2)\n2026-01-05,1,2\n2026-01-06,1,1\n2026-01-07,1,0\n");
    }
}
