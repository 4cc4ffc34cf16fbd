//! Which places are known, by which names: [`Place`]s found by any spelling of any of their names.
//! Which of several is meant in a text is `resolve`'s question.
//!
//! [`Gazetteer`] is the embedded table and the packs added to it. [`Gazetteer::lookup`] takes one name,
//! [`Gazetteer::scan`] finds all names of a text. The tables are compiled from `gazetteer/*/*.tsv`
//! (`rows`, `writer`, `layout`; shared with the build script) and read where they lie (`table`).

mod boundary;
#[cfg(test)]
mod fixture;
mod country;
pub mod import;
#[cfg_attr(not(test), allow(dead_code, reason = "used by the build script"))]
mod layout;
mod memory;
mod name;
mod near;
mod place;
// The build script reads the text tables; here only tests do.
#[cfg_attr(not(test), allow(dead_code, reason = "used by the build script"))]
mod rows;
mod scan;
mod suggest;
mod survey;
mod table;
#[cfg_attr(not(test), allow(dead_code, reason = "used by the build script"))]
mod writer;

pub use boundary::Boundary;
pub use memory::Memory;
pub use name::{Name, NameHit, NameKind, NameTier};
pub use near::distance_m;
pub use place::{Place, PlaceClass, PlaceIx, PointPrecision};
pub use scan::NameMatch;
pub use suggest::EDITED_LETTERS_MIN;
pub use survey::{Fault, Info, OblastShare, check, exceptions, info};
pub use table::TableError;

// `layout`, `rows` and `writer` are compiled by the build script as well, where it lies beside them.
use crate::text::fold;

use crate::document::{Lang, Span};
use crate::text::token;
use layout::{ELSEWHERE, NO_DEGREES, NONE, UNITS};
use std::borrow::Cow;
use table::Table;

/// The places of the embedded gazetteer and of any packs.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    /// The embedded one first.
    layers: Vec<Layer>,
    /// Places of packs that are a place of an earlier layer, sorted: that place, layer, position there.
    doubles: Vec<(PlaceIx, usize, u32)>,
}

/// A place without its names and units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sketch<'g> {
    /// What sort of thing it is.
    pub class: PlaceClass,
    /// The finer word of its source.
    pub kind: &'g str,
    /// Metres around the point that hold the true one in about 90 % of cases.
    pub radius_m: u32,
    /// Longitude and latitude, degrees WGS 84.
    pub point: Option<[f64; 2]>,
    /// How well the point is known.
    pub precision: PointPrecision,
    /// Inhabitants, where a source says.
    pub population: Option<u32>,
}

/// One table and how its positions continue those before it.
#[derive(Clone, Debug)]
struct Layer {
    table: Table,
    /// The [`PlaceIx`] of its first place.
    first: u32,
    /// What each of its places is known as, itself or a place of an earlier layer; empty for the first.
    known_as: Vec<PlaceIx>,
}

/// A compiled gazetteer from a file, to be added to the embedded one.
#[derive(Clone, Debug)]
pub struct Pack {
    table: Table,
}

impl Pack {
    /// A pack from the bytes of its file.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Pack, TableError> {
        Table::open(Cow::Owned(bytes)).map(|table| Pack { table })
    }
}

/// The compiled tables of `gazetteer/`.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

impl Gazetteer {
    /// The gazetteer that the program carries. Only its header and its few kinds and sources are read.
    pub fn embedded() -> Gazetteer {
        let table = Table::open(Cow::Borrowed(EMBEDDED))
            .expect("the build script writes the format that is read here");
        Gazetteer { layers: vec![Layer { table, first: 0, known_as: Vec::new() }], doubles: Vec::new() }
    }

    /// Adds a pack. A place with the id of a known one is that place: its names are added, and the
    /// better of the two points is taken.
    #[must_use]
    pub fn with_pack(mut self, pack: Pack) -> Gazetteer {
        let layer = self.layers.len();
        let first = self.len() as u32;
        let mut known_as: Vec<PlaceIx> =
            (0..pack.table.len() as u32).map(|local| PlaceIx(first + local)).collect();
        // Earlier layers go last, so that the first one that has an id counts.
        for earlier in self.layers.iter().rev() {
            for (own, local) in earlier.table.in_both(&pack.table) {
                known_as[local as usize] = PlaceIx(earlier.first + own);
            }
        }
        let joined = known_as.iter().enumerate().filter(|&(local, known)| known.0 != first + local as u32);
        self.doubles.extend(joined.map(|(local, &known)| (known, layer, local as u32)));
        self.doubles.sort_unstable();
        self.layers.push(Layer { table: pack.table, first, known_as });
        self
    }

    /// How many places there are; a place that several gazetteers have is counted in each.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.table.len()).sum()
    }

    /// Whether there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All places, each once.
    pub fn places(&self) -> impl Iterator<Item = PlaceIx> {
        let layers = self.layers.iter().enumerate();
        layers.flat_map(move |(layer, of)| {
            (0..of.table.len() as u32)
                .map(move |local| (PlaceIx(of.first + local), self.known_as(layer, local)))
                .filter(|(own, known)| own == known)
                .map(|(own, _)| own)
        })
    }

    /// What is known of a place.
    ///
    /// # Panics
    /// When `ix` is of another gazetteer and lies outside this one.
    pub fn place(&self, ix: PlaceIx) -> Place<'_> {
        let (layer, local) = self.locate(ix);
        let mut place = self.place_of(layer, local);
        for &(_, layer, local) in self.doubles_of(ix) {
            let other = self.place_of(layer, local);
            if other.precision < place.precision {
                place.point = other.point;
                place.precision = other.precision;
                place.radius_m = other.radius_m;
                place.source = other.source;
            }
            place.population = place.population.or(other.population);
            place.parent = place.parent.or(other.parent);
        }
        place
    }

    /// The place with an id.
    pub fn by_id(&self, id: &str) -> Option<PlaceIx> {
        self.layers.iter().find_map(|layer| {
            let local = layer.table.by_id(id)?;
            Some(PlaceIx(layer.first + local))
        })
    }

    /// All names of a place, the main one first.
    pub fn names(&self, ix: PlaceIx) -> Vec<Name<'_>> {
        let own = self.locate(ix);
        let doubles = self.doubles_of(ix).iter();
        let mut names: Vec<Name> = Vec::new();
        for (layer, local) in std::iter::once(own).chain(doubles.map(|&(_, layer, at)| (layer, at))) {
            let table = &self.layers[layer].table;
            for name in table.names_of(local) {
                let name = name_of(table, name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The units a place lies in, from the next one up to the country.
    pub fn parents(&self, ix: PlaceIx) -> impl Iterator<Item = PlaceIx> {
        // A table that says a place lies in itself must not hang the program.
        const DEEPEST: usize = 8;
        std::iter::successors(self.parent(ix), |&ix| self.parent(ix)).take(DEEPEST)
    }

    /// The place itself or the unit it lies in that is of `class`.
    pub fn unit(&self, ix: PlaceIx, class: PlaceClass) -> Option<PlaceIx> {
        std::iter::once(ix).chain(self.parents(ix)).find(|&unit| self.class(unit) == class)
    }

    /// The first-level unit that a place is or lies in.
    pub fn admin1(&self, ix: PlaceIx) -> Option<PlaceIx> {
        self.unit(ix, PlaceClass::Admin1)
    }

    /// The second-level unit that a place is or lies in.
    pub fn admin2(&self, ix: PlaceIx) -> Option<PlaceIx> {
        self.unit(ix, PlaceClass::Admin2)
    }

    /// The country that a place is or lies in.
    pub fn country(&self, ix: PlaceIx) -> Option<PlaceIx> {
        self.unit(ix, PlaceClass::Country)
    }

    /// Whether a place is or lies in `unit`.
    pub fn lies_in(&self, ix: PlaceIx, unit: PlaceIx) -> bool {
        ix == unit || self.parents(ix).any(|parent| parent == unit)
    }

    /// What resolution and recognition ask of every candidate; cheaper than [`Gazetteer::place`].
    pub fn sketch(&self, ix: PlaceIx) -> Sketch<'_> {
        if !self.doubles_of(ix).is_empty() {
            let place = self.place(ix);
            let Place { class, kind, point, precision, radius_m, population, .. } = place;
            return Sketch { class, kind, point, precision, radius_m, population };
        }
        let (layer, local) = self.locate(ix);
        let table = &self.layers[layer].table;
        let record = table.place(local);
        Sketch {
            class: PlaceClass::ALL[usize::from(record.class)],
            kind: table.word(record.kind),
            radius_m: record.radius_m,
            point: degrees(record.units),
            precision: PointPrecision::ALL[usize::from(record.precision)],
            population: Some(record.population).filter(|&population| population != NONE),
        }
    }

    /// The id of a place; cheaper than [`Gazetteer::place`].
    pub fn id(&self, ix: PlaceIx) -> &str {
        let (layer, local) = self.locate(ix);
        let table = &self.layers[layer].table;
        table.string(table.place(local).id)
    }

    /// Whether a place bears an id of Ukraine's codifier.
    pub fn is_ukrainian(&self, ix: PlaceIx) -> bool {
        self.id(ix).starts_with("UA")
    }

    /// The class of a place; cheaper than [`Gazetteer::place`].
    pub fn class(&self, ix: PlaceIx) -> PlaceClass {
        let (layer, local) = self.locate(ix);
        let code = self.layers[layer].table.place(local).class;
        PlaceClass::ALL[usize::from(code)]
    }

    /// The next unit up; cheaper than [`Gazetteer::place`].
    pub fn parent(&self, ix: PlaceIx) -> Option<PlaceIx> {
        let (layer, local) = self.locate(ix);
        self.parent_of(layer, self.layers[layer].table.place(local).parent)
    }

    /// A parent as a layer's table has it.
    fn parent_of(&self, layer: usize, parent: u32) -> Option<PlaceIx> {
        match parent {
            NONE => None,
            elsewhere if elsewhere & ELSEWHERE != 0 => {
                self.by_id(self.layers[layer].table.string(elsewhere & !ELSEWHERE))
            }
            local => Some(self.known_as(layer, local)),
        }
    }

    /// The places that a name may denote, best spelling first. `lang` is the language of the text the
    /// name stands in; Ukrainian and Russian names are found in all their cases.
    pub fn lookup(&self, name: &str, lang: Option<Lang>) -> Vec<NameHit> {
        let tokens = token::tokens(name, Span::new(0, name.len()));
        match self.whole_name(name, &tokens, lang) {
            Some(whole) => self.hits(name, &whole),
            None => Vec::new(),
        }
    }

    /// Whether some place has a name as it stands, in any spelling; the places are [`Gazetteer::lookup`]'s answer.
    pub fn is_known(&self, name: &str, lang: Option<Lang>) -> bool {
        let mut folder = fold::Folder::default();
        fold::readings(name, lang.map(Lang::code)).iter().any(|&reading| {
            folder.set(name, reading);
            self.has(folder.hash())
        })
    }

    /// The places that a match of [`Gazetteer::scan`] may denote, best spelling first.
    pub fn hits(&self, text: &str, found: &NameMatch) -> Vec<NameHit> {
        let mut hits = Vec::new();
        let spelling = found.span.of(text);
        for &key in found.keys.iter().flatten() {
            self.hits_of(spelling, key, false, &mut hits);
        }
        for inflected in &found.inflected {
            self.hits_of(&inflected.name, inflected.key, true, &mut hits);
        }
        best_of_each(&mut hits);
        hits
    }

    /// Version of the embedded tables: their date, if they have one, and a hash of their content; those of packs follow after a `+`.
    pub fn version(&self) -> String {
        let versions: Vec<&str> = self.layers.iter().map(|layer| layer.table.version()).collect();
        versions.join("+")
    }

    /// Appends a hit for each name with the key.
    fn hits_of(&self, spelling: &str, key: u64, inflected: bool, hits: &mut Vec<NameHit>) {
        for (layer, of) in self.layers.iter().enumerate() {
            // Namesakes share one string, so the last comparison often serves again.
            let mut last = None;
            for name in of.table.names_with(key) {
                let (local, packed) = of.table.name(name);
                let string = layout::name_string(packed);
                if inflected && !scan::has_cases(of.table.string(string)) {
                    continue;
                }
                let tier = match last {
                    Some((same, tier)) if same == string => tier,
                    _ => NameTier::of(spelling, of.table.string(string)),
                };
                last = Some((string, tier));
                hits.push(NameHit {
                    place: self.known_as(layer, local),
                    tier,
                    kind: NameKind::ALL[layout::name_kind(packed)],
                    inflected,
                });
            }
        }
    }

    /// Layer and position there of a place.
    fn locate(&self, ix: PlaceIx) -> (usize, u32) {
        let layer =
            self.layers.iter().rposition(|layer| layer.first <= ix.0).expect("the first layer begins at 0");
        (layer, ix.0 - self.layers[layer].first)
    }

    /// The place that a layer's place is, itself or one of an earlier layer.
    fn known_as(&self, layer: usize, local: u32) -> PlaceIx {
        let layer = &self.layers[layer];
        layer.known_as.get(local as usize).copied().unwrap_or(PlaceIx(layer.first + local))
    }

    /// The places of packs that are `ix`.
    fn doubles_of(&self, ix: PlaceIx) -> &[(PlaceIx, usize, u32)] {
        let from = self.doubles.partition_point(|&(known, _, _)| known < ix);
        let rest = &self.doubles[from..];
        &rest[..rest.partition_point(|&(known, _, _)| known == ix)]
    }

    /// A place as one layer has it.
    fn place_of(&self, layer: usize, local: u32) -> Place<'_> {
        let table = &self.layers[layer].table;
        let record = table.place(local);
        let (_, main) = table.name(table.names_of(local).start);
        Place {
            id: table.string(record.id),
            name: table.string(layout::name_string(main)),
            class: PlaceClass::ALL[usize::from(record.class)],
            kind: table.word(record.kind),
            point: degrees(record.units),
            precision: PointPrecision::ALL[usize::from(record.precision)],
            radius_m: record.radius_m,
            population: Some(record.population).filter(|&population| population != NONE),
            parent: self.parent_of(layer, record.parent),
            source: table.word(record.source),
        }
    }
}

/// A name as a table has it.
fn name_of(table: &Table, name: u32) -> Name<'_> {
    let (_, packed) = table.name(name);
    let (from, to) = table.dates(name).unwrap_or(("", ""));
    let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    Name {
        text: table.string(layout::name_string(packed)),
        lang: given(layout::LANGS[layout::name_lang(packed)]),
        kind: NameKind::ALL[layout::name_kind(packed)],
        from: Some(from).filter(|from| !from.is_empty()),
        to: Some(to).filter(|to| !to.is_empty()),
    }
}

/// Units of a coordinate column to degrees.
fn degrees(units: [i32; 2]) -> Option<[f64; 2]> {
    (units[0] != NO_DEGREES).then(|| units.map(|units| f64::from(units) / UNITS))
}

/// Leaves of each place its best hit, best first.
fn best_of_each(hits: &mut Vec<NameHit>) {
    let worth = |hit: &NameHit| (hit.inflected, hit.tier, hit.kind);
    hits.sort_unstable_by_key(|hit| (hit.place, worth(hit)));
    hits.dedup_by_key(|hit| hit.place);
    hits.sort_unstable_by_key(|hit| (worth(hit), hit.place));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids that a name is found under, best first.
    fn ids(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
        let hits = gazetteer.lookup(name, None);
        hits.iter().map(|hit| gazetteer.place(hit.place).id.to_owned()).collect()
    }

    #[test]
    fn places_are_found_by_any_name() {
        let gazetteer = fixture::gazetteer();
        for name in ["Kupiansk", "kupyansk", "Куп'янськ", "Купянск"] {
            assert_eq!(ids(&gazetteer, name), ["UA630801"], "{name}");
        }
        assert_eq!(ids(&gazetteer, "Andriivka"), ["UA1401", "UA6309"]);
        assert_eq!(ids(&gazetteer, "St Petersburg"), ["gn498817"]);
        assert!(ids(&gazetteer, "Kupiansk and").is_empty());
        assert!(ids(&gazetteer, "").is_empty());
    }

    #[test]
    fn a_place_knows_its_units_and_names() {
        let gazetteer = fixture::gazetteer();
        let city = gazetteer.by_id("UA630801").expect("it is in the table");
        let units: Vec<&str> = gazetteer.parents(city).map(|unit| gazetteer.place(unit).name).collect();
        assert_eq!(units, ["Kupiansk Raion", "Kharkiv Oblast", "Ukraine"]);
        assert_eq!(gazetteer.admin1(city), gazetteer.by_id("UA63"));
        let place = gazetteer.place(city);
        assert_eq!(place.point, Some([37.616, 49.71]));
        assert_eq!((place.kind, place.population), ("city", Some(27169)));
        let names: Vec<&str> = gazetteer.names(city).iter().map(|name| name.text).collect();
        assert_eq!(names, ["Kupiansk", "Куп'янськ", "Купянск"]);
        let old = gazetteer.by_id("UA1403").expect("it is in the table");
        let former = gazetteer.names(old)[1];
        assert_eq!((former.from, former.to, former.lang), (Some("1920"), Some("2016-05-12"), Some("en")));
    }

    #[test]
    fn the_embedded_tables_open() {
        assert!(!Gazetteer::embedded().version().is_empty());
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let mut bytes = fixture::bytes();
        assert_eq!(Pack::from_bytes(bytes[..bytes.len() - 1].to_vec()).map(|_| ()), Err(TableError::Damaged));
        bytes[7] = b'0';
        assert_eq!(Pack::from_bytes(bytes).map(|_| ()), Err(TableError::OtherFormat));
        assert_eq!(Pack::from_bytes(b"id\tname".to_vec()).map(|_| ()), Err(TableError::NotATable));
    }
}
