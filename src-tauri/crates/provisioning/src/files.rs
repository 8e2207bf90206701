//! Writing a file so that it is there whole or not at all, and text that a spreadsheet will
//! not run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Result};

/// Writes `path` by way of a temporary file beside it, which then takes its name. A link stays
/// a link, to what is written; a device or a pipe is refused, since it would be replaced.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut Staged) -> Result<u64>) -> Result<u64> {
    let mut staged = Staged::beside(path)?;
    let count = write(&mut staged)?;
    staged.keep()?;
    Ok(count)
}

/// A file under way: it has a temporary name beside its own until it is [kept](Self::keep), and is
/// gone if it never is.
pub(crate) struct Staged {
    path: PathBuf,
    out: BufWriter<tempfile::NamedTempFile>,
}

impl Staged {
    /// Begins a file that is to be `path`. Fails as [`Error::File`].
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        let path = regular(path).map_err(failed(path))?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        let file = tempfile::NamedTempFile::new_in(folder).map_err(failed(&path))?;
        Ok(Self {
            path,
            out: BufWriter::new(file),
        })
    }

    /// Writes text.
    pub(crate) fn put(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(failed(&self.path))
    }

    /// Writes a value as JSON on one line, without the line's end.
    pub(crate) fn put_json<T: Serialize>(&mut self, value: &T) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(|error| failed(&self.path)(error.into()))
    }

    /// Gives the file its name, once it is on the disk. Returns the name.
    pub(crate) fn keep(self) -> Result<PathBuf> {
        let refused = failed(&self.path);
        let file = self
            .out
            .into_inner()
            .map_err(|error| refused(error.into_error()))?;
        file.as_file().sync_all().map_err(&refused)?;
        file.persist(&self.path).map_err(|error| refused(error.error))?;
        drop(refused);
        Ok(self.path)
    }

    /// The file's bytes from its beginning, instead of keeping it.
    pub(crate) fn read_back(self) -> Result<File> {
        let refused = failed(&self.path);
        let file = self
            .out
            .into_inner()
            .map_err(|error| refused(error.into_error()))?;
        file.reopen().map_err(&refused)
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl io::Seek for Staged {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

/// The regular file that `path` leads to, or will be.
fn regular(path: &Path) -> io::Result<PathBuf> {
    if let Err(error) = fs::symlink_metadata(path)
        && error.kind() == io::ErrorKind::NotFound
    {
        return Ok(path.to_owned());
    }
    let target = fs::canonicalize(path)?;
    if fs::metadata(&target)?.is_file() {
        return Ok(target);
    }
    Err(io::Error::other(
        "it is there and is no regular file; choose another name",
    ))
}

/// How many bytes the files in a folder take.
pub(crate) fn size_of(folder: &Path) -> u64 {
    let mut size = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.metadata() {
            Ok(about) if about.is_dir() => size += size_of(&entry.path()),
            Ok(about) => size += about.len(),
            Err(_) => {}
        }
    }
    size
}

/// A write to `path` that failed.
pub(crate) fn failed(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |reason| Error::File {
        path: path.to_owned(),
        doing: "written",
        reason,
    }
}

/// Before the text of a CSV file: by it spreadsheets know that the text is UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A CSV table whose every cell is quoted: where `;` separates, a spreadsheet would else split
/// at one within a cell, and what comes after it could be a formula.
pub(crate) fn table<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(out)
}

/// Text as a CSV cell: what a spreadsheet would run as a formula gets an apostrophe before it,
/// and so does what looks as if it had got one, to be read back as it was.
pub fn cell(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text of a cell that [`cell`] wrote.
pub fn from_cell(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_formula(rest))
        .unwrap_or(text)
}

/// Text within HTML, also within an attribute.
pub(crate) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1",
            "+1 425 555 0109",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "plain",
            "'quoted",
            "'=quoted",
            "''-quoted",
            "",
        ] {
            let written = cell(text);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?}");
            assert_eq!(from_cell(&written), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_what_is_no_file_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "before").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let write = |path: &Path| {
            write_whole(path, |out| {
                out.write_all(b"after").map_err(failed(path))?;
                Ok(1)
            })
        };
        write(&link).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        let folder = dir.path().join("folder");
        fs::create_dir(&folder).unwrap();
        let socket = dir.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for special in [&folder, &socket] {
            let error = write(special).unwrap_err().to_string();
            assert!(error.contains("no regular file"), "{error}");
            assert!(special.exists());
        }
    }
}
