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

/// A tenth of the curve is believed as it is until so many decisions around it say otherwise.
const DOUBT: f32 = 4.0;

/// The curve that fits the decisions.
pub fn curve(decisions: &[Decision]) -> ConfidenceCurve {
    let mut curve = ConfidenceCurve::plain([0.0; INPUTS]);
    curve.factors[1] = 1.0;
    let count = decisions.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut gradient = [0.0f32; INPUTS];
        for decision in decisions {
            let off = f32::from(u8::from(decision.right)) - curve.logistic(decision.inputs);
            for (gradient, input) in gradient.iter_mut().zip(decision.inputs) {
                *gradient += off * input;
            }
        }
        for (value, gradient) in curve.factors.iter_mut().zip(gradient) {
            *value += RATE * (gradient / count - PENALTY * *value);
        }
    }
    curve.worth = worth(&curve, decisions);
    curve
}

/// What each tenth of a curve is worth: the share right around it, never falling (isotonic regression).
fn worth<const N: usize>(curve: &ConfidenceCurve, decisions: &[Decision]) -> [f32; N] {
    let step = 1.0 / (N - 1) as f32;
    let mut right: [f32; N] = std::array::from_fn(|at| DOUBT * at as f32 * step);
    let mut all = [DOUBT; N];
    for decision in decisions {
        let at = curve.logistic(decision.inputs) / step;
        let low = (at as usize).min(N - 2);
        let part = at - low as f32;
        for (at, share) in [(low, 1.0 - part), (low + 1, part)] {
            all[at] += share;
            right[at] += share * f32::from(u8::from(decision.right));
        }
    }
    // Neighbours that fall are pooled until none does.
    let mut pools: Vec<(f32, f32, usize)> = Vec::new();
    for (right, all) in right.into_iter().zip(all) {
        let mut pool = (right, all, 1);
        while let Some(last) = pools.last().filter(|last| last.0 / last.1 >= pool.0 / pool.1) {
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let steps = pools.into_iter().flat_map(|(right, all, n)| std::iter::repeat_n(right / all, n));
    let mut worth = [0.0; N];
    for (worth, step) in worth.iter_mut().zip(steps) {
        *worth = step;
    }
    worth
}

/// How many parts cross-validation makes of decisions.
const FOLDS: usize = 5;

/// The reliability table of a curve, as lines: decisions by tenths of the confidence given them, and the share right.
/// Each is judged by a curve fitted on the other four fifths of `fitted`.
pub fn reliability(fitted: &[Decision], judged: &[Decision]) -> impl Iterator<Item = String> + use<> {
    let mut bins = [(0usize, 0usize, 0.0f64); 10];
    for fold in 0..FOLDS {
        let train: Vec<Decision> =
            fitted.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, case)| *case).collect();
        let curve = curve(&train);
        for decision in judged.iter().skip(fold).step_by(FOLDS) {
            let sure = f64::from(curve.probability(decision.inputs));
            let bin = &mut bins[((sure * 10.0) as usize).min(9)];
            bin.0 += usize::from(decision.right);
            bin.1 += 1;
            bin.2 += sure;
        }
    }
    bins.into_iter().filter(|(_, all, _)| *all > 0).map(|(right, all, sure)| {
        format!("given {:.2}: right {:.3} ({right} of {all})", sure / all as f64, right as f64 / all as f64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Grounds;

    fn decision(share: f32, right: bool) -> Decision {
        let grounds = Grounds { share, rivals: 4, ..Grounds::default() };
        Decision { inputs: ConfidenceCurve::inputs(grounds), right }
    }

    #[test]
    fn a_share_that_is_too_sure_of_itself_is_toned_down() {
        let mut decisions = vec![decision(0.95, true); 80];
        decisions.extend([decision(0.95, false); 20]);
        let sure = curve(&decisions).probability(decisions[0].inputs);
        assert!((sure - 0.8).abs() < 0.03, "{sure}");
    }

    #[test]
    fn a_surer_curve_is_never_worth_less() {
        let decisions: Vec<Decision> =
            (0..200).map(|n| decision(0.2 + 0.003 * n as f32, n % 7 > 2 || n > 150)).collect();
        let curve = curve(&decisions);
        assert!(curve.worth.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", curve.worth);
    }
}
