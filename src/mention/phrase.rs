//! A place phrase in the making: the name, and what the words before it make of it ("5 km north of", "in western").
//! The words behind the name are `gloss`'s; what neighbouring phrases make of each other is `anchor`'s.

use super::atom::{
    Atom, Kind, aside_between, back_over_joints, back_over_quiet, distance_before, is_direction_before,
};
use super::{Anchor, Lead, Locative, MentionKind, Relation, Words};
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Bearing, Preposition, Sector, Shape};

/// A place phrase in the making.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The sentence's mention.
    pub(super) mention: usize,
    /// First atom, the mention's own atom, and one past the last atom.
    pub(super) first: usize,
    pub(super) name: usize,
    pub(super) end: usize,
    pub(super) relation: Relation,
    pub(super) bearing: Option<Bearing>,
    pub(super) distance_km: Option<f64>,
    pub(super) anchor: Option<Anchor>,
    pub(super) lead: Lead,
    /// It goes on a list that the phrase before began, without words of its own.
    pub(super) continues: bool,
    /// It is a place of its own, no container or anchor.
    pub(super) keep: bool,
}

impl Phrase {
    pub(super) fn holds(&self, atom: usize) -> bool {
        self.name < atom && atom < self.end
    }

    pub(super) fn locative(&self, words: &Words, atoms: &[Atom]) -> Locative {
        let (first, last) = (atoms[self.first].first, atoms[self.end - 1].end);
        Locative {
            place: words.first_mention + self.mention,
            relation: self.relation,
            bearing: self.bearing,
            distance_km: self.distance_km,
            anchor: self.anchor,
            lead: self.lead,
            continues: self.continues,
            span: words.span(first, last).cover(words.mentions[self.mention].span),
        }
    }
}

/// The phrase of the mention at atom `name`, by the words before it.
pub(super) fn phrase_of(
    words: &Words,
    atoms: &[Atom],
    name: usize,
    mention: usize,
    before: &[Phrase],
) -> Phrase {
    let mut phrase = Phrase {
        mention,
        first: name,
        name,
        end: name + 1,
        relation: Relation::In,
        bearing: None,
        distance_km: None,
        anchor: None,
        lead: Lead::Bare,
        continues: false,
        keep: true,
    };
    lead_in(atoms, &mut phrase, before);
    let class = words.class_of(mention);
    // "in northern Sumy and Kharkiv oblasts": the part is that of both.
    let last = before.last().filter(|last| {
        phrase.continues && phrase.relation == Relation::In && last.relation == Relation::Part
    });
    if let Some(last) =
        last.filter(|last| class.is_some_and(PlaceClass::is_unit) && words.class_of(last.mention) == class)
    {
        (phrase.relation, phrase.bearing) = (Relation::Part, last.bearing);
    }
    if phrase.relation == Relation::In && class.is_some_and(PlaceClass::is_unit) {
        phrase.relation = Relation::Area;
    }
    if words.mentions[mention].kind == MentionKind::Sector
        && !matches!(phrase.relation, Relation::Axis | Relation::Area)
    {
        phrase.relation = Relation::Axis;
        phrase.bearing = None;
    }
    phrase
}

/// Reads the words before the name, backwards.
fn lead_in(atoms: &[Atom], phrase: &mut Phrase, before: &[Phrase]) {
    let mut at = back_over_quiet(atoms, phrase.name);
    // "northern and central X", "left bank X"
    let mut part = None;
    while at > 0 {
        match atoms[at - 1].kind {
            Kind::Direction(bearing, Shape::Offset) if part.is_none() => {
                offset(atoms, phrase, at - 1, bearing);
                return;
            }
            Kind::Direction(bearing, shape) if shape != Shape::Adverb => {
                part = Some((Relation::Part, bearing));
                at = back_over_quiet(atoms, at - 1);
            }
            Kind::Part(relation) if part.is_none() => {
                part = Some((relation, None));
                at = back_over_quiet(atoms, at - 1);
            }
            Kind::Close if part.is_some() => match aside_between(atoms, at - 1) {
                Some(open) => at = open,
                None => break,
            },
            Kind::Joint | Kind::Comma if part.is_some() && is_direction_before(atoms, at - 1) => {
                at = back_over_joints(atoms, at);
            }
            _ => break,
        }
    }
    if let Some((relation, bearing)) = part {
        phrase.relation = relation;
        phrase.bearing = bearing;
        phrase.first = at;
    }
    preposition(atoms, phrase, at, part.is_some(), before);
}

/// Reads "5 km further north than X": the word at atom `at` is its own preposition.
fn offset(atoms: &[Atom], phrase: &mut Phrase, at: usize, bearing: Option<Bearing>) {
    phrase.relation = Relation::Dir;
    phrase.bearing = bearing;
    phrase.lead = Lead::Preposition;
    phrase.first = at;
    if let Some((km, first)) = distance_before(atoms, at) {
        phrase.distance_km = Some(km);
        phrase.first = first;
    }
}

/// Reads the preposition that ends before atom `at`, or the list that the phrase goes on.
fn preposition(atoms: &[Atom], phrase: &mut Phrase, at: usize, has_part: bool, before: &[Phrase]) {
    if at == 0 {
        return;
    }
    match atoms[at - 1].kind {
        Kind::Preposition(Preposition::Of) => after_of(atoms, phrase, at - 1, before),
        // "north from X" is "north of X".
        Kind::Preposition(Preposition::From)
            if at >= 2 && matches!(atoms[at - 2].kind, Kind::Direction(_, Shape::Noun)) =>
        {
            after_of(atoms, phrase, at - 1, before);
        }
        Kind::Preposition(preposition) => {
            phrase.first = at - 1;
            phrase.lead = lead_of(preposition);
            if !has_part {
                phrase.relation = relation_of(preposition);
            } else if preposition == Preposition::Toward {
                phrase.relation = Relation::Toward;
                phrase.bearing = None;
            }
        }
        Kind::Joint | Kind::Comma | Kind::Semicolon | Kind::Dash => {
            let joint = back_over_unknown(atoms, back_over_joints(atoms, at));
            if joint > 0
                && let Kind::Preposition(preposition) = atoms[joint - 1].kind
            {
                // "in Unknown, X": the first of the list is a name that no table has.
                phrase.lead = lead_of(preposition);
                if !has_part {
                    phrase.relation = relation_of(preposition);
                }
            } else if let Some(last) = before.last().filter(|last| last.name < joint && joint <= last.end) {
                phrase.lead = last.lead;
                phrase.continues = true;
                if !has_part {
                    phrase.relation =
                        if last.relation == Relation::Part { Relation::In } else { last.relation };
                    phrase.bearing = (last.relation == Relation::Dir).then_some(last.bearing).flatten();
                    phrase.distance_km = None;
                }
                if !matches!(atoms[at - 1].kind, Kind::Semicolon) {
                    phrase.anchor = last.anchor.filter(|anchor| !anchor.gloss);
                }
            }
        }
        _ => {}
    }
}

/// Skips list members before atom `at` that are names no table has.
fn back_over_unknown(atoms: &[Atom], mut at: usize) -> usize {
    const LONGEST: usize = 3;
    loop {
        let names = atoms[..at].iter().rev().take_while(|atom| atom.kind == Kind::Unknown).count();
        let Some(before) = at.checked_sub(names + 1).filter(|_| (1..=LONGEST).contains(&names)) else {
            return at;
        };
        match atoms[before].kind {
            Kind::Comma | Kind::Joint => at = back_over_joints(atoms, before + 1),
            Kind::Preposition(_) => return before + 1,
            _ => return at,
        }
    }
}

/// Reads what stands before "of": "north and west of", "5 km south of", "outskirts of", "seizure of".
fn after_of(atoms: &[Atom], phrase: &mut Phrase, of: usize, before: &[Phrase]) {
    let mut at = back_over_quiet(atoms, of);
    phrase.lead = Lead::Of;
    let mut relation = None;
    while at > 0 {
        match atoms[at - 1].kind {
            Kind::Direction(bearing, shape) => {
                if relation.is_none() {
                    relation = Some(if shape == Shape::Noun { Relation::Dir } else { Relation::Part });
                }
                if matches!(relation, Some(Relation::Near | Relation::In)) {
                    relation = Some(Relation::Part);
                }
                phrase.bearing = bearing;
                at = back_over_quiet(atoms, at - 1);
            }
            Kind::Sector(Sector::Area) if relation.is_none() => {
                relation = Some(Relation::Area);
                at = back_over_quiet(atoms, at - 1);
            }
            Kind::Part(part) if relation.is_none() => {
                relation = Some(part);
                at = back_over_quiet(atoms, at - 1);
            }
            Kind::Close if relation.is_some() => match aside_between(atoms, at - 1) {
                Some(open) => at = open,
                None => break,
            },
            Kind::Joint | Kind::Comma if relation.is_some() && is_direction_before(atoms, at - 1) => {
                at = back_over_joints(atoms, at);
            }
            _ => break,
        }
    }
    let Some(relation) = relation else {
        if let Some((km, first)) = distance_before(atoms, at) {
            within_distance(atoms, phrase, km, first);
        }
        return;
    };
    phrase.relation = relation;
    phrase.first = at;
    if let Some((km, first)) = distance_before(atoms, at) {
        phrase.distance_km = Some(km);
        phrase.first = first;
        at = first;
    }
    phrase.lead = Lead::Preposition;
    if at > 0 && atoms[at - 1].kind == Kind::Preposition(Preposition::Of) {
        // "within 12 kilometers of the outskirts of X".
        if let Some((km, first)) = distance_before(atoms, at - 1) {
            within_distance(atoms, phrase, km, first);
            return;
        }
    }
    if at > 0
        && let Kind::Preposition(preposition) = atoms[at - 1].kind
    {
        phrase.first = at - 1;
        phrase.lead = lead_of(preposition);
        if preposition == Preposition::Toward {
            phrase.relation = Relation::Toward;
            phrase.bearing = None;
        }
    } else if at > 0 && phrase.relation != Relation::Dir && relation != Relation::Near {
        phrase.lead = Lead::Bare;
        if matches!(atoms[at - 1].kind, Kind::Joint | Kind::Comma)
            && let Some(last) = before.last().filter(|last| last.end == back_over_joints(atoms, at))
        {
            phrase.lead = last.lead;
        }
    }
}

/// Reads what stands before "12 kilometers of X": near it.
fn within_distance(atoms: &[Atom], phrase: &mut Phrase, km: f64, first: usize) {
    let led = first > 0 && matches!(atoms[first - 1].kind, Kind::Preposition(_));
    phrase.first = if led { first - 1 } else { first };
    phrase.relation = Relation::Near;
    phrase.bearing = None;
    phrase.distance_km = Some(km);
    phrase.lead = Lead::Preposition;
}

/// The relation that a preposition alone makes.
fn relation_of(preposition: Preposition) -> Relation {
    match preposition {
        Preposition::Near | Preposition::From | Preposition::Outside => Relation::Near,
        Preposition::Toward | Preposition::To => Relation::Toward,
        Preposition::Between => Relation::Between,
        Preposition::Along => Relation::Along,
        Preposition::In
        | Preposition::Into
        | Preposition::On
        | Preposition::Of
        | Preposition::By
        | Preposition::Through
        | Preposition::Other => Relation::In,
    }
}

fn lead_of(preposition: Preposition) -> Lead {
    match preposition {
        Preposition::From => Lead::From,
        Preposition::To => Lead::To,
        Preposition::On => Lead::On,
        Preposition::Of => Lead::Of,
        Preposition::Other | Preposition::By => Lead::Aside,
        _ => Lead::Preposition,
    }
}

/// Drops phrase `last` and what it continues as places of their own.
pub(super) fn drop_list(phrases: &mut [Phrase], last: usize) {
    let mut at = last;
    phrases[at].keep = false;
    while phrases[at].continues && at > 0 {
        at -= 1;
        phrases[at].keep = false;
    }
}

pub(super) fn is_container(words: &Words, phrase: &Phrase) -> bool {
    matches!(phrase.relation, Relation::Area | Relation::Part)
        && words.class_of(phrase.mention).is_some_and(PlaceClass::is_unit)
}

/// Whether a phrase names a spot that another can lie in a direction from.
pub(super) fn is_spot(words: &Words, phrase: &Phrase) -> bool {
    narrower(words, phrase)
        && !is_line(words, phrase)
        && phrase.anchor.is_none()
        && matches!(phrase.relation, Relation::In | Relation::Near | Relation::Toward)
        && phrase.keep
}

/// A river or a road: what stands behind it is more specific.
pub(super) fn is_line(words: &Words, phrase: &Phrase) -> bool {
    let class = words.class_of(phrase.mention);
    matches!(class, Some(PlaceClass::Water | PlaceClass::Road))
}

pub(super) fn narrower(words: &Words, phrase: &Phrase) -> bool {
    !words.class_of(phrase.mention).is_some_and(PlaceClass::is_unit)
}
