//! The ids of claims, the same in every run over the same text.

use super::Findings;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The ids of a document's claims: a hash of document, sentence, the place's offset in it, side and type,
/// and a number where one sentence, or its repetition, would give the same twice.
pub(super) fn claim_ids(findings: &Findings<'_>) -> Vec<Arc<str>> {
    let mut sentences = Sentences::of(findings);
    let mut times: FxHashMap<u64, usize> = FxHashMap::default();
    let ids = findings.claims.iter().map(|claim| {
        let sentence = findings.outline.sentences[claim.sentence].span;
        let place = findings.mentions[claim.place.place].span;
        let mut hash = sentences.hash(claim.sentence);
        hash.update(place.start.saturating_sub(sentence.start).to_le_bytes());
        hash.update(claim.actor_side.as_str());
        hash.update(claim.claim_type.as_str());
        let base = first_bytes(hash);
        let nth = times.entry(base).or_default();
        *nth += 1;
        if *nth == 1 { format!("{base:016x}").into() } else { format!("{base:016x}-{nth}").into() }
    });
    ids.collect()
}

/// The hash of the words up to and with a sentence. Most sentences that claim anything claim several things in
/// a row, so the last one is kept.
struct Sentences<'a> {
    findings: Findings<'a>,
    document: Sha256,
    last: Option<(usize, Sha256)>,
}

impl<'a> Sentences<'a> {
    fn of(findings: &Findings<'a>) -> Sentences<'a> {
        let mut document = Sha256::new();
        document.update(findings.document.id.as_bytes());
        document.update([0]);
        Sentences { findings: *findings, document, last: None }
    }

    fn hash(&mut self, sentence: usize) -> Sha256 {
        if let Some((last, hash)) = &self.last
            && *last == sentence
        {
            return hash.clone();
        }
        let mut hash = self.document.clone();
        hash.update(self.findings.outline.sentences[sentence].span.of(&self.findings.document.text));
        hash.update([0]);
        self.last = Some((sentence, hash.clone()));
        hash
    }
}

fn first_bytes(hash: Sha256) -> u64 {
    let digest = hash.finalize();
    u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 digest has more than eight bytes"))
}
