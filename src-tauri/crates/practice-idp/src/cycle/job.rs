//! What is remembered from cycle to cycle.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::deletions::Staged;
use super::escrow::{Escrow, Part};
use super::quarantine::Quarantine;
use crate::organisation::ObjectId;
use crate::wire::Kind;

/// A provisioning job: Entra's `synchronizationJob`, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// Its name, e.g. `scim.<tenant>.<id>`.
    pub id: String,
    /// Up to when changes were sent; none before the first cycle has ended.
    #[serde(default)]
    pub watermark: Option<Timestamp>,
    /// Which object of the target belongs to which of the source. Kept in a file of their own.
    #[serde(skip)]
    pub links: BTreeMap<ObjectId, Link>,
    /// What failed and is tried again; a list in the file.
    #[serde(default, with = "super::escrow::list")]
    pub escrows: BTreeMap<(ObjectId, Part), Escrow>,
    /// Disables and deletes that wait to be allowed.
    #[serde(default)]
    pub staged: BTreeMap<ObjectId, Staged>,
    /// Whether the next cycle may disable and delete as many as it finds.
    #[serde(default)]
    pub deletes_allowed: bool,
    /// The quarantine, if it is in one.
    #[serde(default)]
    pub quarantine: Option<Quarantine>,
    /// A cycle that was stopped and can be resumed.
    #[serde(default)]
    pub pending: Option<Pending>,
    /// Why it was switched off by itself.
    #[serde(default)]
    pub disabled: Option<String>,
    /// The last cycle.
    #[serde(default)]
    pub last: Option<Summary>,
    /// The last cycle that ended without failures.
    #[serde(default)]
    pub last_successful: Option<Summary>,
    /// When the first cycle after a start had nothing more to do.
    #[serde(default)]
    pub steady_since: Option<Timestamp>,
    /// Cycles in a row that failed as a whole.
    #[serde(default)]
    pub successive_failures: u32,
    /// Escrows that were given up.
    #[serde(default)]
    pub escrows_pruned: u64,
    /// When the next cycle begins by itself.
    #[serde(default)]
    pub next_run: Option<Timestamp>,
}

/// An object of the target that belongs to one of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// User or group.
    pub kind: Kind,
    /// The target's id.
    pub target_id: String,
    /// What it was called when it was last written: for those who are gone from the source.
    pub name: String,
    /// Whether it was left active.
    pub active: bool,
    /// The manager that was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<ObjectId>,
    /// The members that were added.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub members: BTreeSet<ObjectId>,
}

/// The rest of a cycle that was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pending {
    /// Whether it was an initial cycle.
    pub initial: bool,
    /// When it began; changes since then are looked at as well.
    pub began: Timestamp,
    /// Objects that were not looked at.
    pub objects: BTreeSet<ObjectId>,
    /// Objects whose references were not written.
    pub references: BTreeSet<ObjectId>,
}

/// How a cycle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CycleState {
    /// Everything was done.
    Succeeded,
    /// The target cannot be provisioned to.
    Failed,
    /// Some objects failed.
    EntryLevelErrors,
    /// It was stopped and can be resumed.
    Stopped,
}

/// What a cycle came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Its id.
    pub cycle_id: String,
    /// Whether it looked at everything.
    pub initial: bool,
    /// Where it sent to: the Tenant URL without flags.
    pub target: String,
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How it ended.
    pub state: CycleState,
    /// Objects looked at.
    pub imported: u64,
    /// Of those, objects that are to be in the target.
    pub entitled: u64,
    /// Objects created.
    pub created: u64,
    /// Objects changed, managers and members included.
    pub updated: u64,
    /// Users disabled.
    pub disabled: u64,
    /// Objects deleted.
    pub deleted: u64,
    /// Disables and deletes that were staged.
    pub staged: u64,
    /// Objects with nothing to do.
    pub skipped: u64,
    /// Objects that failed, references included.
    pub failed: u64,
    /// What is tried again.
    pub escrowed: u64,
    /// Requests sent.
    pub requests: u64,
    /// Why it failed as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a restart forgets; Graph's `resetScope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResetScope {
    /// Nothing.
    None,
    /// The links: everything is matched anew.
    ConnectorDataStore,
    /// What is tried again.
    Escrows,
    /// The watermark: the next cycle is an initial one.
    Watermark,
    /// The quarantine.
    QuarantineState,
    /// All of these.
    Full,
    /// Nothing; but staged disables and deletes are allowed.
    ForceDeletes,
}

/// What *Restart provisioning* forgets.
pub const RESTART: &[ResetScope] = &[
    ResetScope::QuarantineState,
    ResetScope::Watermark,
    ResetScope::Escrows,
];

impl Job {
    /// A job that has done nothing.
    pub fn new(id: String) -> Self {
        Self {
            id,
            watermark: None,
            links: BTreeMap::new(),
            escrows: BTreeMap::new(),
            staged: BTreeMap::new(),
            deletes_allowed: false,
            quarantine: None,
            pending: None,
            disabled: None,
            last: None,
            last_successful: None,
            steady_since: None,
            successive_failures: 0,
            escrows_pruned: 0,
            next_run: None,
        }
    }

    /// Forgets what the scopes say, and can run again at once. No scope means [`RESTART`].
    pub fn restart(&mut self, scopes: &[ResetScope]) {
        let scopes = if scopes.is_empty() { RESTART } else { scopes };
        for scope in scopes {
            match scope {
                ResetScope::None => {}
                ResetScope::ConnectorDataStore => self.links.clear(),
                ResetScope::Escrows => self.escrows.clear(),
                ResetScope::Watermark => self.forget_watermark(),
                ResetScope::QuarantineState => self.leave_quarantine(),
                ResetScope::ForceDeletes => self.allow_deletes(),
                ResetScope::Full => {
                    self.links.clear();
                    self.escrows.clear();
                    self.forget_watermark();
                    self.leave_quarantine();
                }
            }
        }
        self.disabled = None;
        self.next_run = None;
    }

    fn forget_watermark(&mut self) {
        self.watermark = None;
        self.pending = None;
        self.steady_since = None;
    }

    fn leave_quarantine(&mut self) {
        self.quarantine = None;
        self.successive_failures = 0;
        self.staged.clear();
        self.deletes_allowed = false;
    }

    /// *Allow deletes*: the next cycle does what is staged.
    pub fn allow_deletes(&mut self) {
        self.deletes_allowed = true;
        self.next_run = None;
    }

    /// *Reject deletes*: what is staged is forgotten, and those objects are left as they are in the
    /// target until they change or provisioning is restarted.
    pub fn reject_deletes(&mut self) {
        self.leave_quarantine();
    }

    /// Whether a cycle would look at everything.
    pub fn is_initial(&self) -> bool {
        self.pending
            .as_ref()
            .map_or(self.watermark.is_none(), |pending| pending.initial)
    }

    /// The escrow of an object's part, if it has one.
    pub fn escrow(&self, id: &ObjectId, part: Part) -> Option<&Escrow> {
        self.escrows.get(&(id.clone(), part))
    }
}
