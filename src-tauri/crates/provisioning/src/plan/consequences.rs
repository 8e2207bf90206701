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
        let mut fields = change.fields.iter().filter(|_| is_person);
        match self {
            Self::LosesAccess => is_person && change.action == Action::Archive,
            Self::GetsAccess => is_person && matches!(change.action, Action::Create | Action::Restore),
            Self::ChangesAddress => fields
                .any(|field| field.key == keys::EMAIL && field.before.is_some() && field.after.is_some()),
            Self::ChangesManager => {
                matches!(change.action, Action::Change | Action::Restore)
                    && fields.any(|field| [MANAGER_EMAIL, MANAGER_NAME].contains(&field.key.as_str()))
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests_fixture as fixture;

    #[test]
    fn each_consequence_is_counted_and_found() {
        let inputs = fixture::read(
            r#"
//- console
mara    managed-by=scim managerEmail=ana@contoso.example managerName=ana
jonas   managed-by=scim
ana     managed-by=scim
lidia   managed-by=scim state=archived
//- identity provider
mara    user-name=okafor@contoso.example manager=patti
ana
lidia
patti
//- console groups
Sales   members="mara ana" managed-by=scim
//- groups
Sales   members="patti ana"
"#,
        );
        let plan = Plan::make(&inputs);
        let expected = Consequences {
            loses_access: 1,
            gets_access: 2,
            changes_address: 1,
            changes_manager: 1,
            joins_group: 1,
            leaves_group: 1,
        };
        assert_eq!(plan.consequences(), expected);
        let names = |consequence: Consequence| {
            let changes = plan.changes.iter().filter(|change| consequence.is_of(change));
            changes.map(|change| change.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(Consequence::LosesAccess), ["jonas@contoso.example"]);
        assert_eq!(names(Consequence::GetsAccess), ["patti", "lidia"]);
        assert_eq!(names(Consequence::ChangesManager), ["mara"]);
        assert_eq!(names(Consequence::LeavesGroup), ["mara@contoso.example"]);
    }
}
