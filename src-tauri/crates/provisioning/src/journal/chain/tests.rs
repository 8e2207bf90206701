//! A chain that is whole, and every way in which it may not be.

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::journal::export::{Export, Format, unwatched};
use crate::journal::queue::Queue;
use crate::journal::{Event, EventKind, Journal, Query, append, complete};
use crate::settings::Settings;

fn event(action: &str) -> Event {
    Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, action, "test")
}

struct Log {
    store: Arc<Store>,
    dir: tempfile::TempDir,
}

impl Log {
    fn of(events: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(dir.path()).unwrap());
        let log = Self { store, dir };
        (0..events).for_each(|n| drop(log.append(&n.to_string())));
        log
    }

    fn append(&self, action: &str) -> Event {
        let mut event = event(action);
        self.store.write(|turn| append(turn, &mut event)).unwrap();
        event
    }

    fn journal(&self) -> Journal<'_> {
        let now = Timestamp::from_second(10 * 24 * 3_600).unwrap();
        Journal {
            store: &self.store,
            now,
        }
    }

    fn verify(&self) -> Verified {
        self.journal().verify(None, &mut unwatched).unwrap()
    }

    fn found(&self) -> Vec<Finding> {
        self.verify().findings
    }

    fn write(&self, work: impl FnOnce(&mut Transaction<'_>)) {
        self.store
            .write(|turn| {
                work(turn);
                Ok(())
            })
            .unwrap();
    }

    /// Keeps the newest `log_events`.
    fn prune(&self, log_events: u32) {
        let settings = Settings {
            log_days: 3_650,
            log_events,
            ..Settings::default()
        };
        self.journal().prune(&settings).unwrap();
    }
}

#[test]
fn a_log_is_whole_whichever_way_its_events_came() {
    let log = Log::of(3);
    let queue = Queue::start(&log.store).unwrap();
    for _ in 0..5 {
        queue.push(&log.store, &event("read")).unwrap();
    }
    let draft = log.append("draft");
    log.append("later");
    let completed = Event {
        reason: "Answered.".to_owned(),
        ..draft
    };
    log.write(|turn| assert!(complete(turn, &completed).unwrap()));
    drop(queue);
    let verified = log.verify();
    assert_eq!(
        (verified.events, verified.findings.as_slice()),
        (10, [].as_slice())
    );
    assert!(
        verified.head.starts_with("11:"),
        "a completion is a link of its own: {}",
        verified.head
    );
}

#[test]
fn whoever_alters_removes_or_adds_is_found() {
    let key = |id| Key::numbered(Space::Event, id);
    let altered = Log::of(5);
    altered.write(|turn| turn.put(&key(3), &event("other")).unwrap());
    assert_eq!(altered.found(), [Finding::Altered(3)]);
    let removed = Log::of(5);
    removed.write(|turn| turn.remove(&key(2)));
    assert_eq!(removed.found(), [Finding::Missing(2)]);
    let newest = Log::of(5);
    newest.write(|turn| turn.remove(&key(5)));
    assert_eq!(newest.found(), [Finding::Missing(5)]);
    let added = Log::of(5);
    added.write(|turn| turn.put(&key(6), &event("more")).unwrap());
    assert_eq!(added.found(), [Finding::Added(6)]);
    let oldest = Log::of(5);
    oldest.write(|turn| turn.remove(&key(1)));
    assert_eq!(
        oldest.found(),
        [Finding::Missing(1)],
        "no retention has moved the edge"
    );
}

#[test]
fn a_chain_that_is_patched_is_found() {
    let link = |place| Key::numbered(Space::Link, place);
    let event_key = Key::numbered(Space::Event, 3);
    // The event and its link, so that they agree.
    let patched = Log::of(5);
    patched.write(|turn| {
        let bytes = encoded(&event("other"));
        turn.put_raw(&event_key, bytes.clone());
        let forged = Link::new(3, 3, digest(&bytes), &[9; 32]);
        turn.put_raw(&link(3), forged.to_bytes());
    });
    assert_eq!(patched.found(), [Finding::Broken(3), Finding::Broken(4)]);
    // An event with its link.
    let taken = Log::of(5);
    taken.write(|turn| {
        turn.remove(&event_key);
        turn.remove(&link(3));
    });
    assert_eq!(taken.found(), [Finding::Broken(4)]);
    // The newest event with its link.
    let shortened = Log::of(5);
    shortened.write(|turn| {
        turn.remove(&Key::numbered(Space::Event, 5));
        turn.remove(&link(5));
    });
    assert_eq!(shortened.found(), [Finding::Shortened]);
    let torn = Log::of(5);
    torn.write(|turn| turn.put_raw(&link(2), b"torn".to_vec()));
    assert!(torn.found().contains(&Finding::Broken(2)));
}

fn encoded(event: &Event) -> Vec<u8> {
    crate::store::encode(Space::Event, event).unwrap()
}

#[test]
fn a_completion_taken_back_to_its_draft_is_found() {
    let log = Log::of(0);
    let draft = log.append("draft");
    let bytes = encoded(&draft);
    let completed = Event {
        reason: "Answered.".to_owned(),
        ..draft
    };
    log.write(|turn| assert!(complete(turn, &completed).unwrap()));
    assert!(log.verify().is_whole());
    log.write(|turn| turn.put_raw(&Key::numbered(Space::Event, 1), bytes));
    assert_eq!(log.found(), [Finding::Altered(1)]);
}

#[test]
fn the_chain_is_whole_behind_the_edge_of_retention() {
    let log = Log::of(1_500);
    let draft = log.append("draft");
    (0..700).for_each(|_| drop(log.append("later")));
    let completed = Event {
        reason: "Answered.".to_owned(),
        ..draft
    };
    log.write(|turn| assert!(complete(turn, &completed).unwrap()));
    log.append("last");
    log.prune(1_000);
    let verified = log.verify();
    assert!(verified.is_whole(), "{:?}", verified.findings);
    assert_eq!(
        (verified.events, verified.through, verified.unchained),
        (1_000, 1_202, 0)
    );
    // The draft goes, and its completion is further on in the chain.
    log.prune(600);
    assert!(log.verify().is_whole(), "{:?}", log.found());
    log.append("after");
    let verified = log.verify();
    assert_eq!((verified.events, verified.is_whole()), (601, true));
    assert!(
        log.store.count(&Key::all(Space::Link)).unwrap() < 700,
        "links go with their events"
    );
    log.write(|turn| turn.remove(&Key::numbered(Space::Event, 1_603)));
    assert_eq!(log.found(), [Finding::Missing(1_603)], "not by retention");
}

#[test]
fn a_log_from_before_there_was_a_chain_goes_on() {
    let log = Log::of(4);
    log.write(|turn| {
        turn.remove(&head_key());
        turn.remove(&edge_key());
        (1..=4).for_each(|place| turn.remove(&Key::numbered(Space::Link, place)));
    });
    let verified = log.verify();
    assert_eq!(
        (verified.events, verified.unchained, verified.is_whole()),
        (0, 4, true)
    );
    log.append("first");
    let verified = log.verify();
    assert_eq!((verified.events, verified.through, verified.unchained), (1, 4, 4));
    assert!(verified.is_whole());
}

#[test]
fn a_head_that_was_noted_tells_a_log_written_anew() {
    let log = Log::of(5);
    let anchor: Anchor = log.verify().head.parse().unwrap();
    log.append("later");
    let verify = |log: &Log| {
        log.journal()
            .verify(Some(&anchor), &mut unwatched)
            .unwrap()
            .findings
    };
    assert_eq!(verify(&log), []);
    assert_eq!(verify(&Log::of(9)), [Finding::NotAnchored(5)]);
    assert_eq!(verify(&Log::of(0)), [Finding::NotAnchored(5)]);
    log.prune(1);
    assert_eq!(verify(&log), [], "the edge itself is the head that was noted");
    log.append("still later");
    log.prune(1);
    assert_eq!(verify(&log), [Finding::AnchorRemoved(5)]);
    assert!("5:abc".parse::<Anchor>().is_err());
}

#[test]
fn looking_changes_nothing() {
    let log = Log::of(3);
    let head = log.verify().head;
    let path = log.dir.path().join("log.jsonl");
    let export = Export::of(Query::default(), Format::JsonLines);
    log.journal().export(&export, &path, &mut unwatched).unwrap();
    assert_eq!(log.verify().head, head);
}
