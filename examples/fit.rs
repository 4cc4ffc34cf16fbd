//! Fits the tables under `gazetteer/` that hold what evidence is worth.
//!
//!     cargo run --release --example fit -- weights ../shared     gazetteer/weights.tsv
//!     cargo run --release --example fit -- theatre ../shared     gazetteer/theatre.tsv
//!     cargo run --release --example fit -- calibration ../shared gazetteer/calibration.tsv
//!     cargo run --release --example fit -- recogniser ../shared  gazetteer/recogniser.bin
//!
//! The folder holds `gold`, `offsets`, `geolocated` and `corpora` as described in its README. Odd days and lines are
//! never fitted on.

use frontmap::eval::{Gloss, Half, LabelledError, LabelledText, gold_set, named, offsets};
use frontmap::fit::{
    Decision, Placed, Report, Sample, curve, decisions, fit, fit_calibration, lessons, mention_of, samples,
    theatre_table, train_tagger,
};
use frontmap::pipeline::{Analysis, Knowledge, analyze};
use frontmap::resolve::{Genre, PlaceSize, WeightSet};
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// How often weights are fitted on what the passes see under the weights before.
const ROUNDS: usize = 4;
/// How many parts cross-validation makes of a set.
const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("usage: fit weights|theatre|calibration|recogniser FOLDER".into());
    };
    let folder = PathBuf::from(folder);
    match what.as_str() {
        "weights" => weights(&folder),
        "theatre" => theatre(&folder),
        "calibration" => calibration(&folder),
        "recogniser" => recogniser(&folder),
        other => Err(format!("`{other}` is none of weights, theatre, calibration, recogniser").into()),
    }
}

/// A set with the weight of its samples.
type Weighted = (LabelledText, f32);

fn war_texts(folder: &Path) -> Result<Vec<Weighted>, LabelledError> {
    let table = folder.join("offsets/isw-offsets.tsv");
    let mut texts: Vec<Weighted> = Vec::new();
    let mut add =
        |set: Vec<LabelledText>, weight: f32| texts.extend(set.into_iter().map(|text| (text, weight)));
    add(gold_set(&folder.join("gold/public.jsonl"), false)?, 2.0);
    add(offsets(&table, None, Half::Even, Gloss::Kept)?, 0.5);
    add(offsets(&table, None, Half::Even, Gloss::Blanked)?, 0.5);
    add(offsets(&table, Some(&folder.join("reports")), Half::Even, Gloss::Blanked)?, 1.0);
    add(geolocated(folder)?, 0.3);
    Ok(texts)
}

fn geolocated(folder: &Path) -> Result<Vec<LabelledText>, LabelledError> {
    let geolocated = folder.join("geolocated");
    named(&geolocated.join("named.tsv"), &geolocated.join("sentences-2024-01..04.jsonl"), Half::Even)
}

fn news_texts(folder: &Path) -> Result<Vec<Weighted>, LabelledError> {
    let mut texts = gold_set(&folder.join("corpora/lgl.jsonl"), true)?;
    texts.extend(gold_set(&folder.join("corpora/trnews.jsonl"), true)?);
    Ok(texts.into_iter().map(|text| (text, 1.0)).collect())
}

fn weights(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut knowledge = Knowledge::embedded();
    let mut notes = vec!["What each signal is worth, fitted by examples/fit.rs.".to_owned()];
    for (genre, texts) in [(Genre::War, war_texts(folder)?), (Genre::News, news_texts(folder)?)] {
        knowledge.place_words.demonyms = genre == Genre::News;
        let start = knowledge.weights.of(genre).clone();
        let mut judged = Vec::new();
        let mut unseen = Vec::new();
        for fold in 0..FOLDS {
            let (test, train): (Vec<_>, Vec<_>) =
                texts.iter().cloned().enumerate().partition(|(at, _)| at % FOLDS == fold);
            let train: Vec<Weighted> = train.into_iter().map(|(_, text)| text).collect();
            *set_of(&mut knowledge, genre) = start.clone();
            fit_rounds(&mut knowledge, genre, &train);
            for (_, (text, _)) in &test {
                let found = analyze(text.document.clone(), &knowledge);
                let decided: Vec<Decision> = decisions(text, &found, &knowledge.gazetteer);
                let set = if text.truths.len() > 3 { "report" } else { &text.truths[0].group };
                unseen.extend(decided.iter().map(|decision| (set.to_owned(), decision.right)));
                judged.extend(decided);
            }
        }
        let confidence = curve(&judged);
        notes.extend(report(genre, &unseen, &judged, confidence));
        *set_of(&mut knowledge, genre) = start;
        fit_rounds(&mut knowledge, genre, &texts);
        set_of(&mut knowledge, genre).confidence = confidence;
    }
    for note in &notes {
        println!("{note}");
    }
    std::fs::write("gazetteer/weights.tsv", knowledge.weights.to_table(&notes))?;
    Ok(())
}

fn set_of(knowledge: &mut Knowledge, genre: Genre) -> &mut WeightSet {
    match genre {
        Genre::War => &mut knowledge.weights.war,
        Genre::News => &mut knowledge.weights.news,
    }
}

/// Fits the weights of a genre; what the passes see depends on the weights, so it is done several times over.
fn fit_rounds(knowledge: &mut Knowledge, genre: Genre, texts: &[Weighted]) {
    let prior = knowledge.weights.of(genre).signals;
    for _ in 0..ROUNDS {
        let seen: Vec<Sample> = texts
            .iter()
            .flat_map(|(text, weight)| {
                let found = analyze(text.document.clone(), knowledge);
                samples(text, &found, &knowledge.gazetteer, *weight)
            })
            .collect();
        set_of(knowledge, genre).signals = fit(&seen, &prior);
    }
}

/// What cross-validation found, as lines: the share right, and how often claims of each confidence were right.
fn report(
    genre: Genre,
    unseen: &[(String, bool)],
    judged: &[Decision],
    curve: frontmap::resolve::ConfidenceCurve,
) -> Vec<String> {
    let right = judged.iter().filter(|decision| decision.right).count();
    let mut lines = vec![format!(
        "{genre:?}: {right} of {} right in {FOLDS}-fold cross-validation ({:.3})",
        judged.len(),
        right as f64 / judged.len() as f64
    )];
    let mut groups: HashMap<&str, (usize, usize)> = HashMap::new();
    for (group, right) in unseen {
        let word = group.split(' ').next().unwrap_or_default();
        let tally = groups.entry(word).or_default();
        tally.0 += usize::from(*right);
        tally.1 += 1;
    }
    let mut bins = [(0usize, 0usize, 0.0f64); 10];
    for decision in judged {
        let sure = f64::from(curve.probability(decision.inputs));
        let bin = &mut bins[((sure * 10.0) as usize).min(9)];
        bin.0 += usize::from(decision.right);
        bin.1 += 1;
        bin.2 += sure;
    }
    for (right, all, sure) in bins.into_iter().filter(|(_, all, _)| *all > 0) {
        lines.push(format!(
            "{genre:?}: given {:.2}, right {:.2} (n {all})",
            sure / all as f64,
            right as f64 / all as f64
        ));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort();
    for (group, (right, all)) in groups {
        println!("{genre:?} {group}: {right} of {all} ({:.3})", right as f64 / all as f64);
    }
    lines
}

/// Counts the true points of the fitting halves, and the places that reports name without doubt.
fn theatre(folder: &Path) -> Result<(), Box<dyn Error>> {
    let knowledge = Knowledge::embedded();
    let mut points: Vec<Report> = Vec::new();
    let sentences = std::fs::read_to_string(folder.join("geolocated/sentences-2024-01..04.jsonl"))?;
    for line in sentences.lines().step_by(2) {
        let sentence: serde_json::Value = serde_json::from_str(line)?;
        let date = sentence["first_seen"].as_str().and_then(|date| date.parse().ok());
        if let (Some(lon), Some(lat), Some(date)) = (sentence["lon"].as_f64(), sentence["lat"].as_f64(), date)
        {
            points.push(([lon, lat], date, 0.3));
        }
    }
    for text in offsets(&folder.join("offsets/isw-offsets.tsv"), None, Half::Even, Gloss::Kept)? {
        let date = text.document.date.map(|report| report.date);
        points.extend(text.truths.iter().filter_map(|truth| Some((truth.point?, date?, 1.0))));
    }
    for entry in std::fs::read_dir(folder.join("reports"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Ok(date) = stem.parse() else { continue };
        let text = std::fs::read_to_string(&path)?;
        let document = frontmap::document::Document { text, ..Default::default() };
        let found = analyze(document, &knowledge);
        let mut places: Vec<_> = found
            .resolutions
            .iter()
            .filter(|resolution| resolution.candidates.len() == 1)
            .filter_map(frontmap::resolve::Resolution::place)
            .collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let place = knowledge.gazetteer.place(place);
            let settled = place.class == frontmap::gazetteer::PlaceClass::Settlement
                && place.precision == frontmap::gazetteer::PointPrecision::Exact;
            if let (true, Some(point)) = (settled, place.point) {
                points.push((point, date, 0.5));
            }
        }
    }
    std::fs::write("gazetteer/theatre.tsv", theatre_table(points))?;
    Ok(())
}

/// Measures how far the truth lies from the settlement that a geolocated sentence names, where the right one was found.
fn calibration(folder: &Path) -> Result<(), Box<dyn Error>> {
    let knowledge = Knowledge::embedded();
    let mut cases = Vec::new();
    for text in geolocated(folder)? {
        let found = analyze(text.document.clone(), &knowledge);
        for truth in &text.truths {
            let Some(mention) = mention_of(&found, truth) else { continue };
            let Some(locative) = found.locatives.iter().find(|locative| locative.place == mention) else {
                continue;
            };
            let Some(place) = found.resolutions[mention].place() else { continue };
            let place = knowledge.gazetteer.place(place);
            let (Some(at), Some(point)) = (place.point, truth.point) else { continue };
            let right = frontmap::resolve::distance_m(at, point) < 30_000.0
                && place.precision == frontmap::gazetteer::PointPrecision::Exact;
            if right {
                cases.push(Placed {
                    relation: locative.relation,
                    bearing: locative.bearing,
                    size: PlaceSize::of(&place),
                    at,
                    truth: point,
                });
            }
        }
    }
    let table = fit_calibration(&cases, &knowledge.calibration).to_table();
    print!("{table}");
    std::fs::write("gazetteer/calibration.tsv", table)?;
    Ok(())
}

/// Trains the recogniser of general news, and writes what recogniser and weights that never saw a text find in it to
/// `output/*.jsonl`, for scorers.
fn recogniser(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut knowledge = Knowledge::embedded();
    knowledge.place_words.demonyms = true;
    let sets = ["lgl", "trnews"].map(|name| (name, folder.join(format!("corpora/{name}.jsonl"))));
    let mut texts: Vec<(usize, LabelledText)> = Vec::new();
    for (set, (_, path)) in sets.iter().enumerate() {
        texts.extend(gold_set(path, true)?.into_iter().map(|text| (set, text)));
    }
    let mut found: [String; 2] = Default::default();
    let start = knowledge.weights.news.clone();
    for fold in 0..FOLDS {
        let train: Vec<&LabelledText> = texts
            .iter()
            .enumerate()
            .filter(|(at, _)| at % FOLDS != fold)
            .map(|(_, (_, text))| text)
            .collect();
        let tagger = train_tagger(&lessons(&train, &knowledge.gazetteer, &knowledge.place_words));
        knowledge.place_words = std::mem::take(&mut knowledge.place_words).with_tagger(tagger);
        let weighted: Vec<Weighted> = train.into_iter().map(|text| (text.clone(), 1.0)).collect();
        knowledge.weights.news = start.clone();
        fit_rounds(&mut knowledge, Genre::News, &weighted);
        for (_, (set, text)) in texts.iter().enumerate().filter(|(at, _)| at % FOLDS == fold) {
            let analysis = analyze(text.document.clone(), &knowledge);
            found[*set] += &format!("{}\n", predictions(&analysis, &knowledge));
        }
    }
    for ((name, _), lines) in sets.iter().zip(&found) {
        std::fs::write(format!("output/{name}.jsonl"), lines)?;
    }
    let all: Vec<&LabelledText> = texts.iter().map(|(_, text)| text).collect();
    let tagger = train_tagger(&lessons(&all, &knowledge.gazetteer, &knowledge.place_words));
    std::fs::write("gazetteer/recogniser.bin", tagger.as_bytes())?;
    Ok(())
}

/// What was found, in the form that scorers of toponyms read.
fn predictions(analysis: &Analysis, knowledge: &Knowledge) -> serde_json::Value {
    let text = &analysis.document.text;
    let toponyms: Vec<serde_json::Value> = analysis
        .mentions
        .iter()
        .zip(&analysis.resolutions)
        .map(|(mention, resolution)| {
            let point = resolution.place().and_then(|place| knowledge.gazetteer.place(place).point);
            serde_json::json!({
                "start": text[..mention.span.start].chars().count(),
                "end": text[..mention.span.end].chars().count(),
                "name": mention.span.of(text),
                "lat": point.map(|point| point[1]),
                "lon": point.map(|point| point[0]),
            })
        })
        .collect();
    serde_json::json!({ "id": analysis.document.id, "toponyms": toponyms })
}
