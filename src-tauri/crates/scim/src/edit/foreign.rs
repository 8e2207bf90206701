//! Edits of extensions nobody declares, which are kept as they come.

use std::collections::HashMap;

use serde_json::Value;

use super::limits::check_length;
use super::{Edit, Edited, Verb, into_object, within};
use crate::coerce::{self, note_unknown_path};
use crate::dialect::Notes;
use crate::filter::evaluate::field;
use crate::path::AttrPath;
use crate::resource::Object;

/// Sets or removes an attribute, or an extension as a whole. A path with a filter is noted and
/// ignored: nothing says which of the values are meant.
pub(super) fn keep(edit: Edit, resource: &mut Object, notes: &mut Notes) -> Edited<()> {
    let path = edit.path.shown();
    let (
        AttrPath {
            schema: Some(urn),
            attribute,
            sub,
        },
        None,
    ) = (placed(edit.path.attr, edit.explicit, resource), edit.path.filter)
    else {
        note_unknown_path(&path, notes);
        return Ok(());
    };
    let (verb, urn) = (edit.verb, spelling(resource, &urn));
    let value = if verb == Verb::Remove {
        Value::Null
    } else {
        edit.value
    };
    if attribute.is_empty() {
        merge_foreign(resource, &urn, value);
        return Ok(());
    }
    within(resource, Some(&urn), |extension| {
        let attribute = spelling(extension, &attribute);
        let Some(sub) = sub else {
            return match (extension.get_mut(&attribute), value) {
                (Some(Value::Array(there)), Value::Array(sent)) if verb == Verb::Add => {
                    append(there, sent, &path)
                }
                (_, value) => {
                    put(extension, &attribute, value);
                    Ok(())
                }
            };
        };
        let mut object = into_object(extension.get_mut(&attribute).map(Value::take));
        let sub = spelling(&object, &sub);
        put(&mut object, &sub, value);
        put_pruned(extension, &attribute, Value::Object(object));
        Ok(())
    })
}

/// The path as the extensions that are there split it. A key with an object in a value without a
/// path is an extension as a whole, unless one that is there has an attribute of that name.
fn placed(attr: AttrPath, explicit: bool, resource: &Object) -> AttrPath {
    let Some(found) = attr.among(resource.keys().map(String::as_str)) else {
        return attr;
    };
    let has_it = || {
        let extension = resource.get(found.schema.as_deref()?)?.as_object()?;
        field(extension, &found.attribute)
    };
    if explicit || !attr.is_schema() || found.is_schema() || has_it().is_some() {
        found
    } else {
        attr
    }
}

fn merge_foreign(resource: &mut Object, urn: &str, value: Value) {
    let Value::Object(sent) = value else {
        return put(resource, urn, value);
    };
    within(resource, Some(urn), |extension| {
        let folded = |name: &str| name.to_ascii_lowercase();
        let there = extension.keys().map(|name| (folded(name), name.clone()));
        let mut spellings: HashMap<String, String> = there.collect();
        for (name, value) in sent {
            let spelling = spellings.entry(folded(&name)).or_insert(name);
            put(extension, spelling, value);
        }
    });
}

/// What is a list already is taken for a multi-valued attribute (RFC 7644 §3.5.2.1).
fn append(there: &mut Vec<Value>, sent: Vec<Value>, path: &str) -> Edited<()> {
    check_length(there.len(), path)?;
    let mut new: Vec<Value> = sent.into_iter().map(pruned).collect();
    new.retain(|element| !coerce::is_unassigned(element) && !there.contains(element));
    check_length(there.len() + new.len(), path)?;
    there.append(&mut new);
    Ok(())
}

fn put(object: &mut Object, name: &str, value: Value) {
    put_pruned(object, name, pruned(value));
}

/// Like [`put`], for a value whose parts all say something.
fn put_pruned(object: &mut Object, name: &str, value: Value) {
    if coerce::is_unassigned(&value) {
        object.shift_remove(name);
    } else {
        object.insert(name.to_owned(), value);
    }
}

/// The spelling under which a name is already there, so that case does not make two of one.
fn spelling(object: &Object, name: &str) -> String {
    if object.contains_key(name) {
        return name.to_owned();
    }
    object
        .keys()
        .find(|key| key.eq_ignore_ascii_case(name))
        .map_or(name, String::as_str)
        .to_owned()
}

/// Without what says nothing (RFC 7643 §2.5), at any depth. Bodies nest at most 128 deep, see
/// `parse_body`.
fn pruned(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let said = members.into_iter().map(|(name, value)| (name, pruned(value)));
            Value::Object(said.filter(|(_, value)| !coerce::is_unassigned(value)).collect())
        }
        Value::Array(elements) => {
            let said = elements.into_iter().map(pruned);
            Value::Array(said.filter(|value| !coerce::is_unassigned(value)).collect())
        }
        plain => plain,
    }
}
