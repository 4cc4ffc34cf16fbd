//! How a document is built: blocks (headings, paragraphs, list items, notes), their section, language and
//! date, and the sentences in them. What the sentences say is the question of the stages to the right.

mod build;
mod cues;
mod kind;
mod piece;
mod quotation;

pub use build::outline;

use crate::document::{Lang, Span};
use crate::text::Token;
use jiff::civil::Date;

/// The build of one document: its blocks and all sentences, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Headings, paragraphs, list items and the rest, in text order, not overlapping.
    pub blocks: Vec<Block>,
    /// The sentences of headings, paragraphs and list items, in text order; headers, notes and
    /// boilerplate have none.
    pub sentences: Vec<Sentence>,
    /// The tokens of all sentences, one after another; [`Sentence::tokens`] points into it.
    pub tokens: Vec<Token>,
}

/// One block of text: a paragraph, a heading, a list item.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Its language.
    pub lang: Lang,
    /// The heading it stands under, as an index into [`Outline::blocks`].
    pub heading: Option<usize>,
    /// What the label at its start or on the line above says of it.
    pub label: Option<Label>,
    /// The date that the words in it count from: the report's, or that of a quoted report; none
    /// only where the document has no date.
    pub as_of: Option<Date>,
}

/// What a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A heading: names the axis or the effort; never a claim.
    Heading,
    /// The line that dates the document.
    Header,
    /// Advertising, calls to subscribe, navigation, credits: read by nobody.
    Boilerplate,
    /// Footnotes and endnotes.
    Note,
}

/// A label before or above a block that changes how its words are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// "Assessed Russian advances:" and its like: the narrator's own assessment.
    Assessed,
    /// "Unconfirmed claims:": somebody claims it.
    Unconfirmed,
    /// "Order of Battle:": who is where.
    OrderOfBattle,
    /// "Quote:", "Quote from ISW:": words of another.
    Quote,
    /// "Source:": names the source; holds no claim.
    Source,
    /// "Details:", "Background:": running text under a label.
    Details,
    /// "Russian objective: ...": an aim, never an event.
    Objective,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands, without bullets, numbers and footnote marks.
    pub span: Span,
    /// Its block, as an index into [`Outline::blocks`].
    pub block: usize,
    /// First of its tokens in [`Outline::tokens`].
    pub first_token: usize,
    /// One past the last of its tokens in [`Outline::tokens`].
    pub end_token: usize,
}

impl Outline {
    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.first_token..sentence.end_token]
    }

    /// The block of a sentence.
    pub fn block_of(&self, sentence: &Sentence) -> &Block {
        &self.blocks[sentence.block]
    }
}
