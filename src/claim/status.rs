//! How firmly an action is said to have happened, and what becomes of it when it was only tried:
//! voice and turns together.

use super::turns::Turns;
use super::voice::Voice;
use super::{ClaimantKind, Span, Status};
use crate::lexicon::ClaimType;

/// What is left of an action after all that turns it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) act: ClaimType,
    pub(super) status: Status,
    pub(super) by: Option<(ClaimantKind, Option<Span>)>,
}

/// The verdict over an action in a voice.
pub(super) fn verdict(act: ClaimType, turns: Turns, voice: Voice) -> Verdict {
    let (act, turns) = tried(act, turns);
    if turns.has(Turns::PREVENT) {
        return unattributed(act, Status::Hypothetical);
    }
    if turns.has(Turns::PLAN) && turns.has(Turns::NOT) {
        return unattributed(act, Status::Negated);
    }
    if turns.has(Turns::PLAN) {
        return unattributed(act, Status::Planned);
    }
    if turns.has(Turns::MAYBE) || turns.has(Turns::FUTURE) {
        return unattributed(act, Status::Hypothetical);
    }
    if voice == Voice::Possible {
        return unattributed(act, Status::Hypothetical);
    }
    let negated = turns.has(Turns::NOT) || turns.has(Turns::FAIL);
    let voice = if voice == Voice::Told { Voice::Claimed(ClaimantKind::Other, None) } else { voice };
    let (status, by) = match voice {
        Voice::Unseen => (Status::Negated, None),
        Voice::Claimed(kind, name) if negated => (Status::Denied, Some((kind, name))),
        Voice::Denied(kind, name) => (Status::Denied, Some((kind, name))),
        Voice::Claimed(kind, name) => (Status::Claimed, Some((kind, name))),
        _ if negated => (Status::Negated, None),
        Voice::Geolocated => (Status::Geolocated, None),
        _ if turns.has(Turns::REPORTED) => (Status::Claimed, Some((ClaimantKind::Other, None))),
        Voice::Assessed => (Status::Assessed, None),
        _ if turns.has(Turns::LIKELY) => (Status::Assessed, None),
        Voice::Narrator | Voice::Told | Voice::Possible => (Status::Asserted, None),
    };
    Verdict { act, status, by }
}

fn unattributed(act: ClaimType, status: Status) -> Verdict {
    Verdict { act, status, by: None }
}

/// What was tried, with or without success, is an attack; "failed to seize" denies the seizure.
fn tried(act: ClaimType, turns: Turns) -> (ClaimType, Turns) {
    let ground =
        matches!(act, ClaimType::Advance | ClaimType::Seizure | ClaimType::Entry | ClaimType::Infiltration);
    let tried = turns.has(Turns::ATTEMPT) || turns.has(Turns::UNSUCCESSFUL);
    if ground && tried && !turns.has(Turns::NOT) { (ClaimType::Attack, turns) } else { (act, turns) }
}
