//! A claim as tracking sees it: the few cells that merging, counting and comparing ask for.
//! The store reads them ([`super::Store`]); what the cells mean is `feature`'s schema.

use crate::claim::{ClaimType, ClaimantKind, Side, Status};
use crate::mention::Relation;
use jiff::civil::Date;
use std::sync::Arc;

/// One claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id.
    pub claim_id: Arc<str>,
    /// The document it stands in.
    pub doc_id: Arc<str>,
    /// The date of the document.
    pub report_date: Date,
    /// Who published it.
    pub source: Option<Arc<str>>,
    /// Who did it.
    pub side: Side,
    /// What was done.
    pub kind: ClaimType,
    /// How firmly it is said.
    pub status: Status,
    /// Who claims or denies it.
    pub claimed_by: Option<ClaimantKind>,
    /// The place, where one was settled on.
    pub place: Option<Arc<PlaceRef>>,
    /// The name as written.
    pub place_text: Arc<str>,
    /// How the action relates to the place.
    pub relation: Relation,
    /// The sector it stands under.
    pub axis: Option<Arc<str>>,
    /// Where the claim lies, degrees.
    pub point: Option<[f64; 2]>,
    /// Radius around `point` that holds the truth in 90 % of cases, metres.
    pub uncertainty_m: Option<i64>,
    /// First and last day: of the event, or of the report where the text does not date it.
    pub days: (Date, Date),
    /// Whether the text dates it.
    pub dated: bool,
    /// The sentence.
    pub sentence: Arc<str>,
    /// Where the sentence begins in its document.
    pub sentence_start: i64,
    /// Whether it repeats another claim of its document word for word.
    pub repeats: bool,
    /// The event it was merged into; none without a place.
    pub event_id: Option<Arc<str>>,
    /// How much of it was not said before, 0 to 1.
    pub novelty: f64,
}

/// The place of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRef {
    /// The gazetteer's id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// settlement, admin1, ...
    pub class: Arc<str>,
    /// First-level unit.
    pub adm1: Option<Arc<str>>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<Arc<str>>,
    /// Longitude and latitude of the named place itself, degrees.
    pub point: Option<[f64; 2]>,
}

/// Whether a claim says that a thing happened, that it did not, or that it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mood {
    /// Geolocated, assessed, asserted or claimed.
    Said,
    /// Negated or denied.
    Denied,
    /// Planned or hypothetical.
    Possible,
}

impl Mood {
    /// The mood of a status.
    pub fn of(status: Status) -> Mood {
        match status {
            Status::Geolocated | Status::Assessed | Status::Asserted | Status::Claimed => Mood::Said,
            Status::Negated | Status::Denied => Mood::Denied,
            Status::Planned | Status::Hypothetical => Mood::Possible,
        }
    }

    /// The mood of a word of the store.
    pub fn of_word(word: &str) -> Option<Mood> {
        [Mood::Said, Mood::Denied, Mood::Possible].into_iter().find(|mood| mood.as_str() == word)
    }

    /// The word used in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Mood::Said => "said",
            Mood::Denied => "denied",
            Mood::Possible => "possible",
        }
    }
}

/// How firm a status is among those of its mood: hypothetical < planned < claimed < assessed < asserted
/// < geolocated; and denied (by a party) < negated (by the narrator).
pub fn firmness(status: Status) -> u8 {
    match status {
        Status::Hypothetical | Status::Denied => 0,
        Status::Planned | Status::Negated => 1,
        Status::Claimed => 2,
        Status::Assessed => 3,
        Status::Asserted => 4,
        Status::Geolocated => 5,
    }
}

/// Whether a kind of action gains ground.
pub fn gains_ground(kind: ClaimType) -> bool {
    matches!(kind, ClaimType::Advance | ClaimType::Seizure | ClaimType::Entry | ClaimType::Infiltration)
}

/// The side opposite in this war; none for others.
pub fn opponent(side: Side) -> Option<Side> {
    match side {
        Side::Ru => Some(Side::Ua),
        Side::Ua => Some(Side::Ru),
        Side::Other | Side::Unknown => None,
    }
}

impl Row {
    /// Whether somebody says that ground was gained.
    pub fn is_gain(&self) -> bool {
        is_gain(self.kind, self.status)
    }
}

/// Whether a claim of this kind and status says that ground was gained.
pub fn is_gain(kind: ClaimType, status: Status) -> bool {
    gains_ground(kind) && Mood::of(status) == Mood::Said
}

#[cfg(test)]
pub(super) mod sample {
    use super::*;
    use jiff::civil::date;

    /// A dated claim of one side at one place, for the tests of this module; change what matters.
    pub(crate) fn row(id: &str, side: Side, kind: ClaimType, status: Status, place: &str, day: i8) -> Row {
        let day = date(2026, 1, day);
        Row {
            claim_id: id.into(),
            doc_id: format!("{day}.txt").into(),
            report_date: day,
            source: Some("Sample Monitor".into()),
            side,
            kind,
            status,
            claimed_by: None,
            place: Some(Arc::new(PlaceRef {
                id: place.to_lowercase().into(),
                name: place.into(),
                class: "settlement".into(),
                adm1: Some("Donetsk Oblast".into()),
                country: Some("UA".into()),
                point: Some([37.0, 48.0]),
            })),
            place_text: place.into(),
            relation: Relation::Near,
            axis: None,
            point: Some([37.0, 48.0]),
            uncertainty_m: Some(3700),
            days: (day, day),
            dated: true,
            sentence: format!("Sentence {id} about {place}.").into(),
            sentence_start: 0,
            repeats: false,
            event_id: None,
            novelty: 1.0,
        }
    }
}
