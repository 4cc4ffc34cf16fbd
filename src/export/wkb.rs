//! Well-known binary, little-endian: what GeoPackage (after a head of its own) and GeoParquet hold.

use super::cell::rings;
use crate::feature::Geometry;
use geo::{LineString, MultiPolygon};

const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTIPOLYGON: u32 = 6;

/// Appends a geometry.
pub(super) fn push(bytes: &mut Vec<u8>, geometry: &Geometry) {
    match geometry {
        Geometry::Point([lon, lat]) => {
            push_head(bytes, POINT);
            push_point(bytes, *lon, *lat);
        }
        Geometry::MultiPolygon(area) => push_area(bytes, area),
    }
}

fn push_area(bytes: &mut Vec<u8>, area: &MultiPolygon) {
    push_head(bytes, MULTIPOLYGON);
    push_count(bytes, area.iter().count());
    for polygon in area {
        push_head(bytes, POLYGON);
        push_count(bytes, 1 + polygon.interiors().len());
        rings(polygon).for_each(|ring| push_ring(bytes, ring));
    }
}

fn push_ring(bytes: &mut Vec<u8>, ring: &LineString) {
    push_count(bytes, ring.0.len());
    ring.coords().for_each(|corner| push_point(bytes, corner.x, corner.y));
}

fn push_head(bytes: &mut Vec<u8>, geometry_type: u32) {
    bytes.push(1);
    bytes.extend_from_slice(&geometry_type.to_le_bytes());
}

fn push_count(bytes: &mut Vec<u8>, count: usize) {
    let count = u32::try_from(count).expect("areas have fewer than four billion corners");
    bytes.extend_from_slice(&count.to_le_bytes());
}

fn push_point(bytes: &mut Vec<u8>, x: f64, y: f64) {
    bytes.extend_from_slice(&x.to_le_bytes());
    bytes.extend_from_slice(&y.to_le_bytes());
}
