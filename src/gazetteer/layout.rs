//! The format of a compiled gazetteer: flat little-endian columns that are used where they lie.
//! Writing them is `writer`'s work, reading them `table`'s. The build script compiles this file too.
//!
//! A file is [`MAGIC`], [`SECTIONS`] + 1 offsets (u32, from the start of the file; the last is the
//! file's length) and the sections in the order of their numbers below.

/// First bytes of every compiled gazetteer; the last two are the format's number.
pub(crate) const MAGIC: &[u8; 8] = b"frgaz\x0001";
/// Number of sections.
pub(crate) const SECTIONS: usize = 14;
/// Bytes before the first section.
pub(crate) const HEADER: usize = MAGIC.len() + 4 * (SECTIONS + 1);

/// Strings, each with its length (LEB128) before it.
pub(crate) const STRINGS: usize = 0;
/// [`PLACE_BYTES`] a place, sorted by id.
pub(crate) const PLACES: usize = 1;
/// u32 a place and one more: its first name in [`NAMES`].
pub(crate) const FIRST_NAMES: usize = 2;
/// Two u32 a name: the place; string, language and kind ([`pack_name`]). The main name is a place's first.
pub(crate) const NAMES: usize = 3;
/// u32 a bucket and one more: its first key in [`KEYS`]. The top bits of a key's hash are its bucket.
pub(crate) const BUCKETS: usize = 4;
/// Two u32 a key and name: the 32 bits of the hash below those of the bucket; the name. Sorted.
pub(crate) const KEYS: usize = 5;
/// Two bits a slot, the slot being the low bits of a hash: [`WHOLE`] and [`BEGINNING`].
pub(crate) const FILTER: usize = 6;
/// u32 a word: the strings of kinds and sources.
pub(crate) const WORDS: usize = 7;
/// u32 a row and one more: its first place in [`GRID`].
pub(crate) const GRID_ROWS: usize = 8;
/// u32 a place with a point: rows from south to north, in a row from west to east.
pub(crate) const GRID: usize = 9;
/// [`OUTLINE_BYTES`] an outline, sorted by place.
pub(crate) const OUTLINES: usize = 10;
/// Polygons of outlines ([`write_polygon`]).
pub(crate) const RINGS: usize = 11;
/// Three u32 a name with dates: the name, the strings of its first and of its last day. Sorted by name.
pub(crate) const DATES: usize = 12;
/// The version, as text.
pub(crate) const VERSION: usize = 13;

/// Bytes of a place: id, longitude, latitude, radius, population, parent (four each), kind, source (two each), class, precision (one each).
pub(crate) const PLACE_BYTES: usize = 30;
/// Bytes of an outline: place, west, south, east, north, first byte in [`RINGS`], number of polygons (four each).
pub(crate) const OUTLINE_BYTES: usize = 28;
/// No value in a u32 column.
pub(crate) const NONE: u32 = u32::MAX;
/// No value in a coordinate column.
pub(crate) const NO_DEGREES: i32 = i32::MIN;
/// Marks a parent that lies in another gazetteer: the rest is the string of its id.
pub(crate) const ELSEWHERE: u32 = 1 << 31;
/// Units of a coordinate in a degree.
pub(crate) const UNITS: f64 = 100_000.0;
/// Rows of the grid from pole to pole, a tenth of a degree each.
pub(crate) const GRID_ROW_COUNT: usize = 1801;

/// In [`FILTER`]: a name has this key.
pub(crate) const WHOLE: u8 = 1;
/// In [`FILTER`]: the first words of a longer name have this key.
pub(crate) const BEGINNING: u8 = 2;

/// Classes by code.
pub(crate) const CLASSES: [&str; 8] =
    ["settlement", "admin1", "admin2", "admin3", "country", "water", "road", "other"];
/// Precisions of points by code, best first.
pub(crate) const PRECISIONS: [&str; 6] =
    ["exact", "derived", "representative", "admin3_centroid", "admin2_centroid", "none"];
/// Kinds of names by code, best first.
pub(crate) const NAME_KINDS: [&str; 8] =
    ["official", "exonym", "alternate", "short", "russian", "former", "adjective", "ru_generated"];
/// Languages of names by code; any other is written as none.
pub(crate) const LANGS: [&str; 8] = ["", "en", "uk", "ru", "be", "pl", "ro", "de"];

/// String, language and kind of a name in one number.
pub(crate) fn pack_name(string: u32, lang: u8, kind: u8) -> u32 {
    string << 6 | u32::from(lang) << 3 | u32::from(kind)
}

/// The string of a packed name.
pub(crate) fn name_string(packed: u32) -> u32 {
    packed >> 6
}

/// The language of a packed name, a code of [`LANGS`].
pub(crate) fn name_lang(packed: u32) -> usize {
    (packed >> 3 & 7) as usize
}

/// The kind of a packed name, a code of [`NAME_KINDS`].
pub(crate) fn name_kind(packed: u32) -> usize {
    (packed & 7) as usize
}

/// Bucket and fingerprint of a hash, with 2^`bits` buckets.
pub(crate) fn bucket(hash: u64, bits: u32) -> (usize, u32) {
    ((hash >> (64 - bits)) as usize, (hash >> (32 - bits)) as u32)
}

/// The row of the grid that a latitude lies in, south to north; `units` is in 1/[`UNITS`] of a degree.
pub(crate) fn grid_row(units: i32) -> usize {
    ((units + 9_000_000) / 10_000).clamp(0, GRID_ROW_COUNT as i32 - 1) as usize
}

/// Degrees to units of the coordinate columns.
pub(crate) fn to_units(degrees: f64) -> i32 {
    (degrees * UNITS).round() as i32
}

/// Appends a number as LEB128.
pub(crate) fn write_varint(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a LEB128 number from the front of `bytes`; ends early at their end.
pub(crate) fn read_varint(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    number
}

/// Appends a polygon, its outer ring first: the number of rings, of each the number of points and the steps between them.
pub(crate) fn write_polygon(rings: &[Vec<[f64; 2]>], out: &mut Vec<u8>) {
    write_varint(rings.len() as u32, out);
    for ring in rings {
        write_varint(ring.len() as u32, out);
        let mut last = [0, 0];
        for point in ring {
            let units = point.map(to_units);
            for axis in 0..2 {
                let step = units[axis] - last[axis];
                write_varint((step << 1 ^ step >> 31) as u32, out);
            }
            last = units;
        }
    }
}

/// Takes a polygon from the front of `bytes`.
pub(crate) fn read_polygon(bytes: &mut &[u8]) -> Vec<Vec<[f64; 2]>> {
    let rings = read_varint(bytes);
    (0..rings)
        .map(|_| {
            let points = read_varint(bytes);
            let mut last = [0, 0];
            (0..points)
                .map(|_| {
                    last = last.map(|axis: i32| {
                        let step = read_varint(bytes);
                        axis.wrapping_add((step >> 1) as i32 ^ -((step & 1) as i32))
                    });
                    last.map(|units| f64::from(units) / UNITS)
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polygons_survive() {
        let rings = vec![vec![[-180.0, 0.5], [22.12345, -44.4], [180.0, 89.99999], [-180.0, 0.5]], vec![]];
        let mut bytes = Vec::new();
        write_polygon(&rings, &mut bytes);
        let mut rest = &bytes[..];
        assert_eq!(read_polygon(&mut rest), rings);
        assert!(rest.is_empty());
    }

    #[test]
    fn a_name_is_packed_into_one_number() {
        let packed = pack_name(1_234_567, 3, 6);
        assert_eq!((name_string(packed), name_lang(packed), name_kind(packed)), (1_234_567, 3, 6));
    }

    #[test]
    fn rows_of_the_grid_cover_the_world() {
        assert_eq!(grid_row(to_units(-90.0)), 0);
        assert_eq!(grid_row(to_units(90.0)), GRID_ROW_COUNT - 1);
        assert_eq!(grid_row(to_units(48.05)), grid_row(to_units(48.09)));
    }
}
