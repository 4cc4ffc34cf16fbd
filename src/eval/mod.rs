//! How good it is: scores against labelled sets. It judges what the pipeline gives; it changes nothing.

mod claims;
pub mod gold;

pub use claims::{ClaimScores, Places, Rate, Score, score};
