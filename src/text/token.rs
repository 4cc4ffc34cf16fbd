//! Words, numbers and marks of a stretch of text. Sentences are next door.

use super::word_keys::WordKeys;
use crate::document::Span;

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Under which word lists know it.
    pub keys: WordKeys,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes; a hyphen ends a word (and is a [`TokenKind::Mark`] of its own).
    Word {
        /// The first letter is upper case.
        capital: bool,
        /// All letters are upper case and there are at least two.
        shout: bool,
    },
    /// Digits, with inner points or commas ("2.2", "1,000"), and letters that follow at once ("5km" is two tokens, "810th" one).
    Number,
    /// Any other visible character, one a token.
    Mark,
}

impl Token {
    /// Whether it is a word.
    pub fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word { .. })
    }

    /// Whether it is a word that begins with a capital letter.
    pub fn is_capital(self) -> bool {
        matches!(self.kind, TokenKind::Word { capital: true, .. })
    }
}

/// The tokens of `span` of `text`, in order; white space is passed over.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(span.len() / 5);
    tokens_into(text, span, &mut found);
    found
}

/// Appends the tokens of `span` of `text` to `found`.
pub fn tokens_into(text: &str, span: Span, found: &mut Vec<Token>) {
    let stretch = &text[..span.end];
    let mut at = span.start;
    while at < span.end {
        let byte = stretch.as_bytes()[at];
        let token = match CLASSES[byte as usize] {
            Class::Blank => {
                at += 1;
                continue;
            }
            Class::Letter => word(stretch, at),
            Class::Digit => token(stretch, at, number_end(stretch, at), TokenKind::Number),
            Class::Mark => token(stretch, at, at + 1, TokenKind::Mark),
            Class::Wide => {
                let first = stretch[at..].chars().next().expect("a character begins here");
                if is_letter(first) {
                    cyrillic_word(stretch, at)
                } else if first.is_numeric() {
                    token(stretch, at, number_end(stretch, at), TokenKind::Number)
                } else if first.is_whitespace()
                    || first.is_control()
                    || matches!(first, '\u{feff}' | '\u{200b}')
                {
                    at += first.len_utf8();
                    continue;
                } else {
                    token(stretch, at, at + first.len_utf8(), TokenKind::Mark)
                }
            }
        };
        at = token.span.end;
        found.push(token);
    }
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Letter,
    Digit,
    Mark,
    /// A character of more than one byte.
    Wide,
}

/// The class of each byte.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=32 | 127 => Class::Blank,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

/// The token from `start` to before `end`.
fn token(stretch: &str, start: usize, end: usize, kind: TokenKind) -> Token {
    Token { span: Span { start, end }, kind, keys: WordKeys::of(&stretch[start..end]) }
}

/// The word that begins at `at` with a letter of ASCII. Nearly all words are plain letters throughout.
#[inline]
fn word(stretch: &str, at: usize) -> Token {
    let bytes = &stretch.as_bytes()[at..];
    let (keys, length) = WordKeys::of_letters(bytes);
    if goes_on(stretch, at + length) {
        return mixed_word(stretch, at);
    }
    let capital = bytes[0].is_ascii_uppercase();
    let shout = capital && length > 1 && bytes[1..length].iter().all(u8::is_ascii_uppercase);
    Token { span: Span { start: at, end: at + length }, kind: TokenKind::Word { capital, shout }, keys }
}

/// The same for a word that begins with a Cyrillic letter of two bytes.
fn cyrillic_word(stretch: &str, at: usize) -> Token {
    let bytes = &stretch.as_bytes()[at..];
    let (keys, length, capitals) = WordKeys::of_cyrillic(bytes);
    if length == 0 || bytes.get(length).is_some_and(u8::is_ascii_alphabetic) || goes_on(stretch, at + length)
    {
        return mixed_word(stretch, at);
    }
    let capital = stretch[at..].starts_with(is_upper);
    let shout = capitals > 1 && capitals * 2 == length;
    Token { span: Span { start: at, end: at + length }, kind: TokenKind::Word { capital, shout }, keys }
}

/// Whether what stands at `end`, behind letters of one alphabet, may belong to the word as well.
#[inline]
fn goes_on(stretch: &str, end: usize) -> bool {
    match stretch.as_bytes().get(end) {
        Some(b'0'..=b'9' | b'\'' | b'`') => true,
        Some(128..) => !stretch[end..].starts_with(ends_plainly),
        _ => false,
    }
}

/// Whether a character cannot belong to a word, of those that often stand behind one: spaces, dashes, closing quotation marks.
fn ends_plainly(c: char) -> bool {
    matches!(c, '\u{a0}' | '»' | '\u{2000}'..='\u{2017}' | '“'..='…')
}

/// The same for a word with digits, apostrophes or letters of other alphabets in it.
fn mixed_word(stretch: &str, at: usize) -> Token {
    let (mut upper, mut lower, mut end) = (0, 0, stretch.len());
    let mut capital = false;
    for (i, c) in stretch[at..].char_indices() {
        if is_letter(c) {
            let is_upper = is_upper(c);
            capital |= i == 0 && is_upper;
            upper += u32::from(is_upper);
            lower += u32::from(!is_upper);
        } else if !(c.is_numeric()
            || is_mark_on_letter(c)
            || is_apostrophe(c) && begins_letter(&stretch[at + i + c.len_utf8()..]))
        {
            end = at + i;
            break;
        }
    }
    token(stretch, at, end, TokenKind::Word { capital, shout: lower == 0 && upper > 1 })
}

fn begins_letter(rest: &str) -> bool {
    rest.chars().next().is_some_and(is_letter)
}

/// Whether a character is a letter; those of Ukrainian and Russian are answered without the tables of Unicode.
#[inline]
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{45f}') || c.is_alphabetic()
}

/// Whether a letter is a capital one, in the same way.
#[inline]
fn is_upper(c: char) -> bool {
    match c {
        'a'..='z' | '\u{430}'..='\u{45f}' => false,
        'A'..='Z' | '\u{400}'..='\u{42f}' => true,
        _ => c.is_uppercase(),
    }
}

/// Where the number that starts at byte `at` of `stretch` ends.
fn number_end(stretch: &str, at: usize) -> usize {
    let mut end = at;
    let mut rest = stretch[at..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(|&(_, next)| next.is_numeric());
        if !(c.is_numeric() || (matches!(c, '.' | ',') && next_is_digit)) {
            break;
        }
        end = at + i + c.len_utf8();
    }
    let ordinal = &stretch[end..];
    let ends = ["st", "nd", "rd", "th"].iter().any(|ending| ordinal.starts_with(ending));
    if ends && !begins_letter(&ordinal[2..]) { end + 2 } else { end }
}

/// Apostrophes of English and Ukrainian, as typed.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '′' | 'ʹ')
}

/// Combining marks, such as a stress mark or the breve of a decomposed "й".
fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).into_iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("Zoryane (5km south)"), ["Zoryane", "(", "5", "km", "south", ")"]);
        assert_eq!(
            words("the 810th Brigade’s 2.2 km, 1,000 men"),
            ["the", "810th", "Brigade’s", "2.2", "km", ",", "1,000", "men"]
        );
        assert_eq!(words("“Куп'янськ” — Часів-Яр"), ["“", "Куп'янськ", "”", "—", "Часів", "-", "Яр"]);
        assert_eq!(words("ends 'here'"), ["ends", "'", "here", "'"]);
    }

    #[test]
    fn the_quick_answers_are_those_of_unicode() {
        for c in (0..0x500).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c}");
            assert!(!is_letter(c) || is_upper(c) == c.is_uppercase(), "{c}");
        }
    }

    #[test]
    fn tokens_lie_on_character_boundaries_in_order() {
        let text = "\u{feff}a\u{301}Ї-1,2.x\u{200b}№5—т’";
        let mut last = 0;
        for token in tokens(text, Span::new(0, text.len())) {
            assert!(text.is_char_boundary(token.span.start) && text.is_char_boundary(token.span.end));
            assert!(last <= token.span.start && !token.span.is_empty());
            last = token.span.end;
        }
    }
}
