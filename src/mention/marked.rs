//! For tests: sentences with their place names in brackets, "near [Lyman]" or "in [Kursk Oblast|admin1]".

use super::{Mention, MentionKind, Words};
use crate::document::{Lang, Span};
use crate::gazetteer::PlaceClass;
use crate::lexicon::{Cues, Lexicon, Sector, Sense};
use crate::text::Token;
use crate::text::token::tokens;

/// A sentence without its brackets, and what was in them.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) cues: Cues,
    pub(crate) mentions: Vec<Mention>,
}

impl Marked {
    /// Reads a marked sentence.
    pub(crate) fn new(lang: Lang, marked: &str) -> Marked {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for (at, piece) in marked.split('[').enumerate() {
            let (inside, after) = match piece.split_once(']') {
                Some((inside, after)) if at > 0 => (inside, after),
                _ => ("", piece),
            };
            if !inside.is_empty() {
                let (name, class) = inside.split_once('|').unwrap_or((inside, ""));
                let span = Span::new(text.len(), text.len() + name.len());
                mentions.push(mention(span, class));
                text.push_str(name);
            }
            text.push_str(after);
        }
        let tokens = tokens(&text, Span::new(0, text.len()));
        let cues = Lexicon::embedded().cues(lang, &text, &tokens);
        let mut marked = Marked { text, tokens, cues, mentions };
        marked.find_sectors();
        marked
    }

    /// The sentence as the stages read it.
    pub(crate) fn words(&self) -> Words<'_> {
        Words {
            text: &self.text,
            tokens: &self.tokens,
            cues: &self.cues,
            mentions: &self.mentions,
            first_mention: 0,
        }
    }

    /// Names right before "direction" and its like are sectors, as recognition has them.
    fn find_sectors(&mut self) {
        for at in 0..self.mentions.len() {
            let words = self.words();
            let behind = words.token_at(self.mentions[at].span.end);
            let axis = words.sense_at(behind, |sense| match sense {
                Sense::Sector(Sector::Axis) => Some(()),
                _ => None,
            });
            if axis.is_some() {
                self.mentions[at].kind = MentionKind::Sector;
            }
        }
    }
}

fn mention(span: Span, class: &str) -> Mention {
    let stated_class = match class {
        "admin1" => Some(PlaceClass::Admin1),
        "country" => Some(PlaceClass::Country),
        "water" => Some(PlaceClass::Water),
        "road" => Some(PlaceClass::Road),
        _ => None,
    };
    Mention {
        span,
        name: span,
        sentence: 0,
        kind: if class == "metonym" { MentionKind::Metonym } else { MentionKind::Literal },
        stated_class,
        hits: Vec::new(),
    }
}
