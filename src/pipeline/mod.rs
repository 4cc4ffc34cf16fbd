//! The stages on one screen: a document in, everything that was found out of it out.
//! `explain` renders an [`Analysis`] for a person; the rows of the map are made from the same.

mod explain;
mod memory;
mod place;
mod why_not;

pub use explain::explain;
pub use place::locate_phrase;
pub use why_not::why_not;

use self::memory::{Memories, Memory};
use crate::claim::{self, Claim};
use crate::document::Document;
use crate::feature::{Findings, Layer, LayerKind, layers};
use crate::gazetteer::Gazetteer;
use crate::lexicon::{Cues, Lexicon};
use crate::mention::{self, Locative, Mention, PlaceWords, Words};
use crate::outline::{self, Outline};
use crate::resolve::{self, Calibration, ControlLayer, Familiar, Location, Resolution, Theatre, Weights};

/// What the stages know before they read: loaded once, shared by all documents.
pub struct Knowledge {
    /// The places.
    pub gazetteer: Gazetteer,
    /// The words of claims.
    pub lexicon: &'static Lexicon,
    /// The words around place names.
    pub place_words: PlaceWords,
    /// What evidence is worth.
    pub weights: Weights,
    /// How far from a named place things happen.
    pub calibration: Calibration,
    /// Where fighting is usually reported.
    pub theatre: Theatre,
    /// Which places reports have meant before.
    pub familiar: Familiar,
    /// Who held what on which day, where the user has such a layer.
    pub control: Option<ControlLayer>,
    /// The margin below which no place is settled on, 0 to 1.
    pub margin_min: f64,
    /// What was looked up for earlier documents.
    memories: Memories,
}

impl Knowledge {
    /// What is embedded in the program.
    pub fn embedded() -> Knowledge {
        let gazetteer = Gazetteer::embedded();
        Knowledge {
            familiar: Familiar::shipped(&gazetteer),
            gazetteer,
            lexicon: Lexicon::embedded(),
            place_words: PlaceWords::shipped(),
            weights: Weights::shipped(),
            calibration: Calibration::shipped(),
            theatre: Theatre::shipped(),
            control: None,
            margin_min: resolve::LEAST_MARGIN,
            memories: Memories::default(),
        }
    }

    /// What resolution goes by.
    pub fn options(&self) -> resolve::Options<'_> {
        resolve::Options {
            weights: &self.weights,
            theatre: &self.theatre,
            familiar: &self.familiar,
            control: self.control.as_ref(),
            least_margin: self.margin_min,
            genre: None,
        }
    }
}

/// Everything the stages found in one document.
pub struct Analysis {
    /// The document.
    pub document: Document,
    /// Its build.
    pub outline: Outline,
    /// Its place mentions, in text order.
    pub mentions: Vec<Mention>,
    /// The phrases the mentions stand in.
    pub locatives: Vec<Locative>,
    /// What each mention denotes, one a mention.
    pub resolutions: Vec<Resolution>,
    /// Where each mention lies by itself, one a mention.
    pub mention_locations: Vec<Option<Location>>,
    /// Its claims, in text order.
    pub claims: Vec<Claim>,
    /// Where each claim lies, one a claim.
    pub locations: Vec<Option<Location>>,
}

/// Reads one document: the way from its text to claims on the ground.
pub fn analyze(document: Document, knowledge: &Knowledge) -> Analysis {
    let mut memory = knowledge.memories.take(&knowledge.gazetteer);
    let analysis = analyze_on(document, knowledge, &mut memory);
    knowledge.memories.give_back(memory);
    analysis
}

/// The same with what was looked up before.
fn analyze_on(document: Document, knowledge: &Knowledge, memory: &mut Memory) -> Analysis {
    let outline = outline::outline(&document);
    let mentions = mention::mentions(
        &document,
        &outline,
        &knowledge.gazetteer,
        &knowledge.place_words,
        &mut memory.names,
    );
    let cues = cues(&document, &outline, &mentions, knowledge.lexicon);
    let words = words(&document, &outline, &mentions, &cues);
    let locatives: Vec<Locative> = words.iter().flat_map(mention::locatives).collect();
    let resolutions = resolve::resolve(
        &document,
        &outline,
        &mentions,
        &locatives,
        &knowledge.gazetteer,
        &knowledge.options(),
        &mut memory.facts,
    );
    let claims = claim::claims(&document, &outline, &cues, &mentions, &locatives, knowledge.lexicon);
    let locations = claims.iter().map(|claim| place::claim(claim, &resolutions, knowledge)).collect();
    let mention_locations =
        resolutions.iter().map(|resolution| place::mention(resolution, knowledge)).collect();
    Analysis { document, outline, mentions, locatives, resolutions, mention_locations, claims, locations }
}

/// The cues of every sentence that names a place; the others cannot carry a claim and are left empty.
fn cues(document: &Document, outline: &Outline, mentions: &[Mention], lexicon: &Lexicon) -> Vec<Cues> {
    let mut cues = vec![Cues::default(); outline.sentences.len()];
    for mention in mentions {
        let sentence = &outline.sentences[mention.sentence];
        let cues = &mut cues[mention.sentence];
        if cues.classes.is_empty() {
            let lang = outline.block_of(sentence).lang;
            lexicon.cues_into(lang, &document.text, outline.tokens_of(sentence), cues);
        }
    }
    cues
}

/// Every sentence with its tokens, cues and mentions side by side.
fn words<'a>(
    document: &'a Document,
    outline: &'a Outline,
    mentions: &'a [Mention],
    cues: &'a [Cues],
) -> Vec<Words<'a>> {
    let mut first_mention = 0;
    let sentences = outline.sentences.iter().zip(cues).enumerate();
    sentences
        .map(|(at, (sentence, cues))| {
            let rest = &mentions[first_mention..];
            let here = &rest[..rest.iter().take_while(|mention| mention.sentence == at).count()];
            let words = Words {
                text: &document.text,
                tokens: outline.tokens_of(sentence),
                cues,
                mentions: here,
                first_mention,
            };
            first_mention += here.len();
            words
        })
        .collect()
}

impl Analysis {
    /// Puts claims and mentions on the ground again, after somebody changed what a mention denotes.
    pub fn relocate(&mut self, knowledge: &Knowledge) {
        let claims = self.claims.iter();
        self.locations = claims.map(|claim| place::claim(claim, &self.resolutions, knowledge)).collect();
        let resolutions = self.resolutions.iter();
        self.mention_locations =
            resolutions.map(|resolution| place::mention(resolution, knowledge)).collect();
    }

    /// The layers of this document that are wanted, in the order of [`LayerKind::ALL`].
    pub fn layers(&self, knowledge: &Knowledge, wanted: &[LayerKind]) -> Vec<Layer> {
        layers(&self.findings(knowledge), wanted)
    }

    /// What was found, as the rows of the map are made from it.
    pub fn findings<'a>(&'a self, knowledge: &'a Knowledge) -> Findings<'a> {
        Findings {
            document: &self.document,
            outline: &self.outline,
            mentions: &self.mentions,
            resolutions: &self.resolutions,
            mention_locations: &self.mention_locations,
            claims: &self.claims,
            locations: &self.locations,
            weights: &knowledge.weights,
            gazetteer: &knowledge.gazetteer,
        }
    }
}
