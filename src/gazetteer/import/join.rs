//! Which known place each imported one is. A place is known by its id, or by its folded name, its class and
//! where it lies: in the same raion, or near enough for how exactly both points are known.

use super::{Found, Report};
use crate::gazetteer::{Gazetteer, PlaceClass, PlaceIx, distance_m};
use std::collections::{BTreeMap, HashMap};

/// Two points of one settlement lie at most so far apart, beyond the radii that they state.
const APART_M: f64 = 5_000.0;

/// Gives each place the id of the known one that it is, and a parent where it has none.
pub(super) fn join(places: Vec<Found>, known: &Gazetteer, report: &mut Report) -> Vec<Found> {
    let raions = Raions::of(known);
    let mut pairs: Vec<(f64, usize, PlaceIx)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        pairs.extend(candidates(place, known, &raions).into_iter().map(|(distance, ix)| (distance, at, ix)));
    }
    // The closest pairs are settled first, so that of two namesakes each gets its own.
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut joined: HashMap<usize, PlaceIx> = HashMap::new();
    let mut taken: HashMap<PlaceIx, usize> = HashMap::new();
    for (_, at, ix) in pairs {
        if !joined.contains_key(&at) && !taken.contains_key(&ix) {
            joined.insert(at, ix);
            taken.insert(ix, at);
        }
    }
    report.known = joined.len();
    report.new = places.len() - joined.len();

    let units = unit_ids(&places, &joined, known);
    let mut merged: BTreeMap<String, Found> = BTreeMap::new();
    for (at, mut place) in places.into_iter().enumerate() {
        let own = std::mem::take(&mut place.id);
        match joined.get(&at) {
            Some(&ix) => as_known(&mut place, ix, known),
            None => {
                place.id = own;
                if place.parent.is_none() {
                    place.parent = parent(&place, &units, &raions, known);
                }
            }
        }
        merged.insert(place.id.clone(), place);
    }
    merged.into_values().collect()
}

/// The known places that an imported one may be, each with the distance of the points in metres.
fn candidates(place: &Found, known: &Gazetteer, raions: &Raions) -> Vec<(f64, PlaceIx)> {
    if let Some(ix) = known.by_id(&place.id) {
        return vec![(-1.0, ix)];
    }
    let Some(point) = place.point else { return Vec::new() };
    let raion = raions.by_codes(&place.codes);
    let mut found: Vec<(f64, PlaceIx)> = Vec::new();
    let names = std::iter::once(place.name.as_str()).chain(place.names.iter().map(|name| name.text.as_str()));
    for name in names {
        for hit in known.lookup(name, None) {
            let other = known.place(hit.place);
            let near_enough =
                |distance: f64| distance <= f64::from(place.radius_m + other.radius_m) + APART_M;
            let fits = !hit.inflected && other.class == place.class && is_join_class(place.class);
            let Some(distance) = other.point.map(|other| distance_m(point, other)).filter(|_| fits) else {
                continue;
            };
            let same_raion = raion.is_some_and(|raion| known.lies_in(hit.place, raion));
            if (same_raion || near_enough(distance)) && !found.iter().any(|&(_, ix)| ix == hit.place) {
                // A namesake in the raion is the likelier one, wherever the raion's or hromada's centre lies.
                found.push((if same_raion { distance / 10.0 } else { distance }, hit.place));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// Whether places of a class are told apart by name and point.
fn is_join_class(class: PlaceClass) -> bool {
    !matches!(class, PlaceClass::Water | PlaceClass::Road)
}

/// Makes a place an addition to a known one: what is known already is left out.
fn as_known(place: &mut Found, ix: PlaceIx, known: &Gazetteer) {
    let other = known.place(ix);
    place.id = other.id.to_owned();
    place.class = other.class;
    place.parent = None;
    let names = known.names(ix);
    let mut further = std::mem::take(&mut place.names);
    if place.name != other.name {
        let main = std::mem::replace(&mut place.name, other.name.to_owned());
        further.push(super::FoundName { text: main, ..Default::default() });
    }
    further.retain(|name| !names.iter().any(|known| known.text == name.text));
    place.names = further;
}

/// Ids of the units among the imported places, by their codes.
fn unit_ids(
    places: &[Found],
    joined: &HashMap<usize, PlaceIx>,
    known: &Gazetteer,
) -> HashMap<[String; 3], String> {
    let mut units = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        let [country, first, second] = place.codes.clone();
        let codes = match place.class {
            PlaceClass::Country => [country, String::new(), String::new()],
            PlaceClass::Admin1 => [country, first, String::new()],
            PlaceClass::Admin2 => [country, first, second],
            _ => continue,
        };
        let id = joined.get(&at).map_or(place.id.as_str(), |&ix| known.place(ix).id);
        units.insert(codes, id.to_owned());
    }
    units
}

/// The unit that a new place lies in: by its codes, else by the outlines.
fn parent(
    place: &Found,
    units: &HashMap<[String; 3], String>,
    raions: &Raions,
    known: &Gazetteer,
) -> Option<String> {
    let id = |ix: PlaceIx| known.place(ix).id.to_owned();
    if matches!(place.class, PlaceClass::Settlement | PlaceClass::Admin3)
        && let Some(raion) = raions.by_codes(&place.codes)
    {
        return Some(id(raion));
    }
    let mut codes = place.codes.clone();
    // A unit does not lie in itself.
    let own = match place.class {
        PlaceClass::Country => 0,
        PlaceClass::Admin1 => 1,
        PlaceClass::Admin2 => 2,
        _ => 3,
    };
    codes[own..].iter_mut().for_each(String::clear);
    for cut in (0..own).rev() {
        if let Some(unit) = units.get(&codes).filter(|&unit| *unit != place.id && !codes[0].is_empty()) {
            return Some(unit.clone());
        }
        codes[cut].clear();
    }
    let areas = known.areas_at(place.point?);
    areas.into_iter().find(|&ix| known.class(ix) < place.class || own == 3).map(id)
}

/// Ukraine's raions by the code that GeoNames gives them, which is the beginning of their official one.
struct Raions(HashMap<String, PlaceIx>);

impl Raions {
    fn of(known: &Gazetteer) -> Raions {
        const COUNTRY_AND_DIGITS: usize = 6;
        let raions = known.places().filter(|&ix| known.class(ix) == PlaceClass::Admin2);
        let by_code = raions.filter_map(|ix| {
            let id = known.place(ix).id;
            let code = id.get(..COUNTRY_AND_DIGITS).filter(|code| code.starts_with("UA"))?;
            Some((code.to_owned(), ix))
        });
        Raions(by_code.collect())
    }

    fn by_codes(&self, [country, _, second]: &[String; 3]) -> Option<PlaceIx> {
        (country == "UA").then(|| self.0.get(&format!("UA{second}")).copied()).flatten()
    }
}
