//! How well single statements of distance and bearing place a settlement, on the labelled ones beside the
//! checkout; skipped where they are not there.

use frontmap::gazetteer::{Gazetteer, PlaceClass, PointPrecision, distance_m};
use frontmap::learn::{Statement, estimate};
use std::path::Path;

/// The compass words of the labelled statements.
const COMPASS: [(&str, f64); 8] = [
    ("north", 0.0),
    ("northeast", 45.0),
    ("east", 90.0),
    ("southeast", 135.0),
    ("south", 180.0),
    ("southwest", 225.0),
    ("west", 270.0),
    ("northwest", 315.0),
];

/// The statement and true point of a row, where its anchor is one certain place.
fn row(gazetteer: &Gazetteer, line: &str) -> Option<(Statement, [f64; 2])> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [date, _, km, direction, anchor, _, lat, lon, ..] = cells[..] else { return None };
    let day: u32 = date.rsplit('-').next()?.parse().ok()?;
    // The even days are what the tables may learn from.
    if cells[11] != "ok" || day.is_multiple_of(2) {
        return None;
    }
    let truth = [lon.parse().ok()?, lat.parse().ok()?];
    let bearing = COMPASS.iter().find(|(word, _)| *word == direction)?.1;
    let hits = gazetteer.lookup(anchor, None);
    let places = hits.iter().map(|hit| gazetteer.place(hit.place));
    let sure = places
        .filter(|place| place.class == PlaceClass::Settlement && place.precision == PointPrecision::Exact);
    let near = sure.filter(|place| place.point.is_some_and(|point| distance_m(point, truth) < 120_000.0));
    let place = near.max_by_key(|place| place.population)?;
    let town = place.population.is_some_and(|population| population >= 5_000);
    let statement =
        Statement { anchor: place.point?, anchor_is_town: town, bearing, distance_km: km.parse().ok() };
    Some((statement, truth))
}

#[test]
fn the_radius_holds_the_truth_in_nine_of_ten_cases() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/offsets/isw-offsets.tsv");
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: no labelled statements beside the checkout");
        return;
    };
    let gazetteer = Gazetteer::embedded();
    let mut errors = Vec::new();
    let mut held = 0;
    for (statement, truth) in table.lines().filter_map(|line| row(&gazetteer, line)) {
        let estimate = estimate(&[statement]).expect("there is a statement");
        let error = distance_m(estimate.point, truth);
        held += usize::from(error <= f64::from(estimate.radius_m));
        errors.push(error);
    }
    errors.sort_by(f64::total_cmp);
    let share = held as f64 / errors.len() as f64;
    let at = |share: f64| errors[(errors.len() as f64 * share) as usize] / 1000.0;
    println!(
        "{} statements: median error {:.1} km, 90 % {:.1} km, radius holds {:.1} %",
        errors.len(),
        at(0.5),
        at(0.9),
        share * 100.0
    );
    assert!(errors.len() > 150, "{} statements have a certain anchor", errors.len());
    assert!((0.85..=0.95).contains(&share), "the radius holds {:.1} % of the true points", share * 100.0);
}
