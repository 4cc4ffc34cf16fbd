//! Apposition: the unit named behind the place ("Vovchansk, Kharkiv Oblast", "X [Donetsk Oblast]", "X in Y Oblast"),
//! and units named elsewhere in the sentence.

use crate::gazetteer::PlaceClass;
use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

/// How many mentions before and after a mention are looked at for units of its sentence.
const WINDOW: usize = 12;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    if let Some(unit) = apposed_unit(scene, mention) {
        for draft in drafts.iter_mut() {
            if Some(unit) == Some(draft.hit.place) {
                continue;
            }
            let signal = if draft.facts.lies_in(unit) { Signal::Apposed } else { Signal::NotApposed };
            draft.signals[signal] = 1.0;
        }
    }
    sentence_units(scene, mention, drafts);
}

/// The unit that stands right behind the mention and is not a member of the same list.
fn apposed_unit(scene: &Scene, mention: usize) -> Option<crate::gazetteer::PlaceIx> {
    let next = mention + 1;
    let words = scene.mentions.get(next)?;
    let same_sentence = words.sentence == scene.mentions[mention].sentence;
    // Members of one list of units share their class ("Donetsk, Luhansk Oblasts").
    if !same_sentence || scene.mentions[mention].stated_class.is_some_and(PlaceClass::is_unit) {
        return None;
    }
    let stated = words.stated_class.is_some_and(PlaceClass::is_unit);
    let joint = scene.between(mention, next);
    let joined = match joint.trim() {
        "," | "(" | "[" => true,
        // A unit whose words do not say so ("Paris, Texas") joins by a comma alone.
        _ => stated && joint.len() <= 8 && !joint.contains(['.', ';', ':', '—', '-', '–']),
    };
    let settled = scene.meaning(next)?;
    let unit = settled.class.is_unit() || settled.class == PlaceClass::Other;
    (joined && unit && (stated || settled.share > 0.5)).then_some(settled.place)
}

/// Units that the sentence names with their class.
fn sentence_units(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let sentence = scene.mentions[mention].sentence;
    let first = mention.saturating_sub(WINDOW);
    for (at, words) in scene.mentions.iter().enumerate().skip(first).take(2 * WINDOW + 1) {
        if at == mention || words.sentence != sentence || !words.stated_class.is_some_and(PlaceClass::is_unit)
        {
            continue;
        }
        let Some(settled) = scene.meaning(at).filter(|s| s.class.is_unit()) else {
            continue;
        };
        for draft in drafts.iter_mut() {
            if draft.facts.lies_in(settled.place) && draft.hit.place != settled.place {
                draft.signals[Signal::SentenceUnit] = 1.0;
            }
        }
    }
}
