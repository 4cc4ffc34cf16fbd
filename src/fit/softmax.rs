//! Conditional logistic regression: the weights under which the right candidates of each sample get the greatest share
//! of the probability, held small by a quadratic penalty. Plain gradient ascent with momentum: the sets are small.

use crate::resolve::signal::{SIGNALS, Signal};

/// The candidates of one mention and which of them are right.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What the passes measured, one row a candidate.
    pub signals: Vec<[f32; SIGNALS]>,
    /// Which are right.
    pub right: Vec<bool>,
    /// How much the sample counts.
    pub weight: f32,
}

/// How hard the penalty pulls a weight to its prior, per sample's weight.
const PENALTY: f32 = 0.0015;
const STEPS: usize = 600;
const RATE: f32 = 0.6;
const MOMENTUM: f32 = 0.9;

/// The fitted weights, starting from and drawn to `prior`.
pub fn fit(samples: &[Sample], prior: &[f32; SIGNALS]) -> [f32; SIGNALS] {
    let total: f32 = samples.iter().map(|sample| sample.weight).sum::<f32>().max(1.0);
    let mut weights = *prior;
    let mut velocity = [0.0f32; SIGNALS];
    for _ in 0..STEPS {
        let mut gradient = [0.0f32; SIGNALS];
        for sample in samples {
            add_gradient(sample, &weights, &mut gradient);
        }
        for at in 0..SIGNALS {
            let pull = PENALTY * (weights[at] - prior[at]);
            velocity[at] = MOMENTUM * velocity[at] + RATE * (gradient[at] / total - pull);
            weights[at] = Signal::ALL[at].leaning().hold(weights[at] + velocity[at] * (1.0 - MOMENTUM));
        }
    }
    weights
}

/// Adds a sample's gradient: what its right candidates show, less what the weights expect.
fn add_gradient(sample: &Sample, weights: &[f32; SIGNALS], gradient: &mut [f32; SIGNALS]) {
    let scores: Vec<f32> =
        sample.signals.iter().map(|signals| signals.iter().zip(weights).map(|(a, b)| a * b).sum()).collect();
    let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let shares: Vec<f32> = scores.iter().map(|score| (score - best).exp()).collect();
    let all: f32 = shares.iter().sum();
    let right: f32 =
        shares.iter().zip(&sample.right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
    for ((signals, share), is_right) in sample.signals.iter().zip(&shares).zip(&sample.right) {
        let target = if *is_right { share / right.max(1e-12) } else { 0.0 };
        let push = sample.weight * (target - share / all);
        for (gradient, signal) in gradient.iter_mut().zip(signals) {
            *gradient += push * signal;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights after twenty mentions where one signal marks the right candidate and another the wrong one.
    fn fitted(right: Signal, wrong: Signal) -> [f32; SIGNALS] {
        let row = |signal: Signal| {
            let mut signals = [0.0; SIGNALS];
            signals[signal as usize] = 1.0;
            signals
        };
        let sample =
            || Sample { signals: vec![row(right), row(wrong)], right: vec![true, false], weight: 1.0 };
        let samples: Vec<Sample> = std::iter::repeat_with(sample).take(20).collect();
        fit(&samples, &[0.0; SIGNALS])
    }

    #[test]
    fn what_marks_the_right_candidates_gains_weight() {
        let weights = fitted(Signal::Apposed, Signal::KindRussian);
        assert!(weights[Signal::Apposed as usize] > 1.0, "{weights:?}");
        assert!(weights[Signal::KindRussian as usize] < -1.0, "{weights:?}");
        assert_eq!(weights[Signal::Front as usize], 0.0, "not seen, not weighed");
    }

    #[test]
    fn no_signal_gains_weight_against_its_leaning() {
        let weights = fitted(Signal::KindRussian, Signal::Apposed);
        assert_eq!(weights[Signal::KindRussian as usize], 0.0);
        assert_eq!(weights[Signal::Apposed as usize], 0.0);
    }
}
