//! Tracking as a person runs it: a store that is whole whatever happens, and the pages that are read from it.

use frontmap::feature::{LayerKind, Places};
use frontmap::pipeline::{Knowledge, analyze};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

fn week() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/week")
}

fn command(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontmap"));
    command.arg("track").args(args).arg("--store").arg(store);
    command.env_remove("FRONTMAP_GAZETTEER").env_remove("FRONTMAP_STORE");
    command
}

/// What a verb printed, and its exit code.
fn track(store: &Path, args: &[&str]) -> (String, i32) {
    let Output { status, stdout, stderr } =
        command(store, args).output().expect("the program can be started");
    let code = status.code().expect("the program ends by itself");
    let out = String::from_utf8(stdout).expect("the program prints UTF-8");
    assert!(code < 2, "{args:?}: {}", String::from_utf8_lossy(&stderr));
    (out, code)
}

fn add(store: &Path, inputs: &[PathBuf]) -> String {
    let inputs: Vec<String> = inputs.iter().map(|input| input.to_string_lossy().into_owned()).collect();
    let args: Vec<&str> = std::iter::once("add").chain(inputs.iter().map(String::as_str)).collect();
    let output = command(store, &args).output().expect("the program can be started");
    let told = String::from_utf8(output.stderr).expect("the program prints UTF-8");
    assert!(output.status.success(), "{told}");
    told
}

/// A store of the week in a folder of its own.
fn store_of_the_week() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = folder.path().join("front.gpkg");
    add(&store, &[week()]);
    (folder, store)
}

fn open(store: &Path) -> Connection {
    Connection::open(store).expect("the store can be opened")
}

/// Every row of every table and view, but for row numbers and time stamps; `revision` only where asked for.
fn contents(store: &Path, with_revision: bool) -> Vec<String> {
    let connection = open(store);
    let mut names = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'rtree%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'gpkg_metadata_reference' AND name <> 'layer_styles' ORDER BY name")
        .expect("the schema can be read");
    let names: Vec<String> =
        names.query_map([], |row| row.get(0)).expect("names").collect::<Result<_, _>>().expect("names");
    let mut all = Vec::new();
    for name in names {
        let mut statement =
            connection.prepare(&format!("SELECT * FROM \"{name}\"")).expect("a table can be read");
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let cell = |row: &rusqlite::Row<'_>| -> String {
            let cells = columns.iter().enumerate().filter(|(_, column)| {
                let passing = matches!(column.as_str(), "fid") || *column == "revision" && !with_revision;
                !passing
            });
            let cells =
                cells.map(|(at, column)| format!("{column}={:?}", row.get::<_, Value>(at).expect("a cell")));
            format!("{name}: {}", cells.collect::<Vec<_>>().join(" "))
        };
        let rows = statement.query_map([], |row| Ok(cell(row))).expect("rows");
        let mut rows: Vec<String> = rows.collect::<Result<_, _>>().expect("rows");
        if !with_revision {
            rows.retain(|row| !row.contains("\"revision\""));
        }
        rows.sort();
        all.extend(rows);
    }
    all
}

/// Whether two stores say the same, but for what they say of their past.
fn assert_same(found: Vec<String>, expected: Vec<String>) {
    let now =
        |rows: Vec<String>| rows.into_iter().filter(|row| !row.starts_with("deleted:")).collect::<Vec<_>>();
    let (found, expected) = (now(found), now(expected));
    let only = |a: &[String], b: &[String]| a.iter().find(|row| !b.contains(row)).cloned();
    let different = (only(&found, &expected), only(&expected, &found));
    assert!(
        found == expected,
        "{} and {} rows; first that differ: {different:#?}",
        found.len(),
        expected.len()
    );
}

fn count(store: &Path, sql: &str) -> i64 {
    open(store).query_row(sql, [], |row| row.get(0)).expect(sql)
}

fn files_of_the_week() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(week())
        .expect("the week is there")
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    files.sort();
    files
}

#[test]
fn adding_twice_changes_nothing() {
    let (_folder, store) = store_of_the_week();
    let before = (contents(&store, true), fs::read(&store).expect("the store can be read"));
    let told = add(&store, &[week()]);
    assert!(told.contains("0 new documents, 0 changed, 7 unchanged"), "{told}");
    assert!(before.0.len() > 100);
    assert!(
        before == (contents(&store, true), fs::read(&store).expect("the store can be read")),
        "not even a byte"
    );
}

#[test]
fn day_by_day_backwards_or_at_once_it_is_the_same_store() {
    let (_folder, at_once) = store_of_the_week();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (forwards, backwards) = (folder.path().join("forwards.gpkg"), folder.path().join("backwards.gpkg"));
    let mut files = files_of_the_week();
    files.iter().for_each(|file| drop(add(&forwards, std::slice::from_ref(file))));
    files.reverse();
    files.iter().for_each(|file| drop(add(&backwards, std::slice::from_ref(file))));
    // Events got other ids on the way, and those are listed.
    let same = |store: &Path| {
        let mut rows = contents(store, false);
        rows.retain(|row| !row.starts_with("deleted"));
        rows
    };
    let expected = same(&at_once);
    assert_eq!(same(&forwards), expected);
    assert_eq!(same(&backwards), expected);
}

#[test]
fn a_changed_document_replaces_its_rows_and_its_ids_are_listed() {
    let (_folder, untouched) = store_of_the_week();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = folder.path().join("front.gpkg");
    let reports = folder.path().join("week");
    fs::create_dir(&reports).expect("a folder can be made");
    for file in files_of_the_week() {
        fs::copy(&file, reports.join(file.file_name().expect("a name"))).expect("a file can be copied");
    }
    add(&store, std::slice::from_ref(&reports));
    let day = reports.join("2026-03-05.txt");
    let text = fs::read_to_string(&day).expect("the report can be read");
    fs::write(&day, text.replace("near Malynivka", "near Zaliznychne")).expect("a file can be written");
    let told = add(&store, std::slice::from_ref(&reports));
    assert!(told.contains("0 new documents, 1 changed, 6 unchanged"), "{told}");
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM claims WHERE report_date = '2026-03-05' AND place_name = 'Malynivka'"
        ),
        0
    );
    let deleted = count(&store, "SELECT count(*) FROM deleted WHERE what = 'claim'");
    assert_eq!(deleted, 2, "an attack and an advance near Malynivka");
    fs::write(&day, text).expect("a file can be written");
    add(&store, &[reports]);
    assert_same(contents(&store, false), contents(&untouched, false));
    assert_eq!(count(&store, "SELECT count(*) FROM deleted JOIN claims ON claim_id = id"), 0);
}

#[test]
fn events_link_all_their_claims() {
    let (_folder, store) = store_of_the_week();
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM event_claims WHERE event_id NOT IN (SELECT event_id FROM events)"
        ),
        0
    );
    assert_eq!(
        count(&store, "SELECT sum(n_claims) FROM events"),
        count(&store, "SELECT count(*) FROM event_claims")
    );
    // Claimed on the 5th and 6th, asserted on the 7th, shown on the 8th.
    let lysivka = "FROM events WHERE place_name = 'Lysivka' AND claim_type = 'seizure'";
    assert_eq!(count(&store, &format!("SELECT n_reports {lysivka}")), 4);
    assert_eq!(
        count(&store, &format!("SELECT status = 'geolocated' AND first_status = 'claimed' {lysivka}")),
        1
    );
    let shelling = "FROM tracked_claims WHERE place_name = 'Kupiansk' AND claim_type = 'strike'";
    assert_eq!(count(&store, &format!("SELECT count(*) {shelling}")), 5);
    assert_eq!(
        count(&store, &format!("SELECT CAST(sum(novelty) AS INTEGER) {shelling}")),
        1,
        "one sentence copied from day to day"
    );
}

#[test]
fn series_counts_what_the_events_layer_shows_on_each_day() {
    let (_folder, store) = store_of_the_week();
    let (csv, _) = track(&store, &["series", "-o", "-"]);
    let lines: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(lines.len(), 7, "{csv}");
    for line in lines {
        let (day, counted) = line.split_once(',').expect("two columns");
        let frame = format!(
            "SELECT count(*) FROM events WHERE start <= '{day}T23:59:59.999Z' AND end >= '{day}T00:00:00.000Z'"
        );
        assert_eq!(counted.parse::<i64>().expect("a count"), count(&store, &frame), "{day}");
    }
}

#[test]
fn pictures_and_json_of_a_series_are_written() {
    let (folder, store) = store_of_the_week();
    for name in ["by.svg", "by.png", "by.json", "by.csv"] {
        let path = folder.path().join("new").join(name);
        track(&store, &["series", "--by", "place", "--heat", "--gains", "-o", &path.to_string_lossy()]);
        assert!(fs::metadata(&path).expect("it was written").len() > 100, "{name}");
    }
}

#[test]
fn the_ladder_of_a_village_has_the_dates_of_its_reports() {
    let (folder, store) = store_of_the_week();
    let path = folder.path().join("ladder.csv");
    track(&store, &["ladder", "--side", "RU", "--place", "Lysivka", "-o", &path.to_string_lossy()]);
    let mut reader = csv::Reader::from_path(&path).expect("it was written");
    let heads = reader.headers().expect("a head").clone();
    let row = reader.records().next().expect("a row").expect("CSV");
    let cell = |name: &str| &row[heads.iter().position(|head| head == name).expect(name)];
    let days = [
        ("first_mention", "2026-03-02"),
        ("first_attack", "2026-03-02"),
        ("claimed_advance", "2026-03-02"),
        ("assessed_advance", ""),
        ("geolocated_advance", "2026-03-04"),
        ("claimed_seizure", "2026-03-05"),
        ("asserted_seizure", "2026-03-07"),
        ("confirm_lag_days", "2"),
        ("seizure_lag_days", "2"),
    ];
    for (name, expected) in days {
        assert_eq!(cell(name), expected, "{name}");
    }
}

#[test]
fn the_page_of_a_day_tells_what_changed() {
    let (folder, store) = store_of_the_week();
    let path = folder.path().join("changes.geojson");
    let (page, _) = track(&store, &["diff", "2026-03-07", "-o", &path.to_string_lossy()]);
    for expected in [
        "# What changed: 2026-03-07",
        "## Upgraded claims (1)",
        "Russian seizure, asserted; so far claimed (first on 2026-03-05)",
        "## Contradictions (1)",
        "against Russian advance, negated",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let layer: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).expect("it was written")).expect("GeoJSON");
    let changes = layer["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|feature| &feature["properties"]["change"]);
    let changes: Vec<&str> = changes.filter_map(serde_json::Value::as_str).collect();
    assert_eq!(changes, ["new_gain", "upgraded", "contradicted", "new_place"]);
}

#[test]
fn two_days_are_compared_as_their_order_says() {
    let (_folder, store) = store_of_the_week();
    let (page, _) = track(&store, &["diff", "2026-03-05", "2026-03-08"]);
    assert!(page.contains("# What changed: 2026-03-06 to 2026-03-08"), "{page}");
    assert!(page.contains("Against the reports up to 2026-03-05. 3 reports"), "{page}");
    assert!(page.contains("so far claimed (first on 2026-03-05)"), "{page}");
}

#[test]
fn two_stores_are_compared_by_their_claims() {
    let (folder, store) = store_of_the_week();
    let earlier = folder.path().join("earlier.gpkg");
    add(&earlier, &files_of_the_week()[..6]);
    let (page, _) = track(&store, &["diff", "--with", &earlier.to_string_lossy()]);
    assert!(page.contains("1 report, 4 claims"), "{page}");
    assert!(page.contains("Kupiansk"), "{page}");
    let (nothing, _) = track(&store, &["diff", "--with", &store.to_string_lossy()]);
    assert!(nothing.contains("Nothing changed"), "{nothing}");
}

#[test]
fn coverage_fails_on_what_it_was_asked_to() {
    let (_folder, store) = store_of_the_week();
    assert_eq!(track(&store, &["coverage", "--fail-on", "gaps,silent,drops,unresolved=0.5"]).1, 0);
    let (page, code) = track(&store, &["coverage", "--until", "2026-03-20", "--fail-on", "gaps"]);
    assert_eq!(code, 1);
    assert!(page.contains("2026-03-09 to 2026-03-20"), "{page}");
}

#[test]
fn check_holds_claims_against_polygons() {
    let (folder, store) = store_of_the_week();
    let control = folder.path().join("control");
    fs::create_dir(&control).expect("a folder can be made");
    // The ground west of 37.5 degrees; on the evening of the 4th a box around Lysivka is added.
    for day in 1..=12 {
        let base = "[[[38,47],[39,47],[39,50],[38,50],[38,47]]]";
        let gained = "[[[37.1,48.1],[37.4,48.1],[37.4,48.35],[37.1,48.35],[37.1,48.1]]]";
        let all = if day > 4 { format!("{base},{gained}") } else { base.to_owned() };
        let text = format!(r#"{{"type":"MultiPolygon","coordinates":[{all}]}}"#);
        fs::write(control.join(format!("ground_202603{day:02}.geojson")), text)
            .expect("a file can be written");
    }
    let folder_of = control.to_string_lossy().into_owned();
    let (table, _) = track(&store, &["check", "--control", &folder_of, "--days", "2", "--place", "Lysivka"]);
    let line = table.lines().find(|line| line.contains("geolocated")).expect("a line of shown advances");
    assert!(line.contains("100 %"), "{table}");
    let shifted =
        ["check", "--control", &folder_of, "--days", "2", "--place", "Lysivka", "--shift-days", "60"];
    assert!(!track(&store, &shifted).0.contains('%'), "nothing can be said of other days");
}

#[test]
fn corrections_are_applied_and_logged_and_taken_back() {
    let (folder, store) = store_of_the_week();
    let before = contents(&store, false);
    let corrections = folder.path().join("corrections.csv");
    let text = "place_text,doc_id,context,place_id\nMalynivka,2026-03-05.txt,,not a place\n";
    fs::write(&corrections, text).expect("a file can be written");
    let input = week().to_string_lossy().into_owned();
    let args = ["add", &input, "--corrections", &corrections.to_string_lossy()];
    let output = command(&store, &args).output().expect("the program can be started");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("Malynivka corrected from") && told.contains("1 changed, 6 unchanged"), "{told}");
    let at = |day: &str| {
        format!("SELECT count(*) FROM claims WHERE place_text = 'Malynivka' AND report_date = '{day}'")
    };
    assert_eq!((count(&store, &at("2026-03-05")), count(&store, &at("2026-03-06"))), (0, 1));
    assert_eq!(count(&store, "SELECT sum(claims) FROM corrections WHERE new_place_id IS NULL"), 2);
    add(&store, &[week()]);
    assert_same(contents(&store, false), before);
}

#[test]
fn a_correction_to_an_unknown_place_says_where_it_stands() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let corrections = folder.path().join("corrections.csv");
    fs::write(&corrections, "place_text,place_id\nMalynivka,nowhere\n").expect("a file can be written");
    let input = week().to_string_lossy().into_owned();
    let args = ["add", &input, "--corrections", &corrections.to_string_lossy()];
    let output = command(&folder.path().join("s.gpkg"), &args).output().expect("the program can be started");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("corrections.csv:2: `nowhere` is no place"), "{told}");
    assert!(!folder.path().join("s.gpkg").exists(), "nothing was begun");
}

#[test]
fn the_places_layer_counts_as_a_single_run_does() {
    let (_folder, store) = store_of_the_week();
    let knowledge = Knowledge::embedded();
    let options = frontmap::document::read::Options::default();
    let mut places = Places::new();
    for document in frontmap::document::read::documents(&files_of_the_week(), &options) {
        let analysis = analyze(document.expect("the week can be read"), &knowledge);
        let claims = analysis.layers(&knowledge, &[LayerKind::Claims]).into_iter();
        claims.for_each(|layer| layer.features.iter().for_each(|claim| places.add(claim)));
    }
    let expected = places.into_layer();
    assert_eq!(count(&store, "SELECT count(*) FROM places"), expected.features.len() as i64);
    let connection = open(&store);
    for feature in &expected.features {
        let id = feature.get(LayerKind::Places, "place_id").to_string();
        for name in [
            "n_claims",
            "n_gains",
            "n_ru",
            "n_ua",
            "n_seizure",
            "n_strike",
            "n_docs",
            "daily",
            "best_status",
            "first_seen",
            "uncertainty_m",
        ] {
            let sql = format!("SELECT coalesce({name}, '') || '' FROM places WHERE place_id = ?1");
            let found: String = connection.query_row(&sql, [&id], |row| row.get(0)).expect("a place");
            assert_eq!(found, feature.get(LayerKind::Places, name).to_string(), "{name} of {id}");
        }
    }
}

/// Numbers that look random and are the same in every run (xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_store_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = folder.path().join("front.gpkg");
    let files = files_of_the_week();
    let mut seeded = Seeded(20_260_302);
    let mut finished = 0;
    for nth in 0..50 {
        // A document grows a little each time, so that there is always something to write.
        let changed = folder.path().join("2026-03-09.txt");
        let sentence = "Russian forces attacked near Rodynske, Lysivka, Zvanivka and Kupyansk on March 9.\n";
        fs::write(&changed, format!("March 9, 2026\n\n{}", sentence.repeat(nth + 1)))
            .expect("a file can be written");
        let file = files[nth % files.len()].to_string_lossy().into_owned();
        let args = ["add", &file, &changed.to_string_lossy(), "--again"];
        let mut run: Child =
            command(&store, &args).stderr(Stdio::null()).spawn().expect("the program can be started");
        std::thread::sleep(Duration::from_micros(seeded.below(60_000)));
        let _ = run.kill();
        finished += usize::from(run.wait().expect("the run ends").success());
        if store.exists() && fs::metadata(&store).expect("a file").len() > 0 {
            let connection = open(&store);
            let verdict: String = connection
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .expect("the store opens");
            assert_eq!(verdict, "ok", "after kill {nth}");
            let tables: i64 = connection
                .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'events'", [], |row| row.get(0))
                .expect("the store opens");
            if tables > 0 {
                let loose = "SELECT count(*) FROM event_claims WHERE event_id IS NULL OR claim_id NOT IN (SELECT claim_id FROM all_claims)";
                assert_eq!(count(&store, loose), 0, "all of a document or nothing, after kill {nth}");
            }
        }
    }
    assert!(finished < 50, "some runs were killed");
    add(&store, &[week(), folder.path().join("2026-03-09.txt")]);
    assert_eq!(count(&store, "SELECT count(*) FROM documents"), 8);
    let left: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("front.gpkg"))
        .collect();
    assert_eq!(left, ["front.gpkg"], "no journal is left");
}

#[test]
fn two_runs_at_once_wait_for_each_other() {
    let (_folder, expected) = store_of_the_week();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = folder.path().join("front.gpkg");
    let files = files_of_the_week();
    let halves = [&files[..4], &files[3..]];
    let runs: Vec<Child> = halves
        .iter()
        .map(|half| {
            let args: Vec<&str> = std::iter::once("add")
                .chain(half.iter().map(|file| file.to_str().expect("a plain path")))
                .collect();
            command(&store, &args).stderr(Stdio::null()).spawn().expect("the program can be started")
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().expect("the run ends").success());
    }
    assert_same(contents(&store, false), contents(&expected, false));
}

#[test]
fn a_store_that_is_being_written_to_is_told() {
    let (_folder, store) = store_of_the_week();
    let holder = open(&store);
    holder.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let week = week();
    let args = ["add", &week.to_string_lossy(), "--wait", "0"];
    let output = command(&store, &args).output().expect("the program can be started");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("another program is writing to the store") && told.contains("--wait"), "{told}");
}

#[test]
fn other_files_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let input = week().to_string_lossy().into_owned();
    let refuse = |store: &Path, expected: &str| {
        let output = command(store, &["add", &input]).output().expect("the program can be started");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && told.contains(expected), "{told}");
    };
    let text = folder.path().join("text.gpkg");
    fs::write(&text, "no database at all, but long enough to be looked at as one")
        .expect("a file can be written");
    refuse(&text, "no SQLite file");
    let other = folder.path().join("other.gpkg");
    open(&other).execute_batch("CREATE TABLE notes (words TEXT)").expect("a table can be made");
    refuse(&other, "another SQLite file");
    let (_folder, newer) = store_of_the_week();
    open(&newer)
        .execute_batch("UPDATE frontmap_store SET value = '99' WHERE key = 'version'")
        .expect("a store");
    refuse(&newer, "version 99");
    let missing =
        command(&folder.path().join("none.gpkg"), &["series"]).output().expect("the program can be started");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("track add"), "says how to make one");
}

#[test]
fn other_settings_make_all_events_anew() {
    let (_folder, store) = store_of_the_week();
    let before = contents(&store, false);
    let events = count(&store, "SELECT count(*) FROM events");
    let input = week().to_string_lossy().into_owned();
    track(&store, &["add", &input, "--seizure-days", "0", "--undated-days", "0"]);
    assert!(count(&store, "SELECT count(*) FROM events") > events, "seizures fall apart by day");
    track(&store, &["add", &input, "--seizure-days", "21", "--undated-days", "3"]);
    assert_same(contents(&store, false), before);
}
