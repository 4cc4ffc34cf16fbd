//! Fitting what the program knows by measurement: the weights of evidence (`softmax`), the curve from shares to
//! probabilities (`confidence`), where fighting is reported (`theatre`), and how far the truth lies from a named place
//! (`reach`). The program `examples/fit.rs` runs it and writes the tables under `gazetteer/`.

mod confidence;
mod reach;
mod softmax;
mod tagger;
mod theatre;

pub use confidence::{Decision, curve, reliability};
pub use reach::{Placed, fit_calibration};
pub use softmax::{Sample, fit};
pub use tagger::{Lesson, lessons, train_tagger};
pub use theatre::{Report, theatre_table};

use crate::eval::{LabelledText, Truth};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::PlaceIx;
use crate::pipeline::Analysis;
use crate::resolve::{ConfidenceCurve, Resolution, distance_m, period_of};

/// A mention of an analysis that a truth speaks of, as an index: the same span, else one that overlaps it.
pub fn mention_of(analysis: &Analysis, truth: &Truth) -> Option<usize> {
    let mentions = || analysis.mentions.iter();
    mentions()
        .position(|mention| mention.span == truth.span)
        .or_else(|| mentions().position(|mention| mention.span.overlaps(truth.span)))
}

/// What can be learnt from one analysed text: a sample for each truth with several candidates of which some are right.
pub fn samples(text: &LabelledText, analysis: &Analysis, gazetteer: &Gazetteer, weight: f32) -> Vec<Sample> {
    text.truths
        .iter()
        .filter_map(|truth| {
            let resolution = &analysis.resolutions[mention_of(analysis, truth)?];
            sample(truth, resolution, gazetteer, weight)
        })
        .collect()
}

fn sample(truth: &Truth, resolution: &Resolution, gazetteer: &Gazetteer, weight: f32) -> Option<Sample> {
    let point = truth.point?;
    let far: Vec<Option<f64>> = resolution
        .candidates
        .iter()
        .map(|candidate| gazetteer.place(candidate.hit.place).point.map(|at| distance_m(at, point) / 1_000.0))
        .collect();
    let nearest = far.iter().flatten().fold(f64::INFINITY, |a, b| a.min(*b));
    // The nearest candidate is the one meant; others as near as that are other records of the same place.
    let reach = truth.within_km.max(15.0).min(1.5 * nearest + 5.0);
    let right: Vec<bool> = far.iter().map(|far| far.is_some_and(|far| far <= reach)).collect();
    let learnable = resolution.candidates.len() > 1
        && nearest <= truth.within_km.max(15.0)
        && right.iter().any(|right| !right);
    learnable.then(|| Sample {
        signals: resolution.candidates.iter().map(|candidate| candidate.signals.0).collect(),
        right,
        weight,
    })
}

/// A place that a dated text means, and the period of the war it stands in.
pub type Meant = (PlaceIx, usize);

/// Which place each truth of a text means: the candidate nearest to its point, where one lies as near as the set asks.
pub fn meant(text: &LabelledText, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<Meant> {
    let Some(date) = text.document.date.map(|report| report.date) else { return Vec::new() };
    let nearest = |truth: &Truth| {
        let resolution = &analysis.resolutions[mention_of(analysis, truth)?];
        let point = truth.point?;
        let far = |candidate: &crate::resolve::Candidate| {
            let place = candidate.hit.place;
            Some((distance_m(gazetteer.place(place).point?, point), place))
        };
        let near = resolution.candidates.iter().filter_map(far).min_by(|a, b| a.0.total_cmp(&b.0))?;
        (near.0 <= truth.within_km * 1_000.0).then_some((near.1, period_of(date)))
    };
    let mut all: Vec<Meant> = text.truths.iter().filter_map(nearest).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What was decided about each truth's name and whether it was right, for the confidence curve.
pub fn decisions(text: &LabelledText, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<Decision> {
    text.truths
        .iter()
        .filter_map(|truth| {
            let resolution = &analysis.resolutions[mention_of(analysis, truth)?];
            let (point, best) = (truth.point?, resolution.candidates.first()?);
            let grounds = resolution.grounds(gazetteer)?;
            if !truth.tells_of(&grounds) {
                return None;
            }
            let place = gazetteer.place(best.hit.place);
            let right = place.point.is_some_and(|at| distance_m(at, point) <= truth.within_km * 1_000.0);
            Some(Decision { inputs: ConfidenceCurve::inputs(grounds), right })
        })
        .collect()
}

/// The number of inputs of a confidence curve.
const INPUTS: usize = ConfidenceCurve::FACTORS.len();
