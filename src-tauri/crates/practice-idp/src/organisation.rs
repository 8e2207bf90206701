//! Who is there: people, groups, and who is assigned to the application.
//!
//! The attributes have Entra's names (`userPrincipalName`, `jobTitle`, …); other providers' personas
//! read the same ones. Whatever changes an object stamps it with the time of the change: that is
//! what an incremental cycle asks for.

mod assignment;
mod attributes;
mod bin;
mod edits;
mod error;
pub mod files;
mod groups;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::value::{Source, Value};

pub use assignment::Changes;
pub use attributes::ATTRIBUTES;
pub(crate) use attributes::{is_name, proxy_address};
pub use bin::RETENTION_DAYS;
pub use edits::NewPerson;
pub use error::OrganisationError;

/// What an edit results in.
pub type Result<T, E = OrganisationError> = std::result::Result<T, E>;

/// The object id of a person or a group, a UUID as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectId(pub String);

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The object id.
    pub id: ObjectId,
    /// Single-valued attributes by Entra's names; an attribute without a value is not there.
    pub attributes: BTreeMap<String, String>,
    /// `proxyAddresses`, each with its `SMTP:` or `smtp:`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proxy_addresses: Vec<String>,
    /// Whether the person may sign in.
    pub account_enabled: bool,
    /// The manager's object id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<ObjectId>,
    /// Since when the person is in the recycle bin; purged thirty days later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Timestamp>,
    /// When anything of this was last changed, an assignment included.
    pub changed: Timestamp,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The object id.
    pub id: ObjectId,
    /// `displayName`.
    pub display_name: String,
    /// People in it; groups are not nested.
    pub members: BTreeSet<ObjectId>,
    /// When the name, the members or the assignment last changed.
    pub changed: Timestamp,
}

/// All people and groups, and which of them are assigned to the application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// What it is called, e.g. `Contoso`.
    pub name: String,
    /// The people by id, those in the recycle bin included.
    pub people: BTreeMap<ObjectId, Person>,
    /// The groups by id.
    pub groups: BTreeMap<ObjectId, Group>,
    /// People and groups that are assigned; a group assigns its members.
    pub assigned: BTreeSet<ObjectId>,
    /// What was removed for good, and when: what an incremental cycle sends a DELETE for.
    pub purged: BTreeMap<ObjectId, Timestamp>,
}

impl Source for Person {
    fn attribute(&self, name: &str) -> Value {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("objectId") || is("id") {
            return Value::Text(self.id.0.clone());
        }
        if is("accountEnabled") {
            return Value::Bool(self.account_enabled);
        }
        if is("proxyAddresses") {
            return Value::Many(self.proxy_addresses.iter().cloned().map(Value::Text).collect());
        }
        if is("manager") {
            return self.manager.clone().map_or(Value::Null, |id| Value::Text(id.0));
        }
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map_or(Value::Null, |(_, value)| Value::Text(value.clone()))
    }
}

impl Source for Group {
    fn attribute(&self, name: &str) -> Value {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("objectId") || is("id") {
            return Value::Text(self.id.0.clone());
        }
        if is("displayName") {
            return Value::Text(self.display_name.clone());
        }
        if is("members") {
            return Value::Many(self.members.iter().map(|id| Value::Text(id.0.clone())).collect());
        }
        Value::Null
    }
}

#[cfg(test)]
mod tests;
