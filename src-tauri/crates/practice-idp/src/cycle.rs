//! Provisioning: which requests are sent, in which order, and what is remembered of them.
//!
//! One engine runs every persona. It plans from an [`Organisation`] and a [`Job`], sends what
//! [`crate::wire`] writes to a [`Target`], and changes nothing but the job. Everything from outside
//! is in [`Surroundings`]: time, chance and pauses are parameters.

mod closing;
mod courier;
mod deletions;
mod escrow;
mod job;
mod leaving;
mod matching;
mod objects;
mod on_demand;
mod plan;
mod probe;
mod quarantine;
mod record;
mod references;
mod rules;
mod run;
mod standing;
#[cfg(test)]
pub(crate) mod tests;
mod turns;
mod workers;

use std::ops::ControlFlow;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::log::Entry;
use crate::organisation::Organisation;
use crate::persona::Persona;
use crate::target::Target;

pub use closing::{INTERVAL_MINUTES, Notice, Report};
pub use deletions::Staged;
pub use escrow::{Escrow, Part};
pub use job::RESTART;
pub use job::{CycleState, Job, Link, Pending, ResetScope, Summary};
pub use on_demand::{MOST_MEMBERS, OnDemand, OnDemandError, ShownStep, on_demand};
pub use probe::probe;
pub use quarantine::{Gauge, Quarantine, Reason, Thresholds};
pub use rules::{Key, Rules, RulesError};
pub use run::run;
pub use standing::Scope;

/// What a cycle needs besides the job.
pub struct Surroundings<'a> {
    /// Who is there.
    pub organisation: &'a Organisation,
    /// The attribute mappings and scoping filters.
    pub rules: &'a Rules<'a>,
    /// Whose requests are sent.
    pub persona: &'a Persona,
    /// Where to.
    pub target: &'a dyn Target,
    /// What the configuration says.
    pub settings: &'a Settings,
    /// The time.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
    /// Waits, when the target asks for it. Returns whether to go on.
    pub pause: &'a (dyn Fn(Duration) -> bool + Sync),
    /// A new random id: of a cycle, of a row, of a user that nobody has.
    pub chance: &'a (dyn Fn() -> String + Sync),
}

/// What of the configuration a cycle obeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Who is provisioned.
    pub scope: Scope,
    /// Above how many disables and deletes a cycle stages them instead; none: never.
    pub deletion_threshold: Option<u64>,
    /// Whether those who left the scope are left alone (`SkipOutOfScopeDeletions`).
    pub skip_out_of_scope_deletions: bool,
    /// When there are too many failures.
    pub thresholds: Thresholds,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            scope: Scope::Assigned,
            deletion_threshold: Some(5),
            skip_out_of_scope_deletions: false,
            thresholds: Thresholds::default(),
        }
    }
}

/// What a cycle is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Testing the connection.
    Connecting,
    /// Users are created, changed, disabled, deleted.
    Users,
    /// The same with groups.
    Groups,
    /// Managers are set.
    Managers,
    /// Members are added and removed.
    Memberships,
    /// The cycle has ended.
    Done,
}

impl Phase {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connecting => "Testing the connection",
            Self::Users => "Users",
            Self::Groups => "Groups",
            Self::Managers => "Managers",
            Self::Memberships => "Memberships",
            Self::Done => "Done",
        }
    }
}

/// How far a cycle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// How many objects of the phase are done.
    pub done: u64,
    /// How many it has.
    pub total: u64,
}

/// Whoever watches a cycle.
pub trait Observer {
    /// Told after each object. A break stops the cycle between two objects; it can be resumed.
    fn progress(&mut self, progress: Progress) -> ControlFlow<()>;

    /// Given each row of the log.
    fn record(&mut self, entry: Entry);
}
