//! Claims over time: what many reports tell of together, what is news, how a claim hardens, what changed, what is missing.
//!
//! All of it stands on [`row::Row`]s, read from the store; the functions here go from plain data to plain data.
//! One document's claims are `claim`'s work, and the rows of the map are `feature`'s.

pub mod chart;
pub mod check;
pub mod control;
pub mod corrections;
pub mod coverage;
pub mod diff;
pub mod event;
pub mod ladder;
pub mod novelty;
pub mod row;
pub mod series;
pub mod store;
pub mod summary;

pub use store::{Store, StoreError};
