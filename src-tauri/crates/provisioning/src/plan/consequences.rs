//! What a plan means for people, whatever the console calls it.

use serde::{Deserialize, Serialize};

use super::{Action, Change, Plan, Target, keys};
use crate::mapping::{MANAGER_EMAIL, MANAGER_NAME};

/// Something that happens to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Consequence {
    /// The account is archived.
    LosesAccess,
    /// An account is made, or comes back.
    GetsAccess,
    /// The account has another address.
    ChangesAddress,
    /// The account names another manager.
    ChangesManager,
    /// In a group from now on.
    JoinsGroup,
    /// In a group no longer.
    LeavesGroup,
}

impl Consequence {
    /// All of them, what matters most first.
    pub const ALL: [Self; 6] = [
        Self::LosesAccess,
        Self::GetsAccess,
        Self::ChangesAddress,
        Self::ChangesManager,
        Self::JoinsGroup,
        Self::LeavesGroup,
    ];

    /// Whether `change` does this to somebody.
    pub fn is_of(self, change: &Change) -> bool {
        let is_person = matches!(change.target, Target::User { .. });
        let is_membership = matches!(change.target, Target::Membership { .. });
        let has = |wanted: &[&str]| {
            is_person
                && change.action != Action::Create
                && change
                    .fields
                    .iter()
                    .any(|field| wanted.contains(&field.key.as_str()))
        };
        match self {
            Self::LosesAccess => is_person && change.action == Action::Archive,
            Self::GetsAccess => is_person && matches!(change.action, Action::Create | Action::Restore),
            Self::ChangesAddress => has(&[keys::EMAIL]),
            Self::ChangesManager => has(&[MANAGER_EMAIL, MANAGER_NAME]),
            Self::JoinsGroup => is_membership && change.action == Action::Create,
            Self::LeavesGroup => is_membership && change.action == Action::Archive,
        }
    }
}

/// How many times each happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Consequences {
    /// Accounts archived.
    pub loses_access: u64,
    /// Accounts made or restored.
    pub gets_access: u64,
    /// Accounts with another address.
    pub changes_address: u64,
    /// Accounts with another manager.
    pub changes_manager: u64,
    /// Memberships added.
    pub joins_group: u64,
    /// Memberships removed.
    pub leaves_group: u64,
}

impl Plan {
    /// What it means for people.
    pub fn consequences(&self) -> Consequences {
        let mut counts = Consequences::default();
        for change in &self.changes {
            for consequence in Consequence::ALL.into_iter().filter(|one| one.is_of(change)) {
                *counts.of(consequence) += 1;
            }
        }
        counts
    }
}

impl Consequences {
    fn of(&mut self, consequence: Consequence) -> &mut u64 {
        match consequence {
            Consequence::LosesAccess => &mut self.loses_access,
            Consequence::GetsAccess => &mut self.gets_access,
            Consequence::ChangesAddress => &mut self.changes_address,
            Consequence::ChangesManager => &mut self.changes_manager,
            Consequence::JoinsGroup => &mut self.joins_group,
            Consequence::LeavesGroup => &mut self.leaves_group,
        }
    }
}
