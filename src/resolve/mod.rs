//! Which place each mention denotes ([`Resolution`]), and where on the ground a relation to it lies ([`Location`]).
//! Passes add [`Evidence`]; none throws a candidate away.
//!
//! [`resolve`] is the stage; its passes stand in one list (`passes`), what they measure in [`signal`], what that is
//! worth in [`weights`]. [`locate`] puts a resolved place's claim on the ground.

mod calibration;
mod control;
mod familiar;
mod ground;
mod location;
mod passes;
mod scene;
pub mod signal;
mod theatre;
mod unit;
pub mod weights;

pub use calibration::{Calibration, CalibrationError, PlaceSize, Reach, Row};
pub use control::{ControlError, ControlLayer};
pub use familiar::Familiar;
pub use ground::{AreaShape, Ground, Strip, angle_between, bearing_deg, destination, distance_m};
pub use location::{Location, Placing, locate};
pub use signal::{Signal, Signals};
pub use theatre::{PERIODS, Theatre, period_of};
pub use weights::{ConfidenceCurve, Genre, Grounds, WeightSet, Weights};

use crate::document::Document;
use crate::gazetteer::{Gazetteer, NameHit, NameTier, PlaceIx};
use crate::mention::{Locative, Mention, MentionKind, Relation, is_about_the_war};
use crate::outline::Outline;
use passes::{PASSES, Sees};
use rustc_hash::FxHashMap;
pub use scene::FactsMemory;
use scene::{Draft, Facts, Scene, Settled, Spread};
use serde::Serialize;

/// What one mention may denote, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// All candidates with what the passes measured, best first.
    pub candidates: Vec<Candidate>,
    /// What was decided.
    pub verdict: Verdict,
    /// How likely the chosen place is the right one, 0 to 1, calibrated on labelled data; 0 without a place.
    pub confidence: f64,
    /// The best candidate's share of the probability less that of the second; 1 when there is only one.
    pub margin: f64,
    /// Which weights judged.
    pub genre: Genre,
}

/// One place that a mention may denote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The place and how its name met.
    pub hit: NameHit,
    /// The sum of the evidence.
    pub score: f64,
    /// Its share of the probability among the candidates, 0 to 1.
    pub share: f64,
    /// What the passes measured.
    pub signals: Signals,
}

/// One reason, from one named pass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// The pass that found it.
    pub pass: &'static str,
    /// Its weight: positive speaks for the candidate.
    pub weight: f64,
    /// What was measured, 0 to 1 or a log-likelihood.
    pub value: f64,
    /// What was seen, in words that `explain` prints.
    pub note: &'static str,
}

/// What was decided about a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The best candidate is meant.
    Place(PlaceIx),
    /// Several places are equally likely; the margin was too small.
    Tied,
    /// The text says how far it lies from another place, and no place of the name lies there.
    Elsewhere,
    /// No gazetteer has the name.
    #[default]
    Unknown,
}

/// What resolution goes by, beside the document.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What the signals are worth.
    pub weights: &'a Weights,
    /// Where fighting is usually reported.
    pub theatre: &'a Theatre,
    /// Which places reports have meant before.
    pub familiar: &'a Familiar,
    /// Who held what, when the user has such a layer.
    pub control: Option<&'a ControlLayer>,
    /// Below this margin nothing is decided.
    pub least_margin: f64,
    /// Judge by this genre's weights; by the document itself where none is given.
    pub genre: Option<Genre>,
}

/// The margin below which nothing is decided, unless the user says otherwise: the two best are as good as equal.
pub const LEAST_MARGIN: f64 = 0.01;

/// Names with more candidates keep only the likeliest before other mentions are asked.
const MOST_CANDIDATES: usize = 24;

/// How often the mentions ask each other what they mean.
const ROUNDS: usize = 2;

impl Resolution {
    /// The place meant, if one was settled on.
    pub fn place(&self) -> Option<PlaceIx> {
        match self.verdict {
            Verdict::Place(place) => Some(place),
            Verdict::Tied | Verdict::Elsewhere | Verdict::Unknown => None,
        }
    }

    /// What its confidence was judged by; none without candidates.
    pub fn grounds(&self, gazetteer: &Gazetteer) -> Option<Grounds> {
        let best = self.candidates.first()?;
        let inexact = Facts::of(best.hit.place, gazetteer).inexact;
        let rivals = self.candidates.len();
        Some(grounds(best.hit, best.share as f32, best.score as f32, &best.signals, inexact, rivals))
    }

    /// Every reason for and against one of its candidates, in the order of the passes.
    pub fn evidence(&self, candidate: &Candidate, weights: &Weights) -> Vec<Evidence> {
        let weights = &weights.of(self.genre).signals;
        Signal::ALL
            .iter()
            .filter(|signal| candidate.signals[**signal] != 0.0)
            .map(|signal| Evidence {
                pass: signal.pass(),
                weight: f64::from(candidate.signals[*signal] * weights[*signal as usize]),
                value: f64::from(candidate.signals[*signal]),
                note: signal.says(),
            })
            .collect()
    }
}

/// Which place each mention denotes, in the order of the mentions.
pub fn resolve(
    document: &Document,
    outline: &Outline,
    mentions: &[Mention],
    locatives: &[Locative],
    gazetteer: &Gazetteer,
    options: &Options,
    facts: &mut FactsMemory,
) -> Vec<Resolution> {
    let mut scene = Scene::new(document, outline, mentions, locatives, gazetteer, options);
    let genre = options
        .genre
        .unwrap_or_else(|| if is_about_the_war(mentions, gazetteer) { Genre::War } else { Genre::News });
    let weights = options.weights.of(genre);
    let mut drafts = first_drafts(&scene, weights, facts);
    let listening: Vec<Signal> =
        Signal::ALL.iter().copied().filter(|signal| listens(signal.pass())).collect();
    for _ in 0..ROUNDS {
        settle(&mut scene, &drafts);
        for (mention, drafts) in drafts.iter_mut().enumerate() {
            if drafts.len() > 1 {
                ask(&scene, mention, drafts, weights, &listening);
            }
        }
    }
    let concluded = drafts.iter().enumerate().map(|(mention, drafts)| {
        let resolution = conclude(drafts, genre, weights, options.least_margin);
        unless_elsewhere(&scene, mention, resolution, facts)
    });
    concluded.collect()
}

/// The candidates of every mention, judged by name and words alone.
fn first_drafts(scene: &Scene, weights: &WeightSet, facts: &mut FactsMemory) -> Vec<Vec<Draft>> {
    let mut all: Vec<Vec<Draft>> = vec![Vec::new(); scene.mentions.len()];
    for mentions in &scene.mentions_of {
        let first = mentions[0];
        let mut named: Vec<Draft> = scene.mentions[first]
            .hits
            .iter()
            .map(|&hit| Draft::new(hit, facts.of(hit.place, scene.gazetteer)))
            .collect();
        for pass in PASSES.iter().filter(|pass| pass.sees == Sees::Name) {
            (pass.look)(scene, first, &mut named);
        }
        for &mention in mentions {
            let mut drafts = named.clone();
            for pass in PASSES.iter().filter(|pass| pass.sees == Sees::Words) {
                (pass.look)(scene, mention, &mut drafts);
            }
            judge(&mut drafts, weights);
            all[mention] = drafts;
        }
    }
    all
}

/// Has every pass that listens to other mentions look again.
fn ask(scene: &Scene, mention: usize, drafts: &mut Vec<Draft>, weights: &WeightSet, listening: &[Signal]) {
    if drafts.len() > MOST_CANDIDATES && scene.anchored[mention].is_none() {
        keep_likeliest(scene, drafts);
    }
    for draft in drafts.iter_mut() {
        for signal in listening {
            draft.signals[*signal] = 0.0;
        }
    }
    for pass in PASSES.iter().filter(|pass| pass.sees == Sees::Others) {
        (pass.look)(scene, mention, drafts);
    }
    judge(drafts, weights);
}

/// Whether a pass listens to other mentions.
fn listens(name: &str) -> bool {
    PASSES.iter().any(|pass| pass.name == name && pass.sees == Sees::Others)
}

/// Drops the candidates of a common name (more than [`MOST_CANDIDATES`]) that neither their own merits nor the
/// document's places speak for.
fn keep_likeliest(scene: &Scene, drafts: &mut Vec<Draft>) {
    let promise = |draft: &Draft| {
        let near = draft.facts.point.map_or(0.0, |point| scene.spread.near(point, 0.0));
        draft.score + near
    };
    // Drafts are large, so their places in the order are sorted and the best moved.
    let mut order: Vec<(f32, usize)> = drafts.iter().map(promise).zip(0..).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    *drafts = order.into_iter().take(MOST_CANDIDATES).map(|(_, at)| drafts[at]).collect();
}

/// Scores and shares of one mention's candidates.
fn judge(drafts: &mut [Draft], weights: &WeightSet) {
    let mut best = f32::NEG_INFINITY;
    for draft in drafts.iter_mut() {
        draft.score = draft.signals.dot(&weights.signals);
        best = best.max(draft.score);
    }
    let mut sum = 0.0;
    for draft in drafts.iter_mut() {
        draft.share = (draft.score - best).exp();
        sum += draft.share;
    }
    for draft in drafts {
        draft.share /= sum;
    }
}

/// Notes what each mention means so far.
fn settle(scene: &mut Scene, drafts: &[Vec<Draft>]) {
    scene.spread.clear();
    scene.units_named.clear();
    for (mention, drafts) in drafts.iter().enumerate() {
        let best = drafts.iter().max_by(|a, b| a.score.total_cmp(&b.score));
        scene.settled[mention] = best.map(Settled::from);
    }
    for mentions in &scene.mentions_of {
        // A name counts once a document, at its surest.
        let surest =
            mentions.iter().filter_map(|&m| scene.settled[m]).max_by(|a, b| a.share.total_cmp(&b.share));
        if let Some(settled) = surest {
            scene.spread.add(&settled);
            if settled.class.is_unit() {
                scene.units_named.push(settled.place);
            }
        }
    }
    scene.units_named.sort_unstable();
    scene.own_weights = (0..scene.mentions_of.len()).map(|name| scene.weights_of(name)).collect();
}

/// The final word on one mention.
fn conclude(drafts: &[Draft], genre: Genre, weights: &WeightSet, least_margin: f64) -> Resolution {
    let mut order: Vec<&Draft> = drafts.iter().collect();
    order.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.hit.place.cmp(&b.hit.place)));
    let Some(&best) = order.first() else {
        return Resolution { genre, ..Resolution::default() };
    };
    let second = order.get(1).map_or(0.0, |draft| draft.share);
    let margin = f64::from(best.share - second);
    let grounds = grounds(best.hit, best.share, best.score, &best.signals, best.facts.inexact, drafts.len());
    let inputs = ConfidenceCurve::inputs(grounds);
    let decided = margin >= least_margin;
    Resolution {
        verdict: if decided { Verdict::Place(best.hit.place) } else { Verdict::Tied },
        confidence: if decided { f64::from(weights.confidence.probability(inputs)) } else { 0.0 },
        margin,
        genre,
        candidates: order
            .into_iter()
            .map(|draft| Candidate {
                hit: draft.hit,
                score: f64::from(draft.score),
                share: f64::from(draft.share),
                signals: draft.signals,
            })
            .collect(),
    }
}

/// Leaves a mention open that the text itself puts where its best candidate is not. The best is the one that fits the
/// description best of all, so the others lie elsewhere, too.
fn unless_elsewhere(
    scene: &Scene,
    mention: usize,
    resolution: Resolution,
    facts: &mut FactsMemory,
) -> Resolution {
    let elsewhere = scene.anchored[mention].is_some()
        && resolution
            .place()
            .is_some_and(|place| passes::is_elsewhere(scene, mention, &facts.of(place, scene.gazetteer)));
    if elsewhere {
        return Resolution { verdict: Verdict::Elsewhere, confidence: 0.0, ..resolution };
    }
    resolution
}

/// What the confidence in a best candidate is judged by.
fn grounds(hit: NameHit, share: f32, score: f32, signals: &Signals, inexact: bool, rivals: usize) -> Grounds {
    Grounds {
        share,
        rivals,
        inexact,
        loose: matches!(hit.tier, NameTier::Folded | NameTier::Edited),
        misfit: signals[Signal::Gloss] + signals[Signal::AnchorFit],
        score,
    }
}

impl Draft {
    fn new(hit: NameHit, facts: Facts) -> Draft {
        Draft { hit, facts, signals: Signals::default(), score: 0.0, share: 0.0 }
    }
}

impl From<&Draft> for Settled {
    fn from(draft: &Draft) -> Settled {
        Settled {
            place: draft.hit.place,
            class: draft.facts.class,
            point: draft.facts.point,
            slack_km: draft.facts.slack_km,
            is_city: draft.facts.is_city(),
            country: draft.facts.country,
            admin1: draft.facts.admin1,
            share: draft.share,
        }
    }
}

impl<'a> Scene<'a> {
    fn new(
        document: &'a Document,
        outline: &'a Outline,
        mentions: &'a [Mention],
        locatives: &'a [Locative],
        gazetteer: &'a Gazetteer,
        options: &'a Options<'a>,
    ) -> Scene<'a> {
        let mut anchored = vec![None; mentions.len()];
        let mut anchor_of = Vec::new();
        let mut needs_point = vec![false; mentions.len()];
        for (at, locative) in locatives.iter().enumerate() {
            if let Some(anchor) = locative.anchor {
                anchored[locative.place].get_or_insert(at);
                anchor_of.push((anchor.mention, at));
                needs_point[anchor.mention] = true;
            }
            if matches!(locative.relation, Relation::Near | Relation::Dir | Relation::Toward) {
                needs_point[locative.place] = true;
            }
        }
        anchor_of.sort_unstable();
        let (name_of, mentions_of) = names(mentions);
        Scene {
            document,
            outline,
            mentions,
            locatives,
            gazetteer,
            options,
            theatre: options.theatre,
            anchored,
            anchor_of,
            needs_point,
            sectors: (0..mentions.len()).filter(|&at| mentions[at].kind == MentionKind::Sector).collect(),
            name_of,
            mentions_of,
            settled: vec![None; mentions.len()],
            own_weights: Vec::new(),
            spread: Spread::default(),
            units_named: Vec::new(),
        }
    }
}

/// Numbers the names: mentions with the same hits share one.
fn names(mentions: &[Mention]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut known: FxHashMap<(PlaceIx, PlaceIx, usize), usize> = FxHashMap::default();
    let mut name_of = Vec::with_capacity(mentions.len());
    let mut mentions_of: Vec<Vec<usize>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let next = mentions_of.len();
        // Spellings of one name share their places though not their tiers; unknown names each stand alone.
        let least = mention.hits.iter().map(|hit| hit.place).min();
        let most = mention.hits.iter().map(|hit| hit.place).max();
        let name = match (least, most) {
            (Some(least), Some(most)) => *known.entry((least, most, mention.hits.len())).or_insert(next),
            _ => next,
        };
        if name == next {
            mentions_of.push(Vec::new());
        }
        mentions_of[name].push(at);
        name_of.push(name);
    }
    (name_of, mentions_of)
}
