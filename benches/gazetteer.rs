//! Opening, look-ups and the bare scan over all names of a text. Run with `cargo bench --bench gazetteer`.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use frontmap::document::{Lang, Span};
use frontmap::gazetteer::Gazetteer;
use frontmap::text::{Token, token};

fn main() {
    divan::main();
}

/// A made-up report, repeated.
const REPORT: &str = "\
Russian forces recently advanced north of Kupyansk and in eastern Toretsk, while Ukrainian troops held \
the line near Chasiv Yar. Geolocated footage published on March 3 shows soldiers raising a flag in the \
centre of Velyka Novosilka. A Russian milblogger claimed that units of a motorized rifle brigade attacked \
near Pokrovsk itself; east of Pokrovsk near Myrolyubivka and Yelyzavetivka; and south of Pokrovsk toward \
Novotroitske. The General Staff reported clashes west of Kreminna near Zarichne, Torske and Terny, and \
that drones struck a depot in Belgorod Oblast. The mayor of Kostyantynivka said that shells hit a school, \
and officials in Zaporizhia City and Kherson reported power cuts. Heavy rain slowed supply along the road \
from Bakhmut to Kramatorsk, according to a spokesperson of the brigade that operates there.\n\n";

/// The same in Ukrainian.
const ZVIT: &str = "\
Російські війська просунулися поблизу Куп'янська та в східній частині Торецька, а українські підрозділи \
утримують оборону біля Часового Яру. На Покровському напрямку бої тривають поблизу Мирного, Єлизаветівки \
та Новотроїцького. Мер Костянтинівки повідомив, що снаряд влучив у школу. У Великій Новосілці та на околицях \
Запоріжжя зникло світло.\n\n";

fn text_of(report: &str, bytes: usize) -> String {
    report.repeat(bytes / report.len() + 1)
}

/// Paragraphs with their tokens, as the stages hand them to the scan.
fn paragraphs(text: &str) -> Vec<(&str, Vec<Token>)> {
    text.split_inclusive("\n\n")
        .map(|paragraph| (paragraph, token::tokens(paragraph, Span::new(0, paragraph.len()))))
        .collect()
}

/// The reports under `../shared/reports`, where they are; else the made-up one.
fn reports() -> String {
    let mut text = String::new();
    let mut folders = vec![std::path::PathBuf::from("../shared/reports")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(more) = std::fs::read_to_string(&path) {
                text.push_str(&more);
                text.push_str("\n\n");
            }
        }
    }
    if text.is_empty() { text_of(REPORT, 1 << 20) } else { text }
}

#[divan::bench]
fn open() -> Gazetteer {
    Gazetteer::embedded()
}

#[divan::bench]
fn open_and_look_up_one(bencher: Bencher) {
    bencher.bench(|| Gazetteer::embedded().lookup(black_box("Vuhledar"), None).len());
}

/// A million look-ups of the main names of the embedded places, each with all its hits.
#[divan::bench(sample_count = 5)]
fn look_up_a_million(bencher: Bencher) {
    let gazetteer = Gazetteer::embedded();
    let all: Vec<&str> = gazetteer.places().map(|ix| gazetteer.place(ix).name).collect();
    // Every seventh, around and around, so that neighbours in the table do not follow each other.
    let names: Vec<&str> = (0..1_000_000).map(|at| all[at * 7 % all.len().max(1)]).collect();
    bencher
        .counter(ItemsCount::new(names.len()))
        .bench(|| names.iter().filter(|name| gazetteer.is_known(black_box(name), None)).count());
}

#[divan::bench(sample_count = 10)]
fn look_up_a_name_of_a_hundred_places(bencher: Bencher) {
    let gazetteer = Gazetteer::embedded();
    bencher.bench(|| gazetteer.lookup(black_box("Mykolaivka"), Some(Lang::En)).len());
}

#[divan::bench(sample_count = 5)]
fn scan_english(bencher: Bencher) {
    scan(bencher, &text_of(REPORT, 20_000_000), Lang::En);
}

#[divan::bench(sample_count = 5)]
fn scan_ukrainian(bencher: Bencher) {
    scan(bencher, &text_of(ZVIT, 5_000_000), Lang::Uk);
}

#[divan::bench(sample_count = 5)]
fn scan_reports(bencher: Bencher) {
    scan(bencher, &reports(), Lang::En);
}

/// For comparison: cutting the same text into tokens.
#[divan::bench(sample_count = 5)]
fn tokens_of_reports(bencher: Bencher) {
    let text = reports();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| token::tokens(&text, Span::new(0, text.len())).len());
}

fn scan(bencher: Bencher, text: &str, lang: Lang) {
    let gazetteer = Gazetteer::embedded();
    let paragraphs = paragraphs(text);
    bencher.counter(BytesCount::new(text.len())).bench(|| {
        let found = paragraphs.iter().map(|(text, tokens)| gazetteer.scan(text, tokens, Some(lang)).len());
        found.sum::<usize>()
    });
}
