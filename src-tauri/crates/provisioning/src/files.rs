//! Writing a file so that it is there whole or not at all, and text that a spreadsheet will
//! not run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes `path` by way of a temporary file beside it, which then takes its name. A link stays
/// a link, to what is written; a device or a pipe is refused, since it would be replaced.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<u64>,
) -> Result<u64> {
    let refused = |reason| Error::File {
        path: path.to_owned(),
        doing: "written",
        reason,
    };
    let path = &regular(path).map_err(refused)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    let count = {
        let mut writer = BufWriter::new(file.as_file());
        let count = write(&mut writer)?;
        writer.flush().map_err(refused)?;
        count
    };
    file.as_file().sync_all().map_err(refused)?;
    file.persist(path).map_err(|error| refused(error.error))?;
    Ok(count)
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
