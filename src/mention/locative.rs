//! How each mention's place is meant: relation, bearing, distance and anchor, worked out from the words around it.
//! The pieces are `atom`'s; what was done there is `claim`'s question.

use super::atom::{Atom, Kind, atoms, is_quiet};
use super::{Anchor, Lead, Locative, MentionKind, Relation, Words};
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Bearing, Preposition, Pronoun, Reach, Sector, Sense, Shape};

/// The locatives of one sentence, in text order. A mention that only anchors or contains another has none of its own.
pub fn locatives(words: &Words) -> Vec<Locative> {
    if words.mentions.is_empty() {
        return Vec::new();
    }
    let atoms = atoms(words);
    let mut phrases: Vec<Phrase> = Vec::with_capacity(words.mentions.len());
    for at in 0..atoms.len() {
        if let Kind::Mention(mention) = atoms[at].kind
            && !phrases.iter().any(|phrase| phrase.holds(at))
        {
            let phrase = phrase_of(words, &atoms, at, mention, &phrases);
            phrases.push(phrase);
            read_behind(words, &atoms, &mut phrases);
            respectively(words, &atoms, &mut phrases);
        }
    }
    anchor_by_order(words, &atoms, &mut phrases);
    let settled = phrases.iter().filter(|phrase| phrase.keep);
    settled.map(|phrase| phrase.locative(words, &atoms)).collect()
}

/// A place phrase in the making.
#[derive(Clone, Debug)]
struct Phrase {
    /// The sentence's mention.
    mention: usize,
    /// First atom, the mention's own atom, and one past the last atom.
    first: usize,
    name: usize,
    end: usize,
    relation: Relation,
    bearing: Option<Bearing>,
    distance_km: Option<f64>,
    anchor: Option<Anchor>,
    lead: Lead,
    /// It goes on a list that the phrase before began, without words of its own.
    continues: bool,
    /// It is a place of its own, no container or anchor.
    keep: bool,
}

impl Phrase {
    fn holds(&self, atom: usize) -> bool {
        self.name < atom && atom < self.end
    }

    fn locative(&self, words: &Words, atoms: &[Atom]) -> Locative {
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
fn phrase_of(words: &Words, atoms: &[Atom], name: usize, mention: usize, before: &[Phrase]) -> Phrase {
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
        last.filter(|last| class.is_some_and(is_wide) && words.class_of(last.mention) == class)
    {
        (phrase.relation, phrase.bearing) = (Relation::Part, last.bearing);
    }
    if phrase.relation == Relation::In && class.is_some_and(is_wide) {
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

fn is_wide(class: PlaceClass) -> bool {
    matches!(class, PlaceClass::Admin1 | PlaceClass::Admin2 | PlaceClass::Admin3 | PlaceClass::Country)
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
            Kind::Close if part.is_some() => match open_before(atoms, at - 1) {
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
            let joint = back_over_joints(atoms, at);
            if let Some(last) = before.last().filter(|last| last.end == joint) {
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
            Kind::Close if relation.is_some() => match open_before(atoms, at - 1) {
                Some(open) if at - open <= 4 => at = open,
                _ => break,
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

/// Reads the words behind the last phrase's name: sector words, glosses, the unit it lies in.
fn read_behind(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
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
    if bearing.is_none() && !class.is_some_and(is_wide) {
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

/// Reads ", 20 km northwest of Y" at the comma `comma`; gives one past its end.
fn distance_gloss(words: &Words, atoms: &[Atom], phrases: &mut [Phrase], comma: usize) -> Option<usize> {
    let mut at = comma + 1;
    let (mut km, mut number, mut bearing) = (None, None, None);
    loop {
        match atoms.get(at)?.kind {
            Kind::Quiet | Kind::Emphasis | Kind::Dash => {}
            Kind::Number(n) => number = Some(n),
            Kind::Distance(metres) => km = number.map(|n| n * f64::from(metres) / 1000.0),
            Kind::Direction(found, Shape::Noun) => bearing = bearing.or(found),
            Kind::Preposition(_) => {}
            Kind::Mention(mention) => {
                km?;
                bearing?;
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
                return Some(at + 1);
            }
            _ => return None,
        }
        at += 1;
    }
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
    let holds = words.class_of(mention).is_some_and(is_wide);
    let plural = atoms.get(comma + 2).is_some_and(|atom| matches!(atom.kind, Kind::Joint | Kind::Dash));
    (holds && !own.is_some_and(is_wide) && !plural).then_some(comma + 2)
}

/// "A and B, southeast and northeast of Y, respectively": one bearing for each.
fn respectively(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
    let Some(last) = phrases.last().cloned() else {
        return;
    };
    let behind = (last.end..atoms.len()).find(|&at| atoms[at].kind != Kind::Comma);
    let told = behind.is_some_and(|at| {
        let sense = |sense| (sense == Sense::Pronoun(Pronoun::Respectively)).then_some(());
        words.sense_at(atoms[at].first, sense).is_some()
    });
    let bearings: Vec<Option<Bearing>> = atoms[last.first..last.name]
        .iter()
        .filter_map(|atom| match atom.kind {
            Kind::Direction(bearing, Shape::Noun) => Some(bearing),
            _ => None,
        })
        .collect();
    let named = phrases.len() - 1;
    if !told || last.relation != Relation::Dir || bearings.len() < 2 || bearings.len() > named {
        return;
    }
    let first = named - bearings.len();
    for (phrase, bearing) in phrases[first..named].iter_mut().zip(bearings) {
        phrase.anchor = Some(Anchor {
            mention: words.first_mention + last.mention,
            bearing,
            distance_km: None,
            gloss: true,
        });
    }
    phrases[named].keep = false;
}

/// Makes X an anchor in "south of X near Y", and a container in "in X Oblast near Y".
fn anchor_by_order(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
    // The anchor that holds for what comes, and the phrase index from which on.
    let mut holding: Option<Anchor> = None;
    for at in 0..phrases.len() {
        let gap = at > 0 && follows_quietly(words, atoms, &phrases[at - 1], &phrases[at]);
        if at > 0 && !phrases[at].continues {
            let before = phrases[at - 1].clone();
            let own = phrases[at].lead == Lead::Preposition && phrases[at].relation != Relation::Dir;
            let line = matches!(phrases[at].relation, Relation::Along | Relation::Axis);
            let own_gloss = phrases[at].relation == Relation::Toward
                && (before.continues || phrases[at].anchor.is_some_and(|anchor| anchor.gloss));
            if gap && before.relation == Relation::Dir && (line || own_gloss) {
                phrases[at].keep = own_gloss;
                holding = None;
            } else if phrases[at - 1].end == phrases[at].first
                && phrases[at].relation == Relation::Dir
                && is_spot(words, &before)
            {
                // "toward X north of Y": Y says where X lies.
                phrases[at - 1].anchor = Some(Anchor {
                    mention: words.first_mention + phrases[at].mention,
                    bearing: phrases[at].bearing,
                    distance_km: phrases[at].distance_km,
                    gloss: true,
                });
                phrases[at].keep = false;
                holding = None;
            } else if gap && own && is_line(words, &before) {
                phrases[at - 1].keep = false;
                holding = None;
            } else if gap
                && before.relation != Relation::Dir
                && holds(words, &phrases[at])
                && narrower(words, &before)
            {
                phrases[at].keep = false;
                holding = None;
            } else if gap && own && before.relation == Relation::Dir {
                holding = Some(Anchor {
                    mention: words.first_mention + before.mention,
                    bearing: before.bearing,
                    distance_km: before.distance_km,
                    gloss: false,
                });
                drop_list(phrases, at - 1);
            } else if gap && own && is_container(words, &before) && narrower(words, &phrases[at]) {
                drop_list(phrases, at - 1);
                holding = None;
            } else if !(own && goes_on(atoms, &before, &phrases[at])) {
                holding = None;
            }
        }
        if phrases[at].continues && at > 0 && !phrases[at - 1].keep && phrases[at].relation == Relation::Along
        {
            phrases[at].keep = false;
        }
        if holding.is_some() && phrases[at].anchor.is_none() && phrases[at].relation != Relation::Dir {
            phrases[at].anchor = holding;
        }
    }
}

/// Drops phrase `last` and what it continues as places of their own.
fn drop_list(phrases: &mut [Phrase], last: usize) {
    let mut at = last;
    phrases[at].keep = false;
    while phrases[at].continues && at > 0 {
        at -= 1;
        phrases[at].keep = false;
    }
}

fn is_container(words: &Words, phrase: &Phrase) -> bool {
    matches!(phrase.relation, Relation::Area | Relation::Part)
        && words.class_of(phrase.mention).is_some_and(is_wide)
}

/// Whether a phrase right behind a place only says in what it lies: "near X in western Y Oblast".
fn holds(words: &Words, phrase: &Phrase) -> bool {
    phrase.lead == Lead::Preposition && (phrase.relation == Relation::Part || is_container(words, phrase))
}

/// Whether a phrase names a spot that another can lie in a direction from.
fn is_spot(words: &Words, phrase: &Phrase) -> bool {
    narrower(words, phrase)
        && !is_line(words, phrase)
        && phrase.anchor.is_none()
        && matches!(phrase.relation, Relation::In | Relation::Near | Relation::Toward)
        && phrase.keep
}

/// A river or a road: what stands behind it is more specific.
fn is_line(words: &Words, phrase: &Phrase) -> bool {
    let class = words.class_of(phrase.mention);
    matches!(class, Some(PlaceClass::Water | PlaceClass::Road))
}

fn narrower(words: &Words, phrase: &Phrase) -> bool {
    !words.class_of(phrase.mention).is_some_and(is_wide)
}

/// Whether nothing but a date or the like stands between two phrases.
fn follows_quietly(words: &Words, atoms: &[Atom], before: &Phrase, phrase: &Phrase) -> bool {
    let (from, to) = (before.end, phrase.first);
    from <= to
        && (from == to
            || (is_quiet(words, atoms[from].first, atoms[to].first)
                && atoms[from..to].iter().any(|atom| matches!(atom.kind, Kind::Number(_)))))
}

/// Whether a phrase goes on under the anchor of the one before: "near A and toward B".
fn goes_on(atoms: &[Atom], before: &Phrase, phrase: &Phrase) -> bool {
    let from = before.end;
    from < phrase.first
        && atoms[from..phrase.first].iter().all(|atom| matches!(atom.kind, Kind::Joint | Kind::Comma))
}

/// Skips articles, emphasis and "the city of" backwards; gives the position after the last other atom.
fn back_over_quiet(atoms: &[Atom], mut at: usize) -> usize {
    while at > 0 && matches!(atoms[at - 1].kind, Kind::Quiet | Kind::Emphasis | Kind::Generic) {
        at -= 1;
    }
    at
}

/// Skips "and", commas, dashes and emphasis backwards.
fn back_over_joints(atoms: &[Atom], mut at: usize) -> usize {
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
fn is_direction_before(atoms: &[Atom], joint: usize) -> bool {
    let at = back_over_joints(atoms, joint);
    at > 0 && matches!(atoms[at - 1].kind, Kind::Direction(..))
}

/// The opening mark of the parenthesis that closes at atom `close`.
fn open_before(atoms: &[Atom], close: usize) -> Option<usize> {
    (0..close).rev().find(|&at| atoms[at].kind == Kind::Open)
}

/// The kilometres that end before atom `at`, and where they begin: "2.2 km", "five to seven kilometers".
fn distance_before(atoms: &[Atom], at: usize) -> Option<(f64, usize)> {
    let at = back_over_quiet(atoms, at);
    let unit = at.checked_sub(1)?;
    let Kind::Distance(metres) = atoms[unit].kind else {
        return None;
    };
    let number = number_before(atoms, unit)?;
    Some((number * f64::from(metres) / 1000.0, unit.checked_sub(1)?))
}

/// The number right before atom `at`.
fn number_before(atoms: &[Atom], at: usize) -> Option<f64> {
    let mut before = at;
    while before > 0 && matches!(atoms[before - 1].kind, Kind::Dash) {
        before -= 1;
    }
    match atoms.get(before.checked_sub(1)?)?.kind {
        Kind::Number(number) if number.is_finite() => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;
    use crate::mention::marked::Marked;

    /// What each locative says: "Lyman near NE @Kupyansk 5 N gloss".
    fn read(marked: &str) -> Vec<String> {
        let sentence = Marked::new(Lang::En, marked);
        let name = |mention: usize| sentence.mentions[mention].span.of(&sentence.text);
        let found = locatives(&sentence.words());
        found
            .iter()
            .map(|locative| {
                let mut line = format!("{} {}", name(locative.place), locative.relation.as_str());
                if let Some(km) = locative.distance_km {
                    line += &format!(" {km}");
                }
                if let Some(bearing) = locative.bearing {
                    line += &format!(" {}", bearing.as_str());
                }
                if let Some(anchor) = locative.anchor {
                    line += &format!(" @{}", name(anchor.mention));
                    if let Some(km) = anchor.distance_km {
                        line += &format!(" {km}");
                    }
                    if let Some(bearing) = anchor.bearing {
                        line += &format!(" {}", bearing.as_str());
                    }
                }
                line
            })
            .collect()
    }

    #[test]
    fn lists_share_their_preposition() {
        assert_eq!(
            read("They advanced near [Kupyansk], [Pokrovsk], and [Vuhledar] and in [Kursk Oblast|admin1]."),
            ["Kupyansk near", "Pokrovsk near", "Vuhledar near", "Kursk Oblast area"]
        );
        assert_eq!(
            read("They attacked near [Svatove], near [Chasiv Yar], and northwest of [Avdiivka]."),
            ["Svatove near", "Chasiv Yar near", "Avdiivka dir NW"]
        );
    }

    #[test]
    fn a_place_that_another_is_described_from_is_an_anchor() {
        assert_eq!(
            read(
                "They attacked near [Lyman] itself; northwest of [Lyman] near [Novoselivka] and toward [Sosnove]; and east of [Slovyansk] near [Dronivka] and [Zakitne] on May 6."
            ),
            [
                "Lyman near",
                "Novoselivka near @Lyman NW",
                "Sosnove toward @Lyman NW",
                "Dronivka near @Slovyansk E",
                "Zakitne near @Slovyansk E"
            ]
        );
        assert_eq!(
            read("Fighting went on northeast of [Kharkiv] in [Vovchansk]."),
            ["Vovchansk in @Kharkiv NE"]
        );
    }

    #[test]
    fn glosses_belong_to_the_names_before_them() {
        assert_eq!(
            read("They advanced near [Zoryane] (5km south of [Kurakhove]) and [Berestky]."),
            ["Zoryane near @Kurakhove 5 S", "Berestky near"]
        );
        assert_eq!(
            read("They advanced east of [Sokil] and in central [Prohres] (both northwest of [Avdiivka])."),
            ["Sokil dir E @Avdiivka NW", "Prohres part @Avdiivka NW"]
        );
        assert_eq!(
            read(
                "They struck near [Ternuvate], [Bratske], [Vidradne] (all north of [Hulyaipole]), and [Zelene]."
            ),
            [
                "Ternuvate near @Hulyaipole N",
                "Bratske near @Hulyaipole N",
                "Vidradne near @Hulyaipole N",
                "Zelene near"
            ]
        );
        assert_eq!(
            read(
                "They shelled [Saltiv] and [Mospanove], about 55 km southeast of [Kharkiv City], on July 24."
            ),
            ["Saltiv in", "Mospanove in @Kharkiv City 55 SE"]
        );
    }

    #[test]
    fn parts_and_offsets_keep_their_bearing() {
        assert_eq!(read("They entered northern, central, and southern [Hulyaipole]."), ["Hulyaipole part N"]);
        assert_eq!(read("They advanced 2.2 km north and west of [Ivanivka]."), ["Ivanivka dir 2.2 N"]);
        assert_eq!(
            read(
                "They hold east (left) bank [Kherson Oblast|admin1] and the northern bank of the [Oskil River|water]."
            ),
            ["Kherson Oblast part E", "Oskil River part N"]
        );
        assert_eq!(read("They advanced to the outskirts of [Karlivka]."), ["Karlivka near"]);
        assert_eq!(
            read("They fought in western [Donetsk Oblast|admin1] and western [Zaporizhia Oblast|admin1]."),
            ["Donetsk Oblast part W", "Zaporizhia Oblast part W"]
        );
    }

    #[test]
    fn sectors_areas_and_lines() {
        assert_eq!(read("They attacked in the [Pokrovsk] direction."), ["Pokrovsk axis"]);
        assert_eq!(
            read("They attacked in the [Lyman] and [Siversk] directions."),
            ["Lyman axis", "Siversk axis"]
        );
        assert_eq!(
            read("They advanced in the [Kostyantynivka]-[Druzhkivka] tactical area and near [Pokrovsk]."),
            ["Kostyantynivka area", "Druzhkivka area", "Pokrovsk near"]
        );
        assert_eq!(
            read("They attacked along the [Kupyansk]-[Svatove]-[Kreminna] line."),
            ["Kupyansk axis", "Svatove axis", "Kreminna axis"]
        );
        assert_eq!(
            read("They attacked in the [Zolochiv] (northwest of [Kharkiv City]) direction."),
            ["Zolochiv axis @Kharkiv City NW"]
        );
    }

    #[test]
    fn units_that_contain_the_place_are_no_places_of_their_own() {
        assert_eq!(
            read(
                "They blew up a line near [Novobohdanivka], [Zaporizhia Oblast|admin1], 30 km north of [Melitopol]."
            ),
            ["Novobohdanivka near @Melitopol 30 N"]
        );
        assert_eq!(
            read(
                "Fighting went on in western [Zaporizhia Oblast|admin1] on June 7 near [Robotyne] and [Verbove]."
            ),
            ["Robotyne near", "Verbove near"]
        );
        assert_eq!(
            read("They attacked in [Donetsk|admin1], [Luhansk Oblasts|admin1]."),
            ["Donetsk area", "Luhansk Oblasts area"]
        );
    }

    #[test]
    fn ways_from_toward_and_between() {
        assert_eq!(
            read(
                "They advanced 1.5 km from [Umanske] toward [Persha], and fought between [Roty] and [Myrne]."
            ),
            ["Umanske near", "Persha toward", "Roty between", "Myrne between"]
        );
    }
}
