//! The program as a person runs it: exit codes, messages, and that one bad input costs nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a run printed and how it ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn frontmap(folder: &Path, args: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_frontmap"))
        .args(args)
        .current_dir(folder)
        .env_remove("FRONTMAP_GAZETTEER")
        .output()
        .expect("the program can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: status.code().expect("the program ends by itself"), out: text(stdout), err: text(stderr) }
}

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

fn claims_in(path: PathBuf) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).expect("the output was written");
    let whole: serde_json::Value = serde_json::from_str(&text).expect("the output is JSON");
    whole["features"].as_array().expect("a collection has features").clone()
}

const GOOD: &str = "Russian forces recently advanced near Kupyansk, Pokrovsk, and Vuhledar.";

#[test]
fn the_sample_gives_its_claims() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("claims.geojson");
    let sample = root.join("tests/cases/2024-11-05-brief.txt");
    let run = frontmap(root, &["map", &sample.to_string_lossy(), "-o", &output.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(claims_in(output).len() > 15, "the sample holds many claims: {}", run.err);
}

#[test]
fn an_undated_document_is_told_and_the_others_go_on() {
    let folder = folder_with(&[("undated.txt", GOOD.as_bytes()), ("2024-10-24.txt", GOOD.as_bytes())]);
    let run = frontmap(folder.path(), &["map", "undated.txt", "2024-10-24.txt", "-o", "out.geojson"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("undated.txt") && run.err.contains("--date"), "{}", run.err);
    assert_eq!(claims_in(folder.path().join("out.geojson")).len(), 3);
    let strict = frontmap(
        folder.path(),
        &["map", "undated.txt", "2024-10-24.txt", "-o", "strict.geojson", "--strict"],
    );
    assert_eq!(strict.code, 2);
    assert!(!folder.path().join("strict.geojson").exists(), "with --strict nothing is written");
}

#[test]
fn bad_inputs_are_told_in_one_line_each() {
    let records = format!(
        "{{\"id\":\"a\",\"date\":\"2024-10-24\",\"text\":\"{GOOD}\"}}\n{{\"id\":\"b\", broken\n{{\"id\":\"c\",\"text\":\"{GOOD}\"}}\n"
    );
    let folder = folder_with(&[("records.jsonl", records.as_bytes()), ("empty-2024-10-24.txt", b"")]);
    fs::create_dir(folder.path().join("nothing")).expect("a folder can be made");
    let inputs =
        ["map", "records.jsonl", "empty-2024-10-24.txt", "nothing", "missing.txt", "-o", "out.geojson"];
    let run = frontmap(folder.path(), &inputs);
    assert_eq!(run.code, 2, "{}", run.err);
    for told in ["records.jsonl:2", "empty-2024-10-24.txt", "nothing", "missing.txt"] {
        assert!(run.err.lines().any(|line| line.contains(told)), "nothing is said of {told}: {}", run.err);
    }
    assert!(run.err.lines().any(|line| line.contains("--date")), "record c has no date: {}", run.err);
    assert_eq!(claims_in(folder.path().join("out.geojson")).len(), 3, "record a is written all the same");
}

#[test]
fn windows_1251_is_read_and_said() {
    let (text, _, _) = encoding_rs::WINDOWS_1251.encode("Ворог просунувся поблизу Покровська.");
    let folder = folder_with(&[("2024-10-24.txt", &text)]);
    let run = frontmap(folder.path(), &["mentions", "2024-10-24.txt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Покровська"), "{}", run.out);
    assert!(run.err.contains("windows-1251"), "{}", run.err);
}

#[test]
fn an_output_that_cannot_be_written_fails_before_the_work() {
    let folder = folder_with(&[("2024-10-24.txt", GOOD.as_bytes()), ("file", b"in the way")]);
    let run = frontmap(folder.path(), &["map", "2024-10-24.txt", "-o", "file/out.geojson"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("file"), "{}", run.err);
    let ending = frontmap(folder.path(), &["map", "2024-10-24.txt", "-o", "out.xyz"]);
    assert_eq!(ending.code, 2);
    assert!(ending.err.contains("xyz") && ending.err.contains("geojson"), "{}", ending.err);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = folder_with(&[("2024-10-24.txt", GOOD.as_bytes()), ("2024-10-25.txt", GOOD.as_bytes())]);
    for output in ["one.geojson", "two.geojson"] {
        assert_eq!(
            frontmap(folder.path(), &["map", "2024-10-24.txt", "2024-10-25.txt", "-o", output]).code,
            0
        );
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the output was written");
    assert!(read("one.geojson") == read("two.geojson"), "two runs over the same input differ");
}

#[test]
fn filters_keep_what_was_asked_for() {
    let text = "Russian forces advanced near Kupyansk. Ukrainian forces attacked near Pokrovsk.";
    let folder = folder_with(&[("2024-10-24.txt", text.as_bytes())]);
    let kept = |args: &[&str]| {
        let mut all = vec!["map", "2024-10-24.txt", "-o", "out.geojson"];
        all.extend(args);
        assert_eq!(frontmap(folder.path(), &all).code, 0);
        claims_in(folder.path().join("out.geojson")).len()
    };
    assert_eq!(kept(&[]), 2);
    assert_eq!(kept(&["--gains"]), 1);
    assert_eq!(kept(&["--side", "UA"]), 1);
    assert_eq!(kept(&["--type", "attack", "--side", "RU"]), 0);
    assert_eq!(kept(&["--from", "2024-10-25"]), 0);
    assert_eq!(kept(&["--bbox", "37.5,49.6,37.8,49.8"]), 1);
}

#[test]
fn help_fits_a_screen() {
    let run = frontmap(Path::new("."), &["-h"]);
    assert_eq!(run.code, 0);
    assert!(run.out.lines().count() <= 30, "{}", run.out);
    for line in run.out.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn a_layer_is_not_written_over_a_store() {
    let report = b"2024-11-05\n\nRussian forces advanced near Lysivka.\n";
    let folder = folder_with(&[("report.txt", report)]);
    let added = frontmap(folder.path(), &["track", "add", "report.txt", "--store", "front.gpkg"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let before = fs::read(folder.path().join("front.gpkg")).expect("the store was written");
    let run = frontmap(folder.path(), &["map", "report.txt", "-o", "front.gpkg"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a store of `track`") && run.err.contains("-o"), "{}", run.err);
    assert!(before == fs::read(folder.path().join("front.gpkg")).expect("the store is there"));
}

#[test]
fn days_the_wrong_way_round_are_refused() {
    let folder = folder_with(&[("report.txt", b"2024-11-05\n\nRussian forces advanced near Lysivka.\n")]);
    let args = ["map", "report.txt", "--from", "2024-11-06", "--to", "2024-11-05", "-o", "x.geojson"];
    let run = frontmap(folder.path(), &args);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("2024-11-06 is after --to 2024-11-05"), "{}", run.err);
}

#[test]
fn a_sentence_without_end_does_not_stand_whole_in_each_row() {
    let text =
        format!("2024-11-05\n\n{}", "Russian forces advanced near Lysivka and seized Selydove, ".repeat(300));
    let folder = folder_with(&[("report.txt", text.as_bytes())]);
    let run = frontmap(folder.path(), &["map", "report.txt", "-o", "x.geojson"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for claim in claims_in(folder.path().join("x.geojson")) {
        let sentence = claim["properties"]["sentence"].as_str().expect("a claim has its sentence");
        assert!(sentence.len() < 4_100 && sentence.contains("Russian forces advanced"), "{}", sentence.len());
    }
}

#[test]
fn a_program_is_no_report() {
    let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
    bytes.resize(4_000, 0);
    let folder = folder_with(&[("report.txt", &bytes)]);
    let run = frontmap(folder.path(), &["map", "report.txt", "--date", "2024-11-05", "-o", "x.geojson"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a program"), "{}", run.err);
}

#[test]
fn an_empty_answer_of_the_store_says_so() {
    let folder = folder_with(&[("report.txt", b"2024-11-05\n\nRussian forces advanced near Lysivka.\n")]);
    frontmap(folder.path(), &["track", "add", "report.txt", "--store", "front.gpkg"]);
    for verb in ["series", "ladder"] {
        let none = frontmap(folder.path(), &["track", verb, "--store", "front.gpkg", "--place", "Xyzzy"]);
        assert!(none.err.contains("no claim in the store"), "{verb}: {}", none.err);
        let some = frontmap(folder.path(), &["track", verb, "--store", "front.gpkg", "--place", "Lysivka"]);
        assert!(some.err.is_empty(), "{verb}: {}", some.err);
    }
    let diff = frontmap(folder.path(), &["track", "diff", "--store", "front.gpkg", "2024-12-01"]);
    assert!(diff.err.contains("it holds those of 2024-11-05"), "{}", diff.err);
}
