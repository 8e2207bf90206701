//! Counted numbers.

use provisioning::stats;

use crate::view::{Interval, Population, Sender, SenderFailure, Traffic};

impl From<stats::Population> for Population {
    fn from(population: stats::Population) -> Self {
        Self {
            users: population.users,
            groups: population.groups,
            active: population.active,
            archived: population.archived,
            console_managed: population.console_managed,
        }
    }
}

impl From<stats::Traffic> for Traffic {
    fn from(traffic: stats::Traffic) -> Self {
        Self {
            intervals: traffic.intervals.into_iter().map(Into::into).collect(),
            total: traffic.total.into(),
            complete: traffic.complete,
        }
    }
}

impl From<stats::Interval> for Interval {
    fn from(interval: stats::Interval) -> Self {
        Self {
            from: interval.from.to_string(),
            succeeded: interval.succeeded,
            skipped: interval.skipped,
            failed: interval.failed,
            p50_ms: interval.p50_us.map(milliseconds),
            p95_ms: interval.p95_us.map(milliseconds),
        }
    }
}

impl From<stats::Sender> for Sender {
    fn from(sender: stats::Sender) -> Self {
        Self {
            name: sender.name,
            recognised_by: sender.recognised_by,
            source: sender.source,
            last: sender.last.to_string(),
            requests: sender.requests,
            today: sender.today,
            failures: sender.failures,
            unauthorized: sender.unauthorized,
            last_failure: sender.last_failure.map(|failure| SenderFailure {
                event: failure.event,
                at: failure.at.to_string(),
                reason: failure.reason,
                http_status: failure.http_status,
            }),
            asked: sender.asked,
            wrote_users: sender.wrote_users,
            wrote_groups: sender.wrote_groups,
        }
    }
}

/// Microseconds as milliseconds with fractions.
fn milliseconds(us: u64) -> f64 {
    std::time::Duration::from_micros(us).as_secs_f64() * 1_000.0
}
