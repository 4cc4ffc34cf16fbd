//! A labelled set: documents with their place names and claims, a JSON object a line.
//! Scoring against it is next door.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One labelled document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// Its id.
    pub id: String,
    /// The report's date, where the set has one that can be read.
    #[serde(default, deserialize_with = "date_or_none")]
    pub date: Option<jiff::civil::Date>,
    /// Its language, ISO 639-1.
    #[serde(default)]
    pub lang: Option<String>,
    /// What kind of text it is, in the set's own words.
    #[serde(default)]
    pub kind: Option<String>,
    /// The text that the offsets count in.
    pub text: String,
    /// Every place name of the labelled sentences.
    #[serde(default)]
    pub toponyms: Vec<GoldToponym>,
    /// Every claim of the labelled sentences.
    #[serde(default)]
    pub claims: Vec<GoldClaim>,
}

/// One labelled place name.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldToponym {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Latitude in degrees, where the set gives one.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Longitude in degrees, where the set gives one.
    #[serde(default)]
    pub lon: Option<f64>,
    /// The class of the place, where the set gives one.
    #[serde(default)]
    pub class: Option<String>,
}

/// One labelled claim.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    /// What was done.
    pub claim_type: String,
    /// Who did it.
    pub actor_side: String,
    /// How firmly it is said.
    pub status: String,
    /// First code point of the place's name.
    pub p_start: usize,
    /// One past its last code point.
    pub p_end: usize,
    /// The place's name.
    #[serde(default)]
    pub place: String,
    /// First code point of the sentence.
    pub sent_start: usize,
    /// One past its last code point.
    pub sent_end: usize,
    /// The relation to the place.
    #[serde(default)]
    pub relation: Option<String>,
    /// The bearing of the offset, the part or the anchor.
    #[serde(default)]
    pub bearing: Option<String>,
    /// Latitude of the named place.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Longitude of the named place.
    #[serde(default)]
    pub lon: Option<f64>,
    /// First day of the event.
    #[serde(default)]
    pub start_date: Option<String>,
    /// Last day of the event.
    #[serde(default)]
    pub end_date: Option<String>,
}

/// A date, or nothing for the odd stamps of web corpora.
fn date_or_none<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<jiff::civil::Date>, D::Error> {
    let stamp: Option<String> = Option::deserialize(source)?;
    Ok(stamp.and_then(|stamp| stamp.parse().ok()))
}

/// Why a labelled set could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read.
    #[error("{}: cannot read the labelled set: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A line is no labelled document.
    #[error(
        "{}:{line}: not a labelled document: {cause} (expected a JSON object with id, text, toponyms and claims)",
        path.display()
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What the parser said.
        cause: serde_json::Error,
    },
}

/// Reads a labelled set.
///
/// # Errors
/// When the file cannot be read or a line is no labelled document.
pub fn read(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| GoldError::Read { path: path.to_owned(), cause })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|cause| GoldError::Line {
                path: path.to_owned(),
                line: at + 1,
                cause,
            })
        })
        .collect()
}
