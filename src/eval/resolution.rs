//! Scores of resolution on texts whose places are known: which place, where on the ground, how sure.
//! Scores of claims are next door; the texts are read by `labelled`.

use super::claims::{Rate, Score};
use super::held_out::HeldOut;
use super::labelled::{Gloss, Half, LabelledError, LabelledText, Truth, gold_set, named, offsets};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Relation;
use crate::mention::mentions_at;
use crate::pipeline::{Analysis, Knowledge, analyze};
use crate::resolve::{FactsMemory, Resolution, distance_m, resolve};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// Everything that is measured of resolution.
#[derive(Clone, Debug, Default)]
pub struct ResolutionScores {
    /// Place names of the gold set of reports: spans, and points within the set's tolerance.
    pub reports: PlaceScores,
    /// Offset statements of odd days with the gloss blanked: in their reports, and by themselves.
    pub offsets: [Rate; 2],
    /// Geolocated sentences of odd lines, by phrase.
    pub geolocated: BTreeMap<String, Rate>,
    /// How far the truth lies, by relation.
    pub reach: BTreeMap<&'static str, ReachScore>,
    /// The corpora of general news, by name. The shipped recogniser and weights were trained on them; what the program
    /// that fits them found in cross-validation stands in `gazetteer/weights.tsv`.
    pub news: Vec<(&'static str, NewsScores)>,
    /// At each margin: how many were answered, and how many of these were right.
    pub abstention: Vec<(f64, Rate, Rate)>,
    /// Decisions by tenths of their confidence: which decisions, and how many of each tenth were right.
    pub reliability: BTreeMap<Decisions, [Rate; 10]>,
}

/// Of which decisions a reliability table is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decisions {
    /// On names of the halves that nothing was fitted on.
    HeldOut,
    /// On names of the gold set, which the weights have seen.
    Names,
    /// The same, once for each claim that lies there.
    Claims,
}

impl Decisions {
    fn as_str(self) -> &'static str {
        match self {
            Decisions::HeldOut => "held-out names",
            Decisions::Names => "gold names",
            Decisions::Claims => "gold claims",
        }
    }
}

/// Place names found and placed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlaceScores {
    /// Spans, overlapping ones counted.
    pub mentions: Score,
    /// Right places among all labelled with a point.
    pub right: Rate,
}

/// General news.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewsScores {
    /// Spans, exact.
    pub recognition: Score,
    /// Names placed within 161 km: of those placed, and of all labelled with a point.
    pub end_to_end: Score,
    /// Placed within 161 km when the spans are given.
    pub given_spans: Rate,
}

/// Where the truth lies from our point.
#[derive(Clone, Debug, Default)]
pub struct ReachScore {
    /// Kilometres from our point to the truth.
    far_km: Vec<f64>,
    /// How often the truth lies in our area.
    pub held: Rate,
}

impl ReachScore {
    /// The median distance, kilometres.
    pub fn median_km(&self) -> f64 {
        let mut far = self.far_km.clone();
        far.sort_by(f64::total_cmp);
        far.get(far.len() / 2).copied().unwrap_or(0.0)
    }
}

/// The margins at which abstention is measured.
const MARGINS: [f64; 3] = [0.0, 0.3, 0.7];

/// Measures resolution on the sets of a folder (`gold`, `offsets`, `geolocated`, `corpora`).
///
/// # Errors
/// When a set cannot be read.
pub fn resolution_scores(
    folder: &Path,
    knowledge: &mut Knowledge,
) -> Result<ResolutionScores, LabelledError> {
    let mut scores = ResolutionScores {
        abstention: MARGINS.map(|m| (m, Rate::default(), Rate::default())).to_vec(),
        ..Default::default()
    };
    for text in gold_set(&folder.join("gold/public.jsonl"), false)? {
        let found = analyze(text.document.clone(), knowledge);
        scores.reports.mentions.add(matched(&text, &found, false), found.mentions.len(), text.truths.len());
        for truth in text.truths.iter().filter(|truth| truth.point.is_some()) {
            let resolution = resolution_of(&found, truth);
            scores.reports.right.add(resolution.is_some_and(|r| is_right(r, truth, &knowledge.gazetteer)));
            scores.note(Decisions::Names, resolution, truth, &knowledge.gazetteer);
        }
        for claim in &found.claims {
            let span = found.mentions[claim.place.place].span;
            let resolution = &found.resolutions[claim.place.place];
            for truth in text.truths.iter().filter(|truth| truth.span == span && truth.point.is_some()) {
                scores.rely(Decisions::Claims, resolution, truth, &knowledge.gazetteer);
            }
        }
    }
    let table = folder.join("offsets/isw-offsets.tsv");
    let reports = folder.join("reports");
    for (at, reports) in [Some(reports.as_path()), None].into_iter().enumerate() {
        for text in offsets(&table, reports, Half::Odd, Gloss::Blanked)? {
            let found = analyze(text.document.clone(), knowledge);
            let truth = &text.truths[0];
            let resolution = resolution_of(&found, truth);
            let right = resolution.is_some_and(|r| is_right(r, truth, &knowledge.gazetteer));
            scores.offsets[at].add(right);
            if let (Some(resolution), 1) = (resolution, at) {
                scores.rely(Decisions::HeldOut, resolution, truth, &knowledge.gazetteer);
            }
        }
    }
    let geolocated = folder.join("geolocated");
    for text in
        named(&geolocated.join("named.tsv"), &geolocated.join("sentences-2024-01..04.jsonl"), Half::Odd)?
    {
        let found = analyze(text.document.clone(), knowledge);
        for truth in &text.truths {
            scores.geolocated_truth(&found, truth, knowledge);
        }
    }
    for (name, file) in [("LGL", "corpora/lgl.jsonl"), ("TR-News", "corpora/trnews.jsonl")] {
        let texts = gold_set(&folder.join(file), true)?;
        let asked = std::mem::replace(&mut knowledge.place_words.demonyms, true);
        scores.news.push((name, news_scores(&texts, knowledge)));
        knowledge.place_words.demonyms = asked;
    }
    Ok(scores)
}

impl ResolutionScores {
    /// Counts a decision for reliability, where there was one and the truth can say whether it was right.
    fn rely(&mut self, of: Decisions, resolution: &Resolution, truth: &Truth, gazetteer: &Gazetteer) {
        let told = resolution.grounds(gazetteer).is_some_and(|grounds| truth.tells_of(&grounds));
        if told && resolution.place().is_some() {
            let tenth = ((resolution.confidence * 10.0) as usize).min(9);
            let right = is_right(resolution, truth, gazetteer);
            self.reliability.entry(of).or_default()[tenth].add(right);
        }
    }

    /// Counts a decision for abstention and reliability.
    fn note(&mut self, of: Decisions, resolution: Option<&Resolution>, truth: &Truth, gazetteer: &Gazetteer) {
        let Some(resolution) = resolution.filter(|r| r.place().is_some()) else { return };
        let right = is_right(resolution, truth, gazetteer);
        for (margin, answered, correct) in &mut self.abstention {
            let answers = resolution.margin >= *margin;
            answered.add(answers);
            if answers {
                correct.add(right);
            }
        }
        self.rely(of, resolution, truth, gazetteer);
    }

    fn geolocated_truth(&mut self, found: &Analysis, truth: &Truth, knowledge: &Knowledge) {
        let resolution = resolution_of(found, truth);
        let right = resolution.is_some_and(|r| is_right(r, truth, &knowledge.gazetteer));
        let phrase = truth.group.split(' ').next().unwrap_or_default();
        let namesakes = if truth.namesakes { "with namesakes" } else { "one of its name" };
        for group in [phrase, namesakes, "all"] {
            self.geolocated.entry(group.to_owned()).or_default().add(right);
        }
        self.note(Decisions::HeldOut, resolution, truth, &knowledge.gazetteer);
        let Some(mention) = mention_of(found, truth).filter(|_| right) else { return };
        let Some(point) = truth.point else { return };
        let Some(locative) = found.locatives.iter().find(|locative| locative.place == mention) else {
            return;
        };
        let Some(location) = crate::pipeline::locate_phrase(locative, &found.resolutions, knowledge) else {
            return;
        };
        if !matches!(locative.relation, Relation::In | Relation::Near | Relation::Dir) {
            return;
        }
        let reach = self.reach.entry(locative.relation.as_str()).or_default();
        reach.far_km.push(distance_m(location.point, point) / 1_000.0);
        reach.held.add(location.ground.holds(point, &knowledge.gazetteer));
    }
}

impl NewsScores {
    /// Adds the scores of other texts.
    pub fn add(&mut self, more: &NewsScores) {
        for (all, more) in
            [(&mut self.recognition, more.recognition), (&mut self.end_to_end, more.end_to_end)]
        {
            all.add(more.right, more.predicted, more.gold);
        }
        self.given_spans.right += more.given_spans.right;
        self.given_spans.of += more.given_spans.of;
    }
}

/// Measures names of general news; demonyms are found where the knowledge says so.
pub fn news_scores(texts: &[LabelledText], knowledge: &Knowledge) -> NewsScores {
    let mut scores = NewsScores::default();
    let mut facts = FactsMemory::default();
    for text in texts {
        let found = analyze(text.document.clone(), knowledge);
        scores.recognition.add(matched(text, &found, true), found.mentions.len(), text.truths.len());
        let pointed = || text.truths.iter().filter(|truth| truth.point.is_some());
        let right = pointed().filter(|truth| {
            resolution_of(&found, truth).is_some_and(|r| is_right(r, truth, &knowledge.gazetteer))
        });
        let placed = found.resolutions.iter().filter(|resolution| resolution.place().is_some()).count();
        let unpointed = text.truths.iter().filter(|truth| truth.point.is_none());
        let unpointed =
            unpointed.filter(|truth| resolution_of(&found, truth).is_some_and(|r| r.place().is_some()));
        scores.end_to_end.add(right.count(), placed - unpointed.count().min(placed), pointed().count());

        let spans: Vec<_> = text.truths.iter().map(|truth| truth.span).collect();
        let given = mentions_at(
            &found.document,
            &found.outline,
            &knowledge.gazetteer,
            &knowledge.place_words,
            &spans,
        );
        let resolved = resolve(
            &found.document,
            &found.outline,
            &given,
            &[],
            &knowledge.gazetteer,
            &knowledge.options(),
            &mut facts,
        );
        for truth in pointed() {
            let at = given.iter().position(|mention| mention.span == truth.span);
            scores.given_spans.add(at.is_some_and(|at| is_right(&resolved[at], truth, &knowledge.gazetteer)));
        }
    }
    scores
}

/// The mention that a truth speaks of: the same span, else one that overlaps it.
fn mention_of(found: &Analysis, truth: &Truth) -> Option<usize> {
    let mentions = || found.mentions.iter();
    mentions()
        .position(|mention| mention.span == truth.span)
        .or_else(|| mentions().position(|mention| mention.span.overlaps(truth.span)))
}

fn resolution_of<'a>(found: &'a Analysis, truth: &Truth) -> Option<&'a Resolution> {
    mention_of(found, truth).map(|mention| &found.resolutions[mention])
}

/// Whether the place decided on lies within the truth's tolerance.
fn is_right(resolution: &Resolution, truth: &Truth, gazetteer: &Gazetteer) -> bool {
    let point = resolution.place().and_then(|place| gazetteer.place(place).point);
    point.zip(truth.point).is_some_and(|(at, point)| distance_m(at, point) <= truth.within_km * 1_000.0)
}

/// How many labelled names were found, each mention used once.
fn matched(text: &LabelledText, found: &Analysis, exact: bool) -> usize {
    let mut used = vec![false; found.mentions.len()];
    let mut count = 0;
    for truth in &text.truths {
        let free = |at: &usize| !used[*at];
        let same = (0..used.len()).filter(free).find(|at| found.mentions[*at].span == truth.span);
        let over = || (0..used.len()).filter(free).find(|at| found.mentions[*at].span.overlaps(truth.span));
        if let Some(at) = same.or_else(|| if exact { None } else { over() }) {
            used[at] = true;
            count += 1;
        }
    }
    count
}

impl fmt::Display for ResolutionScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "reports     mentions     {}", self.reports.mentions)?;
        writeln!(f, "reports     right place  {}", self.reports.right)?;
        writeln!(
            f,
            "offsets     odd days, gloss blanked, in the report {}; by themselves {}",
            self.offsets[0], self.offsets[1]
        )?;
        for (group, rate) in &self.geolocated {
            writeln!(f, "geolocated  {group:16} right {rate}")?;
        }
        for (relation, reach) in &self.reach {
            writeln!(
                f,
                "geolocated  {relation:16} median {:.1} km, in our area {}",
                reach.median_km(),
                reach.held
            )?;
        }
        for (name, news) in &self.news {
            writeln!(f, "{name:11} recognition  {}", news.recognition)?;
            writeln!(f, "{name:11} end to end   {}", news.end_to_end)?;
            writeln!(f, "{name:11} given spans  {}", news.given_spans)?;
        }
        for (margin, answered, right) in &self.abstention {
            writeln!(f, "abstention  margin {margin:.1}: answered {answered}, of these right {right}")?;
        }
        for (of, tenths) in &self.reliability {
            for (tenth, rate) in tenths.iter().enumerate().filter(|(_, rate)| rate.of > 0) {
                let to = tenth as f64 / 10.0 + 0.1;
                writeln!(f, "confidence  {:14} 0.{tenth} to {to:.1}: right {rate}", of.as_str())?;
            }
        }
        for (_, score) in HeldOut::shipped().lines {
            writeln!(f, "cross-validated {score}")?;
        }
        Ok(())
    }
}
