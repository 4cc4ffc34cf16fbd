//! `frontmap track series`: how many, by day or week.

use super::which::{WhichArgs, tell_if_none};
use super::{StoreArgs, write_bytes};
use crate::cli::table;
use clap::ValueEnum;
use frontmap::track::series::{Item, Series, Step, number, series};
use frontmap::track::{Store, chart};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(clap::Args)]
#[command(after_long_help = "\
Example:
  frontmap track series --by side
  frontmap track series --place Pokrovsk --count claims --every week
  frontmap track series --gains --by oblast -o output/gains.png
  frontmap track series --gains --by place --heat -o output/heat.svg")]
pub(super) struct SeriesArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// What to count
    #[arg(long, value_enum, default_value_t = Count::Events)]
    count: Count,
    /// A line for each
    #[arg(long, value_enum, default_value_t = Split::All)]
    by: Split,
    /// A column for each
    #[arg(long, value_enum, default_value_t = Every::Day)]
    every: Every,
    /// At most so many lines; the smallest are added up
    #[arg(long, value_name = "N")]
    lines: Option<usize>,
    /// Draw lines by days as a heat map (svg, png)
    #[arg(long)]
    heat: bool,
    /// Write to a file: csv, json, svg or png by its ending, - for CSV on standard output; else a table
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    which: WhichArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Count {
    /// Events under way: what the events layer shows on that day
    Events,
    /// Events that a report of that day tells of first
    New,
    /// Claims by the days they speak of: what the claims layer shows
    Claims,
    /// Claims by the day of the report, each as far as it was not said before
    News,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Split {
    All,
    Side,
    Type,
    Status,
    Source,
    Place,
    Oblast,
    Axis,
}

#[derive(Clone, Copy, ValueEnum)]
enum Every {
    Day,
    Week,
}

pub(super) fn run(args: &SeriesArgs) -> anyhow::Result<ExitCode> {
    let store = args.store.open()?;
    let (from, to) = args.which.days(&store)?;
    let items = match args.count {
        Count::Events | Count::New => events(&store, args)?,
        Count::Claims | Count::News => claims(&store, args, from, to)?,
    };
    tell_if_none(items.len());
    let step = match args.every {
        Every::Day => Step::Day,
        Every::Week => Step::Week,
    };
    let lines_max = args.lines.unwrap_or(if args.heat { 40 } else { 12 });
    let counted = series(&items, step, from, to, lines_max);
    match &args.output {
        None => print(&counted)?,
        Some(path) => write(path, &counted, args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn events(store: &Store, args: &SeriesArgs) -> anyhow::Result<Vec<Item>> {
    let events = store.events(None, None)?;
    let items = events.iter().filter(|event| args.which.keeps_event(event)).map(|event| {
        let [place, oblast, axis] = &event.place;
        let labels = match args.by {
            Split::All => vec!["events".into()],
            Split::Side => vec![event.side.as_str().into()],
            Split::Type => vec![event.kind.as_str().into()],
            Split::Status => vec![event.status.as_str().into()],
            Split::Source => or_unknown(&event.sources),
            Split::Place => one_or_unknown(place.as_ref()),
            Split::Oblast => one_or_unknown(oblast.as_ref()),
            Split::Axis => one_or_unknown(axis.as_ref()),
        };
        let days = if args.count == Count::New { (event.first_seen, event.first_seen) } else { event.days };
        Item { days, weight: 1.0, labels }
    });
    Ok(items.collect())
}

fn claims(store: &Store, args: &SeriesArgs, from: Date, to: Date) -> anyhow::Result<Vec<Item>> {
    // Claims speak of other days than that of their report.
    let rows =
        if args.count == Count::News { store.rows(Some(from), Some(to))? } else { store.rows(None, None)? };
    let items = rows.iter().filter(|row| args.which.keeps_row(row) && !row.repeats).map(|row| {
        let place = row.place.as_deref();
        let labels = match args.by {
            Split::All => vec!["claims".into()],
            Split::Side => vec![row.side.as_str().into()],
            Split::Type => vec![row.kind.as_str().into()],
            Split::Status => vec![row.status.as_str().into()],
            Split::Source => one_or_unknown(row.source.as_ref()),
            Split::Place => one_or_unknown(place.map(|place| &place.name)),
            Split::Oblast => one_or_unknown(place.and_then(|place| place.adm1.as_ref())),
            Split::Axis => one_or_unknown(row.axis.as_ref()),
        };
        if args.count == Count::News {
            return Item { days: (row.report_date, row.report_date), weight: row.novelty, labels };
        }
        Item { days: row.days, weight: 1.0, labels }
    });
    Ok(items.collect())
}

fn one_or_unknown(label: Option<&Arc<str>>) -> Vec<Arc<str>> {
    vec![label.cloned().unwrap_or_else(|| "not said".into())]
}

fn or_unknown(labels: &[Arc<str>]) -> Vec<Arc<str>> {
    if labels.is_empty() { vec!["not said".into()] } else { labels.to_vec() }
}

/// A line each, with its shape over time.
fn print(counted: &Series) -> anyhow::Result<()> {
    let (Some(first), Some(last)) = (counted.periods.first(), counted.periods.last()) else { return Ok(()) };
    let mut rows = table::under(&["", &format!("{first} to {last}"), "sum", "peak", "on"]);
    let peak = counted.peak();
    for line in &counted.lines {
        let (at, highest) = line.peak().unwrap_or((0, 0.0));
        rows.add_row([
            line.label.to_string(),
            line.sparkline(peak),
            number(line.total()),
            number(highest),
            counted.periods[at].to_string(),
        ]);
    }
    Ok(table::print(&rows)?)
}

fn write(path: &Path, counted: &Series, args: &SeriesArgs) -> anyhow::Result<()> {
    let what = match args.count {
        Count::Events => "Events under way",
        Count::New => "New events",
        Count::Claims => "Claims",
        Count::News => "News",
    };
    let title = format!("{what}: {}", args.which.title());
    let svg = || if args.heat { chart::heat_map(counted, &title) } else { chart::bars(counted, &title) };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let bytes = match ending {
        "json" => format!("{:#}\n", counted.to_json()).into_bytes(),
        "svg" => svg().into_bytes(),
        "png" => chart::png(&svg()).map_err(anyhow::Error::msg)?,
        "csv" => counted.to_csv().into_bytes(),
        _ if path == Path::new("-") => counted.to_csv().into_bytes(),
        other => anyhow::bail!("{}: the ending `{other}` is none of csv, json, svg, png", path.display()),
    };
    write_bytes(path, &bytes)
}
