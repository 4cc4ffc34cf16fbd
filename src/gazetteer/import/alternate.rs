//! `alternateNamesV2.txt` of GeoNames: names with their language, kind and dates.

use super::{FoundName, Import, NameKind, Taken, has_letter};

/// Whether a line is a row of such a table, which GeoNames also names after a country (`UA.txt`).
pub(super) fn is_row(line: &str) -> bool {
    let cells: Vec<&str> = line.split('\t').collect();
    let number = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    (8..=10).contains(&cells.len()) && number(cells[0]) && number(cells[1])
}

/// Takes one row, if its place was taken from a file read before.
pub(super) fn row(import: &mut Import, line: &str) -> Result<Taken, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [_, place, lang, name, preferred, short, _, historic, ..] = cells[..] else {
        return Err(format!("{} cells, expected 10", cells.len()));
    };
    // Links, postal codes and codes of airports and stations are no names; languages have two or three letters.
    let is_name = lang.len() <= 3 && has_letter(name);
    let Some(&at) = import.by_id.get(&format!("gn{place}")).filter(|_| is_name) else {
        return Ok(Taken::PassedOver);
    };
    let kind = match (historic, short, preferred) {
        ("1", _, _) => NameKind::Former,
        (_, "1", _) => NameKind::Short,
        (_, _, "1") if lang == "uk" => NameKind::Official,
        _ if lang == "ru" => NameKind::Russian,
        _ => NameKind::Alternate,
    };
    let date = |at: usize| cells.get(at).copied().unwrap_or("").to_owned();
    import.places[at].names.push(FoundName {
        text: name.to_owned(),
        lang: lang.to_owned(),
        kind: Some(kind),
        from: date(8),
        to: date(9),
    });
    Ok(Taken::Yes)
}
