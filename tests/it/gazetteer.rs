//! The embedded gazetteer as it is, and packs made of files.

use frontmap::document::Lang;
use frontmap::gazetteer::import::{ImportError, ImportOptions, Report, import};
use frontmap::gazetteer::{Gazetteer, NameKind, Pack, PlaceClass, PointPrecision, check};
use frontmap::text::fold;
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
fn the_embedded_gazetteer_is_in_order() {
    let faults = check(&Gazetteer::embedded());
    let said: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.id, fault.what)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn inflected_names_of_the_front_are_found() {
    let gazetteer = Gazetteer::embedded();
    for (form, lang, name) in [
        ("Покровська", Lang::Uk, "Покровськ"),
        ("Часового Яру", Lang::Uk, "Часів Яр"),
        ("Великої Новосілки", Lang::Uk, "Велика Новосілка"),
        ("Нью-Йорку", Lang::Uk, "Нью-Йорк"),
        ("Авдіївці", Lang::Uk, "Авдіївка"),
        ("Куп'янська", Lang::Uk, "Куп'янськ"),
        ("Очеретиному", Lang::Uk, "Очеретине"),
        ("Курської області", Lang::Uk, "Курська область"),
        ("Великой Новосёлки", Lang::Ru, "Великая Новосёлка"),
        ("Суджи", Lang::Ru, "Суджа"),
    ] {
        let wanted = gazetteer.lookup(name, Some(lang));
        let found = gazetteer.lookup(form, Some(lang));
        assert!(!wanted.is_empty(), "{name} is not in the tables");
        assert!(found.iter().any(|hit| hit.place == wanted[0].place), "{form} is not read as {name}");
    }
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

#[test]
fn the_names_of_the_study_are_known_where_they_lie() {
    let gazetteer = Gazetteer::embedded();
    let (mut exact, mut located) = (0, 0);
    for line in include_str!("../data/study_names.tsv").lines().skip(1) {
        let [name, list, west, south, east, north, _, id] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("`{line}` has not eight cells");
        };
        let degrees = |cell: &str| cell.parse::<f64>().expect("the box is in degrees");
        let hits = gazetteer.lookup(name, Some(Lang::En));
        let hit = hits.iter().find(|hit| gazetteer.place(hit.place).id == id);
        let place = gazetteer.place(hit.unwrap_or_else(|| panic!("{name} is not found as {id}")).place);
        let [lon, lat] = place.point.unwrap_or_else(|| panic!("{name} has no point"));
        assert!(
            (degrees(west)..=degrees(east)).contains(&lon)
                && (degrees(south)..=degrees(north)).contains(&lat),
            "{name} lies at {lon}, {lat}"
        );
        if place.precision <= PointPrecision::Derived {
            match list {
                "ukraine" => exact += 1,
                _ => located += 1,
            }
        }
    }
    assert!(exact >= 58, "{exact} of 68 names in Ukraine have a point of their own");
    assert!(located >= 14, "{located} of 20 names in Kursk Oblast have a point of their own");
}

#[test]
fn spellings_meet_and_few_names_merge() {
    let gazetteer = Gazetteer::embedded();
    let (mut pairs, mut met) = (0, 0);
    let mut spellings: std::collections::BTreeMap<String, std::collections::BTreeSet<String>> =
        Default::default();
    for ix in gazetteer.places() {
        let place = gazetteer.place(ix);
        if place.class != PlaceClass::Settlement || !place.id.starts_with("UA") {
            continue;
        }
        let latin = fold::keys(place.name, None);
        for name in gazetteer.names(ix) {
            if name.lang == Some("uk") && name.kind == NameKind::Official {
                pairs += 1;
                let keys = fold::keys(name.text, Some("uk"));
                met += usize::from(keys == latin);
                let spelling = name.text.to_lowercase();
                spellings.entry(keys.concat()).or_default().insert(spelling);
            }
        }
    }
    assert!(pairs > 25_000, "{pairs} settlements have a Ukrainian name");
    assert!(met * 100 >= pairs * 99, "{met} of {pairs} Latin and Ukrainian names meet");
    let merged = spellings.values().filter(|names| names.len() > 1).count();
    assert!(merged * 100 <= spellings.len(), "{merged} of {} keys hold two names", spellings.len());
}
