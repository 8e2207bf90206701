//! `sortBy` and `sortOrder`, RFC 7644 §3.4.2.3.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::Value;

use crate::coerce::{is_primary, is_unassigned};
use crate::filter::compare::instant;
use crate::filter::evaluate::field;
use crate::filter::parse::comparable;
use crate::path::AttrPath;
use crate::resource::Object;
use crate::schema::{Attribute, Kind, ResourceType};
use crate::text::fold;

/// Sorts by one attribute, keeping the order of resources that compare equal.
///
/// Letter case matters where the schema says so; dates compare as instants; a list counts by its
/// primary element, or its first; a complex attribute by its `value`. Resources without a value
/// come last, and with `descending` first, as the RFC says.
pub fn sort(resources: &mut [Object], kind: &'static ResourceType, by: &AttrPath, descending: bool) {
    let keyed = |resource: &mut Object| (key(resource, kind, by), std::mem::take(resource));
    let mut sorted: Vec<(Key, Object)> = resources.iter_mut().map(keyed).collect();
    sorted.sort_by(|(left, _), (right, _)| {
        if descending {
            right.compare(left)
        } else {
            left.compare(right)
        }
    });
    for (slot, (_, resource)) in resources.iter_mut().zip(sorted) {
        *slot = resource;
    }
}

/// What a resource is sorted by. Kinds sort in this order, so that absent ones come last.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key {
    Boolean(bool),
    Number(f64),
    Instant(Timestamp),
    Text(String),
    Absent,
}

impl Key {
    fn compare(&self, other: &Self) -> Ordering {
        // Numbers come from JSON, which has no NaN.
        self.partial_cmp(other).unwrap_or(Ordering::Equal)
    }
}

fn key(resource: &Object, kind: &'static ResourceType, by: &AttrPath) -> Key {
    find(resource, &by.placed(resource, kind)).map_or(Key::Absent, |value| {
        key_of(value, by.leaf(kind).and_then(comparable))
    })
}

fn key_of(value: &Value, declared: Option<&'static Attribute>) -> Key {
    match value {
        Value::Bool(boolean) => Key::Boolean(*boolean),
        Value::Number(number) => Key::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => text_key(text, declared),
        _ => Key::Absent,
    }
}

fn text_key(text: &str, declared: Option<&Attribute>) -> Key {
    let is_date = declared.is_some_and(|declared| declared.kind == Kind::DateTime);
    match instant(text).filter(|_| is_date) {
        Some(instant) => Key::Instant(instant),
        None if declared.is_some_and(|declared| declared.case_exact) => Key::Text(text.to_owned()),
        None => Key::Text(fold(text)),
    }
}

/// The value that counts.
fn find<'a>(resource: &'a Object, by: &AttrPath) -> Option<&'a Value> {
    let object = match &by.schema {
        None => resource,
        Some(urn) => field(resource, urn)?.as_object()?,
    };
    let value = representative(field(object, &by.attribute)?)?;
    let name = by.sub.as_deref().unwrap_or("value");
    match value {
        Value::Object(object) => field(object, name),
        scalar => Some(scalar),
    }
    .filter(|value| !is_unassigned(value))
}

fn representative(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(elements) => elements
            .iter()
            .find(|element| is_primary(element))
            .or_else(|| elements.first()),
        single => Some(single),
    }
}
