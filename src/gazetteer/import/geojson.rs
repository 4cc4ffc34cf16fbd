//! GeoJSON: points, and polygons that are kept as outlines with a representative point. Properties are
//! read as the columns of a table are.

use super::{FileReport, Import, PlaceClass, PointPrecision, Taken, on_globe, table};
use geo::{CoordsIter, InteriorPoint};
use geojson::{Feature, GeoJson};
use std::collections::BTreeMap;

/// Reads a feature or a collection.
pub(super) fn read(import: &mut Import, text: &str, report: &mut FileReport) -> Result<(), String> {
    let parsed: GeoJson = text.parse().map_err(|error| format!("not GeoJSON: {error}"))?;
    let features = match parsed {
        GeoJson::FeatureCollection(collection) => collection.features,
        GeoJson::Feature(feature) => vec![feature],
        GeoJson::Geometry(_) => {
            return Err("a bare geometry, expected features with a property `name`".to_owned());
        }
    };
    for (at, feature) in features.into_iter().enumerate() {
        let outcome = self::feature(import, feature);
        report.note(at + 1, outcome);
    }
    Ok(())
}

/// Takes one feature.
fn feature(import: &mut Import, feature: Feature) -> Result<Taken, String> {
    let properties = feature.properties.unwrap_or_default();
    let mut cells: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in properties {
        let text = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        cells.insert(table::column_name(import, &name), text);
    }
    let cell = |name: &str| cells.get(name).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let geometry = feature.geometry.ok_or("no geometry")?;
    let shape: geo::Geometry = geometry.try_into().map_err(|error| format!("geometry: {error}"))?;
    shape.coords_iter().try_for_each(|point| on_globe([point.x, point.y]))?;
    let polygons = match shape {
        geo::Geometry::Point(point) => {
            import.take(table::place(&cell, Some([point.x(), point.y()]), PointPrecision::Exact)?);
            return Ok(Taken::Yes);
        }
        geo::Geometry::Polygon(polygon) => geo::MultiPolygon(vec![polygon]),
        geo::Geometry::MultiPolygon(polygons) => polygons,
        _ => return Ok(Taken::PassedOver),
    };
    let inside = polygons.interior_point().ok_or("an empty polygon")?;
    let mut place = table::place(&cell, Some([inside.x(), inside.y()]), PointPrecision::Representative)?;
    if cell("class").is_none() {
        place.class = PlaceClass::Other;
    }
    let ring = |ring: &geo::LineString| ring.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>();
    place.polygons = polygons
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect();
    import.take(place);
    Ok(Taken::Yes)
}
