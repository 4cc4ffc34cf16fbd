//! Prints every sentence that names a place with the claims read from it, for reading with one's own eyes.
//!
//!     cargo run --example read_claims -- report.txt

use frontmap::claim::claims;
use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::mention::{self, Words};
use frontmap::pipeline::Knowledge;

fn main() -> anyhow::Result<()> {
    let knowledge = Knowledge::embedded();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let stem = std::path::Path::new(&path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let date = stem.get(..10).and_then(|day| day.parse().ok());
        let date = date.map(|date| ReportDate { date, source: DateSource::FileName });
        let document = Document { id: path.clone(), text, date, ..Document::default() };
        let outline = frontmap::outline::outline(&document);
        let mentions = mention::mentions(&document, &outline, &knowledge.gazetteer, &knowledge.place_words);
        let mut locatives = Vec::new();
        let (mut first, mut cues) = (0, frontmap::lexicon::Cues::default());
        for (index, sentence) in outline.sentences.iter().enumerate() {
            let end = mentions.partition_point(|mention| mention.sentence <= index);
            if first < end {
                let tokens = outline.tokens_of(sentence);
                knowledge.lexicon.cues_into(
                    outline.block_of(sentence).lang,
                    &document.text,
                    tokens,
                    &mut cues,
                );
                locatives.extend(mention::locatives(&Words {
                    text: &document.text,
                    tokens,
                    cues: &cues,
                    mentions: &mentions[first..end],
                    first_mention: first,
                }));
            }
            first = end;
        }
        let found = claims(&document, &outline, &mentions, &locatives, knowledge.lexicon);
        println!("##### {path}: {} claims", found.len());
        for (index, sentence) in outline.sentences.iter().enumerate() {
            let own: Vec<_> = found.iter().filter(|claim| claim.sentence == index).collect();
            if !mentions.iter().any(|mention| mention.sentence == index) {
                continue;
            }
            let block = outline.block_of(sentence);
            println!(
                "[{:?}{}] {}",
                block.kind,
                block.label.map_or(String::new(), |label| format!(" {label:?}")),
                sentence.span.of(&document.text).replace('\n', " ")
            );
            for claim in own {
                println!(
                    "    {}{} {} {} ({}) {} {} {}{}{} | {} {:?}",
                    if claim.is_gain() { "+" } else { "-" },
                    claim.actor_side.as_str(),
                    claim.claim_type.as_str(),
                    claim.status.as_str(),
                    claim.claimed_by_kind.map_or("-", |kind| kind.as_str()),
                    mentions[claim.place.place].span.of(&document.text),
                    claim.place.relation.as_str(),
                    claim.place.bearing.map_or("", |bearing| bearing.as_str()),
                    claim.place.anchor.map_or(String::new(), |anchor| format!(
                        " @{}",
                        mentions[anchor.mention].span.of(&document.text)
                    )),
                    claim.when.event.map_or(String::new(), |event| format!(" {}..{}", event.0, event.1)),
                    claim.trigger.of(&document.text),
                    claim.grammar,
                );
            }
        }
    }
    Ok(())
}
