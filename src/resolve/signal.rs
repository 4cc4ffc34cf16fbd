//! What the passes measure on a candidate: one number a [`Signal`], kept in a fixed row of [`Signals`].
//! What a signal is worth is `weights`' question; a signal that was not seen is 0 and counts for nothing.

use std::ops::{Index, IndexMut};

macro_rules! signals {
    ($($pass:literal { $($variant:ident $name:literal $says:literal),+ $(,)? })+) => {
        /// One thing that a pass measures on a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Signal {
            $($(
                #[doc = $says]
                $variant,
            )+)+
        }

        impl Signal {
            /// All, in the order of the passes.
            pub const ALL: &'static [Signal] = &[$($(Signal::$variant),+),+];

            /// The word used in the table of weights.
            pub fn as_str(self) -> &'static str {
                match self { $($(Signal::$variant => $name),+),+ }
            }

            /// The pass that measures it.
            pub fn pass(self) -> &'static str {
                match self { $($(Signal::$variant => $pass),+),+ }
            }

            /// What it says, for `explain`.
            pub fn says(self) -> &'static str {
                match self { $($(Signal::$variant => $says),+),+ }
            }
        }
    };
}

signals! {
    "name" {
        TierPlain "tier_plain" "spelt alike but for marks",
        TierFolded "tier_folded" "spelt alike after folding",
        TierEdited "tier_edited" "spelt alike but for one letter",
        KindOther "kind_other" "a further name or exonym",
        KindFormer "kind_former" "a former name",
        KindRussian "kind_russian" "a Russian name",
        KindGenerated "kind_generated" "a Russian form made by rule",
        KindShort "kind_short" "a short form",
    }
    "size" {
        Population "population" "inhabitants (logarithm)",
        Town "town" "a town or city",
        Capital "capital" "a capital or first-level seat",
        IsAdmin1 "is_admin1" "a first-level unit",
        IsAdmin2 "is_admin2" "a second-level unit",
        IsAdmin3 "is_admin3" "a third-level unit",
        IsCountry "is_country" "a country",
        IsWater "is_water" "a water",
        IsOther "is_other" "a road or another thing",
        NoPoint "no_point" "without a point",
        Inexact "inexact" "its point is only a unit's centre",
    }
    "words" {
        StatedMatch "stated_match" "of the class that the words state",
        StatedClash "stated_clash" "not of the class that the words state",
        UnitUnstated "unit_unstated" "a unit whose class the words leave out",
        UnitAsPoint "unit_as_point" "a unit where a point is needed",
        SectorUnit "sector_unit" "a unit that names a sector",
    }
    "gloss" {
        Gloss "gloss" "distance and bearing of the gloss (log-likelihood)",
    }
    "anchor" {
        AnchorFit "anchor" "distance and bearing from the anchor (log-likelihood)",
        Anchors "anchors" "places described from it fit (log-likelihood)",
    }
    "apposition" {
        Apposed "apposed" "in the unit named behind it",
        NotApposed "not_apposed" "outside the unit named behind it",
        SentenceUnit "sentence_unit" "in a unit that the sentence names",
    }
    "section" {
        SectionUnit "section_unit" "in the unit of the heading",
        SectionNear "section_near" "near the heading's place or the paragraph's sector",
    }
    "list" {
        ListNear "list_near" "near its neighbours in the sentence",
        WindowNear "window_near" "near the places named around it",
    }
    "sense" {
        SameSense "same_sense" "what the name means elsewhere in the document",
    }
    "document" {
        DocNear "doc_near" "near the document's other places",
        DocWide "doc_wide" "in the region of the document's other places",
        CountryShare "country_share" "in the document's country",
        Admin1Share "admin1_share" "in the document's first-level unit",
        UnitNamed "unit_named" "in a unit that the document names",
    }
    "theatre" {
        Theatre "theatre" "where fighting is usually reported",
        TheatreThen "theatre_then" "where fighting was reported in those years",
        SectorPlace "sector_place" "a stretch of the front is called after it",
        Familiar "familiar" "reports have meant it before",
        FamiliarThen "familiar_then" "reports of those years have meant it",
    }
    "front" {
        Front "front" "near that day's front line",
    }
}

/// Which way a signal can speak at all; it keeps a small set from teaching nonsense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// For a candidate.
    For,
    /// Against it.
    Against,
    /// Either.
    Either,
}

impl Leaning {
    /// A weight held to the side it may lie on.
    pub fn hold(self, weight: f32) -> f32 {
        match self {
            Leaning::For => weight.max(0.0),
            Leaning::Against => weight.min(0.0),
            Leaning::Either => weight,
        }
    }
}

impl Signal {
    /// Which way it can speak. Log-likelihoods are negative themselves, so their weights are "for".
    pub fn leaning(self) -> Leaning {
        match self.pass() {
            "name" => Leaning::Against,
            "size" => match self {
                Signal::Population | Signal::Town | Signal::Capital => Leaning::For,
                _ => Leaning::Either,
            },
            _ => match self {
                Signal::StatedClash | Signal::NotApposed | Signal::UnitAsPoint => Leaning::Against,
                Signal::UnitUnstated | Signal::SectorUnit => Leaning::Either,
                _ => Leaning::For,
            },
        }
    }
}

/// How many signals there are.
pub const SIGNALS: usize = Signal::ALL.len();

/// One value a signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signals(pub [f32; SIGNALS]);

impl Default for Signals {
    fn default() -> Signals {
        Signals([0.0; SIGNALS])
    }
}

impl Index<Signal> for Signals {
    type Output = f32;

    fn index(&self, signal: Signal) -> &f32 {
        &self.0[signal as usize]
    }
}

impl IndexMut<Signal> for Signals {
    fn index_mut(&mut self, signal: Signal) -> &mut f32 {
        &mut self.0[signal as usize]
    }
}

impl Signals {
    /// The sum of all signals, each times its weight.
    pub fn dot(&self, weights: &[f32; SIGNALS]) -> f32 {
        self.0.iter().zip(weights).map(|(value, weight)| value * weight).sum()
    }
}
