//! `scim-desk mapping`

use std::process::ExitCode;

use clap::Args;

use super::Failure;
use super::terminal::{say, table};

/// Print which SCIM attribute feeds which field of an account.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Mapping {}

impl Mapping {
    pub(super) fn run() -> Result<ExitCode, Failure> {
        let heading = ["SCIM attribute", "Account field", "CSV heading"]
            .map(str::to_owned)
            .to_vec();
        let rows = provisioning::mapping::rows().into_iter();
        let rows = rows.map(|row| [row.path, row.label, row.key].map(str::to_owned).to_vec());
        say(&table(&std::iter::once(heading).chain(rows).collect::<Vec<_>>()))?;
        Ok(ExitCode::SUCCESS)
    }
}
