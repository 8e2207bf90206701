//! One change at one path: what a PATCH operation is made of, and what a POST body is read with.

mod foreign;
pub(crate) mod limits;
mod list;

use serde_json::{Map, Value};

use crate::coerce::{self, note_unknown, note_unknown_path};
use crate::dialect::Notes;
use crate::error::ScimError;
use crate::filter::Filter;
use crate::path::Path;
use crate::resource::Object;
use crate::schema::{Attribute, Mutability, ResourceType};

/// The three operations of RFC 7644 §3.5.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Add,
    Replace,
    Remove,
}

/// One operation on one path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) verb: Verb,
    pub(crate) path: Path,
    pub(crate) value: Value,
    /// True if the client wrote the path itself. A key in a path-less value is not a demand:
    /// clients send back the `id` and `meta` they read.
    pub(crate) explicit: bool,
}

type Edited<T> = Result<T, ScimError>;

/// Carries out an edit. Empty values may remain; see `resource::tidy`.
pub(crate) fn perform(
    edit: Edit,
    kind: &'static ResourceType,
    resource: &mut Object,
    notes: &mut Notes,
) -> Edited<()> {
    let attr = &edit.path.attr;
    // `schemas` follows from the content; what a client does to it has no effect.
    if attr.is_core("schemas") {
        return Ok(());
    }
    let declared_schema = attr
        .schema
        .as_deref()
        .is_none_or(|urn| kind.extension(urn).is_some());
    match kind.find(attr) {
        Some(attribute) => declared(attribute, edit, resource, notes),
        None if attr.is_schema() && declared_schema => whole_extension(&edit, resource),
        None if declared_schema => {
            unknown(&attr.to_string(), edit.explicit, notes);
            Ok(())
        }
        None => foreign::keep(edit, resource, notes),
    }
}

fn unknown(path: &str, explicit: bool, notes: &mut Notes) {
    if explicit {
        note_unknown_path(path, notes);
    } else {
        note_unknown(path, notes);
    }
}

/// An attribute the tables know.
fn declared(
    attribute: &'static Attribute,
    edit: Edit,
    resource: &mut Object,
    notes: &mut Notes,
) -> Edited<()> {
    let path = edit.path.shown();
    let sub = match edit.path.attr.sub.as_deref().map(|name| attribute.sub(name)) {
        Some(None) => {
            unknown(&path, edit.explicit, notes);
            return Ok(());
        }
        known => known.flatten(),
    };
    if attribute.is_read_only() || sub.is_some_and(Attribute::is_read_only) {
        let refusal = ScimError::mutability(&path);
        return if edit.explicit { Err(refusal) } else { Ok(()) };
    }
    // What a `$ref` says follows from the `value`.
    if sub.is_some_and(|sub| sub.name == "$ref") {
        return Ok(());
    }
    if attribute.mutability == Mutability::WriteOnly {
        return coerce::value(attribute, edit.value, &path, notes).map(|_| ());
    }
    // RFC 7644 §3.5.2.2: removing a required attribute is a mutability error.
    if attribute.required && edit.verb == Verb::Remove {
        return Err(ScimError::mutability(&path));
    }
    let target = Target {
        attribute,
        sub,
        path,
        verb: edit.verb,
    };
    let Path { attr, filter } = edit.path;
    within(resource, attr.schema.as_deref(), |container| {
        target.change(container, filter.as_ref(), edit.value, notes)
    })
}

/// What an edit aims at, once it is known to be allowed.
struct Target {
    attribute: &'static Attribute,
    sub: Option<&'static Attribute>,
    path: String,
    verb: Verb,
}

/// Single-valued attributes: RFC 7644 §3.5.2.1–3, where `add` and `replace` are the same.
impl Target {
    /// Changes the attribute in the object it sits in.
    fn change(
        &self,
        container: &mut Object,
        filter: Option<&Filter>,
        value: Value,
        notes: &mut Notes,
    ) -> Edited<()> {
        let current = container.shift_remove(self.attribute.name);
        let next = if self.attribute.multi_valued {
            self.change_list(current, filter, value, notes)?
        } else {
            self.change_single(current, value, notes)?
        };
        container.extend(next.map(|value| (self.attribute.name.to_owned(), value)));
        Ok(())
    }

    fn change_single(
        &self,
        current: Option<Value>,
        value: Value,
        notes: &mut Notes,
    ) -> Edited<Option<Value>> {
        match self.sub {
            Some(_) => {
                let object = self.set_sub(into_object(current), &value, notes)?;
                Ok((!object.is_empty()).then_some(Value::Object(object)))
            }
            None if self.verb == Verb::Remove => Ok(None),
            None => self.merge(current, value, notes),
        }
    }

    /// A complex value goes on top of what is there; anything else takes its place.
    fn merge(&self, current: Option<Value>, value: Value, notes: &mut Notes) -> Edited<Option<Value>> {
        if !self.attribute.is_complex() {
            return coerce::one(self.attribute, value, &self.path, notes);
        }
        let onto = into_object(current);
        let merged = coerce::complex(self.attribute, onto, value, &self.path, notes)?;
        Ok(merged.map(Value::Object))
    }

    /// Sets or removes the sub-attribute.
    fn set_sub(&self, mut object: Object, value: &Value, notes: &mut Notes) -> Edited<Object> {
        let Some(sub) = self.sub else { return Ok(object) };
        let value = match self.verb {
            Verb::Remove => None,
            Verb::Add | Verb::Replace => coerce::one(sub, value.clone(), &self.path, notes)?,
        };
        // Of a member's immutable parts only the id is held to it: providers send its name again.
        let there = object.get(sub.name);
        let changes_id = self.attribute.name == "members" && sub.name == "value";
        if changes_id && there.is_some() && value.is_some() && there != value.as_ref() {
            return Err(ScimError::immutable("members.value"));
        }
        match value {
            Some(value) => object.insert(sub.name.into(), value),
            None => object.shift_remove(sub.name),
        };
        Ok(object)
    }
}

/// A declared extension by its URN alone: only taking it away, or giving it no value.
fn whole_extension(edit: &Edit, resource: &mut Object) -> Edited<()> {
    let urn = edit.path.attr.to_string();
    match &edit.path.attr.schema {
        Some(schema) if edit.verb == Verb::Remove || coerce::is_unassigned(&edit.value) => {
            resource.shift_remove(schema);
            Ok(())
        }
        Some(_) => Err(ScimError::invalid_value(
            &urn,
            "an object with its attributes is expected",
        )),
        None => Err(ScimError::no_target(
            "the core schema cannot be removed; name its attributes",
        )),
    }
}

/// Edits the object an attribute sits in: the resource, or the extension's object in it.
fn within<T>(resource: &mut Object, schema: Option<&str>, change: impl FnOnce(&mut Object) -> T) -> T {
    let Some(urn) = schema else {
        return change(resource);
    };
    let mut extension = into_object(resource.shift_remove(urn));
    let result = change(&mut extension);
    if !extension.is_empty() {
        resource.insert(urn.to_owned(), Value::Object(extension));
    }
    result
}

fn into_object(value: Option<Value>) -> Object {
    match value {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}
