//! What came in, from whom, of which date: a [`Document`] and the readers that make one.
//! Its inner build (headings, labels, sentences) is `outline`'s question.

pub mod calendar;
mod header;
pub mod read;
mod span;

pub use header::{Header, headers};
pub use span::Span;

use jiff::civil::Date;
use serde::Serialize;

/// One dated text from one source.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// The record's id, else the path relative to the input that was named.
    pub id: String,
    /// The decoded text as it came (header and line ends kept, byte order mark dropped); for HTML
    /// and Markdown the extracted text. Every [`Span`] points into it.
    pub text: String,
    /// The date of the report, where one is known.
    pub date: Option<ReportDate>,
    /// Title, if the record or page has one.
    pub title: Option<String>,
    /// Where the text was published.
    pub url: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The language the record states; paragraphs are detected on their own.
    pub lang: Option<Lang>,
    /// What the format said about the text's parts (HTML, Markdown); empty for plain text.
    pub marks: Vec<Mark>,
    /// What a person should know about how this document was read.
    pub warnings: Vec<String>,
}

/// The date of a report and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReportDate {
    /// The day, in the report's own calendar.
    pub date: Date,
    /// Which rule gave it.
    pub source: DateSource,
}

/// Where a report's date was found, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The person who ran the program said so.
    Given,
    /// A field of the record.
    Record,
    /// A header or stamp in the text itself.
    Text,
    /// The page's metadata.
    Metadata,
    /// An ISO date in the file's stem.
    FileName,
}

impl DateSource {
    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::Given => "given",
            DateSource::Record => "record",
            DateSource::Text => "text",
            DateSource::Metadata => "metadata",
            DateSource::FileName => "file_name",
        }
    }
}

/// A language the program has words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    En,
    /// Ukrainian.
    Uk,
    /// Russian.
    Ru,
}

impl Lang {
    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Uk => "uk",
            Lang::Ru => "ru",
        }
    }

    /// The language of an ISO 639-1 code, if the program has words for it.
    pub fn from_code(code: &str) -> Option<Lang> {
        [Lang::En, Lang::Uk, Lang::Ru].into_iter().find(|lang| lang.code() == code)
    }
}

/// What a format with structure says about a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The stretch, in [`Document::text`].
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// The kinds of [`Mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A heading, level 1 to 6.
    Heading(u8),
    /// One item of a list.
    ListItem,
    /// Bold or strong text.
    Strong,
    /// A quotation block.
    Quote,
    /// Footnotes, endnotes, captions: read, but never the report's own voice.
    Note,
}
