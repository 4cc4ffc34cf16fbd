//! In whose mouth a predicate is put: the chain of sayings over it, as far as it decides the status.

use super::actor::by_party;
use super::item::{Item, Kind};
use super::party::source;
use super::predicate::{Predicate, Tie, What, party};
use super::turns::Turns;
use super::{ClaimantKind, Span};
use crate::lexicon::{Evidence, Link, Saying};
use crate::mention::Words;

/// Who speaks for a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The narrator, flatly.
    Narrator,
    /// The narrator, as a judgement.
    Assessed,
    /// Geolocated footage.
    Geolocated,
    /// A party or source, and the words that name it.
    Claimed(ClaimantKind, Option<Span>),
    /// A party that says it is not so.
    Denied(ClaimantKind, Option<Span>),
    /// A source that is named elsewhere in the document.
    Told,
    /// The narrator, who has not seen it confirmed or reported.
    Unseen,
    /// What something may or would suggest.
    Possible,
}

/// The voice of each predicate. `base` is what the block's label says.
pub(super) fn voices(words: &Words, items: &[Item], predicates: &[Predicate], base: Voice) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::with_capacity(predicates.len());
    for at in 0..predicates.len() {
        let voice = voice(words, items, predicates, at, &voices, base);
        voices.push(voice);
    }
    for at in 1..predicates.len() {
        // "clashes were reported near X".
        let noun = matches!(predicates[at - 1].what, What::Act(_, None));
        let said = matches!(predicates[at].what, What::Say(Saying::Say)) && predicates[at].passive;
        if noun && said && predicates[at].tie == Tie::Chain && voices[at - 1] == Voice::Narrator {
            voices[at - 1] = Voice::Claimed(ClaimantKind::Other, None);
        }
    }
    refuted(words, items, predicates, &mut voices);
    trailing(words, items, predicates, &mut voices, base);
    leading(words, items, predicates, &mut voices, base);
    according(words, items, predicates, &mut voices, base);
    voices
}

/// The voice of predicate `at`, by the one before it.
fn voice(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    at: usize,
    voices: &[Voice],
    base: Voice,
) -> Voice {
    let predicate = &predicates[at];
    let Some(last) = at.checked_sub(1) else {
        return base;
    };
    let says = matches!(predicate.what, What::Say(_));
    let after = |say: usize| complement(words, items, predicates, say, voices[say], base);
    let last_says = matches!(predicates[last].what, What::Say(_));
    match predicate.tie {
        Tie::First => base,
        Tie::Chain if last_says => after(last),
        Tie::Chain => voices[last],
        Tie::Link(Link::That) => {
            let say = (0..at).rev().find(|&i| matches!(predicates[i].what, What::Say(_)));
            let near = last_says || say.is_some_and(|say| that_goes_back(items, predicates, say, at));
            match say {
                Some(say) if near => after(say),
                _ => voices[last],
            }
        }
        Tie::Comma if predicates[last].what == What::Say(Saying::Told) => after(last),
        Tie::Link(Link::And | Link::Or) | Tie::Comma => {
            if says && predicate.own_subject {
                base
            } else if says {
                if hangs_on(items, predicate) { voices[last] } else { voices[first_say(predicates, at)] }
            } else if last_says
                && (!has_complement(predicates, last, at)
                    || !predicate.own_subject && predicate.tie == Tie::Comma)
            {
                after(last)
            } else if voices[last] == Voice::Geolocated
                && predicate.turns.has(Turns::LIKELY)
                && !predicates[last].turns.has(Turns::LIKELY)
            {
                // "footage shows A and that they likely did B": B is not seen.
                Voice::Assessed
            } else {
                voices[last]
            }
        }
        Tie::Link(Link::But) => {
            if predicate.own_subject && (says || voices[last] == Voice::Geolocated) {
                base
            } else {
                voices[last]
            }
        }
        Tie::Link(Link::Beside) => base,
        Tie::Semicolon if predicate.own_subject => base,
        Tie::Link(Link::Amid) if voices[last] == Voice::Geolocated => base,
        // "footage shows A, where B had been before": the second is the narrator's to tell.
        Tie::Link(Link::Where)
            if voices[last] == Voice::Geolocated
                && items[predicate.own..predicate.item].iter().any(|item| item.kind == Kind::Past) =>
        {
            Voice::Narrator
        }
        Tie::Link(_) if says && predicate.own_subject => base,
        Tie::Link(_) if last_says && !has_complement(predicates, last, at) => after(last),
        Tie::Semicolon | Tie::Link(_) => voices[last],
    }
}

/// Whether a saying is an "-ing" that hangs on the clause before (", indicating that").
fn hangs_on(items: &[Item], predicate: &Predicate) -> bool {
    predicate.tie == Tie::Comma && !matches!(items[predicate.item].kind, Kind::Party(_))
}

/// The saying with which coordinated sayings began.
fn first_say(predicates: &[Predicate], at: usize) -> usize {
    (0..at).find(|&i| matches!(predicates[i].what, What::Say(_))).unwrap_or(0)
}

/// Whether a "that" before predicate `at` can go back to the saying `say`: "claimed that A and that B".
fn that_goes_back(items: &[Item], predicates: &[Predicate], say: usize, at: usize) -> bool {
    let joint = predicates[at].own.checked_sub(2).map(|i| items[i].kind);
    let coordinated =
        matches!(joint, Some(Kind::Link(Link::And | Link::Or | Link::But) | Kind::Comma | Kind::Semicolon));
    coordinated && has_complement(predicates, say, at)
}

/// Whether a predicate between the saying and `at` already is what was said.
fn has_complement(predicates: &[Predicate], say: usize, at: usize) -> bool {
    predicates[say + 1..at]
        .iter()
        .any(|predicate| matches!(predicate.tie, Tie::Chain | Tie::Link(Link::That)))
}

/// The voice of what predicate `say` says.
fn complement(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    say: usize,
    outer: Voice,
    base: Voice,
) -> Voice {
    let predicate = &predicates[say];
    let What::Say(saying) = predicate.what else {
        return outer;
    };
    // "posted a video claiming to have seized X": it is who posted it that claims.
    let shown =
        |at: usize| matches!(items[at].kind, Kind::Party(party) if party.evidence.is_some() && !party.acts);
    let poster = || predicates[..say].iter().rev().filter_map(|known| known.subject).find(|&at| !shown(at));
    let subject = predicate.subject;
    let subject = match saying {
        Saying::Say if predicate.tie == Tie::Chain && subject.is_some_and(shown) => poster().or(subject),
        _ => subject,
    };
    let sayer = party(items, subject);
    let named = subject.and_then(|at| source(&items[at]));
    let (kind, name) =
        named.map_or((None, None), |(kind, (first, end))| (Some(kind), Some(words.span(first, end))));
    let negated = predicate.turns.has(Turns::NOT) || predicate.turns.has(Turns::FAIL);
    let narrator = sayer.is_some_and(|party| party.is_narrator());
    // "the withdrawal may suggest that ...": nobody says that it does.
    let open = predicate.turns.has(Turns::MAYBE) || predicate.turns.has(Turns::FUTURE);
    let of_another = predicates.get(say + 1).is_some_and(|next| matches!(next.what, What::Say(_)));
    if open && !of_another && matches!(saying, Saying::Suggest | Saying::Show) {
        return Voice::Possible;
    }
    if matches!(outer, Voice::Claimed(..) | Voice::Denied(..)) && base != outer {
        return match (saying, outer) {
            (Saying::Deny, Voice::Claimed(kind, name)) => Voice::Denied(kind, name),
            (_, Voice::Claimed(kind, name)) if negated => Voice::Denied(kind, name),
            _ => outer,
        };
    }
    if matches!(outer, Voice::Unseen | Voice::Possible) {
        return outer;
    }
    if let Some(evidence) = sayer.and_then(|party| party.evidence) {
        return match evidence {
            // "footage shows them in X, suggesting that they advanced": a conclusion from it.
            Evidence::Geolocated if saying == Saying::Suggest && !predicate.own_subject => Voice::Assessed,
            Evidence::Geolocated => Voice::Geolocated,
            Evidence::Footage if negated => Voice::Unseen,
            Evidence::Footage if saying == Saying::Suggest => Voice::Assessed,
            Evidence::Footage => base,
        };
    }
    match saying {
        _ if narrator && negated => Voice::Unseen,
        Saying::Assess if narrator || sayer.is_none() => Voice::Assessed,
        Saying::Observe | Saying::Say | Saying::Show | Saying::Suggest if narrator => base,
        // "there is no evidence that ...": nobody else is named.
        Saying::Deny if narrator || sayer.is_none() => Voice::Unseen,
        Saying::Deny => Voice::Denied(kind.unwrap_or(ClaimantKind::Other), name),
        Saying::Show if outer == Voice::Geolocated => Voice::Geolocated,
        Saying::Suggest => Voice::Assessed,
        Saying::Show if sayer.is_none_or(|party| party.acts && party.claimant.is_none()) => Voice::Assessed,
        _ if negated && predicate.turns.has(Turns::NOT) => Voice::Unseen,
        Saying::Told if sayer.is_none() => Voice::Told,
        _ if predicate.passive || named.is_none() => Voice::Claimed(ClaimantKind::Other, None),
        _ => Voice::Claimed(kind.unwrap_or(ClaimantKind::Other), name),
    }
}

/// "…, X reported." and "as X claimed": a saying without a complement speaks for the clause before it.
fn trailing(words: &Words, items: &[Item], predicates: &[Predicate], voices: &mut [Voice], base: Voice) {
    for say in 1..predicates.len() {
        let predicate = &predicates[say];
        let What::Say(Saying::Say | Saying::Show | Saying::Told) = predicate.what else {
            continue;
        };
        let named = predicate.own_subject || predicate.what == What::Say(Saying::Told);
        let ends = predicates
            .get(say + 1)
            .is_none_or(|next| !matches!(next.tie, Tie::Chain | Tie::Link(Link::That)));
        // "Of the seizure of X said Y": the saying stands behind what was said, and who says it behind that.
        let inverted = predicate.tie == Tie::Chain && predicate.subject.is_some_and(|at| at > predicate.item);
        let tied = inverted || matches!(predicate.tie, Tie::Comma | Tie::Link(Link::Under));
        // "…, which geolocated footage confirms".
        let confirms = predicate.tie == Tie::Link(Link::Relative);
        if !(ends && (tied || confirms) && named) {
            continue;
        }
        let voice = complement(words, items, predicates, say, base, base);
        let seen = voice == Voice::Geolocated && predicate.own_subject;
        let told = matches!(voice, Voice::Claimed(..) | Voice::Told) && !confirms;
        if !seen && !told {
            continue;
        }
        for at in (0..say).rev() {
            if matches!(predicates[at].what, What::Say(_)) && voices[at + 1] != Voice::Unseen {
                break;
            }
            let claimed = seen && matches!(voices[at], Voice::Claimed(..));
            if claimed || matches!(voices[at], Voice::Narrator | Voice::Unseen) || voices[at] == base {
                voices[at] = voice;
            }
            if matches!(predicates[at].tie, Tie::Link(Link::But | Link::Beside) | Tie::Semicolon) {
                break;
            }
        }
    }
}

/// "Reports that … are false": what the passive denial behind a clause makes of the clause.
fn refuted(words: &Words, items: &[Item], predicates: &[Predicate], voices: &mut [Voice]) {
    for deny in 1..predicates.len() {
        let predicate = &predicates[deny];
        let ends = predicates
            .get(deny + 1)
            .is_none_or(|next| !matches!(next.tie, Tie::Chain | Tie::Link(Link::That)));
        if predicate.what != What::Say(Saying::Deny)
            || !predicate.passive
            || !ends
            || !matches!(predicate.tie, Tie::Chain | Tie::Comma)
        {
            continue;
        }
        let doer = by_party(items, predicates, deny).and_then(|at| party(items, Some(at)));
        let doer = doer.and_then(|doer| Some((doer.kind()?, Some(words.span(doer.first, doer.end)))));
        for at in (0..deny).rev().take_while(|&at| !matches!(predicates[at].what, What::Say(_))) {
            voices[at] = match (doer, voices[at]) {
                (Some((kind, name)), _) => Voice::Denied(kind, name),
                (None, Voice::Claimed(kind, name) | Voice::Denied(kind, name)) => Voice::Denied(kind, name),
                (None, _) => Voice::Unseen,
            };
        }
    }
}

/// "As X reports, …": the saying in front speaks for what follows.
fn leading(words: &Words, items: &[Item], predicates: &[Predicate], voices: &mut [Voice], base: Voice) {
    let Some(say) = predicates.first().filter(|say| matches!(say.what, What::Say(_)) && say.own > 0) else {
        return;
    };
    if items[say.own - 1].kind != Kind::Link(Link::Under) || say.subject.is_none() {
        return;
    }
    let voice = complement(words, items, predicates, 0, base, base);
    for known in voices[1..].iter_mut().filter(|known| **known == base) {
        *known = voice;
    }
}

/// "According to X, …" and "…, according to X".
fn according(words: &Words, items: &[Item], predicates: &[Predicate], voices: &mut [Voice], base: Voice) {
    for at in 0..items.len() {
        if items[at].kind != Kind::Link(Link::According) {
            continue;
        }
        let Some(source) = (at + 1..items.len()).take(3).find_map(|i| party(items, Some(i))) else {
            continue;
        };
        let voice = match source.kind() {
            Some(kind) => Voice::Claimed(kind, Some(words.span(source.first, source.end))),
            None => continue,
        };
        let leads = predicates.first().is_none_or(|first| first.item > at);
        for (predicate, known) in predicates.iter().zip(voices.iter_mut()) {
            let reached = if leads { predicate.item > at } else { predicate.item < at };
            if reached && *known == base && base == Voice::Narrator {
                *known = voice;
            }
        }
    }
}
