//! How far the truth lies from a named place: the rows of the calibration that geolocated sentences can tell.

use crate::lexicon::{Bearing, Relation};
use crate::resolve::{
    Calibration, PlaceSize, Reach, Row, angle_between, bearing_deg, destination, distance_m,
};

/// A settlement that a sentence puts something in, near or in a direction of, and where it truly was.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// The relation its words state.
    pub relation: Relation,
    /// The direction, for [`Relation::Dir`] and [`Relation::Part`].
    pub bearing: Option<Bearing>,
    /// The stated distance, kilometres, for [`Relation::Dir`].
    pub distance_km: Option<f64>,
    /// The settlement's size.
    pub size: PlaceSize,
    /// Its point.
    pub at: [f64; 2],
    /// The true point.
    pub truth: [f64; 2],
}

/// The share of cases that a radius or a shape is to hold.
const SHARE: f64 = 0.9;
/// A row is fitted on at least so many cases; else it stays as it was.
const LEAST: usize = 25;

/// The calibration with every row re-fitted for which there are cases enough.
pub fn fit_calibration(cases: &[Placed], old: &Calibration) -> Calibration {
    let mut fitted = old.clone();
    for relation in [Relation::In, Relation::Near, Relation::Dir, Relation::Part] {
        let of_size = |size: PlaceSize| {
            let unstated = cases.iter().filter(|case| case.distance_km.is_none());
            unstated.filter(|case| case.relation == relation && case.size == size).collect::<Vec<&Placed>>()
        };
        let mut sizes = PlaceSize::ALL.map(of_size).to_vec();
        sizes.retain(|cases| cases.len() >= LEAST);
        let share = share_that_holds(&sizes);
        for cases in &sizes {
            fitted.set(Row::Of(relation), cases[0].size, reach(cases, share));
        }
    }
    // Stated distances are too rare to tell sizes apart; what a size adds to them stays as it was.
    let stated: Vec<(&Placed, f64, f64)> =
        cases.iter().filter_map(|case| Some((case, case.distance_km?, case.bearing?.degrees()))).collect();
    if stated.len() >= LEAST {
        for size in PlaceSize::ALL {
            let old = fitted.reach(Row::DirStated, size);
            fitted.set(Row::DirStated, size, stated_reach(&stated, old, &fitted));
        }
    }
    fitted
}

/// How far the truth lies from a stated distance: its errors along and across, each of which 95 % are within.
fn stated_reach(cases: &[(&Placed, f64, f64)], old: Reach, table: &Calibration) -> Reach {
    let off = |&(case, km, bearing): &(&Placed, f64, f64)| {
        let moved = km * 1_000.0 + table.reach(Row::DirStated, case.size).offset_m;
        let far = distance_m(case.at, case.truth);
        let along = (far - moved).abs();
        (along, angle_between(bearing_deg(case.at, case.truth), bearing))
    };
    let half = (1.0 + SHARE) / 2.0;
    Reach {
        n: cases.len() as u32,
        radius_m: quantile(cases.iter().map(|case| off(case).0), half),
        half_angle: quantile(cases.iter().map(|case| off(case).1), half).clamp(22.5, 180.0),
        ..old
    }
}

/// The share to fit the rows of a relation at: the one whose rows hold nearest to [`SHARE`] of the cases that they
/// were not fitted on. A shape of three cuts fits its own cases better than new ones.
fn share_that_holds(sizes: &[Vec<&Placed>]) -> f64 {
    const FINEST: f64 = 0.005;
    let all: usize = sizes.iter().map(Vec::len).sum();
    let off = |share: f64| {
        let held: usize = sizes.iter().map(|cases| held_out(cases, share)).sum();
        (held as f64 / all.max(1) as f64 - SHARE).abs()
    };
    let tried = (0..20).map(|step| SHARE + f64::from(step) * FINEST);
    tried.min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(SHARE)
}

/// How many cases lie within a row fitted on the cases of other settlements. Where a settlement is fought over the
/// front stands still for weeks, so its sentences tell each other where they lie.
fn held_out(cases: &[&Placed], share: f64) -> usize {
    const FOLDS: usize = 10;
    let mut settlements: Vec<[f64; 2]> = Vec::new();
    let fold_of: Vec<usize> = cases
        .iter()
        .map(|case| {
            let known = settlements.iter().position(|at| *at == case.at);
            known.unwrap_or_else(|| {
                settlements.push(case.at);
                settlements.len() - 1
            }) % FOLDS
        })
        .collect();
    let held = |fold: usize| {
        let here = |at: &usize| fold_of[*at] == fold;
        let fitted: Vec<&Placed> = (0..cases.len()).filter(|at| !here(at)).map(|at| cases[at]).collect();
        let row = reach(&fitted, share);
        (0..cases.len()).filter(here).filter(|&at| holds(row, cases[at])).count()
    };
    (0..FOLDS).map(held).sum()
}

/// Whether a row's shape holds a case.
fn holds(row: Reach, case: &Placed) -> bool {
    let far = distance_m(case.at, case.truth);
    let turned = case
        .bearing
        .map_or(0.0, |bearing| angle_between(bearing_deg(case.at, case.truth), bearing.degrees()));
    (row.inner_m..=row.outer_m).contains(&far) && turned <= row.half_angle
}

/// The figures of one row that holds a share of its cases.
fn reach(cases: &[&Placed], share: f64) -> Reach {
    let far = |case: &Placed| distance_m(case.at, case.truth);
    let directed: Vec<(&Placed, f64)> =
        cases.iter().filter_map(|case| Some((*case, case.bearing?.degrees()))).collect();
    if directed.len() < cases.len() {
        let radius_m = quantile(cases.iter().map(|case| far(case)), share);
        return Reach {
            n: cases.len() as u32,
            offset_m: 0.0,
            radius_m,
            half_angle: 180.0,
            inner_m: 0.0,
            outer_m: radius_m,
        };
    }
    // How far along the bearing the median truth lies.
    let along = |case: &Placed, bearing: f64| {
        far(case) * (bearing_deg(case.at, case.truth) - bearing).to_radians().cos()
    };
    let offset_m = quantile(directed.iter().map(|(case, bearing)| along(case, *bearing)), 0.5).max(0.0);
    let radius_m = quantile(
        directed
            .iter()
            .map(|(case, bearing)| distance_m(destination(case.at, *bearing, offset_m), case.truth)),
        share,
    );
    // Three cuts that leave the share together: three tenths of the rest within the near edge, as much beyond
    // the far one, the remainder by the angle.
    let edge = 0.3 * (1.0 - share);
    let inner_m = quantile(cases.iter().map(|case| far(case)), edge);
    let outer_m = quantile(cases.iter().map(|case| far(case)), 1.0 - edge);
    let between = directed.iter().filter(|(case, _)| (inner_m..=outer_m).contains(&far(case)));
    let turns: Vec<f64> =
        between.map(|(case, bearing)| angle_between(bearing_deg(case.at, case.truth), *bearing)).collect();
    let kept = turns.len() as f64 / cases.len() as f64;
    let half_angle = quantile(turns.iter().copied(), (share / kept).min(1.0)).clamp(22.5, 180.0);
    Reach { n: cases.len() as u32, offset_m, radius_m, half_angle, inner_m, outer_m }
}

/// The value below which a share of such values lies; 0 of none.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    // One more than there are, so that a case not among them is held as often as the share says.
    let at = (share * (values.len() + 1) as f64).ceil() as usize;
    values.get(at.clamp(1, values.len().max(1)) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_nine_in_ten_of_its_cases() {
        let at = [37.0, 48.0];
        let cases: Vec<Placed> = (0..200)
            .map(|n| Placed {
                relation: Relation::Dir,
                bearing: Some(Bearing::E),
                distance_km: None,
                size: PlaceSize::Village,
                at,
                truth: destination(at, 60.0 + f64::from(n % 61), 1_000.0 + f64::from(n) * 20.0),
            })
            .collect();
        let fitted = fit_calibration(&cases, &Calibration::shipped());
        let row = fitted.reach(Row::Of(Relation::Dir), PlaceSize::Village);
        assert_eq!(row.n, 200);
        assert!((2_000.0..4_000.0).contains(&row.offset_m), "{row:?}");
        let held = cases.iter().filter(|case| {
            let far = distance_m(at, case.truth);
            let off = angle_between(bearing_deg(at, case.truth), 90.0);
            (row.inner_m..=row.outer_m).contains(&far) && off <= row.half_angle
        });
        assert!((175..=195).contains(&held.count()));
        let city = fitted.reach(Row::Of(Relation::Dir), PlaceSize::City);
        assert_eq!(city, Calibration::shipped().reach(Row::Of(Relation::Dir), PlaceSize::City));
    }
}
