//! Console accounts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{NamedRef, Sort};

/// Active or archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AccountState {
    /// In use.
    Active,
    /// Put away, restorable.
    Archived,
}

/// Who decides about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ManagedBy {
    /// The console's administrators.
    Console,
    /// The identity provider, by SCIM.
    Scim,
    /// Active Directory.
    Adi,
}

/// Which accounts to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountsRequest {
    /// Words looked for in names, addresses and fields; empty for all.
    pub search: String,
    /// Only these.
    pub state: Option<AccountState>,
    /// Only these.
    pub managed_by: Option<ManagedBy>,
    /// In which order; null for the usual one.
    #[serde(default)]
    pub sort: Option<Sort>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of accounts, by address.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountsPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<AccountRow>,
}

/// One console account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountRow {
    /// Account id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The address.
    pub email: String,
    /// Active or archived.
    pub state: AccountState,
    /// Who decides about it.
    pub managed_by: ManagedBy,
    /// Kept out of provisioning, by itself or by the exempt list.
    pub exempt: bool,
    /// No sync archives it.
    pub protected: bool,
    /// When a sync, an import or an administrator last changed it.
    pub last_changed: String,
}

/// All about one account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountDetail {
    /// The row.
    pub row: AccountRow,
    /// Alias addresses.
    pub aliases: Vec<String>,
    /// Every field, empty ones too.
    pub fields: Vec<AccountField>,
    /// Console groups it is in.
    pub groups: Vec<NamedRef>,
    /// The directory user it is linked to.
    pub directory_user: Option<NamedRef>,
}

/// One field of an account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountField {
    /// "Job title".
    pub label: String,
    /// The SCIM attribute that feeds it: `title`.
    pub path: String,
    /// The value; null for none.
    pub value: Option<String>,
}

/// Keep an account out of provisioning, or let it in again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptRequest {
    /// Account id.
    pub id: String,
    /// Kept out?
    pub exempt: bool,
}

/// Protect an account from being archived by a sync, or no longer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProtectRequest {
    /// Account id.
    pub id: String,
    /// Protected?
    pub protected: bool,
}

/// The exempt list: addresses that provisioning leaves alone.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptList {
    /// By address.
    pub rows: Vec<ExemptRow>,
}

/// One address of the exempt list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptRow {
    /// The address.
    pub address: String,
    /// Since when.
    pub since: String,
}

/// Put addresses on the exempt list, or take them from it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptAddresses {
    /// The addresses.
    pub addresses: Vec<String>,
    /// On it, or from it?
    pub listed: bool,
}

/// What became of a CSV file of addresses.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptImported {
    /// The file.
    pub path: String,
    /// Addresses in it.
    pub addresses: u64,
    /// Those that were not on the list before.
    pub added: u64,
}

/// The mapping from SCIM attributes to account fields.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mapping {
    /// In the order of the page.
    pub rows: Vec<MappingRow>,
}

/// One field of an account and the attribute that feeds it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MappingRow {
    /// The SCIM attribute.
    pub path: String,
    /// "Job title".
    pub label: String,
    /// Its name in exports and CSV headings.
    pub key: String,
}

/// What an import of accounts did. An import with one bad row does nothing and is an error
/// that names the lines.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Imported {
    /// The file.
    pub path: String,
    /// Accounts that are new.
    pub created: u64,
    /// Accounts that were there and have changed.
    pub changed: u64,
    /// Accounts that were there and are as in the file already.
    pub unchanged: u64,
}
