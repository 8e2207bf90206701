//! From a body to a [`Request`].

use std::collections::BTreeSet;

use serde_json::Value;

use super::references::{is_reference, references};
use super::{Limits, Method, Operation, Request, unresolved};
use crate::dialect::{Notes, Quirk};
use crate::error::ScimError;
use crate::resource::{Object, take};
use crate::schemas::BULK_REQUEST;
use crate::secret;

impl Request {
    /// Reads a bulk request, keys in any letter case.
    ///
    /// Errors: `invalidSyntax` for a body that is no BulkRequest, `invalidValue` for a
    /// `failOnErrors` that is no number from 0, 413 for too many operations. What is wrong with
    /// one operation is that operation's [`Operation::fault`]: no method or an unknown one, no
    /// path, no data where the method needs some, a bulkId that another operation has, a
    /// reference to a bulkId that nothing has.
    pub fn parse(body: Value, limits: &Limits, notes: &mut Notes) -> Result<Self, ScimError> {
        let Value::Object(mut body) = body else {
            return Err(no_bulk_request("The body is not a JSON object."));
        };
        note_message(&body, notes);
        let operations = match take(&mut body, "Operations") {
            Some(Value::Array(operations)) => operations,
            Some(single @ Value::Object(_)) => {
                let sentence = "`Operations` was sent as one operation and read as a list of one.";
                notes.add(Quirk::SingleForList, "Operations", sentence);
                vec![single]
            }
            _ => return Err(no_bulk_request("The body has no list `Operations`.")),
        };
        if operations.len() > limits.operations {
            return Err(ScimError::too_many_operations(
                operations.len(),
                limits.operations,
            ));
        }
        let fail_on_errors = read_limit(take(&mut body, "failOnErrors").as_ref(), notes)?;
        let mut operations: Vec<Operation> = operations
            .into_iter()
            .map(|operation| read_operation(operation, notes))
            .collect();
        refuse_repeated(&mut operations);
        refuse_dangling(&mut operations);
        Ok(Self {
            fail_on_errors,
            operations,
        })
    }
}

fn no_bulk_request(what: &str) -> ScimError {
    ScimError::invalid_syntax(format!(
        "{what} Send a BulkRequest message with a list `Operations`."
    ))
}

fn note_message(body: &Object, notes: &mut Notes) {
    let is_bulk = |urn: &Value| {
        urn.as_str()
            .is_some_and(|urn| urn.eq_ignore_ascii_case(BULK_REQUEST))
    };
    let listed = body.iter().find(|(key, _)| key.eq_ignore_ascii_case("schemas"));
    if !listed.is_some_and(|(_, urns)| urns.as_array().is_some_and(|urns| urns.iter().any(is_bulk))) {
        let sentence = "The body's `schemas` does not say that it is a BulkRequest; it was read as one.";
        notes.add(Quirk::MissingSchemas, "schemas", sentence);
    }
}

fn read_limit(limit: Option<&Value>, notes: &mut Notes) -> Result<Option<usize>, ScimError> {
    let number = match limit {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => {
            let sentence = format!("`failOnErrors` was sent as the string \"{text}\" and read as a number.");
            notes.add(Quirk::NumberAsString, "failOnErrors", sentence);
            text.trim().parse().ok()
        }
        Some(_) => None,
    };
    match number {
        Some(number) => Ok(Some(usize::try_from(number).unwrap_or(usize::MAX))),
        None => Err(ScimError::invalid_value(
            "failOnErrors",
            "a whole number from 0 is expected",
        )),
    }
}

fn read_operation(operation: Value, notes: &mut Notes) -> Operation {
    let mut read = Operation {
        method: Method::Other(String::new()),
        path: String::new(),
        bulk_id: None,
        version: None,
        data: None,
        fault: None,
    };
    let Value::Object(mut sent) = operation else {
        read.fault = Some(ScimError::invalid_syntax(
            "An operation is not a JSON object. Send one with a method and a path.",
        ));
        return read;
    };
    read.data = take(&mut sent, "data").filter(|data| !data.is_null());
    let mut wrong = None;
    let mut text = |name: &str| match take(&mut sent, name) {
        Some(Value::String(text)) => Some(text),
        None | Some(Value::Null) => None,
        Some(_) => {
            let why = "a string is expected";
            wrong = wrong.take().or_else(|| Some(ScimError::invalid_value(name, why)));
            None
        }
    };
    let method = text("method").unwrap_or_default();
    read.path = text("path").unwrap_or_default();
    // A blank bulkId names nothing, a blank version is none.
    read.bulk_id = text("bulkId").filter(|id| !id.is_empty());
    read.version = text("version").filter(|version| !version.trim().is_empty());
    read.method = method_named(method);
    read.fault = wrong.or_else(|| fault_in(&read));
    if read.fault.is_none() && read.method == Method::Post && read.bulk_id.is_none() {
        let sentence = "A POST had no bulkId; it was made, and nothing can refer to it.";
        notes.add(Quirk::MissingBulkId, "bulkId", sentence);
    }
    read
}

/// RFC 7643 §2.2: an attribute whose schema does not say otherwise is read in any letter case.
fn method_named(text: String) -> Method {
    match text.to_ascii_uppercase().as_str() {
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => Method::Other(text),
    }
}

fn fault_in(operation: &Operation) -> Option<ScimError> {
    if let Method::Other(text) = &operation.method {
        let why = if text.is_empty() {
            "every operation needs one of POST, PUT, PATCH and DELETE".to_owned()
        } else {
            format!(
                "{} is not one of POST, PUT, PATCH and DELETE",
                secret::filter(text)
            )
        };
        return Some(ScimError::invalid_value("method", &why));
    }
    if operation.path.trim().is_empty() {
        let why = "every operation needs one, such as /Users or /Users/2819c223";
        return Some(ScimError::invalid_value("path", why));
    }
    (operation.data.is_none() && operation.method != Method::Delete).then(|| {
        let method = operation.method.as_str();
        ScimError::invalid_value("data", &format!("a {method} needs the body of its request"))
    })
}

/// RFC 7644 §3.7: a bulkId is "unique within a bulk request". The first one keeps it. An
/// operation that is not a POST names nothing; its bulkId only comes back in the answer.
fn refuse_repeated(operations: &mut [Operation]) {
    let mut seen = BTreeSet::new();
    for operation in operations.iter_mut().filter(|one| one.method == Method::Post) {
        let Some(id) = &operation.bulk_id else { continue };
        if !seen.insert(id.clone()) && operation.fault.is_none() {
            let why = "another operation of this request has the same; give each its own";
            operation.fault = Some(ScimError::invalid_value("bulkId", why));
        }
    }
}

/// A reference nobody can ever resolve is the operation's own fault.
fn refuse_dangling(operations: &mut [Operation]) {
    let named: BTreeSet<String> = operations
        .iter()
        .filter(|one| one.method == Method::Post)
        .filter_map(|one| one.bulk_id.clone())
        .collect();
    for operation in operations.iter_mut().filter(|one| one.fault.is_none()) {
        let dangling = references(operation)
            .into_iter()
            .find(|id| !named.contains(id) && is_reference(operation, id));
        operation.fault = dangling.map(|id| unresolved(&id));
    }
}
