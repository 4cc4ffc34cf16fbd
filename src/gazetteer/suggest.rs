//! Names close to a spelling that no place has: those that begin with it, and those one edit away.

use super::layout::WHOLE;
use super::{Gazetteer, NameHit, NameTier, PlaceIx};
use crate::document::Lang;
use crate::text::fold::{self, Folder};

/// Shortest spelling, in letters, of which one edit is tried; shorter names are too often each other's edits.
pub const EDITED_LETTERS_MIN: usize = 7;
/// The letters that occur in keys.
const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

impl Gazetteer {
    /// The places with a name one edit (a letter more, less, other, or two swapped) from `name` by the folded key.
    /// Empty for names under [`EDITED_LETTERS_MIN`] letters and for those that are a place's themselves.
    /// Such a hit means nothing unless an anchor or unit agrees.
    pub fn near_names(&self, name: &str, lang: Option<Lang>) -> Vec<NameHit> {
        if name.chars().filter(|c| c.is_alphabetic()).count() < EDITED_LETTERS_MIN
            || !self.lookup(name, lang).is_empty()
        {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for key in fold::keys(name, lang.map(Lang::code)) {
            self.edits_of(key.as_bytes(), &mut hits);
        }
        super::best_of_each(&mut hits);
        hits
    }

    /// Appends the places whose key is one edit away.
    fn edits_of(&self, key: &[u8], hits: &mut Vec<NameHit>) {
        let mut edited = Vec::with_capacity(key.len() + 1);
        let mut look_up = |edited: &[u8]| {
            let hash = fold::hash(edited);
            if self.marks(hash) & WHOLE != 0 {
                let first = hits.len();
                self.hits_of("", hash, false, hits);
                hits[first..].iter_mut().for_each(|hit| hit.tier = NameTier::Edited);
            }
        };
        for at in 0..=key.len() {
            let (before, after) = key.split_at(at);
            for letter in LETTERS.iter().copied() {
                set(&mut edited, &[before, &[letter], after]);
                look_up(&edited);
            }
            let Some((&letter, rest)) = after.split_first() else { break };
            set(&mut edited, &[before, rest]);
            look_up(&edited);
            for other in LETTERS.iter().copied().filter(|&other| other != letter) {
                set(&mut edited, &[before, &[other], rest]);
                look_up(&edited);
            }
            if let Some((&next, rest)) = rest.split_first() {
                set(&mut edited, &[before, &[next, letter], rest]);
                look_up(&edited);
            }
        }
    }

    /// Up to `count` places with a name whose folded key begins with that of `prefix`, each with that name;
    /// the most populous first. Reads all names, which takes some tens of milliseconds.
    pub fn suggestions(&self, prefix: &str, lang: Option<Lang>, count: usize) -> Vec<(PlaceIx, &str)> {
        let keys = fold::keys(prefix, lang.map(Lang::code));
        let mut folder = Folder::default();
        let mut found: Vec<(u32, PlaceIx, &str)> = Vec::new();
        for (layer, of) in self.layers.iter().enumerate() {
            for name in 0..of.table.name_count() {
                let (local, packed) = of.table.name(name);
                let text = of.table.string(super::layout::name_string(packed));
                let begins = fold::readings(text, None).iter().any(|&reading| {
                    folder.set(text, reading);
                    keys.iter().any(|key| folder.key().starts_with(key.as_bytes()))
                });
                if begins {
                    let ix = self.known_as(layer, local);
                    found.push((self.place(ix).population.unwrap_or(0), ix, text));
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.dedup_by_key(|&mut (_, ix, _)| ix);
        found.truncate(count);
        found.into_iter().map(|(_, ix, text)| (ix, text)).collect()
    }
}

/// Makes `key` of the parts.
fn set(key: &mut Vec<u8>, parts: &[&[u8]]) {
    key.clear();
    parts.iter().for_each(|part| key.extend_from_slice(part));
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn one_edit_is_found_and_two_are_not() {
        let gazetteer = fixture::gazetteer();
        let names = |name: &str| -> Vec<String> {
            let hits = gazetteer.near_names(name, None);
            assert!(hits.iter().all(|hit| hit.tier == NameTier::Edited));
            hits.iter().map(|hit| gazetteer.place(hit.place).id.to_owned()).collect()
        };
        for spelling in ["Kupianska", "Kupians", "Kupainsk", "Kubiansk", "Купиянсьык"] {
            assert_eq!(names(spelling), ["UA630801"], "{spelling}");
        }
        assert_eq!(names("Andriivkas"), ["UA1401", "UA6309"]);
        assert!(names("Kupi").is_empty(), "too short");
        assert!(names("Kubianks").is_empty(), "two edits");
        assert!(names("Kupiansk").is_empty(), "itself a place");
    }

    #[test]
    fn suggestions_begin_with_the_words_given() {
        let gazetteer = fixture::gazetteer();
        let names = |prefix| -> Vec<&str> {
            gazetteer.suggestions(prefix, None, 3).into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(names("kup"), ["Kupiansk", "Kupiansk Raion"]);
        assert_eq!(names("Часів"), ["Chasiv Yar"]);
        assert!(names("Zbruch").is_empty());
    }
}
