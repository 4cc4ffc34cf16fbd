//! Sentences in our own wording with the claims they make, in `tests/sentences/<language>-<subject>.txt`.
//!
//! A sentence is a line; its claims follow, indented, as `side type status place relation`, then in any order a
//! bearing, `@anchor`, `by:kind`, `on:first..last` and `->name` (what the place is taken for). A sentence without
//! such lines claims nothing. `date: 2026-01-10` sets the day of the reports that follow.
//! `source: ...` puts a sentence before the next one in the same report. `#` begins a comment.

use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::pipeline::{Knowledge, analyze};
use std::path::Path;

/// One sentence and what it must give.
struct Case {
    file: String,
    line: usize,
    date: jiff::civil::Date,
    source: String,
    sentence: String,
    claims: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for path in files {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut date = jiff::civil::date(2026, 1, 10);
        let mut source = String::new();
        for (at, line) in std::fs::read_to_string(&path).expect("it can be read").lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(day) = line.strip_prefix("date: ") {
                date = day.parse().expect("a date");
            } else if let Some(before) = line.strip_prefix("source: ") {
                before.clone_into(&mut source);
            } else if line.starts_with(' ') {
                let case = cases.last_mut().expect("a sentence stands before its claims");
                case.claims.push(line.split_whitespace().collect::<Vec<_>>().join(" "));
            } else {
                cases.push(Case {
                    file: file.clone(),
                    line: at + 1,
                    date,
                    source: std::mem::take(&mut source),
                    sentence: line.to_owned(),
                    claims: Vec::new(),
                });
            }
        }
    }
    cases
}

/// The claims of a case's sentence in the notation of the files, with only the extras that `wanted` asks for.
fn found(case: &Case, knowledge: &Knowledge) -> Vec<String> {
    let before = if case.source.is_empty() { String::new() } else { format!("{} ", case.source) };
    let text = format!("{before}{}", case.sentence);
    let date = Some(ReportDate { date: case.date, source: DateSource::Given });
    let document = Document { id: case.file.clone(), text, date, ..Document::default() };
    let analysis = analyze(document, knowledge);
    let name = |mention: usize| analysis.mentions[mention].span.of(&analysis.document.text);
    let mut lines = Vec::new();
    for claim in &analysis.claims {
        if analysis.mentions[claim.place.place].span.start < before.len() {
            continue;
        }
        let mut line = format!(
            "{} {} {} {} {}",
            claim.actor_side.as_str(),
            claim.claim_type.as_str(),
            claim.status.as_str(),
            name(claim.place.place).replace(' ', "_"),
            claim.place.relation.as_str()
        );
        if let Some(bearing) = claim.place.bearing {
            line += &format!(" {}", bearing.as_str());
        }
        if let Some(anchor) = claim.place.anchor {
            line += &format!(" @{}", name(anchor.mention).replace(' ', "_"));
        }
        if let Some(kind) = claim.claimed_by_kind {
            line += &format!(" by:{}", kind.as_str());
        }
        if let Some((first, last)) = claim.when.event {
            line += &format!(" on:{first}..{last}");
        }
        if case.claims.iter().any(|wanted| wanted.contains("->")) {
            let place = analysis.resolutions[claim.place.place].place();
            let taken = place.map_or("?", |place| knowledge.gazetteer.place(place).name);
            line += &format!(" ->{}", taken.replace(' ', "_"));
        }
        lines.push(line);
    }
    lines
}

#[test]
fn every_sentence_makes_its_claims_and_no_others() {
    let knowledge = Knowledge::embedded();
    let cases = cases();
    let mut wrong = 0;
    for case in &cases {
        let (mut wanted, mut got) = (case.claims.clone(), found(case, &knowledge));
        wanted.sort();
        got.sort();
        if wanted != got {
            wrong += 1;
            println!("{}:{}: {}", case.file, case.line, case.sentence);
            wanted.iter().filter(|line| !got.contains(line)).for_each(|line| println!("    - {line}"));
            got.iter().filter(|line| !wanted.contains(line)).for_each(|line| println!("    + {line}"));
        }
    }
    assert!(wrong == 0, "{wrong} of {} sentences are read wrongly (- wanted, + found)", cases.len());
}
