//! Provisioning logs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FieldChange;

/// Which events to read, newest first.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogsRequest {
    /// `status:failure identity:"mara" action:patch since:24h`, with free words; empty for all.
    pub query: String,
    /// Only events older than this one; null for the newest.
    pub before: Option<u64>,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
    /// With pseudonyms instead of personal data.
    pub masked: bool,
}

/// A page of events.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogsPage {
    /// Events stored, whether they match or not.
    pub stored: u64,
    /// This page.
    pub rows: Vec<EventRow>,
    /// Ask for the rest with `before` set to this; null at the end.
    pub next: Option<u64>,
    /// Events that were looked at for this page.
    pub looked: u64,
    /// When the oldest of those began; null if there was none.
    pub reached: Option<String>,
}

/// How an event came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EventStatus {
    /// It worked.
    Success,
    /// It did not.
    Failure,
    /// It was left alone.
    Skipped,
    /// It worked, with something to know.
    Warning,
}

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EventKind {
    /// A SCIM request.
    Request,
    /// A change made, or in Test Mode only planned, by a sync.
    Sync,
    /// An administrator's action.
    Admin,
}

/// One event in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventRow {
    /// Its number; higher is newer.
    pub id: u64,
    /// When.
    pub at: String,
    /// Request, sync or admin.
    pub kind: EventKind,
    /// `PATCH User`, `Archive account`, `Save settings`.
    pub action: String,
    /// Who it is about, or empty.
    pub identity: String,
    /// How it came out.
    pub status: EventStatus,
    /// Why, as a sentence; empty when there is nothing to say.
    pub reason: String,
    /// Who sent it: the client's user agent, "SCIM Desk" or "Administrator".
    pub source: String,
    /// The identity provider that was recognised, such as "Okta"; null for none.
    pub client: Option<String>,
    /// The sync it belongs to.
    pub sync: Option<u64>,
    /// Duration in milliseconds, with fractions.
    pub duration_ms: f64,
    /// The HTTP status of a request.
    pub http_status: Option<u16>,
}

/// One event by its number.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventId {
    /// Its number.
    pub id: u64,
    /// With pseudonyms instead of personal data.
    pub masked: bool,
}

/// All about one event.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventDetail {
    /// The row.
    pub row: EventRow,
    /// Joins the three files of a CSV export; of a request also the `X-Request-Id` of its answer.
    pub change_id: String,
    /// By what the client was recognised, as a sentence; empty for none.
    pub client_reason: String,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// Before → after.
    pub changes: Vec<FieldChange>,
    /// The HTTP exchange of a request.
    pub exchange: Option<Exchange>,
    /// What had to be forgiven.
    pub notes: Vec<DialectNote>,
    /// What to do about it; empty when nothing is to be done.
    pub advice: Vec<String>,
    /// The id of the directory object or account that it is about, or empty.
    pub target: String,
    /// The attribute or path that the answer blames; empty where it blames none.
    pub wrong_at: String,
    /// The rule behind a refusal: `RFC 7644 §3.5.2`; empty for none.
    pub rule: String,
    /// Where to mend it; null when nothing is to be mended.
    pub place: Option<Place>,
}

/// Where something is to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Place {
    /// In the identity provider.
    Provider,
    /// In this console.
    Here,
}

/// One step of an event: Authenticate, Validate, Match, Plan, Apply.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Step {
    /// Its name.
    pub name: String,
    /// How it came out.
    pub status: EventStatus,
    /// In plain words.
    pub detail: String,
}

/// A request and its answer, secrets removed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exchange {
    /// `PATCH`.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// Request headers; `Authorization` is `Bearer ••••`.
    pub headers: Vec<Header>,
    /// The request's body, pretty-printed if it is JSON.
    pub request_body: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// The answer's body.
    pub response_body: Option<String>,
    /// Bytes of either body left out of the log; 0 when none.
    pub truncated_bytes: u64,
}

/// One HTTP header.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
    pub name: String,
    pub value: String,
}

/// One thing a client does its own way, which the server understood all the same.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DialectNote {
    /// Its short name: `boolean-as-string`.
    pub name: String,
    /// The attribute it concerns; empty for the request as a whole.
    pub path: String,
    /// What was sent and how it was read.
    pub sentence: String,
    /// The rule that was not followed: `RFC 7643 §2.3.2`.
    pub rule: String,
    /// What to change at the identity provider; empty when nothing need be.
    pub remedy: String,
}
