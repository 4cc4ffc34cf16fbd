//! ISO 3166-1 codes of countries, which outputs give instead of names.

use super::{Gazetteer, PlaceIx};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Place id and code, a line each under a header.
const TABLE: &str = include_str!("../../gazetteer/country_codes.tsv");

static CODES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| TABLE.lines().skip(1).filter_map(|line| line.split_once('\t')).collect());

impl Gazetteer {
    /// The ISO 3166-1 alpha-2 code of the country that a place is or lies in.
    pub fn country_code(&self, ix: PlaceIx) -> Option<&'static str> {
        let country = self.country(ix)?;
        CODES.get(self.place(country).id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_two_letters_and_belong_to_one_country() {
        assert!(CODES.len() > 240);
        assert_eq!(CODES.len(), TABLE.lines().count() - 1, "no id stands twice");
        assert!(CODES.values().all(|code| code.len() == 2 && code.bytes().all(|c| c.is_ascii_uppercase())));
        assert_eq!(CODES.get("gn690791"), Some(&"UA"));
    }
}
