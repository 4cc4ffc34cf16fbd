//! How fast layers are written, 100,000 claims in each format, in features a second; and how much memory the
//! streamed formats take for 100,000 claims and for a million.

mod memory;
#[path = "../tests/it/sample_layers.rs"]
mod sample_layers;

use divan::Bencher;
use divan::counter::ItemsCount;
use frontmap::export::{Format, Options, Target, create};
use frontmap::feature::LayerKind;
use std::path::Path;

const CLAIMS: usize = 100_000;

fn main() {
    // A process's peak never falls, so what is to stay flat goes first.
    print_memory_of_streams();
    divan::main();
}

/// Writes the same claims again and again and tells the peak after each run.
fn print_memory_of_streams() {
    const CHUNK: usize = 5_000;
    let claims = sample_layers::claims(CHUNK).features;
    let folder = tempfile::tempdir().expect("a temporary folder");
    for ending in ["geojson", "geojsonl", "csv", "kml"] {
        for count in [CLAIMS, 10 * CLAIMS] {
            let path = folder.path().join(format!("claims.{ending}"));
            write_times(&path, &claims, count / CHUNK);
            if let Some(memory) = memory::peak_mb() {
                println!("{ending}, {count} claims: {memory} MB at most so far");
            }
        }
    }
}

#[divan::bench(args = ["geojson", "geojsonl", "csv", "gpkg", "fgb", "kml"], sample_count = 3, sample_size = 1)]
fn write_claims(bencher: Bencher, ending: &str) {
    let claims = sample_layers::claims(CLAIMS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(format!("claims.{ending}"));
    bencher.counter(ItemsCount::new(CLAIMS)).bench_local(|| write(&path, &claims.features));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn write_page_of_20_000(bencher: Bencher) {
    let claims = sample_layers::claims(20_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("map.html");
    bencher.counter(ItemsCount::new(20_000_usize)).bench_local(|| write(&path, &claims.features));
}

fn write(path: &Path, claims: &[frontmap::feature::Feature]) {
    write_times(path, claims, 1);
}

fn write_times(path: &Path, claims: &[frontmap::feature::Feature], times: usize) {
    let format = Format::from_path(path).expect("the ending names a format");
    let mut sink =
        create(&Target::File(path.to_owned()), format, &Options::default()).expect("the output opens");
    for _ in 0..times {
        for features in claims.chunks(500) {
            sink.write(LayerKind::Claims, features).expect("rows can be written");
        }
    }
    sink.finish().expect("the output is completed");
}
