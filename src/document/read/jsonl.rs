//! JSON lines: a record a line. A JSON array of records, or one record over several lines, is read as well.

use super::record::Record;
use super::walk::Entry;
use super::{Options, ReadError, encoding};
use crate::document::Document;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::io::BufRead;

/// The documents of a file of JSON lines, read line by line.
pub(super) fn documents(
    mut source: impl BufRead,
    entry: Entry,
    options: &Options,
) -> impl Iterator<Item = Result<Document, ReadError>> {
    let whole = is_array(&mut source);
    let mut lines = Lines { source, line: Vec::new(), number: 0 };
    let mut waiting = VecDeque::new();
    let mut begun = false;
    std::iter::from_fn(move || {
        if whole && !begun {
            begun = true;
            waiting = array(&mut lines, &entry, options);
        }
        if let Some(document) = waiting.pop_front() {
            return Some(document);
        }
        let line = lines.next()?;
        Some(
            line.map_err(|cause| ReadError::Io { path: entry.path.clone(), cause })
                .and_then(|()| read(&lines.line, &entry, lines.number, options)),
        )
    })
}

/// The fields of a record; numbers count as words.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    id: Field,
    #[serde(default)]
    date: Field,
    #[serde(default)]
    text: Field,
    #[serde(default)]
    title: Field,
    #[serde(default)]
    url: Field,
    #[serde(default)]
    source: Field,
    #[serde(default)]
    lang: Field,
}

/// A field's words; a number is taken as its digits, anything else is nothing.
#[derive(Default)]
struct Field(Option<String>);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> serde::de::Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, words: &str) -> Result<Field, E> {
        Ok(Field(Some(words.to_owned())))
    }

    fn visit_string<E>(self, words: String) -> Result<Field, E> {
        Ok(Field(Some(words)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field, E> {
        Ok(Field(Some(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Field, E> {
        Ok(Field(Some(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field, E> {
        Ok(Field(Some(number.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
        Ok(Field(None))
    }

    fn visit_unit<E>(self) -> Result<Field, E> {
        Ok(Field(None))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Field, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field(None))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut items: A) -> Result<Field, A::Error> {
        while items.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field(None))
    }
}

impl From<Fields> for Record {
    fn from(fields: Fields) -> Record {
        Record {
            id: fields.id.0,
            date: fields.date.0,
            text: fields.text.0,
            title: fields.title.0,
            url: fields.url.0,
            source: fields.source.0,
            lang: fields.lang.0,
        }
    }
}

/// The lines of a source that hold something, in one buffer.
struct Lines<R> {
    source: R,
    line: Vec<u8>,
    /// The number of the line in the buffer, counted from 1.
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Reads the next line that holds something.
    fn next(&mut self) -> Option<std::io::Result<()>> {
        loop {
            self.line.clear();
            match self.source.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) => self.number += 1,
                Err(error) => return Some(Err(error)),
            }
            if !self.line.trim_ascii().is_empty() {
                return Some(Ok(()));
            }
        }
    }
}

/// The document of one line.
fn read(line: &[u8], entry: &Entry, number: u64, options: &Options) -> Result<Document, ReadError> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let (parsed, warning) = match std::str::from_utf8(line) {
        Ok(line) => (serde_json::from_str::<Fields>(line), None),
        Err(_) => {
            let (line, warning) = encoding::not_utf8(line);
            (serde_json::from_str::<Fields>(&line), warning)
        }
    };
    let fields = parsed.map_err(|error| ReadError::Record {
        path: entry.path.clone(),
        line: number,
        problem: format!(
            "`{}` is not a JSON record ({}, column {}); expected {{\"id\": …, \"date\": …, \"text\": …}} on one line; \
             mend or delete the line",
            beginning(line),
            cause(&error),
            error.column()
        ),
    })?;
    let mut document = Record::from(fields).into_document(entry, number, options)?;
    document.warnings.extend(warning);
    Ok(document)
}

/// The first letters of a line, for a message.
fn beginning(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line.trim_ascii());
    let mut words: String = line.chars().take(40).collect();
    if words.len() < line.len() {
        words.push('…');
    }
    words
}

/// What the parser says, without the position, which a line of a file does not need.
fn cause(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or(&words).to_owned()
}

/// Whether the source is one array, or one record over several lines, and no record a line.
fn is_array(source: &mut impl BufRead) -> bool {
    let Ok(start) = source.fill_buf() else { return false };
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let first_line = start.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii();
    start.starts_with(b"[") || first_line == b"{"
}

/// The documents of an array of records. It is held in memory as a whole.
fn array<R: BufRead>(
    lines: &mut Lines<R>,
    entry: &Entry,
    options: &Options,
) -> VecDeque<Result<Document, ReadError>> {
    let mut bytes = Vec::new();
    if let Err(cause) = lines.source.read_to_end(&mut bytes) {
        return [Err(ReadError::Io { path: entry.path.clone(), cause })].into();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let parsed = if bytes.trim_ascii_start().starts_with(b"{") {
        serde_json::from_slice::<Fields>(bytes).map(|fields| vec![fields])
    } else {
        serde_json::from_slice::<Vec<Fields>>(bytes)
    };
    match parsed {
        Ok(records) => {
            let numbered = records.into_iter().zip(1..);
            numbered
                .map(|(fields, number)| Record::from(fields).into_document(entry, number, options))
                .collect()
        }
        Err(error) => {
            let problem = format!(
                "{}, column {}; expected an array of records {{\"id\": …, \"date\": …, \"text\": …}}, or one a line",
                cause(&error),
                error.column()
            );
            [Err(ReadError::Record { path: entry.path.clone(), line: error.line() as u64, problem })].into()
        }
    }
}
