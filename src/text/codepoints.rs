//! From byte offsets to Unicode code points, which is how exported offsets count.

/// How many bytes one checkpoint covers. Few enough that a byte counts them, see [`characters_begun`].
const STRIDE: usize = 64;

/// An index from byte offsets of one text to code points.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before each multiple of [`STRIDE`] bytes.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut total = 0;
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(total);
            total += characters_begun(chunk);
        }
        before.push(total);
        CodePoints { text, before }
    }

    /// How many code points stand before byte `offset`, which lies on a character boundary of the text.
    pub fn at(&self, offset: usize) -> usize {
        let chunk = offset / STRIDE;
        self.before[chunk.min(self.before.len() - 1)]
            + characters_begun(&self.text.as_bytes()[(chunk * STRIDE).min(offset)..offset])
    }

    /// All code points of the text.
    pub fn total(&self) -> usize {
        self.before[self.before.len() - 1]
    }
}

/// The bytes of one stride that begin a character: all but the continuation bytes of UTF-8. Summed up in one
/// byte, which the processor does for sixteen bytes at a time.
fn characters_begun(bytes: &[u8]) -> usize {
    debug_assert!(bytes.len() <= STRIDE);
    usize::from(bytes.iter().map(|&byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_the_characters_before_it() {
        let text = "Їжак — \u{1f994} ".repeat(70);
        let index = CodePoints::new(&text);
        for (n, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(offset), n);
        }
        assert_eq!(index.at(text.len()), text.chars().count());
        assert_eq!(index.total(), text.chars().count());
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
