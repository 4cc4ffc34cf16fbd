//! Which claims a verb of `track` looks at.

use anyhow::Context;
use frontmap::claim::{ClaimType, Side, Status};
use frontmap::track::row::Row;
use frontmap::track::store::Counted;
use jiff::civil::Date;

#[derive(clap::Args)]
#[command(next_help_heading = "Which claims")]
pub(super) struct WhichArgs {
    /// Only at this place, by name or gazetteer id
    #[arg(long, value_name = "NAME|ID")]
    place: Option<String>,
    /// Only in this oblast (first-level unit); the beginning of its name is enough
    #[arg(long, value_name = "NAME")]
    oblast: Option<String>,
    /// Only under this axis, as the reports name it ("Pokrovsk")
    #[arg(long, value_name = "NAME")]
    axis: Option<String>,
    /// Only these sides: RU, UA, other, unknown
    #[arg(long, value_delimiter = ',')]
    side: Vec<Side>,
    /// Only these kinds of action
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<ClaimType>,
    /// Only these statuses
    #[arg(long, value_delimiter = ',')]
    status: Vec<Status>,
    /// Only ground gained: advances, seizures, entries, infiltrations that somebody says happened
    #[arg(long)]
    gains: bool,
    /// From this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) to: Option<Date>,
}

/// What claims and events are chosen by.
struct Cells<'a> {
    place: [Option<&'a str>; 2],
    oblast: Option<&'a str>,
    axis: Option<&'a str>,
    side: Side,
    kind: ClaimType,
    status: Status,
}

/// Tells on standard error when nothing in the store is meant: an empty answer may be a misspelt name.
pub(super) fn tell_if_none(found: usize) {
    if found == 0 {
        eprintln!(
            "frontmap: no claim in the store fits what was asked; look names up with `frontmap place NAME`, and what \
             the store holds with `frontmap track series --by place`"
        );
    }
}

impl WhichArgs {
    pub(super) fn keeps_row(&self, row: &Row) -> bool {
        let place = row.place.as_deref();
        self.keeps(&Cells {
            place: [place.map(|place| &*place.name), place.map(|place| &*place.id)],
            oblast: place.and_then(|place| place.adm1.as_deref()),
            axis: row.axis.as_deref(),
            side: row.side,
            kind: row.kind,
            status: row.status,
        })
    }

    pub(super) fn keeps_event(&self, event: &Counted) -> bool {
        let [name, oblast, axis] = &event.place;
        self.keeps(&Cells {
            place: [name.as_deref(), event.place_id.as_deref()],
            oblast: oblast.as_deref(),
            axis: axis.as_deref(),
            side: event.side,
            kind: event.kind,
            status: event.status,
        })
    }

    fn keeps(&self, cells: &Cells<'_>) -> bool {
        let is = |wanted: &Option<String>, found: &[Option<&str>]| {
            wanted.as_ref().is_none_or(|wanted| found.iter().flatten().any(|found| same(found, wanted)))
        };
        let begins = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| {
                found.is_some_and(|found| found.to_lowercase().starts_with(&wanted.to_lowercase()))
            })
        };
        is(&self.place, &cells.place)
            && begins(&self.oblast, cells.oblast)
            && begins(&self.axis, cells.axis)
            && (self.side.is_empty() || self.side.contains(&cells.side))
            && (self.types.is_empty() || self.types.contains(&cells.kind))
            && (self.status.is_empty() || self.status.contains(&cells.status))
            && (!self.gains || frontmap::track::row::is_gain(cells.kind, cells.status))
    }

    /// The days asked for, else those of the store.
    pub(super) fn days(&self, store: &frontmap::track::Store) -> anyhow::Result<(Date, Date)> {
        let (first, last) =
            store.days()?.context("the store holds no dated report yet; add some with `track add`")?;
        let (from, to) = (self.from.unwrap_or(first), self.to.unwrap_or(last));
        anyhow::ensure!(from <= to, "--from {from} lies after --to {to}");
        Ok((from, to))
    }

    /// What is looked at, in words for a title.
    pub(super) fn title(&self) -> String {
        let places = [&self.place, &self.oblast, &self.axis].into_iter().flatten().cloned();
        let sides = self.side.iter().map(|side| side.as_str().to_owned());
        let types = self.types.iter().map(|kind| kind.as_str().to_owned());
        let statuses = self.status.iter().map(|status| status.as_str().to_owned());
        let gains = self.gains.then(|| "gains".to_owned());
        let parts: Vec<String> = places.chain(sides).chain(types).chain(statuses).chain(gains).collect();
        if parts.is_empty() { "everything".to_owned() } else { parts.join(", ") }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
