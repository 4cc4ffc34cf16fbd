//! Where fighting is usually reported: maps of weights by tenth of a degree, one a period of the war, learnt from labelled
//! reports (`gazetteer/theatre.tsv`, written by `examples/fit.rs`). It is what a reader of the reports knows before reading one.

use super::scene::Degrees;
use jiff::civil::Date;

/// The table as shipped.
const SHIPPED: &str = include_str!("../../gazetteer/theatre.tsv");

/// The south-west corner of the map, degrees, its cell, and its size in cells.
const WEST: f32 = 28.0;
const SOUTH: f32 = 44.0;
const CELL: f32 = 0.1;
const WIDTH: usize = 140;
const HEIGHT: usize = 100;

/// How far a report speaks for the ground around it, in cells.
const REACH: i32 = 3;

/// How many periods the war is cut into.
pub const PERIODS: usize = 3;

/// The periods, by the front's great moves: 2022; 2023 and 2024; from 2025 on.
pub fn period_of(date: Date) -> usize {
    match date.year() {
        ..=2022 => 0,
        2023 | 2024 => 1,
        2025.. => 2,
    }
}

/// How often fighting is reported around a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Theatre {
    /// A map a period, and one of all.
    maps: [Vec<f32>; PERIODS + 1],
}

impl Theatre {
    /// The maps that come with the program.
    pub fn shipped() -> Theatre {
        Theatre::parse(SHIPPED)
    }

    /// The maps of a table of the shipped one's form; what is no row counts for nothing.
    pub fn parse(table: &str) -> Theatre {
        Theatre::from_counts(table.lines().skip(1).filter_map(|line| {
            let mut cells = line.split('\t').map(str::parse::<f32>);
            let mut next = || cells.next().and_then(Result::ok);
            Some(([next()?, next()?], [next()?, next()?, next()?]))
        }))
    }

    /// The maps of counted points: longitude and latitude, and how often in each period.
    pub fn from_counts(counts: impl IntoIterator<Item = (Degrees, [f32; PERIODS])>) -> Theatre {
        let mut maps: [Vec<f32>; PERIODS + 1] = std::array::from_fn(|_| vec![0.0f32; WIDTH * HEIGHT]);
        for (point, counts) in counts {
            for (period, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0.0) {
                spread(&mut maps[period], point, count);
                spread(&mut maps[PERIODS], point, count);
            }
        }
        for map in &mut maps {
            for cell in map {
                *cell = (1.0 + *cell * 10.0).ln() / 4.0;
            }
        }
        Theatre { maps }
    }

    /// The centre of the cell in which a point is counted; none outside the map.
    pub fn cell_centre(point: Degrees) -> Option<Degrees> {
        let (x, y) = cell_of(point)?;
        Some([WEST + (x as f32 + 0.5) * CELL, SOUTH + (y as f32 + 0.5) * CELL])
    }

    /// How often fighting is reported around a point at any time: a logarithm, 0 where it never was.
    pub fn weight(&self, point: Degrees) -> f32 {
        cell_of(point).map_or(0.0, |(x, y)| self.maps[PERIODS][y * WIDTH + x])
    }

    /// The same in the period of a date.
    pub fn weight_at(&self, point: Degrees, date: Date) -> f32 {
        cell_of(point).map_or(0.0, |(x, y)| self.maps[period_of(date)][y * WIDTH + x])
    }
}

/// A report speaks for the ground around it, less with every cell.
fn spread(map: &mut [f32], point: Degrees, count: f32) {
    let Some((x, y)) = cell_of(point) else { return };
    for dx in -REACH..=REACH {
        for dy in -REACH..=REACH {
            let (x, y) = (x as i32 + dx, y as i32 + dy);
            if (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y) {
                let far = (dx * dx + dy * dy) as f32;
                map[y as usize * WIDTH + x as usize] += count * (-far / 3.0).exp();
            }
        }
    }
}

fn cell_of([lon, lat]: Degrees) -> Option<(usize, usize)> {
    let (x, y) = ((lon - WEST) / CELL, (lat - SOUTH) / CELL);
    let inside = (0.0..WIDTH as f32).contains(&x) && (0.0..HEIGHT as f32).contains(&y);
    inside.then_some((x as usize, y as usize))
}

impl Default for Theatre {
    fn default() -> Theatre {
        Theatre::shipped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_speaks_for_the_ground_around_it() {
        let theatre = Theatre::from_counts([([37.7, 48.1], [5.0, 0.0, 0.0])]);
        assert!(theatre.weight([37.7, 48.1]) > theatre.weight([37.9, 48.1]));
        assert!(theatre.weight([37.9, 48.1]) > 0.0);
        assert_eq!(theatre.weight([36.0, 48.1]), 0.0);
        assert_eq!(theatre.weight([-90.0, 30.0]), 0.0);
        assert!(theatre.weight_at([37.7, 48.1], Date::constant(2022, 7, 1)) > 0.0);
        assert_eq!(theatre.weight_at([37.7, 48.1], Date::constant(2025, 7, 1)), 0.0);
    }
}
