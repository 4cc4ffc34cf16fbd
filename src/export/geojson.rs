//! GeoJSON: a FeatureCollection by RFC 7946, and sequences of Features (a line each, or RFC 8142).
//! Rows are written straight from their cells, and memory stays flat: what concerns the whole, the bbox, comes last.

use super::cell::{Extent, rings, round6};
use super::one_layer::LayerWriter;
use super::output::Output;
use super::{ExportError, Options, Target};
use crate::feature::{Column, Feature, Geometry, LayerKind, Value};
use geo::MultiPolygon;
use serde::Serialize;
use std::io::Write;

/// A FeatureCollection being written.
pub(super) struct Collection {
    output: Output,
    rows: Rows,
    extent: Option<Extent>,
    empty: bool,
}

/// What stands between the features of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// A line feed after each.
    Line,
    /// A record separator before and a line feed after each (RFC 8142).
    Record,
}

/// A sequence of Features being written.
pub(super) struct Sequence {
    output: Output,
    rows: Rows,
    separator: Separator,
}

impl Collection {
    /// Opens the file and writes what the collection says about itself.
    pub(super) fn create(
        target: &Target,
        kind: LayerKind,
        options: &Options,
    ) -> Result<Collection, ExportError> {
        let mut output = Output::open(target)?;
        let head = [
            ("name", kind.name()),
            ("title", &options.title),
            ("attribution", &options.attribution),
            ("license", &options.license),
            ("generator", concat!("frontmap ", env!("CARGO_PKG_VERSION"))),
        ];
        let mut text = br#"{"type":"FeatureCollection""#.to_vec();
        for (member, value) in head {
            text.push(b',');
            json(&mut text, member);
            text.push(b':');
            json(&mut text, value);
        }
        text.extend_from_slice(br#","features":["#);
        output.write_all(&text).map_err(|error| output.error(error))?;
        Ok(Collection { output, rows: Rows::new(kind), extent: None, empty: true })
    }
}

impl LayerWriter for Collection {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        self.rows.text.clear();
        for feature in features {
            self.rows.text.extend_from_slice(if self.empty { b"\n" } else { b",\n" });
            self.empty = false;
            self.rows.push(feature);
            Extent::add(&mut self.extent, feature);
        }
        self.output.write_all(&self.rows.text).map_err(|error| self.output.error(error))?;
        Ok(features.len() as u64)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        let mut text = b"\n]".to_vec();
        if let Some(Extent { west, south, east, north }) = self.extent {
            text.extend_from_slice(br#","bbox":"#);
            json(&mut text, &[west, south, east, north].map(round6));
        }
        text.extend_from_slice(b"}\n");
        self.output.write_all(&text).map_err(|error| self.output.error(error))?;
        Ok(vec![self.output])
    }
}

impl Sequence {
    /// Opens the file.
    pub(super) fn create(
        target: &Target,
        kind: LayerKind,
        separator: Separator,
    ) -> Result<Sequence, ExportError> {
        Ok(Sequence { output: Output::open(target)?, rows: Rows::new(kind), separator })
    }
}

impl LayerWriter for Sequence {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        self.rows.text.clear();
        for feature in features {
            if self.separator == Separator::Record {
                self.rows.text.push(0x1e);
            }
            self.rows.push(feature);
            self.rows.text.push(b'\n');
        }
        self.output.write_all(&self.rows.text).map_err(|error| self.output.error(error))?;
        Ok(features.len() as u64)
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        Ok(vec![self.output])
    }
}

/// Features as JSON text, one after another.
struct Rows {
    /// `"name":` of each column, ready to be copied.
    keys: Vec<Vec<u8>>,
    text: Vec<u8>,
}

impl Rows {
    fn new(kind: LayerKind) -> Rows {
        let key = |column: &Column| {
            let mut key = Vec::new();
            json(&mut key, column.name);
            key.push(b':');
            key
        };
        Rows { keys: kind.columns().iter().map(key).collect(), text: Vec::new() }
    }

    fn push(&mut self, feature: &Feature) {
        let text = &mut self.text;
        text.extend_from_slice(br#"{"type":"Feature""#);
        if let Some(id) = &feature.id {
            text.extend_from_slice(br#","id":"#);
            json(text, &**id);
        }
        text.extend_from_slice(br#","geometry":"#);
        match &feature.geometry {
            None => text.extend_from_slice(b"null"),
            Some(Geometry::Point(point)) => {
                text.extend_from_slice(br#"{"type":"Point","coordinates":"#);
                json(text, &point.map(round6));
                text.push(b'}');
            }
            Some(Geometry::MultiPolygon(area)) => json(text, &rounded(area)),
        }
        text.extend_from_slice(br#","properties":{"#);
        for (at, (key, value)) in self.keys.iter().zip(&feature.values).enumerate() {
            if at > 0 {
                text.push(b',');
            }
            text.extend_from_slice(key);
            push_cell(text, value);
        }
        text.extend_from_slice(b"}}");
    }
}

fn push_cell(text: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => text.extend_from_slice(b"null"),
        Value::Word(word) => json(text, *word),
        Value::Text(words) => json(text, &**words),
        Value::Integer(number) => json(text, number),
        // What is not finite becomes null, which is what JSON has for it.
        Value::Real(number) => json(text, &round6(*number)),
        // Dates hold digits and dashes alone, so that nothing needs escaping.
        Value::Date(date) => write!(text, "\"{date}\"").expect("memory takes all that is written"),
        Value::DateTime(moment) => write!(text, "\"{moment}Z\"").expect("memory takes all that is written"),
    }
}

/// The area with coordinates of six decimals.
fn rounded(area: &MultiPolygon) -> geojson::Geometry {
    let ring =
        |ring: &geo::LineString| ring.coords().map(|at| vec![round6(at.x), round6(at.y)].into()).collect();
    let coordinates = area.iter().map(|polygon| rings(polygon).map(ring).collect()).collect();
    geojson::Geometry::new(geojson::GeometryValue::MultiPolygon { coordinates })
}

fn json<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(text, value).expect("memory takes all that is written, and the keys are text");
}
