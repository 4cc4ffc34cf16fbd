//! How many reports make the same claim: a running count over the documents of one run.
//! Merging claims into events over weeks is tracking's work.

use super::rows::count;
use super::{Feature, Layer, LayerKind, Value};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What makes two claims the same here: side, type, place and first day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Same {
    side: &'static str,
    claim_type: &'static str,
    place: Arc<str>,
    first_day: Date,
}

/// The documents and sources that have made each claim so far, in input order.
#[derive(Debug, Default)]
pub struct Reports {
    /// Every document or source once, so that the makers below are numbers.
    names: FxHashMap<Arc<str>, u32>,
    seen: FxHashMap<Same, Makers>,
}

#[derive(Debug, Default)]
struct Makers {
    documents: FxHashSet<u32>,
    sources: FxHashSet<u32>,
}

impl Reports {
    /// Counts the claims of one document and writes into their rows how many documents and sources,
    /// this one included, have made them so far.
    pub fn count(&mut self, layer: &mut Layer) {
        let column = |name: &str| LayerKind::Claims.columns().iter().position(|column| column.name == name);
        let (Some(n_reports), Some(n_sources)) = (column("n_reports"), column("n_sources")) else { return };
        if layer.kind.columns() != LayerKind::Claims.columns() {
            return;
        }
        for feature in &mut layer.features {
            let Some(same) = Same::of(feature) else { continue };
            let document = self.number(feature.get(LayerKind::Claims, "doc_id"));
            let source = self.number(feature.get(LayerKind::Claims, "source"));
            let makers = self.seen.entry(same).or_default();
            makers.documents.extend(document);
            makers.sources.extend(source);
            feature.values[n_reports] = count(makers.documents.len());
            feature.values[n_sources] = count(makers.sources.len().max(1));
        }
    }

    fn number(&mut self, name: &Value) -> Option<u32> {
        let Value::Text(name) = name else { return None };
        let next = u32::try_from(self.names.len()).expect("a run has fewer than four billion documents");
        Some(*self.names.entry(name.clone()).or_insert(next))
    }
}

impl Same {
    /// What a claim is the same by; none where its place or day is not known.
    fn of(claim: &Feature) -> Option<Same> {
        let cell = |name: &str| claim.get(LayerKind::Claims, name);
        match (cell("actor_side"), cell("claim_type"), cell("place_id"), cell("start")) {
            (Value::Word(side), Value::Word(claim_type), Value::Text(place), Value::DateTime(start)) => {
                Some(Same { side, claim_type, place: place.clone(), first_day: start.date() })
            }
            _ => None,
        }
    }
}
