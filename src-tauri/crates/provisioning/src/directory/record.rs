//! One stored user or group.

use jiff::Timestamp;
use scim::resource::Object;
use scim::schema::ResourceType;
use scim::schemas::{ENTERPRISE_URN, GROUP_TYPE, USER_TYPE};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::accounts::fold;
use crate::store::Space;

/// Users or groups; users come first where both are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// SCIM Users.
    User,
    /// SCIM Groups.
    Group,
}

impl Kind {
    /// The resource type's declaration.
    pub fn resource_type(self) -> &'static ResourceType {
        match self {
            Self::User => &USER_TYPE,
            Self::Group => &GROUP_TYPE,
        }
    }

    /// `User` or `Group`.
    pub fn name(self) -> &'static str {
        self.resource_type().name
    }

    /// The attribute by which people know it, unique without regard to case.
    pub fn name_attribute(self) -> &'static str {
        match self {
            Self::User => "userName",
            Self::Group => "displayName",
        }
    }

    /// The attribute that is computed from memberships.
    pub(super) fn memberships(self) -> &'static str {
        match self {
            Self::User => "groups",
            Self::Group => "members",
        }
    }

    pub(crate) fn records(self) -> Space {
        match self {
            Self::User => Space::User,
            Self::Group => Space::Group,
        }
    }

    pub(crate) fn names(self) -> Space {
        match self {
            Self::User => Space::UserName,
            Self::Group => Space::GroupName,
        }
    }

    pub(super) fn externals(self) -> Space {
        match self {
            Self::User => Space::UserExternal,
            Self::Group => Space::GroupExternal,
        }
    }
}

/// A user or group as stored: the client's attributes, and what the server knows about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The id this server gave it.
    pub id: String,
    /// When it was created.
    pub created: Timestamp,
    /// When its value last changed.
    pub modified: Timestamp,
    /// Counts the changes of its record.
    pub version: u64,
    /// The attributes, canonical, without `id`, `meta`, `members` and `groups`.
    pub attributes: Object,
}

impl Resource {
    /// The text of an attribute, empty when there is none.
    pub fn text(&self, attribute: &str) -> &str {
        self.attributes
            .get(attribute)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// `userName` or `displayName`.
    pub fn name(&self, kind: Kind) -> &str {
        self.text(kind.name_attribute())
    }

    /// What to call a user: displayName, the parts of its name, or userName.
    pub fn display_name(&self) -> String {
        let part = |sub: &str| {
            self.attributes
                .get("name")
                .and_then(|name| name.get(sub))
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let full = format!("{} {}", part("givenName"), part("familyName"));
        [self.text("displayName"), full.trim(), part("formatted")]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_else(|| self.text("userName"))
            .to_owned()
    }

    /// `active`; a user that never said is active.
    pub fn is_active(&self) -> bool {
        self.attributes
            .get("active")
            .and_then(Value::as_bool)
            .unwrap_or(true)
    }

    /// The version of the record alone; see [`super::Directory::etag`].
    pub(super) fn record_tag(&self) -> String {
        version_tag(self.version)
    }

    /// The attributes with `id` and `meta`. `base` is the Tenant URL without its last `/`.
    pub(super) fn to_object(&self, kind: Kind, base: &str, etag: &str) -> Object {
        let mut object = Object::new();
        if let Some(schemas) = self.attributes.get("schemas") {
            object.insert("schemas".to_owned(), schemas.clone());
        }
        object.insert("id".to_owned(), Value::from(self.id.clone()));
        for (name, value) in self.attributes.iter().filter(|(name, _)| *name != "schemas") {
            object.insert(name.clone(), value.clone());
        }
        refer_to_manager(&mut object, base);
        let meta = meta(kind, base, &self.id, [self.created, self.modified], etag);
        object.insert("meta".to_owned(), meta);
        object
    }

    pub(crate) fn folded_name(&self, kind: Kind) -> String {
        fold(self.name(kind))
    }

    pub(super) fn external_id(&self) -> Option<&str> {
        self.attributes.get("externalId").and_then(Value::as_str)
    }
}

/// The weak ETag of a record's version.
pub(super) fn version_tag(version: u64) -> String {
    format!("W/\"{version}\"")
}

/// `meta` (RFC 7643 §3.1) of a resource that was `created` and last `modified` then.
pub(super) fn meta(
    kind: Kind,
    base: &str,
    id: &str,
    [created, modified]: [Timestamp; 2],
    etag: &str,
) -> Value {
    json!({
        "resourceType": kind.name(),
        "created": created.to_string(),
        "lastModified": modified.to_string(),
        "location": location(kind, base, id),
        "version": etag,
    })
}

/// Gives the manager its `$ref` (RFC 7643 §4.3), which is computed and not stored.
pub(super) fn refer_to_manager(user: &mut Object, base: &str) {
    let enterprise = user.get_mut(ENTERPRISE_URN);
    let Some(Value::Object(manager)) = enterprise.and_then(|enterprise| enterprise.get_mut("manager")) else {
        return;
    };
    if let Some(id) = manager.get("value").and_then(Value::as_str) {
        let url = location(Kind::User, base, id);
        manager.insert("$ref".to_owned(), url.into());
    }
}

/// The URL of a resource.
pub(super) fn location(kind: Kind, base: &str, id: &str) -> String {
    format!("{base}{}/{id}", kind.resource_type().endpoint)
}

/// A write that was made: the resource after it, and what it changed.
#[derive(Debug, Clone)]
pub struct ResourceChange {
    /// The resource; after a removal, as it last was.
    pub resource: Resource,
    /// Whether anything is different now.
    pub changed: bool,
    /// Before and after, attribute by attribute, as far as the log keeps it.
    pub modified: Vec<crate::plan::FieldChange>,
}
