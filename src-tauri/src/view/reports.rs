//! Syncs and their reports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Consequence, Consequences, HeldBy, Service, Target};

/// What a sync does to an object; `symbol` and words are the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Action {
    /// `+` Created (a membership: added).
    Create,
    /// `~` Changed.
    Change,
    /// `−` Archived (a membership: removed).
    Archive,
    /// `↺` Restored.
    Restore,
}

/// What a row of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ObjectKind {
    /// A person's account.
    User,
    /// A console group.
    Group,
    /// A person in a group.
    Membership,
    /// A change that is held back.
    Held,
    /// Something the sync left alone, with the reason.
    Skipped,
    /// Something to know that stops nothing.
    Warning,
}

/// Where a sync stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RunStatus {
    /// Waiting for its turn.
    Pending,
    /// At work.
    Processing,
    /// Done.
    Completed,
    /// Not done: settings and data disagree.
    Skipped,
    /// Not done: the guard rail, or a person, stopped it.
    Stopped,
    /// Not done: something went wrong.
    Failed,
}

/// Created, changed, archived, restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActionCounts {
    pub created: u64,
    pub changed: u64,
    pub archived: u64,
    pub restored: u64,
}

/// The matrix of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    pub users: ActionCounts,
    pub groups: ActionCounts,
    pub memberships: ActionCounts,
    pub held: u64,
    pub skipped: u64,
    pub warnings: u64,
}

/// One sync in the list of reports.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunRow {
    /// The sync's number.
    pub id: u64,
    /// When it began.
    pub started_at: String,
    /// When it ended.
    pub finished_at: Option<String>,
    /// "Force Sync Now", "Identity provider went quiet", "Settings were saved", "Undo".
    pub trigger: String,
    /// ADI or SCIM.
    pub service: Service,
    /// Where it stands.
    pub status: RunStatus,
    /// Why it was skipped, stopped or failed.
    pub reason: Option<String>,
    /// Whether it ran in Test Mode.
    pub test_mode: bool,
    /// Whether the changes were made to the console.
    pub applied: bool,
    /// The matrix.
    pub counts: Counts,
    /// What it means for people; null for a sync of an earlier version.
    pub consequences: Option<Consequences>,
    /// The earlier sync that this one undoes.
    pub undoes: Option<u64>,
    /// The later sync that has undone all of this one.
    pub undone_by: Option<u64>,
    /// Whether it can be undone.
    pub can_undo: bool,
    /// Whether its report can be compared with another.
    pub can_compare: bool,
    /// Objects compared.
    pub compared: u64,
    /// Wall time.
    pub duration_ms: u64,
    /// `Plan: 3 to create, 1 to change, 2 to archive, 1 to restore.`, or the sentence for an empty plan.
    pub summary: String,
}

/// Which reports to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportsRequest {
    /// Only Test Mode syncs (true), only live ones (false), or both.
    pub test_mode: Option<bool>,
    /// The oldest first.
    #[serde(default)]
    pub oldest_first: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of syncs, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportsPage {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<RunRow>,
}

/// One report by its number.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportId {
    /// The sync's number.
    pub id: u64,
}

/// The head of a report; its rows are asked page by page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// The sync.
    pub run: RunRow,
    /// How it differs from the report before it; null for the first.
    pub since_previous: Option<SincePrevious>,
    /// Whether "Allow once" is offered: the guard rail stopped this sync and nothing newer ran.
    pub can_allow_once: bool,
    /// Changes that the identity provider has sent since; null where it is not known.
    pub changes_since: Option<u64>,
}

/// "2 new, 1 gone" against the report before.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SincePrevious {
    /// The earlier sync.
    pub previous: u64,
    /// Changes that were not in it.
    pub new: u64,
    /// Changes that were in it and are not in this one.
    pub gone: u64,
}

/// Which rows of a report to read.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportRowsRequest {
    /// The sync's number.
    pub id: u64,
    /// Users, groups, memberships, skipped or warnings.
    pub object: ObjectKind,
    /// Only this action.
    pub action: Option<Action>,
    /// Only changes that do this to somebody, whatever they are about; the two above are then passed over.
    pub consequence: Option<Consequence>,
    /// Only rows with this in name, address, field or value; empty for all.
    pub search: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of a report's rows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportRows {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<ReportRow>,
}

/// One object of a report.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportRow {
    /// Its place in the report; a key for lists.
    pub index: u64,
    /// What it is about.
    pub object: ObjectKind,
    /// What happens to it; null for skipped and warnings.
    pub action: Option<Action>,
    /// The person's or group's name; for a membership the person's.
    pub name: String,
    /// The person's address, or for a membership the group's name; empty when there is none.
    pub detail: String,
    /// Why, as a sentence.
    pub reason: String,
    /// Before → after.
    pub fields: Vec<FieldChange>,
    /// Mapped fields that stay as they are.
    pub unchanged: u32,
    /// Not in the report before this one; false when there was none.
    pub is_new: bool,
    /// What it is about, for a change; null for skipped and warnings.
    pub target: Option<Target>,
    /// Whether that is on hold now.
    pub on_hold: bool,
    /// Who held it back in this sync, if it was.
    pub held_by: Option<HeldBy>,
}

/// One field, before → after. Null is "no value".
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldChange {
    /// What people call it: "Job title".
    pub label: String,
    /// Where it comes from: `title`.
    pub path: String,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Force Sync Now.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncRequest {
    /// Let this one sync archive up to so many accounts, whatever the guard rail says: as many
    /// as the report showed; null: the guard rail decides.
    pub allow_archives: Option<u64>,
}
