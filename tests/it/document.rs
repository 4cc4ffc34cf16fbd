//! From bytes to blocks: every reader over small inputs of our own, the outline over any input at all.

use frontmap::document::read::{Options, ReadError, documents, from_reader};
use frontmap::document::{DateSource, Document, MarkKind};
use frontmap::outline::{BlockKind, Outline, outline};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with one file of these bytes, and the file.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file can be written");
    (folder, path)
}

fn read(inputs: &[PathBuf]) -> Vec<Result<Document, ReadError>> {
    documents(inputs, &Options::default()).collect()
}

fn read_one(name: &str, bytes: &[u8]) -> Document {
    let (_folder, path) = file(name, bytes);
    let mut found = read(&[path]);
    assert_eq!(found.len(), 1);
    found.remove(0).expect("it can be read")
}

/// The message for a file that cannot be read, from its name on.
fn message(name: &str, bytes: &[u8]) -> String {
    let (_folder, path) = file(name, bytes);
    let mut failures = read(std::slice::from_ref(&path)).into_iter().filter_map(Result::err);
    let words = failures.next().expect("it cannot be read").to_string();
    let folder = path.parent().expect("a file has a folder").display().to_string();
    words.replace(&folder, "").trim_start_matches('/').to_owned()
}

fn day(document: &Document) -> Option<Date> {
    document.date.map(|found| found.date)
}

fn sentences(document: &Document) -> Vec<String> {
    let outline = outline(document);
    outline.sentences.iter().map(|sentence| sentence.span.of(&document.text).to_owned()).collect()
}

#[test]
fn json_lines_are_read_past_a_broken_one() {
    let lines = "\u{feff}{\"id\": \"a\", \"date\": \"2024-10-24\", \"text\": \"Troops moved.\", \"url\": \"https://example.org/a\", \"more\": [1]}\n\
                 \n\
                 {\"id\": 7, \"text\": \"Guns\\nfired.\"\n\
                 {\"id\": 8, \"date\": \"2024-10-25T10:00:00Z\", \"text\": \"Drones flew.\", \"lang\": \"uk-UA\"}\n\
                 {\"id\": 9, \"date\": null}\n\
                 {\"date\": \"soon\", \"text\": \"It rained.\"}";
    let (_folder, path) = file("news.jsonl", lines.as_bytes());
    let found = read(&[path]);
    let ids: Vec<_> =
        found.iter().map(|found| found.as_ref().map(|document| document.id.as_str()).ok()).collect();
    assert_eq!(ids, [Some("a"), None, Some("8"), None, Some("news.jsonl:6")]);
    let good: Vec<&Document> = found.iter().filter_map(|found| found.as_ref().ok()).collect();
    assert_eq!(
        good.iter().map(|document| day(document)).collect::<Vec<_>>(),
        [Some(date(2024, 10, 24)), Some(date(2024, 10, 25)), None]
    );
    assert_eq!(good[0].url.as_deref(), Some("https://example.org/a"));
    assert!(good[2].warnings[0].contains("`soon`"), "{:?}", good[2].warnings);
    let failures: Vec<_> =
        found.iter().filter_map(|found| found.as_ref().err()).map(ToString::to_string).collect();
    assert!(failures[0].contains("news.jsonl:3: `{\"id\": 7"), "{failures:?}");
    assert!(failures[1].contains("news.jsonl:5: record `9` has no `text`"), "{failures:?}");
}

#[test]
fn an_array_of_records_and_a_record_over_several_lines() {
    let (_folder, path) = file("a.json", b"[{\"text\": \"One.\"},\n {\"text\": \"Two.\"}]");
    let texts: Vec<_> = read(&[path]).into_iter().map(|found| found.expect("a record").text).collect();
    assert_eq!(texts, ["One.", "Two."]);
    assert_eq!(read_one("b.json", b"{\n  \"id\": \"x\",\n  \"text\": \"One.\"\n}\n").id, "x");
    assert!(message("c.json", b"[{\"text\": \"One.\"},\n {\"text\": }]").starts_with("c.json:2:"));
}

#[test]
fn rows_of_csv() {
    let rows =
        "ID;Date;Text;Note\na;2024-10-24;\"Troops moved; guns\nfired.\";x\nb;;Quiet.\nc;2024-10-26;;\n";
    let (_folder, path) = file("news.csv", rows.as_bytes());
    let found = read(&[path]);
    let texts: Vec<_> =
        found.iter().map(|found| found.as_ref().map(|document| document.text.as_str()).ok()).collect();
    assert_eq!(texts, [Some("Troops moved; guns\nfired."), Some("Quiet."), None]);
    assert!(found[2].as_ref().expect_err("no text").to_string().contains("news.csv:5:"));
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("id,text\n1,Ворог просунувся у Покровську\n");
    let document = read_one("old.csv", &cyrillic);
    assert_eq!(document.text, "Ворог просунувся у Покровську");
    assert!(document.warnings[0].contains("windows-1251"));
    assert!(message("bad.csv", b"id,body\n1,x\n").contains("`id`, `body`; expected `text`"));
}

#[test]
fn folders_are_read_by_name_and_other_files_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("b")).expect("a folder can be made");
    for (name, text) in [
        ("c.md", "# One"),
        ("b/2024-10-24.txt", "Two."),
        ("a.txt", "Three."),
        ("b/x.png", "no"),
        (".d.txt", "no"),
    ] {
        fs::write(path(name), text).expect("a file can be written");
    }
    let found = read(&[folder.path().to_owned()]);
    let ids: Vec<_> = found.iter().map(|found| found.as_ref().expect("it can be read").id.as_str()).collect();
    assert_eq!(ids, ["a.txt", "b/2024-10-24.txt", "c.md"]);
    let dated = found[1].as_ref().expect("it can be read").date.expect("the name dates it");
    assert_eq!((dated.date, dated.source), (date(2024, 10, 24), DateSource::FileName));
    fs::create_dir(path("empty")).expect("a folder can be made");
    let failure = read(&[path("empty")]).remove(0).expect_err("nothing is there").to_string();
    assert!(failure.contains("no reports in this folder"), "{failure}");
}

#[test]
fn what_cannot_be_read_says_where_and_what_to_do() {
    assert_eq!(message("a.txt", b""), "a.txt: the file is empty; expected a report");
    assert_eq!(message("a.txt", b" \n"), "a.txt: the file is empty; expected a report");
    assert!(message("a.txt", b"%PDF-1.7 ...").starts_with("a.txt: a PDF file; expected plain text"));
    assert!(message("a.html", b"<html><script>x</script></html>").starts_with("a.html: no text found"));
    let missing = read(&["missing.txt".into()]).remove(0).expect_err("it is not there").to_string();
    assert!(missing.starts_with("missing.txt: cannot read:"), "{missing}");
}

#[test]
fn other_alphabets_are_read_and_told() {
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("Ворог просунувся поблизу Покровська.");
    let document = read_one("2024-10-24.txt", &cyrillic);
    assert_eq!(document.text, "Ворог просунувся поблизу Покровська.");
    assert_eq!(document.warnings, ["not UTF-8; read as windows-1251"]);
}

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>The Day, October 24, 2024 | Example Watch</title>
<meta property="og:site_name" content="Example Watch"><link rel="canonical" href="https://example.org/day">
<meta property="article:published_time" content="2024-10-25T01:00:00Z"><style>p { color: red }</style></head>
<body class="one-sidebar"><header><nav><ul><li>Troops seized Menu</li></ul></nav></header>
<div class="region sidebar"><p>Troops seized Sidebar.</p></div>
<article><h1>The Day, October 24, 2024</h1><div class="share-buttons"><span>Share</span></div>
<div class="entry-content"><p><strong>October 24, 6:30&nbsp;pm ET</strong></p>
<p>Troops moved near <em>Lyman</em>.<a href="#_edn1">[1]</a> Guns<br>fired.<sup>2</sup></p>
<script>var x = "Troops seized Script.";</script>
<h2>Kupyansk axis</h2><ul><li>Drones flew near Kupyansk.</li><li><p>Others rested along the river for the whole of that long and quiet day.</p></li></ul>
<figure><img src="x"><figcaption>Control of terrain.</figcaption></figure>
<p>Advertisement:</p><p style="display: none">Troops seized Hidden.</p>
<p><a href="#_ednref1">[1]</a> https://example.org/source</p></div></article>
<div class="related-news"><p>Troops seized Related.</p></div><footer><p>Troops seized Footer.</p></footer></body></html>"##;

#[test]
fn a_page_is_its_body() {
    let document = read_one("day.html", PAGE.as_bytes());
    assert_eq!(
        document.text,
        "October 24, 6:30 pm ET\nTroops moved near Lyman.[1] Guns\nfired.[2]\nKupyansk axis\nDrones flew near Kupyansk.\n\
         Others rested along the river for the whole of that long and quiet day.\nControl of terrain.\nAdvertisement:\n\
         [1] https://example.org/source"
    );
    assert_eq!(document.title.as_deref(), Some("The Day, October 24, 2024"));
    assert_eq!(document.url.as_deref(), Some("https://example.org/day"));
    assert_eq!(document.source.as_deref(), Some("Example Watch"));
    assert_eq!(
        document.date.map(|found| (found.date, found.source)),
        Some((date(2024, 10, 24), DateSource::Text))
    );
    let kinds: Vec<_> = outline(&document).blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Boilerplate, Header, Heading, ListItem, Note, Paragraph};
    assert_eq!(kinds, [Header, Paragraph, Paragraph, Heading, ListItem, ListItem, Note, Boilerplate, Note]);
}

#[test]
fn a_news_page_keeps_the_sentence_of_its_title() {
    let page = "<h1>Troops leave a village near Lyman in the night</h1><p><b>Source:</b> a spokesman</p>\
                <blockquote>We hold the road.</blockquote><p>Read also: more</p>";
    let document = read_one("2024-10-24.html", page.as_bytes());
    assert_eq!(
        sentences(&document),
        ["Troops leave a village near Lyman in the night", "Source: a spokesman", "We hold the road."]
    );
    assert!(document.marks.iter().any(|mark| mark.kind == MarkKind::Quote));
}

#[test]
fn nesting_without_end_is_read() {
    let page = format!("{}Troops moved near Lyman.", "<div>".repeat(20_000));
    assert_eq!(read_one("deep.html", page.as_bytes()).text, "Troops moved near Lyman.");
}

#[test]
fn a_saved_page_gives_the_sentences_of_its_text() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let inputs = [shared.join("html/isw-2022-08-22-fragment.html"), shared.join("reports/2022-08-22.txt")];
    if !inputs.iter().all(|path| path.exists()) {
        eprintln!("skipped: the saved pages are not beside the project");
        return;
    }
    let [page, text] = &read(&inputs)[..] else { panic!("two documents") };
    let page = sentences(page.as_ref().expect("the page can be read"));
    let text = sentences(text.as_ref().expect("the text can be read"));
    assert_eq!(page, text);
}

/// What must hold of every outline.
fn check_outline(document: &Document, outline: &Outline) {
    let text = &document.text;
    let whole = |span: frontmap::document::Span| text.get(span.range()).is_some();
    let mut end = 0;
    for block in &outline.blocks {
        assert!(end <= block.span.start && !block.span.is_empty() && whole(block.span), "{block:?}");
        assert_eq!(block.as_of.is_some(), document.date.is_some());
        assert!(block.heading.is_none_or(|heading| outline.blocks[heading].kind == BlockKind::Heading));
        end = block.span.end;
    }
    let (mut end, mut token_end) = (0, 0);
    for sentence in &outline.sentences {
        assert!(outline.block_of(sentence).span.contains(sentence.span) && whole(sentence.span));
        assert!(end <= sentence.span.start && !sentence.span.is_empty());
        assert_eq!(sentence.first_token, token_end);
        assert!(
            outline
                .tokens_of(sentence)
                .iter()
                .all(|token| sentence.span.contains(token.span) && whole(token.span))
        );
        (end, token_end) = (sentence.span.end, sentence.end_token);
    }
    assert_eq!(token_end, outline.tokens.len());
    for mark in &document.marks {
        assert!(whole(mark.span) && !mark.span.is_empty());
    }
}

/// Words and marks that the outline looks at, in any order.
fn report() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Troops",
        "moved",
        "near",
        "Lyman",
        ".",
        "!",
        "…",
        ",",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        "[1]",
        "[[ii]](https://a.b)",
        "* ",
        "7. ",
        "\"",
        "”",
        "«",
        "Key Takeaways",
        "Quote:",
        "Source: the assessment of 23 October",
        "Unconfirmed claims:",
        "October 24, 6:30 pm ET",
        "date 2024-10-24",
        "(Russian objective: ",
        ")",
        "Ворог",
        "просунувся",
        "м",
        "р",
        "Gen",
        "U.S",
        "Advertisement:",
        "https://example.org",
        "To quote the report of 23 October:",
        "🔄",
        "\u{a0}",
        "\u{feff}",
        "a",
        "the",
        "—",
        "in winter 2023-2024",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_an_outline(text in prop_oneof![any::<String>(), report()], dated in any::<bool>()) {
        let date = dated.then_some(frontmap::document::ReportDate { date: date(2024, 1, 1), source: DateSource::Given });
        let document = Document { text, date, ..Document::default() };
        check_outline(&document, &outline(&document));
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..300), report().prop_map(String::into_bytes)],
        tags in prop::collection::vec(prop::sample::select(vec!["<p>", "</p>", "<ul><li>", "<b>", "</b>", "<h2>", "<sup>", "<div class=nav>", "<table><td>", "{\"text\":\"", "\"}", "\n"]), 0..8),
    ) {
        let mut input = tags.concat().into_bytes();
        input.extend(&bytes);
        input.extend(tags.concat().into_bytes());
        check_bytes(&input);
    }
}

/// Reads bytes in every format and checks what comes out.
fn check_bytes(bytes: &[u8]) {
    let options = Options::default();
    for name in ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl", "a"] {
        for document in from_reader(name, bytes, &options).flatten() {
            assert!(!document.text.is_empty());
            check_outline(&document, &outline(&document));
        }
    }
}

#[test]
fn the_corpus_of_the_fuzz_target_is_read() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/documents");
    let files = fs::read_dir(corpus).expect("the corpus is part of the repository");
    for file in files {
        check_bytes(&fs::read(file.expect("a file is listed").path()).expect("a file can be read"));
    }
}

#[test]
fn bytes_without_a_name_are_looked_at() {
    let options = Options::default();
    let texts = |bytes: &[u8]| -> Vec<String> {
        from_reader("stdin", bytes, &options).map(|found| found.expect("it can be read").text).collect()
    };
    assert_eq!(texts(b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"), ["One.", "Two."]);
    assert_eq!(texts(b"id,text\n1,One.\n2,Two.\n"), ["One.", "Two."]);
    assert_eq!(texts(b"<!doctype html><p>One.</p>"), ["One."]);
    assert_eq!(texts(b"One.\nTwo."), ["One.\nTwo."]);
}
