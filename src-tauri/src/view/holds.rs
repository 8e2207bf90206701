//! What is held back, taken back, compared and explained.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Action, Counts, ObjectKind, RunRow};

/// An account, a group, or an account in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Target {
    /// User, group or membership.
    pub object: ObjectKind,
    /// The group's id.
    pub group: Option<String>,
    /// The account's id.
    pub account: Option<String>,
}

/// Who holds a change back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum HeldBy {
    /// An administrator; until it is released.
    Administrator,
    /// The account is protected from being archived.
    Protected,
}

/// Something that happens to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Consequence {
    /// The account is archived.
    LosesAccess,
    /// An account is made, or comes back.
    GetsAccess,
    /// Another address.
    ChangesAddress,
    /// Another manager.
    ChangesManager,
    /// In a group from now on.
    JoinsGroup,
    /// In a group no longer.
    LeavesGroup,
}

/// How many times each happens in a report.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Consequences {
    pub loses_access: u64,
    pub gets_access: u64,
    pub changes_address: u64,
    pub changes_manager: u64,
    pub joins_group: u64,
    pub leaves_group: u64,
}

/// Put what a row of a report is about on hold.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HoldRequest {
    /// The sync's number.
    pub id: u64,
    /// The row's place in its report.
    pub index: u64,
}

/// Everything that is on hold.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Holds {
    /// Accounts, groups, memberships.
    pub rows: Vec<HoldRow>,
}

/// One object on hold.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HoldRow {
    /// What it is.
    pub target: Target,
    /// What a sync would have done to it when it was put on hold.
    pub action: Action,
    /// The person's or group's name then.
    pub name: String,
    /// The person's address; for a membership the group's name.
    pub detail: String,
    /// Since when.
    pub since: String,
    /// The report it was put on hold from, or the undo that did it.
    pub run: u64,
}

/// Undo a sync.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UndoRequest {
    /// The sync's number.
    pub id: u64,
    /// Only this account and its memberships; all of the sync, if null.
    pub account: Option<String>,
}

/// What an undo would do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UndoPlan {
    /// What would be taken back; `skipped` is what would be left.
    pub counts: Counts,
    /// Why the first of those would be left.
    pub left: Vec<String>,
}

/// Compare two reports.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompareRequest {
    /// The earlier sync's number.
    pub from: u64,
    /// The later one's.
    pub to: u64,
}

/// How two reports differ.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comparison {
    /// The earlier sync.
    pub from: RunRow,
    /// The later one.
    pub to: RunRow,
    /// Rows that only the earlier has.
    pub gone: u64,
    /// Rows that only the later has.
    pub new: u64,
    /// Rows that both have.
    pub same: u64,
}

/// Which of the rows that one report has and another has not.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompareRowsRequest {
    /// The report that has them.
    pub of: u64,
    /// The report that has not.
    pub but: u64,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// Ask about an address.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExplainRequest {
    /// The address, or a userName that is none.
    pub address: String,
}

/// Why somebody has, or has not, an account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Explanation {
    /// The answer, in one paragraph.
    pub paragraph: String,
    /// The account it leads to.
    pub account: Option<String>,
    /// The directory user it leads to.
    pub user: Option<String>,
}

/// What turning Test Mode off would lead to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GoLive {
    /// The newest Test Mode report; null if there is none.
    pub report: Option<RunRow>,
    /// Changes that the identity provider has sent since it; null where it is not known.
    pub changes_since: Option<u64>,
    /// Objects that are on hold now, whatever the report says.
    pub holds: u64,
    /// Active accounts: what the guard rail's percentage is of.
    pub active_accounts: u64,
}
