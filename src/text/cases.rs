//! Case forms of Ukrainian and Russian place names: the names that an inflected word may be a form of.
//! The endings are data (`gazetteer/lexicon/*/cases.tsv`); whether a name so made is a place is for
//! `gazetteer` to say, so the rules give every name that an ending allows.

use super::table;
use crate::document::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The endings of one language.
#[derive(Debug)]
struct Endings {
    /// By the ending of the form: the endings of the names.
    names: HashMap<&'static str, Vec<&'static str>>,
    /// Bytes of the longest ending.
    longest: usize,
}

/// Bytes of the shortest stem: one Cyrillic letter.
const STEM_MIN: usize = 2;
/// Bytes of the shortest name: two Cyrillic letters.
const NAME_MIN: usize = 4;

static UKRAINIAN: LazyLock<Endings> =
    LazyLock::new(|| Endings::read(include_str!("../../gazetteer/lexicon/uk/cases.tsv")));
static RUSSIAN: LazyLock<Endings> =
    LazyLock::new(|| Endings::read(include_str!("../../gazetteer/lexicon/ru/cases.tsv")));

/// Appends to `found` the names in the nominative of which the Cyrillic `word` may be another case;
/// never the word itself. Without a language the rules of both apply.
pub fn nominatives(word: &str, lang: Option<Lang>, found: &mut Vec<String>) {
    let start = found.len();
    let lower = word.to_lowercase();
    // The ending is cut off the word as it stands, which Cyrillic lower-casing leaves as long as it was.
    if lower.len() != word.len() || lower.is_ascii() || word.len() < STEM_MIN {
        return;
    }
    if lang != Some(Lang::Ru) {
        UKRAINIAN.apply(word, &lower, found);
    }
    if lang != Some(Lang::Uk) {
        RUSSIAN.apply(word, &lower, found);
    }
    let mut seen: Vec<String> = found.drain(start..).collect();
    seen.sort_unstable();
    seen.dedup();
    found.extend(seen);
}

impl Endings {
    fn read(table: &'static str) -> Endings {
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in table::rows(table) {
            if let [form, name, ..] = row[..] {
                names.entry(form).or_default().push(name);
            }
        }
        let longest = names.keys().map(|ending| ending.len()).max().unwrap_or(0);
        Endings { names, longest }
    }

    /// Appends the names that `word` may be a form of; `lower` is the word in small letters.
    fn apply(&self, word: &str, lower: &str, found: &mut Vec<String>) {
        let last = (word.len() - STEM_MIN).min(self.longest);
        for cut in (0..=last).map(|length| word.len() - length) {
            let Some(endings) = lower.get(cut..).and_then(|ending| self.names.get(ending)) else {
                continue;
            };
            for ending in endings {
                // A form or name without an ending is a bare stem, which ends in a consonant.
                if (ending.is_empty() || cut == word.len()) && ends_in_vowel(&lower[..cut]) {
                    continue;
                }
                let mut name = String::with_capacity(cut + ending.len());
                name.push_str(&word[..cut]);
                name.push_str(ending);
                if name != word && name.len() >= NAME_MIN {
                    found.push(name);
                }
            }
        }
    }
}

/// Whether a lower-case Cyrillic word ends in a vowel letter or a sign.
fn ends_in_vowel(word: &str) -> bool {
    // The vowels of U+0430 to U+044F, U+0451, U+0454, U+0456 and U+0457.
    matches!(
        word.chars().next_back(),
        Some(
            '\u{430}' | '\u{435}' | '\u{438}' | '\u{439}' | '\u{43e}' | '\u{443}' | '\u{44a}'
                ..='\u{44f}' | '\u{451}' | '\u{454}' | '\u{456}' | '\u{457}'
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(form: &str, lang: Option<Lang>) -> Vec<String> {
        let mut found = Vec::new();
        nominatives(form, lang, &mut found);
        found
    }

    #[test]
    fn every_rule_finds_its_own_example() {
        for (lang, table) in [
            (Lang::Uk, include_str!("../../gazetteer/lexicon/uk/cases.tsv")),
            (Lang::Ru, include_str!("../../gazetteer/lexicon/ru/cases.tsv")),
        ] {
            for row in table::rows(table) {
                let [form_ending, name_ending, form, name] = row[..] else {
                    panic!("{row:?} has not four cells");
                };
                let (form, name) = (word(form), word(name));
                assert!(form.ends_with(form_ending) && name.ends_with(name_ending), "{row:?}");
                assert!(names(form, Some(lang)).iter().any(|found| found == name), "{row:?}");
            }
        }
    }

    /// The last word of a name.
    fn word(name: &str) -> &str {
        name.rsplit([' ', '-']).next().unwrap_or(name)
    }

    #[test]
    fn ukrainian_forms() {
        for (form, name) in [
            ("Покровська", "Покровськ"),
            ("Покровську", "Покровськ"),
            ("Покровськом", "Покровськ"),
            ("Соледара", "Соледар"),
            ("Часового", "Часів"),
            ("Яру", "Яр"),
            ("Авдіївці", "Авдіївка"),
            ("Великої", "Велика"),
            ("Новосілки", "Новосілка"),
            ("Водяного", "Водяне"),
            ("Степового", "Степове"),
            ("Очеретиному", "Очеретине"),
            ("Харковом", "Харків"),
            ("Куп'янська", "Куп'янськ"),
            ("ТОРЕЦЬКА", "ТОРЕЦЬК"),
            ("Сумах", "Суми"),
            ("Черкас", "Черкаси"),
            ("Кремінної", "Кремінна"),
            ("Маріуполем", "Маріуполь"),
            ("Києві", "Київ"),
            ("Курщині", "Курщина"),
        ] {
            let name = if form == "ТОРЕЦЬКА" { "ТОРЕЦЬК" } else { name };
            assert!(names(form, Some(Lang::Uk)).iter().any(|found| found == name), "{form}");
        }
    }

    #[test]
    fn russian_forms() {
        for (form, name) in [
            ("Покровска", "Покровск"),
            ("Часова", "Часов"),
            ("Великой", "Великая"),
            ("Новосёлки", "Новосёлка"),
            ("Авдеевке", "Авдеевка"),
            ("Красного", "Красный"),
            ("Лимана", "Лиман"),
            ("Сумах", "Сумы"),
            ("Суджи", "Суджа"),
            ("Суджей", "Суджа"),
            ("Селидовом", "Селидово"),
        ] {
            assert!(names(form, Some(Lang::Ru)).iter().any(|found| found == name), "{form}");
        }
    }

    #[test]
    fn short_words_and_other_letters_have_no_forms() {
        assert!(names("Я", Some(Lang::Uk)).is_empty());
        assert_eq!(names("Яру", Some(Lang::Uk)).iter().filter(|name| *name == "Яр").count(), 1);
        assert!(names("Bakhmuta", None).is_empty());
        assert!(names("", None).is_empty());
    }
}
