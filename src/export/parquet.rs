//! GeoParquet 1.1: columns with WKB points or areas, for analysis in data frames. Built only with the feature `parquet`.

use super::cell::{Extent, round6};
use super::one_layer::LayerWriter;
use super::output::Output;
use super::{ExportError, Target, wkb};
use crate::feature::{ColumnKind, Feature, GeometryKind, LayerKind, Value};
use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use arrow_array::builder::{
    BinaryBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::civil::{Date, DateTime, date};
use serde_json::json;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// A file being written; memory holds one batch of rows and the row group under way.
pub(super) struct Columns {
    writer: ArrowWriter<Output>,
    kind: LayerKind,
    schema: Arc<Schema>,
    extent: Option<Extent>,
    path: PathBuf,
}

/// Cells of one column.
enum Cells {
    Text(StringBuilder),
    Integer(Int64Builder),
    Real(Float64Builder),
    Day(Date32Builder),
    Moment(TimestampMillisecondBuilder),
}

const GEOMETRY: &str = "geometry";

impl Columns {
    /// Opens the file.
    pub(super) fn create(target: &Target, kind: LayerKind) -> Result<Columns, ExportError> {
        let output = Output::open(target)?;
        let path = output.path().to_owned();
        let mut fields: Vec<Field> = kind
            .columns()
            .iter()
            .map(|column| Field::new(column.name, data_type(column.kind), true))
            .collect();
        if kind.geometry() != GeometryKind::None {
            fields.push(Field::new(GEOMETRY, DataType::Binary, true));
        }
        let schema = Arc::new(Schema::new(fields));
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties));
        let writer =
            writer.map_err(|error| ExportError::Io { path: path.clone(), error: io::Error::other(error) })?;
        Ok(Columns { writer, kind, schema, extent: None, path })
    }

    fn batch(&mut self, features: &[Feature]) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (at, column) in self.kind.columns().iter().enumerate() {
            let mut cells = Cells::new(column.kind);
            features.iter().for_each(|feature| cells.push(feature.values.get(at).unwrap_or(&Value::Null)));
            arrays.push(cells.finish());
        }
        if self.kind.geometry() != GeometryKind::None {
            let mut shapes = BinaryBuilder::new();
            for feature in features {
                Extent::add(&mut self.extent, feature);
                let shape = feature.geometry.as_ref().map(|geometry| {
                    let mut bytes = Vec::new();
                    wkb::push(&mut bytes, geometry);
                    bytes
                });
                shapes.append_option(shape);
            }
            arrays.push(Arc::new(shapes.finish()));
        }
        RecordBatch::try_new(self.schema.clone(), arrays)
    }

    /// What GeoParquet says about its geometry; without a reference system it is longitude and latitude of WGS 84.
    fn describe(&self) -> Option<KeyValue> {
        let geometry_type = match self.kind.geometry() {
            GeometryKind::Point => "Point",
            GeometryKind::MultiPolygon => "MultiPolygon",
            GeometryKind::None => return None,
        };
        let mut column = json!({"encoding": "WKB", "geometry_types": [geometry_type]});
        if let Some(Extent { west, south, east, north }) = self.extent {
            column["bbox"] = json!([west, south, east, north]);
        }
        let geo = json!({"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}});
        Some(KeyValue::new("geo".to_owned(), geo.to_string()))
    }
}

impl LayerWriter for Columns {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        let batch = self.batch(features).map_err(io::Error::other);
        let written = batch.and_then(|batch| self.writer.write(&batch).map_err(io::Error::other));
        written.map_err(|error| ExportError::Io { path: self.path.clone(), error })?;
        Ok(features.len() as u64)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        if let Some(geo) = self.describe() {
            self.writer.append_key_value_metadata(geo);
        }
        let Columns { writer, path, .. } = *self;
        let output = writer.into_inner();
        Ok(vec![output.map_err(|error| ExportError::Io { path, error: io::Error::other(error) })?])
    }
}

fn data_type(kind: ColumnKind) -> DataType {
    match kind {
        ColumnKind::Text => DataType::Utf8,
        ColumnKind::Integer => DataType::Int64,
        ColumnKind::Real => DataType::Float64,
        ColumnKind::Date => DataType::Date32,
        ColumnKind::DateTime => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
    }
}

impl Cells {
    fn new(kind: ColumnKind) -> Cells {
        match kind {
            ColumnKind::Text => Cells::Text(StringBuilder::new()),
            ColumnKind::Integer => Cells::Integer(Int64Builder::new()),
            ColumnKind::Real => Cells::Real(Float64Builder::new()),
            ColumnKind::Date => Cells::Day(Date32Builder::new()),
            ColumnKind::DateTime => Cells::Moment(TimestampMillisecondBuilder::new().with_timezone("UTC")),
        }
    }

    /// A cell of another kind than its column is null.
    fn push(&mut self, value: &Value) {
        match self {
            Cells::Text(cells) => cells.append_option(value.as_str()),
            Cells::Integer(cells) => {
                cells.append_option(if let Value::Integer(number) = value { Some(*number) } else { None })
            }
            Cells::Real(cells) => cells.append_option(if let Value::Real(number) = value {
                Some(round6(*number))
            } else {
                None
            }),
            Cells::Day(cells) => cells.append_option(if let Value::Date(day) = value {
                i32::try_from(days(*day)).ok()
            } else {
                None
            }),
            Cells::Moment(cells) => cells.append_option(if let Value::DateTime(moment) = value {
                Some(millis(*moment))
            } else {
                None
            }),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Cells::Text(mut cells) => Arc::new(cells.finish()),
            Cells::Integer(mut cells) => Arc::new(cells.finish()),
            Cells::Real(mut cells) => Arc::new(cells.finish()),
            Cells::Day(mut cells) => Arc::new(cells.finish()),
            Cells::Moment(mut cells) => Arc::new(cells.finish()),
        }
    }
}

/// Days since 1970.
fn days(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// Milliseconds since 1970.
fn millis(moment: DateTime) -> i64 {
    let since = moment.duration_since(date(1970, 1, 1).at(0, 0, 0, 0));
    i64::try_from(since.as_millis()).expect("years have four digits")
}
