//! When several claims are one [`Event`]: the rule and its settings, on one page.
//!
//! Claims belong together when they are of the same side, kind of action and mood (said, denied, possible), when
//! they lie on the same ground, and when all of them can be meant by one day.
//!
//! *Ground.* Claims at one place belong together when their points are within [`Settings::distance_km`]: "north of
//! X" and "south of X" are two events, "near X" and "in X" one. "Toward X" (not reached) and "in the X direction"
//! stand apart from X itself. Places can be joined to sites by distance ([`Settings::site_km`]); they are not unless
//! asked for, since villages whose point is only known as the middle of their community would all be one.
//!
//! *Days.* A claim has a window: the days its text gives, or the days before the report where it gives none. A claim
//! joins an event while the latest beginning is no more than some days after the earliest end of its members, so that an
//! event cannot grow along a chain of daily reports: fighting on the 9th and 10th and on the 10th and 11th is one
//! event, and that of the 11th and 12th the next. Fighting is told anew each day, and so is what did not happen; an
//! advance is shown by footage days after it was claimed; a seizure is spoken of for weeks.
//!
//! The result depends on the claims alone, not on the order in which they came.

use super::row::{Mood, Row, firmness};
use crate::claim::{ClaimType, Side, Status};
use crate::mention::Relation;
use geo::{Distance, Haversine, Point};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::sync::Arc;

/// The windows and distances of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Settlements closer than this are one site, km; 0 for none.
    pub site_km: f64,
    /// Claims of one site whose points are closer than this lie on the same ground, km.
    pub distance_km: f64,
    /// Attacks, clashes, counterattacks, repelled attacks, strikes, and whatever is denied: each day is its own.
    pub fights: Window,
    /// Advances, entries, infiltrations: footage follows words by days. An undated claim means the days before its report
    /// already; more between two windows would join what two reports a week apart each call recent.
    pub gains: Window,
    /// Seizures and withdrawals: said again for weeks.
    pub seizures: Window,
    /// Control and presence: states that last.
    pub states: Window,
    /// How long a sentence is remembered when its copies are looked for, days.
    pub memory_days: i16,
}

/// How far apart in time two claims of one event may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many days the latest beginning may lie after the earliest end.
    pub within_days: i16,
    /// How many days before the report a claim may mean that its text does not date.
    pub undated_days: i16,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            site_km: 0.0,
            distance_km: 3.0,
            fights: Window { within_days: 0, undated_days: 0 },
            gains: Window { within_days: 0, undated_days: 3 },
            seizures: Window { within_days: 21, undated_days: 3 },
            states: Window { within_days: 7, undated_days: 0 },
            memory_days: 30,
        }
    }
}

impl Settings {
    /// The window of a kind of action, said, denied or possible.
    pub fn window(&self, kind: ClaimType, mood: Mood) -> Window {
        match kind {
            _ if mood == Mood::Denied => self.fights,
            ClaimType::Attack
            | ClaimType::Counterattack
            | ClaimType::Clash
            | ClaimType::Repelled
            | ClaimType::Strike => self.fights,
            ClaimType::Advance | ClaimType::Entry | ClaimType::Infiltration => self.gains,
            ClaimType::Seizure | ClaimType::Withdrawal => self.seizures,
            ClaimType::Control | ClaimType::Presence => self.states,
        }
    }

    /// The first and last day that a claim may mean.
    pub fn days(&self, row: &Row) -> (Date, Date) {
        let (first, last) = row.days;
        if row.dated {
            return (first, last);
        }
        (first.saturating_sub(self.window(row.kind, Mood::of(row.status)).undated_days.days()), last)
    }
}

/// On what ground of its place a claim lies; claims on different ground are never one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// At, near or beside the place.
    At,
    /// On the way to it.
    Toward,
    /// In the sector or area that is named after it.
    Sector,
}

impl Ground {
    /// The ground that a relation names.
    pub fn of(relation: Relation) -> Ground {
        match relation {
            Relation::In
            | Relation::Near
            | Relation::Part
            | Relation::Dir
            | Relation::Between
            | Relation::Along => Ground::At,
            Relation::Toward => Ground::Toward,
            Relation::Axis | Relation::Area => Ground::Sector,
        }
    }

    /// The word used in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Ground::At => "at",
            Ground::Toward => "toward",
            Ground::Sector => "sector",
        }
    }
}

/// What claims must share before ground and days are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// The site: the smallest id of its places.
    pub site: Arc<str>,
    /// Who did it.
    pub side: Side,
    /// What was done.
    pub kind: ClaimType,
    /// Said, denied or possible.
    pub mood: Mood,
    /// On what ground.
    pub ground: Ground,
}

impl Group {
    /// The group of a claim at a site.
    pub fn of(row: &Row, site: Arc<str>) -> Group {
        Group {
            site,
            side: row.side,
            kind: row.kind,
            mood: Mood::of(row.status),
            ground: Ground::of(row.relation),
        }
    }
}

/// Claims that tell of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The id of its first claim with an `e` before it: it stays as long as that claim stays the first.
    pub event_id: Arc<str>,
    /// Its claims as positions in what was merged, earliest first.
    pub members: Vec<usize>,
    /// From the earliest first day to the latest last day.
    pub days: (Date, Date),
    /// The date of the first report.
    pub first_seen: Date,
    /// The date of the latest report.
    pub latest_seen: Date,
    /// Documents that tell of it.
    pub n_reports: usize,
    /// Sources that tell of it.
    pub n_sources: usize,
    /// The firmest status.
    pub status: Status,
    /// The member that says it best: the firmest, then the most precisely placed, then the earliest.
    pub best: usize,
}

/// An event that may still take claims.
struct Open {
    members: Vec<usize>,
    /// The last day on which a window may begin and still belong.
    until: Date,
    /// Where its first claim lies.
    point: Option<[f64; 2]>,
}

/// Merges the claims of one group into events, in the order of their first claims.
pub fn merge(rows: &[Row], settings: &Settings) -> Vec<Event> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_cached_key(|&at| {
        let row = &rows[at];
        let (first, last) = settings.days(row);
        (first, last, row.report_date, row.doc_id.clone(), row.sentence_start, row.claim_id.clone())
    });
    let mut events: Vec<Open> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in order {
        let row = &rows[at];
        let (first, last) = settings.days(row);
        let window = settings.window(row.kind, Mood::of(row.status));
        let until = last.saturating_add(window.within_days.days());
        // Windows come in the order of their first days, so what is over now is over for good.
        open.retain(|&event| events[event].until >= first);
        match nearest(&open, &events, row.point, settings.distance_km) {
            Some(event) => {
                events[event].members.push(at);
                events[event].until = events[event].until.min(until);
            }
            None => {
                open.push(events.len());
                events.push(Open { members: vec![at], until, point: row.point });
            }
        }
    }
    events.into_iter().map(|event| describe(event.members, rows)).collect()
}

/// The open event closest to `point`, the oldest of equals; none beyond `distance_km`.
fn nearest(open: &[usize], events: &[Open], point: Option<[f64; 2]>, distance_km: f64) -> Option<usize> {
    let distances = open.iter().map(|&event| (event, apart_km(events[event].point, point)));
    let near = distances.filter(|(_, distance)| *distance <= distance_km);
    near.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(event, _)| event)
}

/// Kilometres between two points; 0 where neither is known (a river has no point of its own), endless where one is.
fn apart_km(a: Option<[f64; 2]>, b: Option<[f64; 2]>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => distance_km(a, b),
        (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}

/// Kilometres between two points in degrees.
pub fn distance_km([a_lon, a_lat]: [f64; 2], [b_lon, b_lat]: [f64; 2]) -> f64 {
    Haversine.distance(Point::new(a_lon, a_lat), Point::new(b_lon, b_lat)) / 1000.0
}

fn describe(members: Vec<usize>, rows: &[Row]) -> Event {
    let of = |at: &usize| &rows[*at];
    let all = || members.iter().map(of);
    let first = members.first().map(of).expect("an event is opened by a claim");
    let best = members.iter().copied().min_by_key(|&at| {
        let row = &rows[at];
        let precision = row.uncertainty_m.unwrap_or(i64::MAX);
        (Reverse(firmness(row.status)), precision, row.report_date, row.doc_id.clone(), row.sentence_start)
    });
    let best = best.expect("an event is opened by a claim");
    Event {
        event_id: format!("e{}", first.claim_id).into(),
        days: (
            all().map(|row| row.days.0).min().expect("an event is opened by a claim"),
            all().map(|row| row.days.1).max().expect("an event is opened by a claim"),
        ),
        first_seen: all().map(|row| row.report_date).min().expect("an event is opened by a claim"),
        latest_seen: all().map(|row| row.report_date).max().expect("an event is opened by a claim"),
        n_reports: distinct(all().map(|row| &row.doc_id)),
        n_sources: distinct(all().filter_map(|row| row.source.as_ref())).max(1),
        status: rows[best].status,
        best,
        members,
    }
}

fn distinct<'a>(words: impl Iterator<Item = &'a Arc<str>>) -> usize {
    let mut words: Vec<&Arc<str>> = words.collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::row::sample::row;
    use jiff::civil::date;

    fn advance(id: &str, day: i8) -> Row {
        row(id, Side::Ru, ClaimType::Advance, Status::Claimed, "Lysivka", day)
    }

    fn attack(id: &str, from: i8, to: i8) -> Row {
        let days = (date(2026, 1, from), date(2026, 1, to));
        Row { days, ..row(id, Side::Ru, ClaimType::Attack, Status::Asserted, "Lysivka", to) }
    }

    /// The events as lists of claim ids.
    fn merged(rows: &[Row]) -> Vec<Vec<String>> {
        let ids = |event: &Event| event.members.iter().map(|&at| rows[at].claim_id.to_string()).collect();
        merge(rows, &Settings::default()).iter().map(ids).collect()
    }

    #[test]
    fn a_claim_and_its_confirmation_are_one_event() {
        let shown = Row { status: Status::Geolocated, dated: false, ..advance("b", 12) };
        let rows = [advance("a", 10), shown];
        let events = merge(&rows, &Settings::default());
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].event_id.as_ref(), "eb", "undated, it may mean the days before");
        assert_eq!(events[0].status, Status::Geolocated);
        assert_eq!((events[0].n_reports, events[0].n_sources), (2, 1));
        assert_eq!((events[0].first_seen, events[0].latest_seen), (date(2026, 1, 10), date(2026, 1, 12)));
    }

    #[test]
    fn daily_attacks_do_not_grow_into_a_chain() {
        let rows = [attack("a", 9, 10), attack("b", 10, 11), attack("c", 11, 12), attack("d", 12, 13)];
        assert_eq!(merged(&rows), [["a", "b"], ["c", "d"]]);
    }

    #[test]
    fn what_did_not_happen_is_told_anew_each_day() {
        let rows = [27, 28].map(|day| Row { status: Status::Negated, ..advance(&format!("n{day}"), day) });
        assert_eq!(merged(&rows), [["n27"], ["n28"]]);
    }

    #[test]
    fn recent_advances_of_two_weeks_are_two_events() {
        let recent = |id: &str, day| Row { dated: false, ..advance(id, day) };
        assert_eq!(merged(&[recent("a", 20), recent("b", 26)]), [["a"], ["b"]]);
        assert_eq!(merged(&[recent("a", 20), recent("b", 22)]), [["a", "b"]]);
        assert_eq!(merged(&[advance("a", 20), advance("b", 22)]), [["a"], ["b"]], "each has its own day");
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let recent = |id: &str, day| Row { dated: false, ..advance(id, day) };
        let mut rows = vec![recent("a", 3), recent("b", 5), recent("c", 9), recent("d", 10)];
        let forward = merged(&rows);
        rows.reverse();
        assert_eq!(merged(&rows), forward);
        assert_eq!(forward, [["a", "b"], ["c", "d"]]);
    }

    #[test]
    fn north_and_south_of_a_village_are_two_events() {
        let north = Row { point: Some([37.0, 48.021]), ..advance("n", 10) };
        let south = Row { point: Some([37.0, 47.979]), ..advance("s", 10) };
        assert_eq!(merged(&[north.clone(), south]).len(), 2);
        assert_eq!(merged(&[north, advance("near", 10)]).len(), 1, "2.3 km north of it is near it");
    }

    #[test]
    fn sides_moods_and_ground_stand_apart() {
        let group = |row: &Row| Group::of(row, "lysivka".into());
        let claim = advance("a", 10);
        for other in [
            Row { side: Side::Ua, ..claim.clone() },
            Row { status: Status::Denied, ..claim.clone() },
            Row { status: Status::Planned, ..claim.clone() },
            Row { relation: Relation::Toward, ..claim.clone() },
            Row { relation: Relation::Axis, ..claim.clone() },
            Row { kind: ClaimType::Seizure, ..claim.clone() },
        ] {
            assert_ne!(group(&other), group(&claim));
        }
        assert_eq!(group(&Row { status: Status::Geolocated, ..claim.clone() }), group(&claim));
    }
}
