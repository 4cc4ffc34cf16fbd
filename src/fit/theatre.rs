//! Where fighting is reported: the table that [`Theatre`] reads, counted from points of labelled reports.

use crate::resolve::{PERIODS, Theatre, period_of};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A point of a report: longitude and latitude, the report's date, and how much it counts.
pub type Report = ([f64; 2], Date, f64);

/// The table `gazetteer/theatre.tsv` of counted points: cells sorted from south-west, with the square roots of their counts in each period.
pub fn theatre_table(reports: impl IntoIterator<Item = Report>) -> String {
    let mut cells: BTreeMap<(i32, i32), [f64; PERIODS]> = BTreeMap::new();
    for (point, date, count) in reports {
        if let Some(centre) = Theatre::cell_centre([point[0] as f32, point[1] as f32]) {
            let cell = ((centre[1] * 20.0).round() as i32, (centre[0] * 20.0).round() as i32);
            cells.entry(cell).or_default()[period_of(date)] += count;
        }
    }
    let mut table = String::from("lon\tlat\tto2022\tto2024\tlater\n");
    for ((lat, lon), counts) in cells {
        let (lon, lat) = (f64::from(lon) / 20.0, f64::from(lat) / 20.0);
        let [first, second, third] = counts.map(f64::sqrt);
        writeln!(table, "{lon:.2}\t{lat:.2}\t{first:.1}\t{second:.1}\t{third:.1}")
            .expect("writing to a string does not fail");
    }
    table
}
