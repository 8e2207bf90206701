//! A run: read, plan, and, unless Test Mode is on, apply; then report.

mod events;
pub(crate) mod pending;
pub mod schedule;
mod work;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use work::{Work, close_interrupted};

use crate::plan::{Counts, render};
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
}

impl Trigger {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forced => "Force Sync Now",
            Self::Quiet => "Identity provider went quiet",
            Self::Settings => "Settings were saved",
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

/// One sync, as stored.
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
    /// How it differs from the report before.
    pub since_previous: Option<SincePrevious>,
    /// The rows of its report are older than the log is kept, and gone.
    #[serde(default)]
    pub rows_removed: bool,
}

impl Run {
    /// `Plan: 3 to create, …`, or why there is none.
    pub fn summary(&self) -> String {
        match &self.status {
            RunStatus::Skipped(reason) | RunStatus::Failed(reason) => reason.clone(),
            RunStatus::Stopped(reason) if !self.has_plan() => reason.clone(),
            _ => render::summary(&self.counts),
        }
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
        self.status == RunStatus::Completed || self.held_by_guard_rail
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
