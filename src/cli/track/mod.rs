//! `frontmap track`: claims over time, on a store that is a GeoPackage. One file a verb.

mod add;
mod check;
mod coverage;
mod diff;
mod ladder;
mod series;
mod which;

use anyhow::Context;
use clap::Subcommand;
use frontmap::export::{self, Format, Target};
use frontmap::feature::Layer;
use frontmap::track::{Store, StoreError};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(clap::Args)]
pub(super) struct TrackArgs {
    #[command(subcommand)]
    verb: TrackVerb,
}

#[derive(Subcommand)]
enum TrackVerb {
    /// Add reports to the store; what is there already and unchanged is left alone
    Add(add::AddArgs),
    /// Count by day or week: a table with sparklines, CSV, JSON, or a picture
    Series(series::SeriesArgs),
    /// For each settlement the reports that first mention, claim, assess and show what happens to it
    Ladder(ladder::LadderArgs),
    /// What changed between two days, weeks or stores: a page to read, a layer for the map
    Diff(diff::DiffArgs),
    /// What is missing: days, sources, names
    Coverage(coverage::CoverageArgs),
    /// Hold claims against dated polygons of who holds what
    Check(check::CheckArgs),
}

pub(super) fn run(args: &TrackArgs) -> anyhow::Result<ExitCode> {
    match &args.verb {
        TrackVerb::Add(args) => add::run(args),
        TrackVerb::Series(args) => series::run(args),
        TrackVerb::Ladder(args) => ladder::run(args),
        TrackVerb::Diff(args) => diff::run(args),
        TrackVerb::Coverage(args) => coverage::run(args),
        TrackVerb::Check(args) => check::run(args),
    }
}

/// Which store.
#[derive(clap::Args)]
struct StoreArgs {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "output/front.gpkg", env = "FRONTMAP_STORE")]
    store: PathBuf,
    /// How many seconds to wait for another program that is writing to the store
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
}

impl StoreArgs {
    fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.store, Duration::from_secs(self.wait))
    }

    fn open_or_create(&self) -> anyhow::Result<Store> {
        make_folder_of(&self.store)?;
        Ok(Store::open_or_create(&self.store, Duration::from_secs(self.wait))?)
    }
}

fn make_folder_of(path: &Path) -> anyhow::Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot make the folder", folder.display())),
        None => Ok(()),
    }
}

/// Writes one layer in the format of the file's ending; GeoJSON on standard output.
fn write_layer(path: &Path, layer: &Layer, title: &str) -> anyhow::Result<()> {
    let target = Target::from_arg(path);
    let format = if target == Target::Stdout { Format::GeoJson } else { Format::from_path(path)? };
    make_folder_of(path)?;
    let options =
        export::Options { layers: vec![layer.kind], title: title.to_owned(), ..export::Options::default() };
    let mut sink = export::create(&target, format, &options)?;
    sink.write(layer.kind, &layer.features)?;
    let written = sink.finish()?;
    if let Some(file) = written.files.first() {
        eprintln!("{} {} written to {}", layer.features.len(), layer.kind.name(), file.display());
    }
    Ok(())
}

/// Writes text or bytes to a file, or to standard output for `-`.
fn write_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    if path == Path::new("-") {
        return Ok(std::io::stdout().write_all(bytes)?);
    }
    make_folder_of(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = || format!("{}: cannot write", path.display());
    let mut file =
        tempfile::Builder::new().permissions(file_permissions()).tempfile_in(folder).with_context(fail)?;
    file.write_all(bytes).with_context(fail)?;
    file.persist(path).with_context(fail)?;
    eprintln!("written to {}", path.display());
    Ok(())
}

/// Those of an ordinary file under the user's umask; temporary files are private otherwise.
#[cfg(unix)]
fn file_permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn file_permissions() -> std::fs::Permissions {
    std::fs::metadata(".").map(|folder| folder.permissions()).expect("the current folder has permissions")
}
