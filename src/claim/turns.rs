//! What turns a predicate: the moods, negations and hedges over it, gathered from its own words, taken over from the
//! verb group that it goes on, and read behind it.

use super::item::{Item, Kind};
use super::predicate::{Predicate, Tie, What, form_of};
use crate::lexicon::{Auxiliary, Form, Hedge, Link, Mood};

/// What turns an action: the set of moods, negations and hedges over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turns(u16);

impl Turns {
    pub(super) const NOT: Turns = Turns(1);
    pub(super) const FAIL: Turns = Turns(2);
    pub(super) const ATTEMPT: Turns = Turns(4);
    pub(super) const PLAN: Turns = Turns(8);
    pub(super) const MAYBE: Turns = Turns(16);
    pub(super) const FUTURE: Turns = Turns(32);
    pub(super) const PREVENT: Turns = Turns(64);
    pub(super) const UNSUCCESSFUL: Turns = Turns(128);
    pub(super) const REPORTED: Turns = Turns(256);
    pub(super) const LIKELY: Turns = Turns(512);
    pub(super) const PURPOSE: Turns = Turns(1024);
    pub(super) const PHASE: Turns = Turns(2048);

    /// What an aim or a possibility goes on through a verb of no action.
    const AIMS: Turns = Turns(8 | 16 | 32 | 64);

    pub(super) fn only(self, other: Turns) -> Turns {
        Turns(self.0 & other.0)
    }

    pub(super) fn without(self, other: Turns) -> Turns {
        Turns(self.0 & !other.0)
    }

    pub(super) fn has(self, other: Turns) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, other: Turns) {
        self.0 |= other.0;
    }

    fn of(mood: Mood) -> Turns {
        match mood {
            Mood::Attempt => Turns::ATTEMPT,
            Mood::Fail => Turns::FAIL,
            Mood::Plan => Turns::PLAN,
            Mood::Maybe => Turns::MAYBE,
            Mood::Future => Turns::FUTURE,
            Mood::Prevent => Turns::PREVENT,
            Mood::Phase => Turns::PHASE,
            Mood::Unsuccessful => Turns::UNSUCCESSFUL,
        }
    }
}

/// Gathers what turns the predicate from its own words.
pub(super) fn turns(items: &[Item], predicate: &mut Predicate) {
    for i in predicate.own..predicate.item {
        match items[i].kind {
            Kind::Not => predicate.turns.add(Turns::NOT),
            Kind::Mood(mood) => {
                // "trying to restore X": what was tried is another verb than this one.
                let near = !matches!(mood, Mood::Attempt | Mood::Fail | Mood::Unsuccessful)
                    || is_close(items, i, predicate.item);
                if near {
                    predicate.turns.add(Turns::of(mood));
                }
            }
            Kind::From if i + 1 == predicate.item && form_of(predicate.what) == Some(Form::Ing) => {
                predicate.turns.add(Turns::PREVENT);
            }
            // ", reportedly including X,": hedges who else it was.
            Kind::Hedge(_) if items[i + 1].kind == Kind::Link(Link::Including) => {}
            Kind::Hedge(hedge) => {
                predicate.turns.add(match hedge {
                    Hedge::Reported => Turns::REPORTED,
                    Hedge::Likely => Turns::LIKELY,
                });
                predicate.hedge = Some(i);
            }
            Kind::Link(Link::Purpose) => predicate.turns.add(Turns::PLAN),
            Kind::Link(Link::If) => predicate.turns.add(Turns::MAYBE),
            Kind::To => {
                let infinitive =
                    matches!(predicate.what, What::Act(_, Some(Form::Base)) | What::Light(Form::Base));
                if infinitive && i + 1 == predicate.item {
                    predicate.turns.add(Turns::PURPOSE);
                }
            }
            _ => {}
        }
    }
    // "before capturing X", "rather than attacking X": it has not happened, as far as the words say.
    let unreached = matches!(predicate.tie, Tie::Link(Link::Before | Link::Instead))
        && form_of(predicate.what) == Some(Form::Ing);
    if predicate.tie == Tie::Link(Link::If) || unreached {
        predicate.turns.add(Turns::MAYBE);
    }
    if form_of(predicate.what) == Some(Form::Future) {
        predicate.turns.add(Turns::FUTURE);
    }
}

/// Whether few words stand between two items, as between "failed to" and its verb.
fn is_close(items: &[Item], from: usize, to: usize) -> bool {
    let told: usize = items[from + 1..to].iter().map(|item| item.end - item.first).sum();
    items[to].first - items[from].end <= told + 1
}

/// Takes over what turns the predicate before, where one verb group goes on.
pub(super) fn inherit_turns(predicate: &mut Predicate, before: &[Predicate]) {
    let Some(last) = before.last() else {
        return;
    };
    // "reportedly conducted attacks and made gains": the verb of the noun before is what goes on.
    let carries = |light: &&Predicate| {
        last.tie == Tie::Chain && matches!((light.what, last.what), (What::Light(_), What::Act(_, None)))
    };
    let light = before.iter().rev().nth(1).filter(carries);
    let verbs = matches!(predicate.what, What::Light(_) | What::Act(_, Some(_)));
    let last = if verbs && predicate.tie == Tie::Link(Link::And) { light.unwrap_or(last) } else { last };
    let same_form = form_of(predicate.what) == form_of(last.what) && form_of(last.what).is_some();
    let verb = matches!(last.what, What::Act(..) | What::Light(_));
    let noun_pair = matches!((predicate.what, last.what), (What::Act(_, None), What::Act(_, None)));
    if predicate.tie == Tie::Chain && matches!(last.what, What::Inert(_)) {
        predicate.turns.add(last.turns.only(Turns::AIMS));
    }
    // "would require a counteroffensive that reached X": it is of the same doubt as what it describes.
    let relative = matches!(predicate.tie, Tie::Link(Link::Relative | Link::That));
    if relative && !predicate.own_subject && matches!(last.what, What::Act(_, None)) {
        predicate.turns.add(last.turns.only(Turns::AIMS));
    }
    let goes_on = match predicate.tie {
        Tie::Chain => verb && !(predicate.own_subject && matches!(last.what, What::Act(..))),
        Tie::Link(Link::And | Link::Or) | Tie::Comma => {
            !predicate.own_subject && (same_form || noun_pair) && verb && predicate.turns == Turns::default()
        }
        _ => false,
    };
    if goes_on {
        predicate.turns.add(last.turns);
        predicate.hedge = predicate.hedge.or(last.hedge);
        return;
    }
    // An aim stays an aim through "to attack A and then seize B".
    let infinitives = matches!(form_of(predicate.what), Some(Form::Base | Form::Infinitive))
        && matches!(predicate.tie, Tie::Link(Link::And | Link::Or) | Tie::Comma)
        && !predicate.own_subject;
    // "did not attack A and continued to shell B": only what goes on is carried.
    if infinitives && verb && !predicate.turns.has(Turns::PHASE) {
        predicate.turns.add(last.turns);
    }
}

/// Reads the items behind each predicate: "unsuccessfully", "there".
pub(super) fn look_behind(items: &[Item], predicates: &mut [Predicate]) {
    for at in 0..predicates.len() {
        let start = predicates[at].item + 1;
        let end = predicates.get(at + 1).map_or(items.len(), |next| next.own.max(start));
        let mut be = false;
        for item in &items[start..end.max(start)] {
            match item.kind {
                Kind::Mood(Mood::Unsuccessful)
                    if predicates.get(at + 1).is_none_or(|next| next.tie != Tie::Chain) =>
                {
                    predicates[at].turns.add(Turns::UNSUCCESSFUL);
                }
                // "the seizure of X is unlikely to ...", "... is unconfirmed".
                Kind::Mood(Mood::Maybe | Mood::Future | Mood::Fail) if is_subject_noun(&predicates[at]) => {
                    predicates[at].turns.add(Turns::MAYBE);
                }
                Kind::Auxiliary(Auxiliary::Be) if is_subject_noun(&predicates[at]) => be = true,
                Kind::Hedge(Hedge::Reported) if be => predicates[at].turns.add(Turns::NOT),
                Kind::Pronoun(pronoun) if predicates[at].pronoun.is_none() => {
                    predicates[at].pronoun = Some(pronoun);
                }
                _ => {}
            }
        }
    }
}

/// "offensive operations they did not conduct": a light verb behind its noun turns it and gives it its subject.
pub(super) fn carry_back(items: &[Item], predicates: &mut [Predicate]) {
    for at in 1..predicates.len() {
        let (light, noun) = (predicates[at], predicates[at - 1]);
        let carries = matches!(light.what, What::Light(Form::Finite | Form::Impersonal | Form::Future))
            && light.tie == Tie::Chain
            && matches!(noun.what, What::Act(_, None))
            && !predicates
                .get(at + 1)
                .is_some_and(|next| next.tie == Tie::Chain && matches!(next.what, What::Act(_, None)));
        if !carries {
            continue;
        }
        let negation = (noun.item + 1..light.item).any(|i| items[i].kind == Kind::Not);
        predicates[at - 1].turns.add(light.turns);
        if negation {
            predicates[at - 1].turns.add(Turns::NOT);
        }
        if light.own_subject && light.what != What::Light(Form::Impersonal) {
            predicates[at - 1].subject = light.subject;
        }
    }
}

/// Whether a predicate is a noun that no verb before it governs.
fn is_subject_noun(predicate: &Predicate) -> bool {
    matches!(predicate.what, What::Act(_, None)) && predicate.tie != Tie::Chain
}
