//! Claims against the ground: did the map of control change where and when a claim says that ground was gained?
//!
//! An advance is tested against the patches that its side gained, a seizure against the settlement itself changing
//! sides. Since a front moves somewhere near most claims within a few weeks, a hit rate alone says little: beside it stands
//! the rate that the same places would have reached on any other days, and that of places which were attacked without
//! anybody claiming an advance. And since the days alone may decide it, so does the rate that points
//! some way off reach on the claim's own days.

use super::control::Control;
use super::event::Ground;
use super::row::{Mood, Row, opponent};
use super::series::days_between;
use super::summary::claimant;
use crate::claim::{ClaimType, Side, Status};
use geo::{Destination, Haversine, Point};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How near in space and time a change of the ground must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Kilometres from the claim's point to the patch.
    pub km: f64,
    /// How many days before the claim's days the ground may have changed.
    pub days_before: i16,
    /// How many days after.
    pub days_after: i16,
    /// Days added to the dates of all claims: a control, which must do worse.
    pub shift_days: i32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { km: 3.0, days_before: 7, days_after: 7, shift_days: 0 }
    }
}

/// What the ground says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Its side gained ground there then.
    Supported,
    /// Nothing changed there then.
    NotYet,
    /// The other side gained ground there then.
    Contradicted,
    /// The control polygons do not cover its days, or its side held the place already.
    Untested,
}

impl Verdict {
    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::NotYet => "not_yet",
            Verdict::Contradicted => "contradicted",
            Verdict::Untested => "untested",
        }
    }
}

/// One claim, tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested<'a> {
    /// The claim: the first of its event by its claimant.
    pub row: &'a Row,
    /// Who says it.
    pub claimant: &'static str,
    /// What the ground says.
    pub verdict: Verdict,
    /// Kilometres to the nearest patch of its side within the days.
    pub distance_km: Option<f64>,
    /// Days from the claim's last day to the change: positive when the claim came first.
    pub lead_days: Option<i32>,
    /// The share of all days of the control on which the same place would have been supported.
    pub chance: Option<f64>,
    /// The share of eight points around it that would have been supported on the same days; advances only.
    pub elsewhere: Option<f64>,
}

impl<'a> Tested<'a> {
    /// A claim of which the ground says nothing so far.
    fn untested(row: &'a Row, claimant: &'static str) -> Tested<'a> {
        let verdict = Verdict::Untested;
        Tested { row, claimant, verdict, distance_km: None, lead_days: None, chance: None, elsewhere: None }
    }
}

/// The claims of one claimant.
#[derive(Clone, Debug, PartialEq)]
pub struct League {
    /// Who says it; "attacks alone" for places that nobody claims to have gained.
    pub claimant: &'static str,
    /// advance or seizure.
    pub kind: ClaimType,
    /// Claims, each event once a claimant.
    pub claims: usize,
    /// Of them supported.
    pub supported: usize,
    /// Of them not yet.
    pub not_yet: usize,
    /// Of them contradicted.
    pub contradicted: usize,
    /// The mean chance of the tested claims.
    pub chance: Option<f64>,
    /// The mean rate of the points around the tested claims.
    pub elsewhere: Option<f64>,
    /// The median lead of the supported ones, days.
    pub lead_days: Option<i32>,
    /// The median distance of the supported ones, km.
    pub distance_km: Option<f64>,
}

impl League {
    /// Claims that the ground could speak to.
    pub fn tested(&self) -> usize {
        self.supported + self.not_yet + self.contradicted
    }

    /// The share of the tested that is supported.
    pub fn hit_rate(&self) -> Option<f64> {
        (self.tested() > 0).then(|| self.supported as f64 / self.tested() as f64)
    }

    /// How many times the hit rate is above chance.
    pub fn lift(&self) -> Option<f64> {
        let chance = self.chance.filter(|chance| *chance > 0.0)?;
        Some(self.hit_rate()? / chance)
    }
}

/// Tests every advance and seizure, and the attacks at places that nobody claims to have gained.
pub fn check<'a>(rows: &'a [Row], control: &Control, settings: &Settings) -> Vec<Tested<'a>> {
    let mut tested: Vec<Tested<'a>> = first_of_events(rows)
        .into_iter()
        .filter_map(|(row, claimant)| match row.kind {
            ClaimType::Advance | ClaimType::Entry => Some(test_advance(row, claimant, control, settings)),
            ClaimType::Seizure => Some(test_seizure(row, claimant, control, settings)),
            _ => None,
        })
        .collect();
    tested.extend(attacks_alone(rows).into_iter().map(|row| test_advance(row, ATTACKS, control, settings)));
    tested
}

/// The line of places that were attacked without any claim of a gain.
const ATTACKS: &str = "(attacks alone)";
/// The line of all claimants.
const ALL: &str = "all";

/// The first claim of each event and claimant that says that ground at a settlement was gained.
fn first_of_events(rows: &[Row]) -> Vec<(&Row, &'static str)> {
    let mut seen: BTreeSet<(&Arc<str>, &str)> = BTreeSet::new();
    let mut first = Vec::new();
    for row in rows.iter().filter(|row| row.is_gain() && at_settlement(row)) {
        let Some(event) = &row.event_id else { continue };
        let who = who(row);
        if seen.insert((event, who)) {
            first.push((row, who));
        }
    }
    first
}

/// Attacks at places of which no claim of the same side says that anything was gained, one an event.
fn attacks_alone(rows: &[Row]) -> Vec<&Row> {
    let gained: BTreeSet<(&str, Side)> = rows
        .iter()
        .filter(|row| row.is_gain())
        .filter_map(|row| Some((&*row.place.as_ref()?.id, row.side)))
        .collect();
    let mut seen: BTreeSet<&Arc<str>> = BTreeSet::new();
    let alone = rows.iter().filter(|row| {
        let attacks =
            row.kind == ClaimType::Attack && Mood::of(row.status) == Mood::Said && at_settlement(row);
        let free = row.place.as_ref().is_some_and(|place| !gained.contains(&(&*place.id, row.side)));
        attacks && free && row.event_id.as_ref().is_some_and(|event| seen.insert(event))
    });
    alone.collect()
}

fn at_settlement(row: &Row) -> bool {
    let settlement = row.place.as_ref().is_some_and(|place| &*place.class == "settlement");
    settlement && Ground::of(row.relation) == Ground::At && opponent(row.side).is_some()
}

/// Who stands behind a claim: the source it is put in the mouth of, or the narrator and how firmly.
fn who(row: &Row) -> &'static str {
    match (row.status, row.claimed_by) {
        (Status::Claimed, Some(kind)) => claimant(kind),
        (Status::Claimed, None) => "source not said",
        (Status::Geolocated, _) => "narrator: geolocated",
        (Status::Assessed, _) => "narrator: assessed",
        _ => "narrator: asserted",
    }
}

/// The days of a claim with the shift.
fn days(row: &Row, settings: &Settings) -> (Date, Date) {
    let shift = |day: Date| day.saturating_add(settings.shift_days.days());
    (shift(row.days.0), shift(row.days.1))
}

fn test_advance<'a>(
    row: &'a Row,
    claimant: &'static str,
    control: &Control,
    settings: &Settings,
) -> Tested<'a> {
    let mut tested = Tested::untested(row, claimant);
    let (Some(point), Some(covered)) = (row.point, control.days()) else { return tested };
    let near = near(control, point, settings.km);
    let days = days(row, settings);
    let (from, to) = window(days, settings);
    let hit =
        |side: Side| near.iter().filter(move |near| near.side == side && (from..=to).contains(&near.day));
    let best = hit(row.side).min_by(|a, b| {
        let key = |near: &Near| (days_between(days.1, near.day).abs(), near.km);
        key(a).0.cmp(&key(b).0).then(a.km.total_cmp(&b.km))
    });
    let other = opponent(row.side).is_some_and(|other| hit(other).next().is_some());
    // A patch of the first evening is not seen: there is no evening before to compare with.
    let within = from > covered.0 && to <= covered.1;
    let held = control.held_by(row.side, point, from) == Some(true);
    tested.verdict = match best {
        Some(_) => Verdict::Supported,
        None if !within => Verdict::Untested,
        None if other => Verdict::Contradicted,
        None if held => Verdict::Untested,
        None => Verdict::NotYet,
    };
    tested.distance_km = best.map(|near| near.km);
    tested.lead_days = best.map(|near| days_between(days.1, near.day));
    if tested.verdict != Verdict::Untested {
        tested.chance = Some(chance(&near, row.side, days, covered, settings));
        tested.elsewhere = Some(elsewhere(control, row.side, point, (from, to), settings));
    }
    tested
}

/// A patch near a claim.
struct Near {
    side: Side,
    day: Date,
    km: f64,
}

/// The patches within `km` of a point.
fn near(control: &Control, point: [f64; 2], km: f64) -> Vec<Near> {
    let patches = control.patches.iter();
    let near =
        patches.map(|patch| Some(Near { side: patch.side, day: patch.day, km: patch.within_km(point, km)? }));
    near.flatten().collect()
}

/// The share of eight points around `point` near which `side` gained ground from the first to the last of `days`.
/// They lie so far off that only a long patch can be near both the claim and one of them.
fn elsewhere(control: &Control, side: Side, point: [f64; 2], days: (Date, Date), settings: &Settings) -> f64 {
    const BEARINGS: [f64; 8] = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0];
    let off_m = 1000.0 * LEAST_OFF_KM.max(3.0 * settings.km);
    let gained = BEARINGS.iter().filter(|&&bearing| {
        let other = Haversine.destination(Point::from(point), bearing, off_m);
        let mut near = near(control, [other.x(), other.y()], settings.km).into_iter();
        near.any(|near| near.side == side && (days.0..=days.1).contains(&near.day))
    });
    gained.count() as f64 / BEARINGS.len() as f64
}

/// A narrower ring would still lie within what a claim's point is uncertain by.
const LEAST_OFF_KM: f64 = 10.0;

/// The first and last day on which a change of the ground counts for a claim.
fn window((first, last): (Date, Date), settings: &Settings) -> (Date, Date) {
    (first.saturating_sub(settings.days_before.days()), last.saturating_add(settings.days_after.days()))
}

/// The share of the control's days on which a claim of the same length at the same place would be supported.
fn chance(near: &[Near], side: Side, days: (Date, Date), covered: (Date, Date), settings: &Settings) -> f64 {
    let length = days_between(days.0, days.1);
    let all = days_between(covered.0, covered.1).max(1);
    let hits = (1..=all).filter(|nth| {
        let first = covered.0.saturating_add(nth.days());
        let (from, to) = window((first, first.saturating_add(length.days())), settings);
        near.iter().any(|near| near.side == side && (from..=to).contains(&near.day))
    });
    hits.count() as f64 / f64::from(all)
}

fn test_seizure<'a>(
    row: &'a Row,
    claimant: &'static str,
    control: &Control,
    settings: &Settings,
) -> Tested<'a> {
    let mut tested = Tested::untested(row, claimant);
    let point = row.place.as_ref().and_then(|place| place.point);
    let (Some(point), Some(covered)) = (point, control.days()) else { return tested };
    let turns = turns(control, point, row.side);
    let days = days(row, settings);
    let (from, to) = window(days, settings);
    let inside = |turn: &&(Date, bool)| (from..=to).contains(&turn.0);
    let gained = turns.iter().filter(inside).find(|turn| turn.1);
    let lost = turns.iter().filter(inside).any(|turn| !turn.1);
    let held_before = control.held_by(row.side, point, from.max(covered.0)) == Some(true);
    tested.verdict = match gained {
        Some(_) => Verdict::Supported,
        None if from > covered.1 || to < covered.0 => Verdict::Untested,
        None if lost => Verdict::Contradicted,
        None if held_before || to > covered.1 => Verdict::Untested,
        None => Verdict::NotYet,
    };
    tested.lead_days = gained.map(|turn| days_between(days.1, turn.0));
    tested.distance_km = gained.map(|_| 0.0);
    if tested.verdict != Verdict::Untested {
        let turns: Vec<Near> = turns
            .iter()
            .filter(|turn| turn.1)
            .map(|turn| Near { side: row.side, day: turn.0, km: 0.0 })
            .collect();
        tested.chance = Some(chance(&turns, row.side, days, covered, settings));
    }
    tested
}

/// The evenings on which a point changed sides, and whether `side` has it since.
fn turns(control: &Control, point: [f64; 2], side: Side) -> Vec<(Date, bool)> {
    let held: Vec<(Date, bool)> = control
        .evenings
        .iter()
        .filter_map(|(day, _)| Some((*day, control.held_by(side, point, *day)?)))
        .collect();
    held.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1]).collect()
}

/// The table by kind and claimant, the most claims first.
pub fn league(tested: &[Tested<'_>]) -> Vec<League> {
    let mut groups: BTreeMap<(ClaimType, &'static str), Vec<&Tested<'_>>> = BTreeMap::new();
    for one in tested {
        let kind = if one.row.kind == ClaimType::Seizure { ClaimType::Seizure } else { ClaimType::Advance };
        groups.entry((kind, one.claimant)).or_default().push(one);
    }
    let mut leagues: Vec<League> = groups.iter().map(|(key, tested)| count(*key, tested)).collect();
    for kind in [ClaimType::Advance, ClaimType::Seizure] {
        let of_kind = groups.iter().filter(|((of, who), _)| *of == kind && *who != ATTACKS);
        let all: Vec<&Tested<'_>> = of_kind.flat_map(|(_, tested)| tested).copied().collect();
        if !all.is_empty() {
            leagues.push(count((kind, ALL), &all));
        }
    }
    leagues.sort_by_key(|league| {
        let last = [ALL, ATTACKS].iter().position(|who| *who == league.claimant).map(|at| at + 1);
        (league.kind, last, std::cmp::Reverse(league.claims), league.claimant)
    });
    leagues
}

fn count((kind, claimant): (ClaimType, &'static str), tested: &[&Tested<'_>]) -> League {
    let of = |verdict: Verdict| tested.iter().filter(|one| one.verdict == verdict).count();
    let mean = |rate: fn(&Tested<'_>) -> Option<f64>| {
        let rates: Vec<f64> = tested.iter().filter_map(|one| rate(one)).collect();
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    };
    let mut leads: Vec<i32> = tested.iter().filter_map(|one| one.lead_days).collect();
    let mut distances: Vec<f64> = tested.iter().filter_map(|one| one.distance_km).collect();
    leads.sort_unstable();
    distances.sort_by(f64::total_cmp);
    League {
        claimant,
        kind,
        claims: tested.len(),
        supported: of(Verdict::Supported),
        not_yet: of(Verdict::NotYet),
        contradicted: of(Verdict::Contradicted),
        chance: mean(|one| one.chance),
        elsewhere: mean(|one| one.elsewhere),
        lead_days: leads.get(leads.len() / 2).copied(),
        distance_km: distances.get(distances.len() / 2).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::control::sample::control;
    use crate::track::row::sample::row;

    /// The ground of 1 to 30 January, moving east by 1.5 km on the evening of the 14th and back on that of the 20th.
    fn moving() -> Control {
        let days: Vec<(i8, f64)> =
            (2..=31).map(|day| (day, if (15..21).contains(&day) { 37.52 } else { 37.50 })).collect();
        control(&days)
    }

    fn at(lon: f64, kind: ClaimType, side: Side, day: i8) -> Row {
        let row = row("a", side, kind, Status::Claimed, "Lysivka", day);
        let mut place = (**row.place.as_ref().expect("the samples have places")).clone();
        place.point = Some([lon, 48.5]);
        Row { point: Some([lon, 48.5]), place: Some(Arc::new(place)), event_id: Some("e1".into()), ..row }
    }

    #[test]
    fn points_around_a_claim_say_what_its_place_is_worth() {
        let rows = [at(37.51, ClaimType::Advance, Side::Ru, 14)];
        let tested = check(&rows, &moving(), &settings());
        assert_eq!(tested[0].verdict, Verdict::Supported);
        let elsewhere = tested[0].elsewhere.expect("the claim is tested");
        assert!(elsewhere < 0.5, "the ground moved along one line only: {elsewhere}");
        assert_eq!(league(&tested)[0].elsewhere, Some(elsewhere));
    }

    fn settings() -> Settings {
        Settings { km: 1.0, days_before: 3, days_after: 3, shift_days: 0 }
    }

    fn verdict(row: &Row, settings: &Settings) -> Verdict {
        check(std::slice::from_ref(row), &moving(), settings)[0].verdict
    }

    #[test]
    fn an_advance_is_supported_where_and_when_ground_changed_hands() {
        let claim = at(37.51, ClaimType::Advance, Side::Ru, 12);
        let rows = [claim];
        let control = moving();
        let tested = &check(&rows, &control, &settings())[0];
        assert_eq!(
            (tested.verdict, tested.lead_days, tested.distance_km),
            (Verdict::Supported, Some(2), Some(0.0))
        );
        assert!(
            tested.chance.is_some_and(|chance| chance < 0.3),
            "seven of thirty days: {:?}",
            tested.chance
        );
        assert_eq!(verdict(&at(37.51, ClaimType::Advance, Side::Ru, 8), &settings()), Verdict::NotYet);
        assert_eq!(verdict(&at(37.51, ClaimType::Advance, Side::Ru, 22), &settings()), Verdict::Contradicted);
        assert_eq!(verdict(&at(37.60, ClaimType::Advance, Side::Ru, 12), &settings()), Verdict::NotYet);
        assert_eq!(
            verdict(&at(37.40, ClaimType::Advance, Side::Ru, 12), &settings()),
            Verdict::Untested,
            "held already"
        );
        assert_eq!(verdict(&at(37.51, ClaimType::Advance, Side::Ua, 20), &settings()), Verdict::Supported);
    }

    #[test]
    fn a_seizure_needs_the_settlement_itself() {
        assert_eq!(verdict(&at(37.51, ClaimType::Seizure, Side::Ru, 13), &settings()), Verdict::Supported);
        assert_eq!(verdict(&at(37.525, ClaimType::Seizure, Side::Ru, 13), &settings()), Verdict::NotYet);
    }

    #[test]
    fn shifted_claims_are_not_supported() {
        let claim = at(37.51, ClaimType::Advance, Side::Ru, 12);
        assert_eq!(verdict(&claim, &Settings { shift_days: -6, ..settings() }), Verdict::NotYet);
        assert_eq!(verdict(&claim, &Settings { shift_days: 60, ..settings() }), Verdict::Untested);
    }

    #[test]
    fn the_table_counts_each_event_once_a_claimant() {
        let first = at(37.51, ClaimType::Advance, Side::Ru, 12);
        let again = Row { claim_id: "b".into(), ..at(37.51, ClaimType::Advance, Side::Ru, 13) };
        let control = moving();
        let rows = [first, again];
        let table = league(&check(&rows, &control, &settings()));
        assert_eq!((table.len(), table[0].claims, table[0].hit_rate()), (2, 1, Some(1.0)), "and one of all");
        assert!(table[0].lift().is_some_and(|lift| lift > 3.0));
    }
}
