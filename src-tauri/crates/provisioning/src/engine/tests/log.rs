//! The log: searched, kept within its limits, and taken along.

use std::collections::BTreeSet;

use crate::files::from_cell;
use crate::journal::export::Format;
use crate::journal::{Client, Exchange, Step};
use crate::plan::FieldChange;

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

fn odd_events(desk: &Desk) {
    for (n, text) in [
        "=1+1",
        "plain",
        "line\nbreak, \"quoted\"",
        "'=kept",
        "-2",
        "ünïcode",
        "Sales; -2+3",
    ]
    .iter()
    .enumerate()
    {
        let mut event = desk.request("PATCH User");
        event.identity = (*text).to_owned();
        event.reason = format!("{text} again");
        event.status = if n % 2 == 0 {
            Status::Success
        } else {
            Status::Failure
        };
        event.client = Some(Client {
            name: (*text).to_owned(),
            reason: format!("{text} says so"),
        });
        event.duration_us = 1_500;
        event.steps = vec![Step::new("Store", Status::Success, *text)];
        event.modified = vec![FieldChange {
            key: "title".to_owned(),
            label: "Job title".to_owned(),
            path: "title".to_owned(),
            before: None,
            after: Some((*text).to_owned()),
        }];
        event.exchange = Some(Exchange {
            method: "PATCH".to_owned(),
            path: "/Users/1".to_owned(),
            headers: Vec::new(),
            request_body: None,
            status: 200,
            response_body: None,
            truncated: 0,
        });
        desk.record(event, false).unwrap();
    }
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("Excel reads it as UTF-8");
    assert!(
        text.starts_with('"') && !text.contains(",=") && !text.contains(";="),
        "a cell that is not quoted"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?} would be run"
            );
        }
        row.iter().map(|cell| from_cell(cell).to_owned()).collect()
    });
    rows.collect()
}

#[test]
fn an_export_read_back_is_the_log() {
    let desk = Desk::new();
    odd_events(&desk);
    let (query, expected) = (Query::default(), desk.log(""));
    let export = |format: Format| {
        let path = desk.dir.path().join(format!("log.{}", format.extension()));
        let done = desk.journal().export(&query, format, &path).unwrap();
        assert_eq!(done.count, expected.len() as u64);
        done.files
    };

    let lines = std::fs::read_to_string(&export(Format::JsonLines)[0]).unwrap();
    let read: Vec<Event> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read, expected);

    let array: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(&export(Format::Json)[0]).unwrap()).unwrap();
    for (value, event) in array.iter().zip(&expected) {
        assert_eq!(value["changeId"], event.change_id);
        assert_eq!(value["sourceIdentity"]["displayName"], event.identity);
        assert_eq!(value["modifiedProperties"][0]["newValue"], event.identity);
        assert_eq!(value["details"]["client"]["name"], event.identity);
        assert_eq!(value["provisioningSteps"][0]["description"], event.identity);
    }

    let files = export(Format::Csv);
    let [events, steps, modified] = [0, 1, 2].map(|n| table(&files[n]));
    assert!(
        files[1].ends_with("log_ProvisioningSteps.csv") && files[2].ends_with("log_ModifiedProperties.csv")
    );
    for (n, event) in expected.iter().enumerate() {
        assert_eq!(
            (&events[n][0], &events[n][4], &events[n][7]),
            (&event.change_id, &event.identity, &event.reason)
        );
        let client = event.client.as_ref().unwrap();
        assert_eq!((&events[n][15], &events[n][16]), (&client.name, &client.reason));
        assert_eq!((&steps[n][0], &steps[n][4]), (&event.change_id, &event.identity));
        assert_eq!(
            (&modified[n][0], &modified[n][4]),
            (&event.change_id, &event.identity)
        );
    }
}

#[test]
fn an_export_holds_what_was_searched_for_and_replaces_the_file() {
    let desk = Desk::new();
    odd_events(&desk);
    let path = desk.dir.path().join("log.jsonl");
    std::fs::write(&path, "what was there before").unwrap();
    let query = Query::parse("status:failure", desk.now()).unwrap();
    let done = desk.journal().export(&query, Format::JsonLines, &path).unwrap();
    assert_eq!(done.count, 3);
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
    let nothing = Query::parse("status:warning", desk.now()).unwrap();
    desk.journal().export(&nothing, Format::Json, &path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "[]\n");
    let nowhere = desk.dir.path().join("no such folder").join("log.csv");
    assert!(matches!(
        desk.journal().export(&query, Format::Csv, &nowhere),
        Err(Error::File { .. })
    ));
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
