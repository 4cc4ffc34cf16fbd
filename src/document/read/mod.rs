//! Readers: from files, folders and standard input to [`Document`]s, one file a format.
//!
//! `walk` finds the files, `encoding` makes bytes text, a format's file makes text documents, `dating` says
//! which day each is of. Documents come one by one, in the order of the inputs; a file of records is never
//! held in memory as a whole.

mod csv;
mod dating;
mod encoding;
mod extract;
mod html;
mod jsonl;
mod markdown;
mod record;
mod walk;

use super::Document;
use dating::Clues;
use jiff::civil::Date;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::{Path, PathBuf};
use walk::{Entry, entries};

/// What the person who runs the program says about all inputs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of the reports, over whatever they say themselves.
    pub date: Option<Date>,
}

/// Why an input, or a part of it, could not be read. The rest is read all the same.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system said no.
    #[error("{}: cannot read: {cause}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// There is nothing in the file.
    #[error("{}: the file is empty; expected a report", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A folder without a file that the program reads.
    #[error(
        "{}: no reports in this folder; expected files ending in {}; name a file itself to read it whatever its ending",
        path.display(), walk::ENDINGS.join(", ")
    )]
    NoReports {
        /// The folder.
        path: PathBuf,
    },
    /// The file is of a kind that holds no text.
    #[error("{}: {found}; expected plain text, Markdown, HTML, CSV or JSON lines; save the text as one of these", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: String,
    },
    /// A page in which no running text was found.
    #[error("{}: no text found in this page; expected paragraphs in its body; save the page again or its text as .txt", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// A record that cannot be used.
    #[error("{}:{line}: {problem}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: u64,
        /// What stood there, what was expected and what to do.
        problem: String,
    },
}

/// The documents of `inputs`, in their order: files, folders of files (by name), or `-` for standard input.
///
/// # Errors
/// An item for each file or record that cannot be read; the items after it are not affected. A document
/// without a date is no error here.
pub fn documents<'a>(
    inputs: &'a [PathBuf],
    options: &'a Options,
) -> impl Iterator<Item = Result<Document, ReadError>> + 'a {
    inputs.iter().flat_map(|input| entries(input)).flat_map(move |entry| match entry {
        Ok(entry) => of_entry(entry, options),
        Err(error) => one(Err(error)),
    })
}

/// The documents of one file.
type Documents<'a> = Box<dyn Iterator<Item = Result<Document, ReadError>> + 'a>;

fn one<'a>(document: Result<Document, ReadError>) -> Documents<'a> {
    Box::new(std::iter::once(document))
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    Csv,
    Jsonl,
}

impl Format {
    /// The format that a file's ending names.
    fn of_ending(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" | "text" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "csv" | "tsv" => Format::Csv,
            "jsonl" | "ndjson" | "json" => Format::Jsonl,
            _ => return None,
        })
    }

    /// The format that the first bytes of an unnamed text look like.
    fn of_content(start: &[u8]) -> Format {
        let start = start.trim_ascii_start();
        let head = start[..start.len().min(1000)].to_ascii_lowercase();
        let holds = |words: &[u8]| memchr::memmem::find(&head, words).is_some();
        match start.first() {
            Some(b'{' | b'[') if holds(b"\"text\"") => Format::Jsonl,
            Some(b'<')
                if [&b"<!doctype"[..], b"<html", b"<body", b"<div", b"<p>", b"<h1"]
                    .into_iter()
                    .any(holds) =>
            {
                Format::Html
            }
            _ if names_columns(start) => Format::Csv,
            _ => Format::Text,
        }
    }
}

/// Whether the first line names the columns of records, `text` among them.
fn names_columns(start: &[u8]) -> bool {
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut names = first.split(|byte| matches!(byte, b',' | b';' | b'\t'));
    first.len() < 300
        && names.clone().count() > 1
        && names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"text"))
}

/// The documents of bytes that are no file, under a name whose ending says what they are.
///
/// # Errors
/// As for [`documents`].
pub fn from_reader<'a>(
    name: &str,
    source: impl Read + 'a,
    options: &'a Options,
) -> impl Iterator<Item = Result<Document, ReadError>> + 'a {
    of_source(Entry { path: name.into(), id: name.to_owned() }, source, options)
}

fn of_entry<'a>(entry: Entry, options: &'a Options) -> Documents<'a> {
    if entry.is_stdin() {
        return of_source(entry, stdin(), options);
    }
    match File::open(&entry.path) {
        Ok(file) => of_source(entry, file, options),
        Err(cause) => one(Err(ReadError::Io { path: entry.path, cause })),
    }
}

fn of_source<'a>(entry: Entry, source: impl Read + 'a, options: &'a Options) -> Documents<'a> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let start = match source.fill_buf() {
        Ok(start) => start,
        Err(cause) => return one(Err(ReadError::Io { path: entry.path, cause })),
    };
    if start.is_empty() {
        return one(Err(ReadError::Empty { path: entry.path }));
    }
    let wide = encoding::is_utf16(start);
    let format = Format::of_ending(&entry.path).unwrap_or_else(|| Format::of_content(start));
    match format {
        // Records in two-byte letters are rare: they are decoded as a whole first.
        Format::Csv | Format::Jsonl if wide => match text_of(source, &entry) {
            Ok((text, _)) => {
                records(format, BufReader::new(std::io::Cursor::new(text.into_bytes())), entry, options)
            }
            Err(error) => one(Err(error)),
        },
        Format::Csv | Format::Jsonl => records(format, source, entry, options),
        Format::Text | Format::Markdown | Format::Html => one(whole(format, source, &entry, options)),
    }
}

/// The documents of a file of records.
fn records<'a>(
    format: Format,
    source: impl BufRead + 'a,
    entry: Entry,
    options: &'a Options,
) -> Documents<'a> {
    if format == Format::Csv {
        Box::new(csv::documents(source, entry, options))
    } else {
        Box::new(jsonl::documents(source, entry, options))
    }
}

/// The one document that a file of text is.
fn whole(format: Format, source: impl Read, entry: &Entry, options: &Options) -> Result<Document, ReadError> {
    let (text, warning) = text_of(source, entry)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { path: entry.path.clone() });
    }
    let (mut document, mut clues) = match format {
        Format::Html => html::document(&text),
        Format::Markdown => markdown::document(&text),
        Format::Text | Format::Csv | Format::Jsonl => {
            (Document { text, ..Document::default() }, Clues::default())
        }
    };
    if document.text.trim().is_empty() {
        return Err(ReadError::NoText { path: entry.path.clone() });
    }
    document.id.clone_from(&entry.id);
    document.warnings.extend(warning);
    clues.file_name = dating::in_stem(&entry.path);
    dating::date(&mut document, &clues, options.date);
    Ok(document)
}

fn text_of(mut source: impl Read, entry: &Entry) -> Result<(String, Option<String>), ReadError> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(|cause| ReadError::Io { path: entry.path.clone(), cause })?;
    encoding::decode(bytes).map_err(|found| ReadError::NotText { path: entry.path.clone(), found })
}
