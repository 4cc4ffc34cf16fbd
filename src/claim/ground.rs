//! Whether what is taken or gained is ground: "seized documents in X" and "focusing resources on gains near X" take none.

use super::item::{Item, Kind};
use super::predicate::{Predicate, Tie, What, form_of};
use crate::lexicon::{ClaimType, Class, Link, Preposition, Sense};
use crate::mention::Words;

/// Whether a verb that takes places takes something else ("seized documents in X"), or a noun of gain only says
/// what is spoken of or aimed at ("focusing resources on gains near X").
pub(super) fn is_no_ground(words: &Words, items: &[Item], predicates: &[Predicate], at: usize) -> bool {
    let predicate = &predicates[at];
    match predicate.what {
        What::Act(ClaimType::Seizure, Some(_)) if predicate.passive => {
            let verb = items[predicate.item].first;
            let mut before = (0..verb).rev().skip_while(|&at| {
                words.is(at, Class::Auxiliary) || words.is(at, Class::Filler) || words.is(at, Class::Hedge)
            });
            let fronted =
                items[predicate.own..predicate.item].iter().any(|item| matches!(item.kind, Kind::Place(_)));
            !fronted && before.next().is_some_and(|at| is_thing(words, at))
        }
        What::Act(ClaimType::Seizure, Some(_)) => {
            goes_with_work(predicates, at) || takes_goods(words, items, predicate)
        }
        What::Act(ClaimType::Advance | ClaimType::Entry, None) => {
            let carrier = at.checked_sub(1).map(|before| predicates[before].what);
            let carried = matches!(carrier, Some(What::Light(_) | What::Inert(_)));
            is_spoken_of(words, items[predicate.item].first, carried)
        }
        _ => false,
    }
}

/// "demining and clearing X": of one piece with a verb that gains nothing.
fn goes_with_work(predicates: &[Predicate], at: usize) -> bool {
    let predicate = &predicates[at];
    at > 0
        && predicate.tie == Tie::Link(Link::And)
        && matches!(predicates[at - 1].what, What::Inert(_))
        && form_of(predicates[at - 1].what) == form_of(predicate.what)
        && predicate.item == predicates[at - 1].item + 2
}

/// Whether a common word that the tables do not know stands at token `at`.
fn is_thing(words: &Words, at: usize) -> bool {
    let token = words.tokens[at];
    token.is_word() && (at == 0 || !token.is_capital()) && words.cues_at(at).is_empty()
}

/// Whether the object of a verb, read up to the place or preposition behind it, is neither place nor ground.
fn takes_goods(words: &Words, items: &[Item], predicate: &Predicate) -> bool {
    const GROUND: [Class; 6] =
        [Class::Part, Class::Generic, Class::Sector, Class::Force, Class::Actor, Class::Pronoun];
    const QUIET: [Class; 4] = [Class::Filler, Class::Direction, Class::Hedge, Class::Side];
    let mut thing = false;
    let place = items[predicate.item + 1..].iter().find(|item| matches!(item.kind, Kind::Place(_)));
    let end = place.map_or(words.tokens.len(), |place| place.first);
    for at in items[predicate.item].end..end {
        let token = words.tokens[at];
        if GROUND.iter().any(|&class| words.is(at, class)) || token.is_word() && token.is_capital() {
            return false;
        }
        let quiet = QUIET.iter().any(|&class| words.is(at, class)) || !token.is_word();
        if is_thing(words, at) {
            thing = true;
        } else if !quiet || matches!(words.word(at), "," | ";" | ":" | "(") {
            break;
        }
    }
    thing
}

/// Whether a noun of gain is only spoken of: it stands behind "between", or, where a verb of carrying out comes
/// before and nobody is named whose gain it is, behind "of", "on" or "about".
fn is_spoken_of(words: &Words, noun: usize, carried: bool) -> bool {
    const REACH: usize = 6;
    let described = |at: usize| words.is(at, Class::Filler) || is_thing(words, at) || words.word(at) == "-";
    let owned = |at: usize| words.is(at, Class::Side) || words.is(at, Class::Hedge);
    let before = |passed: &dyn Fn(usize) -> bool| {
        let at = (noun.saturating_sub(REACH)..noun).rev().find(|&at| !passed(at))?;
        words.sense_at(at, |sense| match sense {
            Sense::Preposition(preposition) => Some(preposition),
            _ => None,
        })
    };
    let aside = before(&described).map(|(preposition, _)| preposition);
    let owner = before(&|at| described(at) || owned(at)).map(|(preposition, _)| preposition);
    owner == Some(Preposition::Between)
        || carried && matches!(aside, Some(Preposition::Of | Preposition::On | Preposition::Other))
}
