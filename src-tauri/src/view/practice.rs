//! The practice identity provider.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{EventStatus, NamedRef};

/// How the practice provider stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeState {
    /// What its organisation is called.
    pub organisation: String,
    /// People who are not deleted.
    pub people: u64,
    /// Groups.
    pub groups: u64,
    /// The providers it can behave like.
    pub personas: Vec<NamedRef>,
    /// The id of the one it behaves like.
    pub persona: String,
    /// Whether everybody is provisioned, or only who is assigned.
    pub everybody: bool,
    /// Whether it has this console's Tenant URL and a token that is in force.
    pub connected: bool,
    /// Whether the next cycle looks at everything.
    pub initial: bool,
    /// The cycle under way.
    pub progress: Option<PracticeProgress>,
    /// Why it is in quarantine; null when it is not.
    pub quarantine: Option<String>,
    /// Percent of its objects that fail.
    pub failing_percent: u64,
    /// Objects that fail.
    pub failing: u64,
    /// Rows of its log.
    pub log_rows: u64,
}

/// How far a cycle is. Sent as the window event `practice`, and a last time when it has ended.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeProgress {
    /// What it is doing.
    pub phase: String,
    /// Objects of the phase that are done.
    pub done: u64,
    /// Objects of the phase.
    pub total: u64,
}

/// How the practice provider is to behave.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeBehaviour {
    /// The id of the provider it behaves like.
    pub persona: String,
    /// Everybody, or only who is assigned.
    pub everybody: bool,
}

/// Whose data to look at.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeRequest {
    /// A part of a name; empty for all.
    pub search: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of people.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticePeople {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<PracticePerson>,
}

/// Somebody in the practice provider.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own about somebody"
)]
pub(crate) struct PracticePerson {
    /// The object id.
    pub id: String,
    /// The display name.
    pub name: String,
    /// userPrincipalName.
    pub user_name: String,
    /// jobTitle.
    pub title: String,
    /// department.
    pub department: String,
    /// May sign in.
    pub enabled: bool,
    /// In the recycle bin.
    pub deleted: bool,
    /// Assigned to this console, directly or by a group.
    pub assigned: bool,
    /// Changed since the last cycle began.
    pub pending: bool,
}

/// What is changed about somebody; null leaves it as it is.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeEdit {
    /// The object id.
    pub id: String,
    /// jobTitle.
    pub title: Option<String>,
    /// department.
    pub department: Option<String>,
    /// May sign in.
    pub enabled: Option<bool>,
    /// Into the recycle bin, or out of it.
    pub deleted: Option<bool>,
    /// Assigned to this console.
    pub assigned: Option<bool>,
}

/// What a cycle came to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeCycle {
    /// Whether it looked at everything.
    pub initial: bool,
    /// Objects created.
    pub created: u64,
    /// Objects changed.
    pub updated: u64,
    /// Users disabled.
    pub disabled: u64,
    /// Objects deleted.
    pub deleted: u64,
    /// Objects that failed.
    pub failed: u64,
    /// Objects with nothing to do.
    pub skipped: u64,
    /// Requests sent.
    pub requests: u64,
    /// Why it failed as a whole.
    pub error: Option<String>,
}

/// A page of the practice provider's own log, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeLog {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<PracticeEntry>,
}

/// One row of its log.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PracticeEntry {
    /// Its id.
    pub id: String,
    /// When, by the provider's clock.
    pub at: String,
    /// What was done.
    pub action: String,
    /// How it ended.
    pub status: EventStatus,
    /// Whom it is about.
    pub name: String,
    /// What went wrong or why it was skipped; empty when there is nothing to say.
    pub reason: String,
}
