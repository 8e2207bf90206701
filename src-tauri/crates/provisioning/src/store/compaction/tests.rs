//! Space is given back, and never at the price of data.

use std::path::PathBuf;

use super::*;
use crate::store::Store;

const SMALL: Limits = Limits {
    least: 1_000_000,
    times: 3,
};

fn open(dir: &Path) -> Store {
    Store::open_within(dir, SMALL).unwrap()
}

fn event(n: u64) -> Key {
    Key::numbered(Space::Event, n)
}

/// A store that held 20 MB of events and holds ten, and some users.
fn grown(dir: &Path) {
    let store = open(dir);
    for part in 0..20 {
        store
            .write(|turn| {
                (0..500).try_for_each(|n| turn.put(&event(part * 500 + n), &"e".repeat(2_000)))?;
                turn.put(&Key::named(Space::User, &part.to_string()), &part)
            })
            .unwrap();
        store.settle().unwrap();
    }
    for part in 0..20 {
        store
            .write(|turn| {
                let gone = (0..500).filter(|n| part * 500 + n < 9_990);
                gone.for_each(|n| turn.remove(&event(part * 500 + n)));
                // Told generously: how much sled takes for what it held depends on its threads.
                turn.note_removed(10 * 500 * 2_000)
            })
            .unwrap();
    }
    store.settle().unwrap();
}

fn contents(store: &Store) -> Vec<(Vec<u8>, Vec<u8>)> {
    let of = |space| store.raw(&Key::all(space)).map(Result::unwrap);
    of(Space::Event).chain(of(Space::User)).collect()
}

fn size(dir: &Path) -> u64 {
    size_of(&dir.join(FOLDER))
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_store_that_was_large_is_written_anew_when_it_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    grown(dir.path());
    let before = size(dir.path());
    assert!(before > 15_000_000, "sled keeps what it has: {before}");
    let store = open(dir.path());
    assert!(size(dir.path()) < 2_000_000, "{}", size(dir.path()));
    assert!(store.done()[0].contains("written anew"), "{:?}", store.done());
    assert_eq!(store.count(&Key::all(Space::Event)).unwrap(), 10);
    assert_eq!(store.count(&Key::all(Space::User)).unwrap(), 20);
    assert_eq!(names(dir.path()), ["lock", "store"]);

    // It is durable in its new place, and not written anew once more.
    store.write(|turn| turn.put(&event(10_001), &"new")).unwrap();
    store.settle().unwrap();
    let held = contents(&store);
    drop(store);
    let store = open(dir.path());
    assert!(store.done().is_empty(), "{:?}", store.done());
    assert_eq!(contents(&store), held);
}

#[test]
fn a_store_that_is_as_large_as_its_data_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    {
        let store = open(dir.path());
        store
            .write(|turn| {
                (0..1_000).try_for_each(|n| turn.put(&event(n), &"e".repeat(2_000)))?;
                turn.note_removed(100_000_000)
            })
            .unwrap();
    }
    let store = open(dir.path());
    assert!(store.done().is_empty(), "{:?}", store.done());
    let counted: Option<u64> = store.get(&counter()).unwrap();
    assert_eq!(counted, Some(0), "nobody reads all of it again at the next start");
}

/// Wherever the process ends, the next start finds all of the data under the old name.
#[test]
fn a_rewriting_that_was_broken_off_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    grown(home.path());
    let held = {
        let store = Store::open_damaged(home.path()).unwrap();
        contents(&store)
    };
    let copy_of = |name: &str| -> PathBuf {
        let dir = home.path().join(name);
        fs::create_dir_all(dir.join(FOLDER)).unwrap();
        for entry in fs::read_dir(home.path().join(FOLDER)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), dir.join(FOLDER).join(entry.file_name())).unwrap();
            }
        }
        dir
    };
    // While the copy is made.
    let copying = copy_of("copying");
    fs::create_dir_all(copying.join("compacting-x/store")).unwrap();
    fs::write(copying.join("compacting-x/store/db"), "half").unwrap();
    // Between the two names.
    let between = copy_of("between");
    fs::rename(between.join(FOLDER), between.join(REPLACED)).unwrap();
    // Before the old one is gone.
    let removing = copy_of("removing");
    fs::create_dir_all(removing.join(REPLACED)).unwrap();
    fs::write(removing.join(REPLACED).join("db"), "old").unwrap();
    for dir in [copying, between, removing] {
        assert!(Store::is_in(&dir));
        let store = open(&dir);
        assert_eq!(contents(&store), held, "{}", dir.display());
        assert_eq!(names(&dir), ["lock", "store"]);
    }
}
