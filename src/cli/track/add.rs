//! `frontmap track add`: reports into the store.

use super::StoreArgs;
use crate::cli::inputs::{Dates, InputArgs};
use anyhow::Context;
use frontmap::track::corrections::{self, Corrected};
use frontmap::track::event::Settings;
use frontmap::track::store::{Added, Wanted, content};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
A document is known by its id: that of its record, or its path relative to the INPUT. One whose text, date, title, link
and source are unchanged is left alone; one that changed replaces the rows it had. Everything happens in one transaction.

Example:
  frontmap track add reports/ --store output/front.gpkg --source ISW
  frontmap track add reports/2026-01-10.txt
  frontmap track add reports/ --corrections corrections.csv")]
pub(super) struct AddArgs {
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    store: StoreArgs,
    /// Who published the reports, where they do not say it themselves
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// A CSV of corrections: place_text, doc_id, context, place_id (or `not a place`)
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Read unchanged documents again too: after a new version of the program or its gazetteer
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    rule: RuleArgs,
}

/// The settings of the event rule; those that are not given stay as the store has them.
#[derive(clap::Args)]
#[command(
    next_help_heading = "When claims are one event (kept in the store; a change makes all events anew)"
)]
struct RuleArgs {
    /// Settlements closer than this are one site; 0 for none
    #[arg(long, value_name = "KM")]
    site_km: Option<f64>,
    /// Claims of one site closer than this lie on the same ground
    #[arg(long, value_name = "KM")]
    distance_km: Option<f64>,
    /// Attacks and strikes may lie so many days apart
    #[arg(long, value_name = "DAYS")]
    fight_days: Option<i16>,
    /// Advances may
    #[arg(long, value_name = "DAYS")]
    gain_days: Option<i16>,
    /// Seizures and withdrawals may
    #[arg(long, value_name = "DAYS")]
    seizure_days: Option<i16>,
    /// An advance or seizure that the text does not date may lie so many days before the report
    #[arg(long, value_name = "DAYS")]
    undated_days: Option<i16>,
    /// Copies of a sentence are looked for so many days back
    #[arg(long, value_name = "DAYS")]
    memory_days: Option<i16>,
}

impl RuleArgs {
    fn over(&self, mut settings: Settings) -> Settings {
        settings.site_km = self.site_km.unwrap_or(settings.site_km);
        settings.distance_km = self.distance_km.unwrap_or(settings.distance_km);
        settings.fights.within_days = self.fight_days.unwrap_or(settings.fights.within_days);
        settings.gains.within_days = self.gain_days.unwrap_or(settings.gains.within_days);
        settings.seizures.within_days = self.seizure_days.unwrap_or(settings.seizures.within_days);
        for window in [&mut settings.gains, &mut settings.seizures] {
            window.undated_days = self.undated_days.unwrap_or(window.undated_days);
        }
        settings.memory_days = self.memory_days.unwrap_or(settings.memory_days);
        settings
    }
}

pub(super) fn run(args: &AddArgs) -> anyhow::Result<ExitCode> {
    let knowledge = args.inputs.knowledge()?;
    let corrections = match &args.corrections {
        Some(path) => corrections::read(path, &knowledge.gazetteer)?,
        None => Vec::new(),
    };
    let store = args.store.open_or_create()?;
    let settings = args.rule.over(store.settings()?);
    let mut adding = store.add(Some(settings))?;
    let mut contents = adding.contents()?;
    let mut known = 0;
    let mut corrected_all: Vec<(String, Corrected)> = Vec::new();
    let outcome = args.inputs.each_wanted(
        &knowledge,
        Dates::Needed,
        |document| {
            document.source = document.source.take().or_else(|| args.source.clone());
            let wanted = contents.wanted(document, &corrections, args.again);
            if let Wanted::SameAs(other) = &wanted {
                eprintln!("frontmap: {}: left out, the same text and date as {other}", document.id);
            }
            known += usize::from(wanted == Wanted::Known);
            matches!(wanted, Wanted::New | Wanted::Changed)
        },
        |analysis| {
            let id = analysis.document.id.clone();
            let content = content(&analysis.document, &corrections);
            let (layers, corrected) = corrections::layers(analysis, &corrections, &knowledge);
            (id, content, layers, corrected)
        },
        |(id, content, layers, corrected)| {
            adding.put(&id, &content, &layers, &corrected).with_context(|| format!("{id}: not added"))?;
            corrected_all.extend(corrected.into_iter().map(|corrected| (id.clone(), corrected)));
            Ok(())
        },
    )?;
    let added = adding.finish()?;
    tell(&added, known, &corrected_all, args);
    Ok(outcome.code())
}

/// What was done, on standard error.
fn tell(added: &Added, known: usize, corrected: &[(String, Corrected)], args: &AddArgs) {
    for (id, corrected) in corrected {
        let new = corrected.new_place_id.as_deref().unwrap_or("no place");
        let old = corrected.old_place_id.as_deref().unwrap_or("no place");
        let Corrected { place_text, mentions, claims, .. } = corrected;
        eprintln!("{id}: {place_text} corrected from {old} to {new}: {mentions} mentions, {claims} claims");
    }
    let Added { new, changed, claims, events, deleted, revision } = added;
    eprintln!(
        "{new} new documents, {changed} changed, {known} unchanged; {claims} claims in, {events} events made: {} (revision {revision})",
        args.store.store.display()
    );
    if !deleted.is_empty() {
        eprintln!("{} ids are no longer there; the table `deleted` lists them", deleted.len());
    }
}
