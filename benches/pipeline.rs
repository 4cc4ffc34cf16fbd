//! The way from text to features and to bytes, on one core: analysis and writing side by side.
//! Run with `cargo bench --bench pipeline`.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::export::{self, Format, Target};
use frontmap::feature::LayerKind;
use frontmap::pipeline::{Knowledge, analyze};
use std::path::Path;

// What the program allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of text that a bench reads.
const BYTES: usize = 20 << 20;

fn main() {
    divan::main();
}

/// Reports of about the size of a daily one, `BYTES` in all, from our own sample.
fn own() -> Vec<Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/2024-11-05-brief.txt");
    let text = std::fs::read_to_string(path).expect("the sample is in the repository");
    repeated(&[text.repeat(8)])
}

/// Real reports, repeated to `BYTES`, where they lie beside the checkout.
fn reports() -> Option<Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    Some(repeated(&texts))
}

fn repeated(texts: &[String]) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut bytes = 0;
    for text in texts.iter().cycle() {
        let date = Some(ReportDate { date: jiff::civil::date(2024, 11, 5), source: DateSource::Given });
        documents.push(Document {
            id: format!("{}", documents.len()),
            text: text.clone(),
            date,
            ..Document::default()
        });
        bytes += text.len();
        if bytes >= BYTES {
            return documents;
        }
    }
    documents
}

fn bench_analysis(bencher: Bencher, documents: &[Document]) {
    let knowledge = Knowledge::embedded();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let features = |document: &Document| {
            analyze(document.clone(), &knowledge).layers(&knowledge, &[LayerKind::Claims]).len()
        };
        documents.iter().map(features).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5)]
fn analysis_of_own_text(bencher: Bencher) {
    bench_analysis(bencher, &own());
}

#[divan::bench(sample_count = 5)]
fn analysis_of_reports(bencher: Bencher) {
    match reports() {
        Some(documents) => bench_analysis(bencher, &documents),
        None => println!("skipped: no reports beside the checkout"),
    }
}

#[divan::bench(sample_count = 5)]
fn writing_geojson(bencher: Bencher) {
    let knowledge = Knowledge::embedded();
    let mut claims = Vec::new();
    for document in own() {
        for layer in analyze(document, &knowledge).layers(&knowledge, &[LayerKind::Claims]) {
            claims.extend(layer.features);
        }
        if claims.len() > 100_000 {
            break;
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let target = Target::File(folder.path().join("claims.geojson"));
    bencher.counter(ItemsCount::new(claims.len())).bench_local(|| {
        let mut sink = export::create(&target, Format::GeoJson, &export::Options::default())
            .expect("a file can be made");
        sink.write(LayerKind::Claims, &claims).expect("rows can be written");
        sink.finish().expect("the file can be completed")
    });
}
