//! JSON in the shape of Graph's `provisioningObjectSummary`
//! (`reference/identity-providers.md` §2.9), one array of them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Writer;
use crate::error::Result;
use crate::files::Staged;
use crate::journal::{Event, EventKind, Status, Step, advice};

/// What provisioning jobs are called in the export: there is one.
const JOB: &str = "SCIMDesk";

/// The array under way.
pub(super) struct Array {
    file: Staged,
    tenant: String,
    is_empty: bool,
}

impl Array {
    pub(super) fn at(path: &Path, tenant: String) -> Result<Self> {
        Ok(Self {
            file: Staged::beside(path)?,
            tenant,
            is_empty: true,
        })
    }
}

impl Writer for Array {
    fn event(&mut self, event: &Event) -> Result<bool> {
        self.file.put(if self.is_empty { "[\n" } else { ",\n" })?;
        self.is_empty = false;
        self.file.put_json(&graph_shape(event, &self.tenant))?;
        Ok(true)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<PathBuf>> {
        self.file.put(if self.is_empty { "[]\n" } else { "\n]\n" })?;
        Ok(vec![self.file.keep()?])
    }
}

/// An event in Graph's shape. `action` is what Entra's own download calls
/// `provisioningAction`; what Graph has no member for goes into `details`, which is ours.
pub fn graph_shape(event: &Event, tenant: &str) -> Value {
    let steps: Vec<_> = event.steps.iter().map(graph_step).collect();
    let modified: Vec<_> = event
        .modified
        .iter()
        .map(|field| json!({ "displayName": field.label, "oldValue": field.before, "newValue": field.after }))
        .collect();
    let (source, target) = systems(event);
    let kind = identity_type(event);
    json!({
        "id": event.id.to_string(),
        "activityDateTime": event.at.to_string(),
        "tenantId": tenant,
        "jobId": JOB,
        "cycleId": event.sync.map(|sync| sync.to_string()),
        "changeId": event.change_id,
        "action": graph_action(event),
        "provisioningAction": graph_action(event),
        "durationInMilliseconds": event.duration_us / 1_000,
        "provisioningStatusInfo": {
            "status": event.status.name(),
            "errorInformation": (event.status == Status::Failure).then(|| error_information(event)),
        },
        "provisioningSteps": steps,
        "modifiedProperties": modified,
        "servicePrincipal": { "id": tenant, "displayName": "SCIM Desk" },
        "initiatedBy": initiated_by(event),
        "sourceSystem": { "id": "", "displayName": source, "details": {} },
        "targetSystem": { "id": "", "displayName": target, "details": {} },
        "sourceIdentity": { "id": "", "displayName": event.identity, "identityType": kind, "details": {} },
        "targetIdentity": { "id": event.target, "displayName": event.identity, "identityType": kind, "details": {} },
        "details": details(event),
    })
}

fn details(event: &Event) -> Value {
    let exchange = event.exchange.as_ref();
    json!({
        "kind": event.kind.name(),
        "action": event.action,
        "reason": event.reason,
        "source": event.source,
        "method": exchange.map(|exchange| &exchange.method),
        "path": exchange.map(|exchange| &exchange.path),
        "httpStatus": exchange.map(|exchange| exchange.status),
        "client": event.client,
        "notes": event.notes.iter().map(|note| &note.sentence).collect::<Vec<_>>(),
    })
}

fn initiated_by(event: &Event) -> Value {
    let who = if event.kind == EventKind::Admin {
        "user"
    } else {
        "system"
    };
    json!({ "id": "", "displayName": event.source, "initiatorType": who })
}

/// From where and to where the change went.
fn systems(event: &Event) -> (&str, &'static str) {
    match (event.kind, &event.client) {
        (EventKind::Request, Some(client)) => (&client.name, "Directory"),
        (EventKind::Request, None) => (&event.source, "Directory"),
        _ => ("Directory", "Console"),
    }
}

fn error_information(event: &Event) -> Value {
    json!({
        "errorCode": error_code(event),
        "reason": event.reason,
        "additionalDetails": null,
        "errorCategory": if is_ours(event) { "serviceFailure" } else { "nonServiceFailure" },
        "recommendedAction": advice::advice(event).first(),
    })
}

fn is_ours(event: &Event) -> bool {
    event
        .exchange
        .as_ref()
        .is_some_and(|exchange| exchange.status >= 500 && exchange.status != 501)
}

/// Entra's code for what a target answers (`reference/identity-providers.md` §2.9.1).
fn error_code(event: &Event) -> &'static str {
    let exchange = event.exchange.as_ref();
    let names_path = exchange
        .and_then(|exchange| exchange.response_body.as_deref())
        .is_some_and(|body| body.contains("invalidPath"));
    match exchange.map_or(0, |exchange| exchange.status) {
        400 if names_path => "SchemaAttributeNotFound",
        400 => "SystemForCrossDomainIdentityManagementBadRequest",
        401 => "SystemForCrossDomainIdentityManagementInvalidCredentials",
        403 | 405 => "InsufficientRights",
        404 => "InvalidAnchor",
        409 | 412 => "EntryConflict",
        413 | 422 => "UnprocessableEntity",
        429 => "TooManyRequests",
        501 => "NotImplemented",
        500.. => "InternalServerError",
        _ => "InternalError",
    }
}

fn graph_step(step: &Step) -> Value {
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
        "details": {},
    })
}

fn graph_action(event: &Event) -> &'static str {
    let disables = event
        .modified
        .iter()
        .any(|field| field.path == "active" && field.after.as_deref() == Some("false"));
    match event.action.split(' ').next().unwrap_or_default() {
        "POST" | "Create" => "create",
        "PUT" | "PATCH" if disables => "disable",
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
