//! A data directory in the making, which takes the place of another one's store at once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::compaction;
use super::disk::sync_folder;
use super::opening::{self, FOLDER};
use crate::error::{Error, Result};

/// How the folders begin that a process may leave half done; the next start removes them.
pub(super) const LEFTOVERS: [&str; 2] = ["compacting-", "restoring-"];

/// How a folder begins whose store takes the place of the present one at the next start.
const STAGED: &str = "restored-";

/// A place for a new store, within the data directory that it will belong to.
pub(crate) struct Vacant {
    dir: PathBuf,
    place: tempfile::TempDir,
    /// `None` where the store that is there is open, and holds the lock.
    _lock: Option<File>,
}

impl Vacant {
    /// Locks `dir`, which is made if it is not there, and makes a place in it.
    pub(crate) fn beside(dir: &Path) -> Result<Self> {
        let lock = opening::lock_directory(dir)?;
        // What has no name of its own since a swap was broken off is to be kept, too.
        compaction::finish(dir).map_err(refused(dir))?;
        Self::in_locked(dir, Some(lock))
    }

    /// Makes a place in `dir`, whose store is open in this process.
    pub(crate) fn beside_open(dir: &Path) -> Result<Self> {
        Self::in_locked(dir, None)
    }

    fn in_locked(dir: &Path, lock: Option<File>) -> Result<Self> {
        let place = tempfile::Builder::new()
            .prefix(LEFTOVERS[1])
            .tempdir_in(dir)
            .map_err(refused(dir))?;
        Ok(Self {
            dir: dir.to_owned(),
            place,
            _lock: lock,
        })
    }

    /// Where the new store is to be made.
    pub(crate) fn path(&self) -> &Path {
        self.place.path()
    }

    /// Gives the new store its name. Whatever had that name is kept as `store.before-…`, if it
    /// was a store; returns where. One that waited to take over is given up.
    pub(crate) fn take_over(self, suffix: &str) -> Result<Option<PathBuf>> {
        let refused = refused(&self.dir);
        let kept = put_in_place(&self.dir, self.place.path(), suffix).map_err(&refused)?;
        give_up_staged(&self.dir).map_err(&refused)?;
        self.place.close().map_err(&refused)?;
        Ok(kept)
    }

    /// Leaves the new store for the next start to [`take over`](take_over_staged). One that
    /// waited already is given up. Returns where the present store will be kept. After an error
    /// none waits: whoever is told of one goes on with the present store.
    pub(crate) fn stage(self, suffix: &str) -> Result<PathBuf> {
        self.stage_with(suffix, sync_folder)
    }

    fn stage_with(self, suffix: &str, sync: impl Fn(&Path) -> io::Result<()>) -> Result<PathBuf> {
        let refused = refused(&self.dir);
        give_up_staged(&self.dir).map_err(&refused)?;
        let staged = self.dir.join(format!("{STAGED}{suffix}"));
        fs::rename(self.place.path(), &staged).map_err(&refused)?;
        if let Err(reason) = sync(&self.dir) {
            fs::rename(&staged, self.place.path()).map_err(&refused)?;
            return Err(refused(reason));
        }
        // It has another name now, and nothing is to be removed.
        let _ = self.place.keep();
        Ok(kept_as(&self.dir, suffix))
    }
}

/// Removes every store that waits to take over. It is renamed first, so that none waits with half
/// of its files when the process ends meanwhile.
fn give_up_staged(dir: &Path) -> io::Result<()> {
    for staged in folders(dir, STAGED)? {
        let place = tempfile::Builder::new().prefix(LEFTOVERS[1]).tempdir_in(dir)?;
        fs::rename(&staged, place.path().join(STAGED))?;
        place.close()?;
    }
    Ok(())
}

fn kept_as(dir: &Path, suffix: &str) -> PathBuf {
    dir.join(format!("{FOLDER}.before-{suffix}"))
}

/// Puts the store in `place` where that of `dir` is, which is kept. Broken off, it can be begun
/// again.
fn put_in_place(dir: &Path, place: &Path, suffix: &str) -> io::Result<Option<PathBuf>> {
    let (store, kept) = (dir.join(FOLDER), kept_as(dir, suffix));
    let was_there = store.join("db").is_file();
    if was_there {
        fs::rename(&store, &kept)?;
    } else if store.is_dir() {
        fs::remove_dir(&store)?;
    }
    fs::rename(place.join(FOLDER), &store)?;
    sync_folder(dir)?;
    Ok(kept.is_dir().then_some(kept))
}

/// Lets a store that was [staged](Vacant::stage) take the place of the present one. Returns what
/// was done, as a sentence. Call it with the directory locked.
pub(super) fn take_over_staged(dir: &Path) -> io::Result<Option<String>> {
    let Some(staged) = folders(dir, STAGED)?.pop() else {
        return Ok(None);
    };
    let name = staged.file_name().unwrap_or_default().to_string_lossy();
    let suffix = name.trim_start_matches(STAGED).to_owned();
    let sentence = if staged.join(FOLDER).join("db").is_file() {
        let kept = put_in_place(dir, &staged, &suffix)?;
        let kept = kept.map_or_else(String::new, |kept| {
            format!(
                " What was there before is in {}; remove it when you no longer need it.",
                kept.display()
            )
        });
        Some(format!("The data of the backup are in place.{kept}"))
    } else {
        None
    };
    fs::remove_dir_all(&staged)?;
    Ok(sentence)
}

/// Removes what a process that ended has left half done. Call it with the directory locked.
pub(super) fn remove_leftovers(dir: &Path) -> io::Result<()> {
    for beginning in LEFTOVERS {
        for folder in folders(dir, beginning)? {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}

/// The folders in `dir` whose names begin so, in order.
fn folders(dir: &Path, beginning: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(beginning) && entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn refused(dir: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let dir = dir.to_owned();
    move |reason| Error::NotWritable {
        dir: dir.clone(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_waits_to_take_over_where_that_could_not_be_made_durable() {
        let home = tempfile::tempdir().unwrap();
        let place = Vacant::beside_open(home.path()).unwrap();
        fs::create_dir(place.path().join(FOLDER)).unwrap();
        let refused = place.stage_with("now", |_| Err(io::Error::other("the disk has failed")));
        assert!(matches!(refused, Err(Error::NotWritable { .. })), "{refused:?}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
