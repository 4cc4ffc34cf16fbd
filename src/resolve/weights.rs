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

/// A logistic curve over what is known of a decision, and what its values have proved to be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceCurve {
    /// What each of [`ConfidenceCurve::FACTORS`] counts.
    pub factors: [f32; FACTORS],
    /// The share right of decisions to which the curve gives 0.0, 0.1 ... 1.0, never falling; a straight line between.
    pub worth: [f32; STEPS],
}

/// What is known of a decision when it is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grounds {
    /// The best candidate's share of the probability.
    pub share: f32,
    /// How many candidates there were.
    pub rivals: usize,
    /// The best candidate's point is only a unit's centre.
    pub inexact: bool,
    /// Its name met by folding or an edit.
    pub loose: bool,
    /// How ill it fits the text's own description, a log-likelihood: 0 where it fits or nothing is said.
    pub misfit: f32,
    /// The sum of its evidence.
    pub score: f32,
}

/// The number of factors of a [`ConfidenceCurve`].
const FACTORS: usize = 7;
/// The number of its steps.
const STEPS: usize = 11;

/// A table of weights that cannot be used.
#[derive(Debug, Error)]
#[error("weights line {line}: `{found}` is not {wanted}")]
pub struct WeightsError {
    line: usize,
    found: String,
    wanted: &'static str,
}

impl ConfidenceCurve {
    /// The factors by their rows of the table: a constant; the log-odds of the share; the logarithm of the number of
    /// candidates; then the other [`Grounds`].
    pub const FACTORS: [&str; FACTORS] = [
        "confidence.bias",
        "confidence.odds",
        "confidence.rivals",
        "confidence.inexact",
        "confidence.loose",
        "confidence.misfit",
        "confidence.score",
    ];

    /// What the factors are multiplied with.
    pub fn inputs(grounds: Grounds) -> [f32; FACTORS] {
        let share = grounds.share.clamp(0.001, 0.999);
        let yes = |is: bool| f32::from(u8::from(is));
        [
            1.0,
            (share / (1.0 - share)).ln(),
            (grounds.rivals as f32).max(1.0).ln(),
            yes(grounds.inexact),
            yes(grounds.loose),
            (grounds.misfit / 6.0).clamp(-1.0, 0.0),
            (grounds.score / 10.0).clamp(-1.0, 2.0),
        ]
    }

    /// The logistic curve's value for some inputs, 0 to 1.
    pub fn logistic(&self, inputs: [f32; FACTORS]) -> f32 {
        let sum: f32 = self.factors.iter().zip(inputs).map(|(a, b)| a * b).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The probability of being right, 0 to 1.
    pub fn probability(&self, inputs: [f32; FACTORS]) -> f32 {
        let at = self.logistic(inputs) * (STEPS - 1) as f32;
        let step = (at as usize).min(STEPS - 2);
        let part = at - step as f32;
        self.worth[step] * (1.0 - part) + self.worth[step + 1] * part
    }

    /// The curve before anything was learnt of what it is worth: its values as they are.
    pub fn plain(factors: [f32; FACTORS]) -> ConfidenceCurve {
        ConfidenceCurve { factors, worth: std::array::from_fn(|step| step as f32 / (STEPS - 1) as f32) }
    }

    /// The rows of the table and their values.
    fn rows(&self) -> impl Iterator<Item = (String, f32)> {
        let factors = ConfidenceCurve::FACTORS.map(str::to_owned).into_iter().zip(self.factors);
        factors.chain(self.worth.into_iter().enumerate().map(|(step, worth)| (worth_row(step), worth)))
    }

    /// Takes the value of a row of the table; false when it is none.
    fn take(&mut self, row: &str, value: f32) -> bool {
        let factor = ConfidenceCurve::FACTORS.iter().position(|name| *name == row);
        let step = (0..STEPS).find(|&step| worth_row(step) == row);
        match (factor, step) {
            (Some(factor), _) => self.factors[factor] = value,
            (None, Some(step)) => self.worth[step] = value,
            (None, None) => return false,
        }
        true
    }
}

/// The row of the table that tells what a tenth of the curve is worth.
fn worth_row(step: usize) -> String {
    format!("confidence.worth_{step:02}")
}

impl Default for ConfidenceCurve {
    fn default() -> ConfidenceCurve {
        ConfidenceCurve::plain([0.0; FACTORS])
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
        let mut curves = [ConfidenceCurve::default(); 2];
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
                } else if !curves[genre].take(name, value) {
                    return Err(WeightsError { line: at + 1, found: name.to_owned(), wanted: "a signal" });
                }
            }
        }
        let set = |genre: usize| WeightSet { signals: signals[genre], confidence: curves[genre] };
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
        for ((row, war), (_, news)) in self.war.confidence.rows().zip(self.news.confidence.rows()) {
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
    fn what_the_curve_gives_is_read_as_what_it_proved_worth() {
        let mut curve = ConfidenceCurve::plain([0.0; FACTORS]);
        let even = ConfidenceCurve::inputs(Grounds { share: 0.5, rivals: 2, ..Grounds::default() });
        assert!((curve.probability(even) - 0.5).abs() < 1e-6);
        curve.worth[5] = 0.8;
        assert!((curve.probability(even) - 0.8).abs() < 1e-6);
    }

    #[test]
    fn a_wrong_row_is_named() {
        let error = Weights::parse("signal\twar\tnews\nluck\t1\t1\n").expect_err("luck is no signal");
        assert_eq!(error.to_string(), "weights line 2: `luck` is not a signal");
    }
}
