//! Rows of a GeoPackage: inserting, deleting those of a document, and the R-tree with its triggers.
//! The triggers call functions that only spatial SQLite has, so they are made last ([`seal`]) and dropped before rows change ([`pause`]).

use crate::export::cell::Extent;
use crate::export::wkb;
use crate::feature::{Feature, Geometry, GeometryKind, LayerKind, Value};
use jiff::civil::{Date, date};
use rusqlite::types::{Null, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Result, ToSql, params};

/// The triggers of the R-tree extension, with `{t}` for the table.
const TRIGGERS: &str = include_str!("rtree_triggers.sql");

/// The time of a file without any dated report.
const WITHOUT_REPORT: Date = date(1970, 1, 1);

/// Inserts rows into one layer's table and R-tree.
pub struct RowWriter<'a> {
    insert: CachedStatement<'a>,
    index: Option<CachedStatement<'a>>,
    connection: &'a Connection,
}

impl<'a> RowWriter<'a> {
    /// A writer for the table of `kind`. Inside a transaction of the caller's it is fast.
    pub fn new(connection: &'a Connection, kind: LayerKind) -> Result<RowWriter<'a>> {
        let has_geometry = kind.geometry() != GeometryKind::None;
        let geom = has_geometry.then_some("geom");
        let names: Vec<String> = geom
            .into_iter()
            .chain(kind.columns().iter().map(|column| column.name))
            .map(|name| format!("\"{name}\""))
            .collect();
        let marks = vec!["?"; names.len()].join(", ");
        let table = kind.name();
        let insert = connection
            .prepare_cached(&format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", ")))?;
        let index = if has_geometry {
            Some(
                connection
                    .prepare_cached(&format!("INSERT INTO \"rtree_{table}_geom\" VALUES (?, ?, ?, ?, ?)"))?,
            )
        } else {
            None
        };
        Ok(RowWriter { insert, index, connection })
    }

    /// Inserts a row.
    pub fn write(&mut self, feature: &Feature) -> Result<()> {
        let mut at = 0;
        if self.index.is_some() {
            at += 1;
            match feature.geometry.as_ref().map(|geometry| blob(feature, geometry)) {
                Some(blob) => self.insert.raw_bind_parameter(at, blob)?,
                None => self.insert.raw_bind_parameter(at, Null)?,
            }
        }
        for value in &feature.values {
            at += 1;
            self.insert.raw_bind_parameter(at, Cell(value))?;
        }
        self.insert.raw_execute()?;
        if let Some(index) = &mut self.index {
            let mut extent = None;
            Extent::add(&mut extent, feature);
            if let Some(Extent { west, south, east, north }) = extent {
                index.execute(params![self.connection.last_insert_rowid(), west, east, south, north])?;
            }
        }
        Ok(())
    }
}

/// Takes the rows of one document out of the layers of `kinds` that name it.
/// Rows without a geometry have no entry in the R-tree, which is no error.
pub fn delete_document(connection: &Connection, kinds: &[LayerKind], doc_id: &str) -> Result<()> {
    for kind in kinds.iter().filter(|kind| kind.columns().iter().any(|column| column.name == "doc_id")) {
        let table = kind.name();
        if kind.geometry() != GeometryKind::None {
            let index = format!(
                "DELETE FROM \"rtree_{table}_geom\" WHERE id IN (SELECT fid FROM \"{table}\" WHERE doc_id = ?1)"
            );
            connection.prepare_cached(&index)?.execute([doc_id])?;
        }
        connection
            .prepare_cached(&format!("DELETE FROM \"{table}\" WHERE doc_id = ?1"))?
            .execute([doc_id])?;
    }
    Ok(())
}

/// Drops the triggers of the R-trees, so that rows can change in a plain SQLite.
pub fn pause(connection: &Connection, kinds: &[LayerKind]) -> Result<()> {
    for kind in spatial(kinds) {
        for trigger in ["insert", "update1", "update2", "update3", "update4", "delete"] {
            connection
                .execute_batch(&format!("DROP TRIGGER IF EXISTS \"rtree_{}_geom_{trigger}\"", kind.name()))?;
        }
    }
    Ok(())
}

/// Makes the triggers and states the layers' extents and the time of the change: the last step of every writing.
///
/// The time is the day of the latest report, not the clock's, so that the same reports give the same bytes.
pub fn seal(connection: &Connection, kinds: &[LayerKind], latest_report: Option<Date>) -> Result<()> {
    for kind in spatial(kinds) {
        let table = kind.name();
        connection.execute_batch(&TRIGGERS.replace("{t}", table))?;
        let extent = indexed_extent(connection, table)?;
        let edge = |edge: fn(&Extent) -> f64| extent.as_ref().map(edge);
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?2, max_x = ?3, min_y = ?4, max_y = ?5 WHERE table_name = ?1",
            params![table, edge(|e| e.west), edge(|e| e.east), edge(|e| e.south), edge(|e| e.north)],
        )?;
    }
    let moment = format!("{}T00:00:00.000Z", latest_report.unwrap_or(WITHOUT_REPORT));
    connection.execute("UPDATE gpkg_contents SET last_change = ?1", [&moment])?;
    connection.execute("UPDATE gpkg_metadata_reference SET timestamp = ?1", [&moment])?;
    connection.execute("UPDATE layer_styles SET update_time = ?1", [&moment]).map(drop)
}

/// What the R-tree of a table covers, from its root alone: to ask it for the least and the greatest edge would read all of it.
///
/// A node is two bytes of depth, two of how many cells it has, and the cells: eight bytes of id, then west, east, south and
/// north as 32-bit numbers, all big-endian (SQLite, "The SQLite R*Tree Module", section 5).
fn indexed_extent(connection: &Connection, table: &str) -> Result<Option<Extent>> {
    const HEAD: usize = 4;
    const ID: usize = 8;
    const CELL: usize = ID + 4 * 4;
    let sql = format!("SELECT data FROM \"rtree_{table}_geom_node\" WHERE nodeno = 1");
    let root: Vec<u8> = connection.query_row(&sql, [], |row| row.get(0))?;
    let cells = root.get(2..HEAD).map_or(0, |count| usize::from(u16::from_be_bytes([count[0], count[1]])));
    let mut extent: Option<Extent> = None;
    for cell in root[HEAD.min(root.len())..].chunks_exact(CELL).take(cells) {
        let edge = |nth: usize| {
            let at = ID + 4 * nth;
            f64::from(f32::from_be_bytes([cell[at], cell[at + 1], cell[at + 2], cell[at + 3]]))
        };
        Extent::add_point(&mut extent, edge(0), edge(2));
        Extent::add_point(&mut extent, edge(1), edge(3));
    }
    Ok(extent)
}

fn spatial(kinds: &[LayerKind]) -> impl Iterator<Item = &LayerKind> {
    kinds.iter().filter(|kind| kind.geometry() != GeometryKind::None)
}

/// A cell as SQLite takes it: days and moments as the text that the standard names.
struct Cell<'a>(&'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let text = |text: &'_ str| ToSqlOutput::Owned(rusqlite::types::Value::Text(text.to_owned()));
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Owned(rusqlite::types::Value::Null),
            Value::Word(word) => ToSqlOutput::Borrowed(ValueRef::Text(word.as_bytes())),
            Value::Text(words) => ToSqlOutput::Borrowed(ValueRef::Text(words.as_bytes())),
            Value::Integer(number) => ToSqlOutput::Owned(rusqlite::types::Value::Integer(*number)),
            Value::Real(number) => ToSqlOutput::Owned(rusqlite::types::Value::Real(*number)),
            Value::Date(day) => text(&day.to_string()),
            Value::DateTime(moment) => text(&format!("{moment:.0}.000Z")),
        })
    }
}

/// A geometry in the GeoPackage's binary form: a head with the reference system (and the extent of areas), then WKB.
fn blob(feature: &Feature, geometry: &Geometry) -> Vec<u8> {
    const LITTLE_ENDIAN: u8 = 0b0000_0001;
    const WITH_EXTENT: u8 = 0b0000_0010;
    let mut extent = None;
    if matches!(geometry, Geometry::MultiPolygon(_)) {
        Extent::add(&mut extent, feature);
    }
    let flags = if extent.is_some() { LITTLE_ENDIAN | WITH_EXTENT } else { LITTLE_ENDIAN };
    let mut blob = vec![b'G', b'P', 0, flags];
    blob.extend_from_slice(&4326_i32.to_le_bytes());
    if let Some(Extent { west, south, east, north }) = extent {
        [west, east, south, north].iter().for_each(|edge| blob.extend_from_slice(&edge.to_le_bytes()));
    }
    wkb::push(&mut blob, geometry);
    blob
}
