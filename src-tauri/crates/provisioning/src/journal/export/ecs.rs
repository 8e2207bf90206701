//! JSON Lines in the Elastic Common Schema, for a SIEM. What the schema has no field for is under
//! `scim_desk`, a name of our own, as the schema asks for custom fields.

use std::path::Path;

use serde_json::{Value, json};

use super::{Lines, Writer};
use crate::error::Result;
use crate::files::Staged;
use crate::journal::{Event, EventKind, Exchange, Status};

/// The version of the schema whose fields these are.
const VERSION: &str = "8.11.0";

pub(super) fn lines(path: &Path, tenant: String) -> Result<impl Writer + use<>> {
    Ok(Lines(Staged::beside(path)?, move |event: &Event| {
        document(event, &tenant)
    }))
}

/// An event as a document of the schema; fields that say nothing are left out.
fn document(event: &Event, tenant: &str) -> Value {
    let mut document = json!({
        "@timestamp": event.at.to_string(),
        "ecs": { "version": VERSION },
        "message": message(event),
        "event": about(event),
        "observer": { "product": "SCIM Desk", "type": "scim-server", "version": env!("CARGO_PKG_VERSION") },
        "organization": { "id": tenant },
        "trace": { "id": event.change_id },
        "user_agent": { "original": event.source },
        "user": user(event),
        "group": group(event),
        "error": (event.status == Status::Failure).then(|| json!({ "message": event.reason })),
        "http": event.exchange.as_ref().map(http),
        "url": event.exchange.as_ref().map(url),
        "scim_desk": ours(event),
    });
    without_nulls(&mut document);
    document
}

fn message(event: &Event) -> String {
    let parts = [&event.action, &event.identity, &event.reason];
    let told: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    told.join(" · ")
}

fn about(event: &Event) -> Value {
    let noun = if is_about_group(event) { "group" } else { "user" };
    let verb = match event.action.split(' ').next().unwrap_or_default() {
        "POST" | "Create" => "creation",
        "DELETE" => "deletion",
        "GET" => "info",
        _ => "change",
    };
    let category = match event.kind {
        EventKind::Admin => "configuration",
        EventKind::Request | EventKind::Sync => "iam",
    };
    let types = match event.kind {
        EventKind::Admin => json!(["admin", "change"]),
        EventKind::Request | EventKind::Sync => json!([noun, verb]),
    };
    let outcome = match event.status {
        Status::Success | Status::Warning => "success",
        Status::Failure => "failure",
        Status::Skipped => "unknown",
    };
    json!({
        "kind": "event",
        "category": [category],
        "type": types,
        "action": event.action,
        "outcome": outcome,
        "duration": event.duration_us.saturating_mul(1_000),
        "id": event.id.to_string(),
        "sequence": event.id,
        "module": "scim_desk",
        "dataset": "scim_desk.provisioning",
        "provider": event.client.as_ref().map(|client| &client.name),
        "reason": some(&event.reason),
    })
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn is_about_group(event: &Event) -> bool {
    event.action.to_lowercase().contains("group")
}

fn user(event: &Event) -> Option<Value> {
    let is_one = !is_about_group(event) && event.kind != EventKind::Admin && !event.identity.is_empty();
    is_one.then(|| json!({ "target": { "id": some(&event.target), "name": event.identity } }))
}

fn group(event: &Event) -> Option<Value> {
    let is_one = is_about_group(event) && !event.identity.is_empty();
    is_one.then(|| json!({ "id": some(&event.target), "name": event.identity }))
}

fn http(exchange: &Exchange) -> Value {
    let content = |body: &Option<String>| {
        body.as_ref()
            .map(|body| json!({ "content": body, "bytes": body.len() }))
    };
    json!({
        "request": { "method": exchange.method, "body": content(&exchange.request_body) },
        "response": { "status_code": exchange.status, "body": content(&exchange.response_body) },
    })
}

fn url(exchange: &Exchange) -> Value {
    let (path, query) = match exchange.path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (exchange.path.as_str(), None),
    };
    json!({ "original": exchange.path, "path": path, "query": query })
}

fn ours(event: &Event) -> Value {
    let steps: Vec<_> = event.steps.iter().collect();
    let quirks: Vec<_> = event.notes.iter().map(|note| note.quirk.name()).collect();
    json!({
        "kind": event.kind.name(),
        "status": event.status.name(),
        "identity": some(&event.identity),
        "target": some(&event.target),
        "sync": event.sync,
        "steps": steps,
        "modified": event.modified,
        "quirks": quirks,
    })
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}
