//! Where fighting is usually reported: a map of weights by tenth of a degree, learnt from labelled reports
//! (`gazetteer/theatre.tsv`, written by `examples/fit.rs`). It is what a reader of the war's reports knows before reading one.

use super::scene::Degrees;

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

/// How often fighting is reported around a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Theatre {
    cells: Vec<f32>,
}

impl Theatre {
    /// The map that comes with the program.
    pub fn shipped() -> Theatre {
        Theatre::from_counts(SHIPPED.lines().skip(1).filter_map(|line| {
            let mut cells = line.split('\t').map(str::parse::<f32>);
            let mut next = || cells.next().and_then(Result::ok);
            Some(([next()?, next()?], next()?))
        }))
    }

    /// The map of counted points: longitude and latitude, and how often.
    pub fn from_counts(counts: impl IntoIterator<Item = (Degrees, f32)>) -> Theatre {
        let mut cells = vec![0.0f32; WIDTH * HEIGHT];
        for (point, count) in counts {
            let Some((x, y)) = cell_of(point) else { continue };
            for dx in -REACH..=REACH {
                for dy in -REACH..=REACH {
                    let (x, y) = (x as i32 + dx, y as i32 + dy);
                    if (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y) {
                        let far = (dx * dx + dy * dy) as f32;
                        cells[y as usize * WIDTH + x as usize] += count * (-far / 3.0).exp();
                    }
                }
            }
        }
        for cell in &mut cells {
            *cell = (1.0 + *cell * 10.0).ln() / 4.0;
        }
        Theatre { cells }
    }

    /// The centre of the cell in which a point is counted; none outside the map.
    pub fn cell_centre(point: Degrees) -> Option<Degrees> {
        let (x, y) = cell_of(point)?;
        Some([WEST + (x as f32 + 0.5) * CELL, SOUTH + (y as f32 + 0.5) * CELL])
    }

    /// How often fighting is reported around a point: a logarithm, 0 where it never was.
    pub fn weight(&self, point: Degrees) -> f32 {
        cell_of(point).map_or(0.0, |(x, y)| self.cells[y * WIDTH + x])
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
        let theatre = Theatre::from_counts([([37.7, 48.1], 5.0)]);
        assert!(theatre.weight([37.7, 48.1]) > theatre.weight([37.9, 48.1]));
        assert!(theatre.weight([37.9, 48.1]) > 0.0);
        assert_eq!(theatre.weight([36.0, 48.1]), 0.0);
        assert_eq!(theatre.weight([-90.0, 30.0]), 0.0);
    }
}
