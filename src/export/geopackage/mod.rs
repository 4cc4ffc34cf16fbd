//! GeoPackage: one SQLite file with every layer, R-trees, styles and metadata, written anew each time.
//! `tables` lays the tables out, `rows` fills them; both work on any open connection, so that the tracking store can grow by them.

mod rows;
mod tables;

pub use rows::{RowWriter, delete_document, pause, seal};
pub use tables::create_tables;

use super::output::Output;
use super::{ExportError, Options, Sink, Target, Written};
use crate::feature::{Feature, LayerKind, Value};
use jiff::civil::Date;
use rusqlite::Connection;
use std::path::PathBuf;

/// A GeoPackage being written.
pub(super) struct File {
    output: Output,
    connection: Connection,
    kinds: Vec<LayerKind>,
    rows: Vec<(LayerKind, u64)>,
    latest_report: Option<Date>,
}

impl File {
    /// Opens the file and lays out its tables.
    pub(super) fn create(target: &Target, options: &Options) -> Result<File, ExportError> {
        let output = Output::open(target)?;
        let Some(path) = output.file() else { return Err(ExportError::NeedsFile { what: "a GeoPackage" }) };
        let kinds = kinds(options);
        let opened = Connection::open(path).and_then(|connection| {
            // The file has no name yet: if the run is killed, nothing is lost that a journal could save.
            connection.execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN",
            )?;
            create_tables(&connection, &kinds, options)?;
            Ok(connection)
        });
        let connection = opened.map_err(|error| fail(&output, error))?;
        let rows = kinds.iter().map(|kind| (*kind, 0)).collect();
        Ok(File { output, connection, kinds, rows, latest_report: None })
    }

    /// Completes the file, which still waits for its name.
    pub(super) fn complete(self) -> Result<(Output, Vec<(LayerKind, u64)>), ExportError> {
        let File { output, connection, kinds, rows, latest_report } = self;
        let closed = seal(&connection, &kinds, latest_report)
            .and_then(|()| connection.execute_batch("COMMIT"))
            .and_then(|()| connection.close().map_err(|(_, error)| error));
        closed.map_err(|error| fail(&output, error))?;
        Ok((output, rows))
    }
}

impl Sink for File {
    fn layers(&self) -> &[LayerKind] {
        &self.kinds
    }

    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError> {
        for (kind, features) in placed_and_not(layer, features) {
            let Some((_, rows)) = self.rows.iter_mut().find(|(known, _)| *known == kind) else { continue };
            let written = RowWriter::new(&self.connection, kind)
                .and_then(|mut writer| features.iter().try_for_each(|feature| writer.write(feature)));
            written.map_err(|error| fail(&self.output, error))?;
            *rows += features.len() as u64;
            let days = features.iter().filter_map(|feature| match feature.get(kind, "report_date") {
                Value::Date(day) => Some(*day),
                _ => None,
            });
            self.latest_report = self.latest_report.max(days.max());
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let (output, rows) = self.complete()?;
        let files: Vec<PathBuf> = output.commit()?.into_iter().collect();
        Ok(Written { files, rows })
    }
}

/// The layers to write: all, or those asked for, and with claims the table of those that could not be placed.
fn kinds(options: &Options) -> Vec<LayerKind> {
    if options.layers.is_empty() {
        return LayerKind::ALL.to_vec();
    }
    let asked = |kind: &LayerKind| {
        options.layers.contains(kind)
            || *kind == LayerKind::Unlocated && options.layers.contains(&LayerKind::Claims)
    };
    LayerKind::ALL.into_iter().chain(LayerKind::TRACKED).filter(asked).collect()
}

/// Claims without a place go to a table of their own: QGIS would drop them from a layer of points.
pub fn placed_and_not(layer: LayerKind, features: &[Feature]) -> Vec<(LayerKind, Vec<&Feature>)> {
    if layer != LayerKind::Claims {
        return vec![(layer, features.iter().collect())];
    }
    let (placed, unplaced): (Vec<&Feature>, Vec<&Feature>) =
        features.iter().partition(|feature| feature.geometry.is_some());
    vec![(LayerKind::Claims, placed), (LayerKind::Unlocated, unplaced)]
}

fn fail(output: &Output, error: rusqlite::Error) -> ExportError {
    ExportError::Sqlite { path: output.path().to_owned(), error }
}
