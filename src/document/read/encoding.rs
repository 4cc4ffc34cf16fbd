//! Bytes made text: UTF-8, UTF-16, and the one-byte alphabets of older pages.

use encoding_rs::{Encoding, KOI8_U, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

/// The text of a file, without a byte order mark, and a warning where it was not plain UTF-8.
///
/// # Errors
/// What the file is instead, where it holds no text.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Option<String>), String> {
    if let Some(found) = other_than_text(&bytes) {
        return Err(found.to_owned());
    }
    if is_utf16(&bytes) {
        return Ok((utf16(&bytes), None));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok((text, None))
        }
        Err(error) => Ok(not_utf8(&error.into_bytes())),
    }
}

/// The text of bytes that are not UTF-8, and a warning that says how they were read.
pub(super) fn not_utf8(bytes: &[u8]) -> (String, Option<String>) {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|&c| c == '\u{fffd}').count();
    let whole = lossy.chars().filter(|&c| !c.is_ascii() && c != '\u{fffd}').count();
    if declared(bytes).is_none() && whole > 4 * broken {
        let places =
            if broken == 1 { "1 place that is".to_owned() } else { format!("{broken} places that are") };
        let warning =
            format!("{places} not UTF-8 became \u{fffd}; save the file as UTF-8 to keep every letter");
        return (lossy.trim_start_matches('\u{feff}').to_owned(), Some(warning));
    }
    let encoding = declared(bytes).unwrap_or_else(|| alphabet(bytes));
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let warning = format!("not UTF-8; read as {}", encoding.name().to_ascii_lowercase());
    (text.into_owned(), Some(warning))
}

/// Whether bytes are letters of two bytes each: they say so at their start, or every other byte is empty.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let pairs = bytes[..bytes.len().min(400)].chunks_exact(2);
    let count = pairs.len();
    let empty = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
    let no_text = pairs.clone().any(|pair| pair == [0, 0]);
    count >= 4 && !no_text && (empty(0) * 4 > count * 3 || empty(1) * 4 > count * 3)
}

fn utf16(bytes: &[u8]) -> String {
    let big = bytes.starts_with(&[0xfe, 0xff]) || !bytes.starts_with(&[0xff, 0xfe]) && bytes[0] == 0;
    let (text, _) = if big { UTF_16BE } else { UTF_16LE }.decode_with_bom_removal(bytes);
    text.into_owned()
}

/// The encoding that a page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = memchr::memmem::find(head, b"charset=")? + b"charset=".len();
    let rest = head[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let length =
        rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    Encoding::for_label(&rest[..length]).filter(|encoding| *encoding != encoding_rs::UTF_8)
}

/// The one-byte alphabet that the upper bytes look like.
fn alphabet(bytes: &[u8]) -> &'static Encoding {
    let high = |byte: &&u8| **byte >= 0xc0;
    let letters = bytes.iter().filter(high).count();
    // Words of Cyrillic letters are runs of upper bytes; accents stand alone between others.
    let in_runs = bytes.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0xc0)).count();
    if in_runs * 3 < letters || letters == 0 {
        return WINDOWS_1252;
    }
    // Small letters are the more frequent ones: KOI8 has them in the lower half, windows-1251 in the upper.
    let lower_half = bytes.iter().filter(high).filter(|byte| **byte < 0xe0).count();
    if lower_half * 2 > letters { KOI8_U } else { WINDOWS_1251 }
}

/// What a file without text is.
fn other_than_text(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (b"\x7fELF", "a program"),
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office file"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"SQLite format 3", "a database"),
    ];
    let named = kinds.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| kind);
    let head = &bytes[..bytes.len().min(4096)];
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26)).count();
    let binary = controls * 20 > head.len() && !is_utf16(bytes);
    named.or_else(|| binary.then_some("a file of binary data"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, warns: bool) {
        let (found, warning) = decode(bytes.to_vec()).expect("it is text");
        assert_eq!((found.as_str(), warning.is_some()), (text, warns), "{warning:?}");
    }

    #[test]
    fn encodings() {
        let text = "Ворог просунувся у Покровську та біля Новомаркового.";
        check(text.as_bytes(), text, false);
        check(format!("\u{feff}{text}").as_bytes(), text, false);
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&wide, text, false);
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check(&wide, text, false);
        let plain: Vec<u8> = "Troops moved near Lyman".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&plain, "Troops moved near Lyman", false);
        check(&WINDOWS_1251.encode(text).0, text, true);
        check(&KOI8_U.encode(text).0, text, true);
        check(b"Rodr\xedguez said \x93no\x94.", "Rodríguez said “no”.", true);
        check("Часів Яр тримається \u{fffd}.".as_bytes(), "Часів Яр тримається \u{fffd}.", false);
        let mut broken = text.as_bytes().to_vec();
        broken[1] = b'x';
        assert!(decode(broken).expect("it is text").1.expect("it warns").contains("not UTF-8"));
    }

    #[test]
    fn a_page_names_its_encoding() {
        let page = "<meta charset=\"windows-1251\"><p>Бій</p>";
        check(&WINDOWS_1251.encode(page).0, page, true);
    }

    #[test]
    fn what_is_no_text() {
        for bytes in [&b"%PDF-1.7"[..], b"PK\x03\x04...", &[0, 1, 2, 3, 4, 5, 6, 7]] {
            assert!(decode(bytes.to_vec()).is_err());
        }
    }
}
