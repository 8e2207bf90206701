//! The plan: every change a sync would make, each with its reason and its fields before → after.
//!
//! `plan` is pure: the same directory, console and settings give the same plan. Applying,
//! showing, counting and exporting are four readers of this one value.

mod consequences;
mod groups;
mod held;
pub(crate) mod keys;
mod matching;
mod people;
mod reason;
pub mod render;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use consequences::{Consequence, Consequences};
pub(crate) use groups::row as field_of_group;
pub use held::{Held, HeldBy};
pub(crate) use people::row as field_of_account;
pub use reason::Reason;
use serde::{Deserialize, Serialize};

use crate::accounts::{Console, is_email};
use crate::mapping;

/// A directory user as a plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// SCIM id.
    pub id: String,
    /// userName, as sent.
    pub user_name: String,
    /// The name to show.
    pub name: String,
    /// active.
    pub active: bool,
    /// The account fields it feeds by itself.
    pub fields: BTreeMap<String, String>,
    /// The SCIM id of its manager.
    pub manager: Option<String>,
}

/// A directory group as a plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryGroup {
    /// SCIM id.
    pub id: String,
    /// displayName.
    pub name: String,
    /// SCIM ids of its members; those that are groups are not carried into the console.
    pub members: Vec<String>,
}

/// What a plan is made from.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Directory users, by age.
    pub people: Vec<Person>,
    /// Directory groups, by age.
    pub groups: Vec<DirectoryGroup>,
    /// The console as it stands.
    pub console: Console,
    /// Objects that an administrator has put on hold.
    pub holds: HashSet<Target>,
    /// Folded addresses on the exempt list: no account is made for one.
    pub exempt: BTreeSet<String>,
}

/// What a change does. The symbol is the same on every screen and in every export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// A new account or group; a membership: added.
    Create,
    /// Other values.
    Change,
    /// Put away; a membership: removed.
    Archive,
    /// Taken back into use.
    Restore,
}

/// What a change is made to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "object", rename_all = "camelCase")]
pub enum Target {
    /// An account.
    User {
        /// Its id; for a new one, the id it will have.
        account: String,
    },
    /// A console group.
    Group {
        /// Its id; for a new one, the id it will have.
        group: String,
    },
    /// An account in a console group.
    Membership {
        /// The group's id.
        group: String,
        /// The account's id.
        account: String,
    },
}

/// One field, before → after; `None` is "no value".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What [`crate::apply`] sets.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// The SCIM attribute behind it.
    pub path: String,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// One change of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it does.
    pub action: Action,
    /// To what.
    #[serde(flatten)]
    pub target: Target,
    /// The directory user or group behind it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory: Option<String>,
    /// The person's or group's name.
    pub name: String,
    /// The person's address; for a membership the group's name; for a group empty.
    pub detail: String,
    /// Why.
    pub why: Reason,
    /// Before → after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// Mapped fields that have a value and stay as they are.
    #[serde(default)]
    pub unchanged: u32,
}

/// Something left alone, or something to know, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The person's or group's name.
    pub name: String,
    /// The userName, or empty.
    pub detail: String,
    /// Why.
    pub why: Reason,
}

/// Every change a sync would make.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Users, then groups, then memberships.
    pub changes: Vec<Change>,
    /// What would be changed, were it not held back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
    /// What was left alone.
    pub skipped: Vec<Notice>,
    /// What to know.
    pub warnings: Vec<Notice>,
    /// Objects compared.
    pub compared: u64,
    /// Accounts that are active before any of it: what the guard rail's percentage is of.
    pub active_accounts: u64,
}

/// Created, changed, archived, restored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCounts {
    /// `+`
    pub created: u64,
    /// `~`
    pub changed: u64,
    /// `−`
    pub archived: u64,
    /// `↺`
    pub restored: u64,
}

impl ActionCounts {
    fn add(&mut self, action: Action) {
        match action {
            Action::Create => self.created += 1,
            Action::Change => self.changed += 1,
            Action::Archive => self.archived += 1,
            Action::Restore => self.restored += 1,
        }
    }

    /// All four together.
    pub fn total(&self) -> u64 {
        self.created + self.changed + self.archived + self.restored
    }
}

/// The matrix of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Accounts.
    pub users: ActionCounts,
    /// Groups.
    pub groups: ActionCounts,
    /// Memberships.
    pub memberships: ActionCounts,
    /// Held back; reports of earlier versions have none.
    #[serde(default)]
    pub held: u64,
    /// Left alone.
    pub skipped: u64,
    /// To know.
    pub warnings: u64,
}

impl Counts {
    /// The rows of a report.
    pub fn rows(&self) -> u64 {
        let changes = self.users.total() + self.groups.total() + self.memberships.total();
        changes + self.held + self.skipped + self.warnings
    }
}

impl Plan {
    /// Compares the directory with the console.
    pub fn make(inputs: &Inputs) -> Self {
        let mut plan = Self {
            compared: (inputs.people.len() + inputs.groups.len() + inputs.console.accounts.len()) as u64,
            ..Self::default()
        };
        let accounts = people::plan(inputs, &mut plan);
        groups::plan(inputs, &accounts, &mut plan);
        plan
    }

    /// Adds a change, or holds it back.
    fn take(&mut self, change: Option<Change>, held: Option<HeldBy>) {
        match (change, held) {
            (Some(change), None) => self.changes.push(change),
            (Some(change), Some(by)) => self.held.push(Held { change, by }),
            (None, _) => {}
        }
    }

    /// The matrix.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            held: self.held.len() as u64,
            skipped: self.skipped.len() as u64,
            warnings: self.warnings.len() as u64,
            ..Counts::default()
        };
        for change in &self.changes {
            match change.target {
                Target::User { .. } => counts.users.add(change.action),
                Target::Group { .. } => counts.groups.add(change.action),
                Target::Membership { .. } => counts.memberships.add(change.action),
            }
        }
        counts
    }

    /// Whether the console would stay as it is.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Person {
    /// The address it means: its userName, for a user that was deleted softly without the mark.
    pub fn address(&self) -> &str {
        match without_tombstone(&self.user_name) {
            Some(address) if !self.active => address,
            _ => &self.user_name,
        }
    }

    /// Whether the identity provider deleted it softly: it is inactive, and its name has the mark.
    pub fn is_deleted_softly(&self) -> bool {
        !self.active && without_tombstone(&self.user_name).is_some()
    }

    /// Reads a directory user.
    pub fn of(user: &crate::directory::Resource) -> Self {
        Self {
            id: user.id.clone(),
            user_name: user.text("userName").to_owned(),
            name: user.display_name(),
            active: user.is_active(),
            fields: mapping::fields_of(&user.attributes),
            manager: mapping::manager_of(&user.attributes),
        }
    }
}

/// Entra renames a user that it deletes softly: 32 hexadecimal digits (the object's id without
/// hyphens) stand before the name.
fn without_tombstone(user_name: &str) -> Option<&str> {
    let (mark, address) = user_name.split_at_checked(32)?;
    let is_mark = mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_mark && is_email(address)).then_some(address)
}

#[cfg(test)]
pub(crate) use tests::fixture as tests_fixture;

#[cfg(test)]
mod tests;
