//! Case forms of Ukrainian and Russian place names: the names that an inflected word may be a form of.
//! The endings are data (`gazetteer/lexicon/*/cases.tsv`); whether a name so made is a place is for
//! `gazetteer` to say, so the rules give every name that an ending allows.

use super::table;
use crate::document::Lang;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The endings of one language.
#[derive(Debug)]
struct Endings {
    /// By the last letter of the form, its place after U+0400.
    rules: Vec<Vec<Rule>>,
    /// Endings of names of which a form is the bare stem.
    bare: Vec<&'static str>,
}

/// One ending of forms.
#[derive(Debug)]
struct Rule {
    form: &'static str,
    /// The endings of the names.
    names: Vec<&'static str>,
}

static UKRAINIAN: LazyLock<Endings> =
    LazyLock::new(|| Endings::read(include_str!("../../gazetteer/lexicon/uk/cases.tsv")));
static RUSSIAN: LazyLock<Endings> =
    LazyLock::new(|| Endings::read(include_str!("../../gazetteer/lexicon/ru/cases.tsv")));

/// Letters of the Cyrillic block that words end in: U+0400 to U+049F.
const LETTERS: usize = 0xa0;

/// Calls `each` with the stem and ending of every name in the nominative of which the Cyrillic `word` may
/// be another case, some twice; never the word itself. Without a language the rules of both apply.
pub fn nominatives(word: &str, lang: Option<Lang>, mut each: impl FnMut(&str, &'static str)) {
    let small = if word.chars().skip(1).any(char::is_uppercase) {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    };
    // The ending is cut off the word as it stands, which Cyrillic lower-casing leaves as long as it was.
    if small.len() != word.len() || word.len() < NAME_MIN || word.is_ascii() {
        return;
    }
    if lang != Some(Lang::Ru) {
        UKRAINIAN.apply(word, &small, &mut each);
    }
    if lang != Some(Lang::Uk) {
        RUSSIAN.apply(word, &small, &mut each);
    }
}

impl Endings {
    fn read(table: &'static str) -> Endings {
        let mut rules: Vec<Vec<Rule>> = (0..LETTERS).map(|_| Vec::new()).collect();
        let mut bare = Vec::new();
        for row in table::rows(table) {
            let [form, name, ..] = row[..] else { continue };
            let Some(last) = form.chars().next_back() else {
                bare.push(name);
                continue;
            };
            let Some(rules) = rules.get_mut(position(last)) else { continue };
            match rules.iter_mut().find(|rule| rule.form == form) {
                Some(rule) => rule.names.push(name),
                None => rules.push(Rule { form, names: vec![name] }),
            }
        }
        Endings { rules, bare }
    }

    /// Calls `each` for the names that `word` may be a form of; `small` is the word in small letters.
    fn apply(&self, word: &str, small: &str, each: &mut impl FnMut(&str, &'static str)) {
        let Some(last) = small.chars().next_back() else { return };
        if !ends_in_vowel(small) {
            self.bare.iter().for_each(|ending| each(word, ending));
        }
        let rules = self.rules.get(position(last)).map_or(&[][..], Vec::as_slice);
        for rule in rules {
            let Some(stem) = small.strip_suffix(rule.form) else { continue };
            let bare_stem = !ends_in_vowel(stem);
            for &name in &rule.names {
                // A name without an ending is a bare stem, which ends in a consonant.
                if name != rule.form
                    && stem.len() >= STEM_MIN
                    && (!name.is_empty() || bare_stem && stem.len() >= NAME_MIN)
                {
                    each(&word[..stem.len()], name);
                }
            }
        }
    }
}

/// Bytes of the shortest stem: one Cyrillic letter.
const STEM_MIN: usize = 2;
/// Bytes of the shortest name: two Cyrillic letters.
const NAME_MIN: usize = 4;

/// Where the rules for forms that end in a letter are kept.
fn position(last: char) -> usize {
    (last as usize).wrapping_sub(0x400)
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
        nominatives(form, lang, |stem, ending| found.push(format!("{stem}{ending}")));
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
        assert!(names("Bakhmuta", None).is_empty());
        assert!(names("", None).is_empty());
    }
}
