//! There and back, and what is refused.

use std::fs;

use super::*;
use crate::check::DataDirectory;
use crate::store::{Space, Transaction};

fn stage(path: &Path, dir: &Path, now: Timestamp) -> Result<Copied> {
    filled(path, dir)?.stage(now)
}

fn at() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// A data directory with odd keys and values.
fn made(dir: &Path) -> DataDirectory {
    {
        let store = Store::open(dir).unwrap();
        let put = |turn: &mut Transaction<'_>, space, rest: &[u8], value: &[u8]| {
            turn.put_raw(&Key::raw(space, rest), value.to_vec());
        };
        store
            .write(|turn| {
                put(turn, Space::User, b"0190", br#"{"a": 1.50, "b":"x,\"v\":y"}"#);
                put(turn, Space::UserName, b"a\",\"v\":b\0c", b"\"0190\"");
                put(turn, Space::Event, &300_u64.to_be_bytes(), b"{}");
                put(turn, Space::Account, b"torn", b"{\"id\":");
                for n in 0..2_500_u64 {
                    put(turn, Space::ReportRow, &n.to_be_bytes(), b"[1,2]");
                }
                Ok(())
            })
            .unwrap();
        store.settle().unwrap();
    }
    DataDirectory::open(dir).unwrap()
}

fn all(data: &DataDirectory) -> Vec<(u8, Vec<u8>, Vec<u8>)> {
    let of = |space: Space| {
        let pairs = data.store.raw(&Key::all(space)).map(Result::unwrap);
        pairs.map(move |(key, value)| (space as u8, key, value))
    };
    SPACES.into_iter().flat_map(of).collect()
}

#[test]
fn what_is_restored_is_what_was_there_byte_by_byte() {
    let home = tempfile::tempdir().unwrap();
    let archive = home.path().join("all.jsonl");
    let data = made(&home.path().join("old"));
    let copied = data.back_up(&archive, at()).unwrap();
    assert_eq!((copied.records, copied.unread.len()), (2_505, 0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&archive).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let new = home.path().join("deep/new");
    assert_eq!(restore(&archive, &new, false, at()).unwrap().records, 2_505);
    let restored = DataDirectory::open(&new).unwrap();
    assert_eq!(all(&restored), all(&data));
    drop(restored);

    let refused = restore(&archive, &new, false, at());
    assert!(matches!(refused, Err(Error::NotEmpty(_))), "{refused:?}");
    let kept = restore(&archive, &new, true, at()).unwrap().kept.unwrap();
    assert_eq!(kept, new.join("store.before-20261123T090000Z"));
    assert!(kept.join("db").is_file());
    let names: Vec<_> = fs::read_dir(&new)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 3, "lock, store and the one before: {names:?}");
    assert_eq!(all(&DataDirectory::open(&new).unwrap()), all(&data));
}

#[test]
fn an_archive_that_is_not_whole_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let archive = home.path().join("all.jsonl");
    made(&home.path().join("old")).back_up(&archive, at()).unwrap();
    let whole = fs::read_to_string(&archive).unwrap();
    let cut = whole.lines().take(5).collect::<Vec<_>>().join(
        "
",
    ) + "
";
    let newer = whole.replacen("\"scimDeskBackup\":1", "\"scimDeskBackup\":2", 1);
    let changed = whole.replacen("1.50", "9.50", 1);
    for (text, expected) in [
        (cut.as_str(), "last line is missing"),
        (&newer, "a newer SCIM Desk wrote it"),
        (&changed, "not those that were written"),
        ("id,name\n", "does not say"),
        (&"x".repeat(2 * FIRST_LINE), "is longer than any"),
    ] {
        fs::write(&archive, text).unwrap();
        let dir = home.path().join("new");
        let said = restore(&archive, &dir, true, at()).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
        assert!(!dir.exists());
    }
}

/// What the window does: the store stays open, and the next start has the other data.
#[test]
fn a_staged_restore_takes_place_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let archive = home.path().join("all.jsonl");
    let data = made(&home.path().join("old"));
    data.back_up(&archive, at()).unwrap();
    let dir = home.path().join("present");
    let marker = Key::named(Space::Account, "present");
    let names = |dir: &Path| {
        let entries = fs::read_dir(dir).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    {
        let store = Store::open(&dir).unwrap();
        store.write(|turn| turn.put(&marker, &1)).unwrap();
        store.settle().unwrap();
        // Somebody changes their mind: the second is the one that counts.
        let earlier = "2026-11-22T09:00:00Z".parse().unwrap();
        stage(&archive, &dir, earlier).unwrap();
        let staged = stage(&archive, &dir, at()).unwrap();
        assert_eq!(staged.kept.unwrap(), dir.join("store.before-20261123T090000Z"));
        assert!(store.contains(&marker).unwrap(), "nothing has changed yet");
        store.write(|turn| turn.put(&marker, &2)).unwrap();
        assert_eq!(names(&dir), ["lock", "restored-20261123T090000Z", "store"]);
    }
    // The process ends between the two names, and starts again.
    fs::rename(dir.join("store"), dir.join("store.before-20261123T090000Z")).unwrap();
    let store = Store::open(&dir).unwrap();
    assert!(
        store.done()[0].contains("store.before-20261123T090000Z"),
        "{:?}",
        store.done()
    );
    drop(store);
    assert_eq!(all(&DataDirectory::open(&dir).unwrap()), all(&data));
    assert_eq!(names(&dir), ["lock", "store", "store.before-20261123T090000Z"]);
    assert!(Store::open(&dir).unwrap().done().is_empty(), "it is told once");
    fs::rename(dir.join("store"), dir.join("store.other")).unwrap();
    fs::rename(dir.join("store.before-20261123T090000Z"), dir.join("store")).unwrap();
    let before = Store::open(&dir).unwrap();
    assert_eq!(before.get::<i32>(&marker).unwrap(), Some(2), "all of it was kept");
}

#[test]
fn a_backup_that_is_none_is_not_staged() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("notes.txt");
    fs::write(&file, "id,name\n").unwrap();
    let dir = home.path().join("present");
    let _store = Store::open(&dir).unwrap();
    assert!(matches!(stage(&file, &dir, at()), Err(Error::NoBackup { .. })));
    assert!(matches!(look_at(&file), Err(Error::NoBackup { .. })));
    let is_staged = |entry: std::io::Result<fs::DirEntry>| {
        entry.unwrap().file_name().to_string_lossy().starts_with("resto")
    };
    assert!(!fs::read_dir(&dir).unwrap().any(is_staged));
}

/// A data directory whose store has a marker and is closed, and an archive of other data.
fn with_marker(home: &Path) -> (PathBuf, PathBuf) {
    let (dir, archive) = (home.join("present"), home.join("all.jsonl"));
    made(&home.join("old")).back_up(&archive, at()).unwrap();
    let store = Store::open(&dir).unwrap();
    store.write(|turn| turn.put(&marker(), &1)).unwrap();
    store.settle().unwrap();
    (dir, archive)
}

fn marker() -> Key {
    Key::named(Space::Account, "present")
}

#[test]
fn data_that_are_between_two_names_are_kept_by_a_restore() {
    let home = tempfile::tempdir().unwrap();
    let (dir, archive) = with_marker(home.path());
    fs::rename(dir.join("store"), dir.join("store.replaced")).unwrap();
    let kept = restore(&archive, &dir, true, at()).unwrap().kept.unwrap();
    drop(DataDirectory::open(&dir).unwrap());
    fs::rename(dir.join("store"), dir.join("store.other")).unwrap();
    fs::rename(kept, dir.join("store")).unwrap();
    let before = Store::open(&dir).unwrap();
    assert_eq!(before.get::<i32>(&marker()).unwrap(), Some(1));
}

#[test]
fn a_restore_that_waits_is_left_waiting_by_a_check_and_given_up_by_another_restore() {
    let home = tempfile::tempdir().unwrap();
    let (dir, archive) = with_marker(home.path());
    let other = home.path().join("other.jsonl");
    DataDirectory::open(&dir).unwrap().back_up(&other, at()).unwrap();
    stage(&archive, &dir, at()).unwrap();
    let waits = dir.join("restored-20261123T090000Z");
    let data = DataDirectory::open(&dir).unwrap();
    assert!(data.store.contains(&marker()).unwrap() && waits.is_dir());
    drop(data);
    restore(&other, &dir, true, at()).unwrap();
    assert!(!waits.exists());
    assert!(Store::open(&dir).unwrap().contains(&marker()).unwrap());
}

#[test]
fn a_line_without_an_end_is_not_read_into_memory() {
    let (mut endless, mut line) = (BufReader::new(io::repeat(b'x')), Vec::new());
    assert!(!next_line(&mut endless, 1_000, &mut line).unwrap());
    assert_eq!(line.len(), 1_000);
    let (mut whole, most) = (&b"four\nlast"[..], 5);
    assert!(next_line(&mut whole, most, &mut line).unwrap() && line == b"four\n");
    assert!(next_line(&mut whole, most, &mut line).unwrap() && line == b"last");
    assert!(next_line(&mut whole, most, &mut line).unwrap() && line.is_empty());
}
