//! What the identity provider has sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which users or groups of the directory to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DirectoryRequest {
    /// Words looked for in names, userName and externalId; empty for all.
    pub search: String,
    /// Users only: active or not.
    pub active: Option<bool>,
    /// Users only: attributes to show beside what is always there, by path; unknown ones have no values.
    pub columns: Vec<String>,
    /// In which order; null for the usual one.
    #[serde(default)]
    pub sort: Option<Sort>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// By which column a list is sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sort {
    /// The column's id.
    pub column: String,
    /// The other way round.
    pub descending: bool,
}

/// A page of directory users, by userName.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UsersPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<UserRow>,
}

/// One user the identity provider has sent.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserRow {
    /// SCIM id.
    pub id: String,
    /// displayName, or what stands for it.
    pub name: String,
    /// userName.
    pub user_name: String,
    /// active.
    pub active: bool,
    /// Groups it is a member of.
    pub groups: u64,
    /// meta.lastModified.
    pub last_modified: String,
    /// The console account it is linked to.
    pub account: Option<NamedRef>,
    /// Path → text of the attributes asked for.
    pub values: BTreeMap<String, String>,
}

/// What the list of users can show beside what it always shows: a column for each attribute of the schemas.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserColumns {
    /// In the order of the schemas.
    pub columns: Vec<ColumnInfo>,
}

/// One attribute that makes a column.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ColumnInfo {
    /// What to ask for.
    pub path: String,
    /// What stands above it.
    pub title: String,
    /// The schema's name: "User", "Enterprise User".
    pub schema: String,
    /// One sentence about it.
    pub description: String,
}

/// An id with the name to show for it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamedRef {
    /// What to ask for.
    pub id: String,
    /// What to show.
    pub name: String,
}

/// One object by its id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ObjectId {
    /// SCIM id or account id.
    pub id: String,
}

/// All about one directory user.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserDetail {
    /// The row.
    pub row: UserRow,
    /// Every attribute, flattened.
    pub attributes: Vec<AttributeValue>,
    /// Its groups, the first 200.
    pub groups: Vec<NamedRef>,
    /// The resource as the server answers it, pretty-printed.
    pub json: String,
}

/// One attribute of a resource, flattened: `emails[work].value`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttributeValue {
    /// The schema's name: "User", "Enterprise User".
    pub schema: String,
    /// The path.
    pub path: String,
    /// The value as text.
    pub value: String,
    /// What the console calls the field it feeds; null when it feeds none.
    pub feeds: Option<String>,
}

/// A page of directory groups, by displayName.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupsPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<GroupRow>,
}

/// One group the identity provider has sent.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupRow {
    /// SCIM id.
    pub id: String,
    /// displayName.
    pub name: String,
    /// externalId, or empty.
    pub external_id: String,
    /// How many members.
    pub members: u64,
    /// meta.lastModified.
    pub last_modified: String,
}

/// All about one directory group.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupDetail {
    /// The row.
    pub row: GroupRow,
    /// Its members, the first 200.
    pub members: Vec<NamedRef>,
    /// The resource without its members, pretty-printed.
    pub json: String,
}
