//! Reading of a stored record what a filter looks at, and passing over the rest.

use std::fmt;

use scim::filter::Filter;
use scim::resource::Object;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::Resource;

/// What a filter looks at.
pub(super) struct Wanted {
    /// Names at the top of a resource, attributes and URNs, or what begins with such a URN.
    names: Vec<String>,
}

impl Wanted {
    /// `None` if the filter looks at what is not in the record's attributes.
    pub(super) fn by(filter: &Filter) -> Option<Self> {
        let mut names = Vec::new();
        collect(filter, &mut names).then_some(Self { names })
    }

    /// As much of a resource as the filter looks at.
    pub(super) fn of(&self, resource: &Resource) -> Object {
        let attributes = resource.attributes.iter();
        let mut object: Object = attributes
            .filter(|(name, _)| self.wants(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        object.insert("id".to_owned(), Value::String(resource.id.clone()));
        object
    }

    fn wants(&self, name: &str) -> bool {
        let is_in = |wanted: &String| {
            let urn = wanted.split_at_checked(name.len());
            urn.is_some_and(|(urn, rest)| urn.eq_ignore_ascii_case(name) && rest.starts_with([':', '.']))
        };
        self.names
            .iter()
            .any(|wanted| name.eq_ignore_ascii_case(wanted) || is_in(wanted))
    }
}

/// Adds the names that `filter` looks at; false if one of them is computed.
fn collect(filter: &Filter, names: &mut Vec<String>) -> bool {
    match filter {
        Filter::And(sides) | Filter::Or(sides) => sides.iter().all(|side| collect(side, names)),
        Filter::Not(inner) => collect(inner, names),
        // What stands in the brackets are parts of the list.
        Filter::Compare { path, .. } | Filter::Present(path) | Filter::Within { path, .. } => {
            let is_computed = ["meta", "manager", "schemas"]
                .iter()
                .any(|name| path.attribute.eq_ignore_ascii_case(name))
                || path.is_schema();
            names.push(path.schema.as_ref().unwrap_or(&path.attribute).clone());
            if let Some(urn) = &path.schema {
                // One of the type's own schema stands at the top like any other. Of one that nobody
                // declares only the record says where its URN ends.
                names.push(path.to_string());
                names.push(urn.clone());
                names.push(path.attribute.clone());
            }
            !is_computed
        }
    }
}

/// As much of a stored record as a filter looks at: its id, and some attributes.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) id: String,
    pub(super) object: Object,
}

/// Reads a [`Looked`].
pub(super) struct Look<'a>(pub(super) &'a Wanted);

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = Looked;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Looked, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = Looked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored user or group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Looked, A::Error> {
        let (mut id, mut object) = (None, Object::new());
        while let Some(name) = map.next_key::<&str>()? {
            match name {
                "id" => id = Some(map.next_value::<String>()?),
                "attributes" => object = map.next_value_seed(Attributes(self.0))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        object.insert("id".to_owned(), Value::String(id.clone()));
        Ok(Looked { id, object })
    }
}

/// Reads the attributes that are wanted and passes over the others.
struct Attributes<'a>(&'a Wanted);

impl<'de> DeserializeSeed<'de> for Attributes<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Object, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Attributes<'_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the attributes of a user or group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Object, A::Error> {
        let mut object = Object::new();
        while let Some(name) = map.next_key_seed(Name(self.0))? {
            match name {
                Some(name) => {
                    object.insert(name, map.next_value()?);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(object)
    }
}

/// Reads an attribute's name if it is wanted.
struct Name<'a>(&'a Wanted);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Option<String>, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an attribute")
    }

    fn visit_str<E>(self, name: &str) -> std::result::Result<Option<String>, E> {
        Ok(self.0.wants(name).then(|| name.to_owned()))
    }
}
