//! Any bytes, read in every format and outlined: nothing panics, every span lies on character boundaries.
#![no_main]

use frontmap::document::read::{Options, from_reader};
use frontmap::outline::outline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options::default();
    for name in ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl", "a"] {
        for document in from_reader(name, bytes, &options).flatten() {
            let outline = outline(&document);
            for sentence in &outline.sentences {
                assert!(outline.block_of(sentence).span.contains(sentence.span));
                assert!(document.text.get(sentence.span.range()).is_some());
            }
        }
    }
});
