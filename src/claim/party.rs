//! Who stands in a sentence: a [`Party`] is a noun phrase of people who act, say or show something
//! ("elements of the Russian 9th Motorized Rifle Regiment", "a Russian milblogger", "geolocated footage").
//! Whether it acts or says is decided by the verb behind it, in `predicate`.

use super::item::{Item, Kind};
use super::{ClaimantKind, Side};
use crate::lexicon::{Claimant, Class, ClassSet, Cue, Evidence, Filler, Pronoun, Role, Sense};
use crate::mention::{MentionKind, Words};

/// A noun phrase that can act or say, over the tokens from `first` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Party {
    pub(super) first: usize,
    pub(super) end: usize,
    /// The sides that its words name.
    pub(super) sides: Sides,
    /// Of these, those that its first word of side names: of two sources the first counts.
    pub(super) leading: Sides,
    /// It has people who act in it, not only sources and footage.
    pub(super) acts: bool,
    /// Its words are of drones and missiles.
    pub(super) aerial: bool,
    /// The most telling source word in it.
    pub(super) claimant: Option<Claimant>,
    /// What it shows.
    pub(super) evidence: Option<Evidence>,
    /// The tokens of a unit's name in it.
    pub(super) unit: Option<(usize, usize)>,
    /// It stands for somebody named before ("they").
    pub(super) pronoun: bool,
    /// What the ending of its first head word lets it be in the clause.
    pub(super) role: Option<Role>,
}

/// A set of sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides(u8);

impl Sides {
    /// The set of one side; unknown is the empty set.
    pub(super) fn of(side: Side) -> Sides {
        match side {
            Side::Ru => Sides(1),
            Side::Ua => Sides(2),
            Side::Other => Sides(4),
            Side::Unknown => Sides(0),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn with(self, other: Sides) -> Sides {
        Sides(self.0 | other.0)
    }

    pub(super) fn has(self, side: Side) -> bool {
        self.0 & Sides::of(side).0 != 0
    }

    /// The sides in order, [`Side::Unknown`] for the empty set.
    pub(super) fn each(self) -> impl Iterator<Item = Side> {
        let named = [Side::Ru, Side::Ua, Side::Other].into_iter().filter(move |&side| self.has(side));
        let unknown = self.is_empty().then_some(Side::Unknown);
        named.chain(unknown)
    }

    /// The other of the two sides at war, if the set is one of them.
    pub(super) fn opponent(self) -> Sides {
        match self.0 {
            1 => Sides(2),
            2 => Sides(1),
            _ => Sides(0),
        }
    }
}

/// What begins at a token: a party, or only words that give what follows a side ("Russian attacks").
pub(super) enum Begins {
    Party(Party),
    Adjective(Sides, usize),
}

/// The party, or the side words, that begin at token `at`.
pub(super) fn begins(words: &Words, at: usize) -> Option<Begins> {
    let mut reader = Reader::new(words, at);
    if !reader.step_head() {
        return None;
    }
    while reader.step() {}
    let mut party = reader.solid.unwrap_or(reader.party);
    if party.acts && party.sides.is_empty() {
        party.take_side(sides_of_parents(words, &party));
    }
    let is_party = party.acts || party.claimant.is_some() || party.evidence.is_some() || party.pronoun;
    match (is_party, party.sides.is_empty()) {
        (true, _) => Some(Begins::Party(party)),
        (false, false) => Some(Begins::Adjective(party.sides, party.end)),
        (false, true) => None,
    }
}

/// "elements of the 9th Brigade (8th Combined Arms Army)": the side that the parents of a unit name, in the
/// parentheses within the party and right behind it.
fn sides_of_parents(words: &Words, party: &Party) -> Sides {
    let behind = |at: usize| matches!(words.word(at), "(" | "[").then(|| close_of(words, at)).flatten();
    let end = behind(party.end).unwrap_or(party.end);
    let named = (party.first..end).filter_map(|at| {
        words.sense_at(at, |sense| match sense {
            Sense::Side(side) => Some(Sides::of(side)),
            _ => None,
        })
    });
    named.map(|(sides, _)| sides).find(|sides| !sides.is_empty()).unwrap_or_default()
}

/// The classes of the words that can stand in a party by themselves.
const HEADS: ClassSet = ClassSet::of(&[
    Class::Side,
    Class::Actor,
    Class::Force,
    Class::Aerial,
    Class::Unit,
    Class::Claimant,
    Class::Evidence,
    Class::Pronoun,
    Class::Title,
]);

/// The classes of the words that no party passes over.
const LOUD: ClassSet = ClassSet::of(&[
    Class::Verb,
    Class::Say,
    Class::Light,
    Class::Inert,
    Class::Link,
    Class::Auxiliary,
    Class::Mood,
    Class::Preposition,
    Class::Noun,
]);

/// Reads a party from left to right.
struct Reader<'w, 'a> {
    words: &'w Words<'a>,
    at: usize,
    party: Party,
    /// The party up to its last word that acts, says or shows: side words behind it belong to what follows.
    solid: Option<Party>,
}

impl<'w, 'a> Reader<'w, 'a> {
    fn new(words: &'w Words<'a>, at: usize) -> Reader<'w, 'a> {
        Reader { words, at, party: Party::empty(at), solid: None }
    }

    /// Takes a word that can stand in a party by itself.
    fn step_head(&mut self) -> bool {
        if !self.words.is_any(self.at, HEADS) {
            return false;
        }
        let cues = self.words.cues_at(self.at);
        let action = cues.iter().filter(|cue| matches!(cue.sense, Sense::Noun(_))).map(|cue| cue.end).max();
        let mut end = 0;
        let (mut taken, mut heads) = (false, false);
        let first_head = !self.party.has_head();
        // The side first: "Mechanized Brigade" is one and a unit.
        let sides = cues.iter().filter(|cue| matches!(cue.sense, Sense::Side(_)));
        let others = cues.iter().filter(|cue| !matches!(cue.sense, Sense::Side(_)));
        for cue in sides.chain(others) {
            let longer_action = action.is_some_and(|action| action > cue.end);
            if longer_action || !self.take(cue.sense, cue.end as usize) {
                continue;
            }
            heads |= !matches!(cue.sense, Sense::Side(_));
            taken = true;
            end = end.max(cue.end as usize);
        }
        if let Some(side) = self.metonym() {
            self.party.take_side(side);
            (taken, heads) = (true, self.party.acts || heads);
            end = end.max(self.at + 1);
        }
        if taken {
            self.at = end;
            self.party.end = end;
            if heads {
                if first_head {
                    self.party.role = role_at(cues, end);
                }
                self.solid = Some(self.party);
            }
        }
        taken
    }

    fn take(&mut self, sense: Sense, end: usize) -> bool {
        let party = &mut self.party;
        match sense {
            Sense::Side(side) => party.take_side(Sides::of(side)),
            Sense::Actor(side) => {
                party.take_side(Sides::of(side));
                party.acts = true;
            }
            Sense::Force => party.acts = true,
            Sense::Aerial => (party.acts, party.aerial) = (true, true),
            Sense::Unit if party.end > party.first || !party.sides.is_empty() => {
                party.acts = true;
                party.unit = Some((party.unit.map_or(party.first, |unit| unit.0), end));
            }
            Sense::Claimant(claimant) => {
                party.claimant = Some(party.claimant.map_or(claimant, |known| telling(known, claimant)));
            }
            Sense::Evidence(evidence) => {
                party.evidence = Some(party.evidence.map_or(evidence, |known| known.min(evidence)));
            }
            Sense::Pronoun(Pronoun::Actor) if party.end == party.first => party.pronoun = true,
            Sense::Title if party.end > party.first => {}
            _ => return false,
        }
        true
    }

    /// The side of a state that stands for its forces ("Russia", "Kyiv").
    fn metonym(&self) -> Option<Sides> {
        let (side, _) = self.words.sense_at(self.at, |sense| match sense {
            Sense::Actor(side) => Some(Sides::of(side)),
            _ => None,
        })?;
        let start = self.words.tokens.get(self.at)?.span.start;
        let mention = self.words.mentions.iter().find(|mention| mention.span.start == start)?;
        (mention.kind == MentionKind::Metonym).then_some(side)
    }

    /// Takes the next part of the phrase, if it goes on.
    fn step(&mut self) -> bool {
        if self.at >= self.words.tokens.len() || self.party.pronoun {
            return false;
        }
        if self.is_place(self.at) {
            return false;
        }
        let before = self.at;
        if !self.acts_next() && self.step_head() {
            return true;
        }
        self.at = before;
        let Some(next) = self.over_joint() else {
            return false;
        };
        self.at = next;
        let ok = !self.is_place(next) && !self.acts_next() && self.step_head();
        if !ok {
            self.at = before;
        }
        ok
    }

    /// Whether a verb stands here: the phrase before it is complete.
    fn acts_next(&self) -> bool {
        let cues = self.words.cues_at(self.at);
        let longest = |class: fn(Sense) -> bool| {
            cues.iter().filter(|cue| class(cue.sense)).map(|cue| cue.end).max().unwrap_or(0)
        };
        let head = longest(|sense| is_head_sense(sense) && sense != Sense::Title);
        let action = longest(|sense| {
            matches!(sense, Sense::Verb(..) | Sense::Noun(_) | Sense::Say(_) | Sense::Light(_))
        });
        action > head || (action > 0 && action == head && self.party.acts)
    }

    /// Over words that may stand inside the phrase, to the head word that follows them.
    fn over_joint(&self) -> Option<usize> {
        let words = self.words;
        let mut at = self.at;
        let mut unknown = 0;
        for _ in 0..14 {
            let token = *words.tokens.get(at)?;
            let word = words.word(at);
            if self.is_place(at) {
                return None;
            }
            if at > self.at && is_head(words, at) {
                return Some(at);
            }
            if matches!(word, "(" | "[") {
                at = close_of(words, at)? + 1;
                continue;
            }
            let joins = matches!(word, "-" | "–" | "/" | "’" | "'" | "“" | "”" | "\"")
                || words.is(at, Class::Preposition) && self.is_of(at)
                || words.is(at, Class::Filler) && !self.is_adverb(at)
                || self.is_and(at);
            let name =
                !token.is_word() && !matches!(word, "," | ";" | ":" | "." | "(" | ")") || token.is_capital();
            if joins || (name && !matches!(word, "," | ";" | ":" | ".")) {
                at += 1;
            } else if token.is_word() && unknown < 2 && !words.is_any(at, LOUD) {
                unknown += 1;
                at += 1;
            } else {
                return None;
            }
        }
        None
    }

    fn is_of(&self, at: usize) -> bool {
        let of = |sense| (sense == Sense::Preposition(crate::lexicon::Preposition::Of)).then_some(());
        self.words.sense_at(at, of).is_some()
    }

    /// "and" between two members that both are parties ("Ukrainian and Russian forces").
    fn is_and(&self, at: usize) -> bool {
        let and = |sense| {
            matches!(sense, Sense::Link(crate::lexicon::Link::And | crate::lexicon::Link::Or)).then_some(())
        };
        self.words.sense_at(at, and).is_some()
    }

    fn is_adverb(&self, at: usize) -> bool {
        let adverb = |sense| (sense == Sense::Filler(Filler::Adverb)).then_some(());
        self.words.sense_at(at, adverb).is_some()
    }

    /// Whether a place is named here, other than one that stands for a side.
    fn is_place(&self, at: usize) -> bool {
        let mut here = self.words.mentions_over(at).iter();
        here.any(|mention| matches!(mention.kind, MentionKind::Literal | MentionKind::Sector))
    }
}

/// What the ending of a head word up to token `end` lets it be.
fn role_at(cues: &[Cue], end: usize) -> Option<Role> {
    cues.iter().filter(|cue| cue.end as usize == end).find_map(|cue| match cue.sense {
        Sense::Role(role) => Some(role),
        _ => None,
    })
}

/// Whether a head word of a party begins at token `at`.
fn is_head(words: &Words, at: usize) -> bool {
    words.sense_at(at, |sense| is_head_sense(sense).then_some(())).is_some()
}

/// Whether a sense is one that makes a party.
fn is_head_sense(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Side(_)
            | Sense::Force
            | Sense::Actor(_)
            | Sense::Unit
            | Sense::Claimant(_)
            | Sense::Evidence(_)
            | Sense::Title
    )
}

/// The mark that closes the parenthesis that opens at token `open`.
pub(super) fn close_of(words: &Words, open: usize) -> Option<usize> {
    let mut depth = 0;
    for at in open..words.tokens.len() {
        match words.word(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Of two source words in one phrase, the one that says more.
fn telling(a: Claimant, b: Claimant) -> Claimant {
    let general = |claimant| {
        matches!(
            claimant,
            Claimant::Official
                | Claimant::Source
                | Claimant::Other
                | Claimant::Ministry
                | Claimant::GeneralStaff
        )
    };
    // "military sources": the sources count.
    let official = matches!(a, Claimant::Official | Claimant::UaOfficial | Claimant::RuOfficial);
    if general(a) && !general(b) || official && b == Claimant::Source { b } else { a }
}

/// The party or the side words of an item as who says something: what sort of source, and its tokens.
pub(super) fn source(item: &Item) -> Option<(ClaimantKind, (usize, usize))> {
    match item.kind {
        Kind::Party(party) => Some((party.kind()?, (party.first, party.end))),
        Kind::Adjective(sides) => {
            let kind = if sides.has(Side::Ru) { ClaimantKind::RuOfficial } else { ClaimantKind::UaOfficial };
            Some((kind, (item.first, item.end)))
        }
        _ => None,
    }
}

impl Party {
    /// Somebody of whom only the name at token `at` is known.
    pub(super) fn named(at: usize) -> Party {
        Party { end: at + 1, claimant: Some(Claimant::Other), ..Party::empty(at) }
    }

    fn empty(at: usize) -> Party {
        Party {
            first: at,
            end: at,
            sides: Sides::default(),
            leading: Sides::default(),
            acts: false,
            aerial: false,
            claimant: None,
            evidence: None,
            unit: None,
            pronoun: false,
            role: None,
        }
    }

    /// What sort of source it is; none for the narrator.
    pub(super) fn kind(&self) -> Option<ClaimantKind> {
        let (ru, ua) = (self.leading.has(Side::Ru), self.leading.has(Side::Ua));
        let other = self.sides.has(Side::Other);
        Some(match self.claimant {
            None if ru => ClaimantKind::RuOfficial,
            None if ua => ClaimantKind::UaOfficial,
            None => ClaimantKind::Other,
            Some(claimant) => match claimant {
                Claimant::Narrator => return None,
                // "Russian and Ukrainian sources".
                Claimant::UaSource if ru => ClaimantKind::RuSource,
                Claimant::RuSource if ua => ClaimantKind::UaSource,
                // "the Ukrainian Kharkiv Group of Forces".
                Claimant::RuOfficial if self.sides == Sides::of(Side::Ua) => ClaimantKind::UaOfficial,
                Claimant::Ministry if ru => ClaimantKind::RuMod,
                Claimant::GeneralStaff | Claimant::Official if ru => ClaimantKind::RuOfficial,
                Claimant::Ministry | Claimant::Official if other && !ua => ClaimantKind::UsEuOfficial,
                Claimant::GeneralStaff => ClaimantKind::UaGeneralStaff,
                Claimant::Ministry | Claimant::Official => ClaimantKind::UaOfficial,
                Claimant::Source if ru => ClaimantKind::RuSource,
                Claimant::Source if ua => ClaimantKind::UaSource,
                Claimant::Source | Claimant::Other => ClaimantKind::Other,
                Claimant::RuMod => ClaimantKind::RuMod,
                Claimant::RuOfficial => ClaimantKind::RuOfficial,
                Claimant::Milblogger => ClaimantKind::Milblogger,
                Claimant::RuSource => ClaimantKind::RuSource,
                Claimant::UaGeneralStaff => ClaimantKind::UaGeneralStaff,
                Claimant::UaOfficial => ClaimantKind::UaOfficial,
                Claimant::UaSource => ClaimantKind::UaSource,
                Claimant::UsEuOfficial => ClaimantKind::UsEuOfficial,
                Claimant::Media => ClaimantKind::Media,
            },
        })
    }

    fn take_side(&mut self, side: Sides) {
        if self.sides.is_empty() {
            self.leading = side;
        }
        self.sides = self.sides.with(side);
    }

    /// Whether it has a word that acts, says or shows.
    fn has_head(&self) -> bool {
        self.acts || self.claimant.is_some() || self.evidence.is_some()
    }

    /// Whether its form lets it be who acts.
    pub(super) fn can_act(&self) -> bool {
        !matches!(self.role, Some(Role::Object | Role::Doer))
    }

    /// Whether it is the narrator ("ISW").
    pub(super) fn is_narrator(&self) -> bool {
        self.claimant == Some(Claimant::Narrator)
    }
}
