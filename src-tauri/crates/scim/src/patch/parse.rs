//! From a PATCH body to a list of edits.

use serde_json::Value;

use super::{Patch, members};
use crate::dialect::{Notes, Quirk};
use crate::edit::{Edit, Verb, limits};
use crate::error::ScimError;
use crate::path::{AttrPath, Path};
use crate::resource::flatten::{Flattened, flatten, note_unqualified};
use crate::resource::{Object, take};
use crate::schema::ResourceType;
use crate::schemas::PATCH_OP;

impl Patch {
    /// Reads a PATCH body, keys and operations in any letter case. A bare list of operations, as
    /// RFC 7644 §3.7.3 shows it inside a bulk request, is read as one too.
    ///
    /// A value without a path is taken apart into one edit per attribute; it may have dotted
    /// keys, keys with a URN, and nested objects. Errors: `invalidSyntax` for a body that is no
    /// PatchOp or one with more than 1,000 operations, `invalidPath` for a path that does not
    /// parse, `noTarget` for a `remove` without a path, `invalidValue` for an `add` or `replace`
    /// without a value, for members that have no id and for more values, extensions or names than
    /// the [limits](crate#limits) allow. With strict notes, `invalidSyntax` for a key nobody
    /// declares, `invalidPath` for such a name in the brackets of a path.
    pub fn parse(kind: &'static ResourceType, body: Value, notes: &mut Notes) -> Result<Self, ScimError> {
        let mut body = match body {
            Value::Array(bare) if !bare.is_empty() => {
                Object::from_iter([("Operations".to_owned(), Value::Array(bare))])
            }
            body => as_object(body, "The body")?,
        };
        note_message(&body, notes);
        let operations = match take(&mut body, "Operations") {
            Some(Value::Array(operations)) => operations,
            Some(single @ Value::Object(_)) => vec![single],
            _ => {
                return Err(ScimError::invalid_syntax(
                    "The body has no list `Operations`. Send a PatchOp message with one.",
                ));
            }
        };
        if operations.len() > limits::MOST_OPERATIONS {
            return Err(ScimError::invalid_syntax(format!(
                "The PATCH has {} operations; one request has at most {}. Send them in several requests.",
                operations.len(),
                limits::MOST_OPERATIONS
            )));
        }
        if operations.is_empty() {
            notes.add(
                Quirk::NoOperations,
                "",
                "The PATCH had no operations; nothing was changed.",
            );
        }
        let edits = notes.judge(|notes| read_operations(kind, operations, notes))?;
        limits::check(kind, edits.iter().map(|edit| (&edit.path, &edit.value)))?;
        Ok(Self { edits })
    }
}

fn read_operations(
    kind: &'static ResourceType,
    operations: Vec<Value>,
    notes: &mut Notes,
) -> Result<Vec<Edit>, ScimError> {
    let mut edits = Vec::with_capacity(operations.len());
    for operation in operations {
        let operation = as_object(operation, "An operation")?;
        edits.extend(read_operation(kind, operation, notes)?);
    }
    Ok(edits)
}

fn read_operation(
    kind: &'static ResourceType,
    mut operation: Object,
    notes: &mut Notes,
) -> Result<Vec<Edit>, ScimError> {
    let verb = read_verb(take(&mut operation, "op").as_ref(), notes)?;
    let path = read_path(take(&mut operation, "path"), kind, notes)?;
    let value = take(&mut operation, "value");
    if value.is_none() && verb != Verb::Remove {
        let named = path.as_ref().map_or("value".to_owned(), Path::shown);
        return Err(ScimError::invalid_value(
            &named,
            "the operation has no `value`; send null to clear the attribute",
        ));
    }
    let value = value.unwrap_or_default();
    let mut edits = match path {
        None if verb == Verb::Remove => {
            return Err(ScimError::no_target(
                "a remove operation needs a path to what is removed",
            ));
        }
        None => take_apart(kind, verb, value, notes)?,
        Some(path) => with_path(kind, verb, path, value, notes),
    };
    for edit in &mut edits {
        members::canonicalise(edit, kind, notes)?;
    }
    Ok(edits)
}

/// A path to a whole schema with an object is the same as the object's attributes one by one. One
/// that nobody declares may be an attribute's, which the resource will say.
fn with_path(
    kind: &'static ResourceType,
    verb: Verb,
    path: Path,
    value: Value,
    notes: &mut Notes,
) -> Vec<Edit> {
    match value {
        Value::Object(_) if path.attr.is_schema() && !path.attr.is_foreign(kind) && verb != Verb::Remove => {
            let body = Object::from_iter([(urn_of(&path.attr, kind), value)]);
            edits_of(kind, verb, body, notes)
        }
        value => vec![Edit {
            verb,
            path,
            value,
            explicit: true,
        }],
    }
}

/// RFC 7644 §3.5.2.1: without a path, the value is an object with the attributes to change.
fn take_apart(
    kind: &'static ResourceType,
    verb: Verb,
    value: Value,
    notes: &mut Notes,
) -> Result<Vec<Edit>, ScimError> {
    let body = match value {
        Value::Array(mut one) if one.len() == 1 => one.pop().unwrap_or_default(),
        value => value,
    };
    match body {
        Value::Object(body) => Ok(edits_of(kind, verb, body, notes)),
        _ => Err(ScimError::invalid_value(
            "value",
            "an operation without a path needs an object with the attributes to change",
        )),
    }
}

fn edits_of(kind: &'static ResourceType, verb: Verb, body: Object, notes: &mut Notes) -> Vec<Edit> {
    flatten(kind, body, notes)
        .into_iter()
        .map(|Flattened { path, value }| Edit {
            verb,
            path,
            value,
            explicit: false,
        })
        .collect()
}

fn read_verb(op: Option<&Value>, notes: &mut Notes) -> Result<Verb, ScimError> {
    let op = op.and_then(Value::as_str).unwrap_or_default();
    let (verb, name) = match op.to_ascii_lowercase().as_str() {
        "add" => (Verb::Add, "add"),
        "replace" => (Verb::Replace, "replace"),
        "remove" => (Verb::Remove, "remove"),
        _ => {
            return Err(ScimError::invalid_syntax(
                "An operation's `op` is not one of add, replace and remove. Send one of these.",
            ));
        }
    };
    if op != name {
        notes.add(
            Quirk::OperationCase,
            "",
            format!("The operation {op} was read as {name}."),
        );
    }
    Ok(verb)
}

/// A blank path is no path.
fn read_path(
    path: Option<Value>,
    kind: &'static ResourceType,
    notes: &mut Notes,
) -> Result<Option<Path>, ScimError> {
    match path {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => {
            let path = Path::read(&text, kind, notes)?;
            note_unqualified(&text, &path.attr, notes);
            Ok(Some(path))
        }
        Some(other) => Err(ScimError::invalid_path(&other.to_string(), "a path is a string")),
    }
}

fn note_message(body: &Object, notes: &mut Notes) {
    let is_patch_op = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(PATCH_OP));
    let schemas = body.iter().find(|(key, _)| key.eq_ignore_ascii_case("schemas"));
    if !schemas.is_some_and(|(_, urns)| urns.as_array().is_some_and(|urns| urns.iter().any(is_patch_op))) {
        let sentence = "The body's `schemas` does not say that it is a PatchOp; it was read as one.";
        notes.add(Quirk::MissingSchemas, "schemas", sentence);
    }
}

fn as_object(value: Value, what: &str) -> Result<Object, ScimError> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(ScimError::invalid_syntax(format!(
            "{what} is not a JSON object. Send a PatchOp message with a list `Operations`."
        ))),
    }
}

fn urn_of(attr: &AttrPath, kind: &ResourceType) -> String {
    attr.schema.clone().unwrap_or_else(|| kind.schema.id.to_owned())
}
