//! Which place each mention denotes ([`Resolution`]), and where on the ground a relation to it lies ([`Location`]).
//! Passes add [`Evidence`]; none throws a candidate away.

use crate::gazetteer::{NameHit, PlaceIx};
use serde::Serialize;

/// What one mention may denote, best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Resolution {
    /// All candidates with their evidence, best first.
    pub candidates: Vec<Candidate>,
    /// What was decided.
    pub verdict: Verdict,
    /// How likely the chosen place is the right one, 0 to 1, calibrated on labelled data; 0 without a place.
    pub confidence: f64,
    /// Score of the best candidate less that of the second, mapped to 0 to 1; 1 when there is only one.
    pub margin: f64,
}

/// One place that a mention may denote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The place and how its name met.
    pub hit: NameHit,
    /// The sum of the evidence.
    pub score: f64,
    /// Every reason for and against, in the order of the passes.
    pub evidence: Vec<Evidence>,
}

/// One reason, from one named pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// The pass that found it.
    pub pass: &'static str,
    /// Its weight: positive speaks for the candidate.
    pub weight: f64,
    /// What was seen, in words that `explain` prints.
    pub note: String,
}

/// What was decided about a mention.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The best candidate is meant.
    Place(PlaceIx),
    /// Several places are equally likely; the margin was too small.
    Tied,
    /// No gazetteer has the name.
    #[default]
    Unknown,
}

impl Resolution {
    /// The place meant, if one was settled on.
    pub fn place(&self) -> Option<PlaceIx> {
        match self.verdict {
            Verdict::Place(place) => Some(place),
            Verdict::Tied | Verdict::Unknown => None,
        }
    }
}

/// Where on the ground a claim lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Longitude and latitude, degrees WGS 84.
    pub point: [f64; 2],
    /// Radius around `point` that holds the truth in 90 % of cases, metres.
    pub uncertainty_m: u32,
    /// The ground that holds the truth in 90 % of cases; valid by RFC 7946 (closed, right-hand rule).
    pub area: Option<geo::MultiPolygon>,
    /// What shape `area` has.
    pub shape: AreaShape,
    /// UCDP geographical precision, 1 (exact) to 7.
    pub geo_prec: u8,
}

/// The shape of a [`Location`]'s area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are shapes")]
pub enum AreaShape {
    Circle,
    Wedge,
    Segment,
    Corridor,
    Outline,
}

impl AreaShape {
    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            AreaShape::Circle => "circle",
            AreaShape::Wedge => "wedge",
            AreaShape::Segment => "segment",
            AreaShape::Corridor => "corridor",
            AreaShape::Outline => "outline",
        }
    }
}
