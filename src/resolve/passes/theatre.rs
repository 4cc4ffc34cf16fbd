//! Theatre: whether fighting is usually reported around the place, and whether reports have meant the place itself,
//! at any time and in the report's period.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;
use crate::resolve::theatre::period_of;

pub(super) fn look(scene: &Scene, _: usize, drafts: &mut [Draft]) {
    let period = scene.document.date.map(|report| period_of(report.date));
    for draft in drafts {
        let place = draft.hit.place;
        if scene.options.familiar.names_sector(place) {
            draft.signals[Signal::SectorPlace] = 1.0;
        }
        if let Some(counts) = scene.options.familiar.counts(place) {
            draft.signals[Signal::Familiar] = counts.iter().sum::<f32>().ln_1p() / 3.0;
            draft.signals[Signal::FamiliarThen] = period.map_or(0.0, |at| counts[at].ln_1p() / 3.0);
        }
        if let (Some(point), false) = (draft.facts.point, draft.facts.is_unit()) {
            draft.signals[Signal::Theatre] = scene.theatre.weight(point);
            if let Some(report) = scene.document.date {
                draft.signals[Signal::TheatreThen] = scene.theatre.weight_at(point, report.date);
            }
        }
    }
}
