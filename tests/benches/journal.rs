//! What the log costs its reader, at a hundred thousand events and at a million: the first answer
//! to a search, the whole of a search that finds nothing, counts, a person's history, an export and
//! a walk along the chain. `cargo bench -p acceptance --bench journal` prints the table; with a number
//! of events after it, one line.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measure that cannot set itself up should say so and stop; its table is its result"
)]

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use provisioning::Engine;
use provisioning::clock::SystemClock;
use provisioning::journal::export::{Export, Format, unwatched};
use provisioning::journal::{Event, EventKind, Exchange, Query, Status, Step};
use provisioning::plan::FieldChange;

const SIZES: [u64; 2] = [100_000, 1_000_000];

/// Searches whose first answer is measured: what finds at once, what is rare, what is nowhere.
const SEARCHES: [&str; 8] = [
    "",
    "status:failure",
    "-status:success",
    "user:person77@",
    "changed:title since:1h",
    "sync:41",
    "nowhere",
    "is:test client:okta",
];

fn main() {
    if let Some(events) = std::env::args().find_map(|word| word.parse().ok()) {
        return measure(events);
    }
    println!("| events | what | first answer, slowest of 5 | to the end | events a second |");
    println!("|--:|---|--:|--:|--:|");
    let program = std::env::current_exe().unwrap();
    for events in SIZES {
        let mut child = Command::new(&program).arg(events.to_string()).spawn().unwrap();
        assert!(child.wait().unwrap().success());
    }
}

fn measure(events: u64) {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::open(dir.path(), Arc::new(SystemClock)).unwrap();
    let mut settings = engine.settings();
    settings.log_events = 10_000_000;
    engine.save_settings(&settings).unwrap();
    let before = memory();
    let filled = time(|| (0..events).for_each(|n| engine.record(event(&engine, n), false).unwrap()));
    row(events, "recorded", None, Some(filled));
    for search in SEARCHES {
        let query = Query::parse(search, engine.now()).unwrap();
        let first = (0..5)
            .map(|_| time(|| drop(engine.journal().search(&query, None, 200).unwrap())))
            .max();
        let whole = time(|| {
            let mut next = None;
            loop {
                let page = engine.journal().search(&query, next, 200).unwrap();
                next = page.next;
                // What fills pages is not read to its end: nobody does.
                if next.is_none() || page.events.len() == 200 {
                    break;
                }
            }
        });
        row(events, &format!("search `{search}`"), first, Some(whole));
    }
    let query = Query::default();
    let first = time(|| drop(engine.journal().facets(&query, None).unwrap()));
    row(events, "counts of all", Some(first), None);
    let first = time(|| drop(engine.journal().activity(&query, None).unwrap()));
    row(events, "activity", Some(first), None);
    let before_exports = memory();
    for format in [Format::JsonLines, Format::Csv, Format::Ecs] {
        let path = dir.path().join("export");
        let export = Export::of(query.clone(), format);
        let all = time(|| drop(engine.journal().export(&export, &path, &mut unwatched).unwrap()));
        row(events, &format!("export, {format:?}"), None, Some(all));
    }
    let exports = memory().saturating_sub(before_exports);
    println!("| {events} | memory that the exports added: {exports} MB | | | |");
    let all = time(|| assert!(engine.journal().verify(None, &mut unwatched).unwrap().is_whole()));
    row(events, "verify", None, Some(all));
    println!(
        "| {events} | memory, over that of an empty log: {} MB | | | |",
        memory().saturating_sub(before)
    );
}

fn row(events: u64, what: &str, first: Option<Duration>, all: Option<Duration>) {
    let shown = |time: Option<Duration>| {
        time.map(|time| format!("{:.1} ms", time.as_secs_f64() * 1e3))
            .unwrap_or_default()
    };
    let rate = all
        .map(|all| u128::from(events) * 1_000_000 / all.as_micros().max(1))
        .filter(|_| what.starts_with("recorded") || what.starts_with("export") || what == "verify");
    let rate = rate.map(|rate| rate.to_string()).unwrap_or_default();
    println!(
        "| {events} | {what} | {} | {} | {rate} |",
        shown(first),
        shown(all)
    );
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// The most memory that this process has had, in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}

/// A request as Entra sends it, about 1.5 kB; one in a hundred fails.
fn event(engine: &Engine, n: u64) -> Event {
    let person = n % 5_000;
    let mut event = Event::new(
        EventKind::Request,
        engine.now(),
        "PATCH User",
        "Microsoft-Provisioning/1.0",
    );
    event.identity = format!("person{person}@contoso.example");
    event.target = format!("{person:032x}");
    if n.is_multiple_of(100) {
        event.status = Status::Failure;
        "`title` is no text.".clone_into(&mut event.reason);
    }
    event.steps = vec![
        Step::new(
            "Authenticate",
            Status::Success,
            "Token scimdesk_••••7Q2f accepted.",
        ),
        Step::new("Store", Status::Success, "Stored in the directory."),
    ];
    event.modified = vec![FieldChange {
        key: "title".to_owned(),
        label: "title".to_owned(),
        path: "title".to_owned(),
        before: Some("Baker".to_owned()),
        after: Some(format!("Baker {n}")),
    }];
    let body = format!(
        r#"{{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{"op":"Replace","path":"title","value":"Baker {n}"}}]}}"#
    );
    event.exchange = Some(Exchange {
        method: "PATCH".to_owned(),
        path: format!("/scim/v2/3f1c9a/Users/{person:032x}"),
        headers: [
            ("authorization", "Bearer ••••"),
            ("host", "127.0.0.1:8443"),
            ("content-type", "application/scim+json"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        request_body: Some(body.clone()),
        status: if event.status == Status::Failure { 400 } else { 200 },
        response_body: Some(body.repeat(4)),
        truncated: 0,
    });
    event
}
