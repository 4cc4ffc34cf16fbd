//! Claims over time.

pub mod chart;
pub mod coverage;
pub mod diff;
pub mod event;
pub mod ladder;
pub mod novelty;
pub mod row;
pub mod series;
pub mod summary;
