//! The last step of every write: what is empty goes, `schemas` is computed, order is restored.

use serde_json::Value;

use super::Object;
use crate::coerce;
use crate::path::is_urn;
use crate::schema::{Attribute, ResourceType, Schema};
use crate::schemas::COMMON;

/// Makes a resource canonical after edits. Attributes come in the order: `schemas`, `id`,
/// `externalId`, the core schema's, the extensions', other URNs, anything else, `meta`.
pub(crate) fn tidy(kind: &ResourceType, resource: &mut Object) {
    let mut rest = std::mem::take(resource);
    rest.shift_remove("schemas");
    let meta = rest.shift_remove("meta");
    resource.insert("schemas".into(), Value::Null);
    move_in_order(COMMON, &mut rest, resource);
    move_in_order(kind.schema.attributes, &mut rest, resource);
    for extension in kind.extensions {
        move_extension(extension, &mut rest, resource);
    }
    let (urns, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(key, _)| is_urn(key));
    let something = |(_, value): &(String, Value)| !coerce::is_unassigned(value);
    resource.extend(urns.into_iter().chain(others).filter(something));
    resource.extend(meta.map(|meta| ("meta".to_owned(), meta)));
    let schemas = schemas_of(kind, resource);
    resource.insert("schemas".into(), schemas);
}

fn move_in_order(attributes: &[Attribute], from: &mut Object, to: &mut Object) {
    for attribute in attributes {
        let Some(mut value) = from.shift_remove(attribute.name) else {
            continue;
        };
        order_subs(attribute, &mut value);
        settle_list(attribute, &mut value);
        if !coerce::is_unassigned(&value) {
            to.insert(attribute.name.into(), value);
        }
    }
}

fn move_extension(extension: &Schema, from: &mut Object, to: &mut Object) {
    let Some(Value::Object(mut inner)) = from.shift_remove(extension.id) else {
        return;
    };
    let mut ordered = Object::new();
    move_in_order(extension.attributes, &mut inner, &mut ordered);
    if !ordered.is_empty() {
        to.insert(extension.id.into(), Value::Object(ordered));
    }
}

fn settle_list(attribute: &Attribute, value: &mut Value) {
    if let (Value::Array(elements), true) = (value, attribute.is_complex()) {
        elements.retain(|element| !is_hollow(element));
        coerce::drop_repeated(attribute, elements);
        // Elements that differed in being primary may be the same now.
        if coerce::keep_last_primary(elements) {
            coerce::drop_repeated(attribute, elements);
        }
    }
}

/// An element that only says what it would be for says nothing: `{"type": "work"}` is what is
/// left of an address whose parts were all removed.
pub(crate) fn is_hollow(element: &Value) -> bool {
    match element {
        Value::Object(object) => object.keys().all(|key| key == "type" || key == "primary"),
        other => coerce::is_unassigned(other),
    }
}

fn order_subs(attribute: &Attribute, value: &mut Value) {
    match value {
        Value::Array(elements) => {
            for element in elements {
                order_subs(attribute, element);
            }
        }
        Value::Object(object) if attribute.is_complex() => {
            let mut rest = std::mem::take(object);
            for sub in attribute.sub_attributes() {
                object.extend(rest.shift_remove_entry(sub.name));
            }
            object.extend(rest);
        }
        _ => {}
    }
}

fn schemas_of(kind: &ResourceType, resource: &Object) -> Value {
    let extensions = resource.keys().filter(|key| is_urn(key)).map(String::as_str);
    std::iter::once(kind.schema.id).chain(extensions).collect()
}
