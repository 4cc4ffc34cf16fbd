//! Kinds: whether a name means the place itself, those who rule it, or a stretch of the front.

use super::MentionKind;
use super::generic::{Named, is_hyphen, is_list};
use super::line::Line;
use super::place_words::Role;
use crate::gazetteer::{Gazetteer, NameHit, PlaceClass, PlaceIx};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Which names are sectors: followed by "direction" at once, behind a gloss, or as members of a list of directions.
pub(super) fn sectors(line: &Line, names: &[Named]) -> Vec<bool> {
    let mut sectors = vec![false; names.len()];
    for at in 0..names.len() {
        let end = line.past_parenthesis(names[at].end).unwrap_or(names[at].end);
        let plural = line.phrase(end, Role::Sectors).is_some();
        if !plural && line.phrase(end, Role::Sector).is_none() {
            continue;
        }
        sectors[at] = true;
        let mut back = at;
        while back > 0 {
            let (from, to) = (names[back - 1].end, names[back].first);
            let from = line.past_parenthesis(from).unwrap_or(from);
            if !(is_hyphen(line, from, to) || plural && is_list(line, from, to)) {
                break;
            }
            back -= 1;
            sectors[back] = true;
        }
    }
    sectors
}

/// The places that give stretches of the front their names, `place note` a line: a sector is not called after
/// every village of the name.
const SECTOR_PLACES: &str = include_str!("../../gazetteer/sectors.tsv");

/// Their ids.
static SECTOR_IDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    SECTOR_PLACES.lines().filter_map(|line| line.split_once('\t')).map(|(place, _)| place).collect()
});

/// The places of [`SECTOR_PLACES`] that a gazetteer has.
pub fn sector_places(gazetteer: &Gazetteer) -> impl Iterator<Item = PlaceIx> {
    SECTOR_PLACES.lines().filter_map(|line| gazetteer.by_id(line.split_once('\t')?.0))
}

/// Of a sector's candidates, those that sectors are called after and that bear the name most rightly (not a
/// town that was once called so); all where sectors are called after none.
pub(super) fn keep_sector_places(name: &mut Named, gazetteer: &Gazetteer) {
    let names_sectors = |hit: &NameHit| SECTOR_IDS.contains(gazetteer.id(hit.place));
    let rightly = |hit: &NameHit| (hit.tier, hit.kind);
    let Some(best) = name.hits.iter().filter(|hit| names_sectors(hit)).map(rightly).min() else { return };
    name.hits.retain(|hit| rightly(hit) <= best && names_sectors(hit));
}

/// How a name means its place.
pub(super) fn kind(line: &Line, name: &Named, sector: bool, gazetteer: &Gazetteer) -> MentionKind {
    if sector {
        return MentionKind::Sector;
    }
    if governs(name, gazetteer) && !stands_as_ground(line, name) && acts(line, name, gazetteer) {
        return MentionKind::Metonym;
    }
    MentionKind::Literal
}

/// Whether some place of the name is a country or a capital.
fn governs(name: &Named, gazetteer: &Gazetteer) -> bool {
    name.stated.is_none() && name.hits.iter().take(8).any(|hit| is_state(gazetteer, hit.place))
}

fn is_state(gazetteer: &Gazetteer, place: PlaceIx) -> bool {
    let place = gazetteer.sketch(place);
    place.class == PlaceClass::Country || place.kind == "capital"
}

/// Whether the words before take the name as ground: "in Ukraine", "southern Ukraine".
fn stands_as_ground(line: &Line, name: &Named) -> bool {
    let article = line.is_before(name.first, Role::Article);
    let at = name.first - usize::from(article);
    line.is_before(at, Role::StrongLocative) && !line.is_before(at, Role::Of)
}

/// Whether the name stands as an actor: countries do unless they are ground, capitals where a verb or a possessive says so.
fn acts(line: &Line, name: &Named, gazetteer: &Gazetteer) -> bool {
    let country = name.hits.iter().take(8).any(|hit| gazetteer.class(hit.place) == PlaceClass::Country);
    country || line.is_possessive(name.end - 1) || line.is(name.end, Role::StateVerb)
}
