//! What was answered stays, through the end of the process at any moment ([`kills`]) and through
//! a power cut ([`cuts`]). Writers make changes of every kind over several connections; after
//! each end the directory, its indexes and its log are compared with what was confirmed. A
//! change to which no answer came may be there or not, but wholly or not at all.
//!
//! The order of the changes follows from a seed, which a failure prints; `SCIM_DESK_SEED=…` uses
//! it again. When the end comes is up to the machine.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what happened how often, and how to repeat it, is worth a line"
)]

#[cfg(target_os = "linux")]
mod cuts;
mod kills;
mod log;
#[cfg(target_os = "linux")]
mod power;

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use acceptance::{Chance, Desk, Provider, Serving, Size, Writer, look, seed};
use jiff::Timestamp;

#[cfg(not(target_os = "linux"))]
#[test]
#[ignore = "the shim that drops what was not synced is written for Linux"]
fn what_was_answered_survives_a_power_cut() {}

/// Connections that write at the same time.
const WRITERS: usize = 4;
/// What each writer keeps.
const SIZE: Size = Size {
    users: 8,
    groups: 3,
    long: 4,
};
/// So many log events are kept that those of some rounds are there, and so few that the log is
/// shortened now and then, also while the process ends.
const LOG_EVENTS: &str = "log-events=6000";

/// A data directory with writers, through one end after the other.
struct Rounds {
    desk: Desk,
    token: String,
    shared: String,
    writers: Vec<Writer>,
    chance: Chance,
    seed: u64,
    /// What the log must hold.
    expected: log::Expected,
    /// When the last writing began and ended.
    written: [Timestamp; 2],
    /// Changes confirmed, and changes without an answer: made and not made.
    counts: Counts,
}

#[derive(Debug, Default)]
struct Counts {
    confirmed: usize,
    made: usize,
    not_made: usize,
    in_parts: usize,
    while_opening: usize,
}

impl Rounds {
    fn new(size: Size) -> Self {
        let seed = seed();
        let mut chance = Chance::new(seed);
        let desk = Desk::new();
        let token = desk.prepared();
        desk.done(["settings", "set", LOG_EVENTS]);
        let serving = desk.serve();
        let provider = Provider::new(&serving.tenant_url, &token);
        let shared = provider.create_group("Everybody", "everybody").expect(201).id();
        serving.stop();
        let writer = |place| Writer::new(&format!("w{place}"), size, &shared, chance.branch());
        let writers = (0..WRITERS).map(writer).collect();
        Self {
            desk,
            token,
            shared,
            writers,
            chance,
            seed,
            expected: log::Expected::default(),
            written: [Timestamp::now(); 2],
            counts: Counts::default(),
        }
    }

    /// Looks at the directory of a server that came back.
    fn look(&mut self, serving: &Serving, everything: bool) {
        if everything {
            self.writers.iter_mut().for_each(Writer::touch_everything);
        }
        let provider = Provider::new(&serving.tenant_url, &self.token);
        for outcome in look(&provider, &mut self.writers, &self.shared) {
            match outcome.parts {
                0 => self.counts.not_made += 1,
                parts if parts == outcome.change.parts().len() => self.counts.made += 1,
                _ => self.counts.in_parts += 1,
            }
            self.expected.outcomes.push((outcome, self.written));
        }
    }

    /// All writers write until the server answers no more; `end` ends it, some changes and a
    /// moment later. It is told the server and the server's own end is awaited in it.
    fn write_until(&mut self, serving: Serving, end: impl FnOnce(Serving)) {
        let answers = self.chance.below(40);
        let moment = Duration::from_micros(self.chance.below(4_000) as u64);
        let (before, from) = (self.confirmed(), Timestamp::now());
        thread::scope(|scope| {
            let (told, answered) = mpsc::channel();
            for writer in &mut self.writers {
                let provider = Provider::new(&serving.tenant_url, &self.token);
                let told = told.clone();
                scope.spawn(move || {
                    while writer.write(&provider) {
                        let _ = told.send(());
                    }
                });
            }
            drop(told);
            for () in answered.iter().take(answers) {}
            thread::sleep(moment);
            end(serving);
        });
        self.written = [from, Timestamp::now()];
        self.counts.confirmed += self.confirmed() - before;
    }

    /// Lets the program check its own store. No server runs.
    fn check(&self) {
        let said = self.desk.run(["check"]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }

    fn confirmed(&self) -> usize {
        self.writers.iter().map(|writer| writer.requests.len()).sum()
    }

    /// Compares the log with what it must hold. No server runs.
    fn look_at_the_log(&mut self) {
        self.check();
        for writer in &mut self.writers {
            self.expected.requests.append(&mut writer.requests);
        }
        std::mem::take(&mut self.expected).must_be_in_the_log_of(&self.desk);
    }

    fn says_how_to_repeat(&self) -> Repeat {
        Repeat {
            seed: self.seed,
            data: self.desk.data_dir(),
        }
    }
}

/// Says how a failure can be repeated, and keeps the data it left.
struct Repeat {
    seed: u64,
    data: std::path::PathBuf,
}

impl Drop for Repeat {
    fn drop(&mut self) {
        if thread::panicking() {
            let kept = acceptance::workspace().join(format!("tests/output/crash-{}", self.seed));
            eprintln!(
                "To repeat it: SCIM_DESK_SEED={}. The data: {}",
                self.seed,
                kept.display()
            );
            copy_folder(&self.data, &kept);
        }
    }
}

/// Copies what can be copied.
fn copy_folder(from: &Path, to: &Path) {
    let _ = std::fs::create_dir_all(to.parent().unwrap_or(to));
    let _ = Command::new("cp").arg("-a").arg(from).arg(to).status();
}
