//! The files that sled keeps its data in, and what makes them survive a power cut.
//!
//! sled 0.34.7 on Linux hands its log (`db`) to the disk with `sync_file_range`, which neither
//! empties the disk's cache nor writes the file's length. A value of more than 128 KiB it writes
//! to a file of its own in `blobs/`, and never syncs that. Both are done here, blobs first, for
//! the log points to them. Names in a folder are synced with the folder.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::opening::FOLDER;

/// A blob that was not touched for so long, and was synced at its length, is complete.
const COMPLETE_AFTER: Duration = Duration::from_secs(10);

/// The files of one open store.
pub(super) struct Disk {
    log: File,
    blobs: PathBuf,
    /// Length of each blob when it was synced; `None` where it needs no further look.
    synced: HashMap<OsString, Option<u64>>,
}

impl Disk {
    /// The files of the store in `dir`, which has just been opened: all that is there is synced,
    /// with the folders that name it.
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        let folder = dir.join(FOLDER);
        let mut disk = Self {
            log: File::open(folder.join("db"))?,
            blobs: folder.join("blobs"),
            synced: HashMap::new(),
        };
        disk.sync()?;
        let settings = folder.join("conf");
        if settings.is_file() {
            File::open(settings)?.sync_all()?;
        }
        sync_folder(&folder)?;
        sync_folder(dir)?;
        // It may be somebody else's, who does not let us open it.
        let _ = dir.parent().map(sync_folder);
        Ok(disk)
    }

    /// Makes everything that sled has written survive a power cut.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.sync_blobs()?;
        self.log.sync_data()
    }

    fn sync_blobs(&mut self) -> io::Result<()> {
        let entries = match fs::read_dir(&self.blobs) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut now = HashMap::new();
        let mut is_any_new = false;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let known = self.synced.get(&name).copied();
            let state = match known {
                Some(None) => None,
                _ => match sync_blob(&entry.path(), known.flatten()) {
                    // sled removes what nothing points to any more.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    state => state?,
                },
            };
            is_any_new |= known.is_none();
            now.insert(name, state);
        }
        self.synced = now;
        if is_any_new {
            sync_folder(&self.blobs)?;
        }
        Ok(())
    }
}

/// Syncs a blob unless it has the length it was synced at. One may still be written by whoever is
/// not waiting yet, so it is looked at again until it has been left alone for a while.
fn sync_blob(path: &Path, synced: Option<u64>) -> io::Result<Option<u64>> {
    let about = fs::metadata(path)?;
    if synced == Some(about.len()) {
        let age = SystemTime::now().duration_since(about.modified()?);
        let is_complete = age.is_ok_and(|age| age > COMPLETE_AFTER);
        return Ok(synced.filter(|_| !is_complete));
    }
    File::open(path)?.sync_data()?;
    Ok(Some(about.len()))
}

/// Makes the names in a folder survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_synced_once_and_again_when_they_have_grown() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = dir.path().join(FOLDER).join("blobs");
        fs::create_dir_all(&blobs).unwrap();
        fs::write(dir.path().join(FOLDER).join("db"), "").unwrap();
        let mut disk = Disk::open(dir.path()).unwrap();
        let state = |disk: &Disk| disk.synced.get(&OsString::from("7")).copied();
        assert_eq!(state(&disk), None);
        fs::write(blobs.join("7"), "half").unwrap();
        disk.sync().unwrap();
        assert_eq!(state(&disk), Some(Some(4)));
        fs::write(blobs.join("7"), "all of it").unwrap();
        disk.sync().unwrap();
        assert_eq!(state(&disk), Some(Some(9)));
        let old = SystemTime::now() - 2 * COMPLETE_AFTER;
        let file = File::options().write(true).open(blobs.join("7")).unwrap();
        file.set_modified(old).unwrap();
        disk.sync().unwrap();
        assert_eq!(state(&disk), Some(None), "it needs no further look");
        fs::remove_file(blobs.join("7")).unwrap();
        disk.sync().unwrap();
        assert_eq!(state(&disk), None);
    }
}
