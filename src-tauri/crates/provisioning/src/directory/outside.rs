//! What a filter asks about memberships, which are in no record.

use scim::filter::{Filter, Literal, Nothing, Op, Outside};
use scim::path::AttrPath;
use scim::resource::Object;
use serde_json::Value;

use super::{Directory, Kind};
use crate::error::Result;
use crate::store::{Key, Space};

/// Answers a filter's questions about `members` and `groups`, which are not in the record.
pub(super) struct MembersOutside<'a> {
    pub(super) directory: Directory<'a>,
    pub(super) kind: Kind,
    pub(super) id: &'a str,
}

impl MembersOutside<'_> {
    fn is_mine(&self, path: &AttrPath) -> bool {
        let attribute = match self.kind {
            Kind::User => "groups",
            Kind::Group => "members",
        };
        path.attribute.eq_ignore_ascii_case(attribute)
    }

    fn elements(&self) -> Result<Vec<Value>> {
        match self.kind {
            Kind::User => self.directory.groups_value(self.id, ""),
            Kind::Group => self.directory.members_value(self.id, ""),
        }
    }

    /// One key is enough to know; the others are not read.
    fn has_any(&self) -> bool {
        let prefix = match self.kind {
            Kind::User => Key::under(Space::Membership, self.id),
            Kind::Group => Key::under(Space::Member, self.id),
        };
        self.directory.store.keys(&prefix).next().is_some()
    }

    fn key(&self, other: &str) -> Key {
        match self.kind {
            Kind::User => Key::pair(Space::Membership, self.id, other),
            Kind::Group => Key::pair(Space::Member, self.id, other),
        }
    }
}

impl Outside for MembersOutside<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        if !self.is_mine(path) {
            return None;
        }
        let sub = path.sub.as_deref().unwrap_or("value");
        if let (Op::Eq, true, Literal::String(id)) = (op, sub.eq_ignore_ascii_case("value"), value) {
            return Some(self.directory.store.contains(&self.key(id)).unwrap_or(false));
        }
        // Any other question is rare: build the elements and let the filter look at them.
        let attribute = AttrPath {
            sub: Some(sub.to_owned()),
            ..path.clone()
        };
        let filter = Filter::Compare {
            path: attribute,
            op,
            value: value.clone(),
        };
        let mut object = Object::new();
        object.insert(
            path.attribute.clone(),
            Value::Array(self.elements().unwrap_or_default()),
        );
        Some(filter.matches(&object, self.kind.resource_type(), &Nothing))
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        if !self.is_mine(path) {
            return None;
        }
        match path
            .sub
            .as_deref()
            .filter(|sub| !sub.eq_ignore_ascii_case("value"))
        {
            None => Some(self.has_any()),
            Some(sub) => Some(self.elements().is_ok_and(|elements| {
                elements.iter().filter_map(Value::as_object).any(|element| {
                    element
                        .iter()
                        .any(|(name, value)| name.eq_ignore_ascii_case(sub) && !value.is_null())
                })
            })),
        }
    }
}
