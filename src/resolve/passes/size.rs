//! Size: class, kind and inhabitants of the place, and whether its point is known.

use crate::gazetteer::PlaceClass;
use crate::resolve::scene::{Draft, KindRank, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(_: &Scene, _: usize, drafts: &mut [Draft]) {
    for draft in drafts {
        let facts = draft.facts;
        let class = match facts.class {
            PlaceClass::Settlement => None,
            PlaceClass::Admin1 => Some(Signal::IsAdmin1),
            PlaceClass::Admin2 => Some(Signal::IsAdmin2),
            PlaceClass::Admin3 => Some(Signal::IsAdmin3),
            PlaceClass::Country => Some(Signal::IsCountry),
            PlaceClass::Water => Some(Signal::IsWater),
            PlaceClass::Road | PlaceClass::Other => Some(Signal::IsOther),
        };
        match (class, facts.kind) {
            (Some(class), _) => draft.signals[class] = 1.0,
            (None, KindRank::Capital) => {
                draft.signals[Signal::Capital] = 1.0;
                draft.signals[Signal::Town] = 1.0;
            }
            (None, KindRank::Town) => draft.signals[Signal::Town] = 1.0,
            (None, KindRank::Plain) => {}
        }
        if class.is_none() {
            draft.signals[Signal::Population] = (1.0 + facts.population as f32).ln() / 10.0;
        }
        if facts.point.is_none() {
            draft.signals[Signal::NoPoint] = 1.0;
        }
        if facts.inexact {
            draft.signals[Signal::Inexact] = 1.0;
        }
    }
}
