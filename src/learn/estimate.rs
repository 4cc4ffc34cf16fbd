//! Where several statements of distance and bearing put a place, and how surely: each is a normal
//! distribution on the ground around its anchor, and their product is the estimate.

use crate::gazetteer::distance_m;

/// "5 km south of Kurakhove": what one statement says of where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement {
    /// The anchor's point, longitude and latitude in degrees.
    pub anchor: [f64; 2],
    /// Whether the anchor has an edge that distances are measured from.
    pub anchor_is_town: bool,
    /// Degrees clockwise from north, from the anchor to the place.
    pub bearing: f64,
    /// Kilometres, where it says so.
    pub distance_km: Option<f64>,
}

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Longitude and latitude, degrees.
    pub point: [f64; 2],
    /// Metres around the point that hold the place in about 90 % of cases.
    pub radius_m: u32,
    /// How many statements it rests on.
    pub statements: usize,
}

/// What is added to a distance measured from a town's edge to have it from its centre, metres (the study of 975 such statements).
const EDGE_M: f64 = 1_200.0;
// The spreads below are those of the labelled statements of even days.
/// Distance that a bearing alone ("northwest of Lyman") is taken for, metres.
const UNSAID_M: f64 = 11_000.0;
/// Its standard deviation, metres.
const UNSAID_SPREAD_M: f64 = 9_500.0;
/// Standard deviation of a stated distance: so many metres and so great a share of it.
const SPREAD_M: f64 = 1_700.0;
const SPREAD_SHARE: f64 = 0.06;
/// Standard deviation of a bearing said in eight directions, radians (18 degrees), and of the point across it, metres.
const BEARING_SPREAD: f64 = 0.31;
const ACROSS_M: f64 = 900.0;
/// A circle of so many standard deviations holds 90 % of a round normal distribution.
const NINETY_PERCENT: f64 = 2.146;
/// Statements further from an estimate than so many standard deviations speak of another place.
const DISAGREEMENT: f64 = 3.0;

impl Statement {
    /// Metres from the anchor's centre.
    pub(super) fn distance_m(&self) -> f64 {
        match self.distance_km {
            Some(km) => km * 1000.0 + if self.anchor_is_town { EDGE_M } else { 0.0 },
            None => UNSAID_M,
        }
    }

    /// Standard deviations along and across the bearing, metres.
    fn spreads(&self) -> [f64; 2] {
        let far = self.distance_m();
        let along = self.distance_km.map_or(UNSAID_SPREAD_M, |_| SPREAD_M + SPREAD_SHARE * far);
        [along, ACROSS_M.hypot(BEARING_SPREAD * far)]
    }

    /// The inverse of its covariance in metres east and north: xx, xy, yy.
    fn information(&self) -> [f64; 3] {
        let [along, across] = self.spreads().map(|spread| 1.0 / (spread * spread));
        let (sin, cos) = self.bearing.to_radians().sin_cos();
        [
            along * sin * sin + across * cos * cos,
            (along - across) * sin * cos,
            along * cos * cos + across * sin * sin,
        ]
    }
}

impl Estimate {
    /// Whether a further statement may speak of the same place.
    pub fn agrees(&self, statement: &Statement) -> bool {
        let spread = statement.spreads().into_iter().fold(0.0, f64::max);
        let own = f64::from(self.radius_m) / NINETY_PERCENT;
        distance_m(self.point, statement.point()) <= DISAGREEMENT * spread.hypot(own)
    }
}

/// The estimate that statements give together; none without any.
pub fn estimate(statements: &[Statement]) -> Option<Estimate> {
    estimate_near(statements, None)
}

/// The estimate that statements give together with what was known roughly: a point, and the radius in metres that
/// holds the place in about 90 % of cases. None without statements.
pub fn estimate_near(statements: &[Statement], rough: Option<([f64; 2], u32)>) -> Option<Estimate> {
    let origin = statements.first()?.point();
    let degree_m = 111_195.0;
    let shrink = origin[1].to_radians().cos();
    let (mut information, mut weighted) = ([0.0; 3], [0.0; 2]);
    let rough = rough.filter(|&(_, radius_m)| radius_m > 0).map(|(point, radius_m)| {
        let spread = f64::from(radius_m) / NINETY_PERCENT;
        (point, [1.0 / (spread * spread), 0.0, 1.0 / (spread * spread)])
    });
    let said = statements.iter().map(|statement| (statement.point(), statement.information()));
    for (point, [xx, xy, yy]) in said.chain(rough) {
        let [x, y] = [(point[0] - origin[0]) * degree_m * shrink, (point[1] - origin[1]) * degree_m];
        information = [information[0] + xx, information[1] + xy, information[2] + yy];
        weighted = [weighted[0] + xx * x + xy * y, weighted[1] + xy * x + yy * y];
    }
    let [xx, xy, yy] = information;
    let determinant = xx * yy - xy * xy;
    let x = (yy * weighted[0] - xy * weighted[1]) / determinant;
    let y = (xx * weighted[1] - xy * weighted[0]) / determinant;
    // The larger of the two variances: the circle must hold the long side of the ellipse.
    let mean = (xx + yy) / determinant / 2.0;
    let spread = (mean + (mean * mean - 1.0 / determinant).max(0.0).sqrt()).sqrt();
    Some(Estimate {
        point: [origin[0] + x / (degree_m * shrink), origin[1] + y / degree_m],
        radius_m: (NINETY_PERCENT * spread).round() as u32,
        statements: statements.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KURAKHOVE: [f64; 2] = [37.2823, 47.9835];

    fn south_of_kurakhove(distance_km: Option<f64>) -> Statement {
        Statement { anchor: KURAKHOVE, anchor_is_town: true, bearing: 180.0, distance_km }
    }

    #[test]
    fn one_statement_puts_the_place_where_it_says() {
        let alone = estimate(&[south_of_kurakhove(Some(5.0))]).expect("there is a statement");
        assert!((distance_m(KURAKHOVE, alone.point) - 6_200.0).abs() < 30.0);
        assert!(alone.point[1] < KURAKHOVE[1]);
        let vague = estimate(&[south_of_kurakhove(None)]).expect("there is a statement");
        assert!(vague.radius_m > 2 * alone.radius_m, "{} and {}", vague.radius_m, alone.radius_m);
    }

    #[test]
    fn what_was_known_roughly_pulls_and_makes_surer() {
        let said = [south_of_kurakhove(None)];
        let alone = estimate(&said).expect("there is a statement");
        let district = [37.3, 47.80];
        let both = estimate_near(&said, Some((district, 20_000))).expect("there is a statement");
        assert!(both.radius_m < alone.radius_m);
        assert!(distance_m(both.point, district) < distance_m(alone.point, district));
        assert_eq!(estimate_near(&said, None), Some(alone));
        assert_eq!(estimate_near(&[], Some((district, 20_000))), None);
    }

    #[test]
    fn a_second_statement_makes_it_surer() {
        let first = south_of_kurakhove(Some(5.0));
        let alone = estimate(&[first]).expect("there is a statement");
        let vuhledar = [37.25, 47.7797];
        let second =
            Statement { anchor: vuhledar, anchor_is_town: true, bearing: 0.0, distance_km: Some(16.0) };
        assert!(alone.agrees(&second));
        let both = estimate(&[first, second]).expect("there are statements");
        assert!(both.radius_m < alone.radius_m);
        let far = Statement { anchor: [30.5, 50.4], ..second };
        assert!(!alone.agrees(&far));
        assert_eq!(estimate(&[]), None);
    }
}
