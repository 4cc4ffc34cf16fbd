//! One sentence, understood: its items, predicates, voices, places and times side by side, and the claims they make.

use super::actor::{actor, is_supported};
use super::attach::{Attached, attach};
use super::ground::is_no_ground;
use super::item::{Item, Kind, items};
use super::party::{Party, Sides};
use super::predicate::{Predicate, Tie, What, party, predicates};
use super::status::{Verdict, verdict};
use super::turns::Turns;
use super::voice::{Voice, voices};
use super::when::times;
use super::{Claim, ClaimantKind, Status, When};
use crate::document::Span;
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Auxiliary, ClaimType, Form, Link, Role, Sense, Side};
use crate::mention::{Lead, Locative, Relation, Words};

/// One sentence, understood.
#[derive(Debug)]
pub(super) struct Parse<'a> {
    pub(super) items: Vec<Item>,
    pub(super) predicates: Vec<Predicate>,
    pub(super) voices: Vec<Voice>,
    pub(super) places: Vec<Vec<Attached>>,
    pub(super) times: Vec<When>,
    /// The side that each predicate's own words make the doer.
    whose: Vec<Sides>,
    /// Whether what each predicate takes, or gains, is no ground.
    no_ground: Vec<bool>,
    locatives: &'a [Locative],
}

impl<'a> Parse<'a> {
    /// Understands a sentence.
    pub(super) fn new(
        words: &Words,
        locatives: &'a [Locative],
        as_of: Option<jiff::civil::Date>,
        base: Voice,
        told_by: impl Fn() -> Option<(ClaimantKind, Span)>,
        introduced: impl Fn(&str) -> Option<ClaimantKind>,
    ) -> Parse<'a> {
        let dates =
            as_of.map_or(Vec::new(), |as_of| crate::text::date::dates(words.text, words.tokens, as_of));
        let mut items = items(words, locatives, &dates);
        let base = drop_label(words, &mut items).unwrap_or(base);
        let predicates = predicates(&items);
        let mut voices = voices(words, &items, &predicates, base);
        if voices.contains(&Voice::Told) {
            let named = told_by().map_or(Voice::Claimed(ClaimantKind::Other, None), |(kind, span)| {
                Voice::Claimed(kind, Some(span))
            });
            voices.iter_mut().filter(|voice| **voice == Voice::Told).for_each(|voice| *voice = named);
        }
        for voice in &mut voices {
            if let Voice::Claimed(kind @ ClaimantKind::Other, Some(name))
            | Voice::Denied(kind @ ClaimantKind::Other, Some(name)) = voice
                && let Some(known) = introduced(name.of(words.text))
            {
                *kind = known;
            }
        }
        let places = attach(words, &items, &predicates, locatives);
        let times = times(words, &items, &predicates, &dates, as_of);
        let own = |at: usize| whose(words, &items[predicates[at].item]);
        let whose = (0..predicates.len()).map(|at| match predicates.get(at + 1) {
            // "shelling they suffered": the verb behind the noun says whose.
            Some(next) if next.tie == Tie::Chain && matches!(next.what, What::Light(_)) => {
                own(at).with(own(at + 1))
            }
            _ => own(at),
        });
        let whose = whose.collect();
        let no_ground =
            (0..predicates.len()).map(|at| is_no_ground(words, &items, &predicates, at)).collect();
        Parse { items, predicates, voices, places, times, whose, no_ground, locatives }
    }

    /// Appends the claims of the sentence.
    pub(super) fn claims(&self, words: &Words, sentence: usize, found: &mut Vec<Claim>) {
        let start = found.len();
        for at in 0..self.predicates.len() {
            if let Some((verdict, sides, actor)) = self.reading(at) {
                for place in self.specific_places(words, at) {
                    for side in sides.each() {
                        let claim = self.claim(words, sentence, at, verdict, side, actor, place);
                        keep(found, start, claim);
                    }
                }
            }
        }
    }

    /// What predicate `at` comes to, if it is an action with a place that is not part of another.
    pub(super) fn reading(&self, at: usize) -> Option<(Verdict, Sides, Option<usize>)> {
        let predicate = &self.predicates[at];
        let What::Act(act, _) = predicate.what else {
            return None;
        };
        if self.places[at].is_empty()
            || self.no_ground[at]
            || self.is_descriptor(at)
            || !is_supported(&self.items, &self.predicates, at)
        {
            return None;
        }
        let (mut sides, mut doer) = actor(&self.items, &self.predicates, at);
        let mut act = act;
        let mut from = at;
        // "repelled Russian attacks near X": the place stands with the noun, the deed is the verb's.
        if predicate.tie == Tie::Chain
            && at > 0
            && let What::Act(ClaimType::Repelled, _) = self.predicates[at - 1].what
        {
            act = ClaimType::Repelled;
            from = at - 1;
            (sides, doer) = actor(&self.items, &self.predicates, from);
        }
        let mut turns = self.predicates[from].turns;
        if let Some(defender) = self.beaten_off(at) {
            (act, sides) = (ClaimType::Repelled, defender);
        }
        if let Some(defender) = self.stopped(at, sides) {
            (act, sides) = (ClaimType::Repelled, defender);
            turns = turns.without(Turns::PREVENT);
        }
        // A ministry that claims a seizure without a doer claims it for its own side.
        if sides.is_empty()
            && act.is_gain()
            && matches!(self.voices[from], Voice::Claimed(ClaimantKind::RuMod, _))
        {
            sides = Sides::of(Side::Ru);
        }
        if sides.is_empty() {
            sides = self.whose[from];
        }
        if sides.is_empty() {
            sides = self.object_of(from).opponent();
        }
        // "occupied X": held, by whoever the word names.
        let describes = matches!(predicate.what, What::Act(ClaimType::Seizure, Some(Form::Participle)));
        if describes && !predicate.passive && predicate.subject.is_none() {
            if self.whose[from].is_empty() {
                return None;
            }
            (act, sides) = (ClaimType::Control, self.whose[from]);
        }
        if act == ClaimType::Advance && self.predicates[from].passive {
            act = ClaimType::Withdrawal;
        }
        let tried = [Turns::UNSUCCESSFUL, Turns::ATTEMPT, Turns::FAIL].iter().any(|&turn| turns.has(turn));
        if turns.has(Turns::PURPOSE) && act != ClaimType::Strike && !tried {
            turns.add(Turns::PLAN);
        }
        let aerial = party(&self.items, doer).is_some_and(|party| party.aerial);
        if act == ClaimType::Attack && aerial {
            act = ClaimType::Strike;
        }
        let verdict = verdict(act, turns, self.voices[from]);
        self.is_claim(from, verdict, sides, doer).then_some((verdict, sides, doer))
    }

    /// Whether an action is one of the war: nobody's deeds are fighting, what is said not to have happened, and
    /// what was done to a place.
    fn is_claim(&self, at: usize, verdict: Verdict, sides: Sides, actor: Option<usize>) -> bool {
        let predicate = &self.predicates[at];
        let noun = matches!(predicate.what, What::Act(_, None));
        let acts = |item: Option<usize>| party(&self.items, item).is_some_and(|party| party.acts);
        if verdict.act == ClaimType::Seizure
            && !noun
            && (predicate.passive && acts(predicate.subject) || self.takes_people(at))
        {
            return false;
        }
        // Officials and residents enter and leave; they gain no ground.
        let civil = |party: Party| party.claimant.is_some() && !party.acts;
        if verdict.act.is_gain()
            && !noun
            && predicate.own_subject
            && party(&self.items, predicate.subject).is_some_and(civil)
        {
            return false;
        }
        if sides == Sides::of(Side::Other) {
            return verdict.act == ClaimType::Strike;
        }
        if !sides.is_empty() {
            return true;
        }
        match verdict.act {
            // "soldiers who had fought near X": says who they are.
            ClaimType::Clash | ClaimType::Presence if predicate.tie == Tie::Link(Link::Relative) => false,
            ClaimType::Clash => noun || acts(actor) || acts(predicate.subject),
            ClaimType::Strike => noun || acts(actor),
            ClaimType::Control | ClaimType::Seizure if predicate.passive => true,
            // "there is a gray zone": nobody's.
            ClaimType::Control if noun => {
                let own = &self.items[predicate.own..predicate.item];
                own.iter().any(|item| item.kind == Kind::Auxiliary(Auxiliary::Be))
            }
            ClaimType::Presence => acts(actor) || acts(predicate.subject),
            _ => noun && matches!(verdict.status, Status::Negated | Status::Denied),
        }
    }

    /// "captured 20 soldiers near X".
    fn takes_people(&self, at: usize) -> bool {
        let behind = self.predicates[at].item + 1;
        let behind = self.items.get(behind).filter(|_| self.predicates[at].subject != Some(behind));
        behind.is_some_and(
            |item| matches!(item.kind, Kind::Party(party) if party.acts && party.role != Some(Role::Doer)),
        )
    }

    /// "Russian attacks near X were repelled": who beat them off.
    fn beaten_off(&self, at: usize) -> Option<Sides> {
        let next = self.predicates.get(at + 1)?;
        let noun =
            matches!(self.predicates[at].what, What::Act(ClaimType::Attack | ClaimType::Advance, None));
        let repelled = matches!(next.what, What::Act(ClaimType::Repelled, Some(_)));
        let tied = next.tie == Tie::Chain && next.passive;
        (noun && repelled && tied).then(|| actor(&self.items, &self.predicates, at + 1).0)
    }

    /// "Drove the enemy back": to whom it is done, where case says so.
    fn object_of(&self, at: usize) -> Sides {
        let verb = self.predicates[at].item;
        let near = [verb.checked_sub(1), Some(verb + 1)].into_iter().flatten();
        let object = near.filter_map(|item| party(&self.items, self.items.get(item).map(|_| item)));
        let is_verb = !matches!(self.predicates[at].what, What::Act(_, None));
        let mut object = object.filter(|party| is_verb && party.role == Some(Role::Object));
        object.next().map_or(Sides::default(), |party| party.sides)
    }

    /// "Ukrainian forces stopped Russian advances": who stopped them.
    fn stopped(&self, at: usize, attacker: Sides) -> Option<Sides> {
        let predicate = &self.predicates[at];
        let What::Act(ClaimType::Advance | ClaimType::Attack | ClaimType::Entry, None) = predicate.what
        else {
            return None;
        };
        let own = self.items[predicate.own..predicate.item].iter();
        let mut defender = own.filter_map(|item| match item.kind {
            Kind::Party(party) => Some(party.sides),
            _ => None,
        });
        let defender = defender.next_back()?;
        // "They stopped 45 attacks": whose attacks is left unsaid.
        let unsaid = matches!(predicate.what, What::Act(ClaimType::Attack, None)) && defender == attacker;
        let stopped = unsaid || defender == attacker.opponent();
        (predicate.turns.has(Turns::PREVENT) && stopped && !attacker.is_empty()).then_some(defender)
    }

    /// "a brigade operating in the X direction reported": says who speaks, claims nothing.
    fn is_descriptor(&self, at: usize) -> bool {
        let predicate = &self.predicates[at];
        let Some(next) = self.predicates.get(at + 1) else {
            return false;
        };
        predicate.tie == Tie::First
            && matches!(predicate.what, What::Act(ClaimType::Presence | ClaimType::Control, Some(Form::Ing)))
            && matches!(next.what, What::Say(_))
            && next.tie == Tie::Chain
    }

    /// The places of predicate `at`; a river or road only where nothing more specific is named.
    fn specific_places<'w>(
        &'w self,
        words: &'w Words,
        at: usize,
    ) -> impl Iterator<Item = Attached> + use<'w, 'a> {
        let is_line = |place: &Attached| {
            let mention = self.locatives[place.locative].place - words.first_mention;
            matches!(words.class_of(mention), Some(PlaceClass::Water | PlaceClass::Road))
                || place.relation == Relation::Along
        };
        let is_country = |place: &Attached| {
            let mention = self.locatives[place.locative].place - words.first_mention;
            words.class_of(mention) == Some(PlaceClass::Country)
                && !matches!(place.relation, Relation::Part | Relation::Near | Relation::Along)
        };
        // "In the X direction they attacked near Y": what was put in front holds what follows.
        let verb = self.items[self.predicates[at].item].first;
        let in_front = move |place: &Attached| {
            words.token_at(self.locatives[place.locative].span.start) < verb && !place.shared
        };
        let is_wide = move |place: &Attached| {
            matches!(place.relation, Relation::Axis | Relation::Area | Relation::Part)
                && !matches!(place.relation, Relation::Part if !in_front(place))
        };
        let some_specific = self.places[at].iter().any(|place| !is_line(place));
        let some_narrow =
            self.places[at].iter().any(|place| !is_wide(place) && !is_line(place) && !in_front(place));
        self.places[at].iter().copied().filter(move |place| {
            let holds = some_narrow && is_wide(place) && in_front(place);
            !(some_specific && is_line(place) || is_country(place) || holds)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "each is one part of the claim")]
    fn claim(
        &self,
        words: &Words,
        sentence: usize,
        at: usize,
        verdict: Verdict,
        side: Side,
        actor: Option<usize>,
        place: Attached,
    ) -> Claim {
        let predicate = &self.predicates[at];
        let party = party(&self.items, actor);
        let span = |first: usize, end: usize| words.span(first, end);
        let item_span = |item: usize| span(self.items[item].first, self.items[item].end);
        let mut locative = self.locatives[place.locative].clone();
        if verdict.act == ClaimType::Withdrawal
            && locative.lead == Lead::From
            && place.relation == Relation::Near
        {
            locative.relation = Relation::In;
        } else if place.relation != locative.relation {
            locative.relation = place.relation;
            if !matches!(place.relation, Relation::Dir | Relation::Part) {
                locative.bearing = None;
            }
        }
        let (claimed_by_kind, claimed_by) =
            verdict.by.map_or((None, None), |(kind, span)| (Some(kind), span));
        Claim {
            sentence,
            trigger: item_span(predicate.item),
            claim_type: verdict.act,
            actor_side: side,
            actor: party.map(|party| span(party.first, party.end)),
            target_side: self.target(at, side).filter(|_| verdict.act != ClaimType::Presence),
            unit: party.and_then(|party| party.unit).map(|(first, end)| span(first, end)),
            status: verdict.status,
            claimed_by,
            claimed_by_kind,
            hedge: predicate.hedge.map(item_span),
            place: locative,
            when: self.times[at],
            repeat_of: None,
            confidence: self.confidence(at, place),
            grammar: self.grammar(at, place),
        }
    }

    /// The side to whom it is done, where the words of the action name the other side.
    fn target(&self, at: usize, side: Side) -> Option<Side> {
        let other = Sides::of(side).opponent();
        let mut first = at;
        while first > 0 && self.predicates[first].tie == Tie::Chain {
            first -= 1;
        }
        let mut end = at + 1;
        while self.predicates.get(end).is_some_and(|next| next.tie == Tie::Chain) {
            end += 1;
        }
        let end = self.predicates.get(end).map_or(self.items.len(), |next| next.own);
        let words = self.items.get(self.predicates[first].item + usize::from(first == at)..end)?;
        let named = words.iter().any(|item| match item.kind {
            Kind::Adjective(sides) => sides == other,
            Kind::Party(party) => party.sides == other && (party.acts || party.claimant.is_none()),
            _ => false,
        });
        (named && !other.is_empty()).then(|| other.each().next()).flatten()
    }

    /// How sure the reading is: lower for every step that was taken over from elsewhere in the sentence.
    fn confidence(&self, at: usize, place: Attached) -> f64 {
        let predicate = &self.predicates[at];
        let mut confidence = 0.95;
        if place.shared {
            confidence -= 0.15;
        }
        if predicate.subject.is_none() {
            confidence -= 0.1;
        }
        if predicate.passive {
            confidence -= 0.05;
        }
        confidence - 0.05 * (at.min(4) as f64)
    }

    /// The names of the pieces of grammar that made the claim.
    fn grammar(&self, at: usize, place: Attached) -> Vec<&'static str> {
        super::explain::pieces(&self.predicates[at], self.voices[at], place)
    }
}

/// Adds a claim to those of its sentence from `start` on, unless one says the same; what is said to have
/// happened, or not, counts more than what is only planned.
fn keep(found: &mut Vec<Claim>, start: usize, claim: Claim) {
    let open = |claim: &Claim| matches!(claim.status, Status::Planned | Status::Hypothetical);
    match found[start..].iter_mut().find(|known| is_same(known, &claim)) {
        Some(known) if open(known) && !open(&claim) => *known = claim,
        Some(_) => {}
        None => found.push(claim),
    }
}

/// The side whose action an item's words by themselves name.
fn whose(words: &Words, item: &Item) -> Sides {
    let over =
        words.cues.all.iter().filter(|cue| (cue.first as usize) < item.end && cue.end as usize > item.first);
    let sides = over.filter_map(|cue| match cue.sense {
        Sense::Whose(side) => Some(Sides::of(side)),
        _ => None,
    });
    sides.fold(Sides::default(), Sides::with)
}

/// Whether two claims of one sentence say the same.
fn is_same(a: &Claim, b: &Claim) -> bool {
    a.claim_type == b.claim_type && a.actor_side == b.actor_side && a.place.place == b.place.place
}

/// A label at the start of a sentence ("Unconfirmed claims:") is no part of what it says; one that names a
/// source ("General Staff: ...") says who speaks.
fn drop_label(words: &Words, items: &mut Vec<Item>) -> Option<Voice> {
    let colon = items.iter().take(6).position(|item| item.kind == Kind::Colon);
    if let Some(colon) = colon
        && items[..colon].iter().all(|item| !matches!(item.kind, Kind::Place(_)))
    {
        let source = items[..colon].iter().rev().find_map(|item| match item.kind {
            Kind::Party(party) if party.claimant.is_some() => Some(party),
            _ => None,
        });
        let says = items[..colon].iter().any(|item| matches!(item.kind, Kind::Say(_) | Kind::Act(..)));
        let source = source.filter(|_| !says);
        let voice = source.and_then(|source| {
            Some(Voice::Claimed(source.kind()?, Some(words.span(source.first, source.end))))
        });
        items.drain(..=colon);
        return voice;
    }
    None
}
