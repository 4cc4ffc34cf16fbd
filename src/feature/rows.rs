//! From what the stages found in one document to the rows of its layers.
//! The columns stand in `schema`; each value here stands in the order of its column. Cells that rows share are `cells`'.

use super::cells::{Cells, count, rounded};
use super::ids::claim_ids;
use super::{Feature, Geometry, Layer, LayerKind, Value};
use crate::claim::Claim;
use crate::document::{Document, Span};
use crate::gazetteer::Gazetteer;
use crate::mention::{Bearing, Mention, Relation};
use crate::outline::Outline;
use crate::resolve::{Location, Resolution, Weights};
use jiff::civil::{Date, DateTime};
use sha2::{Digest, Sha256};
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
    let shared = Cells::new(findings);
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
fn claim_features(findings: &Findings<'_>, shared: &Cells<'_>) -> Vec<Feature> {
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

fn mention_features(findings: &Findings<'_>, shared: &Cells<'_>) -> Vec<Feature> {
    let rows = findings.mentions.iter().enumerate();
    rows.map(|(at, mention)| mention_row(findings, shared, mention, at)).collect()
}

/// The cells of one claim, in the order of `CLAIM_COLUMNS`.
fn claim_values(
    findings: &Findings<'_>,
    shared: &Cells<'_>,
    claim: &Claim,
    location: Option<&Location>,
    ids: &[Arc<str>],
    at: usize,
) -> Vec<Value> {
    let text = &findings.document.text;
    let words = |span: Option<Span>| Value::text(span.map(|span| span.of(text)));
    let sentence = &findings.outline.sentences[claim.sentence];
    let mention = &findings.mentions[claim.place.place];
    let cells = shared.mention(claim.place.place);
    let place = &cells.place;
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
        place.name.clone(),
        cells.words.clone(),
        place.id.clone(),
        place.class.clone(),
        Value::Word(mention.kind.as_str()),
        place.adm1.clone(),
        place.adm2.clone(),
        place.country.clone(),
        shared.axis(sentence, claim.sentence),
        place.lon.clone(),
        place.lat.clone(),
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
        cells.confidence.clone(),
        cells.margin.clone(),
        cells.why.clone(),
        cells.alternatives.clone(),
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
        cells.start.clone(),
        cells.end.clone(),
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

fn geo_prec(location: Option<&Location>) -> Value {
    location.map_or(Value::Null, |location| Value::Integer(location.geo_prec.into()))
}

/// One mention, in the order of the mentions' columns.
fn mention_row(findings: &Findings<'_>, shared: &Cells<'_>, mention: &Mention, at: usize) -> Feature {
    let location = findings.mention_locations[at].as_ref();
    let cells = shared.mention(at);
    let place = &cells.place;
    let sentence = &findings.outline.sentences[mention.sentence];
    let date = findings.outline.block_of(sentence).as_of.or(findings.document.date.map(|report| report.date));
    let values = vec![
        shared.doc_id.clone(),
        shared.report_date.clone(),
        date.map_or(Value::Null, |day| Value::DateTime(first_moment(day))),
        date.map_or(Value::Null, |day| Value::DateTime(last_moment(day))),
        cells.start.clone(),
        cells.end.clone(),
        shared.start_of(sentence.span),
        shared.end_of(sentence.span),
        cells.words.clone(),
        place.name.clone(),
        place.id.clone(),
        place.class.clone(),
        Value::Word(mention.kind.as_str()),
        place.adm1.clone(),
        place.adm2.clone(),
        place.country.clone(),
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        place.lon.clone(),
        place.lat.clone(),
        geo_prec(location),
        location.map_or(Value::Null, |location| Value::Integer(location.uncertainty_m.into())),
        cells.confidence.clone(),
        cells.margin.clone(),
        cells.why.clone(),
        cells.alternatives.clone(),
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
fn document_row(findings: &Findings<'_>, shared: &Cells<'_>) -> Feature {
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
