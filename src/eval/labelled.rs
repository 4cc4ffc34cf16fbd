//! Texts whose places are known: gold sets, geolocated sentences and statements of offsets, all as [`LabelledText`]s.
//! What is measured on them is `resolution`'s question.

use super::gold::{self, GoldDocument, GoldError};
use crate::document::{DateSource, Document, Lang, ReportDate, Span};
use crate::resolve::Grounds;
use std::path::Path;

/// A text and what some of its names mean.
#[derive(Clone, Debug)]
pub struct LabelledText {
    /// The text as the pipeline takes it.
    pub document: Document,
    /// What is known of it, in text order.
    pub truths: Vec<Truth>,
}

/// One name whose place is known.
#[derive(Clone, Debug)]
pub struct Truth {
    /// The name.
    pub span: Span,
    /// Longitude and latitude; none where the set gives none.
    pub point: Option<[f64; 2]>,
    /// A place this near is the right one, kilometres.
    pub within_km: f64,
    /// Whether the point is where something happened and not the named place's own.
    pub of_event: bool,
    /// What the set says of it: the class, or the phrase it stands in.
    pub group: String,
    /// Whether several places bear the name, where the set says so.
    pub namesakes: bool,
}

impl Truth {
    /// Whether it can say that a decision was right: where something happened does not tell whether the point of a
    /// village is the village's own or only that of its unit.
    pub fn tells_of(&self, grounds: &Grounds) -> bool {
        !(self.of_event && grounds.inexact)
    }
}

/// Every second line or day of a set: one half for fitting, the other for measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Even lines and days: for fitting.
    Even,
    /// Odd lines and days: for measuring.
    Odd,
}

impl Half {
    fn holds(self, number: usize) -> bool {
        number.is_multiple_of(2) == (self == Half::Even)
    }
}

/// A set that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LabelledError {
    /// A gold set.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// A file.
    #[error("{path}: cannot read the labelled set: {cause}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A row.
    #[error("{path}:{line}: `{column}` is missing or no {wanted}")]
    Cell {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// The column.
        column: &'static str,
        /// What was expected.
        wanted: &'static str,
    },
}

/// The kilometres within which a place counts as right by the set's class: areas are one point in a gold set.
fn tolerance_km(class: Option<&str>) -> f64 {
    match class {
        Some("admin2") => 40.0,
        Some("admin1") => 120.0,
        Some("country") => 900.0,
        _ => 5.0,
    }
}

/// A gold set of reports, or of general news where `news`: there a place within 161 km is right, as the literature counts.
///
/// # Errors
/// When the file cannot be read.
pub fn gold_set(path: &Path, news: bool) -> Result<Vec<LabelledText>, LabelledError> {
    Ok(gold::read(path)?.into_iter().map(|gold| from_gold(gold, news)).collect())
}

fn from_gold(gold: GoldDocument, news: bool) -> LabelledText {
    let bytes = byte_offsets(&gold.text);
    let truths = gold
        .toponyms
        .iter()
        .filter(|toponym| toponym.end < bytes.len() && toponym.start < toponym.end)
        .map(|toponym| Truth {
            span: Span::new(bytes[toponym.start], bytes[toponym.end]),
            point: toponym.lon.zip(toponym.lat).map(|(lon, lat)| [lon, lat]),
            of_event: false,
            within_km: if news { 161.0 } else { tolerance_km(toponym.class.as_deref()) },
            group: toponym.class.clone().unwrap_or_default(),
            namesakes: false,
        })
        .collect();
    let document = Document {
        id: gold.id,
        date: gold.date.map(|date| ReportDate { date, source: DateSource::Record }),
        lang: gold.lang.as_deref().and_then(Lang::from_code),
        text: gold.text,
        ..Document::default()
    };
    LabelledText { document, truths }
}

/// Geolocated sentences whose settlement is named: one half of `named.tsv`, with the texts of the sentences beside it.
///
/// # Errors
/// When a file cannot be read or a row is broken.
pub fn named(table: &Path, sentences: &Path, half: Half) -> Result<Vec<LabelledText>, LabelledError> {
    let lines = read(sentences)?;
    let lines: Vec<&str> = lines.lines().collect();
    let mut texts: Vec<LabelledText> = Vec::new();
    for row in Rows::of(table)?.iter() {
        let line: usize = row.number("line")?;
        if !half.holds(line) {
            continue;
        }
        let found: Option<serde_json::Value> =
            lines.get(line).and_then(|text| serde_json::from_str(text).ok());
        let text = found.as_ref().and_then(|found| found["text"].as_str()).unwrap_or_default();
        let bytes = byte_offsets(text);
        let (start, end): (usize, usize) = (row.number("start")?, row.number("end")?);
        if end >= bytes.len() {
            continue;
        }
        let truth = Truth {
            span: Span::new(bytes[start], bytes[end]),
            point: Some([row.number("true_lon")?, row.number("true_lat")?]),
            within_km: 15.0,
            of_event: true,
            group: format!("{} {}", row.cell("phrase")?, row.cell("direction")?).trim_end().to_owned(),
            namesakes: row.number::<usize>("namesakes")? > 1,
        };
        let id = row.cell("id")?;
        match texts.last_mut().filter(|last| last.document.id == id) {
            Some(last) => last.truths.push(truth),
            None => {
                let date = found.as_ref().and_then(|found| found["first_seen"].as_str());
                let date = date.and_then(|date| date.parse().ok());
                let document = Document {
                    id: id.to_owned(),
                    text: text.to_owned(),
                    date: date.map(|date| ReportDate { date, source: DateSource::Record }),
                    ..Document::default()
                };
                texts.push(LabelledText { document, truths: vec![truth] });
            }
        }
    }
    Ok(texts)
}

/// What an offset statement's text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gloss {
    /// The statement as it is.
    Kept,
    /// The words of the gloss replaced by spaces.
    Blanked,
}

/// Statements "X (5km south of Y)" with verdict ok and two or more candidates: each in its report where `reports`
/// holds that day's, else by itself.
///
/// # Errors
/// When the table cannot be read or a row is broken.
pub fn offsets(
    table: &Path,
    reports: Option<&Path>,
    half: Half,
    gloss: Gloss,
) -> Result<Vec<LabelledText>, LabelledError> {
    let mut texts = Vec::new();
    for row in Rows::of(table)?.iter() {
        let date: jiff::civil::Date = row.number("date")?;
        let many = row.cell("name_candidates(front)")?.parse::<usize>().is_ok_and(|n| n >= 2);
        if row.cell("verdict")? != "ok" || !many || !half.holds(date.day() as usize) {
            continue;
        }
        let (statement, name) = (row.cell("text")?, row.cell("name")?);
        let report = match reports {
            Some(folder) => match std::fs::read_to_string(folder.join(format!("{date}.txt"))) {
                Ok(report) => report,
                Err(_) => continue,
            },
            None => statement.to_owned(),
        };
        let Some(at) = report.find(statement) else { continue };
        let Some(inside) = statement.find(name) else { continue };
        let mut text = report.clone();
        if gloss == Gloss::Blanked
            && let Some(open) = statement.find('(')
        {
            let end = at + statement.len();
            let blank = " ".repeat(end - at - open);
            text.replace_range(at + open..end, &blank);
        }
        let truth = Truth {
            span: Span::new(at + inside, at + inside + name.len()),
            point: Some([row.number("best_lon")?, row.number("best_lat")?]),
            within_km: 5.0,
            of_event: false,
            group: "offset".to_owned(),
            namesakes: true,
        };
        let document = Document {
            id: format!("{date}-{name}"),
            text,
            date: Some(ReportDate { date, source: DateSource::Record }),
            ..Document::default()
        };
        texts.push(LabelledText { document, truths: vec![truth] });
    }
    Ok(texts)
}

/// The byte of each code point, and the length.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn read(path: &Path) -> Result<String, LabelledError> {
    std::fs::read_to_string(path)
        .map_err(|cause| LabelledError::Read { path: path.display().to_string(), cause })
}

/// The rows of a tab-separated file with a header.
struct Rows {
    path: String,
    text: String,
}

/// One row.
struct Row<'a> {
    path: &'a str,
    line: usize,
    header: &'a str,
    cells: &'a str,
}

impl Rows {
    fn of(path: &Path) -> Result<Rows, LabelledError> {
        Ok(Rows { path: path.display().to_string(), text: read(path)? })
    }

    fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let mut lines = self.text.lines().enumerate();
        let header = lines.next().map_or("", |(_, header)| header);
        lines.map(move |(at, cells)| Row { path: &self.path, line: at + 1, header, cells })
    }
}

impl<'a> Row<'a> {
    fn cell(&self, column: &'static str) -> Result<&'a str, LabelledError> {
        let at = self.header.split('\t').position(|name| name == column);
        at.and_then(|at| self.cells.split('\t').nth(at)).ok_or(LabelledError::Cell {
            path: self.path.to_owned(),
            line: self.line,
            column,
            wanted: "cell",
        })
    }

    fn number<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, LabelledError> {
        self.cell(column)?.parse().map_err(|_| LabelledError::Cell {
            path: self.path.to_owned(),
            line: self.line,
            column,
            wanted: "number or date",
        })
    }
}
