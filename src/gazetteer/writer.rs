//! Compiles rows into the format of `layout`.
//! The build script compiles this file too, so the embedded gazetteer and the packs of `import` cannot differ.

use super::fold::{self, Folder};
use super::layout::{self, *};
use super::rows::{self, Complaint, NameRow, OutlineRow, PlaceRow};
use std::collections::{BTreeMap, HashMap};

/// Everything that goes into one compiled gazetteer, in any order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows<'a> {
    /// The places.
    pub(crate) places: Vec<PlaceRow<'a>>,
    /// Their further names.
    pub(crate) names: Vec<NameRow<'a>>,
    /// The outlines of some.
    pub(crate) outlines: Vec<OutlineRow<'a>>,
}

/// What to do about parents, named places and outlined places that are no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strangers {
    /// Complain.
    Forbid,
    /// Keep a parent's id for another gazetteer to know; leave out the names and outlines.
    Keep,
}

/// Compiles `rows`; `version` is kept as it is.
pub(crate) fn write(rows: Rows, version: &str, strangers: Strangers) -> Result<Vec<u8>, Complaint> {
    let Rows { mut places, names, outlines } = rows;
    places.sort_by_key(|place| place.id);
    let mut by_id = HashMap::with_capacity(places.len());
    for (ix, place) in places.iter().enumerate() {
        if let Some(first) = by_id.insert(place.id, ix as u32) {
            let first: &PlaceRow = &places[first as usize];
            return Err(Complaint::new(
                place.at,
                format!("id {} stands already at {}:{}", place.id, first.at.file, first.at.line),
            ));
        }
    }

    let mut strings = Strings::default();
    let mut sections: [Vec<u8>; SECTIONS] = Default::default();
    let named = group_names(&places, &by_id, &names, strangers)?;
    write_names(&places, &named, &mut strings, &mut sections);
    write_keys(&places, &named, &mut sections);
    write_places(&places, &by_id, strangers, &mut strings, &mut sections)?;
    write_grid(&places, &mut sections);
    write_outlines(&by_id, outlines, strangers, &mut sections)?;
    sections[STRINGS] = strings.pool;
    sections[VERSION] = version.as_bytes().to_vec();
    Ok(join(&sections))
}

/// The further names of each place, without those that say nothing new.
fn group_names<'r, 'a>(
    places: &[PlaceRow<'a>],
    by_id: &HashMap<&str, u32>,
    names: &'r [NameRow<'a>],
    strangers: Strangers,
) -> Result<Vec<Vec<&'r NameRow<'a>>>, Complaint> {
    let mut named: Vec<Vec<&NameRow>> = vec![Vec::new(); places.len()];
    for name in names {
        match (by_id.get(name.place), strangers) {
            (Some(&ix), _) => named[ix as usize].push(name),
            (None, Strangers::Keep) => {}
            (None, Strangers::Forbid) => {
                return Err(Complaint::new(name.at, format!("{} is no place's id", name.place)));
            }
        }
    }
    for (place, names) in places.iter().zip(&mut named) {
        // The best kind of a spelling stays; the main name is known to be the best.
        names.sort_by_key(|name| (name.kind, name.at.line));
        let mut kept: Vec<&NameRow> = Vec::with_capacity(names.len());
        for name in names.drain(..) {
            let again = name.name == place.name
                || kept.iter().any(|other| {
                    other.name == name.name && (other.lang == name.lang || name.kind > other.kind)
                });
            if !again {
                kept.push(name);
            }
        }
        *names = kept;
    }
    Ok(named)
}

/// [`NAMES`], [`FIRST_NAMES`] and [`DATES`].
fn write_names(
    places: &[PlaceRow],
    named: &[Vec<&NameRow>],
    strings: &mut Strings,
    sections: &mut [Vec<u8>; SECTIONS],
) {
    let mut count = 0;
    for (ix, (place, names)) in places.iter().zip(named).enumerate() {
        put(&mut sections[FIRST_NAMES], count);
        let main = pack_name(strings.intern(place.name), 0, 0);
        put(&mut sections[NAMES], ix as u32);
        put(&mut sections[NAMES], main);
        count += 1;
        for name in names {
            let lang = rows::lang_code(name.lang);
            put(&mut sections[NAMES], ix as u32);
            put(&mut sections[NAMES], pack_name(strings.intern(name.name), lang, name.kind));
            if !(name.from.is_empty() && name.to.is_empty()) {
                put(&mut sections[DATES], count);
                put(&mut sections[DATES], strings.intern(name.from));
                put(&mut sections[DATES], strings.intern(name.to));
            }
            count += 1;
        }
    }
    put(&mut sections[FIRST_NAMES], count);
}

/// [`BUCKETS`], [`KEYS`] and [`FILTER`].
fn write_keys(places: &[PlaceRow], named: &[Vec<&NameRow>], sections: &mut [Vec<u8>; SECTIONS]) {
    let mut wholes: Vec<(u64, u32)> = Vec::new();
    let mut beginnings: Vec<u64> = Vec::new();
    let mut folder = Folder::default();
    let mut count = 0;
    let mut add = |name: &str, lang: &str| {
        for &reading in fold::readings(name, Some(lang)) {
            folder.clear();
            let mut words = fold::words(name).peekable();
            while let Some(word) = words.next() {
                folder.push_word(word, reading);
                if words.peek().is_some() {
                    beginnings.push(folder.hash());
                } else {
                    wholes.push((folder.hash(), count));
                }
            }
        }
        count += 1;
    };
    for (place, names) in places.iter().zip(named) {
        add(place.name, "");
        for name in names {
            add(name.name, name.lang);
        }
    }
    wholes.sort_unstable();
    wholes.dedup();
    beginnings.sort_unstable();
    beginnings.dedup();

    // Four keys a bucket, so that a look-up reads one line of memory.
    let bits = (wholes.len() / 4).max(2).next_power_of_two().ilog2();
    let mut next = 0;
    for number in 0..=1_usize << bits {
        while wholes.get(next).is_some_and(|&(hash, _)| bucket(hash, bits).0 < number) {
            next += 1;
        }
        put(&mut sections[BUCKETS], next as u32);
    }
    for &(hash, name) in &wholes {
        put(&mut sections[KEYS], bucket(hash, bits).1);
        put(&mut sections[KEYS], name);
    }

    let slots = ((wholes.len() + beginnings.len()) * 8).next_power_of_two().max(64);
    let mut filter = vec![0_u8; slots / 4];
    let mut mark = |hash: u64, bit: u8| {
        let slot = hash as usize & (slots - 1);
        filter[slot / 4] |= bit << (slot % 4 * 2);
    };
    wholes.iter().for_each(|&(hash, _)| mark(hash, WHOLE));
    beginnings.iter().for_each(|&hash| mark(hash, BEGINNING));
    sections[FILTER] = filter;
}

/// [`PLACES`] and [`WORDS`].
fn write_places(
    places: &[PlaceRow],
    by_id: &HashMap<&str, u32>,
    strangers: Strangers,
    strings: &mut Strings,
    sections: &mut [Vec<u8>; SECTIONS],
) -> Result<(), Complaint> {
    let mut words = BTreeMap::new();
    for place in places {
        let parent = match place.parent {
            None => NONE,
            Some(id) => match (by_id.get(id), strangers) {
                (Some(&ix), _) => ix,
                (None, Strangers::Keep) => ELSEWHERE | strings.intern(id),
                (None, Strangers::Forbid) => {
                    return Err(Complaint::new(
                        place.at,
                        format!("parent {id} of {} is no place's id", place.id),
                    ));
                }
            },
        };
        let mut word = |text| {
            let next = words.len() as u16;
            *words.entry(text).or_insert_with(|| {
                put(&mut sections[WORDS], strings.intern(text));
                next
            })
        };
        let (kind, source) = (word(place.kind), word(place.source));
        let units = place.point.map_or([NO_DEGREES; 2], |point| point.map(to_units));
        let out = &mut sections[PLACES];
        put(out, strings.intern(place.id));
        put(out, units[0] as u32);
        put(out, units[1] as u32);
        put(out, place.radius_m);
        put(out, place.population.unwrap_or(NONE));
        put(out, parent);
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&source.to_le_bytes());
        out.extend_from_slice(&[place.class, place.precision]);
    }
    Ok(())
}

/// [`GRID_ROWS`] and [`GRID`].
fn write_grid(places: &[PlaceRow], sections: &mut [Vec<u8>; SECTIONS]) {
    let mut cells: Vec<(usize, i32, u32)> = places
        .iter()
        .enumerate()
        .filter_map(|(ix, place)| {
            let [lon, lat] = place.point?.map(to_units);
            Some((grid_row(lat), lon, ix as u32))
        })
        .collect();
    cells.sort_unstable();
    for row in 0..=GRID_ROW_COUNT {
        let first = cells.partition_point(|&(other, _, _)| other < row);
        put(&mut sections[GRID_ROWS], first as u32);
    }
    for &(_, _, ix) in &cells {
        put(&mut sections[GRID], ix);
    }
}

/// [`OUTLINES`] and [`RINGS`].
fn write_outlines(
    by_id: &HashMap<&str, u32>,
    outlines: Vec<OutlineRow>,
    strangers: Strangers,
    sections: &mut [Vec<u8>; SECTIONS],
) -> Result<(), Complaint> {
    let mut known = BTreeMap::new();
    for outline in outlines {
        match (by_id.get(outline.place), strangers) {
            (Some(&ix), _) => {
                known.insert(ix, outline);
            }
            (None, Strangers::Keep) => {}
            (None, Strangers::Forbid) => {
                return Err(Complaint::new(outline.at, format!("{} is no place's id", outline.place)));
            }
        }
    }
    for (ix, outline) in known {
        let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for &point in outline.polygons.iter().flatten().flatten() {
            let [lon, lat] = point.map(to_units);
            bounds = [bounds[0].min(lon), bounds[1].min(lat), bounds[2].max(lon), bounds[3].max(lat)];
        }
        let first = sections[RINGS].len() as u32;
        put(&mut sections[OUTLINES], ix);
        for bound in bounds {
            put(&mut sections[OUTLINES], bound as u32);
        }
        put(&mut sections[OUTLINES], first);
        put(&mut sections[OUTLINES], outline.polygons.len() as u32);
        for polygon in outline.polygons {
            layout::write_polygon(polygon, &mut sections[RINGS]);
        }
    }
    Ok(())
}

/// The file of the sections.
fn join(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let length = HEADER + sections.iter().map(Vec::len).sum::<usize>();
    let mut file = Vec::with_capacity(length);
    file.extend_from_slice(MAGIC);
    let mut at = HEADER;
    for section in sections {
        put(&mut file, at as u32);
        at += section.len();
    }
    put(&mut file, at as u32);
    for section in sections {
        file.extend_from_slice(section);
    }
    file
}

/// Appends a number.
fn put(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// Each different string once.
#[derive(Default)]
struct Strings {
    pool: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Strings {
    /// Where a string stands in the pool.
    fn intern(&mut self, string: &str) -> u32 {
        if let Some(&at) = self.known.get(string) {
            return at;
        }
        let at = self.pool.len() as u32;
        write_varint(string.len() as u32, &mut self.pool);
        self.pool.extend_from_slice(string.as_bytes());
        self.known.insert(string.to_owned(), at);
        at
    }
}
