//! The server under mixed load for as long as asked: no error, and memory and disk stay flat.
//!
//! `cargo xtask soak [--minutes N]`, or `cargo run --package acceptance --example soak -- N`.
//! What it saw is written to `tests/results/soak.md`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a run by hand says what it does, and stops where something is wrong"
)]

mod samples;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use acceptance::wire::form_encoded;
use acceptance::{Chance, Desk, Provider, Size, Writer, look, seed};
use samples::Samples;

/// Clients that write.
const WRITERS: usize = 4;
/// Clients that only read.
const READERS: usize = 2;
/// What each writer keeps.
const SIZE: Size = Size {
    users: 250,
    groups: 10,
    long: 1,
};
/// Log events that are kept: so few that the log is full before the warm-up ends.
const LOG_EVENTS: &str = "log-events=20000";
/// Time between two samples.
const BETWEEN: Duration = Duration::from_secs(10);

fn main() {
    let minutes = std::env::args().nth(1).map_or(30, |text| {
        text.parse::<u64>().expect("the argument is a number of minutes")
    });
    let seed = seed();
    println!("{minutes} minutes with SCIM_DESK_SEED={seed}");
    let desk = Desk::new();
    let token = desk.prepared();
    desk.done(["settings", "set", LOG_EVENTS]);
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    let shared = provider.create_group("Everybody", "everybody").expect(201).id();
    let mut chance = Chance::new(seed);
    let mut writers: Vec<Writer> = (0..WRITERS)
        .map(|place| Writer::new(&format!("w{place}"), SIZE, &shared, chance.branch()))
        .collect();
    let done = Load::default();
    let mut samples = Samples::new(serving.process(), &desk.data_dir());
    let began = Instant::now();
    thread::scope(|scope| {
        let (ended, end) = mpsc::channel::<()>();
        for writer in &mut writers {
            let (provider, ended) = (Provider::new(&serving.tenant_url, &token), ended.clone());
            let done = &done;
            scope.spawn(move || {
                // Dropped where a panic ends the thread, too.
                let _ended = ended;
                write(&provider, writer, done);
            });
        }
        for place in 0..READERS {
            let (provider, ended) = (Provider::new(&serving.tenant_url, &token), ended.clone());
            let (done, mut chance) = (&done, chance.branch());
            scope.spawn(move || {
                let _ended = ended;
                read(&provider, place, &mut chance, done);
            });
        }
        drop(ended);
        let whole = Duration::from_secs(minutes * 60);
        while began.elapsed() < whole {
            let left = whole.saturating_sub(began.elapsed());
            let waited = end.recv_timeout(BETWEEN.min(left));
            samples.take(began.elapsed(), done.requests.load(Ordering::Relaxed));
            if waited == Err(mpsc::RecvTimeoutError::Disconnected) || done.failed.load(Ordering::Relaxed) {
                break;
            }
        }
        done.stop.store(true, Ordering::Relaxed);
    });
    look_at_everything(&provider, &mut writers, &shared);
    serving.stop();
    let findings = samples.findings();
    let written = samples.write(&format!(
        "{WRITERS} writers with up to {} users and {} groups each, {READERS} readers, {LOG_EVENTS}; seed {seed}",
        SIZE.users, SIZE.groups
    ));
    println!("{}", written.display());
    assert!(findings.is_empty(), "{findings:#?}");
}

/// What all clients share.
#[derive(Default)]
struct Load {
    stop: AtomicBool,
    failed: AtomicBool,
    requests: AtomicU64,
}

impl Load {
    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    fn answered(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }
}

/// Tells the others when its thread panics.
struct Alarm<'a>(&'a Load);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.failed.store(true, Ordering::Relaxed);
            self.0.stop.store(true, Ordering::Relaxed);
        }
    }
}

fn write(provider: &Provider, writer: &mut Writer, load: &Load) {
    let _alarm = Alarm(load);
    while load.goes_on() {
        assert!(writer.write(provider), "no answer came to {:?}", writer.uncertain);
        load.answered();
        // What only a look after a crash needs would fill the memory of this process.
        writer.requests.clear();
        writer.names.clear();
    }
}

/// Reads as providers do: by name, a page, a group with and without members, a scan.
fn read(provider: &Provider, place: usize, chance: &mut Chance, load: &Load) {
    let _alarm = Alarm(load);
    while load.goes_on() {
        let number = chance.below(2_000);
        let writer = chance.below(WRITERS);
        let target = match (chance.below(10) + place) % 10 {
            0..5 => {
                let name = format!("userName eq \"w{writer}.{number}@contoso.com\"");
                format!("/Users?filter={}", form_encoded(&name))
            }
            5 => format!(
                "/Users?startIndex={}&count=20&excludedAttributes=title",
                number / 4 + 1
            ),
            6 => format!(
                "/Groups?filter={}",
                form_encoded(&format!("displayName sw \"w{writer}\""))
            ),
            7 => "/Groups?excludedAttributes=members&count=10".to_owned(),
            8 => {
                let scan = format!("displayName co \"{number}\" and active eq true");
                format!("/Users?count=10&attributes=id&filter={}", form_encoded(&scan))
            }
            _ => "/ServiceProviderConfig".to_owned(),
        };
        let answer = provider.send("GET", &target, None);
        assert_eq!(answer.status, 200, "{target}: {answer:?}");
        load.answered();
    }
}

fn look_at_everything(provider: &Provider, writers: &mut [Writer], shared: &str) {
    for writer in &mut *writers {
        writer.touch_everything();
    }
    look(provider, writers, shared);
}
