//! sled without anything around it: the same writes, from as many threads, sharing a flush and
//! an fdatasync. Nothing that stores in sled and keeps what it acknowledges can be faster.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Instant;

use serde_json::Value;

use crate::load::{CONNECTIONS, Outcome, micros};

/// A key and its value.
pub(crate) type Entry = (Vec<u8>, Vec<u8>);

/// What belongs together, and whether somebody waits until it is durable.
#[derive(Clone, Default)]
pub(crate) struct Write {
    pub(crate) entries: Vec<Entry>,
    pub(crate) waits: bool,
}

#[derive(Default)]
struct Progress {
    applied: u64,
    durable: u64,
    ended: bool,
}

/// Writes what `next` gives for 0, 1, … until it gives nothing.
pub(crate) fn run(dir: &Path, next: impl Fn(usize) -> Option<Write> + Sync) -> Outcome {
    let tree = open(dir);
    let file = File::open(dir.join("store").join("db")).unwrap();
    let progress = Mutex::new(Progress::default());
    let (wanted, done) = (Condvar::new(), Condvar::new());
    let number = AtomicUsize::new(0);
    let began = Instant::now();
    let latencies = std::thread::scope(|scope| {
        let committer = scope.spawn(|| {
            loop {
                let mut state = progress.lock().unwrap();
                while state.applied == state.durable && !state.ended {
                    state = wanted.wait(state).unwrap();
                }
                let (upto, ended) = (state.applied, state.ended);
                drop(state);
                tree.flush().unwrap();
                file.sync_data().unwrap();
                progress.lock().unwrap().durable = upto;
                done.notify_all();
                if ended {
                    return;
                }
            }
        });
        let write = || {
            let mut latencies = Vec::new();
            while let Some(write) = next(number.fetch_add(1, Ordering::Relaxed)) {
                let start = Instant::now();
                let mut batch = sled::Batch::default();
                for (key, value) in write.entries {
                    batch.insert(key, value);
                }
                tree.apply_batch(batch).unwrap();
                if write.waits {
                    let mut state = progress.lock().unwrap();
                    state.applied += 1;
                    let mine = state.applied;
                    wanted.notify_one();
                    while state.durable < mine {
                        state = done.wait(state).unwrap();
                    }
                }
                latencies.push(micros(start));
            }
            latencies
        };
        let writers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(write)).collect();
        let latencies: Vec<u32> = writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect();
        progress.lock().unwrap().ended = true;
        wanted.notify_one();
        committer.join().unwrap();
        latencies
    });
    Outcome::of(began.elapsed(), latencies)
}

fn open(dir: &Path) -> sled::Db {
    let config = sled::Config::new()
        .path(dir.join("store"))
        .mode(sled::Mode::LowSpace)
        .cache_capacity(64 * 1024 * 1024)
        .flush_every_ms(Some(5_000));
    for _ in 0..100 {
        if let Ok(tree) = config.open() {
            return tree;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    config.open().unwrap()
}

/// The value under the last key that begins with `space`, and under the first.
pub(crate) fn sample(dir: &Path, space: u8) -> Vec<u8> {
    let tree = open(dir);
    let (_, value) = tree.scan_prefix([space]).next_back().unwrap().unwrap();
    value.to_vec()
}

/// Everything that a server wrote, as the writes it was: each log event in order, and with it the
/// records and indexes of the resource that it created, or some of the memberships.
pub(crate) fn writes_in(dir: &Path) -> Vec<Write> {
    const MEMBERS_AT_ONCE: usize = 40;
    let tree = open(dir);
    let mut of: HashMap<String, Vec<Entry>> = HashMap::new();
    let (mut memberships, mut events) = (Vec::new(), Vec::new());
    for entry in tree.iter() {
        let (key, value) = entry.unwrap();
        let (key, value) = (key.to_vec(), value.to_vec());
        let tail =
            |bytes: &[u8]| String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(36)..]).into_owned();
        match key[0] {
            b'u' | b'g' | b'e' | b'f' | b'i' | b'k' => of.entry(tail(&key)).or_default().push((key, value)),
            b'n' | b'h' => of
                .entry(tail(&value[..value.len() - 1]))
                .or_default()
                .push((key, value)),
            b'm' | b'w' => memberships.push((key, value)),
            b'j' => events.push((key, value)),
            _ => {}
        }
    }
    events
        .into_iter()
        .map(|(key, value)| {
            let event: Value = serde_json::from_slice(&value).unwrap();
            let mut write = Write::default();
            match event["action"].as_str().unwrap_or_default() {
                "POST User" | "POST Group" => {
                    let target = event["target"].as_str().unwrap_or_default();
                    write.entries = of.remove(target).unwrap_or_default();
                }
                "PATCH Group" => {
                    let rest = memberships.len().saturating_sub(MEMBERS_AT_ONCE);
                    write.entries = memberships.split_off(rest);
                }
                _ => {}
            }
            write.waits = !write.entries.is_empty();
            write.entries.push((key, value));
            write
        })
        .collect()
}
