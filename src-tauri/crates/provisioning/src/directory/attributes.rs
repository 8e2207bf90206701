//! A resource as a flat list of attributes: what people read and what differs.

use std::collections::HashMap;

use scim::resource::Object;
use serde_json::Value;

use crate::mapping;
use crate::plan::FieldChange;

/// One attribute of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The schema's name: `User`, `Enterprise User`, or the URN of an unknown one.
    pub schema: String,
    /// The path for people: `name.givenName`, `emails[work].value`, `enterprise:department`.
    pub path: String,
    /// The value as text.
    pub value: String,
}

/// Every attribute of a canonical resource, without `schemas`.
pub fn flatten(core: &str, resource: &Object) -> Vec<Attribute> {
    let mut found = Vec::new();
    for (name, value) in resource {
        flatten_one(core, name, value, &mut found);
    }
    found
}

/// One attribute of a resource, or one extension, as what it is made of.
fn flatten_one(core: &str, name: &str, value: &Value, found: &mut Vec<Attribute>) {
    match value {
        _ if name == "schemas" => {}
        Value::Object(extension) if name.starts_with("urn:") => {
            let (schema, short) = extension_names(name);
            for (sub, value) in extension {
                walk(&schema, &format!("{short}:{sub}"), value, found);
            }
        }
        value => walk(core, name, value, found),
    }
}

/// What differs between two versions, in the order of the later one; what is gone comes last.
pub(super) fn differences(core: &str, before: &Object, after: &Object) -> Vec<FieldChange> {
    let (mut changes, mut gone) = (Vec::new(), Vec::new());
    let removed = before.keys().filter(|name| !after.contains_key(*name));
    for name in after.keys().chain(removed) {
        // Most attributes of most writes stay as they are and need no closer look.
        let (old, new) = (before.get(name), after.get(name));
        if old == new {
            continue;
        }
        let parts = |value: Option<&Value>| {
            let mut found = Vec::new();
            if let Some(value) = value {
                flatten_one(core, name, value, &mut found);
            }
            found
        };
        compare(&parts(old), &parts(new), &mut changes, &mut gone);
    }
    changes.append(&mut gone);
    changes
}

/// Compares the parts of one attribute: those that are different now, and those that are gone.
fn compare(
    old: &[Attribute],
    new: &[Attribute],
    changes: &mut Vec<FieldChange>,
    gone: &mut Vec<FieldChange>,
) {
    let places = numbered(old);
    let mut old_values: HashMap<(&str, usize), &str> = old
        .iter()
        .zip(places)
        .map(|(one, nth)| ((one.path.as_str(), nth), one.value.as_str()))
        .collect();
    let places = numbered(new);
    let values: Vec<Option<&str>> = new
        .iter()
        .zip(places)
        .map(|(one, nth)| old_values.remove(&(one.path.as_str(), nth)))
        .collect();
    for (one, before) in new.iter().zip(values) {
        if before != Some(one.value.as_str()) {
            changes.push(change(&one.path, before, Some(&one.value)));
        }
    }
    let places = numbered(old);
    for (one, nth) in old.iter().zip(places) {
        if old_values.contains_key(&(one.path.as_str(), nth)) {
            gone.push(change(&one.path, Some(&one.value), None));
        }
    }
}

fn change(path: &str, before: Option<&str>, after: Option<&str>) -> FieldChange {
    FieldChange {
        key: path.to_owned(),
        label: mapping::fed_by(path).unwrap_or(path).to_owned(),
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

/// Rows that the log keeps of one write.
const ROWS: usize = 200;

/// Bytes that the log keeps of one value.
const VALUE: usize = 1_024;

/// What the log keeps of the changes of one write: a group of 100,000 is no reading matter, and
/// a photo in an extension neither.
pub(super) fn for_the_log(mut changes: Vec<FieldChange>) -> Vec<FieldChange> {
    let more = changes.len().saturating_sub(ROWS);
    changes.truncate(ROWS);
    for change in &mut changes {
        let texts = [&mut change.key, &mut change.label, &mut change.path];
        let values = change.before.iter_mut().chain(&mut change.after);
        texts.into_iter().chain(values).for_each(shorten);
    }
    if more > 0 {
        changes.push(FieldChange {
            key: "more".to_owned(),
            label: "More changes".to_owned(),
            path: String::new(),
            before: None,
            after: Some(format!("{more} more, not listed here")),
        });
    }
    changes
}

fn shorten(text: &mut String) {
    if text.len() > VALUE {
        let end = (0..=VALUE).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
}

/// For each attribute how many of its path came before it: two work numbers share a path.
fn numbered(attributes: &[Attribute]) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let count = |one| {
        let count = seen.entry(one).or_default();
        *count += 1;
        *count
    };
    attributes
        .iter()
        .map(|one| one.path.as_str())
        .map(count)
        .collect()
}

/// A known extension's name and its short form; an unknown one is called by its URN.
fn extension_names(urn: &str) -> (String, String) {
    match urn {
        scim::schemas::ENTERPRISE_URN => ("Enterprise User".to_owned(), "enterprise".to_owned()),
        scim::schemas::KMSAT_URN => ("KnowBe4 User".to_owned(), "kmsat".to_owned()),
        other => (other.to_owned(), other.to_owned()),
    }
}

fn walk(schema: &str, path: &str, value: &Value, found: &mut Vec<Attribute>) {
    match value {
        Value::Null => {}
        Value::Object(parts) => {
            for (sub, value) in parts {
                walk(schema, &format!("{path}.{sub}"), value, found);
            }
        }
        Value::Array(elements) => {
            for (place, element) in elements.iter().enumerate() {
                walk_element(schema, path, place, element, found);
            }
        }
        Value::String(text) => found.push(attribute(schema, path, text.clone())),
        other => found.push(attribute(schema, path, other.to_string())),
    }
}

/// An element is known by its type where it has one, else by its place.
fn walk_element(schema: &str, path: &str, place: usize, element: &Value, found: &mut Vec<Attribute>) {
    let kind = element.get("type").and_then(Value::as_str);
    let name = kind.map_or_else(|| (place + 1).to_string(), str::to_owned);
    match element {
        Value::Object(parts) => {
            for (sub, value) in parts.iter().filter(|(sub, _)| kind.is_none() || *sub != "type") {
                walk(schema, &format!("{path}[{name}].{sub}"), value, found);
            }
        }
        simple => walk(schema, &format!("{path}[{name}]"), simple, found),
    }
}

fn attribute(schema: &str, path: &str, value: String) -> Attribute {
    Attribute {
        schema: schema.to_owned(),
        path: path.to_owned(),
        value,
    }
}
