//! Document: nearness to the places that the rest of the document settles on, and the countries and units it is about.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    for draft in drafts {
        let own = scene.own_weight(mention, draft.hit.place);
        if let (Some(point), false) = (draft.facts.point, draft.facts.is_unit()) {
            draft.signals[Signal::DocNear] = (1.0 + scene.spread.near(point, own)).ln() / 3.0;
            draft.signals[Signal::DocWide] = (1.0 + scene.spread.wide(point, own)).ln() / 3.0;
        }
        draft.signals[Signal::CountryShare] = scene.spread.share(draft.facts.country, own);
        draft.signals[Signal::Admin1Share] = scene.spread.share(draft.facts.admin1, own);
        let named = [draft.facts.admin1, draft.facts.admin2]
            .into_iter()
            .flatten()
            .any(|unit| unit != draft.hit.place && scene.units_named.binary_search(&unit).is_ok());
        if named {
            draft.signals[Signal::UnitNamed] = 1.0;
        }
    }
}
