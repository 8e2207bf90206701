//! What one writer knows of the directory: the people and groups that only it changes, and its
//! people's places in a group that all writers share. Each [`Change`] says what is sent and what
//! the directory is afterwards, so that it can be told whether a change is there, wholly or not
//! at all, also when no answer to it ever came.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::provider::{ENTERPRISE, GROUP, PATCH_OP, USER};

/// What stands for a user that the same Bulk creates: this and its userName.
const IN_THIS_BULK: &str = "bulkId:";

/// A user as far as writers change it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    /// Nobody else has it.
    pub user_name: String,
    /// Nobody else has it.
    pub external_id: String,
    /// Nobody else has one of them.
    pub emails: Vec<String>,
    /// New with each change.
    pub display_name: String,
    /// Empty, or so long that the store keeps the record apart.
    pub title: String,
    /// A user's id; that user may be gone.
    pub manager: Option<String>,
}

/// A group as far as writers change it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Nobody else has it.
    pub name: String,
    /// Nobody else has it.
    pub external_id: String,
    /// Ids of users.
    pub members: BTreeSet<String>,
}

/// Everything of one writer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct World {
    /// By id.
    pub users: BTreeMap<String, User>,
    /// By id.
    pub groups: BTreeMap<String, Group>,
    /// Ids of the users who are in the group that all writers share.
    pub shared: BTreeSet<String>,
}

/// One write.
#[derive(Debug, Clone)]
pub enum Change {
    /// POST.
    CreateUser(User),
    /// PUT.
    ReplaceUser(String, User),
    /// PATCH of what differs between the two.
    PatchUser(String, User, User),
    /// DELETE.
    DeleteUser(String),
    /// POST, with members.
    CreateGroup(Group),
    /// PUT, with members.
    ReplaceGroup(String, Group),
    /// PATCH of name and externalId.
    RenameGroup(String, Group),
    /// PATCH that adds members.
    Add(String, BTreeSet<String>),
    /// PATCH that removes members.
    Remove(String, BTreeSet<String>),
    /// PATCH that replaces all members.
    ReplaceMembers(String, BTreeSet<String>),
    /// DELETE.
    DeleteGroup(String),
    /// PATCH of the shared group (its id) that adds a user.
    Join(String, String),
    /// PATCH of the shared group (its id) that removes a user.
    Leave(String, String),
    /// Several in one request. Members and managers may name users that it creates.
    Bulk(Vec<Change>),
}

/// A request: method, path and body.
pub type Sent = (&'static str, String, Option<Value>);

impl User {
    /// As it is sent.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "schemas": [USER, ENTERPRISE],
            "userName": self.user_name,
            "externalId": self.external_id,
            "displayName": self.display_name,
            "emails": self.email_values(),
            "active": true,
        });
        if !self.title.is_empty() {
            body["title"] = json!(self.title);
        }
        if let Some(manager) = &self.manager {
            body[ENTERPRISE] = json!({ "manager": { "value": manager } });
        }
        body
    }

    /// What the directory answers.
    pub fn read(body: &Value) -> Self {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let emails = body["emails"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            user_name: text("userName"),
            external_id: text("externalId"),
            emails: emails.iter().map(|email| text_of(&email["value"])).collect(),
            display_name: text("displayName"),
            title: text("title"),
            manager: body[ENTERPRISE]["manager"]["value"].as_str().map(str::to_owned),
        }
    }

    fn email_values(&self) -> Vec<Value> {
        let kinds = ["work", "home", "other"];
        let emails = self.emails.iter().zip(kinds).enumerate();
        emails
            .map(|(place, (value, kind))| json!({ "value": value, "type": kind, "primary": place == 0 }))
            .collect()
    }

    /// The operations that make `after` of this one.
    fn operations(&self, after: &Self) -> Vec<Value> {
        let mut operations = Vec::new();
        let mut replace = |path: &str, value: Value| {
            operations.push(json!({ "op": "replace", "path": path, "value": value }));
        };
        if self.user_name != after.user_name {
            replace("userName", json!(after.user_name));
        }
        if self.external_id != after.external_id {
            replace("externalId", json!(after.external_id));
        }
        if self.display_name != after.display_name {
            replace("displayName", json!(after.display_name));
        }
        if self.emails != after.emails {
            replace("emails", json!(after.email_values()));
        }
        let manager = format!("{ENTERPRISE}:manager");
        if let Some(id) = after.manager.as_ref().filter(|_| self.manager != after.manager) {
            replace(&manager, json!({ "value": id }));
        }
        if !after.title.is_empty() && self.title != after.title {
            replace("title", json!(after.title));
        }
        let mut remove = |path: &str| operations.push(json!({ "op": "remove", "path": path }));
        if after.title.is_empty() && !self.title.is_empty() {
            remove("title");
        }
        if after.manager.is_none() && self.manager.is_some() {
            remove(&manager);
        }
        operations
    }
}

impl Group {
    /// As it is sent.
    pub fn body(&self) -> Value {
        json!({
            "schemas": [GROUP],
            "displayName": self.name,
            "externalId": self.external_id,
            "members": values(&self.members),
        })
    }

    /// What the directory answers.
    pub fn read(body: &Value) -> Self {
        let members = body["members"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            name: text_of(&body["displayName"]),
            external_id: text_of(&body["externalId"]),
            members: members.iter().map(|member| text_of(&member["value"])).collect(),
        }
    }
}

impl Change {
    /// What is sent.
    pub fn request(&self) -> Sent {
        let patch = |path: String, operations: Vec<Value>| {
            let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
            ("PATCH", path, Some(body))
        };
        match self {
            Self::CreateUser(user) => ("POST", "/Users".to_owned(), Some(user.body())),
            Self::ReplaceUser(id, user) => ("PUT", format!("/Users/{id}"), Some(user.body())),
            Self::PatchUser(id, before, after) => patch(format!("/Users/{id}"), before.operations(after)),
            Self::DeleteUser(id) => ("DELETE", format!("/Users/{id}"), None),
            Self::CreateGroup(group) => ("POST", "/Groups".to_owned(), Some(group.body())),
            Self::ReplaceGroup(id, group) => ("PUT", format!("/Groups/{id}"), Some(group.body())),
            Self::RenameGroup(id, group) => patch(
                format!("/Groups/{id}"),
                vec![
                    json!({ "op": "replace", "path": "displayName", "value": group.name }),
                    json!({ "op": "replace", "path": "externalId", "value": group.external_id }),
                ],
            ),
            Self::Add(id, members) => patch(
                format!("/Groups/{id}"),
                vec![json!({ "op": "add", "path": "members", "value": values(members) })],
            ),
            Self::Join(id, user) => Self::Add(id.clone(), [user.clone()].into()).request(),
            Self::Remove(id, members) => {
                let remove = |member| {
                    let place = format!("members[value eq {}]", json!(member));
                    json!({ "op": "remove", "path": place })
                };
                patch(format!("/Groups/{id}"), members.iter().map(remove).collect())
            }
            Self::Leave(id, user) => Self::Remove(id.clone(), [user.clone()].into()).request(),
            Self::ReplaceMembers(id, members) => patch(
                format!("/Groups/{id}"),
                vec![json!({ "op": "replace", "path": "members", "value": values(members) })],
            ),
            Self::DeleteGroup(id) => ("DELETE", format!("/Groups/{id}"), None),
            Self::Bulk(changes) => {
                let operations: Vec<Value> = changes.iter().map(Self::in_bulk).collect();
                let body = json!({
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
                    "Operations": operations,
                });
                ("POST", "/Bulk".to_owned(), Some(body))
            }
        }
    }

    fn in_bulk(&self) -> Value {
        let (method, path, data) = self.request();
        let mut operation = Map::new();
        operation.insert("method".to_owned(), json!(method));
        operation.insert("path".to_owned(), json!(path));
        match self {
            Self::CreateUser(user) => {
                operation.insert("bulkId".to_owned(), json!(user.user_name));
            }
            Self::CreateGroup(group) => {
                operation.insert("bulkId".to_owned(), json!(group.name));
            }
            _ => {}
        }
        if let Some(data) = data {
            operation.insert("data".to_owned(), data);
        }
        Value::Object(operation)
    }

    /// The statuses that say it was made.
    pub fn status(&self) -> u16 {
        match self {
            Self::CreateUser(_) | Self::CreateGroup(_) => 201,
            Self::ReplaceUser(..) | Self::PatchUser(..) | Self::ReplaceGroup(..) | Self::Bulk(_) => 200,
            _ => 204,
        }
    }

    /// The single writes it consists of, in the order in which they are made.
    pub fn parts(&self) -> &[Change] {
        match self {
            Self::Bulk(changes) => changes,
            one => std::slice::from_ref(one),
        }
    }

    /// Makes it in `world`. `ids` knows the id of what has this userName or group name; `None`
    /// says that it is not there. Returns whether everything it creates is there.
    pub fn make(&self, world: &mut World, ids: &dyn Fn(&str) -> Option<String>) -> bool {
        let real = |id: &String| match id.strip_prefix(IN_THIS_BULK) {
            Some(name) => ids(name).unwrap_or_default(),
            None => id.clone(),
        };
        match self {
            Self::CreateUser(user) => {
                let Some(id) = ids(&user.user_name) else {
                    return false;
                };
                let mut user = user.clone();
                user.manager = user.manager.as_ref().map(real);
                world.users.insert(id, user);
            }
            Self::ReplaceUser(id, user) | Self::PatchUser(id, _, user) => {
                world.users.insert(id.clone(), user.clone());
            }
            Self::DeleteUser(id) => {
                world.users.remove(id);
                world.shared.remove(id);
                for group in world.groups.values_mut() {
                    group.members.remove(id);
                }
            }
            Self::CreateGroup(group) => {
                let Some(id) = ids(&group.name) else { return false };
                let mut group = group.clone();
                group.members = group.members.iter().map(real).collect();
                world.groups.insert(id, group);
            }
            Self::ReplaceGroup(id, group) => {
                world.groups.insert(id.clone(), group.clone());
            }
            Self::RenameGroup(id, after) => {
                if let Some(group) = world.groups.get_mut(id) {
                    group.name.clone_from(&after.name);
                    group.external_id.clone_from(&after.external_id);
                }
            }
            Self::DeleteGroup(id) => {
                world.groups.remove(id);
            }
            Self::Join(_, user) => {
                world.shared.insert(user.clone());
            }
            Self::Leave(_, user) => {
                world.shared.remove(user);
            }
            Self::Add(id, _) | Self::Remove(id, _) | Self::ReplaceMembers(id, _) => {
                if let Some(group) = world.groups.get_mut(id) {
                    self.move_members(&mut group.members, real);
                }
            }
            Self::Bulk(changes) => return changes.iter().all(|change| change.make(world, ids)),
        }
        true
    }

    fn move_members(&self, members: &mut BTreeSet<String>, real: impl Fn(&String) -> String) {
        match self {
            Self::Add(_, added) => members.extend(added.iter().map(real)),
            Self::Remove(_, removed) => members.retain(|member| !removed.contains(member)),
            Self::ReplaceMembers(_, all) => *members = all.iter().map(real).collect(),
            _ => {}
        }
    }
}

/// What stands for the user with this name that the same Bulk creates.
pub(crate) fn in_this_bulk(user_name: &str) -> String {
    format!("{IN_THIS_BULK}{user_name}")
}

fn values(members: &BTreeSet<String>) -> Vec<Value> {
    members.iter().map(|id| json!({ "value": id })).collect()
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
