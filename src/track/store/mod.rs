//! The store: one GeoPackage with every layer of the export, the events, and what tracking keeps beside them.
//!
//! `add` puts documents in, `touched` brings events, places and counts up to date, `read` gives rows back. Everything an
//! addition does is one transaction of a rollback journal, so that a run killed at any moment leaves the store as it was
//! and no other file than the journal, which the next to open the store uses up.

mod add;
mod places;
mod read;
mod sites;
mod touched;

pub use add::{Added, Adding, Contents, Wanted, content};
pub use read::{Counted, Names};

use super::event::{Settings, Window};
use crate::export::Options;
use crate::export::geopackage;
use crate::feature::LayerKind;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The layers of the store.
pub(super) const LAYERS: [LayerKind; 7] = [
    LayerKind::Claims,
    LayerKind::Events,
    LayerKind::Areas,
    LayerKind::Mentions,
    LayerKind::Places,
    LayerKind::Documents,
    LayerKind::Unlocated,
];

/// The layers whose rows come from one document each.
pub(super) const DOCUMENT_LAYERS: [LayerKind; 5] =
    [LayerKind::Claims, LayerKind::Areas, LayerKind::Mentions, LayerKind::Documents, LayerKind::Unlocated];

/// The version of the tables; a program refuses stores that are newer than it knows.
pub const VERSION: u32 = 1;

const TABLES: &str = include_str!("schema.sql");
const VIEWS: &str = include_str!("views.sql");

/// Why a store could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{}: there is no such store; make one with `frontmap track add INPUT --store {}`", path.display(), path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Some other SQLite file.
    #[error("{}: not a store of `track` but {what}; name another file with --store", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A newer program made it.
    #[error("{}: the store has version {found}, this program knows up to {VERSION}; use a newer frontmap", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// Its layers have columns that this program does not have.
    #[error("{}: layer {layer} has a column `{column}` that this program does not know; use a newer frontmap, or add the reports to a new store", path.display())]
    OtherColumns {
        /// The file.
        path: PathBuf,
        /// The layer.
        layer: &'static str,
        /// The column.
        column: String,
    },
    /// Somebody else is writing.
    #[error("{}: another program is writing to the store and did not finish within {waited_s} s; try again, or wait longer with --wait", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long was waited, seconds.
        waited_s: u64,
    },
    /// SQLite said no.
    #[error("{}: {error}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What it said.
        error: rusqlite::Error,
    },
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    wait: Duration,
}

impl Store {
    /// Opens a store to read it.
    pub fn open(path: &Path, wait: Duration) -> Result<Store, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let store = Store::connect(path, wait)?;
        match store.version()? {
            Some(version) => store.check_version(version)?,
            None => return Err(StoreError::Missing { path: path.to_owned() }),
        }
        Ok(store)
    }

    /// Opens a store to add to it; an absent or empty file becomes one when something is added.
    pub fn open_or_create(path: &Path, wait: Duration) -> Result<Store, StoreError> {
        let store = Store::connect(path, wait)?;
        if let Some(version) = store.version()? {
            store.check_version(version)?;
        }
        Ok(store)
    }

    fn connect(path: &Path, wait: Duration) -> Result<Store, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| StoreError::Sqlite { path: path.to_owned(), error })?;
        let store = Store { connection, path: path.to_owned(), wait };
        // QGIS leaves a file that it has open in WAL mode; that works as well, and is put back where nobody else has it open.
        store.run(|connection| {
            connection.busy_timeout(wait)?;
            connection.pragma_update(None, "cache_size", -131_072)?;
            connection.pragma_update(None, "foreign_keys", false)?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(())
        })?;
        Ok(store)
    }

    /// Whether a file is a store, so that nothing else writes over what it has gathered.
    pub fn is_at(path: &Path) -> bool {
        let only_read = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let table = |connection: rusqlite::Connection| connection.table_exists(None, "frontmap_store");
        path.is_file()
            && rusqlite::Connection::open_with_flags(path, only_read).and_then(table).unwrap_or(false)
    }

    /// The version of the store; none while the file is empty.
    fn version(&self) -> Result<Option<u32>, StoreError> {
        if self.has_table("frontmap_store")? {
            let version = self.meta("version")?.and_then(|version| version.parse().ok());
            return Ok(Some(version.unwrap_or(0)));
        }
        if self.has_table("gpkg_contents")? {
            let what = "a plain GeoPackage, such as `map` writes";
            return Err(StoreError::NotAStore { path: self.path.clone(), what });
        }
        let tables = self.run(|connection| {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
        })?;
        if tables > 0 {
            return Err(StoreError::NotAStore { path: self.path.clone(), what: "another SQLite file" });
        }
        Ok(None)
    }

    fn check_version(&self, found: u32) -> Result<(), StoreError> {
        if found > VERSION {
            return Err(StoreError::TooNew { path: self.path.clone(), found });
        }
        for kind in LAYERS {
            let unknown = self.columns_of(kind)?.into_iter().find(|column| {
                !matches!(column.as_str(), "fid" | "geom")
                    && !kind.columns().iter().any(|known| known.name == column)
            });
            if let Some(column) = unknown {
                return Err(StoreError::OtherColumns { path: self.path.clone(), layer: kind.name(), column });
            }
        }
        Ok(())
    }

    fn columns_of(&self, kind: LayerKind) -> Result<Vec<String>, StoreError> {
        self.run(|connection| {
            let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
            statement.query_map([kind.name()], |row| row.get(0))?.collect()
        })
    }

    /// Lays out an empty store, or brings an older one up to this version: inside the caller's transaction.
    fn prepare(&self) -> Result<(), StoreError> {
        if self.version()?.is_none() {
            self.run(|connection| {
                let options = Options { title: "Claims over time".to_owned(), ..Options::default() };
                geopackage::create_tables(connection, &LAYERS, &options)?;
                connection.execute_batch(TABLES)
            })?;
            self.set_meta("revision", "0")?;
            self.set_meta("settings", &settings_to_text(&Settings::default()))?;
        }
        // A newer program of the same version may know more columns; older rows leave them empty.
        for kind in LAYERS {
            let known = self.columns_of(kind)?;
            for column in kind.columns().iter().filter(|column| !known.iter().any(|name| name == column.name))
            {
                self.run(|connection| {
                    connection.execute_batch(&format!(
                        "ALTER TABLE \"{}\" ADD COLUMN \"{}\"",
                        kind.name(),
                        column.name
                    ))
                })?;
            }
        }
        let names: Vec<String> =
            LayerKind::Claims.columns().iter().map(|column| format!("\"{}\"", column.name)).collect();
        self.run(|connection| {
            connection.execute_batch(&VIEWS.replace("{claim_columns}", &names.join(", ")))
        })?;
        self.set_meta("version", &VERSION.to_string())
    }

    /// The rule's settings that the events of this store were made with.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        Ok(self.meta("settings")?.and_then(|text| settings_from_text(&text)).unwrap_or_default())
    }

    /// How often something was added or changed.
    pub fn revision(&self) -> Result<i64, StoreError> {
        Ok(self.meta("revision")?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    fn has_table(&self, table: &str) -> Result<bool, StoreError> {
        self.run(|connection| {
            let sql = "SELECT count(*) FROM sqlite_schema WHERE name = ?1";
            connection.query_row(sql, [table], |row| Ok(row.get::<_, i64>(0)? > 0))
        })
    }

    fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        if !self.has_table("frontmap_store")? {
            return Ok(None);
        }
        self.run(|connection| {
            let sql = "SELECT value FROM frontmap_store WHERE key = ?1";
            connection.query_row(sql, [key], |row| row.get(0)).optional()
        })
    }

    fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.run(|connection| {
            connection
                .execute("INSERT OR REPLACE INTO frontmap_store VALUES (?1, ?2)", [key, value])
                .map(drop)
        })
    }

    /// Does something with the connection and says whose error it was.
    fn run<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.connection).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy { path: self.path.clone(), waited_s: self.wait.as_secs() }
            }
            Some(ErrorCode::NotADatabase) => {
                StoreError::NotAStore { path: self.path.clone(), what: "no SQLite file" }
            }
            _ => StoreError::Sqlite { path: self.path.clone(), error },
        })
    }
}

/// The settings as JSON with the names that docs/store.md uses.
fn settings_to_text(settings: &Settings) -> String {
    let window = |window: Window| serde_json::json!([window.within_days, window.undated_days]);
    serde_json::json!({
        "site_km": settings.site_km,
        "distance_km": settings.distance_km,
        "fights": window(settings.fights),
        "gains": window(settings.gains),
        "seizures": window(settings.seizures),
        "states": window(settings.states),
        "memory_days": settings.memory_days,
    })
    .to_string()
}

fn settings_from_text(text: &str) -> Option<Settings> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let days = |value: &serde_json::Value| i16::try_from(value.as_i64()?).ok();
    let window = |name: &str| {
        let pair = json.get(name)?;
        Some(Window { within_days: days(pair.get(0)?)?, undated_days: days(pair.get(1)?)? })
    };
    Some(Settings {
        site_km: json.get("site_km")?.as_f64()?,
        distance_km: json.get("distance_km")?.as_f64()?,
        fights: window("fights")?,
        gains: window("gains")?,
        seizures: window("seizures")?,
        states: window("states")?,
        memory_days: days(json.get("memory_days")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_the_store() {
        let settings = Settings { distance_km: 4.5, ..Settings::default() };
        assert_eq!(settings_from_text(&settings_to_text(&settings)), Some(settings));
    }
}
