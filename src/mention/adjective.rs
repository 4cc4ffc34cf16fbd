//! Stretches of the front and units that are named by an adjective ("on the Pokrovsk-ish direction", "in the Sumy-ish
//! and Donetsk-ish oblasts" in Slavic languages): which place the adjective speaks of. Nouns before "direction" are found by the scan and judged by `kinds`.

use super::generic::Named;
use super::line::Line;
use super::place_words::Role;
use crate::document::Lang;
use crate::gazetteer::Gazetteer;

/// The adjectives before "direction", or in the list before "directions" or "oblasts", in text order.
pub(super) fn adjectives(line: &Line, gazetteer: &Gazetteer, lang: Lang) -> Vec<Named> {
    let mut found = Vec::new();
    if !line.words.has_adjectives() {
        return found;
    }
    for at in 1..line.tokens.len() {
        let unit = line.phrase(at, Role::Plural).and_then(|(_, class)| class);
        let sector = line.phrase(at, Role::Sectors).is_some() || line.phrase(at, Role::Sector).is_some();
        if !sector && unit.is_none() {
            continue;
        }
        let mut end = at;
        while let Some(mut named) = ending_at(line, end, gazetteer, lang, unit.is_some()) {
            let joint = named.first;
            named.stated = unit;
            found.push(named);
            let joined =
                joint > 0 && (line.is_before(joint, Role::And) || line.is_mark(joint - 1, &[",", "-", "–"]));
            if !joined {
                break;
            }
            end = joint - 1;
        }
    }
    found.sort_by_key(|named| named.first);
    found
}

/// The adjective that ends before token `end`; two words with a hyphen count as one.
fn ending_at(line: &Line, end: usize, gazetteer: &Gazetteer, lang: Lang, unit: bool) -> Option<Named> {
    let compound = end.checked_sub(3).filter(|&first| line.is_mark(first + 1, &["-", "‑"]));
    [compound, end.checked_sub(1)].into_iter().flatten().find_map(|first| {
        if !line.is_capital(first) {
            return None;
        }
        let span = line.span(first, end);
        let adjective = span.of(line.text).to_lowercase().replace(['’', 'ʼ'], "'");
        let place =
            if unit { line.words.unit_place(&adjective) } else { line.words.sector_place(&adjective) }?;
        let hits = gazetteer.lookup(place, Some(lang));
        Some(Named { first, end, core: (first, end), span, name: span, stated: None, hits, adjective: true })
    })
}
