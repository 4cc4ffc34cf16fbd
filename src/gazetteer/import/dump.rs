//! The main files of GeoNames (`XX.txt`, `allCountries.txt`, `cities500.txt`): 19 columns, no header.

use super::{Found, FoundName, Import, PlaceClass, PointPrecision, Taken, has_letter, point, radius_m};

/// Columns of a row.
pub(super) const COLUMNS: usize = 19;

/// Takes one row.
pub(super) fn row(import: &mut Import, line: &str) -> Result<Taken, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, name, ascii, others, lat, lon, class, code, country, _, admin1, admin2, _, _, population, ..] =
        cells[..]
    else {
        return Err(format!("{} cells, expected {COLUMNS}", cells.len()));
    };
    let countries = &import.options.countries;
    if !countries.is_empty() && !countries.iter().any(|wanted| wanted.eq_ignore_ascii_case(country)) {
        return Ok(Taken::PassedOver);
    }
    let Some((class, kind)) = class_and_kind(class, code) else {
        return Ok(Taken::PassedOver);
    };
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("geonameid is `{id}`, expected a number"));
    }
    if !has_letter(name) {
        return Err(format!("name is `{name}`, expected letters"));
    }
    let population = population.parse().ok().filter(|&population: &u32| population > 0);
    let point = point(lon, lat)?;
    let (precision, radius_m) = match class {
        PlaceClass::Settlement => (PointPrecision::Exact, radius_m(population)),
        _ => (PointPrecision::Representative, 5_000),
    };
    let names =
        std::iter::once(ascii).chain(others.split(',')).filter(|other| is_usable(other) && *other != name);
    import.take(Found {
        id: format!("gn{id}"),
        class,
        kind: kind.to_owned(),
        name: name.to_owned(),
        point: Some(point),
        precision,
        radius_m,
        population,
        parent: None,
        codes: [country.to_owned(), admin1.to_owned(), admin2.to_owned()],
        source: "geonames".to_owned(),
        names: names.map(|text| FoundName { text: text.to_owned(), ..FoundName::default() }).collect(),
        polygons: Vec::new(),
    });
    Ok(Taken::Yes)
}

/// Class and kind of a feature code; none for what no report names (hotels, farms, wells).
fn class_and_kind(class: &str, code: &str) -> Option<(PlaceClass, &'static str)> {
    Some(match (class, code) {
        ("P", "PPLX") => (PlaceClass::Other, "district"),
        ("P", "PPLC") => (PlaceClass::Settlement, "capital"),
        ("P", "PPLA" | "PPLA2") => (PlaceClass::Settlement, "city"),
        ("P", "PPLQ" | "PPLW" | "PPLH") => (PlaceClass::Settlement, "former"),
        ("P", _) => (PlaceClass::Settlement, "settlement"),
        ("A", "PCLI" | "PCL" | "PCLD" | "PCLS") => (PlaceClass::Country, "country"),
        ("A", "ADM1") => (PlaceClass::Admin1, "unit"),
        ("A", "ADM2") => (PlaceClass::Admin2, "unit"),
        ("A", "ADM3") => (PlaceClass::Admin3, "unit"),
        ("H", "STM" | "STMI" | "STMX") => (PlaceClass::Water, "river"),
        ("H", "RSV") => (PlaceClass::Water, "reservoir"),
        ("H", "LK" | "LKS") => (PlaceClass::Water, "lake"),
        ("H", "CNL") => (PlaceClass::Water, "canal"),
        ("H", "SEA" | "GULF" | "BAY" | "STRT" | "LGN") => (PlaceClass::Water, "sea"),
        ("T", "ISL" | "ISLS") => (PlaceClass::Other, "island"),
        ("T", "SPIT" | "PEN" | "CAPE") => (PlaceClass::Other, "spit"),
        ("S", "BDG") => (PlaceClass::Other, "bridge"),
        ("S", "AIRB" | "AIRP") => (PlaceClass::Other, "airfield"),
        ("V", "FRST") => (PlaceClass::Other, "forest"),
        _ => return None,
    })
}

/// Whether a name is in letters that texts here are written in, and no address.
fn is_usable(name: &str) -> bool {
    has_letter(name)
        && !name.contains("://")
        && name.chars().all(|c| c < '\u{530}' || ('\u{1e00}'..='\u{206f}').contains(&c))
}
