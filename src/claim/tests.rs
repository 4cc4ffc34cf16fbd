//! The grammar's own sentences: `tests/claims/<piece>.txt` holds what each piece must find and must ignore.
//!
//! A line at the margin is a sentence with its places in brackets (`[Kursk Oblast|admin1]` states a class); the
//! indented lines under it are its claims, none for a sentence that must be ignored. `#` begins a comment, and
//! `#lang uk` at the top says that the sentences are Ukrainian. All are read as of 24 October 2024.
//! `UPDATE_EXPECT=1` writes what is found into the files: read the difference before you keep it.

use super::{Claim, claims};
use crate::document::{Document, Lang, Span};
use crate::lexicon::Lexicon;
use crate::mention::{MentionKind, locatives, marked::Marked};
use crate::outline::{Block, BlockKind, Outline, Sentence};
use std::fmt::Write;
use std::path::Path;

#[test]
fn every_piece_of_grammar_finds_and_ignores_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
    let entries = std::fs::read_dir(&folder).expect("the folder of sentences is in the repository");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    let mut wrong = String::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt")) {
        let expected = std::fs::read_to_string(file).expect("a text file");
        let found = read_again(&expected);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(file, &found).expect("the file can be written");
        } else if found != expected {
            for (want, have) in
                expected.lines().zip(found.lines()).filter(|(want, have)| want != have).take(3)
            {
                writeln!(wrong, "{}\n  expected {want}\n  found    {have}", file.display())
                    .expect("a string takes all");
            }
            writeln!(wrong, "{} differs", file.display()).expect("a string takes all");
        }
    }
    assert!(wrong.is_empty(), "{wrong}UPDATE_EXPECT=1 cargo test --lib claim:: accepts what is found");
}

/// The file as it is when every sentence is followed by the claims that are found in it.
fn read_again(file: &str) -> String {
    let mut again = String::new();
    let mut lang = Lang::En;
    for line in file.lines().filter(|line| !line.starts_with("    ")) {
        writeln!(again, "{line}").expect("a string takes all");
        if let Some(code) = line.strip_prefix("#lang ") {
            lang = Lang::from_code(code).expect("a language of the program");
        }
        if !line.is_empty() && !line.starts_with('#') {
            again += &found(lang, line);
        }
    }
    again
}

/// The claims of one marked sentence, a line each.
fn found(lang: Lang, marked: &str) -> String {
    let sentence = Marked::new(lang, marked);
    claims_of(lang, &sentence).iter().map(|claim| line(&sentence, claim)).collect()
}

/// The claims of one marked sentence.
fn claims_of(lang: Lang, sentence: &Marked) -> Vec<Claim> {
    let words = sentence.words();
    let places = locatives(&words);
    let whole = Span::new(0, sentence.text.len());
    let as_of = jiff::civil::date(2024, 10, 24);
    let outline = Outline {
        blocks: vec![Block {
            span: whole,
            kind: BlockKind::Paragraph,
            lang,
            heading: None,
            label: None,
            as_of: Some(as_of),
        }],
        sentences: vec![Sentence { span: whole, block: 0, first_token: 0, end_token: sentence.tokens.len() }],
        tokens: sentence.tokens.clone(),
    };
    let document = Document { text: sentence.text.clone(), ..Document::default() };
    let cues = [Lexicon::embedded().cues(lang, &sentence.text, &sentence.tokens)];
    claims(&document, &outline, &cues, &sentence.mentions, &places, Lexicon::embedded())
}

/// "    advance RU asserted Kupyansk near N @Lyman NE 2024-10-22..2024-10-23 by milblogger".
fn line(sentence: &Marked, claim: &Claim) -> String {
    let name = |mention: usize| sentence.mentions[mention].span.of(&sentence.text);
    let place = &claim.place;
    let sector = sentence.mentions[place.place].kind == MentionKind::Sector;
    let mut line = format!(
        "    {} {} {} {} {}",
        claim.claim_type.as_str(),
        claim.actor_side.as_str(),
        claim.status.as_str(),
        name(place.place),
        if sector && place.relation.as_str() == "in" { "axis" } else { place.relation.as_str() },
    );
    let mut add = |word: &str| {
        line.push(' ');
        line.push_str(word);
    };
    if let Some(bearing) = place.bearing {
        add(bearing.as_str());
    }
    if let Some(anchor) = place.anchor {
        add(&format!("@{}", name(anchor.mention)));
        anchor.bearing.inspect(|bearing| add(bearing.as_str()));
    }
    if let Some((first, last)) = claim.when.event {
        add(&format!("{first}..{last}"));
    }
    if let Some(kind) = claim.claimed_by_kind {
        add(&format!("by {}", kind.as_str()));
    }
    line.push('\n');
    line
}

mod any_text {
    use super::*;
    use proptest::prelude::*;

    /// Words of the tables, places and marks in any order: what no writer would write.
    fn jumble() -> impl Strategy<Value = String> {
        let words = [
            "Russian",
            "Ukrainian",
            "forces",
            "the",
            "enemy",
            "advanced",
            "attack",
            "attacks",
            "seized",
            "of",
            "near",
            "north",
            "northern",
            "5",
            "km",
            "(",
            ")",
            ",",
            ";",
            "and",
            "but",
            "that",
            "which",
            "where",
            "claimed",
            "did",
            "not",
            "to",
            "from",
            "by",
            "was",
            "repelled",
            "conducted",
            "on October 22",
            "overnight",
            "[Lyman]",
            "[Kupyansk]",
            "[Kursk Oblast|admin1]",
            "[Oskil River|water]",
            "-",
            "direction",
            "line",
            "respectively",
            "footage",
            "indicates",
            "according to",
            "there",
            "the settlement",
            "before",
            "\u{0457}\u{2019}",
            "including",
            "are false",
            "may suggest",
            "(8th CAA",
            "Noname",
            "Somebody",
            "documents",
            "industrial zone",
            "a village",
            "% of",
            "“",
        ];
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..40)
            .prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_claim_leaves_its_sentence(marked in jumble()) {
            let sentence = Marked::new(Lang::En, &marked);
            let whole = Span::new(0, sentence.text.len());
            for claim in claims_of(Lang::En, &sentence) {
                let inside = [Some(claim.trigger), claim.actor, claim.unit, claim.claimed_by, claim.hedge, claim.when.text];
                for span in inside.into_iter().flatten() {
                    prop_assert!(whole.contains(span));
                    prop_assert!(sentence.text.is_char_boundary(span.start) && sentence.text.is_char_boundary(span.end));
                }
                prop_assert!(whole.contains(claim.place.span));
                prop_assert!(claim.place.place < sentence.mentions.len());
                prop_assert!((0.0..=1.0).contains(&claim.confidence));
            }
        }
    }
}
