//! FlatGeobuf with its spatial index. The format has no null geometry, so rows without a place are left out;
//! and no day type, so days are date-times at midnight.

use super::cell::rings;
use super::one_layer::LayerWriter;
use super::output::Output;
use super::{ExportError, Options, Target};
use crate::feature::{Column, ColumnKind, Feature, Geometry, GeometryKind, LayerKind, Value};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor};
use std::io;

/// A file being written. Rows wait in a temporary file of the crate's until they are sorted by place.
pub(super) struct IndexedFile {
    output: Output,
    writer: FgbWriter<'static>,
    columns: &'static [Column],
}

impl IndexedFile {
    /// Opens the file.
    pub(super) fn create(
        target: &Target,
        kind: LayerKind,
        options: &Options,
    ) -> Result<IndexedFile, ExportError> {
        let output = Output::open(target)?;
        let geometry_type = match kind.geometry() {
            GeometryKind::Point => GeometryType::Point,
            GeometryKind::MultiPolygon => GeometryType::MultiPolygon,
            GeometryKind::None => {
                return Err(
                    output.error(io::Error::other("FlatGeobuf holds no plain tables; use .csv or .gpkg"))
                );
            }
        };
        let settings = FgbWriterOptions {
            crs: FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() },
            title: Some(&options.title),
            description: Some(&options.attribution),
            detect_type: false,
            promote_to_multi: false,
            ..FgbWriterOptions::default()
        };
        let mut writer = FgbWriter::create_with_options(kind.name(), geometry_type, settings)
            .map_err(|error| output.error(io::Error::other(error)))?;
        for column in kind.columns() {
            writer.add_column(column.name, column_type(column.kind), |builder, described| {
                described.title = Some(builder.create_string(column.alias));
                described.description = Some(builder.create_string(column.comment));
            });
        }
        Ok(IndexedFile { output, writer, columns: kind.columns() })
    }
}

impl LayerWriter for IndexedFile {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        let mut rows = 0;
        for feature in features {
            let Some(geometry) = &feature.geometry else { continue };
            let mut refused = None;
            let added = self.writer.add_feature_geom(Shape(geometry), |row| {
                for (at, (column, value)) in self.columns.iter().zip(&feature.values).enumerate() {
                    if let Err(error) = push_cell(row, at, column.name, value) {
                        refused = Some(error);
                    }
                }
            });
            added.map_err(|error| self.output.error(io::Error::other(error)))?;
            if let Some(error) = refused {
                return Err(self.output.error(io::Error::other(error)));
            }
            rows += 1;
        }
        Ok(rows)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        let written = self.writer.write(&mut self.output);
        written.map_err(|error| self.output.error(io::Error::other(error)))?;
        Ok(vec![self.output])
    }
}

fn column_type(kind: ColumnKind) -> ColumnType {
    match kind {
        ColumnKind::Text => ColumnType::String,
        ColumnKind::Integer => ColumnType::Long,
        ColumnKind::Real => ColumnType::Double,
        ColumnKind::Date | ColumnKind::DateTime => ColumnType::DateTime,
    }
}

fn push_cell(
    row: &mut impl PropertyProcessor,
    at: usize,
    name: &str,
    value: &Value,
) -> geozero::error::Result<bool> {
    match value {
        Value::Null => Ok(false),
        Value::Word(word) => row.property(at, name, &ColumnValue::String(word)),
        Value::Text(text) => row.property(at, name, &ColumnValue::String(text)),
        Value::Integer(number) => row.property(at, name, &ColumnValue::Long(*number)),
        Value::Real(number) => row.property(at, name, &ColumnValue::Double(*number)),
        Value::Date(day) => row.property(at, name, &ColumnValue::DateTime(&format!("{day}T00:00:00Z"))),
        Value::DateTime(moment) => row.property(at, name, &ColumnValue::DateTime(&format!("{moment}Z"))),
    }
}

/// A geometry as geozero walks it.
struct Shape<'a>(&'a Geometry);

impl GeozeroGeometry for Shape<'_> {
    fn process_geom<P: GeomProcessor>(&self, to: &mut P) -> geozero::error::Result<()> {
        match self.0 {
            Geometry::Point([lon, lat]) => {
                to.point_begin(0)?;
                to.xy(*lon, *lat, 0)?;
                to.point_end(0)
            }
            Geometry::MultiPolygon(area) => {
                to.multipolygon_begin(area.iter().count(), 0)?;
                for (at, polygon) in area.iter().enumerate() {
                    to.polygon_begin(false, 1 + polygon.interiors().len(), at)?;
                    for (at, ring) in rings(polygon).enumerate() {
                        to.linestring_begin(false, ring.0.len(), at)?;
                        for (at, point) in ring.coords().enumerate() {
                            to.xy(point.x, point.y, at)?;
                        }
                        to.linestring_end(false, at)?;
                    }
                    to.polygon_end(false, at)?;
                }
                to.multipolygon_end(0)
            }
        }
    }
}
