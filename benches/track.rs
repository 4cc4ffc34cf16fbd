//! The store: adding 80 and 8,000 reports, one more day to the large one, its size and the memory it took.
//!
//! The reports are made up; with `FRONTMAP_REPORTS` naming a folder of text files, those are used, again and again under
//! other dates and ids. Run with `cargo bench --bench track`.

mod memory;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::pipeline::{Knowledge, analyze};
use frontmap::track::Store;
use frontmap::track::corrections;
use frontmap::track::store::content;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

const LARGE: usize = 8_000;

fn main() {
    divan::main();
    if let Some(memory) = memory::peak_mb() {
        println!("peak memory of all: {memory} MB");
    }
}

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(texts);
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// The texts of real reports, or some eighty made of our own sentences.
fn texts() -> Vec<String> {
    let Ok(folder) = std::env::var("FRONTMAP_REPORTS") else { return (0..80).map(made_up).collect() };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("FRONTMAP_REPORTS names a folder")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).expect("a report is text")).collect()
}

const PLACES: [&str; 24] = [
    "Pokrovsk",
    "Lysivka",
    "Rodynske",
    "Myrnohrad",
    "Novopavlivka",
    "Toretsk",
    "Kostyantynivka",
    "Druzhkivka",
    "Siversk",
    "Zvanivka",
    "Lyman",
    "Terny",
    "Kreminna",
    "Kupyansk",
    "Synkivka",
    "Vovchansk",
    "Hulyaipole",
    "Malynivka",
    "Zaliznychne",
    "Robotyne",
    "Orikhiv",
    "Velyka Novosilka",
    "Chasiv Yar",
    "Kurakhove",
];

/// A report of about fourteen kilobytes, as long as the daily ones are.
fn made_up(seed: usize) -> String {
    let place = |nth: usize| PLACES[(seed * 7 + nth * 5 + nth * nth) % PLACES.len()];
    let mut text = String::from("Daily report\n\n");
    for nth in 0..40 {
        let (a, b, c) = (place(nth), place(nth + 1), place(nth + 2));
        text.push_str(&format!("{a} direction\n"));
        text.push_str(match (seed + nth) % 4 {
            0 => "Russian forces recently advanced near ",
            1 => "A Russian milblogger claimed that Russian forces advanced near ",
            2 => "Geolocated footage indicates that Ukrainian forces recently advanced near ",
            _ => "Russian forces attacked but did not advance near ",
        });
        text.push_str(&format!("{a}, {b}, and {c}.\n"));
        text.push_str(
            "The weather was poor and the roads were slow, officials in the rear said once again. ",
        );
        text.push_str(
            "Nothing in the talks of the week suggests that either side will change its demands soon.\n\n",
        );
    }
    text
}

fn document(nth: usize, first: Date) -> Document {
    let text = &TEXTS[nth % TEXTS.len()];
    let day = first.saturating_add(i32::try_from(nth).expect("a few thousand days").days());
    Document {
        id: format!("{day}-{nth}.txt"),
        text: format!("{day}\n{text}"),
        date: Some(ReportDate { date: day, source: DateSource::Given }),
        source: Some("Sample Monitor".to_owned()),
        ..Document::default()
    }
}

/// Adds documents as the command line does: analysed side by side, put in in their order.
fn add(path: &Path, documents: impl Iterator<Item = Document>) {
    let store = Store::open_or_create(path, Duration::from_secs(1)).expect("the store opens");
    let mut adding = store.add(None).expect("nobody else writes");
    let mut documents = documents.peekable();
    while documents.peek().is_some() {
        let batch: Vec<Document> = documents.by_ref().take(256).collect();
        let done: Vec<_> = batch
            .into_par_iter()
            .map(|document| {
                let (id, content) = (document.id.clone(), content(&document, &[]));
                (id, content, corrections::layers(analyze(document, &KNOWLEDGE), &[], &KNOWLEDGE))
            })
            .collect();
        for (id, content, (layers, corrected)) in done {
            adding.put(&id, &content, &layers, &corrected).expect("rows can be written");
        }
    }
    adding.finish().expect("the addition ends");
}

fn begin() -> Date {
    date(2004, 1, 1)
}

#[divan::bench(args = [80, LARGE], sample_count = 1, sample_size = 1)]
fn add_documents(bencher: Bencher, count: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("front.gpkg");
    let bytes: usize = (0..count).map(|nth| TEXTS[nth % TEXTS.len()].len()).sum();
    bencher
        .counter(ItemsCount::new(count))
        .counter(BytesCount::new(bytes))
        .bench_local(|| add(&path, (0..count).map(|nth| document(nth, begin()))));
    if let Ok(store) = std::fs::metadata(&path) {
        println!("{count} documents, {} MB of text: a store of {} MB", bytes >> 20, store.len() >> 20);
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_more_day_to_the_large_store(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("front.gpkg");
    add(&path, (0..LARGE).map(|nth| document(nth, begin())));
    let mut day = LARGE;
    bencher.bench_local(|| {
        add(&path, std::iter::once(document(day, begin())));
        day += 1;
    });
}
