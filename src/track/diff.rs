//! What changed: the claims of some days (or of one store) against those before (or of another).

use super::event::Ground;
use super::row::{Mood, Row, firmness, gains_ground, opponent};
use super::series::days_between;
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{Feature, Geometry, Layer, LayerKind, Value, first_moment, last_moment};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How long things are remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// A claimed gain that is neither repeated nor confirmed for so many days is dropped.
    pub drop_days: i32,
    /// A place that is named on [`Settings::quiet_reports`] days and then not for so many days has gone quiet.
    pub quiet_days: i32,
    /// On how many days of the two weeks before a place must have been named to go quiet.
    pub quiet_reports: usize,
    /// A gain reverses a gain of the other side that is no older than so many days.
    pub reversal_days: i32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { drop_days: 7, quiet_days: 7, quiet_reports: 4, reversal_days: 30 }
    }
}

/// The kinds of [`Change`], in the order of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A gain that no earlier report tells of.
    NewGain,
    /// A known gain is now told more firmly.
    Upgraded,
    /// Ground that the other side gained shortly before, or a gain that is now denied.
    Reversed,
    /// Opposite things are said of one place and day.
    Contradicted,
    /// A place that no earlier report names in a claim.
    NewPlace,
    /// A claimed gain that nobody repeats or confirms any more.
    Dropped,
    /// A place that was in the reports every few days and no longer is.
    Quiet,
    /// A claim that the other store holds and this one does not.
    Removed,
}

impl ChangeKind {
    /// All, in order.
    pub const ALL: [ChangeKind; 8] = [
        ChangeKind::NewGain,
        ChangeKind::Upgraded,
        ChangeKind::Reversed,
        ChangeKind::Contradicted,
        ChangeKind::NewPlace,
        ChangeKind::Dropped,
        ChangeKind::Quiet,
        ChangeKind::Removed,
    ];

    /// The word in the `change` column.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::NewGain => "new_gain",
            ChangeKind::Upgraded => "upgraded",
            ChangeKind::Reversed => "reversed",
            ChangeKind::Contradicted => "contradicted",
            ChangeKind::NewPlace => "new_place",
            ChangeKind::Dropped => "dropped",
            ChangeKind::Quiet => "quiet",
            ChangeKind::Removed => "removed",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    /// What sort it is.
    pub kind: ChangeKind,
    /// The claim that shows it: of the new days; for what stopped, the latest.
    pub row: &'a Row,
    /// The claim it stands against: the earlier, weaker or opposite one.
    pub against: Option<&'a Row>,
    /// When the place or event was first and last told of, with the new days.
    pub seen: (Date, Date),
}

/// Compares the claims of the new days with those before, by kind and then by place.
///
/// Claims are matched by their `event_id`, so both lists come from one store; `until` is the last new day.
pub fn changes<'a>(before: &'a [Row], now: &'a [Row], until: Date, settings: &Settings) -> Vec<Change<'a>> {
    let first_new = now.iter().map(|row| row.report_date).min().unwrap_or(until);
    let scene = Scene { before, now, first_new, until, settings };
    let mut changes = Vec::new();
    if !before.is_empty() {
        changes.extend(scene.events());
        changes.extend(scene.reversed());
        changes.extend(scene.new_places());
        changes.extend(scene.dropped());
        changes.extend(scene.quiet());
    }
    changes.extend(scene.contradicted());
    changes.sort_by(|a, b| {
        let key = |change: &Change<'a>| {
            let row = change.row;
            let name = row.place.as_ref().map(|place| place.name.clone());
            (change.kind, row.side, row.kind, name, row.report_date, row.claim_id.clone())
        };
        key(a).cmp(&key(b))
    });
    changes
}

/// What two stores differ in: the claims that `now` has and `before` has not count as the new ones.
pub fn between_stores<'a>(
    removed: &'a [Row],
    before: &'a [Row],
    new: &'a [Row],
    settings: &Settings,
) -> Vec<Change<'a>> {
    let until = new.iter().chain(before).map(|row| row.report_date).max().unwrap_or_default();
    let mut changes = changes(before, new, until, settings);
    changes.retain(|change| !matches!(change.kind, ChangeKind::Dropped | ChangeKind::Quiet));
    changes.extend(removed.iter().map(|row| Change {
        kind: ChangeKind::Removed,
        row,
        against: None,
        seen: (row.report_date, row.report_date),
    }));
    changes
}

struct Scene<'a, 's> {
    before: &'a [Row],
    now: &'a [Row],
    first_new: Date,
    until: Date,
    settings: &'s Settings,
}

impl<'a> Scene<'a, '_> {
    /// New gains, and known ones that became firmer.
    fn events(&self) -> Vec<Change<'a>> {
        let known = by_event(self.before);
        let found = by_event(self.now).into_iter().filter_map(|(event, rows)| {
            let row = firmest(&rows).filter(|row| row.is_gain())?;
            let Some(earlier) = known.get(event) else {
                return Some(Change { kind: ChangeKind::NewGain, row, against: None, seen: seen(&rows) });
            };
            let against = firmest(earlier)?;
            let firmer = firmness(row.status) > firmness(against.status);
            let all: Vec<&Row> = earlier.iter().chain(&rows).copied().collect();
            firmer.then(|| Change {
                kind: ChangeKind::Upgraded,
                row,
                against: Some(against),
                seen: seen(&all),
            })
        });
        found.collect()
    }

    /// Gains where the other side gained before, and gains that are now denied.
    fn reversed(&self) -> Vec<Change<'a>> {
        let recent = |row: &Row| days_between(row.report_date, self.first_new) <= self.settings.reversal_days;
        let earlier =
            by_place(self.before.iter().filter(|row| row.is_gain() && recent(row) && at_place(row)));
        let mut changes = Vec::new();
        for (place, rows) in by_place(self.now.iter().filter(|row| gains_ground(row.kind) && at_place(row))) {
            let Some(earlier) = earlier.get(place) else { continue };
            for side in [Side::Ru, Side::Ua] {
                // What the narrator negates ("did not advance") tells of the day, not of the earlier gain.
                let denied =
                    rows.iter().copied().filter(|row| row.side == side && row.status == Status::Denied);
                let by_other = rows.iter().copied().filter(|row| row.side != side && row.is_gain());
                let last =
                    earlier.iter().copied().filter(|row| row.side == side).max_by_key(|row| row.report_date);
                let row = firmest(&denied.chain(by_other).collect::<Vec<_>>());
                if let (Some(row), Some(against)) = (row, last) {
                    let is_last = !rows.iter().any(|row| row.side == side && row.is_gain());
                    if is_last {
                        let seen = seen(&[against, row]);
                        changes.push(Change {
                            kind: ChangeKind::Reversed,
                            row,
                            against: Some(against),
                            seen,
                        });
                    }
                }
            }
        }
        changes
    }

    /// Opposite claims about one place and day.
    fn contradicted(&self) -> Vec<Change<'a>> {
        let mut changes = Vec::new();
        for rows in by_place(self.now.iter().filter(|row| at_place(row) && !row.repeats)).into_values() {
            let mut told: BTreeSet<(Side, ClaimType)> = BTreeSet::new();
            for row in rows.iter().copied().filter(|row| row.is_gain()) {
                let against = rows.iter().copied().find(|other| contradicts(other, row));
                if let Some(against) = against.filter(|_| told.insert((row.side, row.kind))) {
                    let seen = seen(&[row, against]);
                    changes.push(Change {
                        kind: ChangeKind::Contradicted,
                        row,
                        against: Some(against),
                        seen,
                    });
                }
            }
        }
        changes
    }

    fn new_places(&self) -> Vec<Change<'a>> {
        let known = by_place(self.before.iter());
        let new = by_place(self.now.iter().filter(|row| Mood::of(row.status) != Mood::Possible));
        new.into_iter()
            .filter(|(place, _)| !known.contains_key(place))
            .filter_map(|(_, rows)| {
                let row = firmest(&rows)?;
                Some(Change { kind: ChangeKind::NewPlace, row, against: None, seen: seen(&rows) })
            })
            .collect()
    }

    /// Claimed gains whose time to be confirmed ran out within the new days.
    fn dropped(&self) -> Vec<Change<'a>> {
        let firmer: BTreeSet<(&str, Side)> = self
            .before
            .iter()
            .chain(self.now)
            .filter(|row| row.is_gain() && row.status != Status::Claimed)
            .filter_map(|row| Some((&*row.place.as_ref()?.id, row.side)))
            .collect();
        let told = by_event(self.before.iter().chain(self.now));
        let dropped = told.into_values().filter_map(|rows| {
            let row = firmest(&rows).filter(|row| row.is_gain() && row.status == Status::Claimed)?;
            let place = &*row.place.as_ref()?.id;
            let over =
                self.ran_out(seen(&rows).1, self.settings.drop_days) && !firmer.contains(&(place, row.side));
            over.then(|| Change { kind: ChangeKind::Dropped, row, against: None, seen: seen(&rows) })
        });
        dropped.collect()
    }

    /// Places that were told of every few days and then no more.
    fn quiet(&self) -> Vec<Change<'a>> {
        const WEEKS_BEFORE: i32 = 14;
        let told = by_place(self.before.iter().chain(self.now));
        let quiet = told.into_values().filter_map(|rows| {
            let (first, last) = seen(&rows);
            let recent = rows.iter().filter(|row| days_between(row.report_date, last) < WEEKS_BEFORE);
            let days: BTreeSet<Date> = recent.map(|row| row.report_date).collect();
            let over =
                self.ran_out(last, self.settings.quiet_days) && days.len() >= self.settings.quiet_reports;
            let row = rows.iter().copied().max_by_key(|row| (row.report_date, firmness(row.status)))?;
            over.then_some(Change { kind: ChangeKind::Quiet, row, against: None, seen: (first, last) })
        });
        quiet.collect()
    }

    /// Whether `days` after `last` fall on one of the new days: then it is told once, and not every day again.
    fn ran_out(&self, last: Date, days: i32) -> bool {
        let silent = days_between(last, self.until);
        let length = days_between(self.first_new, self.until);
        (days..=days + length).contains(&silent)
    }
}

/// Whether two claims about one place cannot both be so.
fn contradicts(other: &Row, gain: &Row) -> bool {
    let same_days = other.days.0 <= gain.days.1 && gain.days.0 <= other.days.1;
    if !same_days || other.doc_id == gain.doc_id && other.sentence_start == gain.sentence_start {
        return false;
    }
    let denies =
        other.side == gain.side && gains_ground(other.kind) && Mood::of(other.status) == Mood::Denied;
    let beaten_off = Some(other.side) == opponent(gain.side)
        && other.kind == ClaimType::Repelled
        && Mood::of(other.status) == Mood::Said;
    let held = gain.kind == ClaimType::Seizure
        && Some(other.side) == opponent(gain.side)
        && other.kind == ClaimType::Control
        && Mood::of(other.status) == Mood::Said;
    denies || beaten_off || held
}

fn at_place(row: &Row) -> bool {
    Ground::of(row.relation) == Ground::At
}

fn by_event<'a>(rows: impl IntoIterator<Item = &'a Row>) -> BTreeMap<&'a str, Vec<&'a Row>> {
    let mut events: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if let Some(event) = &row.event_id {
            events.entry(event).or_default().push(row);
        }
    }
    events
}

fn by_place<'a>(rows: impl IntoIterator<Item = &'a Row>) -> BTreeMap<&'a Arc<str>, Vec<&'a Row>> {
    let mut places: BTreeMap<&Arc<str>, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if let Some(place) = &row.place {
            places.entry(&place.id).or_default().push(row);
        }
    }
    places
}

/// The firmest claim, a gain before others, the earliest of equals.
fn firmest<'a>(rows: &[&'a Row]) -> Option<&'a Row> {
    rows.iter().copied().min_by_key(|row| {
        let gain = std::cmp::Reverse(row.is_gain());
        (gain, std::cmp::Reverse(firmness(row.status)), row.report_date, &row.doc_id, row.sentence_start)
    })
}

/// First and last report of some claims.
fn seen(rows: &[&Row]) -> (Date, Date) {
    let days = || rows.iter().map(|row| row.report_date);
    (days().min().unwrap_or_default(), days().max().unwrap_or_default())
}

/// The changes as rows for the map.
pub fn layer(changes: &[Change<'_>]) -> Layer {
    Layer { kind: LayerKind::Changes, features: changes.iter().map(feature).collect() }
}

fn feature(change: &Change<'_>) -> Feature {
    let Change { kind, row, against, seen } = change;
    let id: Arc<str> = format!("{}-{}", kind.as_str(), row.claim_id).into();
    let place = row.place.as_deref();
    let optional = |text: Option<&Arc<str>>| text.map_or(Value::Null, |text| Value::Text(text.clone()));
    let column = |name: &str| -> Value {
        match name {
            "change_id" => Value::Text(id.clone()),
            "start" => Value::DateTime(first_moment(row.days.0)),
            "end" => Value::DateTime(last_moment(row.days.1)),
            "change" => Value::Word(kind.as_str()),
            "claim_type" => Value::Word(row.kind.as_str()),
            "actor_side" => Value::Word(row.side.as_str()),
            "status" => Value::Word(row.status.as_str()),
            "old_status" => Value::word(against.map(|against| against.status.as_str())),
            "claimed_by_kind" => Value::word(row.claimed_by.map(|kind| kind.as_str())),
            "first_seen" => Value::Date(seen.0),
            "latest_seen" => Value::Date(seen.1),
            "report_date" => Value::Date(row.report_date),
            "place_name" => optional(place.map(|place| &place.name)),
            "place_id" => optional(place.map(|place| &place.id)),
            "adm1" => optional(place.and_then(|place| place.adm1.as_ref())),
            "relation" => Value::Word(row.relation.as_str()),
            "uncertainty_m" => row.uncertainty_m.map_or(Value::Null, Value::Integer),
            "claim_id" => Value::Text(row.claim_id.clone()),
            "doc_id" => Value::Text(row.doc_id.clone()),
            "sentence" => Value::Text(row.sentence.clone()),
            "old_claim_id" => optional(against.map(|against| &against.claim_id)),
            "old_sentence" => optional(against.map(|against| &against.sentence)),
            other => unreachable!("the changes schema has no column `{other}`"),
        }
    };
    let values = LayerKind::Changes.columns().iter().map(|described| column(described.name)).collect();
    Feature { id: Some(id.clone()), geometry: row.point.map(Geometry::Point), values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::row::sample::row;
    use jiff::civil::date;

    fn gain(id: &str, side: Side, status: Status, place: &str, day: i8, event: &str) -> Row {
        Row { event_id: Some(event.into()), ..row(id, side, ClaimType::Advance, status, place, day) }
    }

    /// `kind place` of the changes of 10 January.
    fn told(before: &[Row], now: &[Row]) -> Vec<String> {
        let changes = changes(before, now, date(2026, 1, 10), &Settings::default());
        let name = |change: &Change| change.row.place.as_ref().expect("the samples have places").name.clone();
        changes.iter().map(|change| format!("{} {}", change.kind.as_str(), name(change))).collect()
    }

    fn elsewhere() -> Row {
        gain("z", Side::Ru, Status::Claimed, "Elsewhere", 9, "ez")
    }

    #[test]
    fn a_known_claim_that_is_shown_is_upgraded_and_told_again_it_is_nothing() {
        let known = gain("a", Side::Ru, Status::Claimed, "Lysivka", 9, "e1");
        let shown = gain("b", Side::Ru, Status::Geolocated, "Lysivka", 10, "e1");
        assert_eq!(told(std::slice::from_ref(&known), &[shown]), ["upgraded Lysivka"]);
        let again = gain("c", Side::Ru, Status::Claimed, "Lysivka", 10, "e1");
        assert_eq!(told(&[known], &[again]), Vec::<String>::new());
    }

    #[test]
    fn a_gain_of_the_other_side_reverses() {
        let lost = gain("a", Side::Ru, Status::Asserted, "Lysivka", 7, "e1");
        let retaken = gain("b", Side::Ua, Status::Geolocated, "Lysivka", 10, "e2");
        assert_eq!(told(&[lost], &[retaken]), ["new_gain Lysivka", "reversed Lysivka"]);
    }

    #[test]
    fn claimed_and_negated_on_one_day_contradict() {
        let claimed = gain("a", Side::Ru, Status::Claimed, "Lysivka", 10, "e1");
        let negated = Row { sentence_start: 50, ..gain("b", Side::Ru, Status::Negated, "Lysivka", 10, "e2") };
        let found = told(&[elsewhere()], &[claimed, negated]);
        assert_eq!(found, ["new_gain Lysivka", "contradicted Lysivka", "new_place Lysivka"]);
    }

    #[test]
    fn what_is_not_told_for_a_week_is_dropped_once() {
        let claimed = gain("a", Side::Ru, Status::Claimed, "Lysivka", 3, "e1");
        let other = gain("b", Side::Ru, Status::Claimed, "Elsewhere", 10, "ez");
        let before = [claimed, elsewhere()];
        assert_eq!(told(&before, std::slice::from_ref(&other)), ["dropped Lysivka"]);
        let next_day = [Row { report_date: date(2026, 1, 11), ..other }];
        let next = changes(&before, &next_day, date(2026, 1, 11), &Settings::default());
        assert!(next.is_empty(), "{next:?}");
    }

    #[test]
    fn on_the_first_day_nothing_is_new() {
        assert_eq!(told(&[], &[elsewhere()]), Vec::<String>::new());
    }
}
