//! Gloss and anchor: distance and bearing from the place that a mention is described from
//! ("X (5km south of Y)", "south of Y near X"), and the same read backwards for Y.

use crate::mention::Anchor;
use crate::resolve::scene::{Degrees, Draft, Scene, angle, bearing, km};
use crate::resolve::signal::Signal;

/// Texts measure from the edge of the anchor's town: 1.2 km at the median, centre to centre.
const EDGE_KM: f32 = 1.2;
/// Spread of a stated distance: kilometres, and share of the distance.
const SPREAD_KM: f32 = 3.0;
const SPREAD_SHARE: f32 = 0.3;
/// Spread of a place without a stated distance.
const UNSTATED_KM: f32 = 25.0;
/// Spread of a stated bearing, degrees: 86 % lie within 45.
const SPREAD_DEGREES: f32 = 32.0;
/// The least that a misfit can say: a gloss may itself be wrong.
const FLOOR: f32 = -6.0;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    if let Some(anchor) = scene.anchored[mention].and_then(|at| scene.locatives[at].anchor)
        && let Some((from, share)) = point_of(scene, anchor.mention)
    {
        let signal = if anchor.gloss { Signal::Gloss } else { Signal::AnchorFit };
        for draft in drafts.iter_mut() {
            draft.signals[signal] =
                share * fit_or_floor(anchor, Some(from), draft.facts.point, draft.facts.slack_km);
        }
    }
    look_back(scene, mention, drafts);
}

/// The mention as anchor: the places described from it should lie where the words say.
fn look_back(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let first = scene.anchor_of.partition_point(|(anchor, _)| *anchor < mention);
    let described: Vec<(Anchor, Degrees, f32)> = scene.anchor_of[first..]
        .iter()
        .take_while(|(anchor, _)| *anchor == mention)
        .take(8)
        .filter_map(|&(_, at)| {
            let (point, share) = point_of(scene, scene.locatives[at].place)?;
            Some((scene.locatives[at].anchor?, point, share))
        })
        .collect();
    if described.is_empty() {
        return;
    }
    for draft in drafts {
        let sum: f32 = described
            .iter()
            .map(|&(anchor, point, share)| {
                share * fit_or_floor(anchor, draft.facts.point, Some(point), draft.facts.slack_km)
            })
            .sum();
        draft.signals[Signal::Anchors] = (sum / described.len() as f32).max(FLOOR);
    }
}

/// Where a mention lies so far, and how sure that is.
fn point_of(scene: &Scene, mention: usize) -> Option<(Degrees, f32)> {
    let settled = scene.meaning(mention)?;
    Some((settled.point?, settled.share))
}

fn fit_or_floor(anchor: Anchor, from: Option<Degrees>, to: Option<Degrees>, slack_km: f32) -> f32 {
    match (from, to) {
        (Some(from), Some(to)) => fit(anchor, from, to, slack_km),
        _ => FLOOR,
    }
}

/// The log-likelihood that a place at `to` is described so from `from`, 0 at best; one of the points may be off by `slack_km`.
fn fit(anchor: Anchor, from: Degrees, to: Degrees, slack_km: f32) -> f32 {
    let far = km(from, to);
    let distance = match anchor.distance_km {
        Some(stated) => {
            let stated = stated as f32;
            let off = (far - stated - EDGE_KM).abs().min((far - stated).abs());
            off / (SPREAD_KM + slack_km * 0.7 + SPREAD_SHARE * stated)
        }
        None => far / UNSTATED_KM,
    };
    let turn = match anchor.bearing {
        // Right beside the anchor the bearing between two centres says little.
        Some(stated) if far > 1.0 => angle(bearing(from, to), stated.degrees() as f32) / SPREAD_DEGREES,
        _ => 0.0,
    };
    (-0.5 * (distance * distance + turn * turn)).max(FLOOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Bearing;

    #[test]
    fn the_place_where_the_words_say_fits_best() {
        let anchor = Anchor { mention: 0, bearing: Some(Bearing::S), distance_km: Some(5.0), gloss: true };
        let town = [37.3, 48.0];
        let right = fit(anchor, town, [37.3, 47.95], 0.0);
        assert!(right > -0.2);
        assert!(fit(anchor, town, [37.3, 48.05], 0.0) < right - 3.0, "north, not south");
        assert!(fit(anchor, town, [37.3, 47.6], 0.0) < right - 3.0, "40 km, not 5");
        let vague = Anchor { distance_km: None, ..anchor };
        assert!(fit(vague, town, [37.3, 47.8], 0.0) > fit(vague, town, [37.3, 47.0], 0.0));
    }
}
