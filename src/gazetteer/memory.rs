//! What a reader remembers of the gazetteer from one text to the next: reports name the same places day after day.
//! It only saves time; no answer depends on it.

use super::{Gazetteer, NameHit, NameMatch};
use crate::document::Lang;
use crate::text::fold::Folder;
use rustc_hash::FxHashMap;

/// What was looked up before. It belongs to one gazetteer.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// What is known of Latin words with a capital, by their key as written; nothing where no name begins so.
    pub(super) first_words: FxHashMap<u64, Option<FirstWord>>,
    /// The places of each spelling, by the language of the text.
    hits: [FxHashMap<Box<str>, Vec<NameHit>>; 3],
    /// The places with a name one edit from a spelling.
    near: FxHashMap<Box<str>, Vec<NameHit>>,
}

/// A word as the first of a name.
#[derive(Clone, Debug)]
pub(super) struct FirstWord {
    pub(super) folder: Folder,
    /// What the filters say of it.
    pub(super) marks: u8,
}

impl Memory {
    /// How many things are remembered.
    pub fn len(&self) -> usize {
        self.first_words.len() + self.near.len() + self.hits.iter().map(FxHashMap::len).sum::<usize>()
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Gazetteer {
    /// As [`Gazetteer::hits`], of a match in a text of `lang`, looked up once a spelling.
    pub fn hits_on<'m>(
        &self,
        text: &str,
        found: &NameMatch,
        lang: Lang,
        memory: &'m mut Memory,
    ) -> &'m [NameHit] {
        let known = &mut memory.hits[lang as usize];
        let spelling = found.span.of(text);
        if !known.contains_key(spelling) {
            known.insert(spelling.into(), self.hits(text, found));
        }
        &known[spelling]
    }

    /// As [`Gazetteer::near_names`], of a name in a language that is not known, looked up once a spelling.
    pub fn near_names_on<'m>(&self, name: &str, memory: &'m mut Memory) -> &'m [NameHit] {
        if !memory.near.contains_key(name) {
            memory.near.insert(name.into(), self.near_names(name, None));
        }
        &memory.near[name]
    }
}
