//! Requests over time: how many, how they came out, and how long they took.

use jiff::{SignedDuration, Timestamp};

use super::{LOOKED_AT, Seen};
use crate::error::Result;
use crate::journal::{EventKind, Status};

/// The requests of one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// When it begins.
    pub from: Timestamp,
    /// Requests that worked, with or without a remark.
    pub succeeded: u64,
    /// Requests that changed nothing, for a reason.
    pub skipped: u64,
    /// Requests that were refused.
    pub failed: u64,
    /// Microseconds that half of them took at most; `None` without a request.
    pub p50_us: Option<u64>,
    /// Microseconds that 95 of 100 took at most.
    pub p95_us: Option<u64>,
}

/// The requests of a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traffic {
    /// Its parts, the oldest first; all of one length.
    pub intervals: Vec<Interval>,
    /// All of it.
    pub total: Interval,
    /// Whether the log was read back to the beginning of the span. If not, the oldest parts say
    /// too little.
    pub complete: bool,
}

/// What is gathered for one interval before its percentiles are known.
#[derive(Clone, Default)]
struct Gathered {
    succeeded: u64,
    skipped: u64,
    failed: u64,
    durations: Vec<u64>,
}

impl Gathered {
    fn add(&mut self, event: &Seen) {
        match event.status {
            Status::Success | Status::Warning => self.succeeded += 1,
            Status::Skipped => self.skipped += 1,
            Status::Failure => self.failed += 1,
        }
        self.durations.push(event.duration_us);
    }

    fn into_interval(mut self, from: Timestamp) -> Interval {
        self.durations.sort_unstable();
        Interval {
            from,
            succeeded: self.succeeded,
            skipped: self.skipped,
            failed: self.failed,
            p50_us: percentile(&self.durations, 50),
            p95_us: percentile(&self.durations, 95),
        }
    }
}

/// Counts the requests of the `span` before `now` in `intervals` parts. `events` come newest
/// first; those beyond the span end the reading.
pub(super) fn count(
    events: impl Iterator<Item = Result<Seen>>,
    now: Timestamp,
    span: SignedDuration,
    intervals: u16,
) -> Result<Traffic> {
    let start = now.saturating_sub(span).unwrap_or(Timestamp::MIN);
    let length = (span.as_millis() / i128::from(intervals.max(1))).max(1);
    let mut parts = vec![Gathered::default(); usize::from(intervals.max(1))];
    let (mut all, mut read, mut reached_start) = (Gathered::default(), 0_usize, false);
    for event in events {
        let event = event?;
        read += 1;
        if event.at < start {
            reached_start = true;
            break;
        }
        if event.kind != EventKind::Request {
            continue;
        }
        let place = event.at.duration_since(start).as_millis() / length;
        let last = parts.len().saturating_sub(1);
        let place = usize::try_from(place).unwrap_or(last).min(last);
        if let Some(part) = parts.get_mut(place) {
            part.add(&event);
        }
        all.add(&event);
    }
    let from = |place: usize| {
        let after = i64::try_from(length * i128::try_from(place).unwrap_or_default()).unwrap_or(i64::MAX);
        start
            .saturating_add(SignedDuration::from_millis(after))
            .unwrap_or(start)
    };
    Ok(Traffic {
        intervals: parts
            .into_iter()
            .enumerate()
            .map(|(place, part)| part.into_interval(from(place)))
            .collect(),
        total: all.into_interval(start),
        complete: reached_start || read < LOOKED_AT,
    })
}

/// The value that so many of a hundred do not exceed (nearest rank), of values in order.
fn percentile(sorted: &[u64], hundredths: usize) -> Option<u64> {
    let rank = (sorted.len() * hundredths).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}
