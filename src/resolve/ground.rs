//! Shapes on the ellipsoid: the [`Ground`] that holds the truth, and its polygon by RFC 7946
//! (closed, exterior rings counter-clockwise, cut at the antimeridian). Where a shape lies is `location`'s question,
//! what the outline of a unit is `unit`'s.

use super::unit;
use crate::gazetteer::{Gazetteer, PlaceIx};
use geo::{
    Bearing, BooleanOps, Coord, Destination, Distance, Geodesic, LineString, MultiPolygon, Orient, Point,
    Polygon, orient::Direction,
};
use serde::Serialize;

/// The ground that holds the truth in 90 % of cases; a polygon only when one is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ground {
    /// Everything within a radius.
    Circle {
        /// Longitude and latitude, degrees.
        centre: [f64; 2],
        /// Metres.
        radius_m: f64,
    },
    /// A slice of a ring, seen from a place.
    Wedge {
        /// The place: longitude and latitude, degrees.
        apex: [f64; 2],
        /// Its middle, degrees clockwise from north.
        bearing: f64,
        /// Half its opening, degrees.
        half_angle: f64,
        /// Its near edge, metres.
        inner_m: f64,
        /// Its far edge, metres.
        outer_m: f64,
    },
    /// Everything near the straight line between two places.
    Segment(Strip),
    /// Everything near a road, river or front that runs between two places.
    Corridor(Strip),
    /// The outline of a unit.
    Outline(PlaceIx),
    /// What of a unit lies on one side of its middle ("northern X Oblast").
    Side {
        /// The unit.
        unit: PlaceIx,
        /// Its middle: longitude and latitude, degrees.
        middle: [f64; 2],
        /// Where the side lies, degrees clockwise from north.
        bearing: f64,
    },
}

/// Everything within a distance of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strip {
    /// One end: longitude and latitude, degrees.
    pub from: [f64; 2],
    /// The other end.
    pub to: [f64; 2],
    /// Metres to either side and around the ends.
    pub half_width_m: f64,
}

/// The shape of a [`Ground`].
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

/// Corners of a full circle; 48 keep the polygon within 0.3 % of the radius.
const CIRCLE_CORNERS: usize = 48;

impl Ground {
    /// Which shape it has.
    pub fn shape(&self) -> AreaShape {
        match self {
            Ground::Circle { .. } => AreaShape::Circle,
            Ground::Wedge { .. } => AreaShape::Wedge,
            Ground::Segment(_) => AreaShape::Segment,
            Ground::Corridor(_) => AreaShape::Corridor,
            Ground::Outline(_) | Ground::Side { .. } => AreaShape::Outline,
        }
    }

    /// Its polygon; empty for a unit whose outline the gazetteer does not have.
    pub fn polygon(&self, gazetteer: &Gazetteer) -> MultiPolygon {
        match *self {
            Ground::Circle { centre, radius_m } => circle(centre, radius_m),
            Ground::Wedge { apex, bearing, half_angle, inner_m, outer_m } => {
                wedge(apex, bearing, half_angle, inner_m, outer_m)
            }
            Ground::Segment(strip) | Ground::Corridor(strip) => capsule(strip),
            Ground::Outline(unit) => unit::outline(unit, gazetteer),
            Ground::Side { unit, middle, bearing } => {
                unit::side(&unit::outline(unit, gazetteer), middle, bearing)
            }
        }
    }

    /// Whether a point (longitude, latitude) lies in it.
    pub fn holds(&self, point: [f64; 2], gazetteer: &Gazetteer) -> bool {
        match *self {
            Ground::Circle { centre, radius_m } => distance_m(centre, point) <= radius_m,
            Ground::Wedge { apex, bearing, half_angle, inner_m, outer_m } => {
                let far = distance_m(apex, point);
                let off = angle_between(bearing_deg(apex, point), bearing);
                (inner_m..=outer_m).contains(&far) && off <= half_angle
            }
            Ground::Segment(strip) | Ground::Corridor(strip) => {
                strip_distance_m(strip, point) <= strip.half_width_m
            }
            Ground::Outline(unit) => gazetteer.contains(unit, point) == Some(true),
            Ground::Side { unit, middle, bearing } => {
                gazetteer.contains(unit, point) == Some(true)
                    && angle_between(bearing_deg(middle, point), bearing) <= 90.0
            }
        }
    }
}

/// The point `distance_m` metres from `from` (longitude, latitude) along `bearing`, degrees clockwise from north.
pub fn destination(from: [f64; 2], bearing: f64, distance_m: f64) -> [f64; 2] {
    let to = Geodesic.destination(Point::from(from), bearing, distance_m);
    [to.x(), to.y()]
}

/// Metres between two points on the WGS 84 ellipsoid.
pub fn distance_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    Geodesic.distance(Point::from(a), Point::from(b))
}

/// Degrees clockwise from north from `a` to `b`, 0 to 360.
pub fn bearing_deg(a: [f64; 2], b: [f64; 2]) -> f64 {
    Geodesic.bearing(Point::from(a), Point::from(b)).rem_euclid(360.0)
}

/// The angle between two bearings, 0 to 180 degrees.
pub fn angle_between(a: f64, b: f64) -> f64 {
    let off = (a - b).rem_euclid(360.0);
    off.min(360.0 - off)
}

/// Metres from a point to a strip's middle line, on a plane around the strip's ends; good to 0.1 % at front-line scale.
fn strip_distance_m(strip: Strip, point: [f64; 2]) -> f64 {
    let flat = |p: [f64; 2]| {
        let far = distance_m(strip.from, p);
        let bearing = bearing_deg(strip.from, p).to_radians();
        [far * bearing.sin(), far * bearing.cos()]
    };
    let (end, at) = (flat(strip.to), flat(point));
    let long = (end[0].powi(2) + end[1].powi(2)).max(f64::MIN_POSITIVE);
    let share = ((at[0] * end[0] + at[1] * end[1]) / long).clamp(0.0, 1.0);
    ((at[0] - share * end[0]).powi(2) + (at[1] - share * end[1]).powi(2)).sqrt()
}

/// A circle as a polygon.
fn circle(centre: [f64; 2], radius_m: f64) -> MultiPolygon {
    polygon(centre, arc(centre, 360.0, 0.0, radius_m, CIRCLE_CORNERS).collect())
}

/// A slice of a ring as a polygon.
fn wedge(apex: [f64; 2], bearing: f64, half_angle: f64, inner_m: f64, outer_m: f64) -> MultiPolygon {
    let corners = corners_of(2.0 * half_angle);
    let (left, right) = (bearing - half_angle, bearing + half_angle);
    let mut ring: Vec<Coord> = arc(apex, right, left, outer_m, corners).collect();
    if inner_m > 0.0 {
        ring.extend(arc(apex, left, right, inner_m, corners));
    } else {
        ring.push(Coord::from(apex));
    }
    polygon(apex, ring)
}

/// Everything within a distance of a line, as a polygon with round ends.
fn capsule(strip: Strip) -> MultiPolygon {
    let Strip { from, to, half_width_m } = strip;
    if distance_m(from, to) < 1.0 {
        return circle(from, half_width_m);
    }
    let (ahead, back) = (bearing_deg(from, to), bearing_deg(to, from));
    let half = CIRCLE_CORNERS / 2;
    let mut ring: Vec<Coord> = arc(to, back - 90.0, back - 270.0, half_width_m, half).collect();
    ring.extend(arc(from, ahead - 90.0, ahead - 270.0, half_width_m, half));
    polygon(from, ring)
}

/// Points at one distance from `centre`, from one bearing to another, both included.
fn arc(centre: [f64; 2], first: f64, last: f64, radius_m: f64, steps: usize) -> impl Iterator<Item = Coord> {
    (0..=steps).map(move |step| {
        let bearing = first + (last - first) * step as f64 / steps as f64;
        Coord::from(destination(centre, bearing, radius_m))
    })
}

/// How many corners an arc of so many degrees has.
fn corners_of(degrees: f64) -> usize {
    ((degrees / 360.0 * CIRCLE_CORNERS as f64).ceil() as usize).max(4)
}

/// A ring as a valid polygon: closed, counter-clockwise, cut in two where it crosses the antimeridian.
fn polygon(near: [f64; 2], ring: Vec<Coord>) -> MultiPolygon {
    let unrolled = ring
        .into_iter()
        .map(|c| Coord { x: near[0] + (c.x - near[0] + 180.0).rem_euclid(360.0) - 180.0, y: c.y })
        .collect();
    let whole = Polygon::new(LineString(unrolled), Vec::new());
    let crosses = whole.exterior().coords().any(|c| !(-180.0..=180.0).contains(&c.x));
    let parts = if crosses { cut_at_antimeridian(&whole) } else { MultiPolygon::from(whole) };
    parts.orient(Direction::Default)
}

/// The parts of a polygon that runs past 180° or -180°, each moved back into range.
fn cut_at_antimeridian(whole: &Polygon) -> MultiPolygon {
    let mut parts = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let world = geo::Rect::new(Coord { x: -180.0 + turn, y: -90.0 }, Coord { x: 180.0 + turn, y: 90.0 })
            .to_polygon();
        for mut part in whole.intersection(&world) {
            part.exterior_mut(|ring| {
                for c in ring.coords_mut() {
                    // The cut may miss the meridian by a rounding.
                    c.x = (c.x - turn).clamp(-180.0, 180.0);
                }
            });
            parts.push(part);
        }
    }
    MultiPolygon(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, Contains, Validation};

    const POKROVSK: [f64; 2] = [37.18, 48.28];
    const TOWN: [f64; 2] = [37.03, 48.15];

    fn check(shape: &MultiPolygon) {
        assert!(shape.is_valid(), "{shape:?}");
        for part in shape {
            let ring = part.exterior();
            assert!(ring.is_closed());
            assert!(
                Polygon::new(ring.clone(), Vec::new()).signed_area() > 0.0,
                "rings run counter-clockwise"
            );
            assert!(ring.coords().all(|c| (-180.0..=180.0).contains(&c.x)));
        }
    }

    #[test]
    fn every_shape_is_a_valid_polygon() {
        check(&circle(POKROVSK, 2_000.0));
        check(&wedge(POKROVSK, 225.0, 45.0, 500.0, 5_000.0));
        check(&wedge(POKROVSK, 0.0, 45.0, 0.0, 5_000.0));
        check(&wedge(POKROVSK, 350.0, 90.0, 100.0, 5_000.0));
        check(&capsule(Strip { from: POKROVSK, to: TOWN, half_width_m: 3_000.0 }));
        check(&capsule(Strip { from: TOWN, to: TOWN, half_width_m: 3_000.0 }));
    }

    #[test]
    fn a_circle_over_the_antimeridian_is_cut_in_two() {
        let shape = circle([179.9, -17.0], 50_000.0);
        check(&shape);
        assert_eq!(shape.0.len(), 2);
    }

    #[test]
    fn a_wedge_opens_along_its_bearing() {
        let shape = wedge(POKROVSK, 225.0, 45.0, 500.0, 5_000.0);
        assert!(shape.contains(&Point::from(destination(POKROVSK, 225.0, 3_000.0))));
        assert!(!shape.contains(&Point::from(destination(POKROVSK, 45.0, 3_000.0))));
        let ground = Ground::Wedge {
            apex: POKROVSK,
            bearing: 225.0,
            half_angle: 45.0,
            inner_m: 500.0,
            outer_m: 5_000.0,
        };
        let gazetteer = Gazetteer::embedded();
        assert!(ground.holds(destination(POKROVSK, 190.0, 3_000.0), &gazetteer));
        assert!(!ground.holds(destination(POKROVSK, 170.0, 3_000.0), &gazetteer));
    }

    #[test]
    fn distances_are_geodesic() {
        let north = destination(POKROVSK, 0.0, 10_000.0);
        assert!((distance_m(POKROVSK, north) - 10_000.0).abs() < 0.01);
        assert!((north[1] - POKROVSK[1] - 0.0899).abs() < 0.001);
        assert!((angle_between(350.0, 10.0) - 20.0).abs() < 1e-9);
        let strip =
            Strip { from: POKROVSK, to: destination(POKROVSK, 90.0, 10_000.0), half_width_m: 1_000.0 };
        let aside = destination(destination(POKROVSK, 90.0, 5_000.0), 0.0, 700.0);
        assert!((strip_distance_m(strip, aside) - 700.0).abs() < 10.0);
    }
}
