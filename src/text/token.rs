//! Words, numbers and marks of a stretch of text. Sentences are next door.

use crate::document::Span;

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
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
    let stretch = span.of(text);
    let mut rest = stretch.char_indices().peekable();
    while let Some((at, first)) = rest.next() {
        let start = span.start + at;
        let mut end = start + first.len_utf8();
        let kind = if first.is_alphabetic() {
            let (mut all_upper, mut letters) = (first.is_uppercase(), 1);
            while let Some(&(at, c)) = rest.peek() {
                let inner_apostrophe = is_apostrophe(c)
                    && stretch[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphabetic);
                if !(c.is_alphanumeric() || is_mark_on_letter(c) || inner_apostrophe) {
                    break;
                }
                if c.is_alphabetic() {
                    letters += 1;
                    all_upper &= c.is_uppercase();
                }
                end = span.start + at + c.len_utf8();
                rest.next();
            }
            TokenKind::Word { capital: first.is_uppercase(), shout: all_upper && letters > 1 }
        } else if first.is_numeric() {
            end = number_end(stretch, at, span.start);
            while rest.peek().is_some_and(|&(at, _)| span.start + at < end) {
                rest.next();
            }
            TokenKind::Number
        } else if first.is_whitespace() || first.is_control() || first == '\u{feff}' || first == '\u{200b}' {
            continue;
        } else {
            TokenKind::Mark
        };
        found.push(Token { span: Span { start, end }, kind });
    }
}

/// Where the number that starts at byte `at` of `stretch` ends, counted from `offset`.
fn number_end(stretch: &str, at: usize, offset: usize) -> usize {
    let mut end = at;
    let mut rest = stretch[at..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(|&(_, next)| next.is_numeric());
        if !(c.is_numeric() || (matches!(c, '.' | ',') && next_is_digit)) {
            break;
        }
        end = at + i + c.len_utf8();
    }
    let ordinal = stretch[end..].chars().take_while(|c| c.is_alphabetic()).collect::<String>();
    if matches!(ordinal.as_str(), "st" | "nd" | "rd" | "th") {
        end += ordinal.len();
    }
    offset + end
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
