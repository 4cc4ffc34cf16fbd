//! What a gazetteer holds, in numbers ([`info`]), and what is wrong with it ([`check`]).

use super::{Boundary, Gazetteer, PlaceClass, PlaceIx, PointPrecision, distance_m};
use crate::text::fold;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A gazetteer in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Info {
    /// See [`Gazetteer::version`].
    pub version: String,
    /// Places, each counted once.
    pub places: usize,
    /// Names of all places.
    pub names: usize,
    /// Places by class.
    pub classes: BTreeMap<&'static str, usize>,
    /// Places by the precision of their point.
    pub precisions: BTreeMap<&'static str, usize>,
    /// Settlements by country, most first.
    pub countries: Vec<(String, usize)>,
    /// How well the settlements of Ukraine's official list (KATOTTG) are known, by oblast.
    pub oblasts: Vec<OblastShare>,
}

/// How well the settlements of one oblast are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OblastShare {
    /// The oblast.
    pub name: String,
    /// Its settlements.
    pub settlements: usize,
    /// Those with an exact point.
    pub exact: usize,
    /// Those with a point derived from statements.
    pub derived: usize,
}

/// Something wrong with a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The place's id.
    pub id: String,
    /// What is wrong.
    pub what: String,
}

/// The table of [`exceptions`].
const EXCEPTIONS: &str = include_str!("../../gazetteer/exceptions.tsv");
/// A point may lie so far outside its unit's outline, which is simplified, metres.
const OUTSIDE_M: f64 = 5_000.0;
/// Two settlements of one name and class nearer than this, both known exactly, are one, metres.
const SAME_M: f64 = 300.0;

/// Counts what a gazetteer holds.
pub fn info(gazetteer: &Gazetteer) -> Info {
    let mut info = Info { version: gazetteer.version(), ..Info::default() };
    let mut countries: BTreeMap<PlaceIx, usize> = BTreeMap::new();
    let mut oblasts: BTreeMap<String, OblastShare> = BTreeMap::new();
    for ix in gazetteer.places() {
        let place = gazetteer.place(ix);
        info.places += 1;
        info.names += gazetteer.names(ix).len();
        *info.classes.entry(place.class.as_str()).or_default() += 1;
        *info.precisions.entry(place.precision.as_str()).or_default() += 1;
        if place.class != PlaceClass::Settlement {
            continue;
        }
        if let Some(country) = gazetteer.country(ix) {
            *countries.entry(country).or_default() += 1;
        }
        // Kyiv and Sevastopol are settlements that are their own first-level units.
        if is_katottg(place.id) {
            let oblast = gazetteer.admin1(ix).map_or(place.name, |unit| gazetteer.place(unit).name);
            let share = oblasts.entry(oblast.to_owned()).or_insert_with(|| OblastShare {
                name: oblast.to_owned(),
                settlements: 0,
                exact: 0,
                derived: 0,
            });
            share.settlements += 1;
            share.exact += usize::from(place.precision == PointPrecision::Exact);
            share.derived += usize::from(place.precision == PointPrecision::Derived);
        }
    }
    info.countries =
        countries.into_iter().map(|(ix, count)| (gazetteer.place(ix).name.to_owned(), count)).collect();
    info.countries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    info.oblasts = oblasts.into_values().collect();
    info
}

/// Reviewed places that look wrong and are not, or cannot be mended: id and reason.
pub fn exceptions() -> impl Iterator<Item = (&'static str, &'static str)> {
    EXCEPTIONS.lines().skip(1).filter_map(|line| line.split_once('\t'))
}

/// Everything wrong with the places of a gazetteer, in their order, but for the [`exceptions`].
pub fn check(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut faults = check_all(gazetteer);
    faults.retain(|fault| exceptions().all(|(id, _)| id != fault.id));
    faults
}

/// Everything that looks wrong.
fn check_all(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut outlines: HashMap<PlaceIx, Option<Boundary>> = HashMap::new();
    for ix in gazetteer.places() {
        let place = gazetteer.place(ix);
        let mut fault = |what: String| faults.push(Fault { id: place.id.to_owned(), what });
        if let Some([lon, lat]) = place.point
            && (lon.abs() > 180.0 || lat.abs() > 90.0)
        {
            fault(format!("lies at {lon}, {lat}, off the globe"));
        }
        if let Some(parent) = place.parent
            && !may_lie_in(place.class, gazetteer.class(parent))
        {
            let parent = gazetteer.place(parent);
            fault(format!(
                "is of class {} and lies in {}, a {}",
                place.class.as_str(),
                parent.id,
                parent.class.as_str()
            ));
        }
        if gazetteer.parents(ix).any(|unit| unit == ix) {
            fault("lies in itself".to_owned());
        }
        if place.class == PlaceClass::Settlement
            && let (Some(point), Some(unit)) = (place.point, gazetteer.admin1(ix))
        {
            let outline = outlines.entry(unit).or_insert_with(|| gazetteer.outline(unit));
            let outside = outline.as_ref().filter(|outline| !outline.contains(point));
            if let Some(far) =
                outside.and_then(|outline| outline.edge_distance_m(point)).filter(|&far| far > OUTSIDE_M)
            {
                fault(format!("lies {:.0} km outside {}", far / 1000.0, gazetteer.place(unit).name));
            }
        }
    }
    faults.extend(duplicates(gazetteer));
    faults.extend(crimea(gazetteer));
    faults
}

/// Settlements that seem to be in the gazetteer twice.
fn duplicates(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut by_key: HashMap<String, Vec<PlaceIx>> = HashMap::new();
    for ix in gazetteer.places() {
        let place = gazetteer.place(ix);
        if place.class == PlaceClass::Settlement && place.precision == PointPrecision::Exact {
            let key = fold::keys(place.name, None).into_iter().next().unwrap_or_default();
            by_key.entry(key).or_default().push(ix);
        }
    }
    let mut faults = Vec::new();
    for (later, places) in
        by_key.values().flat_map(|places| (1..places.len()).map(move |later| (later, places)))
    {
        let place = gazetteer.place(places[later]);
        for other in places[..later].iter().map(|&ix| gazetteer.place(ix)) {
            if let (Some(a), Some(b)) = (place.point, other.point)
                && distance_m(a, b) < SAME_M
            {
                faults.push(Fault {
                    id: place.id.to_owned(),
                    what: format!("{} stands also as {}", place.name, other.id),
                });
            }
        }
    }
    faults.sort_by(|a, b| a.id.cmp(&b.id));
    faults
}

/// Whether Crimea and Sevastopol are Ukraine's, by their units and by the outlines.
fn crimea(gazetteer: &Gazetteer) -> Vec<Fault> {
    let Some(ukraine) = named(gazetteer, "Ukraine", PlaceClass::Country) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for (name, point) in [("Crimea", [34.3, 45.3]), ("Sevastopol", [33.6, 44.58])] {
        let mut fault =
            |id: &str, what: &str| faults.push(Fault { id: id.to_owned(), what: what.to_owned() });
        // Sevastopol may be kept as a unit or as the city that it is.
        let unit = named(gazetteer, name, PlaceClass::Admin1)
            .or_else(|| named(gazetteer, name, PlaceClass::Settlement));
        match unit {
            Some(unit) if gazetteer.country(unit) == Some(ukraine) => {}
            Some(unit) => fault(gazetteer.place(unit).id, "does not lie in Ukraine"),
            None => fault(name, "is not in the gazetteer"),
        }
        let countries: Vec<PlaceIx> = gazetteer
            .areas_at(point)
            .into_iter()
            .filter(|&ix| gazetteer.class(ix) == PlaceClass::Country)
            .collect();
        if !countries.is_empty() && countries != [ukraine] {
            fault(name, "is not inside Ukraine's outline alone");
        }
    }
    faults
}

/// The first place with a name in a class.
fn named(gazetteer: &Gazetteer, name: &str, class: PlaceClass) -> Option<PlaceIx> {
    gazetteer.lookup(name, None).into_iter().map(|hit| hit.place).find(|&ix| gazetteer.class(ix) == class)
}

/// Whether an id is a code of Ukraine's official list of units and settlements.
fn is_katottg(id: &str) -> bool {
    id.len() == 19 && id.starts_with("UA") && id[2..].bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a place of one class may have a unit of another as its parent.
fn may_lie_in(class: PlaceClass, parent: PlaceClass) -> bool {
    use PlaceClass::{Admin1, Admin2, Admin3, Country, Settlement};
    match class {
        Country => false,
        Admin1 => parent == Country,
        Admin2 => matches!(parent, Country | Admin1),
        Admin3 => matches!(parent, Country | Admin1 | Admin2),
        // A part of a town lies in the town.
        _ => matches!(parent, Country | Admin1 | Admin2 | Admin3 | Settlement),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn faults_are_found() {
        let faults = check(&fixture::gazetteer());
        let said: Vec<String> = faults.iter().map(|fault| format!("{} {}", fault.id, fault.what)).collect();
        assert_eq!(
            said,
            ["Crimea is not in the gazetteer", "Sevastopol is not in the gazetteer"],
            "the fixture has no Crimea, and is right otherwise"
        );
    }

    #[test]
    fn every_exception_is_needed() {
        let faults = check_all(&Gazetteer::embedded());
        for (id, reason) in exceptions() {
            assert!(faults.iter().any(|fault| fault.id == id), "nothing is wrong with {id} any more");
            assert!(!reason.is_empty(), "{id}");
        }
    }

    #[test]
    fn settlements_are_counted_by_oblast() {
        let info = info(&fixture::gazetteer());
        assert_eq!(info.classes["settlement"], 9);
        assert_eq!(info.countries, [("Ukraine".to_owned(), 6)]);
        assert!(info.oblasts.is_empty(), "its ids are no codes of the official list");
    }
}
