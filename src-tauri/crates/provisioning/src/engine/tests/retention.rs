//! What the store takes on the disk while a great many events pass through the log.

use super::*;
use crate::journal::Exchange;

/// A request as a provider's usually is, with its answer: about 2 kB.
fn request(desk: &Desk, number: u64) -> Event {
    let mut event = desk.request("GET Users");
    event.exchange = Some(Exchange {
        method: "GET".to_owned(),
        path: format!("/scim/v2/t/Users?filter=userName eq \"user{number}@contoso.example\""),
        headers: vec![("user-agent".to_owned(), "a test".to_owned())],
        request_body: None,
        status: 200,
        response_body: Some(format!("{{\"n\":{number},\"text\":\"{}\"}}", "x".repeat(1_500))),
        truncated: 0,
    });
    event
}

fn size(desk: &Desk) -> (u64, u64) {
    desk.settle().unwrap();
    let live = desk.check().unwrap().live_bytes;
    (crate::files::size_of(&desk.dir.path().join("store")), live)
}

/// What nobody minds, however little is live.
const LEAST: u64 = 64 * 1024 * 1024;

/// By hand, in a release build; see `tests/results/retention.md`.
#[test]
#[ignore = "a million events take minutes"]
#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
#[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
fn a_million_log_events() {
    let count = std::env::var("SCIM_DESK_EVENTS").map_or(1_000_000, |count| count.parse().unwrap());
    let keep = std::env::var("SCIM_DESK_KEEP").map_or(20_000, |keep| keep.parse().unwrap());
    let mut desk = Desk::live();
    for n in 0..1_000 {
        desk.user(&format!("user{n}"));
    }
    desk.set(|draft| draft.log_events = keep);
    let began = std::time::Instant::now();
    for number in 1..=count {
        desk.wait(1);
        let event = request(&desk, number);
        desk.record(event, false).unwrap();
        if number % (count / 10).max(1) == 0 {
            let (taken, live) = size(&desk);
            println!(
                "{number} events, {:.0} s: {} kB on the disk, {} kB live, {:.2} times",
                began.elapsed().as_secs_f64(),
                taken / 1_000,
                live / 1_000,
                taken as f64 / live as f64
            );
            assert!(taken <= (4 * live).max(LEAST), "decision 18 promises less");
        }
    }
    desk.set(|draft| draft.log_events = 1_000);
    let (taken, live) = size(&desk);
    println!(
        "kept 1,000: {} kB on the disk, {} kB live",
        taken / 1_000,
        live / 1_000
    );
    for start in 1..=3 {
        let began = std::time::Instant::now();
        desk.reopen();
        let took = began.elapsed();
        let (taken, live) = size(&desk);
        println!(
            "start {start} ({took:?}): {} kB on the disk, {} kB live",
            taken / 1_000,
            live / 1_000
        );
        assert!(taken <= (3 * live).max(LEAST), "decision 18 promises less");
    }
}
