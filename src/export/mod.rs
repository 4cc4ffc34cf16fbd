//! How layers are written: the formats by file ending, where the output goes, and the one way into all of them, [`create`].
//! Each format has a file of its own; what they share in looks is `style`. What the rows hold is `feature`'s work.

mod basemap;
mod cell;
mod csv;
mod flatgeobuf;
mod geojson;
pub mod geopackage;
mod kml;
mod one_layer;
mod output;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod picture;
mod qgz;
mod span;
mod style;
mod wkb;
mod xml;

pub use output::Target;

use crate::feature::{Feature, LayerKind};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// The file formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A FeatureCollection (RFC 7946) with a QGIS style beside it.
    GeoJson,
    /// One GeoJSON Feature a line.
    GeoJsonLines,
    /// GeoJSON text sequence (RFC 8142).
    GeoJsonSeq,
    /// Comma-separated values with a WKT column, and the column types beside it.
    Csv,
    /// SQLite with all layers, their styles and indexes.
    GeoPackage,
    /// One layer with a spatial index.
    FlatGeobuf,
    /// What globes read.
    Kml,
    /// The same, zipped, with the symbols in it.
    Kmz,
    /// A QGIS project over a GeoPackage beside it.
    Qgz,
    /// One page that plays without any network.
    Page,
    /// Columns for analysis, one layer; only in builds with the feature `parquet`.
    #[cfg(feature = "parquet")]
    GeoParquet,
    /// A picture in vectors.
    Svg,
    /// A picture in pixels.
    Png,
}

/// What to write, and what the file says about itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// The layers asked for; empty for what the format holds by itself:
    /// `claims` where it holds one layer, everything where it holds many.
    pub layers: Vec<LayerKind>,
    /// What the map is about, for people.
    pub title: String,
    /// Whom to credit.
    pub attribution: String,
    /// On what terms the file may be used.
    pub license: String,
    /// First and last day to draw, for pictures; everything where none.
    pub days: Option<(Date, Date)>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            layers: Vec::new(),
            title: "Claims from war reporting".to_owned(),
            attribution:
                "Places: GeoNames, KATOTTG, Natural Earth. Sentences: the sources named in each row."
                    .to_owned(),
            license: "Place data: CC BY 4.0. Quoted sentences belong to their publishers.".to_owned(),
            days: None,
        }
    }
}

/// An output under way. Dropped without [`Sink::finish`], it leaves nothing behind and an older file whole.
pub trait Sink {
    /// The layers it takes; rows of others need not be made.
    fn layers(&self) -> &[LayerKind];

    /// Writes rows of one layer. Rows of layers that it does not take are passed over.
    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError>;

    /// Completes the output and gives the files their names.
    fn finish(self: Box<Self>) -> Result<Written, ExportError>;
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files, the one asked for first; none for standard output.
    pub files: Vec<PathBuf>,
    /// Rows by layer.
    pub rows: Vec<(LayerKind, u64)>,
}

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The disk said no.
    #[error("cannot write {}: {error}", path.display())]
    Io {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The ending names no format.
    #[error("{}: the ending `{ending}` names no format; use one of {}", path.display(), Format::endings())]
    UnknownEnding {
        /// The file asked for.
        path: PathBuf,
        /// What stands after its last dot.
        ending: String,
    },
    /// SQLite said no.
    #[error("cannot write {}: {error}", path.display())]
    Sqlite {
        /// The file asked for.
        path: PathBuf,
        /// What SQLite said.
        error: rusqlite::Error,
    },
    /// Standard output takes one stream.
    #[error("{what} cannot go to standard output; name a file with `-o`")]
    NeedsFile {
        /// What was asked for.
        what: &'static str,
    },
}

/// Opens an output before the long work, so that a path that cannot be written fails at once.
pub fn create(target: &Target, format: Format, options: &Options) -> Result<Box<dyn Sink>, ExportError> {
    match format {
        Format::GeoJson
        | Format::GeoJsonLines
        | Format::GeoJsonSeq
        | Format::Csv
        | Format::FlatGeobuf
        | Format::Kml
        | Format::Kmz => Ok(Box::new(one_layer::OneLayerFiles::create(target, format, options)?)),
        #[cfg(feature = "parquet")]
        Format::GeoParquet => Ok(Box::new(one_layer::OneLayerFiles::create(target, format, options)?)),
        Format::GeoPackage => Ok(Box::new(geopackage::File::create(target, options)?)),
        Format::Qgz => Ok(Box::new(qgz::Project::create(target, options)?)),
        Format::Page => Ok(Box::new(page::Page::create(target, options)?)),
        Format::Svg => Ok(Box::new(picture::Picture::create(target, picture::Kind::Svg, options)?)),
        Format::Png => Ok(Box::new(picture::Picture::create(target, picture::Kind::Png, options)?)),
    }
}

impl Format {
    /// The endings that name formats, without the dot.
    const ENDINGS: &[(&str, Format)] = &[
        ("geojson", Format::GeoJson),
        ("json", Format::GeoJson),
        ("geojsonl", Format::GeoJsonLines),
        ("ndjson", Format::GeoJsonLines),
        ("geojsons", Format::GeoJsonSeq),
        ("csv", Format::Csv),
        ("gpkg", Format::GeoPackage),
        ("fgb", Format::FlatGeobuf),
        ("kml", Format::Kml),
        ("kmz", Format::Kmz),
        ("qgz", Format::Qgz),
        ("html", Format::Page),
        ("htm", Format::Page),
        #[cfg(feature = "parquet")]
        ("parquet", Format::GeoParquet),
        #[cfg(feature = "parquet")]
        ("geoparquet", Format::GeoParquet),
        ("svg", Format::Svg),
        ("png", Format::Png),
    ];

    /// The format that the ending of `path` names.
    pub fn from_path(path: &Path) -> Result<Format, ExportError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        Format::from_ending(ending)
            .ok_or_else(|| ExportError::UnknownEnding { path: path.to_owned(), ending: ending.to_owned() })
    }

    /// The format of an ending, in any case, without the dot.
    pub fn from_ending(ending: &str) -> Option<Format> {
        Format::ENDINGS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(ending))
            .map(|(_, format)| *format)
    }

    /// All endings, for messages.
    pub fn endings() -> String {
        let endings: Vec<&str> = Format::ENDINGS.iter().map(|(ending, _)| *ending).collect();
        endings.join(", ")
    }

    /// Its name, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Format::GeoJson => "GeoJSON",
            Format::GeoJsonLines => "GeoJSON lines",
            Format::GeoJsonSeq => "a GeoJSON text sequence",
            Format::Csv => "CSV",
            Format::GeoPackage => "a GeoPackage",
            Format::FlatGeobuf => "FlatGeobuf",
            Format::Kml => "KML",
            Format::Kmz => "KMZ",
            Format::Qgz => "a QGIS project",
            Format::Page => "a page",
            #[cfg(feature = "parquet")]
            Format::GeoParquet => "GeoParquet",
            Format::Svg => "SVG",
            Format::Png => "PNG",
        }
    }
}
