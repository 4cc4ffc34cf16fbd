//! What each signal is worth, and how scores become probabilities: the table `gazetteer/weights.tsv`.
//! The program `examples/fit.rs` fits it on labelled texts; nothing here is tuned by hand.

use super::signal::{SIGNALS, Signal};
use serde::Serialize;
use thiserror::Error;

/// The table as shipped.
const SHIPPED: &str = include_str!("../../gazetteer/weights.tsv");

/// What sort of text it is; each has its own weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// Reporting from the theatre of the war.
    #[default]
    War,
    /// News about anywhere.
    News,
}

/// The weights of both genres.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For war reporting.
    pub war: WeightSet,
    /// For other news.
    pub news: WeightSet,
}

/// One genre's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightSet {
    /// One a signal.
    pub signals: [f32; SIGNALS],
    /// Turns the best candidate's share into a probability that it is right.
    pub confidence: ConfidenceCurve,
}

/// A logistic curve over what is known of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConfidenceCurve {
    /// Constant.
    pub bias: f32,
    /// Times the log-odds of the best candidate's share.
    pub odds: f32,
    /// Times the logarithm of the number of candidates.
    pub rivals: f32,
    /// For a point that is only a unit's centre.
    pub inexact: f32,
    /// For a name that met by folding or an edit.
    pub loose: f32,
}

/// A table of weights that cannot be used.
#[derive(Debug, Error)]
#[error("weights line {line}: `{found}` is not {wanted}")]
pub struct WeightsError {
    line: usize,
    found: String,
    wanted: &'static str,
}

impl ConfidenceCurve {
    /// The rows of the table, in the order of the fields.
    pub const ROWS: [&str; 5] =
        ["confidence.bias", "confidence.odds", "confidence.rivals", "confidence.inexact", "confidence.loose"];

    /// The fields in the order of the rows.
    pub fn to_row(self) -> [f32; 5] {
        [self.bias, self.odds, self.rivals, self.inexact, self.loose]
    }

    /// The curve of a row of fields.
    pub fn from_row([bias, odds, rivals, inexact, loose]: [f32; 5]) -> ConfidenceCurve {
        ConfidenceCurve { bias, odds, rivals, inexact, loose }
    }

    /// What the curve is applied to, in the order of the rows.
    pub fn inputs(share: f32, rivals: usize, inexact: bool, loose: bool) -> [f32; 5] {
        let share = share.clamp(0.001, 0.999);
        [
            1.0,
            (share / (1.0 - share)).ln(),
            (rivals as f32).ln(),
            f32::from(u8::from(inexact)),
            f32::from(u8::from(loose)),
        ]
    }

    /// The probability of being right.
    pub fn probability(self, inputs: [f32; 5]) -> f32 {
        let sum: f32 = self.to_row().iter().zip(inputs).map(|(a, b)| a * b).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl Weights {
    /// The table that comes with the program.
    pub fn shipped() -> Weights {
        Weights::parse(SHIPPED).expect("the shipped table is checked by a test")
    }

    /// The weights of one genre.
    pub fn of(&self, genre: Genre) -> &WeightSet {
        match genre {
            Genre::War => &self.war,
            Genre::News => &self.news,
        }
    }

    /// Reads a table `signal war news`; lines that begin with `#` tell what it was fitted on. A signal without a row counts for nothing.
    ///
    /// # Errors
    /// When a line is no row.
    pub fn parse(table: &str) -> Result<Weights, WeightsError> {
        let mut signals = [[0.0; SIGNALS]; 2];
        let mut curves = [[0.0; 5]; 2];
        for (at, text) in table.lines().enumerate() {
            if text.is_empty() || text.starts_with('#') || text.starts_with("signal\t") {
                continue;
            }
            let mut cells = text.split('\t');
            let name = cells.next().unwrap_or_default();
            for genre in 0..2 {
                let cell = cells.next().unwrap_or_default();
                let value: f32 = cell.parse().map_err(|_| WeightsError {
                    line: at + 1,
                    found: cell.to_owned(),
                    wanted: "a number",
                })?;
                if let Some(signal) = Signal::ALL.iter().find(|s| s.as_str() == name) {
                    signals[genre][*signal as usize] = value;
                } else if let Some(row) = ConfidenceCurve::ROWS.iter().position(|r| *r == name) {
                    curves[genre][row] = value;
                } else {
                    return Err(WeightsError { line: at + 1, found: name.to_owned(), wanted: "a signal" });
                }
            }
        }
        let set = |genre: usize| WeightSet {
            signals: signals[genre],
            confidence: ConfidenceCurve::from_row(curves[genre]),
        };
        Ok(Weights { war: set(0), news: set(1) })
    }

    /// The table as text, with `notes` as its first lines.
    pub fn to_table(&self, notes: &[String]) -> String {
        let mut table = String::new();
        for note in notes {
            table.push_str(&format!("# {note}\n"));
        }
        table.push_str("signal\twar\tnews\n");
        for signal in Signal::ALL {
            let (war, news) = (self.war.signals[*signal as usize], self.news.signals[*signal as usize]);
            table.push_str(&format!("{}\t{war:.3}\t{news:.3}\n", signal.as_str()));
        }
        let (war, news) = (self.war.confidence.to_row(), self.news.confidence.to_row());
        for (row, (war, news)) in ConfidenceCurve::ROWS.iter().zip(war.iter().zip(news)) {
            table.push_str(&format!("{row}\t{war:.3}\t{news:.3}\n"));
        }
        table
    }
}

impl Default for Weights {
    fn default() -> Weights {
        Weights::shipped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_read_and_written_alike() {
        let weights = Weights::shipped();
        assert!(weights.war.signals[Signal::Gloss as usize] > 0.0);
        assert_eq!(Weights::parse(&weights.to_table(&["fitted".into()])).ok(), Some(weights));
    }

    #[test]
    fn a_wrong_row_is_named() {
        let error = Weights::parse("signal\twar\tnews\nluck\t1\t1\n").expect_err("luck is no signal");
        assert_eq!(error.to_string(), "weights line 2: `luck` is not a signal");
    }
}
