//! Where bytes go: standard output, or a temporary file beside the target that takes its name when all is written.
//! What the bytes are is for the formats to say.

use super::ExportError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where an output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// The target that a command-line argument names: `-` is standard output.
    pub fn from_arg(arg: &Path) -> Target {
        if arg == Path::new("-") { Target::Stdout } else { Target::File(arg.to_owned()) }
    }
}

/// An open output. Dropped without [`Output::commit`] it leaves no trace, unless it is a stream.
pub(super) struct Output {
    to: To,
    /// The name asked for; `-` for standard output.
    path: PathBuf,
}

enum To {
    Stdout(BufWriter<Stdout>),
    /// A pipe or device, which cannot be replaced by a rename.
    Stream(BufWriter<File>),
    File(BufWriter<NamedTempFile>),
}

/// Large enough that a row of a claim does not cost a system call.
const BUFFER: usize = 1 << 18;

impl Output {
    /// Opens `target` for writing.
    pub(super) fn open(target: &Target) -> Result<Output, ExportError> {
        match target {
            Target::Stdout => Ok(Output {
                to: To::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
                path: PathBuf::from("-"),
            }),
            Target::File(path) => Output::open_file(path),
        }
    }

    fn open_file(path: &Path) -> Result<Output, ExportError> {
        let fail = |error| ExportError::Io { path: path.to_owned(), error };
        let to = match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                return Err(fail(io::Error::new(
                    io::ErrorKind::IsADirectory,
                    "it is a folder; name a file in it",
                )));
            }
            Ok(found) if !found.is_file() => {
                let stream = File::options().write(true).open(path).map_err(fail)?;
                To::Stream(BufWriter::with_capacity(BUFFER, stream))
            }
            _ => To::File(BufWriter::with_capacity(BUFFER, temporary_beside(path).map_err(fail)?)),
        };
        Ok(Output { to, path: path.to_owned() })
    }

    /// The file to fill for writers that open it by name themselves; none for streams.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.to {
            To::File(file) => Some(file.get_ref().path()),
            To::Stdout(_) | To::Stream(_) => None,
        }
    }

    /// The name asked for.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// An error that names this output.
    pub(super) fn error(&self, error: impl Into<io::Error>) -> ExportError {
        ExportError::Io { path: self.path.clone(), error: error.into() }
    }

    /// Gives the file its name and says it; none for standard output.
    pub(super) fn commit(self) -> Result<Option<PathBuf>, ExportError> {
        let Output { to, path } = self;
        let fail = |error| ExportError::Io { path: path.clone(), error };
        match to {
            To::Stdout(mut stdout) => {
                stdout.flush().map_err(fail)?;
                Ok(None)
            }
            To::Stream(mut stream) => {
                stream.flush().map_err(fail)?;
                Ok(Some(path))
            }
            To::File(file) => {
                let file = file.into_inner().map_err(|error| fail(error.into_error()))?;
                // A link is followed, so that what it points to is replaced and the link stays.
                let place = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                file.persist(place).map_err(|error| fail(error.error))?;
                Ok(Some(path))
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Stdout(to) => to.write(bytes),
            To::Stream(to) => to.write(bytes),
            To::File(to) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(to) => to.flush(),
            To::Stream(to) => to.flush(),
            To::File(to) => to.flush(),
        }
    }
}

/// Archives go back to write the sizes of their entries.
impl Seek for Output {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.to {
            To::File(file) => file.seek(to),
            To::Stdout(_) | To::Stream(_) => Err(io::ErrorKind::NotSeekable.into()),
        }
    }
}

/// A temporary file in the folder of `path` (of what it points to, if it is a link), so that the rename stays on one disk.
fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let missing = format!("the folder {} does not exist", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, missing));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".frontmap-").suffix(".part");
    // Temporary files are private by default; the result is an ordinary file under the user's umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
