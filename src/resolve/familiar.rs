//! Which places reports have meant before: what a reader who has followed the reports brings to the next one, of two
//! villages of one name the one that has been fought over. Counted by `examples/fit.rs` on labelled texts whose gloss
//! or point says which place is meant (`gazetteer/familiar.tsv`); where fighting is reported at all is `theatre`'s.

use super::theatre::PERIODS;
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::mention::sector_places;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt::Write;

/// The table as shipped.
const SHIPPED: &str = include_str!("../../gazetteer/familiar.tsv");

/// Places that reports have meant before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Familiar {
    counts: FxHashMap<PlaceIx, [f32; PERIODS]>,
    sectors: FxHashSet<PlaceIx>,
}

impl Familiar {
    /// The table that comes with the program, and the places that sectors are called after.
    pub fn shipped(gazetteer: &Gazetteer) -> Familiar {
        Familiar::parse(SHIPPED, gazetteer)
    }

    /// A table of the shipped one's form, and the places that sectors are called after; what is no row, or no place,
    /// counts for nothing.
    pub fn parse(table: &str, gazetteer: &Gazetteer) -> Familiar {
        let mut familiar = Familiar { sectors: sector_places(gazetteer).collect(), ..Familiar::default() };
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            let place = cells.next().and_then(|id| gazetteer.by_id(id));
            let mut next = || cells.next().and_then(|cell| cell.parse().ok());
            if let (Some(place), Some(first), Some(second), Some(third)) = (place, next(), next(), next()) {
                familiar.counts.insert(place, [first, second, third]);
            }
        }
        familiar
    }

    /// How many labelled texts of each period meant a place; none for one that none did.
    pub fn counts(&self, place: PlaceIx) -> Option<[f32; PERIODS]> {
        self.counts.get(&place).copied()
    }

    /// Whether stretches of the front are called after a place.
    pub fn names_sector(&self, place: PlaceIx) -> bool {
        self.sectors.contains(&place)
    }

    /// Forgets all counts; what sectors are called after stays.
    pub fn forget(&mut self) {
        self.counts.clear();
    }

    /// Counts a text that meant a place in a period; a negative amount takes it back.
    pub fn count(&mut self, place: PlaceIx, period: usize, amount: f32) {
        let counts = self.counts.entry(place).or_default();
        counts[period] = (counts[period] + amount).max(0.0);
        if counts.iter().all(|count| *count < 1e-3) {
            self.counts.remove(&place);
        }
    }

    /// The table as text, by the places' ids.
    pub fn to_table(&self, gazetteer: &Gazetteer) -> String {
        let mut rows: Vec<(&str, [f32; PERIODS])> =
            self.counts.iter().map(|(&place, &counts)| (gazetteer.place(place).id, counts)).collect();
        rows.sort_by_key(|(id, _)| *id);
        let mut table = String::from("place\tto2022\tto2024\tlater\n");
        for (id, counts) in rows {
            let [first, second, third] = counts.map(|count| (count * 10.0).round() / 10.0);
            writeln!(table, "{id}\t{first}\t{second}\t{third}").expect("writing to a string does not fail");
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_known_until_it_is_taken_back() {
        let gazetteer = Gazetteer::embedded();
        let village = gazetteer.by_id("UA14160210010099403").expect("Pokrovsk is in the gazetteer");
        let mut familiar = Familiar::default();
        assert_eq!(familiar.counts(village), None);
        familiar.count(village, 1, 2.0);
        assert_eq!(familiar.counts(village), Some([0.0, 2.0, 0.0]));
        assert!(familiar.to_table(&gazetteer).ends_with("\t0\t2\t0\n"));
        familiar.count(village, 1, -2.0);
        assert_eq!(familiar.counts(village), None);
    }

    #[test]
    fn sectors_are_called_after_known_places() {
        let gazetteer = Gazetteer::embedded();
        let familiar = Familiar::shipped(&gazetteer);
        assert!(familiar.names_sector(gazetteer.by_id("UA14160210010099403").expect("Pokrovsk is known")));
    }
}
