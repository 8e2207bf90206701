//! A run: read, plan, and, unless Test Mode is on, apply; then report.

mod events;
pub(crate) mod pending;
pub mod schedule;
mod telling;
mod undoing;
mod work;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use telling::finish as finish_telling;
pub(crate) use undoing::undo_run;
pub(crate) use work::{Work, close_interrupted, why_skip};

use crate::plan::{Consequences, Counts, render};
use crate::settings::Service;

/// Why a sync began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Trigger {
    /// Force Sync Now.
    Forced,
    /// The identity provider has been quiet for a while after a write.
    Quiet,
    /// Settings were saved that change the outcome.
    Settings,
    /// An administrator undoes an earlier sync.
    Undo,
}

impl Trigger {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forced => "Force Sync Now",
            Self::Quiet => "Identity provider went quiet",
            Self::Settings => "Settings were saved",
            Self::Undo => "Undo",
        }
    }
}

/// Where a sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", content = "reason", rename_all = "camelCase")]
pub enum RunStatus {
    /// Waiting for its turn.
    Pending,
    /// At work.
    Processing,
    /// Done.
    Completed,
    /// Not done: settings and data disagree.
    Skipped(String),
    /// Not done: the guard rail, or a person, stopped it.
    Stopped(String),
    /// Not done: something went wrong.
    Failed(String),
}

impl RunStatus {
    /// As people read it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Processing => "Processing",
            Self::Completed => "Completed",
            Self::Skipped(_) => "Skipped",
            Self::Stopped(_) => "Stopped",
            Self::Failed(_) => "Failed",
        }
    }

    /// Why, where it is not simply done.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Skipped(reason) | Self::Stopped(reason) | Self::Failed(reason) => Some(reason),
            _ => None,
        }
    }
}

/// How a report differs from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SincePrevious {
    /// The earlier sync.
    pub previous: u64,
    /// Rows that were not in it.
    pub new: u64,
    /// Rows that were in it and are not in this one.
    pub gone: u64,
}

/// What a run takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoes {
    /// The earlier sync.
    pub run: u64,
    /// The one person it is done for, by name; all of the sync, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// One sync, as stored. What came with a later version is a default in the records of an earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Run {
    /// Its number.
    pub id: u64,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Option<Timestamp>,
    /// Why it began.
    pub trigger: Trigger,
    /// Whose data it is about.
    pub service: Service,
    /// Whether it stopped after the plan.
    pub test_mode: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub status: RunStatus,
    /// Whether the changes were made.
    pub applied: bool,
    /// Whether the guard rail, and nothing else, held it back.
    #[serde(default)]
    pub held_by_guard_rail: bool,
    /// The matrix.
    pub counts: Counts,
    /// Objects compared.
    pub compared: u64,
    /// Accounts that were active before it.
    #[serde(default)]
    pub active_accounts: u64,
    /// What it means for people; unknown of earlier versions' syncs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequences: Option<Consequences>,
    /// How it differs from the report before.
    pub since_previous: Option<SincePrevious>,
    /// The rows of its report are older than the log is kept, and gone.
    #[serde(default)]
    pub rows_removed: bool,
    /// It is no comparison, but takes an earlier sync back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Undoes>,
    /// The sync that has taken all of it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<u64>,
    /// How often the directory had changed when it was read; unknown of earlier versions' syncs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory_changes: Option<u64>,
}

impl Run {
    /// `Plan: 3 to create, …`, or why there is none.
    pub fn summary(&self) -> String {
        match &self.status {
            RunStatus::Completed if self.undoes.is_some() => self.undo_summary(),
            RunStatus::Skipped(reason) | RunStatus::Failed(reason) => reason.clone(),
            RunStatus::Stopped(reason) if !self.has_plan() => reason.clone(),
            _ => render::summary(&self.counts),
        }
    }

    fn undo_summary(&self) -> String {
        let Some(Undoes { run, person }) = &self.undoes else {
            return String::new();
        };
        let counts = self.counts;
        let taken_back = counts.users.total() + counts.groups.total() + counts.memberships.total();
        let whom = person
            .as_ref()
            .map(|name| format!(" for {name}"))
            .unwrap_or_default();
        let left = match counts.skipped {
            0 => String::new(),
            left => format!(
                " {} left as they are, each with the reason.",
                render::counted(left, "change")
            ),
        };
        format!(
            "Undo of sync {run}{whom}: {} taken back.{left}",
            render::counted(taken_back, "change")
        )
    }

    /// What became of it, in a line.
    pub fn outcome(&self) -> String {
        match self.status.reason() {
            Some(reason) => format!("{}: {reason}", self.status.name()),
            None if self.applied => "The console was changed.".to_owned(),
            None if self.test_mode => "Test Mode: nothing was changed.".to_owned(),
            None => "Nothing was changed.".to_owned(),
        }
    }

    /// Whether it compared everything: it was done, or the guard rail alone held it back.
    pub fn has_plan(&self) -> bool {
        self.undoes.is_none() && (self.status == RunStatus::Completed || self.held_by_guard_rail)
    }

    /// Whether its report can be compared with another: it has a plan, and the rows are kept.
    pub fn can_be_compared(&self) -> bool {
        self.has_plan() && !self.rows_removed
    }

    /// Whether what it did can be looked at and taken back: it changed the console, its report is
    /// kept, and it is neither an undo nor undone.
    pub fn can_be_undone(&self) -> bool {
        self.applied && !self.rows_removed && self.undoes.is_none() && self.undone_by.is_none()
    }
}

/// How far a sync has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The sync's number.
    pub run: u64,
    /// What is going on.
    pub phase: &'static str,
    /// Objects done in this phase.
    pub done: u64,
    /// Objects in this phase; 0 while it is not known.
    pub total: u64,
}
