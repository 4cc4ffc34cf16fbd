//! Measures on the labelled data beside the checkout; each says "skipped" where it is not there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of labelled data, if it is there.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no labelled data beside the checkout");
    None
}

fn frontmap(args: &[&str]) -> String {
    let run =
        Command::new(env!("CARGO_BIN_EXE_frontmap")).args(args).output().expect("the program can be started");
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("the program prints UTF-8")
}

#[test]
fn the_first_sample_gives_its_six_gains_and_no_other() {
    let Some(shared) = shared() else { return };
    let seed = shared.join("seed/up-2024-10-24.txt");
    let out = frontmap(&["claims", &seed.to_string_lossy(), "--json"]);
    let claims =
        out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"));
    let mut gains: Vec<String> = claims
        .map(|claim| claim["properties"].clone())
        .filter(|claim| {
            ["advance", "seizure", "entry", "infiltration"].iter().any(|kind| claim["claim_type"] == *kind)
                && ["asserted", "claimed", "assessed", "geolocated"]
                    .iter()
                    .any(|status| claim["status"] == *status)
        })
        .map(|claim| {
            assert_eq!(claim["report_date"], "2024-10-24");
            let word = |name: &str| claim[name].as_str().unwrap_or("-").to_owned();
            let cells = ["actor_side", "claim_type", "place_text", "adm1", "country", "as_of"];
            cells.map(word).join(" | ")
        })
        .collect();
    gains.sort();
    assert_eq!(
        gains,
        [
            "RU | advance | Kupyansk | Kharkiv Oblast | UA | 2024-10-23",
            "RU | advance | Kursk Oblast | Kursk Oblast | RU | 2024-10-23",
            "RU | advance | Pokrovsk | Donetsk Oblast | UA | 2024-10-23",
            "RU | advance | Selydove | Donetsk Oblast | UA | 2024-10-23",
            "RU | advance | Vuhledar | Donetsk Oblast | UA | 2024-10-23",
            "UA | advance | Kursk Oblast | Kursk Oblast | RU | 2024-10-23",
        ]
    );
}

/// The number behind `word` on the line of `page` that begins with `line`.
fn figure(page: &str, line: &str, word: &str) -> f64 {
    let line = page
        .lines()
        .find(|found| found.starts_with(line))
        .unwrap_or_else(|| panic!("no line {line}: {page}"));
    let rest = &line[line.find(word).unwrap_or_else(|| panic!("no {word} in {line}")) + word.len()..];
    let number: String = rest
        .trim_start_matches([':', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    number.parse().unwrap_or_else(|_| panic!("no number behind {word} in {line}"))
}

#[test]
fn our_scores_agree_with_the_labelled_sets_own_scorer() {
    let Some(shared) = shared() else { return };
    let gold = shared.join("gold/public.jsonl");
    let ours = frontmap(&["eval", &gold.to_string_lossy()]);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |verb: &str| {
        let path = folder.path().join(format!("{verb}.geojsonl"));
        let out = frontmap(&[verb, &gold.to_string_lossy(), "--json"]);
        std::fs::write(&path, out).expect("a temporary file can be written");
        path
    };
    let (claims, mentions) = (write("claims"), write("mentions"));
    let run = Command::new("python3")
        .arg(shared.join("tools/score_claims.py"))
        .args([gold.as_path(), claims.as_path(), Path::new("--mentions"), mentions.as_path()])
        .output();
    let Ok(run) = run else {
        println!("skipped: no python3 to run the labelled set's own scorer");
        return;
    };
    let theirs = String::from_utf8(run.stdout).expect("the scorer prints UTF-8");
    for line in ["gain", "core", "strict", "place_span", "mentions"] {
        for word in ["P", "R", "F1"] {
            let (a, b) =
                (figure(&ours, line, &format!("{word} ")), figure(&theirs, line, &format!("{word} ")));
            assert!((a - b).abs() < 0.0006, "{line} {word}: {a} here, {b} there");
        }
    }
    let places =
        [("claim location", "claim location"), ("mention location:", "mention location, end to end")];
    for (line, their_line) in places {
        let (a, b) = (figure(&ours, line, "right_place"), figure(&theirs, their_line, "right_place"));
        assert!((a - b).abs() < 0.0006, "{line}: {a} here, {b} there");
    }
    let (a, b) =
        (figure(&ours, "on core matches: status", "status"), figure(&theirs, "on core matches:", "status"));
    assert!((a - b).abs() < 0.0006, "status: {a} here, {b} there");
}

#[test]
fn the_scores_stay_above_their_marks() {
    let Some(shared) = shared() else { return };
    let page = frontmap(&["eval", &shared.join("gold/public.jsonl").to_string_lossy()]);
    let marks =
        [("gain", "F1 ", 0.97), ("core", "F1 ", 0.95), ("strict", "F1 ", 0.92), ("mentions", "F1 ", 0.99)];
    for (line, word, mark) in marks {
        assert!(figure(&page, line, word) >= mark, "{line} fell below {mark}:\n{page}");
    }
}
