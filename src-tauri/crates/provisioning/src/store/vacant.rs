//! A data directory in the making, which takes the place of another one's store at once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::sync_folder;
use super::opening::{self, FOLDER};
use crate::error::{Error, Result};

/// A place for a new store, within the locked data directory that it will belong to.
pub(crate) struct Vacant {
    dir: PathBuf,
    place: tempfile::TempDir,
    _lock: File,
}

impl Vacant {
    /// Locks `dir`, which is made if it is not there, and makes a place in it.
    pub(crate) fn beside(dir: &Path) -> Result<Self> {
        let lock = opening::lock_directory(dir)?;
        let place = tempfile::Builder::new()
            .prefix("restoring-")
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
    /// was a store; returns where.
    pub(crate) fn take_over(self, suffix: &str) -> Result<Option<PathBuf>> {
        let refused = refused(&self.dir);
        let store = self.dir.join(FOLDER);
        let kept = self.dir.join(format!("{FOLDER}.before-{suffix}"));
        let was_there = store.join("db").is_file();
        if was_there {
            fs::rename(&store, &kept).map_err(&refused)?;
        } else if store.is_dir() {
            fs::remove_dir(&store).map_err(&refused)?;
        }
        fs::rename(self.place.path().join(FOLDER), &store).map_err(&refused)?;
        sync_folder(&self.dir).map_err(&refused)?;
        self.place.close().map_err(&refused)?;
        Ok(was_there.then_some(kept))
    }
}

fn refused(dir: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let dir = dir.to_owned();
    move |reason| Error::NotWritable {
        dir: dir.clone(),
        reason,
    }
}
