//! Why a claim was made, and why a sentence with a word of gain was not drawn.

use super::attach::Attached;
use super::predicate::{Predicate, Tie};
use super::turns::Turns;
use super::voice::Voice;
use crate::lexicon::Link;

/// The names of the pieces of grammar behind a claim, from the outside in.
pub(super) fn pieces(predicate: &Predicate, voice: Voice, place: Attached) -> Vec<&'static str> {
    let mut pieces = Vec::new();
    match voice {
        Voice::Narrator => {}
        Voice::Assessed => pieces.push("voice.assessed"),
        Voice::Geolocated => pieces.push("voice.geolocated"),
        Voice::Claimed(..) => pieces.push("voice.claimed"),
        Voice::Denied(..) => pieces.push("voice.denied"),
        Voice::Told => pieces.push("voice.told"),
        Voice::Unseen => pieces.push("voice.unseen"),
        Voice::Possible => pieces.push("voice.possible"),
    }
    match predicate.tie {
        Tie::First | Tie::Chain => {}
        Tie::Comma | Tie::Semicolon => pieces.push("clause.next"),
        Tie::Link(Link::And | Link::Or) => pieces.push("clause.and"),
        Tie::Link(Link::But) => pieces.push("clause.but"),
        Tie::Link(Link::That) => pieces.push("clause.that"),
        Tie::Link(_) => pieces.push("clause.beside"),
    }
    let turns = [
        (Turns::NOT, "turn.not"),
        (Turns::FAIL, "turn.fail"),
        (Turns::ATTEMPT, "turn.attempt"),
        (Turns::PLAN, "turn.plan"),
        (Turns::MAYBE, "turn.maybe"),
        (Turns::FUTURE, "turn.future"),
        (Turns::PREVENT, "turn.prevent"),
        (Turns::UNSUCCESSFUL, "turn.unsuccessful"),
        (Turns::REPORTED, "hedge.reported"),
        (Turns::LIKELY, "hedge.likely"),
        (Turns::PURPOSE, "turn.purpose"),
    ];
    pieces.extend(turns.iter().filter(|(turn, _)| predicate.turns.has(*turn)).map(|(_, name)| *name));
    if predicate.passive {
        pieces.push("verb.passive");
    }
    if !predicate.own_subject {
        pieces.push("subject.inherited");
    }
    if place.shared {
        pieces.push("place.shared");
    }
    pieces
}
