//! Theatre: whether fighting is usually reported around the place.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(scene: &Scene, _: usize, drafts: &mut [Draft]) {
    for draft in drafts {
        if let (Some(point), false) = (draft.facts.point, draft.facts.is_unit()) {
            draft.signals[Signal::Theatre] = scene.theatre.weight(point);
        }
    }
}
