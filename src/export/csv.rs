//! CSV with a WKT column, and beside it what makes GDAL and QGIS read it right: `.csvt` (column types) and `.prj`.
//! Cells that a spreadsheet would run as a formula are defused.

use super::cell;
use super::one_layer::{LayerWriter, companion};
use super::output::Output;
use super::{ExportError, Target};
use crate::feature::{ColumnKind, Feature, GeometryKind, LayerKind, Value};
use std::borrow::Cow;

/// A table being written.
pub(super) struct Table {
    writer: ::csv::Writer<Output>,
    /// `.csvt` and `.prj`, complete; none beside standard output.
    companions: Vec<Output>,
    has_geometry: bool,
}

impl Table {
    /// Opens the file, writes its heading and the files beside it.
    pub(super) fn create(target: &Target, kind: LayerKind) -> Result<Table, ExportError> {
        let has_geometry = kind.geometry() != GeometryKind::None;
        let mut companions = Vec::new();
        if let Target::File(path) = target {
            companions.push(companion(path, "csvt", &column_types(kind))?);
            if has_geometry {
                companions.push(companion(path, "prj", cell::WGS84_WKT)?);
            }
        }
        let mut table =
            Table { writer: ::csv::Writer::from_writer(Output::open(target)?), companions, has_geometry };
        let names = kind.columns().iter().map(|column| column.name);
        let heading: Vec<&str> = names.chain(has_geometry.then_some("WKT")).collect();
        table.record(heading)?;
        Ok(table)
    }

    fn record<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), ExportError> {
        self.writer.write_record(cells).map_err(|error| self.writer.get_ref().error(error))
    }
}

impl LayerWriter for Table {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        for feature in features {
            let cells = feature.values.iter().map(cell_text);
            let wkt = self.has_geometry.then(|| Cow::Owned(cell::wkt(feature).unwrap_or_default()));
            let cells: Vec<Cow<str>> = cells.chain(wkt).collect();
            self.record(cells.iter().map(|cell| cell.as_bytes()))?;
        }
        Ok(features.len() as u64)
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        let path = self.writer.get_ref().path().to_owned();
        let output =
            self.writer.into_inner().map_err(|error| ExportError::Io { path, error: error.into_error() })?;
        let mut outputs = vec![output];
        outputs.extend(self.companions);
        Ok(outputs)
    }
}

/// The one line of a `.csvt`: the type of each column.
fn column_types(kind: LayerKind) -> String {
    let types = kind.columns().iter().map(|column| match column.kind {
        ColumnKind::Text => "\"String\"",
        ColumnKind::Integer => "\"Integer64\"",
        ColumnKind::Real => "\"Real\"",
        ColumnKind::Date => "\"Date\"",
        ColumnKind::DateTime => "\"DateTime\"",
    });
    let wkt = (kind.geometry() != GeometryKind::None).then_some("\"WKT\"");
    types.chain(wkt).collect::<Vec<_>>().join(",")
}

fn cell_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Word(word) => Cow::Borrowed(word),
        Value::Text(text) => defused(text),
        other => Cow::Owned(cell::text(other).unwrap_or_default()),
    }
}

/// Text with an apostrophe before what a spreadsheet would take for a formula.
fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        for text in ["=1+1", "+cmd", "-2", "@x", "\t=1"] {
            assert_eq!(cell_text(&Value::Text(text.into())), format!("'{text}"));
        }
        assert_eq!(cell_text(&Value::Text("a=b".into())), "a=b");
        assert_eq!(cell_text(&Value::Real(-2.5)), "-2.5");
        assert_eq!(cell_text(&Value::Null), "");
    }
}
