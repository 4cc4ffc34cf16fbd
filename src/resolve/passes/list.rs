//! List: nearness to the neighbours in the sentence, and to the places named around it.

use crate::resolve::scene::{Degrees, Draft, Scene, km};
use crate::resolve::signal::Signal;

/// How many mentions to either side count as around.
const WINDOW: usize = 6;
/// The kilometres at which nearness has fallen to half.
const LIST_HALF_KM: f32 = 15.0;
const WINDOW_HALF_KM: f32 = 40.0;
/// The mean square of an error of which nine in ten are within a radius, as a share of that radius's square.
const SLACK_SHARE: f32 = 0.43;

/// A settled mention around the one that is asked.
struct Neighbour {
    point: Degrees,
    slack_km: f32,
    share: f32,
    in_sentence: bool,
}

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let neighbours = neighbours(scene, mention);
    for draft in drafts {
        let Some(point) = draft.facts.point else { continue };
        let (mut list, mut window) = (draft.signals[Signal::ListNear], draft.signals[Signal::WindowNear]);
        for neighbour in &neighbours {
            // Nearness is at most 1, so a neighbour less sure than what was seen adds nothing.
            if neighbour.share <= if neighbour.in_sentence { list } else { window } {
                continue;
            }
            let off = draft.facts.slack_km.powi(2) + neighbour.slack_km.powi(2);
            let far = km(point, neighbour.point).powi(2) + SLACK_SHARE * off;
            window = window.max(neighbour.share * half(far, WINDOW_HALF_KM));
            if neighbour.in_sentence {
                list = list.max(neighbour.share * half(far, LIST_HALF_KM));
            }
        }
        (draft.signals[Signal::ListNear], draft.signals[Signal::WindowNear]) = (list, window);
    }
}

/// The settled mentions of other names around one, in text order.
fn neighbours(scene: &Scene, mention: usize) -> Vec<Neighbour> {
    let sentence = scene.mentions[mention].sentence;
    let first = mention.saturating_sub(WINDOW);
    let end = (mention + WINDOW + 1).min(scene.mentions.len());
    let others = (first..end).filter(|&at| scene.name_of[at] != scene.name_of[mention]);
    others
        .filter_map(|at| {
            let settled = scene.meaning(at).filter(|settled| !settled.class.is_unit())?;
            Some(Neighbour {
                point: settled.point?,
                slack_km: settled.slack_km,
                share: settled.share,
                in_sentence: scene.mentions[at].sentence == sentence,
            })
        })
        .collect()
}

/// 1 at no distance, half at `half_km`, falling with the square; the distance is given squared.
fn half(square: f32, half_km: f32) -> f32 {
    1.0 / (1.0 + square / (half_km * half_km))
}
