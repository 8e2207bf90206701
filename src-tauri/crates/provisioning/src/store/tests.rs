//! The store's promises, on a real disk.

use super::*;

fn open(dir: &Path) -> Store {
    Store::open(dir).expect("the directory is free")
}

impl Store {
    /// Puts a key that is none of ours.
    pub(crate) fn put_foreign(&self, key: &[u8]) -> Result<()> {
        self.tree.with(|tree| tree.insert(key, b"").map(|_| ()))
    }
}

#[test]
fn a_failed_turn_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let key = Key::named(Space::Account, "one");
    let outcome: Result<()> = store.write(|turn| {
        turn.put(&key, &1)?;
        assert_eq!(turn.get::<i32>(&key)?, Some(1), "a turn sees its own changes");
        Err(Error::NoToken)
    });
    assert!(outcome.is_err());
    assert!(!store.contains(&key).unwrap());
}

#[test]
fn what_was_settled_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::numbered(Space::Event, 7);
    {
        let store = open(dir.path());
        store.write(|turn| turn.put(&key, &"seven")).unwrap();
        store.settle().unwrap();
    }
    assert_eq!(
        open(dir.path()).get::<String>(&key).unwrap().as_deref(),
        Some("seven")
    );
}

#[test]
fn many_writers_share_the_settling() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    std::thread::scope(|scope| {
        for writer in 0..16u64 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..50 {
                    store
                        .write(|turn| turn.put(&Key::numbered_pair(Space::ReportRow, writer, n), &n))
                        .unwrap();
                    store.settle().unwrap();
                }
            });
        }
    });
    assert_eq!(store.count(&Key::all(Space::ReportRow)).unwrap(), 16 * 50);
}

#[test]
fn a_second_opener_is_told_that_the_directory_is_in_use() {
    let dir = tempfile::tempdir().unwrap();
    let _first = open(dir.path());
    assert!(matches!(Store::open(dir.path()), Err(Error::InUse(_))));
}

#[test]
fn a_snapshot_that_was_never_finished_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let stray = dir.path().join("store/snap.00000000000000FF.generating");
    std::fs::write(&stray, b"torn").unwrap();
    drop(open(dir.path()));
    assert!(!stray.exists());
}

#[test]
fn data_of_a_newer_version_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    {
        let store = open(dir.path());
        store
            .write(|turn| turn.put(&Key::named(Space::Meta, "format"), &99))
            .unwrap();
        store.settle().unwrap();
    }
    assert!(matches!(
        Store::open(dir.path()),
        Err(Error::Newer { found: 99, .. })
    ));
}

#[test]
fn a_turn_of_forty_thousand_records_is_there_whole_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    {
        let store = open(dir.path());
        store
            .write(|turn| {
                (0..40_000).try_for_each(|n| {
                    let key = Key::named(Space::Account, &format!("account{n:05}"));
                    turn.put(&key, &format!("user{n}@contoso.example"))
                })
            })
            .unwrap();
        store.settle().unwrap();
    }
    let store = open(dir.path());
    assert_eq!(store.count(&Key::all(Space::Account)).unwrap(), 40_000);
    let last = Key::named(Space::Account, "account39999");
    assert_eq!(
        store.get::<String>(&last).unwrap().as_deref(),
        Some("user39999@contoso.example")
    );
}

#[cfg(unix)]
#[test]
fn only_what_is_ours_is_closed_to_others() {
    use std::fs::{Permissions, create_dir, metadata, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| metadata(path).unwrap().permissions().mode() & 0o777;
    let home = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let dir = home.path().join(name);
        create_dir(&dir).unwrap();
        set_permissions(&dir, Permissions::from_mode(0o755)).unwrap();
        dir
    };
    let (shared, empty) = (make("shared"), make("empty"));
    write(shared.join("of somebody else"), "").unwrap();
    let new = home.path().join("deep/new");
    for (dir, expected) in [(&shared, 0o755), (&empty, 0o700), (&new, 0o700)] {
        drop(open(dir));
        drop(open(dir));
        assert_eq!(mode(dir), expected, "{}", dir.display());
        assert_eq!(mode(&dir.join("store")), 0o700);
        assert_eq!(mode(&dir.join("lock")), 0o600);
    }
}

/// A disk of so many megabytes, where the tests may have one: mounting needs root.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn of(megabytes: u32) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir.path())
            .output()
            .is_ok_and(|done| done.status.success());
        mounted.then_some(Self(dir))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).output();
    }
}

/// Fills the disk, meets the end of it in all kinds of writes, frees it, and goes on.
#[cfg(target_os = "linux")]
#[test]
fn work_goes_on_when_a_full_disk_has_room_again() {
    let Some(disk) = SmallDisk::of(48) else {
        return;
    };
    let dir = disk.0.path().join("data");
    let store = open(&dir);
    let record = |n: u64| (Key::numbered(Space::Event, n), Key::numbered(Space::Run, n));
    let write = |n: u64, size: usize| -> Result<()> {
        store.write(|turn| {
            turn.put(&record(n).0, &"e".repeat(size))?;
            turn.put(&record(n).1, &n)
        })?;
        store.settle()
    };
    let mut kept = Vec::new();
    for (round, size) in [2_000, 200_000, 40_000].into_iter().enumerate() {
        let base = 10_000 * round as u64;
        let ballast = disk.0.path().join("ballast");
        let _ = std::fs::write(&ballast, vec![0; 22 << 20]);
        let mut refused = 0;
        for n in base..base + 4_000 {
            match write(n, size) {
                Ok(()) => kept.push(n),
                Err(error) => {
                    assert!(matches!(error, Error::Full(_)), "{error}");
                    refused += 1;
                    let first = kept.first();
                    assert!(
                        first.is_none_or(|n| store.contains(&record(*n).1).unwrap()),
                        "reads go on"
                    );
                }
            }
            if refused == 5 {
                break;
            }
        }
        assert_eq!(refused, 5, "the disk was full");
        std::fs::remove_file(&ballast).unwrap();
        for n in base + 5_000..base + 5_020 {
            write(n, 1_000).unwrap();
            kept.push(n);
        }
    }
    let is_whole = |store: &Store| {
        for n in &kept {
            assert!(store.contains(&record(*n).0).unwrap(), "{n} was settled");
        }
        for n in 0..30_000 {
            let (one, other) = record(n);
            assert_eq!(
                store.contains(&one).unwrap(),
                store.contains(&other).unwrap(),
                "{n} is whole"
            );
        }
    };
    is_whole(&store);
    drop(store);
    is_whole(&open(&dir));
}

fn snapshots(dir: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(dir.join("store")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let is_snapshot = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("snap.");
    files.filter(is_snapshot).collect()
}

#[test]
fn a_store_that_opens_only_without_its_snapshot_is_healed() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::named(Space::Account, "one");
    {
        let store = open(dir.path());
        store.write(|turn| turn.put(&key, &1)).unwrap();
        store.settle().unwrap();
    }
    drop(open(dir.path()));
    let found = snapshots(dir.path());
    assert!(!found.is_empty(), "sled writes one when it opens");
    for path in found {
        std::fs::write(path, vec![7; 100]).unwrap();
    }
    let store = open(dir.path());
    assert_eq!(store.get::<i32>(&key).unwrap(), Some(1));
    assert!(
        store.mended()[0].contains("read from its beginning"),
        "{:?}",
        store.mended()
    );
}

#[test]
fn only_who_waits_for_a_write_is_told_that_it_was_lost() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let put = |n: u64| move |turn: &mut Transaction<'_>| turn.put(&Key::numbered(Space::Run, n), &n);
    let fail = || store.tree.failed(Error::Store("the disk failed".to_owned()));

    store.write_unawaited(put(1)).unwrap();
    fail();
    store.write(put(2)).unwrap();
    store.settle().expect("this one is there");

    store.write(put(3)).unwrap();
    fail();
    store.write_unawaited(put(4)).unwrap();
    let refused = store.settle();
    assert!(matches!(refused, Err(Error::Store(_))), "{refused:?}");

    // One request wrote, was answered as failed and never asked; the next one begins afresh.
    store.write(put(5)).unwrap();
    fail();
    Store::forget_unsettled();
    store.write(put(6)).unwrap();
    store.settle().expect("what this one wrote is there");
}

#[test]
fn trouble_is_told_of_until_the_disk_takes_something_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    assert_eq!(store.trouble(), None);
    // Where the store tries whether it can write.
    let in_the_way = dir.path().join("store/room");
    std::fs::create_dir(&in_the_way).unwrap();
    let refused = store.tree.failed(Error::Full(PathBuf::new()));
    assert!(matches!(refused, Error::Full(named) if named == dir.path()));
    let told = store.trouble().unwrap();
    assert!(told.contains("is full"), "{told}");
    assert!(
        store
            .write(|turn| turn.put(&Key::numbered(Space::Run, 1), &1))
            .is_err()
    );
    assert!(store.trouble().is_some());
    std::fs::remove_dir(in_the_way).unwrap();
    assert_eq!(store.trouble(), None, "nobody has to write for it to go");
    store
        .write(|turn| turn.put(&Key::numbered(Space::Run, 1), &1))
        .unwrap();
    assert_eq!(store.trouble(), None);
}

#[test]
fn a_disk_that_became_read_only_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let reason = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
    let refused = store.tree.failed(reason);
    assert!(matches!(&refused, Error::NotWritable { dir: named, .. } if named == dir.path()));
    assert!(
        refused.to_string().contains("Make the directory writable"),
        "{refused}"
    );
}
