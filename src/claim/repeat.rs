//! Claims that repeat an earlier sentence of the same document word for word.

use super::Claim;
use crate::document::Document;
use crate::outline::Outline;
use rustc_hash::FxHashMap;

/// Points each claim of a repeated sentence to the claim that it repeats.
pub(super) fn mark(document: &Document, outline: &Outline, claims: &mut [Claim]) {
    // The first claim of each sentence text; looked up only, never walked.
    let mut first: FxHashMap<&str, usize> =
        FxHashMap::with_capacity_and_hasher(claims.len(), Default::default());
    let mut start = 0;
    while start < claims.len() {
        let sentence = claims[start].sentence;
        let end = start + claims[start..].iter().take_while(|claim| claim.sentence == sentence).count();
        let text = outline.sentences[sentence].span.of(&document.text);
        match first.get(text) {
            Some(&earlier) => link(claims, earlier, start..end),
            None => {
                first.insert(text, start);
            }
        }
        start = end;
    }
}

fn link(claims: &mut [Claim], earlier: usize, repeated: std::ops::Range<usize>) {
    let sentence = claims[earlier].sentence;
    for (at, claim) in repeated.enumerate() {
        let original = earlier + at;
        if claims[original].sentence == sentence && claims[original].claim_type == claims[claim].claim_type {
            claims[claim].repeat_of = Some(original);
        }
    }
}
