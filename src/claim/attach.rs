//! Which places belong to which predicate.

use super::item::{Item, Kind};
use super::predicate::{Predicate, Tie, What, clause_tie, form_of};
use super::turns::Turns;
use crate::lexicon::{Auxiliary, ClaimType, Class, ClassSet, Form, Link, Mood, Pronoun, Saying};
use crate::mention::{Lead, Locative, Relation, Words};

/// A place of a predicate: the locative and the relation that the predicate makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attached {
    pub(super) locative: usize,
    pub(super) relation: Relation,
    /// It was taken over from another predicate.
    pub(super) shared: bool,
}

/// The places of each predicate.
pub(super) fn attach(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    locatives: &[Locative],
) -> Vec<Vec<Attached>> {
    let mut places: Vec<Vec<Attached>> = vec![Vec::new(); predicates.len()];
    let mut last: Option<usize> = None;
    for (at, item) in items.iter().enumerate() {
        let Kind::Place(locative) = item.kind else {
            continue;
        };
        let place = &locatives[locative];
        let owner = if place.continues { last } else { owner(words, items, predicates, at, place) };
        last = owner;
        let Some(owner) = owner else {
            continue;
        };
        let What::Act(act, _) = predicates[owner].what else {
            continue;
        };
        if let Some(relation) = relation(act, place) {
            places[owner].push(Attached { locative, relation, shared: false });
        } else {
            last = None;
        }
    }
    share(words, items, predicates, locatives, &mut places);
    places
}

/// The predicate that the place at item `at` belongs to.
fn owner(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    at: usize,
    place: &Locative,
) -> Option<usize> {
    let next = predicates.iter().position(|predicate| predicate.item > at);
    let before = next.map_or(predicates.len(), |next| next).checked_sub(1);
    let fronted = next.filter(|&next| begins_clause(items, predicates, before, next, at));
    if let Some(next) = fronted {
        let owner = through_noun(predicates, next);
        return accepts(words, items, predicates, owner, at, place, true).then_some(owner);
    }
    let owner = carrier(predicates, before?)?;
    // ", in an effort to disrupt logistics in X", ", which lies east of X": the place is that of a verb without an action.
    let aside = items[predicates[before?].item + 1..at].iter().any(|item| {
        matches!(
            item.kind,
            Kind::Mood(Mood::Plan | Mood::Attempt | Mood::Fail | Mood::Maybe | Mood::Prevent)
                | Kind::Link(Link::Relative)
        )
        // "seized A and are using it to watch B": of a verb that the tables do not know.
        || item.kind == Kind::Auxiliary(Auxiliary::Be) && form_of(predicates[owner].what).is_some()
    });
    if aside {
        return None;
    }
    accepts(words, items, predicates, owner, at, place, false).then_some(owner)
}

/// Whether the place at item `at` stands in the own words of the predicate `next`, before its verb.
fn begins_clause(
    items: &[Item],
    predicates: &[Predicate],
    before: Option<usize>,
    next: usize,
    at: usize,
) -> bool {
    if before.is_none() {
        return true;
    }
    let predicate = &predicates[next];
    if predicate.tie == Tie::Chain || at < predicate.own {
        return false;
    }
    // ", near X, and": the tie is only the comma before a place that goes on.
    let weak = predicate.tie == Tie::Comma;
    let party = items[predicate.own..at].iter().any(|item| matches!(item.kind, Kind::Party(_)));
    !weak || party
}

/// A light verb before a noun of action carries that noun's places ("conducted, near X, attacks").
fn through_noun(predicates: &[Predicate], at: usize) -> usize {
    // So does what was repelled: "in X they repelled attacks near Y".
    let light = matches!(predicates[at].what, What::Light(_) | What::Act(ClaimType::Repelled, Some(_)));
    let noun = predicates
        .get(at + 1)
        .is_some_and(|next| next.tie == Tie::Chain && matches!(next.what, What::Act(_, None)));
    if light && noun { at + 1 } else { at }
}

/// The action that predicate `at` stands for: itself, or the noun that a light verb or passive saying follows.
fn carrier(predicates: &[Predicate], at: usize) -> Option<usize> {
    match predicates[at].what {
        What::Act(..) => Some(at),
        What::Light(_) => {
            let noun = at.checked_sub(1)?;
            let follows = matches!(predicates[at].tie, Tie::Chain)
                && matches!(predicates[noun].what, What::Act(_, None));
            follows.then_some(noun)
        }
        What::Say(_) if predicates[at].passive => {
            let noun = at.checked_sub(1)?;
            (predicates[at].tie == Tie::Chain && matches!(predicates[noun].what, What::Act(_, None)))
                .then_some(noun)
        }
        What::Say(_) | What::Inert(_) => None,
    }
}

/// Whether the action takes a place that is led in like this.
fn accepts(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    owner: usize,
    at: usize,
    place: &Locative,
    fronted: bool,
) -> bool {
    let predicate = &predicates[owner];
    let What::Act(act, form) = predicate.what else {
        return false;
    };
    match place.lead {
        // "Russia will hold elections in X": one holds a place itself, or positions there.
        Lead::Preposition | Lead::On | Lead::From | Lead::To
            if act == ClaimType::Control
                && form.is_some_and(|form| !form.is_plain())
                && !predicate.passive =>
        {
            // "encircled the garrison in X": those who are held are named.
            let held = items.get(predicate.item + 1).is_some_and(|next| matches!(next.kind, Kind::Party(_)));
            let item = items[predicate.item];
            item.end - item.first > 1 || held
        }
        Lead::Preposition | Lead::On | Lead::From | Lead::To => true,
        Lead::Of => {
            let verb_end = items[predicate.item].end;
            let place_first = items[at].first;
            !fronted
                && place_first <= verb_end + 1 + quiet_before(words, verb_end, place_first)
                && place_first > verb_end
        }
        Lead::Bare if fronted => {
            let behind = predicate.subject.is_some_and(|subject| subject > predicate.item);
            (predicate.passive || behind) && is_object_taking(act) && form.is_some()
        }
        // "the seizure Bakhmut's", where case does the work of "of".
        Lead::Bare if form.is_none() => stands_as_object(words, items, predicate, at),
        Lead::Bare => {
            is_object_taking(act)
                && form.is_some()
                && (!predicate.passive || form == Some(Form::Impersonal))
                && stands_as_object(words, items, predicate, at)
        }
        Lead::Aside => false,
    }
}

/// How many quiet tokens stand between a noun and its "of".
fn quiet_before(words: &Words, from: usize, to: usize) -> usize {
    (from..to).filter(|&at| words.is(at, Class::Filler) || words.is(at, Class::Generic)).count()
}

/// Whether a place can be the object of this action.
fn is_object_taking(act: ClaimType) -> bool {
    matches!(
        act,
        ClaimType::Seizure
            | ClaimType::Entry
            | ClaimType::Strike
            | ClaimType::Attack
            | ClaimType::Control
            | ClaimType::Withdrawal
            | ClaimType::Infiltration
    )
}

/// Whether the place at item `at` stands right behind the verb, as its object.
fn stands_as_object(words: &Words, items: &[Item], predicate: &Predicate, at: usize) -> bool {
    const LOUD: ClassSet = ClassSet::of(&[
        Class::Verb,
        Class::Say,
        Class::Link,
        Class::Inert,
        Class::Light,
        Class::Mood,
        Class::Force,
        Class::Actor,
    ]);
    let (from, to) = (items[predicate.item].end, items[at].first);
    let after_of = |token: usize| {
        let before = token.saturating_sub(1);
        words.is(before, Class::Part) || words.is(before, Class::Generic)
    };
    let quiet = |token: usize| {
        (!words.is(token, Class::Preposition)
            || words.is(token, Class::Generic)
            || words.is(token, Class::Filler)
            || after_of(token))
            && (words.is(token, Class::Filler) || !words.is_any(token, LOUD))
            && !matches!(words.word(token), "," | ";" | ":")
    };
    // "took control of the mine, A, and B": the list begins with ground that bears no name.
    let listed = items.get(at + 1).is_some_and(|next| matches!(next.kind, Kind::Place(_)));
    let ground = |token: usize| words.is(token, Class::Part) || words.is(token, Class::Generic);
    let begun =
        |token: usize| listed && (from..token).any(ground) && matches!(words.word(token), "," | "and");
    let of = |token: usize| token == from && listed && words.is(token, Class::Preposition);
    from <= to && to - from <= 6 && (from..to).all(|token| quiet(token) || begun(token) || of(token))
}

/// The relation that an action makes of a locative; none where the place is not where it happened.
fn relation(act: ClaimType, place: &Locative) -> Option<Relation> {
    let relation = place.relation;
    match (place.lead, act) {
        (Lead::From, ClaimType::Advance | ClaimType::Clash) => Some(relation),
        (Lead::From, ClaimType::Withdrawal) => {
            Some(if relation == Relation::Near { Relation::In } else { relation })
        }
        (Lead::From, _) | (Lead::To, ClaimType::Withdrawal | ClaimType::Strike) => None,
        (Lead::To, ClaimType::Presence | ClaimType::Entry | ClaimType::Control)
            if relation == Relation::Toward =>
        {
            Some(Relation::In)
        }
        (Lead::On, ClaimType::Advance) if relation == Relation::In => Some(Relation::Toward),
        _ => Some(relation),
    }
}

/// Gives predicates without a place that of their neighbour, where the words let them share it.
fn share(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    locatives: &[Locative],
    places: &mut [Vec<Attached>],
) {
    for at in (0..predicates.len()).rev() {
        if !places[at].is_empty() || !matches!(predicates[at].what, What::Act(..)) {
            continue;
        }
        if shares_with_next(items, predicates, at) {
            places[at] = taken(&places[at + 1], None);
        } else if let Some(next) = denied_before(predicates, at).filter(|&next| !places[next].is_empty()) {
            places[at] = taken(&places[next], None);
        }
    }
    for at in 1..predicates.len() {
        if !places[at].is_empty() || !matches!(predicates[at].what, What::Act(..)) {
            continue;
        }
        if let Some(fronted) = fronted_before(items, predicates, at, locatives, places) {
            places[at] = fronted;
            continue;
        }
        if clause_tie(predicates, at) == Tie::Link(Link::Where) {
            places[at] = antecedent(items, predicates, at, locatives, act_of(predicates[at].what));
            continue;
        }
        let pronoun = predicates[at].pronoun;
        if pronoun.is_none() && !falls_back(words, items, predicates, at) {
            continue;
        }
        let Some(before) = (0..at).rev().find(|&before| !places[before].is_empty()) else {
            if follows_from(predicates, at) {
                places[at] = named_before(items, predicates[at].item, locatives, act_of(predicates[at].what));
            }
            continue;
        };
        places[at] = match pronoun {
            Some(Pronoun::Settlement) => taken(&places[before], Some(Relation::In)),
            Some(Pronoun::Area) => taken(&places[before], Some(Relation::Area)),
            Some(Pronoun::Former) => taken(&places[before], None).into_iter().take(1).collect(),
            Some(Pronoun::Latter) => {
                taken(&places[before], None).into_iter().next_back().into_iter().collect()
            }
            _ => taken(&places[before], None),
        };
    }
}

/// Whether the action is what footage or the like is said to suggest.
fn follows_from(predicates: &[Predicate], at: usize) -> bool {
    let mut root = at;
    while root > 0
        && predicates[root].tie == Tie::Chain
        && matches!(predicates[root - 1].what, What::Light(_))
    {
        root -= 1;
    }
    root > 0
        && predicates[root].tie == Tie::Link(Link::That)
        && matches!(predicates[root - 1].what, What::Say(Saying::Suggest | Saying::Show))
}

/// The places named before item `end`, of whatever predicate.
fn named_before(items: &[Item], end: usize, locatives: &[Locative], act: ClaimType) -> Vec<Attached> {
    let places = items[..end].iter().filter_map(|item| match item.kind {
        Kind::Place(locative) => Some(locative),
        _ => None,
    });
    places
        .filter_map(|locative| {
            let relation = relation(act, &locatives[locative])?;
            Some(Attached { locative, relation, shared: true })
        })
        .collect()
}

/// "In the X direction they attacked and made airstrikes": the place put in front of the first verb is that of
/// the verbs joined to it that have none.
fn fronted_before(
    items: &[Item],
    predicates: &[Predicate],
    at: usize,
    locatives: &[Locative],
    places: &[Vec<Attached>],
) -> Option<Vec<Attached>> {
    let joined = matches!(clause_tie(predicates, at), Tie::Link(Link::And | Link::But) | Tie::Comma);
    let before = (0..at).rev().find(|&before| !places[before].is_empty()).filter(|_| joined)?;
    let clause = before..at;
    let one = clause
        .clone()
        .skip(1)
        .all(|i| matches!(predicates[i].tie, Tie::Chain | Tie::Link(Link::And | Link::But) | Tie::Comma));
    let verb = items[predicates[before].item].first.min(items[predicates[clause.start].item].first);
    let verb = (0..=before)
        .rev()
        .take_while(|&i| i == before || predicates[i + 1].tie == Tie::Chain)
        .map(|i| items[predicates[i].item].first)
        .min()
        .unwrap_or(verb);
    let front: Vec<Attached> = places[before]
        .iter()
        .filter(|place| {
            let locative = &locatives[place.locative];
            let item = items.iter().find(|item| item.kind == Kind::Place(place.locative));
            locative.relation == Relation::Axis && item.is_some_and(|item| item.first < verb)
        })
        .map(|place| Attached { shared: true, ..*place })
        .collect();
    (one && !front.is_empty()).then_some(front)
}

fn act_of(what: What) -> ClaimType {
    match what {
        What::Act(act, _) => act,
        _ => ClaimType::Presence,
    }
}

/// "X, where they attacked": the place right before the link.
fn antecedent(
    items: &[Item],
    predicates: &[Predicate],
    at: usize,
    locatives: &[Locative],
    act: ClaimType,
) -> Vec<Attached> {
    let mut before = items[..predicates[at].item].iter().rev();
    before.find(|item| item.kind == Kind::Link(Link::Where));
    let place = before.find(|item| item.kind != Kind::Comma).map(|item| item.kind);
    match place {
        Some(Kind::Place(locative)) => {
            let relation = relation(act, &locatives[locative]);
            relation.map(|relation| Attached { locative, relation, shared: true }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The places of another predicate, with another relation where they are only referred to.
fn taken(places: &[Attached], relation: Option<Relation>) -> Vec<Attached> {
    let keep = |known: Relation| match relation {
        // "The X direction ... the town" is X itself.
        Some(Relation::In) if known == Relation::Axis => Relation::In,
        Some(_) if matches!(known, Relation::Axis | Relation::Area | Relation::Part) => known,
        Some(relation) => relation,
        None => known,
    };
    let shared = |place: &Attached| Attached { relation: keep(place.relation), shared: true, ..*place };
    places.iter().map(shared).collect()
}

/// "advanced and infiltrated in X", "ground attacks and airstrikes near X": both are at the place named last.
fn shares_with_next(items: &[Item], predicates: &[Predicate], at: usize) -> bool {
    let Some(next) = predicates.get(at + 1) else {
        return false;
    };
    let What::Act(_, next_form) = next.what else {
        return false;
    };
    let joined =
        matches!(next.tie, Tie::Link(Link::And | Link::Or | Link::Instead) | Tie::Comma) && !next.own_subject;
    let noun_after_light = next_form.is_none() && form_of(predicates[at].what).is_some();
    let between = &items[predicates[at].item + 1..next.item];
    let quiet = between.iter().all(|item| {
        matches!(
            item.kind,
            Kind::Link(_)
                | Kind::Comma
                | Kind::Adverb
                | Kind::Past
                | Kind::Hedge(_)
                | Kind::Adjective(_)
                | Kind::Auxiliary(Auxiliary::Have | Auxiliary::Be)
        )
    });
    joined && quiet && !noun_after_light
}

/// "did not make attacks and shelled X": where something else was done instead of what was not.
fn denied_before(predicates: &[Predicate], at: usize) -> Option<usize> {
    let next = predicates.get(at + 1)?;
    let joined = matches!(next.tie, Tie::Link(Link::And | Link::But | Link::Instead)) && !next.own_subject;
    let carried = |at: usize| matches!(predicates.get(at).map(|next| next.tie), Some(Tie::Chain));
    let action = if matches!(next.what, What::Light(_)) && carried(at + 2) { at + 2 } else { at + 1 };
    let acts = matches!(predicates.get(action)?.what, What::Act(..));
    (predicates[at].turns.has(Turns::NOT) && joined && acts).then_some(action)
}

/// "attacked near X but did not advance": the action without a place is at the place of the one before.
fn falls_back(words: &Words, items: &[Item], predicates: &[Predicate], at: usize) -> bool {
    let predicate = &predicates[at];
    let bare_end = items.get(predicate.item + 1).is_none_or(|next| {
        matches!(
            next.kind,
            Kind::Link(_)
                | Kind::Comma
                | Kind::Semicolon
                | Kind::Date(_)
                | Kind::Adverb
                | Kind::Past
                | Kind::Mood(_)
        )
    });
    let negated = predicate.turns.has(Turns::NOT) || predicate.turns.has(Turns::FAIL);
    // "footage shows them in X, suggesting that they attacked".
    if bare_end && follows_from(predicates, at) {
        return true;
    }
    let tied = match predicate.tie {
        Tie::Link(Link::But | Link::Beside) => true,
        Tie::Link(Link::And) | Tie::Comma | Tie::Semicolon => !predicate.own_subject || negated,
        Tie::Chain => {
            // The noun of "but did not make advances": the light verb has the tie.
            at.checked_sub(1).is_some_and(|light| {
                matches!(predicates[light].what, What::Light(_))
                    && matches!(
                        predicates[light].tie,
                        Tie::Link(Link::But | Link::And | Link::Beside) | Tie::Comma
                    )
            })
        }
        _ => false,
    };
    let form = form_of(predicate.what);
    // "attacked southeast of X and made gains on D": the same place, as no other is named.
    let behind = items.get(predicate.item + 1).map_or(words.tokens.len(), |next| next.first);
    let at_once = (items[predicate.item].end..behind).all(|token| {
        words.is(token, Class::Filler)
            || words.is(token, Class::Preposition)
            || !words.tokens[token].is_word()
    });
    let same_place =
        at_once && matches!(clause_tie(predicates, at), Tie::Link(Link::And)) && !predicate.own_subject;
    bare_end && tied && (negated || same_place) && form != Some(Form::Ing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_town_of_a_direction_is_the_town_itself() {
        let named = |relation| [Attached { locative: 0, relation, shared: false }];
        let town = |relation| taken(&named(relation), Some(Relation::In))[0].relation;
        assert_eq!(town(Relation::Axis), Relation::In);
        assert_eq!(town(Relation::Part), Relation::Part);
        assert_eq!(taken(&named(Relation::Axis), None)[0].relation, Relation::Axis);
    }
}
