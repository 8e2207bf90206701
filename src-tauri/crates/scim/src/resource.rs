//! Reading a POST or PUT body into a canonical resource: RFC 7643 §2–§4, RFC 7644 §3.3, §3.5.1.

pub(crate) mod flatten;

pub(crate) mod tidy;

use serde_json::{Map, Value};

use crate::coerce;
use crate::dialect::{Notes, Quirk};
use crate::edit::{self, Edit, Verb, limits};
use crate::error::ScimError;
use crate::schema::ResourceType;
use flatten::Flattened;

/// A JSON object that keeps the order of its members.
pub type Object = Map<String, Value>;

/// Reads a request body as JSON.
///
/// A UTF-8 byte order mark is noted. What is not JSON, or nests deeper than 128 levels, is an
/// `invalidSyntax` error with line and column.
pub fn parse_body(bytes: &[u8], notes: &mut Notes) -> Result<Value, ScimError> {
    let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if json.len() < bytes.len() {
        let sentence = "The body starts with a byte order mark, which was skipped.";
        notes.add(Quirk::ByteOrderMark, "", sentence);
    }
    serde_json::from_slice(json).map_err(|error| not_json(&error))
}

/// Makes a POST or PUT body canonical.
///
/// * Names in any letter case; `name.givenName` and `urn:…:User:department` as keys.
/// * Values become their declared type where that keeps the meaning: `"True"`, one value for a
///   list, a manager as plain string. Each time it is noted.
/// * null, `""`, `[]` and `{}` mean "no value" and are left out (RFC 7643 §2.5).
/// * What only the server writes is ignored: `id`, `meta`, a user's `groups`, any `$ref`.
/// * A `password` must be a string, and is then forgotten.
/// * Attributes nobody declares are left out and noted; extensions nobody declares are kept.
/// * `schemas` is computed from the content; at most one element of a list is primary.
///
/// The result has `schemas`, `externalId` and the schema's attributes in the schema's order,
/// and neither `id` nor `meta`. A required attribute that is missing or blank, and a value of a
/// wrong type, and more values, extensions or names than the [limits](crate#limits) allow, are
/// `invalidValue` errors with the path; a body that is not an object is an
/// `invalidSyntax` error. With strict notes an attribute nobody declares is `invalidSyntax` too,
/// and a URN in `schemas` that neither the tables nor the body knows `invalidValue`.
pub fn accept(kind: &'static ResourceType, body: Value, notes: &mut Notes) -> Result<Object, ScimError> {
    let Value::Object(body) = body else {
        let name = kind.name;
        return Err(ScimError::invalid_syntax(format!(
            "The body is not a JSON object. Send the {name} as one."
        )));
    };
    notes.judge(|notes| read(kind, body, notes))
}

fn read(kind: &'static ResourceType, body: Object, notes: &mut Notes) -> Result<Object, ScimError> {
    flatten::note_schemas(kind, &body, notes)?;
    let mut resource = Object::new();
    let sent = flatten::flatten(kind, body, notes);
    limits::check(kind, sent.iter().map(|one| (&one.path, &one.value)))?;
    for Flattened { path, value } in sent {
        let edit = Edit {
            verb: Verb::Add,
            path,
            value,
            explicit: false,
        };
        edit::perform(edit, kind, &mut resource, notes)?;
    }
    tidy::tidy(kind, &mut resource);
    limits::check_growth(kind, &Object::new(), &resource)?;
    require(kind, &resource)?;
    Ok(resource)
}

/// Refuses a resource without its required attributes.
pub(crate) fn require(kind: &ResourceType, resource: &Object) -> Result<(), ScimError> {
    let is_blank = |name| match resource.get(name) {
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(value) => coerce::is_unassigned(value),
        None => true,
    };
    match kind
        .schema
        .attributes
        .iter()
        .find(|a| a.required && is_blank(a.name))
    {
        None => Ok(()),
        Some(missing) => Err(ScimError::invalid_value(
            missing.name,
            &format!("every {} needs one that is not blank", kind.name),
        )),
    }
}

/// Takes a member out, its name in any letter case.
pub(crate) fn take(object: &mut Object, name: &str) -> Option<Value> {
    let key = object
        .keys()
        .find(|key| key.eq_ignore_ascii_case(name))
        .cloned()?;
    object.shift_remove(&key)
}

fn not_json(error: &serde_json::Error) -> ScimError {
    let (line, column) = (error.line(), error.column());
    ScimError::invalid_syntax(format!(
        "The body is not valid JSON: reading stopped at line {line}, column {column}. Send one JSON object in UTF-8."
    ))
}

#[cfg(test)]
mod tests;
