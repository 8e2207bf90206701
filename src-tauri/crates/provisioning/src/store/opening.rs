//! Opening a data directory safely: our own lock first, then sled's leftovers, then the format.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use super::{Key, Space, decode, encode, large};
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
    let mut tries = 10;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // A process that somebody starts holds all that is open, a lock that was let go a moment
            // ago among it, until it has become another program.
            Err(fs::TryLockError::WouldBlock) if tries > 0 => {
                tries -= 1;
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(fs::TryLockError::WouldBlock) => return Err(Error::InUse(dir.to_owned())),
            Err(fs::TryLockError::Error(reason)) => return Err(refused(reason)),
        }
    }
}

/// Opens sled's tree. Call it with the directory locked. Returns also what had to be mended, in
/// sentences.
///
/// A snapshot only shortens the start: the log holds everything. So a store that does not open is
/// tried once more without its snapshots, which are kept under another name.
pub(super) fn open_tree(dir: &Path) -> Result<(sled::Db, Vec<String>)> {
    let folder = dir.join(FOLDER);
    let refused = |reason| Error::NotWritable {
        dir: dir.to_owned(),
        reason,
    };
    let mut mended = remove_unfinished_snapshots(&folder).map_err(refused)?;
    let config = sled::Config::new()
        .path(&folder)
        .mode(sled::Mode::LowSpace)
        .cache_capacity(64 * 1024 * 1024)
        // Flushing is ours to do (see `settling`); sled's own timer wakes the disk twice a second.
        .flush_every_ms(Some(5_000));
    let tree = match open_patiently(dir, &config) {
        Err(Error::Unopenable { .. }) if set_snapshots_aside(&folder).map_err(refused)? => {
            mended.push("The store did not open with its snapshot and was read from its beginning. The snapshot is kept as damaged.snap…; no data are lost.".to_owned());
            open_patiently(dir, &config)?
        }
        outcome => outcome?,
    };
    mended.extend(large::finish(dir, &tree)?);
    Ok((tree, mended))
}

/// Gives every snapshot a name that sled does not look at. Returns whether there was one.
fn set_snapshots_aside(folder: &Path) -> io::Result<bool> {
    let mut is_any = false;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("snap.") {
            fs::rename(entry.path(), folder.join(format!("damaged.{name}")))?;
            is_any = true;
        }
    }
    Ok(is_any)
}

/// Refuses data of a newer version; marks new data with this one. Where sled has read nothing from
/// a log that [was long](is_long), it is damaged: whoever wrote now would write over the rest.
pub(super) fn check_format(dir: &Path, tree: &sled::Db, was_long: bool) -> Result<()> {
    let key = Key::named(Space::Meta, "format");
    let Some(bytes) = tree.get(key.bytes())? else {
        if was_long && tree.is_empty() {
            return Err(unreadable(dir));
        }
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

/// sled's log is made of segments of so many bytes.
const SEGMENT: u64 = 512 * 1024;

/// Whether the log in `dir` is longer than that of a new store. Ask before sled opens it, which
/// cuts off what it cannot read. Fails with [`Error::Unopenable`] if no segment of it begins as one
/// does: sled would take it for a new one.
pub(super) fn is_long(dir: &Path) -> Result<bool> {
    let refused = |reason| Error::NotWritable {
        dir: dir.to_owned(),
        reason,
    };
    let mut log = match File::open(dir.join(FOLDER).join("db")) {
        Ok(log) => log,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(refused(error)),
    };
    let length = log.metadata().map_err(refused)?.len();
    if length <= 4 * SEGMENT {
        return Ok(false);
    }
    for segment in 0..length / SEGMENT {
        let mut beginning = [0; 20];
        log.seek(SeekFrom::Start(segment * SEGMENT)).map_err(refused)?;
        log.read_exact(&mut beginning).map_err(refused)?;
        let (hash, rest) = beginning.split_at(4);
        if hash == (!crc32fast::hash(rest)).to_le_bytes() {
            return Ok(true);
        }
    }
    Err(unreadable(dir))
}

fn unreadable(dir: &Path) -> Error {
    Error::Unopenable {
        dir: dir.to_owned(),
        reason: "its log is long, but nothing in it can be read".to_owned(),
    }
}

/// A process killed while sled wrote a snapshot leaves `snap.*.generating`, which sled then
/// takes for its newest snapshot and refuses to open (sled#1527). The log holds everything.
fn remove_unfinished_snapshots(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut mended = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            mended.push(format!(
                "The snapshot {name} was never finished, since SCIM Desk had been ended while it was written. It was removed; no data are lost."
            ));
            fs::remove_file(entry.path())?;
        }
    }
    Ok(mended)
}

/// A store closed a moment ago in this process may hold sled's file lock a little longer
/// (sled#1289). Our own lock is held, so nobody else can be meant.
fn open_patiently(dir: &Path, config: &sled::Config) -> Result<sled::Db> {
    const TRIES: u32 = 100;
    for _ in 1..TRIES {
        match open_once(dir, config) {
            Err(Error::NotWritable { reason, .. })
                if reason.kind() == io::ErrorKind::Other || reason.kind() == io::ErrorKind::WouldBlock =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            other => return other,
        }
    }
    open_once(dir, config)
}

/// sled answers some damage with an error and some with a panic.
fn open_once(dir: &Path, config: &sled::Config) -> Result<sled::Db> {
    let unopenable = |reason: String| Error::Unopenable {
        dir: dir.to_owned(),
        reason,
    };
    match catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(Ok(tree)) => Ok(tree),
        Ok(Err(sled::Error::Io(reason))) => Err(Error::NotWritable {
            dir: dir.to_owned(),
            reason,
        }),
        Ok(Err(other)) => Err(unopenable(other.to_string())),
        Err(_) => Err(unopenable("its log contradicts itself".to_owned())),
    }
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
