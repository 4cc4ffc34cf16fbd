//! How the items of a sentence hang together: [`Predicate`]s (what is done or said), each with the tie to the
//! one before, its subject and what turns it. In whose mouth it is put is `voice`'s question, where it happened `attach`'s.

use super::item::{Item, Kind};
use super::party::{Party, Sides};
use crate::lexicon::{Auxiliary, ClaimType, Form, Hedge, Link, Mood, Pronoun, Role, Saying};

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

    fn only(self, other: Turns) -> Turns {
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
    inherit_turns(&mut predicate, last);
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
            Kind::Link(Link::Purpose | Link::Including) => {}
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

/// Gathers what turns the predicate from its own words.
fn turns(items: &[Item], predicate: &mut Predicate) {
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

/// Finds the subject: a party of its own words, else that of the predicate before.
fn subject(items: &[Item], window: usize, predicate: &mut Predicate, before: &[Predicate]) {
    let own = predicate.own..predicate.item;
    let mut parties = own.clone().filter(|&i| acting_party(items, i));
    let form = form_of(predicate.what);
    let noun = matches!(predicate.what, What::Act(_, None));
    let found = match predicate.tie {
        // The object of the verb before is the subject of the verb that it governs; but ", seizing X"
        // goes back to the subject of the whole.
        Tie::Chain => parties.next_back(),
        // "prevented a Russian group from advancing".
        _ if form == Some(Form::Ing)
            && predicate.item > 0
            && items[predicate.item - 1].kind == Kind::From =>
        {
            parties.next_back()
        }
        Tie::Comma if matches!(form, Some(Form::Ing)) => None,
        _ => parties.next(),
    };
    let found = found.or_else(|| subject_behind(items, predicate, before));
    let found = found.or_else(|| sayer_behind(items, predicate));
    predicate.own_subject = found.is_some();
    // "Russian attempts to advance", "the DNR claimed": the side words before the mood or saying are the subject.
    let adjective = || {
        let mut own = own.clone().rev();
        own.find(|&i| matches!(items[i].kind, Kind::Adjective(_))).filter(|&i| {
            let says = matches!(predicate.what, What::Say(_)) && i + 1 == predicate.item;
            !noun && (says || items.get(i + 1).is_some_and(|item| matches!(item.kind, Kind::Mood(_))))
        })
    };
    // "the enemy's aim is to seize": the owner of the aim, where case says so.
    let owner = || {
        let mut own = own.clone().filter(|_| form == Some(Form::Infinitive));
        own.find(|&i| {
            matches!(items[i].kind, Kind::Party(party) if party.role == Some(Role::Object))
                && i > 0
                && matches!(items[i - 1].kind, Kind::Mood(_))
        })
    };
    predicate.subject = found.or_else(adjective).or_else(owner);
    let says_itself = party(items, found).is_some_and(|party| party.claimant.is_some());
    let be_said = (matches!(predicate.what, What::Say(_)) && !says_itself).then_some(Form::Past);
    if let Some(form) = form.or(be_said) {
        let be = own.clone().rev().find(|&i| {
            !matches!(items[i].kind, Kind::Adverb | Kind::Past | Kind::Hedge(_) | Kind::Not | Kind::Mood(_))
        });
        let be = be.is_some_and(|i| items[i].kind == Kind::Auxiliary(Auxiliary::Be));
        let by = match items.get(predicate.item + 1).map(|item| item.kind) {
            Some(Kind::By) => true,
            Some(Kind::Party(party)) => party.role == Some(Role::Doer),
            _ => false,
        };
        predicate.passive =
            matches!(form, Form::Past | Form::Participle) && (be || by) || form == Form::Impersonal;
    }
    let told = predicate.what == What::Say(Saying::Told);
    if predicate.subject.is_none() && !noun && !told {
        predicate.subject = inherited_subject(items, window, predicate, before);
    }
}

/// The subject that a verb without one takes from what stands before.
fn inherited_subject(
    items: &[Item],
    window: usize,
    predicate: &Predicate,
    before: &[Predicate],
) -> Option<usize> {
    if predicate.tie == Tie::Link(Link::Relative) {
        let antecedent = (0..predicate.own).rev().find(|&i| matches!(items[i].kind, Kind::Party(_)));
        return antecedent.filter(|&i| i + 4 >= window);
    }
    if predicate.tie == Tie::Link(Link::That) && predicate.passive {
        return None;
    }
    // "that X were lucky when advancing": the subject of a clause whose verb is not known.
    let behind_link = matches!(predicate.tie, Tie::Link(_)) && form_of(predicate.what) == Some(Form::Ing);
    let unknown = (window..predicate.own).rev().filter(|_| behind_link);
    let unknown = unknown
        .into_iter()
        .find(|&i| acting_party(items, i) && matches!(items[i].kind, Kind::Party(party) if party.acts));
    if unknown.is_some() {
        return unknown;
    }
    let last = before.last()?;
    // A saying governs a clause with a subject of its own; "claimed to have seized" has the sayer's.
    let from = before.iter().rev().find(|known| {
        !matches!(known.what, What::Say(_))
            || predicate.tie == Tie::Chain
            || matches!(predicate.what, What::Say(_))
    });
    let from = from.unwrap_or(last);
    if from.passive && !matches!(from.what, What::Say(_)) && !predicate.passive {
        return from.subject;
    }
    from.subject
}

/// Whether a party is the source in "according to X".
fn is_source(items: &[Item], at: usize) -> bool {
    at > 0 && items[at - 1].kind == Kind::Link(Link::According)
}

/// Whether a party is the doer of a passive.
fn after_by(items: &[Item], at: usize) -> bool {
    let doer = matches!(items[at].kind, Kind::Party(party) if party.role == Some(Role::Doer));
    doer || at > 0 && items[at - 1].kind == Kind::By
}

/// Whether item `at` is a party that can be a subject.
fn acting_party(items: &[Item], at: usize) -> bool {
    matches!(items[at].kind, Kind::Party(party) if party.can_act())
        && !after_by(items, at)
        && !is_source(items, at)
}

/// The subject behind a verb of a language of free word order. One whose form can also be an object's is
/// taken only where no verb before hands its subject on.
fn subject_behind(items: &[Item], predicate: &Predicate, before: &[Predicate]) -> Option<usize> {
    if form_of(predicate.what) != Some(Form::Finite) {
        return None;
    }
    let mut behind = (predicate.item + 1..items.len()).skip_while(|&i| {
        matches!(
            items[i].kind,
            Kind::Place(_) | Kind::Date(_) | Kind::Time(..) | Kind::Adverb | Kind::Past | Kind::Hedge(_)
        )
    });
    let at = behind.next()?;
    let Kind::Party(party) = items[at].kind else {
        return None;
    };
    let handed_on =
        matches!(predicate.tie, Tie::Link(Link::And | Link::Or | Link::But) | Tie::Comma | Tie::Chain)
            && before.last().is_some_and(|last| last.subject.is_some() && !matches!(last.what, What::Say(_)));
    let certain = party.role == Some(Role::Subject);
    (certain || !handed_on && party.acts && matches!(party.role, None | Some(Role::Any))).then_some(at)
}

/// "…, said X": who says it, where nothing that was said follows at once.
fn sayer_behind(items: &[Item], predicate: &Predicate) -> Option<usize> {
    if !matches!(predicate.what, What::Say(_)) {
        return None;
    }
    let quiet =
        |i: &usize| matches!(items[*i].kind, Kind::Date(_) | Kind::Time(..) | Kind::Adverb | Kind::Past);
    let mut behind = (predicate.item + 1..items.len()).skip_while(quiet);
    let at = behind.next().filter(|&i| acting_party(items, i))?;
    let Kind::Party(party) = items[at].kind else {
        return None;
    };
    let ends = behind.find(|i| !quiet(i)).is_none_or(|i| {
        matches!(items[i].kind, Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Link(Link::That))
    });
    (ends && (party.claimant.is_some() || party.acts)).then_some(at)
}

/// "offensive operations they did not conduct": a light verb behind its noun turns it and gives it its subject.
fn carry_back(items: &[Item], predicates: &mut [Predicate]) {
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

/// Takes over what turns the predicate before, where one verb group goes on.
fn inherit_turns(predicate: &mut Predicate, last: Option<&Predicate>) {
    let Some(last) = last else {
        return;
    };
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
fn look_behind(items: &[Item], predicates: &mut [Predicate]) {
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

/// Whether a predicate is a noun that no verb before it governs.
fn is_subject_noun(predicate: &Predicate) -> bool {
    matches!(predicate.what, What::Act(_, None)) && predicate.tie != Tie::Chain
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
                !matches!(item.kind, Kind::Auxiliary(_)) && item.end + 4 >= items[predicate.item].first
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
