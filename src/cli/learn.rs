//! `frontmap gazetteer learn` and `missing`: what a corpus teaches about places, and which names it leaves open.

use super::inputs::{Dates, InputArgs};
use super::table;
use frontmap::gazetteer::Gazetteer;
use frontmap::learn::{Hearsay, Learned, Missing, MissingNames, learn};
use std::path::PathBuf;
use std::process::ExitCode;

/// Work out where unknown places lie from the texts' own words.
///
/// Reads "Zoryane (5km south of Kurakhove)" and the like, intersects all statements about a name, and writes a CSV
/// table with a point, a radius and the words it rests on. Review it, then pass it to --gazetteer.
#[derive(clap::Args)]
pub(super) struct LearnArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// The table to write; standard output when not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out places whose radius is larger, kilometres
    #[arg(long, value_name = "KM", default_value_t = 15.0)]
    radius_max: f64,
}

/// List names in place position that no gazetteer has, and names that stay ambiguous.
#[derive(clap::Args)]
pub(super) struct MissingArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// Show at most so many of each
    #[arg(long, value_name = "N", default_value_t = 30)]
    top: usize,
}

pub(super) fn run_learn(args: &LearnArgs) -> anyhow::Result<ExitCode> {
    let knowledge = args.inputs.knowledge()?;
    let mut hearsay = Hearsay::default();
    let outcome = args.inputs.each(
        &knowledge,
        Dates::NotNeeded,
        |analysis| analysis,
        |analysis| {
            hearsay.hear(&analysis, &knowledge.gazetteer);
            Ok(())
        },
    )?;
    let mut learned = learn(&hearsay, &knowledge.gazetteer);
    learned.retain(|place| f64::from(place.estimate.radius_m) <= args.radius_max * 1000.0);
    let csv = to_csv(&learned, &knowledge.gazetteer)?;
    match &args.output {
        Some(path) => super::gazetteer::write_whole(path, &csv)?,
        None => std::io::Write::write_all(&mut std::io::stdout(), &csv)?,
    }
    let new = learned.iter().filter(|place| place.known.is_none()).count();
    eprintln!("{} places: {new} new, {} known roughly before", learned.len(), learned.len() - new);
    Ok(outcome.code())
}

/// The table, in columns that the import reads and further ones for whoever reviews it.
fn to_csv(learned: &[Learned], gazetteer: &Gazetteer) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "name",
        "lat",
        "lon",
        "point",
        "radius_m",
        "id",
        "known_as",
        "statements",
        "first",
        "source",
        "words",
    ])?;
    for place in learned {
        let [lon, lat] = place.estimate.point;
        let known = place.known.map(|ix| gazetteer.place(ix));
        let first = place.heard.iter().find_map(|heard| heard.date);
        let words: Vec<&str> = place.heard.iter().map(|heard| heard.words.as_str()).collect();
        let documents: Vec<&str> = place.heard.iter().map(|heard| heard.document.as_str()).take(3).collect();
        csv.write_record([
            place.name.clone(),
            format!("{lat:.4}"),
            format!("{lon:.4}"),
            "derived".to_owned(),
            place.estimate.radius_m.to_string(),
            known.as_ref().map_or_else(String::new, |known| known.id.to_owned()),
            known.as_ref().map_or_else(String::new, |known| known.name.to_owned()),
            place.estimate.statements.to_string(),
            first.map_or_else(String::new, |date| date.to_string()),
            format!("learned from {}", documents.join(", ")),
            words.join(" | "),
        ])?;
    }
    Ok(csv.into_inner()?)
}

pub(super) fn run_missing(args: &MissingArgs) -> anyhow::Result<ExitCode> {
    let knowledge = args.inputs.knowledge()?;
    let mut names = MissingNames::default();
    let outcome = args.inputs.each(
        &knowledge,
        Dates::NotNeeded,
        |analysis| analysis,
        |analysis| {
            names.read(&analysis);
            Ok(())
        },
    )?;
    for (heading, missing) in [("no gazetteer has", names.unknown()), ("stays ambiguous", names.ambiguous())]
    {
        print_names(heading, &missing, args.top)?;
    }
    Ok(outcome.code())
}

fn print_names(heading: &str, names: &[&Missing], top: usize) -> anyhow::Result<()> {
    const EXAMPLE_CHARS: usize = 120;
    let mut rows = table::under(&[heading, "times", "documents", "for example"]);
    for name in names.iter().take(top) {
        let mut example: String = name.example.chars().take(EXAMPLE_CHARS).collect();
        if example.len() < name.example.len() {
            example.push('…');
        }
        rows.add_row([name.name.clone(), name.count.to_string(), name.documents.to_string(), example]);
    }
    table::print(&rows)?;
    Ok(())
}
