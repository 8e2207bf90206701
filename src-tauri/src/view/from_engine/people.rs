//! Directory users and groups, and console accounts.

use provisioning::accounts::{self, Account};
use provisioning::directory::{Column, Directory, Kind, Resource};
use provisioning::mapping;

use crate::view::{
    AccountField, AccountRow, AccountState, ColumnInfo, GroupRow, ManagedBy, NamedRef, UserRow,
};

impl UserRow {
    /// A stored user, with the account it is linked to.
    pub(crate) fn of(
        user: &Resource,
        directory: Directory<'_>,
        account: Option<&Account>,
        columns: &[Column],
    ) -> provisioning::Result<Self> {
        Ok(Self {
            id: user.id.clone(),
            name: user.display_name(),
            user_name: user.name(Kind::User).to_owned(),
            active: user.is_active(),
            groups: directory.group_count(&user.id)?,
            last_modified: user.modified.to_string(),
            account: account.map(|account| NamedRef {
                id: account.id.clone(),
                name: account.email.clone(),
            }),
            values: columns
                .iter()
                .map(|column| (column.path(), column.text(user)))
                .collect(),
        })
    }
}

impl GroupRow {
    /// A stored group.
    pub(crate) fn of(group: &Resource, directory: Directory<'_>) -> provisioning::Result<Self> {
        Ok(Self {
            id: group.id.clone(),
            name: group.name(Kind::Group).to_owned(),
            external_id: group.text("externalId").to_owned(),
            members: directory.member_count(&group.id)?,
            last_modified: group.modified.to_string(),
        })
    }
}

impl From<&Column> for ColumnInfo {
    fn from(column: &Column) -> Self {
        Self {
            path: column.path(),
            title: column.title(),
            schema: column.schema.to_owned(),
            description: column.description().to_owned(),
        }
    }
}

impl From<accounts::State> for AccountState {
    fn from(state: accounts::State) -> Self {
        match state {
            accounts::State::Active => Self::Active,
            accounts::State::Archived => Self::Archived,
        }
    }
}

impl From<accounts::ManagedBy> for ManagedBy {
    fn from(by: accounts::ManagedBy) -> Self {
        match by {
            accounts::ManagedBy::Console => Self::Console,
            accounts::ManagedBy::Scim => Self::Scim,
            accounts::ManagedBy::Adi => Self::Adi,
        }
    }
}

impl From<&Account> for AccountRow {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.clone(),
            name: account.name(),
            email: account.email.clone(),
            state: account.state.into(),
            managed_by: account.managed_by.into(),
            exempt: account.exempt,
            protected: account.protected,
            last_changed: account.changed.to_string(),
        }
    }
}

impl AccountField {
    /// Every field of an account, empty ones too, in the order of the mapping.
    pub(crate) fn all_of(account: &Account) -> Vec<Self> {
        let field = |field: &mapping::Field| Self {
            label: field.label.to_owned(),
            path: field.path.to_owned(),
            value: account.fields.get(field.key).cloned(),
        };
        mapping::FIELDS.iter().map(field).collect()
    }
}
