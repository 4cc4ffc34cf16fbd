//! Which places are one site: those closer to each other than the rule's distance, in chains.
//! They are found anew from all places whenever one is added, so that the order of additions does not matter.

use super::{Store, StoreError};
use crate::track::event::distance_km;
use rusqlite::params;
use std::collections::BTreeMap;

/// A place as far as sites go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) place_id: String,
    /// The site it had; none for a new place.
    pub(super) site: Option<String>,
    /// Only settlements share a site: the middle of an oblast may lie in a town.
    pub(super) settlement: bool,
    pub(super) point: Option<[f64; 2]>,
}

/// The site of each place: the smallest id among those that are one.
pub(super) fn sites(places: &[Known], site_km: f64) -> Vec<String> {
    let mut leader: Vec<usize> = (0..places.len()).collect();
    let mut by_lat: Vec<(f64, usize)> = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.settlement)
        .filter_map(|(at, place)| Some((place.point?[1], at)))
        .collect();
    by_lat.sort_by(|a, b| a.0.total_cmp(&b.0));
    // A degree of latitude is 111 km everywhere.
    let reach = site_km / 110.0;
    for (nth, &(lat, at)) in by_lat.iter().enumerate() {
        for &(_, other) in by_lat[nth + 1..].iter().take_while(|(other, _)| other - lat <= reach) {
            let (Some(a), Some(b)) = (places[at].point, places[other].point) else { continue };
            if distance_km(a, b) < site_km {
                join(&mut leader, places, at, other);
            }
        }
    }
    (0..places.len()).map(|at| places[lead(&leader, at)].place_id.clone()).collect()
}

/// The place that leads the site of `at`.
fn lead(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

fn join(leader: &mut [usize], places: &[Known], a: usize, b: usize) {
    let (a, b) = (lead(leader, a), lead(leader, b));
    if places[a].place_id <= places[b].place_id {
        leader[b] = a;
    } else {
        leader[a] = b;
    }
}

impl Store {
    /// Adds `new` places, forgets those without claims, and gives the places whose site changed, new ones included.
    pub(super) fn refresh_sites(
        &self,
        new: &BTreeMap<String, Known>,
        site_km: f64,
    ) -> Result<Vec<String>, StoreError> {
        self.run(|connection| {
            let mut has_claims =
                connection.prepare("SELECT EXISTS (SELECT 1 FROM event_claims WHERE place_id = ?1)")?;
            let mut forget = connection.prepare("DELETE FROM sites WHERE place_id = ?1")?;
            for place_id in new.keys() {
                if !has_claims.query_row([place_id], |row| row.get::<_, bool>(0))? {
                    forget.execute([place_id])?;
                }
            }
            let mut places: BTreeMap<String, Known> = BTreeMap::new();
            let mut statement =
                connection.prepare("SELECT place_id, site, settlement, lon, lat FROM sites")?;
            let known = statement.query_map([], |row| {
                let (lon, lat): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
                Ok(Known {
                    place_id: row.get(0)?,
                    site: row.get(1)?,
                    settlement: row.get(2)?,
                    point: lon.zip(lat).map(|(lon, lat)| [lon, lat]),
                })
            })?;
            for place in known {
                let place = place?;
                places.insert(place.place_id.clone(), place);
            }
            for (place_id, place) in new {
                if has_claims.query_row([place_id], |row| row.get::<_, bool>(0))? {
                    places.entry(place_id.clone()).or_insert_with(|| place.clone());
                }
            }
            let places: Vec<Known> = places.into_values().collect();
            let mut write = connection.prepare("INSERT OR REPLACE INTO sites VALUES (?1, ?2, ?3, ?4, ?5)")?;
            let mut changed = Vec::new();
            for (place, site) in places.iter().zip(sites(&places, site_km)) {
                if place.site.as_ref() != Some(&site) {
                    let [lon, lat] = [place.point.map(|[lon, _]| lon), place.point.map(|[_, lat]| lat)];
                    write.execute(params![place.place_id, site, place.settlement, lon, lat])?;
                    changed.push(place.place_id.clone());
                }
            }
            Ok(changed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str, lon: f64, settlement: bool) -> Known {
        Known { place_id: id.to_owned(), site: None, settlement, point: Some([lon, 48.0]) }
    }

    #[test]
    fn near_settlements_are_one_site_and_an_oblast_never() {
        // A hundredth of a degree of longitude is 0.74 km here.
        let places = [
            place("b", 37.01, true),
            place("a", 37.02, true),
            place("c", 37.05, true),
            place("o", 37.01, false),
        ];
        assert_eq!(sites(&places, 1.0), ["a", "a", "c", "o"]);
        assert_eq!(sites(&places, 0.5), ["b", "a", "c", "o"]);
        let twice = [place("a", 37.0, true), place("b", 37.0, true)];
        assert_eq!(
            sites(&twice, 0.0),
            ["a", "b"],
            "a point may be that of the community, which several villages share"
        );
    }
}
