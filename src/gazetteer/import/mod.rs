//! A user's own places: GeoNames dumps, CSV tables and GeoJSON made into a pack that is used with the
//! embedded gazetteer. One file a format; which known place a row is, is `join`'s question.

mod alternate;
mod codes;
mod dump;
mod geojson;
mod join;
mod table;

use super::layout::LANGS;
use super::rows::{At, Complaint, NameRow, OutlineRow, PlaceRow};
use super::writer::{self, Rows, Strangers};
use super::{Gazetteer, NameKind, Pack, PlaceClass, PointPrecision, TableError};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What to take.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// ISO 3166-1 codes of the countries to take from GeoNames files; all when empty.
    pub countries: Vec<String>,
    /// Columns or properties under another name: what it is to us, how the file calls it ("name", "NAME_EN").
    pub renamed: Vec<(String, String)>,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The files read, those in archives named `ARCHIVE/FILE`.
    pub files: Vec<FileReport>,
    /// Places of the pack that the gazetteer knew: their names, and their points where better, are added.
    pub known: usize,
    /// Places of the pack that are new.
    pub new: usize,
}

/// What came of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The file.
    pub file: String,
    /// What it was taken for.
    pub format: &'static str,
    /// Rows taken.
    pub taken: usize,
    /// Rows of kinds or countries that are not taken.
    pub passed_over: usize,
    /// Rows that could not be read.
    pub rejected: usize,
    /// The first of them.
    pub first_rejects: Vec<Reject>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The line, or the feature's number, from 1.
    pub line: usize,
    /// What stood there and what was expected.
    pub what: String,
}

/// Why nothing came of an import.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ImportError {
    #[error("{}: {error}", path.display())]
    Read { path: PathBuf, error: std::io::Error },
    #[error("{}: not a readable ZIP archive: {error}", path.display())]
    Archive { path: PathBuf, error: zip::result::ZipError },
    #[error("{file}: {what}")]
    File { file: String, what: String },
    #[error("no place was taken from {files}; the report says why")]
    Nothing { files: String, report: Box<Report> },
    #[error("{}: {error}", path.display())]
    Pack { path: PathBuf, error: TableError },
    #[error("the places taken do not fit together: {0}")]
    Rows(String),
}

/// How many rejected rows of a file are kept.
const REJECTS_KEPT: usize = 10;

/// Reads the files and makes a pack of them. `progress` is told how many of how many bytes are read.
pub fn import(
    paths: &[PathBuf],
    known: &Gazetteer,
    options: &ImportOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Vec<u8>, Report), ImportError> {
    let mut import = Import {
        options,
        places: Vec::new(),
        by_id: HashMap::new(),
        report: Report::default(),
        read: 0,
        archived: false,
        total: paths.iter().filter_map(|path| path.metadata().ok()).map(|data| data.len()).sum(),
        progress,
    };
    // Alternate names are of places that must have been taken before them.
    let (names, places): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| holds_names(path));
    for path in places.into_iter().chain(names) {
        import.path(path)?;
    }
    let Import { places, mut report, .. } = import;
    if places.is_empty() {
        let files: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(ImportError::Nothing { files: files.join(", "), report: Box::new(report) });
    }
    let places = join::join(places, known, &mut report);
    let bytes = compile(&places).map_err(|complaint| ImportError::Rows(complaint.what))?;
    Ok((bytes, report))
}

impl Gazetteer {
    /// Adds the places of a file: a pack, or any other format that [`import`] reads.
    pub fn with_file(self, path: &Path) -> Result<Gazetteer, ImportError> {
        let mut head = Vec::new();
        let read = |error| ImportError::Read { path: path.to_owned(), error };
        File::open(path).map_err(read)?.take(5).read_to_end(&mut head).map_err(read)?;
        let bytes = if head == super::layout::MAGIC[..5] {
            std::fs::read(path).map_err(read)?
        } else {
            import(&[path.to_owned()], &self, &ImportOptions::default(), &mut |_, _| {})?.0
        };
        let pack =
            Pack::from_bytes(bytes).map_err(|error| ImportError::Pack { path: path.to_owned(), error })?;
        Ok(self.with_pack(pack))
    }
}

/// The import at work.
struct Import<'a> {
    options: &'a ImportOptions,
    places: Vec<Found>,
    /// Positions in `places`.
    by_id: HashMap<String, usize>,
    report: Report,
    /// Bytes read and to be read, as they lie on the disk.
    read: u64,
    total: u64,
    /// Whether the file at hand comes out of an archive.
    archived: bool,
    progress: &'a mut dyn FnMut(u64, u64),
}

/// A place as a file has it.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    id: String,
    class: PlaceClass,
    kind: String,
    name: String,
    point: Option<[f64; 2]>,
    precision: PointPrecision,
    radius_m: u32,
    population: Option<u32>,
    /// A unit's id, where the file says one.
    parent: Option<String>,
    /// Codes of country, first- and second-level unit, where the file has them.
    codes: [String; 3],
    source: String,
    names: Vec<FoundName>,
    polygons: Polygons,
}

/// Polygons of rings of points, the outer ring first.
type Polygons = Vec<Vec<Vec<[f64; 2]>>>;

/// A further name of a place as a file has it.
#[derive(Clone, Debug, Default, PartialEq)]
struct FoundName {
    text: String,
    lang: String,
    kind: Option<NameKind>,
    from: String,
    to: String,
}

impl Import<'_> {
    /// Reads one path.
    fn path(&mut self, path: &Path) -> Result<(), ImportError> {
        let read = |error| ImportError::Read { path: path.to_owned(), error };
        let file = File::open(path).map_err(read)?;
        self.archived = has_ending(&path.to_string_lossy(), "zip");
        let size = file.metadata().map_err(read)?.len();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let before = self.read;
        if self.archived {
            self.archive(path, file)?;
        } else {
            self.file(&path.display().to_string(), &name, BufReader::new(file))?;
        }
        self.read = before + size;
        (self.progress)(self.read, self.total);
        Ok(())
    }

    /// Reads the tables of an archive.
    fn archive(&mut self, path: &Path, file: File) -> Result<(), ImportError> {
        let wrong = |error| ImportError::Archive { path: path.to_owned(), error };
        let mut archive = zip::ZipArchive::new(file).map_err(wrong)?;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(wrong)?;
            let name = entry.name().map_err(wrong)?.into_owned();
            if is_about(&name) || !entry.is_file() {
                continue;
            }
            self.file(&format!("{}/{name}", path.display()), &name, BufReader::new(entry))?;
        }
        Ok(())
    }

    /// Reads one file by the format that its name and first line show.
    fn file(&mut self, file: &str, name: &str, mut input: impl BufRead) -> Result<(), ImportError> {
        let wrong = |what: String| ImportError::File { file: file.to_owned(), what };
        let lower = name.to_lowercase();
        let mut report = FileReport { file: file.to_owned(), ..FileReport::default() };
        if has_ending(&lower, "geojson") || has_ending(&lower, "json") {
            report.format = "GeoJSON";
            let mut text = String::new();
            input.read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
            geojson::read(self, &text, &mut report).map_err(wrong)?;
        } else if lower.starts_with("admin1codes") || lower.starts_with("admin2codes") {
            report.format = "GeoNames unit codes";
            self.lines(input, &mut report, codes::row).map_err(wrong)?;
        } else {
            let mut first = String::new();
            input.read_line(&mut first).map_err(|error| wrong(error.to_string()))?;
            let whole = std::io::Cursor::new(first.clone()).chain(input);
            if first.split('\t').count() == dump::COLUMNS {
                report.format = "GeoNames";
                self.lines(BufReader::new(whole), &mut report, dump::row).map_err(wrong)?;
            } else if alternate::is_row(&first) || lower.starts_with("alternatenames") {
                report.format = "GeoNames alternate names";
                self.lines(BufReader::new(whole), &mut report, alternate::row).map_err(wrong)?;
            } else {
                report.format = "table";
                table::read(self, &first, whole, &mut report).map_err(wrong)?;
            }
        }
        self.report.files.push(report);
        Ok(())
    }

    /// Hands each line to `row`, which says what came of it.
    fn lines(
        &mut self,
        mut input: impl BufRead,
        report: &mut FileReport,
        row: impl Fn(&mut Self, &str) -> Result<Taken, String>,
    ) -> Result<(), String> {
        /// Lines between two reports of progress.
        const PROGRESS_LINES: usize = 1 << 14;
        /// By how much tables shrink in an archive, about.
        const SHRINK: u64 = 4;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let bytes =
                input.read_until(b'\n', &mut line).map_err(|error| format!("line {number}: {error}"))?;
            if bytes == 0 {
                break;
            }
            let outcome = match std::str::from_utf8(&line) {
                Ok(text) if text.trim().is_empty() => Ok(Taken::PassedOver),
                Ok(text) => row(self, text.trim_end_matches(['\n', '\r'])),
                Err(_) => Err("the line is not UTF-8".to_owned()),
            };
            report.note(number, outcome);
            self.read += bytes as u64 / if self.archived { SHRINK } else { 1 };
            if number % PROGRESS_LINES == 0 {
                (self.progress)(self.read.min(self.total), self.total);
            }
        }
        Ok(())
    }

    /// Takes a place, or adds to one taken before under the same id.
    fn take(&mut self, place: Found) {
        match self.by_id.get(&place.id) {
            Some(&at) => {
                let known = &mut self.places[at];
                if place.precision < known.precision {
                    (known.point, known.precision) = (place.point, place.precision);
                    known.radius_m = place.radius_m;
                }
                known.names.extend(place.names);
            }
            None => {
                self.by_id.insert(place.id.clone(), self.places.len());
                self.places.push(place);
            }
        }
    }
}

/// What came of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Yes,
    PassedOver,
}

impl FileReport {
    /// Counts a row.
    fn note(&mut self, line: usize, outcome: Result<Taken, String>) {
        match outcome {
            Ok(Taken::Yes) => self.taken += 1,
            Ok(Taken::PassedOver) => self.passed_over += 1,
            Err(what) => {
                self.rejected += 1;
                if self.first_rejects.len() < REJECTS_KEPT {
                    self.first_rejects.push(Reject { line, what });
                }
            }
        }
    }
}

/// Compiles the places into the bytes of a pack.
fn compile(places: &[Found]) -> Result<Vec<u8>, Complaint> {
    let mut rows = Rows::default();
    for place in places {
        let at = At { file: "import", line: 0 };
        rows.places.push(PlaceRow {
            at,
            id: &place.id,
            class: place.class as u8,
            kind: &place.kind,
            name: &place.name,
            point: place.point,
            precision: place.precision as u8,
            radius_m: place.radius_m,
            population: place.population,
            parent: place.parent.as_deref(),
            source: &place.source,
        });
        rows.names.extend(place.names.iter().map(|name| NameRow {
            at,
            place: &place.id,
            name: &name.text,
            lang: if LANGS.contains(&name.lang.as_str()) { &name.lang } else { "" },
            kind: name.kind.unwrap_or(NameKind::Alternate) as u8,
            from: &name.from,
            to: &name.to,
        }));
        if !place.polygons.is_empty() {
            rows.outlines.push(OutlineRow { at, place: &place.id, polygons: &place.polygons });
        }
    }
    let mut content: Vec<u8> = Vec::new();
    for place in places {
        content.extend_from_slice(place.id.as_bytes());
        content.extend(place.point.into_iter().flatten().flat_map(f64::to_le_bytes));
    }
    let version = format!("pack-{:010x}", crate::text::fold::hash(&content) >> 24);
    writer::write(rows, &version, Strangers::Keep)
}

/// Whether a point lies on the globe, or what stood there instead.
fn on_globe([lon, lat]: [f64; 2]) -> Result<(), String> {
    match lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        true => Ok(()),
        false => Err(format!("a point is {lon}, {lat}, expected longitude and latitude in degrees")),
    }
}

/// A point from two cells.
fn point(lon: &str, lat: &str) -> Result<[f64; 2], String> {
    let degrees = |name: &str, cell: &str, limit: f64| match cell.trim().parse::<f64>() {
        Ok(degrees) if degrees.abs() <= limit => Ok(degrees),
        _ => Err(format!("{name} is `{cell}`, expected degrees from -{limit} to {limit} with a point")),
    };
    Ok([degrees("longitude", lon, 180.0)?, degrees("latitude", lat, 90.0)?])
}

/// Whether a file holds GeoNames' alternate names, by its name.
fn holds_names(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().starts_with("alternatenames"))
}

/// Whether a file of an archive is about its tables: GeoNames packs a read-me and its codes of languages.
fn is_about(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("readme") || lower.contains("iso-languagecodes")
}

/// The radius in metres within which the centre of a settlement of that many inhabitants is marked.
fn radius_m(population: Option<u32>) -> u32 {
    match population.unwrap_or(0) {
        0..10_000 => 600,
        10_000..100_000 => 1_500,
        100_000..500_000 => 4_000,
        _ => 8_000,
    }
}

/// Whether a name can be found: it has a letter or digit.
fn has_letter(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// Whether a file name ends so, in whatever case.
fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}
