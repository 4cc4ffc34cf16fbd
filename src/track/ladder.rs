//! How a claim on a settlement hardens: for each settlement and side the report that first mentions it, first has it
//! attacked, first claims, assesses and shows an advance, claims and asserts its seizure, and the other side's withdrawal.

use super::event::Ground;
use super::row::{Mood, PlaceRef, Row, gains_ground, opponent};
use super::series::days_between;
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{Feature, Geometry, Layer, LayerKind, Value, first_moment, last_moment};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The steps of the ladder, in the order in which they usually come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// Named in a report.
    Mention,
    /// Attacked, counterattacked or fought over, by this side or by one that the words do not name.
    Attack,
    /// A party or source claims an advance there.
    ClaimedAdvance,
    /// The narrator assesses or asserts one.
    AssessedAdvance,
    /// Footage shows one.
    GeolocatedAdvance,
    /// A party or source claims its seizure.
    ClaimedSeizure,
    /// The narrator assesses or asserts it, or footage shows it.
    AssertedSeizure,
    /// The other side is said to have withdrawn.
    Withdrawal,
}

impl Rung {
    /// All, in order.
    pub const ALL: [Rung; 8] = [
        Rung::Mention,
        Rung::Attack,
        Rung::ClaimedAdvance,
        Rung::AssessedAdvance,
        Rung::GeolocatedAdvance,
        Rung::ClaimedSeizure,
        Rung::AssertedSeizure,
        Rung::Withdrawal,
    ];

    /// The name of its date column.
    pub fn as_str(self) -> &'static str {
        match self {
            Rung::Mention => "first_mention",
            Rung::Attack => "first_attack",
            Rung::ClaimedAdvance => "claimed_advance",
            Rung::AssessedAdvance => "assessed_advance",
            Rung::GeolocatedAdvance => "geolocated_advance",
            Rung::ClaimedSeizure => "claimed_seizure",
            Rung::AssertedSeizure => "asserted_seizure",
            Rung::Withdrawal => "withdrawal",
        }
    }

    /// The rung that a claim reaches for a side; none if it tells of something else.
    fn of(row: &Row) -> Option<(Side, Rung)> {
        if Mood::of(row.status) != Mood::Said || Ground::of(row.relation) != Ground::At {
            return None;
        }
        let rung = match (row.kind, row.status) {
            (ClaimType::Withdrawal, _) => return Some((opponent(row.side)?, Rung::Withdrawal)),
            (ClaimType::Attack | ClaimType::Counterattack | ClaimType::Clash, _) => Rung::Attack,
            // Who beats off an attack says that the other side attacked.
            (ClaimType::Repelled, _) => return Some((opponent(row.side)?, Rung::Attack)),
            (ClaimType::Seizure, Status::Claimed) => Rung::ClaimedSeizure,
            (ClaimType::Seizure, _) => Rung::AssertedSeizure,
            (kind, Status::Claimed) if gains_ground(kind) => Rung::ClaimedAdvance,
            (kind, Status::Geolocated) if gains_ground(kind) => Rung::GeolocatedAdvance,
            (kind, _) if gains_ground(kind) => Rung::AssessedAdvance,
            _ => return None,
        };
        opponent(row.side).map(|_| (row.side, rung))
    }
}

/// One settlement, seen from one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// The settlement.
    pub place: Arc<PlaceRef>,
    /// Whose attacks and advances it tells of.
    pub side: Side,
    /// What first reached each rung, in their order.
    pub steps: [Option<Step>; Rung::ALL.len()],
    /// The date of the latest report of a claim there.
    pub latest_seen: Date,
}

/// What first reached a rung.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The date of the report.
    pub day: Date,
    /// The document.
    pub doc_id: Arc<str>,
    /// The sentence behind it.
    pub sentence: Arc<str>,
    /// The claim; none for a mere mention.
    pub claim_id: Option<Arc<str>>,
}

/// The ladders of all settlements in `rows`, by name and side. `mentions` gives the first report that names a place
/// by its id; a side has a ladder where something beyond a mention is said of it.
pub fn ladders(rows: &[Row], mentions: &BTreeMap<Arc<str>, Step>) -> Vec<Ladder> {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| (row.report_date, &row.doc_id, row.sentence_start, &row.claim_id));
    let mut ladders: BTreeMap<(&str, Side), Ladder> = BTreeMap::new();
    for row in order {
        let Some(place) = row.place.as_ref().filter(|place| &*place.class == "settlement") else { continue };
        let Some((side, rung)) = Rung::of(row) else { continue };
        let ladder = ladders.entry((&place.id, side)).or_insert_with(|| Ladder {
            place: place.clone(),
            side,
            steps: std::array::from_fn(|_| None),
            latest_seen: row.report_date,
        });
        ladder.latest_seen = ladder.latest_seen.max(row.report_date);
        ladder.steps[rung as usize].get_or_insert_with(|| Step {
            day: row.report_date,
            doc_id: row.doc_id.clone(),
            sentence: row.sentence.clone(),
            claim_id: Some(row.claim_id.clone()),
        });
    }
    let mut ladders: Vec<Ladder> = ladders.into_values().collect();
    for ladder in &mut ladders {
        ladder.steps[Rung::Mention as usize] = mentions.get(&ladder.place.id).cloned();
    }
    ladders.sort_by(|a, b| (&a.place.name, &a.place.id, a.side).cmp(&(&b.place.name, &b.place.id, b.side)));
    ladders
}

impl Ladder {
    /// What first reached a rung.
    pub fn step(&self, rung: Rung) -> Option<&Step> {
        self.steps[rung as usize].as_ref()
    }

    /// The highest rung reached.
    pub fn highest(&self) -> Rung {
        let reached = Rung::ALL.into_iter().filter(|rung| self.step(*rung).is_some());
        reached.max().unwrap_or(Rung::Mention)
    }

    /// Days from the earliest of `from` to the earliest of `to`; negative when `to` came first.
    fn lag(&self, from: &[Rung], to: &[Rung]) -> Option<i32> {
        let first = |rungs: &[Rung]| rungs.iter().filter_map(|rung| Some(self.step(*rung)?.day)).min();
        Some(days_between(first(from)?, first(to)?))
    }

    /// Days from the first attack to the first advance of any status.
    pub fn attack_lag_days(&self) -> Option<i32> {
        self.lag(&[Rung::Attack], &[Rung::ClaimedAdvance, Rung::AssessedAdvance, Rung::GeolocatedAdvance])
    }

    /// Days from the first claimed advance to the first one that is assessed or shown.
    pub fn confirm_lag_days(&self) -> Option<i32> {
        self.lag(&[Rung::ClaimedAdvance], &[Rung::AssessedAdvance, Rung::GeolocatedAdvance])
    }

    /// Days from the claimed to the asserted seizure.
    pub fn seizure_lag_days(&self) -> Option<i32> {
        self.lag(&[Rung::ClaimedSeizure], &[Rung::AssertedSeizure])
    }
}

/// The ladders as rows for the map, from the first report to the latest.
pub fn layer(ladders: &[Ladder]) -> Layer {
    Layer { kind: LayerKind::Ladder, features: ladders.iter().map(feature).collect() }
}

fn feature(ladder: &Ladder) -> Feature {
    let first = ladder.steps.iter().flatten().map(|step| step.day).min();
    let lag = |days: Option<i32>| days.map_or(Value::Null, |days| Value::Integer(days.into()));
    let (claim_type, status) = looks(ladder.highest());
    let text = |text: &Arc<str>| Value::Text(text.clone());
    let id: Arc<str> = format!("{}-{}", ladder.place.id, ladder.side.as_str()).into();
    let column = |name: &str| -> Value {
        if let Some(rung) = Rung::ALL.into_iter().find(|rung| rung.as_str() == name) {
            return Value::date(ladder.step(rung).map(|step| step.day));
        }
        let of_step = |ending: &str| {
            let rung = Rung::ALL.into_iter().find(|rung| name.strip_suffix(ending) == Some(rung.as_str()))?;
            Some(ladder.step(rung))
        };
        if let Some(step) = of_step("_sentence") {
            return step.map_or(Value::Null, |step| text(&step.sentence));
        }
        match name {
            "ladder_id" => Value::Text(id.clone()),
            "start" => first.map_or(Value::Null, |day| Value::DateTime(first_moment(day))),
            "end" => Value::DateTime(last_moment(ladder.latest_seen)),
            "place_id" => text(&ladder.place.id),
            "place_name" => text(&ladder.place.name),
            "adm1" => ladder.place.adm1.as_ref().map_or(Value::Null, text),
            "actor_side" => Value::Word(ladder.side.as_str()),
            "claim_type" => Value::Word(claim_type.as_str()),
            "status" => Value::Word(status.as_str()),
            "rung" => Value::Word(ladder.highest().as_str()),
            "attack_lag_days" => lag(ladder.attack_lag_days()),
            "confirm_lag_days" => lag(ladder.confirm_lag_days()),
            "seizure_lag_days" => lag(ladder.seizure_lag_days()),
            "latest_seen" => Value::Date(ladder.latest_seen),
            other => unreachable!("the ladder schema has no column `{other}`"),
        }
    };
    let values = LayerKind::Ladder.columns().iter().map(|described| column(described.name)).collect();
    Feature { id: Some(id.clone()), geometry: ladder.place.point.map(Geometry::Point), values }
}

/// The claim that looks on the map as a rung does.
fn looks(rung: Rung) -> (ClaimType, Status) {
    match rung {
        Rung::Mention => (ClaimType::Presence, Status::Claimed),
        Rung::Attack => (ClaimType::Attack, Status::Asserted),
        Rung::ClaimedAdvance => (ClaimType::Advance, Status::Claimed),
        Rung::AssessedAdvance => (ClaimType::Advance, Status::Asserted),
        Rung::GeolocatedAdvance => (ClaimType::Advance, Status::Geolocated),
        Rung::ClaimedSeizure => (ClaimType::Seizure, Status::Claimed),
        Rung::AssertedSeizure => (ClaimType::Seizure, Status::Asserted),
        Rung::Withdrawal => (ClaimType::Withdrawal, Status::Asserted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Relation;
    use crate::track::row::sample::row;
    use jiff::civil::date;

    fn ru(id: &str, kind: ClaimType, status: Status, day: i8) -> Row {
        row(id, Side::Ru, kind, status, "Lysivka", day)
    }

    fn days(ladder: &Ladder) -> Vec<Option<i8>> {
        ladder.steps.iter().map(|step| step.as_ref().map(|step| step.day.day())).collect()
    }

    #[test]
    fn each_rung_keeps_its_first_report() {
        let rows = [
            ru("b", ClaimType::Advance, Status::Claimed, 8),
            ru("a", ClaimType::Attack, Status::Asserted, 5),
            ru("c", ClaimType::Advance, Status::Geolocated, 11),
            ru("d", ClaimType::Advance, Status::Claimed, 12),
            ru("e", ClaimType::Seizure, Status::Claimed, 12),
            row("f", Side::Ua, ClaimType::Withdrawal, Status::Asserted, "Lysivka", 14),
        ];
        let mention =
            Step { day: date(2026, 1, 2), doc_id: "x".into(), sentence: "Lysivka.".into(), claim_id: None };
        let ladders = ladders(&rows, &BTreeMap::from([("lysivka".into(), mention)]));
        assert_eq!(ladders.len(), 1);
        assert_eq!(days(&ladders[0]), [Some(2), Some(5), Some(8), None, Some(11), Some(12), None, Some(14)]);
        assert_eq!(ladders[0].attack_lag_days(), Some(3));
        assert_eq!(ladders[0].confirm_lag_days(), Some(3));
        assert_eq!(ladders[0].seizure_lag_days(), None);
        assert_eq!(ladders[0].highest(), Rung::Withdrawal);
    }

    #[test]
    fn what_did_not_happen_there_is_no_rung() {
        let attack = ru("a", ClaimType::Advance, Status::Asserted, 5);
        for other in [
            Row { status: Status::Negated, ..attack.clone() },
            Row { status: Status::Planned, ..attack.clone() },
            Row { relation: Relation::Toward, ..attack.clone() },
            Row { relation: Relation::Axis, ..attack },
        ] {
            assert_eq!(ladders(&[other], &BTreeMap::new()), []);
        }
        let repelled = row("r", Side::Ua, ClaimType::Repelled, Status::Claimed, "Lysivka", 5);
        assert_eq!(ladders(&[repelled], &BTreeMap::new())[0].side, Side::Ru, "Russia attacked");
    }
}
