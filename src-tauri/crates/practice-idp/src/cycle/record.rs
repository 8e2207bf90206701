//! A row of the log while it is being written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value as Json;

use super::Surroundings;
use crate::fault::Fault;
use crate::log::{Action, Entry, Exchange, Modified, Status, Step, StepKind};
use crate::organisation::ObjectId;
use crate::target::Answer;
use crate::wire::{Change, Kind, Request};

/// Steps and requests, as they happen.
#[derive(Debug, Default)]
pub(super) struct Trail {
    pub(super) steps: Vec<Step>,
    pub(super) modified: Vec<Modified>,
    pub(super) exchanges: Vec<Exchange>,
}

/// Of whom a row is.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) id: ObjectId,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) reportable: String,
}

impl Trail {
    pub(super) fn sent(&mut self, request: &Request, answer: Option<&Answer>) {
        self.exchanges.push(Exchange {
            method: request.method,
            target: request.target(),
            status: answer.map(|answer| answer.status),
            request_id: answer.and_then(|answer| answer.request_id.clone()),
        });
    }

    pub(super) fn step(&mut self, name: &str, kind: StepKind, status: Status, description: String) {
        self.step_with(name, kind, status, description, BTreeMap::new());
    }

    pub(super) fn step_with(
        &mut self,
        name: &str,
        kind: StepKind,
        status: Status,
        description: String,
        details: BTreeMap<String, String>,
    ) {
        self.steps.push(Step {
            name: name.to_owned(),
            kind,
            status,
            description,
            details,
        });
    }

    /// What a create or update writes.
    pub(super) fn modify(&mut self, changes: &[Change]) {
        let value = |change: &Change, value: Option<&Json>| {
            let text = value.and_then(shown);
            if change.redacted {
                text.map(|_| "[Redact]".to_owned())
            } else {
                text
            }
        };
        let one = |change: &Change| Modified {
            name: change.path.to_string(),
            old: value(change, change.before.as_ref()),
            new: value(change, Some(&change.after)),
        };
        self.modified.extend(changes.iter().map(one));
    }
}

/// A value for people; nothing where there is none.
pub(super) fn shown(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Bool(true) => Some("True".to_owned()),
        Json::Bool(false) => Some("False".to_owned()),
        other => Some(other.to_string()),
    }
}

/// How an object's turn ended.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) action: Action,
    pub(super) status: Status,
    pub(super) fault: Option<Fault>,
    pub(super) target_id: Option<String>,
}

impl Ending {
    pub(super) fn new(action: Action, status: Status, target_id: Option<String>) -> Self {
        Self {
            action,
            status,
            fault: None,
            target_id,
        }
    }

    pub(super) fn failure(action: Action, fault: Fault, target_id: Option<String>) -> Self {
        Self {
            action,
            status: Status::Failure,
            fault: Some(fault),
            target_id,
        }
    }

    /// Skipped, under Entra's code and with its reason in a sentence.
    pub(super) fn skipped(code: &str, reason: &str, recommended: &str, target_id: Option<String>) -> Self {
        Self {
            action: Action::Other,
            status: Status::Skipped,
            fault: Some(Fault::new(code, reason, recommended)),
            target_id,
        }
    }
}

/// Puts a row together.
pub(super) fn entry(
    around: &Surroundings<'_>,
    cycle_id: &str,
    began: Timestamp,
    subject: &Subject,
    trail: Trail,
    ending: Ending,
) -> Entry {
    let now = (around.now)();
    let took = now.duration_since(began).as_millis();
    Entry {
        change_id: (around.chance)(),
        at: now,
        cycle_id: cycle_id.to_owned(),
        action: ending.action,
        status: ending.status,
        duration_ms: u64::try_from(took).unwrap_or(0),
        kind: subject.kind,
        source_id: subject.id.clone(),
        name: subject.name.clone(),
        reportable: subject.reportable.clone(),
        target_id: ending.target_id,
        fault: ending.fault,
        steps: trail.steps,
        modified: trail.modified,
        exchanges: trail.exchanges,
    }
}
