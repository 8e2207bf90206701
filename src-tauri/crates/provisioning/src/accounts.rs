//! What the organisation's console holds: accounts and groups. Only [`crate::apply`] and an
//! administrator's own action (an import, an exemption) write them.

mod exempt;
mod import;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use exempt::{ExemptAddress, read_addresses};
pub(crate) use exempt::{exempt_key, heed_exempt, read_exempt};
pub use import::{Imported, Row, read_csv};
pub(crate) use import::{is_email, take_rows};

use crate::error::{Error, Result};
use crate::store::{Key, Space, Store};

/// Whether an account or a group is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// In use.
    Active,
    /// Put away; its history stays, and it can be restored.
    Archived,
}

impl State {
    /// As it is stored and as people read it in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Archived]
            .into_iter()
            .find(|one| one.name() == text)
    }
}

/// Who decides about an account or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ManagedBy {
    /// The console's administrators.
    Console,
    /// The identity provider, by SCIM.
    Scim,
    /// Active Directory.
    Adi,
}

impl ManagedBy {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Console => "Console",
            Self::Scim => "SCIM",
            Self::Adi => "ADI",
        }
    }

    /// Reads what [`name`](Self::name) writes, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Console, Self::Scim, Self::Adi]
            .into_iter()
            .find(|one| one.name().eq_ignore_ascii_case(text))
    }
}

/// One person's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Its address; no two active accounts share one.
    pub email: String,
    /// Further addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Active or archived.
    pub state: State,
    /// Who decides about it.
    pub managed_by: ManagedBy,
    /// Kept out of provisioning by an administrator.
    #[serde(default)]
    pub exempt: bool,
    /// Marked by an administrator: a sync that would archive it holds that back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// The directory user it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Field key → value (see [`crate::mapping::FIELDS`]); absent is blank.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// When a sync, an import or an administrator last changed it.
    pub changed: Timestamp,
}

impl Account {
    /// The name to show: display name, first and last name, or the address.
    pub fn name(&self) -> String {
        let field = |key: &str| self.fields.get(key).map(String::as_str).unwrap_or_default();
        let full = format!("{} {}", field("firstName"), field("lastName"));
        [field("displayName"), full.trim()]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or(&self.email)
            .to_owned()
    }

    /// Every address that leads to this account, folded for comparison.
    pub fn addresses(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.email)
            .chain(&self.aliases)
            .map(|address| fold(address))
    }

    /// Whether `words`, folded, are all found in its name, addresses or fields.
    pub fn matches(&self, words: &[String]) -> bool {
        let text = fold(&format!(
            "{} {} {} {}",
            self.name(),
            self.email,
            self.aliases.join(" "),
            self.fields.values().cloned().collect::<Vec<_>>().join(" ")
        ));
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// One group of the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleGroup {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Active or archived.
    pub state: State,
    /// Who decides about it.
    pub managed_by: ManagedBy,
    /// The directory group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// All the console holds, as one value: what a plan compares with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Console {
    /// Accounts, by id.
    pub accounts: Vec<Account>,
    /// Groups, by id.
    pub groups: Vec<ConsoleGroup>,
    /// Group id → account ids.
    pub members: BTreeMap<String, BTreeSet<String>>,
}

/// Text for comparing without regard to case, and as filters do ([`scim::fold`]); blanks around
/// it do not count.
pub fn fold(text: &str) -> String {
    let folded = scim::fold(text);
    match folded.trim() {
        trimmed if trimmed.len() == folded.len() => folded,
        trimmed => trimmed.to_owned(),
    }
}

/// The words of a search box, folded.
pub fn words(search: &str) -> Vec<String> {
    search.split_whitespace().map(fold).collect()
}

/// Reads all the console holds.
pub(crate) fn read_console(store: &Store) -> Result<Console> {
    let accounts = read_all(store, Space::Account)?;
    let groups: Vec<ConsoleGroup> = read_all(store, Space::ConsoleGroup)?;
    let mut members = BTreeMap::new();
    for group in &groups {
        let ids = store
            .keys(&Key::under(Space::ConsoleMember, &group.id))
            .collect::<Result<BTreeSet<_>>>()?;
        members.insert(group.id.clone(), ids);
    }
    Ok(Console {
        accounts,
        groups,
        members,
    })
}

/// Reads every account, by id.
pub(crate) fn read_accounts(store: &Store) -> Result<Vec<Account>> {
    read_all(store, Space::Account)
}

/// Reads one account.
pub(crate) fn read_account(store: &Store, id: &str) -> Result<Account> {
    store
        .get(&Key::named(Space::Account, id))?
        .ok_or_else(|| Error::not_found("account", &id))
}

/// The console groups an account is in.
pub(crate) fn groups_of(store: &Store, account: &str) -> Result<Vec<ConsoleGroup>> {
    let groups: Vec<ConsoleGroup> = read_all(store, Space::ConsoleGroup)?;
    let mut found = Vec::new();
    for group in groups {
        if store.contains(&Key::pair(Space::ConsoleMember, &group.id, account))? {
            found.push(group);
        }
    }
    Ok(found)
}

fn read_all<T: serde::de::DeserializeOwned>(store: &Store, space: Space) -> Result<Vec<T>> {
    store.scan(&Key::all(space)).map(|entry| Ok(entry?.1)).collect()
}
