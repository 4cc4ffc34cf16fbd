//! frontmap turns dated war reporting into map layers.
//!
//! The modules stand in the order of the way from a document to a feature, and
//! each uses only those above it; `tests/it/tidy.rs` holds them to that.
#![warn(missing_docs)]

pub mod document;
pub mod text;
pub mod gazetteer;
pub mod lexicon;
pub mod outline;
pub mod mention;
pub mod resolve;
pub mod claim;
pub mod feature;
pub mod export;
pub mod pipeline;
pub mod learn;
pub mod eval;
pub mod fit;
pub mod track;
