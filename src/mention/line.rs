//! A sentence as the recogniser reads it: its tokens with the questions asked of them.

use super::place_words::{Role, Words};
use crate::document::Span;
use crate::text::{Token, TokenKind};

/// One sentence.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub words: &'a Words,
}

impl<'a> Line<'a> {
    /// The word at a position, without its possessive ending.
    pub fn word(&self, at: usize) -> Option<&'a str> {
        let word = self.tokens.get(at)?.span.of(self.text);
        Some(without_possessive(word).unwrap_or(word))
    }

    /// Whether the word at a position has a role.
    pub fn is(&self, at: usize, role: Role) -> bool {
        self.word(at).is_some_and(|word| self.words.is(word, role))
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
        self.words.at(at, role, |at| self.word(at))
    }

    /// The same for a phrase that ends right before a position: its first word, and its class.
    pub fn phrase_before(
        &self,
        end: usize,
        role: Role,
    ) -> Option<(usize, Option<crate::gazetteer::PlaceClass>)> {
        self.words.before(end, role, |at| self.word(at))
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

/// An English word without its possessive ending.
pub(super) fn without_possessive(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('s').unwrap_or(word);
    let stem = stem.strip_suffix(['\'', '’'])?;
    (!stem.is_empty()).then_some(stem)
}
