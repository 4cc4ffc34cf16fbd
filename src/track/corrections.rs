//! Corrections: a small CSV kept beside the reports says what a name means there, and the store follows it.
//!
//! Columns: `place_text` (as written), `doc_id` and `context` (each may be empty: the document, and words that the
//! sentence must hold), and `place_id` (an id of the gazetteer) or `not a place`. A line without document and context
//! holds for every document. Of several lines that meet a mention, the last counts.

use crate::document::Document;
use crate::feature::{Layer, LayerKind, Value};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::pipeline::{Analysis, Knowledge};
use crate::resolve::Verdict;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The name as written.
    pub place_text: String,
    /// The document it holds for; all where none.
    pub doc_id: Option<String>,
    /// Words that the sentence must hold.
    pub context: Option<String>,
    /// What the name means there.
    pub meaning: Meaning,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A place of the gazetteer, by its id.
    Place(String),
    /// No place.
    NotAPlace,
}

/// What corrections changed in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The name as written.
    pub place_text: String,
    /// The place it had.
    pub old_place_id: Option<String>,
    /// The place it has now; none where it is not a place.
    pub new_place_id: Option<String>,
    /// How many mentions changed.
    pub mentions: usize,
    /// How many claims.
    pub claims: usize,
}

/// Why corrections could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionsError {
    /// The file could not be read as CSV.
    #[error("{path}: {error}")]
    Csv {
        /// The file.
        path: String,
        /// What the reader says.
        error: csv::Error,
    },
    /// A column is missing.
    #[error("{path}: no column `{column}`; expected place_text, doc_id, context, place_id")]
    NoColumn {
        /// The file.
        path: String,
        /// Its name.
        column: &'static str,
    },
    /// A line without a name or a meaning, or with a place that nobody knows.
    #[error("{path}:{line}: {problem}")]
    Line {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it and what was expected.
        problem: String,
    },
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meaning = match &self.meaning {
            Meaning::Place(id) => id,
            Meaning::NotAPlace => "not a place",
        };
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        write!(f, "{}\t{}\t{}\t{meaning}", self.place_text, part(&self.doc_id), part(&self.context))
    }
}

impl Correction {
    /// Whether the correction can meet a mention of this document.
    pub fn may_meet(&self, document: &Document) -> bool {
        self.doc_id.as_ref().is_none_or(|id| *id == document.id)
            && document.text.contains(&self.place_text)
            && self.context.as_ref().is_none_or(|words| document.text.contains(words.as_str()))
    }

    fn meets(&self, document: &Document, mention: &str, sentence: &str) -> bool {
        self.place_text == mention
            && self.doc_id.as_ref().is_none_or(|id| *id == document.id)
            && self.context.as_ref().is_none_or(|words| sentence.contains(words.as_str()))
    }
}

/// Reads corrections and checks that their places are known.
pub fn read(path: &Path, gazetteer: &Gazetteer) -> Result<Vec<Correction>, CorrectionsError> {
    let shown = path.display().to_string();
    let fail = |error| CorrectionsError::Csv { path: shown.clone(), error };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(path).map_err(fail)?;
    let heads = reader.headers().map_err(fail)?.clone();
    let at = |name: &str| heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name);
    let needed = |column: &'static str| {
        at(column).ok_or_else(|| CorrectionsError::NoColumn { path: shown.clone(), column })
    };
    let (place_text, place_id) = (needed("place_text")?, needed("place_id")?);
    let (doc_id, context) = (at("doc_id"), at("context"));
    let mut corrections = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| {
            at.and_then(|at| record.get(at)).filter(|cell| !cell.is_empty()).map(str::to_owned)
        };
        let wrong = |problem: String| CorrectionsError::Line { path: shown.clone(), line, problem };
        let meaning = match cell(Some(place_id)) {
            None => return Err(wrong("place_id is empty; give a gazetteer id or `not a place`".to_owned())),
            Some(words) if words.eq_ignore_ascii_case("not a place") => Meaning::NotAPlace,
            Some(id) if gazetteer.by_id(&id).is_some() => Meaning::Place(id),
            Some(id) => {
                let hint = "look ids up with `frontmap place NAME`, or write `not a place`";
                return Err(wrong(format!("`{id}` is no place of the gazetteer; {hint}")));
            }
        };
        let Some(place_text) = cell(Some(place_text)) else {
            return Err(wrong("place_text is empty; give the name as the text writes it".to_owned()));
        };
        corrections.push(Correction { place_text, doc_id: cell(doc_id), context: cell(context), meaning });
    }
    Ok(corrections)
}

/// The layers of a document after corrections, and what they changed.
pub fn layers(
    mut analysis: Analysis,
    corrections: &[Correction],
    knowledge: &Knowledge,
) -> (Vec<Layer>, Vec<Corrected>) {
    let gazetteer = &knowledge.gazetteer;
    // Name, old and new place; how many mentions and claims of them changed.
    type Change = (String, Option<PlaceIx>, Option<PlaceIx>);
    let mut changed: BTreeMap<Change, (usize, usize)> = BTreeMap::new();
    let mut no_places: Vec<usize> = Vec::new();
    for (at, mention) in analysis.mentions.iter().enumerate() {
        let name = mention.span.of(&analysis.document.text);
        let sentence = analysis.outline.sentences[mention.sentence].span.of(&analysis.document.text);
        let met =
            corrections.iter().rev().find(|correction| correction.meets(&analysis.document, name, sentence));
        let Some(correction) = met else { continue };
        let old = analysis.resolutions[at].place();
        let new = match &correction.meaning {
            Meaning::Place(id) => gazetteer.by_id(id),
            Meaning::NotAPlace => None,
        };
        if old == new && new.is_some() {
            continue;
        }
        let resolution = &mut analysis.resolutions[at];
        match new {
            Some(place) => {
                resolution.verdict = Verdict::Place(place);
                (resolution.confidence, resolution.margin) = (1.0, 1.0);
                // The chosen candidate stands first; a place that was no candidate has no evidence to show.
                if let Some(nth) =
                    resolution.candidates.iter().position(|candidate| candidate.hit.place == place)
                {
                    resolution.candidates.swap(0, nth);
                }
            }
            None => no_places.push(at),
        }
        let claims = analysis.claims.iter().filter(|claim| claim.place.place == at).count();
        let counts = changed.entry((name.to_owned(), old, new)).or_default();
        *counts = (counts.0 + 1, counts.1 + claims);
    }
    analysis.relocate(knowledge);
    let mut layers = analysis.layers(knowledge, &LayerKind::ALL);
    drop_mentions(&mut layers, &no_places, &analysis);
    let id = |place: Option<PlaceIx>| place.map(|place| gazetteer.place(place).id.to_owned());
    let changed = changed.into_iter().map(|((place_text, old, new), (mentions, claims))| Corrected {
        place_text,
        old_place_id: id(old),
        new_place_id: id(new),
        mentions,
        claims,
    });
    (layers, changed.collect())
}

/// Takes the rows of mentions that are no places out of every layer.
fn drop_mentions(layers: &mut [Layer], mentions: &[usize], analysis: &Analysis) {
    if mentions.is_empty() {
        return;
    }
    let characters = |byte: usize| analysis.document.text[..byte].chars().count() as i64;
    let starts: Vec<i64> = mentions.iter().map(|&at| characters(analysis.mentions[at].span.start)).collect();
    for layer in layers.iter_mut().filter(|layer| layer.kind != LayerKind::Documents) {
        let kind = layer.kind;
        layer.features.retain(|feature| {
            !matches!(feature.get(kind, "place_start"), Value::Integer(start) if starts.contains(start))
        });
    }
}
