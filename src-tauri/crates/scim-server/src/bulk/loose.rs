//! The parts of a body that refer to what is not there yet: taken out, to be added later.

use std::collections::BTreeSet;

use scim::bulk::{self, Method, Operation};
use serde_json::{Map, Value};

/// An attribute's value, or one of its values, that refers to others.
#[derive(Debug)]
pub(super) struct Loose {
    /// The extension's URN, if the attribute is one of an extension.
    schema: Option<String>,
    /// Its name, as sent.
    pub(super) attribute: String,
    /// One of several values.
    multiple: bool,
    value: Value,
    /// The bulkIds of what is not there.
    pub(super) refers: BTreeSet<String>,
}

/// Takes out of a body what refers to one of `absent`.
pub(super) fn take(body: &mut Value, absent: &BTreeSet<String>) -> Vec<Loose> {
    let mut taken = Vec::new();
    let Some(body) = body.as_object_mut() else {
        return taken;
    };
    for (name, value) in body.iter_mut() {
        if let (true, Some(extension)) = (name.contains(':'), value.as_object_mut()) {
            take_attributes(extension, Some(name), absent, &mut taken);
        }
    }
    take_attributes(body, None, absent, &mut taken);
    taken
}

fn take_attributes(
    object: &mut Map<String, Value>,
    schema: Option<&String>,
    absent: &BTreeSet<String>,
    taken: &mut Vec<Loose>,
) {
    object.retain(|attribute, value| {
        let mut lift = |value: &Value, multiple| {
            let refers = referred(value, absent);
            let is_loose = !refers.is_empty();
            if is_loose {
                taken.push(Loose {
                    schema: schema.cloned(),
                    attribute: attribute.clone(),
                    multiple,
                    value: value.clone(),
                    refers,
                });
            }
            is_loose
        };
        match value {
            Value::Array(items) => {
                items.retain(|item| !lift(item, true));
                true
            }
            value => !lift(value, false),
        }
    });
}

/// Those of `absent` that a value refers to.
fn referred(value: &Value, absent: &BTreeSet<String>) -> BTreeSet<String> {
    let holder = Operation {
        method: Method::Post,
        path: String::new(),
        bulk_id: None,
        version: None,
        data: Some(value.clone()),
        fault: None,
    };
    let referred = bulk::references(&holder);
    referred.intersection(absent).cloned().collect()
}

/// The parts as the value of a PATCH without a path.
pub(super) fn join<'a>(parts: impl Iterator<Item = &'a Loose>) -> Value {
    let mut joined = Map::new();
    for part in parts {
        let place = match &part.schema {
            Some(schema) => {
                let extension = joined
                    .entry(schema.clone())
                    .or_insert_with(|| Value::Object(Map::new()));
                extension.as_object_mut()
            }
            None => Some(&mut joined),
        };
        let Some(place) = place else { continue };
        if part.multiple {
            let values = place
                .entry(part.attribute.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Some(values) = values.as_array_mut() {
                values.push(part.value.clone());
            }
        } else {
            place.insert(part.attribute.clone(), part.value.clone());
        }
    }
    Value::Object(joined)
}
