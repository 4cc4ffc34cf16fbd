//! What stands behind a name and says where it lies or how far it reaches: "(5 km south of Y)", ", northeast of Y",
//! ", Y Oblast", "direction".

use super::atom::{Atom, Kind, is_hyphen, is_quiet, number_before};
use super::phrase::{Phrase, narrower};
use super::{Anchor, Relation, Words};
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Class, Preposition, Reach, Sector, Sense, Shape};

/// Reads the words behind the last phrase's name: sector words, glosses, the unit it lies in.
pub(super) fn read_behind(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
    let last = phrases.len() - 1;
    while let Some(atom) = atoms.get(phrases[last].end) {
        let at = phrases[last].end;
        match atom.kind {
            Kind::Emphasis => phrases[last].end = at + 1,
            Kind::Sector(sector) => {
                phrases[last].end = at + 1;
                make_sector(words, atoms, phrases, sector);
            }
            Kind::Open => {
                let Some(end) = gloss(words, atoms, phrases, at) else {
                    return;
                };
                phrases[last].end = end;
            }
            Kind::Comma => {
                let end = distance_gloss(words, atoms, phrases, at)
                    .or_else(|| direction_gloss(words, atoms, phrases, at))
                    .or_else(|| container(words, atoms, phrases, at));
                let Some(end) = end else {
                    return;
                };
                phrases[last].end = end;
            }
            _ => return,
        }
    }
}

/// Makes the last phrase, and what is joined to it by dashes or shares its sector word, a sector.
fn make_sector(words: &Words, atoms: &[Atom], phrases: &mut [Phrase], sector: Sector) {
    let relation = match sector {
        Sector::Axis | Sector::Line => Relation::Axis,
        Sector::Area => Relation::Area,
        Sector::Road | Sector::Border => Relation::Along,
    };
    let last = phrases.len() - 1;
    if sector == Sector::Line && !is_joined(atoms, phrases, last) && phrases[last].relation == Relation::Dir {
        return;
    }
    let mut at = last;
    loop {
        let phrase = &mut phrases[at];
        // "east of the A-B border" says where something else lies.
        phrase.keep &= !(sector == Sector::Border && phrase.relation == Relation::Dir);
        if phrase.relation != Relation::Dir || sector != Sector::Area {
            phrase.relation = relation;
            phrase.bearing = None;
        }
        let class = words.class_of(phrase.mention);
        let shares = phrase.continues
            && at > 0
            && (is_joined(atoms, phrases, at)
                || (class.is_none()
                    && matches!(phrases[at - 1].relation, Relation::In | Relation::Toward | Relation::Axis)
                    && phrases[at - 1].end == phrases[at - 1].name + 1
                    && words.class_of(phrases[at - 1].mention).is_none()));
        if !shares {
            break;
        }
        at -= 1;
    }
}

/// Whether phrase `at` is tied to the one before by a dash.
fn is_joined(atoms: &[Atom], phrases: &[Phrase], at: usize) -> bool {
    at > 0
        && phrases[at - 1].name + 1 < atoms.len()
        && atoms[phrases[at - 1].name + 1].kind == Kind::Dash
        && phrases[at - 1].end <= phrases[at].name
}

/// Reads "(5km south of Y)", "(both north of Y)", "(eastern Y)", "(Y Oblast)" at atom `open`; gives one past its end.
fn gloss(words: &Words, atoms: &[Atom], phrases: &mut [Phrase], open: usize) -> Option<usize> {
    let close = (open + 1..atoms.len()).find(|&at| matches!(atoms[at].kind, Kind::Close | Kind::Open))?;
    if atoms[close].kind != Kind::Close {
        return None;
    }
    let inside = &atoms[open + 1..close];
    let Some(name) = inside.iter().position(|atom| matches!(atom.kind, Kind::Mention(_))) else {
        // "east (left) bank", "X (also known as ...)": passed over.
        return Some(close + 1);
    };
    let Kind::Mention(mention) = inside[name].kind else {
        return None;
    };
    let bearing = inside[..name].iter().find_map(|atom| match atom.kind {
        Kind::Direction(bearing, _) => bearing,
        _ => None,
    });
    let spread = spread_word(words, atoms, open + 1);
    let class = words.class_of(mention);
    if bearing.is_none() && !class.is_some_and(PlaceClass::is_unit) {
        return Some(close + 1);
    }
    let km = inside[..name].iter().enumerate().find_map(|(at, atom)| match atom.kind {
        Kind::Distance(metres) => number_before(inside, at).map(|n| n * f64::from(metres) / 1000.0),
        _ => None,
    });
    let anchor = Anchor { mention: words.first_mention + mention, bearing, distance_km: km, gloss: true };
    let stays_sector = |phrase: &Phrase| phrase.keep && phrase.anchor.is_none_or(|anchor| !anchor.gloss);
    let mut left = match spread {
        Spread::One => 1,
        Spread::Two => 2,
        Spread::All => usize::MAX,
    };
    for phrase in phrases.iter_mut().rev() {
        if left == 0
            || !stays_sector(phrase)
            || (spread == Spread::All
                && atoms[phrase.first..open].iter().any(|atom| atom.kind == Kind::Semicolon))
        {
            break;
        }
        if bearing.is_some() {
            phrase.anchor = Some(anchor);
        }
        left -= 1;
    }
    Some(close + 1)
}

/// Over how many names before it a gloss goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    One,
    Two,
    All,
}

/// What the first word of a gloss says of its reach.
fn spread_word(words: &Words, atoms: &[Atom], at: usize) -> Spread {
    let first = atoms.get(at).map_or(0, |atom| atom.first);
    let reach = words.sense_at(first, |sense| match sense {
        Sense::Reach(reach) => Some(reach),
        _ => None,
    });
    match reach.map(|(reach, _)| reach) {
        Some(Reach::Both) => Spread::Two,
        Some(Reach::All) => Spread::All,
        None => Spread::One,
    }
}

/// Reads ", 20 km northwest of Y" or ", a village 20 km from Y" at the comma `comma`; gives one past its end.
fn distance_gloss(words: &Words, atoms: &[Atom], phrases: &mut [Phrase], comma: usize) -> Option<usize> {
    let mut at = apposition(words, atoms, comma + 1);
    let (mut km, mut number, mut bearing) = (None, None, None);
    loop {
        match atoms.get(at)?.kind {
            Kind::Quiet | Kind::Emphasis | Kind::Dash => {}
            Kind::Number(n) => number = Some(n),
            Kind::Distance(metres) => km = number.map(|n| n * f64::from(metres) / 1000.0),
            Kind::Direction(found, Shape::Noun) => bearing = bearing.or(found),
            Kind::Preposition(_) => {}
            // "within 15 km of the southern outskirts of Y".
            Kind::Direction(..) | Kind::Part(_) if km.is_some() => {}
            Kind::Mention(mention) => {
                km?;
                let end = second_distance(words, atoms, at + 1).unwrap_or(at + 1);
                if bearing.is_none() {
                    return Some(end);
                }
                let anchor =
                    Anchor { mention: words.first_mention + mention, bearing, distance_km: km, gloss: true };
                let reach = match spread_word(words, atoms, comma + 1) {
                    Spread::One => 1,
                    Spread::Two => 2,
                    Spread::All => usize::MAX,
                };
                for phrase in phrases.iter_mut().rev().take(reach) {
                    if phrase.anchor.is_some_and(|anchor| anchor.gloss) {
                        break;
                    }
                    phrase.anchor = Some(anchor);
                }
                return Some(end);
            }
            _ => return None,
        }
        at += 1;
    }
}

/// Skips "on the border" at atom `at`, between the noun of an apposition and its distance.
fn setting(words: &Words, atoms: &[Atom], at: usize) -> usize {
    const LONGEST: usize = 5;
    let led = matches!(
        atoms.get(at).map(|atom| atom.kind),
        Some(Kind::Preposition(Preposition::In | Preposition::On | Preposition::Near | Preposition::Along))
    );
    let mut behind = (at + 1..atoms.len()).take(LONGEST);
    let said = |at: &usize| matches!(atoms[*at].kind, Kind::Quiet | Kind::Other | Kind::Sector(_));
    let number = behind.find(|at| !said(at)).filter(|&at| matches!(atoms[at].kind, Kind::Number(_)));
    let quiet = |number: &usize| led && is_quiet(words, atoms[at].first, atoms[*number].first);
    number.filter(quiet).unwrap_or(at)
}

/// Skips "a small border village" at atom `at`; gives `at` itself where no such words stand.
fn apposition(words: &Words, atoms: &[Atom], at: usize) -> usize {
    const LONGEST: usize = 5;
    let determined = atoms.get(at).is_some_and(|atom| words.is(atom.first, Class::Filler));
    let ground = |atom: &Atom| words.is(atom.first, Class::Generic) || words.is(atom.first, Class::Part);
    let said = |atom: &Atom| matches!(atom.kind, Kind::Other | Kind::Quiet | Kind::Sector(_)) || ground(atom);
    let mut inside = atoms[at.min(atoms.len())..].iter().take(LONGEST).take_while(|atom| said(atom));
    let noun = inside.by_ref().position(ground);
    noun.filter(|_| determined).map_or(at, |noun| setting(words, atoms, at + noun + 1))
}

/// Reads "and about 67 km north of the bulge in Z" at atom `at`, behind a first distance; gives one past its end.
fn second_distance(words: &Words, atoms: &[Atom], at: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    if atoms.get(at)?.kind != Kind::Joint {
        return None;
    }
    let number = (at + 1..atoms.len()).find(|&at| atoms[at].kind != Kind::Quiet)?;
    let far = matches!(atoms[number].kind, Kind::Number(_))
        && matches!(atoms.get(number + 1)?.kind, Kind::Distance(_));
    let name = (number..atoms.len()).take(LONGEST).find(|&at| matches!(atoms[at].kind, Kind::Mention(_)))?;
    (far && is_quiet(words, atoms[at].first, atoms[name].first)).then_some(name + 1)
}

/// Reads ", northeast of Y" at the comma `comma`, where no list goes on behind it; gives one past its end.
fn direction_gloss(words: &Words, atoms: &[Atom], phrases: &mut [Phrase], comma: usize) -> Option<usize> {
    let mut at = comma + 1;
    while matches!(atoms.get(at)?.kind, Kind::Quiet | Kind::Emphasis) {
        at += 1;
    }
    let Kind::Direction(Some(bearing), Shape::Noun) = atoms[at].kind else {
        return None;
    };
    let Kind::Preposition(Preposition::Of) = atoms.get(at + 1)?.kind else {
        return None;
    };
    let Kind::Mention(mention) = atoms.get(at + 2)?.kind else {
        return None;
    };
    let goes_on = match atoms.get(at + 3).map(|atom| atom.kind) {
        Some(Kind::Comma) => atoms.get(at + 4).is_some_and(|atom| !matches!(atom.kind, Kind::Other)),
        Some(kind) => {
            matches!(kind, Kind::Joint | Kind::Preposition(_) | Kind::Dash | Kind::Sector(_) | Kind::Open)
        }
        None => false,
    };
    let phrase = phrases.last_mut()?;
    // "A and B, south of C": the list was closed by its "and".
    let closed = comma > 1 && phrase.first > 0 && matches!(atoms[phrase.first - 1].kind, Kind::Joint);
    let in_list = (phrase.continues && !closed) || phrase.relation == Relation::Dir;
    if goes_on || in_list || phrase.anchor.is_some() || !narrower(words, phrase) {
        return None;
    }
    phrase.anchor = Some(Anchor {
        mention: words.first_mention + mention,
        bearing: Some(bearing),
        distance_km: None,
        gloss: true,
    });
    Some(at + 3)
}

/// Reads ", Y Oblast" at the comma `comma`: the unit that the place lies in.
fn container(words: &Words, atoms: &[Atom], phrases: &[Phrase], comma: usize) -> Option<usize> {
    let Kind::Mention(mention) = atoms.get(comma + 1)?.kind else {
        return None;
    };
    let own = words.class_of(phrases.last()?.mention);
    let holds = words.class_of(mention).is_some_and(PlaceClass::is_unit);
    let plural = atoms.get(comma + 2).is_some_and(|atom| atom.kind == Kind::Joint || is_hyphen(words, atom));
    (holds && !own.is_some_and(PlaceClass::is_unit) && !plural).then_some(comma + 2)
}
