//! What a filter asks about memberships and the ETag, which are in no record.

use scim::filter::{Filter, Literal, Nothing, Op, Outside};
use scim::path::AttrPath;
use scim::resource::Object;
use serde_json::Value;

use super::{Directory, Kind, Resource};
use crate::error::Result;
use crate::store::{Key, Space};

/// Answers a filter's questions about `members`, `groups` and `meta.version`, which are not in
/// the record.
pub(super) struct MembersOutside<'a> {
    pub(super) directory: Directory<'a>,
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    /// The record, if it is at hand; it is wanted only for the ETag.
    pub(super) resource: Option<&'a Resource>,
    /// The Tenant URL without its last `/`, for the URLs that are compared.
    pub(super) base: &'a str,
}

impl MembersOutside<'_> {
    /// A part that nobody declares is left to the filter, which knows nothing of it either.
    fn is_mine(&self, path: &AttrPath) -> bool {
        let names_it = path.schema.is_none() && path.attribute.eq_ignore_ascii_case(self.kind.memberships());
        names_it && (path.sub.is_none() || path.known(self.kind.resource_type()))
    }

    /// A comparison with the ETag, which costs a look at the groups of a user.
    fn compare_version(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        let is_version = path.schema.is_none()
            && path.attribute.eq_ignore_ascii_case("meta")
            && path
                .sub
                .as_deref()
                .is_some_and(|sub| sub.eq_ignore_ascii_case("version"));
        if !is_version {
            return None;
        }
        let object = self.directory.object(self.kind, self.resource?, self.base).ok()?;
        let path = path.clone();
        let value = value.clone();
        let filter = Filter::Compare { path, op, value };
        Some(filter.matches(&object, self.kind.resource_type(), &Nothing))
    }

    fn elements(&self) -> Result<Vec<Value>> {
        match self.kind {
            Kind::User => self.directory.groups_value(self.id, self.base),
            Kind::Group => self.directory.members_value(self.id, self.base),
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
            return self.compare_version(path, op, value);
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

/// Whether a filter asks one membership for more than its id: `members[value eq "7" and type eq
/// "Group"]`. Asked part by part, two members could answer for one; so such a filter is asked
/// about a resource with its memberships in it.
pub(super) fn asks_one_membership(kind: Kind, filter: &Filter) -> bool {
    match filter {
        Filter::And(filters) | Filter::Or(filters) => {
            filters.iter().any(|filter| asks_one_membership(kind, filter))
        }
        Filter::Not(filter) => asks_one_membership(kind, filter),
        Filter::Within { path, filter, then } => {
            let simple = then.is_none() && matches!(**filter, Filter::Compare { .. } | Filter::Present(_));
            path.schema.is_none() && path.attribute.eq_ignore_ascii_case(kind.memberships()) && !simple
        }
        Filter::Compare { .. } | Filter::Present(_) => false,
    }
}
