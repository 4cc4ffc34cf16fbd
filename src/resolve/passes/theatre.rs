//! Theatre: whether fighting is usually reported around the place, at any time and in the report's period.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(scene: &Scene, _: usize, drafts: &mut [Draft]) {
    for draft in drafts {
        if let (Some(point), false) = (draft.facts.point, draft.facts.is_unit()) {
            draft.signals[Signal::Theatre] = scene.theatre.weight(point);
            if let Some(report) = scene.document.date {
                draft.signals[Signal::TheatreThen] = scene.theatre.weight_at(point, report.date);
            }
        }
    }
}
