//! Cells, points and areas as text, the same in every text format: ISO dates, numbers to six decimals, well-known text.

use crate::feature::{Feature, Geometry, Value};
use geo::{LineString, MultiPolygon, Polygon};
use std::fmt::Write;

/// WGS 84 by its EPSG code, longitude first in every format here.
pub(super) const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;

/// Six decimals of a degree are 0.1 m.
pub(super) fn round6(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// The text of a cell; none for null and for numbers that are not finite.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Word(word) => Some((*word).to_owned()),
        Value::Text(text) => Some(text.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => number.is_finite().then(|| round6(*number).to_string()),
        Value::Date(date) => Some(date.to_string()),
        // Seconds and zone are always there: without seconds GDAL drops the zone.
        Value::DateTime(moment) => Some(format!("{moment}Z")),
    }
}

/// Well-known text; none for a feature without a place.
pub(super) fn wkt(feature: &Feature) -> Option<String> {
    match feature.geometry.as_ref()? {
        Geometry::Point([lon, lat]) => Some(format!("POINT ({} {})", round6(*lon), round6(*lat))),
        Geometry::MultiPolygon(area) => Some(multipolygon_wkt(area)),
    }
}

fn multipolygon_wkt(area: &MultiPolygon) -> String {
    let mut wkt = String::from("MULTIPOLYGON (");
    for (at, polygon) in area.iter().enumerate() {
        wkt.push_str(if at == 0 { "(" } else { ",(" });
        for (at, ring) in rings(polygon).enumerate() {
            wkt.push_str(if at == 0 { "(" } else { ",(" });
            for (at, point) in ring.coords().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                write!(wkt, "{comma}{} {}", round6(point.x), round6(point.y))
                    .expect("a string takes all that is written");
            }
            wkt.push(')');
        }
        wkt.push(')');
    }
    wkt.push(')');
    wkt
}

/// The outer ring, then the holes.
pub(super) fn rings(polygon: &Polygon) -> impl Iterator<Item = &LineString> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// West, south, east and north of all that was added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Extent {
    /// Grows `extent` to hold the feature's geometry.
    pub(super) fn add(extent: &mut Option<Extent>, feature: &Feature) {
        match &feature.geometry {
            None => {}
            Some(Geometry::Point([lon, lat])) => Extent::add_point(extent, *lon, *lat),
            Some(Geometry::MultiPolygon(area)) => {
                for point in area.iter().flat_map(|polygon| polygon.exterior().coords()) {
                    Extent::add_point(extent, point.x, point.y);
                }
            }
        }
    }

    /// All but the outermost fiftieth of points on each side, with room around them: a strike far away does not shrink the front to a dot.
    /// Without points, the theatre; for one village, what lies around it.
    pub(super) fn of_most(points: &[[f64; 2]]) -> Extent {
        const LEAST_DEGREES: f64 = 1.2;
        if points.is_empty() {
            return Extent { west: 30.0, south: 45.0, east: 41.0, north: 52.0 };
        }
        let side = |axis: usize| {
            let mut values: Vec<f64> = points.iter().map(|point| point[axis]).collect();
            values.sort_by(f64::total_cmp);
            let among = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
            let (low, high) = (among(0.02), among(0.98));
            let margin = (0.12 * (high - low)).max((LEAST_DEGREES - (high - low)) / 2.0).max(0.15);
            [low - margin, high + margin]
        };
        let ([west, east], [south, north]) = (side(0), side(1));
        Extent { west, south: south.max(-84.0), east, north: north.min(84.0) }
    }

    /// Grows `extent` to hold a point.
    pub(super) fn add_point(extent: &mut Option<Extent>, lon: f64, lat: f64) {
        let held = extent.get_or_insert(Extent { west: lon, south: lat, east: lon, north: lat });
        held.west = held.west.min(lon);
        held.south = held.south.min(lat);
        held.east = held.east.max(lon);
        held.north = held.north.max(lat);
    }
}
