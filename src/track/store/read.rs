//! Rows back from the store, as the functions of this module take them.

use super::add::parsed;
use super::touched::{Kept, date};
use super::{Store, StoreError};
use crate::claim::{ClaimType, Side, Status};
use crate::track::coverage::{Name, Report};
use crate::track::ladder::Step;
use crate::track::row::{PlaceRef, Row};
use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Params, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The names that were not resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Those that no gazetteer has, the most frequent first.
    pub unknown: Vec<Name>,
    /// Those left open between several places.
    pub ambiguous: Vec<Name>,
}

/// An event, as far as it is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// First and last day.
    pub days: (Date, Date),
    /// The date of the first report.
    pub first_seen: Date,
    /// Who did it.
    pub side: Side,
    /// What was done.
    pub kind: ClaimType,
    /// The best status.
    pub status: Status,
    /// Name, oblast and sector of the place.
    pub place: [Option<Arc<str>>; 3],
    /// The gazetteer's id of the place.
    pub place_id: Option<Arc<str>>,
    /// Who tells of it.
    pub sources: Vec<Arc<str>>,
}

/// What [`row`] reads, in its order; `e` is `event_claims`, `c` the claims' table.
const CELLS: &str = "e.fid, e.n_reports, e.n_sources, e.event_id, e.novelty, c.claim_id, c.doc_id, c.report_date, c.source, \
     c.actor_side, c.claim_type, c.status, c.claimed_by_kind, c.place_id, c.place_name, c.place_class, c.adm1, c.country, \
     c.place_lon, c.place_lat, c.place_text, c.relation, c.axis, c.uncertainty_m, substr(c.start, 1, 10), \
     substr(c.end, 1, 10), c.date_basis, c.sentence, c.sentence_start, c.repeat_of";

impl Store {
    /// The claims with a place that meet a condition on `event_claims e`, by day and place in the text.
    pub(super) fn tracked_rows(
        &self,
        condition: &str,
        values: impl Params + Copy,
    ) -> Result<Vec<Kept>, StoreError> {
        self.run(|connection| {
            let mut texts = Texts::default();
            let mut kept = Vec::new();
            for (table, geom) in [("claims", "c.geom"), ("unlocated", "NULL")] {
                let sql = format!(
                    "SELECT {CELLS}, {geom} FROM event_claims e CROSS JOIN {table} c ON c.claim_id = e.claim_id WHERE {condition}"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(values)?;
                while let Some(found) = rows.next()? {
                    kept.push(Kept {
                        fid: found.get(0)?,
                        n_reports: found.get(1)?,
                        n_sources: found.get(2)?,
                        row: row(found, &mut texts)?,
                    });
                }
            }
            kept.sort_by(|a, b| in_order(&a.row).cmp(&in_order(&b.row)));
            Ok(kept)
        })
    }

    /// All claims of reports of some days, placed or not, by day and place in the text.
    pub fn rows(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<Row>, StoreError> {
        let days = [bound(from, "0000-01-01"), bound(to, "9999-12-31")];
        self.run(|connection| {
            let mut texts = Texts::default();
            let mut all = Vec::new();
            for (table, geom) in [("claims", "c.geom"), ("unlocated", "NULL")] {
                let sql = format!(
                    "SELECT {CELLS}, {geom} FROM {table} c LEFT JOIN event_claims e ON e.claim_id = c.claim_id \
                     WHERE c.report_date BETWEEN ?1 AND ?2"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params![days[0], days[1]])?;
                while let Some(found) = rows.next()? {
                    all.push(row(found, &mut texts)?);
                }
            }
            all.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
            Ok(all)
        })
    }

    /// All events that touch some days, by first day and id.
    pub fn events(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<Counted>, StoreError> {
        self.run(|connection| {
            let mut texts = Texts::default();
            let mut statement = connection.prepare_cached(
                "SELECT substr(start, 1, 10), substr(end, 1, 10), first_seen, actor_side, claim_type, status, place_name, \
                 adm1, axis, place_id, sources FROM events WHERE substr(end, 1, 10) >= ?1 AND substr(start, 1, 10) <= ?2 \
                 ORDER BY start, event_id",
            )?;
            let mut rows = statement.query(params![bound(from, "0000-01-01"), bound(to, "9999-12-31")])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let text = |at: usize| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
                let mut optional = |at: usize| texts.optional(row.get_ref(at)?);
                let place = [optional(6)?, optional(7)?, optional(8)?];
                let place_id = optional(9)?;
                let sources = optional(10)?;
                events.push(Counted {
                    days: (date(text(0)?), date(text(1)?)),
                    first_seen: date(text(2)?),
                    side: parsed(Some(text(3)?)),
                    kind: parsed(Some(text(4)?)),
                    status: parsed(Some(text(5)?)),
                    place,
                    place_id,
                    sources: sources.iter().flat_map(|sources| sources.split("; ")).map(Arc::from).collect(),
                });
            }
            Ok(events)
        })
    }

    /// First and last day of the reports; none in an empty store.
    pub fn days(&self) -> Result<Option<(Date, Date)>, StoreError> {
        self.run(|connection| {
            let sql = "SELECT min(report_date), max(report_date) FROM documents";
            connection.query_row(sql, [], |row| {
                let days: (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
                Ok(days.0.zip(days.1).map(|(first, last)| (date(&first), date(&last))))
            })
        })
    }

    /// The days that have a report, in order.
    pub fn report_days(&self) -> Result<Vec<Date>, StoreError> {
        self.run(|connection| {
            let sql = "SELECT DISTINCT report_date FROM documents WHERE report_date IS NOT NULL ORDER BY 1";
            let mut statement = connection.prepare(sql)?;
            statement.query_map([], |row| Ok(date(&row.get::<_, String>(0)?)))?.collect()
        })
    }

    /// The documents, as coverage counts them.
    pub fn reports(&self) -> Result<Vec<Report>, StoreError> {
        self.run(|connection| {
            let mut statement = connection.prepare(
                "SELECT report_date, source, n_claims, n_mentions, n_unresolved FROM documents \
                 WHERE report_date IS NOT NULL ORDER BY report_date, doc_id",
            )?;
            let reports = statement.query_map([], |row| {
                Ok(Report {
                    day: date(&row.get::<_, String>(0)?),
                    source: row.get::<_, Option<String>>(1)?.map(Arc::from),
                    claims: row.get(2)?,
                    mentions: row.get(3)?,
                    unresolved: row.get(4)?,
                })
            })?;
            reports.collect()
        })
    }

    /// The first report from a day on that names each place, by its id.
    pub fn first_mentions(&self, from: Date) -> Result<BTreeMap<Arc<str>, Step>, StoreError> {
        self.run(|connection| {
            // With min() SQLite takes the other columns from the row that has it.
            let mut statement = connection.prepare(
                "SELECT place_id, min(report_date || ' ' || printf('%s %09d', doc_id, sentence_start)), report_date, doc_id, \
                 sentence FROM mentions WHERE place_id IS NOT NULL AND mention_kind = 'literal' AND report_date >= ?1 GROUP BY place_id",
            )?;
            let mentions = statement.query_map([from.to_string()], |row| {
                let step = Step {
                    day: date(&row.get::<_, String>(2)?),
                    doc_id: Arc::from(row.get::<_, String>(3)?),
                    sentence: Arc::from(row.get::<_, String>(4)?),
                    claim_id: None,
                };
                Ok((Arc::from(row.get::<_, String>(0)?), step))
            })?;
            mentions.collect()
        })
    }

    /// The names without a place, the most frequent first.
    pub fn names(&self, limit: usize) -> Result<Names, StoreError> {
        let of = |condition: &str| {
            self.run(|connection| {
                let sql = format!(
                    "SELECT place_text, count(*), count(DISTINCT doc_id), min(sentence) FROM mentions \
                     WHERE place_id IS NULL AND {condition} GROUP BY place_text ORDER BY 2 DESC, 1 LIMIT ?1"
                );
                let mut statement = connection.prepare(&sql)?;
                let names = statement.query_map([limit as i64], |row| {
                    Ok(Name {
                        text: Arc::from(row.get::<_, String>(0)?),
                        mentions: row.get(1)?,
                        documents: row.get(2)?,
                        example: Arc::from(row.get::<_, String>(3)?),
                    })
                })?;
                names.collect()
            })
        };
        Ok(Names { unknown: of("alternatives IS NULL")?, ambiguous: of("alternatives IS NOT NULL")? })
    }
}

fn bound(day: Option<Date>, otherwise: &str) -> String {
    day.map_or_else(|| otherwise.to_owned(), |day| day.to_string())
}

fn in_order(row: &Row) -> (Date, &Arc<str>, i64, &Arc<str>) {
    (row.report_date, &row.doc_id, row.sentence_start, &row.claim_id)
}

/// Texts that many rows share, each held once.
#[derive(Default)]
struct Texts {
    texts: HashMap<Box<str>, Arc<str>>,
    places: HashMap<Arc<str>, Arc<PlaceRef>>,
}

impl Texts {
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = text.into();
        self.texts.insert(text.into(), shared.clone());
        shared
    }

    fn optional(&mut self, value: ValueRef<'_>) -> rusqlite::Result<Option<Arc<str>>> {
        Ok(value.as_str_or_null()?.map(|text| self.shared(text)))
    }
}

fn row(found: &rusqlite::Row<'_>, texts: &mut Texts) -> rusqlite::Result<Row> {
    let text = |at: usize| found.get_ref(at).map(|value| value.as_str().unwrap_or_default());
    let place = match found.get_ref(13)?.as_str_or_null()? {
        None => None,
        Some(id) => Some(place(found, id, texts)?),
    };
    Ok(Row {
        event_id: found.get_ref(3)?.as_str_or_null()?.map(Arc::from),
        novelty: found.get::<_, Option<f64>>(4)?.unwrap_or(1.0),
        claim_id: text(5)?.into(),
        doc_id: texts.shared(text(6)?),
        report_date: date(text(7)?),
        source: texts.optional(found.get_ref(8)?)?,
        side: parsed(Some(text(9)?)),
        kind: parsed(Some(text(10)?)),
        status: parsed(Some(text(11)?)),
        claimed_by: found.get_ref(12)?.as_str_or_null()?.map(|word| parsed(Some(word))),
        place,
        place_text: texts.shared(text(20)?),
        relation: parsed(Some(text(21)?)),
        axis: texts.optional(found.get_ref(22)?)?,
        uncertainty_m: found.get(23)?,
        days: (date(text(24)?), date(text(25)?)),
        dated: text(26)? != "report_date",
        sentence: texts.shared(text(27)?),
        sentence_start: found.get(28)?,
        repeats: !matches!(found.get_ref(29)?, ValueRef::Null),
        point: match found.get_ref(30)? {
            ValueRef::Blob(blob) => point(blob),
            _ => None,
        },
    })
}

fn place(found: &rusqlite::Row<'_>, id: &str, texts: &mut Texts) -> rusqlite::Result<Arc<PlaceRef>> {
    if let Some(known) = texts.places.get(id) {
        return Ok(known.clone());
    }
    let (lon, lat): (Option<f64>, Option<f64>) = (found.get(18)?, found.get(19)?);
    let mut text = |at: usize| -> rusqlite::Result<Arc<str>> {
        Ok(texts.optional(found.get_ref(at)?)?.unwrap_or_else(|| Arc::from("")))
    };
    let (name, class) = (text(14)?, text(15)?);
    let place = Arc::new(PlaceRef {
        id: id.into(),
        name,
        class,
        adm1: texts.optional(found.get_ref(16)?)?,
        country: texts.optional(found.get_ref(17)?)?,
        point: lon.zip(lat).map(|(lon, lat)| [lon, lat]),
    });
    texts.places.insert(place.id.clone(), place.clone());
    Ok(place)
}

/// The point of a geometry as the GeoPackage holds it: eight bytes of head without an extent, then the point's WKB.
fn point(blob: &[u8]) -> Option<[f64; 2]> {
    const LON: usize = 8 + 1 + 4;
    let number = |at: usize| Some(f64::from_le_bytes(blob.get(at..at + 8)?.try_into().ok()?));
    Some([number(LON)?, number(LON + 8)?])
}
