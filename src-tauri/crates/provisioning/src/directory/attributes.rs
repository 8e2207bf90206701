//! A resource as a flat list of attributes: what people read and what differs.

use std::collections::{HashMap, HashSet};

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
        match value {
            _ if name == "schemas" => {}
            Value::Object(extension) if name.starts_with("urn:") => {
                let (schema, short) = extension_names(name);
                for (sub, value) in extension {
                    walk(&schema, &format!("{short}:{sub}"), value, &mut found);
                }
            }
            value => walk(core, name, value, &mut found),
        }
    }
    found
}

/// What differs between two versions, in the order of the later one.
pub(super) fn differences(core: &str, before: &Object, after: &Object) -> Vec<FieldChange> {
    let (old, new) = (numbered(core, before), numbered(core, after));
    let old_values: HashMap<_, _> = old.iter().map(|(one, nth)| ((&one.path, *nth), one)).collect();
    let new_values: HashSet<_> = new.iter().map(|(one, nth)| (&one.path, *nth)).collect();
    let gone = old
        .iter()
        .filter(|(one, nth)| !new_values.contains(&(&one.path, *nth)))
        .map(|(one, _)| (one, Some(one.value.clone()), None));
    let kept = new.iter().map(|(one, nth)| {
        let before = old_values.get(&(&one.path, *nth)).map(|old| old.value.clone());
        (one, before, Some(one.value.clone()))
    });
    kept.chain(gone)
        .filter(|(_, before, after)| before != after)
        .map(|(one, before, after)| FieldChange {
            key: one.path.clone(),
            label: mapping::fed_by(&one.path).unwrap_or(&one.path).to_owned(),
            path: one.path.clone(),
            before,
            after,
        })
        .collect()
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

/// Each attribute with how many of its path came before it: two work numbers share a path.
fn numbered(core: &str, resource: &Object) -> Vec<(Attribute, usize)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    flatten(core, resource)
        .into_iter()
        .map(|one| {
            let count = seen.entry(one.path.clone()).or_default();
            *count += 1;
            (one, *count)
        })
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
