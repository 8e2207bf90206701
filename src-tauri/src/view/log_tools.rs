//! What is done with the log beside reading it: counting, telling, checking, replaying, helping.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{EventDetail, EventRow, FieldChange};

/// What to count, or to tell as sentences.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogPart {
    /// As in the list.
    pub query: String,
    /// Only events older than this one; null for the newest.
    pub before: Option<u64>,
    /// With pseudonyms instead of personal data.
    pub masked: bool,
}

/// Counts of a part of the log; the caller adds up and goes on at `next`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "a part of the log has facets, and they are called so"
)]
pub(crate) struct Facets {
    /// A facet for each key that has a value.
    pub facets: Vec<Facet>,
    /// Events looked at.
    pub looked: u64,
    /// Events that matched.
    pub found: u64,
    /// Where to go on; null at the end.
    pub next: Option<u64>,
}

/// What there is under one key of the search.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Facet {
    /// `status`, `action`, …
    pub key: String,
    /// Values with their counts.
    pub values: Vec<FacetValue>,
}

/// One value and how many events have it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FacetValue {
    pub value: String,
    pub count: u64,
}

/// What happened, as sentences.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activities {
    /// Newest first.
    pub list: Vec<Activity>,
    /// Where to go on; null at the end.
    pub next: Option<u64>,
}

/// One sentence.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activity {
    /// When the first of its events began.
    pub from: String,
    /// When the last did.
    pub to: String,
    /// "Entra disabled 3 people, renamed 1."
    pub sentence: String,
    /// A search that shows its events.
    pub query: String,
    /// Something in it failed.
    pub failed: bool,
    /// The number of its newest event.
    pub id: u64,
}

/// Whose history to tell.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TimelineRequest {
    /// The id of a directory user or of an account, or an address.
    pub person: String,
    /// Only events older than this one; null for the newest.
    pub before: Option<u64>,
    /// With pseudonyms instead of personal data.
    pub masked: bool,
}

/// What happened to a person.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Timeline {
    /// What they are called.
    pub name: String,
    /// The directory user; null for none.
    pub user: Option<String>,
    /// The account; null for none.
    pub account: Option<String>,
    /// Newest first.
    pub rows: Vec<TimelineRow>,
    /// Where to go on; null at the end.
    pub next: Option<u64>,
    /// When the oldest event began that was looked at.
    pub reached: Option<String>,
}

/// One event of a person, with every value that it set.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TimelineRow {
    /// The event.
    pub event: EventRow,
    /// Test Mode kept it from being done.
    pub only_planned: bool,
    /// Before → after.
    pub changes: Vec<FieldChange>,
}

/// A head of the chain to ask for, if one was noted.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VerifyRequest {
    /// `1234:9f3a…`, or blank.
    pub head: String,
}

/// What a walk along the chain found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Verified {
    /// Nothing is amiss.
    pub whole: bool,
    /// Events that were compared.
    pub events: u64,
    /// Events up to this number were removed by the limits of the log, or are older than the chain.
    pub through: u64,
    /// Events that are stored and older than the chain.
    pub unchained: u64,
    /// The newest link; blank for none.
    pub head: String,
    /// What is amiss, as sentences.
    pub findings: Vec<String>,
    /// Findings beyond those.
    pub more: u64,
}

/// Limits of the log that might be saved.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Limits {
    pub log_days: u32,
    pub log_events: u32,
}

/// What limits would mean.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kept {
    /// Events stored.
    pub stored: u64,
    /// When the oldest began.
    pub oldest: Option<String>,
    /// Events that would be removed.
    pub removes: u64,
    /// When the oldest would have begun that stays.
    pub oldest_left: Option<String>,
}

/// What to replay; exactly one of the three is set.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplayRequest {
    /// One request, by its event.
    pub event: Option<u64>,
    /// A person's history: an id or an address.
    pub person: Option<String>,
    /// The requests that led to a sync.
    pub sync: Option<u64>,
    /// Another method for the one request; null as it was.
    pub method: Option<String>,
    /// Another path.
    pub path: Option<String>,
    /// Another body.
    pub body: Option<String>,
    /// With pseudonyms instead of personal data in what comes back.
    pub masked: bool,
}

/// What a replay came to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replay {
    /// Every request, then and now.
    pub requests: Vec<Replayed>,
    /// What a sync would do without the requests, as a sentence.
    pub plan_before: String,
    /// What it would do after them.
    pub plan_after: String,
    /// What is new in the second plan, one sentence each.
    pub differences: Vec<String>,
}

/// One request, then and now.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replayed {
    /// As it is in the log.
    pub logged: EventDetail,
    /// Null where it could not be sent again.
    pub now: Option<EventDetail>,
    /// Why it could not be; blank otherwise.
    pub remark: String,
}

/// The application's own log.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Diagnostics {
    /// The folder; blank where none is written.
    pub folder: String,
    /// What is written: `warn`, `info`, …
    pub level: String,
    /// Bytes of its files.
    pub bytes: u64,
}

/// A file of a support bundle, before it is saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BundlePart {
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Bytes.
    pub bytes: u64,
    /// Its text, or the beginning of it.
    pub text: String,
}
