//! How much one request may bring, and how large what nobody declares may grow.
//!
//! An edit of a list compares what is sent with what is there, one by one, and a PATCH does so
//! while every other writer waits. Nobody has a thousand addresses; groups have more members
//! than that, and those are changed without being compared. Nobody has a hundred extensions either;
//! those and what is in them are looked up by name in any letter case, one by one.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::ScimError;
use crate::path::{Path, is_urn};
use crate::resource::Object;
use crate::schema::{Attribute, ResourceType};

/// The most elements a multi-valued attribute has, except `members`.
pub(crate) const MOST_VALUES: usize = 1_000;

/// The most operations a PATCH has.
pub(crate) const MOST_OPERATIONS: usize = 1_000;

/// The most URNs in `schemas`.
pub(crate) const MOST_SCHEMAS: usize = 1_000;

/// The most extensions nobody declares, in one request and in one resource.
pub(crate) const MOST_EXTENSIONS: usize = 100;

/// The most names in an extension nobody declares, those of nested objects included.
pub(crate) const MOST_NAMES: usize = 1_000;

/// The most objects and lists in each other in an extension nobody declares, itself included.
/// A path wraps what was sent, so that what nests as deep as a body may could not be read again.
pub(crate) const MOST_LEVELS: usize = 20;

/// Refuses more values for one attribute than it may have, all keys or operations together, and
/// more extensions nobody declares, or names in one of them, than a resource may have.
pub(crate) fn check<'a>(
    kind: &'static ResourceType,
    sent: impl Iterator<Item = (&'a Path, &'a Value)>,
) -> Result<(), ScimError> {
    let mut values: HashMap<(Option<String>, String), usize> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for (path, value) in sent {
        let attr = &path.attr;
        let counted = match kind.find(attr) {
            Some(attribute) => attribute.multi_valued && !is_unlimited(attribute),
            None => value.is_array(),
        };
        let schema = attr.schema.as_deref().map(str::to_ascii_lowercase);
        if counted {
            let attribute = attr.attribute.to_ascii_lowercase();
            let count = values.entry((schema.clone(), attribute)).or_default();
            *count += value.as_array().map_or(1, Vec::len).max(1);
            check_length(*count, &attr.to_string())?;
        }
        if let Some(urn) = schema.filter(|urn| kind.extension(urn).is_none()) {
            let sent = Size::of(value);
            let count = names.entry(urn).or_default();
            *count += sent.names + usize::from(!attr.is_schema()) + usize::from(attr.sub.is_some());
            let urn = attr.schema.as_deref().unwrap_or_default();
            check_names(*count, urn)?;
            check_levels(sent.levels, urn)?;
            check_extensions(names.len())?;
        }
    }
    Ok(())
}

/// Refuses a write that leaves extensions nobody declares larger than they may be, unless they
/// were as large before: a resource must not become one that nobody can change.
pub(crate) fn check_growth(kind: &ResourceType, before: &Object, after: &Object) -> Result<(), ScimError> {
    let count = foreign(kind, after).count();
    if count > foreign(kind, before).count() {
        check_extensions(count)?;
    }
    for (urn, value) in foreign(kind, after) {
        let (was, is) = (before.get(urn).map(Size::of).unwrap_or_default(), Size::of(value));
        if is.names > was.names {
            check_names(is.names, urn)?;
        }
        if is.levels > was.levels {
            check_levels(is.levels, urn)?;
        }
    }
    Ok(())
}

fn foreign<'a>(kind: &ResourceType, resource: &'a Object) -> impl Iterator<Item = (&'a String, &'a Value)> {
    resource
        .iter()
        .filter(|(key, _)| is_urn(key) && kind.extension(key).is_none())
}

/// How much there is in a value.
#[derive(Default)]
struct Size {
    /// The names of all objects.
    names: usize,
    /// How many objects and lists are in each other, at most.
    levels: usize,
}

impl Size {
    fn of(value: &Value) -> Self {
        let inner: Self = match value {
            Value::Object(members) => members.values().map(Self::of).collect(),
            Value::Array(elements) => elements.iter().map(Self::of).collect(),
            _ => return Self::default(),
        };
        Self {
            names: inner.names + value.as_object().map_or(0, Object::len),
            levels: inner.levels + 1,
        }
    }
}

impl FromIterator<Size> for Size {
    fn from_iter<I: IntoIterator<Item = Size>>(parts: I) -> Self {
        parts.into_iter().fold(Self::default(), |all, part| Self {
            names: all.names + part.names,
            levels: all.levels.max(part.levels),
        })
    }
}

/// Refuses `length` URNs in `schemas`.
pub(crate) fn check_schemas(length: usize) -> Result<(), ScimError> {
    if length <= MOST_SCHEMAS {
        return Ok(());
    }
    let why = format!("it lists {length} URNs and may list {MOST_SCHEMAS}; list only those that are used");
    Err(ScimError::invalid_value("schemas", &why))
}

fn check_extensions(count: usize) -> Result<(), ScimError> {
    if count <= MOST_EXTENSIONS {
        return Ok(());
    }
    let why = format!(
        "a resource has at most {MOST_EXTENSIONS} extensions that nobody declares; send no more than that, or remove some first"
    );
    Err(ScimError::invalid_value("schemas", &why))
}

fn check_names(count: usize, urn: &str) -> Result<(), ScimError> {
    if count <= MOST_NAMES {
        return Ok(());
    }
    let why = format!(
        "an extension that nobody declares has at most {MOST_NAMES} names, those of nested objects included; send no more than that, or remove some first"
    );
    Err(ScimError::invalid_value(urn, &why))
}

fn check_levels(levels: usize, urn: &str) -> Result<(), ScimError> {
    if levels <= MOST_LEVELS {
        return Ok(());
    }
    let why = format!(
        "an extension that nobody declares has objects and lists at most {MOST_LEVELS} levels deep; send it flatter"
    );
    Err(ScimError::invalid_value(urn, &why))
}

/// Refuses a list of `length` values at `path`.
pub(crate) fn check_length(length: usize, path: &str) -> Result<(), ScimError> {
    if length <= MOST_VALUES {
        return Ok(());
    }
    Err(ScimError::invalid_value(
        path,
        &format!("one attribute has at most {MOST_VALUES} values; send no more than that"),
    ))
}

/// Members are counted by nobody; what only the server writes is left out anyway.
pub(super) fn is_unlimited(attribute: &Attribute) -> bool {
    attribute.name == "members" || attribute.name == "schemas" || attribute.is_read_only()
}
