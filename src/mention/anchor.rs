//! What the order of phrases makes of them: X is an anchor in "south of X near Y", a container in "in X Oblast near Y".

use super::atom::{Atom, Kind, is_quiet};
use super::phrase::{Phrase, drop_list, is_container, is_line, is_spot, narrower};
use super::{Anchor, Lead, Relation, Words};
use crate::lexicon::{Bearing, Pronoun, Sense, Shape};

/// "A and B, southeast and northeast of Y, respectively": one bearing for each.
pub(super) fn respectively(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
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
pub(super) fn anchor_by_order(words: &Words, atoms: &[Atom], phrases: &mut [Phrase]) {
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

/// Whether a phrase right behind a place only says in what it lies: "near X in western Y Oblast".
fn holds(words: &Words, phrase: &Phrase) -> bool {
    phrase.lead == Lead::Preposition && (phrase.relation == Relation::Part || is_container(words, phrase))
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
