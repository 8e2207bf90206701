//! A resource as it is answered, and the ETag of that answer.
//!
//! What a user is answered with depends on more than its record: `groups` is computed from
//! memberships and group names. So does its ETag (RFC 7644 §3.14), which would else promise a
//! client that nothing changed while the answer did. It is computed when it is asked for, from
//! the groups of that one user; adding a member to a large group writes no user.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use scim::list::Projection;
use scim::resource::Object;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::record::{location, version_tag};
use super::{Directory, Kind, Resource};
use crate::error::Result;

/// Bytes of the hash of a user's groups that its ETag shows.
const SHOWN: usize = 8;

/// A group that a user is in.
pub(super) struct DirectGroup {
    id: String,
    name: String,
}

/// Group names that were read before: the users of one page share their groups.
#[derive(Default)]
pub(super) struct GroupNames(HashMap<String, Option<String>>);

impl Directory<'_> {
    /// The weak ETag of a resource as it is answered, `W/"3"` or `W/"3.9f86d081884c7d65"`
    /// (RFC 7644 §3.14). A user's changes also when its `groups` do. `meta.version` is the same.
    pub fn etag(&self, kind: Kind, resource: &Resource) -> Result<String> {
        match kind {
            Kind::User => {
                let groups = self.direct_groups(&resource.id, &mut GroupNames::default())?;
                Ok(user_tag(resource.version, &groups))
            }
            Kind::Group => Ok(resource.record_tag()),
        }
    }

    /// A resource as it is answered: with its memberships if they are wanted, projected.
    pub fn project(
        &self,
        kind: Kind,
        resource: &Resource,
        projection: &Projection,
        base: &str,
    ) -> Result<Object> {
        let (object, _) = self.represent(kind, resource, projection, base)?;
        Ok(object)
    }

    /// The same with its ETag; the two come of one look at the groups and belong together.
    /// `base` is the Tenant URL without its last `/`.
    pub fn represent(
        &self,
        kind: Kind,
        resource: &Resource,
        projection: &Projection,
        base: &str,
    ) -> Result<(Object, String)> {
        let wants = projection.wants(kind.memberships());
        let names = &mut GroupNames::default();
        let (tag, memberships) =
            self.memberships(kind, &resource.id, resource.version, wants, base, names)?;
        let mut whole = resource.to_object(kind, base, &tag);
        if let Some(value) = memberships {
            whole.insert(kind.memberships().to_owned(), Value::Array(value));
        }
        Ok((projection.keep(kind.resource_type(), whole), tag))
    }

    /// The ETag of a resource, and its members or groups if somebody `wants` them and they are
    /// answered: a user without groups has no `groups`.
    pub(super) fn memberships(
        &self,
        kind: Kind,
        id: &str,
        version: u64,
        wants: bool,
        base: &str,
        names: &mut GroupNames,
    ) -> Result<(String, Option<Vec<Value>>)> {
        match kind {
            Kind::User => {
                let groups = self.direct_groups(id, names)?;
                let value = (wants && !groups.is_empty()).then(|| groups_value(&groups, base));
                Ok((user_tag(version, &groups), value))
            }
            Kind::Group => {
                let value = wants.then(|| self.members_value(id, base)).transpose()?;
                Ok((version_tag(version), value))
            }
        }
    }

    /// A resource with its memberships and everything in it: for a filter to be asked about.
    pub(super) fn whole(&self, kind: Kind, resource: &Resource, base: &str) -> Result<Object> {
        let mut whole = self.object(kind, resource, base)?;
        let memberships = match kind {
            Kind::User => self.groups_value(&resource.id, base)?,
            Kind::Group => self.members_value(&resource.id, base)?,
        };
        whole.insert(kind.memberships().to_owned(), Value::Array(memberships));
        Ok(whole)
    }

    /// A resource as it is answered, but without its memberships: for people to read.
    pub fn object(&self, kind: Kind, resource: &Resource, base: &str) -> Result<Object> {
        Ok(resource.to_object(kind, base, &self.etag(kind, resource)?))
    }

    /// `groups` of a user as the server answers it (RFC 7643 §4.1.2: read-only, computed).
    pub fn groups_value(&self, user: &str, base: &str) -> Result<Vec<Value>> {
        let groups = self.direct_groups(user, &mut GroupNames::default())?;
        Ok(groups_value(&groups, base))
    }

    /// The groups a user is a member of itself, by age. One that is removed meanwhile is none.
    fn direct_groups(&self, user: &str, names: &mut GroupNames) -> Result<Vec<DirectGroup>> {
        let mut groups = Vec::new();
        for id in self.groups_of(user)? {
            if !names.0.contains_key(&id) {
                let group = self.find(Kind::Group, &id)?;
                let name = group.map(|group| group.name(Kind::Group).to_owned());
                names.0.insert(id.clone(), name);
            }
            if let Some(Some(name)) = names.0.get(&id) {
                let name = name.clone();
                groups.push(DirectGroup { id, name });
            }
        }
        Ok(groups)
    }
}

fn groups_value(groups: &[DirectGroup], base: &str) -> Vec<Value> {
    let value = |group: &DirectGroup| {
        json!({
            "value": group.id,
            "$ref": location(Kind::Group, base, &group.id),
            "display": group.name,
            "type": "direct",
        })
    };
    groups.iter().map(value).collect()
}

/// The version of the record and, where there are groups, a hash of what `groups` shows of them.
fn user_tag(version: u64, groups: &[DirectGroup]) -> String {
    if groups.is_empty() {
        return version_tag(version);
    }
    let mut hash = Sha256::new();
    for group in groups {
        // No part can be taken for another: each says how long it is.
        for part in [&group.id, &group.name] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    let digest = hash.finalize();
    let shown: Vec<u8> = digest.into_iter().take(SHOWN).collect();
    format!("W/\"{version}.{}\"", HEXLOWER.encode(&shown))
}
