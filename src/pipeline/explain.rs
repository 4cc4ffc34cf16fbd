//! An [`Analysis`] in words: what each sentence names, which places were weighed and why, what is claimed
//! there, which grammar said so, and how the date was found.

use super::{Analysis, Knowledge};
use crate::claim::Claim;
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::mention::{Bearing, Locative, Mention};
use crate::resolve::{Candidate, Location, Resolution, Verdict};
use std::fmt::{self, Write};

/// How many candidates of one mention are printed.
const CANDIDATES: usize = 4;

/// Evidence that weighs less than this changes nothing that a person would ask about.
const WEIGHT_MIN: f64 = 0.05;

/// The analysis of one document, sentence by sentence, for a person to read.
/// Sentences that name no place are left out.
pub fn explain(analysis: &Analysis, knowledge: &Knowledge) -> String {
    let mut page = String::new();
    write_page(&mut page, analysis, knowledge).expect("writing to a string does not fail");
    page
}

fn write_page(page: &mut String, analysis: &Analysis, knowledge: &Knowledge) -> fmt::Result {
    let document = &analysis.document;
    match document.date {
        Some(report) => {
            writeln!(page, "document {}: {} (from {})", document.id, report.date, report.source.as_str())?;
        }
        None => writeln!(page, "document {}: no date", document.id)?,
    }
    for warning in &document.warnings {
        writeln!(page, "warning: {warning}")?;
    }
    for at in 0..analysis.outline.sentences.len() {
        write_sentence(page, analysis, knowledge, at)?;
    }
    Ok(())
}

fn write_sentence(page: &mut String, analysis: &Analysis, knowledge: &Knowledge, at: usize) -> fmt::Result {
    let mut mentions =
        analysis.mentions.iter().enumerate().filter(|(_, mention)| mention.sentence == at).peekable();
    if mentions.peek().is_none() {
        return Ok(());
    }
    let sentence = &analysis.outline.sentences[at];
    let block = analysis.outline.block_of(sentence);
    let words = sentence.span.of(&analysis.document.text);
    writeln!(page, "\n\"{}\"", words.replace(['\n', '\r'], " "))?;
    write!(page, "  {:?}, {}", block.kind, block.lang.code())?;
    if let Some(label) = block.label {
        write!(page, ", label {label:?}")?;
    }
    if let Some(day) = block.as_of {
        write!(page, ", as of {day}")?;
    }
    writeln!(page)?;
    for (nth, mention) in mentions {
        write_mention(page, analysis, knowledge, mention, &analysis.resolutions[nth])?;
        for locative in analysis.locatives.iter().filter(|locative| locative.place == nth) {
            writeln!(page, "    {}", Phrase(analysis, locative))?;
        }
    }
    let claims = analysis.claims.iter().zip(&analysis.locations);
    for (claim, location) in claims.filter(|(claim, _)| claim.sentence == at) {
        write_claim(page, analysis, claim, location.as_ref())?;
    }
    Ok(())
}

fn write_mention(
    page: &mut String,
    analysis: &Analysis,
    knowledge: &Knowledge,
    mention: &Mention,
    resolution: &Resolution,
) -> fmt::Result {
    let name = mention.span.of(&analysis.document.text);
    write!(page, "  {name}: {}", mention.kind.as_str())?;
    match resolution.verdict {
        Verdict::Place(place) => writeln!(
            page,
            " -> {}, confidence {:.2}, margin {:.2}",
            Address(&knowledge.gazetteer, place),
            resolution.confidence,
            resolution.margin
        )?,
        Verdict::Tied => {
            writeln!(page, " -> left open between {} places", resolution.candidates.len())?;
        }
        Verdict::Elsewhere => writeln!(page, " -> left open: none lies where the text says")?,
        Verdict::Unknown => writeln!(page, " -> no gazetteer has it")?,
    }
    if resolution.candidates.len() > 1 || resolution.place().is_none() {
        for candidate in resolution.candidates.iter().take(CANDIDATES) {
            writeln!(page, "    {}", Reasons(knowledge, resolution, candidate))?;
        }
        if resolution.candidates.len() > CANDIDATES {
            writeln!(page, "    and {} more", resolution.candidates.len() - CANDIDATES)?;
        }
    }
    Ok(())
}

fn write_claim(
    page: &mut String,
    analysis: &Analysis,
    claim: &Claim,
    location: Option<&Location>,
) -> fmt::Result {
    let text = &analysis.document.text;
    write!(page, "  = {} {}", claim.actor_side.as_str(), claim.claim_type.as_str())?;
    write!(page, " {}", Phrase(analysis, &claim.place))?;
    write!(page, ", {}", claim.status.as_str())?;
    if let Some(kind) = claim.claimed_by_kind {
        write!(page, " by {}", kind.as_str())?;
    }
    if let Some(source) = claim.claimed_by {
        write!(page, " (\"{}\")", source.of(text))?;
    }
    if let Some(actor) = claim.actor {
        write!(page, "; who: \"{}\"", actor.of(text))?;
    }
    write!(page, "; what: \"{}\"", claim.trigger.of(text))?;
    match claim.when.event {
        Some((first, last)) if first == last => write!(page, "; when: {first}")?,
        Some((first, last)) => write!(page, "; when: {first} to {last}")?,
        None => write!(page, "; when: not said")?,
    }
    write!(page, " ({}", claim.when.basis.as_str())?;
    if let Some(words) = claim.when.text {
        write!(page, ", \"{}\"", words.of(text))?;
    }
    write!(page, ")")?;
    match location {
        Some(location) => {
            let [lon, lat] = location.point;
            write!(
                page,
                "; where: {lat:.4}, {lon:.4} within {:.1} km",
                f64::from(location.uncertainty_m) / 1000.0
            )?;
        }
        None => write!(page, "; where: could not be placed")?,
    }
    if let Some(first) = claim.repeat_of {
        write!(page, "; repeats claim {}", first + 1)?;
    }
    if !claim.grammar.is_empty() {
        write!(page, "; grammar: {}", claim.grammar.join(" > "))?;
    }
    writeln!(page)
}

/// A place with its units: "Kupiansk, Kharkiv Oblast, UA (UA63...)".
struct Address<'a>(&'a Gazetteer, PlaceIx);

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.0.place(self.1);
        f.write_str(place.name)?;
        let units = [self.0.admin2(self.1), self.0.admin1(self.1)];
        for unit in units.into_iter().flatten().filter(|unit| *unit != self.1) {
            write!(f, ", {}", self.0.place(unit).name)?;
        }
        if let Some(country) = self.0.country_code(self.1) {
            write!(f, ", {country}")?;
        }
        write!(f, " ({} {})", place.kind, place.id)
    }
}

/// One candidate with its score and evidence.
struct Reasons<'a>(&'a Knowledge, &'a Resolution, &'a Candidate);

impl fmt::Display for Reasons<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reasons(knowledge, resolution, candidate) = self;
        write!(f, "{:+.2} {}", candidate.score, Address(&knowledge.gazetteer, candidate.hit.place))?;
        let reasons = resolution.evidence(candidate, &knowledge.weights);
        for (nth, reason) in reasons.iter().filter(|reason| reason.weight.abs() >= WEIGHT_MIN).enumerate() {
            let gap = if nth == 0 { ": " } else { ", " };
            write!(f, "{gap}{:+.2} {}", reason.weight, reason.note)?;
        }
        Ok(())
    }
}

/// A locative in words: "near Lysivka, SE of Pokrovsk".
struct Phrase<'a>(&'a Analysis, &'a Locative);

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Phrase(analysis, locative) = self;
        let name = |mention: usize| analysis.mentions[mention].span.of(&analysis.document.text);
        write!(f, "{}", locative.relation.as_str())?;
        if let Some(km) = locative.distance_km {
            write!(f, " {km} km")?;
        }
        if let Some(bearing) = locative.bearing {
            write!(f, " {}", bearing.as_str())?;
        }
        write!(f, " {}", name(locative.place))?;
        if let Some(anchor) = locative.anchor {
            write!(f, ", ")?;
            if let Some(km) = anchor.distance_km {
                write!(f, "{km} km ")?;
            }
            write!(f, "{} of {}", anchor.bearing.map_or("from", Bearing::as_str), name(anchor.mention))?;
        }
        Ok(())
    }
}
