//! Where on the ground a claim lies, from the place named and the relation to it: [`locate`].
//! The figures stand in [`calibration`](super::calibration), the shapes in [`ground`](super::ground).

use super::calibration::{Calibration, PlaceSize, Reach, Row};
use super::ground::{AreaShape, Ground, Strip, destination, distance_m};
use crate::gazetteer::{Gazetteer, PlaceClass, PlaceIx, PointPrecision, Sketch};
use crate::mention::{Bearing, Relation};
use geo::MultiPolygon;

/// Where on the ground a claim lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    /// Longitude and latitude, degrees WGS 84.
    pub point: [f64; 2],
    /// Radius around `point` that holds the truth in 90 % of cases, metres.
    pub uncertainty_m: u32,
    /// The ground that holds the truth in 90 % of cases.
    pub ground: Ground,
    /// UCDP geographical precision, 1 (exact) to 7.
    pub geo_prec: u8,
}

impl Location {
    /// The ground as a polygon, valid by RFC 7946.
    pub fn area(&self, gazetteer: &Gazetteer) -> MultiPolygon {
        self.ground.polygon(gazetteer)
    }

    /// What shape the ground has.
    pub fn shape(&self) -> AreaShape {
        self.ground.shape()
    }
}

/// How an action lies to the place named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placing {
    /// The relation.
    pub relation: Relation,
    /// The part or offset itself ("northern X", "south of X"); ignored by other relations.
    pub bearing: Option<Bearing>,
    /// Stated kilometres along `bearing`.
    pub distance_km: Option<f64>,
    /// The other end of "between A and B" and "along the A-B line": longitude, latitude.
    pub other_end: Option<[f64; 2]>,
}

/// Where a claim placed so at `place` lies; none for a place without a point.
pub fn locate(
    place: PlaceIx,
    placing: Placing,
    gazetteer: &Gazetteer,
    calibration: &Calibration,
) -> Option<Location> {
    let entry = gazetteer.sketch(place);
    let at = entry.point?;
    let geo_prec = ucdp_precision(&entry, placing.relation);
    if entry.class.is_unit() {
        let outline = gazetteer.bounds(place).map(|_| place);
        return Some(in_area(&entry, outline, at, placing, geo_prec));
    }
    let own_m = own_radius_m(&entry);
    let located = match (placing.relation, placing.bearing, placing.other_end) {
        (Relation::Dir | Relation::Part, Some(bearing), _) => {
            moved(&entry, at, placing, bearing, own_m, calibration)
        }
        (Relation::Between | Relation::Along, _, Some(end)) => {
            strip(&entry, at, end, placing.relation, own_m, calibration)
        }
        _ => around(&entry, at, placing.relation, own_m, calibration),
    };
    Some(Location { point: located.0, uncertainty_m: whole_metres(located.1), ground: located.2, geo_prec })
}

/// A point, its 90 % radius and the ground.
type Located = ([f64; 2], f64, Ground);

/// Moved from the place along a bearing.
fn moved(
    entry: &Sketch,
    at: [f64; 2],
    placing: Placing,
    bearing: Bearing,
    own_m: f64,
    calibration: &Calibration,
) -> Located {
    let size = PlaceSize::of(entry);
    let degrees = bearing.degrees();
    let reach = match placing.distance_km {
        Some(km) if placing.relation == Relation::Dir => stated(km, calibration.reach(Row::DirStated, size)),
        _ => calibration.reach(Row::Of(placing.relation), size),
    };
    let point = destination(at, degrees, reach.offset_m);
    let radius_m = reach.radius_m.hypot(own_m);
    if own_m >= reach.outer_m {
        // Seen from a point that may be anywhere around here, a direction says nothing.
        return (point, radius_m, Ground::Circle { centre: point, radius_m });
    }
    // The errors of the place's point and of the direction are of their own each, so they add up as squares.
    let apex_turn = own_m.atan2(reach.offset_m.max(1.0)).to_degrees();
    let ground = Ground::Wedge {
        apex: at,
        bearing: degrees,
        half_angle: reach.half_angle.hypot(apex_turn).min(180.0),
        inner_m: (reach.offset_m - (reach.offset_m - reach.inner_m).hypot(own_m)).max(0.0),
        outer_m: reach.offset_m + (reach.outer_m - reach.offset_m).hypot(own_m),
    };
    (point, radius_m, ground)
}

/// The reach of a stated distance: texts measure from the edge of a town, so the row's offset comes on top, and err by up to a third.
fn stated(km: f64, row: Reach) -> Reach {
    let offset_m = km * 1_000.0 + row.offset_m;
    let radius_m = row.radius_m.max(offset_m / 3.0);
    Reach { offset_m, radius_m, inner_m: (offset_m - radius_m).max(0.0), outer_m: offset_m + radius_m, ..row }
}

/// Along the line from the place to another.
fn strip(
    entry: &Sketch,
    at: [f64; 2],
    end: [f64; 2],
    relation: Relation,
    own_m: f64,
    calibration: &Calibration,
) -> Located {
    let reach = calibration.reach(Row::Of(Relation::Near), PlaceSize::of(entry));
    let strip = Strip { from: at, to: end, half_width_m: reach.radius_m.hypot(own_m) };
    let ground = if relation == Relation::Between { Ground::Segment(strip) } else { Ground::Corridor(strip) };
    (at, distance_m(at, end) + strip.half_width_m, ground)
}

/// Around the place itself.
fn around(
    entry: &Sketch,
    at: [f64; 2],
    relation: Relation,
    own_m: f64,
    calibration: &Calibration,
) -> Located {
    // A direction or a part without a bearing says no more than "near" and "in".
    let relation = match relation {
        Relation::Dir => Relation::Near,
        Relation::Part => Relation::In,
        other => other,
    };
    let reach = calibration.reach(Row::Of(relation), PlaceSize::of(entry));
    let radius_m = reach.radius_m.hypot(own_m);
    (at, radius_m, Ground::Circle { centre: at, radius_m })
}

/// Somewhere in a unit: its outline where there is one. A stated part moves the point half-way to the edge.
fn in_area(
    entry: &Sketch,
    outline: Option<PlaceIx>,
    at: [f64; 2],
    placing: Placing,
    geo_prec: u8,
) -> Location {
    // A unit's radius holds nine tenths of its ground. Around a point two fifths of the way to its end, four fifths of
    // it hold about as much of that side.
    let extent_m = f64::from(entry.radius_m.max(1_000));
    let side = placing.bearing.filter(|_| placing.relation == Relation::Part).map(Bearing::degrees);
    let (point, radius_m) = match side {
        Some(bearing) => (destination(at, bearing, extent_m * 0.4), extent_m * 0.8),
        None => (at, extent_m),
    };
    let ground = match (outline, side) {
        (Some(unit), Some(bearing)) => Ground::Side { unit, middle: at, bearing },
        (Some(unit), None) => Ground::Outline(unit),
        (None, _) => Ground::Circle { centre: point, radius_m },
    };
    Location { point, uncertainty_m: whole_metres(radius_m), ground, geo_prec }
}

/// How far the place's own point may be off; the calibration was measured on exact ones and holds that already.
fn own_radius_m(entry: &Sketch) -> f64 {
    match (entry.class, entry.precision) {
        (PlaceClass::Settlement, PointPrecision::Exact) => 0.0,
        _ => f64::from(entry.radius_m),
    }
}

/// UCDP's where_prec: 1 the place itself, 2 near it, 3 and 4 second- and first-level units, 5 a line or a stretch of front, 6 country, 7 sea.
fn ucdp_precision(entry: &Sketch, relation: Relation) -> u8 {
    match (entry.class, entry.precision, relation) {
        (PlaceClass::Country, ..) => 6,
        (PlaceClass::Admin1, ..) => 4,
        (PlaceClass::Admin2 | PlaceClass::Admin3, ..) => 3,
        (PlaceClass::Water, ..) if matches!(entry.kind, "sea" | "ocean" | "strait" | "gulf") => 7,
        (PlaceClass::Water | PlaceClass::Road, ..) => 5,
        (_, _, Relation::Between | Relation::Along | Relation::Axis) => 5,
        (_, PointPrecision::Admin3Centroid | PointPrecision::Admin2Centroid, _) => 3,
        (_, PointPrecision::Exact, Relation::In | Relation::Part) => 1,
        _ => 2,
    }
}

fn whole_metres(metres: f64) -> u32 {
    metres.round().clamp(1.0, 2e7) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "East of" a village whose own point may be off by so much.
    fn east_of(own_m: f64) -> Located {
        let gazetteer = Gazetteer::embedded();
        let village = gazetteer.by_id("UA14160130130080935").expect("Novomykhailivka is in the gazetteer");
        let placing = Placing {
            relation: Relation::Dir,
            bearing: Some(Bearing::E),
            distance_km: None,
            other_end: None,
        };
        let (at, calibration) = ([37.0, 48.0], Calibration::shipped());
        moved(&gazetteer.sketch(village), at, placing, Bearing::E, own_m, &calibration)
    }

    #[test]
    fn a_direction_from_a_point_that_may_be_off_opens_wider() {
        let edges = |ground| match ground {
            Ground::Wedge { half_angle, inner_m, outer_m, .. } => (half_angle, inner_m, outer_m),
            other => panic!("{other:?} is no wedge"),
        };
        let row = Calibration::shipped().reach(Row::Of(Relation::Dir), PlaceSize::Village);
        let (sure, vague) = (edges(east_of(0.0).2), edges(east_of(3_000.0).2));
        let off =
            (sure.1 - row.inner_m).abs() + (sure.2 - row.outer_m).abs() + (sure.0 - row.half_angle).abs();
        assert!(off < 1e-6, "{sure:?}");
        assert!(vague.0 > sure.0 + 10.0 && vague.1 < sure.1 && vague.2 > sure.2, "{vague:?}");
    }

    #[test]
    fn a_direction_from_a_point_that_may_be_anywhere_is_a_circle() {
        let (point, radius_m, ground) = east_of(19_000.0);
        assert_eq!(ground, Ground::Circle { centre: point, radius_m });
        assert!(radius_m > 19_000.0);
    }
}
