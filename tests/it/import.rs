//! Packs made of files: GeoNames dumps with their alternate names, CSV tables, GeoJSON. The files are made up
//! after the formats' own descriptions.

use frontmap::document::Lang;
use frontmap::gazetteer::import::{ImportError, ImportOptions, Report, import};
use frontmap::gazetteer::{Gazetteer, NameKind, Pack, PlaceClass, PointPrecision};
use std::io::Write;
use std::path::PathBuf;

/// A file of a given name in a folder of its own.
fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file can be written there");
    (folder, path)
}

/// The embedded gazetteer with one file added, and the report.
fn with(name: &str, text: &str) -> (Gazetteer, Report) {
    let (_folder, path) = file(name, text);
    let known = Gazetteer::embedded();
    let (bytes, report) =
        import(&[path], &known, &ImportOptions::default(), &mut |_, _| {}).expect("the file is right");
    (known.with_pack(Pack::from_bytes(bytes).expect("it was just written")), report)
}

#[test]
fn a_table_adds_places_and_better_points() {
    let known = Gazetteer::embedded();
    // Any settlement whose point is only its hromada's.
    let vague = known
        .places()
        .find(|&ix| {
            let place = known.place(ix);
            place.precision == PointPrecision::Admin3Centroid && known.lookup(place.name, None).len() == 1
        })
        .expect("some settlement has only a centre");
    let place = known.place(vague);
    let [lon, lat] = place.point.expect("a centre is a point");
    let text = format!(
        "name,lat,lon,alt\n{},{},{lon},Хутір Вигаданий\nVyhadane,47.5,35.5,\nNowhere,91,0,\n",
        place.name,
        lat + 0.01
    );
    let (gazetteer, report) = with("own.csv", &text);
    assert_eq!((report.known, report.new), (1, 1));
    assert_eq!(report.files[0].first_rejects[0].line, 4);
    assert_eq!(
        report.files[0].first_rejects[0].what,
        "latitude is `91`, expected degrees from -90 to 90 with a point"
    );
    let better = gazetteer.place(vague);
    assert_eq!(better.precision, PointPrecision::Exact);
    assert_eq!(better.id, place.id);
    assert!((better.point.expect("it has one")[1] - lat - 0.01).abs() < 1e-5);
    assert_eq!(gazetteer.lookup("Хутір Вигаданий", Some(Lang::Uk))[0].place, vague);
    let new = gazetteer.lookup("Vyhadane", None)[0].place;
    let unit = gazetteer.admin1(new).expect("the outlines say in which oblast it lies");
    assert_eq!(gazetteer.place(unit).name, "Zaporizhzhia Oblast");
}

#[test]
fn geonames_rows_are_joined_by_raion_and_name() {
    let row = |id: u32, name: &str, class: &str, code: &str, lat: f64, lon: f64| {
        format!(
            "{id}\t{name}\t{name}\t\t{lat}\t{lon}\t{class}\t{code}\tUA\t\t05\t1416\t\t\t0\t\t0\tEurope/Kyiv\t2026-01-01\n"
        )
    };
    let text = row(1, "Pokrovsk", "P", "PPL", 48.28, 37.18)
        + &row(2, "Hotel", "S", "HTL", 48.0, 37.0)
        + "3\tshort row\n";
    let (gazetteer, report) = with("UA.txt", &text);
    let file = &report.files[0];
    assert_eq!((file.format, file.taken, file.passed_over, file.rejected), ("GeoNames", 1, 1, 1));
    assert_eq!((report.known, report.new), (1, 0));
    assert!(gazetteer.by_id("gn1").is_none(), "it is the known Pokrovsk");
}

#[test]
fn geojson_polygons_become_outlines() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Vyhadanyi Forest"},"geometry":{"type":"Polygon",
         "coordinates":[[[36,48],[36.2,48],[36.2,48.2],[36,48.2],[36,48]]]}},
        {"type":"Feature","properties":{"name":"Vyhadane"},"geometry":{"type":"Point","coordinates":[36.5,48.1]}},
        {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[36.5,48.1]}}]}"#;
    let (gazetteer, report) = with("own.geojson", text);
    assert_eq!((report.files[0].taken, report.files[0].rejected), (2, 1));
    let forest = gazetteer.lookup("Vyhadanyi Forest", None)[0].place;
    assert_eq!(gazetteer.contains(forest, [36.1, 48.1]), Some(true));
    assert_eq!(gazetteer.contains(forest, [36.3, 48.1]), Some(false));
    assert_eq!(gazetteer.class(forest), PlaceClass::Other);
}

#[test]
fn a_file_without_places_says_what_was_expected() {
    let (_folder, path) = file("own.csv", "title,lat,lon\nA,1,2\n");
    let error = import(&[path], &Gazetteer::embedded(), &ImportOptions::default(), &mut |_, _| {})
        .expect_err("there is no column of names");
    assert!(error.to_string().contains("no column `name` in `title,lat,lon`"), "{error}");
    let (_folder, path) = file("own.csv", "name,lat,lon\nA,x,2\n");
    let error = import(&[path], &Gazetteer::embedded(), &ImportOptions::default(), &mut |_, _| {})
        .expect_err("the only row is wrong");
    assert!(matches!(error, ImportError::Nothing { report, .. } if report.files[0].rejected == 1));
}

/// The embedded gazetteer with several files added, given in this order, and the report.
fn with_all(files: &[(&str, &[u8])], options: &ImportOptions) -> (Gazetteer, Report) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file can be written there");
            path
        })
        .collect();
    let known = Gazetteer::embedded();
    let (bytes, report) = import(&paths, &known, options, &mut |_, _| {}).expect("the files are right");
    (known.with_pack(Pack::from_bytes(bytes).expect("it was just written")), report)
}

/// A row of a main file of GeoNames: id, name, ASCII name and further names, latitude, longitude, feature, country, people.
fn geoname(
    id: u32,
    names: [&str; 3],
    [lat, lon]: [f64; 2],
    feature: [&str; 2],
    country: &str,
    people: u32,
) -> String {
    let [name, ascii, others] = names;
    let [class, code] = feature;
    format!(
        "{id}\t{name}\t{ascii}\t{others}\t{lat}\t{lon}\t{class}\t{code}\t{country}\t\t00\t\t\t\t{people}\t\t9\tEtc/UTC\t2026-01-01\n"
    )
}

/// Three made-up rows of `allCountries.txt` far from any real place of those names.
fn all_countries() -> String {
    geoname(
        900_000_001,
        ["Vyhadanohrad", "Vyhadanohrad", "Вигаданоград,Выдуманоград,http://example.org,ヴィハダノ"],
        [-47.1, 51.2],
        ["P", "PPL"],
        "TF",
        12_345,
    ) + &geoname(
        900_000_002,
        ["Ríver “Vyhadana”", "River \"Vyhadana\"", ""],
        [-47.2, 51.3],
        ["H", "STM"],
        "TF",
        0,
    ) + &geoname(900_000_003, ["Vyhadanyi Well", "Vyhadanyi Well", ""], [-47.2, 51.4], ["H", "WLL"], "TF", 0)
}

#[test]
fn all_countries_is_read_row_by_row() {
    let text = all_countries()
        + "\n"
        + &geoname(900_000_004, ["Vyhadane Nowhere", "", ""], [95.0, 51.2], ["P", "PPL"], "TF", 0)
        + "900000005\tcut off\n"
        + &geoname(900_000_006, ["Elsewhere Vyhadane", "", ""], [48.0, 37.0], ["P", "PPL"], "US", 0);
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(b"900000007\t\xff\xfe\t\n");
    let options = ImportOptions { countries: vec!["tf".to_owned()], ..ImportOptions::default() };
    let (gazetteer, report) = with_all(&[("allCountries.txt", &bytes)], &options);
    let file = &report.files[0];
    assert_eq!(file.format, "GeoNames");
    assert_eq!((file.taken, file.passed_over, file.rejected), (2, 3, 3), "{:?}", file.first_rejects);
    let lines: Vec<usize> = file.first_rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [5, 6, 8]);
    assert!(file.first_rejects[0].what.contains("latitude is `95`"), "{}", file.first_rejects[0].what);
    assert_eq!(file.first_rejects[2].what, "the line is not UTF-8");
    let town = gazetteer.by_id("gn900000001").expect("it was taken");
    assert_eq!(gazetteer.place(town).population, Some(12_345));
    let names: Vec<&str> = gazetteer.names(town).iter().map(|name| name.text).collect();
    assert_eq!(names, ["Vyhadanohrad", "Вигаданоград", "Выдуманоград"], "no addresses, no other scripts");
    let river = gazetteer.by_id("gn900000002").expect("it was taken");
    assert_eq!(gazetteer.class(river), PlaceClass::Water);
    assert_eq!(gazetteer.place(river).precision, PointPrecision::Representative);
}

/// `alternateNamesV2.txt`: id, place, language, name, preferred, short, colloquial, historic, from, to.
const ALTERNATE: &str = "\
1\t900000001\tuk\tВигаданське\t1\t\t\t\t\t
2\t900000001\tru\tВыдуманское\t\t\t\t\t\t
3\t900000001\ten\tOldvyhadane\t\t\t\t1\t1924\t2016-05-12
4\t900000001\t\tVyhadanburg\t\t\t\t\t\t
5\t900000001\tlink\thttps://en.wikipedia.org/wiki/Nothing\t\t\t\t\t\t
6\t900000001\tpost\t12345\t\t\t\t\t\t
7\t900000001\tiata\tVYH\t\t\t\t\t\t
8\t900000001\tzh-Hant\t某地\t\t\t\t\t\t
9\t999999999\ten\tOf No Place Taken\t\t\t\t\t\t
10\t900000001\ten
";

#[test]
fn alternate_names_keep_language_kind_and_dates() {
    // They are given before the places that they are of.
    let places = all_countries();
    let files: [(&str, &[u8]); 2] =
        [("alternateNamesV2.txt", ALTERNATE.as_bytes()), ("allCountries.txt", places.as_bytes())];
    let (gazetteer, report) = with_all(&files, &ImportOptions::default());
    let file = report.files.iter().find(|file| file.file.ends_with("V2.txt")).expect("it was read");
    assert_eq!(file.format, "GeoNames alternate names");
    assert_eq!((file.taken, file.passed_over, file.rejected), (4, 5, 1), "{:?}", file.first_rejects);
    assert_eq!(file.first_rejects[0].what, "3 cells, expected 10");
    let town = gazetteer.by_id("gn900000001").expect("it was taken");
    let of = |text: &str| {
        let name = gazetteer.names(town).into_iter().find(|name| name.text == text);
        name.map(|name| (name.lang, name.kind, name.from, name.to))
    };
    assert_eq!(of("Вигаданське"), Some((Some("uk"), NameKind::Official, None, None)));
    assert_eq!(of("Выдуманское"), Some((Some("ru"), NameKind::Russian, None, None)));
    assert_eq!(of("Oldvyhadane"), Some((Some("en"), NameKind::Former, Some("1924"), Some("2016-05-12"))));
    assert_eq!(of("Vyhadanburg"), Some((None, NameKind::Alternate, None, None)));
    assert_eq!(of("12345"), None);
    assert_eq!(of("VYH"), None);
    assert_eq!(gazetteer.lookup("Oldvyhadane", None)[0].place, town);
}

#[test]
fn archives_of_geonames_are_read_without_what_is_about_them() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("readme.txt", "Readme for a dump"),
        ("iso-languagecodes.txt", "ISO 639-3\tISO 639-2\tISO 639-1\tLanguage Name\n"),
        // GeoNames names the alternate names of one country so.
        ("TF.txt", ALTERNATE),
    ] {
        archive.start_file(name, options).expect("an entry can be begun");
        archive.write_all(text.as_bytes()).expect("and be written");
    }
    let zipped = archive.finish().expect("the archive can be closed").into_inner();
    let places = all_countries();
    let files: [(&str, &[u8]); 2] = [("TF.txt", places.as_bytes()), ("alternatenames-TF.zip", &zipped)];
    let (gazetteer, report) = with_all(&files, &ImportOptions::default());
    let formats: Vec<&str> = report.files.iter().map(|file| file.format).collect();
    assert_eq!(formats, ["GeoNames", "GeoNames alternate names"]);
    assert!(!gazetteer.lookup("Vyhadanburg", None).is_empty());
}

#[test]
fn geojson_off_the_globe_or_without_a_name_is_counted() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Vyhadane Mercator"},
         "geometry":{"type":"Point","coordinates":[4120000,6180000]}},
        {"type":"Feature","properties":{"name":"Vyhadane Nothing"},"geometry":null},
        {"type":"Feature","properties":{"name":"Vyhadana Line"},
         "geometry":{"type":"LineString","coordinates":[[36,48],[37,48]]}},
        {"type":"Feature","properties":{"name":"Vyhadanyi Ring","class":"settlement"},"geometry":{"type":"MultiPolygon",
         "coordinates":[[[[36,48,0],[36.4,48,0],[36.4,48.4,0],[36,48.4,0],[36,48,0]],
                         [[36.1,48.1,0],[36.3,48.1,0],[36.3,48.3,0],[36.1,48.3,0],[36.1,48.1,0]]],
                        [[[37,48],[37.1,48],[37.1,48.1],[37,48.1],[37,48]]]]}}]}"#;
    let (gazetteer, report) = with_all(&[("own.json", text.as_bytes())], &ImportOptions::default());
    let file = &report.files[0];
    assert_eq!((file.taken, file.passed_over, file.rejected), (1, 1, 2), "{:?}", file.first_rejects);
    assert!(file.first_rejects[0].what.contains("expected longitude and latitude in degrees"));
    let ring = gazetteer.lookup("Vyhadanyi Ring", None)[0].place;
    for (point, inside) in [([36.05, 48.05], true), ([36.2, 48.2], false), ([37.05, 48.05], true)] {
        assert_eq!(gazetteer.contains(ring, point), Some(inside), "{point:?}");
    }
    let [lon, lat] = gazetteer.place(ring).point.expect("a representative point");
    assert_eq!(gazetteer.contains(ring, [lon, lat]), Some(true), "it lies in the area, not in the hole");
}

#[test]
fn tables_of_spreadsheets_are_read() {
    let text = "\u{feff}NAME_EN;Latitude;Longitude;Population;class\r\n\
                Vyhadanske Selo;47.5;35.5;120;settlement\r\n\
                Vyhadanske Misto;47,5;35.6;;settlement\r\n\
                Vyhadana Richka;47.5;35.7;;stream\r\n";
    let options = ImportOptions {
        renamed: vec![("name".to_owned(), "NAME_EN".to_owned())],
        ..ImportOptions::default()
    };
    let (gazetteer, report) = with_all(&[("own.csv", text.as_bytes())], &options);
    let file = &report.files[0];
    assert_eq!((file.taken, file.rejected), (1, 2));
    assert_eq!(file.first_rejects[0].line, 3);
    assert!(file.first_rejects[0].what.contains("latitude is `47,5`"), "{}", file.first_rejects[0].what);
    assert!(file.first_rejects[1].what.starts_with("class is `stream`, expected one of settlement"));
    assert_eq!(gazetteer.lookup("Vyhadanske Selo", None).len(), 1);
}
