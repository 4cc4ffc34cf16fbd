//! What the words of reports can mean: sides, kinds of action, sources, relations, bearings.
//! Which word means which stands in the lexicon's tables; how meanings combine is for `mention` and `claim`.

use serde::Serialize;

/// Gives an enum its words: `ALL`, `as_str` and `FromStr`.
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
pub(crate) use words;

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

/// The relation of an action to a named place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// In or within it.
    In,
    /// Near or around it.
    Near,
    /// In a part of it.
    Part,
    /// In a direction from it.
    Dir,
    /// Toward it, not reached.
    Toward,
    /// Between it and another.
    Between,
    /// Along it: road, river, line.
    Along,
    /// On the sector named after it.
    Axis,
    /// Somewhere in it: oblast, tactical area.
    Area,
}

/// One of sixteen compass directions; texts mostly use eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the compass needs no explanation")]
pub enum Bearing {
    N,
    Nne,
    Ne,
    Ene,
    E,
    Ese,
    Se,
    Sse,
    S,
    Ssw,
    Sw,
    Wsw,
    W,
    Wnw,
    Nw,
    Nnw,
}

impl Bearing {
    /// All, clockwise from north.
    pub const ALL: [Bearing; 16] = [
        Bearing::N,
        Bearing::Nne,
        Bearing::Ne,
        Bearing::Ene,
        Bearing::E,
        Bearing::Ese,
        Bearing::Se,
        Bearing::Sse,
        Bearing::S,
        Bearing::Ssw,
        Bearing::Sw,
        Bearing::Wsw,
        Bearing::W,
        Bearing::Wnw,
        Bearing::Nw,
        Bearing::Nnw,
    ];

    /// Degrees clockwise from north.
    pub fn degrees(self) -> f64 {
        f64::from(self as u8) * 22.5
    }

    /// The word used in outputs: "N", "SW", "WSW".
    pub fn as_str(self) -> &'static str {
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]
            [self as usize]
    }
}

words! {
    ClaimType {
        Advance = "advance", Seizure = "seizure", Entry = "entry", Infiltration = "infiltration",
        Attack = "attack", Counterattack = "counterattack", Clash = "clash", Repelled = "repelled",
        Withdrawal = "withdrawal", Control = "control", Strike = "strike", Presence = "presence",
    }
    Relation {
        In = "in", Near = "near", Part = "part", Dir = "dir", Toward = "toward", Between = "between",
        Along = "along", Axis = "axis", Area = "area",
    }
    Side { Ru = "RU", Ua = "UA", Other = "other", Unknown = "unknown" }
    ClaimantKind {
        RuMod = "ru_mod", RuOfficial = "ru_official", Milblogger = "milblogger", RuSource = "ru_source",
        UaGeneralStaff = "ua_general_staff", UaOfficial = "ua_official", UaSource = "ua_source",
        UsEuOfficial = "us_eu_official", Media = "media", Other = "other",
    }
}
