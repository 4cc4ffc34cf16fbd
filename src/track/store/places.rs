//! The places layer and the counts by place and day, brought up to date for the days that were touched.
//! They count as [`crate::feature::Places`] does for a single run.

use super::{Store, StoreError};
use crate::claim::ClaimType;
use crate::export::geopackage::RowWriter;
use crate::feature::{Feature, Geometry, LayerKind, Value, first_moment, last_moment};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Counts the claims of the touched days again. `{types}` is a line a kind of claim.
const COUNT_DAYS: &str = "
INSERT INTO place_days (place_id, report_date, n_claims, n_gains, n_ru, n_ua, {type_names}, n_docs, best_status, uncertainty_m)
SELECT place_id, report_date, count(*), sum(gain), sum(actor_side = 'RU'), sum(actor_side = 'UA'), {type_sums},
  count(DISTINCT doc_id),
  CASE max(gain * rung) WHEN 4 THEN 'geolocated' WHEN 3 THEN 'asserted' WHEN 2 THEN 'assessed' WHEN 1 THEN 'claimed' END,
  min(CASE relation WHEN 'in' THEN uncertainty_m END)
FROM (
  SELECT *, rung > 0 AND claim_type IN ('advance', 'seizure', 'entry', 'infiltration') AS gain FROM (
    SELECT e.place_id, e.report_date, e.actor_side, e.claim_type, e.doc_id, c.relation, c.uncertainty_m,
      CASE c.status WHEN 'geolocated' THEN 4 WHEN 'asserted' THEN 3 WHEN 'assessed' THEN 2 WHEN 'claimed' THEN 1 ELSE 0 END AS rung
    FROM touched_days t
    CROSS JOIN event_claims e ON e.place_id = t.place_id AND e.report_date = t.report_date
    CROSS JOIN {table} c ON c.claim_id = e.claim_id
    WHERE c.repeat_of IS NULL
  )
) GROUP BY place_id, report_date
ON CONFLICT (place_id, report_date) DO UPDATE SET {additions}";

impl Store {
    /// Counts `days` again, and the places that they belong to.
    pub(super) fn refresh_places(&self, days: &BTreeSet<(String, Date)>) -> Result<(), StoreError> {
        self.run(|connection| {
            count_days(connection, days)?;
            let places: BTreeSet<&str> = days.iter().map(|(place_id, _)| place_id.as_str()).collect();
            let mut writer = RowWriter::new(connection, LayerKind::Places)?;
            for place_id in places {
                let index =
                    "DELETE FROM rtree_places_geom WHERE id IN (SELECT fid FROM places WHERE place_id = ?1)";
                connection.prepare_cached(index)?.execute([place_id])?;
                connection.prepare_cached("DELETE FROM places WHERE place_id = ?1")?.execute([place_id])?;
                if let Some(place) = place(connection, place_id)? {
                    writer.write(&place)?;
                }
            }
            Ok(())
        })
    }
}

fn count_days(connection: &Connection, days: &BTreeSet<(String, Date)>) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS touched_days (place_id TEXT, report_date TEXT, PRIMARY KEY (place_id, report_date)) \
         WITHOUT ROWID; DELETE FROM touched_days",
    )?;
    let mut insert = connection.prepare_cached("INSERT INTO touched_days VALUES (?1, ?2)")?;
    for (place_id, day) in days {
        insert.execute(params![place_id, day.to_string()])?;
    }
    connection.execute_batch(
        "DELETE FROM place_days WHERE EXISTS \
         (SELECT 1 FROM touched_days t WHERE t.place_id = place_days.place_id AND t.report_date = place_days.report_date)",
    )?;
    // A place has claims of both tables when some of its claims could be put on the ground and others not.
    for table in ["claims", "unlocated"] {
        connection.execute_batch(&count_days_sql(table))?;
    }
    Ok(())
}

fn count_days_sql(table: &str) -> String {
    let names: Vec<String> = ClaimType::ALL.iter().map(|kind| format!("n_{}", kind.as_str())).collect();
    let sums: Vec<String> =
        ClaimType::ALL.iter().map(|kind| format!("sum(claim_type = '{}')", kind.as_str())).collect();
    let counted = ["n_claims", "n_gains", "n_ru", "n_ua", "n_docs"].map(str::to_owned);
    let additions: Vec<String> =
        counted.iter().chain(&names).map(|name| format!("{name} = {name} + excluded.{name}")).collect();
    COUNT_DAYS
        .replace("{type_names}", &names.join(", "))
        .replace("{type_sums}", &sums.join(", "))
        .replace("{additions}", &additions.join(", "))
        .replace("{table}", table)
}

/// The row of a place; none when no claim names it any more.
fn place(connection: &Connection, place_id: &str) -> rusqlite::Result<Option<Feature>> {
    let Some(described) = described(connection, place_id)? else { return Ok(None) };
    let counted: Vec<&str> = LayerKind::Places
        .columns()
        .iter()
        .map(|column| column.name)
        .filter(|name| name.starts_with("n_"))
        .collect();
    let sums: Vec<String> = counted.iter().map(|name| format!("sum({name})")).collect();
    let sql = format!(
        "SELECT min(report_date), max(report_date), group_concat(report_date || '=' || n_claims, ' ' ORDER BY report_date), \
         CASE max(CASE best_status WHEN 'geolocated' THEN 4 WHEN 'asserted' THEN 3 WHEN 'assessed' THEN 2 WHEN 'claimed' THEN 1 END) \
         WHEN 4 THEN 'geolocated' WHEN 3 THEN 'asserted' WHEN 2 THEN 'assessed' WHEN 1 THEN 'claimed' END, min(uncertainty_m), {} \
         FROM place_days WHERE place_id = ?1",
        sums.join(", ")
    );
    connection.prepare_cached(&sql)?.query_row([place_id], |row| {
        let Some(first) = row.get::<_, Option<String>>(0)? else { return Ok(None) };
        let (first, latest) = (super::touched::date(&first), super::touched::date(&row.get::<_, String>(1)?));
        let daily: String = row.get(2)?;
        let best: Option<String> = row.get(3)?;
        let uncertainty: Option<i64> = row.get(4)?;
        let mut counts = BTreeMap::new();
        for (at, name) in counted.iter().enumerate() {
            counts.insert(*name, row.get::<_, i64>(5 + at)?);
        }
        let column = |name: &str| -> Value {
            if let Some(count) = counts.get(name) {
                return Value::Integer(*count);
            }
            if let Some(at) = DESCRIBED.iter().position(|known| *known == name) {
                return Value::text(described.cells[at].as_deref());
            }
            match name {
                "place_id" => Value::text(Some(place_id)),
                "best_status" => Value::text(best.as_deref()),
                "first_seen" => Value::Date(first),
                "latest_seen" => Value::Date(latest),
                "start" => Value::DateTime(first_moment(first)),
                "end" => Value::DateTime(last_moment(latest)),
                "daily" => Value::text(Some(&daily)),
                "uncertainty_m" => uncertainty.map_or(Value::Null, Value::Integer),
                other => unreachable!("the places schema has no column `{other}`"),
            }
        };
        let values = LayerKind::Places.columns().iter().map(|described| column(described.name)).collect();
        Ok(Some(Feature {
            id: Some(place_id.into()),
            geometry: described.point.map(Geometry::Point),
            values,
        }))
    })
}

/// The cells that every claim at a place shares.
const DESCRIBED: [&str; 5] = ["place_name", "place_class", "adm1", "adm2", "country"];

struct Described {
    cells: [Option<String>; 5],
    point: Option<[f64; 2]>,
}

fn described(connection: &Connection, place_id: &str) -> rusqlite::Result<Option<Described>> {
    for table in ["claims", "unlocated"] {
        let sql = format!(
            "SELECT {}, place_lon, place_lat FROM event_claims e CROSS JOIN {table} c ON c.claim_id = e.claim_id \
             WHERE e.place_id = ?1 ORDER BY e.report_date DESC LIMIT 1",
            DESCRIBED.map(|name| format!("c.{name}")).join(", ")
        );
        let found = connection.prepare_cached(&sql)?.query_row([place_id], |row| {
            let cells = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            let (lon, lat): (Option<f64>, Option<f64>) = (row.get(5)?, row.get(6)?);
            Ok(Described { cells, point: lon.zip(lat).map(|(lon, lat)| [lon, lat]) })
        });
        if let Some(described) = found.optional()? {
            return Ok(Some(described));
        }
    }
    Ok(None)
}
