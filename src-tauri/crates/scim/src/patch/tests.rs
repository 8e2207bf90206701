//! PATCH as providers send it. A test named `tNN_…` is a row of the interop traps.

mod foreign_model;
mod groups;
mod lists;
mod model;
mod properties;
mod rules;
mod singles;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::*;
use crate::error::ScimType;
use crate::resource::accept;
use crate::schemas::{ENTERPRISE_URN, GROUP_TYPE, KMSAT_URN, PATCH_OP, USER_TYPE};

/// The user most tests start from.
fn ada() -> Object {
    let body = json!({
        "schemas": [USER_TYPE.schema.id],
        "userName": "ada@contoso.test",
        "displayName": "Ada",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "emails": [{"type": "work", "value": "ada@contoso.test", "primary": true}],
        "active": true,
    });
    accept(&USER_TYPE, body, &mut Notes::default()).unwrap()
}

fn message(operations: &Value) -> Value {
    json!({"schemas": [PATCH_OP], "Operations": operations})
}

/// Applies operations to `resource` and shows what changed, then what was noted.
fn apply(resource: &mut Object, operations: &Value) -> String {
    let (before, mut notes) = (resource.clone(), Notes::default());
    let outcome = Patch::parse(&USER_TYPE, message(operations), &mut notes)
        .and_then(|patch| patch.apply(&USER_TYPE, resource, &mut notes));
    let mut lines = Vec::new();
    match outcome {
        Err(error) => {
            assert_eq!(before, *resource, "a failed patch changed something");
            let scim_type = error.scim_type.map_or("", ScimType::as_str);
            lines.push(format!("{} {scim_type}: {}", error.status, error.detail));
        }
        Ok(changed) => {
            assert_eq!(changed, before != *resource);
            lines.extend(difference(&before, resource));
        }
    }
    lines.extend(
        notes
            .iter()
            .map(|note| format!("({}) {}", note.quirk.name(), note.sentence)),
    );
    lines.join("\n")
}

fn difference(before: &Object, after: &Object) -> Vec<String> {
    let gone = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .map(|key| format!("- {key}"));
    let new = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(value));
    gone.chain(new.map(|(key, value)| format!("{key}: {value}")))
        .collect()
}

fn check(operations: &Value, expect: &Expect) {
    expect.assert_eq(&apply(&mut ada(), operations));
}
