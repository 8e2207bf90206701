//! Opening a data directory safely: our own lock first, then sled's leftovers, then the format.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{Key, Space, decode, encode};
use crate::error::{Error, Result};

/// The format of the records this version writes. Format 2 has the indexes of e-mail addresses
/// and managers, which a store of format 1 gets when the engine opens it.
pub(crate) const FORMAT: u32 = 2;

/// The folder inside the data directory that is sled's.
pub(super) const FOLDER: &str = "store";

/// Makes `dir` for this user alone, as far as it is ours, and locks it. The lock is the operating system's, so it is
/// gone with the process however that ends. sled has a lock of its own, but it answers too
/// late: after it has looked at, and may have replaced, the files of a running server.
pub(super) fn lock_directory(dir: &Path) -> Result<File> {
    let refused = |reason| Error::NotWritable {
        dir: dir.to_owned(),
        reason,
    };
    make_private(dir).map_err(refused)?;
    let path = dir.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(refused)?;
    restrict(&path, 0o600).map_err(refused)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::InUse(dir.to_owned())),
        Err(fs::TryLockError::Error(reason)) => Err(refused(reason)),
    }
}

/// Opens sled's tree. Call it with the directory locked.
pub(super) fn open_tree(dir: &Path) -> Result<sled::Db> {
    let folder = dir.join(FOLDER);
    remove_unfinished_snapshots(&folder).map_err(|reason| Error::NotWritable {
        dir: dir.to_owned(),
        reason,
    })?;
    let config = sled::Config::new()
        .path(&folder)
        .mode(sled::Mode::LowSpace)
        .cache_capacity(64 * 1024 * 1024)
        // Flushing is ours to do (see `settling`); sled's own timer wakes the disk twice a second.
        .flush_every_ms(Some(5_000));
    open_patiently(dir, &config)
}

/// Refuses data of a newer version; marks new data with this one.
pub(super) fn check_format(dir: &Path, tree: &sled::Db) -> Result<()> {
    let key = Key::named(Space::Meta, "format");
    let Some(bytes) = tree.get(key.bytes())? else {
        tree.insert(key.bytes(), encode(Space::Meta, &FORMAT)?)?;
        return Ok(());
    };
    match decode::<u32>(Space::Meta, &bytes)? {
        found if found > FORMAT => Err(Error::Newer {
            dir: dir.to_owned(),
            found,
            known: FORMAT,
        }),
        _ => Ok(()),
    }
}

/// A process killed while sled wrote a snapshot leaves `snap.*.generating`, which sled then
/// takes for its newest snapshot and refuses to open (sled#1527). The log holds everything.
fn remove_unfinished_snapshots(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            tracing::warn!(
                file = name,
                "removed a snapshot that was never finished; no data is lost"
            );
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A store closed a moment ago in this process may hold sled's file lock a little longer
/// (sled#1289). Our own lock is held, so nobody else can be meant.
fn open_patiently(dir: &Path, config: &sled::Config) -> Result<sled::Db> {
    const TRIES: u32 = 100;
    for _ in 1..TRIES {
        match config.open() {
            Err(sled::Error::Io(error))
                if error.kind() == io::ErrorKind::Other || error.kind() == io::ErrorKind::WouldBlock =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(sled::Error::Io(reason)) => {
                return Err(Error::NotWritable {
                    dir: dir.to_owned(),
                    reason,
                });
            }
            other => return Ok(other?),
        }
    }
    Ok(config.open()?)
}

/// Makes `dir` if it is not there, and keeps others out of it and of what is ours in it. A
/// directory that held something before, `/tmp` for one, keeps its mode, also the second time.
#[cfg(unix)]
fn make_private(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = dir.join(FOLDER);
    if !dir.is_dir() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    } else if fs::read_dir(dir)?.next().is_none() {
        restrict(dir, 0o700)?;
    }
    if !folder.is_dir() {
        fs::DirBuilder::new().mode(0o700).create(&folder)?;
    }
    restrict(&folder, 0o700)
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

/// Takes away what others may do; what belongs to somebody else keeps its mode.
#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(mode);
        if let Err(error) = fs::set_permissions(path, permissions) {
            tracing::warn!(%error, path = %path.display(), "the data can be read by others");
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
