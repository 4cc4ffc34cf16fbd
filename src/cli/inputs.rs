//! The arguments that every reading verb shares, and the way from them to analysed documents.

use anyhow::Context;
use frontmap::document::{Document, read};
use frontmap::gazetteer::Gazetteer;
use frontmap::pipeline::{Analysis, Knowledge, analyze};
use frontmap::resolve::ControlLayer;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct InputArgs {
    /// Reports: files (text, Markdown, HTML, JSONL, CSV), folders of them, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The date of the reports, where they do not say it themselves or say it wrongly
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Stop at the first input that cannot be read, and write nothing
    #[arg(long)]
    strict: bool,
}

#[derive(clap::Args)]
pub(super) struct KnowledgeArgs {
    /// Places to add to the embedded gazetteer: a pack, a CSV table or GeoJSON; may be given more than once
    #[arg(long, value_name = "PACK", env = "FRONTMAP_GAZETTEER", value_delimiter = ':')]
    gazetteer: Vec<PathBuf>,
    /// Dated control polygons (GeoJSON; a file or a folder of files named YYYYMMDD): the day's front line helps to choose among places of one name
    #[arg(long, value_name = "PATH")]
    control: Option<PathBuf>,
}

impl KnowledgeArgs {
    /// The embedded knowledge with what the arguments add.
    pub(super) fn load(&self) -> anyhow::Result<Knowledge> {
        let mut knowledge = Knowledge::embedded();
        knowledge.gazetteer = self.gazetteer()?;
        if let Some(path) = &self.control {
            knowledge.control = Some(control(path)?);
        }
        Ok(knowledge)
    }

    /// The embedded gazetteer with the packs that the arguments name.
    pub(super) fn gazetteer(&self) -> anyhow::Result<Gazetteer> {
        let packs = self.gazetteer.iter();
        Ok(packs.map(PathBuf::as_path).try_fold(Gazetteer::embedded(), Gazetteer::with_file)?)
    }
}

/// The control layer of a file, or of every GeoJSON file in a folder.
fn control(path: &Path) -> anyhow::Result<ControlLayer> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| format!("{}: cannot list", path.display()))?;
        files = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "geojson" || ending == "json"));
        files.sort();
    }
    let mut layer = ControlLayer::default();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("{}: cannot read", file.display()))?;
        layer.add(&name, &text).with_context(|| format!("{}: not used", file.display()))?;
    }
    anyhow::ensure!(
        !layer.is_empty(),
        "{}: no control polygons; expected GeoJSON files named YYYYMMDD",
        path.display()
    );
    Ok(layer)
}

/// What became of the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcome {
    /// Documents read.
    pub(super) documents: usize,
    /// Inputs, records or documents that could not be used.
    pub(super) failures: usize,
}

impl Outcome {
    /// 0 when all went well, 2 when something could not be read.
    pub(super) fn code(self) -> ExitCode {
        if self.failures == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) }
    }
}

/// Whether a verb can use a document that nobody dated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    Needed,
    NotNeeded,
}

/// How many bytes of text are analysed side by side before their results go on, in input order.
const BATCH_BYTES: usize = 1 << 20;
/// How many documents are, at the most.
const BATCH_DOCUMENTS: usize = 256;

impl InputArgs {
    /// What the arguments say to know.
    pub(super) fn knowledge(&self) -> anyhow::Result<Knowledge> {
        self.knowledge.load()
    }

    /// Reads and analyses every input and hands the results on in input order.
    /// What cannot be read is told on standard error and counted; with `--strict` it is the end.
    pub(super) fn each<T: Send>(
        &self,
        knowledge: &Knowledge,
        dates: Dates,
        work: impl Fn(Analysis) -> T + Sync,
        take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        self.each_wanted(knowledge, dates, |_| true, work, take)
    }

    /// The same for those documents that `wanted` says yes to; it may complete them.
    pub(super) fn each_wanted<T: Send>(
        &self,
        knowledge: &Knowledge,
        dates: Dates,
        mut wanted: impl FnMut(&mut Document) -> bool,
        work: impl Fn(Analysis) -> T + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        let bar = progress_bar();
        let options = read::Options { date: self.date };
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut run = |batch: &mut Vec<Document>| -> anyhow::Result<()> {
            let done: Vec<T> =
                batch.par_drain(..).map(|document| work(analyze(document, knowledge))).collect();
            bar.inc(done.len() as u64);
            done.into_iter().try_for_each(&mut take)
        };
        for document in read::documents(&self.inputs, &options) {
            let document = document.map_err(anyhow::Error::from).and_then(|document| dated(document, dates));
            match document {
                Ok(mut document) => {
                    outcome.documents += 1;
                    if !wanted(&mut document) {
                        continue;
                    }
                    for warning in &document.warnings {
                        bar.suspend(|| eprintln!("frontmap: {}: warning: {warning}", document.id));
                    }
                    bytes += document.text.len();
                    batch.push(document);
                }
                Err(error) if self.strict => return Err(error),
                Err(error) => {
                    outcome.failures += 1;
                    bar.suspend(|| eprintln!("frontmap: {error:#}"));
                }
            }
            if bytes >= BATCH_BYTES || batch.len() >= BATCH_DOCUMENTS {
                run(&mut batch)?;
                bytes = 0;
            }
        }
        run(&mut batch)?;
        bar.finish_and_clear();
        Ok(outcome)
    }
}

fn dated(document: Document, dates: Dates) -> anyhow::Result<Document> {
    if dates == Dates::Needed && document.date.is_none() {
        anyhow::bail!(
            "{}: no date found in the record, the text, the page or the file's name; give one with --date YYYY-MM-DD",
            document.id
        );
    }
    Ok(document)
}

/// A counter of documents on a terminal, nothing elsewhere.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed}")
        .expect("the template is a constant");
    ProgressBar::new_spinner().with_style(style)
}
