//! Writing an archive: of an open store, and of what can be read of one that does not open.

use std::io::Write;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Copied, First, Last, Place, Unread, VALUE, VERSION, stamp};
use crate::check::{DataDirectory, SPACES};
use crate::error::{Error, Result};
use crate::files::{failed, write_whole};
use crate::plan::render::counted;
use crate::store::{FORMAT, Key, Space, Store, salvage};

impl DataDirectory {
    /// Writes everything that can be read to `path`, which is replaced once the archive is whole.
    pub fn back_up(&self, path: &Path, at: Timestamp) -> Result<Copied> {
        write_archive(&self.store, path, at)
    }
}

/// Writes everything that can be read of the data in `dir` to `path`: also of a store that does not
/// open, whose log is then read without sled (`store/salvage.rs`).
pub fn back_up(dir: &Path, path: &Path, at: Timestamp) -> Result<Copied> {
    match DataDirectory::open(dir) {
        Ok(data) => data.back_up(path, at),
        Err(Error::Unopenable { .. }) => back_up_salvaged(dir, path, at),
        Err(other) => Err(other),
    }
}

fn back_up_salvaged(dir: &Path, path: &Path, at: Timestamp) -> Result<Copied> {
    let salvaged = salvage(dir)?;
    let format = salvaged.pairs.get(Key::named(Space::Meta, "format").bytes());
    let format = format.and_then(|bytes| serde_json::from_slice(bytes).ok());
    write_lines(path, format.unwrap_or(FORMAT), at, |lines, copied| {
        for (key, value) in &salvaged.pairs {
            let space = key.first().copied();
            let space = SPACES.into_iter().find(|known| Some(*known as u8) == space);
            if let (Some(space), Some(rest)) = (space, key.get(1..)) {
                lines.line(&record(space, rest, value)?)?;
                copied.records += 1;
            }
        }
        let unread = format!(
            "The store is damaged, and {} of it could not be read. Some records may be missing, be as they were before their last change, or be back after they were removed. After a restore, run: scim-desk check --rebuild",
            counted(salvaged.damaged, "part")
        );
        lines.unread(unread, copied)
    })
}

/// Backs up the store in `dir`, which is of an older format than this version writes, beside it:
/// under a name that says which format and when. Returns where.
pub(crate) fn before_update(store: &Store, dir: &Path, at: Timestamp) -> Result<PathBuf> {
    let path = dir.join(format!(
        "backup-of-format-{}-{}.jsonl",
        store.format()?,
        stamp(at)
    ));
    let copied = write_archive(store, &path, at)?;
    match copied.unread.into_iter().next() {
        Some(unread) => Err(Error::damaged("part of the data", &unread)),
        None => Ok(path),
    }
}

/// Writes all of the store to `path`, as far as it can be read.
pub(crate) fn write_archive(store: &Store, path: &Path, at: Timestamp) -> Result<Copied> {
    write_lines(path, store.format().unwrap_or(FORMAT), at, |lines, copied| {
        SPACES
            .into_iter()
            .try_for_each(|space| write_space(store, space, lines, copied))
    })
}

/// Writes an archive: how it begins, what `write` writes, and how it ends.
fn write_lines(
    path: &Path,
    format: u32,
    at: Timestamp,
    write: impl FnOnce(&mut Lines<'_>, &mut Copied) -> Result<()>,
) -> Result<Copied> {
    let mut copied = Copied {
        records: 0,
        unread: Vec::new(),
        kept: None,
    };
    write_whole(path, |out| {
        let mut lines = Lines {
            out,
            hash: Sha256::new(),
            path,
        };
        lines.json(&First {
            scim_desk_backup: VERSION,
            format,
            at,
        })?;
        write(&mut lines, &mut copied)?;
        let sha256 = HEXLOWER.encode(&lines.hash.clone().finalize());
        lines.json(&Last {
            records: copied.records,
            sha256,
        })?;
        Ok(copied.records)
    })?;
    Ok(copied)
}

/// Writes the records of one space, up to one that the store cannot read.
fn write_space(store: &Store, space: Space, lines: &mut Lines<'_>, copied: &mut Copied) -> Result<()> {
    for entry in store.raw(&Key::all(space)) {
        match entry {
            Ok((rest, value)) => {
                lines.line(&record(space, &rest, &value)?)?;
                copied.records += 1;
            }
            Err(error) => {
                let unread = format!("The {}s could not be read to their end: {error}", space.noun());
                return lines.unread(unread, copied);
            }
        }
    }
    Ok(())
}

/// Writes lines and hashes them.
struct Lines<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    path: &'a Path,
}

impl Lines<'_> {
    /// Notes what is not in the archive, and why.
    fn unread(&mut self, unread: String, copied: &mut Copied) -> Result<()> {
        self.json(&Unread {
            unread: unread.clone(),
        })?;
        copied.unread.push(unread);
        Ok(())
    }

    fn json(&mut self, value: &impl Serialize) -> Result<()> {
        self.line(&encoded(value)?)
    }

    fn line(&mut self, line: &[u8]) -> Result<()> {
        for part in [line, b"\n".as_slice()] {
            self.hash.update(part);
            self.out.write_all(part).map_err(failed(self.path))?;
        }
        Ok(())
    }
}

fn encoded(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::damaged("backup line", &error))
}

/// A record as a line of an archive. The value is the last part and stands as it is stored.
pub(crate) fn record(space: Space, rest: &[u8], value: &[u8]) -> Result<Vec<u8>> {
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(value).is_ok() && !value.contains(&b'\n');
    let text = std::str::from_utf8(rest).ok().map(str::to_owned);
    let mut line = encoded(&Place {
        s: char::from(space as u8),
        h: text.is_none().then(|| HEXLOWER.encode(rest)),
        k: text,
        x: (!is_json).then(|| HEXLOWER.encode(value)),
    })?;
    if is_json {
        line.pop();
        line.extend_from_slice(VALUE);
        line.extend_from_slice(value);
        line.push(b'}');
    }
    Ok(line)
}
