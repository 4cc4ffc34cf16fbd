//! Places by where they lie: those around a point, and how far apart two points are.

use super::layout::{self, GRID_ROW_COUNT, UNITS};
use super::{Gazetteer, PlaceIx};

/// Mean radius of the Earth (IUGG), metres.
const EARTH_M: f64 = 6_371_008.8;
/// Metres in a degree of latitude on that sphere.
const DEGREE_M: f64 = EARTH_M * std::f64::consts::PI / 180.0;

/// Metres between two points (longitude, latitude in degrees) along a great circle of a sphere; within 0.6 % of the ellipsoid's.
pub fn distance_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    let [lon_a, lat_a] = a.map(f64::to_radians);
    let [lon_b, lat_b] = b.map(f64::to_radians);
    let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    let chord = half(lat_a, lat_b) + lat_a.cos() * lat_b.cos() * half(lon_a, lon_b);
    2.0 * EARTH_M * chord.sqrt().min(1.0).asin()
}

impl Gazetteer {
    /// The places of all classes whose point lies within `radius_m` of `point` (longitude, latitude in
    /// degrees), nearest first, each with its distance in metres. Near the antimeridian only those on the
    /// same side of it are found.
    pub fn around(&self, point: [f64; 2], radius_m: f64) -> Vec<(PlaceIx, f64)> {
        let [lon, lat] = point;
        let height = radius_m / DEGREE_M;
        let shrink = (lat.abs() + height).min(89.0).to_radians().cos();
        let width = (height / shrink).min(360.0);
        let rows = layout::grid_row(layout::to_units((lat - height).max(-90.0)))
            ..=layout::grid_row(layout::to_units((lat + height).min(90.0)));
        debug_assert!(*rows.end() < GRID_ROW_COUNT, "rows end at the pole");
        let (west, east) = (((lon - width) * UNITS) as i32, ((lon + width) * UNITS) as i32);

        let mut found = Vec::new();
        for (layer, of) in self.layers.iter().enumerate() {
            for row in rows.clone() {
                let places = of.table.grid_row(row);
                let lon_at = |at: u32| of.table.place(of.table.grid_place(at)).units[0];
                let first =
                    super::table::partition(places.len(), |at| lon_at(places.start + at as u32) < west);
                for at in places.start + first as u32..places.end {
                    let local = of.table.grid_place(at);
                    let units = of.table.place(local).units;
                    if units[0] > east {
                        break;
                    }
                    let distance = distance_m(point, units.map(|units| f64::from(units) / UNITS));
                    if distance <= radius_m {
                        found.push((self.known_as(layer, local), distance));
                    }
                }
            }
        }
        self.settle(point, radius_m, found)
    }

    /// Leaves each place once, at the point that counts among those its gazetteers give, nearest first.
    fn settle(&self, point: [f64; 2], radius_m: f64, mut found: Vec<(PlaceIx, f64)>) -> Vec<(PlaceIx, f64)> {
        if !self.doubles.is_empty() {
            found.retain_mut(|(ix, distance)| {
                let best = self.place(*ix).point.map(|best| distance_m(point, best));
                *distance = best.unwrap_or(*distance);
                *distance <= radius_m
            });
            found.sort_unstable_by_key(|&(ix, _)| ix);
            found.dedup_by_key(|&mut (ix, _)| ix);
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn distances() {
        // One degree along the equator and along a meridian.
        assert!((distance_m([0.0, 0.0], [1.0, 0.0]) - 111_195.0).abs() < 1.0);
        assert!((distance_m([30.0, 50.0], [30.0, 51.0]) - 111_195.0).abs() < 1.0);
        assert_eq!(distance_m([30.0, 50.0], [30.0, 50.0]), 0.0);
        assert!((distance_m([0.0, 0.0], [180.0, 0.0]) - EARTH_M * std::f64::consts::PI).abs() < 1.0);
    }

    #[test]
    fn places_around_a_point_come_nearest_first() {
        let gazetteer = fixture::gazetteer();
        let found = gazetteer.around([36.83, 47.84], 40_000.0);
        let names: Vec<&str> = found.iter().map(|&(ix, _)| gazetteer.place(ix).name).collect();
        assert_eq!(names, ["Velyka Novosilka", "Andriivka", "Novosilka"]);
        assert!(found.iter().all(|&(_, distance)| distance <= 40_000.0));
        assert!(gazetteer.around([0.0, -90.0], 1000.0).is_empty());
        assert_eq!(gazetteer.around([0.0, 0.0], 3.0e7).len(), gazetteer.len());
    }
}
