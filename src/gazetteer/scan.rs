//! The scan: every run of words of a text that some place is named by.
//! It judges nothing; whether a name is meant as a place is `mention`'s question.

use super::Gazetteer;
use super::layout::{BEGINNING, WHOLE, name_string};
use super::memory::{FirstWord, Memory};
use crate::document::{Lang, Span};
use crate::text::cases;
use crate::text::fold::{self, Folder, Reading};
use crate::text::{Token, TokenKind, without_possessive};
use std::cmp::Ordering;

/// A run of words that is some place's name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMatch {
    /// Its first token, as a position among the tokens scanned.
    pub first_token: usize,
    /// One past its last token.
    pub end_token: usize,
    /// Its letters; a possessive ending is left out, so the last token may reach further.
    pub span: Span,
    /// Hashes of the folded keys of the words as they stand: two where the language is open.
    pub(super) keys: [Option<u64>; 2],
    /// Names of which the words may be a case form.
    pub(super) inflected: Vec<Inflected>,
}

/// A name of which words may be a case form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inflected {
    /// The name.
    pub(super) name: String,
    /// Hash of its folded key.
    pub(super) key: u64,
}

impl Gazetteer {
    /// All names in `tokens`, the longest from each capitalised word on; they do not overlap.
    /// `lang` is the language of the text where it is known.
    pub fn scan(&self, text: &str, tokens: &[Token], lang: Option<Lang>) -> Vec<NameMatch> {
        self.scan_on(text, tokens, lang, &mut Memory::default())
    }

    /// As [`Gazetteer::scan`], of one stretch of a text after another: `memory` holds what was found out about the
    /// words of those before. It belongs to this gazetteer.
    pub fn scan_on(
        &self,
        text: &str,
        tokens: &[Token],
        lang: Option<Lang>,
        memory: &mut Memory,
    ) -> Vec<NameMatch> {
        let mut scan = Scan::new(self, text, tokens, lang, memory);
        // One word in twenty is a place in reports of this kind.
        let mut found = Vec::with_capacity(tokens.len() / 20);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            if token.is_capital()
                && let Some(name) = scan.longest(at - 1, Letters::AsWritten)
            {
                at = name.end_token;
                found.push(name);
            }
        }
        found
    }

    /// The name that `tokens` are from the first to the last, in whatever letters.
    pub(super) fn whole_name(&self, text: &str, tokens: &[Token], lang: Option<Lang>) -> Option<NameMatch> {
        let mut memory = Memory::default();
        let mut scan = Scan::new(self, text, tokens, lang, &mut memory);
        scan.longest(0, Letters::AnyCase).filter(|name| name.end_token == tokens.len())
    }

    /// What the filters of all layers say of a key.
    #[inline]
    pub(super) fn marks(&self, key: u64) -> u8 {
        self.layers.iter().fold(0, |marks, layer| marks | layer.table.marks(key))
    }

    /// Whether a name has a key.
    #[inline]
    pub(super) fn has(&self, key: u64) -> bool {
        self.layers.iter().any(|layer| layer.table.has(key))
    }

    /// Whether a name with the key is displayed in a way that `fits`.
    fn is_name(&self, key: u64, fits: impl Fn(&str) -> bool) -> bool {
        self.layers.iter().any(|layer| {
            let table = &layer.table;
            table.names_with(key).any(|name| fits(table.string(name_string(table.name(name).1))))
        })
    }
}

impl NameMatch {
    /// Of two matches from one token the longer one; both, where they are as long.
    fn longer(mut self, other: NameMatch) -> NameMatch {
        match self.end_token.cmp(&other.end_token) {
            Ordering::Less => other,
            Ordering::Greater => self,
            Ordering::Equal => {
                for key in other.keys.into_iter().flatten() {
                    if self.keys[0].is_none() {
                        self.keys[0] = Some(key);
                    } else if self.keys[0] != Some(key) {
                        self.keys[1] = Some(key);
                    }
                }
                self.inflected.extend(other.inflected);
                self
            }
        }
    }
}

/// Whether small letters in the text speak against a name with capitals there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// They do: "Novo dawn" is not Novo Dawn.
    AsWritten,
    /// They do not.
    AnyCase,
}

/// One way to read the words so far as the name they may be a form of.
#[derive(Clone, Default)]
struct Path {
    folder: Folder,
    name: String,
    inflected: bool,
}

/// What one scan needs beside the gazetteer.
struct Scan<'a> {
    gazetteer: &'a Gazetteer,
    text: &'a str,
    tokens: &'a [Token],
    lang: Option<Lang>,
    folder: Folder,
    /// Positions in the name at hand of words in small letters.
    small: Vec<usize>,
    memory: &'a mut Memory,
}

impl<'a> Scan<'a> {
    fn new(
        gazetteer: &'a Gazetteer,
        text: &'a str,
        tokens: &'a [Token],
        lang: Option<Lang>,
        memory: &'a mut Memory,
    ) -> Scan<'a> {
        Scan { gazetteer, text, tokens, lang, folder: Folder::default(), small: Vec::new(), memory }
    }

    /// The longest name that begins with the token `first`.
    #[inline]
    fn longest(&mut self, first: usize, letters: Letters) -> Option<NameMatch> {
        let word = self.tokens.get(first)?.span.of(self.text);
        if !is_cyrillic_byte(word.as_bytes()[0]) {
            return self.longest_read(first, letters, Reading::Ukrainian);
        }
        let mut longest: Option<NameMatch> = None;
        for &reading in fold::readings(word, self.lang.map(Lang::code)) {
            for name in
                [self.longest_read(first, letters, reading), self.longest_inflected(first, letters, reading)]
            {
                longest = match (longest, name) {
                    (Some(longest), Some(name)) => Some(longest.longer(name)),
                    (longest, name) => longest.or(name),
                };
            }
        }
        longest
    }

    /// The same with the words as they stand and read in one way.
    #[inline]
    fn longest_read(&mut self, first: usize, letters: Letters, reading: Reading) -> Option<NameMatch> {
        let mut longest = None;
        let (mut at, mut words) = (first, 0);
        self.folder.clear();
        self.small.clear();
        loop {
            let token = self.tokens[at];
            let word = token.span.of(self.text);
            let marks = if let Some(stem) = without_possessive(word) {
                let before = self.folder.mark();
                self.folder.push_word(stem, reading);
                if let Some(key) = self.name() {
                    longest = Some((at + 1, token.span.start + stem.len(), key));
                }
                self.folder.back_to(before);
                self.push(word, reading)
            } else if words == 0 && !is_cyrillic_byte(word.as_bytes()[0]) {
                self.push_first(token)
            } else {
                self.push(word, reading)
            };
            let key = self.folder.hash();
            if marks & WHOLE != 0 && longest.is_none_or(|(end, _, _)| end <= at) && self.is_name(key) {
                longest = Some((at + 1, token.span.end, key));
            }
            if marks & BEGINNING == 0 {
                break;
            }
            let Some(next) = next_word(self.text, self.tokens, at) else { break };
            at = next;
            words += 1;
            self.note_small(at, words, letters);
        }
        let (end_token, end, key) = longest?;
        Some(NameMatch {
            first_token: first,
            end_token,
            span: Span::new(self.tokens[first].span.start, end),
            keys: [Some(key), None],
            inflected: Vec::new(),
        })
    }

    /// The longest name of which the words from `first` on may be case forms.
    fn longest_inflected(&mut self, first: usize, letters: Letters, reading: Reading) -> Option<NameMatch> {
        let mut longest = None;
        let mut paths = vec![Path::default()];
        let (mut at, mut words) = (first, 0);
        self.small.clear();
        loop {
            let token = self.tokens[at];
            let word = token.span.of(self.text);
            let mut names = Vec::new();
            let mut longer = Vec::new();
            for path in &paths {
                self.folder.copy(&path.folder);
                self.folder.begin_word();
                let mut stem_at = (usize::MAX, self.folder.mark());
                let start = stem_at.1;
                let mut form = |stem: &str, ending: &str, inflected: bool| {
                    // The forms of one stem follow each other.
                    if stem_at.0 == stem.len() {
                        self.folder.back_to(stem_at.1);
                    } else {
                        self.folder.back_to(start);
                        self.folder.push_letters(stem, reading);
                        stem_at = (stem.len(), self.folder.mark());
                    }
                    self.folder.push_letters(ending, reading);
                    self.folder.end_word();
                    let key = self.folder.hash();
                    let marks = self.gazetteer.marks(key);
                    if marks == 0 {
                        return;
                    }
                    let path = Path {
                        folder: self.folder.clone(),
                        name: [&path.name, stem, ending].concat(),
                        inflected: path.inflected || inflected,
                    };
                    if marks & BEGINNING != 0 {
                        longer.push(path.clone());
                    }
                    if marks & WHOLE != 0 && path.inflected {
                        names.push(Inflected { name: path.name, key });
                    }
                };
                form(word, "", false);
                cases::nominatives(word, self.lang, |stem, ending| form(stem, ending, true));
            }
            names.retain(|name| {
                self.gazetteer.is_name(name.key, |name| has_cases(name) && has_small(name, &self.small))
            });
            if !names.is_empty() {
                longest = Some((at + 1, names));
            }
            if longer.is_empty() {
                break;
            }
            let Some(next) = next_word(self.text, self.tokens, at) else { break };
            let joint = &self.text[token.span.end..self.tokens[next].span.start];
            longer.iter_mut().for_each(|path| path.name.push_str(joint));
            (paths, at) = (longer, next);
            words += 1;
            self.note_small(at, words, letters);
        }
        let (end_token, inflected) = longest?;
        Some(NameMatch {
            first_token: first,
            end_token,
            span: self.tokens[first].span.cover(self.tokens[end_token - 1].span),
            keys: [None, None],
            inflected,
        })
    }

    /// Lengthens the key at hand by a word, and gives what the filters say of it.
    #[inline]
    fn push(&mut self, word: &str, reading: Reading) -> u8 {
        self.folder.push_word(word, reading);
        self.gazetteer.marks(self.folder.hash())
    }

    /// The same for a Latin word without a possessive ending that begins a name.
    #[inline]
    fn push_first(&mut self, token: Token) -> u8 {
        if let Some(known) = self.memory.first_words.get(&token.keys.exact) {
            // Without a name that begins with it the word's key is asked by nobody.
            let Some(known) = known else { return 0 };
            self.folder.copy(&known.folder);
            return known.marks;
        }
        let marks = self.push(token.span.of(self.text), Reading::Ukrainian);
        let known = (marks != 0).then(|| FirstWord { folder: self.folder.clone(), marks });
        self.memory.first_words.insert(token.keys.exact, known);
        marks
    }

    /// The hash of the key at hand, if it is a name's.
    fn name(&self) -> Option<u64> {
        let key = self.folder.hash();
        (self.gazetteer.marks(key) & WHOLE != 0 && self.is_name(key)).then_some(key)
    }

    /// Whether a name has the key and small letters where the text has them.
    #[inline]
    fn is_name(&self, key: u64) -> bool {
        if self.small.is_empty() {
            self.gazetteer.has(key)
        } else {
            self.gazetteer.is_name(key, |name| has_small(name, &self.small))
        }
    }

    /// Notes whether the token at `at`, the `word`-th of the name from 0, has small letters.
    fn note_small(&mut self, at: usize, word: usize, letters: Letters) {
        if letters == Letters::AsWritten && is_small(self.tokens[at]) {
            self.small.push(word);
        }
    }
}

/// The next token after `at` that can belong to the same name: a word or number after white space, a
/// hyphen, or the point of a short word ("St. Petersburg").
fn next_word(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    const ABBREVIATION_BYTES_MAX: usize = 3;
    let token = tokens[at];
    let next = tokens.get(at + 1)?;
    let gap = &text.as_bytes()[token.span.end..next.span.start];
    if next.kind != TokenKind::Mark {
        return is_blank(gap).then_some(at + 1);
    }
    let joins = match next.span.of(text) {
        "-" | "‐" | "‑" => gap.is_empty(),
        "–" | "—" => gap.is_empty(),
        "." => gap.is_empty() && token.is_word() && token.span.len() <= ABBREVIATION_BYTES_MAX,
        _ => false,
    };
    let after = tokens.get(at + 2)?;
    let gap = &text.as_bytes()[next.span.end..after.span.start];
    let fits = gap.is_empty() || next.span.of(text) == "." && is_blank(gap);
    (joins && fits && after.kind != TokenKind::Mark).then_some(at + 2)
}

/// Whether a gap between tokens is white space within a paragraph.
fn is_blank(gap: &[u8]) -> bool {
    gap == b" "
        || !gap.is_empty()
            && gap.iter().filter(|&&byte| byte == b'\n').count() < 2
            && std::str::from_utf8(gap).is_ok_and(|gap| gap.chars().all(char::is_whitespace))
}

/// Whether a token is a word in small letters.
fn is_small(token: Token) -> bool {
    matches!(token.kind, TokenKind::Word { capital: false, .. })
}

/// Whether a character that begins with this byte is Cyrillic.
#[inline]
fn is_cyrillic_byte(byte: u8) -> bool {
    (0xd0..=0xd4).contains(&byte)
}

/// Whether words may be read as a case form of a name: one displayed in Cyrillic, or one of several words.
/// The folded keys of single Latin words are met by chance too often.
pub(super) fn has_cases(name: &str) -> bool {
    name.bytes().any(is_cyrillic_byte) || name.contains([' ', '-'])
}

/// Whether a name has small letters at each of the given words.
fn has_small(name: &str, small: &[usize]) -> bool {
    small.iter().all(|&at| {
        fold::words(name).nth(at).is_some_and(|word| word.chars().next().is_some_and(char::is_lowercase))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{NameTier, fixture};
    use super::*;
    use crate::text::token;

    /// The names that a scan finds, in order.
    fn found(text: &str) -> Vec<&str> {
        let tokens = token::tokens(text, Span::new(0, text.len()));
        let matches = fixture::gazetteer().scan(text, &tokens, None);
        matches.iter().map(|name| name.span.of(text)).collect()
    }

    #[test]
    fn the_longest_run_of_words_is_taken() {
        assert_eq!(
            found("Troops left Velyka Novosilka, Novosilka and Rostov-on-Don."),
            ["Velyka Novosilka", "Novosilka", "Rostov-on-Don"]
        );
        assert_eq!(found("Velyka\nNovosilka"), ["Velyka\nNovosilka"]);
        assert_eq!(found("Velyka\n\nNovosilka"), ["Novosilka"]);
        assert_eq!(found("the St. Petersburg road, St Petersburg"), ["St. Petersburg", "St Petersburg"]);
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(
            found("Kupyansk, Kupiansk, KUPIANSK, Kup’yansk, Куп'янськ, Купянск"),
            ["Kupyansk", "Kupiansk", "KUPIANSK", "Kup’yansk", "Куп'янськ", "Купянск"]
        );
    }

    #[test]
    fn case_forms_are_read_as_the_names_they_are_of() {
        let text = "Бої за Куп'янськом, у Часовому Яру й біля Великої Новосілки, на схід від Андріївки.";
        assert_eq!(found(text), ["Куп'янськом", "Часовому Яру", "Великої Новосілки", "Андріївки"]);
        let gazetteer = fixture::gazetteer();
        let hits = gazetteer.lookup("Великої Новосілки", Some(Lang::Uk));
        assert_eq!(hits.len(), 1);
        assert_eq!(gazetteer.place(hits[0].place).name, "Velyka Novosilka");
        assert_eq!((hits[0].inflected, hits[0].tier), (true, NameTier::Exact));
        assert!(!gazetteer.lookup("Велика Новосілка", Some(Lang::Uk))[0].inflected);
        // Only names that are displayed in Cyrillic have cases.
        assert!(gazetteer.lookup("Новосілку", Some(Lang::Uk)).is_empty());
    }

    #[test]
    fn a_possessive_is_not_part_of_the_name() {
        assert_eq!(found("Kupyansk's defenders, KUPYANSK’S"), ["Kupyansk", "KUPYANSK"]);
        assert_eq!(found("King's Lynn"), ["King's Lynn"]);
    }

    #[test]
    fn small_letters_stand_where_the_name_has_them() {
        assert_eq!(found("Rostov on Don"), ["Rostov on Don"]);
        assert_eq!(found("the Velyka novosilka farm"), Vec::<&str>::new());
        assert_eq!(found("they fled kupyansk"), Vec::<&str>::new());
    }
}
