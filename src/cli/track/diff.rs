//! `frontmap track diff`: what changed between two days, weeks or stores.

use super::which::WhichArgs;
use super::{StoreArgs, write_bytes, write_layer};
use anyhow::Context;
use frontmap::track::Store;
use frontmap::track::diff::{Change, Settings, between_stores, changes, layer};
use frontmap::track::row::Row;
use frontmap::track::summary::{Head, markdown};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

#[derive(clap::Args)]
#[command(after_long_help = "\
With one day, its reports against those before; with two, the reports after the first day up to the second against those
up to the first; without any, the last day that has a report. The page goes to standard output, the layer where -o says.

Example:
  frontmap track diff
  frontmap track diff 2026-01-10 -o output/changes.geojson
  frontmap track diff 2026-01-04 2026-01-11 --page output/week.md
  frontmap track diff --with output/yesterday.gpkg")]
pub(super) struct DiffArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The day to look at; with a second one, the day to compare with
    day: Option<Date>,
    /// The day up to which to look
    until: Option<Date>,
    /// Compare with this store instead of with the days before
    #[arg(long, value_name = "FILE", conflicts_with_all = ["day", "until"])]
    with: Option<PathBuf>,
    /// How many days before are remembered
    #[arg(long, value_name = "DAYS", default_value_t = 60)]
    memory: i16,
    /// A claimed gain that nobody repeats for so many days is dropped
    #[arg(long, value_name = "DAYS", default_value_t = Settings::default().drop_days)]
    drop_days: i32,
    /// A place that is not named for so many days has gone quiet
    #[arg(long, value_name = "DAYS", default_value_t = Settings::default().quiet_days)]
    quiet_days: i32,
    /// Write the changes as a layer; the ending picks the format, as with `map`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the page to a file instead of to standard output
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    #[command(flatten)]
    which: WhichArgs,
}

pub(super) fn run(args: &DiffArgs) -> anyhow::Result<ExitCode> {
    let store = args.store.open()?;
    let settings = Settings { drop_days: args.drop_days, quiet_days: args.quiet_days, ..Settings::default() };
    match &args.with {
        Some(other) => stores(args, &store, other, &settings)?,
        None => days(args, &store, &settings)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The claims of some days against those before.
fn days(args: &DiffArgs, store: &Store, settings: &Settings) -> anyhow::Result<()> {
    let (_, last) = args.which.days(store)?;
    let day = args.day.unwrap_or(last);
    let (day, until) = match args.until {
        Some(until) => (day.saturating_add(1.day()), until),
        None => (day, day),
    };
    anyhow::ensure!(day <= until, "{until} is not after the day to compare with");
    let memory = day.saturating_sub(args.memory.days());
    let mut now = store.rows(Some(day), Some(until))?;
    let mut before = store.rows(Some(memory), Some(day.saturating_sub(1.day())))?;
    let documents = documents(&now);
    if let (0, Some((first, last))) = (documents, store.days()?) {
        eprintln!(
            "frontmap: the store has no report of {day} to {until}; it holds those of {first} to {last}"
        );
    }
    now.retain(|row| args.which.keeps_row(row));
    before.retain(|row| args.which.keeps_row(row));
    let found = changes(&before, &now, until, settings);
    let against = match before.iter().map(|row| row.report_date).max() {
        Some(latest) => format!("the reports up to {latest}"),
        None => "nothing: the store has no report before".to_owned(),
    };
    let head = head((day, until), against, documents, &now);
    tell(args, &head, &found)
}

/// The claims of one store against those of another.
fn stores(args: &DiffArgs, store: &Store, other: &Path, settings: &Settings) -> anyhow::Result<()> {
    let wait = Duration::from_secs(args.store.wait);
    let other_rows = Store::open(other, wait)?.rows(args.which.from, args.which.to)?;
    let rows = store.rows(args.which.from, args.which.to)?;
    let ids = |rows: &[Row]| -> BTreeSet<Arc<str>> { rows.iter().map(|row| row.claim_id.clone()).collect() };
    let (known, here) = (ids(&other_rows), ids(&rows));
    let kept = |row: &Row| args.which.keeps_row(row);
    let removed: Vec<Row> =
        other_rows.into_iter().filter(|row| kept(row) && !here.contains(&row.claim_id)).collect();
    let (before, now): (Vec<Row>, Vec<Row>) =
        rows.into_iter().filter(kept).partition(|row| known.contains(&row.claim_id));
    let found = between_stores(&removed, &before, &now, settings);
    let reports = || now.iter().map(|row| row.report_date);
    let last = store.days()?.context("the store holds no dated report yet; add some with `track add`")?.1;
    let days = (reports().min().unwrap_or(last), reports().max().unwrap_or(last));
    let head = head(days, format!("the store {}", other.display()), documents(&now), &now);
    tell(args, &head, &found)
}

fn documents(rows: &[Row]) -> usize {
    rows.iter().map(|row| &row.doc_id).collect::<BTreeSet<_>>().len()
}

fn head(days: (Date, Date), against: String, documents: usize, now: &[Row]) -> Head {
    let claims = || now.iter().filter(|row| !row.repeats);
    // Half of the words or more have not stood in an earlier sentence about the same.
    let news = claims().filter(|row| row.novelty >= 0.5).count();
    Head { days, against, documents, claims: claims().count(), news }
}

fn tell(args: &DiffArgs, head: &Head, found: &[Change<'_>]) -> anyhow::Result<()> {
    if let Some(path) = &args.output {
        write_layer(path, &layer(found), "What changed")?;
    }
    let page = args.page.as_deref().unwrap_or(Path::new("-"));
    let takes_stdout = args.output.as_deref() == Some(Path::new("-"));
    if page != Path::new("-") || !takes_stdout {
        write_bytes(page, markdown(head, found).as_bytes())?;
    }
    Ok(())
}
