//! List: nearness to the neighbours in the sentence, and to the places named around it.

use crate::resolve::scene::{Draft, Scene, km};
use crate::resolve::signal::Signal;

/// How many mentions to either side count as around.
const WINDOW: usize = 6;
/// The kilometres at which nearness has fallen to half.
const LIST_HALF_KM: f32 = 15.0;
const WINDOW_HALF_KM: f32 = 40.0;
/// The mean square of an error of which nine in ten are within a radius, as a share of that radius's square.
const SLACK_SHARE: f32 = 0.43;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let sentence = scene.mentions[mention].sentence;
    let first = mention.saturating_sub(WINDOW);
    let end = (mention + WINDOW + 1).min(scene.mentions.len());
    for at in first..end {
        if scene.name_of[at] == scene.name_of[mention] {
            continue;
        }
        let Some(settled) = scene.meaning(at) else { continue };
        let (Some(other), false) = (settled.point, settled.class.is_unit()) else {
            continue;
        };
        let in_sentence = scene.mentions[at].sentence == sentence;
        for draft in drafts.iter_mut() {
            let Some(point) = draft.facts.point else { continue };
            // Nearness is at most 1, so a neighbour less sure than what was seen adds nothing.
            let seen = if in_sentence { Signal::ListNear } else { Signal::WindowNear };
            if settled.share <= draft.signals[seen] {
                continue;
            }
            let off = draft.facts.slack_km.powi(2) + settled.slack_km.powi(2);
            let far = km(point, other).powi(2) + SLACK_SHARE * off;
            let near = settled.share * half(far, WINDOW_HALF_KM);
            let signals = &mut draft.signals;
            signals[Signal::WindowNear] = signals[Signal::WindowNear].max(near);
            if in_sentence {
                let near = settled.share * half(far, LIST_HALF_KM);
                signals[Signal::ListNear] = signals[Signal::ListNear].max(near);
            }
        }
    }
}

/// 1 at no distance, half at `half_km`, falling with the square; the distance is given squared.
fn half(square: f32, half_km: f32) -> f32 {
    1.0 / (1.0 + square / (half_km * half_km))
}
