//! Turns that are too large for one batch of sled.
//!
//! sled keeps every state of every page that a batch touches until the batch is done, so a batch
//! of a million changes takes more memory than a workstation has. Such a turn is first written to
//! a file as a whole, and only when that file is on the disk under its name has the turn taken
//! place. Then its changes are applied in small batches, and the file goes when they are durable.
//! A process that ends in between leaves the file, and whoever opens the store next applies it
//! again from its beginning: each change says what is under its key afterwards, so that applying it
//! twice is applying it once. Nobody else writes between the two, for the turn lasts until its end.
//!
//! The file begins with how many changes there are (eight bytes). Each is the length of the key, the
//! key, then 0 for a removal, or 1 with the length of the value and the value. Lengths have four
//! bytes. The CRC-32 of all of it ends the file. Numbers have their least significant byte first.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use crc32fast::Hasher;

use super::disk::{Disk, sync_folder};
use super::opening::FOLDER;
use super::transaction::{Changed, Changes};
use crate::error::{Error, Result};

/// Bytes of a turn from which on it is large.
pub(super) const LARGE: u64 = 1024 * 1024;

/// Changes in one batch.
const AT_ONCE: usize = 2_000;

/// Bytes of the checksum.
const SUM: u64 = 4;

/// The turn that has taken place, and one that is being written.
const NAME: &str = "turn";
const UNFINISHED: &str = "turn.unfinished";

/// A large turn that is on the disk and not yet in the tree.
pub(super) struct Written {
    dir: PathBuf,
}

/// Writes the changes of a turn down; when this returns, the turn has taken place. Before, nothing
/// has.
pub(super) fn write_down(dir: &Path, changes: &Changes) -> io::Result<Written> {
    let folder = dir.join(FOLDER);
    let unfinished = folder.join(UNFINISHED);
    let written = write_file(&unfinished, changes).and_then(|()| {
        fs::rename(&unfinished, folder.join(NAME))?;
        sync_folder(&folder)
    });
    if let Err(error) = written {
        // Whichever of the two names it has by now: what failed has not taken place.
        for name in [UNFINISHED, NAME] {
            remove(&folder.join(name))?;
        }
        sync_folder(&folder)?;
        return Err(error);
    }
    Ok(Written { dir: dir.to_owned() })
}

impl Written {
    /// The turn is in the tree, and durable.
    pub(super) fn forget(self) -> io::Result<()> {
        let folder = self.dir.join(FOLDER);
        remove(&folder.join(NAME))?;
        sync_folder(&folder)
    }
}

/// The changes in batches that sled takes well.
pub(super) fn batches(changes: Changes) -> impl Iterator<Item = sled::Batch> {
    let mut changes = changes.into_iter().peekable();
    std::iter::from_fn(move || {
        changes.peek()?;
        Some(batch_of(changes.by_ref().take(AT_ONCE)))
    })
}

/// Changes as one atomic batch.
pub(super) fn batch_of(changes: impl IntoIterator<Item = Changed>) -> sled::Batch {
    let mut batch = sled::Batch::default();
    for (key, change) in changes {
        match change {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
    }
    batch
}

/// Finishes what a process that ended has left: a turn that had taken place is applied, one that
/// had not is removed. Returns what was done, as a sentence.
pub(super) fn finish(dir: &Path, tree: &sled::Db) -> Result<Option<String>> {
    let folder = dir.join(FOLDER);
    remove(&folder.join(UNFINISHED))?;
    let path = folder.join(NAME);
    if !path.is_file() {
        return Ok(None);
    }
    if !is_whole(&path)? {
        return Err(Error::Unopenable {
            dir: dir.to_owned(),
            reason: "the file of a large change, store/turn, is not as it was written".to_owned(),
        });
    }
    let mut records = Records::of(&path)?;
    let count = records.left;
    while let Some(changes) = records.some()? {
        tree.apply_batch(batch_of(changes))?;
    }
    tree.flush()?;
    Disk::open(dir)?.sync()?;
    Written { dir: dir.to_owned() }.forget()?;
    Ok(Some(format!(
        "A large change of {count} records was written down, but not yet in its place, when SCIM Desk ended. It was finished; no data are lost."
    )))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write_file(path: &Path, changes: &Changes) -> io::Result<()> {
    let mut file = Summed {
        inner: BufWriter::new(create(path)?),
        sum: Hasher::new(),
    };
    file.write_all(&(changes.len() as u64).to_le_bytes())?;
    for (key, change) in changes {
        write_part(&mut file, key)?;
        match change {
            None => file.write_all(&[0])?,
            Some(value) => {
                file.write_all(&[1])?;
                write_part(&mut file, value)?;
            }
        }
    }
    let Summed { mut inner, sum } = file;
    inner.write_all(&sum.finalize().to_le_bytes())?;
    inner.into_inner()?.sync_all()
}

/// A file that only this user reads, as all of the store.
#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

fn write_part(file: &mut impl Write, part: &[u8]) -> io::Result<()> {
    let length = u32::try_from(part.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    file.write_all(&length.to_le_bytes())?;
    file.write_all(part)
}

/// Sums up what is written through it.
struct Summed<W> {
    inner: W,
    sum: Hasher,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Whether the file is as it was written. It has its name only since it was whole, so anything else
/// is damage.
fn is_whole(path: &Path) -> io::Result<bool> {
    let file = File::open(path)?;
    let Some(mut left) = file.metadata()?.len().checked_sub(SUM) else {
        return Ok(false);
    };
    let (mut reader, mut sum) = (BufReader::new(file), Hasher::new());
    while left > 0 {
        let bytes = reader.fill_buf()?;
        let taken = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        if taken == 0 {
            return Ok(false);
        }
        sum.update(bytes.get(..taken).unwrap_or_default());
        reader.consume(taken);
        left -= taken as u64;
    }
    let mut stored = [0; 4];
    reader.read_exact(&mut stored)?;
    Ok(u32::from_le_bytes(stored) == sum.finalize())
}

/// The changes of a file, a few at a time.
struct Records {
    reader: BufReader<File>,
    left: u64,
}

impl Records {
    fn of(path: &Path) -> io::Result<Self> {
        let mut reader = BufReader::new(File::open(path)?);
        let mut count = [0; 8];
        reader.read_exact(&mut count)?;
        Ok(Self {
            reader,
            left: u64::from_le_bytes(count),
        })
    }

    /// The next ones; `None` behind the last.
    fn some(&mut self) -> io::Result<Option<Vec<Changed>>> {
        let mut changes = Vec::new();
        while self.left > 0 && changes.len() < AT_ONCE {
            let key = self.part()?;
            let mut has_value = [0];
            self.reader.read_exact(&mut has_value)?;
            let value = (has_value != [0]).then(|| self.part()).transpose()?;
            changes.push((key, value));
            self.left -= 1;
        }
        Ok(Some(changes).filter(|changes| !changes.is_empty()))
    }

    fn part(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        self.reader.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        let mut part = Vec::new();
        (&mut self.reader).take(length).read_to_end(&mut part)?;
        if part.len() as u64 == length {
            Ok(part)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

#[cfg(test)]
mod tests;
