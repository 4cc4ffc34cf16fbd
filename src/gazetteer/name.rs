//! Names of places and how a spelling in a text meets one.

use super::PlaceIx;
use crate::text::fold::{is_apostrophe, is_silent};
use serde::Serialize;
use unicode_normalization::char::decompose_canonical;

/// One name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Name<'g> {
    /// As displayed.
    pub text: &'g str,
    /// ISO 639-1 code, where the source says one and it is one of the common ones.
    pub lang: Option<&'static str>,
    /// What sort of name it is.
    pub kind: NameKind,
    /// First day, month or year of its validity, as the source has it.
    pub from: Option<&'g str>,
    /// Last day, month or year of its validity.
    pub to: Option<&'g str>,
}

/// How a name in the text met a name in the gazetteer, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameTier {
    /// Letter for letter.
    Exact,
    /// But for apostrophes, hyphens, case and marks.
    Plain,
    /// By the folded key that joins romanisations and scripts.
    Folded,
    /// One edit away.
    Edited,
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// The main or official name.
    Official,
    /// The name in another language.
    Exonym,
    /// A further name without a kind.
    Alternate,
    /// A short form or abbreviation.
    Short,
    /// A Russian name that a source gives.
    Russian,
    /// A name no longer official.
    Former,
    /// An adjective used for a sector.
    Adjective,
    /// A Russian form made by rule.
    RuGenerated,
}

/// One place that a name may denote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NameHit {
    /// The place.
    pub place: PlaceIx,
    /// How the spelling met.
    pub tier: NameTier,
    /// What sort of name it is.
    pub kind: NameKind,
    /// Whether the words were read as a case form of the name, as Ukrainian and Russian texts have them.
    pub inflected: bool,
}

impl NameKind {
    /// All, best first, in the order of their codes in compiled tables.
    pub const ALL: [NameKind; 8] = [
        NameKind::Official,
        NameKind::Exonym,
        NameKind::Alternate,
        NameKind::Short,
        NameKind::Russian,
        NameKind::Former,
        NameKind::Adjective,
        NameKind::RuGenerated,
    ];

    /// The word used in tables and outputs.
    pub fn as_str(self) -> &'static str {
        super::layout::NAME_KINDS[self as usize]
    }
}

impl NameTier {
    /// The tier at which `spelling` meets a name displayed as `name`, given that their keys are equal.
    pub fn of(spelling: &str, name: &str) -> NameTier {
        if spelling == name {
            NameTier::Exact
        } else if parted_by_script(spelling, name) {
            NameTier::Folded
        } else if is_plain_letters(spelling) && is_plain_letters(name) {
            if spelling.eq_ignore_ascii_case(name) { NameTier::Plain } else { NameTier::Folded }
        } else if plain(spelling).eq(plain(name)) {
            NameTier::Plain
        } else {
            NameTier::Folded
        }
    }

    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            NameTier::Exact => "exact",
            NameTier::Plain => "plain",
            NameTier::Folded => "folded",
            NameTier::Edited => "edited",
        }
    }
}

/// Whether one begins with a letter of ASCII and the other with one of Cyrillic, so that no letter agrees.
fn parted_by_script(a: &str, b: &str) -> bool {
    let is_cyrillic = |name: &str| matches!(name.as_bytes().first(), Some(0xd0..=0xd4));
    let is_latin = |name: &str| name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    is_cyrillic(a) && is_latin(b) || is_latin(a) && is_cyrillic(b)
}

/// Whether a name is nothing but letters of ASCII, which most are and which need no folding to be compared.
fn is_plain_letters(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The letters of a name in lower case without marks and apostrophes; whatever parts words is one space.
fn plain(name: &str) -> impl Iterator<Item = char> {
    let mut parted = true;
    name.chars().flat_map(char::to_lowercase).flat_map(bare).filter(|&c| !is_apostrophe(c)).filter_map(
        move |c| {
            let parts = !c.is_alphanumeric();
            let again = parts && parted;
            parted = parts;
            (!again).then_some(if parts { ' ' } else { c })
        },
    )
}

/// A letter without its marks; the Cyrillic letters whose marks are part of them stay whole.
fn bare(c: char) -> Option<char> {
    if c.is_ascii() || ('\u{400}'..='\u{52f}').contains(&c) {
        return Some(c);
    }
    let mut first = None;
    decompose_canonical(c, |part| {
        first = first.or((!is_silent(part)).then_some(part));
    });
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers() {
        for (spelling, name, tier) in [
            ("Kupyansk", "Kupyansk", NameTier::Exact),
            ("KUPYANSK", "Kupyansk", NameTier::Plain),
            ("Kup’yansk", "Kupyansk", NameTier::Plain),
            ("Rostov on Don", "Rostov-on-Don", NameTier::Plain),
            ("Rostov\non  Don", "Rostov-on-Don", NameTier::Plain),
            ("Goteborg", "Göteborg", NameTier::Plain),
            ("Kupiansk", "Kupyansk", NameTier::Folded),
            ("Край", "Краи", NameTier::Folded),
        ] {
            assert_eq!(NameTier::of(spelling, name), tier, "{spelling} {name}");
        }
    }
}
