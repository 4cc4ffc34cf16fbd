//! The tables of a GeoPackage 1.3: what the standard asks for, one table a layer, QGIS's `layer_styles`, metadata.

use crate::export::Options;
use crate::export::cell::WGS84_WKT;
use crate::export::style::{qmd, qml};
use crate::feature::{ColumnKind, GeometryKind, LayerKind};
use rusqlite::{Connection, Result, params};
use std::fmt::Write;

/// The tables that every GeoPackage has, the extensions used, and QGIS's table of styles.
const BASE: &str = include_str!("base.sql");

/// What stands for a time until [`super::seal`] sets it, as in the tables of every GeoPackage.
const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

/// Lays out an empty GeoPackage for the layers of `kinds`, with styles and metadata.
/// R-trees are filled as rows come in; call [`super::seal`] when they all are.
pub fn create_tables(connection: &Connection, kinds: &[LayerKind], options: &Options) -> Result<()> {
    let rings = if kinds.contains(&LayerKind::Areas) { qml::Rings::InAreas } else { qml::Rings::Drawn };
    connection.execute_batch(BASE)?;
    connection.execute("UPDATE gpkg_spatial_ref_sys SET definition = ?1 WHERE srs_id = 4326", [WGS84_WKT])?;
    for &kind in kinds {
        create_layer(connection, kind, options)?;
        describe_columns(connection, kind)?;
        add_style(connection, kind, rings)?;
        add_metadata(connection, kind, options)?;
    }
    Ok(())
}

fn create_layer(connection: &Connection, kind: LayerKind, options: &Options) -> Result<()> {
    let name = kind.name();
    let mut table = format!("CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL");
    let geometry = geometry_type(kind);
    if let Some(geometry) = geometry {
        write!(table, ", geom {geometry}").expect("a string takes all that is written");
    }
    for column in kind.columns() {
        let sql_type = match column.kind {
            ColumnKind::Text => "TEXT",
            ColumnKind::Integer => "INTEGER",
            ColumnKind::Real => "REAL",
            ColumnKind::Date => "DATE",
            ColumnKind::DateTime => "DATETIME",
        };
        write!(table, ", \"{}\" {sql_type}", column.name).expect("a string takes all that is written");
    }
    table.push(')');
    connection.execute_batch(&table)?;
    let data_type = if geometry.is_some() { "features" } else { "attributes" };
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id, last_change) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            name,
            data_type,
            qmd::title(kind, options),
            qmd::about(kind),
            geometry.map(|_| 4326),
            NO_TIME
        ],
    )?;
    let Some(geometry) = geometry else { return Ok(()) };
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, 4326, 0, 0)",
        params![name, geometry],
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', \
         'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        [name],
    )?;
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE \"rtree_{name}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
    ))
}

fn geometry_type(kind: LayerKind) -> Option<&'static str> {
    match kind.geometry() {
        GeometryKind::Point => Some("POINT"),
        GeometryKind::MultiPolygon => Some("MULTIPOLYGON"),
        GeometryKind::None => None,
    }
}

/// Aliases and meanings, which GDAL and QGIS read from the schema extension.
fn describe_columns(connection: &Connection, kind: LayerKind) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for column in kind.columns() {
        // `name` must be unique within a table, as the aliases are.
        insert.execute(params![kind.name(), column.name, column.alias, column.alias, column.comment])?;
    }
    Ok(())
}

fn add_style(connection: &Connection, kind: LayerKind, rings: qml::Rings) -> Result<()> {
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, \
         styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?1, ?2, ?3, ?4, '', 1, ?5, '', ?6)",
        params![
            kind.name(),
            geometry_type(kind).map_or("", |_| "geom"),
            kind.name(),
            qml::style(kind, rings),
            "Side by colour, status by fill, type by shape",
            NO_TIME
        ],
    )?;
    Ok(())
}

/// QGIS keeps its layer metadata here, under this address.
fn add_metadata(connection: &Connection, kind: LayerKind, options: &Options) -> Result<()> {
    connection.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) \
         VALUES ('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?1)",
        [qmd::metadata(kind, options)],
    )?;
    let id = connection.last_insert_rowid();
    connection.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id, timestamp) VALUES ('table', ?1, ?2, ?3)",
        params![kind.name(), id, NO_TIME],
    )?;
    Ok(())
}
