//! `frontmap track check`: claims against dated polygons of who holds what.

use super::which::WhichArgs;
use super::{StoreArgs, write_bytes};
use crate::cli::table;
use anyhow::Context;
use frontmap::claim::Side;
use frontmap::track::check::{League, Settings, Tested, check, league};
use frontmap::track::control::{self, Control};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
An advance is supported where its side gained ground within --km of it and within the days before and after it; a
seizure where the settlement itself changed sides then. \"Chance\" is the share of all days of the control on which the
same places would have been supported: a front moves somewhere near most claims within a few weeks, so only what lies
clearly above it says something of the claims. \"Attacks alone\" are places that were attacked without any claim of a gain.

Example:
  frontmap track check --control control/
  frontmap track check --control control/ --km 1 --days 3
  frontmap track check --control control/ --shift-days 60
  frontmap track check --control control/ -o output/check.csv")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// A folder of GeoJSON files of the ground that one side holds, named by YYYYMMDD
    #[arg(long, value_name = "DIR")]
    control: PathBuf,
    /// Whose ground the polygons are
    #[arg(long, value_name = "SIDE", default_value = "RU")]
    holder: Side,
    /// How many days before the date in its name a file shows
    #[arg(long, value_name = "DAYS", default_value_t = control::Settings::default().shows_days_before)]
    shows_days_before: i16,
    /// How far from a claim ground may change
    #[arg(long, value_name = "KM", default_value_t = Settings::default().km)]
    km: f64,
    /// How many days before or after a claim
    #[arg(long, value_name = "DAYS", default_value_t = Settings::default().days_after)]
    days: i16,
    /// Another number of days before
    #[arg(long, value_name = "DAYS")]
    days_before: Option<i16>,
    /// Move all claims in time: a control that must do worse
    #[arg(long, value_name = "DAYS", default_value_t = 0, allow_hyphen_values = true)]
    shift_days: i32,
    /// Write each tested claim to a CSV file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    which: WhichArgs,
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let store = args.store.open()?;
    let control = read_control(args)?;
    let mut rows = store.rows(args.which.from, args.which.to)?;
    rows.retain(|row| args.which.keeps_row(row));
    let settings = Settings {
        km: args.km,
        days_before: args.days_before.unwrap_or(args.days),
        days_after: args.days,
        shift_days: args.shift_days,
    };
    let tested = check(&rows, &control, &settings);
    if let Some(path) = &args.output {
        write_bytes(path, &csv(&tested)?)?;
    }
    if let Some((first, last)) = control.days() {
        eprintln!("control from {first} to {last}: {} patches changed hands", control.patches.len());
    }
    print(&league(&tested))?;
    Ok(ExitCode::SUCCESS)
}

fn read_control(args: &CheckArgs) -> anyhow::Result<Control> {
    let folder = &args.control;
    let entries = std::fs::read_dir(folder).with_context(|| format!("{}: cannot list", folder.display()))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "geojson" || ending == "json"));
    paths.sort();
    let read = |path: &PathBuf| -> anyhow::Result<(String, String)> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{}: cannot read", path.display()))?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
    };
    let files: Vec<(String, String)> = paths.iter().map(read).collect::<Result<_, _>>()?;
    let settings = control::Settings {
        holder: args.holder,
        shows_days_before: args.shows_days_before,
        ..control::Settings::default()
    };
    let control = Control::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())), &settings)?;
    let few = control.evenings.len() < 2;
    anyhow::ensure!(
        !few,
        "{}: at least two days of polygons are needed to see ground change",
        folder.display()
    );
    Ok(control)
}

fn print(leagues: &[League]) -> anyhow::Result<()> {
    let mut rows = table::under(&[
        "",
        "who",
        "claims",
        "tested",
        "supported",
        "not yet",
        "contradicted",
        "hit rate",
        "chance",
        "elsewhere",
        "lift",
        "lead (days)",
        "distance (km)",
    ]);
    let percent = |share: Option<f64>| share.map_or(String::new(), |share| format!("{:.0} %", share * 100.0));
    for line in leagues {
        rows.add_row([
            line.kind.as_str().to_owned(),
            line.claimant.to_owned(),
            line.claims.to_string(),
            line.tested().to_string(),
            line.supported.to_string(),
            line.not_yet.to_string(),
            line.contradicted.to_string(),
            percent(line.hit_rate()),
            percent(line.chance),
            percent(line.elsewhere),
            line.lift().map_or(String::new(), |lift| format!("{lift:.2}")),
            line.lead_days.map_or(String::new(), |days| days.to_string()),
            line.distance_km.map_or(String::new(), |km| format!("{km:.1}")),
        ]);
    }
    Ok(table::print(&rows)?)
}

fn csv(tested: &[Tested<'_>]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "claim_id",
        "event_id",
        "claimant",
        "claim_type",
        "actor_side",
        "status",
        "place_name",
        "start",
        "end",
        "control_check",
        "distance_km",
        "lead_days",
        "chance",
        "elsewhere",
        "sentence",
    ])?;
    let number = |number: Option<f64>| number.map_or(String::new(), |number| format!("{number:.2}"));
    for one in tested {
        let row = one.row;
        writer.write_record([
            &*row.claim_id,
            row.event_id.as_deref().unwrap_or_default(),
            one.claimant,
            row.kind.as_str(),
            row.side.as_str(),
            row.status.as_str(),
            row.place.as_ref().map_or("", |place| &place.name),
            &row.days.0.to_string(),
            &row.days.1.to_string(),
            one.verdict.as_str(),
            &number(one.distance_km),
            &one.lead_days.map_or(String::new(), |days| days.to_string()),
            &number(one.chance),
            &number(one.elsewhere),
            &row.sentence,
        ])?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}
