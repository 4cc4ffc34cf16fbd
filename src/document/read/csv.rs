//! CSV: a record a row, its fields named by the first row.

use super::record::Record;
use super::walk::Entry;
use super::{Options, ReadError, encoding};
use crate::document::Document;
use csv::{ByteRecord, ReaderBuilder};
use std::io::BufRead;

/// The documents of a file of comma-separated records, read row by row.
pub(super) fn documents(
    mut source: impl BufRead,
    entry: Entry,
    options: &Options,
) -> impl Iterator<Item = Result<Document, ReadError>> {
    let delimiter = delimiter(&mut source);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
    let mut columns = None;
    let mut done = false;
    let mut row = ByteRecord::new();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if columns.is_none() {
            match Columns::of(reader.byte_headers(), &entry) {
                Ok(found) => columns = Some(found),
                Err(error) => {
                    done = true;
                    return Some(Err(error));
                }
            }
        }
        let columns = columns.as_ref().expect("set just above");
        match reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                Some(columns.document(&row, &entry, line, options))
            }
            Err(error) => {
                done = error.is_io_error();
                Some(Err(problem(&error, &entry)))
            }
        }
    })
}

/// Which column holds which field.
struct Columns {
    id: Option<usize>,
    date: Option<usize>,
    text: usize,
    title: Option<usize>,
    url: Option<usize>,
    source: Option<usize>,
    lang: Option<usize>,
}

impl Columns {
    fn of(headers: Result<&ByteRecord, csv::Error>, entry: &Entry) -> Result<Columns, ReadError> {
        let headers = headers.map_err(|error| problem(&error, entry))?;
        let names: Vec<String> =
            headers.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        let column =
            |wanted: &str| names.iter().position(|name| name.trim_start_matches('\u{feff}') == wanted);
        let Some(text) = column("text") else {
            let problem = format!(
                "the first row names the columns `{}`; expected `text` among them, and `id` and `date` where there are any",
                names.join("`, `")
            );
            return Err(ReadError::Record { path: entry.path.clone(), line: 1, problem });
        };
        Ok(Columns {
            id: column("id"),
            date: column("date"),
            text,
            title: column("title"),
            url: column("url"),
            source: column("source"),
            lang: column("lang"),
        })
    }

    fn document(
        &self,
        row: &ByteRecord,
        entry: &Entry,
        line: u64,
        options: &Options,
    ) -> Result<Document, ReadError> {
        let mut warning = None;
        let mut field = |column: Option<usize>| {
            let bytes = row.get(column?)?;
            Some(match std::str::from_utf8(bytes) {
                Ok(words) => words.to_owned(),
                Err(_) => {
                    let (words, said) = encoding::not_utf8(bytes);
                    warning = said;
                    words
                }
            })
        };
        let record = Record {
            id: field(self.id),
            date: field(self.date),
            text: field(Some(self.text)),
            title: field(self.title),
            url: field(self.url),
            source: field(self.source),
            lang: field(self.lang),
        };
        let mut document = record.into_document(entry, line, options)?;
        document.warnings.extend(warning);
        Ok(document)
    }
}

fn problem(error: &csv::Error, entry: &Entry) -> ReadError {
    let line = error.position().map_or(1, csv::Position::line);
    ReadError::Record {
        path: entry.path.clone(),
        line,
        problem: format!("{error}; expected one record a row"),
    }
}

/// The mark that parts the names of the first row.
fn delimiter(source: &mut impl BufRead) -> u8 {
    let Ok(start) = source.fill_buf() else { return b',' };
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|&&byte| byte == mark).count();
    // The last of equals is taken: a comma where there is no mark at all.
    [b'\t', b';', b','].into_iter().max_by_key(|&mark| count(mark)).expect("there are three")
}
