//! Toponyms: which runs of words name a place, in the text's own order ([`mentions`]).
//! The gazetteer's scan proposes; `guards` throw out what is no place, `generic` joins the words that belong to a name,
//! `kinds` tells places from governments and sectors, `unknown` finds names that no gazetteer has.

use super::generic::{self, Named};
use super::guards::{self, Persons};
use super::kinds;
use super::line::Line;
use super::news;
use super::place_words::PlaceWords;
use super::unknown;
use super::{Mention, MentionKind};
use crate::document::{Document, Lang, Span};
use crate::gazetteer::{Gazetteer, Memory, NameHit, NameTier, PlaceClass};
use crate::outline::{BlockKind, Outline};

/// The names of places in a document, in text order, not overlapping.
pub fn mentions(
    document: &Document,
    outline: &Outline,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
    memory: &mut Memory,
) -> Vec<Mention> {
    let mut found = war_mentions(document, outline, gazetteer, words, memory);
    let english = outline.blocks.iter().any(|block| block.lang == Lang::En);
    if english && !is_about_the_war(&found, gazetteer) {
        return news::mentions(document, outline, gazetteer, words);
    }
    for mention in &mut found {
        mention.hits.retain(|hit| hit.tier < NameTier::Folded || is_spelt_freely(hit, gazetteer));
    }
    found
}

/// Whether at least a third of a document's names mean the theatre of the war to its readers; so too where there is no name.
pub fn is_about_the_war(mentions: &[Mention], gazetteer: &Gazetteer) -> bool {
    let (mut names, mut here) = (0, 0);
    for mention in mentions.iter().filter(|mention| !mention.hits.is_empty()) {
        let class = gazetteer.class(mention.hits[0].place);
        // States are named in news of either sort; a settlement of the theatre says more.
        let state = class == PlaceClass::Country || mention.kind == MentionKind::Metonym;
        names += usize::from(!state);
        here += usize::from(!state && means_the_theatre(&mention.hits, gazetteer));
        if here >= ENOUGH {
            return true;
        }
    }
    here * 3 >= names
}

/// So many mentions of the theatre's own places make a text war reporting, whatever else it names.
const ENOUGH: usize = 5;

/// Whether a name has a place in the theatre and none elsewhere that bears it as rightly and is much better known.
fn means_the_theatre(hits: &[NameHit], gazetteer: &Gazetteer) -> bool {
    let (mut here, mut elsewhere) = (None, 0);
    let mut best_here = None;
    for hit in hits.iter().take(MOST_HITS) {
        let place = gazetteer.sketch(hit.place);
        let weight = match place.class {
            PlaceClass::Country => u32::MAX,
            PlaceClass::Admin1 => KNOWN_WIDELY.max(place.population.unwrap_or(0)),
            _ => place.population.unwrap_or(0),
        };
        if place.point.is_some_and(guards::in_theatre) || gazetteer.is_ukrainian(hit.place) {
            here = here.max(Some(weight));
            best_here = best_here.or(Some((hit.tier, hit.kind)));
        } else if best_here.is_none_or(|best| (hit.tier, hit.kind) <= best) {
            // Hits come best first: what follows a better name of the theatre is another town's old or foreign name.
            elsewhere = elsewhere.max(weight);
        }
    }
    here.is_some_and(|here| elsewhere < KNOWN_WIDELY.max(here.saturating_add(1)))
}

/// Inhabitants from which a place is known far from it.
const KNOWN_WIDELY: u32 = 100_000;

/// Of names with very many places the first so many are looked at.
const MOST_HITS: usize = 12;

/// The mentions of war reporting.
fn war_mentions(
    document: &Document,
    outline: &Outline,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
    memory: &mut Memory,
) -> Vec<Mention> {
    let lines: Vec<Line> = outline
        .sentences
        .iter()
        .map(|sentence| {
            let words = words.of(outline.block_of(sentence).lang);
            Line::new(&document.text, outline.tokens_of(sentence), words)
        })
        .collect();
    let mut found = Vec::new();
    let mut finder = Finder::new(document, gazetteer, words, memory, &lines);
    for ((at, sentence), line) in outline.sentences.iter().enumerate().zip(&lines) {
        let block = outline.block_of(sentence);
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        let names = finder.names(line, block.lang);
        finder.judge(line, at, names, &mut found);
    }
    found
}

/// What is kept over the sentences of one document.
struct Finder<'a> {
    text: &'a str,
    gazetteer: &'a Gazetteer,
    words: &'a PlaceWords,
    persons: Persons<'a>,
    memory: &'a mut Memory,
}

impl<'a> Finder<'a> {
    fn new(
        document: &'a Document,
        gazetteer: &'a Gazetteer,
        words: &'a PlaceWords,
        memory: &'a mut Memory,
        lines: &[Line<'a>],
    ) -> Finder<'a> {
        Finder { text: &document.text, gazetteer, words, persons: Persons::of(lines), memory }
    }

    /// What the scan proposes, with the generic words that belong to each name.
    fn names(&mut self, line: &Line<'a>, lang: Lang) -> Vec<Named> {
        let matches = self.gazetteer.scan_on(self.text, line.tokens, Some(lang), self.memory);
        let gazetteer = self.gazetteer;
        let sectors = super::adjective::adjectives(line, gazetteer, lang);
        let mut names: Vec<Named> = Vec::with_capacity(matches.len());
        for (at, found) in matches.iter().enumerate() {
            let past = names.last().map_or(0, |name: &Named| name.end);
            let in_sector = |sector: &Named| found.first_token < sector.end && sector.first < found.end_token;
            if found.first_token < past || sectors.iter().any(in_sector) {
                continue;
            }
            let hits = gazetteer.hits_on(self.text, found, lang, self.memory).to_vec();
            let mut name = generic::joined(line, found.first_token, found.end_token, found.span, hits, past);
            let next_is_name = matches.get(at + 1).is_some_and(|next| next.first_token == name.end + 1);
            if !next_is_name && let Some(longer) = generic::longer(line, &name, gazetteer, self.memory) {
                name = longer;
            }
            generic::keep_possible(&mut name, gazetteer);
            names.push(name);
        }
        names.extend(sectors);
        names.sort_by_key(|name| name.first);
        generic::distribute(line, &mut names, |hit| self.gazetteer.class(hit.place));
        names
    }

    /// The peoples' adjectives of a sentence.
    fn demonyms(&self, line: &Line, sentence: usize) -> Vec<Mention> {
        let mut found = Vec::new();
        for at in 0..line.tokens.len() {
            if !line.is_capital(at) {
                continue;
            }
            let two = line.span(at, (at + 2).min(line.tokens.len()));
            let pair = (at + 1 < line.tokens.len()).then(|| self.words.home_of(two.of(self.text))).flatten();
            let (span, home) = match pair {
                Some(home) => (two, home),
                None => match line.word(at).and_then(|word| self.words.home_of(word)) {
                    Some(home) => (line.span(at, at + 1), home),
                    None => continue,
                },
            };
            found.push(Mention::demonym(span, sentence, self.gazetteer.lookup(home, None)));
        }
        found
    }

    /// Keeps what names a place.
    fn judge(&mut self, line: &Line<'a>, sentence: usize, names: Vec<Named>, found: &mut Vec<Mention>) {
        let proposed: Vec<(usize, usize)> = names.iter().map(|name| (name.first, name.end)).collect();
        let sectors = kinds::sectors(line, &names);
        let mut kept = Vec::with_capacity(names.len());
        for (at, mut name) in names.into_iter().enumerate() {
            let demonym = self.words.home_of(name.name.of(self.text)).is_some();
            let model = guards::is_of_a_model(self.text, name.name, self.words);
            let place = !demonym && !model && guards::is_place(line, &name, self.gazetteer, &self.persons);
            if name.adjective || place {
                let sector = name.adjective && name.stated.is_none() || sectors[at];
                if sector {
                    kinds::keep_sector_places(&mut name, self.gazetteer);
                }
                let kind = kinds::kind(line, &name, sector, self.gazetteer);
                kept.push(Mention {
                    span: name.span,
                    name: name.name,
                    sentence,
                    kind,
                    stated_class: name.stated,
                    hits: name.hits,
                });
            }
        }
        if self.words.demonyms {
            kept.extend(self.demonyms(line, sentence));
        }
        let known = kept.len();
        unknown::find(line, sentence, &proposed, &self.persons, &mut kept);
        for unknown in &mut kept[known..] {
            if unknown.stated_class.is_none() {
                let name = unknown.name.of(self.text);
                unknown.hits = self.gazetteer.near_names_on(name, self.memory).to_vec();
            }
        }
        kept.sort_by_key(|mention| mention.span);
        kept.dedup_by(|next, last| overlaps(last.span, next.span));
        found.append(&mut kept);
    }
}

/// Whether a place's name comes in many spellings: those of the theatre and of Russia are carried over from
/// another alphabet. A town elsewhere that only sounds alike ("Alania" the battalion, Alanya) is not meant.
fn is_spelt_freely(hit: &NameHit, gazetteer: &Gazetteer) -> bool {
    gazetteer.is_ukrainian(hit.place)
        || gazetteer.country_code(hit.place) == Some("RU")
        || gazetteer.sketch(hit.place).point.is_some_and(guards::in_theatre)
}

fn overlaps(a: Span, b: Span) -> bool {
    a.overlaps(b)
}
