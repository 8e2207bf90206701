//! `scim-desk logs …`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use provisioning::Engine;
use provisioning::journal::{Query, export};

use super::Failure;
use super::terminal::say;

/// Export the provisioning log.
#[derive(Debug, Subcommand)]
pub(super) enum Logs {
    /// Write the events that match to a file; CSV writes three, joined by change id.
    Export {
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file to write; what is there is replaced.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
        /// Only these, such as: status:failure since:24h
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        query: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Csv,
    Json,
    Jsonl,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
            Format::Jsonl => Self::JsonLines,
        }
    }
}

impl Logs {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let Self::Export { format, out, query } = self;
        let query = Query::parse(&query, engine.now())?;
        let exported = engine.journal().export(&query, format.into(), &out)?;
        for file in &exported.files {
            say(&file.display().to_string())?;
        }
        super::terminal::note(&provisioning::plan::render::counted(exported.count, "event"));
        Ok(ExitCode::SUCCESS)
    }
}
