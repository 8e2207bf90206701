//! Large turns, and processes that end in the middle of one.

use tempfile::TempDir;

use super::*;
use crate::store::{Key, Space, Store};

fn key(number: u64) -> Key {
    Key::numbered(Space::Event, number)
}

/// A store with the records 0 to 9, and the changes of a turn that removes the even ones and puts
/// five thousand others.
fn before() -> (TempDir, Changes) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store
        .write(|turn| (0..10).try_for_each(|number| turn.put(&key(number), &"old")))
        .unwrap();
    store.settle().unwrap();
    let mut changes = Changes::new();
    for number in (0..10).step_by(2) {
        changes.insert(key(number).bytes().to_vec(), None);
    }
    for number in 100..5_100 {
        changes.insert(key(number).bytes().to_vec(), Some(b"\"new\"".to_vec()));
    }
    (dir, changes)
}

/// How many records there are of the old and of the new ones.
fn found(store: &Store) -> (u64, u64) {
    let old = store.count_between(key(0).bytes(), key(100).bytes()).unwrap();
    (old, store.count(&Key::all(Space::Event)).unwrap() - old)
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join(FOLDER)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(NAME)).collect()
}

#[test]
fn a_large_turn_is_whole_and_leaves_no_file() {
    let (dir, changes) = before();
    let mut store = Store::open(dir.path()).unwrap();
    store.large = 1;
    store
        .write(|turn| {
            for (key, value) in changes {
                let key = Key::raw(Space::Event, key.get(1..).unwrap());
                match value {
                    Some(value) => turn.put_raw(&key, value),
                    None => turn.remove(&key),
                }
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(found(&store), (5, 5_000));
    assert!(names(dir.path()).is_empty());
    drop(store);
    assert_eq!(found(&Store::open(dir.path()).unwrap()), (5, 5_000));
}

#[test]
fn what_was_written_down_is_finished_wherever_the_process_ended() {
    for applied in [0, 1, 3] {
        let (dir, changes) = before();
        let (tree, _) = super::super::opening::open_tree(dir.path()).unwrap();
        write_down(dir.path(), &changes).unwrap();
        for batch in batches(changes).take(applied) {
            tree.apply_batch(batch).unwrap();
        }
        drop(tree);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(found(&store), (5, 5_000));
        let [sentence] = store.mended() else {
            panic!("{:?}", store.mended());
        };
        assert!(
            sentence.starts_with("A large change of 5005 records"),
            "{sentence}"
        );
        assert!(names(dir.path()).is_empty());
        drop(store);
        assert!(Store::open(dir.path()).unwrap().mended().is_empty());
    }
}

#[test]
fn what_was_not_written_down_whole_has_not_taken_place() {
    let (dir, changes) = before();
    write_file(&dir.path().join(FOLDER).join(UNFINISHED), &changes).unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(found(&store), (10, 0));
    assert!(names(dir.path()).is_empty());
}

#[test]
fn a_store_with_a_damaged_turn_is_not_opened_half() {
    let (dir, changes) = before();
    write_down(dir.path(), &changes).unwrap();
    let path = dir.path().join(FOLDER).join(NAME);
    let whole = fs::read(&path).unwrap();
    let mut other = whole.clone();
    *other.get_mut(1_000).unwrap() ^= 1;
    for bytes in [&other[..], &whole[..whole.len() - 1], &[]] {
        fs::write(&path, bytes).unwrap();
        let error = Store::open(dir.path()).err().unwrap();
        assert!(error.to_string().contains("store/turn"), "{error}");
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(found(&Store::open(dir.path()).unwrap()), (5, 5_000));
}

#[test]
fn a_folder_that_takes_no_file_leaves_all_as_it_was() {
    let (dir, changes) = before();
    fs::create_dir(dir.path().join(FOLDER).join(UNFINISHED)).unwrap();
    assert!(write_down(dir.path(), &changes).is_err());
    fs::remove_dir(dir.path().join(FOLDER).join(UNFINISHED)).unwrap();
    assert_eq!(found(&Store::open(dir.path()).unwrap()), (10, 0));
}
