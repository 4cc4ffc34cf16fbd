//! Formats whose files hold one layer: the main file, and one beside it for each further layer asked for.

use super::output::Output;
use super::style::{qmd, qml};
use super::{ExportError, Format, Options, Sink, Target, Written, csv, flatgeobuf, geojson, kml};
use crate::feature::{Feature, LayerKind};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file of one layer being written.
pub(super) trait LayerWriter {
    /// Writes rows and says how many the format could take.
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError>;

    /// Writes what comes last; the outputs still wait for their names.
    fn finish(self: Box<Self>) -> Result<Vec<Output>, ExportError>;
}

/// One file a layer, in the order of `kinds`.
pub(super) struct OneLayerFiles {
    kinds: Vec<LayerKind>,
    writers: Vec<Box<dyn LayerWriter>>,
    /// Style and metadata for QGIS, complete.
    companions: Vec<Output>,
    rows: Vec<u64>,
}

impl OneLayerFiles {
    /// Opens the main file and those beside it.
    pub(super) fn create(
        target: &Target,
        format: Format,
        options: &Options,
    ) -> Result<OneLayerFiles, ExportError> {
        let kinds = kinds(options);
        if *target == Target::Stdout && kinds.len() > 1 {
            return Err(ExportError::NeedsFile { what: "more than one layer" });
        }
        let mut writers = Vec::new();
        let mut companions = Vec::new();
        for (at, &kind) in kinds.iter().enumerate() {
            let target = match target {
                Target::File(path) if at > 0 => Target::File(beside(path, kind)),
                other => other.clone(),
            };
            writers.push(open(&target, kind, format, options)?);
            // KML carries its own style, and its fields in QGIS have other names.
            if let Target::File(path) = &target
                && !matches!(format, Format::Kml | Format::Kmz)
            {
                companions.push(companion(path, "qml", &qml::style(kind, qml::Rings::Drawn))?);
                companions.push(companion(path, "qmd", &qmd::metadata(kind, options))?);
            }
        }
        Ok(OneLayerFiles { rows: vec![0; kinds.len()], kinds, writers, companions })
    }
}

impl Sink for OneLayerFiles {
    fn layers(&self) -> &[LayerKind] {
        &self.kinds
    }

    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError> {
        let Some(at) = self.kinds.iter().position(|&kind| kind == layer) else { return Ok(()) };
        self.rows[at] += self.writers[at].write(features)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let mut outputs = Vec::new();
        for writer in self.writers {
            outputs.extend(writer.finish()?);
        }
        outputs.extend(self.companions);
        let mut files = Vec::new();
        for output in outputs {
            files.extend(output.commit()?);
        }
        Ok(Written { files, rows: self.kinds.into_iter().zip(self.rows).collect() })
    }
}

/// The layers to write, the main one first: claims, or the first one asked for where claims are not.
fn kinds(options: &Options) -> Vec<LayerKind> {
    let mut kinds = options.layers.clone();
    if kinds.is_empty() {
        kinds.push(LayerKind::Claims);
    }
    kinds.sort();
    kinds.dedup();
    kinds
}

/// `NAME.areas.geojson` for the areas beside `NAME.geojson`.
pub(super) fn beside(path: &Path, kind: LayerKind) -> PathBuf {
    let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    path.with_extension(format!("{}.{ending}", kind.name()))
}

/// A small complete file of the same name with another ending.
pub(super) fn companion(path: &Path, ending: &str, text: &str) -> Result<Output, ExportError> {
    let mut output = Output::open(&Target::File(path.with_extension(ending)))?;
    output.write_all(text.as_bytes()).map_err(|error| output.error(error))?;
    Ok(output)
}

fn open(
    target: &Target,
    kind: LayerKind,
    format: Format,
    options: &Options,
) -> Result<Box<dyn LayerWriter>, ExportError> {
    Ok(match format {
        Format::GeoJson => Box::new(geojson::Collection::create(target, kind, options)?),
        Format::GeoJsonLines => Box::new(geojson::Sequence::create(target, kind, geojson::Separator::Line)?),
        Format::GeoJsonSeq => Box::new(geojson::Sequence::create(target, kind, geojson::Separator::Record)?),
        Format::Csv => Box::new(csv::Table::create(target, kind)?),
        Format::FlatGeobuf => Box::new(flatgeobuf::IndexedFile::create(target, kind, options)?),
        Format::Kml => Box::new(kml::Kml::create(target, kind, options)?),
        Format::Kmz => Box::new(kml::Kmz::create(target, kind, options)?),
        #[cfg(feature = "parquet")]
        Format::GeoParquet => Box::new(super::parquet::Columns::create(target, kind)?),
        Format::GeoPackage | Format::Qgz | Format::Page | Format::Svg | Format::Png => {
            unreachable!("these hold all layers in one file")
        }
    })
}
