//! `admin1CodesASCII.txt` and `admin2Codes.txt` of GeoNames: units by code, without a point.

use super::{Found, FoundName, Import, PlaceClass, PointPrecision, Taken, has_letter};

/// Takes one row.
pub(super) fn row(import: &mut Import, line: &str) -> Result<Taken, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [code, name, ascii, id, ..] = cells[..] else {
        return Err(format!("{} cells, expected 4", cells.len()));
    };
    let parts: Vec<&str> = code.split('.').collect();
    let (class, codes) = match parts[..] {
        [country, first] => (PlaceClass::Admin1, [country, first, ""]),
        [country, first, second] => (PlaceClass::Admin2, [country, first, second]),
        _ => return Err(format!("code is `{code}`, expected CC.UNIT or CC.UNIT.UNIT")),
    };
    let countries = &import.options.countries;
    if !countries.is_empty() && !countries.iter().any(|wanted| wanted.eq_ignore_ascii_case(codes[0])) {
        return Ok(Taken::PassedOver);
    }
    if !has_letter(name) || id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`{name}` with geonameid `{id}`, expected a name and a number"));
    }
    let ascii = Some(ascii).filter(|&ascii| ascii != name && has_letter(ascii));
    import.take(Found {
        id: format!("gn{id}"),
        class,
        kind: "unit".to_owned(),
        name: name.to_owned(),
        point: None,
        precision: PointPrecision::None,
        radius_m: 0,
        population: None,
        parent: None,
        codes: codes.map(str::to_owned),
        source: "geonames".to_owned(),
        names: ascii
            .map(|text| FoundName { text: text.to_owned(), ..FoundName::default() })
            .into_iter()
            .collect(),
        polygons: Vec::new(),
    });
    Ok(Taken::Yes)
}
