//! Rows of the gazetteer's text tables (`places/*.tsv`, `names/*.tsv`): their columns and how they are checked.
//! The build script compiles this file too. Compiling rows is `writer`'s work.

use super::layout::{CLASSES, LANGS, NAME_KINDS, PRECISIONS};
use std::fmt;

/// Where a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At<'a> {
    /// The file as named by whoever reads it.
    pub(crate) file: &'a str,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// What stood there and what was expected.
    pub(crate) what: String,
}

impl Complaint {
    /// A complaint about the row at `at`.
    pub(crate) fn new(at: At, what: impl Into<String>) -> Complaint {
        Complaint { file: at.file.to_owned(), line: at.line, what: what.into() }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for Complaint {}

/// One row of `places/*.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceRow<'a> {
    /// Where it stands.
    pub(crate) at: At<'a>,
    /// The stable id.
    pub(crate) id: &'a str,
    /// A code of [`CLASSES`].
    pub(crate) class: u8,
    /// The finer word.
    pub(crate) kind: &'a str,
    /// The main name.
    pub(crate) name: &'a str,
    /// Longitude and latitude, degrees.
    pub(crate) point: Option<[f64; 2]>,
    /// A code of [`PRECISIONS`].
    pub(crate) precision: u8,
    /// Metres.
    pub(crate) radius_m: u32,
    /// Inhabitants.
    pub(crate) population: Option<u32>,
    /// Id of the next unit up.
    pub(crate) parent: Option<&'a str>,
    /// Key of the source.
    pub(crate) source: &'a str,
}

/// One row of `names/*.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NameRow<'a> {
    /// Where it stands.
    pub(crate) at: At<'a>,
    /// Id of the place.
    pub(crate) place: &'a str,
    /// The name.
    pub(crate) name: &'a str,
    /// ISO 639-1 code, or empty.
    pub(crate) lang: &'a str,
    /// A code of [`NAME_KINDS`].
    pub(crate) kind: u8,
    /// First day, month or year; empty when not known.
    pub(crate) from: &'a str,
    /// Last day, month or year; empty when not known.
    pub(crate) to: &'a str,
}

/// The outline of a place: polygons of rings of points, the outer ring first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OutlineRow<'a> {
    /// Where it stands.
    pub(crate) at: At<'a>,
    /// Id of the place.
    pub(crate) place: &'a str,
    /// Longitudes and latitudes, degrees.
    pub(crate) polygons: &'a [Vec<Vec<[f64; 2]>>],
}

/// The columns of `places/*.tsv`.
pub(crate) const PLACE_COLUMNS: &str =
    "id\tclass\tkind\tname\tlon\tlat\tpoint\tradius_m\tpopulation\tparent\tsource";
/// The columns of `names/*.tsv`.
pub(crate) const NAME_COLUMNS: &str = "place\tname\tlang\tkind\tfrom\tto";

/// The rows of a places table.
pub(crate) fn places<'a>(file: &'a str, text: &'a str) -> Result<Vec<PlaceRow<'a>>, Complaint> {
    rows(file, text, PLACE_COLUMNS, place)
}

/// The rows of a names table.
pub(crate) fn names<'a>(file: &'a str, text: &'a str) -> Result<Vec<NameRow<'a>>, Complaint> {
    rows(file, text, NAME_COLUMNS, name)
}

/// Cuts a table into rows and hands each to `row`.
fn rows<'a, const N: usize, T>(
    file: &'a str,
    text: &'a str,
    columns: &str,
    row: impl Fn(At<'a>, [&'a str; N]) -> Result<T, Complaint>,
) -> Result<Vec<T>, Complaint> {
    let mut lines = text.lines().enumerate().map(|(line, cells)| {
        let at = At { file, line: line + 1 };
        (at, cells)
    });
    match lines.next() {
        Some((_, header)) if header == columns => {}
        Some((at, header)) => {
            return Err(Complaint::new(at, format!("the header is `{header}`, expected `{columns}`")));
        }
        None => return Err(Complaint::new(At { file, line: 1 }, "no header")),
    }
    lines
        .map(|(at, line)| {
            let mut cells = [""; N];
            let mut count = 0;
            for cell in line.split('\t') {
                if let Some(slot) = cells.get_mut(count) {
                    *slot = cell;
                }
                count += 1;
            }
            if count == N {
                row(at, cells)
            } else {
                Err(Complaint::new(at, format!("{count} cells, expected {N} ({columns})")))
            }
        })
        .collect()
}

/// Checks and reads one place.
fn place<'a>(at: At<'a>, cells: [&'a str; 11]) -> Result<PlaceRow<'a>, Complaint> {
    let [id, class, kind, name, lon, lat, precision, radius_m, population, parent, source] = cells;
    if id.is_empty() || id.contains([':', ';', ' ']) {
        return Err(Complaint::new(at, format!("id `{id}` is empty or holds `:`, `;` or a space")));
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err(Complaint::new(at, format!("name `{name}` of {id} has no letter")));
    }
    let point = match (lon, lat) {
        ("", "") => None,
        _ => Some([degrees(at, "lon", lon, 180.0)?, degrees(at, "lat", lat, 90.0)?]),
    };
    let precision = code(at, "point", precision, &PRECISIONS)?;
    if point.is_none() != (PRECISIONS[usize::from(precision)] == "none") {
        return Err(Complaint::new(
            at,
            format!(
                "{id} has lon `{lon}`, lat `{lat}`, point `{}`: a point has a precision, and only a point has",
                PRECISIONS[usize::from(precision)]
            ),
        ));
    }
    Ok(PlaceRow {
        at,
        id,
        class: code(at, "class", class, &CLASSES)?,
        kind,
        name,
        point,
        precision,
        radius_m: whole(at, "radius_m", radius_m)?.unwrap_or(0),
        population: whole(at, "population", population)?,
        parent: Some(parent).filter(|parent| !parent.is_empty()),
        source,
    })
}

/// Checks and reads one name.
fn name<'a>(at: At<'a>, cells: [&'a str; 6]) -> Result<NameRow<'a>, Complaint> {
    let [place, name, lang, kind, from, to] = cells;
    if !name.chars().any(char::is_alphanumeric) {
        return Err(Complaint::new(at, format!("name `{name}` of {place} has no letter")));
    }
    Ok(NameRow { at, place, name, lang, kind: code(at, "kind", kind, &NAME_KINDS)?, from, to })
}

/// The code of a language.
pub(crate) fn lang_code(lang: &str) -> u8 {
    LANGS.iter().position(|&known| known == lang).unwrap_or(0) as u8
}

/// The position of `word` among `words`.
fn code(at: At, column: &str, word: &str, words: &[&str]) -> Result<u8, Complaint> {
    match words.iter().position(|&known| known == word) {
        Some(code) => Ok(code as u8),
        None => {
            Err(Complaint::new(at, format!("{column} is `{word}`, expected one of {}", words.join(", "))))
        }
    }
}

/// A coordinate within `limit`.
fn degrees(at: At, column: &str, cell: &str, limit: f64) -> Result<f64, Complaint> {
    match cell.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= limit => Ok(degrees),
        _ => Err(Complaint::new(
            at,
            format!("{column} is `{cell}`, expected degrees from -{limit} to {limit} with a point"),
        )),
    }
}

/// A whole number or an empty cell.
fn whole(at: At, column: &str, cell: &str) -> Result<Option<u32>, Complaint> {
    match cell {
        "" => Ok(None),
        _ => cell
            .parse()
            .map(Some)
            .map_err(|_| Complaint::new(at, format!("{column} is `{cell}`, expected a whole number from 0"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_cell_is_named_with_file_and_line() {
        let table = |row: &str| format!("{PLACE_COLUMNS}\n{row}\n");
        for (row, said) in [
            (
                "a\tsettlement\tcity\tA\t1,5\t2\texact\t\t\t\tx",
                "t.tsv:2: lon is `1,5`, expected degrees from -180 to 180 with a point",
            ),
            (
                "a\ttown\tcity\tA\t1\t2\texact\t\t\t\tx",
                "t.tsv:2: class is `town`, expected one of settlement, admin1, admin2, admin3, country, water, road, other",
            ),
            (
                "a\tsettlement",
                "t.tsv:2: 2 cells, expected 11 (id\tclass\tkind\tname\tlon\tlat\tpoint\tradius_m\tpopulation\tparent\tsource)",
            ),
            (
                "a\tsettlement\tcity\tA\t\t\texact\t\t\t\tx",
                "t.tsv:2: a has lon ``, lat ``, point `exact`: a point has a precision, and only a point has",
            ),
        ] {
            let complaint = places("t.tsv", &table(row)).expect_err("the row is wrong");
            assert_eq!(complaint.to_string(), said);
        }
    }
}
