//! Scores of claims against a labelled set, and of the places they and the mentions lie at.
//!
//! The rules of matching are those of the labelled set's own scorer: a predicted claim can match a labelled
//! one when their place spans overlap, each is used once, best agreement first.

use super::gold::{GoldClaim, GoldDocument};
use crate::claim::{ClaimType, Status};
use crate::feature::{Feature, Layer, LayerKind, Value};
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// Precision, recall and their harmonic mean, from counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Predictions that are right.
    pub right: usize,
    /// All predictions.
    pub predicted: usize,
    /// All labelled ones.
    pub gold: usize,
}

impl Score {
    /// The share of predictions that are right, 0 to 1.
    pub fn precision(self) -> f64 {
        share(self.right, self.predicted)
    }

    /// The share of labelled ones that were found, 0 to 1.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Their harmonic mean, 0 to 1.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    pub(super) fn add(&mut self, right: usize, predicted: usize, gold: usize) {
        self.right += right;
        self.predicted += predicted;
        self.gold += gold;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "P {:.3}  R {:.3}  F1 {:.3}   ({} right of {} predicted, {} gold)",
            self.precision(),
            self.recall(),
            self.f1(),
            self.right,
            self.predicted,
            self.gold
        )
    }
}

/// A part of a whole, 0 to 1; 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How an attribute fares among matched claims: right of all that have it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// Right ones.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl Rate {
    pub(super) fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// The share, 0 to 1.
    pub fn share(self) -> f64 {
        share(self.right, self.of)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4} ({} of {})", self.share(), self.right, self.of)
    }
}

/// Where predictions lie against the labelled points. Kilometre thresholds count points; an area is right
/// within 40 km (second level), 120 km (first level) or 900 km (country) of its labelled centre.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Labelled ones with a point.
    pub gold: usize,
    /// Those of them that are no areas.
    pub points: usize,
    /// Matched and located ones.
    pub located: usize,
    /// Distances of located points, km.
    distances_km: Vec<f64>,
    /// Right places.
    pub right: usize,
}

impl Places {
    fn add_gold(&mut self, class: &str) {
        self.gold += 1;
        self.points += usize::from(area_km(class).is_none());
    }

    fn add(&mut self, class: &str, km: f64) {
        self.located += 1;
        match area_km(class) {
            Some(limit) => self.right += usize::from(km <= limit),
            None => {
                self.right += usize::from(km <= 5.0);
                self.distances_km.push(km);
            }
        }
    }

    /// The share of labelled places that lie where they should, 0 to 1.
    pub fn right_place(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The share of labelled points whose prediction lies within `km`, 0 to 1.
    pub fn within_km(&self, km: f64) -> f64 {
        share(self.distances_km.iter().filter(|&&distance| distance <= km).count(), self.points)
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n {}, points {}, located {}", self.gold, self.points, self.located)?;
        for km in [2.0, 5.0, 20.0, 161.0] {
            write!(f, ", within {km} km {:.4}", self.within_km(km))?;
        }
        write!(f, ", right_place {:.4}", self.right_place())
    }
}

fn area_km(class: &str) -> Option<f64> {
    match class {
        "admin2" => Some(40.0),
        "admin1" => Some(120.0),
        "country" => Some(900.0),
        _ => None,
    }
}

/// All scores over a labelled set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimScores {
    /// Documents scored.
    pub documents: usize,
    /// Claims that would be drawn as ground gained, with the right side.
    pub gain: Score,
    /// Place, type and side, all claims.
    pub core: Score,
    /// Core and status.
    pub strict: Score,
    /// Place spans of claims.
    pub place_span: Score,
    /// Place mentions.
    pub mentions: Score,
    /// Status among core matches.
    pub status: Rate,
    /// Relation among core matches.
    pub relation: Rate,
    /// Bearing among core matches that are labelled with one.
    pub bearing: Rate,
    /// Event dates among core matches that are labelled with them.
    pub date: Rate,
    /// Right event dates among core matches that are given one.
    pub date_precision: Rate,
    /// Where the places of core matches lie.
    pub claim_location: Places,
    /// Where the mentions lie, end to end.
    pub mention_location: Places,
    /// Core scores by claim type, in the labelled set's words.
    pub by_type: BTreeMap<String, Score>,
    /// The gains that were missed or falsely drawn, one a line.
    pub errors: Vec<String>,
}

/// One claim as it is compared: labelled or predicted.
#[derive(Clone, Debug, PartialEq)]
struct Compared {
    span: (usize, usize),
    claim_type: String,
    side: String,
    status: String,
    relation: Option<String>,
    bearing: Option<String>,
    at: Option<[f64; 2]>,
    dates: Option<(String, String)>,
}

impl Compared {
    fn of_gold(claim: &GoldClaim) -> Compared {
        let start = claim.start_date.clone();
        Compared {
            span: (claim.p_start, claim.p_end),
            claim_type: claim.claim_type.clone(),
            side: claim.actor_side.clone(),
            status: claim.status.clone(),
            relation: claim.relation.clone(),
            bearing: claim.bearing.clone(),
            at: claim.lon.zip(claim.lat).map(|(lon, lat)| [lon, lat]),
            dates: start.map(|start| (start.clone(), claim.end_date.clone().unwrap_or(start))),
        }
    }

    fn of_feature(feature: &Feature) -> Option<Compared> {
        let cell = |name: &str| feature.get(LayerKind::Claims, name);
        let word = |name: &str| cell(name).as_str().map(str::to_owned);
        let day = |name: &str| match cell(name) {
            Value::Date(date) => Some(date.to_string()),
            _ => None,
        };
        let start = day("event_date");
        Some(Compared {
            span: (index(cell("place_start"))?, index(cell("place_end"))?),
            claim_type: word("claim_type")?,
            side: word("actor_side")?,
            status: word("status")?,
            relation: word("relation"),
            bearing: word("rel_bearing"),
            at: point(feature, LayerKind::Claims),
            dates: start.map(|start| (start.clone(), day("end_date").unwrap_or(start))),
        })
    }

    fn is_gain(&self) -> bool {
        self.gains_ground() && self.status.parse().is_ok_and(Status::is_said)
    }

    fn gains_ground(&self) -> bool {
        self.claim_type.parse().is_ok_and(ClaimType::is_gain)
    }

    fn same_core(&self, other: &Compared) -> bool {
        self.claim_type == other.claim_type && self.side == other.side
    }

    /// How much two claims agree; the scorer's weights.
    fn agreement(&self, other: &Compared) -> u32 {
        4 * u32::from(self.side == other.side)
            + 4 * u32::from(self.claim_type == other.claim_type)
            + 2 * u32::from(self.status == other.status)
            + u32::from(self.span == other.span)
            + u32::from(self.gains_ground() == other.gains_ground())
    }
}

fn index(value: &Value) -> Option<usize> {
    match value {
        Value::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

fn point(feature: &Feature, kind: LayerKind) -> Option<[f64; 2]> {
    match (feature.get(kind, "place_lon"), feature.get(kind, "place_lat")) {
        (Value::Real(lon), Value::Real(lat)) => Some([*lon, *lat]),
        _ => None,
    }
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Pairs labelled with predicted claims one to one, best agreement first, earlier ones first among equals.
fn pairs(
    gold: &[&Compared],
    predicted: &[&Compared],
    keep: impl Fn(&Compared, &Compared) -> bool,
) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            if overlap(g.span, p.span) && keep(g, p) {
                scored.push((std::cmp::Reverse(g.agreement(p)), i, j));
            }
        }
    }
    scored.sort();
    let (mut used_gold, mut used_predicted) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for (_, i, j) in scored {
        if !used_gold.contains(&i) && !used_predicted.contains(&j) {
            used_gold.insert(i);
            used_predicted.insert(j);
            found.push((i, j));
        }
    }
    found
}

/// Scores what was found in each labelled document: its claims layer and its mentions layer.
pub fn score<'a>(
    documents: impl IntoIterator<Item = (&'a GoldDocument, &'a Layer, &'a Layer)>,
) -> ClaimScores {
    let mut scores = ClaimScores::default();
    for (gold, claims, mentions) in documents {
        scores.documents += 1;
        score_claims(&mut scores, gold, claims);
        score_mentions(&mut scores, gold, mentions);
    }
    scores
}

fn score_claims(scores: &mut ClaimScores, document: &GoldDocument, layer: &Layer) {
    let gold: Vec<Compared> = document.claims.iter().map(Compared::of_gold).collect();
    let predicted: Vec<Compared> = layer.features.iter().filter_map(Compared::of_feature).collect();
    let all_gold: Vec<&Compared> = gold.iter().collect();
    let all_predicted: Vec<&Compared> = predicted.iter().collect();
    let found = pairs(&all_gold, &all_predicted, |_, _| true).len();
    let core = pairs(&all_gold, &all_predicted, Compared::same_core);
    let strict = pairs(&all_gold, &all_predicted, |g, p| g.same_core(p) && g.status == p.status).len();
    scores.place_span.add(found, predicted.len(), gold.len());
    scores.core.add(core.len(), predicted.len(), gold.len());
    scores.strict.add(strict, predicted.len(), gold.len());
    score_gains(scores, document, &gold, &predicted);
    for claim in &gold {
        scores.by_type.entry(claim.claim_type.clone()).or_default().add(0, 0, 1);
    }
    for claim in &predicted {
        scores.by_type.entry(claim.claim_type.clone()).or_default().add(0, 1, 0);
    }
    for (g, p) in core {
        score_attributes(scores, document, &gold[g], &predicted[p]);
    }
}

fn score_gains(scores: &mut ClaimScores, document: &GoldDocument, gold: &[Compared], predicted: &[Compared]) {
    let gold: Vec<&Compared> = gold.iter().filter(|claim| claim.is_gain()).collect();
    let predicted: Vec<&Compared> = predicted.iter().filter(|claim| claim.is_gain()).collect();
    let matched = pairs(&gold, &predicted, |g, p| g.side == p.side);
    scores.gain.add(matched.len(), predicted.len(), gold.len());
    let letters: Vec<char> = document.text.chars().collect();
    let around = |claim: &Compared| -> String {
        let start = claim.span.0.saturating_sub(160);
        let end = (claim.span.1 + 80).min(letters.len());
        letters[start..end].iter().collect::<String>().replace('\n', " ")
    };
    let mut tell = |what: &str, claim: &Compared| {
        scores.errors.push(format!(
            "{what} {} {} {}/{}: {}",
            document.id,
            claim.side,
            claim.claim_type,
            claim.status,
            around(claim)
        ));
    };
    for (_, claim) in gold.iter().enumerate().filter(|(at, _)| !matched.iter().any(|(g, _)| g == at)) {
        tell("MISSED", claim);
    }
    for (_, claim) in predicted.iter().enumerate().filter(|(at, _)| !matched.iter().any(|(_, p)| p == at)) {
        tell("FALSE ", claim);
    }
}

fn score_attributes(
    scores: &mut ClaimScores,
    document: &GoldDocument,
    gold: &Compared,
    predicted: &Compared,
) {
    scores.by_type.entry(gold.claim_type.clone()).or_default().add(1, 0, 0);
    scores.status.add(gold.status == predicted.status);
    scores.relation.add(gold.relation == predicted.relation);
    if gold.bearing.is_some() {
        scores.bearing.add(gold.bearing == predicted.bearing);
    }
    if gold.dates.is_some() {
        scores.date.add(gold.dates == predicted.dates);
    }
    if predicted.dates.is_some() {
        scores.date_precision.add(gold.dates == predicted.dates);
    }
    if let Some(at) = gold.at {
        let exact = |toponym: &&super::gold::GoldToponym| (toponym.start, toponym.end) == gold.span;
        let class = document.toponyms.iter().rev().find(exact).and_then(|toponym| toponym.class.as_deref());
        let class = class.unwrap_or("settlement");
        scores.claim_location.add_gold(class);
        if let Some(found) = predicted.at {
            scores.claim_location.add(class, great_circle_km(at, found));
        }
    }
}

fn score_mentions(scores: &mut ClaimScores, document: &GoldDocument, layer: &Layer) {
    let cell = |feature: &Feature, name: &str| index(feature.get(LayerKind::Mentions, name));
    // The span of a mention, and where it was put.
    type Placed = ((usize, usize), Option<[f64; 2]>);
    let predicted: Vec<Placed> = layer
        .features
        .iter()
        .filter_map(|feature| {
            let span = (cell(feature, "place_start")?, cell(feature, "place_end")?);
            Some((span, point(feature, LayerKind::Mentions)))
        })
        .collect();
    let mut taken = HashSet::new();
    let mut right = 0;
    for toponym in &document.toponyms {
        let span = (toponym.start, toponym.end);
        let class = toponym.class.as_deref().unwrap_or("settlement");
        let at = toponym.lon.zip(toponym.lat).map(|(lon, lat)| [lon, lat]);
        if at.is_some() {
            scores.mention_location.add_gold(class);
        }
        let free = |j: &usize| !taken.contains(j);
        let exact = (0..predicted.len()).find(|j| free(j) && predicted[*j].0 == span);
        let hit = exact.or_else(|| (0..predicted.len()).find(|j| free(j) && overlap(predicted[*j].0, span)));
        let Some(hit) = hit else { continue };
        taken.insert(hit);
        right += 1;
        if let (Some(at), Some(found)) = (at, predicted[hit].1) {
            scores.mention_location.add(class, great_circle_km(at, found));
        }
    }
    scores.mentions.add(right, predicted.len(), document.toponyms.len());
}

/// Kilometres between two points on a sphere of 6371 km: what the labelled set's scorer uses.
pub(super) fn great_circle_km(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (lat1, lat2) = (a[1].to_radians(), b[1].to_radians());
    let h = ((lat2 - lat1) / 2.0).sin().powi(2)
        + lat1.cos() * lat2.cos() * ((b[0] - a[0]).to_radians() / 2.0).sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin()
}

impl fmt::Display for ClaimScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "documents   {}", self.documents)?;
        writeln!(f, "gain        {}", self.gain)?;
        writeln!(f, "core        {}", self.core)?;
        writeln!(f, "strict      {}", self.strict)?;
        writeln!(f, "place_span  {}", self.place_span)?;
        writeln!(f, "mentions    {}", self.mentions)?;
        writeln!(f, "on core matches: status {}, relation {}", self.status, self.relation)?;
        writeln!(f, "                 bearing {}", self.bearing)?;
        writeln!(f, "                 date {}, date_precision {}", self.date, self.date_precision)?;
        writeln!(f, "claim location:   {}", self.claim_location)?;
        writeln!(f, "mention location: {}", self.mention_location)?;
        let mut types: Vec<_> = self.by_type.iter().collect();
        types.sort_by_key(|(name, score)| (std::cmp::Reverse(score.gold), name.as_str()));
        for (name, score) in types {
            writeln!(
                f,
                "  {name:13} P {:.2} R {:.2} F1 {:.2}  gold {}",
                score.precision(),
                score.recall(),
                score.f1(),
                score.gold
            )?;
        }
        Ok(())
    }
}
