//! The counting, on events made up for it, and once on a real engine.

use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::clock::ManualClock;
use crate::journal::Event;

const NOW: &str = "2026-11-24T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A request so many minutes ago: `"PATCH User"`, how it came out, and its microseconds.
fn seen(id: u64, minutes: i64, action: &str, status: Status, duration_us: u64) -> Seen {
    Seen {
        id,
        at: now() - SignedDuration::from_mins(minutes),
        kind: EventKind::Request,
        action: action.to_owned(),
        status,
        reason: String::new(),
        source: "agent/1".to_owned(),
        client: None,
        duration_us,
        exchange: None,
    }
}

fn by(name: &str, event: Seen) -> Seen {
    let client = Client {
        name: name.to_owned(),
        reason: format!("The User-Agent is \"{name}\"."),
    };
    Seen {
        client: Some(client),
        ..event
    }
}

fn refused(status: u16, reason: &str, event: Seen) -> Seen {
    Seen {
        status: Status::Failure,
        reason: reason.to_owned(),
        exchange: Some(SeenExchange { status }),
        ..event
    }
}

fn count(events: Vec<Seen>) -> Traffic {
    let span = SignedDuration::from_hours(1);
    traffic::count(events.into_iter().map(Ok), now(), span, 4).unwrap()
}

#[test]
fn requests_are_counted_where_they_fell() {
    let traffic = count(vec![
        seen(6, 0, "GET User", Status::Success, 400),
        seen(5, 1, "PATCH User", Status::Warning, 100),
        seen(4, 14, "PATCH User", Status::Skipped, 200),
        seen(3, 31, "POST User", Status::Failure, 300),
        seen(2, 59, "POST User", Status::Success, 700),
        seen(1, 61, "POST User", Status::Success, 900),
    ]);
    let counts: Vec<_> = traffic
        .intervals
        .iter()
        .map(|part| (part.succeeded, part.skipped, part.failed))
        .collect();
    assert_eq!(counts, [(1, 0, 0), (0, 0, 1), (0, 0, 0), (2, 1, 0)]);
    assert_eq!(traffic.intervals[0].from, now() - SignedDuration::from_mins(60));
    assert_eq!(traffic.intervals[2].p50_us, None, "nothing took no time");
    assert_eq!(traffic.total.succeeded, 3, "what is older does not count");
    assert!(traffic.complete);
}

#[test]
fn syncs_and_administrators_send_no_requests() {
    let admin = Seen {
        kind: EventKind::Admin,
        ..seen(1, 1, "Save settings", Status::Success, 5)
    };
    assert_eq!(count(vec![admin.clone()]).total.succeeded, 0);
    assert_eq!(senders::gather([Ok(admin)].into_iter(), now()).unwrap(), []);
}

#[test]
fn percentiles_are_values_that_occurred() {
    let events = (1..=100)
        .map(|id| seen(id, 1, "GET User", Status::Success, id * 10))
        .collect();
    let total = count(events).total;
    assert_eq!((total.p50_us, total.p95_us), (Some(500), Some(950)));
    let one = count(vec![seen(1, 1, "GET User", Status::Success, 7)]).total;
    assert_eq!((one.p50_us, one.p95_us), (Some(7), Some(7)));
}

#[test]
fn a_log_that_is_not_read_to_the_beginning_of_the_span_says_so() {
    let events = (0..LOOKED_AT as u64)
        .map(|id| seen(id, 1, "GET User", Status::Success, 1))
        .collect();
    assert!(!count(events).complete);
}

#[test]
fn senders_are_told_apart_by_what_they_were_recognised_as() {
    let events = vec![
        by("Okta", seen(6, 1, "GET User", Status::Success, 1)),
        refused(
            401,
            "The token was replaced.",
            seen(5, 2, "GET User", Status::Failure, 1),
        ),
        by(
            "Okta",
            refused(
                400,
                "userName is required.",
                seen(4, 3, "POST User", Status::Failure, 1),
            ),
        ),
        by("Okta", seen(3, 4, "POST User", Status::Success, 1)),
        by("Okta", seen(2, 60 * 24, "PATCH Group", Status::Skipped, 1)),
        refused(
            401,
            "There is no token.",
            seen(1, 60 * 25, "GET User", Status::Failure, 1),
        ),
    ];
    let found = senders::gather(events.into_iter().map(Ok), now()).unwrap();
    let [okta, unknown] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(okta.name.as_deref(), Some("Okta"));
    assert_eq!(
        (okta.requests, okta.today, okta.failures, okta.unauthorized),
        (4, 3, 1, 0)
    );
    assert_eq!((okta.asked, okta.wrote_users, okta.wrote_groups), (1, 1, 1));
    assert_eq!(okta.last_failure.as_ref().map(|failure| failure.event), Some(4));
    assert_eq!((unknown.source.as_str(), unknown.unauthorized), ("agent/1", 2));
    let newest = unknown.last_failure.as_ref().unwrap();
    assert_eq!(
        (newest.reason.as_str(), newest.http_status),
        ("The token was replaced.", Some(401))
    );
}

#[test]
fn an_open_engine_counts_its_own_log() {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::open(dir.path(), Arc::new(ManualClock::new(now()))).unwrap();
    let event = Event {
        duration_us: 12,
        ..Event::new(EventKind::Request, now(), "GET User", "curl/8")
    };
    engine.record(event, false).unwrap();
    let traffic = engine.traffic(SignedDuration::from_hours(24), 96).unwrap();
    assert_eq!((traffic.intervals.len(), traffic.total.succeeded), (96, 1));
    assert_eq!(engine.senders().unwrap().len(), 1);
    assert_eq!(engine.population().unwrap(), Population::default());
}
