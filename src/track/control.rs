//! Who held which ground on which evening: dated polygons of the ground that one side holds ([`Control`]), and the
//! patches that changed hands between them. `resolve` has its own view of such files: the front line of a day.

use crate::claim::Side;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, Euclidean, Length, LineString, MultiPolygon, Point,
    Polygon, Rect,
};
use geo::{Distance, MapCoords};
use jiff::ToSpan;
use jiff::civil::Date;

/// What to know about the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whose ground the polygons are.
    pub holder: Side,
    /// How many days before the date in its name a file shows; 1 for files that are named the morning after.
    pub shows_days_before: i16,
    /// Patches smaller than this are redrawn lines and no news, km².
    pub patch_km2_min: f64,
    /// So are patches narrower than this on average, km.
    pub patch_width_km_min: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { holder: Side::Ru, shows_days_before: 1, patch_km2_min: 0.02, patch_width_km_min: 0.03 }
    }
}

/// The ground by evening.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Control {
    /// The ground that the holder has, by evening, without two of one day.
    pub evenings: Vec<(Date, MultiPolygon)>,
    /// The patches that changed hands, by day.
    pub patches: Vec<Patch>,
    holder: Option<Side>,
}

/// Ground that changed hands.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// Who has it now.
    pub side: Side,
    /// The evening that first shows it.
    pub day: Date,
    /// The ground, degrees.
    pub ground: Polygon,
    /// Its size, km².
    pub area_km2: f64,
    bounds: Rect,
}

/// Polygons that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// No day in the file's name.
    #[error(
        "{name}: no date in the name; expected one with YYYYMMDD or YYYY-MM-DD, such as control_20260110.geojson"
    )]
    NoDate {
        /// The file's name.
        name: String,
    },
    /// Not GeoJSON.
    #[error("{name}: {error}")]
    NotGeoJson {
        /// The file's name.
        name: String,
        /// What the parser says.
        error: Box<geojson::Error>,
    },
    /// Nothing to hold ground with.
    #[error("{name}: no polygon in it")]
    NoPolygon {
        /// The file's name.
        name: String,
    },
}

impl Control {
    /// Reads files given as name and GeoJSON text, and finds the patches between each evening and the next.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        settings: &Settings,
    ) -> Result<Control, ControlError> {
        let mut evenings = Vec::new();
        for (name, text) in files {
            let named = date_in(name).ok_or_else(|| ControlError::NoDate { name: name.to_owned() })?;
            let day = named.saturating_sub(settings.shows_days_before.days());
            evenings.push((day, ground(name, text)?));
        }
        evenings.sort_by_key(|(day, _)| *day);
        evenings.dedup_by_key(|(day, _)| *day);
        let mut patches = Vec::new();
        for pair in evenings.windows(2) {
            let [(_, before), (day, after)] = pair else { continue };
            let other = super::row::opponent(settings.holder).unwrap_or(Side::Other);
            for (side, ground) in
                [(settings.holder, after.difference(before)), (other, before.difference(after))]
            {
                patches
                    .extend(ground.into_iter().filter_map(|ground| Patch::new(side, *day, ground, settings)));
            }
        }
        Ok(Control { evenings, patches, holder: Some(settings.holder) })
    }

    /// First and last evening.
    pub fn days(&self) -> Option<(Date, Date)> {
        Some((self.evenings.first()?.0, self.evenings.last()?.0))
    }

    /// Whether `side` held a point (longitude, latitude) on the latest evening up to `day`; none before the first.
    pub fn held_by(&self, side: Side, [lon, lat]: [f64; 2], day: Date) -> Option<bool> {
        let (_, ground) = self.evenings.iter().rev().find(|(evening, _)| *evening <= day)?;
        let holder = ground.contains(&Point::new(lon, lat));
        Some(holder == (self.holder == Some(side)))
    }
}

impl Patch {
    fn new(side: Side, day: Date, ground: Polygon, settings: &Settings) -> Option<Patch> {
        let bounds = ground.bounding_rect()?;
        let flat = in_km(&ground, bounds.center().y);
        let area_km2 = flat.unsigned_area();
        let width_km = 2.0 * area_km2 / Euclidean.length(flat.exterior()).max(f64::MIN_POSITIVE);
        let counts = area_km2 >= settings.patch_km2_min && width_km >= settings.patch_width_km_min;
        counts.then_some(Patch { side, day, ground, area_km2, bounds })
    }

    /// Kilometres from a point (longitude, latitude) to the ground, 0 within; none beyond `km_max`.
    pub fn within_km(&self, [lon, lat]: [f64; 2], km_max: f64) -> Option<f64> {
        let reach_lat = km_max / 110.0;
        let reach_lon = km_max / (111.3 * lat.to_radians().cos());
        let (min, max) = (self.bounds.min(), self.bounds.max());
        let near = (min.x - reach_lon..=max.x + reach_lon).contains(&lon)
            && (min.y - reach_lat..=max.y + reach_lat).contains(&lat);
        if !near {
            return None;
        }
        let flat = in_km(&self.ground, lat);
        let km = Euclidean.distance(&Point::from(to_km(Coord { x: lon, y: lat }, lat)), &flat);
        (km <= km_max).then_some(km)
    }
}

/// A polygon on a plane in kilometres that is true near the latitude `lat`.
fn in_km(polygon: &Polygon, lat: f64) -> Polygon {
    polygon.map_coords(|coord| to_km(coord, lat))
}

fn to_km(coord: Coord, lat: f64) -> Coord {
    Coord { x: coord.x * 111.32 * lat.to_radians().cos(), y: coord.y * 111.13 }
}

/// The eight digits of a date, or the three numbers of one with hyphens, in a file's name.
fn date_in(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let iso = (0..bytes.len().saturating_sub(9)).filter_map(|at| name.get(at..at + 10)?.parse().ok());
    let digits = (0..bytes.len().saturating_sub(7)).filter_map(|at| {
        let word = name.get(at..at + 8).filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
        format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]).parse().ok()
    });
    iso.chain(digits).next()
}

/// All polygons of a GeoJSON text as one ground.
fn ground(name: &str, text: &str) -> Result<MultiPolygon, ControlError> {
    let parsed: geojson::GeoJson = text
        .parse()
        .map_err(|error| ControlError::NotGeoJson { name: name.to_owned(), error: Box::new(error) })?;
    let mut polygons: Vec<Polygon> = Vec::new();
    match &parsed {
        geojson::GeoJson::FeatureCollection(collection) => {
            let geometries = collection.features.iter().filter_map(|feature| feature.geometry.as_ref());
            geometries.for_each(|geometry| collect(&geometry.value, &mut polygons));
        }
        geojson::GeoJson::Feature(feature) => {
            feature.geometry.iter().for_each(|geometry| collect(&geometry.value, &mut polygons));
        }
        geojson::GeoJson::Geometry(geometry) => collect(&geometry.value, &mut polygons),
    }
    if polygons.is_empty() {
        return Err(ControlError::NoPolygon { name: name.to_owned() });
    }
    // Polygons that overlap would cancel each other in the differences.
    Ok(geo::algorithm::bool_ops::unary_union(&polygons))
}

fn collect(value: &geojson::GeometryValue, polygons: &mut Vec<Polygon>) {
    match value {
        geojson::GeometryValue::Polygon { coordinates } => polygons.push(polygon(coordinates)),
        geojson::GeometryValue::MultiPolygon { coordinates } => {
            polygons.extend(coordinates.iter().map(|rings| polygon(rings)));
        }
        geojson::GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().for_each(|geometry| collect(&geometry.value, polygons));
        }
        _ => {}
    }
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Polygon {
    let ring = |ring: &Vec<geojson::Position>| -> LineString {
        ring.iter()
            .filter(|position| position.len() >= 2)
            .map(|position| (position[0], position[1]))
            .collect()
    };
    let mut rings = rings.iter().map(ring);
    let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(outer, rings.collect())
}

#[cfg(test)]
pub(super) mod sample {
    use super::*;
    use jiff::civil::date;

    /// Ground between longitudes 37 and `east` over a degree of latitude, on mornings of January 2026.
    pub(crate) fn control(days: &[(i8, f64)]) -> Control {
        let files: Vec<(String, String)> = days
            .iter()
            .map(|(day, east)| {
                let ring = format!("[[37,48],[{east},48],[{east},49],[37,49],[37,48]]");
                let name = format!("ground_{}.geojson", date(2026, 1, *day).strftime("%Y%m%d"));
                (name, format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#))
            })
            .collect();
        let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Control::read(files, &Settings::default()).expect("the sample is GeoJSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ground_between_two_evenings_is_a_patch_of_who_has_it_now() {
        let control = sample::control(&[(10, 37.50), (11, 37.52), (12, 37.51)]);
        let told: Vec<(Side, Date)> = control.patches.iter().map(|patch| (patch.side, patch.day)).collect();
        assert_eq!(
            told,
            [(Side::Ru, date(2026, 1, 10)), (Side::Ua, date(2026, 1, 11))],
            "a file shows the evening before"
        );
        let patch = &control.patches[0];
        assert!((patch.area_km2 - 1.48 * 111.13).abs() < 3.0, "{}", patch.area_km2);
        assert_eq!(patch.within_km([37.51, 48.5], 1.0), Some(0.0));
        let beside = patch.within_km([37.53, 48.5], 1.0).expect("0.74 km east of it");
        assert!((beside - 0.74).abs() < 0.02, "{beside}");
        assert_eq!(patch.within_km([37.60, 48.5], 1.0), None);
    }

    #[test]
    fn who_holds_a_point_changes_with_the_evenings() {
        let control = sample::control(&[(10, 37.50), (11, 37.52)]);
        let held = |day| control.held_by(Side::Ru, [37.51, 48.5], date(2026, 1, day));
        assert_eq!([held(8), held(9), held(10), held(20)], [None, Some(false), Some(true), Some(true)]);
    }

    #[test]
    fn redrawn_lines_are_no_patches() {
        let control = sample::control(&[(10, 37.50), (11, 37.5003)]);
        assert_eq!(control.patches, [], "20 m wide");
    }

    #[test]
    fn a_file_says_its_day() {
        assert_eq!(date_in("deep_20260131.geojson"), Some(date(2026, 1, 31)));
        assert_eq!(date_in("2026-01-31 evening.json"), Some(date(2026, 1, 31)));
        assert_eq!(date_in("control.geojson"), None);
    }
}
