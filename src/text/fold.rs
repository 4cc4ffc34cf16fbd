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

/// Builds the key of a name letter by letter, in a buffer that is used again.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The key so far.
    key: Vec<u8>,
    /// Its hash, unfinished.
    state: u64,
    /// Where the word at hand begins in the key.
    start: usize,
    /// A letter of the word at hand that waits for the next one.
    waiting: Waiting,
    /// The letter read last in the word at hand, before folding; 0 at its beginning.
    last: u8,
}

/// A letter that is written only once the next one is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Waiting {
    #[default]
    Nothing,
    /// c: `ch` or `ts`.
    C,
    /// Any run of i, y and j: `i`, or nothing before o and e, which both become `e`.
    Glide,
    /// g behind z: nothing before h (zgh is zh), else `g`.
    G,
}

/// A point in a key to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    len: usize,
    state: u64,
    start: usize,
    waiting: Waiting,
    last: u8,
}

impl Default for Folder {
    fn default() -> Folder {
        Folder { key: Vec::new(), state: EMPTY, start: 0, waiting: Waiting::Nothing, last: 0 }
    }
}

impl Folder {
    /// The key of the words pushed so far.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Its hash, see [`hash`].
    #[inline]
    pub fn hash(&self) -> u64 {
        finish(self.state)
    }

    /// Starts again.
    #[inline]
    pub fn clear(&mut self) {
        self.key.clear();
        self.state = EMPTY;
    }

    /// Takes over another's key, in its own buffer.
    #[inline]
    pub fn copy(&mut self, other: &Folder) {
        self.key.clear();
        self.key.extend_from_slice(&other.key);
        (self.state, self.start) = (other.state, other.start);
        (self.waiting, self.last) = (other.waiting, other.last);
    }

    /// The present point, to go back to.
    #[inline]
    pub fn mark(&self) -> Mark {
        Mark {
            len: self.key.len(),
            state: self.state,
            start: self.start,
            waiting: self.waiting,
            last: self.last,
        }
    }

    /// Goes back to an earlier point of the same key.
    #[inline]
    pub fn back_to(&mut self, mark: Mark) {
        self.key.truncate(mark.len);
        (self.state, self.start) = (mark.state, mark.start);
        (self.waiting, self.last) = (mark.waiting, mark.last);
    }

    /// Appends the folded letters of one word; whatever is neither letter nor digit is passed over.
    #[inline]
    pub fn push_word(&mut self, word: &str, reading: Reading) {
        self.begin_word();
        self.push_letters(word, reading);
        self.end_word();
    }

    /// Makes the key of a whole name.
    pub fn set(&mut self, name: &str, reading: Reading) {
        self.clear();
        for word in words(name) {
            self.push_word(word, reading);
        }
    }

    /// Begins a word.
    #[inline]
    pub fn begin_word(&mut self) {
        self.start = self.key.len();
        self.last = 0;
    }

    /// Appends letters of the word at hand.
    #[inline]
    pub fn push_letters(&mut self, letters: &str, reading: Reading) {
        for (at, &byte) in letters.as_bytes().iter().enumerate() {
            if byte >= 0x80 {
                return self.push_foreign(&letters[at..], reading);
            }
            self.push(ASCII[usize::from(byte)]);
        }
    }

    /// Ends a word.
    #[inline]
    pub fn end_word(&mut self) {
        self.settle(0);
    }

    /// The same with letters that are not all ASCII.
    fn push_foreign(&mut self, letters: &str, reading: Reading) {
        for c in letters.chars() {
            if let Some(latin) = cyrillic(c, reading) {
                latin.bytes().for_each(|letter| self.push(letter));
            } else if c.is_ascii() {
                self.push(ASCII[c as usize]);
            } else if !is_apostrophe(c) {
                for c in c.to_lowercase() {
                    decompose_canonical(c, |part| self.push_part(part));
                }
            }
        }
    }

    /// Appends one part of a decomposed letter.
    fn push_part(&mut self, c: char) {
        const CARON: char = '\u{30c}';
        let letters = match c {
            // The scholarly carons are digraphs in the other romanisations.
            CARON if matches!(self.last, b's' | b'c' | b'z') => "h",
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
            _ if c.is_ascii() => return self.push(ASCII[c as usize]),
            _ if is_combining_mark(c) || !c.is_alphanumeric() => return,
            _ => return self.push_other(c),
        };
        letters.bytes().for_each(|letter| self.push(letter));
    }

    /// Appends a letter of another script, as it is, unless it doubles the last one.
    fn push_other(&mut self, c: char) {
        self.settle(0);
        self.last = b'?';
        let mut bytes = [0; 4];
        let letter = c.encode_utf8(&mut bytes).as_bytes();
        if !self.key.ends_with(letter) {
            letter.iter().for_each(|&byte| self.append(byte));
        }
    }

    /// Appends what the romanisations have in common of one lower-case letter or digit; 0 is no letter.
    #[inline]
    fn push(&mut self, letter: u8) {
        if letter == 0 || self.waiting != Waiting::Nothing && self.settle(letter) {
            return;
        }
        match letter {
            b'c' => self.waiting = Waiting::C,
            b'i' | b'j' | b'y' => self.waiting = Waiting::Glide,
            b'g' if self.last == b'z' => self.waiting = Waiting::G,
            b'x' => {
                self.write(b'k');
                self.write(b's');
            }
            b'w' => self.write(b'v'),
            b'q' => self.write(b'k'),
            _ => self.write(letter),
        }
        self.last = letter;
    }

    /// Writes the letter that waits, now that `next` is known (0: the word ends); whether `next` is used up by it.
    fn settle(&mut self, next: u8) -> bool {
        let (used, written): (bool, &[u8]) = match (self.waiting, next) {
            (Waiting::Nothing, _) => return false,
            (Waiting::C, b'h') => (true, b"ch"),
            (Waiting::C, _) => (false, b"ts"),
            (Waiting::Glide, b'i' | b'j' | b'y') => return true,
            (Waiting::Glide, b'o' | b'e') => (true, b"e"),
            (Waiting::Glide, _) => (false, b"i"),
            (Waiting::G, b'h') => (true, b"h"),
            (Waiting::G, _) => (false, b"g"),
        };
        self.waiting = Waiting::Nothing;
        written.iter().for_each(|&letter| self.write(letter));
        if used {
            self.last = next;
        }
        used
    }

    /// Writes a letter or digit unless it doubles a letter or one of the digraphs zh, sh, ch.
    #[inline]
    fn write(&mut self, letter: u8) {
        if self.key.last() == Some(&letter) && letter > b'9' {
            return;
        }
        if letter == b'h'
            && let [.., first @ (b'z' | b's' | b'c'), b'h', third] = self.key[..]
            && first == third
            && self.key.len() > self.start
        {
            self.key.pop();
            self.state = self.key.iter().fold(EMPTY, |state, &byte| mix(state, byte));
            return;
        }
        self.append(letter);
    }

    /// Lengthens the key.
    #[inline]
    fn append(&mut self, byte: u8) {
        self.key.push(byte);
        self.state = mix(self.state, byte);
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
    finish(key.iter().fold(EMPTY, |state, &byte| mix(state, byte)))
}

/// The offset basis of FNV-1a.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a takes a byte in about the time that folding it takes, side by side with it.
#[inline]
fn mix(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The finisher of MurmurHash3: FNV-1a alone leaves the top bits poor.
#[inline]
fn finish(mut state: u64) -> u64 {
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

/// The Latin letters of one Cyrillic letter of Ukrainian, Russian or Belarusian.
#[inline]
fn cyrillic(c: char, reading: Reading) -> Option<&'static str> {
    Some(match c as u32 {
        0x433 | 0x413 if reading == Reading::Russian => "g",
        letter @ 0x430..=0x44f => CYRILLIC[letter as usize - 0x430],
        letter @ 0x410..=0x42f => CYRILLIC[letter as usize - 0x410],
        0x451 | 0x401 => "e",
        0x454 | 0x404 => "ie",
        0x456 | 0x457 | 0x406 | 0x407 => "i",
        0x45e | 0x40e => "u",
        0x491 | 0x490 => "g",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_tables_hold() {
        let examples = include_str!("../../gazetteer/build/fold_examples.tsv");
        for line in examples.lines().skip(1) {
            let [name, lang, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("`{line}` has not three cells");
            };
            let lang = Some(lang).filter(|lang| !lang.is_empty());
            assert_eq!(keys(name, lang).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn a_key_of_words_is_the_key_of_the_words_one_after_another() {
        let mut folder = Folder::default();
        folder.push_word("Krasnyi", Reading::Ukrainian);
        assert_eq!(folder.key(), b"krasni");
        let mark = folder.mark();
        folder.push_word("Yar", Reading::Ukrainian);
        assert_eq!(folder.key(), b"krasniar");
        folder.back_to(mark);
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
        let mut folder = Folder::default();
        for name in ["Zhzhenka", "Шшч", "მცხეთა", "Cannes"] {
            folder.set(name, Reading::Ukrainian);
            assert_eq!(folder.hash(), hash(folder.key()), "{name}");
        }
    }
}
