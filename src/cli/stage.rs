//! `frontmap mentions`, `resolve`, `claims`: the result of one stage, as a table or as data.

use super::inputs::{Dates, InputArgs};
use super::table;
use frontmap::export::{self, Format, Target};
use frontmap::feature::{Feature, Layer, LayerKind};
use frontmap::mention::MentionKind;
use frontmap::pipeline::Analysis;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct StageArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// Write GeoJSON features to standard output, one a line
    #[arg(long, conflicts_with = "output")]
    json: bool,
    /// Write to a file; the ending picks the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(super) struct MentionsArgs {
    #[command(flatten)]
    stage: StageArgs,
    /// Count demonyms ("Russian") too
    #[arg(long)]
    demonyms: bool,
}

pub(super) fn mentions(args: &MentionsArgs) -> anyhow::Result<ExitCode> {
    let columns = ["place_start", "place_text", "mention_kind", "place_name", "adm1", "country", "geo_conf"];
    let keep = |feature: &Feature| {
        let kind = feature.get(LayerKind::Mentions, "mention_kind").as_str();
        args.demonyms || kind != Some(MentionKind::Demonym.as_str())
    };
    run(&args.stage, LayerKind::Mentions, Dates::NotNeeded, &columns, args.demonyms, keep)
}

pub(super) fn resolve(args: &StageArgs) -> anyhow::Result<ExitCode> {
    let columns = [
        "place_text",
        "place_name",
        "place_class",
        "adm2",
        "adm1",
        "country",
        "place_lat",
        "place_lon",
        "geo_conf",
        "geo_why",
        "alternatives",
    ];
    run(args, LayerKind::Mentions, Dates::NotNeeded, &columns, false, |_| true)
}

pub(super) fn claims(args: &StageArgs) -> anyhow::Result<ExitCode> {
    let columns = [
        "event_date",
        "actor_side",
        "claim_type",
        "status",
        "claimed_by_kind",
        "relation",
        "rel_bearing",
        "place_text",
        "adm1",
        "anchor",
        "geo_conf",
    ];
    run(args, LayerKind::Claims, Dates::Needed, &columns, false, |_| true)
}

fn run(
    args: &StageArgs,
    kind: LayerKind,
    dates: Dates,
    columns: &[&str],
    demonyms: bool,
    keep: impl Fn(&Feature) -> bool + Sync,
) -> anyhow::Result<ExitCode> {
    let mut knowledge = args.inputs.knowledge()?;
    knowledge.place_words.demonyms = demonyms;
    let target = args.output.as_deref().map(Target::from_arg).or(args.json.then_some(Target::Stdout));
    let format = match &args.output {
        Some(path) => Format::from_path(path)?,
        None => Format::GeoJsonLines,
    };
    let options = export::Options { layers: vec![kind], ..export::Options::default() };
    let mut sink = target.map(|target| export::create(&target, format, &options)).transpose()?;
    let layer_of = |analysis: Analysis| -> Layer {
        let mut layer = analysis.layers(&knowledge, &[kind]).pop().expect("a wanted layer is given");
        layer.features.retain(&keep);
        layer
    };
    let mut rows = Vec::new();
    let outcome = args.inputs.each(&knowledge, dates, layer_of, |layer| {
        match &mut sink {
            Some(sink) => sink.write(kind, &layer.features)?,
            None => rows.extend(layer.features.iter().map(|feature| cells(kind, feature, columns))),
        }
        Ok(())
    })?;
    match sink {
        Some(sink) => {
            sink.finish()?;
        }
        None => {
            let mut table = table::under(columns);
            table.add_rows(rows);
            table::print(&table)?;
        }
    }
    Ok(outcome.code())
}

fn cells(kind: LayerKind, feature: &Feature, columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| feature.get(kind, column).to_string()).collect()
}
