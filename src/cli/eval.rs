//! `frontmap eval`: scores against labelled sets.

use super::inputs::KnowledgeArgs;
use anyhow::Context;
use frontmap::document::{DateSource, Document, Lang, ReportDate};
use frontmap::eval::{self, gold};
use frontmap::feature::{Layer, LayerKind};
use frontmap::pipeline::analyze;
use rayon::prelude::*;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct EvalArgs {
    /// A labelled set: a JSON object a line with id, date, text, toponyms, claims
    gold: PathBuf,
    /// Only documents of these languages
    #[arg(long, value_delimiter = ',')]
    lang: Vec<String>,
    /// Only documents of these kinds
    #[arg(long, value_delimiter = ',')]
    kind: Vec<String>,
    /// Print the gains that were missed or falsely drawn, this many at the most
    #[arg(long, value_name = "N", default_value_t = 0)]
    show_errors: usize,
    /// Measure resolution, too, on the sets of this folder: gold, offsets, geolocated, corpora
    #[arg(long, value_name = "FOLDER")]
    sets: Option<PathBuf>,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

pub(super) fn run(args: &EvalArgs) -> anyhow::Result<ExitCode> {
    let mut documents = gold::read(&args.gold)?;
    let among = |wanted: &[String], word: &Option<String>| {
        wanted.is_empty() || word.as_ref().is_some_and(|word| wanted.contains(word))
    };
    documents.retain(|document| among(&args.lang, &document.lang) && among(&args.kind, &document.kind));
    let mut knowledge = args.knowledge.load()?;
    // Claims come before mentions in the order of the layers.
    let wanted = [LayerKind::Claims, LayerKind::Mentions];
    let found: Vec<[Layer; 2]> = documents
        .par_iter()
        .map(|gold| {
            let layers = analyze(to_document(gold), &knowledge).layers(&knowledge, &wanted);
            layers.try_into().expect("two layers are wanted, two are given")
        })
        .collect();
    let found = documents.iter().zip(&found).map(|(gold, [claims, mentions])| (gold, claims, mentions));
    let scores = eval::score(found);
    let mut out = std::io::stdout().lock();
    write!(out, "{scores}").context("cannot print the scores")?;
    for error in scores.errors.iter().take(args.show_errors) {
        writeln!(out, "{error}").context("cannot print the errors")?;
    }
    if let Some(folder) = &args.sets {
        let scores = eval::resolution_scores(folder, &mut knowledge)?;
        write!(out, "{scores}").context("cannot print the scores")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A labelled document as the pipeline takes it.
fn to_document(gold: &gold::GoldDocument) -> Document {
    Document {
        id: gold.id.clone(),
        text: gold.text.clone(),
        date: gold.date.map(|date| ReportDate { date, source: DateSource::Record }),
        lang: gold.lang.as_deref().and_then(Lang::from_code),
        ..Document::default()
    }
}
