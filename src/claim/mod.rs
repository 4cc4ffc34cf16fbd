//! Who says what happened where and when, and how firmly: [`Claim`].
//! One claim is one side, one kind of action and one named place in one sentence.

mod actor;
mod attach;
mod explain;
mod extract;
mod ground;
mod item;
mod parse;
mod party;
mod predicate;
mod repeat;
mod speaker;
mod status;
mod subject;
#[cfg(test)]
mod tests;
mod turns;
mod undrawn;
mod voice;
mod when;

pub use extract::claims;
pub use undrawn::{Reason, Undrawn, undrawn};

use crate::document::Span;
use crate::lexicon::words;
pub use crate::lexicon::{ClaimType, ClaimantKind, Side};
use crate::mention::Locative;
use jiff::civil::Date;
use serde::Serialize;

/// One statement that one side did (or did not do, or may do) something at one named place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// Its sentence, as an index into the outline's sentences.
    pub sentence: usize,
    /// The words that name the action.
    pub trigger: Span,
    /// What was done.
    pub claim_type: ClaimType,
    /// Who did it.
    pub actor_side: Side,
    /// The words that name the actor.
    pub actor: Option<Span>,
    /// To whom, where the words say so.
    pub target_side: Option<Side>,
    /// The numbered or named unit.
    pub unit: Option<Span>,
    /// How firmly it is said.
    pub status: Status,
    /// The words that name who claims or denies it.
    pub claimed_by: Option<Span>,
    /// What sort of source that is; none unless claimed or denied.
    pub claimed_by_kind: Option<ClaimantKind>,
    /// The hedging words ("reportedly", "likely").
    pub hedge: Option<Span>,
    /// The place and how the action relates to it.
    pub place: Locative,
    /// When.
    pub when: When,
    /// The claim that this one repeats word for word in the same document, as an index into the document's claims.
    pub repeat_of: Option<usize>,
    /// How sure the grammar is of its reading, 0 to 1.
    pub confidence: f64,
    /// The pieces of grammar that fired, for `explain`.
    pub grammar: Vec<&'static str>,
}

/// How firmly a claim is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Geolocated footage shows it.
    Geolocated,
    /// The narrator assesses it.
    Assessed,
    /// The narrator states it flatly.
    Asserted,
    /// Put in the mouth of a party or source.
    Claimed,
    /// The narrator says that it did not happen.
    Negated,
    /// A party denies it.
    Denied,
    /// Intended, prepared, an objective.
    Planned,
    /// May, could, would, if.
    Hypothetical,
}

/// When it happened, as far as the words say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct When {
    /// First and last day of the event, inclusive; none where the text does not date it.
    pub event: Option<(Date, Date)>,
    /// UCDP temporal precision, 1 (a day) to 5 (a year or more).
    pub precision: u8,
    /// How it was found.
    pub basis: DateBasis,
    /// The words that date it.
    pub text: Option<Span>,
    /// The report's date or that of the report it quotes: undated claims count from it.
    pub as_of: Option<Date>,
}

/// How a claim's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// A date in the sentence.
    Explicit,
    /// Words relative to the report ("overnight", "over the past day").
    Relative,
    /// The sentence does not date it.
    ReportDate,
}

words! {
    Status {
        Geolocated = "geolocated", Assessed = "assessed", Asserted = "asserted", Claimed = "claimed",
        Negated = "negated", Denied = "denied", Planned = "planned", Hypothetical = "hypothetical",
    }
    DateBasis { Explicit = "explicit", Relative = "relative", ReportDate = "report_date" }
}

impl Claim {
    /// Whether it would be drawn as ground gained: a gain of ground that somebody says happened.
    pub fn is_gain(&self) -> bool {
        self.claim_type.is_gain() && self.status.is_said()
    }
}

impl ClaimType {
    /// Whether the actor gains ground by it.
    pub fn is_gain(self) -> bool {
        matches!(self, ClaimType::Advance | ClaimType::Seizure | ClaimType::Entry | ClaimType::Infiltration)
    }
}

impl Status {
    /// Whether somebody says that it happened.
    pub fn is_said(self) -> bool {
        matches!(self, Status::Geolocated | Status::Assessed | Status::Asserted | Status::Claimed)
    }
}
