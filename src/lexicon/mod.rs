//! Which words mean what, by language: actors, verbs of action, hedges, attributions, directions.
//! The words themselves are data under `gazetteer/lexicon/`; the patterns over them are the stages' work.

mod files;
mod meaning;
mod sense;
mod table;

pub(crate) use meaning::words;
pub use meaning::{Bearing, ClaimType, ClaimantKind, Relation, Side};
pub use sense::{
    Auxiliary, Claimant, Class, Evidence, Filler, Form, Hedge, Link, Mood, Position, Preposition, Pronoun,
    Reach, Role, Saying, Sector, Sense, Shape,
};

use crate::document::Lang;
use crate::text::Token;
use std::sync::LazyLock;
use table::Table;

/// The words of all languages. Built once; looking a sentence up costs a probe a token.
#[derive(Debug)]
pub struct Lexicon {
    /// One table a language, in the order of [`files::LANGS`].
    tables: Vec<Table>,
}

/// A phrase of the lexicon found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its first token, as an index into the sentence's tokens.
    pub first: u32,
    /// One past its last token.
    pub end: u32,
    /// What it means.
    pub sense: Sense,
}

/// The cues of one sentence, and room that the next sentence uses again.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    /// By first token, longer ones first.
    pub all: Vec<Cue>,
    /// For each token the classes of the cues over it.
    pub classes: Vec<ClassSet>,
    /// For each token the first cue that does not begin before it, and one more for the end.
    starts: Vec<u32>,
}

/// A set of [`Class`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassSet(u32);

/// A line of a table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    /// The table file.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What stood there and what was expected.
    pub problem: String,
}

impl Lexicon {
    /// The lexicon that the program carries.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::read(files::FILES).expect("a test reads all embedded tables"));
        &LEXICON
    }

    /// The lexicon of `files`: language, class and content of each.
    ///
    /// # Errors
    /// At the first line that is not understood.
    pub fn read(files: &[(Lang, Class, &str)]) -> Result<Lexicon, LexiconError> {
        let mut tables = Vec::new();
        for lang in files::LANGS {
            let mut drafts = Vec::new();
            for &(_, class, content) in files.iter().filter(|file| file.0 == lang) {
                let name = format!("gazetteer/lexicon/{}/{}.tsv", lang.code(), class.as_str());
                table::read_phrases(&name, class, content, &mut drafts)?;
            }
            tables.push(Table::new(drafts));
        }
        Ok(Lexicon { tables })
    }

    /// The cues of one sentence's tokens.
    pub fn cues(&self, lang: Lang, text: &str, tokens: &[Token]) -> Cues {
        let mut cues = Cues::default();
        self.cues_into(lang, text, tokens, &mut cues);
        cues
    }

    /// As [`Lexicon::cues`], into room that was used before.
    pub fn cues_into(&self, lang: Lang, text: &str, tokens: &[Token], cues: &mut Cues) {
        cues.all.clear();
        cues.all.reserve(tokens.len());
        cues.starts.clear();
        cues.starts.reserve(tokens.len() + 1);
        cues.classes.clear();
        cues.classes.resize(tokens.len(), ClassSet::default());
        let table = files::LANGS.iter().position(|&known| known == lang);
        if let Some(table) = table.map(|at| &self.tables[at]) {
            table.find(text, tokens, cues);
        }
    }
}

impl Cues {
    /// The cues that begin at token `at`, longer ones first.
    pub fn at(&self, at: usize) -> &[Cue] {
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        let (start, end) = (start as usize, end as usize);
        &self.all[start..end]
    }

    /// Whether a cue of `class` covers token `at`.
    pub fn has(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    /// Whether any cue is of `class`.
    pub fn any(&self, class: Class) -> bool {
        self.all.iter().any(|cue| cue.sense.class() == class)
    }
}

impl ClassSet {
    /// The set of `classes`.
    pub const fn of(classes: &[Class]) -> ClassSet {
        let mut set = ClassSet(0);
        let mut at = 0;
        while at < classes.len() {
            set.0 |= 1 << classes[at] as u32;
            at += 1;
        }
        set
    }

    /// Whether `class` is in it.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether the sets share a class.
    pub fn meets(self, other: ClassSet) -> bool {
        self.0 & other.0 != 0
    }

    fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::token::tokens;

    fn cues(text: &str) -> Vec<(String, Sense)> {
        let tokens = tokens(text, Span::new(0, text.len()));
        let cues = Lexicon::embedded().cues(Lang::En, text, &tokens);
        let words = |cue: &Cue| {
            let span = tokens[cue.first as usize].span.cover(tokens[cue.end as usize - 1].span);
            span.of(text).to_owned()
        };
        cues.all.iter().map(|cue| (words(cue), cue.sense)).collect()
    }

    #[test]
    fn all_embedded_tables_are_read() {
        Lexicon::read(files::FILES).expect("every line of the tables is understood");
    }

    #[test]
    fn every_table_is_sorted_and_has_no_line_twice() {
        for (lang, class, content) in files::FILES {
            let lines: Vec<&str> = content.lines().filter(|line| !line.starts_with('#')).collect();
            for pair in lines.windows(2) {
                assert!(
                    pair[0] < pair[1],
                    "{} {}: `{}` stands before `{}`",
                    lang.code(),
                    class.as_str(),
                    pair[0],
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn the_longest_phrase_of_a_class_counts() {
        let found = cues("The Russian Ministry of Defense claimed");
        assert!(
            found.contains(&("Russian Ministry of Defense".to_owned(), Sense::Claimant(Claimant::RuMod)))
        );
        assert!(found.contains(&("Russian".to_owned(), Sense::Side(Side::Ru))));
    }

    #[test]
    fn a_gap_passes_over_a_few_words_but_no_marks() {
        let seizure = Sense::Verb(ClaimType::Seizure, Form::Base);
        assert!(cues("take full operational control of").iter().any(|cue| cue.1 == seizure));
        assert!(!cues("take, control").iter().any(|cue| cue.1 == seizure));
    }

    #[test]
    fn a_phrase_with_a_capital_wants_one() {
        assert!(cues("US officials").iter().any(|cue| cue.1 == Sense::Side(Side::Other)));
        assert!(!cues("told us").iter().any(|cue| matches!(cue.1, Sense::Side(_))));
    }
}
