//! Which rows a person asked for: gains only, a side, a span of days, a box.

use super::{Feature, Geometry, LayerKind, Value};
use crate::claim::{ClaimType, Side, Status};
use jiff::civil::Date;

/// What a row must be to be written; the default keeps every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only ground gained: advance, seizure, entry or infiltration that somebody says happened.
    pub gains: bool,
    /// Only these sides; all where empty.
    pub sides: Vec<Side>,
    /// Only these kinds of action; all where empty.
    pub types: Vec<ClaimType>,
    /// Only these statuses; all where empty.
    pub statuses: Vec<Status>,
    /// Only what ends on this day or later.
    pub from: Option<Date>,
    /// Only what begins on this day or earlier.
    pub to: Option<Date>,
    /// Only points within west, south, east, north, degrees; what has no point falls out.
    pub bbox: Option<[f64; 4]>,
    /// Only places known at least this well, UCDP 1 (exact) to 7; what has no place falls out.
    pub precision_max: Option<u8>,
    /// Leave out claims that repeat another of their document word for word.
    pub no_repeats: bool,
}

impl Filter {
    /// Whether a row of `layer` is wanted. Only claims have sides, types and statuses; only rows with
    /// days are held to days.
    pub fn keeps(&self, layer: LayerKind, feature: &Feature) -> bool {
        let claims = matches!(layer, LayerKind::Claims | LayerKind::Areas | LayerKind::Unlocated);
        (!claims || self.keeps_claim(feature))
            && self.keeps_days(layer, feature)
            && self.keeps_place(layer, feature)
    }

    fn keeps_claim(&self, feature: &Feature) -> bool {
        let word = |name: &str| feature.get(LayerKind::Claims, name).as_str();
        let among = |words: &mut dyn Iterator<Item = &'static str>, name: &str| {
            let mut words = words.peekable();
            words.peek().is_none() || words.any(|wanted| Some(wanted) == word(name))
        };
        among(&mut self.sides.iter().map(|side| side.as_str()), "actor_side")
            && among(&mut self.types.iter().map(|kind| kind.as_str()), "claim_type")
            && among(&mut self.statuses.iter().map(|status| status.as_str()), "status")
            && (!self.gains || is_gain(feature))
            && !(self.no_repeats && word("repeat_of").is_some())
    }

    fn keeps_days(&self, layer: LayerKind, feature: &Feature) -> bool {
        let day = |name: &str| match feature.get(layer, name) {
            Value::DateTime(moment) => Some(moment.date()),
            _ => None,
        };
        let late_enough = |from: Date| day("end").is_none_or(|end| end >= from);
        let early_enough = |to: Date| day("start").is_none_or(|start| start <= to);
        self.from.is_none_or(late_enough) && self.to.is_none_or(early_enough)
    }

    fn keeps_place(&self, layer: LayerKind, feature: &Feature) -> bool {
        let precise_enough = |max: u8| matches!(feature.get(layer, "geo_prec"), Value::Integer(precision) if *precision <= i64::from(max));
        let documents = layer == LayerKind::Documents;
        documents
            || (self.bbox.is_none_or(|bbox| inside(feature, bbox))
                && self.precision_max.is_none_or(precise_enough))
    }
}

fn inside(feature: &Feature, [west, south, east, north]: [f64; 4]) -> bool {
    let within = |[lon, lat]: [f64; 2]| {
        // A box over the date line has its west east of its east.
        let lon_in = if west <= east { (west..=east).contains(&lon) } else { lon >= west || lon <= east };
        lon_in && (south..=north).contains(&lat)
    };
    match &feature.geometry {
        Some(Geometry::Point(point)) => within(*point),
        Some(Geometry::MultiPolygon(area)) => {
            area.0.iter().flat_map(|polygon| polygon.exterior()).any(|corner| within([corner.x, corner.y]))
        }
        None => false,
    }
}

/// Whether a row of claims would be drawn as ground gained.
pub fn is_gain(feature: &Feature) -> bool {
    let word = |name: &str| feature.get(LayerKind::Claims, name).as_str();
    let kind = word("claim_type").and_then(|word| word.parse().ok());
    let status = word("status").and_then(|word| word.parse().ok());
    kind.is_some_and(ClaimType::is_gain) && status.is_some_and(Status::is_said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(cells: &[(&str, Value)], point: Option<[f64; 2]>) -> Feature {
        let columns = LayerKind::Claims.columns().iter();
        let cell = |name: &str| cells.iter().find(|(cell, _)| *cell == name).map(|(_, value)| value.clone());
        let values = columns.map(|column| cell(column.name).unwrap_or(Value::Null)).collect();
        Feature { id: None, geometry: point.map(Geometry::Point), values }
    }

    fn advance(status: &'static str) -> Feature {
        let day = jiff::civil::date(2024, 10, 22);
        claim(
            &[
                ("claim_type", Value::Word("advance")),
                ("actor_side", Value::Word("RU")),
                ("status", Value::Word(status)),
                ("start", Value::DateTime(day.at(0, 0, 0, 0))),
                ("end", Value::DateTime(day.at(23, 59, 59, 0))),
                ("geo_prec", Value::Integer(1)),
            ],
            Some([37.2, 48.3]),
        )
    }

    #[test]
    fn a_negated_advance_is_no_gain() {
        let gains = Filter { gains: true, ..Filter::default() };
        assert!(gains.keeps(LayerKind::Claims, &advance("asserted")));
        assert!(!gains.keeps(LayerKind::Claims, &advance("negated")));
        assert!(!gains.keeps(LayerKind::Claims, &advance("planned")));
    }

    #[test]
    fn days_and_boxes_are_inclusive() {
        let day = jiff::civil::date(2024, 10, 22);
        let keeps = |filter: Filter| filter.keeps(LayerKind::Claims, &advance("asserted"));
        assert!(keeps(Filter { from: Some(day), to: Some(day), ..Filter::default() }));
        assert!(!keeps(Filter { to: day.yesterday().ok(), ..Filter::default() }));
        assert!(!keeps(Filter { from: day.tomorrow().ok(), ..Filter::default() }));
        assert!(keeps(Filter { bbox: Some([37.2, 48.3, 37.2, 48.3]), ..Filter::default() }));
        assert!(!keeps(Filter { bbox: Some([38.0, 48.0, 39.0, 49.0]), ..Filter::default() }));
        assert!(!keeps(Filter { sides: vec![Side::Ua], ..Filter::default() }));
    }
}
