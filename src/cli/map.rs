//! `frontmap map`: the main job, reports in and map layers out.

use super::inputs::{Dates, InputArgs, Outcome};
use anyhow::Context;
use frontmap::claim::{ClaimType, Side, Status};
use frontmap::export::{self, Format, Target};
use frontmap::feature::{Feature, Filter, Layer, LayerKind, Places, Reports};
use frontmap::track::Store;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
Example:
  frontmap map reports/ -o output/week.gpkg
  frontmap map report.txt --gains --side RU -o gains.geojson
  cat report.txt | frontmap map - --date 2024-10-24 -o - > claims.geojson")]
pub(super) struct MapArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// Where to write; the ending picks the format, - is standard output (GeoJSON)
    #[arg(short, long, value_name = "FILE", default_value = "output/claims.geojson")]
    output: PathBuf,
    /// Format on standard output, by its ending
    #[arg(long, value_name = "ENDING", default_value = "geojson")]
    format: String,
    /// Layers to write: claims, areas, mentions, places, documents, unlocated
    #[arg(long, value_delimiter = ',', value_parser = layer)]
    layers: Vec<LayerKind>,
    /// Title of the map
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Which claims")]
pub(super) struct FilterArgs {
    /// Only ground gained: advances, seizures, entries and infiltrations that somebody says happened
    #[arg(long)]
    gains: bool,
    /// Only these sides: RU, UA, other, unknown
    #[arg(long, value_delimiter = ',')]
    side: Vec<Side>,
    /// Only these kinds: advance, seizure, entry, infiltration, attack, counterattack, clash, repelled, withdrawal, control, strike, presence
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<ClaimType>,
    /// Only these: geolocated, assessed, asserted, claimed, negated, denied, planned, hypothetical
    #[arg(long, value_delimiter = ',')]
    status: Vec<Status>,
    /// Only what ends on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// Only what begins on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Date>,
    /// Only points in this box, degrees
    #[arg(long, value_name = "W,S,E,N", value_parser = bbox, allow_hyphen_values = true)]
    bbox: Option<[f64; 4]>,
    /// Only places known at least this well: 1 (exact) to 7, in UCDP's steps
    #[arg(long, value_name = "1-7", value_parser = clap::value_parser!(u8).range(1..=7))]
    min_precision: Option<u8>,
    /// Leave out claims that repeat another of their document word for word
    #[arg(long)]
    no_repeats: bool,
}

impl FilterArgs {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            gains: self.gains,
            sides: self.side.clone(),
            types: self.types.clone(),
            statuses: self.status.clone(),
            from: self.from,
            to: self.to,
            bbox: self.bbox,
            precision_max: self.min_precision,
            no_repeats: self.no_repeats,
        }
    }
}

fn layer(word: &str) -> Result<LayerKind, String> {
    LayerKind::from_name(word).ok_or_else(|| {
        let known: Vec<&str> = LayerKind::ALL.into_iter().map(LayerKind::name).collect();
        format!("`{word}` is no layer; the layers are {}", known.join(", "))
    })
}

fn bbox(words: &str) -> Result<[f64; 4], String> {
    let numbers: Result<Vec<f64>, _> = words.split(',').map(|word| word.trim().parse()).collect();
    let numbers = numbers.map_err(|error| format!("{error}; expected west,south,east,north in degrees"))?;
    <[f64; 4]>::try_from(numbers).map_err(|_| "expected four numbers: west,south,east,north".to_owned())
}

pub(super) fn run(args: &MapArgs) -> anyhow::Result<ExitCode> {
    let target = Target::from_arg(&args.output);
    let format = match &target {
        Target::Stdout => Format::from_ending(&args.format).with_context(|| {
            format!("`{}` names no format; use one of {}", args.format, Format::endings())
        })?,
        Target::File(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("{}: cannot make the folder", folder.display()))?;
            }
            anyhow::ensure!(
                !Store::is_at(path),
                "{}: a store of `track`; a layer written here would lose what it has gathered: name another file with -o",
                path.display()
            );
            Format::from_path(path)?
        }
    };
    let filter = args.filter.filter();
    if let (Some(from), Some(to)) = (filter.from, filter.to) {
        anyhow::ensure!(from <= to, "--from {from} is after --to {to}; exchange them");
    }
    let mut options = export::Options {
        layers: args.layers.clone(),
        days: filter.from.zip(filter.to),
        ..export::Options::default()
    };
    options.title = args.title.clone().unwrap_or(options.title);
    let mut sink = export::create(&target, format, &options)?;
    let knowledge = args.inputs.knowledge()?;
    // What is counted is made even where it is not written.
    let mut wanted = vec![LayerKind::Claims, LayerKind::Unlocated];
    wanted.extend(sink.layers());
    let mut counts = Counts::default();
    let mut reports = Reports::default();
    // Places remember what was said of them on every day; that is kept only where it will be written.
    let mut places = sink.layers().contains(&LayerKind::Places).then(Places::new);
    let outcome = args.inputs.each(
        &knowledge,
        Dates::Needed,
        |analysis| kept(analysis.layers(&knowledge, &wanted), &filter),
        |mut layers| {
            for layer in &mut layers {
                reports.count(layer);
                counts.add(layer);
                sink.write(layer.kind, &layer.features)?;
            }
            if let Some(places) = &mut places {
                let claims = layers.iter().filter(|layer| layer.kind == LayerKind::Claims);
                claims.flat_map(|layer| &layer.features).for_each(|claim| places.add(claim));
            }
            Ok(())
        },
    )?;
    if outcome.documents == 0 && outcome.failures > 0 {
        // Nothing could be read, so an older output is better than an empty new one.
        return Ok(outcome.code());
    }
    if let Some(places) = places {
        let places = places.into_layer();
        sink.write(places.kind, &places.features)?;
    }
    let written = sink.finish()?;
    tell(&counts, outcome, &written);
    Ok(outcome.code())
}

/// The rows of the layers that the filter keeps.
fn kept(mut layers: Vec<Layer>, filter: &Filter) -> Vec<Layer> {
    for layer in &mut layers {
        let kind = layer.kind;
        layer.features.retain(|feature: &Feature| filter.keeps(kind, feature));
    }
    layers
}

#[derive(Default)]
struct Counts {
    claims: usize,
    gains: usize,
    unlocated: usize,
}

impl Counts {
    fn add(&mut self, layer: &Layer) {
        match layer.kind {
            LayerKind::Claims => {
                self.claims += layer.features.len();
                self.gains += layer.features.iter().filter(|claim| frontmap::feature::is_gain(claim)).count();
            }
            LayerKind::Unlocated => self.unlocated += layer.features.len(),
            _ => {}
        }
    }
}

/// One line on standard error: what came in and what came out.
fn tell(counts: &Counts, outcome: Outcome, written: &export::Written) {
    let files: Vec<String> = written.files.iter().map(|file| file.display().to_string()).collect();
    let files = if files.is_empty() { "standard output".to_owned() } else { files.join(", ") };
    eprintln!(
        "{} documents, {} claims ({} of ground gained), {} not placed: {files}",
        outcome.documents, counts.claims, counts.gains, counts.unlocated
    );
}
