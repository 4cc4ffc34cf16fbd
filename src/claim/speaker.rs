//! Who speaks, as far as the sentence itself leaves it to the document: the label over it, the source named before a
//! quotation, and who a bare name was introduced as.

use super::ClaimantKind;
use super::item::items;
use super::party::source;
use super::predicate::party;
use super::voice::Voice;
use crate::document::{Document, Span};
use crate::lexicon::{Cues, Lexicon};
use crate::mention::Words;
use crate::outline::{Block, Label, Outline, Sentence};

/// What a block's label says of all its sentences.
pub(super) fn voice_of(document: &Document, outline: &Outline, block: &Block, lexicon: &Lexicon) -> Voice {
    match block.label {
        Some(Label::Unconfirmed) => Voice::Claimed(ClaimantKind::Other, None),
        Some(Label::Assessed) => Voice::Assessed,
        Some(Label::Quote) => quoted(document, outline, block, lexicon),
        _ => Voice::Narrator,
    }
}

/// The voice of a quotation: that of the source named last before it.
fn quoted(document: &Document, outline: &Outline, block: &Block, lexicon: &Lexicon) -> Voice {
    let source = outline
        .blocks
        .iter()
        .rev()
        .find(|known| known.label == Some(Label::Source) && known.span.start < block.span.start);
    let Some(source) = source else {
        return Voice::Narrator;
    };
    let sentence = outline.sentences.iter().find(|sentence| source.span.contains(sentence.span));
    let kind = sentence.and_then(|sentence| source_kind(document, outline, sentence, source, lexicon));
    kind.map_or(Voice::Narrator, |(kind, span)| Voice::Claimed(kind, Some(span)))
}

/// The source named last before a sentence, or soon after it: it is whose "statement reads".
pub(super) fn told_by(
    document: &Document,
    outline: &Outline,
    sentence: usize,
    lexicon: &Lexicon,
) -> Option<(ClaimantKind, Span)> {
    const BEFORE: usize = 12;
    const BEHIND: usize = 6;
    let before = (sentence.saturating_sub(BEFORE)..sentence).rev();
    let behind = sentence + 1..outline.sentences.len().min(sentence + 1 + BEHIND);
    let mut near = before.chain(behind).map(|index| &outline.sentences[index]);
    near.find_map(|near| source_kind(document, outline, near, outline.block_of(near), lexicon))
}

/// The first source named in a sentence.
fn source_kind(
    document: &Document,
    outline: &Outline,
    sentence: &Sentence,
    block: &Block,
    lexicon: &Lexicon,
) -> Option<(ClaimantKind, Span)> {
    let tokens = outline.tokens_of(sentence);
    let cues = lexicon.cues(block.lang, &document.text, tokens);
    let words = Words { text: &document.text, tokens, cues: &cues, mentions: &[], first_mention: 0 };
    let items = items(&words, &[], &[]);
    let parties = (0..items.len()).filter_map(|at| party(&items, Some(at)));
    let mut sources = parties.filter(|party| party.claimant.is_some());
    let source = sources.next()?;
    Some((source.kind()?, words.span(source.first, source.end)))
}

/// How a source that a sentence only calls `name` was introduced before it.
pub(super) fn introduced(
    document: &Document,
    outline: &Outline,
    cues: &[Cues],
    before: usize,
    name: &str,
) -> Option<ClaimantKind> {
    const LONGEST_NAME: usize = 4;
    const FIRST: usize = 3;
    if name.contains(' ') || !name.starts_with(char::is_uppercase) {
        return None;
    }
    // Far back enough for any report, and not the whole of an endless text.
    const SENTENCES: usize = 2000;
    let start = outline.sentences[before.saturating_sub(SENTENCES)].span.start;
    let end = outline.sentences[before].span.start;
    let text = document.text.get(start..end)?;
    text.match_indices(name).map(|(at, found)| (start + at, found)).take(FIRST).find_map(|(at, _)| {
        let sentence = outline.sentences.partition_point(|sentence| sentence.span.end <= at);
        let known = outline.sentences.get(sentence).filter(|known| known.span.start <= at)?;
        let tokens = outline.tokens_of(known);
        let words =
            Words { text: &document.text, tokens, cues: &cues[sentence], mentions: &[], first_mention: 0 };
        let last = words.token_at(at);
        tokens.get(last).filter(|token| token.span == Span::new(at, at + name.len()))?;
        let items = items(&words, &[], &[]);
        let title = items.iter().rev().find(|item| item.end <= last)?;
        let whole_name = (title.end..=last).all(|at| tokens[at].is_capital());
        let (kind, _) = source(title).filter(|_| whole_name && last - title.end < LONGEST_NAME)?;
        (kind != ClaimantKind::Other).then_some(kind)
    })
}
