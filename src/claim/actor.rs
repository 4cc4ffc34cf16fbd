//! Who does what a predicate says: the sides and the party, for verbs, passives and nouns of action.

use super::item::{Item, Kind};
use super::party::{Party, Sides};
use super::predicate::{Predicate, Tie, What, clause_tie, party};
use super::subject::after_by;
use crate::lexicon::{Auxiliary, ClaimType, Form, Link, Mood, Role};

/// The sides that do what predicate `at` says.
pub(super) fn actor(items: &[Item], predicates: &[Predicate], at: usize) -> (Sides, Option<usize>) {
    let predicate = &predicates[at];
    match predicate.what {
        What::Act(act, None) => noun_actor(items, predicates, at, act),
        What::Act(act, Some(_)) if predicate.passive => passive_actor(items, predicates, at, act),
        What::Act(..) if predicate.subject.is_none() && governed_by_noun(predicates, at) => {
            actor(items, predicates, at - 1)
        }
        _ => subject_sides(items, predicates, at),
    }
}

/// Whether a predicate has what makes an event of it: a verb a subject that can act; a noun of gain ("advances",
/// "the seizure of") a verb that carries it, or somebody whose gain it is.
pub(super) fn is_supported(items: &[Item], predicates: &[Predicate], at: usize) -> bool {
    let predicate = &predicates[at];
    match predicate.what {
        What::Act(ClaimType::Advance | ClaimType::Entry | ClaimType::Infiltration, None) => {
            let own = &items[predicate.own..predicate.item];
            let near = |item: &&Item| {
                !matches!(item.kind, Kind::Auxiliary(Auxiliary::Be))
                    && item.end + 4 >= items[predicate.item].first
            };
            let owned = own.iter().rev().take_while(near);
            let owned = owned.into_iter().any(|item| {
                matches!(
                    item.kind,
                    Kind::Adjective(_)
                        | Kind::Party(_)
                        | Kind::Not
                        | Kind::Hedge(_)
                        | Kind::Mood(Mood::Attempt)
                )
            });
            let carried = predicate.tie == Tie::Chain || clause_tie(predicates, at) != predicate.tie;
            let governed = at > 0
                && carried
                && !matches!(predicates[at - 1].what, What::Inert(_) | What::Act(_, Some(_)));
            let carried_back = predicates.get(at + 1).is_some_and(|next| {
                next.tie == Tie::Chain && matches!(next.what, What::Light(Form::Finite | Form::Impersonal))
            });
            let of = owner_behind(items, predicate.item);
            owned || governed || carried_back || of.or_else(|| by_party(items, predicates, at)).is_some()
        }
        What::Act(_, Some(_)) if !predicate.passive => {
            let shows = |party: Party| party.evidence.is_some() && !party.acts;
            !(predicate.own_subject && party(items, predicate.subject).is_some_and(shows))
        }
        _ => true,
    }
}

/// "Ukrainian counterbattery fire struck X": the noun's doer is the verb's.
fn governed_by_noun(predicates: &[Predicate], at: usize) -> bool {
    at > 0 && predicates[at].tie == Tie::Chain && matches!(predicates[at - 1].what, What::Act(_, None))
}

/// The sides that an item names.
fn sides_of(items: &[Item], at: Option<usize>) -> Sides {
    match at.map(|at| items[at].kind) {
        Some(Kind::Party(party)) => party.sides,
        Some(Kind::Adjective(sides)) => sides,
        _ => Sides::default(),
    }
}

/// The sides of the subject of predicate `at`, looking further back where it names none ("the forces", "they").
fn subject_sides(items: &[Item], predicates: &[Predicate], at: usize) -> (Sides, Option<usize>) {
    let own = predicates[at].subject;
    let mut sides = sides_of(items, own);
    if sides.is_empty() {
        let earlier = predicates[..at].iter().rev().filter_map(|known| party(items, known.subject));
        let named = earlier.map(|party| party.sides).find(|sides| !sides.is_empty());
        let refers =
            party(items, own).is_none_or(|party| party.acts || party.pronoun || party.evidence.is_some());
        if refers {
            sides = named.unwrap_or_default();
        }
    }
    (sides, own)
}

/// "Russian attacks", "attacks by Russian forces", "Russian forces conducted attacks".
fn noun_actor(items: &[Item], predicates: &[Predicate], at: usize, act: ClaimType) -> (Sides, Option<usize>) {
    let predicate = &predicates[at];
    if act == ClaimType::Clash {
        return fighter(items, predicates, at);
    }
    if let Some(owner) = owner_behind(items, predicate.item) {
        return (sides_of(items, Some(owner)), Some(owner));
    }
    // The words right before the noun, over what describes it.
    for i in (predicate.own..predicate.item).rev() {
        match items[i].kind {
            Kind::Adjective(sides) => return (sides, None),
            Kind::Party(party) if !after_by(items, i) && !party.sides.is_empty() => {
                return (party.sides, Some(i));
            }
            Kind::Adverb | Kind::Past | Kind::Hedge(_) | Kind::Not | Kind::Mood(_) => {}
            _ => break,
        }
    }
    if let Some(by) = by_party(items, predicates, at) {
        return (party(items, Some(by)).map_or(Sides::default(), |party| party.sides), Some(by));
    }
    // "there were no changes": nobody's.
    let own = &items[predicate.own..predicate.item];
    let names_party = own.iter().any(|item| matches!(item.kind, Kind::Party(_)));
    if !names_party && own.iter().any(|item| item.kind == Kind::Auxiliary(Auxiliary::Be)) {
        return (Sides::default(), None);
    }
    let mut governor = at;
    while governor > 0 && matches!(predicates[governor].tie, Tie::Chain) {
        governor -= 1;
        if predicates[governor].subject.is_some() {
            return subject_sides(items, predicates, governor);
        }
    }
    if at > 0
        && matches!(
            predicates[at].tie,
            Tie::Link(Link::And | Link::Or | Link::Amid | Link::Under | Link::But) | Tie::Comma
        )
    {
        return actor(items, predicates, at - 1);
    }
    subject_sides(items, predicates, at)
}

/// "Russian forces are conducting battles": the one side that fights, if the verb of the noun has it as its subject.
fn fighter(items: &[Item], predicates: &[Predicate], at: usize) -> (Sides, Option<usize>) {
    let carried =
        at > 0 && predicates[at].tie == Tie::Chain && matches!(predicates[at - 1].what, What::Light(_));
    let subject = predicates[at.saturating_sub(1)].subject.filter(|_| carried);
    let sides =
        party(items, subject).filter(|party| party.acts).map_or(Sides::default(), |party| party.sides);
    if sides.opponent().is_empty() { (Sides::default(), None) } else { (sides, subject) }
}

/// "attacks of the enemy", where the case of the words right behind the noun says so.
fn owner_behind(items: &[Item], noun: usize) -> Option<usize> {
    let behind = items.get(noun + 1)?;
    let Kind::Party(party) = behind.kind else {
        return None;
    };
    let owns = matches!(party.role, Some(Role::Object | Role::Any)) && party.acts && !party.sides.is_empty();
    (owns && behind.first == items[noun].end).then_some(noun + 1)
}

/// The doer of a passive: behind "by", or, for what the subject does itself ("were deployed"), the subject.
fn passive_actor(
    items: &[Item],
    predicates: &[Predicate],
    at: usize,
    act: ClaimType,
) -> (Sides, Option<usize>) {
    if let Some(by) = by_party(items, predicates, at) {
        return (party(items, Some(by)).map_or(Sides::default(), |party| party.sides), Some(by));
    }
    let (sides, own) = subject_sides(items, predicates, at);
    match act {
        ClaimType::Presence
        | ClaimType::Clash
        | ClaimType::Control
        | ClaimType::Withdrawal
        | ClaimType::Advance => (sides, own),
        ClaimType::Repelled => {
            let attacker =
                if sides.is_empty() && at > 0 { actor(items, predicates, at - 1).0 } else { sides };
            (attacker.opponent(), None)
        }
        _ => (Sides::default(), None),
    }
}

/// The party behind "by" after predicate `at`.
pub(super) fn by_party(items: &[Item], predicates: &[Predicate], at: usize) -> Option<usize> {
    let start = predicates[at].item + 1;
    let end = predicates.get(at + 1).map_or(items.len(), |next| next.item);
    (start..end)
        .take_while(|&i| !matches!(items[i].kind, Kind::Link(_) | Kind::Semicolon))
        .find(|&i| matches!(items[i].kind, Kind::Party(_)) && after_by(items, i))
}
