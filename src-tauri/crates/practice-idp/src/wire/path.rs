//! Where in a resource: the paths that attribute mappings use, such as
//! `emails[type eq "work"].value` or `urn:…:User:department` (RFC 7644 §3.10 and figure 7).

use std::fmt;

use serde_json::{Map, Value as Json};

/// The schema whose attributes stand at the top of a user or a group.
const CORE: &str = "urn:ietf:params:scim:schemas:core:";

/// A place in a resource. It prints as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    text: String,
    /// The extension, if any.
    pub extension: Option<String>,
    /// The attribute.
    pub name: String,
    /// Of several values the one where this sub-attribute has this value.
    pub filter: Option<(String, Json)>,
    /// The sub-attribute.
    pub sub: Option<String>,
}

/// Text that is no path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no target attribute. Write it as in title, name.givenName or emails[type eq \"work\"].value."
)]
pub struct BadPath(String);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Path {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        let bad = || BadPath(text.to_owned());
        let (extension, rest) = split_extension(text).ok_or_else(bad)?;
        let (name, filter, sub) = match rest.split_once('[') {
            Some((name, rest)) => {
                let (filter, rest) = rest.split_once(']').ok_or_else(bad)?;
                let sub = rest.strip_prefix('.');
                if sub.is_none() && !rest.is_empty() {
                    return Err(bad());
                }
                (name, Some(equality(filter).ok_or_else(bad)?), sub)
            }
            None => match rest.split_once('.') {
                Some((name, sub)) => (name, None, Some(sub)),
                None => (rest, None, None),
            },
        };
        if !is_name(name) || !sub.is_none_or(is_name) {
            return Err(bad());
        }
        Ok(Self {
            text: text.to_owned(),
            extension: extension.map(str::to_owned),
            name: name.to_owned(),
            filter,
            sub: sub.map(str::to_owned),
        })
    }
}

/// The extension's URN, none for the core schema, and the rest.
fn split_extension(text: &str) -> Option<(Option<&str>, &str)> {
    let is_urn = text
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    if !is_urn {
        return Some((None, text));
    }
    let head = text.split_once('[').map_or(text, |(head, _)| head);
    let (urn, _) = head.rsplit_once(':')?;
    let rest = text.get(urn.len() + 1..)?;
    let is_core = urn
        .get(..CORE.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(CORE));
    Some(((!is_core).then_some(urn), rest))
}

/// `type eq "work"`.
fn equality(filter: &str) -> Option<(String, Json)> {
    let mut words = filter.trim().splitn(3, ' ');
    let (name, operator, value) = (words.next()?, words.next()?, words.next()?);
    let value: Json = serde_json::from_str(value.trim()).ok()?;
    (operator.eq_ignore_ascii_case("eq") && is_name(name)).then(|| (name.to_owned(), value))
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '$')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

impl Path {
    /// Whether it is this top-level attribute of the core schema, whole.
    pub fn is(&self, name: &str) -> bool {
        self.extension.is_none()
            && self.filter.is_none()
            && self.sub.is_none()
            && self.name.eq_ignore_ascii_case(name)
    }

    /// What stands there in a resource, if anything.
    pub fn get<'a>(&self, resource: &'a Json) -> Option<&'a Json> {
        let holder = match &self.extension {
            Some(urn) => member(resource, urn)?,
            None => resource,
        };
        let mut found = member(holder, &self.name)?;
        if let Some(wanted) = &self.filter {
            found = found.as_array()?.iter().find(|entry| is_entry(entry, wanted))?;
        }
        if let Some(sub) = &self.sub {
            found = member(found, sub)?;
        }
        (!found.is_null()).then_some(found)
    }

    /// Puts a value there; what is on the way and missing is made.
    pub fn set(&self, resource: &mut Map<String, Json>, value: Json) {
        let holder = match &self.extension {
            Some(urn) => object_at(resource, urn),
            None => Some(resource),
        };
        let Some(holder) = holder else { return };
        let within = match (&self.filter, &self.sub) {
            (None, None) => return put(holder, &self.name, value),
            (Some(wanted), _) => entry_at(holder, &self.name, wanted),
            (None, Some(_)) => object_at(holder, &self.name),
        };
        match (within, &self.sub, value) {
            (Some(within), Some(sub), value) => put(within, sub, value),
            (Some(within), None, Json::Object(members)) => within.extend(members),
            _ => {}
        }
    }
}

/// A member by its name, in any case (RFC 7643 §2.1).
fn member<'a>(value: &'a Json, name: &str) -> Option<&'a Json> {
    let members = value.as_object()?;
    let found = members.get(name);
    found.or_else(|| {
        let mut all = members.iter();
        all.find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}

fn is_entry(entry: &Json, (name, wanted): &(String, Json)) -> bool {
    match (member(entry, name), wanted) {
        (Some(Json::String(is)), Json::String(wanted)) => is.eq_ignore_ascii_case(wanted),
        (is, wanted) => is == Some(wanted),
    }
}

/// The name under which a member stands there already, or else the one given.
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
    wanted: &(String, Json),
) -> Option<&'a mut Map<String, Json>> {
    let place = members
        .entry(spelling(members, name))
        .or_insert_with(|| Json::Array(Vec::new()));
    if !place.is_array() {
        *place = Json::Array(Vec::new());
    }
    let entries = place.as_array_mut()?;
    let at = match entries.iter().position(|entry| is_entry(entry, wanted)) {
        Some(at) => at,
        None => {
            entries.push(Json::Object(Map::from_iter([wanted.clone()])));
            entries.len() - 1
        }
    };
    entries.get_mut(at)?.as_object_mut()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    #[test]
    fn paths_are_read_in_every_form_of_a_mapping() {
        let found = path(r#"emails[type eq "work"].value"#);
        assert_eq!(found.filter, Some(("type".to_owned(), json!("work"))));
        assert_eq!(
            (found.name.as_str(), found.sub.as_deref()),
            ("emails", Some("value"))
        );
        let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        let found = path(&format!("{urn}:manager.value"));
        assert_eq!(found.extension.as_deref(), Some(urn));
        assert_eq!(
            (found.name.as_str(), found.sub.as_deref()),
            ("manager", Some("value"))
        );
        assert!(path("urn:ietf:params:scim:schemas:core:2.0:User:userName").is("username"));
        for bad in [
            "",
            "a.",
            "emails[type]",
            "emails[type eq \"work\"]value",
            "9x",
            "a b",
        ] {
            assert!(bad.parse::<Path>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_set_is_found_whatever_was_there() {
        let mut resource =
            json!({ "Name": { "familyName": "Vance" }, "emails": [{ "type": "home", "value": "x" }] });
        for (at, value) in [
            ("name.givenName", "Adele"),
            (r#"emails[type eq "work"].value"#, "a@b.example"),
            ("urn:x:2.0:User:department", "Retail"),
            ("title", "Clerk"),
        ] {
            path(at).set(resource.as_object_mut().unwrap(), json!(value));
            assert_eq!(path(at).get(&resource), Some(&json!(value)), "{at}");
        }
        assert_eq!(
            resource,
            json!({
                "Name": { "familyName": "Vance", "givenName": "Adele" },
                "emails": [{ "type": "home", "value": "x" }, { "type": "work", "value": "a@b.example" }],
                "urn:x:2.0:User": { "department": "Retail" },
                "title": "Clerk",
            })
        );
    }
}
