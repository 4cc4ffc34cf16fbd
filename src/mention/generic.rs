//! Generic words: "Oblast", "City", "River" belong to the name before them, "oblasts" stands for every name of its list.

use super::line::Line;
use super::place_words::Role;
use crate::document::Span;
use crate::gazetteer::{Gazetteer, Memory, NameHit, PlaceClass};

/// A name that the scan proposed, with its generic words.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// First token of the name with its generic words.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// First token and one past the last of the name alone.
    pub core: (usize, usize),
    /// The whole.
    pub span: Span,
    /// The name alone.
    pub name: Span,
    /// The class that words state.
    pub stated: Option<PlaceClass>,
    /// The places of that name.
    pub hits: Vec<NameHit>,
    /// It is an adjective that stands for a stretch of the front, or for the unit whose class is stated.
    pub adjective: bool,
}

/// A scanned name with the generic words around it; those before it may not reach back to before `past`.
pub(super) fn joined(
    line: &Line,
    first: usize,
    end: usize,
    span: Span,
    hits: Vec<NameHit>,
    past: usize,
) -> Named {
    let mut named =
        Named { first, end, core: (first, end), span, name: span, stated: None, hits, adjective: false };
    inner(line, &mut named);
    if named.stated.is_none() && !line.is_possessive(end - 1) {
        after(line, &mut named);
    }
    if named.stated.is_none() {
        before(line, &mut named, past);
    }
    named
}

/// Drops the places that cannot be meant: "Vuhledar Power Plant" is not the town of Vuhledar.
/// Units and settlements share names with each other too often to be told apart here.
/// A name that only roads or only waters bear ("T1302", "Zherebets") states its class by itself.
pub(super) fn keep_possible(named: &mut Named, gazetteer: &Gazetteer) {
    let class_of = |hit: &NameHit| gazetteer.class(hit.place);
    let city = |hit: &NameHit| matches!(gazetteer.sketch(hit.place).kind, "city" | "capital");
    // "Zaporizhzhia City" is no village, where there is a city of the name.
    let is_city = named.end > named.core.1 && named.stated == Some(PlaceClass::Settlement);
    if is_city && named.hits.iter().any(city) {
        named.hits.retain(city);
    }
    let thing = |class| matches!(class, PlaceClass::Water | PlaceClass::Road | PlaceClass::Other);
    if named.end > named.core.1 && named.stated.is_some_and(thing) {
        named.hits.retain(|hit| thing(class_of(hit)));
    }
    let line = |class| matches!(class, PlaceClass::Water | PlaceClass::Road);
    if named.stated.is_none()
        && let Some(class) = named.hits.first().map(&class_of).filter(|&class| line(class))
        && named.hits.iter().all(|hit| class_of(hit) == class)
    {
        named.stated = Some(class);
    }
}

/// The longer name, misspelt by a letter, of which `named` is only the part before a hyphen ("Kupyansk-Vuzhlovyi");
/// none where the hyphen joins something else.
pub(super) fn longer(
    line: &Line,
    named: &Named,
    gazetteer: &Gazetteer,
    memory: &mut Memory,
) -> Option<Named> {
    let (first, hyphen, word) = (named.first, named.end, named.end + 1);
    let joins = line.is_mark(hyphen, &["-"]) && line.is_capital(word);
    let touches = |at: usize| line.tokens[at - 1].span.end == line.tokens[at].span.start;
    if !joins || !touches(hyphen) || !touches(word) {
        return None;
    }
    let (end, span) = (word + 1, line.span(first, word + 1));
    let hits = gazetteer.near_names_on(span.of(line.text), memory).to_vec();
    let core = (first, end);
    (!hits.is_empty()).then_some(Named {
        first,
        end,
        core,
        span,
        name: span,
        stated: None,
        hits,
        adjective: false,
    })
}

/// A generic word that the gazetteer's own name holds ("Kursk Oblast", "Lake Sevan").
fn inner(line: &Line, named: &mut Named) {
    let (first, end) = named.core;
    if let Some((generic, class)) = line.phrase_before(end, Role::After)
        && generic > first
    {
        named.stated = class;
        named.core = (first, generic);
        named.name = line.span(first, generic);
    } else if let Some((past, class)) = line.phrase(first, Role::Before)
        && past < end
    {
        named.stated = class;
        named.core = (past, end);
        named.name = line.span(past, end);
    }
}

/// A generic word right behind the name.
fn after(line: &Line, named: &mut Named) {
    // "Dnipro River Delta" has two; the last says what is meant.
    while let Some((past, class)) = line.phrase(named.end, Role::After) {
        named.span = named.span.cover(line.span(named.end, past));
        named.end = past;
        named.stated = class;
    }
    let end = named.end;
    if named.stated.is_some() {
        return;
    }
    if let Some((_, class)) = line.phrase(end, Role::Small) {
        named.stated = class;
    }
}

/// A generic word right before the name.
fn before(line: &Line, named: &mut Named, past: usize) {
    if let Some((first, class)) = line.phrase_before(named.first, Role::Before)
        && first >= past
    {
        named.stated = class;
        named.span = line.span(first, first + 1).cover(named.span);
        named.first = first;
    } else if let Some((_, class)) = line.phrase_before(named.first, Role::OfBefore) {
        named.stated = class;
    }
}

/// Gives the class of a plural ("Kursk and Sumy oblasts") to the whole list before it, and that of
/// "the Donetsk-Zaporizhia Oblast border" to both its ends.
/// Where a place of the name is of that class, no other is meant.
pub(super) fn distribute(line: &Line, names: &mut [Named], class_of: impl Fn(&NameHit) -> PlaceClass) {
    let give = |name: &mut Named, class: PlaceClass| {
        name.stated.get_or_insert(class);
        if name.stated == Some(class) && name.hits.iter().any(|hit| class_of(hit) == class) {
            name.hits.retain(|hit| class_of(hit) == class);
        }
    };
    for at in 0..names.len() {
        let last = &names[at];
        let plural = line.phrase(last.end, Role::Plural).and_then(|(_, class)| class);
        let hyphened = last.stated.filter(|_| last.end > last.core.1);
        if let Some(class) = plural {
            names[at].stated = None;
            give(&mut names[at], class);
            let mut back = at;
            while back > 0 && is_list(line, names[back - 1].end, names[back].first) {
                back -= 1;
                give(&mut names[back], class);
            }
        } else if let Some(class) = hyphened
            && at > 0
            && is_hyphen(line, names[at - 1].end, names[at].first)
        {
            give(&mut names[at - 1], class);
        }
    }
}

/// Whether only words of listing stand between two names: commas, "and", directions in small letters.
pub(super) fn is_list(line: &Line, from: usize, to: usize) -> bool {
    const LONGEST: usize = 4;
    if to < from || to - from > LONGEST || from == to {
        return false;
    }
    let mut lists = false;
    for at in from..to {
        let listing = line.is_mark(at, &[",", "/", "-", "–", "—", "&"]) || line.is(at, Role::And);
        lists |= listing;
        if !listing
            && (line.is_capital(at) || !line.is(at, Role::StrongLocative) && !line.is(at, Role::Benign))
        {
            return false;
        }
    }
    lists
}

/// Whether a hyphen and at most a word in small letters stand between two names.
pub(super) fn is_hyphen(line: &Line, from: usize, to: usize) -> bool {
    to > from
        && to - from <= 2
        && line.is_mark(from, &["-", "–", "—"])
        && (to - from == 1 || !line.is_capital(from + 1))
}
