//! `scim-desk logs …`

mod replay;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use provisioning::journal::chain::Anchor;
use provisioning::journal::export::{self, Export};
use provisioning::journal::{Event, Query};
use provisioning::plan::render::{counted, plain};
use provisioning::{Engine, bundle};

use super::Failure;
use super::terminal::{note, say, table};
use super::walking::Walking;
use crate::diagnostics;

/// The provisioning log: search it, export it, verify it, replay from it, get help with it.
#[derive(Debug, Subcommand)]
pub(super) enum Logs {
    /// Print the newest events that match, the newest last.
    Search(Search),
    /// Write the events that match to a file.
    Export(ExportLogs),
    /// Tell whether any event was altered or removed.
    Verify(Verify),
    /// Send requests again, to a copy in Test Mode, and print what they would do now.
    Replay(replay::Replay),
    /// Print every value that a person ever had, and who set it.
    Person(Person),
    /// Print what happened, as sentences.
    Activity(Activity),
    /// Write what helps somebody who helps, without personal data.
    Bundle(Bundle),
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Such as: status:failure since:24h
    #[arg(default_value = "", allow_hyphen_values = true)]
    query: String,
    /// Events at most.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Pseudonyms instead of personal data.
    #[arg(long)]
    mask: bool,
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

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A head that was printed earlier: is it still part of the chain?
    #[arg(long, value_name = "HEAD")]
    head: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Person {
    /// An address, or the id of a directory user or an account.
    person: String,
}

#[derive(Debug, Args)]
pub(super) struct Activity {
    /// Only these events, such as: since:7d
    #[arg(default_value = "since:24h", allow_hyphen_values = true)]
    query: String,
}

#[derive(Debug, Args)]
pub(super) struct Bundle {
    /// The archive to write.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
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
            Self::Search(search) => search.run(engine),
            Self::Export(export) => export.run(engine),
            Self::Verify(verify) => verify.run(engine),
            Self::Replay(replay) => replay.run(engine),
            Self::Person(person) => person.run(engine),
            Self::Activity(activity) => activity.run(engine),
            Self::Bundle(bundle) => bundle.run(engine),
        }
    }
}

impl Search {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let query = Query::parse(&self.query, engine.now())?;
        let journal = engine.journal();
        let mask = self.mask.then(|| journal.mask()).transpose()?;
        let mut rows = Vec::new();
        for event in journal.matching(&query).take(self.limit) {
            let event = event?;
            let event = mask
                .as_ref()
                .map_or_else(|| event.clone(), |mask| mask.event(&event));
            rows.push(row(&event));
        }
        rows.reverse();
        note(&counted(rows.len() as u64, "event"));
        if !rows.is_empty() {
            say(&table(&rows))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn row(event: &Event) -> Vec<String> {
    vec![
        event.id.to_string(),
        event.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        event.action.clone(),
        event.identity.clone(),
        event.status.name().to_owned(),
        event.reason.clone(),
    ]
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
        note(&counted(exported.count, "event"));
        Ok(ExitCode::SUCCESS)
    }
}

impl Verify {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let anchor = self.head.map(|head| head.parse::<Anchor>()).transpose()?;
        let mut walking = Walking::new("Verifying")?;
        let verified = engine
            .journal()
            .verify(anchor.as_ref(), &mut |progress| walking.show(progress));
        walking.end();
        let verified = verified?;
        for finding in &verified.findings {
            say(&finding.to_string())?;
        }
        if verified.more > 0 {
            say(&format!("And {} more.", verified.more))?;
        }
        if verified.unchained > 0 {
            note(&format!(
                "{} recorded before the log was chained; nothing can be said about them.",
                counted(verified.unchained, "event")
            ));
        }
        note(&format!(
            "{} compared with the chain.",
            counted(verified.events, "event")
        ));
        if verified.through > 0 {
            note(&format!(
                "Events up to number {} are gone by the limits of the log, or older than the chain.",
                verified.through
            ));
        }
        if !verified.is_whole() {
            return Ok(ExitCode::FAILURE);
        }
        note(
            "None of them was altered, and none was removed. Note the head to ask for it later with --head:",
        );
        say(&verified.head)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Person {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let person = engine.person(&self.person)?;
        let (journal, mut before, mut rows) = (engine.journal(), None, Vec::new());
        loop {
            let page = journal.timeline(&person, before, 1_000)?;
            rows.extend(page.events.iter().flat_map(values));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        rows.reverse();
        note(&format!(
            "{}: {}",
            plain(&person.name),
            counted(rows.len() as u64, "value")
        ));
        if !rows.is_empty() {
            say(&table(&rows))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A row for each value that an event set, the last first.
fn values(event: &Event) -> Vec<Vec<String>> {
    let blank = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    let who = match (event.sync, &event.client) {
        (Some(sync), _) if event.is_only_planned() => format!("Sync {sync}, planned only"),
        (Some(sync), _) => format!("Sync {sync}"),
        (None, Some(client)) => client.name.clone(),
        (None, None) => event.source.clone(),
    };
    let fields = event.modified.iter().rev();
    fields
        .map(|field| {
            vec![
                event.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                who.clone(),
                field.path.clone(),
                blank(&field.before),
                blank(&field.after),
            ]
        })
        .collect()
}

impl Activity {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let query = Query::parse(&self.query, engine.now())?;
        let (journal, mut before, mut lines) = (engine.journal(), None, Vec::new());
        loop {
            let told = journal.activity(&query, before)?;
            let line = |one: &provisioning::journal::activity::Activity| {
                format!(
                    "{}  {}",
                    one.from.strftime("%Y-%m-%d %H:%M"),
                    plain(&one.sentence)
                )
            };
            lines.extend(told.list.iter().map(line));
            before = told.next;
            if before.is_none() {
                break;
            }
        }
        lines.iter().rev().try_for_each(|line| say(line))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Bundle {
    fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let folder = diagnostics::folder(engine.data_dir());
        let parts = engine.support_bundle(&diagnostics::versions(), Some(&folder))?;
        for part in &parts {
            note(&format!(
                "{} ({}): {}",
                part.name,
                counted(part.text.len() as u64, "byte"),
                part.purpose
            ));
        }
        say(&bundle::write(&parts, &self.out)?.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}
