//! Sense: within a document a name keeps the meaning it has where the text explains it, unless a gloss here says otherwise;
//! and the more so the nearer that is, since reports that go along the front come upon a second village of the name.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

/// A mention that the text explains counts so many times a bare one.
const EXPLAINED: f32 = 4.0;
/// A mention so many sentences away counts half as much as one in the sentence.
const HALF_SENTENCES: f32 = 3.0;
/// Mentions that together count less than this one are too far off to be sure of.
const LEAST: f32 = 0.25;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let others = &scene.mentions_of[scene.name_of[mention]];
    if others.len() < 2 {
        return;
    }
    let sentence = scene.mentions[mention].sentence;
    let mut total = 0.0;
    for &at in others.iter().filter(|at| **at != mention).take(24) {
        let Some(settled) = scene.meaning(at) else { continue };
        let counts = if is_explained(scene, at) { EXPLAINED } else { 1.0 };
        let away = scene.mentions[at].sentence.abs_diff(sentence) as f32 / HALF_SENTENCES;
        let counts = counts / (1.0 + away * away);
        total += counts;
        for draft in drafts.iter_mut() {
            if draft.hit.place == settled.place {
                draft.signals[Signal::SameSense] += counts * settled.share;
            }
        }
    }
    for draft in drafts {
        draft.signals[Signal::SameSense] /= f32::max(total, LEAST);
    }
}

/// Whether the text itself says where this mention's place lies, or of what class it is.
fn is_explained(scene: &Scene, mention: usize) -> bool {
    scene.anchored[mention].is_some() || scene.mentions[mention].stated_class.is_some()
}
