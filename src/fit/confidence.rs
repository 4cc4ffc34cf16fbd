//! From a candidate's share to the probability that it is right: logistic regression over what is known of the decision.

use super::INPUTS;
use crate::resolve::ConfidenceCurve;

/// One decision and whether it was right.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// What the curve is applied to.
    pub inputs: [f32; INPUTS],
    /// Whether the best candidate was right.
    pub right: bool,
}

const STEPS: usize = 4_000;
const RATE: f32 = 0.3;
const PENALTY: f32 = 0.001;

/// The curve that fits the decisions.
pub fn curve(decisions: &[Decision]) -> ConfidenceCurve {
    let mut row = [0.0, 1.0, 0.0, 0.0, 0.0];
    let count = decisions.len().max(1) as f32;
    for _ in 0..STEPS {
        let fitted = ConfidenceCurve::from_row(row);
        let mut gradient = [0.0f32; INPUTS];
        for decision in decisions {
            let off = f32::from(u8::from(decision.right)) - fitted.probability(decision.inputs);
            for (gradient, input) in gradient.iter_mut().zip(decision.inputs) {
                *gradient += off * input;
            }
        }
        for (value, gradient) in row.iter_mut().zip(gradient) {
            *value += RATE * (gradient / count - PENALTY * *value);
        }
    }
    ConfidenceCurve::from_row(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_too_sure_of_itself_is_toned_down() {
        let decision = |right| Decision { inputs: ConfidenceCurve::inputs(0.95, 4, false, false), right };
        let mut decisions = vec![decision(true); 8];
        decisions.extend([decision(false); 2]);
        let sure = curve(&decisions).probability(decisions[0].inputs);
        assert!((sure - 0.8).abs() < 0.03, "{sure}");
    }
}
