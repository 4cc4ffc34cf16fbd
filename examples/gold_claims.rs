//! Measures the claim stage alone: takes the labelled place names of a gold set as mentions, runs the stage,
//! and writes its claims one GeoJSON feature a line, with the properties that the scoring reads.
//!
//!     cargo run --release --example gold_claims -- gold/public.jsonl > claims.jsonl

use frontmap::claim::claims;
use frontmap::document::{DateSource, Document, Lang, ReportDate, Span};
use frontmap::gazetteer::PlaceClass;
use frontmap::lexicon::{Cues, Lexicon, Sector, Sense};
use frontmap::mention::{Locative, Mention, MentionKind, Relation, Words, locatives};
use frontmap::outline::{Block, BlockKind, Label, Outline, Sentence};
use frontmap::text::token::tokens_into;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| anyhow::anyhow!("name a gold file"))?;
    for line in std::fs::read_to_string(path)?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        for feature in features(&gold)? {
            println!("{feature}");
        }
    }
    Ok(())
}

/// The claims found in one gold document.
fn features(gold: &Value) -> anyhow::Result<Vec<Value>> {
    let text = gold["text"].as_str().unwrap_or_default().to_owned();
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |value: &Value| value.as_u64().map_or(0, |at| offsets[at as usize]);
    let lang = gold["lang"].as_str().and_then(Lang::from_code).unwrap_or(Lang::En);
    let date: jiff::civil::Date = gold["date"].as_str().unwrap_or_default().parse()?;
    let mut outline = Outline::default();
    let empty = Vec::new();
    for (index, span) in gold["sentences"].as_array().unwrap_or(&empty).iter().enumerate() {
        let span = Span::new(place(&span[0]), place(&span[1]));
        let first_token = outline.tokens.len();
        tokens_into(&text, span, &mut outline.tokens);
        let label = label(span.of(&text)).or_else(|| carried(&outline, &text, span));
        outline.blocks.push(Block {
            span,
            kind: BlockKind::Paragraph,
            lang,
            heading: None,
            label,
            as_of: Some(date),
        });
        outline.sentences.push(Sentence { span, block: index, first_token, end_token: outline.tokens.len() });
    }
    let mut mentions: Vec<Mention> = Vec::new();
    for toponym in gold["toponyms"].as_array().unwrap_or(&empty) {
        let span = Span::new(place(&toponym["start"]), place(&toponym["end"]));
        let Some(sentence) = outline.sentences.iter().position(|sentence| sentence.span.contains(span))
        else {
            continue;
        };
        let stated_class = match toponym["class"].as_str() {
            Some("admin1") => Some(PlaceClass::Admin1),
            Some("admin2") => Some(PlaceClass::Admin2),
            Some("country") => Some(PlaceClass::Country),
            Some("water") => Some(PlaceClass::Water),
            Some("road") => Some(PlaceClass::Road),
            _ => None,
        };
        let literal = toponym["literal"].as_bool() == Some(true);
        let kind = if literal { MentionKind::Literal } else { MentionKind::Metonym };
        mentions.push(Mention { span, name: span, sentence, kind, stated_class, hits: Vec::new() });
    }
    let lexicon = Lexicon::embedded();
    let found = all_locatives(&text, lang, &outline, &mut mentions, lexicon);
    let document = Document {
        id: gold["id"].as_str().unwrap_or_default().to_owned(),
        text,
        date: Some(ReportDate { date, source: DateSource::Record }),
        ..Document::default()
    };
    let text = &document.text;
    let code_point = |byte: usize| offsets.partition_point(|&at| at < byte);
    let claims = claims(&document, &outline, &mentions, &found, lexicon);
    Ok(claims
        .iter()
        .map(|claim| {
            let mention = &mentions[claim.place.place];
            let bearing = match claim.place.relation {
                Relation::Dir | Relation::Part => claim.place.bearing,
                _ => claim.place.anchor.and_then(|anchor| anchor.bearing),
            };
            json!({"type": "Feature", "geometry": null, "properties": {
                "doc_id": document.id,
                "place_start": code_point(mention.span.start), "place_end": code_point(mention.span.end),
                "place": mention.span.of(text),
                "claim_type": claim.claim_type.as_str(), "actor_side": claim.actor_side.as_str(),
                "status": claim.status.as_str(), "relation": claim.place.relation.as_str(),
                "claimed_by_kind": claim.claimed_by_kind.map(|kind| kind.as_str()),
                "rel_bearing": bearing.map(|bearing| bearing.as_str()),
                "event_date": claim.when.event.map(|event| event.0.to_string()),
                "end_date": claim.when.event.map(|event| event.1.to_string()),
                "trigger": claim.trigger.of(text), "grammar": claim.grammar,
                "sent_start": code_point(outline.sentences[claim.sentence].span.start),
            }})
        })
        .collect())
}

/// What a label inside a sentence says.
fn label(sentence: &str) -> Option<Label> {
    let (label, _) = sentence.split_once(':')?;
    match label {
        _ if label.starts_with("Assessed") => Some(Label::Details),
        _ if label.starts_with("Unconfirmed") => Some(Label::Unconfirmed),
        "Order of Battle" => Some(Label::OrderOfBattle),
        "Quote" => Some(Label::Quote),
        "Source" => Some(Label::Source),
        _ => None,
    }
}

/// A label holds to the end of its line.
fn carried(outline: &Outline, text: &str, span: Span) -> Option<Label> {
    let last = outline.blocks.last()?;
    let same_line = !text[last.span.end..span.start].contains('\n');
    last.label.filter(|&label| same_line && label != Label::Source)
}

fn all_locatives(
    text: &str,
    lang: Lang,
    outline: &Outline,
    mentions: &mut [Mention],
    lexicon: &Lexicon,
) -> Vec<Locative> {
    let mut found = Vec::new();
    for (index, sentence) in outline.sentences.iter().enumerate() {
        let first = mentions.partition_point(|mention| mention.sentence < index);
        let end = mentions.partition_point(|mention| mention.sentence <= index);
        let tokens = outline.tokens_of(sentence);
        let cues = lexicon.cues(lang, text, tokens);
        find_sectors(text, tokens, &cues, &mut mentions[first..end]);
        let words =
            Words { text, tokens, cues: &cues, mentions: &mentions[first..end], first_mention: first };
        found.extend(locatives(&words));
    }
    found
}

/// Names that do not stand for the place itself and have "direction" behind them are sectors.
fn find_sectors(text: &str, tokens: &[frontmap::text::Token], cues: &Cues, mentions: &mut [Mention]) {
    let _ = text;
    let ends: Vec<usize> = mentions.iter().map(|mention| mention.span.end).collect();
    for (at, mention) in mentions.iter_mut().enumerate() {
        if mention.kind != MentionKind::Metonym || mention.stated_class == Some(PlaceClass::Country) {
            continue;
        }
        let behind = tokens.partition_point(|token| token.span.start < ends[at]);
        let near = (behind..tokens.len().min(behind + 14)).any(|token| {
            cues.at(token)
                .iter()
                .any(|cue| matches!(cue.sense, Sense::Sector(Sector::Axis | Sector::Area | Sector::Line)))
        });
        if near || mention.stated_class.is_none() {
            mention.kind = MentionKind::Sector;
        }
    }
}
