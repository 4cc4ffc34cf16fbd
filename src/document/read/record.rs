//! The records that CSV and JSON files hold: `{id, date, text, title?, url?, source?, lang?}`.

use super::dating::{self, Clues};
use super::walk::Entry;
use super::{Options, ReadError};
use crate::document::{Document, Lang};

/// One record as its file gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: Option<String>,
    pub(super) date: Option<String>,
    pub(super) text: Option<String>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) source: Option<String>,
    pub(super) lang: Option<String>,
}

impl Record {
    /// The document of the record that ends in `line` of the entry's file.
    ///
    /// # Errors
    /// When it holds no text.
    pub(super) fn into_document(
        self,
        entry: &Entry,
        line: u64,
        options: &Options,
    ) -> Result<Document, ReadError> {
        let id = filled(self.id).unwrap_or_else(|| format!("{}:{line}", entry.id));
        let Some(text) = filled(self.text) else {
            let problem = format!("record `{id}` has no `text`; expected the report's text in that field");
            return Err(ReadError::Record { path: entry.path.clone(), line, problem });
        };
        let date = filled(self.date);
        let record = date.as_deref().and_then(dating::parse);
        let mut document = Document {
            id,
            text,
            title: filled(self.title),
            url: filled(self.url),
            source: filled(self.source),
            lang: filled(self.lang)
                .and_then(|lang| Lang::from_code(lang.get(..2)?.to_ascii_lowercase().as_str())),
            ..Document::default()
        };
        if let (Some(words), None) = (date, record) {
            document.warnings.push(format!("date `{words}` is not a day; write it as 2024-10-24"));
        }
        // A file of many days is often named for the day it was made: its name dates only what nothing else does.
        let file_name = dating::in_stem(&entry.path).filter(|_| record.is_none());
        dating::date(&mut document, &Clues { record, file_name, ..Clues::default() }, options.date);
        Ok(document)
    }
}

fn filled(field: Option<String>) -> Option<String> {
    field.filter(|words| !words.trim().is_empty())
}
