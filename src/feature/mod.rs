//! What goes on the map: [`Feature`]s in [`Layer`]s of one flat table schema.
//! The schema is `schema`, making rows from what the stages found is `rows`; writing them is `export`'s work.

mod cells;
mod filter;
mod ids;
mod places;
mod reports;
mod rows;
mod schema;
mod tracked;

pub use filter::{Filter, is_gain};
pub use places::Places;
pub use reports::Reports;
pub use rows::{Findings, first_moment, last_moment, layers};
pub use schema::{CLAIM_COLUMNS, Column, ColumnKind, GeometryKind, LayerKind};

use jiff::civil::{Date, DateTime};
use std::sync::Arc;

/// One row of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Stable over runs; claims and their areas share it.
    pub id: Option<Arc<str>>,
    /// Where it lies, degrees WGS 84; none where it could not be placed.
    pub geometry: Option<Geometry>,
    /// One value a column of the layer's schema, in its order.
    pub values: Vec<Value>,
}

/// The geometries that layers hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// Longitude, latitude.
    Point([f64; 2]),
    /// Areas, valid by RFC 7946.
    MultiPolygon(geo::MultiPolygon),
}

/// Rows of one schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Which layer, and with it the columns.
    pub kind: LayerKind,
    /// The rows, in the order of the documents and of their text.
    pub features: Vec<Feature>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not known or not said.
    Null,
    /// One of a fixed set of words.
    Word(&'static str),
    /// Text, shared where many rows hold the same.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A day, written `2024-10-22`.
    Date(Date),
    /// A moment in UTC, written `2024-10-22T00:00:00Z`.
    DateTime(DateTime),
}

impl Layer {
    /// An empty layer.
    pub fn new(kind: LayerKind) -> Layer {
        Layer { kind, features: Vec::new() }
    }
}

impl Feature {
    /// The value of the column `name` in a layer of `kind`; [`Value::Null`] when there is no such column.
    pub fn get(&self, kind: LayerKind, name: &str) -> &Value {
        let column = kind.columns().iter().position(|column| column.name == name);
        column.and_then(|at| self.values.get(at)).unwrap_or(&Value::Null)
    }
}

impl Value {
    /// Text, or null for none.
    pub fn text(text: Option<&str>) -> Value {
        text.map_or(Value::Null, |text| Value::Text(text.into()))
    }

    /// A fixed word, or null for none.
    pub fn word(word: Option<&'static str>) -> Value {
        word.map_or(Value::Null, Value::Word)
    }

    /// A number, or null for none.
    pub fn real(number: Option<f64>) -> Value {
        number.map_or(Value::Null, Value::Real)
    }

    /// A day, or null for none.
    pub fn date(date: Option<Date>) -> Value {
        date.map_or(Value::Null, Value::Date)
    }

    /// The text of a word or text cell.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Word(word) => Some(word),
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// As a person reads it; nothing for null.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Word(word) => f.write_str(word),
            Value::Text(text) => f.write_str(text),
            Value::Integer(number) => write!(f, "{number}"),
            Value::Real(number) => write!(f, "{number}"),
            Value::Date(day) => write!(f, "{day}"),
            Value::DateTime(moment) => write!(f, "{moment}Z"),
        }
    }
}
