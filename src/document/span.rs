//! A stretch of a document's text. What stands in it is for the stages to say.

use serde::Serialize;
use std::ops::Range;

/// A half-open byte range of the original text, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// When `end` lies before `start`.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "a span ends at or after its start: {start}..{end}");
        Span { start, end }
    }

    /// The words it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
