//! The embedded tables: one file a class and language. A new file needs a line here and in the README beside them.

use super::sense::Class;
use crate::document::Lang;

/// The languages with tables.
pub(super) const LANGS: [Lang; 3] = [Lang::En, Lang::Uk, Lang::Ru];

macro_rules! tables {
    ($($class:ident $file:literal),+ $(,)?) => {
        /// Language, class and content of every table.
        pub(super) const FILES: &[(Lang, Class, &str)] = &[
            $((Lang::En, Class::$class, include_str!(concat!("../../gazetteer/lexicon/en/", $file, ".tsv")))),+,
            $((Lang::Uk, Class::$class, include_str!(concat!("../../gazetteer/lexicon/uk/", $file, ".tsv")))),+,
            $((Lang::Ru, Class::$class, include_str!(concat!("../../gazetteer/lexicon/ru/", $file, ".tsv")))),+,
        ];
    };
}

tables! {
    Side "side", Force "force", Unit "unit", Actor "actor", Verb "verb", Noun "noun", Light "light",
    Inert "inert", Mood "mood", Not "not", Say "say", Claimant "claimant", Hedge "hedge",
    Evidence "evidence", Direction "direction", Preposition "preposition", Part "part", Sector "sector",
    Generic "generic", Link "link", Pronoun "pronoun", Auxiliary "auxiliary", Distance "distance",
    Title "title", Reach "reach", Time "time", Region "region", Aerial "aerial", Filler "filler",
    Role "role", Whose "whose",
}
