//! How far from a named place the truth lies, by relation and size of place: the table `gazetteer/calibration.tsv`.
//! It is measured on geolocated sentences and re-fitted by `fit`; what is done with the figures is [`location`](super::location)'s work.

use crate::gazetteer::Sketch;
use crate::mention::Relation;
use thiserror::Error;

/// The table as shipped.
const SHIPPED: &str = include_str!("../../gazetteer/calibration.tsv");

/// Distances in metres, by relation and size of place.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    rows: Vec<Option<Reach>>,
}

/// Where the truth lies from a named place's point under one relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// How many sentences it was measured on; 0 for an estimate.
    pub n: u32,
    /// How far along the stated bearing the median truth lies, metres; what is added to a stated distance in the `dir_stated` rows.
    pub offset_m: f64,
    /// The radius around the moved point that holds the truth in 90 % of cases, metres.
    pub radius_m: f64,
    /// Half the opening of the wedge that holds it in 90 % of cases, degrees; 180 is a circle.
    pub half_angle: f64,
    /// The near edge of that wedge, metres from the place's point.
    pub inner_m: f64,
    /// The far edge of that wedge, metres from the place's point.
    pub outer_m: f64,
}

/// The sizes of settlement that the table tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceSize {
    /// Under 10,000 inhabitants, or unknown.
    Village,
    /// Up to 100,000.
    Town,
    /// More.
    City,
}

/// What the rows are about: the relations, and a direction with a stated distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A relation as such.
    Of(Relation),
    /// "3 km north of X".
    DirStated,
}

/// A table that cannot be used.
#[derive(Debug, Error)]
pub enum CalibrationError {
    /// A line that is not a row.
    #[error("calibration line {line}: `{found}` is not {wanted}")]
    Cell {
        /// The line, counted from 1.
        line: usize,
        /// What stands there.
        found: String,
        /// What should.
        wanted: &'static str,
    },
    /// A row that every calibration needs.
    #[error("calibration: no row for relation `{relation}` and size `{size}`; add one")]
    Missing {
        /// The relation.
        relation: &'static str,
        /// The size.
        size: &'static str,
    },
}

impl PlaceSize {
    /// All, smallest first.
    pub const ALL: [PlaceSize; 3] = [PlaceSize::Village, PlaceSize::Town, PlaceSize::City];

    /// The word used in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceSize::Village => "village",
            PlaceSize::Town => "town",
            PlaceSize::City => "city",
        }
    }

    /// The size of a place: by inhabitants where known, else by its kind.
    pub fn of(place: &Sketch) -> PlaceSize {
        match (place.population, place.kind) {
            (Some(100_000..), _) => PlaceSize::City,
            (Some(10_000..), _) => PlaceSize::Town,
            (Some(1..), _) => PlaceSize::Village,
            (_, "city" | "town" | "urban_settlement" | "capital") => PlaceSize::Town,
            _ => PlaceSize::Village,
        }
    }
}

impl Row {
    const ALL: [Row; 9] = [
        Row::Of(Relation::In),
        Row::Of(Relation::Near),
        Row::Of(Relation::Part),
        Row::Of(Relation::Dir),
        Row::Of(Relation::Toward),
        Row::Of(Relation::Along),
        Row::Of(Relation::Axis),
        Row::Of(Relation::Area),
        Row::DirStated,
    ];

    /// The word used in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Row::Of(relation) => relation.as_str(),
            Row::DirStated => "dir_stated",
        }
    }

    /// Its place in the table; "between" reads as "near", since each claim lies at one end.
    fn index(self) -> usize {
        let named = match self {
            Row::Of(Relation::Between) => Row::Of(Relation::Near),
            row => row,
        };
        Row::ALL.iter().position(|row| *row == named).expect("every relation but `between` is in Row::ALL")
    }
}

impl Calibration {
    /// The table that comes with the program.
    pub fn shipped() -> Calibration {
        Calibration::parse(SHIPPED).expect("the shipped table is checked by a test")
    }

    /// Reads a table of the shipped one's form.
    ///
    /// # Errors
    /// When a line is no row, or a relation or size has none.
    pub fn parse(table: &str) -> Result<Calibration, CalibrationError> {
        let mut rows = vec![None; Row::ALL.len() * PlaceSize::ALL.len()];
        for (line, text) in table.lines().enumerate().skip(1) {
            if text.is_empty() {
                continue;
            }
            let (row, size, reach) = parse_row(line + 1, text)?;
            rows[row.index() * PlaceSize::ALL.len() + size as usize] = Some(reach);
        }
        for row in Row::ALL {
            for size in PlaceSize::ALL {
                if rows[row.index() * PlaceSize::ALL.len() + size as usize].is_none() {
                    return Err(CalibrationError::Missing { relation: row.as_str(), size: size.as_str() });
                }
            }
        }
        Ok(Calibration { rows })
    }

    /// Replaces the figures for one relation to a place of one size.
    pub fn set(&mut self, row: Row, size: PlaceSize, reach: Reach) {
        self.rows[row.index() * PlaceSize::ALL.len() + size as usize] = Some(reach);
    }

    /// The table as text.
    pub fn to_table(&self) -> String {
        let mut table = String::from("relation\tsize\tn\toffset_m\tradius_m\thalf_angle\tinner_m\touter_m\n");
        for row in Row::ALL {
            for size in PlaceSize::ALL {
                let Reach { n, offset_m, radius_m, half_angle, inner_m, outer_m } = self.reach(row, size);
                table.push_str(&format!(
                    "{}\t{}\t{n}\t{offset_m:.0}\t{radius_m:.0}\t{half_angle:.0}\t{inner_m:.0}\t{outer_m:.0}\n",
                    row.as_str(),
                    size.as_str()
                ));
            }
        }
        table
    }

    /// The figures for one relation to a place of one size.
    pub fn reach(&self, row: Row, size: PlaceSize) -> Reach {
        self.rows[row.index() * PlaceSize::ALL.len() + size as usize]
            .expect("`parse` refuses a table with a gap")
    }
}

impl Default for Calibration {
    fn default() -> Calibration {
        Calibration::shipped()
    }
}

/// One line of the table.
fn parse_row(line: usize, text: &str) -> Result<(Row, PlaceSize, Reach), CalibrationError> {
    let cells: Vec<&str> = text.split('\t').collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let wrong = |found: &str, wanted| CalibrationError::Cell { line, found: found.to_owned(), wanted };
    let number = |at: usize| cell(at).parse::<f64>().map_err(|_| wrong(cell(at), "a number"));
    let row = Row::ALL
        .into_iter()
        .find(|row| row.as_str() == cell(0))
        .ok_or_else(|| wrong(cell(0), "a relation"))?;
    let size = PlaceSize::ALL
        .into_iter()
        .find(|size| size.as_str() == cell(1))
        .ok_or_else(|| wrong(cell(1), "a size (village, town, city)"))?;
    let reach = Reach {
        n: cell(2).parse().map_err(|_| wrong(cell(2), "a whole number"))?,
        offset_m: number(3)?,
        radius_m: number(4)?,
        half_angle: number(5)?,
        inner_m: number(6)?,
        outer_m: number(7)?,
    };
    Ok((row, size, reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole() {
        let table = Calibration::parse(SHIPPED).expect("the shipped table is read");
        let village = table.reach(Row::Of(Relation::Dir), PlaceSize::Village);
        assert!(village.offset_m > 0.0 && village.inner_m < village.outer_m);
        for row in Row::ALL {
            for size in PlaceSize::ALL {
                assert!(table.reach(row, size).radius_m > 0.0);
            }
        }
    }

    #[test]
    fn a_gap_and_a_wrong_cell_are_named() {
        let gap = Calibration::parse("relation\tsize\n").expect_err("every row is missing");
        assert!(gap.to_string().contains("no row for relation `in`"));
        let wrong =
            Calibration::parse("header\nin\tvillage\t1\tfar\t0\t0\t0\t0\n").expect_err("a word is no number");
        assert_eq!(wrong.to_string(), "calibration line 2: `far` is not a number");
    }
}
