//! The words around names that decide whether and how they name a place: generic words, sectors, titles, units,
//! prepositions ([`PlaceWords`]), read from `gazetteer/lexicon/<lang>/*.tsv`. What they do to a name is decided next door.

use super::tagger::Tagger;
use crate::document::Lang;
use crate::gazetteer::PlaceClass;
use crate::text::{Token, WordKeys};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a word beside a name does; a word may do several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Role {
    /// Belongs to the name before it: "Oblast", "River".
    After = 1,
    /// Stands for every name of the list before it: "oblasts".
    Plural = 1 << 1,
    /// States the class of the name before it without belonging to it: "oblast", "city".
    Small = 1 << 2,
    /// Belongs to the name behind it: "Republic of", "Lake".
    Before = 1 << 3,
    /// States the class of the name behind it: "village of".
    OfBefore = 1 << 4,
    /// Makes the name before it a stretch of the front: "direction".
    Sector = 1 << 5,
    /// An office or rank: the words behind it are a person's.
    Title = 1 << 6,
    /// A title that stands right before a person's name.
    PersonTitle = 1 << 7,
    /// Part of a unit's name.
    Unit = 1 << 8,
    /// Part of an institution's, plant's or treaty's name.
    Institution = 1 << 9,
    /// A place may stand behind it.
    Locative = 1 << 10,
    /// Hardly anything but a place stands behind it.
    StrongLocative = 1 << 11,
    /// What persons and capitals do: "said".
    Speech = 1 << 12,
    /// What governments do: "wants", "may".
    StateVerb = 1 << 13,
    /// A capitalised word that may stand before a place without being part of its name.
    Benign = 1 << 14,
    /// Never a place by itself, though some place is called so.
    Never = 1 << 15,
    /// A person's given name.
    Given = 1 << 16,
    /// An ordinary word of the language that is also some place's name.
    Common = 1 << 17,
    /// Joins the members of a list: "and".
    And = 1 << 18,
    /// A place and nothing else stands behind it: "near".
    PlaceOnly = 1 << 19,
    /// A direction: "northwest".
    Compass = 1 << 20,
    /// Several stretches of the front: "directions".
    Sectors = 1 << 21,
    /// The shape of a road's number, 0 for every digit: "T0000".
    Road = 1 << 22,
    /// Stands between a direction and its place: "of".
    Of = 1 << 23,
    /// Stands before a name and says nothing: "the".
    Article = 1 << 24,
    /// A short name that mostly stands before a noun as an adjective: "US".
    Modifier = 1 << 25,
    /// An abbreviation that keeps its point: "Ky."
    Abbreviated = 1 << 26,
    /// A people's adjective: "Russian".
    Demonym = 1 << 27,
    /// A month.
    Month = 1 << 28,
}

/// All roles with the words used in the tables.
const ROLES: [(&str, Role); 29] = [
    ("after", Role::After),
    ("plural", Role::Plural),
    ("small", Role::Small),
    ("before", Role::Before),
    ("of_before", Role::OfBefore),
    ("sector", Role::Sector),
    ("title", Role::Title),
    ("person_title", Role::PersonTitle),
    ("unit", Role::Unit),
    ("institution", Role::Institution),
    ("locative", Role::Locative),
    ("strong_locative", Role::StrongLocative),
    ("speech", Role::Speech),
    ("state_verb", Role::StateVerb),
    ("benign", Role::Benign),
    ("never", Role::Never),
    ("given", Role::Given),
    ("common", Role::Common),
    ("and", Role::And),
    ("place_only", Role::PlaceOnly),
    ("compass", Role::Compass),
    ("sectors", Role::Sectors),
    ("road", Role::Road),
    ("of", Role::Of),
    ("article", Role::Article),
    ("modifier", Role::Modifier),
    ("abbreviated", Role::Abbreviated),
    ("demonym", Role::Demonym),
    ("month", Role::Month),
];

/// The tables as shipped, by language.
const SHIPPED: [(Lang, &[&str]); 3] = [
    (
        Lang::En,
        &[
            include_str!("../../gazetteer/lexicon/en/place_words.tsv"),
            include_str!("../../gazetteer/lexicon/en/given_names.tsv"),
            include_str!("../../gazetteer/lexicon/en/ordinary_words.tsv"),
        ],
    ),
    (Lang::Uk, &[include_str!("../../gazetteer/lexicon/uk/place_words.tsv")]),
    (Lang::Ru, &[include_str!("../../gazetteer/lexicon/ru/place_words.tsv")]),
];

/// The demonyms as shipped: `word place`.
const DEMONYMS: &str = include_str!("../../gazetteer/lexicon/en/demonyms.tsv");

/// The adjectives of stretches of the front and of units, by language: `adjective TAB place`, `-` where it is no one place.
const ADJECTIVES: [(Lang, &str, &str); 2] = [
    (
        Lang::Uk,
        include_str!("../../gazetteer/lexicon/uk/sector_names.tsv"),
        include_str!("../../gazetteer/lexicon/uk/unit_names.tsv"),
    ),
    (
        Lang::Ru,
        include_str!("../../gazetteer/lexicon/ru/sector_names.tsv"),
        include_str!("../../gazetteer/lexicon/ru/unit_names.tsv"),
    ),
];

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// English words that are some place's name, too, as shipped: a word a line.
const COMMON: &str = include_str!("../../gazetteer/lexicon/en/common_words.tsv");

/// Abbreviations as shipped: `abbreviation place`.
const ABBREVIATED: &str = include_str!("../../gazetteer/lexicon/en/abbreviated_places.tsv");

/// The words of all languages.
#[derive(Clone, Debug)]
pub struct PlaceWords {
    /// Whether peoples' adjectives ("Russian") are wanted as mentions; the corpora of general news count them.
    pub demonyms: bool,
    langs: [Words; 3],
    /// The recogniser of general news.
    tagger: Tagger,
    /// The place that each demonym is made from.
    places: FxHashMap<&'static str, &'static str>,
    /// The full name of each abbreviation.
    full: FxHashMap<&'static str, &'static str>,
}

/// The words of one language, each under its key [as written](WordKeys::exact).
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// What is known of single words.
    known: FxHashMap<u64, Known>,
    /// Phrases of several words by their first, longest first.
    phrases: FxHashMap<u64, Vec<Phrase>>,
    /// The place that each adjective of a stretch of the front speaks of, by the adjective in small letters.
    adjectives: FxHashMap<&'static str, &'static str>,
    /// The same for the adjectives of administrative units.
    units: FxHashMap<&'static str, &'static str>,
    /// Phrases that are no place though they hold one's name, by their first word.
    not_places: FxHashMap<u64, Vec<Vec<u64>>>,
}

/// Several words with one role.
#[derive(Clone, Debug)]
struct Phrase {
    words: Vec<u64>,
    role: Role,
    class: Option<PlaceClass>,
}

impl PlaceWords {
    /// The words that come with the program.
    pub fn shipped() -> PlaceWords {
        PlaceWords {
            demonyms: false,
            tagger: Tagger::shipped(),
            full: ABBREVIATED.lines().skip(1).filter_map(|row| row.split_once('\t')).collect(),
            places: DEMONYMS.lines().skip(1).filter_map(|row| row.split_once('\t')).collect(),
            langs: SHIPPED.map(|(lang, tables)| {
                let mut words = Words::default();
                for table in tables {
                    words.read(table);
                }
                for (_, sectors, units) in ADJECTIVES.into_iter().filter(|(known, ..)| *known == lang) {
                    words.adjectives.extend(pairs(sectors));
                    words.units.extend(pairs(units));
                }
                words.read_not_places(match lang {
                    Lang::En => include_str!("../../gazetteer/lexicon/en/not_places.tsv"),
                    Lang::Uk => include_str!("../../gazetteer/lexicon/uk/not_places.tsv"),
                    Lang::Ru => include_str!("../../gazetteer/lexicon/ru/not_places.tsv"),
                });
                if lang == Lang::En {
                    for word in COMMON.lines().skip(1) {
                        words.known.entry(key(word)).or_default().roles |= Role::Common as u32;
                    }
                    for (demonym, _) in DEMONYMS.lines().skip(1).filter_map(|row| row.split_once('\t')) {
                        words.known.entry(key(demonym)).or_default().roles |= Role::Demonym as u32;
                    }
                }
                words
            }),
        }
    }

    pub(super) fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// The same with another recogniser.
    #[must_use]
    pub fn with_tagger(mut self, tagger: Tagger) -> PlaceWords {
        self.tagger = tagger;
        self
    }

    /// The full name of an abbreviated one.
    pub(super) fn full_name(&self, abbreviated: &str) -> Option<&'static str> {
        self.full.get(abbreviated).copied()
    }

    /// The name of the place that a demonym is made from.
    pub(super) fn home_of(&self, demonym: &str) -> Option<&'static str> {
        self.places.get(demonym).copied()
    }

    pub(super) fn of(&self, lang: Lang) -> &Words {
        match lang {
            Lang::En => &self.langs[0],
            Lang::Uk => &self.langs[1],
            Lang::Ru => &self.langs[2],
        }
    }
}

impl Default for PlaceWords {
    fn default() -> PlaceWords {
        PlaceWords::shipped()
    }
}

impl Words {
    /// Takes the rows `word role class` of a table.
    fn read(&mut self, table: &'static str) {
        for row in table.lines().skip(1).filter(|row| !row.is_empty()) {
            let mut cells = row.split('\t');
            let (Some(word), Some(role)) = (cells.next(), cells.next()) else {
                continue;
            };
            let Some((_, role)) = ROLES.into_iter().find(|(name, _)| *name == role) else {
                continue;
            };
            let class = cells.next().and_then(class_of);
            let words: Vec<u64> = word.split(' ').map(key).collect();
            match *words.as_slice() {
                [word] => {
                    let known = self.known.entry(word).or_default();
                    known.roles |= role as u32;
                    known.class = class.or(known.class);
                }
                [first, ..] => {
                    self.known.entry(first).or_default().begins_phrase = true;
                    let phrases = self.phrases.entry(first).or_default();
                    phrases.push(Phrase { words, role, class });
                    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
                }
                [] => {}
            }
        }
    }

    /// Whether the language names sectors or units by adjectives at all.
    pub fn has_adjectives(&self) -> bool {
        !self.adjectives.is_empty() || !self.units.is_empty()
    }

    /// The place that an adjective in small letters speaks of when a stretch of the front is named by it.
    pub fn sector_place(&self, adjective: &str) -> Option<&'static str> {
        self.adjectives.get(adjective).copied()
    }

    /// The same where units are named ("oblasts").
    pub fn unit_place(&self, adjective: &str) -> Option<&'static str> {
        self.units.get(adjective).copied()
    }

    /// Takes the rows `phrase kind note` of a table of what is no place.
    fn read_not_places(&mut self, table: &'static str) {
        for phrase in table.lines().skip(1).filter_map(|row| row.split('\t').next()) {
            let words: Vec<u64> = phrase.split(' ').filter(|word| !word.is_empty()).map(key).collect();
            if let Some(&first) = words.first() {
                self.known.entry(first).or_default().begins_no_place = true;
                self.not_places.entry(first).or_default().push(words);
            }
        }
    }

    /// Whether a single word has a role.
    pub fn is(&self, word: &str, role: Role) -> bool {
        self.known.get(&key(word)).is_some_and(|known| known.has(role))
    }

    /// The longest phrase or word with a role that `tokens` begin with: how many they are, and its class.
    pub fn at(&self, tokens: &[Token], role: Role) -> Option<(usize, Option<PlaceClass>)> {
        let first = tokens.first()?.keys.exact;
        if let Some(phrases) = self.phrases.get(&first) {
            let fits = |phrase: &&Phrase| phrase.role == role && begin_with(tokens, &phrase.words);
            if let Some(phrase) = phrases.iter().find(fits) {
                return Some((phrase.words.len(), phrase.class));
            }
        }
        let known = self.known.get(&first)?;
        known.has(role).then_some((1, known.class))
    }

    /// Whether `tokens` begin with a phrase of at least `least` words that is no place.
    pub fn is_not_place(&self, tokens: &[Token], least: usize) -> bool {
        let phrases = tokens.first().and_then(|first| self.not_places.get(&first.keys.exact));
        phrases.is_some_and(|phrases| {
            phrases.iter().any(|phrase| phrase.len() >= least && begin_with(tokens, phrase))
        })
    }

    /// All that is known of one word.
    pub fn known(&self, token: &Token) -> Known {
        self.known.get(&token.keys.exact).copied().unwrap_or_default()
    }
}

/// The key under which a word is known.
fn key(word: &str) -> u64 {
    WordKeys::of(word).exact
}

/// Whether tokens begin with the words of some keys.
fn begin_with(tokens: &[Token], words: &[u64]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, &word)| token.keys.exact == word)
}

/// The class that a table names.
fn class_of(word: &str) -> Option<PlaceClass> {
    use PlaceClass::{Admin1, Admin2, Admin3, Country, Other, Road, Settlement, Water};
    [Settlement, Admin1, Admin2, Admin3, Country, Water, Road, Other]
        .into_iter()
        .find(|class| class.as_str() == word)
}

/// What the tables know of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    roles: u32,
    /// The class that it states.
    pub class: Option<PlaceClass>,
    /// Some phrase with a role begins with it.
    pub begins_phrase: bool,
    /// Some phrase that is no place begins with it.
    pub begins_no_place: bool,
}

impl Known {
    /// Whether the single word has a role.
    pub fn has(self, role: Role) -> bool {
        self.has_any(role as u32)
    }

    /// Whether it has any of the roles.
    pub fn has_any(self, roles: u32) -> bool {
        self.roles & roles != 0
    }
}

/// Words gathered from a document itself.
pub(super) type Gathered<'t> = FxHashSet<&'t str>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        for (lang, tables) in SHIPPED {
            for table in tables {
                for (at, row) in table.lines().enumerate().skip(1) {
                    let cells: Vec<&str> = row.split('\t').collect();
                    let known = cells.len() == 3
                        && ROLES.iter().any(|(name, _)| *name == cells[1])
                        && (cells[2].is_empty() || class_of(cells[2]).is_some());
                    assert!(known, "{lang:?} line {}: {row}", at + 1);
                }
            }
        }
    }

    #[test]
    fn phrases_are_longest_first() {
        let words = PlaceWords::shipped();
        let text = "Nuclear Power Plant was";
        let tokens = crate::text::token::tokens(text, crate::document::Span::new(0, text.len()));
        let found = words.of(Lang::En).at(&tokens, Role::After);
        assert_eq!(found, Some((3, Some(PlaceClass::Other))));
    }
}
