//! From what the stages found in one document to the rows of its layers.
//! The columns stand in `schema`; each value here stands in the order of its column.

use super::{Feature, Geometry, Layer, LayerKind, Value};
use crate::claim::Claim;
use crate::document::{Document, Span};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::mention::{Bearing, Mention, MentionKind, Relation};
use crate::outline::{Outline, Sentence};
use crate::resolve::{Location, Resolution, Verdict, Weights};
use crate::text::CodePoints;
use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::fmt::Write;
use std::sync::Arc;

/// What the stages found in one document.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its build.
    pub outline: &'a Outline,
    /// Its place mentions.
    pub mentions: &'a [Mention],
    /// What each mention denotes, one a mention.
    pub resolutions: &'a [Resolution],
    /// Where each mention lies by itself, one a mention; none where no place was settled on.
    pub mention_locations: &'a [Option<Location>],
    /// Its claims.
    pub claims: &'a [Claim],
    /// Where each claim lies, one a claim; none where it could not be placed.
    pub locations: &'a [Option<Location>],
    /// What the evidence is worth.
    pub weights: &'a Weights,
    /// The places the numbers mean.
    pub gazetteer: &'a Gazetteer,
}

/// The layers that one document gives by itself, in the order in which they are written.
const OF_ONE_DOCUMENT: [LayerKind; 5] =
    [LayerKind::Claims, LayerKind::Areas, LayerKind::Mentions, LayerKind::Documents, LayerKind::Unlocated];

/// The layers of one document that are wanted, of those it gives by itself; the others are made of many documents.
///
/// `n_reports` and `n_sources` are 1; over many documents [`Reports`](super::Reports) counts them.
pub fn layers(findings: &Findings<'_>, wanted: &[LayerKind]) -> Vec<Layer> {
    let shared = Shared::new(findings);
    let of_claims = [LayerKind::Claims, LayerKind::Areas, LayerKind::Unlocated];
    let claims = if of_claims.iter().any(|kind| wanted.contains(kind)) {
        claim_features(findings, &shared)
    } else {
        Vec::new()
    };
    let rows = |kind: LayerKind| match kind {
        // They are made already; the other layers are made of them, so they are moved in at the end.
        LayerKind::Claims => Vec::new(),
        LayerKind::Areas => area_features(findings, &claims),
        LayerKind::Unlocated => claims.iter().filter(|claim| claim.geometry.is_none()).cloned().collect(),
        LayerKind::Mentions => mention_features(findings, &shared),
        LayerKind::Documents => vec![document_row(findings, &shared)],
        _ => unreachable!("the layers of one document are listed"),
    };
    let kinds = OF_ONE_DOCUMENT.into_iter().filter(|kind| wanted.contains(kind));
    let mut layers: Vec<Layer> = kinds.map(|kind| Layer { kind, features: rows(kind) }).collect();
    if let Some(layer) = layers.iter_mut().find(|layer| layer.kind == LayerKind::Claims) {
        layer.features = claims;
    }
    layers
}

/// One row a claim, those that could not be placed without a point.
fn claim_features(findings: &Findings<'_>, shared: &Shared<'_>) -> Vec<Feature> {
    let ids = claim_ids(findings);
    let claims = findings.claims.iter().zip(findings.locations).enumerate();
    claims
        .map(|(at, (claim, location))| Feature {
            id: Some(ids[at].clone()),
            geometry: location.as_ref().map(|location| Geometry::Point(location.point)),
            values: claim_values(findings, shared, claim, location.as_ref(), &ids, at),
        })
        .collect()
}

/// The claims again, each as the ground that holds it; `claims` are their rows.
fn area_features(findings: &Findings<'_>, claims: &[Feature]) -> Vec<Feature> {
    let with_area = |(claim, location): (&Feature, &Option<Location>)| {
        let area = location.as_ref()?.area(findings.gazetteer);
        Some(Feature { geometry: Some(Geometry::MultiPolygon(area)), ..claim.clone() })
    };
    claims.iter().zip(findings.locations).filter_map(with_area).collect()
}

fn mention_features(findings: &Findings<'_>, shared: &Shared<'_>) -> Vec<Feature> {
    let rows = findings.mentions.iter().enumerate();
    rows.map(|(at, mention)| mention_row(findings, shared, mention, at)).collect()
}

/// What all rows of one document share, so that each row holds a reference and no copy.
struct Shared<'a> {
    code_points: CodePoints<'a>,
    doc_id: Value,
    report_date: Value,
    source: Value,
    title: Value,
    url: Value,
    gazetteer_version: Value,
    text: &'a str,
    /// The words of each sentence that a row has asked for.
    sentences: Vec<OnceCell<Arc<str>>>,
}

impl<'a> Shared<'a> {
    fn new(findings: &Findings<'a>) -> Shared<'a> {
        let document = findings.document;
        Shared {
            code_points: CodePoints::new(&document.text),
            doc_id: Value::Text(document.id.as_str().into()),
            report_date: Value::date(document.date.map(|report| report.date)),
            source: Value::text(document.source.as_deref()),
            title: Value::text(document.title.as_deref()),
            url: Value::text(document.url.as_deref()),
            gazetteer_version: Value::Text(findings.gazetteer.version().into()),
            text: &document.text,
            sentences: vec![OnceCell::new(); findings.outline.sentences.len()],
        }
    }

    /// The words of a sentence; of one without end those around the mention at `near`, so that a text of one
    /// sentence does not stand whole in each of its rows.
    fn words_of(&self, sentence: &Sentence, at: usize, near: Span) -> Value {
        const LONGEST: usize = 4_000;
        if sentence.span.len() > LONGEST {
            return Value::Text(excerpt(self.text, sentence.span, near, LONGEST / 4).into());
        }
        Value::Text(self.sentences[at].get_or_init(|| sentence.span.of(self.text).into()).clone())
    }

    fn start_of(&self, span: Span) -> Value {
        count(self.code_points.at(span.start))
    }

    fn end_of(&self, span: Span) -> Value {
        count(self.code_points.at(span.end))
    }
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

/// A count as a cell.
pub(super) fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).expect("a count of things in memory fits 63 bits"))
}

/// The ids of a document's claims: a hash of document, sentence, the place's offset in it, side and type,
/// and a number where one sentence, or its repetition, would give the same twice.
fn claim_ids(findings: &Findings<'_>) -> Vec<Arc<str>> {
    let mut seen = FxHashSet::default();
    let mut ids = Vec::with_capacity(findings.claims.len());
    for claim in findings.claims {
        let sentence = findings.outline.sentences[claim.sentence].span;
        let place = findings.mentions[claim.place.place].span;
        let mut hash = Sha256::new();
        hash.update(findings.document.id.as_bytes());
        hash.update([0]);
        hash.update(sentence.of(&findings.document.text).as_bytes());
        hash.update([0]);
        hash.update(place.start.saturating_sub(sentence.start).to_le_bytes());
        hash.update(claim.actor_side.as_str());
        hash.update(claim.claim_type.as_str());
        let digest = hash.finalize();
        let base =
            u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 digest has more than eight bytes"));
        let mut id = format!("{base:016x}");
        let mut nth = 2;
        while !seen.insert(id.clone()) {
            id = format!("{base:016x}-{nth}");
            nth += 1;
        }
        ids.push(id.into());
    }
    ids
}

/// The cells of one claim, in the order of `CLAIM_COLUMNS`.
fn claim_values(
    findings: &Findings<'_>,
    shared: &Shared<'_>,
    claim: &Claim,
    location: Option<&Location>,
    ids: &[Arc<str>],
    at: usize,
) -> Vec<Value> {
    let text = &findings.document.text;
    let words = |span: Option<Span>| Value::text(span.map(|span| span.of(text)));
    let sentence = &findings.outline.sentences[claim.sentence];
    let mention = &findings.mentions[claim.place.place];
    let resolution = &findings.resolutions[claim.place.place];
    let place = PlaceCells::new(findings, resolution);
    let (first, last) = span_of_days(findings, claim);
    let (event_date, end_date) = match claim.when.event {
        Some((first, last)) => (Value::Date(first), Value::Date(last)),
        None => (Value::Null, Value::Null),
    };
    let anchor = claim.place.anchor;
    vec![
        Value::Text(ids[at].clone()),
        first.map_or(Value::Null, |day| Value::DateTime(first_moment(day))),
        last.map_or(Value::Null, |day| Value::DateTime(last_moment(day))),
        event_date,
        end_date,
        Value::Integer(claim.when.precision.into()),
        Value::Word(claim.when.basis.as_str()),
        words(claim.when.text),
        Value::date(claim.when.as_of),
        shared.report_date.clone(),
        Value::Word(claim.claim_type.as_str()),
        Value::Word(claim.actor_side.as_str()),
        words(claim.actor),
        Value::word(claim.target_side.map(|side| side.as_str())),
        words(claim.unit),
        Value::Word(claim.status.as_str()),
        words(claim.claimed_by),
        Value::word(claim.claimed_by_kind.map(|kind| kind.as_str())),
        words(claim.hedge),
        Value::Real(rounded(claim.confidence)),
        place.name,
        Value::text(Some(mention.span.of(text))),
        place.id,
        place.class,
        Value::Word(mention.kind.as_str()),
        place.adm1,
        place.adm2,
        place.country,
        axis(findings, sentence, claim.sentence),
        place.lon,
        place.lat,
        Value::Word(claim.place.relation.as_str()),
        words(anchor.map(|anchor| findings.mentions[anchor.mention].span)),
        Value::word(
            stated_bearing(
                claim.place.relation,
                claim.place.bearing,
                anchor.and_then(|anchor| anchor.bearing),
            )
            .map(Bearing::as_str),
        ),
        Value::real(claim.place.distance_km.or(anchor.and_then(|anchor| anchor.distance_km))),
        geo_prec(location),
        location.map_or(Value::Null, |location| Value::Integer(location.uncertainty_m.into())),
        Value::Real(rounded(resolution.confidence)),
        Value::Real(rounded(resolution.margin)),
        why(findings, mention, resolution),
        alternatives(findings, resolution),
        claim.repeat_of.map_or(Value::Null, |first| Value::Text(ids[first].clone())),
        Value::Integer(1),
        Value::Integer(1),
        shared.source.clone(),
        shared.title.clone(),
        shared.url.clone(),
        shared.doc_id.clone(),
        Value::Word(findings.outline.block_of(sentence).lang.code()),
        shared.words_of(sentence, claim.sentence, mention.span),
        shared.start_of(sentence.span),
        shared.end_of(sentence.span),
        shared.start_of(mention.span),
        shared.end_of(mention.span),
        Value::Word(env!("CARGO_PKG_VERSION")),
        shared.gazetteer_version.clone(),
    ]
}

/// The offset's or part's own bearing; with every other relation the anchor's.
fn stated_bearing(relation: Relation, own: Option<Bearing>, anchor: Option<Bearing>) -> Option<Bearing> {
    match relation {
        Relation::Dir | Relation::Part => own,
        _ => own.or(anchor),
    }
}

/// The days a claim spans on the map: the event's, else the day its words count from.
fn span_of_days(findings: &Findings<'_>, claim: &Claim) -> (Option<Date>, Option<Date>) {
    let undated = claim.when.as_of.or(findings.document.date.map(|report| report.date));
    match claim.when.event {
        Some((first, last)) => (Some(first), Some(last)),
        None => (undated, undated),
    }
}

/// The first second of a day.
pub fn first_moment(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}

/// The last second of a day.
pub fn last_moment(day: Date) -> DateTime {
    day.at(23, 59, 59, 0)
}

/// Three decimals are more than any of our confidences knows.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

fn geo_prec(location: Option<&Location>) -> Value {
    location.map_or(Value::Null, |location| Value::Integer(location.geo_prec.into()))
}

/// The sector that the sentence names, else the one its heading names.
fn axis(findings: &Findings<'_>, sentence: &Sentence, at: usize) -> Value {
    let sector_in = |wanted: &dyn Fn(&Mention) -> bool| {
        findings.mentions.iter().find(|mention| mention.kind == MentionKind::Sector && wanted(mention))
    };
    let heading =
        findings.outline.block_of(sentence).heading.map(|block| findings.outline.blocks[block].span);
    let found = sector_in(&|mention| mention.sentence == at)
        .or_else(|| heading.and_then(|heading| sector_in(&|mention| heading.contains(mention.span))));
    Value::text(found.map(|mention| mention.span.of(&findings.document.text)))
}

/// The cells that tell which place was settled on.
struct PlaceCells {
    name: Value,
    id: Value,
    class: Value,
    adm1: Value,
    adm2: Value,
    country: Value,
    lon: Value,
    lat: Value,
}

impl PlaceCells {
    fn new(findings: &Findings<'_>, resolution: &Resolution) -> PlaceCells {
        let gazetteer = findings.gazetteer;
        let Some(at) = resolution.place() else {
            return PlaceCells {
                name: Value::Null,
                id: Value::Null,
                class: Value::Null,
                adm1: Value::Null,
                adm2: Value::Null,
                country: Value::Null,
                lon: Value::Null,
                lat: Value::Null,
            };
        };
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
}

/// The evidence for the place, strongest first, or why there is none.
fn why(findings: &Findings<'_>, mention: &Mention, resolution: &Resolution) -> Value {
    let Some(best) = resolution.candidates.first() else {
        return Value::Text("no gazetteer has this name".into());
    };
    let mut reasons = String::new();
    if resolution.verdict == Verdict::Tied {
        let places = resolution.candidates.len();
        let _ = write!(reasons, "left open between {places} places of this name; ");
    } else if findings.gazetteer.place(best.hit.place).point.is_none() {
        reasons.push_str("known, but without a point; ");
    }
    let mut evidence = resolution.evidence(best, findings.weights);
    evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    for (nth, reason) in evidence.iter().take(4).enumerate() {
        let gap = if nth == 0 { "" } else { "; " };
        let _ = write!(reasons, "{gap}{} {:+.1}", reason.pass, reason.weight);
    }
    if reasons.is_empty() && mention.hits.len() == 1 {
        reasons.push_str("the only place of this name");
    }
    Value::Text(reasons.trim_end_matches("; ").into())
}

/// How many other candidates a row names.
const ALTERNATIVES: usize = 4;

/// The candidates that were not chosen, as `id:score; id:score`.
fn alternatives(findings: &Findings<'_>, resolution: &Resolution) -> Value {
    let chosen = usize::from(resolution.place().is_some());
    let others = resolution.candidates.iter().skip(chosen).take(ALTERNATIVES);
    let mut list = String::new();
    for candidate in others {
        let gap = if list.is_empty() { "" } else { "; " };
        let _ =
            write!(list, "{gap}{}:{:.2}", findings.gazetteer.place(candidate.hit.place).id, candidate.score);
    }
    if list.is_empty() { Value::Null } else { Value::Text(list.into()) }
}

/// One mention, in the order of the mentions' columns.
fn mention_row(findings: &Findings<'_>, shared: &Shared<'_>, mention: &Mention, at: usize) -> Feature {
    let text = &findings.document.text;
    let resolution = &findings.resolutions[at];
    let location = findings.mention_locations[at].as_ref();
    let place = PlaceCells::new(findings, resolution);
    let sentence = &findings.outline.sentences[mention.sentence];
    let date = findings.outline.block_of(sentence).as_of.or(findings.document.date.map(|report| report.date));
    let values = vec![
        shared.doc_id.clone(),
        shared.report_date.clone(),
        date.map_or(Value::Null, |day| Value::DateTime(first_moment(day))),
        date.map_or(Value::Null, |day| Value::DateTime(last_moment(day))),
        shared.start_of(mention.span),
        shared.end_of(mention.span),
        shared.start_of(sentence.span),
        shared.end_of(sentence.span),
        Value::text(Some(mention.span.of(text))),
        place.name,
        place.id,
        place.class,
        Value::Word(mention.kind.as_str()),
        place.adm1,
        place.adm2,
        place.country,
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        place.lon,
        place.lat,
        geo_prec(location),
        location.map_or(Value::Null, |location| Value::Integer(location.uncertainty_m.into())),
        Value::Real(rounded(resolution.confidence)),
        Value::Real(rounded(resolution.margin)),
        why(findings, mention, resolution),
        alternatives(findings, resolution),
        shared.source.clone(),
        shared.title.clone(),
        shared.url.clone(),
        Value::Word(findings.outline.block_of(sentence).lang.code()),
        shared.words_of(sentence, mention.sentence, mention.span),
        Value::Word(env!("CARGO_PKG_VERSION")),
        shared.gazetteer_version.clone(),
    ];
    Feature { id: None, geometry: location.map(|location| Geometry::Point(location.point)), values }
}

/// The document's own row, in the order of the documents' columns.
fn document_row(findings: &Findings<'_>, shared: &Shared<'_>) -> Feature {
    let document = findings.document;
    let day = document.date.map(|report| report.date);
    let unresolved = findings.resolutions.iter().filter(|resolution| resolution.place().is_none()).count();
    let digest = Sha256::digest(document.text.as_bytes());
    let sha256 = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let warnings = document.warnings.join("; ");
    let values = vec![
        shared.doc_id.clone(),
        shared.report_date.clone(),
        Value::word(document.date.map(|report| report.source.as_str())),
        day.map_or(Value::Null, |day| Value::DateTime(first_moment(day))),
        day.map_or(Value::Null, |day| Value::DateTime(last_moment(day))),
        shared.source.clone(),
        shared.title.clone(),
        shared.url.clone(),
        Value::word(main_language(findings.outline)),
        count(shared.code_points.total()),
        count(findings.outline.sentences.len()),
        count(findings.mentions.len()),
        count(unresolved),
        count(findings.claims.len()),
        count(findings.claims.iter().filter(|claim| claim.is_gain()).count()),
        Value::Text(sha256.into()),
        if warnings.is_empty() { Value::Null } else { Value::Text(warnings.into()) },
    ];
    Feature { id: Some(document.id.as_str().into()), geometry: None, values }
}

/// The language in which most of the text stands.
fn main_language(outline: &Outline) -> Option<&'static str> {
    use crate::document::Lang;
    let length = |lang: Lang| -> usize {
        outline.blocks.iter().filter(|block| block.lang == lang).map(|block| block.span.len()).sum()
    };
    let longest =
        [Lang::En, Lang::Uk, Lang::Ru].into_iter().max_by_key(|&lang| (length(lang), lang == Lang::En));
    longest.filter(|&lang| length(lang) > 0).map(Lang::code)
}
