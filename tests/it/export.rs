//! The writers: what goes in as rows comes out of each format, and a file is there whole or not at all.

use crate::sample_layers::{NASTY, areas, claims};
use frontmap::export::{ExportError, Format, Options, Target, Written, create};
use frontmap::feature::{Feature, Layer, LayerKind};
use std::fs;
use std::path::Path;

fn write(path: &Path, options: &Options, layers: &[&Layer]) -> Written {
    let format = Format::from_path(path).expect("the ending names a format");
    let mut sink = create(&Target::File(path.to_owned()), format, options).expect("the output opens");
    for layer in layers {
        for features in layer.features.chunks(7) {
            sink.write(layer.kind, features).expect("rows can be written");
        }
    }
    sink.finish().expect("the output is completed")
}

fn write_claims(name: &str, layer: &Layer) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    write(&path, &Options::default(), &[layer]);
    fs::read_to_string(&path).expect("the output is text")
}

fn columns() -> Vec<&'static str> {
    LayerKind::Claims.columns().iter().map(|column| column.name).collect()
}

/// A cell as JSON has it.
fn json_cell(feature: &Feature, name: &str) -> serde_json::Value {
    use frontmap::feature::Value;
    match feature.get(LayerKind::Claims, name) {
        Value::Null => serde_json::Value::Null,
        Value::Word(word) => (*word).into(),
        Value::Text(text) => (**text).into(),
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Date(day) => day.to_string().into(),
        Value::DateTime(moment) => format!("{moment}Z").into(),
    }
}

#[test]
fn geojson_holds_every_row_with_every_key() {
    let layer = claims(50);
    let collection: geojson::FeatureCollection =
        write_claims("claims.geojson", &layer).parse().expect("valid GeoJSON");
    assert_eq!(collection.features.len(), 50);
    for (feature, row) in collection.features.iter().zip(&layer.features) {
        let properties = feature.properties.as_ref().expect("features have properties");
        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut expected = columns();
        expected.sort_unstable();
        let mut sorted = keys;
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        for name in columns() {
            assert_eq!(properties[name], json_cell(row, name), "{name}");
        }
        assert_eq!(feature.geometry.is_some(), row.geometry.is_some());
        assert_eq!(feature.id, row.id.as_deref().map(|id| geojson::feature::Id::String(id.to_owned())));
    }
    let members = collection.foreign_members.expect("it says what it is");
    for member in ["name", "attribution", "license", "generator"] {
        assert!(members[member].is_string(), "{member}");
    }
    let bbox = collection.bbox.expect("it says where it lies");
    assert!(bbox[0] < bbox[2] && bbox[1] < bbox[3]);
}

#[test]
fn a_quiet_day_is_a_valid_collection() {
    let text = write_claims("claims.geojson", &claims(0));
    let collection: geojson::FeatureCollection = text.parse().expect("valid GeoJSON");
    assert_eq!((collection.features.len(), collection.bbox), (0, None));
}

#[test]
fn sequences_hold_a_feature_each() {
    let layer = claims(20);
    let lines = write_claims("claims.geojsonl", &layer);
    assert_eq!(lines.lines().count(), 20);
    let records = write_claims("claims.geojsons", &layer);
    let texts: Vec<&str> = records.split('\u{1e}').skip(1).collect();
    assert_eq!(texts.len(), 20);
    for (line, text) in lines.lines().zip(texts) {
        assert_eq!(format!("{line}\n"), text);
        line.parse::<geojson::Feature>().expect("each line is a feature");
    }
}

#[test]
fn csv_defuses_formulas_and_says_its_types() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("claims.csv");
    let written = write(&path, &Options::default(), &[&claims(12)]);
    let names: Vec<_> =
        written.files.iter().map(|file| file.file_name().expect("a name").to_owned()).collect();
    assert_eq!(names, ["claims.csv", "claims.csvt", "claims.prj", "claims.qml", "claims.qmd"]);
    let mut reader = csv::Reader::from_path(&path).expect("the table opens");
    let heading = reader.headers().expect("a heading").clone();
    assert_eq!(heading.iter().collect::<Vec<_>>(), [columns(), vec!["WKT"]].concat());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 12);
    let title = columns().iter().position(|name| *name == "title").expect("claims have titles");
    assert_eq!(rows[0][title], format!("'{NASTY}"));
    assert!(rows[0][heading.len() - 1].starts_with("POINT ("));
    assert_eq!(&rows[9][heading.len() - 1], "", "a claim without a place keeps its row");
    let types = fs::read_to_string(folder.path().join("claims.csvt")).expect("types stand beside it");
    assert_eq!(types.split(',').count(), heading.len());
}

#[test]
fn further_layers_stand_beside_the_main_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("october.geojson");
    let layers = vec![LayerKind::Areas, LayerKind::Claims];
    let claims = claims(20);
    let written = write(&path, &Options { layers, ..Options::default() }, &[&claims, &areas(&claims)]);
    assert_eq!(written.rows, [(LayerKind::Claims, 20), (LayerKind::Areas, 18)]);
    let text =
        fs::read_to_string(folder.path().join("october.areas.geojson")).expect("the areas stand beside it");
    let collection: geojson::FeatureCollection = text.parse().expect("valid GeoJSON");
    assert_eq!(collection.features.len(), 18);
}

#[test]
fn an_unfinished_run_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("claims.geojson");
    fs::write(&path, "the old one").expect("a file");
    let mut sink =
        create(&Target::File(path.clone()), Format::GeoJson, &Options::default()).expect("it opens");
    sink.write(LayerKind::Claims, &claims(3).features).expect("rows can be written");
    drop(sink);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "the old one");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn a_path_that_cannot_be_written_fails_at_once_and_says_where() {
    let open = |path: &str| create(&Target::File(path.into()), Format::GeoJson, &Options::default()).err();
    let missing = open("/no/such/folder/claims.geojson").expect("an error").to_string();
    assert_eq!(
        missing,
        "cannot write /no/such/folder/claims.geojson: the folder /no/such/folder does not exist"
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(matches!(open(folder.path().to_str().expect("UTF-8")), Some(ExportError::Io { .. })));
    let unknown = Format::from_path(Path::new("claims.docx")).expect_err("no such format").to_string();
    assert!(unknown.contains("`docx` names no format; use one of geojson"), "{unknown}");
}

/// Every ending that a format has in this build, each format once.
const ENDINGS: &[&str] = &[
    "geojson",
    "geojsonl",
    "geojsons",
    "csv",
    "gpkg",
    "fgb",
    "kml",
    "kmz",
    "qgz",
    "html",
    "svg",
    "png",
    #[cfg(feature = "parquet")]
    "parquet",
];

#[test]
fn the_same_rows_give_the_same_bytes() {
    let claims = claims(120);
    let areas = areas(&claims);
    let files = |_| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for ending in ENDINGS {
            write(&folder.path().join(format!("map.{ending}")), &Options::default(), &[&claims, &areas]);
        }
        // A project's GeoPackage stands beside it, and has the name of the other.
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path())
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry can be read"))
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
            })
            .collect();
        files.sort();
        files
    };
    let [first, second] = [0, 1].map(files);
    assert!(first.len() > ENDINGS.len(), "styles stand beside some");
    for ((name, bytes), (other_name, other_bytes)) in first.iter().zip(&second) {
        assert_eq!(name, other_name);
        assert!(bytes == other_bytes, "{name} differs from one run to the next");
    }
}

#[test]
fn a_geopackage_says_how_far_its_layers_reach() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("claims.gpkg");
    // Enough rows for an index of several levels, and layers without any.
    let claims = claims(3_000);
    write(&path, &Options::default(), &[&claims, &areas(&claims)]);
    let package = rusqlite::Connection::open(&path).expect("it opens");
    let four = |sql: &str| -> [Option<f64>; 4] {
        package
            .query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
            .expect("four edges")
    };
    for layer in ["claims", "areas", "mentions", "places"] {
        let said = four(&format!(
            "SELECT min_x, max_x, min_y, max_y FROM gpkg_contents WHERE table_name = '{layer}'"
        ));
        let held =
            four(&format!("SELECT min(minx), max(maxx), min(miny), max(maxy) FROM rtree_{layer}_geom"));
        assert_eq!(said, held, "{layer}");
        assert_eq!(said[0].is_some(), matches!(layer, "claims" | "areas"), "{layer}");
    }
}

/// What another program reads from a GeoParquet file: columns, metadata, nulls, days, moments and points.
#[cfg(feature = "parquet")]
#[test]
fn geoparquet_is_read_back_as_it_was_written() {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, TimestampMillisecondType};
    use arrow_array::{Array, RecordBatch};
    use arrow_schema::{DataType, TimeUnit};
    use frontmap::feature::{Geometry, Value};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("claims.parquet");
    let layer = claims(50);
    write(&path, &Options::default(), &[&layer]);
    let file = fs::File::open(&path).expect("it was written");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
    let metadata = reader.metadata().file_metadata().key_value_metadata().expect("it has metadata");
    let geo = metadata.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_deref());
    let geo: serde_json::Value = serde_json::from_str(geo.expect("it has `geo`")).expect("`geo` is JSON");
    assert_eq!(geo["version"], "1.1.0");
    let column = &geo["columns"][geo["primary_column"].as_str().expect("a name")];
    assert_eq!(
        (&column["encoding"], &column["geometry_types"]),
        (&"WKB".into(), &serde_json::json!(["Point"]))
    );
    // An absent `crs` means OGC:CRS84, longitude first; null would mean an unknown one.
    assert!(column.get("crs").is_none() || column["crs"]["id"]["code"] == "CRS84", "{column}");
    let points: Vec<[f64; 2]> = layer
        .features
        .iter()
        .filter_map(|claim| match claim.geometry {
            Some(Geometry::Point(point)) => Some(point),
            _ => None,
        })
        .collect();
    let west = points.iter().map(|point| point[0]).fold(f64::INFINITY, f64::min);
    assert!((column["bbox"][0].as_f64().expect("a number") - west).abs() < 1e-6, "{column}");
    assert_eq!(column["bbox"].as_array().map(Vec::len), Some(4));

    let batches: Vec<RecordBatch> = reader.build().expect("rows").collect::<Result<_, _>>().expect("rows");
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 50);
    let schema = batches[0].schema();
    let of = |name: &str| schema.field_with_name(name).expect("the column is there").data_type().clone();
    assert_eq!(of("report_date"), DataType::Date32);
    assert_eq!(of("start"), DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())));
    assert_eq!(
        (of("uncertainty_m"), of("geo_conf"), of("sentence")),
        (DataType::Int64, DataType::Float64, DataType::Utf8)
    );
    assert_eq!(schema.fields().len(), columns().len() + 1);
    let mut rows = layer.features.iter();
    for batch in &batches {
        let cells = |name: &str| batch.column_by_name(name).expect("the column is there").clone();
        for at in 0..batch.num_rows() {
            let claim = rows.next().expect("as many rows as were written");
            let value = |name: &str| claim.get(LayerKind::Claims, name);
            assert_eq!(value("sentence").as_str(), Some(cells("sentence").as_string::<i32>().value(at)));
            for name in columns() {
                assert_eq!(cells(name).is_null(at), *value(name) == Value::Null, "{name}");
            }
            let Value::Date(day) = value("report_date") else { panic!("every claim has its day") };
            let days = cells("report_date").as_primitive::<Date32Type>().value(at);
            assert_eq!(jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days)), *day);
            let Value::DateTime(start) = value("start") else { panic!("every claim has its start") };
            let millis = cells("start").as_primitive::<TimestampMillisecondType>().value(at);
            let from = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
            assert_eq!(from.saturating_add(jiff::Span::new().milliseconds(millis)), *start);
            let geometry = cells("geometry");
            let Some(Geometry::Point([lon, lat])) = claim.geometry else {
                assert!(geometry.is_null(at));
                continue;
            };
            let wkb = geometry.as_binary::<i32>().value(at);
            let number = |at: usize| f64::from_le_bytes(wkb[at..at + 8].try_into().expect("eight bytes"));
            assert_eq!((wkb.len(), wkb[0], &wkb[1..5]), (21, 1, &[1_u8, 0, 0, 0][..]));
            assert!((number(5) - lon).abs() < 1e-6 && (number(13) - lat).abs() < 1e-6);
        }
    }
}

/// A day of October's claims that have a place.
fn placed_on(layer: &Layer, day: usize) -> usize {
    let on_day = layer.features.iter().skip(day).step_by(30);
    on_day.filter(|claim| claim.geometry.is_some()).count()
}

#[test]
fn a_picture_draws_the_days_asked_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("FRONTMAP_KEEP_TEST_OUTPUT").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let claims = claims(300);
    let day = jiff::civil::date(2024, 10, 5);
    let options = Options { days: Some((day, day)), title: "5 October <b>".to_owned(), ..Options::default() };
    let written = write(&folder.join("day.svg"), &options, &[&claims, &areas(&claims)]);
    assert_eq!(written.rows, [(LayerKind::Claims, placed_on(&claims, 4) as u64)]);
    let svg = fs::read_to_string(folder.join("day.svg")).expect("vectors are text");
    assert!(svg.contains("5 October &lt;b&gt;") && svg.contains("2024-10-05 · "));
    write(&folder.join("month.png"), &Options::default(), &[&claims, &areas(&claims)]);
    let png = fs::read(folder.join("month.png")).expect("a picture");
    assert!(png.starts_with(b"\x89PNG") && png.len() > 50_000, "{}", png.len());
}

/// The page in a browser: it plays, filters, opens a claim, shows text as text, and asks the network for nothing.
#[test]
fn the_page_works_in_a_browser() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("FRONTMAP_KEEP_TEST_OUTPUT").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let claims = claims(300);
    write(&folder.join("map.html"), &Options::default(), &[&claims, &areas(&claims)]);
    let on_day = claims.features.iter().skip(4).step_by(30).count();
    let russian = claims
        .features
        .iter()
        .filter(|claim| claim.get(LayerKind::Claims, "actor_side").as_str() == Some("RU"));
    let numbers = [claims.features.len(), on_day, russian.count()].map(|count| count.to_string());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/play.mjs");
    let Ok(run) = std::process::Command::new("node")
        .arg("--experimental-websocket")
        .arg(script)
        .arg(folder)
        .args(numbers)
        .output()
    else {
        eprintln!("skipped: node is not there");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout);
    eprintln!("{said}");
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
}

/// Python with GDAL's own modules is the system's.
const SYSTEM_PYTHON: &str = "/usr/bin/python3";

/// Every format is opened by the programs that it is for: GDAL, and QGIS where it is installed.
#[test]
fn gdal_and_qgis_open_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("FRONTMAP_KEEP_TEST_OUTPUT").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let claims = claims(300);
    let areas = areas(&claims);
    let mut places = frontmap::feature::Places::new();
    claims.features.iter().for_each(|claim| places.add(claim));
    let places = places.into_layer();
    for ending in ["geojson", "geojsonl", "geojsons", "csv", "fgb", "kml", "kmz", "gpkg", "qgz"] {
        let path = folder.join(format!("{ending}_claims.{ending}"));
        write(&path, &Options::default(), &[&claims, &areas, &places]);
    }
    let layers = vec![LayerKind::Areas];
    write(&folder.join("areas.geojson"), &Options { layers, ..Options::default() }, &[&areas]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/qgis/open_layers.py");
    let run = std::process::Command::new(SYSTEM_PYTHON)
        .arg(script)
        .arg(folder)
        .args(
            [claims.features.len(), areas.features.len(), placed_on(&claims, 4)]
                .map(|count| count.to_string()),
        )
        .env("QT_QPA_PLATFORM", "offscreen")
        .output();
    let Ok(run) = run else {
        eprintln!("skipped: {SYSTEM_PYTHON} is not there");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout);
    eprintln!("{said}");
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
}
