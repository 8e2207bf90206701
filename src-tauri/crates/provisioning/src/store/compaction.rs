//! Giving space back to the disk.
//!
//! sled writes over what is no longer used and never makes its file much shorter: a log that was
//! long and is short leaves a store that is large for good. So a store that takes far more than
//! its data is written anew when it is opened, into a folder beside it that then takes its name.
//! Whenever the process ends in between, one of the two is whole and is found by [`finish`].
//!
//! To see whether that is worth it, all of the data have to be read. That is done only after so
//! much was removed that it may well be: [`removed`] keeps count. The figures are in
//! `decisions/0018-space.md`.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::disk::{Disk, sync_folder};
use super::opening::{self, FOLDER};
use super::tree::{RESERVE, free_space};
use super::vacant::LEFTOVERS;
use super::{Key, Space, Transaction, decode, encode};
use crate::error::{Error, Result};
use crate::files::size_of;

/// What a store is called from when a new one is about to take its name until that has it.
const REPLACED: &str = "store.replaced";

/// Bytes that are copied in one batch.
const AT_ONCE: usize = 1024 * 1024;

/// When a store is worth writing anew.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes on the disk that nobody minds.
    pub(super) least: u64,
    /// Times the data that it may take.
    pub(super) times: u64,
}

/// A new store takes 1.6 times its data, and one that lives with a full log up to 4 times.
pub(super) const LIMITS: Limits = Limits {
    least: 64 * 1024 * 1024,
    times: 3,
};

fn counter() -> Key {
    Key::named(Space::Meta, "bytes removed")
}

/// Notes, as part of a turn, that so many bytes of data were removed.
pub(super) fn removed(turn: &mut Transaction<'_>, bytes: u64) -> Result<()> {
    let before: u64 = turn.get(&counter())?.unwrap_or_default();
    turn.put(&counter(), &before.saturating_add(bytes))
}

/// Writes the store in `dir` anew if that gives back enough. Returns the tree to go on with, and
/// what was done, as a sentence. A store that cannot be read or copied stays as it is.
pub(super) fn give_space_back(
    dir: &Path,
    tree: sled::Db,
    limits: Limits,
) -> Result<(sled::Db, Option<String>)> {
    let before = size_of(&dir.join(FOLDER));
    let place = match rewritten(dir, &tree, before, limits) {
        Ok(Some(place)) => place,
        Ok(None) => return Ok((tree, None)),
        Err(error) => {
            tracing::warn!(%error, "the store could not be written anew and stays as large as it is");
            return Ok((tree, None));
        }
    };
    let refused = |reason| Error::NotWritable {
        dir: dir.to_owned(),
        reason,
    };
    // sled writes a snapshot by its name when the last of it goes.
    drop(tree);
    wait_for_release(&dir.join(FOLDER)).map_err(refused)?;
    swap(dir, place.path()).map_err(refused)?;
    let (tree, _) = opening::open_tree(dir)?;
    let after = size_of(&dir.join(FOLDER));
    let sentence = format!(
        "The store took {} MB on the disk, most of it for what the log no longer keeps. It was written anew and takes {} MB.",
        before / 1_000_000,
        after / 1_000_000
    );
    Ok((tree, Some(sentence)))
}

/// A new store with the data of `tree`, closed and on the disk, if it is worth it.
fn rewritten(dir: &Path, tree: &sled::Db, size: u64, limits: Limits) -> Result<Option<tempfile::TempDir>> {
    let key = counter();
    let removed: u64 = match tree.get(key.bytes())? {
        Some(bytes) => decode(Space::Meta, &bytes)?,
        None => 0,
    };
    if size <= limits.least || removed.saturating_mul(2) < size {
        return Ok(None);
    }
    let data = Sum::of(tree)?;
    if size <= data.bytes.saturating_mul(limits.times).max(limits.least) {
        // It will be worth it, if ever, when as much again was removed.
        tree.insert(key.bytes(), encode(Space::Meta, &0)?)?;
        return Ok(None);
    }
    let needed = data.bytes.saturating_mul(3).saturating_add(RESERVE);
    if free_space(dir).is_some_and(|free| free < needed) {
        return Err(Error::Full(dir.to_owned()));
    }
    let place = tempfile::Builder::new().prefix(LEFTOVERS[0]).tempdir_in(dir)?;
    let _lock = opening::lock_directory(place.path())?;
    let folder = place.path().join(FOLDER);
    {
        let (new, _) = opening::open_tree(place.path())?;
        copy(tree, &new)?;
        new.flush()?;
    }
    wait_for_release(&folder)?;
    {
        // What is compared has been read from the disk.
        let (new, _) = opening::open_tree(place.path())?;
        if Sum::of(&new)? != data {
            return Err(Error::Store("the copy differs from what was copied".to_owned()));
        }
        new.insert(key.bytes(), encode(Space::Meta, &0)?)?;
        new.flush()?;
        Disk::open(place.path())?;
    }
    wait_for_release(&folder)?;
    Ok(Some(place))
}

fn copy(from: &sled::Db, to: &sled::Db) -> Result<()> {
    let (mut batch, mut bytes) = (sled::Batch::default(), 0);
    for pair in from.iter() {
        let (key, value) = pair?;
        bytes += key.len() + value.len();
        batch.insert(key, value);
        if bytes >= AT_ONCE {
            to.apply_batch(std::mem::take(&mut batch))?;
            bytes = 0;
        }
    }
    Ok(to.apply_batch(batch)?)
}

/// What is in a store, to compare two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    pairs: u64,
    bytes: u64,
    hash: u64,
}

impl Sum {
    fn of(tree: &sled::Db) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        let (mut pairs, mut bytes) = (0, 0);
        for pair in tree.iter() {
            let (key, value) = pair?;
            pairs += 1;
            bytes += (key.len() + value.len()) as u64;
            hasher.write_usize(key.len());
            hasher.write(&key);
            hasher.write(&value);
        }
        Ok(Self {
            pairs,
            bytes,
            hash: hasher.finish(),
        })
    }
}

/// Waits until sled has let go of a store that was dropped. Its threads may hold it a little
/// longer (sled#1289).
fn wait_for_release(folder: &Path) -> io::Result<()> {
    const TRIES: u32 = 200;
    let log = File::open(folder.join("db"))?;
    for _ in 1..TRIES {
        match log.try_lock() {
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            outcome => return Ok(outcome?),
        }
    }
    Ok(log.try_lock()?)
}

/// Gives the store in `place` the name of that in `dir`, which is removed.
fn swap(dir: &Path, place: &Path) -> io::Result<()> {
    let (store, replaced) = (dir.join(FOLDER), dir.join(REPLACED));
    fs::rename(&store, &replaced)?;
    fs::rename(place.join(FOLDER), &store)?;
    sync_folder(dir)?;
    fs::remove_dir_all(&replaced)
}

/// Whether a [`swap`] was broken off where the store has no name of its own.
pub(super) fn is_between(dir: &Path) -> bool {
    dir.join(REPLACED).join("db").is_file()
}

/// Brings to its end, or takes back, what a process that ended had begun. Call it with the
/// directory locked.
pub(super) fn finish(dir: &Path) -> io::Result<()> {
    let (store, replaced) = (dir.join(FOLDER), dir.join(REPLACED));
    if store.join("db").is_file() {
        if replaced.is_dir() {
            fs::remove_dir_all(&replaced)?;
        }
    } else if is_between(dir) {
        if store.is_dir() {
            fs::remove_dir(&store)?;
        }
        fs::rename(&replaced, &store)?;
        sync_folder(dir)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
