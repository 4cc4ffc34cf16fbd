//! Which language a paragraph is written in. What its words mean is `lexicon`'s question.

use super::table::rows;
use crate::document::Lang;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The language of a paragraph; none where it holds no letters, or Cyrillic ones that do not tell
/// Ukrainian from Russian.
pub fn detect(paragraph: &str) -> Option<Lang> {
    let bytes = paragraph.as_bytes();
    // Nearly all Cyrillic letters in use begin with one of these two bytes.
    let Some(first) = memchr::memchr2(0xd0, 0xd1, bytes) else {
        return bytes.iter().any(u8::is_ascii_alphabetic).then_some(Lang::En);
    };
    let cyrillic = memchr::memchr2_iter(0xd0, 0xd1, &bytes[first..]).count();
    let latin = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if latin > cyrillic { Some(Lang::En) } else { ukrainian_or_russian(paragraph) }
}

/// Letters that only one of the two has decide, each as much as a word that only one of them has.
fn ukrainian_or_russian(paragraph: &str) -> Option<Lang> {
    let (mut uk, mut ru) = (0usize, 0usize);
    for letter in paragraph.bytes().zip(paragraph.bytes().skip(1)) {
        match letter {
            // The letters i, yi, ye and g with upturn, small and capital, as UTF-8.
            (0xd1, 0x94 | 0x96 | 0x97) | (0xd0, 0x84 | 0x86 | 0x87) | (0xd2, 0x90 | 0x91) => uk += 1,
            // The letters yo, hard sign, yery and e, small and capital.
            (0xd1, 0x8a | 0x8b | 0x8d | 0x91) | (0xd0, 0x81 | 0xaa | 0xab | 0xad) => ru += 1,
            _ => {}
        }
    }
    // A letter pair that Ukrainian spelling does not have: small "i" before ya, ye or itself; and "tsya" without a soft sign.
    for pair in paragraph.as_bytes().windows(4) {
        ru += usize::from(matches!(pair, [0xd0, 0xb8, 0xd1, 0x8f] | [0xd0, 0xb8, 0xd0, 0xb5 | 0xb8]));
    }
    for triple in paragraph.as_bytes().windows(6) {
        ru += usize::from(triple == [0xd1, 0x82, 0xd1, 0x81, 0xd1, 0x8f]);
    }
    if uk == ru {
        let words = paragraph.split(|c: char| !c.is_alphabetic()).take(400);
        for lang in words.filter_map(|word| MARKER_WORDS.get(word)) {
            match lang {
                Lang::Uk => uk += 1,
                Lang::Ru => ru += 1,
                Lang::En => {}
            }
        }
    }
    match uk.cmp(&ru) {
        std::cmp::Ordering::Greater => Some(Lang::Uk),
        std::cmp::Ordering::Less => Some(Lang::Ru),
        std::cmp::Ordering::Equal => None,
    }
}

/// Frequent words that only one of the two languages has.
static MARKER_WORDS: LazyLock<FxHashMap<&str, Lang>> = LazyLock::new(|| {
    let tables = [
        (include_str!("../../gazetteer/lexicon/uk/markers.tsv"), Lang::Uk),
        (include_str!("../../gazetteer/lexicon/ru/markers.tsv"), Lang::Ru),
    ];
    tables.into_iter().flat_map(|(table, lang)| rows(table).map(move |row| (row[0], lang))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_ukrainian_and_russian() {
        assert_eq!(detect("Russian forces advanced near Часів Яр."), Some(Lang::En));
        assert_eq!(detect("Покровськ"), None);
        assert_eq!(detect("Ворог просунувся у Покровську та біля Новомаркового"), Some(Lang::Uk));
        assert_eq!(detect("Российские войска продвинулись вблизи Покровска"), Some(Lang::Ru));
        assert_eq!(detect("Освобожден населенный пункт Димитров"), Some(Lang::Ru));
        assert_eq!(detect("Українські сили, за даними ISW, відступили"), Some(Lang::Uk));
        assert_eq!(detect("2024 — 12"), None);
    }

    #[test]
    fn no_word_marks_two_languages() {
        let count = rows(include_str!("../../gazetteer/lexicon/uk/markers.tsv")).count()
            + rows(include_str!("../../gazetteer/lexicon/ru/markers.tsv")).count();
        assert_eq!(MARKER_WORDS.len(), count);
    }
}
