//! Which files an input names: itself, or what a folder holds.

use super::{Format, ReadError};
use std::path::{Path, PathBuf};

/// The endings of the files that are read in a folder.
pub(super) const ENDINGS: [&str; 8] = [".txt", ".md", ".html", ".htm", ".csv", ".tsv", ".jsonl", ".json"];

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it is; `-` is standard input.
    pub(super) path: PathBuf,
    /// What its document is called: the path relative to the input, or the name of a file that is the input.
    pub(super) id: String,
}

impl Entry {
    pub(super) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// The files that an input names, a folder's by name.
pub(super) fn entries(input: &Path) -> Box<dyn Iterator<Item = Result<Entry, ReadError>>> {
    if input.as_os_str() == "-" {
        return Box::new(std::iter::once(Ok(Entry { path: input.to_owned(), id: "stdin".to_owned() })));
    }
    if !input.is_dir() {
        let name = input.file_name().unwrap_or(input.as_os_str());
        let entry = Entry { path: input.to_owned(), id: name.to_string_lossy().into_owned() };
        return Box::new(std::iter::once(Ok(entry)));
    }
    let folder = input.to_owned();
    let mut files = ignore::WalkBuilder::new(input)
        // Reports are data: what a repository ignores is read like the rest, hidden files are not.
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build()
        .filter_map(move |found| file(&folder, found))
        .peekable();
    if files.peek().is_none() {
        return Box::new(std::iter::once(Err(ReadError::NoReports { path: input.to_owned() })));
    }
    Box::new(files)
}

/// The entry of one thing found in a folder, if it is a file that is read.
fn file(folder: &Path, found: Result<ignore::DirEntry, ignore::Error>) -> Option<Result<Entry, ReadError>> {
    match found {
        Ok(found) => {
            let is_file = found.file_type().is_some_and(|kind| kind.is_file());
            Format::of_ending(found.path()).filter(|_| is_file)?;
            let below = found.path().strip_prefix(folder).unwrap_or(found.path());
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            Some(Ok(Entry { path: found.path().to_owned(), id: parts.join("/") }))
        }
        Err(error) => {
            let cause = std::io::Error::other(error.to_string());
            Some(Err(ReadError::Io { path: folder.to_owned(), cause }))
        }
    }
}
