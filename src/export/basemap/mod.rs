//! The basemap: land, borders, oblasts, rivers, lakes and cities, drawn by `gazetteer/build/basemap.py` from public-domain data.
//! Lines are whole numbers: the first corner in thousandths of a degree, then steps.

use serde::Deserialize;

/// The basemap as text, which pages hold as it is.
pub(super) const JSON: &str = include_str!("basemap.json");

/// The basemap's parts.
#[derive(Debug, Deserialize)]
pub(super) struct Basemap {
    /// Countries outside the theatre, each a ring.
    pub(super) world: Vec<Vec<i32>>,
    /// Their edges, without the seam to the theatre.
    pub(super) world_edges: Vec<Vec<i32>>,
    /// Rings of the theatre's land.
    pub(super) land: Vec<Vec<i32>>,
    /// Rings of lakes and reservoirs.
    pub(super) lakes: Vec<Vec<i32>>,
    /// Lines of rivers.
    pub(super) rivers: Vec<Vec<i32>>,
    /// Lines between oblasts.
    pub(super) units: Vec<Vec<i32>>,
    /// Lines between countries.
    pub(super) borders: Vec<Vec<i32>>,
    /// Name, longitude, latitude, thousands of people; the largest first.
    pub(super) cities: Vec<(String, f64, f64, u32)>,
}

impl Basemap {
    /// The embedded one.
    pub(super) fn embedded() -> Basemap {
        serde_json::from_str(JSON).expect("the embedded basemap is what basemap.py writes")
    }
}

/// The corners of a line, longitude and latitude.
pub(super) fn corners(steps: &[i32]) -> impl Iterator<Item = [f64; 2]> + '_ {
    steps.chunks_exact(2).scan([0, 0], |at, step| {
        *at = [at[0] + step[0], at[1] + step[1]];
        Some(at.map(|thousandths| f64::from(thousandths) / 1000.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_basemap_holds_every_part() {
        let basemap = Basemap::embedded();
        for (name, part) in [
            ("world", &basemap.world),
            ("world_edges", &basemap.world_edges),
            ("land", &basemap.land),
            ("lakes", &basemap.lakes),
            ("rivers", &basemap.rivers),
            ("units", &basemap.units),
            ("borders", &basemap.borders),
        ] {
            assert!(part.len() > 10, "{name}");
            assert!(part.iter().all(|line| line.len() >= 4 && line.len() % 2 == 0), "{name}");
        }
        assert!(basemap.cities.iter().any(|(name, ..)| name == "Kyiv"));
    }

    #[test]
    fn crimea_is_ukraine_s() {
        // The border of Ukraine and Russia does not cross the isthmus, and an oblast line does.
        let crosses = |lines: &[Vec<i32>]| {
            lines
                .iter()
                .flat_map(|line| corners(line))
                .any(|[lon, lat]| (33.4..34.6).contains(&lon) && (45.9..46.3).contains(&lat))
        };
        let basemap = Basemap::embedded();
        assert!(!crosses(&basemap.borders));
        assert!(crosses(&basemap.units));
    }
}
