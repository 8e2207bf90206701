//! Edits of extensions nobody declares, which are kept as they come.

use std::collections::HashMap;

use serde_json::Value;

use super::limits::check_length;
use super::list::{described, may_make, named_by, note_made};
use super::{Edit, Edited, Verb, into_object, within};
use crate::coerce::{self, note_unknown_path};
use crate::dialect::Notes;
use crate::filter::Filter;
use crate::filter::evaluate::{element_matches, field};
use crate::path::AttrPath;
use crate::resource::Object;

/// Sets or removes an attribute, or an extension as a whole, or some values of a list.
pub(super) fn keep(edit: Edit, resource: &mut Object, notes: &mut Notes) -> Edited<()> {
    let path = edit.path.shown();
    let AttrPath {
        schema,
        attribute,
        sub,
    } = placed(edit.path.attr, edit.explicit, resource);
    // Nothing but a list has values to choose from, and an extension is none.
    let is_odd = attribute.is_empty() && edit.path.filter.is_some();
    let Some(urn) = schema.filter(|_| !is_odd) else {
        note_unknown_path(&path, notes);
        return Ok(());
    };
    let urn = spelling(resource, &urn);
    let value = match edit.verb {
        Verb::Remove => Value::Null,
        Verb::Add | Verb::Replace => edit.value,
    };
    if attribute.is_empty() {
        merge_foreign(resource, &urn, value);
        return Ok(());
    }
    let change = Change {
        verb: edit.verb,
        filter: edit.path.filter.as_ref(),
        sub: sub.as_deref(),
        path: &path,
    };
    within(resource, Some(&urn), |extension| {
        let attribute = spelling(extension, &attribute);
        let current = extension.get_mut(&attribute).map(Value::take);
        let current = current.unwrap_or_default();
        let next = change.attribute(current, value, notes)?;
        put_pruned(extension, &attribute, next);
        Ok(())
    })
}

/// What happens to an attribute.
struct Change<'a> {
    verb: Verb,
    /// Which values of a list are meant, if not all.
    filter: Option<&'a Filter>,
    sub: Option<&'a str>,
    path: &'a str,
}

impl Change<'_> {
    fn attribute(&self, current: Value, value: Value, notes: &mut Notes) -> Edited<Value> {
        match (self.filter, self.sub, current, value) {
            (Some(filter), _, Value::Array(there), value) => self.matching(filter, there, &value, notes),
            (Some(filter), _, Value::Null, value) => self.matching(filter, Vec::new(), &value, notes),
            (Some(filter), _, single, value) => self.matching(filter, vec![single], &value, notes),
            // What is a list already is taken for a multi-valued attribute (RFC 7644 §3.5.2.1).
            (None, None, Value::Array(there), Value::Array(sent)) if self.verb == Verb::Add => {
                append(there, sent, self.path)
            }
            (None, None, _, value) => Ok(pruned(value)),
            (None, Some(_), Value::Array(mut there), value) => {
                for element in &mut there {
                    self.element(element, &value);
                }
                Ok(list_of(there))
            }
            (None, Some(sub), current, value) => {
                let mut object = into_object(Some(current));
                let sub = spelling(&object, sub);
                put(&mut object, &sub, value);
                Ok(Value::Object(object))
            }
        }
    }

    /// `tags[type eq "x"]` and `tags[type eq "x"].sub`, as with a list that is declared.
    fn matching(
        &self,
        filter: &Filter,
        mut there: Vec<Value>,
        value: &Value,
        notes: &mut Notes,
    ) -> Edited<Value> {
        let matches = |element: &Value| element_matches(filter, None, element);
        if self.sub.is_none() && coerce::is_unassigned(value) {
            there.retain(|element| !matches(element));
            return Ok(list_of(there));
        }
        if !there.iter().any(matches) && !coerce::is_unassigned(value) {
            may_make(self.path, self.verb, self.sub.is_some(), filter)?;
            let made = described(self.path, filter)?;
            check_length(there.len() + 1, self.path)?;
            note_made(self.path, self.path, filter, notes);
            there.push(Value::Object(made));
        }
        for element in there.iter_mut().filter(|element| matches(element)) {
            if self.verb == Verb::Replace && self.sub.is_none() {
                *element = named_by(filter, element);
            }
            self.element(element, value);
        }
        Ok(list_of(there))
    }

    /// Sets a part of an element, or puts what was sent on top of it.
    fn element(&self, element: &mut Value, value: &Value) {
        let mut object = match element.take() {
            Value::Object(object) => object,
            Value::Null => Object::new(),
            plain => Object::from_iter([("value".to_owned(), plain)]),
        };
        *element = match (self.sub, value) {
            (Some(sub), value) => {
                let sub = spelling(&object, sub);
                put(&mut object, &sub, value.clone());
                Value::Object(object)
            }
            (None, Value::Object(sent)) => {
                for (name, value) in sent {
                    let name = spelling(&object, name);
                    put(&mut object, &name, value.clone());
                }
                Value::Object(object)
            }
            (None, plain) => pruned(plain.clone()),
        };
    }
}

fn list_of(mut elements: Vec<Value>) -> Value {
    elements.retain(|element| !coerce::is_unassigned(element));
    Value::Array(elements)
}

/// The path as the extensions that are there split it. A key with an object in a value without a
/// path is an extension as a whole, unless one that is there has an attribute of that name.
fn placed(attr: AttrPath, explicit: bool, resource: &Object) -> AttrPath {
    let Some(found) = attr.within(resource) else {
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

fn append(mut there: Vec<Value>, sent: Vec<Value>, path: &str) -> Edited<Value> {
    check_length(there.len(), path)?;
    let mut new: Vec<Value> = sent.into_iter().map(pruned).collect();
    new.retain(|element| !coerce::is_unassigned(element) && !there.contains(element));
    check_length(there.len() + new.len(), path)?;
    there.append(&mut new);
    Ok(Value::Array(there))
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
