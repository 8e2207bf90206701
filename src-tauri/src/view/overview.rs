//! Numbers for the overview and the list of identity providers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many people and groups there are.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Population {
    /// Users in the directory.
    pub users: u64,
    /// Groups in the directory.
    pub groups: u64,
    /// Active accounts.
    pub active: u64,
    /// Archived accounts.
    pub archived: u64,
    /// Active accounts that the console's administrators decide about.
    pub console_managed: u64,
}

/// Over which time requests are counted.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrafficRequest {
    /// The last so many hours; 168 at most.
    pub hours: u16,
    /// Parts of equal length; 288 at most.
    pub intervals: u16,
}

/// Requests over time.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Traffic {
    /// The parts, the oldest first.
    pub intervals: Vec<Interval>,
    /// All of them.
    pub total: Interval,
    /// Whether the log was read back to the beginning; if not, the oldest parts say too little.
    pub complete: bool,
}

/// The requests of one stretch of time.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Interval {
    /// When it begins.
    pub from: String,
    /// Requests that worked.
    pub succeeded: u64,
    /// Requests that changed nothing, for a reason.
    pub skipped: u64,
    /// Requests that were refused.
    pub failed: u64,
    /// Milliseconds that half of them took at most; null without a request.
    pub p50_ms: Option<f64>,
    /// Milliseconds that 95 of 100 took at most.
    pub p95_ms: Option<f64>,
}

/// Who has sent requests, the latest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Senders {
    /// One for each identity provider or tool.
    pub rows: Vec<Sender>,
}

/// Somebody who has sent requests.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sender {
    /// Which provider or tool it was recognised as.
    pub name: Option<String>,
    /// By what, as a sentence; empty if it was not.
    pub recognised_by: String,
    /// The user agent of its newest request.
    pub source: String,
    /// Its newest request.
    pub last: String,
    /// Requests that the log has.
    pub requests: u64,
    /// Those of today (UTC).
    pub today: u64,
    /// Those that were refused.
    pub failures: u64,
    /// Those that were refused for their token.
    pub unauthorized: u64,
    /// Its newest request that was refused.
    pub last_failure: Option<SenderFailure>,
    /// Questions that were answered.
    pub asked: u64,
    /// Users written.
    pub wrote_users: u64,
    /// Groups written.
    pub wrote_groups: u64,
}

/// A request that was refused.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SenderFailure {
    /// Its event in the log.
    pub event: u64,
    /// When.
    pub at: String,
    /// Why, as a sentence.
    pub reason: String,
    /// The HTTP status.
    pub http_status: Option<u16>,
}
