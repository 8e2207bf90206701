//! `scim-desk accounts …`

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use provisioning::Engine;
use provisioning::accounts::{Account, State, fold, read_addresses, read_csv};
use serde_json::{Value, json};

use super::Failure;
use super::terminal::{say, table};

/// The console's accounts: list them, import some, protect one, or keep addresses out of syncs.
#[derive(Debug, Subcommand)]
pub(super) enum Accounts {
    /// Print every account, by address.
    List {
        /// Print accounts and groups as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Import accounts from a CSV file, all rows or none.
    Import {
        /// The file; its first line names the columns.
        file: PathBuf,
    },
    /// Protect an account from being archived by a sync: that is held back, always.
    Protect {
        /// The account's address.
        address: String,
        /// Take the protection away.
        #[arg(long)]
        off: bool,
    },
    /// The exempt list: addresses that provisioning leaves alone.
    #[command(subcommand)]
    Exempt(Exempt),
}

/// The exempt list: addresses that provisioning leaves alone.
#[derive(Debug, Subcommand)]
pub(super) enum Exempt {
    /// Print it.
    List,
    /// Put the addresses of a CSV file on it.
    Add {
        /// The file; the column Email, or else the first.
        file: PathBuf,
    },
    /// Take the addresses of a CSV file from it.
    Remove {
        /// The file; the column Email, or else the first.
        file: PathBuf,
    },
}

impl Accounts {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::List { json: true } => say(&as_json(engine)?)?,
            Self::List { json: false } => say(&as_table(&engine.accounts("")?))?,
            Self::Import { file } => {
                let rows = read_csv(&file)?;
                let imported = engine.import_accounts(&rows, &name_of(&file))?;
                say(&format!(
                    "{} created, {} changed, {} unchanged.",
                    imported.created, imported.changed, imported.unchanged
                ))?;
            }
            Self::Protect { address, off } => {
                let account = engine.set_protected(&account_with(engine, &address)?.id, !off)?;
                let is = if off {
                    "is not protected any more"
                } else {
                    "is protected: no sync archives it"
                };
                say(&format!("The account {} {is}.", account.email))?;
            }
            Self::Exempt(command) => command.run(engine)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Exempt {
    fn run(self, engine: &Engine) -> Result<(), Failure> {
        match self {
            Self::List => {
                let list = engine.exempt_list()?;
                if list.is_empty() {
                    return say("The exempt list is empty.");
                }
                let lines: Vec<&str> = list.iter().map(|entry| entry.address.as_str()).collect();
                say(&lines.join("\n"))
            }
            Self::Add { file } => {
                let added = engine.add_exempt(&read_addresses(&file)?, &name_of(&file))?;
                say(&format!("{added} added to the exempt list."))
            }
            Self::Remove { file } => {
                let removed = engine.remove_exempt(&read_addresses(&file)?, &name_of(&file))?;
                say(&format!("{removed} removed from the exempt list."))
            }
        }
    }
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The account with this address: an active one before an archived one.
pub(super) fn account_with(engine: &Engine, address: &str) -> Result<Account, Failure> {
    let folded = fold(address);
    let mut found = engine.accounts("")?;
    found.retain(|account| account.addresses().any(|one| one == folded));
    found.sort_by_key(|account| account.state == State::Archived);
    found.into_iter().next().ok_or_else(|| {
        Failure::general(format!(
            "There is no account with the address {address}. To see them all: scim-desk accounts list"
        ))
    })
}

fn as_table(accounts: &[Account]) -> String {
    if accounts.is_empty() {
        return "There are no accounts yet.".to_owned();
    }
    let heading = ["E-mail address", "Name", "State", "Managed by"]
        .map(str::to_owned)
        .to_vec();
    let rows = accounts.iter().map(|account| {
        let state = if account.state == State::Active {
            "Active"
        } else {
            "Archived"
        };
        vec![
            account.email.clone(),
            account.name(),
            state.to_owned(),
            account.managed_by.name().to_owned(),
        ]
    });
    table(&std::iter::once(heading).chain(rows).collect::<Vec<_>>())
}

/// Accounts as stored, and groups with the addresses of their members.
fn as_json(engine: &Engine) -> Result<String, Failure> {
    let console = engine.console()?;
    let address: HashMap<&str, &str> = console
        .accounts
        .iter()
        .map(|account| (account.id.as_str(), account.email.as_str()))
        .collect();
    let groups: Vec<Value> = console
        .groups
        .iter()
        .map(|group| {
            let members = console.members.get(&group.id).into_iter().flatten();
            let mut members: Vec<_> = members.map(|id| address.get(id.as_str()).copied().unwrap_or(id)).collect();
            members.sort_unstable();
            json!({ "name": group.name, "state": group.state, "managedBy": group.managed_by, "members": members })
        })
        .collect();
    let value = json!({ "accounts": engine.accounts("")?, "groups": groups });
    serde_json::to_string_pretty(&value).map_err(|error| Failure::general(error.to_string()))
}
