//! Who says what happened where and when, and how firmly: [`Claim`].
//! One claim is one side, one kind of action and one named place in one sentence.

use crate::document::Span;
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

/// What was done, seen from the actor's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimType {
    /// Gained ground.
    Advance,
    /// Took a place as a whole.
    Seizure,
    /// Entered or reached it.
    Entry,
    /// Infiltration mission.
    Infiltration,
    /// Attacked, successful or not.
    Attack,
    /// Counterattacked.
    Counterattack,
    /// Fighting without a named attacker.
    Clash,
    /// The actor beat off an attack.
    Repelled,
    /// The actor gave ground.
    Withdrawal,
    /// Holds, maintains positions, is surrounded.
    Control,
    /// Drone, missile, air or artillery strike.
    Strike,
    /// Units deployed or operating there.
    Presence,
}

/// Who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Russia and those who fight for it.
    Ru,
    /// Ukraine and those who fight for it.
    Ua,
    /// Somebody else.
    Other,
    /// The words do not say.
    Unknown,
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

/// What sort of source claims or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimantKind {
    /// The Russian Ministry of Defence.
    RuMod,
    /// Other Russian officials.
    RuOfficial,
    /// Military bloggers.
    Milblogger,
    /// Other Russian sources.
    RuSource,
    /// The Ukrainian General Staff.
    UaGeneralStaff,
    /// Other Ukrainian officials.
    UaOfficial,
    /// Other Ukrainian sources.
    UaSource,
    /// US and European officials.
    UsEuOfficial,
    /// Media.
    Media,
    /// Anybody else, or nobody named.
    Other,
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

macro_rules! words {
    ($($kind:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl $kind {
            /// All, in order.
            pub const ALL: &'static [$kind] = &[$($kind::$variant),+];

            /// The word used in lexicon and outputs.
            pub fn as_str(self) -> &'static str {
                match self { $($kind::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $kind {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                $kind::ALL.iter().copied().find(|known| known.as_str() == word).ok_or_else(|| {
                    let known: Vec<&str> = $kind::ALL.iter().map(|known| known.as_str()).collect();
                    format!("`{word}` is none of {}", known.join(", "))
                })
            }
        }
    )+};
}

words! {
    ClaimType {
        Advance = "advance", Seizure = "seizure", Entry = "entry", Infiltration = "infiltration",
        Attack = "attack", Counterattack = "counterattack", Clash = "clash", Repelled = "repelled",
        Withdrawal = "withdrawal", Control = "control", Strike = "strike", Presence = "presence",
    }
    Side { Ru = "RU", Ua = "UA", Other = "other", Unknown = "unknown" }
    Status {
        Geolocated = "geolocated", Assessed = "assessed", Asserted = "asserted", Claimed = "claimed",
        Negated = "negated", Denied = "denied", Planned = "planned", Hypothetical = "hypothetical",
    }
    ClaimantKind {
        RuMod = "ru_mod", RuOfficial = "ru_official", Milblogger = "milblogger", RuSource = "ru_source",
        UaGeneralStaff = "ua_general_staff", UaOfficial = "ua_official", UaSource = "ua_source",
        UsEuOfficial = "us_eu_official", Media = "media", Other = "other",
    }
    DateBasis { Explicit = "explicit", Relative = "relative", ReportDate = "report_date" }
}

impl Claim {
    /// Whether it would be drawn as ground gained: an advance, seizure, entry or infiltration that somebody says happened.
    pub fn is_gain(&self) -> bool {
        let gained = matches!(
            self.claim_type,
            ClaimType::Advance | ClaimType::Seizure | ClaimType::Entry | ClaimType::Infiltration
        );
        let said =
            matches!(self.status, Status::Geolocated | Status::Assessed | Status::Asserted | Status::Claimed);
        gained && said
    }
}
