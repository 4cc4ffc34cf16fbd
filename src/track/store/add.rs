//! Putting documents into the store: one transaction from the first document to the counts, or nothing at all.

use super::touched::Touched;
use super::{DOCUMENT_LAYERS, LAYERS, Store, StoreError, settings_to_text};
use crate::claim::{ClaimType, Status};
use crate::document::Document;
use crate::export::geopackage::{self, RowWriter};
use crate::feature::{Feature, Layer, LayerKind, Value};
use crate::mention::Relation;
use crate::track::corrections::{Corrected, Correction};
use crate::track::event::{Ground, Settings};
use crate::track::row::Mood;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

/// Whether a document is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// It is not in the store.
    New,
    /// It is, with another content.
    Changed,
    /// It is, as it is.
    Known,
    /// The same text of the same date is there under another id.
    SameAs(String),
}

/// What an addition did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that were not there before.
    pub new: usize,
    /// Documents whose rows were replaced.
    pub changed: usize,
    /// Claims put in.
    pub claims: usize,
    /// Events made, or made anew.
    pub events: usize,
    /// Ids that are no longer there.
    pub deleted: Vec<String>,
    /// The revision after it.
    pub revision: i64,
}

/// An addition under way. Dropped before [`Adding::finish`], it leaves the store as it was.
pub struct Adding<'s> {
    pub(super) store: &'s Store,
    pub(super) settings: Settings,
    pub(super) touched: Touched,
    added: Added,
    /// Claims that were taken out and have not come back.
    gone: BTreeSet<String>,
    /// Whether anything changed, and so the triggers are paused.
    writing: bool,
    finished: bool,
}

/// What is known of the documents in the store, to tell which are to be read.
#[derive(Debug, Default)]
pub struct Contents {
    by_id: HashMap<String, String>,
    by_content: HashMap<String, String>,
}

impl Contents {
    /// Whether a document is to be read; it counts as known from then on.
    pub fn wanted(&mut self, document: &Document, corrections: &[Correction], again: bool) -> Wanted {
        let content = content(document, corrections);
        let known = self.by_id.get(&document.id).cloned();
        if known.as_ref() == Some(&content) && !again {
            return Wanted::Known;
        }
        if known.is_none()
            && let Some(other) = self.by_content.get(&content)
        {
            return Wanted::SameAs(other.clone());
        }
        self.by_content.entry(content.clone()).or_insert_with(|| document.id.clone());
        self.by_id.insert(document.id.clone(), content);
        if known.is_some() { Wanted::Changed } else { Wanted::New }
    }
}

/// A hash of everything that decides a document's rows: its text, date and origin, and the corrections that meet it.
pub fn content(document: &Document, corrections: &[Correction]) -> String {
    let mut hasher = Sha256::new();
    let mut part = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(&document.text);
    part(&document.date.map(|report| report.date.to_string()).unwrap_or_default());
    for text in [&document.title, &document.url, &document.source] {
        part(text.as_deref().unwrap_or_default());
    }
    for correction in corrections.iter().filter(|correction| correction.may_meet(document)) {
        part(&correction.to_string());
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all that is written");
        hex
    })
}

impl Store {
    /// Begins an addition: waits until nobody else writes, and keeps others from writing until it ends.
    /// With `settings` other than the store's, all events are made anew.
    pub fn add(&self, settings: Option<Settings>) -> Result<Adding<'_>, StoreError> {
        self.run(|connection| connection.execute_batch("BEGIN IMMEDIATE"))?;
        let mut adding = Adding {
            store: self,
            settings: Settings::default(),
            touched: Touched::default(),
            added: Added::default(),
            gone: BTreeSet::new(),
            writing: false,
            finished: false,
        };
        if self.version()?.is_none() {
            adding.begin_writing()?;
        }
        adding.settings = self.settings()?;
        if let Some(settings) = settings.filter(|settings| *settings != adding.settings) {
            adding.begin_writing()?;
            self.set_meta("settings", &settings_to_text(&settings))?;
            adding.settings = settings;
            adding.touched.everything = true;
        }
        Ok(adding)
    }
}

impl Adding<'_> {
    /// What is known of the documents.
    pub fn contents(&self) -> Result<Contents, StoreError> {
        self.store.run(|connection| {
            let mut contents = Contents::default();
            let mut statement =
                connection.prepare("SELECT doc_id, content FROM document_content ORDER BY doc_id")?;
            let rows =
                statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (id, content) = row?;
                contents.by_content.entry(content.clone()).or_insert_with(|| id.clone());
                contents.by_id.insert(id, content);
            }
            Ok(contents)
        })
    }

    fn begin_writing(&mut self) -> Result<(), StoreError> {
        if !self.writing {
            self.store.prepare()?;
            self.store.run(|connection| geopackage::pause(connection, &LAYERS))?;
            self.writing = true;
        }
        Ok(())
    }

    /// Puts the rows of one document in, in place of those it had.
    pub fn put(
        &mut self,
        doc_id: &str,
        content: &str,
        layers: &[Layer],
        corrected: &[Corrected],
    ) -> Result<(), StoreError> {
        self.begin_writing()?;
        let known = self.take_out(doc_id)?;
        if known {
            self.added.changed += 1;
        } else {
            self.added.new += 1;
        }
        let store = self.store;
        store.run(|connection| {
            let sql = "INSERT OR REPLACE INTO document_content VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute([doc_id, content]).map(drop)
        })?;
        for layer in layers.iter().filter(|layer| DOCUMENT_LAYERS.contains(&layer.kind)) {
            store.run(|connection| {
                let mut writer = RowWriter::new(connection, layer.kind)?;
                let placed =
                    |feature: &&Feature| layer.kind != LayerKind::Claims || feature.geometry.is_some();
                layer.features.iter().filter(placed).try_for_each(|feature| writer.write(feature))
            })?;
        }
        for layer in layers.iter().filter(|layer| layer.kind == LayerKind::Claims) {
            layer.features.iter().try_for_each(|claim| self.put_claim(claim))?;
        }
        self.log(doc_id, corrected)
    }

    /// Takes a document's rows out; whether there were any.
    fn take_out(&mut self, doc_id: &str) -> Result<bool, StoreError> {
        let store = self.store;
        let known: Option<String> = store.run(|connection| {
            let sql = "SELECT content FROM document_content WHERE doc_id = ?1";
            connection.prepare_cached(sql)?.query_row([doc_id], |row| row.get(0)).optional()
        })?;
        if known.is_none() {
            return Ok(false);
        }
        let claims: Vec<String> = store.run(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT claim_id FROM all_claims WHERE doc_id = ?1")?;
            statement.query_map([doc_id], |row| row.get(0))?.collect()
        })?;
        self.gone.extend(claims);
        self.touched.add_document(store, doc_id)?;
        store.run(|connection| {
            geopackage::delete_document(connection, &DOCUMENT_LAYERS, doc_id)?;
            connection.prepare_cached("DELETE FROM event_claims WHERE doc_id = ?1")?.execute([doc_id])?;
            connection.prepare_cached("DELETE FROM corrections WHERE doc_id = ?1")?.execute([doc_id])?;
            Ok(())
        })?;
        Ok(true)
    }

    /// Notes a claim for the merging.
    fn put_claim(&mut self, claim: &Feature) -> Result<(), StoreError> {
        self.added.claims += 1;
        let get = |name: &str| claim.get(LayerKind::Claims, name);
        let word = |name: &str| get(name).as_str();
        let id = word("claim_id").unwrap_or_default();
        self.gone.remove(id);
        let (Some(place_id), Some(days), Value::Date(report_date)) =
            (word("place_id"), days(claim, &self.settings), get("report_date"))
        else {
            return Ok(());
        };
        let status: Status = parsed(word("status"));
        let relation: Relation = parsed(word("relation"));
        let point = match (get("place_lon"), get("place_lat")) {
            (Value::Real(lon), Value::Real(lat)) => Some([*lon, *lat]),
            _ => None,
        };
        self.touched.add_place(place_id, word("place_class") == Some("settlement"), point, *report_date);
        let insert = "INSERT INTO event_claims (claim_id, doc_id, actor_side, claim_type, mood, ground, first_day, \
                      last_day, report_date, place_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        self.store.run(|connection| {
            connection.prepare_cached(insert)?.execute(params![
                id,
                word("doc_id"),
                word("actor_side"),
                word("claim_type"),
                Mood::of(status).as_str(),
                Ground::of(relation).as_str(),
                days.0.to_string(),
                days.1.to_string(),
                report_date.to_string(),
                place_id,
            ])
        })?;
        Ok(())
    }

    fn log(&self, doc_id: &str, corrected: &[Corrected]) -> Result<(), StoreError> {
        let revision = self.store.revision()? + 1;
        for change in corrected {
            self.store.run(|connection| {
                let sql = "INSERT INTO corrections (revision, doc_id, place_text, old_place_id, new_place_id, mentions, claims) \
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                connection.prepare_cached(sql)?.execute(params![
                    revision,
                    doc_id,
                    change.place_text,
                    change.old_place_id,
                    change.new_place_id,
                    change.mentions as i64,
                    change.claims as i64,
                ])
            })?;
        }
        Ok(())
    }

    /// Brings events, places and counts up to date and makes all of it last.
    pub fn finish(mut self) -> Result<Added, StoreError> {
        if !self.writing {
            // Dropping ends the transaction; nothing was written, not even a time stamp.
            return Ok(Added { revision: self.store.revision()?, ..Added::default() });
        }
        let events = self.refresh()?;
        let revision = self.store.revision()? + 1;
        let mut added = std::mem::take(&mut self.added);
        let gone = std::mem::take(&mut self.gone);
        let deleted = gone
            .into_iter()
            .map(|id| (id, "claim"))
            .chain(events.deleted.into_iter().map(|id| (id, "event")));
        let deleted: Vec<(String, &str)> = deleted.collect();
        let latest = self.store.days()?.map(|(_, last)| last);
        self.store.run(|connection| {
            let mut insert = connection.prepare("INSERT OR REPLACE INTO deleted (id, what, revision) VALUES (?1, ?2, ?3)")?;
            for (id, what) in &deleted {
                insert.execute(params![id, what, revision])?;
            }
            connection.execute_batch(
                "DELETE FROM deleted WHERE what = 'claim' AND (EXISTS (SELECT 1 FROM claims WHERE claim_id = id) \
                   OR EXISTS (SELECT 1 FROM unlocated WHERE claim_id = id));
                 DELETE FROM deleted WHERE what = 'event' AND EXISTS (SELECT 1 FROM events WHERE event_id = id);",
            )?;
            geopackage::seal(connection, &LAYERS, latest)
        })?;
        self.store.set_meta("revision", &revision.to_string())?;
        self.store.run(|connection| connection.execute_batch("COMMIT"))?;
        self.finished = true;
        // In WAL mode, which QGIS may have set, the log is written back where nobody reads; it is no error if somebody does.
        let _ = self.store.run(|connection| connection.pragma_update(None, "journal_mode", "DELETE"));
        added.events = events.made;
        added.deleted = deleted.into_iter().map(|(id, _)| id).collect();
        added.revision = revision;
        Ok(added)
    }
}

impl Drop for Adding<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // A transaction that cannot be rolled back is rolled back when the connection closes.
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
    }
}

/// The days that a claim may mean.
fn days(claim: &Feature, settings: &Settings) -> Option<(Date, Date)> {
    let get = |name: &str| claim.get(LayerKind::Claims, name);
    let (Value::DateTime(start), Value::DateTime(end)) = (get("start"), get("end")) else { return None };
    let (first, last) = (start.date(), end.date());
    if get("date_basis").as_str() != Some("report_date") {
        return Some((first, last));
    }
    let kind: ClaimType = parsed(get("claim_type").as_str());
    let mood = Mood::of(parsed(get("status").as_str()));
    Some((first.saturating_sub(settings.window(kind, mood).undated_days.days()), last))
}

/// A word of the schema as what it means.
pub(super) fn parsed<T: std::str::FromStr<Err = String>>(word: Option<&str>) -> T {
    word.unwrap_or_default().parse().expect("rows hold the words of the schema")
}
