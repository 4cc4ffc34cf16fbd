//! The stage itself: from the sentences of a document to its claims.

use super::parse::Parse;
use super::speaker::{introduced, told_by, voice_of};
use super::{Claim, repeat};
use crate::document::Document;
use crate::lexicon::{Class, Cues, Lexicon};
use crate::mention::{Locative, Mention, Words};
use crate::outline::{Block, BlockKind, Label, Outline};

/// The claims of a document, in text order. `cues` are those of its sentences, `locatives` those of its mentions, in text order.
pub fn claims(
    document: &Document,
    outline: &Outline,
    cues: &[Cues],
    mentions: &[Mention],
    locatives: &[Locative],
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    for sentence in placed_sentences(outline, mentions, locatives) {
        let block = &outline.blocks[outline.sentences[sentence.index].block];
        if !speaks(block) {
            continue;
        }
        let tokens = outline.tokens_of(&outline.sentences[sentence.index]);
        let (cues_of, cues) = (cues, &cues[sentence.index]);
        if !cues.any(Class::Verb) && !cues.any(Class::Noun) {
            continue;
        }
        let words = Words {
            text: &document.text,
            tokens,
            cues,
            mentions: &mentions[sentence.mentions.0..sentence.mentions.1],
            first_mention: sentence.mentions.0,
        };
        let parse = Parse::new(
            &words,
            sentence.locatives,
            as_of(document, block),
            voice_of(document, outline, block, lexicon),
            || told_by(document, outline, sentence.index, lexicon),
            |name| introduced(document, outline, cues_of, sentence.index, name),
        );
        parse.claims(&words, sentence.index, &mut found);
    }
    repeat::mark(document, outline, &mut found);
    found
}

/// A sentence with places, its mentions as a range and its locatives.
pub(super) struct Placed<'a> {
    pub(super) index: usize,
    pub(super) mentions: (usize, usize),
    pub(super) locatives: &'a [Locative],
}

/// The sentences in which a place stands.
pub(super) fn placed_sentences<'a>(
    outline: &'a Outline,
    mentions: &'a [Mention],
    locatives: &'a [Locative],
) -> impl Iterator<Item = Placed<'a>> {
    let (mut mention, mut locative) = (0, 0);
    (0..outline.sentences.len()).filter_map(move |index| {
        let first = mention;
        while mention < mentions.len() && mentions[mention].sentence <= index {
            mention += 1;
        }
        let from = locative;
        while locative < locatives.len() && locatives[locative].place < mention {
            locative += 1;
        }
        (from < locative).then(|| Placed {
            index,
            mentions: (first, mention),
            locatives: &locatives[from..locative],
        })
    })
}

/// Whether a block's words can claim anything.
pub(super) fn speaks(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
        && !matches!(block.label, Some(Label::Source | Label::Objective))
}

pub(super) fn as_of(document: &Document, block: &Block) -> Option<jiff::civil::Date> {
    block.as_of.or(document.date.map(|report| report.date))
}
