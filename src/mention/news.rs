//! Mentions in general news: the trained recogniser tags, the gazetteer gives the places.
//! War reporting goes another way (`toponym`): there the gazetteer proposes and guards judge.

use super::generic::{self, Named};
use super::guards;
use super::kinds;
use super::line::Line;
use super::place_words::PlaceWords;
use super::tagger::{self, Known, Tag, Unit, Usage};
use super::{Mention, MentionKind};
use crate::document::{Document, Span};
use crate::gazetteer::{Gazetteer, Memory};
use crate::outline::{BlockKind, Outline, Sentence};

/// A document's sentences with their units.
pub struct TaggedText<'a> {
    document: &'a Document,
    outline: &'a Outline,
    gazetteer: &'a Gazetteer,
    words: &'a PlaceWords,
    usage: Usage,
    memory: Memory,
}

/// One sentence's units and the names that the scan found in it.
pub struct TaggedSentence {
    /// The units, in text order.
    pub units: Vec<Unit>,
    names: Vec<Named>,
}

impl<'a> TaggedText<'a> {
    /// Reads the document once for what it says of its words.
    pub fn new(
        document: &'a Document,
        outline: &'a Outline,
        gazetteer: &'a Gazetteer,
        words: &'a PlaceWords,
    ) -> TaggedText<'a> {
        let mut text = TaggedText {
            document,
            outline,
            gazetteer,
            words,
            usage: Usage::default(),
            memory: Memory::default(),
        };
        for sentence in &outline.sentences {
            let line = text.line(sentence);
            text.usage.read(&line);
        }
        text
    }

    fn line(&self, sentence: &Sentence) -> Line<'a> {
        let words = self.words.of(self.outline.block_of(sentence).lang);
        Line::new(&self.document.text, self.outline.tokens_of(sentence), words)
    }

    /// The units of one sentence.
    pub fn sentence(&mut self, sentence: &Sentence) -> TaggedSentence {
        let line = self.line(sentence);
        let lang = self.outline.block_of(sentence).lang;
        let gazetteer = self.gazetteer;
        let text = &self.document.text;
        let mut names: Vec<Named> = Vec::new();
        for found in gazetteer.scan_on(text, line.tokens, Some(lang), &mut self.memory) {
            let hits = gazetteer.hits_on(text, &found, lang, &mut self.memory).to_vec();
            let past = names.last().map_or(0, |name| name.end);
            if found.first_token >= past {
                names.push(generic::joined(
                    &line,
                    found.first_token,
                    found.end_token,
                    found.span,
                    hits,
                    past,
                ));
            }
        }
        generic::distribute(&line, &mut names, |hit| gazetteer.class(hit.place));
        let known: Vec<Known> =
            names.iter().map(|name| Known { tokens: (name.first, name.end), hits: &name.hits }).collect();
        let units = tagger::units(&line, &known, &self.usage, gazetteer);
        TaggedSentence { units, names }
    }

    /// The mentions that tags make of a sentence.
    fn mentions(&self, at: usize, tagged: &TaggedSentence, tags: &[Tag], found: &mut Vec<Mention>) {
        let sentence = &self.outline.sentences[at];
        let line = self.line(sentence);
        let mut unit = 0;
        while unit < tags.len() {
            if tags[unit] == Tag::Out {
                unit += 1;
                continue;
            }
            let mut end = unit + 1;
            while tags.get(end) == Some(&Tag::Inside) {
                end += 1;
            }
            found.extend(self.mention(at, &line, tagged, unit, end));
            unit = end;
        }
    }

    /// The mention that some units are.
    fn mention(
        &self,
        sentence: usize,
        line: &Line,
        tagged: &TaggedSentence,
        first: usize,
        end: usize,
    ) -> Option<Mention> {
        let span = Span::new(tagged.units[first].span.start, tagged.units[end - 1].span.end);
        let last = tagged.units[end - 1].span;
        if guards::is_of_a_model(&self.document.text, last, self.words) {
            None
        } else {
            self.mention_at(sentence, line, tagged, span)
        }
    }

    /// The mention that a span of a sentence is.
    fn mention_at(
        &self,
        sentence: usize,
        line: &Line,
        tagged: &TaggedSentence,
        span: Span,
    ) -> Option<Mention> {
        let text = &self.document.text;
        let words = span.of(text);
        if let Some(home) = self.words.home_of(words) {
            let demonym = || Mention::demonym(span, sentence, self.gazetteer.lookup(home, None));
            return self.words.demonyms.then(demonym);
        }
        let inside =
            tagged.names.iter().filter(|name| name.span.overlaps(span)).max_by_key(|name| name.span.len());
        let words = self.words.full_name(words).unwrap_or(words);
        let whole = self.gazetteer.lookup(words.trim_end_matches('.'), None);
        let whole = if whole.is_empty() { self.gazetteer.lookup(words, None) } else { whole };
        let hits =
            if whole.is_empty() { inside.map(|name| name.hits.clone()).unwrap_or_default() } else { whole };
        let kind = inside.map_or(MentionKind::Literal, |name| kinds::kind(line, name, false, self.gazetteer));
        Some(Mention {
            span,
            name: inside.map(|name| name.name).filter(|name| span.contains(*name)).unwrap_or(span),
            sentence,
            kind,
            stated_class: inside.and_then(|name| name.stated),
            hits,
        })
    }
}

/// Mentions of given spans, for measuring resolution apart from recognition; spans outside sentences give none.
pub fn mentions_at(
    document: &Document,
    outline: &Outline,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
    spans: &[Span],
) -> Vec<Mention> {
    let mut text = TaggedText::new(document, outline, gazetteer, words);
    let mut found = Vec::new();
    for (at, sentence) in outline.sentences.iter().enumerate() {
        let here: Vec<Span> = spans.iter().copied().filter(|span| sentence.span.contains(*span)).collect();
        if here.is_empty() {
            continue;
        }
        let tagged = text.sentence(sentence);
        let line = text.line(sentence);
        found.extend(here.into_iter().filter_map(|span| text.mention_at(at, &line, &tagged, span)));
    }
    found
}

/// The names of places in a document of general news, in text order.
pub(super) fn mentions(
    document: &Document,
    outline: &Outline,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
) -> Vec<Mention> {
    let mut text = TaggedText::new(document, outline, gazetteer, words);
    let mut found = Vec::new();
    for (at, sentence) in outline.sentences.iter().enumerate() {
        if outline.block_of(sentence).kind == BlockKind::Boilerplate {
            continue;
        }
        let tagged = text.sentence(sentence);
        let tags = words.tagger().tags(&tagged.units);
        text.mentions(at, &tagged, &tags, &mut found);
    }
    found
}
