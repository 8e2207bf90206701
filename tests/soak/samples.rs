//! Memory and disk over time, whether they stay flat, and the table of it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What may be added between the second and the last third of a run, in percent.
const GROWTH: u64 = 15;

/// One moment.
#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Duration,
    requests: u64,
    memory: u64,
    disk: u64,
}

/// A run as it is seen from outside.
#[derive(Debug)]
pub(crate) struct Samples {
    process: u32,
    folder: PathBuf,
    taken: Vec<Sample>,
}

impl Samples {
    /// Of this process and its data.
    pub(crate) fn new(process: u32, folder: &Path) -> Self {
        Self {
            process,
            folder: folder.to_owned(),
            taken: Vec::new(),
        }
    }

    /// Takes one.
    pub(crate) fn take(&mut self, at: Duration, requests: u64) {
        self.taken.push(Sample {
            at,
            requests,
            memory: resident(self.process),
            disk: size(&self.folder),
        });
    }

    /// What is not flat, in words.
    pub(crate) fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for (what, of) in MEASURES {
            let (middle, last) = (self.third(1, of), self.third(2, of));
            if last * 100 > middle * (100 + GROWTH) {
                findings.push(format!(
                    "{what} grew from {} to {} between the second and the last third",
                    megabytes(middle),
                    megabytes(last)
                ));
            }
        }
        findings
    }

    /// The median of a third of the run.
    fn third(&self, which: usize, of: Measure) -> u64 {
        let length = self.taken.len() / 3;
        let mut values: Vec<u64> = self
            .taken
            .iter()
            .skip(which * length)
            .take(length)
            .map(of)
            .collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or_default()
    }

    /// Writes the table. Returns where.
    pub(crate) fn write(&self, load: &str) -> PathBuf {
        let last = self.taken.last().copied().unwrap();
        let build = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let mut text = String::from("# Soak\n\nWritten by `cargo xtask soak`.\n\n");
        let minutes = last.at.as_secs() / 60;
        writeln!(
            text,
            "* {minutes} minutes, {build} build, {cores} cores\n* {load}"
        )
        .unwrap();
        let rate = last.requests / last.at.as_secs().max(1);
        writeln!(
            text,
            "* {} requests, {rate} a second, every one answered as it should be",
            last.requests
        )
        .unwrap();
        for (what, of) in MEASURES {
            let (middle, last) = (self.third(1, of), self.third(2, of));
            let highest = self.taken.iter().map(of).max().unwrap_or_default();
            let limit = megabytes(middle * (100 + GROWTH) / 100);
            writeln!(
                text,
                "* {what}: median {} in the second third and {} in the last (at most {limit} counts as flat), highest {}",
                megabytes(middle),
                megabytes(last),
                megabytes(highest)
            )
            .unwrap();
        }
        text.push_str("\n| minute | requests | memory (RSS) | disk |\n|--:|--:|--:|--:|\n");
        for sample in self.each_minute() {
            writeln!(
                text,
                "| {:.1} | {} | {} | {} |",
                sample.at.as_secs_f64() / 60.0,
                sample.requests,
                megabytes(sample.memory),
                megabytes(sample.disk)
            )
            .unwrap();
        }
        let path = acceptance::workspace().join("tests/results/soak.md");
        fs::write(&path, text).unwrap();
        path
    }

    /// The samples at which a minute ended, and the last.
    fn each_minute(&self) -> impl Iterator<Item = &Sample> {
        let minute = |sample: &Sample| sample.at.as_secs() / 60;
        let mut before = 0;
        let last = self.taken.len() - 1;
        self.taken.iter().enumerate().filter_map(move |(place, sample)| {
            let ended = minute(sample) > before;
            before = minute(sample);
            (ended || place == last).then_some(sample)
        })
    }
}

/// What is measured, and how it is called.
const MEASURES: [(&str, Measure); 2] = [("memory", |sample| sample.memory), ("disk", |sample| sample.disk)];

/// Takes one number, in bytes, out of a sample.
type Measure = fn(&Sample) -> u64;

/// Resident memory in bytes; 0 where the system does not tell it in `/proc`.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// The length of all files below a folder. One that goes meanwhile counts as nothing.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => size(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}
