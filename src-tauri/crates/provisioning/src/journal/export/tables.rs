//! CSV: three files joined by change id, the same in one archive, or one file for everything.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Writer;
use crate::error::{Error, Result};
use crate::files::{BYTE_ORDER_MARK, Staged, cell, failed, table};
use crate::journal::{Event, Step};
use crate::plan::FieldChange;

const EVENT_HEADINGS: &[&str] = &[
    "Change ID",
    "Date",
    "Kind",
    "Action",
    "Identity",
    "Target ID",
    "Status",
    "Reason",
    "Source",
    "Sync",
    "Duration (ms)",
    "Method",
    "Path",
    "HTTP status",
    "Dialect notes",
    "Client",
    "Client recognised by",
];
const STEP_HEADINGS: &[&str] = &["Change ID", "Step", "Name", "Status", "Description"];
const MODIFIED_HEADINGS: &[&str] = &["Change ID", "Property", "Attribute", "Old value", "New value"];

/// A CSV file under way.
struct Table {
    path: PathBuf,
    rows: csv::Writer<Staged>,
}

impl Table {
    fn at(path: &Path, headings: &[&str], bom: bool) -> Result<Self> {
        let mut file = Staged::beside(path)?;
        if bom {
            file.put(BYTE_ORDER_MARK)?;
        }
        let mut table = Self {
            path: path.to_owned(),
            rows: table(file),
        };
        table.row(headings.iter().copied())?;
        Ok(table)
    }

    fn row(&mut self, cells: impl Iterator<Item = impl AsRef<str>>) -> Result<()> {
        let written = self.rows.write_record(cells.map(|text| cell(text.as_ref())));
        written.map_err(|error| failed(&self.path)(error.into()))
    }

    fn end(self) -> Result<Staged> {
        let ended = self.rows.into_inner();
        ended.map_err(|error| failed(&self.path)(io::Error::other(error.error().to_string())))
    }
}

/// The three files, beside each other.
pub(super) struct Three {
    events: Table,
    steps: Table,
    modified: Table,
}

impl Three {
    pub(super) fn beside(path: &Path, bom: bool) -> Result<Self> {
        Ok(Self {
            events: Table::at(path, EVENT_HEADINGS, bom)?,
            steps: Table::at(&named_beside(path, "_ProvisioningSteps"), STEP_HEADINGS, bom)?,
            modified: Table::at(&named_beside(path, "_ModifiedProperties"), MODIFIED_HEADINGS, bom)?,
        })
    }

    fn add(&mut self, event: &Event) -> Result<()> {
        self.events.row(event_row(event).iter())?;
        for (place, step) in (1..).zip(&event.steps) {
            self.steps.row(step_row(event, place, step).iter())?;
        }
        for field in &event.modified {
            self.modified.row(modified_row(event, field).iter())?;
        }
        Ok(())
    }
}

impl Writer for Three {
    fn event(&mut self, event: &Event) -> Result<bool> {
        self.add(event).map(|()| true)
    }

    fn end(self: Box<Self>) -> Result<Vec<PathBuf>> {
        let files = [self.events.end()?, self.steps.end()?, self.modified.end()?];
        files.into_iter().map(Staged::keep).collect()
    }
}

/// The three files in one archive. They are written beside it first: an archive holds one file
/// after the other, and the log is walked once.
pub(super) struct Zipped {
    tables: Three,
    path: PathBuf,
}

impl Zipped {
    pub(super) fn at(path: &Path, bom: bool) -> Result<Self> {
        Ok(Self {
            tables: Three::beside(path, bom)?,
            path: path.to_owned(),
        })
    }
}

impl Writer for Zipped {
    fn event(&mut self, event: &Event) -> Result<bool> {
        self.tables.add(event).map(|()| true)
    }

    fn end(self: Box<Self>) -> Result<Vec<PathBuf>> {
        let Self { tables, path } = *self;
        let mut archive = ZipWriter::new(Staged::beside(&path)?);
        for (name, table) in [
            ("ProvisioningLogs.csv", tables.events),
            ("ProvisioningLogs_ProvisioningSteps.csv", tables.steps),
            ("ProvisioningLogs_ModifiedProperties.csv", tables.modified),
        ] {
            let mut file = table.end()?.read_back()?;
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .large_file(true);
            let begun = archive.start_file(name, options);
            begun.map_err(|error| refused(&path, error))?;
            io::copy(&mut file, &mut archive).map_err(failed(&path))?;
        }
        let mut file = archive.finish().map_err(|error| refused(&path, error))?;
        file.flush().map_err(failed(&path))?;
        Ok(vec![file.keep()?])
    }
}

fn refused(path: &Path, error: zip::result::ZipError) -> Error {
    failed(path)(error.into())
}

/// One file: what the other two say stands in a cell each, a line for each step or property.
pub(super) struct Single(Table);

impl Single {
    pub(super) fn at(path: &Path, bom: bool) -> Result<Self> {
        let headings: Vec<&str> = EVENT_HEADINGS
            .iter()
            .copied()
            .chain(["Steps", "Modified properties"])
            .collect();
        Table::at(path, &headings, bom).map(Self)
    }
}

impl Writer for Single {
    fn event(&mut self, event: &Event) -> Result<bool> {
        let mut row = event_row(event);
        let step = |step: &Step| format!("{} ({}): {}", step.name, step.status.name(), step.detail);
        row.push(lines(event.steps.iter().map(step)));
        let blank = |value: &Option<String>| value.clone().unwrap_or_else(|| "(none)".to_owned());
        let field = |field: &FieldChange| {
            format!(
                "{}: {} → {}",
                field.path,
                blank(&field.before),
                blank(&field.after)
            )
        };
        row.push(lines(event.modified.iter().map(field)));
        self.0.row(row.iter()).map(|()| true)
    }

    fn end(self: Box<Self>) -> Result<Vec<PathBuf>> {
        Ok(vec![self.0.end()?.keep()?])
    }
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

/// `logs.csv` → `logs_ProvisioningSteps.csv`.
fn named_beside(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    path.with_file_name(format!("{stem}{suffix}{ending}"))
}

fn event_row(event: &Event) -> Vec<String> {
    let (exchange, client) = (event.exchange.as_ref(), event.client.as_ref());
    let notes: Vec<_> = event.notes.iter().map(|note| note.sentence.clone()).collect();
    vec![
        event.change_id.clone(),
        event.at.to_string(),
        event.kind.name().to_owned(),
        event.action.clone(),
        event.identity.clone(),
        event.target.clone(),
        event.status.name().to_owned(),
        event.reason.clone(),
        event.source.clone(),
        event.sync.map(|sync| sync.to_string()).unwrap_or_default(),
        milliseconds(event.duration_us),
        exchange
            .map(|exchange| exchange.method.clone())
            .unwrap_or_default(),
        exchange.map(|exchange| exchange.path.clone()).unwrap_or_default(),
        exchange
            .map(|exchange| exchange.status.to_string())
            .unwrap_or_default(),
        notes.join(" "),
        client.map(|client| client.name.clone()).unwrap_or_default(),
        client.map(|client| client.reason.clone()).unwrap_or_default(),
    ]
}

fn milliseconds(microseconds: u64) -> String {
    format!("{}.{:03}", microseconds / 1_000, microseconds % 1_000)
}

fn step_row(event: &Event, place: usize, step: &Step) -> [String; 5] {
    [
        event.change_id.clone(),
        place.to_string(),
        step.name.clone(),
        step.status.name().to_owned(),
        step.detail.clone(),
    ]
}

fn modified_row(event: &Event, field: &FieldChange) -> [String; 5] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        event.change_id.clone(),
        field.label.clone(),
        field.path.clone(),
        text(&field.before),
        text(&field.after),
    ]
}
