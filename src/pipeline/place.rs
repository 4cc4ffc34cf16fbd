//! From what a claim's place denotes to where the claim lies; the geometry is `resolve`'s.

use super::Knowledge;
use crate::claim::Claim;
use crate::mention::{Locative, Relation};
use crate::resolve::{Location, Placing, Resolution, locate};

/// Where a claim lies; none where its place was not settled on or has no point.
pub(super) fn claim(claim: &Claim, resolutions: &[Resolution], knowledge: &Knowledge) -> Option<Location> {
    locate_phrase(&claim.place, resolutions, knowledge)
}

/// Where something said to be so placed lies; none where the place was not settled on or has no point.
pub fn locate_phrase(
    locative: &Locative,
    resolutions: &[Resolution],
    knowledge: &Knowledge,
) -> Option<Location> {
    let place = resolutions[locative.place].place()?;
    let other_end = locative
        .anchor
        .filter(|_| matches!(locative.relation, Relation::Between | Relation::Along))
        .and_then(|anchor| resolutions[anchor.mention].place())
        .and_then(|other| knowledge.gazetteer.sketch(other).point);
    let placing = Placing {
        relation: locative.relation,
        bearing: locative.bearing,
        distance_km: locative.distance_km,
        other_end,
    };
    locate(place, placing, &knowledge.gazetteer, &knowledge.calibration)
}

/// Where a mention lies by itself.
pub(super) fn mention(resolution: &Resolution, knowledge: &Knowledge) -> Option<Location> {
    let placing = Placing { relation: Relation::In, bearing: None, distance_km: None, other_end: None };
    locate(resolution.place()?, placing, &knowledge.gazetteer, &knowledge.calibration)
}
