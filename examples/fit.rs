//! Fits the tables under `gazetteer/` that hold what evidence is worth.
//!
//!     cargo run --release --example fit -- theatre ../shared     gazetteer/theatre.tsv
//!     cargo run --release --example fit -- familiar ../shared    gazetteer/familiar.tsv
//!     cargo run --release --example fit -- recogniser ../shared  gazetteer/recogniser.bin
//!     cargo run --release --example fit -- weights ../shared     gazetteer/weights.tsv
//!     cargo run --release --example fit -- calibration ../shared gazetteer/calibration.tsv
//!
//! In this order, since each reads the tables before it. The folder holds `gold`, `offsets`, `geolocated` and `corpora`
//! as described in its README. Odd days and lines are never fitted on, nor an even line whose text stands on an
//! odd one as well. What was measured on texts held out stands in `gazetteer/scores.tsv` afterwards.

use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::eval::{
    Gloss, Half, HeldOut, LabelledError, LabelledText, NewsScores, gold_set, named, news_scores, offsets,
};
use frontmap::fit::{
    Decision, Meant, Placed, Report, Sample, curve, decisions, fit, fit_calibration, lessons, meant,
    mention_of, reliability, samples, theatre_table, train_tagger,
};
use frontmap::gazetteer::PlaceIx;
use frontmap::mention::tagger::Tagger;
use frontmap::mention::{Locative, Relation};
use frontmap::pipeline::{Analysis, Knowledge, analyze};
use frontmap::resolve::{
    Calibration, Familiar, Genre, PlaceSize, Resolution, Signal, Theatre, WeightSet, Weights, period_of,
};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};

/// How often weights are fitted on what the passes see under the weights before.
const ROUNDS: usize = 4;
/// How many parts cross-validation makes of a set.
const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("usage: fit theatre|familiar|recogniser|weights|calibration FOLDER".into());
    };
    let folder = PathBuf::from(folder);
    match what.as_str() {
        "weights" => weights(&folder),
        "theatre" => theatre(&folder),
        "familiar" => familiar(&folder),
        "calibration" => calibration(&folder),
        "recogniser" => recogniser(&folder),
        other => {
            Err(format!("`{other}` is none of theatre, familiar, recogniser, weights, calibration").into())
        }
    }
}

/// What is embedded, but the tables that are fitted as they stand in the folder now: one fit need not be compiled in
/// before the next.
fn knowledge() -> Result<Knowledge, Box<dyn Error>> {
    let mut knowledge = Knowledge::embedded();
    let read = |name: &str| std::fs::read_to_string(format!("gazetteer/{name}.tsv"));
    knowledge.theatre = Theatre::parse(&read("theatre")?);
    knowledge.familiar = Familiar::parse(&read("familiar")?, &knowledge.gazetteer);
    knowledge.weights = Weights::parse(&read("weights")?)?;
    knowledge.calibration = Calibration::parse(&read("calibration")?)?;
    let weights: Vec<i8> =
        std::fs::read("gazetteer/recogniser.bin")?.into_iter().map(u8::cast_signed).collect();
    knowledge.place_words =
        std::mem::take(&mut knowledge.place_words).with_tagger(Tagger::from_weights(&weights));
    Ok(knowledge)
}

fn held_out() -> Result<HeldOut, std::io::Error> {
    std::fs::read_to_string("gazetteer/scores.tsv").map(|table| HeldOut::parse(&table))
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

/// Geolocated sentences of even lines whose text does not stand on an odd line, too.
fn geolocated(folder: &Path) -> Result<Vec<LabelledText>, LabelledError> {
    let geolocated = folder.join("geolocated");
    let (table, sentences) = (geolocated.join("named.tsv"), geolocated.join("sentences-2024-01..04.jsonl"));
    let measured: HashSet<String> =
        named(&table, &sentences, Half::Odd)?.into_iter().map(|text| text.document.text).collect();
    let mut texts = named(&table, &sentences, Half::Even)?;
    texts.retain(|text| !measured.contains(&text.document.text));
    Ok(texts)
}

/// What the labelled texts of the fitting halves mean, by the text or, for statements of one report, by its day.
type Meanings = HashMap<String, Vec<(Meant, f32)>>;

fn meanings(folder: &Path, knowledge: &Knowledge) -> Result<Meanings, Box<dyn Error>> {
    let mut texts = offsets(&folder.join("offsets/isw-offsets.tsv"), None, Half::Even, Gloss::Kept)?;
    texts.extend(geolocated(folder)?);
    let mut meanings = Meanings::new();
    for text in texts {
        let found = analyze(text.document.clone(), knowledge);
        let meant = meant(&text, &found, &knowledge.gazetteer).into_iter().map(|meant| (meant, 1.0));
        meanings.entry(key(&text)).or_default().extend(meant);
    }
    for (date, text) in even_reports(folder)? {
        let date = ReportDate { date, source: DateSource::Record };
        let document = Document { text, date: Some(date), ..Document::default() };
        let found = analyze(document, knowledge);
        let meant = explained(&found).into_iter().map(|place| ((place, period_of(date.date)), REPORT));
        meanings.entry(format!("report {}", date.date)).or_default().extend(meant);
    }
    Ok(meanings)
}

/// How surely a report must mean a place for it to be counted.
const SURE: f64 = 0.9;
/// How well a description must fit, a log-likelihood.
const FITS: f32 = -1.5;
/// What one unlabelled report counts, in labelled texts.
const REPORT: f32 = 0.3;

/// The reports of even days with their dates; odd days are measured on.
fn even_reports(folder: &Path) -> Result<Vec<(Date, String)>, Box<dyn Error>> {
    let mut reports = Vec::new();
    for entry in std::fs::read_dir(folder.join("reports"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Ok(date) = stem.parse::<Date>() else { continue };
        if date.day() % 2 == 0 {
            reports.push((date, std::fs::read_to_string(&path)?));
        }
    }
    reports.sort_unstable();
    Ok(reports)
}

/// Which places unlabelled reports mean by their own account: they say how far and in what direction from another
/// place theirs lies, and one of its namesakes fits that.
fn explained(found: &Analysis) -> Vec<PlaceIx> {
    let of_anchored = |locative: &Locative| {
        locative.anchor?;
        let resolution = &found.resolutions[locative.place];
        let best = resolution.candidates.first().filter(|_| resolution.candidates.len() > 1)?;
        let fit = best.signals[Signal::Gloss] + best.signals[Signal::AnchorFit];
        let sure = resolution.confidence >= SURE && fit >= FITS;
        resolution.place().filter(|_| sure)
    };
    let mut places: Vec<PlaceIx> = found.locatives.iter().filter_map(of_anchored).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What stands and falls together when a text is held out.
fn key(text: &LabelledText) -> String {
    let day = text.document.date.map(|report| report.date.to_string()).unwrap_or_default();
    if text.document.id.starts_with(&day) { day } else { text.document.id.clone() }
}

/// What is found in a text by a program that was never told what it means.
fn analyze_apart(text: &LabelledText, knowledge: &mut Knowledge, meanings: &Meanings) -> Analysis {
    let day = text.document.date.map(|report| format!("report {}", report.date)).unwrap_or_default();
    let own = [key(text), day].map(|key| meanings.get(&key).map_or(&[][..], Vec::as_slice)).concat();
    for &((place, period), amount) in &own {
        knowledge.familiar.count(place, period, -amount);
    }
    let found = analyze(text.document.clone(), knowledge);
    for &((place, period), amount) in &own {
        knowledge.familiar.count(place, period, amount);
    }
    found
}

/// Counts how often labelled texts of the fitting halves mean a place, and unlabelled reports of even days by their own account.
fn familiar(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut knowledge = knowledge()?;
    let meanings = meanings(folder, &knowledge)?;
    knowledge.familiar.forget();
    for &((place, period), amount) in meanings.values().flatten() {
        knowledge.familiar.count(place, period, amount);
    }
    std::fs::write("gazetteer/familiar.tsv", knowledge.familiar.to_table(&knowledge.gazetteer))?;
    Ok(())
}

fn news_texts(folder: &Path) -> Result<Vec<Weighted>, LabelledError> {
    let mut texts = gold_set(&folder.join("corpora/lgl.jsonl"), true)?;
    texts.extend(gold_set(&folder.join("corpora/trnews.jsonl"), true)?);
    Ok(texts.into_iter().map(|text| (text, 1.0)).collect())
}

fn weights(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut knowledge = knowledge()?;
    let meanings = meanings(folder, &knowledge)?;
    let mut held_out = held_out()?;
    let mut lines = Vec::new();
    for (genre, texts) in [(Genre::War, war_texts(folder)?), (Genre::News, news_texts(folder)?)] {
        knowledge.place_words.demonyms = genre == Genre::News;
        let start = knowledge.weights.of(genre).clone();
        let mut judged = Vec::new();
        let mut unseen = Vec::new();
        let mut of_claims = Vec::new();
        for fold in 0..FOLDS {
            let (test, train): (Vec<_>, Vec<_>) =
                texts.iter().cloned().enumerate().partition(|(at, _)| at % FOLDS == fold);
            let train: Vec<Weighted> = train.into_iter().map(|(_, text)| text).collect();
            *set_of(&mut knowledge, genre) = start.clone();
            fit_rounds(&mut knowledge, genre, &train, &meanings);
            for (_, (text, _)) in &test {
                let found = analyze_apart(text, &mut knowledge, &meanings);
                let decided: Vec<Decision> = decisions(text, &found, &knowledge.gazetteer);
                of_claims.extend(decisions(&of_its_claims(text, &found), &found, &knowledge.gazetteer));
                let set = if text.truths.len() > 3 { "report" } else { &text.truths[0].group };
                unseen.extend(decided.iter().map(|decision| (set.to_owned(), decision.right)));
                judged.extend(decided);
            }
        }
        lines.extend(report(genre, &unseen));
        lines.extend(reliability(&judged, &judged).map(|line| format!("{genre:?} names {line}")));
        if genre == Genre::War {
            lines.extend(reliability(&judged, &of_claims).map(|line| format!("{genre:?} claims {line}")));
        }
        *set_of(&mut knowledge, genre) = start;
        fit_rounds(&mut knowledge, genre, &texts, &meanings);
        set_of(&mut knowledge, genre).confidence = curve(&judged);
    }
    for line in &lines {
        println!("{line}");
    }
    held_out.replace("weights", lines);
    std::fs::write("gazetteer/scores.tsv", held_out.to_table())?;
    let note = "What each signal is worth, fitted by examples/fit.rs; what was reached stands in scores.tsv.";
    std::fs::write("gazetteer/weights.tsv", knowledge.weights.to_table(&[note.to_owned()]))?;
    Ok(())
}

/// A text with what is known of the places of its claims, once a claim.
fn of_its_claims(text: &LabelledText, found: &Analysis) -> LabelledText {
    let spans = found.claims.iter().map(|claim| found.mentions[claim.place.place].span);
    let truths = spans.filter_map(|span| text.truths.iter().find(|truth| truth.span.overlaps(span)).cloned());
    LabelledText { truths: truths.collect(), ..text.clone() }
}

fn set_of(knowledge: &mut Knowledge, genre: Genre) -> &mut WeightSet {
    match genre {
        Genre::War => &mut knowledge.weights.war,
        Genre::News => &mut knowledge.weights.news,
    }
}

/// Fits the weights of a genre; what the passes see depends on the weights, so it is done several times over.
fn fit_rounds(knowledge: &mut Knowledge, genre: Genre, texts: &[Weighted], meanings: &Meanings) {
    let prior = knowledge.weights.of(genre).signals;
    for _ in 0..ROUNDS {
        let mut seen: Vec<Sample> = Vec::new();
        for (text, weight) in texts {
            let found = analyze_apart(text, knowledge, meanings);
            seen.extend(samples(text, &found, &knowledge.gazetteer, *weight));
        }
        set_of(knowledge, genre).signals = fit(&seen, &prior);
    }
}

/// The share right in cross-validation, of all and by set, as lines.
fn report(genre: Genre, unseen: &[(String, bool)]) -> Vec<String> {
    let mut groups: HashMap<&str, (usize, usize)> = HashMap::new();
    for (group, right) in unseen {
        for word in ["all", group.split(' ').next().unwrap_or_default()] {
            let tally = groups.entry(word).or_default();
            tally.0 += usize::from(*right);
            tally.1 += 1;
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort();
    let line = |(group, (right, all)): (&str, (usize, usize))| {
        format!("{genre:?} {group}: right {:.3} ({right} of {all})", right as f64 / all as f64)
    };
    groups.into_iter().map(line).collect()
}

/// Counts the true points of the fitting halves, and the places that reports of even days name without doubt.
fn theatre(folder: &Path) -> Result<(), Box<dyn Error>> {
    let knowledge = knowledge()?;
    let mut points: Vec<Report> = Vec::new();
    let sentences = std::fs::read_to_string(folder.join("geolocated/sentences-2024-01..04.jsonl"))?;
    let text_of = |line: &str| -> Result<serde_json::Value, serde_json::Error> { serde_json::from_str(line) };
    let mut measured: HashSet<String> = HashSet::new();
    for line in sentences.lines().skip(1).step_by(2) {
        measured.insert(text_of(line)?["text"].to_string());
    }
    for line in sentences.lines().step_by(2) {
        let sentence = text_of(line)?;
        let date = sentence["first_seen"].as_str().and_then(|date| date.parse().ok());
        let new = !measured.contains(&sentence["text"].to_string());
        if let (true, Some(lon), Some(lat), Some(date)) =
            (new, sentence["lon"].as_f64(), sentence["lat"].as_f64(), date)
        {
            points.push(([lon, lat], date, 0.3));
        }
    }
    for text in offsets(&folder.join("offsets/isw-offsets.tsv"), None, Half::Even, Gloss::Kept)? {
        let date = text.document.date.map(|report| report.date);
        points.extend(text.truths.iter().filter_map(|truth| Some((truth.point?, date?, 1.0))));
    }
    for (date, text) in even_reports(folder)? {
        let date = ReportDate { date, source: DateSource::Record };
        let found = analyze(Document { text, date: Some(date), ..Document::default() }, &knowledge);
        let sure = |resolution: &&Resolution| resolution.confidence >= SURE;
        let mut places: Vec<PlaceIx> =
            found.resolutions.iter().filter(sure).filter_map(Resolution::place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let place = knowledge.gazetteer.place(place);
            let settled = place.class == frontmap::gazetteer::PlaceClass::Settlement
                && place.precision == frontmap::gazetteer::PointPrecision::Exact;
            if let (true, Some(point)) = (settled, place.point) {
                points.push((point, date.date, f64::from(REPORT)));
            }
        }
    }
    std::fs::write("gazetteer/theatre.tsv", theatre_table(points))?;
    Ok(())
}

/// Measures how far the truth lies from the settlement that a geolocated sentence names, where the right one was found.
fn calibration(folder: &Path) -> Result<(), Box<dyn Error>> {
    let knowledge = knowledge()?;
    let mut cases = Vec::new();
    for text in geolocated(folder)? {
        let found = analyze(text.document.clone(), &knowledge);
        for truth in &text.truths {
            let Some(mention) = mention_of(&found, truth) else { continue };
            let Some(locative) = found.locatives.iter().find(|locative| locative.place == mention) else {
                continue;
            };
            let Some(place) = found.resolutions[mention].place() else { continue };
            let place = knowledge.gazetteer.sketch(place);
            let (Some(at), Some(point)) = (place.point, truth.point) else { continue };
            let right = frontmap::resolve::distance_m(at, point) <= truth.within_km * 1_000.0
                && place.precision == frontmap::gazetteer::PointPrecision::Exact;
            if right {
                cases.push(Placed {
                    relation: locative.relation,
                    bearing: locative.bearing,
                    distance_km: locative.distance_km.filter(|_| locative.relation == Relation::Dir),
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
    let mut knowledge = knowledge()?;
    knowledge.place_words.demonyms = true;
    let sets = [("LGL", "lgl"), ("TR-News", "trnews")];
    let mut texts: Vec<(usize, LabelledText)> = Vec::new();
    for (set, (_, stem)) in sets.iter().enumerate() {
        let read = gold_set(&folder.join(format!("corpora/{stem}.jsonl")), true)?;
        texts.extend(read.into_iter().map(|text| (set, text)));
    }
    let mut found: [String; 2] = Default::default();
    let mut scores = [NewsScores::default(); 2];
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
        fit_rounds(&mut knowledge, Genre::News, &weighted, &Meanings::new());
        for (_, (set, text)) in texts.iter().enumerate().filter(|(at, _)| at % FOLDS == fold) {
            let analysis = analyze(text.document.clone(), &knowledge);
            found[*set] += &format!("{}\n", predictions(&analysis, &knowledge));
            scores[*set].add(&news_scores(std::slice::from_ref(text), &knowledge));
        }
    }
    let mut lines = Vec::new();
    for (((name, stem), found), scores) in sets.iter().zip(&found).zip(&scores) {
        std::fs::write(format!("output/{stem}.jsonl"), found)?;
        lines.push(format!("{name} recognition {}", scores.recognition));
        lines.push(format!("{name} end to end {}", scores.end_to_end));
        lines.push(format!("{name} given spans {}", scores.given_spans));
    }
    for line in &lines {
        println!("{line}");
    }
    let mut held_out = held_out()?;
    held_out.replace("recogniser", lines);
    std::fs::write("gazetteer/scores.tsv", held_out.to_table())?;
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
