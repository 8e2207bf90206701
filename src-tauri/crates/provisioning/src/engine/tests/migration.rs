//! Data that another version has written, and data that cannot be read.

use std::fs;

use super::*;
use crate::backup::{back_up, restore};
use crate::check::DataDirectory;

/// A data directory as format 1 had it: without the indexes of addresses and managers.
fn of_format_1() -> (Desk, String) {
    let desk = Desk::new();
    let mail = "mara@contoso.example";
    let body = json!({ "userName": mail, "emails": [{ "value": mail, "type": "work" }] });
    let mara = desk.create(Kind::User, body);
    desk.store
        .write(|turn| {
            turn.remove(&Key::pair(Space::UserEmail, mail, &mara));
            turn.put(&Key::named(Space::Meta, "format"), &1)
        })
        .unwrap();
    (desk, mara)
}

fn kept_beside(desk: &Desk) -> Vec<PathBuf> {
    let entries = fs::read_dir(desk.dir.path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect()
}

#[test]
fn a_store_of_an_older_version_is_brought_up_to_date_with_a_backup_beside_it() {
    let (mut desk, mara) = of_format_1();
    desk.reopen();
    assert_eq!(desk.store.format().unwrap(), 2);
    assert!(desk.directory().find(Kind::User, &mara).unwrap().is_some());
    assert!(desk.check().unwrap().is_clean());

    let kept = kept_beside(&desk);
    let [kept] = kept.as_slice() else {
        panic!("one backup: {kept:?}");
    };
    assert_eq!(
        kept.file_name().unwrap(),
        "backup-of-format-1-20261123T090000Z.jsonl"
    );
    let told = desk.log("action:\"Update data directory\"");
    assert!(told[0].reason.contains(&kept.display().to_string()), "{told:?}");

    // It is what was there, and a start brings it up to date again.
    let old = tempfile::tempdir().unwrap();
    restore(kept, old.path(), false, desk.now()).unwrap();
    let said = DataDirectory::open(old.path()).unwrap().check().unwrap();
    assert!(said.findings[0].sentence.contains("have format 1"), "{said:?}");
    let engine = Engine::open(old.path(), desk.clock.clone()).unwrap();
    assert!(engine.directory().find(Kind::User, &mara).unwrap().is_some());

    desk.reopen();
    assert_eq!(kept_beside(&desk).len(), 1, "once");
}

#[test]
fn nothing_is_brought_up_to_date_where_no_backup_can_be_made() {
    let (mut desk, _) = of_format_1();
    let in_the_way = desk.dir.path().join("backup-of-format-1-20261123T090000Z.jsonl");
    fs::create_dir(in_the_way).unwrap();
    desk.engine = None;
    let refused = Engine::open(desk.dir.path(), desk.clock.clone()).err().unwrap();
    assert!(matches!(refused, Error::File { .. }), "{refused}");
    let data = DataDirectory::open(desk.dir.path()).unwrap();
    assert_eq!(data.store.format().unwrap(), 1);
}

#[test]
fn data_of_a_newer_version_are_refused_in_a_sentence_and_left_alone() {
    let mut desk = Desk::new();
    let format = Key::named(Space::Meta, "format");
    desk.store.write(|turn| turn.put(&format, &3)).unwrap();
    desk.engine = None;
    let refused = Engine::open(desk.dir.path(), desk.clock.clone()).err().unwrap();
    assert!(
        refused
            .to_string()
            .contains("a newer SCIM Desk (format 3; this one knows 2)"),
        "{refused}"
    );
    assert!(kept_beside(&desk).is_empty());
}

#[test]
fn a_record_that_keeps_the_engine_from_opening_keeps_nobody_from_a_backup() {
    for key in [Key::named(Space::Meta, "format"), Key::all(Space::Settings)] {
        let mut desk = Desk::in_test_mode();
        let mara = desk.user("mara");
        desk.store
            .write(|turn| {
                turn.put_raw(&key, b"torn".to_vec());
                Ok(())
            })
            .unwrap();
        desk.engine = None;
        let refused = Engine::open(desk.dir.path(), desk.clock.clone()).err().unwrap();
        assert!(matches!(refused, Error::Damaged { .. }), "{refused}");
        let data = DataDirectory::open(desk.dir.path()).unwrap();
        assert!(!data.check().unwrap().is_clean());
        let archive = desk.dir.path().join("all.jsonl");
        let copied = data.back_up(&archive, desk.clock.now()).unwrap();
        assert_eq!(copied.unread, [""; 0]);
        assert!(fs::read_to_string(archive).unwrap().contains(&mara));
    }
}

/// sled takes a log whose first segment it cannot read for a new one.
#[test]
fn a_log_of_which_nothing_can_be_read_is_not_taken_for_a_new_one() {
    let mut desk = Desk::new();
    let title = "t".repeat(100_000);
    for n in 0..60 {
        let body = json!({ "userName": format!("user{n}"), "title": title });
        desk.create(Kind::User, body);
    }
    desk.engine = None;
    let log = desk.dir.path().join("store/db");
    // sled's threads may write for a moment after it was closed.
    fs::File::open(&log).unwrap().lock().unwrap();
    let mut bytes = fs::read(&log).unwrap();
    for segment in bytes.chunks_mut(512 * 1024) {
        segment[..20].fill(0x5a);
    }
    fs::write(&log, &bytes).unwrap();
    let refused = Engine::open(desk.dir.path(), desk.clock.clone()).err().unwrap();
    assert!(matches!(refused, Error::Unopenable { .. }), "{refused}");
    assert_eq!(fs::read(&log).unwrap(), bytes, "it was left as it is");

    // Its messages are whole, though, and so is what they come to.
    let archive = desk.dir.path().join("all.jsonl");
    let copied = back_up(desk.dir.path(), &archive, desk.clock.now()).unwrap();
    assert!(copied.unread[0].contains("is damaged"), "{copied:?}");
    restore(&archive, desk.dir.path(), true, desk.clock.now()).unwrap();
    desk.reopen();
    assert_eq!(desk.directory().count(Kind::User).unwrap(), 60);
    assert!(desk.check().unwrap().is_clean());
}

/// Whoever is told that nothing was restored goes on working, and that must not be undone later.
#[test]
fn a_restore_that_the_log_could_not_take_is_none() {
    let mut desk = Desk::new();
    let archive = desk.dir.path().join("all.jsonl");
    desk.back_up(&archive).unwrap();
    let last = Key::named(Space::Meta, "last event");
    let number: u64 = desk.store.get(&last).unwrap().unwrap();
    let torn = |turn: &mut crate::store::Transaction<'_>| {
        turn.put_raw(&last, b"torn".to_vec());
        Ok(())
    };
    desk.store.write(torn).unwrap();
    let refused = desk.prepare_restore(&archive);
    assert!(matches!(refused, Err(Error::Damaged { .. })), "{refused:?}");
    desk.store.write(|turn| turn.put(&last, &number)).unwrap();
    let mara = desk.user("mara");
    desk.reopen();
    assert!(desk.directory().find(Kind::User, &mara).unwrap().is_some());
}

#[test]
fn starts_that_cannot_bring_the_data_up_to_date_leave_no_backups() {
    let (mut desk, _) = of_format_1();
    let last = Key::named(Space::Meta, "last event");
    let torn = |turn: &mut crate::store::Transaction<'_>| {
        turn.put_raw(&last, b"torn".to_vec());
        Ok(())
    };
    desk.store.write(torn).unwrap();
    desk.engine = None;
    let refused = Engine::open(desk.dir.path(), desk.clock.clone()).err().unwrap();
    assert!(matches!(refused, Error::Damaged { .. }), "{refused}");
    assert!(kept_beside(&desk).is_empty());
    let data = DataDirectory::open(desk.dir.path()).unwrap();
    assert_eq!(data.store.format().unwrap(), 1);
}
