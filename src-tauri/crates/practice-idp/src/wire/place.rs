//! Putting a value at a mapping's target in a resource (RFC 7644 §3.10).

use serde_json::{Map, Value as Json};

use crate::mapping::{TargetFilter, TargetPath};

/// The schema whose attributes stand at the top of a user or a group.
const CORE: &str = "urn:ietf:params:scim:schemas:core:";

/// The extension that a target belongs to; none for the core schema.
pub(super) fn extension(path: &TargetPath) -> Option<&str> {
    let schema = path.schema.as_deref()?;
    let is_core = schema
        .get(..CORE.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(CORE));
    (!is_core).then_some(schema)
}

/// Puts a value there; what is on the way and missing is made.
pub(crate) fn set(resource: &mut Map<String, Json>, path: &TargetPath, value: Json) {
    let holder = match extension(path) {
        Some(urn) => object_at(resource, urn),
        None => Some(resource),
    };
    let Some(holder) = holder else { return };
    let within = match (&path.filter, &path.sub) {
        (None, None) => return put(holder, &path.attribute, value),
        (Some(wanted), _) => entry_at(holder, &path.attribute, wanted),
        (None, Some(_)) => object_at(holder, &path.attribute),
    };
    match (within, &path.sub, value) {
        (Some(within), Some(sub), value) => put(within, sub, value),
        (Some(within), None, Json::Object(members)) => within.extend(members),
        _ => {}
    }
}

/// The name under which a member stands there already, in any case (RFC 7643 §2.1), or the one given.
fn spelling(members: &Map<String, Json>, name: &str) -> String {
    let mut keys = members.keys();
    keys.find(|key| key.eq_ignore_ascii_case(name))
        .map_or_else(|| name.to_owned(), Clone::clone)
}

fn put(members: &mut Map<String, Json>, name: &str, value: Json) {
    members.insert(spelling(members, name), value);
}

/// The object of this name, made if something else or nothing is there.
fn object_at<'a>(members: &'a mut Map<String, Json>, name: &str) -> Option<&'a mut Map<String, Json>> {
    let place = members
        .entry(spelling(members, name))
        .or_insert_with(|| Json::Object(Map::new()));
    if !place.is_object() {
        *place = Json::Object(Map::new());
    }
    place.as_object_mut()
}

/// The entry of a multi-valued attribute; a new one has the filter's value.
fn entry_at<'a>(
    members: &'a mut Map<String, Json>,
    name: &str,
    wanted: &TargetFilter,
) -> Option<&'a mut Map<String, Json>> {
    let place = members
        .entry(spelling(members, name))
        .or_insert_with(|| Json::Array(Vec::new()));
    if !place.is_array() {
        *place = Json::Array(Vec::new());
    }
    let entries = place.as_array_mut()?;
    let found = entries.iter().position(|entry| is_entry(entry, wanted));
    let at = if let Some(at) = found {
        at
    } else {
        let value = match (wanted.is_quoted, wanted.value.as_str()) {
            (false, "true") => Json::Bool(true),
            (false, "false") => Json::Bool(false),
            (_, text) => Json::from(text),
        };
        entries.push(Json::Object(Map::from_iter([(wanted.attribute.clone(), value)])));
        entries.len() - 1
    };
    entries.get_mut(at)?.as_object_mut()
}

fn is_entry(entry: &Json, wanted: &TargetFilter) -> bool {
    let members = entry.as_object();
    let mut members = members.into_iter().flatten();
    let found = members.find(|(name, _)| name.eq_ignore_ascii_case(&wanted.attribute));
    found.is_some_and(|(_, value)| match value {
        Json::String(text) => text.eq_ignore_ascii_case(&wanted.value),
        Json::Bool(is) => is.to_string() == wanted.value,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mapping::current;

    #[test]
    fn what_is_put_is_found_whatever_was_there() {
        let mut resource =
            json!({ "Name": { "familyName": "Vance" }, "emails": [{ "type": "home", "value": "x" }] });
        for (at, value) in [
            ("name.givenName", "Adele"),
            (r#"emails[type eq "work"].value"#, "a@b.example"),
            ("urn:x:2.0:User:department", "Retail"),
            ("title", "Clerk"),
        ] {
            let path = TargetPath::parse(at).unwrap();
            set(resource.as_object_mut().unwrap(), &path, json!(value));
            assert_eq!(current(&resource, &path), Some(json!(value)), "{at}");
        }
        let core = TargetPath::parse("urn:ietf:params:scim:schemas:core:2.0:User:userName").unwrap();
        set(resource.as_object_mut().unwrap(), &core, json!("adele"));
        assert_eq!(
            resource,
            json!({
                "Name": { "familyName": "Vance", "givenName": "Adele" },
                "emails": [{ "type": "home", "value": "x" }, { "type": "work", "value": "a@b.example" }],
                "urn:x:2.0:User": { "department": "Retail" },
                "title": "Clerk",
                "userName": "adele",
            })
        );
    }
}
