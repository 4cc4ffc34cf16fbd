//! Compiles the text tables under `gazetteer/` into the file that the library embeds.

#![allow(dead_code, unused_imports, reason = "shared with the library, which uses the rest")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/text/fold.rs"]
mod fold;
#[path = "src/gazetteer/layout.rs"]
mod layout;
#[path = "src/gazetteer/rows.rs"]
mod rows;
#[path = "src/gazetteer/writer.rs"]
mod writer;

use rows::{At, Complaint, OutlineRow};
use writer::{Rows, Strangers};

fn main() -> Result<(), Box<dyn Error>> {
    for watched in [
        "gazetteer/places",
        "gazetteer/names",
        "gazetteer/outlines",
        "gazetteer/DATE",
        "src/text/fold.rs",
        "src/gazetteer/layout.rs",
        "src/gazetteer/rows.rs",
        "src/gazetteer/writer.rs",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    match compile() {
        Ok(bytes) => Ok(fs::write(out.join("gazetteer.bin"), bytes)?),
        Err(error) => {
            // The plain message, where cargo shows it, rather than a Debug print.
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}

/// All tables, compiled.
fn compile() -> Result<Vec<u8>, Box<dyn Error>> {
    let places = read("gazetteer/places", "tsv")?;
    let names = read("gazetteer/names", "tsv")?;
    let outlines = read("gazetteer/outlines", "geojson")?;
    let mut rows = Rows::default();
    for (file, text) in &places {
        rows.places.extend(rows::places(file, text)?);
    }
    for (file, text) in &names {
        rows.names.extend(rows::names(file, text)?);
    }
    let parsed = outlines
        .iter()
        .map(|(file, text)| Ok((file, parse_outlines(file, text)?)))
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    for (file, features) in &parsed {
        for (place, polygons) in features {
            rows.outlines.push(OutlineRow { at: At { file, line: 1 }, place, polygons });
        }
    }
    let content = [&places, &names, &outlines].into_iter().flatten();
    let version = version(content.map(|(_, text)| text.as_str()));
    Ok(writer::write(rows, &version, Strangers::Forbid)?)
}

/// The files of a folder that end in `ending`, by name; none where there is no folder.
fn read(folder: &str, ending: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    if !Path::new(folder).is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{folder}: {error}"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let file = path.display().to_string();
            let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
            Ok((file, text))
        })
        .collect()
}

/// Polygons of rings of points.
type Polygons = Vec<Vec<Vec<[f64; 2]>>>;

/// Id and polygons of each feature of a collection.
fn parse_outlines(file: &str, text: &str) -> Result<Vec<(String, Polygons)>, Box<dyn Error>> {
    let collection: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("{file}:{}: {error}", error.line()))?;
    let features = collection["features"]
        .as_array()
        .ok_or_else(|| format!("{file}:1: no list `features`, expected a FeatureCollection"))?;
    features
        .iter()
        .enumerate()
        .map(|(at, feature)| {
            let wrong = |what: String| format!("{file}: feature {}: {what}", at + 1);
            let id = feature["properties"]["id"]
                .as_str()
                .ok_or_else(|| wrong("no property `id` with a place's id".to_owned()))?;
            let coordinates = feature["geometry"]["coordinates"].clone();
            let kind = &feature["geometry"]["type"];
            let polygons = match kind.as_str() {
                Some("Polygon") => serde_json::from_value(coordinates).map(|polygon| vec![polygon]),
                Some("MultiPolygon") => serde_json::from_value(coordinates),
                _ => {
                    return Err(wrong(format!("geometry is {kind}, expected Polygon or MultiPolygon")).into());
                }
            };
            let polygons = polygons.map_err(|error| wrong(format!("coordinates of {id}: {error}")))?;
            Ok((id.to_owned(), polygons))
        })
        .collect()
}

/// The day of the tables, if `gazetteer/DATE` says one, and a hash of their content.
fn version<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let content = texts.fold(0_u64, |sum, text| sum.rotate_left(7) ^ fold::hash(text.as_bytes()));
    let date = fs::read_to_string("gazetteer/DATE").unwrap_or_default();
    let separator = if date.is_empty() { "" } else { "-" };
    format!("{}{separator}{:010x}", date.trim(), content >> 24)
}
