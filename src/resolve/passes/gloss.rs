//! Gloss and anchor: distance and bearing from the place that a mention is described from
//! ("X (5km south of Y)", "south of Y near X"), and the same read backwards for Y.

use crate::gazetteer::PlaceClass;
use crate::mention::Anchor;
use crate::resolve::scene::{Degrees, Draft, Facts, Scene, Settled, angle, bearing, km};
use crate::resolve::signal::Signal;

/// Texts measure from the edge of the anchor's town: 1.2 km at the median, centre to centre.
const EDGE_KM: f32 = 1.2;
/// Spread of a stated distance: kilometres, and share of the distance.
const SPREAD_KM: f32 = 3.0;
const SPREAD_SHARE: f32 = 0.3;
/// Spread of a place without a stated distance, by offset statements of even days: half of those from a town lie within
/// 11 km and nine in ten within 31, of those from a city half within 27 and nine in ten within 53.
const UNSTATED_KM: f32 = 18.0;
const UNSTATED_CITY_KM: f32 = 38.0;
/// Spread of a stated bearing, degrees: 86 % lie within 45.
const SPREAD_DEGREES: f32 = 32.0;
/// A radius that holds nine in ten is so many times as long as the spread in one direction, turned round.
const SLACK_SHARE: f32 = 0.47;
/// A place so sure is one to measure from, and one off by so many spreads of the stated distance is not the place meant.
const SETTLED: f32 = 0.9;
const ELSEWHERE: f32 = 4.0;
/// The least that a misfit can say: a gloss may itself be wrong.
const FLOOR: f32 = -6.0;

/// A point to describe a place from, or the point of a place described.
#[derive(Clone, Copy)]
struct Spot {
    point: Degrees,
    /// How far the point may be off, kilometres.
    slack_km: f32,
    is_city: bool,
}

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    if let Some(anchor) = scene.anchored[mention].and_then(|at| scene.locatives[at].anchor)
        && let Some((from, share)) = spot_of(scene, anchor.mention)
    {
        let signal = if anchor.gloss { Signal::Gloss } else { Signal::AnchorFit };
        for draft in drafts.iter_mut() {
            draft.signals[signal] = share * fit_or_floor(anchor, Some(from), Spot::of(&draft.facts));
        }
    }
    look_back(scene, mention, drafts);
}

/// The mention as anchor: the places described from it should lie where the words say.
fn look_back(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let first = scene.anchor_of.partition_point(|(anchor, _)| *anchor < mention);
    let described: Vec<(Anchor, Spot, f32)> = scene.anchor_of[first..]
        .iter()
        .take_while(|(anchor, _)| *anchor == mention)
        .take(8)
        .filter_map(|&(_, at)| {
            let (spot, share) = spot_of(scene, scene.locatives[at].place)?;
            Some((scene.locatives[at].anchor?, spot, share))
        })
        .collect();
    if described.is_empty() {
        return;
    }
    for draft in drafts {
        let from = Spot::of(&draft.facts);
        let sum: f32 =
            described.iter().map(|&(anchor, to, share)| share * fit_or_floor(anchor, from, Some(to))).sum();
        draft.signals[Signal::Anchors] = (sum / described.len() as f32).max(FLOOR);
    }
}

/// Whether a gloss says a distance from a place that is settled, and the settlement `place` lies at quite another. A
/// bearing alone decides nothing: texts take east for west often enough; and a bridge or a spit has no namesake
/// elsewhere that the gazetteer might lack.
pub(in crate::resolve) fn is_elsewhere(scene: &Scene, mention: usize, place: &Facts) -> bool {
    let anchor = scene.anchored[mention].and_then(|at| scene.locatives[at].anchor);
    let Some((anchor, stated)) = anchor.filter(|anchor| anchor.gloss).and_then(|a| Some((a, a.distance_km?)))
    else {
        return false;
    };
    if place.class != PlaceClass::Settlement {
        return false;
    }
    let Some((from, share)) = spot_of(scene, anchor.mention) else { return false };
    let Some(to) = Spot::of(place) else { return false };
    let slack = from.slack_km.hypot(to.slack_km);
    let off = (km(from.point, to.point) - stated as f32).abs() - EDGE_KM - slack;
    share >= SETTLED && off > ELSEWHERE * (SPREAD_KM + SPREAD_SHARE * stated as f32)
}

impl Spot {
    fn of(facts: &Facts) -> Option<Spot> {
        Some(Spot { point: facts.point?, slack_km: facts.slack_km, is_city: facts.is_city() })
    }
}

/// Where a mention lies so far, and how sure that is.
fn spot_of(scene: &Scene, mention: usize) -> Option<(Spot, f32)> {
    let &Settled { point, slack_km, is_city, share, .. } = scene.meaning(mention)?;
    Some((Spot { point: point?, slack_km, is_city }, share))
}

fn fit_or_floor(anchor: Anchor, from: Option<Spot>, to: Option<Spot>) -> f32 {
    match (from, to) {
        (Some(from), Some(to)) => fit(anchor, from, to),
        _ => FLOOR,
    }
}

/// The log-likelihood that a place at `to` is described so from `from`, 0 at best.
/// What may lie anywhere around fits no description badly, and none well.
fn fit(anchor: Anchor, from: Spot, to: Spot) -> f32 {
    let far = km(from.point, to.point);
    let slack = SLACK_SHARE * from.slack_km.hypot(to.slack_km);
    let (off, spread) = match anchor.distance_km {
        Some(stated) => {
            let stated = stated as f32;
            let off = (far - stated - EDGE_KM).abs().min((far - stated).abs());
            (off, SPREAD_KM + SPREAD_SHARE * stated)
        }
        None => (far, if from.is_city { UNSTATED_CITY_KM } else { UNSTATED_KM }),
    };
    let distance = misfit(off, spread, slack);
    let turn = match anchor.bearing {
        // Right beside the anchor the bearing between two centres says little.
        Some(stated) if far > 1.0 => {
            let off = angle(bearing(from.point, to.point), stated.degrees() as f32);
            misfit(off, SPREAD_DEGREES, (slack / far).min(1.5).to_degrees())
        }
        _ => 0.0,
    };
    -(distance + turn).min(-FLOOR)
}

/// How unlikely an error is under a normal spread to which `slack` adds: 0 for none without slack.
fn misfit(off: f32, spread: f32, slack: f32) -> f32 {
    let off = (off / spread).powi(2);
    if slack == 0.0 {
        return 0.5 * off;
    }
    let widened = 1.0 + (slack / spread).powi(2);
    0.5 * (off / widened + widened.ln())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Bearing;

    #[test]
    fn the_place_where_the_words_say_fits_best() {
        let anchor = Anchor { mention: 0, bearing: Some(Bearing::S), distance_km: Some(5.0), gloss: true };
        let spot = |lon, lat| Spot { point: [lon, lat], slack_km: 0.0, is_city: false };
        let town = spot(37.3, 48.0);
        let right = fit(anchor, town, spot(37.3, 47.95));
        assert!(right > -0.2);
        assert!(fit(anchor, town, spot(37.3, 48.05)) < right - 3.0, "north, not south");
        assert!(fit(anchor, town, spot(37.3, 47.6)) < right - 3.0, "40 km, not 5");
        let vague = Anchor { distance_km: None, ..anchor };
        assert!(fit(vague, town, spot(37.3, 47.8)) > fit(vague, town, spot(37.3, 47.0)));
        let city = Spot { is_city: true, ..town };
        assert!(fit(vague, city, spot(37.3, 47.4)) > fit(vague, town, spot(37.3, 47.4)) + 2.0);
    }

    #[test]
    fn a_point_that_may_be_off_fits_no_description_badly_and_none_well() {
        let anchor = Anchor { mention: 0, bearing: Some(Bearing::S), distance_km: Some(5.0), gloss: true };
        let spot = |slack_km, lat| Spot { point: [37.3, lat], slack_km, is_city: false };
        let town = spot(0.0, 48.0);
        assert!(fit(anchor, town, spot(12.0, 47.95)) < fit(anchor, town, spot(0.0, 47.95)));
        assert!(fit(anchor, town, spot(12.0, 48.03)) > fit(anchor, town, spot(0.0, 48.03)) + 2.0);
    }
}
