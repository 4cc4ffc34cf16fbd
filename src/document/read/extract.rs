//! Running text put together from the parts of a structured page: white space joined, a line a block, marks kept.

use crate::document::{Mark, MarkKind, Span};

/// The text that grows, its finished marks and those still open.
#[derive(Default)]
pub(super) struct Extract {
    text: String,
    marks: Vec<Mark>,
    open: Vec<(MarkKind, usize)>,
    /// White space was seen after the last word.
    space: bool,
}

impl Extract {
    /// Adds words; any white space counts as one space.
    pub(super) fn push(&mut self, words: &str) {
        for (at, word) in words.split(char::is_whitespace).enumerate() {
            self.space |= at > 0;
            if word.is_empty() {
                continue;
            }
            if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.space = false;
        }
    }

    /// Ends the line, if it holds anything.
    pub(super) fn break_line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Begins a stretch of a kind.
    pub(super) fn open(&mut self, kind: MarkKind) {
        self.open.push((kind, self.text.len()));
    }

    /// Ends the stretch that began last.
    pub(super) fn close(&mut self) {
        let Some((kind, start)) = self.open.pop() else { return };
        let words = &self.text[start..];
        let start = self.text.len() - words.trim_start().len();
        let end = start + words.trim().len();
        if start < end {
            self.marks.push(Mark { span: Span { start, end }, kind });
        }
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text and its marks, by start, wider ones first.
    pub(super) fn finish(mut self) -> (String, Vec<Mark>) {
        while !self.open.is_empty() {
            self.close();
        }
        self.text.truncate(self.text.trim_end().len());
        self.marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        (self.text, self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_joined_and_marks_keep_their_words() {
        let mut extract = Extract::default();
        extract.break_line();
        extract.push("  Troops\n ");
        extract.open(MarkKind::Strong);
        extract.push(" moved\u{a0}on");
        extract.close();
        extract.push(".");
        extract.break_line();
        extract.open(MarkKind::ListItem);
        extract.break_line();
        extract.push("Guns");
        let (text, marks) = extract.finish();
        assert_eq!(text, "Troops moved on.\nGuns");
        let words: Vec<_> = marks.iter().map(|mark| (mark.kind, mark.span.of(&text))).collect();
        assert_eq!(words, [(MarkKind::Strong, "moved on"), (MarkKind::ListItem, "Guns")]);
    }
}
