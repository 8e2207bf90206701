//! Looking at every record, when no index knows: as little of each as the filter needs.
//!
//! Three steps, each for the few that the one before has left. The bytes of a record are asked
//! whether they hold the texts that the filter compares with at all ([`Need`]); of a record that
//! does, only the attributes that the filter names are read ([`Looked`]); and only what is then
//! on the page is read whole.
//!
//! The first step may let through what does not match, and never the other way round: it is
//! asked only about texts that stand in a record as they stand in the filter, letter case aside.

use std::fmt;

use memchr::memmem::Finder;
use scim::filter::{Filter, Literal, Op};
use scim::path::AttrPath;
use scim::resource::Object;
use scim::schema::Kind as ValueKind;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::outside::MembersOutside;
use super::{Directory, Kind, Resource};
use crate::error::{Error, Result};
use crate::store::Key;

/// What the bytes of a record have to hold so that a filter can match it.
pub(super) enum Need {
    /// Nothing is known: the record has to be read.
    Unknown,
    /// A text in ASCII, small letters.
    Text(Box<Finder<'static>>),
    All(Vec<Need>),
    Any(Vec<Need>),
}

impl Need {
    /// What `filter` needs of a record of `kind`.
    pub(super) fn of(kind: Kind, filter: &Filter) -> Self {
        match filter {
            Filter::And(sides) => Self::All(sides.iter().map(|side| Self::of(kind, side)).collect()),
            Filter::Or(sides) => Self::Any(sides.iter().map(|side| Self::of(kind, side)).collect()),
            Filter::Not(_) | Filter::Present(_) => Self::Unknown,
            Filter::Compare { path, op, value } => Self::of_text(kind, path, *op, value),
            Filter::Within { path, filter, then } => {
                let then = then
                    .as_ref()
                    .map(|(sub, op, value)| Self::of_text(kind, &path.clone().with_sub(sub), *op, value));
                let inner = Self::of_element(kind, path, filter);
                Self::All(then.into_iter().chain([inner]).collect())
            }
        }
    }

    /// The same for a filter in the brackets of `list`.
    fn of_element(kind: Kind, list: &AttrPath, filter: &Filter) -> Self {
        let each = |sides: &[Filter]| {
            sides
                .iter()
                .map(|side| Self::of_element(kind, list, side))
                .collect()
        };
        match filter {
            Filter::And(sides) => Self::All(each(sides)),
            Filter::Or(sides) => Self::Any(each(sides)),
            Filter::Compare { path, op, value } => {
                Self::of_text(kind, &list.clone().with_sub(&path.attribute), *op, value)
            }
            Filter::Not(_) | Filter::Present(_) | Filter::Within { .. } => Self::Unknown,
        }
    }

    fn of_text(kind: Kind, path: &AttrPath, op: Op, value: &Literal) -> Self {
        let Literal::String(text) = value else {
            return Self::Unknown;
        };
        let compares_text = match op {
            Op::Co | Op::Sw | Op::Ew => true,
            Op::Eq => is_text(kind, path) && !reads_otherwise(text),
            _ => false,
        };
        // In JSON these bytes stand for themselves; letters beyond ASCII may fold to others.
        let stands_as_it_is = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
        let is_plain = !text.is_empty() && text.bytes().all(stands_as_it_is);
        if !compares_text || !is_plain || !is_stored(kind, path) {
            return Self::Unknown;
        }
        Self::Text(Box::new(
            Finder::new(text.to_ascii_lowercase().as_bytes()).into_owned(),
        ))
    }

    /// Whether the record can match. `folded` is room for a copy in small letters.
    pub(super) fn is_met_by(&self, record: &[u8], folded: &mut Vec<u8>) -> bool {
        if !self.says_anything() || !record.is_ascii() {
            return true;
        }
        folded.clear();
        folded.extend_from_slice(record);
        folded.make_ascii_lowercase();
        self.holds(folded)
    }

    fn says_anything(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Text(_) => true,
            Self::All(needs) => needs.iter().any(Self::says_anything),
            Self::Any(needs) => needs.iter().all(Self::says_anything),
        }
    }

    fn holds(&self, folded: &[u8]) -> bool {
        match self {
            Self::Unknown => true,
            Self::Text(finder) => finder.find(folded).is_some(),
            Self::All(needs) => needs.iter().all(|need| need.holds(folded)),
            Self::Any(needs) => needs.iter().any(|need| need.holds(folded)),
        }
    }
}

/// Whether what the path leads to is in the record as it is answered, and not computed.
fn is_stored(kind: Kind, path: &AttrPath) -> bool {
    let is = |name: &str| path.attribute.eq_ignore_ascii_case(name);
    let is_reference = path.sub.as_deref().is_some_and(|sub| sub.starts_with('$'));
    let is_computed = is("meta") || is("schemas") || is("manager") || is(kind.memberships());
    !is_computed && !is_reference && !path.is_schema()
}

/// Whether the schema says that the value is text: of numbers and dates, other texts may be equal.
fn is_text(kind: Kind, path: &AttrPath) -> bool {
    let Some(declared) = kind.resource_type().find(path) else {
        return false;
    };
    let leaf = match path.sub.as_deref() {
        Some(sub) => declared.sub(sub),
        None if declared.is_complex() => declared.sub("value"),
        None => Some(declared),
    };
    leaf.is_some_and(|leaf| leaf.kind == ValueKind::String)
}

/// A number or a boolean may be written in more than one way.
fn reads_otherwise(text: &str) -> bool {
    let text = text.trim();
    text.parse::<f64>().is_ok()
        || ["true", "false", "1", "0", "yes", "no"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// What a filter looks at.
pub(super) struct Wanted {
    /// Names at the top of a resource: attributes and URNs, folded.
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
        self.names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted))
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
                // One of the type's own schema stands at the top like any other.
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

/// One that matches.
pub(super) enum Found<'a> {
    /// Read whole, because the filter asked about all of it.
    Whole(Resource),
    /// Read as far as the filter asked; these are its bytes.
    Seen {
        kind: Kind,
        id: String,
        record: &'a [u8],
    },
}

impl Found<'_> {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Whole(resource) => &resource.id,
            Self::Seen { id, .. } => id,
        }
    }

    pub(super) fn whole(self) -> Result<Resource> {
        match self {
            Self::Whole(resource) => Ok(resource),
            Self::Seen { kind, record, .. } => {
                serde_json::from_slice(record).map_err(|error| Error::damaged(kind.records().noun(), &error))
            }
        }
    }
}

impl Directory<'_> {
    /// Shows `take` every resource that matches, by age, out of all there are; `None` if the filter
    /// asks for what is in no record, so that each has to be read whole.
    pub(super) fn each_seen(
        &self,
        kind: Kind,
        filter: &Filter,
        base: &str,
        mut take: impl FnMut(Found<'_>) -> Result<()>,
    ) -> Option<Result<()>> {
        let wanted = Wanted::by(filter)?;
        let need = Need::of(kind, filter);
        let mut folded = Vec::new();
        let look = |record: &[u8]| {
            if !need.is_met_by(record, &mut folded) {
                return Ok(());
            }
            let Looked { id, object } = Look(&wanted)
                .deserialize(&mut serde_json::Deserializer::from_slice(record))
                .map_err(|error| Error::damaged(kind.records().noun(), &error))?;
            let outside = MembersOutside {
                directory: *self,
                kind,
                id: &id,
                resource: None,
                base,
            };
            if filter.matches(&object, kind.resource_type(), &outside) {
                return take(Found::Seen { kind, id, record });
            }
            Ok(())
        };
        Some(self.store.each(&Key::all(kind.records()), look))
    }
}
