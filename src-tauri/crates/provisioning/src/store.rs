//! The store: the only module that knows sled.
//!
//! Everything lives in one tree under keys whose first byte names the [`Space`], because a
//! batch on one tree is atomic: what a request touches (record, indexes, memberships, log)
//! appears whole or not at all, also after a crash. Readers never wait. Writers take turns in
//! [`Store::write`], so that a uniqueness check and the write it allows cannot be separated.
//! A write is *applied* when `write` returns and *durable* when [`Store::settle`] returns;
//! all that wait at the same time share one flush. A turn too large for one batch is durable and
//! whole all the same, but readers see it come in parts (`store/large.rs`).
//!
//! What sled 0.34 needs around it (its own lock, stray snapshots, a real sync) is in
//! `store/opening.rs` and `store/settling.rs`; the reasons are in `decisions/0003-sled.md`.

mod compaction;
mod disk;
mod ids;
mod key;
mod large;
mod later;
mod opening;
mod reading;
mod salvage;
mod settling;
mod transaction;
mod tree;
mod vacant;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use key::{Key, Space, number};
pub(crate) use opening::FORMAT;
pub(crate) use salvage::salvage;
use settling::Settling;
pub(crate) use transaction::Transaction;
use tree::Tree;
pub(crate) use vacant::Vacant;

use crate::clock::lock;
use crate::error::{Error, Result};

/// The open store of one data directory.
pub(crate) struct Store {
    tree: Arc<Tree>,
    writer: Mutex<()>,
    settling: Settling,
    ids: ids::Ids,
    later: later::Later,
    mended: Vec<String>,
    done: Vec<String>,
    /// Bytes of a turn from which on it is large.
    large: u64,
    /// Held for as long as the store is open; see [`opening::lock_directory`].
    _lock: File,
}

impl Store {
    /// Opens, or makes, the store in `dir`. Fails with [`Error::InUse`], [`Error::NotWritable`]
    /// or [`Error::Newer`], each before anything is touched. One that takes far more than its data
    /// is first written anew.
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        Self::open_within(dir, compaction::LIMITS)
    }

    fn open_within(dir: &Path, limits: compaction::Limits) -> Result<Self> {
        Self::open_with(dir, vacant::take_over_staged, |tree, was_long| {
            opening::check_format(dir, &tree, was_long)?;
            compaction::give_space_back(dir, tree, limits)
        })
    }

    /// [`Store::open`] for whoever only looks: also where the format cannot be read. It stays as
    /// large as it is, and a restore that waits goes on waiting.
    pub(crate) fn open_damaged(dir: &Path) -> Result<Self> {
        Self::open_with(
            dir,
            |_| Ok(None),
            |tree, was_long| match opening::check_format(dir, &tree, was_long) {
                Ok(()) | Err(Error::Damaged { .. }) => Ok((tree, None)),
                Err(other) => Err(other),
            },
        )
    }

    fn open_with(
        dir: &Path,
        take_over: impl FnOnce(&Path) -> io::Result<Option<String>>,
        prepare: impl FnOnce(sled::Db, bool) -> Result<(sled::Db, Option<String>)>,
    ) -> Result<Self> {
        let lock = opening::lock_directory(dir)?;
        let refused = |reason| Error::NotWritable {
            dir: dir.to_owned(),
            reason,
        };
        compaction::finish(dir).map_err(refused)?;
        let restored = take_over(dir).map_err(refused)?;
        vacant::remove_leftovers(dir).map_err(refused)?;
        let was_long = opening::is_long(dir)?;
        let (tree, mended) = opening::open_tree(dir)?;
        let (tree, rewritten) = prepare(tree, was_long)?;
        let tree = Arc::new(Tree::of(dir, tree));
        let settling = Settling::start(Arc::clone(&tree), dir)?;
        Ok(Self {
            tree,
            writer: Mutex::new(()),
            settling,
            ids: ids::Ids::default(),
            later: later::Later::default(),
            mended,
            done: restored.into_iter().chain(rewritten).collect(),
            large: large::LARGE,
            _lock: lock,
        })
    }

    /// Whether there is a store in `dir`; nothing is made.
    pub(crate) fn is_in(dir: &Path) -> bool {
        dir.join(opening::FOLDER).join("db").is_file() || compaction::is_between(dir)
    }

    /// What had to be mended when it was opened, in sentences.
    pub(crate) fn mended(&self) -> &[String] {
        &self.mended
    }

    /// What else was done to it when it was opened, in sentences.
    pub(crate) fn done(&self) -> &[String] {
        &self.done
    }

    /// The format the data are in.
    pub(crate) fn format(&self) -> Result<u32> {
        Ok(self.get(&Key::named(Space::Meta, "format"))?.unwrap_or(FORMAT))
    }

    /// Runs `work` alone among the writers and applies all it put and removed at once, or
    /// nothing if it fails. Not durable until [`Store::settle`].
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let _turn = lock(&self.writer);
        if self.tree.reopen_if_failed()? {
            self.ids.forget();
        }
        let mut transaction = Transaction::new(self);
        let value = work(&mut transaction)?;
        let (moved, bytes) = (transaction.moved(), transaction.bytes());
        let changes = transaction.take_changes();
        if changes.is_empty() {
            return Ok(value);
        }
        if bytes < self.large {
            self.tree.apply(large::batch_of(changes), bytes)?;
            self.settling.applied();
        } else {
            self.write_large(changes, bytes)?;
        }
        transaction.was_applied();
        for (key, is_there) in moved {
            self.ids.follow(&key, is_there);
        }
        Ok(value)
    }

    /// Applies what is too large for one batch, and settles it. Fails with [`Error::Unfinished`] if
    /// it has taken place and the rest has to wait.
    fn write_large(&self, changes: transaction::Changes, bytes: u64) -> Result<()> {
        let written = self.tree.write_down(&changes, bytes)?;
        let unfinished = |error: Error| Error::Unfinished {
            reason: error.to_string(),
        };
        for batch in large::batches(changes) {
            self.tree.apply_written(batch).map_err(unfinished)?;
            self.settling.applied();
        }
        self.settling.settle().map_err(unfinished)?;
        written
            .forget()
            .map_err(|error| unfinished(self.tree.failed(error)))
    }

    /// [`Store::write`] for what nobody will wait for: whether it is lost is not told to whoever
    /// next settles something else on this thread.
    pub(crate) fn write_unawaited<T>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        Tree::unawaited(|| self.write(work))
    }

    /// Runs `work` alone among the writers, as [`Store::write`] does, and applies nothing.
    pub(crate) fn look<T>(&self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let _turn = lock(&self.writer);
        work(&mut Transaction::new(self))
    }

    /// Why nothing can be stored at the moment, if nothing can.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.tree.trouble()
    }

    /// Records that nobody waits for.
    pub(crate) fn later(&self) -> &later::Later {
        &self.later
    }

    /// Whether what is settled from now on survives a power cut, or only the end of the process.
    pub(crate) fn survive_power_loss(&self, survives: bool) {
        self.settling.sync(survives);
    }

    /// Waits until everything applied so far would survive a power cut, or the end of the process
    /// where [`Store::survive_power_loss`] asks for no more. Shared by all who wait.
    pub(crate) fn settle(&self) -> Result<()> {
        let settled = self.settling.settle();
        settled.and(self.tree.has_kept(Tree::written()))
    }

    /// Forgets what this thread wrote and did not settle: the next settling tells of what is
    /// written from now on.
    pub(crate) fn forget_unsettled() {
        let _ = Tree::written();
    }

    /// Calls `then` when [`Store::settle`] would return, with what it would return. `then` is
    /// called on a thread of the store's and must be quick.
    pub(crate) fn settle_then(&self, then: impl FnOnce(Result<()>) + Send + 'static) {
        let (tree, written) = (Arc::clone(&self.tree), Tree::written());
        self.settling.settle_then(Box::new(move |settled| {
            then(settled.and_then(|()| tree.has_kept(written)));
        }));
    }
}

impl From<sled::Error> for Error {
    fn from(error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) => error.into(),
            other => Self::Store(other.to_string()),
        }
    }
}

/// What the disk said while the store was at work; who knows the directory names it.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full(PathBuf::new())
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::NotWritable {
                dir: PathBuf::new(),
                reason: error,
            },
            _ => Self::Store(error.to_string()),
        }
    }
}

/// Reads a stored record. Fails with [`Error::Damaged`].
pub(crate) fn decode<T: DeserializeOwned>(space: Space, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| Error::damaged(space.noun(), &error))
}

/// Writes a record as it is stored.
pub(crate) fn encode<T: Serialize>(space: Space, value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::damaged(space.noun(), &error))
}

#[cfg(test)]
mod tests;
