//! Reports that a report quotes: "To quote the key takeaways of 23 October:" gives the blocks after it a date
//! of their own.

use super::{BlockKind, Label};
use crate::document::Span;
use crate::document::calendar::days_between;
use crate::text::table::rows;
use crate::text::{DatePrecision, Token, dates, token};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// A quotation that is open while the blocks of a text go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The date of what is quoted.
    pub(super) as_of: Date,
    /// Its first block was an item of a list: it ends with the list.
    list: Option<bool>,
}

/// How long before the report, in days, what it quotes at length may have been published.
const DAYS: i64 = 60;

/// The longest lead-in, in bytes.
const LEAD_IN: usize = 300;

impl Quotation {
    /// The quotation that a block leads in, and whether it begins in the block itself, behind the colon.
    pub(super) fn led_in(
        text: &str,
        block: Span,
        label: Option<Label>,
        report: Date,
    ) -> Option<(Quotation, bool)> {
        let words = block.of(text);
        let colon = memchr::memchr(b':', &words.as_bytes()[..words.len().min(LEAD_IN)])?;
        // "Source: the assessment of 23 October" dates what follows; elsewhere the colon comes last.
        let named = label == Some(Label::Source);
        let end = if named { words.len().min(LEAD_IN) } else { colon };
        let end = (0..=end).rev().find(|&end| words.is_char_boundary(end)).unwrap_or(0);
        if !words.as_bytes()[..end].iter().any(u8::is_ascii_digit) {
            return None;
        }
        let tokens = token::tokens(text, Span { start: block.start, end: block.start + end });
        if !tokens.iter().any(|token| names_a_report(text, *token)) {
            return None;
        }
        let found = dates(text, &tokens, report);
        let date = found.iter().rfind(|date| date.precision <= DatePrecision::Days)?.last;
        let within = (0..=DAYS).contains(&days_between(date, report));
        let begins_here = !named && !words[colon + 1..].trim().is_empty();
        within.then_some((Quotation { as_of: date, list: None }, begins_here))
    }

    /// The quotation as it stands at the next block: none where that block plainly ends it.
    pub(super) fn at_block(self, kind: BlockKind, label: Option<Label>, listed: bool) -> Option<Quotation> {
        match kind {
            BlockKind::Boilerplate | BlockKind::Note | BlockKind::Header => return Some(self),
            BlockKind::Heading => return None,
            BlockKind::Paragraph | BlockKind::ListItem => {}
        }
        if matches!(label, Some(Label::Source | Label::Details)) {
            return None;
        }
        let list = self.list.unwrap_or(listed);
        (list == listed || !list).then_some(Quotation { list: Some(list), ..self })
    }
}

fn names_a_report(text: &str, token: Token) -> bool {
    let word = token.span.of(text);
    token.is_word() && word.len() <= 30 && REPORTS.contains(word.to_lowercase().as_str())
}

/// Nouns that name a report, of all languages.
static REPORTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../gazetteer/lexicon/en/reports.tsv"),
        include_str!("../../gazetteer/lexicon/uk/reports.tsv"),
        include_str!("../../gazetteer/lexicon/ru/reports.tsv"),
    ];
    tables.into_iter().flat_map(rows).map(|row| row[0]).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn led_in(text: &str, label: Option<Label>) -> Option<Date> {
        let whole = Span::new(0, text.len());
        Quotation::led_in(text, whole, label, date(2025, 1, 2)).map(|(quotation, _)| quotation.as_of)
    }

    #[test]
    fn lead_ins() {
        let day = Some(date(2024, 12, 31));
        assert_eq!(led_in("Here are the think tank's key takeaways for 31 December:", None), day);
        assert_eq!(led_in("The assessment of December 31 reads:", None), day);
        assert_eq!(led_in("In its December 31 report the institute says: troops moved", None), day);
        assert_eq!(led_in("Ключові висновки ISW за 31 грудня:", None), day);
        assert_eq!(led_in("Вот что сказано в сводке от 31 декабря:", None), day);
        assert_eq!(led_in("Source: the daily assessment for 31 December", Some(Label::Source)), day);
    }

    #[test]
    fn what_leads_nothing_in() {
        assert_eq!(led_in("He said on 31 December: we hold", None), None);
        assert_eq!(led_in("The report of 31 December was long", None), None);
        assert_eq!(led_in("The report of 31 May 2024 says:", None), None);
        assert_eq!(led_in("Assessed advances: Footage of December 31 in a report", None), None);
    }
}
