//! Managers and members: what points at another object of the target.

use serde_json::{Value as Json, json};

use super::update::list_schema;
use super::{Change, Kind, Request, Writer};
use crate::mapping::TargetPath;
use crate::persona::{ManagerForm, MemberForm, Update};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A member as the target knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The target's id.
    pub id: String,
    /// What Okta shows beside it.
    pub display: String,
}

/// How the members of a group change.
#[derive(Debug, Clone, Copy)]
pub struct MemberChange<'a> {
    /// Who joins.
    pub add: &'a [Member],
    /// Who leaves.
    pub remove: &'a [Member],
    /// Who is in it then: what a PUT sends.
    pub all: &'a [Member],
}

impl Writer<'_> {
    /// Sets a user's manager; both are ids of the target. `mapped` is the mapping's target attribute
    /// and `base` the Tenant URL. None: this persona writes no managers.
    pub fn set_manager(
        self,
        user: &str,
        manager: &str,
        mapped: &TargetPath,
        base: &str,
        current: &Json,
    ) -> Option<Request> {
        let add = if self.is_lower() { "add" } else { "Add" };
        let operation = match self.persona.users.manager {
            ManagerForm::Text => json!({ "op": add, "path": mapped.to_string(), "value": manager }),
            ManagerForm::List => {
                let value = json!([{ "$ref": format!("{base}/Users/{manager}"), "value": manager }]);
                json!({ "op": add, "path": "manager", "value": value })
            }
            ManagerForm::Object => {
                json!({ "op": "replace", "path": format!("{ENTERPRISE}:manager"), "value": { "value": manager } })
            }
            ManagerForm::Put => return Some(self.put_manager(user, Some(manager), current)),
            ManagerForm::Never => return None,
        };
        Some(self.patch(Kind::User, user, &[operation]))
    }

    /// Takes a user's manager away. None: this persona writes no managers.
    pub fn clear_manager(self, user: &str, mapped: &TargetPath, current: &Json) -> Option<Request> {
        let replace = if self.is_lower() { "replace" } else { "Replace" };
        let operation = match self.persona.users.manager {
            ManagerForm::Text => json!({ "op": replace, "path": mapped.to_string(), "value": "" }),
            ManagerForm::List => json!({ "op": replace, "path": "manager", "value": "" }),
            ManagerForm::Object => json!({ "op": "remove", "path": format!("{ENTERPRISE}:manager") }),
            ManagerForm::Put => return Some(self.put_manager(user, None, current)),
            ManagerForm::Never => return None,
        };
        Some(self.patch(Kind::User, user, &[operation]))
    }

    fn put_manager(self, user: &str, manager: Option<&str>, current: &Json) -> Request {
        let mut body = current.as_object().cloned().unwrap_or_default();
        list_schema(&mut body, ENTERPRISE);
        let extension = body.entry(ENTERPRISE).or_insert_with(|| json!({}));
        if let Some(extension) = extension.as_object_mut() {
            match manager {
                Some(manager) => extension.insert("manager".to_owned(), json!({ "value": manager })),
                None => extension.remove("manager"),
            };
        }
        self.put(Kind::User, user, Json::Object(body))
    }

    /// Changes a group's members, in as many requests as the persona needs. `name` is the group's,
    /// which some send along; `current` is the group as the target returned it.
    pub fn change_members(
        self,
        group: &str,
        name: &str,
        change: MemberChange<'_>,
        current: &Json,
    ) -> Vec<Request> {
        let form = &self.persona.groups;
        let mut requests = Vec::new();
        if form.rename_first {
            requests.extend(self.name_sent_along(group, name, current));
        }
        let size = form.max_members_per_patch.max(1);
        match form.members {
            MemberForm::Put => requests.push(self.put_members(group, change.all, current)),
            MemberForm::Display => requests.extend(self.by_display(group, change, size)),
            MemberForm::LegacyRef | MemberForm::Legacy | MemberForm::Flag | MemberForm::Plain => {
                for some in change.remove.chunks(size) {
                    requests.push(self.patch(Kind::Group, group, &removed(form.members, some)));
                }
                for some in change.add.chunks(size) {
                    requests.push(self.patch(Kind::Group, group, &[added(form.members, some)]));
                }
            }
        }
        requests
    }

    fn name_sent_along(self, group: &str, name: &str, current: &Json) -> Option<Request> {
        let path = TargetPath::parse("displayName").ok()?;
        let change = Change {
            before: Some(json!(name)),
            after: json!(name),
            redacted: false,
            path,
        };
        Some(self.update(Kind::Group, group, &[change], current))
    }

    fn put_members(self, group: &str, all: &[Member], current: &Json) -> Request {
        let mut body = current.as_object().cloned().unwrap_or_default();
        let members: Vec<Json> = all.iter().map(displayed).collect();
        body.insert("members".to_owned(), json!(members));
        self.put(Kind::Group, group, Json::Object(body))
    }

    fn by_display(self, group: &str, change: MemberChange<'_>, size: usize) -> Vec<Request> {
        let mut operations: Vec<Json> = change.remove.iter().map(by_filter).collect();
        for some in change.add.chunks(size) {
            let value: Vec<Json> = some.iter().map(displayed).collect();
            operations.push(json!({ "op": "add", "path": "members", "value": value }));
        }
        let batches = operations.chunks(size);
        batches.map(|some| self.patch(Kind::Group, group, some)).collect()
    }

    fn is_lower(self) -> bool {
        self.persona.users.update != Update::PatchEach
    }
}

fn by_filter(member: &Member) -> Json {
    json!({ "op": "remove", "path": format!("members[value eq {}]", Json::from(member.id.as_str())) })
}

fn displayed(member: &Member) -> Json {
    json!({ "value": member.id, "display": member.display })
}

fn referred(members: &[Member]) -> Vec<Json> {
    let one = |member: &Member| json!({ "$ref": null, "value": member.id });
    members.iter().map(one).collect()
}

fn plain(members: &[Member]) -> Vec<Json> {
    members
        .iter()
        .map(|member| json!({ "value": member.id }))
        .collect()
}

fn added(form: MemberForm, members: &[Member]) -> Json {
    match form {
        MemberForm::LegacyRef | MemberForm::Legacy => {
            json!({ "op": "Add", "path": "members", "value": referred(members) })
        }
        _ => json!({ "op": "add", "path": "members", "value": plain(members) }),
    }
}

fn removed(form: MemberForm, members: &[Member]) -> Vec<Json> {
    match form {
        MemberForm::LegacyRef => {
            vec![json!({ "op": "Remove", "path": "members", "value": referred(members) })]
        }
        MemberForm::Legacy => vec![json!({ "op": "Remove", "path": "members", "value": plain(members) })],
        MemberForm::Flag => members.iter().map(by_filter).collect(),
        _ => vec![json!({ "op": "remove", "path": "members", "value": plain(members) })],
    }
}
