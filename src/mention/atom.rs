//! A sentence cut into [`Atom`]s: the few kinds of pieces of which place phrases are built.
//! How the pieces make a phrase is `locative`'s question.

use super::{Mention, MentionKind, Words};
use crate::document::Span;
use crate::lexicon::{
    Bearing, Class, ClassSet, Filler, Link, Position, Preposition, Relation, Sector, Sense, Shape,
};

/// One piece of a sentence, over the tokens from `first` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Atom {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What an [`Atom`] is in a place phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A place name, as an index into the sentence's mentions.
    Mention(usize),
    /// A word of the compass.
    Direction(Option<Bearing>, Shape),
    /// A preposition.
    Preposition(Preposition),
    /// "outskirts".
    Part(Relation),
    /// And, or.
    Joint,
    Comma,
    Semicolon,
    Open,
    Close,
    /// A hyphen or dash.
    Dash,
    /// A number, as far as it is one.
    Number(f64),
    /// A unit of distance, in metres.
    Distance(u32),
    /// "direction", "tactical area"; and whether the word stands for several (not known to the tables: it ends a list).
    Sector(Sector),
    /// "city of" before a name.
    Generic,
    /// Articles, adverbs, emphasis and quotation marks.
    Quiet,
    /// "both", "all", "itself", "within": as quiet, but allowed in a gloss.
    Emphasis,
    /// A word in capitals that nothing is known of: perhaps a name.
    Unknown,
    /// A verb, noun or other word that ends a phrase.
    Other,
}

/// The atoms of a sentence.
pub(super) fn atoms(words: &Words) -> Vec<Atom> {
    let mut found = Vec::with_capacity(words.tokens.len());
    let (mut at, mut next) = (0, 0);
    while at < words.tokens.len() {
        while next < words.mentions.len() && words.mentions[next].span.end <= words.tokens[at].span.start {
            next += 1;
        }
        let mention = words.mentions.get(next).filter(|mention| {
            matches!(mention.kind, MentionKind::Literal | MentionKind::Sector)
                && mention.span.start <= words.tokens[at].span.start
        });
        let (kind, end) = match mention {
            Some(mention) => (Kind::Mention(next), words.token_at(mention.span.end).max(at + 1)),
            None => piece(words, at, &words.mentions[next..]),
        };
        found.push(Atom { first: at, end, kind });
        at = end;
    }
    found
}

/// The piece that begins at token `at`, which is no place's name, and one past its last token; `mentions` are
/// those that end behind it.
fn piece(words: &Words, at: usize, mentions: &[Mention]) -> (Kind, usize) {
    let best = words
        .cues_at(at)
        .iter()
        .filter_map(|cue| of_sense(cue.sense).map(|kind| (kind, cue.end as usize)))
        .filter(|&(_, end)| !holds_mention(words.span(at, end), mentions))
        .max_by_key(|&(kind, end)| (end, rank(kind)));
    best.unwrap_or_else(|| (of_token(words, at), at + 1))
}

/// Whether a mention stands in `span`; none of `mentions` ends before it.
fn holds_mention(span: Span, mentions: &[Mention]) -> bool {
    let mut reached = mentions.iter().take_while(|mention| mention.span.start < span.end);
    reached.any(|mention| mention.kind != MentionKind::Demonym)
}

/// What a sense is in a place phrase, if anything.
fn of_sense(sense: Sense) -> Option<Kind> {
    Some(match sense {
        Sense::Direction(bearing, shape) => Kind::Direction(bearing, shape),
        Sense::Preposition(preposition) => Kind::Preposition(preposition),
        Sense::Part(relation) => Kind::Part(relation),
        Sense::Link(Link::And | Link::Or) => Kind::Joint,
        Sense::Distance(metres) => Kind::Distance(metres),
        Sense::Sector(sector) => Kind::Sector(sector),
        Sense::Generic(_, Position::Before | Position::Both) => Kind::Generic,
        Sense::Reach(_) | Sense::Filler(Filler::Emphasis) => Kind::Emphasis,
        Sense::Filler(_) => Kind::Quiet,
        _ => return None,
    })
}

/// Which reading of words of equal length counts.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Preposition(_) => 9,
        Kind::Direction(..) => 8,
        Kind::Distance(_) => 7,
        Kind::Joint => 6,
        Kind::Sector(_) => 5,
        Kind::Part(_) => 4,
        Kind::Generic => 3,
        Kind::Emphasis => 2,
        _ => 1,
    }
}

/// What a token without a sense of place is.
fn of_token(words: &Words, at: usize) -> Kind {
    let token = words.tokens[at];
    if token.is_word() {
        let unknown = at > 0 && token.is_capital() && words.cues_at(at).is_empty();
        return if unknown { Kind::Unknown } else { Kind::Other };
    }
    let word = words.word(at);
    match word {
        "," => Kind::Comma,
        ";" => Kind::Semicolon,
        "(" | "[" => Kind::Open,
        ")" | "]" => Kind::Close,
        "-" | "–" | "—" | "‑" => Kind::Dash,
        "\"" | "“" | "”" | "«" | "»" | "„" => Kind::Quiet,
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => Kind::Number(number(word)),
        _ => Kind::Other,
    }
}

/// A number as it is written, "1,000" or "2.2"; none is not a number.
fn number(word: &str) -> f64 {
    let plain = word.len() < 10 && word.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        // The numbers of units and days, which are most, need no reading of floats.
        return f64::from(word.bytes().fold(0, |number, byte| number * 10 + u32::from(byte - b'0')));
    }
    word.replace(',', "").parse().unwrap_or(f64::NAN)
}

/// Whether tokens `first` to before `end` hold no verb or noun of action, no saying and no actor: a date or
/// the like may stand there without ending a place phrase.
pub(super) fn is_quiet(words: &Words, first: usize, end: usize) -> bool {
    const LOUD: ClassSet = ClassSet::of(&[
        Class::Verb,
        Class::Noun,
        Class::Say,
        Class::Actor,
        Class::Force,
        Class::Light,
        Class::Inert,
        Class::Mood,
    ]);
    (first..end)
        .all(|at| !words.is_any(at, LOUD) && !matches!(words.word(at), "," | ";" | "(" | ")" | ":" | "."))
}

/// Skips articles, emphasis and "the city of" backwards; gives the position after the last other atom.
pub(super) fn back_over_quiet(atoms: &[Atom], mut at: usize) -> usize {
    while at > 0 && matches!(atoms[at - 1].kind, Kind::Quiet | Kind::Emphasis | Kind::Generic) {
        at -= 1;
    }
    at
}

/// Skips "and", commas, dashes and emphasis backwards.
pub(super) fn back_over_joints(atoms: &[Atom], mut at: usize) -> usize {
    while at > 0
        && matches!(
            atoms[at - 1].kind,
            Kind::Joint
                | Kind::Comma
                | Kind::Semicolon
                | Kind::Dash
                | Kind::Quiet
                | Kind::Emphasis
                | Kind::Generic
        )
    {
        at -= 1;
    }
    at
}

/// Whether a compass word stands before the joint at atom `joint`.
pub(super) fn is_direction_before(atoms: &[Atom], joint: usize) -> bool {
    let at = back_over_joints(atoms, joint);
    at > 0 && matches!(atoms[at - 1].kind, Kind::Direction(..))
}

/// The opening mark of the parenthesis that closes at atom `close`, where it stands between words of the compass:
/// "east (left) bank of X".
pub(super) fn aside_between(atoms: &[Atom], close: usize) -> Option<usize> {
    let open = (0..close).rev().find(|&at| atoms[at].kind == Kind::Open)?;
    let before = back_over_quiet(atoms, open).checked_sub(1)?;
    matches!(atoms[before].kind, Kind::Direction(..) | Kind::Part(_)).then_some(open)
}

/// Whether a dash joins what stands around it ("A-B"); one with room on both sides parts it.
pub(super) fn is_hyphen(words: &Words, atom: &Atom) -> bool {
    let (Some(before), Some(after)) = (atom.first.checked_sub(1), words.tokens.get(atom.end)) else {
        return false;
    };
    let dash = words.span(atom.first, atom.end);
    atom.kind == Kind::Dash && (words.tokens[before].span.end == dash.start || dash.end == after.span.start)
}

/// The kilometres that end before atom `at`, and where they begin: "2.2 km", "five to seven kilometers".
pub(super) fn distance_before(atoms: &[Atom], at: usize) -> Option<(f64, usize)> {
    let at = back_over_quiet(atoms, at);
    let unit = at.checked_sub(1)?;
    let Kind::Distance(metres) = atoms[unit].kind else {
        return None;
    };
    let number = number_before(atoms, unit)?;
    Some((number * f64::from(metres) / 1000.0, unit.checked_sub(1)?))
}

/// The number right before atom `at`.
pub(super) fn number_before(atoms: &[Atom], at: usize) -> Option<f64> {
    let mut before = at;
    while before > 0 && matches!(atoms[before - 1].kind, Kind::Dash) {
        before -= 1;
    }
    match atoms.get(before.checked_sub(1)?)?.kind {
        Kind::Number(number) if number.is_finite() => Some(number),
        _ => None,
    }
}
