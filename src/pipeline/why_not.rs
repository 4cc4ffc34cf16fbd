//! Why a sentence with a word of gain ("advanced", "the seizure of") was not drawn as ground gained: a page of
//! [`Undrawn`], which claims find.

use super::{Analysis, Knowledge};
use crate::claim::{Reason, Undrawn, undrawn};
use std::fmt::Write;

/// The reasons, a sentence each, for a person to read; nothing where every word of gain was drawn.
pub fn why_not(analysis: &Analysis, knowledge: &Knowledge) -> String {
    let Analysis { document, outline, mentions, locatives, claims, .. } = analysis;
    let mut page = String::new();
    for Undrawn { sentence, words, reason } in
        undrawn(document, outline, mentions, locatives, claims, knowledge.lexicon)
    {
        let whole = outline.sentences[sentence].span.of(&document.text).replace(['\n', '\r'], " ");
        let word = words.of(&document.text);
        let other = match reason {
            Reason::Other(kind) => format!(": {}", kind.as_str()),
            _ => String::new(),
        };
        writeln!(page, "\n\"{whole}\"\n  \"{word}\" was not drawn: {}{other}", reason.as_str())
            .expect("writing to a string does not fail");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::pipeline::analyze;

    #[test]
    fn each_undrawn_word_of_gain_is_told_with_its_reason() {
        let text = "Russian forces advanced near Kupyansk.\n\n\
            Russian forces attempted to advance near Pokrovsk.\n\nRussian forces advanced.";
        let knowledge = Knowledge::embedded();
        let analysis = analyze(Document { text: text.to_owned(), ..Document::default() }, &knowledge);
        assert_eq!(
            why_not(&analysis, &knowledge),
            "\n\"Russian forces attempted to advance near Pokrovsk.\"\n  \
            \"advance\" was not drawn: it counts as another kind of action: attack\n\
            \n\"Russian forces advanced.\"\n  \"advanced\" was not drawn: the sentence names no place\n"
        );
    }
}
