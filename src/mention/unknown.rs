//! Unknown names: roads by their pattern, and capitalised words where only a place can stand though no gazetteer has them.

use super::guards::Persons;
use super::line::Line;
use super::place_words::Role;
use super::{Mention, MentionKind};
use crate::gazetteer::PlaceClass;

/// The longest unknown name, in words.
const LONGEST: usize = 3;

/// Appends the roads and unknown names of a sentence; `proposed` are the token ranges that the scan took.
pub(super) fn find(
    line: &Line,
    sentence: usize,
    proposed: &[(usize, usize)],
    persons: &Persons,
    kept: &mut Vec<Mention>,
) {
    let known: Vec<usize> = kept.iter().map(|mention| mention.span.end).collect();
    let mut next = 0;
    let mut at = 0;
    while at < line.tokens.len() {
        while proposed.get(next).is_some_and(|(_, end)| *end <= at) {
            next += 1;
        }
        if let Some((first, end)) = proposed.get(next)
            && *first <= at
        {
            at = *end;
            continue;
        }
        if !line.is_capital(at) {
            at += 1;
            continue;
        }
        if let Some(end) = road(line, at) {
            kept.push(mention(line, sentence, at, end, Some(PlaceClass::Road)));
            at = end;
        } else if let Some((end, class)) = headed(line, at) {
            kept.push(mention(line, sentence, at, end, class));
            at = end;
        } else if let Some(end) = unknown(line, at, persons, &known) {
            kept.push(mention(line, sentence, at, end, None));
            at = end;
        } else {
            at += 1;
        }
    }
}

fn mention(line: &Line, sentence: usize, first: usize, end: usize, class: Option<PlaceClass>) -> Mention {
    let span = line.span(first, end);
    Mention { span, name: span, sentence, kind: MentionKind::Literal, stated_class: class, hits: Vec::new() }
}

/// One past a road's number that begins at a position: T0406, M03, H-20, E40, R66; a T with two digits is a tank.
fn road(line: &Line, at: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let word = line.word(at)?;
    if word.len() > LONGEST {
        return None;
    }
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        return is_road(line, word.chars()).then_some(at + 1);
    }
    if word.chars().count() > 1 || !line.is_mark(at + 1, &["-"]) {
        return None;
    }
    let digits = line.tokens.get(at + 2)?;
    let close = line.tokens[at].span.end == line.tokens[at + 1].span.start
        && line.tokens[at + 1].span.end == digits.span.start;
    let road = close && is_road(line, word.chars().chain(digits.span.of(line.text).chars()));
    road.then_some(at + 3)
}

/// Whether a letter and digits have the shape of a road's number.
fn is_road(line: &Line, letters: impl Iterator<Item = char>) -> bool {
    let shape: String = letters.map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    line.words.is(&shape, Role::Road)
}

/// One past a name that its generic word makes a place: "Kanal Microraion", "Upper Konka River"; and the class.
fn headed(line: &Line, at: usize) -> Option<(usize, Option<PlaceClass>)> {
    let mut end = at;
    while end < at + LONGEST && is_name_part(line, end) {
        if end > at
            && let Some(found) = line.phrase(end, Role::After)
        {
            return stands_alone(line, found.0).then_some(found);
        }
        end += 1;
    }
    let found = line.phrase(end, Role::After).filter(|_| end > at)?;
    stands_alone(line, found.0).then_some(found)
}

/// Whether no capitalised word goes on behind a name.
fn stands_alone(line: &Line, end: usize) -> bool {
    !line.is_capital(end) || line.phrase(end, Role::Sector).is_some()
}

/// A capitalised word that may begin or go on a name with a generic word.
fn is_name_part(line: &Line, at: usize) -> bool {
    const ELSE: u32 =
        Role::Institution as u32 | Role::Unit as u32 | Role::PersonTitle as u32 | Role::Never as u32;
    line.is_capital(at)
        && !line.is_any(at, ELSE)
        && line.word(at).is_some_and(|word| {
            word.chars().count() >= 3 && (!line.is(at, Role::Benign) || !line.is_first(at) && word.len() >= 5)
        })
}

/// One past an unknown name that begins at a position.
fn unknown(line: &Line, at: usize, persons: &Persons, known: &[usize]) -> Option<usize> {
    if !says_place(line, at) && !is_listed(line, at, known) {
        return None;
    }
    let mut end = at;
    while end < line.tokens.len() && end < at + LONGEST && is_name_word(line, end) {
        end += 1;
    }
    let stops = !line.is_capital(end)
        && line.phrase(end, Role::Unit).is_none()
        && line.phrase(end, Role::Institution).is_none();
    let person = end > at && persons.has(line.word(end - 1).unwrap_or_default());
    (end > at && stops && !person).then_some(end)
}

/// A capitalised word that no table knows for something else.
fn is_name_word(line: &Line, at: usize) -> bool {
    const ELSE: u32 = Role::Never as u32
        | Role::Given as u32
        | Role::Title as u32
        | Role::PersonTitle as u32
        | Role::Unit as u32
        | Role::Institution as u32
        | Role::Benign as u32
        | Role::After as u32
        | Role::Common as u32;
    line.is_capital(at)
        && !line.is_any(at, ELSE)
        && line.word(at).is_some_and(|word| {
            word.chars().count() >= 4
                && word.chars().skip(1).all(char::is_lowercase)
                && !line.words.is(&word.to_lowercase(), Role::Common)
        })
}

/// Whether hardly anything but a place can stand here: behind "near" or "southwest of".
fn says_place(line: &Line, at: usize) -> bool {
    line.is_before(at, Role::PlaceOnly)
        || line.is_before(at, Role::Of) && line.is_before(at - 1, Role::Compass)
}

/// Whether it stands in a list behind a known place and before another member: "shelled Dolyna, Xyz, and".
fn is_listed(line: &Line, at: usize, known: &[usize]) -> bool {
    if at < 2 || !line.is_mark(at - 1, &[","]) && !line.is_before(at, Role::And) {
        return false;
    }
    let comma = usize::from(line.is_before(at, Role::And) && at > 2 && line.is_mark(at - 2, &[","]));
    let before = line.tokens[at - 2 - comma].span.end;
    known.binary_search(&before).is_ok()
        && (line.is_mark(at + 1, &[",", ";", "("]) || line.is(at + 1, Role::And))
        && line.word(at).is_some_and(|word| word.chars().count() >= 5)
}
