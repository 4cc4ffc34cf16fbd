//! One compiled gazetteer as it lies in memory: the columns of `layout`, read where they are.
//! Several of them together are a [`Gazetteer`](super::Gazetteer).

use super::layout::*;
use std::borrow::Cow;
use std::ops::Range;

/// A compiled gazetteer. Positions of places and names are its own.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    bytes: Cow<'static, [u8]>,
    /// First byte of each section, and the end.
    offsets: [usize; SECTIONS + 1],
    bucket_bits: u32,
    slot_mask: usize,
    /// The kinds and sources, which are asked for far more often than there are of them.
    words: Vec<Box<str>>,
}

/// Why bytes are no compiled gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Other bytes.
    #[error(
        "this is no gazetteer pack (it does not begin with its mark); make one with `frontmap gazetteer import`"
    )]
    NotATable,
    /// Another version of the program wrote it.
    #[error("this gazetteer pack has another format; make it again with `frontmap gazetteer import`")]
    OtherFormat,
    /// The end is missing, or offsets lie.
    #[error("this gazetteer pack is cut off or damaged; make it again with `frontmap gazetteer import`")]
    Damaged,
}

/// A row of [`PLACES`] as it is stored.
pub(crate) struct PlaceRecord {
    pub(crate) id: u32,
    pub(crate) units: [i32; 2],
    pub(crate) radius_m: u32,
    pub(crate) population: u32,
    pub(crate) parent: u32,
    pub(crate) kind: u16,
    pub(crate) source: u16,
    pub(crate) class: u8,
    pub(crate) precision: u8,
}

impl Table {
    /// Checks the header; the rest is read when it is asked for.
    pub(crate) fn open(bytes: Cow<'static, [u8]>) -> Result<Table, TableError> {
        let mark = bytes.get(..MAGIC.len()).ok_or(TableError::NotATable)?;
        if mark[..MAGIC.len() - 2] != MAGIC[..MAGIC.len() - 2] {
            return Err(TableError::NotATable);
        }
        if mark != MAGIC {
            return Err(TableError::OtherFormat);
        }
        let header = bytes.get(..HEADER).ok_or(TableError::Damaged)?;
        let mut offsets = [0; SECTIONS + 1];
        for (section, offset) in offsets.iter_mut().enumerate() {
            *offset = number(header, MAGIC.len() / 4 + section) as usize;
        }
        let buckets = (offsets[BUCKETS + 1].saturating_sub(offsets[BUCKETS]) / 4).saturating_sub(1);
        let slots = offsets[FILTER + 1].saturating_sub(offsets[FILTER]) * 4;
        let whole = offsets[0] == HEADER
            && offsets.is_sorted()
            && offsets[SECTIONS] == bytes.len()
            && buckets.is_power_of_two()
            && buckets > 1
            && slots.is_power_of_two();
        if !whole {
            return Err(TableError::Damaged);
        }
        let mut table =
            Table { bytes, offsets, bucket_bits: buckets.ilog2(), slot_mask: slots - 1, words: Vec::new() };
        let words = 0..table.section(WORDS).len() / 4;
        table.words = words.map(|word| table.string(number(table.section(WORDS), word)).into()).collect();
        Ok(table)
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        (self.offsets[PLACES + 1] - self.offsets[PLACES]) / PLACE_BYTES
    }

    /// The stored row of a place.
    #[inline]
    pub(crate) fn place(&self, ix: u32) -> PlaceRecord {
        let at = ix as usize * PLACE_BYTES;
        let row = &self.section(PLACES)[at..at + PLACE_BYTES];
        let half = |at: usize| u16::from_le_bytes([row[at], row[at + 1]]);
        PlaceRecord {
            id: number(row, 0),
            units: [number(row, 1) as i32, number(row, 2) as i32],
            radius_m: number(row, 3),
            population: number(row, 4),
            parent: number(row, 5),
            kind: half(24),
            source: half(26),
            class: row[28],
            precision: row[29],
        }
    }

    /// A string of the pool.
    pub(crate) fn string(&self, at: u32) -> &str {
        let mut rest = self.section(STRINGS).get(at as usize..).unwrap_or(&[]);
        let length = read_varint(&mut rest) as usize;
        std::str::from_utf8(rest.get(..length).unwrap_or(&[])).unwrap_or("")
    }

    /// A kind or source.
    pub(crate) fn word(&self, word: u16) -> &str {
        self.words.get(usize::from(word)).map_or("", |word| word)
    }

    /// The version it was written with.
    pub(crate) fn version(&self) -> &str {
        std::str::from_utf8(self.section(VERSION)).unwrap_or("")
    }

    /// The names of a place, the main one first.
    pub(crate) fn names_of(&self, ix: u32) -> Range<u32> {
        let firsts = self.section(FIRST_NAMES);
        number(firsts, ix as usize)..number(firsts, ix as usize + 1)
    }

    /// Number of names.
    pub(crate) fn name_count(&self) -> u32 {
        (self.section(NAMES).len() / 8) as u32
    }

    /// The place of a name, and the name as packed.
    #[inline]
    pub(crate) fn name(&self, name: u32) -> (u32, u32) {
        let names = self.section(NAMES);
        (number(names, name as usize * 2), number(names, name as usize * 2 + 1))
    }

    /// First and last day of a name, empty where not known.
    pub(crate) fn dates(&self, name: u32) -> Option<(&str, &str)> {
        let dates = self.section(DATES);
        let at = partition(dates.len() / 12, |at| number(dates, at * 3) < name);
        (at < dates.len() / 12 && number(dates, at * 3) == name)
            .then(|| (self.string(number(dates, at * 3 + 1)), self.string(number(dates, at * 3 + 2))))
    }

    /// What the filter says of a key: no bit is certain, a set bit is only likely.
    #[inline]
    pub(crate) fn marks(&self, hash: u64) -> u8 {
        let slot = hash as usize & self.slot_mask;
        self.section(FILTER)[slot / 4] >> (slot % 4 * 2) & 3
    }

    /// The names with a key.
    #[inline]
    pub(crate) fn names_with(&self, hash: u64) -> impl Iterator<Item = u32> {
        let (bucket, fingerprint) = bucket(hash, self.bucket_bits);
        let buckets = self.section(BUCKETS);
        let keys = self.section(KEYS);
        let found = number(buckets, bucket) as usize..number(buckets, bucket + 1) as usize;
        found
            .map(move |key| (number(keys, key * 2), number(keys, key * 2 + 1)))
            .skip_while(move |&(found, _)| found < fingerprint)
            .take_while(move |&(found, _)| found == fingerprint)
            .map(|(_, name)| name)
    }

    /// Whether some name has a key.
    #[inline]
    pub(crate) fn has(&self, hash: u64) -> bool {
        self.marks(hash) & WHOLE != 0 && self.names_with(hash).next().is_some()
    }

    /// The place with an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<u32> {
        let at = partition(self.len(), |at| self.string(self.place(at as u32).id) < id);
        (at < self.len() && self.string(self.place(at as u32).id) == id).then_some(at as u32)
    }

    /// The places whose id `other` has too: position here and there. Both are sorted by id, so one pass does.
    pub(crate) fn in_both(&self, other: &Table) -> Vec<(u32, u32)> {
        let mut both = Vec::new();
        let mut from = 0;
        for there in 0..other.len() {
            let wanted = other.string(other.place(there as u32).id);
            // Doubling steps from the last place found, then halving within the last step.
            let mut step = 1;
            while from + step < self.len() && self.string(self.place((from + step) as u32).id) < wanted {
                step *= 2;
            }
            let count = (step + 1).min(self.len() - from);
            from += partition(count, |at| self.string(self.place((from + at) as u32).id) < wanted);
            if from == self.len() {
                break;
            }
            if self.string(self.place(from as u32).id) == wanted {
                both.push((from as u32, there as u32));
            }
        }
        both
    }

    /// The places of a row of the grid from west to east, as positions in [`Table::grid_place`].
    pub(crate) fn grid_row(&self, row: usize) -> Range<u32> {
        let rows = self.section(GRID_ROWS);
        number(rows, row)..number(rows, row + 1)
    }

    /// The place at a position of the grid.
    pub(crate) fn grid_place(&self, at: u32) -> u32 {
        number(self.section(GRID), at as usize)
    }

    /// The bounds (west, south, east, north, in units) of a place's outline, its number of polygons and their bytes.
    pub(crate) fn outline(&self, ix: u32) -> Option<([i32; 4], u32, &[u8])> {
        let outlines = self.section(OUTLINES);
        let count = outlines.len() / OUTLINE_BYTES;
        let width = OUTLINE_BYTES / 4;
        let at = partition(count, |at| number(outlines, at * width) < ix);
        if at == count || number(outlines, at * width) != ix {
            return None;
        }
        let column = |column| number(outlines, at * width + column);
        let bounds = [1, 2, 3, 4].map(|bound| column(bound) as i32);
        let rings = self.section(RINGS).get(column(5) as usize..)?;
        Some((bounds, column(6), rings))
    }

    /// The places with an outline, in order.
    pub(crate) fn outlined(&self) -> impl Iterator<Item = u32> {
        let outlines = self.section(OUTLINES);
        (0..outlines.len() / OUTLINE_BYTES).map(move |at| number(outlines, at * OUTLINE_BYTES / 4))
    }

    /// The bytes of a section.
    #[inline]
    fn section(&self, section: usize) -> &[u8] {
        &self.bytes[self.offsets[section]..self.offsets[section + 1]]
    }
}

/// The number at a position of a column.
#[inline]
fn number(column: &[u8], at: usize) -> u32 {
    let bytes = &column[at * 4..at * 4 + 4];
    u32::from_le_bytes(bytes.try_into().expect("the slice has four bytes"))
}

/// The first of `0..count` for which `before` does not hold.
pub(crate) fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
