//! `scim-desk accounts …`

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use provisioning::Engine;
use provisioning::accounts::{Account, State, read_csv};
use serde_json::{Value, json};

use super::Failure;
use super::terminal::{say, table};

/// List the console's accounts, or import some.
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
}

impl Accounts {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::List { json: true } => say(&as_json(engine)?)?,
            Self::List { json: false } => say(&as_table(&engine.accounts("")?))?,
            Self::Import { file } => {
                let rows = read_csv(&file)?;
                let name = file
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let imported = engine.import_accounts(&rows, &name)?;
                say(&format!(
                    "{} created, {} changed, {} unchanged.",
                    imported.created, imported.changed, imported.unchanged
                ))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
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
