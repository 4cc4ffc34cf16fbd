//! The places layer: one row a place, counted from the claims of a run.
//! Memory grows with the number of places, not of claims.

use super::{Feature, Geometry, Layer, LayerKind, Value};
use crate::claim::{ClaimType, Side, Status};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// Counts of claims by place, in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Places {
    by_id: BTreeMap<Arc<str>, Tally>,
}

#[derive(Clone, Debug)]
struct Tally {
    /// Cells that every claim at the place shares: name, class, units, country.
    described: [Value; 5],
    point: Option<[f64; 2]>,
    uncertainty_m: Option<i64>,
    claims: i64,
    gains: i64,
    by_side: [i64; Side::ALL.len()],
    by_type: [i64; ClaimType::ALL.len()],
    documents: BTreeSet<Arc<str>>,
    /// Rung of the ladder.
    best_status: Option<usize>,
    daily: BTreeMap<Date, i64>,
}

const DESCRIBED: [&str; 5] = ["place_name", "place_class", "adm1", "adm2", "country"];

/// What somebody says gained ground.
const GAINS: [ClaimType; 4] =
    [ClaimType::Advance, ClaimType::Seizure, ClaimType::Entry, ClaimType::Infiltration];

/// From weakest to firmest: the order in which a place's best status rises.
const LADDER: [Status; 4] = [Status::Claimed, Status::Assessed, Status::Asserted, Status::Geolocated];

impl Places {
    /// Nothing counted yet.
    pub fn new() -> Places {
        Places::default()
    }

    /// Counts a row of the claims layer. Rows without a place, and those that repeat another word for word, add nothing.
    pub fn add(&mut self, claim: &Feature) {
        let get = |name| claim.get(LayerKind::Claims, name);
        let Value::Text(id) = get("place_id") else { return };
        if *get("repeat_of") != Value::Null {
            return;
        }
        let tally = self.by_id.entry(id.clone()).or_insert_with(|| Tally::new(claim));
        tally.claims += 1;
        let side = place_in(Side::ALL, Side::as_str, get("actor_side"));
        let claim_type = place_in(ClaimType::ALL, ClaimType::as_str, get("claim_type"));
        let status = get("status").as_str().and_then(|word| word.parse::<Status>().ok());
        if let Some(side) = side {
            tally.by_side[side] += 1;
        }
        if let Some(claim_type) = claim_type {
            tally.by_type[claim_type] += 1;
            let rung = status.and_then(|status| LADDER.iter().position(|step| *step == status));
            if rung.is_some() && GAINS.contains(&ClaimType::ALL[claim_type]) {
                tally.gains += 1;
                tally.best_status = tally.best_status.max(rung);
            }
        }
        if let Value::Text(document) = get("doc_id") {
            tally.documents.insert(document.clone());
        }
        if let Value::Date(day) = get("report_date") {
            *tally.daily.entry(*day).or_default() += 1;
        }
        // Claims beside the place ("north of") say how well they are placed themselves, not the place.
        if let (Value::Integer(uncertainty), Some("in")) = (get("uncertainty_m"), get("relation").as_str()) {
            tally.uncertainty_m =
                Some(tally.uncertainty_m.map_or(*uncertainty, |held| held.min(*uncertainty)));
        }
    }

    /// The layer, in the order of the places' ids.
    pub fn into_layer(self) -> Layer {
        let features = self.by_id.into_iter().map(|(id, tally)| tally.into_feature(&id)).collect();
        Layer { kind: LayerKind::Places, features }
    }
}

impl Tally {
    fn new(claim: &Feature) -> Tally {
        let get = |name| claim.get(LayerKind::Claims, name);
        let point = match (get("place_lon"), get("place_lat"), &claim.geometry) {
            (Value::Real(lon), Value::Real(lat), _) => Some([*lon, *lat]),
            (_, _, Some(Geometry::Point(point))) => Some(*point),
            _ => None,
        };
        Tally {
            described: DESCRIBED.map(|name| get(name).clone()),
            point,
            uncertainty_m: None,
            claims: 0,
            gains: 0,
            by_side: [0; Side::ALL.len()],
            by_type: [0; ClaimType::ALL.len()],
            documents: BTreeSet::new(),
            best_status: None,
            daily: BTreeMap::new(),
        }
    }

    fn into_feature(self, id: &Arc<str>) -> Feature {
        let first = self.daily.keys().next().copied();
        let latest = self.daily.keys().next_back().copied();
        let side = |side: Side| Value::Integer(self.by_side[side as usize]);
        let column = |name: &str| -> Value {
            if let Some(at) = DESCRIBED.iter().position(|described| *described == name) {
                return self.described[at].clone();
            }
            if let Some(at) =
                ClaimType::ALL.iter().position(|kind| name.strip_prefix("n_") == Some(kind.as_str()))
            {
                return Value::Integer(self.by_type[at]);
            }
            match name {
                "place_id" => Value::Text(Arc::clone(id)),
                "n_claims" => Value::Integer(self.claims),
                "n_gains" => Value::Integer(self.gains),
                "n_ru" => side(Side::Ru),
                "n_ua" => side(Side::Ua),
                "n_docs" => Value::Integer(self.documents.len() as i64),
                "best_status" => Value::word(self.best_status.map(|rung| LADDER[rung].as_str())),
                "first_seen" => Value::date(first),
                "latest_seen" => Value::date(latest),
                "start" => first.map_or(Value::Null, |day| Value::DateTime(day.at(0, 0, 0, 0))),
                "end" => latest.map_or(Value::Null, |day| Value::DateTime(day.at(23, 59, 59, 0))),
                "daily" => Value::Text(daily(&self.daily).into()),
                "uncertainty_m" => self.uncertainty_m.map_or(Value::Null, Value::Integer),
                other => unreachable!("the places schema has no column `{other}`"),
            }
        };
        let values = LayerKind::Places.columns().iter().map(|described| column(described.name)).collect();
        Feature { id: Some(Arc::clone(id)), geometry: self.point.map(Geometry::Point), values }
    }
}

/// `2024-10-22=3 2024-10-24=1`
fn daily(counts: &BTreeMap<Date, i64>) -> String {
    let mut text = String::new();
    for (day, count) in counts {
        let blank = if text.is_empty() { "" } else { " " };
        write!(text, "{blank}{day}={count}").expect("a string takes all that is written");
    }
    text
}

/// Where the word of a cell stands in a list of kinds.
fn place_in<Kind: Copy>(all: &[Kind], word_of: fn(Kind) -> &'static str, cell: &Value) -> Option<usize> {
    let word = cell.as_str()?;
    all.iter().position(|kind| word_of(*kind) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(place: &str, cells: &[(&str, Value)]) -> Feature {
        let mut feature = Feature {
            id: None,
            geometry: None,
            values: vec![Value::Null; LayerKind::Claims.columns().len()],
        };
        let mut set = |name: &str, value: Value| {
            let column = LayerKind::Claims.columns().iter().position(|column| column.name == name);
            feature.values[column.expect("the test names a column")] = value;
        };
        set("place_id", Value::Text(place.into()));
        set("place_lon", Value::Real(37.5));
        set("place_lat", Value::Real(48.0));
        for (name, value) in cells {
            set(name, value.clone());
        }
        feature
    }

    fn said(side: &'static str, kind: &'static str, status: &'static str, day: i8) -> Feature {
        claim(
            "p1",
            &[
                ("actor_side", Value::Word(side)),
                ("claim_type", Value::Word(kind)),
                ("status", Value::Word(status)),
                ("doc_id", Value::Text(format!("d{day}").into())),
                ("report_date", Value::Date(jiff::civil::date(2024, 10, day))),
            ],
        )
    }

    #[test]
    fn a_place_is_counted_by_side_type_and_day() {
        let mut places = Places::new();
        places.add(&said("RU", "advance", "claimed", 22));
        places.add(&said("RU", "advance", "geolocated", 24));
        places.add(&said("UA", "attack", "asserted", 24));
        places.add(&said("RU", "seizure", "denied", 24));
        places.add(&claim("p1", &[("repeat_of", Value::Text("x".into()))]));
        let layer = places.into_layer();
        assert_eq!(layer.features.len(), 1);
        let get = |name| layer.features[0].get(LayerKind::Places, name).clone();
        assert_eq!(get("n_claims"), Value::Integer(4));
        assert_eq!(get("n_gains"), Value::Integer(2), "what is denied is no gain");
        assert_eq!((get("n_ru"), get("n_ua")), (Value::Integer(3), Value::Integer(1)));
        assert_eq!(get("n_docs"), Value::Integer(2));
        assert_eq!(get("best_status"), Value::Word("geolocated"));
        assert_eq!(get("daily"), Value::Text("2024-10-22=1 2024-10-24=3".into()));
        assert_eq!(get("end"), Value::DateTime(jiff::civil::date(2024, 10, 24).at(23, 59, 59, 0)));
    }
}
