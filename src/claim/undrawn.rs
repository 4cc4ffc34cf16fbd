//! Why a sentence with a word of gain was not drawn as ground gained: the other half of `explain`.

use super::extract::{as_of, placed_sentences, speaks};
use super::parse::Parse;
use super::predicate::What;
use super::speaker::voice_of;
use super::{Claim, ClaimType, Span, Status};
use crate::document::Document;
use crate::lexicon::{Cues, Lexicon, Sense};
use crate::mention::{Locative, Mention, Words};
use crate::outline::{BlockKind, Label, Outline};

/// A word of gain that became no gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undrawn {
    /// Its sentence, as an index into the outline's sentences.
    pub sentence: usize,
    /// The word.
    pub words: Span,
    /// Why not.
    pub reason: Reason,
}

/// Why a word of gain became no gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It stands in a heading, a label, a note or a line that nobody reads.
    Block,
    /// The sentence names no place.
    NoPlace,
    /// The places of the sentence belong to other words.
    PlaceElsewhere,
    /// It is an adjective or part of another phrase.
    NoVerb,
    /// Nobody who fights is said to have done it.
    NoActor,
    /// It counts as another kind of action ("attempted to advance" is an attack).
    Other(ClaimType),
    /// It is said not to have happened, or not to have happened yet.
    Status(Status),
}

impl Reason {
    /// The reason in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Block => "it stands in a heading, a label or a note",
            Reason::NoPlace => "the sentence names no place",
            Reason::PlaceElsewhere => "the places named belong to other words",
            Reason::NoVerb => "it describes something or is part of another phrase",
            Reason::NoActor => "nobody who fights is said to have done it",
            Reason::Other(_) => "it counts as another kind of action",
            Reason::Status(Status::Negated) => "the narrator says that it did not happen",
            Reason::Status(Status::Denied) => "a party denies it",
            Reason::Status(Status::Planned) => "it is only an aim",
            Reason::Status(Status::Hypothetical) => "it is only possible",
            Reason::Status(_) => "it was drawn",
        }
    }
}

/// Every word of gain in `document` from which no gain was drawn, with the reason.
pub fn undrawn(
    document: &Document,
    outline: &Outline,
    mentions: &[Mention],
    locatives: &[Locative],
    claims: &[Claim],
    lexicon: &Lexicon,
) -> Vec<Undrawn> {
    let mut found = Vec::new();
    let mut cues = Cues::default();
    let mut placed = placed_sentences(outline, mentions, locatives).peekable();
    for (index, sentence) in outline.sentences.iter().enumerate() {
        let here = placed.next_if(|placed| placed.index == index);
        let block = outline.block_of(sentence);
        let tokens = outline.tokens_of(sentence);
        lexicon.cues_into(block.lang, &document.text, tokens, &mut cues);
        let Some(word) = gain_word(&cues) else {
            continue;
        };
        if claims.iter().any(|claim| claim.sentence == index && claim.is_gain()) {
            continue;
        }
        let words = Words {
            text: &document.text,
            tokens,
            cues: &cues,
            mentions: here.as_ref().map_or(&[][..], |here| &mentions[here.mentions.0..here.mentions.1]),
            first_mention: here.as_ref().map_or(0, |here| here.mentions.0),
        };
        let reason = if !speaks(block) {
            Reason::Block
        } else if let Some(here) = here {
            let voice = voice_of(document, outline, block, lexicon);
            reason(&Parse::new(&words, here.locatives, as_of(document, block), voice, || None, |_| None))
        } else {
            Reason::NoPlace
        };
        let boring = matches!(block.kind, BlockKind::Boilerplate | BlockKind::Note)
            || block.label == Some(Label::Source);
        if !boring {
            found.push(Undrawn { sentence: index, words: words.span(word.0, word.1), reason });
        }
    }
    found
}

/// The first word of gain among the cues, as its tokens.
fn gain_word(cues: &Cues) -> Option<(usize, usize)> {
    let gains = cues.all.iter().filter(|cue| match cue.sense {
        Sense::Verb(act, _) | Sense::Noun(act) => is_gain(act),
        _ => false,
    });
    gains.map(|cue| (cue.first as usize, cue.end as usize)).next()
}

fn is_gain(act: ClaimType) -> bool {
    matches!(act, ClaimType::Advance | ClaimType::Seizure | ClaimType::Entry | ClaimType::Infiltration)
}

/// The first reason that holds for a sentence with a place.
fn reason(parse: &Parse) -> Reason {
    let gains = (0..parse.predicates.len())
        .filter(|&at| matches!(parse.predicates[at].what, What::Act(act, _) if is_gain(act)));
    let mut reason = Reason::NoVerb;
    for at in gains {
        match parse.reading(at) {
            Some((verdict, ..)) if is_gain(verdict.act) => return Reason::Status(verdict.status),
            Some((verdict, ..)) => return Reason::Other(verdict.act),
            None if parse.places[at].is_empty() => reason = Reason::PlaceElsewhere,
            None => reason = Reason::NoActor,
        }
    }
    reason
}
