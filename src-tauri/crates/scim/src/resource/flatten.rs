//! From a body to a list of paths with values.
//!
//! Providers write one and the same thing in three ways: nested (`{"name": {"givenName": …}}`),
//! dotted (`{"name.givenName": …}`) and, for extensions, with a colon
//! (`{"urn:…:User:department": …}`). After this there is one way.

use std::collections::HashSet;

use serde_json::Value;

use super::Object;
use crate::coerce::note_unknown;
use crate::dialect::{Notes, Quirk};
use crate::edit::limits;
use crate::error::ScimError;
use crate::path::{AttrPath, Path, is_foreign, is_urn};
use crate::schema::ResourceType;
use crate::secret;

/// One attribute of a body.
pub(crate) struct Flattened {
    pub(crate) path: Path,
    pub(crate) value: Value,
}

/// The attributes of a body, those of declared extensions one by one. Keys that are no path are
/// noted and left out.
pub(crate) fn flatten(kind: &'static ResourceType, body: Object, notes: &mut Notes) -> Vec<Flattened> {
    let mut flat = Vec::with_capacity(body.len());
    let urns = urns_in(kind, &body);
    for (key, value) in body {
        // With an object it is an extension as a whole, wherever its last word would end as a path.
        if value.is_object() && is_foreign(&key, kind) {
            let path = Path::to(AttrPath::extension(key, ""));
            flat.push(Flattened { path, value });
            continue;
        }
        let read = Path::read(&key, kind, notes).map(|path| among(&urns, path, kind));
        match read {
            Ok(path) if path.attr.is_schema() => flatten_schema(kind, path, value, &mut flat, notes),
            Ok(path) => {
                note_spelling(&key, &path, notes);
                flat.push(Flattened { path, value });
            }
            Err(_) => note_unknown(&key, notes),
        }
    }
    flat
}

/// The extensions nobody declares that a body has or lists: they say where a URN in a key ends.
fn urns_in(kind: &ResourceType, body: &Object) -> Vec<String> {
    let has = body
        .iter()
        .filter(|(_, value)| value.is_object())
        .map(|(key, _)| key.as_str());
    let listed = body.iter().find(|(key, _)| key.eq_ignore_ascii_case("schemas"));
    let listed = listed
        .and_then(|(_, urns)| urns.as_array())
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    has.chain(listed)
        .take(limits::MOST_SCHEMAS)
        .filter(|urn| is_foreign(urn, kind))
        .map(str::to_owned)
        .collect()
}

/// What a URN alone stands for: the attributes in it. An extension nobody declares stays whole.
fn flatten_schema(
    kind: &'static ResourceType,
    path: Path,
    value: Value,
    flat: &mut Vec<Flattened>,
    notes: &mut Notes,
) {
    let urn = path.attr.schema.as_deref();
    let declared = urn.map_or(Some(kind.schema), |urn| kind.extension(urn));
    match (declared, value) {
        (Some(schema), Value::Object(inner)) => {
            for (key, value) in inner {
                match AttrPath::read(&format!("{}:{key}", schema.id), kind) {
                    Some(attr) => flat.push(Flattened {
                        path: Path::to(attr),
                        value,
                    }),
                    None => note_unknown(&format!("{}:{key}", schema.id), notes),
                }
            }
        }
        (_, value) => flat.push(Flattened { path, value }),
    }
}

fn among(urns: &[String], path: Path, kind: &ResourceType) -> Path {
    let is_foreign = path.attr.is_foreign(kind);
    let attr = is_foreign
        .then(|| path.attr.among(urns.iter().map(String::as_str)))
        .flatten();
    Path {
        attr: attr.unwrap_or(path.attr),
        ..path
    }
}

fn note_spelling(key: &str, path: &Path, notes: &mut Notes) {
    let attr = &path.attr;
    let is_path = attr.sub.is_some() || path.filter.is_some() || (is_urn(key) && attr.schema.is_some());
    if is_path {
        let key = secret::path(key);
        let sentence = format!("`{key}` was sent as a key and read as a path.");
        notes.add(Quirk::PathAsKey, path.shown(), sentence);
    }
    note_unqualified(key, attr, notes);
}

/// Notes an extension's attribute that came without the extension's URN.
pub(crate) fn note_unqualified(sent: &str, attr: &AttrPath, notes: &mut Notes) {
    if let (Some(urn), false) = (&attr.schema, is_urn(sent.trim())) {
        let sentence = format!(
            "`{}` was sent without its URN and read as an attribute of {urn}.",
            attr.attribute
        );
        notes.add(Quirk::UnqualifiedAttribute, attr.to_string(), sentence);
    }
}

/// Notes what `schemas` lists and nobody declares, and what it should list and does not. More than
/// [`limits::MOST_SCHEMAS`] URNs are refused.
pub(crate) fn note_schemas(kind: &ResourceType, body: &Object, notes: &mut Notes) -> Result<(), ScimError> {
    let listed = body.iter().find(|(key, _)| key.eq_ignore_ascii_case("schemas"));
    let Some((_, listed)) = listed else {
        let sentence = format!("The body has no `schemas`; it was read as a {}.", kind.name);
        notes.add(Quirk::MissingSchemas, "schemas", sentence);
        return Ok(());
    };
    let listed = match listed {
        Value::Array(urns) => urns.as_slice(),
        single => std::slice::from_ref(single),
    };
    limits::check_schemas(listed.len())?;
    let urns: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
    let among: HashSet<String> = urns.iter().map(|urn| urn.to_ascii_lowercase()).collect();
    let in_body: HashSet<String> = body.keys().map(|key| key.to_ascii_lowercase()).collect();
    for (key, _) in body
        .iter()
        .filter(|(key, value)| is_urn(key) && value.is_object() && !among.contains(&key.to_ascii_lowercase()))
    {
        let key = secret::path(key);
        let sentence = format!("The body has the extension {key}, which its `schemas` does not list.");
        notes.add(Quirk::UnlistedExtension, key, sentence);
    }
    let declared = |urn: &str| kind.schema.id.eq_ignore_ascii_case(urn) || kind.extension(urn).is_some();
    for urn in urns
        .iter()
        .filter(|urn| !declared(urn) && !in_body.contains(&urn.to_ascii_lowercase()))
    {
        let urn = &*secret::path(urn);
        let sentence = format!("`schemas` lists {urn}, which nobody declares; it was left out.");
        notes.add_or_refuse(Quirk::UnknownSchema, urn, sentence, || {
            let why = format!("nobody declares {urn}; leave it out, or turn the strict setting off");
            ScimError::invalid_value("schemas", &why)
        });
    }
    Ok(())
}
