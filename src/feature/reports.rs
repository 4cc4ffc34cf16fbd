//! How many reports make the same claim: a running count over the documents of one run.
//! Merging claims into events over weeks is tracking's work.

use super::cells::count;
use super::{Feature, Layer, LayerKind, Value};
use crate::claim::{ClaimType, Side};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What makes two claims the same here: side, type, place and first day.
/// It is all that a long run remembers of a claim, so it is kept small: names are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Same {
    side: Side,
    claim_type: ClaimType,
    place: u32,
    first_day: Date,
}

/// The documents and sources that have made each claim so far, in input order.
#[derive(Debug, Default)]
pub struct Reports {
    /// Every place and source once.
    names: FxHashMap<Arc<str>, u32>,
    /// How many documents were counted, and the id of the latest: its rows come together, but in several layers.
    documents: u32,
    document: Option<Arc<str>>,
    seen: FxHashMap<Same, Makers>,
}

#[derive(Debug, Default)]
struct Makers {
    /// How many documents.
    documents: u32,
    /// The latest of them: a document's claims come together.
    latest: u32,
    /// Each source once; a handful at the most.
    sources: Vec<u32>,
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
            self.turn_to(feature.get(LayerKind::Claims, "doc_id"));
            let Some(same) = self.same(feature) else { continue };
            let source = self.number(feature.get(LayerKind::Claims, "source"));
            let makers = self.seen.entry(same).or_default();
            if makers.latest != self.documents {
                makers.latest = self.documents;
                makers.documents += 1;
            }
            if let Some(source) = source.filter(|source| !makers.sources.contains(source)) {
                makers.sources.push(source);
            }
            feature.values[n_reports] = count(makers.documents as usize);
            feature.values[n_sources] = count(makers.sources.len().max(1));
        }
    }

    /// Counts a document when its first row comes.
    fn turn_to(&mut self, doc_id: &Value) {
        if self.document.as_deref() != doc_id.as_str() || self.documents == 0 {
            self.documents += 1;
            self.document = doc_id.as_str().map(Arc::from);
        }
    }

    /// What a claim is the same by; none where its place or day is not known.
    fn same(&mut self, claim: &Feature) -> Option<Same> {
        let cell = |name: &str| claim.get(LayerKind::Claims, name);
        let Value::DateTime(start) = cell("start") else { return None };
        Some(Same {
            side: cell("actor_side").as_str()?.parse().ok()?,
            claim_type: cell("claim_type").as_str()?.parse().ok()?,
            place: self.number(cell("place_id"))?,
            first_day: start.date(),
        })
    }

    fn number(&mut self, name: &Value) -> Option<u32> {
        let Value::Text(name) = name else { return None };
        if let Some(known) = self.names.get(name) {
            return Some(*known);
        }
        let next = u32::try_from(self.names.len()).expect("there are fewer than four billion places");
        // A copy of its own: the row's text may share its memory with more.
        self.names.insert(Arc::from(&**name), next);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::first_moment;
    use jiff::civil::date;

    fn layer(kind: LayerKind, doc_id: &str, source: &str) -> Layer {
        let cell = |name: &str| match name {
            "doc_id" => Value::text(Some(doc_id)),
            "source" => Value::text(Some(source)),
            "place_id" => Value::text(Some("p1")),
            "actor_side" => Value::Word(Side::Ru.as_str()),
            "claim_type" => Value::Word(ClaimType::Advance.as_str()),
            "start" => Value::DateTime(first_moment(date(2026, 1, 5))),
            _ => Value::Null,
        };
        let values = kind.columns().iter().map(|column| cell(column.name)).collect();
        Layer { kind, features: vec![Feature { id: None, geometry: None, values }] }
    }

    #[test]
    fn a_document_counts_once_whatever_layers_its_claims_are_in() {
        let mut reports = Reports::default();
        let mut counted = |kind, doc_id, source| {
            let mut layer = layer(kind, doc_id, source);
            reports.count(&mut layer);
            let get = |name: &str| match layer.features[0].get(LayerKind::Claims, name) {
                Value::Integer(number) => *number,
                other => panic!("{name} is {other:?}"),
            };
            (get("n_reports"), get("n_sources"))
        };
        assert_eq!(counted(LayerKind::Claims, "a", "ISW"), (1, 1));
        assert_eq!(counted(LayerKind::Unlocated, "a", "ISW"), (1, 1));
        assert_eq!(counted(LayerKind::Claims, "b", "ISW"), (2, 1));
        assert_eq!(counted(LayerKind::Claims, "c", "UP"), (3, 2));
    }
}
