//! Which spans name a place, and in what relation they stand ("5 km north of"): [`Mention`] and [`Locative`].
//! Which place each denotes is `resolve`'s question, who did what there is `claim`'s.

mod adjective;
mod anchor;
mod atom;
mod generic;
mod gloss;
mod guards;
mod kinds;
mod line;
mod locative;
mod news;
#[cfg(test)]
pub(crate) mod marked;
mod phrase;
mod place_words;
pub mod tagger;
mod toponym;
mod unknown;
mod words;

pub use kinds::sector_places;
pub use locative::locatives;
pub use news::{TaggedSentence, TaggedText, mentions_at};
pub use place_words::PlaceWords;
pub use toponym::{is_about_the_war, mentions};
pub use words::Words;

use crate::document::Span;
use crate::gazetteer::{NameHit, PlaceClass};
pub use crate::lexicon::{Bearing, Relation};
use serde::Serialize;

/// A span that names a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// The whole name, with a generic word that belongs to it ("Kursk Oblast").
    pub span: Span,
    /// The name without its generic word ("Kursk").
    pub name: Span,
    /// Its sentence, as an index into the outline's sentences.
    pub sentence: usize,
    /// How it names.
    pub kind: MentionKind,
    /// The class that its words state ("Oblast", "River", "city of"), if any; a lower-case plural at the end of a list counts for every member.
    pub stated_class: Option<PlaceClass>,
    /// The places of that name, best spelling first; empty when no gazetteer has it.
    pub hits: Vec<NameHit>,
}

impl Mention {
    /// The mention that a people's adjective makes; `hits` are the places of its home's name.
    fn demonym(span: Span, sentence: usize, hits: Vec<NameHit>) -> Mention {
        Mention { span, name: span, sentence, kind: MentionKind::Demonym, stated_class: None, hits }
    }
}

/// How a [`Mention`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A place as a place.
    Literal,
    /// A place for those who rule it ("Kyiv said").
    Metonym,
    /// A stretch of the front named after a place ("the Pokrovsk direction").
    Sector,
    /// A people's adjective ("Russian"); only on demand.
    Demonym,
}

impl MentionKind {
    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionKind::Literal => "literal",
            MentionKind::Metonym => "metonym",
            MentionKind::Sector => "sector",
            MentionKind::Demonym => "demonym",
        }
    }
}

/// How one mention's place is meant in its phrase: "near X", "southwest of X", "X (5km south of Y)".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Locative {
    /// The named place, as an index into the document's mentions.
    pub place: usize,
    /// The relation its words state.
    pub relation: Relation,
    /// The part or offset itself: "northern X" is N, "southwest of X" is SW; none for other relations.
    pub bearing: Option<Bearing>,
    /// Stated kilometres that go with `bearing` ("advanced 2 km north of X").
    pub distance_km: Option<f64>,
    /// The place it is described from: Y in "southeast of Y near X" and in "X (5km south of Y)".
    pub anchor: Option<Anchor>,
    /// How its phrase is led in; decides to which words it can belong.
    pub lead: Lead,
    /// Whether it goes on the list of the locative before it without words of its own.
    pub continues: bool,
    /// The whole phrase, preposition to last word.
    pub span: Span,
}

/// How a place phrase is led in. List members share the lead of their first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// By nothing: an object or a subject ("seized X", "X was seized").
    Bare,
    /// By a preposition of place ("near X", "south of X").
    Preposition,
    /// By "of" after some other noun ("the seizure of X", "the mayor of X").
    Of,
    /// By "from": a starting point.
    From,
    /// By "to": a goal that is reached, or not, as the verb says.
    To,
    /// By "on": a target, or a bank.
    On,
    /// By a preposition that belongs to no action of the sentence ("with", "about").
    Aside,
}

/// The place from which another is described.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Anchor {
    /// The anchor's mention.
    pub mention: usize,
    /// Direction from the anchor to the place.
    pub bearing: Option<Bearing>,
    /// Stated distance from the anchor to the place, kilometres.
    pub distance_km: Option<f64>,
    /// Whether it stood in parentheses behind the name (the strongest kind).
    pub gloss: bool,
}
