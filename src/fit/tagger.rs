//! Training of the recogniser of general news: an averaged perceptron over texts whose place names are marked.

use crate::document::Span;
use crate::eval::LabelledText;
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::{SLOTS, TAGS, Tag, Tagger, Unit, before, best, features_of};
use crate::mention::{PlaceWords, TaggedText};
use crate::outline;

/// One sentence to learn from.
pub struct Lesson {
    units: Vec<Unit>,
    tags: Vec<Tag>,
}

/// How often all lessons are gone through.
const EPOCHS: usize = 10;

/// The lessons of some texts.
pub fn lessons(texts: &[&LabelledText], gazetteer: &Gazetteer, words: &PlaceWords) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for text in texts {
        let outline = outline::outline(&text.document);
        let mut tagged = TaggedText::new(&text.document, &outline, gazetteer, words);
        for sentence in &outline.sentences {
            let units = tagged.sentence(sentence).units;
            let spans: Vec<Span> = text
                .truths
                .iter()
                .map(|truth| truth.span)
                .filter(|span| span.overlaps(sentence.span))
                .collect();
            let tags = units.iter().map(|unit| tag_of(unit, &spans)).collect();
            lessons.push(Lesson { units, tags });
        }
    }
    lessons
}

/// What a unit is to the marked names.
fn tag_of(unit: &Unit, spans: &[Span]) -> Tag {
    match spans.iter().find(|span| span.overlaps(unit.span)) {
        Some(span) if unit.may_name && unit.span.start <= span.start => Tag::Begin,
        Some(_) if unit.may_name => Tag::Inside,
        _ => Tag::Out,
    }
}

/// The model that the lessons teach.
pub fn train_tagger(lessons: &[Lesson]) -> Tagger {
    let mut weights = vec![0.0f32; SLOTS * TAGS];
    let mut sums = vec![0.0f64; SLOTS * TAGS];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut features = Vec::new();
    let mut step = 1.0f64;
    for epoch in 0..EPOCHS {
        shuffle(&mut order, epoch as u64);
        for &lesson in &order {
            let Lesson { units, tags: right } = &lessons[lesson];
            let mut tags = vec![Tag::Out; units.len()];
            for at in 0..units.len() {
                if !units[at].may_name {
                    continue;
                }
                features.clear();
                features_of(units, at, before(&tags, at), &mut features);
                let mut scores = [0.0f32; TAGS];
                for &slot in &features {
                    for (tag, score) in scores.iter_mut().enumerate() {
                        *score += weights[slot as usize * TAGS + tag];
                    }
                }
                // A margin makes the few lessons go further.
                for (tag, score) in scores.iter_mut().enumerate() {
                    *score += if tag == right[at] as usize { 0.0 } else { 1.0 };
                }
                let guess = best(scores, before(&tags, at)[0]);
                if guess != right[at] {
                    for &slot in &features {
                        for (tag, change) in [(right[at], 1.0f32), (guess, -1.0)] {
                            let at = slot as usize * TAGS + tag as usize;
                            weights[at] += change;
                            sums[at] += step * f64::from(change);
                        }
                    }
                }
                tags[at] = right[at];
                step += 1.0;
            }
        }
    }
    let averaged: Vec<f64> =
        weights.iter().zip(&sums).map(|(weight, sum)| f64::from(*weight) - sum / step).collect();
    let greatest = averaged.iter().fold(1e-9f64, |most, weight| most.max(weight.abs()));
    let quantised: Vec<i8> =
        averaged.iter().map(|weight| (weight / greatest * 127.0).round() as i8).collect();
    Tagger::from_weights(&quantised)
}

/// Shuffles by a fixed sequence, so that training gives the same model every time.
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    for at in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
}
