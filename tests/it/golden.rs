//! Golden cases: whole reports with what `explain` says of them and the claims they give.
//! `cargo bless` accepts what the program gives now; read the difference before you commit it.

use expect_test::expect_file;
use frontmap::document::read;
use frontmap::export::{self, Format, Target};
use frontmap::feature::LayerKind;
use frontmap::pipeline::{Knowledge, analyze, explain};
use std::fs;
use std::path::PathBuf;

fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = fs::read_dir(folder).expect("there are cases");
    let mut texts: Vec<PathBuf> = entries.map(|entry| entry.expect("a case can be read").path()).collect();
    texts.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    texts.sort();
    texts
}

#[test]
fn cases_read_as_accepted() {
    let knowledge = Knowledge::embedded();
    let cases = cases();
    assert!(!cases.is_empty(), "there are golden cases");
    for case in cases {
        let document = read::documents(std::slice::from_ref(&case), &read::Options::default())
            .next()
            .expect("a file gives a document")
            .expect("a case can be read");
        let analysis = analyze(document, &knowledge);
        expect_file![case.with_extension("explain")].assert_eq(&explain(&analysis, &knowledge));
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("claims.geojson");
        let mut sink =
            export::create(&Target::File(path.clone()), Format::GeoJson, &export::Options::default())
                .expect("a temporary file can be written");
        for layer in analysis.layers(&knowledge, &[LayerKind::Claims]) {
            sink.write(layer.kind, &layer.features).expect("rows can be written");
        }
        sink.finish().expect("the file can be completed");
        let claims = fs::read_to_string(path).expect("the file was written");
        // A new name in the gazetteer changes its version, not what this case reads.
        let claims = claims.replace(&knowledge.gazetteer.version(), "VERSION");
        expect_file![case.with_extension("geojson")].assert_eq(&claims);
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let used = Knowledge::embedded();
    let options = read::Options::default();
    let read = |case: &PathBuf| {
        let mut documents = read::documents(std::slice::from_ref(case), &options);
        documents.next().expect("a file gives a document").expect("a case can be read")
    };
    for case in cases().iter().chain(cases().iter().rev()) {
        let fresh = Knowledge::embedded();
        let before = explain(&analyze(read(case), &used), &used);
        assert_eq!(before, explain(&analyze(read(case), &fresh), &fresh), "{}", case.display());
    }
}
