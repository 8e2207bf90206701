//! `scim-desk logs …`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use provisioning::Engine;
use provisioning::journal::Query;
use provisioning::journal::export::{self, Export};

use super::Failure;
use super::terminal::{note, say};
use super::walking::Walking;

/// Export the provisioning log.
#[derive(Debug, Subcommand)]
pub(super) enum Logs {
    /// Write the events that match to a file.
    Export(ExportLogs),
}

#[derive(Debug, Args)]
pub(super) struct ExportLogs {
    /// The format; csv writes three files, joined by change id.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; what is there is replaced.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Only these, such as: status:failure since:24h
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    query: String,
    /// Pseudonyms instead of personal data.
    #[arg(long)]
    mask: bool,
    /// CSV without a byte order mark, for readers that do not know it.
    #[arg(long)]
    no_bom: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Three files: events, steps, modified properties.
    Csv,
    /// The three files in one archive.
    CsvZip,
    /// One file: steps and modified properties in a cell each.
    CsvSingle,
    /// An array in the shape of Graph's provisioningObjectSummary.
    Json,
    /// One event a line, as stored.
    Jsonl,
    /// HTTP Archive of the requests.
    Har,
    /// Elastic Common Schema, one document a line.
    Ecs,
    /// A page to print.
    Html,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::CsvZip => Self::CsvZip,
            Format::CsvSingle => Self::CsvSingle,
            Format::Json => Self::Json,
            Format::Jsonl => Self::JsonLines,
            Format::Har => Self::Har,
            Format::Ecs => Self::Ecs,
            Format::Html => Self::Html,
        }
    }
}

impl Logs {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::Export(export) => export.run(engine),
        }
    }
}

impl ExportLogs {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let export = Export {
            query: Query::parse(&self.query, engine.now())?,
            format: self.format.into(),
            masked: self.mask,
            byte_order_mark: !self.no_bom,
        };
        let mut walking = Walking::new("Exporting")?;
        let journal = engine.journal();
        let exported = journal.export(&export, &self.out, &mut |progress| walking.show(progress));
        walking.end();
        let exported = exported?;
        for file in &exported.files {
            say(&file.display().to_string())?;
        }
        note(&provisioning::plan::render::counted(exported.count, "event"));
        Ok(ExitCode::SUCCESS)
    }
}
