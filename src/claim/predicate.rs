//! How the items of a sentence hang together: [`Predicate`]s (what is done or said), each with the tie to the one
//! before. Its subject is `subject`'s question, what turns it `turns`'s, who does it `actor`'s; in whose mouth it is
//! put is `voice`'s, where it happened `attach`'s.

use super::item::{Item, Kind};
use super::party::Party;
use super::subject::subject;
use super::turns::{Turns, carry_back, inherit_turns, look_behind, turns};
use crate::lexicon::{ClaimType, Form, Link, Pronoun, Saying};

/// Something done or said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Predicate {
    /// Its item.
    pub(super) item: usize,
    pub(super) what: What,
    pub(super) tie: Tie,
    /// It has a subject of its own words.
    pub(super) own_subject: bool,
    /// The item of the party that is its subject.
    pub(super) subject: Option<usize>,
    /// The subject is done to.
    pub(super) passive: bool,
    pub(super) turns: Turns,
    /// The first item of its own words, after the link.
    pub(super) own: usize,
    /// The item of the words that hedge it.
    pub(super) hedge: Option<usize>,
    /// The pronoun of place behind it ("there").
    pub(super) pronoun: Option<Pronoun>,
}

/// What a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An action, and its form as a verb.
    Act(ClaimType, Option<Form>),
    Light(Form),
    Inert(Form),
    Say(Saying),
}

/// How a predicate is tied to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// It is the first.
    First,
    /// It is governed by it: "continued to attack", "footage shows forces operating".
    Chain,
    /// By a comma, or a comma and "-ing".
    Comma,
    /// By a semicolon.
    Semicolon,
    /// By a word.
    Link(Link),
}

/// The predicates of a sentence, in order.
pub(super) fn predicates(items: &[Item]) -> Vec<Predicate> {
    let mut found: Vec<Predicate> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let what = match item.kind {
            Kind::Act(act, form) => What::Act(act, form),
            Kind::Light(form) => What::Light(form),
            Kind::Inert(form) => What::Inert(form),
            Kind::Say(saying) => What::Say(saying),
            _ => continue,
        };
        let predicate = predicate(items, at, what, &found);
        found.push(predicate);
    }
    look_behind(items, &mut found);
    carry_back(items, &mut found);
    found
}

/// The predicate at item `at`, by the items since the one before.
fn predicate(items: &[Item], at: usize, what: What, before: &[Predicate]) -> Predicate {
    let last = before.last();
    let window = last.map_or(0, |last| last.item + 1);
    let (mut tie, mut own) = tie(items, window, at, last.is_none());
    // "launched a larger and more determined offensive": the link joins adjectives.
    let bare_light = last.is_some_and(|last| matches!(last.what, What::Light(_)));
    if bare_light && matches!(tie, Tie::Link(Link::And | Link::But)) && matches!(what, What::Act(_, None)) {
        (tie, own) = (Tie::Chain, window);
    }
    let mut predicate = Predicate {
        item: at,
        what,
        tie,
        own_subject: false,
        subject: None,
        passive: false,
        turns: Turns::default(),
        own,
        hedge: None,
        pronoun: None,
    };
    turns(items, &mut predicate);
    subject(items, window, &mut predicate, before);
    inherit_turns(&mut predicate, before);
    // An infinitive whose governing word is not known asserts nothing.
    if form_of(what) == Some(Form::Infinitive) && predicate.turns == Turns::default() {
        predicate.turns.add(Turns::MAYBE);
    }
    predicate
}

/// The tie to the predicate before `window`, and where the predicate's own words begin.
fn tie(items: &[Item], window: usize, at: usize, first: bool) -> (Tie, usize) {
    let mut weak = None;
    for i in (window..at).rev() {
        match items[i].kind {
            // "to capture", "in order to seize" turn the verb; they part no clauses.
            // Nor does ", according to X," between a subject and its verb.
            Kind::Link(Link::Purpose | Link::Including | Link::According) => {}
            // "is preparing or has begun to attack": no verb stands before the link.
            Kind::Link(Link::And | Link::Or) if first && joins_moods(items, i, at) => {}
            Kind::Link(link) => {
                // Two links in a row ("and that", ", but while"): the first says how it is joined, the second what is meant.
                let outer = items[window..i]
                    .iter()
                    .rev()
                    .take_while(|item| matches!(item.kind, Kind::Link(_) | Kind::Comma));
                let but = outer.into_iter().any(|item| item.kind == Kind::Link(Link::But));
                let link = if but && link != Link::That { Link::But } else { link };
                let alone = first && !matches!(link, Link::Relative | Link::Where | Link::If);
                return (if alone { Tie::First } else { Tie::Link(link) }, i + 1);
            }
            Kind::Semicolon => return (if first { Tie::First } else { Tie::Semicolon }, i + 1),
            Kind::Colon => return (if first { Tie::First } else { Tie::Comma }, i + 1),
            Kind::Comma if weak.is_none() => weak = Some(i),
            _ => {}
        }
    }
    if first {
        return (Tie::First, window);
    }
    match weak {
        Some(comma) => (Tie::Comma, comma + 1),
        None => (Tie::Chain, window),
    }
}

/// Whether a link before the first verb only joins what turns it.
fn joins_moods(items: &[Item], link: usize, verb: usize) -> bool {
    let turns = |item: &Item| matches!(item.kind, Kind::Mood(_));
    let party = |item: &Item| matches!(item.kind, Kind::Party(_));
    items[..link].iter().any(turns) && !items[link..verb].iter().any(party)
}

/// The tie of the clause that predicate `at` stands in: that of the light verb that carries it.
pub(super) fn clause_tie(predicates: &[Predicate], at: usize) -> Tie {
    let mut root = at;
    while root > 0
        && predicates[root].tie == Tie::Chain
        && matches!(predicates[root - 1].what, What::Light(_))
    {
        root -= 1;
    }
    predicates[root].tie
}

/// The form of a verb; none for a noun.
pub(super) fn form_of(what: What) -> Option<Form> {
    match what {
        What::Act(_, form) => form,
        What::Light(form) | What::Inert(form) => Some(form),
        What::Say(_) => None,
    }
}

/// The party of an item.
pub(super) fn party(items: &[Item], at: Option<usize>) -> Option<Party> {
    match items[at?].kind {
        Kind::Party(party) => Some(party),
        _ => None,
    }
}
