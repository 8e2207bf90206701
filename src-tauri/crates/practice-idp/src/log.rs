//! The provider's own provisioning log: a row for each object that a cycle looked at, with Entra's
//! columns, its steps, and the requests it took.

mod export;
mod file;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::organisation::ObjectId;
use crate::wire::{Kind, Method};

pub use export::{ExportError, Exported, Names, graph, write_csv, write_json};
pub use file::{LogError, LogFile};

/// What was done, by Entra's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// A new object.
    Create,
    /// Attributes or references.
    Update,
    /// Removed from the target.
    Delete,
    /// `active` became false.
    Disable,
    /// A disable or delete that waits to be allowed.
    StagedDelete,
    /// Nothing was to be done.
    Other,
}

impl Action {
    /// As the log shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Disable => "Disable",
            Self::StagedDelete => "StagedDelete",
            Self::Other => "Other",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Done.
    Success,
    /// Not done.
    Failure,
    /// Nothing was to be done.
    Skipped,
    /// Done in part.
    Warning,
}

impl Status {
    /// As the log shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Failure => "Failure",
            Self::Skipped => "Skipped",
            Self::Warning => "Warning",
        }
    }
}

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepKind {
    /// Reading the source.
    Import,
    /// Finding the object in the target.
    Matching,
    /// Deciding whether it is in scope.
    Scoping,
    /// Comparing.
    Processing,
    /// Managers and members.
    ReferenceResolution,
    /// Writing to the target.
    Export,
}

/// One step of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Entra's name of it, e.g. `EntryExportAdd`.
    pub name: String,
    /// What it is about.
    pub kind: StepKind,
    /// How it ended.
    pub status: Status,
    /// In a sentence.
    pub description: String,
    /// Facts by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
}

/// An attribute that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Modified {
    /// The target attribute.
    pub name: String,
    /// What the target had; none if nothing.
    pub old: Option<String>,
    /// What it has now; none if nothing.
    pub new: Option<String>,
}

/// A request and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// The method.
    pub method: Method,
    /// Path and query below the Tenant URL.
    pub target: String,
    /// The HTTP status; none if there was no answer.
    pub status: Option<u16>,
    /// Under which the server's log has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its own id, and that of the change: what the three CSV files are joined by.
    pub change_id: String,
    /// When.
    pub at: Timestamp,
    /// The cycle.
    pub cycle_id: String,
    /// What was done.
    pub action: Action,
    /// How it ended.
    pub status: Status,
    /// How long it took.
    pub duration_ms: u64,
    /// User or group.
    pub kind: Kind,
    /// The source's id.
    pub source_id: ObjectId,
    /// The display name.
    pub name: String,
    /// `userPrincipalName` or the group's name.
    pub reportable: String,
    /// The target's id, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// What went wrong, or why it was skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// What was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modified: Vec<Modified>,
    /// The requests, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// Which rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Name, address or id holds this, whatever the case.
    pub text: String,
    /// Only these.
    pub status: Option<Status>,
    /// Only these.
    pub action: Option<Action>,
    /// Only those of this cycle.
    pub cycle_id: Option<String>,
}

impl Filter {
    /// Whether a row is wanted.
    pub fn admits(&self, entry: &Entry) -> bool {
        let wanted = self.text.to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        let target = entry.target_id.as_deref().unwrap_or_default();
        let code = entry.fault.as_ref().map_or("", |fault| &fault.code);
        let texts = [&entry.name, &entry.reportable, &entry.source_id.0, target, code];
        (wanted.is_empty() || texts.iter().any(|text| holds(text)))
            && self.status.is_none_or(|status| status == entry.status)
            && self.action.is_none_or(|action| action == entry.action)
            && self
                .cycle_id
                .as_ref()
                .is_none_or(|cycle| *cycle == entry.cycle_id)
    }

    /// Whether every row is wanted.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    pub(super) fn entry(number: i64) -> Entry {
        Entry {
            change_id: format!("change-{number}"),
            at: Timestamp::from_second(1_767_600_000).unwrap() + SignedDuration::from_hours(24 * number),
            cycle_id: "cycle-1".to_owned(),
            action: Action::Create,
            status: Status::Success,
            duration_ms: 3,
            kind: Kind::User,
            source_id: ObjectId(format!("id-{number}")),
            name: format!("Person {number}"),
            reportable: format!("p{number}@contoso.com"),
            target_id: None,
            fault: None,
            steps: vec![Step {
                name: "EntryImportAdd".to_owned(),
                kind: StepKind::Import,
                status: Status::Success,
                description: "Read.".to_owned(),
                details: BTreeMap::new(),
            }],
            modified: Vec::new(),
            exchanges: vec![Exchange {
                method: Method::Post,
                target: "/Users".to_owned(),
                status: Some(201),
                request_id: Some(format!("r{number}")),
            }],
        }
    }

    fn ids(found: &[Entry]) -> Vec<&str> {
        found.iter().map(|entry| entry.change_id.as_str()).collect()
    }

    #[test]
    fn rows_are_paged_and_found_and_a_cut_line_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.jsonl");
        let mut log = LogFile::open(&path).unwrap();
        for number in 1..=5 {
            log.append(&entry(number)).unwrap();
        }
        let (count, found) = log.page(&Filter::default(), 1, 2).unwrap();
        assert_eq!((count, ids(&found)), (5, vec!["change-4", "change-3"]));
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 9]).unwrap();
        let mut log = LogFile::open(&path).unwrap();
        log.append(&entry(6)).unwrap();
        let by_text = Filter {
            text: "PERSON 6".to_owned(),
            ..Filter::default()
        };
        assert_eq!(ids(&log.page(&by_text, 0, 9).unwrap().1), ["change-6"]);
        let open = LogFile::open(&path)
            .unwrap()
            .page(&Filter::default(), 0, 9)
            .unwrap();
        assert_eq!(
            ids(&open.1),
            ["change-6", "change-4", "change-3", "change-2", "change-1"]
        );
    }

    #[test]
    fn rows_older_than_thirty_days_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.jsonl");
        let mut log = LogFile::open(&path).unwrap();
        for number in 1..=3 {
            log.append(&entry(number)).unwrap();
        }
        let now = entry(31).at + SignedDuration::from_hours(1);
        assert_eq!(log.forget_old(now).unwrap(), 1);
        log.append(&entry(32)).unwrap();
        assert_eq!(
            ids(&log.page(&Filter::default(), 0, 9).unwrap().1),
            ["change-32", "change-3", "change-2"]
        );
        assert_eq!(log.forget_old(entry(99).at).unwrap(), 3);
        assert!(LogFile::open(&path).unwrap().is_empty());
    }
}
