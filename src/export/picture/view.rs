//! Where things fall on the picture: Web Mercator, fitted to most of the claims.

use crate::export::cell::Extent;

/// From degrees to the picture's units.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Mercator of the upper left corner, and units a radian.
    west: f64,
    north: f64,
    scale: f64,
    /// Of the middle, for distances.
    latitude: f64,
}

const EARTH_RADIUS_M: f64 = 6_378_137.0;

impl View {
    /// A view of `width` by `height` that holds most of `points`, with room around them.
    pub(super) fn around(points: &[[f64; 2]], width: f64, height: f64) -> View {
        let Extent { west, south, east, north } = Extent::of_most(points);
        let (left, right) = (west.to_radians(), east.to_radians());
        let (top, bottom) = (mercator(north), mercator(south));
        let scale = (width / (right - left)).min(height / (top - bottom));
        View {
            width,
            height,
            west: f64::midpoint(left, right) - width / scale / 2.0,
            north: f64::midpoint(top, bottom) + height / scale / 2.0,
            scale,
            latitude: f64::midpoint(south, north),
        }
    }

    /// Where a longitude and latitude fall.
    pub(super) fn at(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [(lon.to_radians() - self.west) * self.scale, (self.north - mercator(lat)) * self.scale]
    }

    /// Whether a point of the picture is in it, or at most `margin` outside.
    pub(super) fn holds(&self, [x, y]: [f64; 2], margin: f64) -> bool {
        (-margin..self.width + margin).contains(&x) && (-margin..self.height + margin).contains(&y)
    }

    /// The length of so many metres at a latitude.
    pub(super) fn metres(&self, metres: f64, latitude: f64) -> f64 {
        metres / (EARTH_RADIUS_M * latitude.to_radians().cos()) * self.scale
    }

    /// A round number of kilometres for the scale bar, and its length in the middle of the picture.
    pub(super) fn scale_bar(&self) -> (f64, f64) {
        let rounds = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
        let length = |km: f64| self.metres(km * 1000.0, self.latitude);
        let km = rounds.into_iter().rev().find(|km| length(*km) <= 170.0).unwrap_or(1.0);
        (km, length(km))
    }
}

fn mercator(lat: f64) -> f64 {
    (std::f64::consts::FRAC_PI_4 + lat.clamp(-85.0, 85.0).to_radians() / 2.0).tan().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_holds_most_points_and_keeps_north_up() {
        let mut points = vec![[37.0, 48.0], [38.0, 49.0]];
        points.extend(vec![[37.5, 48.5]; 200]);
        points.push([100.0, 60.0]);
        let view = View::around(&points, 800.0, 600.0);
        assert!(view.holds(view.at([37.5, 48.5]), 0.0));
        assert!(!view.holds(view.at([100.0, 60.0]), 0.0));
        assert!(view.at([37.5, 49.0])[1] < view.at([37.5, 48.0])[1]);
        // A degree of latitude is 111.2 km.
        let degree = view.at([37.5, 48.0])[1] - view.at([37.5, 49.0])[1];
        assert!((view.metres(111_200.0, 48.5) / degree - 1.0).abs() < 0.01);
    }
}
