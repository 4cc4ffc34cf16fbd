//! The trained recogniser of general news: which capitalised words begin or go on a place's name ([`Tagger`]).
//! A linear model over hand-made features, decoded from left to right; `fit` trains it, `news` makes mentions of its tags.

use super::line::Line;
use super::place_words::Role;
use crate::document::Span;
use crate::gazetteer::{Gazetteer, NameHit, PlaceClass};
use crate::text::TokenKind;
use std::collections::HashSet;

/// The model as shipped.
static SHIPPED: &[u8] = include_bytes!("../../gazetteer/recogniser.bin");

/// How many places for weights the model has; features share them by hash.
pub const SLOTS: usize = 1 << 16;
/// How many tags there are.
pub const TAGS: usize = 3;

/// What a unit is to a place's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Tag {
    /// No part of one.
    #[default]
    Out,
    /// Its first word.
    Begin,
    /// A further word.
    Inside,
}

impl Tag {
    /// All, in the order of their weights.
    pub const ALL: [Tag; TAGS] = [Tag::Out, Tag::Begin, Tag::Inside];
}

/// The weights: for each slot one a tag.
#[derive(Clone, Debug)]
pub struct Tagger {
    weights: std::borrow::Cow<'static, [u8]>,
}

impl Tagger {
    /// The model that comes with the program.
    pub fn shipped() -> Tagger {
        Tagger { weights: SHIPPED.into() }
    }

    /// A model from its weights, slot by slot.
    ///
    /// # Panics
    /// When there are not [`SLOTS`] times [`TAGS`] of them.
    pub fn from_weights(weights: &[i8]) -> Tagger {
        assert_eq!(weights.len(), SLOTS * TAGS, "one weight a slot and tag");
        Tagger { weights: weights.iter().map(|weight| weight.cast_unsigned()).collect() }
    }

    /// The bytes of its file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.weights
    }

    /// The tags of a sentence's units.
    pub fn tags(&self, units: &[Unit]) -> Vec<Tag> {
        let mut tags = vec![Tag::Out; units.len()];
        let mut features = Vec::with_capacity(40);
        for at in 0..units.len() {
            if units[at].may_name {
                features.clear();
                features_of(units, at, before(&tags, at), &mut features);
                tags[at] = best(self.scores(&features), before(&tags, at)[0]);
            }
        }
        tags
    }

    fn scores(&self, features: &[u32]) -> [i32; TAGS] {
        let mut scores = [0; TAGS];
        for &slot in features {
            for (tag, score) in scores.iter_mut().enumerate() {
                let weight = self.weights.get(slot as usize * TAGS + tag).copied().unwrap_or(0);
                *score += i32::from(weight.cast_signed());
            }
        }
        scores
    }
}

/// The tag with the greatest score that may follow `last`.
pub fn best<T: PartialOrd + Copy>(scores: [T; TAGS], last: Tag) -> Tag {
    let mut best = Tag::Out;
    for tag in [Tag::Begin, Tag::Inside] {
        let allowed = tag != Tag::Inside || last != Tag::Out;
        if allowed && scores[tag as usize] > scores[best as usize] {
            best = tag;
        }
    }
    best
}

/// The two tags before a unit, the last first.
pub fn before(tags: &[Tag], at: usize) -> [Tag; 2] {
    let tag = |back: usize| at.checked_sub(back).map_or(Tag::Out, |at| tags[at]);
    [tag(1), tag(2)]
}

/// One word as the recogniser sees it; "U.S." and "Ky." are one.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Where it stands.
    pub span: Span,
    /// First and one past the last of its tokens in the sentence.
    pub tokens: (usize, usize),
    /// Whether a place's name may hold it: it has a capital, or stands inside a name of the gazetteer.
    pub may_name: bool,
    /// Hash of its letters in lower case.
    word: u32,
    /// Hash of its first three letters, and of its last three.
    ends: [u32; 2],
    /// Capitals, digits and marks, as bits.
    shape: u32,
    /// What the tables say of it, as bits.
    roles: u32,
    /// What the gazetteer has of the name that it begins or goes on.
    known: u32,
    /// What the rest of the document says of it.
    document: u32,
}

/// What a whole document says of its words.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Words that occur in small letters.
    small: HashSet<u32>,
    /// Words that stand behind a given name or title somewhere.
    persons: HashSet<u32>,
    /// Words that stand behind a locative word somewhere.
    located: HashSet<u32>,
}

impl Usage {
    /// Takes in a sentence.
    pub fn read(&mut self, line: &Line) {
        for at in 0..line.tokens.len() {
            let Some(word) = line.word(at) else { continue };
            match line.tokens[at].kind {
                TokenKind::Word { capital: false, .. } => {
                    self.small.insert(hash_lower(word));
                }
                TokenKind::Word { capital: true, .. } if at > 0 => {
                    if line.is_before(at, Role::Given) || line.is_before(at, Role::PersonTitle) {
                        self.persons.insert(hash_lower(word));
                    } else if line.is_before(at, Role::StrongLocative) {
                        self.located.insert(hash_lower(word));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A name that the scan found, for the units' eyes.
pub(super) struct Known<'a> {
    pub tokens: (usize, usize),
    pub hits: &'a [NameHit],
}

/// The units of a sentence.
pub(super) fn units(line: &Line, names: &[Known], usage: &Usage, gazetteer: &Gazetteer) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(line.tokens.len());
    let mut at = 0;
    while at < line.tokens.len() {
        let end = unit_end(line, at);
        let span =
            Span::new(line.tokens[at].span.start, line.span(at, end).end.max(line.tokens[at].span.start));
        units.push(unit(line, at, end, span, usage));
        at = end;
    }
    for name in names {
        let bits = known_bits(name.hits, gazetteer);
        let (first, end) = name.tokens;
        let length = (end - first).min(3) as u32;
        for unit in units.iter_mut().filter(|unit| unit.tokens.0 < end && first < unit.tokens.1) {
            let begins = u32::from(unit.tokens.0 <= first);
            unit.known = bits << 4 | length << 1 | begins;
            unit.may_name = true;
        }
    }
    units
}

/// One past the last token of the unit that begins at a token: "U", ".", "S", "." go together, and so do "Ky", ".".
fn unit_end(line: &Line, at: usize) -> usize {
    let touches =
        |at: usize| line.tokens.get(at + 1).is_some_and(|next| next.span.start == line.tokens[at].span.end);
    let letters = |at: usize| line.word(at).map_or(0, |word| word.chars().count());
    let mut end = at + 1;
    if !line.is_capital(at) || letters(at) > 5 {
        return end;
    }
    while touches(end - 1) && line.is_mark(end, &["."]) {
        let goes_on = touches(end) && line.is_capital(end + 1) && letters(end + 1) <= 3;
        if goes_on {
            end += 2;
        } else {
            // The point of an abbreviation, unless it ends the sentence after a whole word.
            let initials = end > at + 1 || letters(at) == 1;
            return if initials || line.is(at, Role::Abbreviated) { end + 1 } else { end };
        }
    }
    end
}

fn unit(line: &Line, first: usize, end: usize, span: Span, usage: &Usage) -> Unit {
    const ROLES: [Role; 17] = [
        Role::After,
        Role::Before,
        Role::OfBefore,
        Role::Title,
        Role::PersonTitle,
        Role::Unit,
        Role::Institution,
        Role::Locative,
        Role::StrongLocative,
        Role::Speech,
        Role::StateVerb,
        Role::Benign,
        Role::Never,
        Role::Given,
        Role::Small,
        Role::Modifier,
        Role::Demonym,
    ];
    let word = span.of(line.text);
    let lower = hash_lower(word);
    let mut roles = 0;
    for (bit, role) in ROLES.into_iter().enumerate() {
        roles |= u32::from(line.is(first, role)) << bit;
    }
    let shape = match line.tokens[first].kind {
        TokenKind::Word { shout: true, .. } => 3,
        TokenKind::Word { capital: true, .. } => 2,
        TokenKind::Word { .. } => 1,
        TokenKind::Number => 4,
        TokenKind::Mark => 5,
    };
    let document = u32::from(usage.small.contains(&lower))
        | u32::from(usage.persons.contains(&lower)) << 1
        | u32::from(usage.located.contains(&lower)) << 2;
    Unit {
        span,
        tokens: (first, end),
        may_name: line.is_capital(first),
        word: lower,
        ends: [hash_start(word), hash_end(word)],
        shape: shape | u32::from(end - first > 1) << 3 | u32::from(line.is_possessive(end - 1)) << 4,
        roles,
        known: 0,
        document,
    }
}

/// What the gazetteer has under a name, in some bits: classes, and inhabitants of the greatest by steps of ten.
fn known_bits(hits: &[NameHit], gazetteer: &Gazetteer) -> u32 {
    let (mut classes, mut most) = (0, 0);
    for hit in hits.iter().take(12) {
        let place = gazetteer.place(hit.place);
        classes |= match place.class {
            PlaceClass::Country => 1,
            PlaceClass::Admin1 => 2,
            PlaceClass::Admin2 | PlaceClass::Admin3 => 4,
            PlaceClass::Settlement => 8,
            PlaceClass::Water | PlaceClass::Road | PlaceClass::Other => 16,
        };
        most = most.max(place.population.unwrap_or(0));
    }
    let step = match most {
        0..1_000 => 0,
        1_000..10_000 => 1,
        10_000..100_000 => 2,
        100_000..1_000_000 => 3,
        _ => 4,
    };
    classes << 3 | step
}

/// The slots of a unit's features.
pub fn features_of(units: &[Unit], at: usize, last: [Tag; 2], features: &mut Vec<u32>) {
    let none = Unit::default();
    let get = |offset: isize| at.checked_add_signed(offset).and_then(|at| units.get(at)).unwrap_or(&none);
    let (here, left, right) = (get(0), get(-1), get(1));
    let (left2, right2) = (get(-2), get(2));
    let tags = (last[0] as u32) << 2 | last[1] as u32;
    let first = u32::from(!units[..at].iter().any(|unit| unit.shape & 7 <= 3));
    let run = run_of(units, at);
    let mut add = |template: u32, a: u32, b: u32| features.push(slot(template, a, b));
    add(0, 0, 0);
    add(1, here.word, 0);
    add(2, here.ends[0], 0);
    add(3, here.ends[1], 0);
    add(4, here.shape, first);
    add(5, here.roles, 0);
    add(6, here.known, 0);
    add(7, here.known, here.document);
    add(8, here.document, first);
    add(9, left.word, 0);
    add(10, right.word, 0);
    add(11, left.word, here.word);
    add(12, here.word, right.word);
    add(13, left.roles, here.known);
    add(14, right.roles, here.known);
    add(15, left.shape, right.shape);
    add(16, left.known, here.known);
    add(17, here.known, right.known);
    add(18, tags, here.known);
    add(19, tags, here.word);
    add(20, tags, here.shape);
    add(21, left2.word, left.word);
    add(22, right.word, right2.word);
    add(23, right.shape, right2.known);
    add(24, run, here.known);
    add(25, run, first << 8 | here.document);
    add(26, here.ends[1], left.roles);
    add(27, here.ends[1], right.roles);
    add(28, left2.roles, left.shape);
    add(29, left2.word, 0);
    add(30, right2.word, 0);
    add(31, tags, left.known);
    add(32, left.roles, right.roles);
    add(33, here.known, here.shape << 8 | first);
    add(34, left.document, here.document);
    add(35, right.ends[1], run);
}

/// How many capitalised words stand right before and right behind, each up to three.
fn run_of(units: &[Unit], at: usize) -> u32 {
    let capital = |unit: &Unit| matches!(unit.shape & 7, 2 | 3);
    let before = units[..at].iter().rev().take(3).take_while(|unit| capital(unit)).count();
    let behind = units[at + 1..].iter().take(3).take_while(|unit| capital(unit)).count();
    (before * 4 + behind) as u32
}

/// The slot of a feature.
fn slot(template: u32, a: u32, b: u32) -> u32 {
    let mut hash = (template + 1).wrapping_mul(0x9E37_79B1);
    for part in [a, b] {
        hash = (hash ^ part).wrapping_mul(0x85EB_CA6B);
        hash ^= hash >> 15;
    }
    hash % SLOTS as u32
}

/// The hash of a word in lower case (FNV-1a).
fn hash_lower(word: &str) -> u32 {
    hash(word.chars().flat_map(char::to_lowercase))
}

fn hash_start(word: &str) -> u32 {
    hash(word.chars().take(3))
}

fn hash_end(word: &str) -> u32 {
    hash(word.chars().rev().take(3))
}

fn hash(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(0x811C_9DC5, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193))
}
