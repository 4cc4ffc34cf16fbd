//! One sentence as the stages read it: [`Words`], its tokens, cues and mentions side by side.

use super::Mention;
use crate::document::Span;
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Class, ClassSet, Cue, Cues, Sense};
use crate::text::Token;

/// One sentence: what stands in it and what its words mean.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence's tokens.
    pub tokens: &'a [Token],
    /// The cues over them.
    pub cues: &'a Cues,
    /// The mentions in the sentence, in text order.
    pub mentions: &'a [Mention],
    /// Where these stand among the document's mentions.
    pub first_mention: usize,
}

impl<'a> Words<'a> {
    /// The token at or after byte `at` of the text, as an index; the number of tokens if there is none.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < at)
    }

    /// The tokens from `first` to before `end` as a span; empty at the end of an empty sentence.
    pub fn span(&self, first: usize, end: usize) -> Span {
        match (self.tokens.get(first), self.tokens.get(end.wrapping_sub(1))) {
            (Some(a), Some(b)) if first < end => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// The class that the words of mention `at` state, by a generic word or because the name alone says so.
    pub fn class_of(&self, at: usize) -> Option<PlaceClass> {
        let mention = &self.mentions[at];
        let named = || {
            self.sense_at(self.token_at(mention.span.start), |sense| match sense {
                Sense::Region(class) => Some(class),
                _ => None,
            })
        };
        mention.stated_class.or_else(|| named().map(|(class, _)| class))
    }

    /// The words of token `at`; empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// The cues that begin at token `at`.
    pub fn cues_at(&self, at: usize) -> &'a [Cue] {
        self.cues.at(at)
    }

    /// Whether a cue of `class` covers token `at`.
    pub fn is(&self, at: usize, class: Class) -> bool {
        self.cues.has(at, class)
    }

    /// Whether a cue of one of `classes` covers token `at`.
    pub fn is_any(&self, at: usize, classes: ClassSet) -> bool {
        self.cues.classes.get(at).is_some_and(|known| known.meets(classes))
    }

    /// The mentions that stand over token `at`.
    pub fn mentions_over(&self, at: usize) -> &'a [Mention] {
        let Some(token) = self.tokens.get(at) else {
            return &[];
        };
        let first = self.mentions.partition_point(|mention| mention.span.end <= token.span.start);
        let rest = &self.mentions[first..];
        &rest[..rest.iter().take_while(|mention| mention.span.start < token.span.end).count()]
    }

    /// The first sense of a cue beginning at `at` for which `pick` gives something, with one past its last token.
    pub fn sense_at<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        let found = self.cues_at(at).iter();
        found.filter_map(|cue| pick(cue.sense).map(|value| (value, cue.end as usize))).next()
    }
}
