//! How many reports make the same claim: a running count over the documents of one run.
//! Merging claims into events over weeks is tracking's work.

use super::{Layer, LayerKind, Value};
use std::collections::HashMap;

/// What makes two claims the same here: side, type, place and first day.
type Same = (String, String, String, String);

/// The documents and sources that have made each claim so far, in input order.
#[derive(Debug, Default)]
pub struct Reports {
    seen: HashMap<Same, Makers>,
}

#[derive(Debug, Default)]
struct Makers {
    documents: Vec<String>,
    sources: Vec<String>,
}

impl Reports {
    /// Counts the claims of one document and writes into their rows how many documents and sources,
    /// this one included, have made them so far.
    pub fn count(&mut self, layer: &mut Layer) {
        let columns = layer.kind.columns();
        let at = |name: &str| columns.iter().position(|column| column.name == name);
        let (Some(n_reports), Some(n_sources)) = (at("n_reports"), at("n_sources")) else { return };
        for feature in &mut layer.features {
            let cell = |name: &str| feature.get(LayerKind::Claims, name);
            let word = |name: &str| cell(name).as_str().unwrap_or_default().to_owned();
            let first_day = match cell("start") {
                Value::DateTime(moment) => moment.date().to_string(),
                _ => String::new(),
            };
            let same = (word("actor_side"), word("claim_type"), word("place_id"), first_day);
            let (document, source) = (word("doc_id"), word("source"));
            if same.2.is_empty() {
                continue;
            }
            let makers = self.seen.entry(same).or_default();
            add_once(&mut makers.documents, document);
            add_once(&mut makers.sources, source);
            let (documents, sources) = (makers.documents.len(), makers.sources.len());
            feature.values[n_reports] = super::rows::count(documents);
            feature.values[n_sources] = super::rows::count(sources);
        }
    }
}

fn add_once(list: &mut Vec<String>, word: String) {
    if !list.contains(&word) {
        list.push(word);
    }
}
