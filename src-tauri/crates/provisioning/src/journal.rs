//! The provisioning log: every SCIM request, everything a sync touched, and every
//! administrator's action, each as one event that answers who, what, did it work, and why.

pub mod advice;
mod draft;
pub mod export;
pub mod query;
pub(crate) mod queue;
mod retention;

use jiff::Timestamp;
use scim::dialect::Note;
use serde::{Deserialize, Serialize};

pub use draft::Draft;
pub use query::{Page, Query};

use crate::error::{Error, Result};
use crate::plan::FieldChange;
use crate::store::{Key, Space, Store, Transaction};

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// A SCIM request.
    Request,
    /// A change a sync made, or in Test Mode would have made.
    Sync,
    /// An administrator's action.
    Admin,
}

impl EventKind {
    /// As people, searches and exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Sync => "sync",
            Self::Admin => "admin",
        }
    }
}

/// How an event, or one of its steps, came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// It worked.
    Success,
    /// It did not.
    Failure,
    /// It was left alone.
    Skipped,
    /// It worked, with something to know.
    Warning,
}

impl Status {
    /// As people, searches and exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Skipped => "skipped",
            Self::Warning => "warning",
        }
    }
}

/// The name of the step that says that a request was answered wrongly on purpose.
pub const FAULT_STEP: &str = "Fault injection";

/// One step of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Authenticate, Validate, Store; Import, Scope, Match, Plan, Apply.
    pub name: String,
    /// How it came out.
    pub status: Status,
    /// In plain words.
    pub detail: String,
}

impl Step {
    /// A step called `name`.
    pub fn new(name: &str, status: Status, detail: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            status,
            detail: detail.into(),
        }
    }
}

/// A request and its answer, secrets already removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// `PATCH`.
    pub method: String,
    /// Path and query, as sent.
    pub path: String,
    /// Request headers; `authorization` is redacted.
    pub headers: Vec<(String, String)>,
    /// The request's body, up to [`BODY_LIMIT`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_body: Option<String>,
    /// The HTTP status; 0 where the process ended before there was one, or the connection was closed
    /// on purpose.
    pub status: u16,
    /// The answer's body, up to [`BODY_LIMIT`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
    /// Bytes of the two bodies that were left out.
    #[serde(default)]
    pub truncated: u64,
}

/// The identity provider, or the tool, that a request was recognised as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// `Okta`, `Microsoft Entra ID`, `curl`.
    pub name: String,
    /// What it was recognised by, as a sentence.
    pub reason: String,
}

/// Bytes of each body that the log keeps.
pub const BODY_LIMIT: usize = 16 * 1024;

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its number; higher is newer. Given when it, or its draft, is stored.
    #[serde(default)]
    pub id: u64,
    /// When it began.
    pub at: Timestamp,
    /// What it is about.
    pub kind: EventKind,
    /// `PATCH User`, `Archive account`, `Save settings`.
    pub action: String,
    /// Who it is about, or empty.
    #[serde(default)]
    pub identity: String,
    /// The id of the directory user or group, or of the account, or empty.
    #[serde(default)]
    pub target: String,
    /// How it came out.
    pub status: Status,
    /// Why, as a sentence; empty when there is nothing to say.
    #[serde(default)]
    pub reason: String,
    /// The client's user agent, "SCIM Desk" or "Administrator".
    pub source: String,
    /// Who sent the request, where that was recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
    /// The sync it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync: Option<u64>,
    /// Microseconds it took.
    #[serde(default)]
    pub duration_us: u64,
    /// Joins the three files of a CSV export; for a request also its `X-Request-Id`.
    pub change_id: String,
    /// What was done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Before → after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modified: Vec<FieldChange>,
    /// The HTTP exchange of a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// What was forgiven.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Event {
    /// An event of `kind` that worked and is about nobody yet.
    pub fn new(kind: EventKind, at: Timestamp, action: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            id: 0,
            at,
            kind,
            action: action.into(),
            identity: String::new(),
            target: String::new(),
            status: Status::Success,
            reason: String::new(),
            source: source.into(),
            client: None,
            sync: None,
            duration_us: 0,
            change_id: uuid::Uuid::new_v4().to_string(),
            steps: Vec::new(),
            modified: Vec::new(),
            exchange: None,
            notes: Vec::new(),
        }
    }

    /// An administrator's action.
    pub(crate) fn admin(at: Timestamp, action: &str, reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ..Self::new(EventKind::Admin, at, action, "Administrator")
        }
    }
}

/// Adds an event to the log, as part of a turn, behind those that wait. Returns its number.
pub(crate) fn append(turn: &mut Transaction<'_>, event: &mut Event) -> Result<u64> {
    let id = append_waiting(turn)? + 1;
    event.id = id;
    turn.put(&last_event(), &id)?;
    turn.put(&Key::numbered(Space::Event, id), event)?;
    Ok(id)
}

/// Adds the events that wait ([`queue`]) to the log, as part of a turn. Returns the last number.
pub(crate) fn append_waiting(turn: &mut Transaction<'_>) -> Result<u64> {
    let mut id = turn.get::<u64>(&last_event())?.unwrap_or_default();
    let before = id;
    turn.put_waiting(|record| {
        id += 1;
        (Key::numbered(Space::Event, id), numbered(record, id))
    });
    if id != before {
        turn.put(&last_event(), &id)?;
    }
    Ok(id)
}

fn last_event() -> Key {
    Key::named(Space::Meta, "last event")
}

/// How an event without a number is written: the number comes first.
const UNNUMBERED: &[u8] = b"{\"id\":0,";

/// An encoded event with its number.
fn numbered(record: &[u8], id: u64) -> Vec<u8> {
    let rest = record.strip_prefix(UNNUMBERED).unwrap_or(record);
    let mut whole = format!("{{\"id\":{id},").into_bytes();
    whole.extend_from_slice(rest);
    whole
}

/// Whose an event is, read without the rest of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    change_id: String,
}

/// Puts the completed event where its draft is, as part of a turn. Returns whether it was there:
/// the limits of the log may have removed it by now, and after the disk has failed it may be gone
/// with the change it tells of, and its number another event's.
pub(crate) fn complete(turn: &mut Transaction<'_>, event: &Event) -> Result<bool> {
    let key = Key::numbered(Space::Event, event.id);
    let owner = turn.get::<Owner>(&key)?;
    let is_there = owner.is_some_and(|owner| owner.change_id == event.change_id);
    if is_there {
        turn.put(&key, event)?;
    }
    Ok(is_there)
}

/// The log of one open engine.
#[derive(Clone, Copy)]
pub struct Journal<'a> {
    pub(crate) store: &'a Store,
    pub(crate) now: Timestamp,
}

impl Journal<'_> {
    /// One event.
    pub fn get(&self, id: u64) -> Result<Event> {
        self.store
            .get(&Key::numbered(Space::Event, id))?
            .ok_or_else(|| Error::not_found("log event", &id))
    }

    /// How many events are stored. Numbers are given without gaps and only the oldest events are
    /// removed, so the first and the last tell; should one be missing, it is counted all the same.
    pub fn count(&self) -> Result<u64> {
        let Some((first, last)) = self.store.ends(&Key::all(Space::Event))? else {
            return Ok(0);
        };
        Ok(last.saturating_sub(first) + 1)
    }

    /// Events older than `before`, newest first.
    pub(crate) fn newest_first(&self, before: Option<u64>) -> impl Iterator<Item = Result<Event>> + use<> {
        let low = Key::all(Space::Event);
        let high = Key::numbered(Space::Event, before.unwrap_or(u64::MAX));
        self.store.between(&low, &high).rev()
    }
}
