//! Tables with a header: CSV, or columns parted by tabs or semicolons. `name`, `lat` and `lon` are
//! required; `id`, `alt` (names parted by `|`), `lang`, `country`, `admin1`, `admin2`, `parent`, `population`,
//! `class`, `kind`, `point`, `radius_m` or `precision_km`, `valid_from`, `valid_to` and `source` may be there.

use super::{
    FileReport, Found, FoundName, Import, PlaceClass, PointPrecision, Taken, has_letter, point, radius_m,
};
use crate::gazetteer::NameKind;
use crate::text::fold;
use std::io::Read;

/// Reads a table; `first` is its first line, which `input` begins with.
pub(super) fn read(
    import: &mut Import,
    first: &str,
    input: impl Read,
    report: &mut FileReport,
) -> Result<(), String> {
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|&mark| {
        // Of equals the last counts, which is the comma.
        first.bytes().filter(|&byte| byte == mark).count()
    });
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(input);
    let header = reader.headers().map_err(|error| format!("line 1: {error}"))?.clone();
    let columns: Vec<String> = header.iter().map(|column| column_name(import, column)).collect();
    for required in ["name", "lat", "lon"] {
        if !columns.iter().any(|column| column == required) {
            return Err(format!(
                "line 1: no column `{required}` in `{}`; expected a header with name, lat and lon, or the 19 columns of GeoNames (another column's name can be given with --map {required}=COLUMN)",
                first.trim_end()
            ));
        }
    }
    // The reader takes a record to begin before the line feed that a carriage return left over.
    let left_over = usize::from(first.ends_with("\r\n"));
    let line_of = |position: Option<&csv::Position>| position.map_or(0, |at| at.line() as usize + left_over);
    for record in reader.records() {
        let (line, outcome) = match record {
            Ok(record) => {
                let line = line_of(record.position());
                let cell = |name: &str| {
                    let at = columns.iter().position(|column| column == name)?;
                    record.get(at).map(str::trim).filter(|cell| !cell.is_empty())
                };
                let outcome = match (cell("lon"), cell("lat")) {
                    (None, None) => Err("no coordinates".to_owned()),
                    (lon, lat) => point(lon.unwrap_or(""), lat.unwrap_or("")),
                };
                (line, outcome.and_then(|point| place(&cell, Some(point), PointPrecision::Exact)))
            }
            Err(error) => (line_of(error.position()), Err(error.to_string())),
        };
        report.note(
            line,
            outcome.map(|place| {
                import.take(place);
                Taken::Yes
            }),
        );
    }
    Ok(())
}

/// What a column is to us: by the names given with the import, else by its own in the common variants.
pub(super) fn column_name(import: &Import, column: &str) -> String {
    let column = column.trim().trim_start_matches('\u{feff}');
    if let Some((ours, _)) = import.options.renamed.iter().find(|(_, theirs)| theirs == column) {
        return ours.clone();
    }
    let lower = column.to_lowercase();
    match lower.as_str() {
        "latitude" | "y" | "lat_dd" => "lat",
        "longitude" | "lng" | "long" | "x" | "lon_dd" => "lon",
        "alternatenames" | "alternate_names" | "aliases" => "alt",
        "precision" => "point",
        _ => &lower,
    }
    .to_owned()
}

/// A place from its cells.
pub(super) fn place<'c>(
    cell: &dyn Fn(&str) -> Option<&'c str>,
    at: Option<[f64; 2]>,
    precision: PointPrecision,
) -> Result<Found, String> {
    let name = cell("name").filter(|name| has_letter(name)).ok_or("no name")?;
    let class =
        word(cell("class"), "class", &PlaceClass::ALL, PlaceClass::as_str)?.unwrap_or(PlaceClass::Settlement);
    let stated = word(cell("point"), "point", &PointPrecision::ALL, PointPrecision::as_str)?;
    let number = |column: &str| match cell(column) {
        None => Ok(None),
        Some(text) => match text.parse::<f64>() {
            Ok(number) if number >= 0.0 && number < f64::from(u32::MAX) => Ok(Some(number)),
            _ => Err(format!("{column} is `{text}`, expected a number from 0")),
        },
    };
    let population = number("population")?.map(|number| number as u32);
    let stated_radius = number("radius_m")?.or(number("precision_km")?.map(|km| km * 1000.0));
    let lang = cell("lang").unwrap_or("");
    let [from, to] = ["valid_from", "valid_to"].map(|column| cell(column).unwrap_or("").to_owned());
    let alternates = cell("alt").into_iter().flat_map(|names| names.split('|')).map(str::trim);
    let names = alternates.filter(|name| has_letter(name)).map(|name| FoundName {
        text: name.to_owned(),
        lang: lang.to_owned(),
        kind: Some(if to.is_empty() { NameKind::Alternate } else { NameKind::Former }),
        from: from.clone(),
        to: to.clone(),
    });
    let id = cell("id").map(|id| id.replace([':', ';', ' '], "-"));
    Ok(Found {
        id: id.unwrap_or_else(|| own_id(name, at)),
        class,
        kind: cell("kind").unwrap_or(class.as_str()).to_owned(),
        name: name.to_owned(),
        point: at,
        precision: stated
            .filter(|&stated| (stated == PointPrecision::None) == at.is_none())
            .unwrap_or(precision),
        radius_m: stated_radius.map_or_else(|| radius_m(population), |radius| radius as u32),
        population,
        parent: cell("parent").map(str::to_owned),
        codes: ["country", "admin1", "admin2"].map(|column| cell(column).unwrap_or("").to_owned()),
        source: cell("source").unwrap_or("user").to_owned(),
        names: names.collect(),
        polygons: Vec::new(),
    })
}

/// The id of a place that came without one: its folded name and its point to a hundred metres.
fn own_id(name: &str, point: Option<[f64; 2]>) -> String {
    let key = fold::keys(name, None).into_iter().next().unwrap_or_default();
    match point {
        Some([lon, lat]) => format!("user-{key}-{lon:.3}-{lat:.3}"),
        None => format!("user-{key}"),
    }
}

/// One of a fixed set of words.
fn word<T: Copy>(
    cell: Option<&str>,
    column: &str,
    all: &[T],
    as_str: impl Fn(T) -> &'static str,
) -> Result<Option<T>, String> {
    let Some(cell) = cell else { return Ok(None) };
    match all.iter().find(|&&known| as_str(known) == cell) {
        Some(&known) => Ok(Some(known)),
        None => {
            let words: Vec<&str> = all.iter().map(|&known| as_str(known)).collect();
            Err(format!("{column} is `{cell}`, expected one of {}", words.join(", ")))
        }
    }
}
