//! Which places are known, by which names: [`Place`]s found by any spelling of any of their names.
//! Which of several is meant in a text is `resolve`'s question.

use serde::Serialize;

/// A place of the loaded gazetteers, by position; stable within one run only. The name that outlives a run is [`Place::id`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PlaceIx(pub u32);

/// One gazetteer entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place<'g> {
    /// The stable id: a KATOTTG code, `gn` + GeoNames id, or one of our own.
    pub id: &'g str,
    /// The main name in Latin letters.
    pub name: &'g str,
    /// What sort of thing it is.
    pub class: PlaceClass,
    /// The finer word of its source: city, village, raion, reservoir ...
    pub kind: &'g str,
    /// Longitude and latitude, degrees WGS 84; none for most rivers and roads.
    pub point: Option<[f64; 2]>,
    /// How well the point is known.
    pub precision: PointPrecision,
    /// Metres around the point that hold the true one in about 90 % of cases; for areas the radius of a circle of the same area.
    pub radius_m: u32,
    /// Inhabitants, where a source says.
    pub population: Option<u32>,
    /// The next unit up.
    pub parent: Option<PlaceIx>,
    /// The table row's source key.
    pub source: &'g str,
}

/// What a place is, in the classes of the labelled set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceClass {
    /// City, town, village.
    Settlement,
    /// First-level unit: oblast, federal subject, state.
    Admin1,
    /// Second-level unit: raion, county.
    Admin2,
    /// Third-level unit: hromada.
    Admin3,
    /// Country.
    Country,
    /// River, lake, sea, canal.
    Water,
    /// Road or street.
    Road,
    /// Bridge, forest, plant, region ...
    Other,
}

impl PlaceClass {
    /// The word used in tables and outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceClass::Settlement => "settlement",
            PlaceClass::Admin1 => "admin1",
            PlaceClass::Admin2 => "admin2",
            PlaceClass::Admin3 => "admin3",
            PlaceClass::Country => "country",
            PlaceClass::Water => "water",
            PlaceClass::Road => "road",
            PlaceClass::Other => "other",
        }
    }
}

/// How well a place's point is known, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PointPrecision {
    /// The place itself.
    Exact,
    /// Worked out from statements of distance and bearing.
    Derived,
    /// A point that stands for an area or a line.
    Representative,
    /// The centre of its third-level unit.
    Admin3Centroid,
    /// The centre of its second-level unit.
    Admin2Centroid,
    /// No point.
    None,
}

/// How a name in the text met a name in the gazetteer, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameTier {
    /// Letter for letter.
    Exact,
    /// But for apostrophes, hyphens, case and marks.
    Plain,
    /// By the folded key that joins romanisations and scripts.
    Folded,
    /// One edit away.
    Edited,
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// The main or official name.
    Official,
    /// The name in another language.
    Exonym,
    /// A further name without a kind.
    Alternate,
    /// A short form or abbreviation.
    Short,
    /// A Russian name that a source gives.
    Russian,
    /// A name no longer official.
    Former,
    /// An adjective used for a sector.
    Adjective,
    /// A Russian form made by rule.
    RuGenerated,
}

/// One place that a name may denote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NameHit {
    /// The place.
    pub place: PlaceIx,
    /// How the spelling met.
    pub tier: NameTier,
    /// What sort of name it is.
    pub kind: NameKind,
}
