//! How much of a claim was not said before: reports carry sentences over from day to day, and a series shall count news.
//!
//! A claim that its text dates to a day which no earlier claim of its group covers is news, however worn its words, and so
//! is one that is firmer than all earlier ones. Any other is as new as its wording: the share of its runs of three words
//! that no single earlier sentence about the same thing has. Numbers do not count as words, so that "on January 9" copied as "on January 10" is a copy.

use super::row::{Row, firmness};
use jiff::ToSpan;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The novelty of each claim of one group, 0 (a copy) to 1 (not heard before), in the order of `rows`.
///
/// Earlier means an earlier report of the last `memory_days`, or an earlier sentence of the same report.
pub fn novelty(rows: &[Row], memory_days: i16) -> Vec<f64> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&at| {
        let row = &rows[at];
        (row.report_date, &row.doc_id, row.sentence_start, &row.claim_id)
    });
    let shingles: Vec<HashSet<u64>> = rows.iter().map(|row| shingles(&row.sentence)).collect();
    let mut novelty = vec![1.0; rows.len()];
    let mut oldest = 0;
    for (nth, &at) in order.iter().enumerate() {
        let row = &rows[at];
        let horizon = row.report_date.saturating_sub(memory_days.days());
        while rows[order[oldest]].report_date < horizon {
            oldest += 1;
        }
        let earlier = || order[oldest..nth].iter().copied().filter(|&other| is_earlier(&rows[other], row));
        novelty[at] = if row.repeats {
            0.0
        } else if row.dated && has_new_day(row, || earlier().map(|other| &rows[other]))
            || earlier().all(|other| firmness(rows[other].status) < firmness(row.status))
        {
            1.0
        } else {
            let known = earlier().map(|other| share(&shingles[at], &shingles[other]));
            hundredths(1.0 - known.fold(0.0, f64::max))
        };
    }
    novelty
}

/// Claims of one sentence do not copy each other.
fn is_earlier(other: &Row, row: &Row) -> bool {
    (other.report_date, &other.doc_id) != (row.report_date, &row.doc_id)
        || other.sentence_start < row.sentence_start
}

/// Whether a claim speaks of a day that no earlier one does. Of long spans the last days decide.
fn has_new_day<'a, Rows: Iterator<Item = &'a Row>>(row: &Row, earlier: impl Fn() -> Rows) -> bool {
    const DAYS: usize = 31;
    let days = row.days.1.series(-1.day()).take_while(|day| *day >= row.days.0).take(DAYS);
    let told = |day| earlier().any(|other| (other.days.0..=other.days.1).contains(&day));
    days.into_iter().any(|day| !told(day))
}

/// The runs of three words of a sentence, in small letters, without marks and numbers.
fn shingles(sentence: &str) -> HashSet<u64> {
    let words: Vec<String> = sentence
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    let runs: Box<dyn Iterator<Item = &[String]>> = if words.len() < 3 {
        Box::new(std::iter::once(words.as_slice()))
    } else {
        Box::new(words.windows(3))
    };
    runs.map(|run| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    })
    .collect()
}

/// The share of `of` that stands in `other`.
fn share(of: &HashSet<u64>, other: &HashSet<u64>) -> f64 {
    of.intersection(other).count() as f64 / of.len().max(1) as f64
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{ClaimType, Side, Status};
    use crate::track::row::sample::row;

    fn said(id: &str, day: i8, sentence: &str, dated: bool) -> Row {
        let row = row(id, Side::Ru, ClaimType::Attack, Status::Asserted, "Lysivka", day);
        Row { sentence: sentence.into(), dated, ..row }
    }

    #[test]
    fn an_undated_copy_is_no_news() {
        let sentence = "Enemy units keep up pressure on Lysivka from the south.[12]";
        let copy = "Enemy units keep up pressure on Lysivka from the south.[34]";
        assert_eq!(novelty(&[said("a", 9, sentence, false), said("b", 10, copy, false)], 30), [1.0, 0.0]);
    }

    #[test]
    fn the_same_words_about_a_new_day_are_news() {
        let first = said("a", 9, "Enemy units attacked near Lysivka on January 9.", true);
        let next = said("b", 10, "Enemy units attacked near Lysivka on January 10.", true);
        let again = Row {
            days: next.days,
            ..said("c", 11, "Enemy units attacked near Lysivka on January 10.", true)
        };
        assert_eq!(novelty(&[first, next, again], 30), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn what_becomes_firmer_is_news() {
        let claimed = said("a", 9, "A source says that enemy units attacked near Lysivka.", false);
        let claimed = Row { status: Status::Claimed, ..claimed };
        let asserted = said("b", 10, "Enemy units attacked near Lysivka.", false);
        assert_eq!(novelty(&[claimed, asserted], 30), [1.0, 1.0]);
    }

    #[test]
    fn other_words_about_the_same_are_partly_new() {
        let first = said("a", 9, "Enemy units attacked near Lysivka in the morning.", false);
        let next =
            said("b", 10, "Enemy units attacked near Lysivka and burnt the bridge behind them.", false);
        let found = novelty(&[first, next], 30)[1];
        assert!(found > 0.5 && found < 1.0, "{found}");
    }

    #[test]
    fn memory_ends() {
        let sentence = "Enemy units keep up pressure on Lysivka.";
        let rows = [said("a", 1, sentence, false), said("b", 20, sentence, false)];
        assert_eq!(novelty(&rows, 30)[1], 0.0);
        assert_eq!(novelty(&rows, 10)[1], 1.0);
    }

    #[test]
    fn two_claims_of_one_sentence_do_not_copy_each_other() {
        let both = [
            said("a", 9, "Both sides attacked near Lysivka.", false),
            said("b", 9, "Both sides attacked near Lysivka.", false),
        ];
        assert_eq!(novelty(&both, 30), [1.0, 1.0]);
    }
}
