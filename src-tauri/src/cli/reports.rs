//! `scim-desk reports …`

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use provisioning::Engine;
use provisioning::plan::ActionCounts;
use provisioning::reports::export;

use super::Failure;
use super::terminal::{say, table};

/// Syncs listed at most.
const LISTED: usize = 200;

/// List the syncs, or show the report of one.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Reports {
    /// The newest 200 syncs.
    List,
    /// The report of one sync.
    Show {
        /// The sync's number.
        id: u64,
        /// How to print it.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Csv,
    Html,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Html => Self::Html,
        }
    }
}

impl Reports {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::List => say(&list(engine)?)?,
            Self::Show { id, format } => say(engine.reports().render(id, format.into())?.trim_end())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(engine: &Engine) -> Result<String, Failure> {
    let (_, runs) = engine.reports().list(None, 0, LISTED)?;
    if runs.is_empty() {
        return Ok("No sync has run yet. To run one: scim-desk sync".to_owned());
    }
    let heading = [
        "Sync",
        "Started",
        "Status",
        "Mode",
        "Users",
        "Groups",
        "Memberships",
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = runs.into_iter().map(|run| {
        vec![
            run.id.to_string(),
            run.started.to_string(),
            run.status.name().to_owned(),
            if run.test_mode { "Test" } else { "Live" }.to_owned(),
            counts(run.counts.users),
            counts(run.counts.groups),
            counts(run.counts.memberships),
        ]
    });
    Ok(table(&std::iter::once(heading).chain(rows).collect::<Vec<_>>()))
}

fn counts(counts: ActionCounts) -> String {
    format!(
        "+{} ~{} −{} ↺{}",
        counts.created, counts.changed, counts.archived, counts.restored
    )
}
