//! Front: how near the place lies to that day's front line, when a control layer is given.
//! Deep strikes are named in the same reports, so the signal is a nudge for what is near and nothing against what is not.

use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

/// At this distance, in kilometres, the signal has fallen to half; it falls with the square, so that of two places far
/// behind the front (where drones start, where they strike) the nearer one is not preferred.
const HALF_KM: f32 = 10.0;

/// Whose ground has no edge of held ground that is a front.
const RUSSIA: &str = "RU";

pub(super) fn look(scene: &Scene, _: usize, drafts: &mut [Draft]) {
    let (Some(control), Some(date)) = (scene.options.control, scene.document.date) else {
        return;
    };
    for draft in drafts {
        let (Some(point), false) = (draft.facts.point, draft.facts.is_unit()) else {
            continue;
        };
        // What is held ends at the border, too, and there no front runs: the Russian side of it is not near one.
        if scene.gazetteer.country_code(draft.hit.place) == Some(RUSSIA) {
            continue;
        }
        let point = [f64::from(point[0]), f64::from(point[1])];
        if let Some(km) = control.front_km(date.date, point) {
            draft.signals[Signal::Front] = 1.0 / (1.0 + (km / HALF_KM).powi(2));
        }
    }
}
