//! `scim-desk reports …`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use provisioning::Engine;
use provisioning::plan::ActionCounts;
use provisioning::plan::render::plain;
use provisioning::reports::export;

use super::Failure;
use super::terminal::{say, table};

/// Syncs listed at most.
const LISTED: usize = 200;

/// List the syncs; show, compare or export their reports.
#[derive(Debug, Clone, Subcommand)]
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
    /// Print what only one of two reports has.
    Compare {
        /// The earlier sync's number.
        from: u64,
        /// The later sync's number.
        to: u64,
    },
    /// Write the report of one sync to a file.
    Export {
        /// The sync's number.
        id: u64,
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
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
            Self::Compare { from, to } => say(&compare(engine, from, to)?)?,
            Self::Export { id, format, out } => {
                let done = engine.reports().export(id, format.into(), &out)?;
                say(&format!("{} rows written to {}", done.count, out.display()))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The rows that only one of two reports has: those that are gone with `<`, new ones with `>`.
fn compare(engine: &Engine, from: u64, to: u64) -> Result<String, Failure> {
    let reports = engine.reports();
    let found = reports.compare(from, to)?;
    let mut lines = vec![format!(
        "From report {from} to report {to}: {} new, {} gone, {} the same.",
        found.new, found.gone, found.same
    )];
    for (sign, of, but) in [('<', from, to), ('>', to, from)] {
        let (_, rows) = reports.rows_only_in(of, but, 0, usize::MAX)?;
        lines.extend(
            rows.iter()
                .map(|(_, row)| format!("{sign} {}", plain(&row.headline()))),
        );
    }
    Ok(lines.join("\n"))
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
