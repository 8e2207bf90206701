//! From what a provider sent to a value of the declared type.
//!
//! One rule for POST, PUT and PATCH: leniency that keeps the meaning is applied and noted, a
//! value whose meaning would have to be guessed is refused with its path.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::dialect::{Notes, Quirk};
use crate::error::ScimError;
use crate::filter::compare::instant;
use crate::filter::evaluate::field;
use crate::resource::Object;
use crate::schema::{Attribute, Kind, Mutability};
use crate::secret;

type Coerced<T> = Result<T, ScimError>;

/// The whole value of an attribute; `None` if it is unassigned (RFC 7643 §2.5).
pub(crate) fn value(
    attribute: &'static Attribute,
    value: Value,
    path: &str,
    notes: &mut Notes,
) -> Coerced<Option<Value>> {
    if attribute.multi_valued {
        let elements = list(attribute, value, path, notes)?;
        return Ok((!elements.is_empty()).then_some(Value::Array(elements)));
    }
    one(attribute, value, path, notes)
}

/// The elements of a multi-valued attribute, with at most one primary.
pub(crate) fn list(
    attribute: &'static Attribute,
    value: Value,
    path: &str,
    notes: &mut Notes,
) -> Coerced<Vec<Value>> {
    let sent = match value {
        Value::Array(sent) => sent,
        single if is_unassigned(&single) => Vec::new(),
        single => {
            let sentence = format!("`{path}` was sent as one value and read as a list of one.");
            notes.add(Quirk::SingleForList, path, sentence);
            vec![single]
        }
    };
    let mut elements = Vec::with_capacity(sent.len());
    for element in sent {
        elements.extend(one(attribute, element, path, notes)?);
    }
    drop_repeated(attribute, &mut elements);
    if keep_last_primary(&mut elements) {
        let sentence = format!("`{path}` had several primary values; the last one was kept as primary.");
        notes.add(Quirk::SeveralPrimaries, path, sentence);
    }
    Ok(elements)
}

/// One value: that of a single-valued attribute, or one element of a list.
pub(crate) fn one(
    attribute: &'static Attribute,
    value: Value,
    path: &str,
    notes: &mut Notes,
) -> Coerced<Option<Value>> {
    if attribute.is_complex() {
        let object = complex(attribute, Map::new(), value, path, notes)?;
        return Ok(object.map(Value::Object));
    }
    match unwrap_scalar(value, path, notes) {
        Value::String(text) if text.is_empty() => {
            note_empty(path, notes);
            Ok(None)
        }
        value if is_unassigned(&value) => Ok(None),
        value => scalar(attribute, value, path, notes).map(Some),
    }
}

/// Sets the sub-attributes that were sent on top of those that are there; `None` if nothing is
/// left. Sub-attributes that were not sent stay (RFC 7644 §3.5.2.3), those sent empty go.
pub(crate) fn complex(
    attribute: &'static Attribute,
    mut onto: Object,
    value: Value,
    path: &str,
    notes: &mut Notes,
) -> Coerced<Option<Object>> {
    let Some(sent) = object_of(attribute, value, path, notes)? else {
        return Ok(None);
    };
    let sent = reference_value(attribute, sent, path, notes);
    for (name, value) in open_json(attribute, sent, path, notes) {
        let Some(sub) = attribute.sub(&name) else {
            note_unknown(&format!("{path}.{name}"), notes);
            continue;
        };
        // What a `$ref` says follows from the `value`, whoever may write it.
        if sub.mutability == Mutability::ReadOnly || sub.name == "$ref" {
            continue;
        }
        match one(sub, value, &format!("{path}.{}", sub.name), notes)? {
            Some(value) => onto.insert(sub.name.into(), value),
            None => onto.shift_remove(sub.name),
        };
    }
    Ok((!onto.is_empty()).then_some(onto))
}

/// `None` for null, `""`, `[]` and `{}`.
fn object_of(attribute: &Attribute, value: Value, path: &str, notes: &mut Notes) -> Coerced<Option<Object>> {
    match unwrap_list(value, path, notes) {
        Value::Object(object) => Ok(Some(object)),
        Value::String(text) if text.is_empty() => {
            note_empty(path, notes);
            Ok(None)
        }
        value if is_unassigned(&value) => Ok(None),
        Value::Array(_) => Err(wrong_type(path, "one object, not a list")),
        scalar if attribute.sub("value").is_some() => {
            let sentence = format!("`{path}` was sent as a plain value and read as its `value`.");
            notes.add(Quirk::ScalarForObject, path, sentence);
            Ok(Some(Map::from_iter([("value".to_owned(), scalar)])))
        }
        _ => Err(wrong_type(path, "an object with the sub-attributes")),
    }
}

/// A reference that says where but not what: the id is the last segment of the URI.
fn reference_value(attribute: &Attribute, mut sent: Object, path: &str, notes: &mut Notes) -> Object {
    if attribute.sub("$ref").is_none() || field(&sent, "value").is_some() {
        return sent;
    }
    let uri = field(&sent, "$ref").and_then(Value::as_str);
    let id = uri
        .and_then(|uri| uri.trim_end_matches('/').rsplit('/').next())
        .map(str::to_owned);
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        let sentence = format!("`{path}` had a $ref and no value; the value was taken from it.");
        notes.add(Quirk::ReferenceWithoutValue, path, sentence);
        sent.insert("value".into(), id.into());
    }
    sent
}

/// Entra's AppRoleAssignmentsComplex puts a JSON object into the `value` of a role.
fn open_json(attribute: &Attribute, mut sent: Object, path: &str, notes: &mut Notes) -> Object {
    let inner = field(&sent, "value").and_then(|value| json_in(attribute, value));
    let Some((value, inner)) = inner else {
        return sent;
    };
    let sentence = format!("A value of `{path}` was sent as JSON in a string and opened.");
    notes.add(Quirk::JsonInString, path, sentence);
    let display = field(&inner, "displayName").cloned();
    sent.retain(|name, _| !name.eq_ignore_ascii_case("value"));
    sent.insert("value".into(), value);
    if let (Some(display), None) = (display, field(&sent, "display")) {
        sent.insert("display".into(), display);
    }
    sent
}

/// The object in the text of a role, and the `value` in it.
pub(crate) fn json_in(attribute: &Attribute, value: &Value) -> Option<(Value, Object)> {
    let text = value.as_str().filter(|text| text.starts_with('{'))?;
    if !matches!(attribute.name, "roles" | "entitlements") {
        return None;
    }
    let inner: Object = serde_json::from_str(text).ok()?;
    Some((field(&inner, "value").cloned()?, inner))
}

/// `["x"]`, `[{"value": "x"}]` and `{"value": "x"}` all mean x.
fn unwrap_scalar(value: Value, path: &str, notes: &mut Notes) -> Value {
    match unwrap_list(value, path, notes) {
        Value::Object(mut object) if object.contains_key("value") => {
            let sentence = format!("`{path}` was sent as an object and read as its `value`.");
            notes.add(Quirk::ObjectForScalar, path, sentence);
            object.shift_remove("value").unwrap_or_default()
        }
        value => value,
    }
}

fn unwrap_list(value: Value, path: &str, notes: &mut Notes) -> Value {
    match value {
        Value::Array(mut elements) if elements.len() == 1 => {
            let sentence = format!("`{path}` was sent as a list of one and read as that one.");
            notes.add(Quirk::ListForSingle, path, sentence);
            elements.pop().unwrap_or_default()
        }
        value => value,
    }
}

fn scalar(attribute: &Attribute, value: Value, path: &str, notes: &mut Notes) -> Coerced<Value> {
    match attribute.kind {
        Kind::Boolean => boolean_value(value, path, notes),
        Kind::Integer => number(value, path, "a whole number", |n| n.is_i64() || n.is_u64(), notes),
        Kind::Decimal => number(value, path, "a number", |_| true, notes),
        Kind::DateTime => date_time(value, path, notes),
        Kind::Binary => binary(value, path, notes),
        // What is secret is neither converted nor repeated in a note.
        _ if attribute.mutability == Mutability::WriteOnly && !value.is_string() => {
            Err(wrong_type(path, "a string"))
        }
        _ => text(value, path, notes),
    }
}

fn text(value: Value, path: &str, notes: &mut Notes) -> Coerced<Value> {
    match value {
        Value::String(_) => Ok(value),
        // What is left of it is not what was sent.
        Value::Number(number) if is_rounded(&number) => Err(wrong_type(
            path,
            "a string; a number as large as this loses digits on the way, so a text",
        )),
        Value::Number(_) | Value::Bool(_) => {
            let text = value.to_string();
            let sentence = format!("`{path}` was sent as {text} and read as the string \"{text}\".");
            notes.add(Quirk::ScalarAsString, path, sentence);
            Ok(text.into())
        }
        _ => Err(wrong_type(path, "a string")),
    }
}

/// True for a number beyond 64 bits, of which JSON's readers keep the first digits.
fn is_rounded(number: &serde_json::Number) -> bool {
    let exact = 9_007_199_254_740_992.0;
    number.is_f64() && number.as_f64().is_some_and(|number| number.abs() >= exact)
}

fn boolean_value(value: Value, path: &str, notes: &mut Notes) -> Coerced<Value> {
    match &value {
        Value::Bool(_) => Ok(value),
        Value::String(text) => match boolean(text) {
            Some(read) => {
                let sentence = format!("`{path}` was sent as the string \"{text}\" and read as {read}.");
                notes.add(Quirk::BooleanAsString, path, sentence);
                Ok(read.into())
            }
            None => Err(wrong_type(path, "true or false")),
        },
        _ => Err(wrong_type(path, "true or false")),
    }
}

/// "True" and "false" in any letter case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        return Some(true);
    }
    text.eq_ignore_ascii_case("false").then_some(false)
}

fn number(
    value: Value,
    path: &str,
    wanted: &str,
    fits: fn(&serde_json::Number) -> bool,
    notes: &mut Notes,
) -> Coerced<Value> {
    match value {
        Value::Number(number) if fits(&number) => Ok(number.into()),
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(number) if fits(&number) => {
                let sentence = format!("`{path}` was sent as the string \"{text}\" and read as a number.");
                notes.add(Quirk::NumberAsString, path, sentence);
                Ok(number.into())
            }
            _ => Err(wrong_type(path, wanted)),
        },
        _ => Err(wrong_type(path, wanted)),
    }
}

/// RFC 7643 §2.3.6: Base64. Kept as sent, like dates.
fn binary(value: Value, path: &str, notes: &mut Notes) -> Coerced<Value> {
    let text = value.as_str().unwrap_or_default();
    let (data, padding) = match text.find('=') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let letters = data.chars().filter(|c| !c.is_ascii_whitespace()).count();
    let in_alphabet =
        |c: char| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || matches!(c, '+' | '/' | '-' | '_');
    let padding = padding.trim_end();
    let is_base64 = letters > 0
        && letters % 4 != 1
        && data.chars().all(in_alphabet)
        && matches!(padding, "" | "=" | "==");
    if !is_base64 {
        return Err(wrong_type(path, "Base64"));
    }
    let is_exact = (letters + padding.len()) % 4 == 0
        && !text.contains(|c: char| c.is_ascii_whitespace() || c == '-' || c == '_');
    if !is_exact {
        let sentence =
            format!("`{path}` is Base64 with line breaks, without padding or with - and _; it was kept.");
        notes.add(Quirk::LooseBinary, path, sentence);
    }
    Ok(value)
}

/// Checked, and kept as sent: a provider compares what it reads with what it wrote.
fn date_time(value: Value, path: &str, notes: &mut Notes) -> Coerced<Value> {
    let text = value.as_str().unwrap_or_default();
    if text.parse::<jiff::Timestamp>().is_ok() {
        return Ok(value);
    }
    if instant(text).is_none() {
        return Err(wrong_type(path, "a date-time such as 2026-04-04T04:23:30Z"));
    }
    let sentence = format!("`{path}` was sent as \"{text}\", without a time or an offset, and read as UTC.");
    notes.add(Quirk::LooseDateTime, path, sentence);
    Ok(value)
}

/// A list is a set. Two members with one id are one member, whatever else is said about them.
pub(crate) fn drop_repeated(attribute: &Attribute, elements: &mut Vec<Value>) {
    let mut seen = HashSet::with_capacity(elements.len());
    elements.retain(|element| {
        let id = element.get("value").filter(|_| attribute.name == "members");
        seen.insert(id.unwrap_or(element).to_string())
    });
}

/// RFC 7643 §2.4: `primary` is true at most once. Of several, the last was set last. Returns
/// whether there were several.
pub(crate) fn keep_last_primary(elements: &mut [Value]) -> bool {
    let mut primaries = elements.iter_mut().rev().filter(|element| is_primary(element));
    primaries.next();
    let mut several = false;
    for element in primaries {
        set_primary(element, false);
        several = true;
    }
    several
}

pub(crate) fn is_primary(element: &Value) -> bool {
    element.get("primary") == Some(&Value::Bool(true))
}

pub(crate) fn set_primary(element: &mut Value, primary: bool) {
    if let Value::Object(object) = element {
        object.insert("primary".into(), primary.into());
    }
}

/// RFC 7643 §2.5: null and the empty list are the same as absent. So are, here, the empty
/// string and the empty object.
pub(crate) fn is_unassigned(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A name in a body that no schema declares.
pub(crate) fn note_unknown(path: &str, notes: &mut Notes) {
    let path = &*secret::path(path);
    let sentence = format!("No schema declares `{path}`; it was ignored.");
    notes.add_or_refuse(Quirk::UnknownAttribute, path, sentence, || {
        ScimError::invalid_syntax(format!(
            "No schema declares `{path}`. Leave it out, or turn the strict setting off."
        ))
    });
}

/// A PATCH path that leads to nothing any schema declares.
pub(crate) fn note_unknown_path(path: &str, notes: &mut Notes) {
    let path = &*secret::path(path);
    let sentence = format!("No schema declares `{path}`; it was ignored.");
    notes.add_or_refuse(Quirk::UnknownAttribute, path, sentence, || {
        ScimError::invalid_path(
            path,
            "no schema declares it; leave the operation out, or turn the strict setting off",
        )
    });
}

fn note_empty(path: &str, notes: &mut Notes) {
    let sentence = format!("`{path}` was sent as an empty string and read as no value.");
    notes.add(Quirk::EmptyString, path, sentence);
}

fn wrong_type(path: &str, wanted: &str) -> ScimError {
    ScimError::invalid_value(path, &format!("{wanted} is expected"))
}
