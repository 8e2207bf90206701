//! A whole store is read as sled reads it; a damaged one as far as it is whole.

use super::*;
use crate::store::{Key, Space, Store};

/// A store that has lived: records were changed, removed, and are of all sizes.
fn lived(dir: &Path) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let store = Store::open(dir).unwrap();
    for round in 0..6_u64 {
        for part in 0..10_u64 {
            store
                .write(|turn| {
                    for n in part * 100..part * 100 + 100 {
                        let user = Key::named(
                            Space::User,
                            &format!("{:016x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
                        );
                        if (n + round) % 7 == 0 {
                            turn.remove(&user);
                        } else {
                            let size = if n % 251 == 0 { 150_000 } else { 300 };
                            turn.put(&user, &format!("{round}:{}", "u".repeat(size)))?;
                        }
                        turn.put(&Key::numbered(Space::Event, round * 1_000 + n), &"e".repeat(200))?;
                        if round > 2 {
                            turn.remove(&Key::numbered(Space::Event, (round - 3) * 1_000 + n));
                        }
                    }
                    Ok(())
                })
                .unwrap();
            store.settle().unwrap();
        }
    }
    let keys = [Space::Meta, Space::User, Space::Event].into_iter();
    let pairs = keys.flat_map(|space| {
        let pairs = store.raw(&Key::all(space)).map(Result::unwrap);
        pairs.map(move |(rest, value)| (Key::raw(space, &rest).bytes().to_vec(), value))
    });
    pairs.collect()
}

#[test]
fn a_whole_store_is_read_as_sled_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let held = lived(dir.path());
    fs::File::open(dir.path().join("store/db"))
        .unwrap()
        .lock()
        .unwrap();
    let salvaged = salvage(dir.path()).unwrap();
    let missing: Vec<_> = held
        .keys()
        .filter(|key| !salvaged.pairs.contains_key(*key))
        .collect();
    assert!(
        missing.is_empty(),
        "{} of {} are missing",
        missing.len(),
        held.len()
    );
    assert_eq!(
        salvaged.pairs.len(),
        held.len(),
        "nothing that was removed is back"
    );
    assert!(salvaged.pairs == held, "each is as it is");
    assert_eq!(salvaged.damaged, 0);
}

#[test]
fn of_a_damaged_store_everything_else_is_read() {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    let held = lived(&whole);
    let log = whole.join("store/db");
    fs::File::open(&log).unwrap().lock().unwrap();
    let bytes = fs::read(log).unwrap();
    for (segment, at) in [(0, 5), (1, 100_000), (2, 4), (3, 300_000)] {
        let dir = home.path().join(format!("{segment}"));
        fs::create_dir_all(dir.join("store/blobs")).unwrap();
        for blob in fs::read_dir(whole.join("store/blobs")).unwrap().flatten() {
            fs::copy(blob.path(), dir.join("store/blobs").join(blob.file_name())).unwrap();
        }
        let mut bytes = bytes.clone();
        let place = segment * SEGMENT + at;
        bytes[place..place + 16].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(dir.join("store/db"), bytes).unwrap();
        let salvaged = salvage(&dir).unwrap();
        let same = held
            .iter()
            .filter(|(key, value)| salvaged.pairs.get(*key) == Some(value));
        let same = same.count();
        assert!(
            same * 100 >= held.len() * 90,
            "{same} of {} after {segment} {at}",
            held.len()
        );
        let is_missing = same < held.len();
        assert!(!is_missing || salvaged.damaged > 0, "{segment} {at}: it says so");
    }
}
