//! The cells that many rows of one document hold alike, each made once: those of the document, of a sentence,
//! of a mention and of a place. Which row holds which is `rows`' question.

use super::{Findings, Value};
use crate::document::Span;
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::mention::{Mention, MentionKind};
use crate::outline::Sentence;
use crate::resolve::{Candidate, Resolution, Verdict};
use crate::text::CodePoints;
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::fmt::Write;
use std::rc::Rc;
use std::sync::Arc;

/// What rows of one document share, so that each row holds a reference and no copy.
pub(super) struct Cells<'a> {
    findings: Findings<'a>,
    pub(super) code_points: CodePoints<'a>,
    pub(super) doc_id: Value,
    pub(super) report_date: Value,
    pub(super) source: Value,
    pub(super) title: Value,
    pub(super) url: Value,
    pub(super) gazetteer_version: Value,
    /// The mentions that name a sector.
    sectors: Vec<&'a Mention>,
    /// The words of each sentence that a row has asked for.
    sentences: Vec<OnceCell<Arc<str>>>,
    /// The cells of each mention that a row has asked for.
    mentions: Vec<OnceCell<MentionCells>>,
    places: RefCell<FxHashMap<PlaceIx, Rc<PlaceCells>>>,
    nowhere: Rc<PlaceCells>,
}

/// The cells that tell of one mention and the place it denotes.
pub(super) struct MentionCells {
    pub(super) place: Rc<PlaceCells>,
    pub(super) words: Value,
    pub(super) start: Value,
    pub(super) end: Value,
    pub(super) confidence: Value,
    pub(super) margin: Value,
    pub(super) why: Value,
    pub(super) alternatives: Value,
}

/// The cells that tell which place was settled on.
pub(super) struct PlaceCells {
    pub(super) name: Value,
    pub(super) id: Value,
    pub(super) class: Value,
    pub(super) adm1: Value,
    pub(super) adm2: Value,
    pub(super) country: Value,
    pub(super) lon: Value,
    pub(super) lat: Value,
}

impl<'a> Cells<'a> {
    pub(super) fn new(findings: &Findings<'a>) -> Cells<'a> {
        let document = findings.document;
        let is_sector = |mention: &&Mention| mention.kind == MentionKind::Sector;
        Cells {
            findings: *findings,
            code_points: CodePoints::new(&document.text),
            doc_id: Value::Text(document.id.as_str().into()),
            report_date: Value::date(document.date.map(|report| report.date)),
            source: Value::text(document.source.as_deref()),
            title: Value::text(document.title.as_deref()),
            url: Value::text(document.url.as_deref()),
            gazetteer_version: Value::Text(findings.gazetteer.version().into()),
            sectors: findings.mentions.iter().filter(is_sector).collect(),
            sentences: vec![OnceCell::new(); findings.outline.sentences.len()],
            mentions: std::iter::repeat_with(OnceCell::new).take(findings.mentions.len()).collect(),
            places: RefCell::default(),
            nowhere: Rc::new(PlaceCells::nowhere()),
        }
    }

    /// The words of a sentence; of one without end those around the mention at `near`, so that a text of one
    /// sentence does not stand whole in each of its rows.
    pub(super) fn words_of(&self, sentence: &Sentence, at: usize, near: Span) -> Value {
        const LONGEST: usize = 4_000;
        let text = &self.findings.document.text;
        if sentence.span.len() > LONGEST {
            return Value::Text(excerpt(text, sentence.span, near, LONGEST / 4).into());
        }
        Value::Text(self.sentences[at].get_or_init(|| sentence.span.of(text).into()).clone())
    }

    pub(super) fn start_of(&self, span: Span) -> Value {
        count(self.code_points.at(span.start))
    }

    pub(super) fn end_of(&self, span: Span) -> Value {
        count(self.code_points.at(span.end))
    }

    /// The sector that the sentence names, else the one its heading names.
    pub(super) fn axis(&self, sentence: &Sentence, at: usize) -> Value {
        let outline = self.findings.outline;
        let heading = outline.block_of(sentence).heading.map(|block| outline.blocks[block].span);
        let in_heading = |mention: &Mention| heading.is_some_and(|heading| heading.contains(mention.span));
        let mut sectors = self.sectors.iter();
        let found = sectors.clone().find(|mention| mention.sentence == at);
        let found = found.or_else(|| sectors.find(|mention| in_heading(mention)));
        Value::text(found.map(|mention| mention.span.of(&self.findings.document.text)))
    }

    /// The cells of mention `at`.
    pub(super) fn mention(&self, at: usize) -> &MentionCells {
        self.mentions[at].get_or_init(|| {
            let mention = &self.findings.mentions[at];
            let resolution = &self.findings.resolutions[at];
            MentionCells {
                place: resolution.place().map_or_else(|| self.nowhere.clone(), |place| self.place(place)),
                words: Value::text(Some(mention.span.of(&self.findings.document.text))),
                start: self.start_of(mention.span),
                end: self.end_of(mention.span),
                confidence: Value::Real(rounded(resolution.confidence)),
                margin: Value::Real(rounded(resolution.margin)),
                why: why(&self.findings, mention, resolution),
                alternatives: alternatives(self.findings.gazetteer, resolution),
            }
        })
    }

    fn place(&self, at: PlaceIx) -> Rc<PlaceCells> {
        let mut places = self.places.borrow_mut();
        places.entry(at).or_insert_with(|| Rc::new(PlaceCells::of(at, self.findings.gazetteer))).clone()
    }
}

impl PlaceCells {
    fn of(at: PlaceIx, gazetteer: &Gazetteer) -> PlaceCells {
        let place = gazetteer.place(at);
        let name_of = |unit: Option<PlaceIx>| Value::text(unit.map(|unit| gazetteer.place(unit).name));
        PlaceCells {
            name: Value::text(Some(place.name)),
            id: Value::text(Some(place.id)),
            class: Value::Word(place.class.as_str()),
            adm1: name_of(gazetteer.admin1(at)),
            adm2: name_of(gazetteer.admin2(at)),
            country: Value::text(gazetteer.country_code(at)),
            lon: Value::real(place.point.map(|[lon, _]| lon)),
            lat: Value::real(place.point.map(|[_, lat]| lat)),
        }
    }

    fn nowhere() -> PlaceCells {
        PlaceCells {
            name: Value::Null,
            id: Value::Null,
            class: Value::Null,
            adm1: Value::Null,
            adm2: Value::Null,
            country: Value::Null,
            lon: Value::Null,
            lat: Value::Null,
        }
    }
}

/// A count as a cell.
pub(super) fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).expect("a count of things in memory fits 63 bits"))
}

/// Three decimals are more than any of our confidences knows.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// What stands within `reach` bytes of `near` in a sentence, with an ellipsis where it was cut.
fn excerpt(text: &str, sentence: Span, near: Span, reach: usize) -> String {
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (near.start.saturating_sub(reach).max(sentence.start)..near.start).find(is_boundary);
    let end = (near.end..=(near.end + reach).min(sentence.end)).rev().find(is_boundary);
    let (start, end) = (start.unwrap_or(near.start), end.unwrap_or(near.end));
    let cut = |is: bool| if is { "…" } else { "" };
    format!("{}{}{}", cut(start > sentence.start), &text[start..end], cut(end < sentence.end))
}

/// How many reasons a row gives.
const REASONS: usize = 4;

/// The evidence for the place, strongest first, or why there is none.
fn why(findings: &Findings<'_>, mention: &Mention, resolution: &Resolution) -> Value {
    let Some(best) = resolution.candidates.first() else {
        return Value::Text("no gazetteer has this name".into());
    };
    let mut reasons = String::with_capacity(96);
    if resolution.verdict == Verdict::Tied {
        let places = resolution.candidates.len();
        let _ = write!(reasons, "left open between {places} places of this name; ");
    } else if resolution.verdict == Verdict::Elsewhere {
        reasons.push_str("no place of this name lies where the text says; ");
    } else if findings.gazetteer.sketch(best.hit.place).point.is_none() {
        reasons.push_str("known, but without a point; ");
    }
    push_evidence(&mut reasons, findings, resolution, best);
    if reasons.is_empty() && mention.hits.len() == 1 {
        reasons.push_str("the only place of this name");
    }
    Value::Text(reasons.trim_end_matches("; ").into())
}

/// Appends the strongest reasons for a candidate.
fn push_evidence(reasons: &mut String, findings: &Findings<'_>, resolution: &Resolution, best: &Candidate) {
    let mut evidence = resolution.evidence(best, findings.weights);
    evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    for (nth, reason) in evidence.iter().take(REASONS).enumerate() {
        if nth > 0 {
            reasons.push_str("; ");
        }
        let _ = write!(reasons, "{} {:+.1}", reason.pass, reason.weight);
    }
}

/// How many other candidates a row names.
const ALTERNATIVES: usize = 4;

/// The candidates that were not chosen, as `id:score; id:score`.
fn alternatives(gazetteer: &Gazetteer, resolution: &Resolution) -> Value {
    let chosen = usize::from(resolution.place().is_some());
    let mut list = String::new();
    for candidate in resolution.candidates.iter().skip(chosen).take(ALTERNATIVES) {
        if !list.is_empty() {
            list.push_str("; ");
        }
        let _ = write!(list, "{}:{:.2}", gazetteer.id(candidate.hit.place), candidate.score);
    }
    if list.is_empty() { Value::Null } else { Value::Text(list.into()) }
}
