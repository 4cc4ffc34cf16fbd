//! Who holds which ground on which day: dated polygons that the user gives ([`ControlLayer`]), and how far a point lies from
//! that day's front line. Reading the files is the command line's work; it hands the GeoJSON text over.

use super::scene::{Degrees, km};
use geojson::GeoJson;
use jiff::ToSpan;
use jiff::civil::Date;
use thiserror::Error;

/// The front lines of some days, sorted by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControlLayer {
    days: Vec<(Date, FrontLine)>,
}

/// One day's line: points along the rings of its polygons, by grid cell.
#[derive(Clone, Debug, Default, PartialEq)]
struct FrontLine {
    /// Sorted by cell; neighbours are at most [`STEP_KM`] apart.
    points: Vec<((i16, i16), Degrees)>,
}

/// A control layer that cannot be used.
#[derive(Debug, Error)]
pub enum ControlError {
    /// Not GeoJSON.
    #[error("control layer {name}: {source}")]
    NotGeoJson {
        /// The file's name.
        name: String,
        /// What the parser says.
        #[source]
        source: Box<geojson::Error>,
    },
    /// No day in the file's name.
    #[error("control layer {name}: no date in the name; call it YYYYMMDD.geojson or YYYY-MM-DD.geojson")]
    NoDate {
        /// The file's name.
        name: String,
    },
}

/// The side of a grid cell, degrees.
const CELL: f32 = 0.25;
/// Rings are filled in so that their points lie no farther apart.
const STEP_KM: f32 = 2.0;
/// A layer speaks for reports of so many days after it.
const DAYS: i64 = 45;

impl ControlLayer {
    /// Adds a day. A file named after a day shows the evening before, which is when that day's reports were written.
    ///
    /// # Errors
    /// When the name holds no date or the text is no GeoJSON.
    pub fn add(&mut self, name: &str, geojson: &str) -> Result<(), ControlError> {
        let day = date_in(name).ok_or_else(|| ControlError::NoDate { name: name.to_owned() })?;
        let parsed: GeoJson = geojson
            .parse()
            .map_err(|source| ControlError::NotGeoJson { name: name.to_owned(), source: Box::new(source) })?;
        let mut line = FrontLine::default();
        collect(&parsed, &mut line);
        line.points.sort_by_key(|(cell, _)| *cell);
        let at = self.days.partition_point(|(known, _)| *known < day);
        self.days.insert(at, (day, line));
        Ok(())
    }

    /// Whether it holds no day.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Kilometres from a point (longitude, latitude) to the front line nearest in time; none when no day is near enough, `f32::INFINITY` beyond some 25 km.
    pub fn front_km(&self, day: Date, point: [f64; 2]) -> Option<f32> {
        let line = self.line_of(day)?;
        Some(line.distance_km([point[0] as f32, point[1] as f32]))
    }

    /// The line for a report of `day`: of the file of the next day (its evening before is this day's), else the latest before.
    fn line_of(&self, day: Date) -> Option<&FrontLine> {
        let shown = day.checked_add(1.day()).ok()?;
        let at = self.days.partition_point(|(known, _)| *known <= shown);
        let (known, line) = match at {
            0 => self.days.first()?,
            at => &self.days[at - 1],
        };
        let apart = (shown - *known).get_days();
        (i64::from(apart).abs() <= DAYS).then_some(line)
    }
}

impl FrontLine {
    fn distance_km(&self, point: Degrees) -> f32 {
        let (x, y) = cell(point);
        let mut nearest = f32::INFINITY;
        for dx in -1..=1 {
            let first = self.points.partition_point(|(c, _)| *c < (x + dx, y - 1));
            for (c, p) in &self.points[first..] {
                if *c > (x + dx, y + 1) {
                    break;
                }
                nearest = nearest.min(km(point, *p));
            }
        }
        nearest
    }

    fn add_ring(&mut self, ring: &[geojson::Position]) {
        let points: Vec<Degrees> = ring
            .iter()
            .filter_map(|p| Some([*p.as_slice().first()? as f32, *p.as_slice().get(1)? as f32]))
            .collect();
        for pair in points.windows(2) {
            let steps = (km(pair[0], pair[1]) / STEP_KM).ceil().clamp(1.0, 500.0);
            for step in 0..steps as usize {
                let share = step as f32 / steps;
                let at = [
                    pair[0][0] + (pair[1][0] - pair[0][0]) * share,
                    pair[0][1] + (pair[1][1] - pair[0][1]) * share,
                ];
                self.points.push((cell(at), at));
            }
        }
    }
}

fn cell(point: Degrees) -> (i16, i16) {
    ((point[0] / CELL).floor() as i16, (point[1] / CELL).floor() as i16)
}

/// Takes the rings of all polygons.
fn collect(geojson: &GeoJson, line: &mut FrontLine) {
    match geojson {
        GeoJson::FeatureCollection(collection) => {
            for geometry in collection.features.iter().filter_map(|f| f.geometry.as_ref()) {
                collect_geometry(geometry, line);
            }
        }
        GeoJson::Feature(feature) => {
            if let Some(geometry) = &feature.geometry {
                collect_geometry(geometry, line);
            }
        }
        GeoJson::Geometry(geometry) => collect_geometry(geometry, line),
    }
}

fn collect_geometry(geometry: &geojson::Geometry, line: &mut FrontLine) {
    use geojson::GeometryValue as Value;
    match &geometry.value {
        Value::Polygon { coordinates } => coordinates.iter().for_each(|ring| line.add_ring(ring)),
        Value::MultiPolygon { coordinates } => {
            coordinates.iter().flatten().for_each(|ring| line.add_ring(ring));
        }
        Value::LineString { coordinates } => line.add_ring(coordinates),
        Value::MultiLineString { coordinates } => {
            coordinates.iter().for_each(|part| line.add_ring(part));
        }
        _ => {}
    }
}

/// The date in a file's name: eight digits, with or without hyphens.
fn date_in(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|start| {
        let digits: String = name
            .get(start..)?
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '-')
            .filter(char::is_ascii_digit)
            .take(8)
            .collect();
        if digits.len() != 8 {
            return None;
        }
        let number = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
        Date::new(number(0, 4)?, number(4, 6)? as i8, number(6, 8)? as i8).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer() -> ControlLayer {
        let square = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon",
            "coordinates":[[[37.0,48.0],[38.0,48.0],[38.0,49.0],[37.0,49.0],[37.0,48.0]]]}}"#;
        let mut layer = ControlLayer::default();
        layer.add("control_20260105.geojson", square).expect("the square is a layer");
        layer
    }

    #[test]
    fn a_file_shows_the_evening_before() {
        let layer = layer();
        let day = Date::constant(2026, 1, 4);
        assert!(layer.front_km(day, [37.5, 48.05]).is_some_and(|km| km < 6.0));
        assert!(layer.front_km(day, [37.0, 48.5]).is_some_and(|km| km < 2.0));
        assert_eq!(layer.front_km(day, [37.5, 45.0]), Some(f32::INFINITY));
        assert_eq!(layer.front_km(Date::constant(2024, 1, 4), [37.5, 48.0]), None);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let mut layer = ControlLayer::default();
        let undated = layer.add("front.geojson", "{}").expect_err("the name has no date");
        assert!(undated.to_string().contains("no date"), "{undated}");
        let broken = layer.add("2026-01-05.geojson", "x").expect_err("this is no JSON");
        assert!(broken.to_string().starts_with("control layer 2026-01-05.geojson"), "{broken}");
    }
}
