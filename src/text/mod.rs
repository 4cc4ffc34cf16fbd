//! How words are made comparable: tokens, sentences, folded keys, romanisation, the language of a paragraph.
//! Folded text never leaves this module; what words mean is `lexicon`'s question.
//!
//! Shapes: [`tokens`](token::tokens) cuts a stretch into [`Token`]s, [`sentences`] finds sentence spans,
//! [`lang::detect`] says which language a paragraph is in, [`dates`] finds the dates,
//! [`fold`] makes the key under which all spellings of one name meet.

pub mod date;
mod codepoints;
pub mod cases;
pub mod fold;
pub mod lang;
pub mod sentence;
pub(crate) mod table;
pub mod token;
mod word_keys;

pub use codepoints::CodePoints;
pub use date::{DateMention, DatePrecision, dates};
pub use sentence::sentences;
pub use token::{Token, TokenKind};
pub use word_keys::WordKeys;
pub(crate) use word_keys::without_possessive;
