//! The log: searched, and kept within its limits.

use std::collections::BTreeSet;

use super::*;

#[test]
fn many_requests_at_once_each_get_a_number_of_their_own() {
    let desk = Desk::new();
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let desk = &desk;
            scope.spawn(move || {
                for _ in 0..25 {
                    desk.record(desk.request("POST User"), thread % 2 == 0).unwrap();
                }
            });
        }
    });
    let events = desk.journal().newest_first(None);
    let numbers: BTreeSet<u64> = events.map(|event| event.unwrap().id).collect();
    assert_eq!(numbers, (1..=400).collect());
    assert_eq!(desk.journal().count().unwrap(), 400);
}

#[test]
fn a_search_is_read_page_by_page_to_its_end() {
    let desk = Desk::new();
    for n in 0..10 {
        let action = if n % 2 == 0 { "POST User" } else { "GET User" };
        desk.record(desk.request(action), false).unwrap();
    }
    let query = Query::parse("action:post", desk.now()).unwrap();
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = desk.journal().search(&query, before, 2).unwrap();
        pages.push(page.events.iter().map(|event| event.id).collect::<Vec<_>>());
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(pages, [vec![9, 7], vec![5, 3], vec![1]]);
}

#[test]
fn a_slow_request_does_not_hide_those_before_it() {
    let desk = Desk::new();
    let slow = desk.request("POST Bulk");
    desk.wait(600);
    desk.record(desk.request("GET User"), false).unwrap();
    desk.record(slow, false).unwrap();
    assert_eq!(desk.log("since:5m").len(), 1, "it began earlier and ended later");
}

#[test]
fn the_log_is_kept_within_its_days() {
    let desk = Desk::new();
    for _ in 0..3 {
        desk.record(desk.request("GET User"), false).unwrap();
        desk.wait(24 * 3_600);
    }
    desk.set(|draft| draft.log_days = 2);
    assert_eq!(desk.log("action:get").len(), 2);
}

#[test]
fn the_log_is_kept_within_its_number_whatever_is_missing() {
    let desk = Desk::new();
    desk.store
        .write(|turn| {
            for _ in 0..2_500 {
                journal::append(turn, &mut desk.request("GET User"))?;
            }
            // As if somebody had taken some out of the middle.
            (1_600..1_700).for_each(|id| turn.remove(&Key::numbered(Space::Event, id)));
            Ok(())
        })
        .unwrap();
    desk.set(|draft| draft.log_events = 1_000);
    assert_eq!(desk.journal().count().unwrap(), 1_000);
    assert_eq!(
        desk.log("").len(),
        900,
        "the newest 1,000 numbers are kept, and 100 of them are missing"
    );
    assert!(matches!(desk.journal().get(1), Err(Error::NotFound { .. })));
    for _ in 0..1_000 {
        desk.record(desk.request("GET User"), false).unwrap();
    }
    assert!(
        desk.journal().count().unwrap() < 1_600,
        "requests alone keep it within its limits"
    );
}

/// What a crash between a write and its answer leaves, and what the answer makes of it.
#[test]
fn a_write_and_its_event_are_one() {
    let mut desk = Desk::in_test_mode();
    let before = desk.journal().count().unwrap();
    let draft = || {
        let event = desk.request("POST User");
        journal::Draft::of(event, |event| event.source.push_str(", tidied"))
    };
    let create = |draft: &journal::Draft| {
        let mut notes = Notes::default();
        let body = json!({ "userName": "ada@contoso.example" });
        let object = scim::accept(Kind::User.resource_type(), body, &mut notes).unwrap();
        let directory = desk.directory();
        directory
            .logged(Some(draft))
            .create(Kind::User, object, &mut notes)
    };
    let first = draft();
    let made = create(&first).unwrap().resource;
    let second = draft();
    assert!(create(&second).is_err(), "the name is taken");
    assert_eq!(second.into_event().id, 0, "nothing of it is stored");
    assert_eq!(desk.journal().count().unwrap(), before + 1);
    let name = first.into_event();

    desk.reopen();
    let left = desk.journal().get(name.id).unwrap();
    assert_eq!(
        (left.target.as_str(), left.status),
        (made.id.as_str(), Status::Warning)
    );
    assert!(
        left.reason.contains("ended before it had answered"),
        "{}",
        left.reason
    );
    assert!(left.source.ends_with(", tidied") && left.modified.len() == 1);

    let completed = Event {
        reason: "Answered.".to_owned(),
        ..name
    };
    desk.record(completed.clone(), true).unwrap();
    assert_eq!(desk.journal().count().unwrap(), before + 1);
    assert_eq!(desk.journal().get(left.id).unwrap(), completed);
    assert!(desk.check().unwrap().is_clean());
}

#[test]
fn what_was_mended_at_the_start_is_in_the_log() {
    let mut desk = Desk::new();
    let stray = desk.dir.path().join("store/snap.00000000000000FF.generating");
    std::fs::write(&stray, b"torn").unwrap();
    desk.reopen();
    let told = &desk.log("action:\"Open data directory\"")[0];
    assert!(told.reason.contains("was never finished"), "{}", told.reason);
    assert_eq!(told.status, Status::Warning);
}
