//! The keys under which word lists know a word: hashes that are made once, where the text is cut into tokens.
//! What a list says of a word is the list's matter.

use super::token::is_apostrophe;

/// Two hashes of one word, less an English possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordKeys {
    /// Of its letters in lower case, with one sort of apostrophe.
    pub lower: u64,
    /// Of its letters as they stand.
    pub exact: u64,
}

impl WordKeys {
    /// The keys of any word.
    pub fn of(word: &str) -> WordKeys {
        let word = without_possessive(word).unwrap_or(word);
        let letters = word.as_bytes();
        let lower = if word.is_ascii() { Hash::of_small(letters) } else { lower(word) };
        WordKeys { lower, exact: Hash::of(letters) }
    }

    /// The keys of the word of ASCII letters that begins `bytes`, and how long it is.
    #[inline]
    pub(super) fn of_letters(bytes: &[u8]) -> (WordKeys, usize) {
        let (mut lower, mut exact, mut length) = (Hash::default(), Hash::default(), 0);
        loop {
            let eight = Eight::at(bytes, length);
            let letters = eight.letters();
            let kept = eight.first(letters);
            lower = lower.push(kept.small());
            exact = exact.push(kept);
            length += letters;
            if letters < 8 {
                let keys = WordKeys { lower: lower.finish(length), exact: exact.finish(length) };
                return (keys, length);
            }
        }
    }

    /// The same for a word of Cyrillic letters, those from U+0400 to U+045F, which have two bytes each; and how many
    /// of its letters are capitals.
    #[inline]
    pub(super) fn of_cyrillic(bytes: &[u8]) -> (WordKeys, usize, usize) {
        let mut lower = LowerLetters::default();
        let (mut length, mut capitals) = (0, 0);
        while let Some(letter) = bytes.get(length..length + 2).and_then(cyrillic) {
            let small = small_cyrillic(letter);
            lower.push_byte((small >> 6) as u8 | 0xc0);
            lower.push_byte((small & 0x3f) as u8 | 0x80);
            capitals += usize::from(small != letter);
            length += 2;
        }
        (WordKeys { lower: lower.hash(), exact: Hash::of(&bytes[..length]) }, length, capitals)
    }
}

/// The number of a Cyrillic letter of two bytes, from U+0400 to U+045F.
#[inline]
fn cyrillic(bytes: &[u8]) -> Option<u32> {
    match *bytes {
        [first @ 0xd0..=0xd1, second @ 0x80..=0xbf] => {
            let number = u32::from(first & 0x1f) << 6 | u32::from(second & 0x3f);
            (number <= 0x45f).then_some(number)
        }
        _ => None,
    }
}

/// The small form of a Cyrillic letter, from U+0400 to U+045F, both by their numbers.
#[inline]
fn small_cyrillic(letter: u32) -> u32 {
    match letter {
        0x410..=0x42f => letter + 0x20,
        0x400..=0x40f => letter + 0x50,
        _ => letter,
    }
}

/// Eight bytes of a text, the first one lowest; 0 behind its end.
#[derive(Clone, Copy)]
struct Eight(u64);

impl Eight {
    #[inline]
    fn at(bytes: &[u8], from: usize) -> Eight {
        if let Some(eight) = bytes.get(from..).and_then(|rest| rest.first_chunk()) {
            return Eight(u64::from_le_bytes(*eight));
        }
        let mut eight = [0; 8];
        for (to, byte) in eight.iter_mut().zip(&bytes[from.min(bytes.len())..]) {
            *to = *byte;
        }
        Eight(u64::from_le_bytes(eight))
    }

    /// How many ASCII letters it begins with. All eight bytes are judged at once: the sums carry into the
    /// highest bit of a byte from `a` on, and beyond `z`.
    #[inline]
    fn letters(self) -> usize {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        let low = (self.0 | SMALL) & !HIGH;
        let from_a = low + EACH * u64::from(0x80 - b'a');
        let beyond_z = low + EACH * u64::from(0x7f - b'z');
        let others = (!from_a | beyond_z | self.0) & HIGH;
        others.trailing_zeros() as usize / 8
    }

    /// Its first `count` bytes.
    #[inline]
    fn first(self, count: usize) -> Eight {
        if count < 8 { Eight(self.0 & ((1 << (count * 8)) - 1)) } else { self }
    }

    /// With the capitals of ASCII as small letters. Other bytes are changed as well, always in the same way.
    #[inline]
    fn small(self) -> Eight {
        Eight(self.0 | SMALL)
    }
}

/// The bit that parts small letters of ASCII from capitals, in each of eight bytes.
const SMALL: u64 = 0x2020_2020_2020_2020;
/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The golden ratio as a fraction of 2^64, the multiplier of Fibonacci hashing (Knuth, volume 3, 6.4).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash in the making, eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Hash(u64);

impl Hash {
    fn of(letters: &[u8]) -> u64 {
        Hash::over(letters, |eight| eight)
    }

    fn of_small(letters: &[u8]) -> u64 {
        Hash::over(letters, Eight::small)
    }

    fn over(letters: &[u8], change: impl Fn(Eight) -> Eight) -> u64 {
        // As many steps as `WordKeys::of_letters` takes, which sees the end only one step behind it.
        let steps = 0..=letters.len() / 8;
        let all = steps.fold(Hash::default(), |hash, step| hash.push(change(Eight::at(letters, step * 8))));
        all.finish(letters.len())
    }

    #[inline]
    fn push(self, eight: Eight) -> Hash {
        let product = (self.0 ^ eight.0).wrapping_mul(GOLDEN);
        Hash(product ^ product >> 32)
    }

    /// Neither 0 nor 2, which stand for other things in tables.
    #[inline]
    fn finish(self, length: usize) -> u64 {
        (self.0 ^ length as u64).wrapping_mul(GOLDEN) | 1
    }
}

/// The hash of a word in lower case with one sort of apostrophe.
fn lower(word: &str) -> u64 {
    let mut letters = LowerLetters::default();
    for c in word.chars() {
        if is_apostrophe(c) {
            letters.push('\'');
        } else {
            c.to_lowercase().for_each(|c| letters.push(c));
        }
    }
    letters.hash()
}

/// Small letters on their way into a hash, as many bytes as do not yet make eight.
#[derive(Default)]
struct LowerLetters {
    hash: Hash,
    eight: u64,
    length: usize,
}

impl LowerLetters {
    #[inline]
    fn push(&mut self, c: char) {
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            self.push_byte(byte);
        }
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) {
        self.eight |= u64::from(byte) << (self.length % 8 * 8);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.hash = self.hash.push(Eight(self.eight).small());
            self.eight = 0;
        }
    }

    #[inline]
    fn hash(self) -> u64 {
        self.hash.push(Eight(self.eight).small()).finish(self.length)
    }
}

/// An English word without its possessive ending, if it has one: an apostrophe and `s`.
#[inline]
pub(crate) fn without_possessive(word: &str) -> Option<&str> {
    let stem = word.strip_suffix(['s', 'S'])?;
    let bare = stem.strip_suffix(is_apostrophe);
    bare.filter(|bare| !bare.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_share_the_lower_key() {
        for (a, b) in [
            ("Troops", "TROOPS"),
            ("town's", "Town"),
            ("town’s", "town"),
            ("Kup’yansk", "kup'yansk"),
            ("ВОРОГ", "ворог"),
        ] {
            assert_eq!(WordKeys::of(a).lower, WordKeys::of(b).lower, "{a} {b}");
        }
        assert_ne!(WordKeys::of("Troops").exact, WordKeys::of("troops").exact);
        assert_eq!(WordKeys::of("town's").exact, WordKeys::of("town").exact);
        assert_ne!(WordKeys::of("s").lower, WordKeys::of("").lower);
        for c in (0x400..0x460).filter_map(char::from_u32) {
            let small: String = c.to_lowercase().collect();
            assert_eq!(WordKeys::of(&format!("{c}т")).lower, WordKeys::of(&format!("{small}т")).lower, "{c}");
        }
    }

    #[test]
    fn letters_are_read_as_far_as_they_go_and_hashed_alike() {
        for text in [
            "a",
            "Troops",
            "eight888",
            "exactlyy",
            "exactlyy ninth",
            "internationally known",
            "Z@[`{z",
            "straße",
        ] {
            let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (keys, length) = WordKeys::of_letters(text.as_bytes());
            assert_eq!(length, plain, "{text}");
            assert_eq!(keys, WordKeys::of(&text[..plain]), "{text}");
        }
    }

    #[test]
    fn cyrillic_letters_are_read_as_far_as_they_go_and_hashed_alike() {
        for (text, letters, capitals) in
            [("Ворог наступає", 5, 1), ("ЗСУ", 3, 3), ("їЇґ", 2, 1), ("т", 1, 0), ("Їжакевичі-", 9, 1)]
        {
            let (keys, length, found) = WordKeys::of_cyrillic(text.as_bytes());
            assert_eq!((length, found), (letters * 2, capitals), "{text}");
            assert_eq!(keys, WordKeys::of(&text[..length]), "{text}");
        }
    }

    #[test]
    fn every_byte_is_judged_as_the_library_judges_it() {
        for byte in 0..=255u8 {
            let letters = Eight::at(&[byte, b'x', byte], 0).letters();
            assert_eq!(letters, if byte.is_ascii_alphabetic() { 3 } else { 0 }, "{byte}");
        }
    }
}
