//! Readers: from files, folders and standard input to [`Document`]s, one file a format.

use super::header::headers;
use super::{DateSource, Document, ReportDate};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What the person who runs the program says about all inputs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of the reports, over whatever they say themselves.
    pub date: Option<Date>,
}

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system said no.
    #[error("{}: cannot read: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// The documents of `inputs`, in their order.
pub fn documents<'a>(
    inputs: &'a [PathBuf],
    options: &'a Options,
) -> impl Iterator<Item = Result<Document, ReadError>> + 'a {
    inputs.iter().map(|path| text(path, options))
}

fn text(path: &Path, options: &Options) -> Result<Document, ReadError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ReadError::Io { path: path.to_owned(), cause })?;
    let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let given = options.date.map(|date| ReportDate { date, source: DateSource::Given });
    let header = headers(&text).into_iter().find_map(|header| header.date(None));
    let date = given.or(header.map(|date| ReportDate { date, source: DateSource::Text }));
    Ok(Document { id, text, date, ..Document::default() })
}
