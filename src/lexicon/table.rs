//! The phrases of one language in a hash table by their first word, and the search for them in tokens.
//! What a phrase means is `sense`'s matter.

use super::sense::{Class, Sense};
use super::{Cue, Cues, LexiconError};
use crate::document::Span;
use crate::text::Token;
use crate::text::token::tokens;

/// All phrases of one language.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Open addressing by the hash of the first word; the length is a power of two.
    slots: Vec<Slot>,
    /// Phrases in groups of one first word, longer ones first.
    phrases: Vec<Phrase>,
    /// The hashes of the words after the first, all phrases one after another.
    rest: Vec<u64>,
}

/// The phrases that begin with one word; an empty slot has none.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    word: u64,
    first: u32,
    end: u32,
}

/// One phrase.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    /// The word behind its first, [`GAP`] or [`END`]: most phrases part from the text there.
    next: u64,
    /// First and one past the last of its further words, in [`Table::rest`].
    rest: (u32, u32),
    /// It was written with a capital and wants one.
    capital: bool,
    sense: Sense,
}

/// Stands for up to [`GAP_WORDS`] words of any kind inside a phrase; written `~`.
const GAP: u64 = 0;

/// Stands behind the last word of a phrase of one word.
const END: u64 = 2;

/// How many words a gap passes over at most ("took ~ control" reads "took full operational control").
const GAP_WORDS: usize = 2;

/// A phrase on its way into the table.
pub(super) struct Draft {
    words: Vec<u64>,
    capital: bool,
    sense: Sense,
}

/// The phrases of one table file: `phrase TAB value TAB value`, `#` begins a comment line.
///
/// # Errors
/// Names the file, the line and what was expected.
pub(super) fn read_phrases(
    file: &str,
    class: Class,
    content: &str,
    drafts: &mut Vec<Draft>,
) -> Result<(), LexiconError> {
    for (at, line) in content.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = line.split('\t');
        let phrase = columns.next().unwrap_or_default();
        let values: Vec<&str> = columns.collect();
        let sense = Sense::parse(class, &values).map_err(|problem| LexiconError {
            file: file.to_owned(),
            line: at + 1,
            problem,
        })?;
        let words: Vec<u64> = tokens(phrase, Span::new(0, phrase.len()))
            .into_iter()
            .map(|token| match token.span.of(phrase) {
                "~" => GAP,
                _ => token.keys.lower,
            })
            .collect();
        if words.is_empty() || words[0] == GAP || words[words.len() - 1] == GAP {
            return Err(LexiconError {
                file: file.to_owned(),
                line: at + 1,
                problem: format!("`{phrase}` must begin and end with a word"),
            });
        }
        let capital = phrase.starts_with(char::is_uppercase);
        drafts.push(Draft { words, capital, sense });
    }
    Ok(())
}

impl Table {
    /// The table of all `drafts`.
    pub(super) fn new(mut drafts: Vec<Draft>) -> Table {
        drafts.sort_by(|a, b| (a.words[0], b.words.len()).cmp(&(b.words[0], a.words.len())));
        let words = drafts.chunk_by(|a, b| a.words[0] == b.words[0]).count();
        let mut table = Table {
            slots: vec![Slot::default(); (words * 4).next_power_of_two().max(4)],
            phrases: Vec::with_capacity(drafts.len()),
            rest: Vec::new(),
        };
        for group in drafts.chunk_by(|a, b| a.words[0] == b.words[0]) {
            let first = table.phrases.len() as u32;
            for draft in group {
                let start = table.rest.len() as u32;
                table.rest.extend_from_slice(&draft.words[1..]);
                table.phrases.push(Phrase {
                    next: draft.words.get(1).copied().unwrap_or(END),
                    rest: (start, table.rest.len() as u32),
                    capital: draft.capital,
                    sense: draft.sense,
                });
            }
            table.put(Slot { word: group[0].words[0], first, end: table.phrases.len() as u32 });
        }
        table
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(slot.word) & mask;
        while self.slots[at].end != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn phrases_of(&self, word: u64) -> &[Phrase] {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(word) & mask;
        loop {
            let slot = self.slots[at];
            if slot.end == 0 {
                return &[];
            }
            if slot.word == word {
                return &self.phrases[slot.first as usize..slot.end as usize];
            }
            at = (at + 1) & mask;
        }
    }

    /// Fills `cues` with those of `tokens`, by first token, then longer ones first. Of each class only
    /// the longest phrases count, and none inside a longer one of its own class.
    pub(super) fn find(&self, text: &str, tokens: &[Token], cues: &mut Cues) {
        if self.slots.is_empty() {
            return;
        }
        let mut covered = [0u32; Class::ALL.len()];
        for (at, token) in tokens.iter().enumerate() {
            let start = cues.all.len();
            cues.starts.push(start as u32);
            let next = tokens.get(at + 1).map(|token| token.keys.lower);
            for phrase in self.phrases_of(token.keys.lower) {
                let parts = phrase.next != END && phrase.next != GAP && next != Some(phrase.next);
                if parts {
                    continue;
                }
                let class = phrase.sense.class() as usize;
                if covered[class] as usize > at || (phrase.capital && !begins_upper(text, token)) {
                    continue;
                }
                let rest = &self.rest[phrase.rest.0 as usize..phrase.rest.1 as usize];
                if let Some(end) = follow(rest, at + 1, tokens) {
                    cues.all.push(Cue { first: at as u32, end: end as u32, sense: phrase.sense });
                }
            }
            drop_shorter(&mut cues.all, start);
            // Only when all phrases of this word were tried may the longest cover what it holds:
            // two senses of one class and length both count ("advance" as a verb has two forms).
            for cue in &cues.all[start..] {
                let class = cue.sense.class();
                covered[class as usize] = covered[class as usize].max(cue.end);
                for classes in &mut cues.classes[at..cue.end as usize] {
                    classes.insert(class);
                }
            }
        }
        cues.starts.push(cues.all.len() as u32);
    }
}

/// Where the search for a word's slot begins: the upper bits of a product are its best.
fn first_slot(word: u64) -> usize {
    (word >> 40) as usize
}

/// Of the cues from `start` on, which begin at one token, drops those shorter than another of their class.
fn drop_shorter(cues: &mut Vec<Cue>, start: usize) {
    let mut keep = start;
    for at in start..cues.len() {
        let cue = cues[at];
        let beaten = cues[start..keep]
            .iter()
            .any(|kept| kept.sense.class() == cue.sense.class() && kept.end > cue.end);
        if !beaten {
            cues[keep] = cue;
            keep += 1;
        }
    }
    cues.truncate(keep);
}

/// Where a phrase ends whose further words are `rest` and stand from token `at` on.
fn follow(rest: &[u64], at: usize, tokens: &[Token]) -> Option<usize> {
    let Some((&next, rest)) = rest.split_first() else {
        return Some(at);
    };
    if next != GAP {
        let here = tokens.get(at).is_some_and(|token| token.keys.lower == next);
        return here.then(|| follow(rest, at + 1, tokens))?;
    }
    for skip in 0..=GAP_WORDS {
        if let Some(end) = follow(rest, at + skip, tokens) {
            return Some(end);
        }
        if !tokens.get(at + skip).is_some_and(|token| token.is_word()) {
            return None;
        }
    }
    None
}

fn begins_upper(text: &str, token: &Token) -> bool {
    token.is_capital() || token.span.of(text).starts_with(char::is_uppercase)
}
