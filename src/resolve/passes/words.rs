//! Words: the class that the mention's words state or need ("Kherson Oblast", "5 km from Kherson", "the Kherson direction").

use crate::gazetteer::PlaceClass;
use crate::mention::MentionKind;
use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let words = &scene.mentions[mention];
    for draft in drafts {
        let class = draft.facts.class;
        match words.stated_class {
            Some(stated) if agrees(stated, class) => draft.signals[Signal::StatedMatch] = 1.0,
            Some(_) => draft.signals[Signal::StatedClash] = 1.0,
            None if matches!(class, PlaceClass::Admin1 | PlaceClass::Admin2 | PlaceClass::Admin3) => {
                draft.signals[Signal::UnitUnstated] = 1.0;
            }
            None => {}
        }
        if class.is_unit() && scene.needs_point[mention] {
            draft.signals[Signal::UnitAsPoint] = 1.0;
        }
        if class.is_unit() && words.kind == MentionKind::Sector {
            draft.signals[Signal::SectorUnit] = 1.0;
        }
    }
}

/// Whether a stated class and a place's class say the same; raions of Russia and counties are units of either lower level.
fn agrees(stated: PlaceClass, class: PlaceClass) -> bool {
    stated == class
        || matches!(
            (stated, class),
            (PlaceClass::Admin2, PlaceClass::Admin3) | (PlaceClass::Admin3, PlaceClass::Admin2)
        )
}
