//! The outlines of units as ground: a whole oblast or country, and one side of it. The outlines themselves are the
//! gazetteer's; the other shapes stand in `ground`.

use crate::gazetteer::{Gazetteer, PlaceIx};
use geo::{
    Area, BooleanOps, BoundingRect, Coord, CoordsIter, LineString, MultiPolygon, Orient, Polygon,
    SimplifyVwPreserve, orient::Direction,
};

/// More corners than any oblast and nearly any country has; what has more is simplified, so that a claim in Russia is
/// no heavier than one in Ukraine.
const MOST_CORNERS: usize = 500;
/// Islands smaller than this share of the greatest part are left out of what has too many corners.
const LEAST_PART: f64 = 0.01;

/// A unit's outline, valid by RFC 7946; empty where the gazetteer has none.
pub(super) fn outline(unit: PlaceIx, gazetteer: &Gazetteer) -> MultiPolygon {
    let boundary = gazetteer.outline(unit).unwrap_or_default();
    let ring = |points: &Vec<[f64; 2]>| LineString(points.iter().map(|&point| Coord::from(point)).collect());
    let parts = boundary.polygons.iter().filter_map(|rings| {
        let (outer, holes) = rings.split_first()?;
        Some(Polygon::new(ring(outer), holes.iter().map(ring).collect()))
    });
    lightened(parts.collect()).orient(Direction::Default)
}

/// The part of an outline that lies within a right angle of a bearing from its middle.
pub(super) fn side(outline: &MultiPolygon, middle: [f64; 2], bearing: f64) -> MultiPolygon {
    let Some(bounds) = outline.bounding_rect() else { return MultiPolygon(Vec::new()) };
    // On a plane on which a degree of longitude is as long as at the middle; far enough to pass every corner.
    let far = 2.0 * (bounds.width() + bounds.height());
    let shrink = middle[1].to_radians().cos().max(0.01);
    let corner = |turn: f64, length: f64| {
        let angle = (bearing + turn).to_radians();
        Coord { x: middle[0] + length * angle.sin() / shrink, y: middle[1] + length * angle.cos() }
    };
    let half = [
        corner(90.0, far),
        corner(45.0, far * std::f64::consts::SQRT_2),
        corner(-45.0, far * std::f64::consts::SQRT_2),
        corner(-90.0, far),
    ];
    let half = Polygon::new(LineString(half.to_vec()), Vec::new());
    outline.intersection(&MultiPolygon::from(half)).orient(Direction::Default)
}

/// With no more corners than a map needs.
fn lightened(outline: MultiPolygon) -> MultiPolygon {
    if outline.coords_count() <= MOST_CORNERS {
        return outline;
    }
    let greatest = outline.iter().map(Polygon::unsigned_area).fold(0.0, f64::max);
    let kept = outline.into_iter().filter(|part| part.unsigned_area() >= LEAST_PART * greatest);
    let mut light: MultiPolygon = kept.collect();
    // Square degrees that a corner must add to be kept: doubled until few enough are left.
    let mut tolerance = 0.001;
    while light.coords_count() > MOST_CORNERS && tolerance < 10.0 {
        light = light.simplify_vw_preserve(tolerance);
        tolerance *= 2.0;
    }
    light
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Relation;
    use crate::resolve::{Calibration, Ground, Placing, locate};
    use geo::{Contains, Point, Validation};

    fn located(
        id: &str,
        relation: Relation,
        bearing: Option<crate::mention::Bearing>,
    ) -> crate::resolve::Location {
        let gazetteer = Gazetteer::embedded();
        let unit = gazetteer.by_id(id).expect("the unit is in the gazetteer");
        let placing = Placing { relation, bearing, distance_km: None, other_end: None };
        locate(unit, placing, &gazetteer, &Calibration::shipped()).expect("the unit has a point")
    }

    fn assert_valid(area: &MultiPolygon) {
        assert!(area.is_valid(), "{:?}", area.check_validation());
        assert!(!area.0.is_empty());
        for part in area {
            assert!(part.exterior().is_closed());
            let ring = Polygon::new(part.exterior().clone(), Vec::new());
            assert!(ring.signed_area() > 0.0, "outer rings run counter-clockwise");
        }
    }

    #[test]
    fn a_claim_in_an_oblast_has_its_outline() {
        let gazetteer = Gazetteer::embedded();
        let kharkiv = located("UA63000000000041885", Relation::Area, None);
        assert!(matches!(kharkiv.ground, Ground::Outline(_)));
        let area = kharkiv.area(&gazetteer);
        assert_valid(&area);
        assert!(area.contains(&Point::new(37.61, 49.71)), "Kupiansk lies in it");
        assert!(kharkiv.ground.holds([37.61, 49.71], &gazetteer));
        assert!(!kharkiv.ground.holds([36.59, 50.6], &gazetteer), "Belgorod does not");
        assert!(area.coords_count() <= MOST_CORNERS);
    }

    #[test]
    fn a_side_of_an_oblast_is_the_half_that_lies_there() {
        let gazetteer = Gazetteer::embedded();
        let east = located("UA63000000000041885", Relation::Part, Some(crate::mention::Bearing::E));
        let area = east.area(&gazetteer);
        assert_valid(&area);
        for (point, inside) in [([37.61, 49.71], true), ([35.5, 49.9], false)] {
            assert_eq!(area.contains(&Point::from(point)), inside);
            assert_eq!(east.ground.holds(point, &gazetteer), inside);
        }
        assert!(area.contains(&Point::from(east.point)));
    }

    #[test]
    fn every_outline_is_a_valid_polygon_of_few_corners() {
        let gazetteer = Gazetteer::embedded();
        let units = gazetteer.areas_at([37.0, 50.0]).into_iter().chain(gazetteer.areas_at([178.0, 67.0]));
        let units = units.chain(gazetteer.areas_at([34.4, 45.3])).chain(gazetteer.areas_at([-100.0, 60.0]));
        let mut seen = 0;
        for unit in units {
            let area = outline(unit, &gazetteer);
            assert_valid(&area);
            assert!(area.coords_count() <= MOST_CORNERS, "{}", gazetteer.place(unit).name);
            seen += 1;
        }
        assert!(seen >= 6, "Kharkiv Oblast, Ukraine, Chukotka, Russia, Crimea, Canada");
    }
}
