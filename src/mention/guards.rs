//! Guards: what looks like a place's name and is none. Units and institutions, persons, ordinary words,
//! and words that only begin or end a longer name.

use super::generic::Named;
use super::line::Line;
use super::place_words::{Gathered, PlaceWords, Role};
use crate::document::Span;
use crate::gazetteer::{Gazetteer, NameTier, PlaceClass};
use crate::text::TokenKind;

/// Inhabitants from which a place far from the theatre is named without further words.
const KNOWN_FROM: u32 = 80_000;

/// Family names that the document gives to persons: "Ivan Fedorov" makes a later "Fedorov" one.
pub(super) struct Persons<'t> {
    family: Gathered<'t>,
}

impl<'t> Persons<'t> {
    /// Gathers them from the sentences of the whole document.
    pub fn of(lines: &[Line<'t>]) -> Persons<'t> {
        let mut family = Gathered::default();
        for line in lines {
            for at in 1..line.tokens.len() {
                if line.is_before(at, Role::Given) && line.is_capital(at) && line.is_capital(at - 1) {
                    family.extend(line.word(at));
                }
            }
        }
        Persons { family }
    }

    /// Whether a word is some person's family name here.
    pub fn has(&self, word: &str) -> bool {
        self.family.contains(word)
    }
}

/// Whether a proposed name names a place.
pub(super) fn is_place(line: &Line, name: &Named, gazetteer: &Gazetteer, persons: &Persons) -> bool {
    !(line.is_not_place(name.core.0, name.core.1)
        || is_never(line, name)
        || is_person(line, name, gazetteer, persons)
        || heads_longer_name(line, name)
        || ends_longer_name(line, name)
        || is_ordinary_word(line, name, gazetteer)
        || is_abbreviation(line, name)
        || is_modifier(line, name)
        || is_obscure(line, name, gazetteer))
}

/// Words that are no place by themselves.
fn is_never(line: &Line, name: &Named) -> bool {
    let (first, end) = name.core;
    // "Slavyansk-on-Kuban" is no Kuban.
    let tail = first >= 2
        && line.is_mark(first - 1, &["-"])
        && !line.is_capital(first - 2)
        && line.tokens[first - 2].is_word()
        && line.tokens[first - 2].span.end == line.tokens[first - 1].span.start;
    tail || end - first == 1 && line.is(first, Role::Never)
}

/// A person's given or family name.
fn is_person(line: &Line, name: &Named, gazetteer: &Gazetteer, persons: &Persons) -> bool {
    if name.stated.is_some() {
        return false;
    }
    let (first, end) = name.core;
    let word = line.word(first).unwrap_or_default();
    let located = line.is_located(first);
    if end - first == 1 && line.is(first, Role::Given) && (!located || line.is_capital(end)) {
        return true;
    }
    let named_before = line.is_before(first, Role::Given) && line.is_capital(first - 1)
        || line.is_before(first, Role::PersonTitle)
        || is_initial(line, first);
    if named_before {
        return true;
    }
    if end - first == 1 && persons.has(word) && !located {
        return true;
    }
    line.is(end, Role::Speech)
        && !located
        && !line.is_before(first, Role::Locative)
        && !can_speak(name, gazetteer)
}

/// Whether an initial stands before: "V. Ivanov".
fn is_initial(line: &Line, at: usize) -> bool {
    at >= 2
        && line.is_mark(at - 1, &["."])
        && line.is_capital(at - 2)
        && line.word(at - 2).is_some_and(|word| word.chars().count() == 1)
}

/// Whether a place of that name has a government that may be meant by it.
fn can_speak(name: &Named, gazetteer: &Gazetteer) -> bool {
    name.hits.iter().take(8).any(|hit| {
        let place = gazetteer.place(hit.place);
        matches!(place.class, PlaceClass::Country | PlaceClass::Admin1) || place.kind == "capital"
    })
}

/// Whether capitalised words behind it make it part of a unit's, plant's or office's name.
fn heads_longer_name(line: &Line, name: &Named) -> bool {
    const LONGEST: usize = 7;
    let mut at = name.end;
    while at < line.tokens.len() && at < name.end + LONGEST {
        if line.phrase(at, Role::Sector).is_some()
            || line.phrase(at, Role::Sectors).is_some()
            || line.is(at, Role::Title)
        {
            return false;
        }
        if line.phrase(at, Role::Unit).is_some() || line.phrase(at, Role::Institution).is_some() {
            return at == name.end || line.is_capital(at) || line.tokens[at].is_word();
        }
        // A name in quotes is a unit's or an operation's when such a word follows.
        if at == name.end && line.is_mark(at, &["”", "\"", "»", "“"]) {
            return line.phrase(at + 1, Role::Unit).is_some()
                || line.phrase(at + 1, Role::Institution).is_some();
        }
        // "Group of Forces" and "Bakhmut-Lyman Group" go on; anything else in small letters ends the name.
        let number = line.tokens[at].kind == TokenKind::Number && line.is_possessive(name.end - 1);
        let goes_on = line.is_capital(at) || number || line.is_mark(at, &["-", "–"]) && at > name.end;
        if !goes_on {
            return is_year(line, at, name.end);
        }
        at += 1;
    }
    false
}

/// A hyphen and a year: "Zapad-2025".
fn is_year(line: &Line, at: usize, end: usize) -> bool {
    at == end
        && line.is_mark(at, &["-", "–"])
        && line.tokens.get(at + 1).is_some_and(|token| {
            token.kind == TokenKind::Number
                && token.span.start == line.tokens[at].span.end
                && token.span.len() >= 2
        })
}

/// Whether a capitalised word before it is part of the same name.
fn ends_longer_name(line: &Line, name: &Named) -> bool {
    let first = name.first;
    if first == 0 || !line.is_capital(first - 1) || !apart_by_space(line, first) {
        return false;
    }
    let known = line.is_any(
        first - 1,
        Role::Benign as u32
            | Role::Title as u32
            | Role::Locative as u32
            | Role::After as u32
            | Role::Sector as u32,
    );
    // The first word of a sentence has its capital from there.
    !(known || line.is_possessive(first - 1) || line.is_first(first - 1) || name.stated.is_some())
}

/// Whether only white space stands before a token.
fn apart_by_space(line: &Line, at: usize) -> bool {
    let gap = &line.text[line.tokens[at - 1].span.end..line.tokens[at].span.start];
    !gap.is_empty() && !gap.contains('\n')
}

/// An ordinary word that begins a sentence or stands without anything that says place.
fn is_ordinary_word(line: &Line, name: &Named, gazetteer: &Gazetteer) -> bool {
    let (first, end) = name.core;
    if end - first != 1 || name.stated.is_some() {
        return false;
    }
    let word = line.word(first).unwrap_or_default();
    let lower = word.to_lowercase();
    line.words.is(&lower, Role::Common)
        && (line.is_first(first) || !line.is_located(first))
        && !names_a_state(name, gazetteer)
}

/// Whether the name as written is a country's: "Russia" is no ordinary word though word lists have it.
fn names_a_state(name: &Named, gazetteer: &Gazetteer) -> bool {
    name.hits
        .iter()
        .take(8)
        .any(|hit| hit.tier == NameTier::Exact && gazetteer.class(hit.place) == PlaceClass::Country)
}

/// A few capitals that only folding joins with a place's name: "CAA".
fn is_abbreviation(line: &Line, name: &Named) -> bool {
    const LONGEST: usize = 5;
    let (first, end) = name.core;
    let short = end - first == 1
        && line.tokens[first].span.len() <= LONGEST
        && matches!(line.tokens[first].kind, TokenKind::Word { shout: true, .. });
    short && !name.hits.iter().any(|hit| hit.tier == NameTier::Exact)
}

/// A short name that stands as an adjective: "US sanctions", "the US Coast Guard", "anti-US".
fn is_modifier(line: &Line, name: &Named) -> bool {
    let (first, end) = name.core;
    if end - first != 1 || !line.is(first, Role::Modifier) {
        return false;
    }
    let noun = line.tokens.get(end).is_some_and(|token| token.is_word())
        && !line.is(end, Role::StateVerb)
        && !line.is(end, Role::Locative)
        && !line.is_possessive(first);
    let listed =
        line.is_mark(end, &[","]) && line.is_capital(end + 1) && !line.is_before(first, Role::Article);
    noun || listed || first > 0 && line.is_mark(first - 1, &["-"])
}

/// A place far from the theatre that few know, without a word that says place.
fn is_obscure(line: &Line, name: &Named, gazetteer: &Gazetteer) -> bool {
    if name.stated.is_some() || line.is_located(name.first) && !line.is_first(name.first) {
        return false;
    }
    !name.hits.iter().take(16).any(|hit| {
        let place = gazetteer.sketch(hit.place);
        place.class != PlaceClass::Settlement
            || place.population.unwrap_or(0) >= KNOWN_FROM
            || place.point.is_some_and(in_theatre)
            || place.kind == "capital"
            || gazetteer.is_ukrainian(hit.place)
    })
}

/// The box around the theatre, beyond which small places are named only with words that say so.
pub(super) fn in_theatre([lon, lat]: [f64; 2]) -> bool {
    (28.0..42.0).contains(&lon) && (44.0..54.0).contains(&lat)
}

/// Whether two capital letters, a state's elsewhere, belong to the name of a model: "MT-LB", "2AK".
pub(super) fn is_of_a_model(text: &str, word: Span, words: &PlaceWords) -> bool {
    let code = word.of(text);
    let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let numbered = text[..word.start].ends_with(|c: char| c.is_ascii_digit());
    let joined = text[word.end..]
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    // "US-EU" joins two powers, whose abbreviations are known.
    letters && (numbered || joined) && words.full_name(code).is_none()
}
