//! `frontmap track ladder`: how claims on settlements harden.

use super::which::{WhichArgs, tell_if_none};
use super::{StoreArgs, write_layer};
use crate::cli::table;
use frontmap::track::ladder::{Ladder, Rung, ladders, layer};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
A row is a settlement seen from one side; dates are those of the reports.

Example:
  frontmap track ladder --side RU
  frontmap track ladder --place Lysivka --sentences
  frontmap track ladder -o output/ladder.csv
  frontmap track ladder -o output/ladder.geojson")]
pub(super) struct LadderArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Only settlements that got at least so far: first_attack, claimed_advance, assessed_advance, geolocated_advance, claimed_seizure, asserted_seizure, withdrawal
    #[arg(long, value_name = "RUNG", value_parser = rung)]
    reached: Option<Rung>,
    /// Write to a file; the ending picks the format, as with `map`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print the sentence behind each date
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    which: WhichArgs,
}

fn rung(word: &str) -> Result<Rung, String> {
    Rung::ALL.into_iter().find(|rung| rung.as_str() == word).ok_or_else(|| {
        let known: Vec<&str> = Rung::ALL.into_iter().map(Rung::as_str).collect();
        format!("`{word}` is no rung; the rungs are {}", known.join(", "))
    })
}

pub(super) fn run(args: &LadderArgs) -> anyhow::Result<ExitCode> {
    let store = args.store.open()?;
    let (from, to) = args.which.days(&store)?;
    let mut rows = store.rows(Some(from), Some(to))?;
    rows.retain(|row| args.which.keeps_row(row));
    tell_if_none(rows.len());
    let mentions = store.first_mentions(from)?;
    let mut found = ladders(&rows, &mentions);
    found.retain(|ladder| args.reached.is_none_or(|rung| ladder.highest() >= rung));
    match &args.output {
        Some(path) => write_layer(path, &layer(&found), "How claims harden")?,
        None => print(&found, args.sentences)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print(found: &[Ladder], sentences: bool) -> anyhow::Result<()> {
    let mut rows = table::under(&[
        "place",
        "side",
        "mention",
        "attack",
        "claimed",
        "assessed",
        "shown",
        "seizure claimed",
        "asserted",
        "withdrawal",
        "days to confirm",
    ]);
    for ladder in found {
        let dates =
            Rung::ALL.map(|rung| ladder.step(rung).map_or(String::new(), |step| step.day.to_string()));
        let lag = ladder.confirm_lag_days().map_or(String::new(), |days| days.to_string());
        let head = [ladder.place.name.to_string(), ladder.side.as_str().to_owned()];
        rows.add_row(head.into_iter().chain(dates).chain([lag]));
    }
    table::print(&rows)?;
    if sentences {
        use std::io::Write;
        let mut out = std::io::stdout();
        for ladder in found {
            writeln!(out, "\n{} ({})", ladder.place.name, ladder.side.as_str())?;
            for rung in Rung::ALL {
                if let Some(step) = ladder.step(rung) {
                    let sentence = step.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                    writeln!(out, "  {:<19} {}  {sentence} [{}]", rung.as_str(), step.day, step.doc_id)?;
                }
            }
        }
    }
    Ok(())
}
