//! sled's tree on a disk that may be full.
//!
//! sled does not take a refused write well: after one it refuses every later one for as long as
//! it is open, and after a refused blob (a value of more than 128 KiB) it waits for ever. So
//! nothing is given to it that would leave the disk with less than a reserve, which sled's own
//! housekeeping may use; reads go on, and so does the next write when there is room.
//!
//! Where the system does not tell (a quota, a disk that fails) sled may meet a refusal all the
//! same. Then the tree is opened anew before the next write, once the disk takes a megabyte. What
//! had been written and was not yet durable may be lost with the old one; whoever still waits for
//! that is told so, by the *life* that the tree was in when it was written.

use std::cell::Cell;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use super::large;
use super::opening::{self, FOLDER};
use super::transaction::Changes;
use crate::clock::lock;
use crate::error::{Error, Result};

/// What the disk has to take before a failed tree is opened again; sled needs some to open at all.
const ROOM: usize = 1024 * 1024;

/// Bytes that stay free on the disk: sled writes a snapshot and moves what is still used out of
/// old segments when it likes, and its file grows by half a megabyte at a time.
pub(super) const RESERVE: u64 = 16 * 1024 * 1024;

/// The bytes that this user may still write to the disk of `dir`, where the system tells.
#[cfg(unix)]
pub(super) fn free_space(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
pub(super) fn free_space(_: &Path) -> Option<u64> {
    None
}

/// The tree of one data directory.
pub(super) struct Tree {
    dir: PathBuf,
    /// `None` after it could not be opened again.
    open: RwLock<Option<sled::Db>>,
    has_failed: AtomicBool,
    life: AtomicU64,
    /// Why the last write was refused, if it was.
    trouble: Mutex<Option<String>>,
}

thread_local! {
    /// The life in which this thread has written what it has not settled yet.
    static WRITTEN_IN: Cell<Option<u64>> = const { Cell::new(None) };
}

/// The life in which something was written, if anything was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written(Option<u64>);

impl Tree {
    /// Takes the tree of `dir`, which is open.
    pub(super) fn of(dir: &Path, tree: sled::Db) -> Self {
        Self {
            dir: dir.to_owned(),
            open: RwLock::new(Some(tree)),
            has_failed: AtomicBool::new(false),
            life: AtomicU64::new(0),
            trouble: Mutex::new(None),
        }
    }

    /// The tree, for a moment.
    pub(super) fn with<T>(&self, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T> {
        let tree = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let Some(tree) = tree.as_ref() else {
            return Err(Error::Store(
                "it could not be opened again after the disk had refused a write".to_owned(),
            ));
        };
        work(tree).map_err(|error| self.failed(error))
    }

    /// Opens the tree again if it has failed. Returns whether that was done: what was known of
    /// its contents may be wrong.
    pub(super) fn reopen_if_failed(&self) -> Result<bool> {
        let has_failed = self.has_failed.load(Ordering::Acquire);
        if has_failed {
            self.reopen()?;
        }
        Ok(has_failed)
    }

    /// Applies a batch of so many bytes, if the disk has room for it.
    pub(super) fn apply(&self, batch: sled::Batch, bytes: u64) -> Result<()> {
        if !self.has_free(bytes.saturating_mul(4)) {
            return Err(self.refused(Error::Full(self.dir.clone())));
        }
        let life = self.life.load(Ordering::Acquire);
        self.with(|tree| tree.apply_batch(batch))?;
        self.works();
        if WRITTEN_IN.get().is_none() {
            WRITTEN_IN.set(Some(life));
        }
        Ok(())
    }

    /// Writes down a turn of so many bytes, if the disk has room for it twice: as it is written down,
    /// and in the tree.
    pub(super) fn write_down(&self, changes: &Changes, bytes: u64) -> Result<large::Written> {
        if !self.has_free(bytes.saturating_mul(5)) {
            return Err(self.refused(Error::Full(self.dir.clone())));
        }
        large::write_down(&self.dir, changes).map_err(|error| self.refused(error.into()))
    }

    /// Applies a part of what is written down. If sled refuses it, it is applied from its beginning
    /// when the tree is opened again.
    pub(super) fn apply_written(&self, batch: sled::Batch) -> Result<()> {
        self.with(|tree| tree.apply_batch(batch))
    }

    /// Lets `write` write what this thread will not ask about.
    pub(super) fn unawaited<T>(write: impl FnOnce() -> Result<T>) -> Result<T> {
        let before = WRITTEN_IN.get();
        let outcome = write();
        WRITTEN_IN.set(before);
        outcome
    }

    /// Hands everything to the operating system.
    pub(super) fn flush(&self) -> Result<()> {
        self.with(|tree| tree.flush().map(|_| ()))
    }

    /// Notes that the disk has refused something; the tree is opened again before the next write.
    pub(super) fn failed(&self, error: impl Into<Error>) -> Error {
        self.has_failed.store(true, Ordering::Release);
        self.refused(match error.into() {
            Error::Full(_) => Error::Full(self.dir.clone()),
            Error::NotWritable { reason, .. } => Error::NotWritable {
                dir: self.dir.clone(),
                reason,
            },
            other => other,
        })
    }

    /// Remembers why a write was refused.
    fn refused(&self, error: Error) -> Error {
        *lock(&self.trouble) = Some(error.to_string());
        error
    }

    fn works(&self) {
        let mut trouble = lock(&self.trouble);
        if trouble.is_some() && !self.has_failed.load(Ordering::Acquire) {
            *trouble = None;
        }
    }

    /// Whether the disk has so many bytes beyond the reserve, as far as the system tells.
    fn has_free(&self, bytes: u64) -> bool {
        free_space(&self.dir).is_none_or(|free| free >= RESERVE.saturating_add(bytes))
    }

    /// Why writes are refused, if the last one was and the next one would be.
    pub(super) fn trouble(&self) -> Option<String> {
        let trouble = lock(&self.trouble).clone()?;
        if self.has_free(ROOM as u64) && self.has_room().is_ok() {
            *lock(&self.trouble) = None;
            return None;
        }
        Some(trouble)
    }

    /// What this thread wrote since it last asked.
    pub(super) fn written() -> Written {
        Written(WRITTEN_IN.take())
    }

    /// Whether that is in the tree that is open now.
    pub(super) fn has_kept(&self, written: Written) -> Result<()> {
        match written.0 {
            Some(life) if life < self.life.load(Ordering::Acquire) => Err(Error::Store(
                "the disk had failed before the change was on it".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    fn reopen(&self) -> Result<()> {
        self.has_room().map_err(|error| {
            let error: Error = error.into();
            self.failed(error)
        })?;
        let mut tree = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if !self.has_failed.load(Ordering::Acquire) {
            return Ok(());
        }
        // The old one lets go of the files when the last who reads in it has done.
        *tree = None;
        let (opened, mended) = opening::open_tree(&self.dir)?;
        for sentence in mended {
            tracing::warn!("{sentence}");
        }
        *tree = Some(opened);
        self.life.fetch_add(1, Ordering::AcqRel);
        self.has_failed.store(false, Ordering::Release);
        tracing::warn!("the store was opened again after the disk had refused a write");
        Ok(())
    }

    /// Whether the disk takes something again.
    fn has_room(&self) -> io::Result<()> {
        let path = self.dir.join(FOLDER).join("room");
        let tried = fs::File::create(&path).and_then(|mut file| {
            file.write_all(&vec![0; ROOM])?;
            file.sync_data()
        });
        tried.and(match fs::remove_file(&path) {
            // Another thread has tried at the same time, and has done.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_several_try_at_once_has_room_for_all_of_them() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(FOLDER)).unwrap();
        let (tree, _) = opening::open_tree(dir.path()).unwrap();
        let tree = Tree::of(dir.path(), tree);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..50).for_each(|_| tree.has_room().unwrap()));
            }
        });
    }
}
