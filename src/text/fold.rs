//! The folded key: what the spellings of one name have in common, over romanisations and scripts
//! (Kupyansk, Kupiansk and its Cyrillic forms are all `kupiansk`).
//! Cyrillic is first written in Latin letters; then every form loses the glides, marks and doubled
//! letters on which the romanisations of Ukrainian and Russian differ. The key of several words is
//! that of the words one after another, so a scan can lengthen it word by word.
//!
//! The build script compiles this file too; it must not use the rest of the crate.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// How Cyrillic is read where Ukrainian and Russian part: U+0433 is `h` or `g`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As Ukrainian and Belarusian.
    Ukrainian,
    /// As Russian.
    Russian,
}

/// Builds keys in buffers that are used again.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The lower-case Latin letters and digits of the word at hand.
    latin: Vec<u8>,
    /// The key of the words so far.
    key: Vec<u8>,
}

impl Folder {
    /// The key of the words pushed so far.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Its hash, see [`hash`].
    pub fn hash(&self) -> u64 {
        hash(&self.key)
    }

    /// Starts again.
    pub fn clear(&mut self) {
        self.key.clear();
    }

    /// Goes back to the first `len` bytes of the key, the length before a word was pushed.
    pub fn truncate(&mut self, len: usize) {
        self.key.truncate(len);
    }

    /// Appends the folded letters of one word; whatever is neither letter nor digit is passed over.
    pub fn push_word(&mut self, word: &str, reading: Reading) {
        self.latin.clear();
        if word.is_ascii() {
            self.latin
                .extend(word.bytes().map(|byte| ASCII[usize::from(byte)]).filter(|&letter| letter != 0));
        } else {
            romanise(word, reading, &mut self.latin);
        }
        fold_latin(&self.latin, &mut self.key);
    }

    /// Makes the key of a whole name.
    pub fn set(&mut self, name: &str, reading: Reading) {
        self.clear();
        for word in words(name) {
            self.push_word(word, reading);
        }
    }
}

/// The words of a name: letters, digits, marks on them and apostrophes; everything else parts words.
pub fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !(c.is_alphanumeric() || is_silent(c))).filter(|word| !word.is_empty())
}

/// The readings in which a name is folded: one where its language or a letter decides, both where neither does.
/// `lang` is an ISO 639-1 code; all but `uk`, `be` and `ru` count as not known.
pub fn readings(name: &str, lang: Option<&str>) -> &'static [Reading] {
    const BOTH: &[Reading] = &[Reading::Ukrainian, Reading::Russian];
    match lang {
        Some("uk" | "be") => return &BOTH[..1],
        Some("ru") => return &BOTH[1..],
        _ if name.is_ascii() => return &BOTH[..1],
        _ => {}
    }
    let mut open = false;
    for c in name.chars() {
        match c {
            // U+0456, U+0457, U+0454, U+0491 and U+045E with their capitals.
            '\u{456}' | '\u{457}' | '\u{454}' | '\u{491}' | '\u{45e}' | '\u{406}' | '\u{407}' | '\u{404}'
            | '\u{490}' | '\u{40e}' => return &BOTH[..1],
            // U+044B, U+044D, U+0451 and U+044A with their capitals.
            '\u{44b}' | '\u{44d}' | '\u{451}' | '\u{44a}' | '\u{42b}' | '\u{42d}' | '\u{401}' | '\u{42a}' => {
                return &BOTH[1..];
            }
            '\u{433}' | '\u{413}' => open = true,
            _ => {}
        }
    }
    if open { BOTH } else { &BOTH[..1] }
}

/// The one or two keys of a name.
pub fn keys(name: &str, lang: Option<&str>) -> Vec<String> {
    let mut folder = Folder::default();
    let mut found: Vec<String> = Vec::with_capacity(1);
    for &reading in readings(name, lang) {
        folder.set(name, reading);
        let key = String::from_utf8_lossy(folder.key()).into_owned();
        if !key.is_empty() && !found.contains(&key) {
            found.push(key);
        }
    }
    found
}

/// A 64-bit hash of a key, equally good in all bits; part of the format of the compiled tables.
pub fn hash(key: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = (key.len() as u64).wrapping_mul(MULTIPLIER);
    let mut chunks = key.chunks_exact(8);
    for chunk in &mut chunks {
        let chunk = u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes"));
        state = (state ^ chunk).wrapping_mul(MULTIPLIER).rotate_left(29);
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    state = (state ^ u64::from_le_bytes(last)).wrapping_mul(MULTIPLIER);
    // The finisher of MurmurHash3.
    state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state = (state ^ (state >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ (state >> 33)
}

/// Apostrophes, primes, quotation marks and combining marks: they stand in words and are not read.
pub fn is_silent(c: char) -> bool {
    is_apostrophe(c) || (c > '\u{2ff}' && is_combining_mark(c))
}

/// The apostrophes, primes and quotation marks that are not read.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | 'ʼ'
            | '‘'
            | '`'
            | '´'
            | '′'
            | '″'
            | 'ʹ'
            | 'ʺ'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
    )
}

/// ASCII letters in lower case and digits as they are; 0 for the rest.
const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() {
            table[byte] = c.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The Latin letters of U+0430 to U+044F in order, U+0433 as in Ukrainian.
const CYRILLIC: [&str; 32] = [
    "a", "b", "v", "h", "d", "e", "zh", "z", "y", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
    "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "iu", "ia",
];

/// The Latin letters of one lower-case Cyrillic letter of Ukrainian, Russian or Belarusian.
fn cyrillic(c: char, after: Option<char>, reading: Reading) -> Option<&'static str> {
    Some(match c {
        '\u{433}' => match (reading, after) {
            (Reading::Russian, _) => "g",
            (Reading::Ukrainian, Some('\u{437}')) => "gh",
            (Reading::Ukrainian, _) => "h",
        },
        '\u{430}'..='\u{44f}' => CYRILLIC[c as usize - 0x430],
        '\u{451}' => "e",
        '\u{454}' => "ie",
        '\u{456}' | '\u{457}' => "i",
        '\u{45e}' => "u",
        '\u{491}' => "g",
        _ => return None,
    })
}

/// Writes a word in lower-case Latin letters without marks; scripts other than Cyrillic pass through.
fn romanise(word: &str, reading: Reading, latin: &mut Vec<u8>) {
    let mut after = None;
    for c in word.chars().flat_map(char::to_lowercase) {
        if let Some(letters) = cyrillic(c, after, reading) {
            latin.extend_from_slice(letters.as_bytes());
        } else if c.is_ascii() {
            let letter = ASCII[c as usize];
            if letter != 0 {
                latin.push(letter);
            }
        } else if !is_apostrophe(c) {
            decompose_canonical(c, |part| push_part(part, latin));
        }
        after = Some(c);
    }
}

/// Writes one part of a decomposed letter.
fn push_part(c: char, latin: &mut Vec<u8>) {
    const CARON: char = '\u{30c}';
    let letters = match c {
        // The scholarly carons are digraphs in the other romanisations.
        CARON if matches!(latin.last(), Some(b's' | b'c' | b'z')) => "h",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ə' => "e",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ if is_combining_mark(c) || !c.is_alphanumeric() => return,
        _ => {
            let mut bytes = [0; 4];
            latin.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
            return;
        }
    };
    latin.extend_from_slice(letters.as_bytes());
}

/// Appends to `key` what the romanisations of `word` have in common.
fn fold_latin(word: &[u8], key: &mut Vec<u8>) {
    let start = key.len();
    let mut at = 0;
    while let Some(&byte) = word.get(at) {
        at += 1;
        let next = word.get(at).copied();
        match byte {
            b'c' if next != Some(b'h') => {
                push_letter(b't', start, key);
                push_letter(b's', start, key);
            }
            b'x' => {
                push_letter(b'k', start, key);
                push_letter(b's', start, key);
            }
            b'w' => push_letter(b'v', start, key),
            b'q' => push_letter(b'k', start, key),
            // The digraph "zgh" is "zh".
            b'g' if next == Some(b'h') && at >= 2 && word[at - 2] == b'z' => {}
            // Glides: any run of i, y, j is one i, and that is lost before o and e, which become e.
            b'i' | b'y' | b'j' => {
                while matches!(word.get(at), Some(b'i' | b'y' | b'j')) {
                    at += 1;
                }
                if matches!(word.get(at), Some(b'o' | b'e')) {
                    at += 1;
                    push_letter(b'e', start, key);
                } else {
                    push_letter(b'i', start, key);
                }
            }
            0..0x80 => push_letter(byte, start, key),
            _ => {
                let from = at - 1;
                while word.get(at).is_some_and(|&byte| byte & 0xc0 == 0x80) {
                    at += 1;
                }
                if !key.ends_with(&word[from..at]) {
                    key.extend_from_slice(&word[from..at]);
                }
            }
        }
    }
}

/// Appends a letter or digit unless it doubles a letter or one of the digraphs zh, sh, ch.
/// `start` is where the word begins in the key; what stands before it is not taken back.
#[inline]
fn push_letter(letter: u8, start: usize, key: &mut Vec<u8>) {
    let last = key.last().copied();
    if last == Some(letter) && letter.is_ascii_alphabetic() {
        return;
    }
    if letter == b'h'
        && let [.., first, b'h', third] = key[..]
        && first == third
        && matches!(first, b'z' | b's' | b'c')
        && key.len() > start
    {
        key.pop();
        return;
    }
    key.push(letter);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_words_is_the_key_of_the_words_one_after_another() {
        let mut folder = Folder::default();
        folder.push_word("Krasnyi", Reading::Ukrainian);
        assert_eq!(folder.key(), b"krasni");
        let length = folder.key().len();
        folder.push_word("Yar", Reading::Ukrainian);
        assert_eq!(folder.key(), b"krasniar");
        folder.truncate(length);
        folder.push_word("Lyman", Reading::Ukrainian);
        assert_eq!(folder.key(), b"krasniliman");
    }

    #[test]
    fn the_language_decides_what_is_read() {
        assert_eq!(keys("Григорівка", None), ["hrihorivka"]);
        assert_eq!(keys("Григоровка", None), ["hrihorovka", "grigorovka"]);
        assert_eq!(keys("Григоровка", Some("ru")), ["grigorovka"]);
        assert_eq!(keys("Гуево", Some("ru")), ["guevo"]);
        assert_eq!(keys("Бородянка", None), ["borodianka"]);
    }

    #[test]
    fn marks_may_stand_alone() {
        assert_eq!(keys("Mar\u{301}yi\u{306}nka", None), ["marinka"]);
        assert_eq!(keys("s\u{30c}apka", None), ["shapka"]);
        assert_eq!(keys("Краи\u{306}", None), keys("Край", None));
    }

    #[test]
    fn hashes_part_close_keys() {
        let hashes: std::collections::BTreeSet<u64> = ["a", "b", "aa", "ab", "ba", "abcdefgh", "abcdefghi"]
            .iter()
            .map(|key| hash(key.as_bytes()))
            .collect();
        assert_eq!(hashes.len(), 7);
    }
}
