//! Why a sentence with a word of gain ("advanced", "the seizure of") was not drawn as ground gained.

use super::{Analysis, Knowledge};
use crate::document::Span;
use crate::lexicon::{Cues, Sense};
use crate::outline::{BlockKind, Label, Sentence};
use std::fmt::Write;

/// The reasons, a sentence each, for a person to read; nothing where every word of gain was drawn.
pub fn why_not(analysis: &Analysis, knowledge: &Knowledge) -> String {
    let mut page = String::new();
    let mut cues = Cues::default();
    for (at, sentence) in analysis.outline.sentences.iter().enumerate() {
        let drawn = analysis.claims.iter().any(|claim| claim.sentence == at && claim.is_gain());
        let Some(word) = word_of_gain(analysis, knowledge, sentence, &mut cues).filter(|_| !drawn) else {
            continue;
        };
        let text = &analysis.document.text;
        let words = sentence.span.of(text).replace(['\n', '\r'], " ");
        let reason = reason(analysis, at, sentence);
        writeln!(page, "\n\"{words}\"\n  \"{}\" was not drawn: {reason}", word.of(text))
            .expect("writing to a string does not fail");
    }
    page
}

/// The first word of a sentence that names a gain of ground.
fn word_of_gain(
    analysis: &Analysis,
    knowledge: &Knowledge,
    sentence: &Sentence,
    cues: &mut Cues,
) -> Option<Span> {
    let tokens = analysis.outline.tokens_of(sentence);
    let lang = analysis.outline.block_of(sentence).lang;
    knowledge.lexicon.cues_into(lang, &analysis.document.text, tokens, cues);
    let gains = |sense: Sense| match sense {
        Sense::Verb(claim_type, _) | Sense::Noun(claim_type) => claim_type.is_gain(),
        _ => false,
    };
    let cue = cues.all.iter().find(|cue| gains(cue.sense))?;
    Some(tokens[cue.first as usize].span.cover(tokens[cue.end as usize - 1].span))
}

fn reason(analysis: &Analysis, at: usize, sentence: &Sentence) -> String {
    let block = analysis.outline.block_of(sentence);
    match (block.kind, block.label) {
        (BlockKind::Heading, _) => return "it stands in a heading".to_owned(),
        (BlockKind::Boilerplate | BlockKind::Header, _) => return "it is no part of the report".to_owned(),
        (BlockKind::Note, _) => return "it stands in a note".to_owned(),
        (_, Some(Label::Objective)) => return "it is an objective".to_owned(),
        _ => {}
    }
    if !analysis.mentions.iter().any(|mention| mention.sentence == at) {
        return "the sentence names no place".to_owned();
    }
    let text = &analysis.document.text;
    let mut others = analysis.claims.iter().filter(|claim| claim.sentence == at).peekable();
    if others.peek().is_none() {
        return "no side is said to have done anything at a place".to_owned();
    }
    let told: Vec<String> = others
        .map(|claim| {
            let place = analysis.mentions[claim.place.place].span.of(text);
            let (side, kind) = (claim.actor_side.as_str(), claim.claim_type.as_str());
            format!("{side} {kind} at {place}, {} (\"{}\")", claim.status.as_str(), claim.trigger.of(text))
        })
        .collect();
    format!("it was read as {}", told.join("; "))
}
