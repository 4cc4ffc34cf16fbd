//! A sentence as the recogniser reads it: its tokens with the questions asked of them.

use super::place_words::{Known, Role, Words};
use crate::document::Span;
use crate::text::{Token, TokenKind, without_possessive};

/// One sentence.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub words: &'a Words,
    /// What is known of each token's word, looked up once since the guards ask again and again.
    known: Vec<Known>,
}

impl<'a> Line<'a> {
    /// The sentence of some tokens.
    pub fn new(text: &'a str, tokens: &'a [Token], words: &'a Words) -> Line<'a> {
        let known = tokens.iter().map(|token| words.known(token)).collect();
        Line { text, tokens, words, known }
    }

    /// The word at a position, without its possessive ending.
    pub fn word(&self, at: usize) -> Option<&'a str> {
        Some(bare(self.tokens.get(at)?.span.of(self.text)))
    }

    /// Whether the word at a position has a role.
    pub fn is(&self, at: usize, role: Role) -> bool {
        self.is_any(at, role as u32)
    }

    /// Whether the word at a position has any of some roles.
    pub fn is_any(&self, at: usize, roles: u32) -> bool {
        self.known.get(at).is_some_and(|known| known.has_any(roles))
    }

    /// Whether a name stands inside a phrase that is no place.
    pub fn is_not_place(&self, first: usize, end: usize) -> bool {
        const LONGEST: usize = 6;
        let begins = |&start: &usize| self.known[start].begins_no_place;
        (first.saturating_sub(LONGEST)..=first)
            .filter(begins)
            .any(|start| self.words.is_not_place(&self.tokens[start..], end.saturating_sub(start)))
    }

    /// Whether the word before a position has a role.
    pub fn is_before(&self, at: usize, role: Role) -> bool {
        at > 0 && self.is(at - 1, role)
    }

    /// Whether the words before a position make a place of what stands there: "in", "southwest of".
    pub fn is_located(&self, at: usize) -> bool {
        self.is_before(at, Role::StrongLocative)
            || at > 1 && self.is_before(at, Role::Of) && self.is_before(at - 1, Role::Compass)
    }

    /// Whether the token at a position is a word with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capital())
    }

    /// Whether the token at a position is a given mark.
    pub fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Mark && marks.contains(&token.span.of(self.text)))
    }

    /// Whether the word at a position ends in a possessive.
    pub fn is_possessive(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| without_possessive(token.span.of(self.text)).is_some())
    }

    /// The span of some tokens, less the possessive ending of the last.
    pub fn span(&self, first: usize, end: usize) -> Span {
        let (start, last) = (self.tokens[first].span, self.tokens[end - 1].span);
        let word = last.of(self.text);
        let length = without_possessive(word).unwrap_or(word).len();
        Span::new(start.start, last.start + length)
    }

    /// The longest phrase with a role that begins at a position: one past its end, and its class.
    pub fn phrase(&self, at: usize, role: Role) -> Option<(usize, Option<crate::gazetteer::PlaceClass>)> {
        let known = self.known.get(at)?;
        if !known.begins_phrase {
            return known.has(role).then_some((at + 1, known.class));
        }
        let (words, class) = self.words.at(&self.tokens[at..], role)?;
        Some((at + words, class))
    }

    /// The same for a phrase that ends right before a position: its first word, and its class.
    pub fn phrase_before(
        &self,
        end: usize,
        role: Role,
    ) -> Option<(usize, Option<crate::gazetteer::PlaceClass>)> {
        const LONGEST: usize = 4;
        (1..=LONGEST.min(end)).rev().find_map(|length| {
            let first = end - length;
            let (past, class) = self.phrase(first, role)?;
            (past == end).then_some((first, class))
        })
    }

    /// Whether a position is the first word of the sentence, quotation marks and bullets aside.
    pub fn is_first(&self, at: usize) -> bool {
        !self.tokens[..at].iter().any(|token| token.is_word())
    }

    /// One past a parenthesis that opens at a position.
    pub fn past_parenthesis(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 16;
        if !self.is_mark(at, &["("]) {
            return None;
        }
        (at + 1..self.tokens.len().min(at + LONGEST)).find(|&at| self.is_mark(at, &[")"])).map(|at| at + 1)
    }
}

/// A word without its possessive ending, if it has one.
fn bare(word: &str) -> &str {
    without_possessive(word).unwrap_or(word)
}
