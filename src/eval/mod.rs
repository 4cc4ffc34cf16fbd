//! How good it is: scores against labelled sets. It judges what the pipeline gives; it changes nothing.

mod claims;
pub mod gold;
mod held_out;
mod labelled;
mod resolution;

pub use claims::{ClaimScores, Places, Rate, Score, score};
pub use held_out::HeldOut;
pub use labelled::{Gloss, Half, LabelledError, LabelledText, Truth, gold_set, named, offsets};
pub use resolution::{NewsScores, PlaceScores, ReachScore, ResolutionScores, news_scores, resolution_scores};
