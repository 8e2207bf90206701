//! The log for other programs: three CSV files joined by the change id, and JSON in the shape of
//! Graph's `provisioningObjectSummary`.
//!
//! The headings of Entra's own CSV files are not published; these are ours.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::{Entry, Filter, LogError, LogFile, Step};
use crate::wire::Kind;

/// What is the same in every row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The job.
    pub job_id: String,
    /// The provider.
    pub source_system: String,
    /// The application.
    pub target_system: String,
}

/// The log was not exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The file cannot be written.
    #[error("{} cannot be written: {reason}. Choose another place, or make room.", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
}

/// What an export wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The rows in the first of them.
    pub count: u64,
}

const ROWS: &[&str] = &[
    "changeId",
    "date",
    "identity",
    "sourceId",
    "targetId",
    "action",
    "sourceSystem",
    "targetSystem",
    "status",
    "errorCode",
    "reason",
    "recommendedAction",
    "durationInMilliseconds",
    "cycleId",
    "jobId",
    "requestIds",
];
const STEPS: &[&str] = &["changeId", "step", "type", "status", "description", "details"];
const MODIFIED: &[&str] = &["changeId", "attribute", "oldValue", "newValue"];

/// Writes rows that match into `path`, and their steps and modified properties into two files
/// beside it: `x.csv`, `x_ProvisioningSteps.csv`, `x_ModifiedProperties.csv`.
pub fn write_csv(
    log: &mut LogFile,
    names: &Names,
    filter: &Filter,
    path: &Path,
) -> Result<Exported, ExportError> {
    let files = vec![
        path.to_owned(),
        beside(path, "ProvisioningSteps"),
        beside(path, "ModifiedProperties"),
    ];
    let mut rows = Table::create(path, ROWS)?;
    let mut steps = Table::create(&beside(path, "ProvisioningSteps"), STEPS)?;
    let mut modified = Table::create(&beside(path, "ModifiedProperties"), MODIFIED)?;
    let mut count = 0;
    log.visit(filter, |entry| {
        count += 1;
        let id = entry.change_id.as_str();
        rows.row(&row(&entry, names))?;
        for step in &entry.steps {
            let details = if step.details.is_empty() {
                String::new()
            } else {
                json!(step.details).to_string()
            };
            let kind = name_of(&json!(step.kind));
            steps.row(&[
                id,
                &step.name,
                &kind,
                step.status.name(),
                &step.description,
                &details,
            ])?;
        }
        for each in &entry.modified {
            let (old, new) = (each.old.as_deref(), each.new.as_deref());
            modified.row(&[id, &each.name, old.unwrap_or_default(), new.unwrap_or_default()])?;
        }
        Ok(())
    })?;
    for table in [rows, steps, modified] {
        table.finish()?;
    }
    Ok(Exported { files, count })
}

/// Writes rows that match as one JSON array, a row a line.
pub fn write_json(
    log: &mut LogFile,
    names: &Names,
    filter: &Filter,
    path: &Path,
) -> Result<Exported, ExportError> {
    let refused = |reason| refused(path, reason);
    let mut out = io::BufWriter::new(File::create(path).map_err(refused)?);
    let mut count = 0;
    log.visit(filter, |entry| {
        out.write_all(if count == 0 { b"[\n" } else { b",\n" })?;
        count += 1;
        Ok(serde_json::to_writer(&mut out, &graph(&entry, names))?)
    })?;
    let end: &[u8] = if count == 0 { b"[]\n" } else { b"\n]\n" };
    out.write_all(end).and_then(|()| out.flush()).map_err(refused)?;
    Ok(Exported {
        files: vec![path.to_owned()],
        count,
    })
}

/// A row in the shape of Graph's `provisioningObjectSummary`; `requests` is ours.
pub fn graph(entry: &Entry, names: &Names) -> Json {
    let target_type = match entry.kind {
        Kind::User => "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        Kind::Group => "urn:ietf:params:scim:schemas:core:2.0:Group",
    };
    let fault = entry.fault.as_ref().map(|fault| {
        json!({
            "errorCode": fault.code, "reason": fault.reason, "additionalDetails": null,
            "errorCategory": "nonServiceFailure", "recommendedAction": fault.recommended,
        })
    });
    let modified = entry
        .modified
        .iter()
        .map(|each| json!({ "displayName": each.name, "oldValue": each.old, "newValue": each.new }));
    json!({
        "id": entry.change_id,
        "activityDateTime": entry.at,
        "jobId": names.job_id,
        "cycleId": entry.cycle_id,
        "changeId": entry.change_id,
        "provisioningAction": entry.action.name().to_lowercase(),
        "durationInMilliseconds": entry.duration_ms,
        "provisioningStatusInfo": { "status": entry.status, "errorInformation": fault },
        "provisioningSteps": entry.steps.iter().map(step).collect::<Vec<_>>(),
        "modifiedProperties": modified.collect::<Vec<_>>(),
        "initiatedBy": { "id": "", "displayName": "Practice identity provider", "initiatorType": "system" },
        "sourceSystem": { "id": "", "displayName": names.source_system, "details": {} },
        "targetSystem": { "id": "", "displayName": names.target_system, "details": {} },
        "sourceIdentity": {
            "id": entry.source_id, "displayName": entry.name, "identityType": entry.kind.name(),
            "details": { "reportableIdentifier": entry.reportable },
        },
        "targetIdentity": { "id": entry.target_id, "displayName": "", "identityType": target_type, "details": {} },
        "requests": entry.exchanges,
    })
}

fn step(step: &Step) -> Json {
    json!({
        "name": step.name, "provisioningStepType": step.kind, "status": step.status,
        "description": step.description, "details": step.details,
    })
}

fn row(entry: &Entry, names: &Names) -> [String; 16] {
    let fault = entry.fault.as_ref();
    let ids = entry
        .exchanges
        .iter()
        .filter_map(|each| each.request_id.as_deref());
    [
        entry.change_id.clone(),
        entry.at.to_string(),
        entry.name.clone(),
        entry.source_id.0.clone(),
        entry.target_id.clone().unwrap_or_default(),
        entry.action.name().to_owned(),
        names.source_system.clone(),
        names.target_system.clone(),
        entry.status.name().to_owned(),
        fault.map(|fault| fault.code.clone()).unwrap_or_default(),
        fault.map(|fault| fault.reason.clone()).unwrap_or_default(),
        fault.map(|fault| fault.recommended.clone()).unwrap_or_default(),
        entry.duration_ms.to_string(),
        entry.cycle_id.clone(),
        names.job_id.clone(),
        ids.collect::<Vec<_>>().join(" "),
    ]
}

fn name_of(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}_{what}.csv"))
}

fn refused(path: &Path, reason: io::Error) -> ExportError {
    ExportError::File {
        path: path.to_owned(),
        reason,
    }
}

/// A CSV file with a heading, which a spreadsheet opens as UTF-8.
struct Table {
    path: PathBuf,
    writer: csv::Writer<File>,
}

impl Table {
    fn create(path: &Path, heading: &[&str]) -> Result<Self, ExportError> {
        let mut file = File::create(path).map_err(|reason| refused(path, reason))?;
        file.write_all("\u{feff}".as_bytes())
            .map_err(|reason| refused(path, reason))?;
        let mut table = Self {
            path: path.to_owned(),
            writer: csv::Writer::from_writer(file),
        };
        table.row(heading).map_err(|reason| refused(path, reason))?;
        Ok(table)
    }

    fn row(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        let cells = cells.iter().map(|cell| harmless(cell.as_ref()));
        self.writer.write_record(cells).map_err(io::Error::other)
    }

    fn finish(mut self) -> Result<(), ExportError> {
        self.writer.flush().map_err(|reason| refused(&self.path, reason))
    }
}

/// A cell that a spreadsheet takes for a formula would run: it gets an apostrophe.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fault::Fault;
    use crate::log::tests::entry;
    use crate::log::{Modified, Status};

    fn names() -> Names {
        Names {
            job_id: "scim.1.2".to_owned(),
            source_system: "Microsoft Entra ID".to_owned(),
            target_system: "KnowBe4".to_owned(),
        }
    }

    #[test]
    fn three_files_are_joined_by_the_change_id() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(&folder.path().join("log.jsonl")).unwrap();
        let mut failed = entry(1);
        failed.status = Status::Failure;
        failed.name = "=cmd()".to_owned();
        failed.fault = Some(Fault::new("Timeout", "Too slow.", "Wait."));
        failed.modified = vec![Modified {
            name: "title".to_owned(),
            old: None,
            new: Some("Clerk, senior".to_owned()),
        }];
        log.append(&failed).unwrap();
        log.append(&entry(2)).unwrap();
        let path = folder.path().join("practice.csv");
        let done = write_csv(&mut log, &names(), &Filter::default(), &path).unwrap();
        assert_eq!((done.count, done.files.len()), (2, 3));
        let texts: Vec<String> = done
            .files
            .iter()
            .map(|file| fs::read_to_string(file).unwrap())
            .collect();
        assert!(
            texts[0].contains(",'=cmd(),") && texts[0].contains(",Timeout,Too slow.,Wait.,"),
            "{}",
            texts[0]
        );
        assert!(
            texts[1].contains("change-1,EntryImportAdd,import,Success,"),
            "{}",
            texts[1]
        );
        assert!(
            texts[2].contains("change-1,title,,\"Clerk, senior\""),
            "{}",
            texts[2]
        );
    }

    #[test]
    fn json_has_the_shape_of_graph() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(&folder.path().join("log.jsonl")).unwrap();
        let path = folder.path().join("practice.json");
        write_json(&mut log, &names(), &Filter::default(), &path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "[]\n");
        log.append(&entry(1)).unwrap();
        log.append(&entry(2)).unwrap();
        write_json(&mut log, &names(), &Filter::default(), &path).unwrap();
        let rows: Vec<Json> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["provisioningAction"], "create");
        assert_eq!(rows[0]["provisioningSteps"][0]["provisioningStepType"], "import");
        assert_eq!(rows[1]["sourceIdentity"]["id"], "id-2");
        assert_eq!(rows[0]["requests"][0]["requestId"], "r1");
    }
}
