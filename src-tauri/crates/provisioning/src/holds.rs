//! Holds: objects that no sync changes until they are released.
//!
//! A hold is put on what a row of a report is about (an account, a group, a membership), not on
//! the values in it: the identity provider may send others before the next sync, and nobody has
//! looked at those.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::plan::{Action, Change, Target};
use crate::store::{Key, Space, Store};

/// One object on hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// What is on hold.
    #[serde(flatten)]
    pub target: Target,
    /// What the sync would have done to it when it was put on hold.
    pub action: Action,
    /// The person's or group's name then.
    pub name: String,
    /// The person's address; for a membership the group's name; for a group empty.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
    /// The report it was put on hold from, or the sync that was undone.
    pub run: u64,
}

impl Hold {
    /// A hold on what `change` of a report is about.
    pub(crate) fn of(change: &Change, run: u64, since: Timestamp) -> Self {
        Self {
            target: change.target.clone(),
            action: change.action,
            name: change.name.clone(),
            detail: change.detail.clone(),
            since,
            run,
        }
    }

    /// What is on hold, in a few words: `Mara Okafor <mara@contoso.com>`.
    pub fn what(&self) -> String {
        match self.target {
            Target::User { .. } => format!("{} <{}>", self.name, self.detail),
            Target::Group { .. } => format!("group {}", self.name),
            Target::Membership { .. } => format!("{} in {}", self.name, self.detail),
        }
    }
}

/// Where the hold of an object is stored.
pub(crate) fn key_of(target: &Target) -> Key {
    match target {
        Target::User { account } => Key::pair(Space::Hold, "account", account),
        Target::Group { group } => Key::pair(Space::Hold, "group", group),
        Target::Membership { group, account } => {
            Key::pair(Space::Hold, "membership", &format!("{group}\0{account}"))
        }
    }
}

/// Every hold: accounts, groups, memberships.
pub(crate) fn all(store: &Store) -> Result<Vec<Hold>> {
    store
        .scan::<Hold>(&Key::all(Space::Hold))
        .map(|entry| Ok(entry?.1))
        .collect()
}

/// What is on hold, for a plan.
pub(crate) fn targets(store: &Store) -> Result<HashSet<Target>> {
    Ok(all(store)?.into_iter().map(|hold| hold.target).collect())
}
