//! What is known of one place: its class, its point and how well that is known.
//! Its names are next door in `name`.

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
    /// Whether it is an administrative unit or a country: ground, and no spot.
    pub fn is_unit(self) -> bool {
        matches!(self, PlaceClass::Admin1 | PlaceClass::Admin2 | PlaceClass::Admin3 | PlaceClass::Country)
    }

    /// All, in the order of their codes in compiled tables.
    pub const ALL: [PlaceClass; 8] = [
        PlaceClass::Settlement,
        PlaceClass::Admin1,
        PlaceClass::Admin2,
        PlaceClass::Admin3,
        PlaceClass::Country,
        PlaceClass::Water,
        PlaceClass::Road,
        PlaceClass::Other,
    ];

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

impl PointPrecision {
    /// All, best first, in the order of their codes in compiled tables.
    pub const ALL: [PointPrecision; 6] = [
        PointPrecision::Exact,
        PointPrecision::Derived,
        PointPrecision::Representative,
        PointPrecision::Admin3Centroid,
        PointPrecision::Admin2Centroid,
        PointPrecision::None,
    ];

    /// The word used in tables and outputs.
    pub fn as_str(self) -> &'static str {
        super::layout::PRECISIONS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::layout::CLASSES;

    #[test]
    fn codes_are_positions() {
        for (code, class) in PlaceClass::ALL.into_iter().enumerate() {
            assert_eq!((class as usize, class.as_str()), (code, CLASSES[code]));
        }
        assert_eq!(PointPrecision::ALL[4].as_str(), "admin2_centroid");
    }
}
