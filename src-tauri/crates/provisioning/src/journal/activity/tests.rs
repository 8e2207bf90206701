//! Events made into sentences.

use super::*;
use crate::journal::{Client, Exchange, append};
use crate::plan::FieldChange;
use crate::store::Store;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + 60 * minute).unwrap()
}

fn request(minute: i64, method: &str, noun: &str, target: &str, changed: &[(&str, &str)]) -> Event {
    let mut event = Event::new(
        EventKind::Request,
        at(minute),
        format!("{method} {noun}"),
        "agent/1.0",
    );
    event.client = Some(Client {
        name: "Entra".to_owned(),
        reason: String::new(),
    });
    event.target = target.to_owned();
    event.modified = changed
        .iter()
        .map(|(path, after)| FieldChange {
            key: (*path).to_owned(),
            label: (*path).to_owned(),
            path: (*path).to_owned(),
            before: None,
            after: Some((*after).to_owned()),
        })
        .collect();
    event.exchange = Some(Exchange {
        method: method.to_owned(),
        path: "/Users".to_owned(),
        headers: Vec::new(),
        request_body: None,
        status: 200,
        response_body: None,
        truncated: 0,
    });
    event
}

fn told(events: Vec<Event>) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    for mut event in events {
        store.write(|turn| append(turn, &mut event)).unwrap();
    }
    let journal = Journal {
        store: &store,
        now: at(1_000),
    };
    let told = journal.activity(&Query::default(), None).unwrap();
    assert_eq!(told.next, None);
    told.list.into_iter().map(|one| one.sentence).collect()
}

#[test]
fn what_a_provider_did_without_a_pause_is_one_sentence() {
    let mut events = vec![request(0, "GET", "Users", "", &[])];
    for person in ["1", "2", "3"] {
        events.push(request(1, "PATCH", "User", person, &[("active", "false")]));
        events.push(request(2, "PATCH", "User", person, &[("title", "Baker")]));
    }
    events.push(request(3, "PATCH", "User", "4", &[("name.familyName", "Okafor")]));
    events.push(request(4, "PATCH", "Group", "g", &[("members", "2 added")]));
    let mut failed = request(5, "POST", "User", "", &[]);
    failed.exchange.as_mut().unwrap().status = 409;
    events.push(failed);
    assert_eq!(
        told(events),
        [
            "Entra disabled 3 people, renamed 1, changed 3, changed the members of 1 group, failed with 1 request."
        ]
    );
}

#[test]
fn a_pause_or_another_sender_begins_another_sentence() {
    let mut other = request(1, "POST", "User", "9", &[]);
    other.client = None;
    let events = vec![
        request(0, "POST", "User", "1", &[]),
        other,
        request(9, "POST", "User", "2", &[]),
        request(20, "GET", "Users", "", &[]),
        request(21, "GET", "Users", "", &[]),
    ];
    assert_eq!(
        told(events),
        [
            "Entra only asked, with 2 requests.",
            "Entra added 2 people.",
            "agent/1.0 added 1 person."
        ]
    );
}

#[test]
fn syncs_and_administrators_have_sentences_of_their_own() {
    let mut sync = Event::new(EventKind::Sync, at(0), "Sync", "SCIM Desk");
    sync.sync = Some(41);
    sync.reason = "Plan: 3 to create. Test Mode is on: nothing was changed.".to_owned();
    let mut object = Event::new(EventKind::Sync, at(0), "Create account", "SCIM Desk");
    object.sync = Some(41);
    let mut saved = Event::admin(at(1), "Save settings", "");
    saved.modified = request(0, "PATCH", "User", "1", &[("Test Mode", "false")]).modified;
    let mut exempt = Event::admin(at(2), "Exempt account", "");
    exempt.identity = "ana@contoso.example".to_owned();
    assert_eq!(
        told(vec![object, sync, saved, exempt]),
        [
            "An administrator exempted account: ana@contoso.example.",
            "An administrator saved settings (Test Mode).",
            "Sync 41: Plan: 3 to create. Test Mode is on: nothing was changed."
        ]
    );
}
