//! Taking the log along: CSV in three files joined by change id (as Entra's download), JSON in
//! the shape of Graph's `provisioningObjectSummary`, and JSON Lines of the events as stored.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Event, EventKind, Journal, Query};
use crate::error::{Error, Result};
use crate::files::{BYTE_ORDER_MARK, cell, failed, table, write_whole};

/// A format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Three files: events, steps, modified properties.
    Csv,
    /// One array in Graph's shape.
    Json,
    /// One stored event a line.
    JsonLines,
}

impl Format {
    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The files.
    pub files: Vec<PathBuf>,
    /// Events, or rows of a report, in them.
    pub count: u64,
}

impl Journal<'_> {
    /// Writes the events that match `query`, newest first, to `path` (and for CSV beside it).
    /// Every file is whole or not there; what was at `path` before is replaced.
    pub fn export(&self, query: &Query, format: Format, path: &Path) -> Result<Exported> {
        match format {
            Format::Csv => self.export_csv(query, path),
            Format::Json => self.export_json(query, path),
            Format::JsonLines => self.export_lines(query, path),
        }
    }

    fn export_csv(&self, query: &Query, path: &Path) -> Result<Exported> {
        let steps = beside(path, "_ProvisioningSteps");
        let modified = beside(path, "_ModifiedProperties");
        // The log grows meanwhile; the three files tell of the same events.
        let end = self
            .newest_first(None)
            .next()
            .transpose()?
            .map(|event| event.id + 1);
        let events = || self.matching_below(query, end);
        let count = write_table(path, EVENT_HEADINGS, events(), |event| vec![event_row(event)])?;
        write_table(&steps, STEP_HEADINGS, events(), step_rows)?;
        write_table(&modified, MODIFIED_HEADINGS, events(), modified_rows)?;
        Ok(Exported {
            files: vec![path.to_owned(), steps, modified],
            count,
        })
    }

    fn export_json(&self, query: &Query, path: &Path) -> Result<Exported> {
        let count = write_whole(path, |out| {
            let wrong = failed(path);
            let mut count = 0;
            for event in self.matching(query) {
                let event = event?;
                out.write_all(if count == 0 { b"[\n" } else { b",\n" })
                    .map_err(&wrong)?;
                serde_json::to_writer(&mut *out, &graph_shape(&event))
                    .map_err(|error| wrong(error.into()))?;
                count += 1;
            }
            out.write_all(if count == 0 { b"[]\n" } else { b"\n]\n" })
                .map_err(&wrong)?;
            Ok(count)
        })?;
        Ok(Exported {
            files: vec![path.to_owned()],
            count,
        })
    }

    fn export_lines(&self, query: &Query, path: &Path) -> Result<Exported> {
        let count = write_whole(path, |out| {
            let wrong = failed(path);
            let mut count = 0;
            for event in self.matching(query) {
                serde_json::to_writer(&mut *out, &event?).map_err(|error| wrong(error.into()))?;
                out.write_all(b"\n").map_err(&wrong)?;
                count += 1;
            }
            Ok(count)
        })?;
        Ok(Exported {
            files: vec![path.to_owned()],
            count,
        })
    }
}

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

/// `logs.csv` → `logs_ProvisioningSteps.csv`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    path.with_file_name(format!("{stem}{suffix}{ending}"))
}

fn write_table(
    path: &Path,
    headings: &[&str],
    events: impl Iterator<Item = Result<Event>>,
    rows: impl Fn(&Event) -> Vec<Vec<String>>,
) -> Result<u64> {
    write_whole(path, |out| {
        let wrong = |error: csv::Error| Error::File {
            path: path.to_owned(),
            doing: "written",
            reason: error.into(),
        };
        out.write_all(BYTE_ORDER_MARK.as_bytes()).map_err(failed(path))?;
        let mut table = table(out);
        table.write_record(headings).map_err(wrong)?;
        let mut count = 0;
        for event in events {
            for row in rows(&event?) {
                table
                    .write_record(row.iter().map(|text| cell(text)))
                    .map_err(wrong)?;
                count += 1;
            }
        }
        table.flush().map_err(failed(path))?;
        Ok(count)
    })
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

fn step_rows(event: &Event) -> Vec<Vec<String>> {
    let row = |(place, step): (usize, &super::Step)| {
        vec![
            event.change_id.clone(),
            (place + 1).to_string(),
            step.name.clone(),
            step.status.name().to_owned(),
            step.detail.clone(),
        ]
    };
    event.steps.iter().enumerate().map(row).collect()
}

fn modified_rows(event: &Event) -> Vec<Vec<String>> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let row = |field: &crate::plan::FieldChange| {
        vec![
            event.change_id.clone(),
            field.label.clone(),
            field.path.clone(),
            text(&field.before),
            text(&field.after),
        ]
    };
    event.modified.iter().map(row).collect()
}

/// An event in the shape of Graph's `provisioningObjectSummary`. What Graph has no member for
/// goes into `details`.
pub fn graph_shape(event: &Event) -> Value {
    let steps: Vec<_> = event.steps.iter().map(|step| graph_step(event, step)).collect();
    let modified: Vec<_> = event
        .modified
        .iter()
        .map(|field| json!({ "displayName": field.label, "oldValue": field.before, "newValue": field.after }))
        .collect();
    let failed = event.status == super::Status::Failure;
    json!({
        "id": event.id.to_string(),
        "activityDateTime": event.at.to_string(),
        "changeId": event.change_id,
        "cycleId": event.sync.map(|sync| sync.to_string()),
        "jobId": "SCIMDesk",
        "action": graph_action(event),
        "provisioningAction": graph_action(event),
        "durationInMilliseconds": event.duration_us / 1_000,
        "provisioningStatusInfo": {
            "status": event.status.name(),
            "errorInformation": failed.then(|| json!({
                "errorCode": event.exchange.as_ref().map(|exchange| exchange.status.to_string()),
                "reason": event.reason,
                "errorCategory": "nonServiceFailure",
                "recommendedAction": super::advice::advice(event).first(),
            })),
        },
        "provisioningSteps": steps,
        "modifiedProperties": modified,
        "initiatedBy": { "displayName": event.source, "initiatorType": if event.kind == EventKind::Admin { "user" } else { "system" } },
        "sourceSystem": { "displayName": if event.kind == EventKind::Request { &event.source } else { "Directory" } },
        "targetSystem": { "displayName": if event.kind == EventKind::Request { "Directory" } else { "Console" } },
        "sourceIdentity": { "displayName": event.identity, "identityType": identity_type(event) },
        "targetIdentity": { "id": event.target, "displayName": event.identity, "identityType": identity_type(event) },
        "details": {
            "kind": event.kind.name(),
            "action": event.action,
            "reason": event.reason,
            "method": event.exchange.as_ref().map(|exchange| &exchange.method),
            "path": event.exchange.as_ref().map(|exchange| &exchange.path),
            "httpStatus": event.exchange.as_ref().map(|exchange| exchange.status),
            "client": event.client,
            "notes": event.notes.iter().map(|note| &note.sentence).collect::<Vec<_>>(),
        },
    })
}

fn graph_step(event: &Event, step: &super::Step) -> Value {
    let kind = match step.name.as_str() {
        "Import" | "Validate" => "import",
        "Scope" => "scoping",
        "Match" => "matching",
        "Apply" | "Store" => "export",
        _ => "processing",
    };
    json!({
        "name": step.name,
        "provisioningStepType": kind,
        "status": step.status.name(),
        "description": step.detail,
        "provisioningStepTimestamp": event.at.to_string(),
    })
}

fn graph_action(event: &Event) -> &'static str {
    match event.action.split(' ').next().unwrap_or_default() {
        "POST" | "Create" => "create",
        "PUT" | "PATCH" | "Change" | "Restore" => "update",
        "DELETE" => "delete",
        "Archive" => "disable",
        _ => "other",
    }
}

fn identity_type(event: &Event) -> &'static str {
    if event.action.to_lowercase().contains("group") {
        "Group"
    } else {
        "User"
    }
}
