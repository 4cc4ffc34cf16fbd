//! Bringing events, novelty and counts up to date after documents came or went: only the groups of claims that are touched
//! are merged again, and of those only from the first touched day on.

use super::add::{Adding, parsed};
use super::sites::Known;
use super::{Store, StoreError};
use crate::claim::{ClaimType, Status};
use crate::export::geopackage::RowWriter;
use crate::feature::{Feature, Geometry, LayerKind, Value, first_moment, last_moment};
use crate::track::event::{Event, Settings, merge};
use crate::track::novelty::novelty;
use crate::track::row::{Mood, Row, firmness};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{CachedStatement, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an addition has touched so far.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Whether all events are to be made anew.
    pub(super) everything: bool,
    /// Events that lost claims.
    events: BTreeSet<String>,
    /// Groups that did, and from when.
    groups: BTreeMap<Key, Since>,
    /// Places that claims came to or went from.
    places: BTreeMap<String, Known>,
    /// The days of reports on which they did.
    days: BTreeSet<(String, Date)>,
}

/// A group of claims as the store's columns name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    site: String,
    side: String,
    kind: String,
    mood: String,
    ground: String,
}

/// From when a group is touched.
#[derive(Clone, Copy, Debug)]
struct Since {
    /// The first day that a touched claim may mean.
    day: Date,
    /// The first and last report of touched claims.
    reports: (Date, Date),
}

/// What became of the events.
#[derive(Debug, Default)]
pub(super) struct Refreshed {
    pub(super) made: usize,
    pub(super) deleted: BTreeSet<String>,
}

impl Since {
    fn and(self, other: Since) -> Since {
        let reports = (self.reports.0.min(other.reports.0), self.reports.1.max(other.reports.1));
        Since { day: self.day.min(other.day), reports }
    }
}

impl Touched {
    /// A claim came to a place.
    pub(super) fn add_place(
        &mut self,
        place_id: &str,
        settlement: bool,
        point: Option<[f64; 2]>,
        report: Date,
    ) {
        if !self.places.contains_key(place_id) {
            let known = Known { place_id: place_id.to_owned(), site: None, settlement, point };
            self.places.insert(place_id.to_owned(), known);
        }
        self.days.insert((place_id.to_owned(), report));
    }

    /// All claims of a document are about to go.
    pub(super) fn add_document(&mut self, store: &Store, doc_id: &str) -> Result<(), StoreError> {
        store.run(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT site, actor_side, claim_type, mood, ground, first_day, report_date, place_id, event_id \
                 FROM event_claims WHERE doc_id = ?1",
            )?;
            let rows = statement.query_map([doc_id], |row| {
                let site: Option<String> = row.get(0)?;
                let rest = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                let key =
                    site.map(|site| Key { site, side: rest.0, kind: rest.1, mood: rest.2, ground: rest.3 });
                let days: (String, String) = (row.get(5)?, row.get(6)?);
                let event: Option<String> = row.get(8)?;
                Ok((key, date(&days.0), date(&days.1), row.get::<_, String>(7)?, event))
            })?;
            for row in rows {
                let (key, first_day, report, place_id, event) = row?;
                self.events.extend(event);
                if let Some(key) = key {
                    self.add_group(key, Since { day: first_day, reports: (report, report) });
                }
                self.add_place(&place_id, false, None, report);
            }
            Ok(())
        })
    }

    fn add_group(&mut self, key: Key, since: Since) {
        self.groups.entry(key).and_modify(|known| *known = known.and(since)).or_insert(since);
    }
}

impl Adding<'_> {
    /// Makes the events of all touched groups, and the counts of all touched places, what the claims say.
    pub(super) fn refresh(&mut self) -> Result<Refreshed, StoreError> {
        let store = self.store;
        let mut touched = std::mem::take(&mut self.touched);
        let mut refreshed = Refreshed::default();
        if touched.everything {
            store.forget_events(&self.settings, &mut refreshed.deleted)?;
        }
        store.release(&touched.events, &mut refreshed.deleted)?;
        let moved = store.refresh_sites(&touched.places, self.settings.site_km)?;
        store.move_claims(&moved, &mut refreshed.deleted)?;
        for (key, since) in store.groups_without_events()? {
            touched.add_group(key, since);
        }
        let mut made: BTreeSet<Arc<str>> = BTreeSet::new();
        for (key, since) in &touched.groups {
            store.merge_group(key, *since, &self.settings, &mut made, &mut refreshed.deleted)?;
        }
        refreshed.made = made.len();
        refreshed.deleted.retain(|id| !made.contains(id.as_str()));
        store.refresh_places(&touched.days)?;
        Ok(refreshed)
    }
}

impl Store {
    /// Takes all events out, and dates all claims by other settings.
    fn forget_events(&self, settings: &Settings, deleted: &mut BTreeSet<String>) -> Result<(), StoreError> {
        self.run(|connection| {
            let mut statement = connection.prepare("SELECT event_id FROM events")?;
            for id in statement.query_map([], |row| row.get(0))? {
                deleted.insert(id?);
            }
            connection.execute_batch(
                "DELETE FROM rtree_events_geom; DELETE FROM events; DELETE FROM sites;
                 UPDATE event_claims SET site = NULL, event_id = NULL;
                 INSERT INTO sites SELECT e.place_id, '', max(c.place_class = 'settlement'), min(c.place_lon), min(c.place_lat)
                   FROM event_claims e JOIN all_claims c ON c.claim_id = e.claim_id GROUP BY e.place_id;",
            )?;
            let moods = [Mood::Said, Mood::Denied, Mood::Possible];
            for (kind, mood) in ClaimType::ALL.iter().flat_map(|kind| moods.map(|mood| (*kind, mood))) {
                let before = format!("-{} days", settings.window(kind, mood).undated_days);
                for table in ["claims", "unlocated"] {
                    connection.execute(
                        &format!(
                            "UPDATE event_claims SET first_day = date(c.start, ?1) FROM {table} c \
                             WHERE c.claim_id = event_claims.claim_id AND c.date_basis = 'report_date' \
                             AND event_claims.claim_type = ?2 AND event_claims.mood = ?3"
                        ),
                        params![before, kind.as_str(), mood.as_str()],
                    )?;
                }
            }
            Ok(())
        })
    }

    /// Takes events apart: the claims that they still have wait to be merged again.
    fn release(&self, events: &BTreeSet<String>, deleted: &mut BTreeSet<String>) -> Result<(), StoreError> {
        self.run(|connection| events.iter().try_for_each(|id| release(connection, id)))?;
        deleted.extend(events.iter().cloned());
        Ok(())
    }

    /// Gives the claims of places the site of those places; the events that they were in fall apart.
    fn move_claims(&self, places: &[String], deleted: &mut BTreeSet<String>) -> Result<(), StoreError> {
        self.run(|connection| {
            let mut events = connection.prepare(
                "SELECT DISTINCT event_id FROM event_claims WHERE place_id = ?1 AND event_id IS NOT NULL",
            )?;
            let mut place = connection.prepare(
                "UPDATE event_claims SET site = (SELECT site FROM sites WHERE place_id = ?1) WHERE place_id = ?1",
            )?;
            for place_id in places {
                let ids: Vec<String> = events.query_map([place_id], |row| row.get(0))?.collect::<Result<_, _>>()?;
                for id in ids {
                    release(connection, &id)?;
                    deleted.insert(id);
                }
                place.execute([place_id])?;
            }
            let rest = "UPDATE event_claims SET site = (SELECT site FROM sites WHERE sites.place_id = event_claims.place_id) \
                        WHERE event_id IS NULL AND site IS NULL";
            connection.execute(rest, []).map(drop)
        })
    }

    /// The groups of claims that came since the last refresh.
    fn groups_without_events(&self) -> Result<Vec<(Key, Since)>, StoreError> {
        self.run(|connection| {
            let mut statement = connection.prepare(
                "SELECT site, actor_side, claim_type, mood, ground, min(first_day), min(report_date), max(report_date) \
                 FROM event_claims WHERE event_id IS NULL GROUP BY 1, 2, 3, 4, 5",
            )?;
            let groups = statement.query_map([], |row| {
                let key =
                    Key { site: row.get(0)?, side: row.get(1)?, kind: row.get(2)?, mood: row.get(3)?, ground: row.get(4)? };
                let days: (String, String, String) = (row.get(5)?, row.get(6)?, row.get(7)?);
                Ok((key, Since { day: date(&days.0), reports: (date(&days.1), date(&days.2)) }))
            })?;
            groups.collect()
        })
    }

    /// Merges a group again from `since` on.
    ///
    /// Events whose last day is too early to take a claim of `since` stay as they are: claims are merged in the order of
    /// their first days, so nothing later can join them.
    fn merge_group(
        &self,
        key: &Key,
        since: Since,
        settings: &Settings,
        made: &mut BTreeSet<Arc<str>>,
        deleted: &mut BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let kind: ClaimType = parsed(Some(&key.kind));
        let mood = Mood::of_word(&key.mood).expect("the store holds the moods' words");
        let reach = since.day.saturating_sub(settings.window(kind, mood).within_days.days()).to_string();
        let group = params![key.site, key.side, key.kind, key.mood, key.ground, reach];
        let affected: BTreeSet<String> = self.run(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT event_id FROM event_claims WHERE site = ?1 AND actor_side = ?2 AND claim_type = ?3 \
                 AND mood = ?4 AND ground = ?5 AND last_day >= ?6 AND event_id IS NOT NULL",
            )?;
            statement.query_map(group, |row| row.get(0))?.collect()
        })?;
        let memory = settings.memory_days.days();
        let (from, to) = (since.reports.0.saturating_sub(memory), since.reports.1.saturating_add(memory));
        let kept = self.group_rows(key, &reach, from, to)?;
        let loose = |kept: &&Kept| kept.row.event_id.as_ref().is_none_or(|id| affected.contains(&**id));
        let mut changes: BTreeMap<i64, Linked> = BTreeMap::new();
        for (kept, new) in kept.iter().zip(newer(&kept, settings.memory_days)) {
            let remembers = (since.reports.0..=to).contains(&kept.row.report_date);
            let novelty = if remembers { new } else { kept.row.novelty };
            let event_id = kept.row.event_id.clone();
            changes.insert(
                kept.fid,
                Linked { event_id, novelty, n_reports: kept.n_reports, n_sources: kept.n_sources },
            );
        }
        let merged: Vec<&Kept> = kept.iter().filter(loose).collect();
        let rows: Vec<Row> = merged.iter().map(|kept| kept.row.clone()).collect();
        let events = merge(&rows, settings);
        self.run(|connection| affected.iter().try_for_each(|id| delete_event(connection, id)))?;
        deleted.extend(affected);
        self.run(|connection| {
            let mut writer = RowWriter::new(connection, LayerKind::Events)?;
            for event in &events {
                for &at in &event.members {
                    let linked = changes.get_mut(&merged[at].fid).expect("every claim of the group is there");
                    linked.event_id = Some(event.event_id.clone());
                    (linked.n_reports, linked.n_sources) = (event.n_reports as i64, event.n_sources as i64);
                }
                let news = event.members.iter().map(|&at| changes[&merged[at].fid].novelty).sum();
                writer.write(&feature(event, &rows, key, news))?;
                made.insert(event.event_id.clone());
            }
            let mut link = Link::new(connection)?;
            kept.iter().try_for_each(|kept| link.write(kept, &changes[&kept.fid]))
        })
    }
}

/// The novelty of each of a group's claims.
fn newer(kept: &[Kept], memory_days: i16) -> Vec<f64> {
    let rows: Vec<Row> = kept.iter().map(|kept| kept.row.clone()).collect();
    novelty(&rows, memory_days)
}

/// A claim of a group as it stands in the store.
pub(super) struct Kept {
    pub(super) fid: i64,
    pub(super) n_reports: i64,
    pub(super) n_sources: i64,
    pub(super) row: Row,
}

/// What the store says of a claim beside its own cells.
struct Linked {
    event_id: Option<Arc<str>>,
    novelty: f64,
    n_reports: i64,
    n_sources: i64,
}

/// Writes what changed about claims.
struct Link<'a> {
    own: CachedStatement<'a>,
    layers: [CachedStatement<'a>; 3],
}

impl<'a> Link<'a> {
    fn new(connection: &'a rusqlite::Connection) -> rusqlite::Result<Link<'a>> {
        let own = "UPDATE event_claims SET event_id = ?2, novelty = ?3, n_reports = ?4, n_sources = ?5 WHERE fid = ?1";
        let layer = |table: &str| {
            let sql = format!("UPDATE {table} SET n_reports = ?2, n_sources = ?3 WHERE claim_id = ?1");
            connection.prepare_cached(&sql)
        };
        Ok(Link {
            own: connection.prepare_cached(own)?,
            layers: [layer("claims")?, layer("areas")?, layer("unlocated")?],
        })
    }

    fn write(&mut self, kept: &Kept, new: &Linked) -> rusqlite::Result<()> {
        let counts = (new.n_reports, new.n_sources) != (kept.n_reports, kept.n_sources);
        if counts {
            for layer in &mut self.layers {
                layer.execute(params![&*kept.row.claim_id, new.n_reports, new.n_sources])?;
            }
        }
        if counts || new.event_id != kept.row.event_id || new.novelty != kept.row.novelty {
            self.own.execute(params![
                kept.fid,
                new.event_id.as_deref(),
                new.novelty,
                new.n_reports,
                new.n_sources
            ])?;
        }
        Ok(())
    }
}

impl Store {
    /// The claims of a group whose event may be touched, or whose report falls between `from` and `to`.
    fn group_rows(&self, key: &Key, reach: &str, from: Date, to: Date) -> Result<Vec<Kept>, StoreError> {
        // Claims without an event are among those reports; each half is a look-up in an index of its own.
        let condition = "e.fid IN (SELECT fid FROM event_claims WHERE site = ?1 AND actor_side = ?2 AND claim_type = ?3 \
             AND mood = ?4 AND ground = ?5 AND report_date BETWEEN ?7 AND ?8 \
             UNION SELECT fid FROM event_claims WHERE event_id IN (SELECT event_id FROM event_claims WHERE site = ?1 \
             AND actor_side = ?2 AND claim_type = ?3 AND mood = ?4 AND ground = ?5 AND last_day >= ?6))";
        let (from, to) = (from.to_string(), to.to_string());
        self.tracked_rows(
            condition,
            params![key.site, key.side, key.kind, key.mood, key.ground, reach, from, to],
        )
    }
}

fn release(connection: &rusqlite::Connection, id: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE event_claims SET event_id = NULL WHERE event_id = ?1")?
        .execute([id])?;
    delete_event(connection, id)
}

fn delete_event(connection: &rusqlite::Connection, id: &str) -> rusqlite::Result<()> {
    let index = "DELETE FROM rtree_events_geom WHERE id IN (SELECT fid FROM events WHERE event_id = ?1)";
    connection.prepare_cached(index)?.execute([id])?;
    connection.prepare_cached("DELETE FROM events WHERE event_id = ?1")?.execute([id]).map(drop)
}

/// A date of the store.
pub(super) fn date(text: &str) -> Date {
    text.parse().expect("the store holds dates as it wrote them")
}

/// An event as a row of its layer.
fn feature(event: &Event, rows: &[Row], key: &Key, news: f64) -> Feature {
    let best = &rows[event.best];
    let members = || event.members.iter().map(|&at| &rows[at]);
    let joined = |words: Vec<&str>| {
        let words: BTreeSet<&str> = words.into_iter().collect();
        let text = words.into_iter().collect::<Vec<_>>().join("; ");
        if text.is_empty() { Value::Null } else { Value::Text(text.into()) }
    };
    let place = best.place.as_deref();
    let optional = |text: Option<&Arc<str>>| text.map_or(Value::Null, |text| Value::Text(text.clone()));
    let column = |name: &str| -> Value {
        match name {
            "event_id" => Value::Text(event.event_id.clone()),
            "start" => Value::DateTime(first_moment(event.days.0)),
            "end" => Value::DateTime(last_moment(event.days.1)),
            "claim_type" => Value::Word(best.kind.as_str()),
            "actor_side" => Value::Word(best.side.as_str()),
            "status" => Value::Word(event.status.as_str()),
            "mood" => Value::text(Some(&key.mood)),
            "first_status" => Value::Word(first_status(event, rows).as_str()),
            "first_seen" => Value::Date(event.first_seen),
            "latest_seen" => Value::Date(event.latest_seen),
            "n_claims" => Value::Integer(event.members.len() as i64),
            "n_reports" => Value::Integer(event.n_reports as i64),
            "n_sources" => Value::Integer(event.n_sources as i64),
            "news" => Value::Real((news * 100.0).round() / 100.0),
            "place_name" => optional(place.map(|place| &place.name)),
            "place_id" => optional(place.map(|place| &place.id)),
            "place_class" => optional(place.map(|place| &place.class)),
            "adm1" => optional(place.and_then(|place| place.adm1.as_ref())),
            "country" => optional(place.and_then(|place| place.country.as_ref())),
            "axis" => optional(best.axis.as_ref()),
            "relation" => Value::Word(best.relation.as_str()),
            "uncertainty_m" => best.uncertainty_m.map_or(Value::Null, Value::Integer),
            "sources" => joined(members().filter_map(|row| row.source.as_deref()).collect()),
            "claimed_by_kind" => joined(members().filter_map(|row| Some(row.claimed_by?.as_str())).collect()),
            "best_claim" => Value::Text(best.claim_id.clone()),
            "sentence" => Value::Text(best.sentence.clone()),
            other => unreachable!("the events schema has no column `{other}`"),
        }
    };
    let values = LayerKind::Events.columns().iter().map(|described| column(described.name)).collect();
    Feature { id: Some(event.event_id.clone()), geometry: best.point.map(Geometry::Point), values }
}

/// The firmest status in the first report.
fn first_status(event: &Event, rows: &[Row]) -> Status {
    let first = event.members.iter().map(|&at| &rows[at]).filter(|row| row.report_date == event.first_seen);
    first.map(|row| row.status).max_by_key(|status| firmness(*status)).unwrap_or(event.status)
}
