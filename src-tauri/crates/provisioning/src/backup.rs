//! All the data as one file, and back.
//!
//! The archive is JSON Lines, so that it can be read without this program and outlives its store:
//!
//! * first `{"scimDeskBackup":1,"format":2,"at":"…"}`: the version of the archive, the format of
//!   the records, when it was made;
//! * then a line for each record, `{"s":"u","k":"…","v":…}`: the space (the first byte of the key,
//!   see `store/key.rs`), the rest of the key as text, or as `"h"` in hexadecimal where it is none,
//!   and the record as it is stored, or as `"x"` in hexadecimal where it is no JSON;
//! * a line `{"unread":"…"}` where the store could not be read any further;
//! * last `{"records":…,"sha256":"…"}`: how many there are, and the hash of all lines before.
//!
//! It holds the hash of the SCIM token, for there is nothing else to hold; its file is its
//! owner's alone. Both ways need no more memory than a thousand records.

mod write;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::check::SPACES;
use crate::error::{Error, Result};
use crate::store::{FORMAT, Key, Store, Vacant};

pub use write::back_up;
pub(crate) use write::{before_update, record, write_archive};

/// The version of the archive that this program writes, and the newest that it reads.
const VERSION: u32 = 1;

/// Records put in one turn.
const AT_ONCE: usize = 1_000;

/// The bytes that the first line of an archive may have: another file is not read any further.
const FIRST_LINE: usize = 4 * 1024;

/// The bytes that any other line may have; a record of more would have to be one of a million
/// people.
const LINE: usize = 64 * 1024 * 1024;

/// What a backup or a restore has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// How many records there are in the archive.
    pub records: u64,
    /// What could not be read, in sentences; empty for a store that is whole.
    pub unread: Vec<String>,
    /// Where the data are that stood there before a restore.
    pub kept: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct First {
    scim_desk_backup: u32,
    format: u32,
    at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Last {
    records: u64,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Unread {
    unread: String,
}

/// A record's line, but for its value.
#[derive(Serialize, Deserialize)]
struct Place {
    s: char,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    k: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    h: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<String>,
}

/// What stands before a value. It is in no key, where quotation marks are escaped.
const VALUE: &[u8] = b",\"v\":";

/// Puts the archive at `path` where the data directory `dir` is, or will be. Nothing is touched
/// before the archive has been read to its end. Fails with [`Error::NotEmpty`] if there are data
/// and `replace` is not set; with it they are kept beside, under the name that is returned.
pub fn restore(path: &Path, dir: &Path, replace: bool, now: Timestamp) -> Result<Copied> {
    let records = read(path, |_| Ok(()))?.1;
    if Store::is_in(dir) && !replace {
        return Err(Error::NotEmpty(dir.to_owned()));
    }
    let place = Vacant::beside(dir)?;
    fill(&place, path)?;
    Ok(Copied {
        records,
        unread: Vec::new(),
        kept: place.take_over(&stamp(now))?,
    })
}

/// A store with all records of an archive, which nobody uses yet; it is gone when this is dropped.
pub(crate) struct Filled {
    place: Vacant,
    records: u64,
}

/// Makes a store of the archive at `path` beside the open one in `dir`. The archive is read to its
/// end first.
pub(crate) fn filled(path: &Path, dir: &Path) -> Result<Filled> {
    let records = read(path, |_| Ok(()))?.1;
    let place = Vacant::beside_open(dir)?;
    fill(&place, path)?;
    Ok(Filled { place, records })
}

impl Filled {
    /// Lets the store take the place of the open one when that is next opened.
    pub(crate) fn stage(self, now: Timestamp) -> Result<Copied> {
        Ok(Copied {
            records: self.records,
            unread: Vec::new(),
            kept: Some(self.place.stage(&stamp(now))?),
        })
    }
}

/// A backup that could be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// When it was made.
    pub at: Timestamp,
    /// How many records it holds.
    pub records: u64,
}

/// Reads the archive at `path` to its end.
pub(crate) fn look_at(path: &Path) -> Result<Offer> {
    let (first, records) = read(path, |_| Ok(()))?;
    Ok(Offer {
        at: first.at,
        records,
    })
}

/// Puts the records of the archive at `path` into a new store, which is then durable and closed.
fn fill(place: &Vacant, path: &Path) -> Result<()> {
    let store = Store::open(place.path())?;
    let mut waiting = Vec::new();
    read(path, |line| {
        waiting.push(parsed(path, line)?);
        if waiting.len() < AT_ONCE {
            return Ok(());
        }
        put(&store, &mut waiting)
    })?;
    put(&store, &mut waiting)?;
    store.settle()
}

/// A moment as it stands in the name of a file.
pub(crate) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn put(store: &Store, waiting: &mut Vec<(Key, Vec<u8>)>) -> Result<()> {
    store.write(|turn| {
        for (key, value) in waiting.drain(..) {
            turn.put_raw(&key, value);
        }
        Ok(())
    })
}

/// Reads an archive to its end and shows each record's line. Returns how it begins, and how many
/// records there were.
fn read(path: &Path, mut show: impl FnMut(&[u8]) -> Result<()>) -> Result<(First, u64)> {
    let refused = |reason| Error::File {
        path: path.to_owned(),
        doing: "read",
        reason,
    };
    let mut lines = BufReader::new(File::open(path).map_err(refused)?);
    let mut hash = Sha256::new();
    let (mut count, mut first, mut line) = (0, None, Vec::new());
    loop {
        let most = if first.is_none() { FIRST_LINE } else { LINE };
        if !next_line(&mut lines, most, &mut line).map_err(refused)? {
            return Err(torn(
                path,
                "a line of it is longer than any that SCIM Desk writes",
            ));
        }
        if line.is_empty() {
            return Err(torn(path, "its last line is missing"));
        }
        if first.is_none() {
            first = Some(first_of(path, &line)?);
        } else if let Ok(last) = serde_json::from_slice::<Last>(&line) {
            let is_whole = last.records == count && last.sha256 == HEXLOWER.encode(&hash.finalize());
            return match first.filter(|_| is_whole) {
                Some(first) => Ok((first, count)),
                None => Err(torn(path, "its lines are not those that were written")),
            };
        } else if serde_json::from_slice::<Unread>(&line).is_err() {
            count += 1;
            show(line.trim_ascii_end())?;
        }
        hash.update(&line);
    }
}

/// Reads the next line, which is empty at the end. Returns whether it has no more than so many bytes.
fn next_line(lines: &mut impl BufRead, most: usize, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    lines.by_ref().take(most as u64).read_until(b'\n', line)?;
    Ok(line.len() < most || line.ends_with(b"\n"))
}

/// How an archive begins, if this version can read it.
fn first_of(path: &Path, line: &[u8]) -> Result<First> {
    let first: First = serde_json::from_slice(line)
        .map_err(|_| torn(path, "its first line does not say that SCIM Desk wrote it"))?;
    if first.scim_desk_backup > VERSION || first.format > FORMAT {
        return Err(torn(
            path,
            &format!(
                "a newer SCIM Desk wrote it (archive {}, format {}; this one knows {VERSION} and {FORMAT})",
                first.scim_desk_backup, first.format
            ),
        ));
    }
    Ok(first)
}

fn parsed(path: &Path, line: &[u8]) -> Result<(Key, Vec<u8>)> {
    let wrong = || torn(path, "a line is no record");
    let at = line.windows(VALUE.len()).position(|part| part == VALUE);
    let (place, value) = match at.and_then(|at| Some((line.get(..at)?, line.get(at + VALUE.len()..)?))) {
        Some((place, value)) => ([place, b"}"].concat(), Some(value)),
        None => (line.to_vec(), None),
    };
    let place: Place = serde_json::from_slice(&place).map_err(|_| wrong())?;
    let decoded = |text: &String| HEXLOWER.decode(text.as_bytes()).map_err(|_| wrong());
    let value = match (value, &place.x) {
        (Some(value), _) => value.strip_suffix(b"}").ok_or_else(wrong)?.to_vec(),
        (None, Some(text)) => decoded(text)?,
        (None, None) => return Err(wrong()),
    };
    let rest = match (place.k, &place.h) {
        (Some(text), _) => text.into_bytes(),
        (None, Some(text)) => decoded(text)?,
        (None, None) => return Err(wrong()),
    };
    let space = SPACES
        .into_iter()
        .find(|space| char::from(*space as u8) == place.s);
    Ok((Key::raw(space.ok_or_else(wrong)?, &rest), value))
}

fn torn(path: &Path, reason: &str) -> Error {
    Error::NoBackup {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
