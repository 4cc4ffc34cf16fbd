//! `frontmap gazetteer`: what the gazetteer holds, what is wrong with it, and packs of one's own.

use super::inputs::KnowledgeArgs;
use super::learn;
use super::table;
use anyhow::Context;
use frontmap::gazetteer::import::{ImportError, ImportOptions, Report, import};
use frontmap::gazetteer::{check, exceptions, info};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct GazetteerArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Count places by class, country and how exactly they are known
    Info(InfoArgs),
    /// Look for wrong ids, points outside their oblast and places that stand twice
    Check(InfoArgs),
    /// Make a pack of GeoNames dumps, CSV tables and GeoJSON
    Import(ImportArgs),
    /// Work out where unknown places lie from the texts' own words
    Learn(learn::LearnArgs),
    /// List names that no gazetteer has, and names that stay ambiguous
    Missing(learn::MissingArgs),
}

#[derive(clap::Args)]
struct InfoArgs {
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Make a pack of GeoNames dumps, CSV tables and GeoJSON.
///
/// Reads GeoNames XX.txt, XX.zip, allCountries.txt, alternateNamesV2.txt (after the main file), admin1CodesASCII.txt
/// and admin2Codes.txt; tables with a header that has name, lat and lon; GeoJSON points and polygons.
///
/// Example: frontmap gazetteer import UA.zip -o ua.pack, then frontmap map --gazetteer ua.pack report.txt -o claims.geojson
#[derive(clap::Args)]
struct ImportArgs {
    /// The files to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The pack to write
    #[arg(short, long, value_name = "PACK")]
    output: PathBuf,
    /// Take only these countries from GeoNames files (ISO codes: UA,RU)
    #[arg(long, value_name = "CC", value_delimiter = ',')]
    country: Vec<String>,
    /// A column or property under another name, such as name=NAME_EN; may be given more than once
    #[arg(long = "map", value_name = "OURS=THEIRS", value_parser = renamed)]
    renamed: Vec<(String, String)>,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

/// The two sides of `name=NAME_EN`.
fn renamed(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => {
            Ok((ours.to_owned(), theirs.to_owned()))
        }
        _ => Err("expected OURS=THEIRS, such as name=NAME_EN".to_owned()),
    }
}

pub(super) fn run(args: &GazetteerArgs) -> anyhow::Result<ExitCode> {
    match &args.verb {
        Verb::Info(args) => print_info(args),
        Verb::Check(args) => print_check(args),
        Verb::Import(args) => write_pack(args),
        Verb::Learn(args) => learn::run_learn(args),
        Verb::Missing(args) => learn::run_missing(args),
    }
}

fn print_info(args: &InfoArgs) -> anyhow::Result<ExitCode> {
    let info = info(&args.knowledge.gazetteer()?);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&info)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "version {}: {} places, {} names", info.version, info.places, info.names)?;
    let counts = count_table("class", info.classes.iter());
    let precisions = count_table("point", info.precisions.iter());
    let countries = count_table("country", info.countries.iter().take(15).map(|(name, count)| (name, count)));
    let mut oblasts = table::under(&["oblast", "settlements", "exact", "derived", "exact %"]);
    let mut sum = (0, 0, 0);
    for share in &info.oblasts {
        sum = (sum.0 + share.settlements, sum.1 + share.exact, sum.2 + share.derived);
        oblasts.add_row(share_cells(&share.name, share.settlements, share.exact, share.derived));
    }
    oblasts.add_row(share_cells("all of Ukraine's official list", sum.0, sum.1, sum.2));
    writeln!(out, "{counts}\n\n{precisions}\n\n{countries}\n\n{oblasts}")?;
    Ok(ExitCode::SUCCESS)
}

/// A table of counted words.
fn count_table<'a>(
    of: &str,
    rows: impl Iterator<Item = (&'a (impl ToString + 'a), &'a usize)>,
) -> comfy_table::Table {
    let mut counts = table::under(&[of, "places"]);
    for (word, count) in rows {
        counts.add_row([word.to_string(), count.to_string()]);
    }
    counts
}

fn share_cells(name: &str, settlements: usize, exact: usize, derived: usize) -> [String; 5] {
    let percent = 100.0 * exact as f64 / settlements.max(1) as f64;
    [
        name.to_owned(),
        settlements.to_string(),
        exact.to_string(),
        derived.to_string(),
        format!("{percent:.1}"),
    ]
}

/// Exit code 1 says that something is wrong.
fn print_check(args: &InfoArgs) -> anyhow::Result<ExitCode> {
    let faults = check(&args.knowledge.gazetteer()?);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&faults)?)?;
    } else {
        for fault in &faults {
            writeln!(out, "{}: {}", fault.id, fault.what)?;
        }
        writeln!(out, "{} faults, {} known exceptions", faults.len(), exceptions().count())?;
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_pack(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let known = args.knowledge.gazetteer()?;
    let options = ImportOptions { countries: args.country.clone(), renamed: args.renamed.clone() };
    let bar =
        ProgressBar::new(0).with_style(ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}")?);
    let outcome = import(&args.files, &known, &options, &mut |read, total| {
        bar.set_length(total);
        bar.set_position(read);
    });
    bar.finish_and_clear();
    let (pack, report) = outcome.inspect_err(|error| {
        if let ImportError::Nothing { report, .. } = error {
            say(report);
        }
    })?;
    say(&report);
    write_whole(&args.output, &pack)
        .with_context(|| format!("{}: cannot write the pack", args.output.display()))?;
    eprintln!(
        "{}: {} known places and {} new ones, {:.1} MB",
        args.output.display(),
        report.known,
        report.new,
        pack.len() as f64 / 1e6
    );
    Ok(ExitCode::SUCCESS)
}

/// Writes to a temporary file beside the target and renames it.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are private by default; the result is an ordinary file under the user's umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Says what came of each file.
fn say(report: &Report) {
    for file in &report.files {
        eprintln!(
            "{}: {}, {} rows taken, {} passed over, {} rejected",
            file.file, file.format, file.taken, file.passed_over, file.rejected
        );
        for reject in &file.first_rejects {
            eprintln!("{}:{}: {}", file.file, reject.line, reject.what);
        }
    }
}
