//! Outlines of places: what lies inside an oblast or a country.
//! The document's outline is a module of its own and another thing.

use super::layout::{self, UNITS};
use super::near::distance_m;
use super::{Gazetteer, PlaceIx};

/// The ground that a place covers: polygons of rings of points, the outer ring first; longitudes and
/// latitudes in degrees, each ring closed. Simplified, so it is off by up to some kilometres.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boundary {
    /// The polygons.
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
}

impl Gazetteer {
    /// The outline of a place, where one is known.
    pub fn outline(&self, ix: PlaceIx) -> Option<Boundary> {
        self.layers_of(ix).find_map(|(layer, local)| {
            let (_, count, mut rings) = self.layers[layer].table.outline(local)?;
            let polygons = (0..count).map(|_| layout::read_polygon(&mut rings)).collect();
            Some(Boundary { polygons })
        })
    }

    /// West, south, east and north edge of a place's outline, degrees.
    pub fn bounds(&self, ix: PlaceIx) -> Option<[f64; 4]> {
        self.layers_of(ix).find_map(|(layer, local)| {
            let (bounds, _, _) = self.layers[layer].table.outline(local)?;
            Some(bounds.map(|units| f64::from(units) / UNITS))
        })
    }

    /// Whether a point lies inside a place's outline; none where no outline is known.
    pub fn contains(&self, ix: PlaceIx, point: [f64; 2]) -> Option<bool> {
        let [west, south, east, north] = self.bounds(ix)?;
        let [lon, lat] = point;
        if !(west..=east).contains(&lon) || !(south..=north).contains(&lat) {
            return Some(false);
        }
        Some(self.outline(ix)?.contains(point))
    }

    /// The places with an outline that holds a point, smallest outline first.
    pub fn areas_at(&self, point: [f64; 2]) -> Vec<PlaceIx> {
        let mut found: Vec<(f64, PlaceIx)> = Vec::new();
        for (layer, of) in self.layers.iter().enumerate() {
            for local in of.table.outlined() {
                let ix = self.known_as(layer, local);
                if self.contains(ix, point) == Some(true)
                    && !found.iter().any(|&(_, other)| other == ix)
                    && let Some([west, south, east, north]) = self.bounds(ix)
                {
                    found.push(((east - west) * (north - south), ix));
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, ix)| ix).collect()
    }

    /// Layer and position there of a place in every gazetteer that has it.
    fn layers_of(&self, ix: PlaceIx) -> impl Iterator<Item = (usize, u32)> {
        let doubles = self.doubles_of(ix).iter().map(|&(_, layer, local)| (layer, local));
        std::iter::once(self.locate(ix)).chain(doubles)
    }
}

impl Boundary {
    /// Whether a point lies inside: inside a polygon's outer ring and in none of its holes.
    pub fn contains(&self, point: [f64; 2]) -> bool {
        self.polygons
            .iter()
            .any(|rings| rings.iter().filter(|ring| crossings(ring, point) % 2 == 1).count() % 2 == 1)
    }

    /// Metres from a point to the nearest edge; none without edges.
    pub fn edge_distance_m(&self, point: [f64; 2]) -> Option<f64> {
        let edges = self.polygons.iter().flatten().flat_map(|ring| ring.windows(2));
        edges.map(|edge| distance_m(point, nearest_on(edge[0], edge[1], point))).min_by(f64::total_cmp)
    }
}

/// How many edges of a ring a ray from the point to the east crosses.
fn crossings(ring: &[[f64; 2]], [lon, lat]: [f64; 2]) -> usize {
    let crosses = |edge: &&[[f64; 2]]| {
        let [[lon_a, lat_a], [lon_b, lat_b]] = [edge[0], edge[1]];
        (lat_a > lat) != (lat_b > lat) && lon < lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
    };
    ring.windows(2).filter(crosses).count()
}

/// The point of an edge that lies nearest to `point`, on a plane in which degrees of longitude are as wide as at `point`.
fn nearest_on(a: [f64; 2], b: [f64; 2], point: [f64; 2]) -> [f64; 2] {
    let shrink = point[1].to_radians().cos();
    let along = [(b[0] - a[0]) * shrink, b[1] - a[1]];
    let to = [(point[0] - a[0]) * shrink, point[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let share =
        if length == 0.0 { 0.0 } else { ((along[0] * to[0] + along[1] * to[1]) / length).clamp(0.0, 1.0) };
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

#[cfg(test)]
mod tests {
    use super::super::fixture;

    #[test]
    fn an_outline_holds_what_lies_inside_and_not_in_a_hole() {
        let gazetteer = fixture::gazetteer();
        let oblast = gazetteer.by_id("UA14").expect("it is in the table");
        assert_eq!(gazetteer.contains(oblast, [37.5, 48.5]), Some(true));
        assert_eq!(gazetteer.contains(oblast, [37.1, 48.1]), Some(false), "in the hole");
        assert_eq!(gazetteer.contains(oblast, [36.4, 48.1]), Some(false));
        assert_eq!(gazetteer.areas_at([37.5, 48.5]), [oblast]);
        let village = gazetteer.by_id("UA1401").expect("it is in the table");
        assert_eq!(gazetteer.contains(village, [37.5, 48.5]), None);
        let edge = gazetteer.outline(oblast).and_then(|outline| outline.edge_distance_m([39.0, 49.1]));
        assert!((edge.expect("it has edges") - 11_119.5).abs() < 20.0);
    }
}
