//! Changes of objects that the target has.

use serde_json::{Map, Value as Json, json};

use super::create::typed;
use super::{Change, Kind, Request, Writer, place};
use crate::persona::{Activation, Update};

impl Writer<'_> {
    /// Changes attributes. `current` is the object as the target returned it, which a PUT sends back
    /// with the changes in it.
    pub fn update(self, kind: Kind, id: &str, changes: &[Change], current: &Json) -> Request {
        let form = match kind {
            Kind::User => self.persona.users.update,
            Kind::Group => self.persona.groups.update,
        };
        match form {
            Update::PatchEach => self.patch(kind, id, &self.one_each(changes)),
            Update::PatchMerged => self.patch(kind, id, &merged(changes)),
            Update::PatchWithId => self.patch(kind, id, &[with_id(id, changes)]),
            Update::PatchRfc => self.patch(kind, id, &replaced(changes)),
            Update::Put => self.put(kind, id, with(current, changes)),
        }
    }

    /// Switches a user off or on.
    pub fn activate(self, id: &str, active: bool, current: &Json) -> Request {
        let operation = match self.persona.users.active {
            Activation::Text => json!({ "op": "Replace", "path": "active", "value": capital(active) }),
            Activation::CapitalBoolean => json!({ "op": "Replace", "path": "active", "value": active }),
            Activation::Boolean => json!({ "op": "replace", "path": "active", "value": active }),
            Activation::Pathless => json!({ "op": "replace", "value": { "active": active } }),
            Activation::Put => {
                let mut body = current.as_object().cloned().unwrap_or_default();
                body.insert("active".to_owned(), json!(active));
                return self.put(Kind::User, id, Json::Object(body));
            }
        };
        self.patch(Kind::User, id, &[operation])
    }

    /// An operation an attribute, in capitals: Entra by default.
    fn one_each(self, changes: &[Change]) -> Vec<Json> {
        let one = |change: &Change| {
            let op = if change.before.is_some() { "Replace" } else { "Add" };
            let value = self.value(change);
            json!({ "op": op, "path": change.path.to_string(), "value": value })
        };
        changes.iter().map(one).collect()
    }

    /// `active` is text in Entra's older form.
    fn value(self, change: &Change) -> Json {
        let is_active = change.path.is_core("active");
        match typed(is_active, &change.after) {
            Json::Bool(active) if is_active && self.persona.users.active == Activation::Text => {
                json!(capital(active))
            }
            value => value,
        }
    }
}

fn capital(active: bool) -> &'static str {
    if active { "True" } else { "False" }
}

/// Values of filtered paths, and what was empty, one by one; then all the rest in one operation.
fn merged(changes: &[Change]) -> Vec<Json> {
    let (mut operations, mut rest) = (Vec::new(), Map::new());
    for change in changes {
        let (path, value) = (
            change.path.to_string(),
            typed(change.path.is_core("active"), &change.after),
        );
        match (&change.before, &change.path.filter) {
            (None, _) => operations.push(json!({ "op": "add", "path": path, "value": value })),
            (Some(_), Some(_)) => operations.push(json!({ "op": "replace", "path": path, "value": value })),
            (Some(_), None) => {
                rest.insert(path, value);
            }
        }
    }
    if !rest.is_empty() {
        operations.push(json!({ "op": "replace", "value": rest }));
    }
    operations
}

/// One operation without a path, with the id in it: Okta's groups.
fn with_id(id: &str, changes: &[Change]) -> Json {
    let mut value = Map::from_iter([("id".to_owned(), json!(id))]);
    for change in changes {
        place::set(&mut value, &change.path, change.after.clone());
    }
    json!({ "op": "replace", "value": value })
}

fn replaced(changes: &[Change]) -> Vec<Json> {
    let one = |change: &Change| {
        let value = typed(change.path.is_core("active"), &change.after);
        json!({ "op": "replace", "path": change.path.to_string(), "value": value })
    };
    changes.iter().map(one).collect()
}

/// The object with the changes in it; members that nobody here knows stay.
fn with(current: &Json, changes: &[Change]) -> Json {
    let mut body = current.as_object().cloned().unwrap_or_default();
    for change in changes {
        place::set(
            &mut body,
            &change.path,
            typed(change.path.is_core("active"), &change.after),
        );
        if let Some(urn) = place::extension(&change.path) {
            list_schema(&mut body, urn);
        }
    }
    Json::Object(body)
}

/// An extension with values is named in `schemas` (RFC 7643 §3).
pub(super) fn list_schema(body: &mut Map<String, Json>, urn: &str) {
    let Some(schemas) = body.get_mut("schemas").and_then(Json::as_array_mut) else {
        return;
    };
    let is_it = |each: &Json| each.as_str().is_some_and(|each| each.eq_ignore_ascii_case(urn));
    if !schemas.iter().any(is_it) {
        schemas.push(json!(urn));
    }
}
