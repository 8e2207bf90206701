//! What a data directory holds, as a value: the model, and what is read back to compare.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::accounts::fold;
use crate::directory::{Kind, Resource, ResourceChange};
use crate::engine::Engine;
use crate::settings::Settings;
use crate::token::Tokens;

/// A name, in one of two ways of writing it.
pub(super) fn name(number: u8) -> String {
    let name = format!("name{}@contoso.example", number % super::NAMES);
    if number < super::NAMES {
        name
    } else {
        name.to_uppercase()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) mail: String,
    pub(super) title: String,
    pub(super) manager: Option<String>,
    pub(super) version: u64,
}

impl User {
    pub(super) fn new(name: &str, mail: &str) -> Self {
        Self {
            name: name.to_owned(),
            mail: mail.to_owned(),
            title: String::new(),
            manager: None,
            version: 1,
        }
    }

    pub(super) fn body(&self) -> Value {
        let mut body = json!({
            "userName": self.name, "externalId": self.mail,
            "emails": [{ "value": self.mail, "type": "work" }],
        });
        if let Some(manager) = &self.manager {
            body[scim::schemas::ENTERPRISE_URN] = json!({ "manager": { "value": manager } });
        }
        body
    }

    fn of(resource: &Resource) -> Self {
        let emails = resource.attributes.get("emails");
        let enterprise = resource.attributes.get(scim::schemas::ENTERPRISE_URN);
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        Self {
            name: resource.text("userName").to_owned(),
            mail: text(emails.and_then(|emails| emails.get(0)?.get("value"))).unwrap_or_default(),
            title: resource.text("title").to_owned(),
            manager: text(enterprise.and_then(|enterprise| enterprise.get("manager")?.get("value"))),
            version: resource.version,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) members: BTreeSet<String>,
    pub(super) version: u64,
}

impl Group {
    pub(super) fn new(name: &str, members: BTreeSet<String>) -> Self {
        Self {
            name: name.to_owned(),
            members,
            version: 1,
        }
    }

    pub(super) fn body(&self) -> Value {
        let members: Vec<_> = self.members.iter().map(|id| json!({ "value": id })).collect();
        json!({ "displayName": self.name, "members": members })
    }
}

/// One event of the log.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Logged {
    pub(super) at: Timestamp,
    pub(super) action: String,
    pub(super) is_answered: bool,
}

/// All of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub(super) users: BTreeMap<String, User>,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) settings: Settings,
    pub(super) tokens: Tokens,
    pub(super) accounts: String,
    pub(super) runs: u64,
    pub(super) log: Vec<Logged>,
}

impl State {
    /// What the engine holds.
    pub(super) fn of(engine: &Engine) -> Self {
        let directory = engine.directory();
        let all = |kind| directory.all(kind).map(Result::unwrap);
        let members = |id: &str| directory.members_of(id).unwrap().into_iter().collect();
        let mut log: Vec<_> = engine.journal().newest_first(None).map(Result::unwrap).collect();
        log.reverse();
        // That something was mended is news, and not ours.
        log.retain(|event| event.action != "Open data directory");
        let logged = |event: crate::journal::Event| Logged {
            is_answered: !event.reason.contains("before it had answered"),
            at: event.at,
            action: event.action,
        };
        Self {
            users: all(Kind::User)
                .map(|user| (user.id.clone(), User::of(&user)))
                .collect(),
            groups: all(Kind::Group)
                .map(|group| {
                    let mut found = Group::new(group.text("displayName"), members(&group.id));
                    found.version = group.version;
                    (group.id, found)
                })
                .collect(),
            settings: engine.settings(),
            tokens: engine.tokens(),
            accounts: super::super::text(&engine.console().unwrap()),
            runs: engine.reports().newest().unwrap().map_or(0, |run| run.id),
            log: log.into_iter().map(logged).collect(),
        }
    }

    /// One of the users or groups there are.
    pub(super) fn pick(&self, kind: Kind, number: u8) -> Option<String> {
        let ids: Vec<&String> = match kind {
            Kind::User => self.users.keys().collect(),
            Kind::Group => self.groups.keys().collect(),
        };
        let place = usize::from(number).checked_rem(ids.len())?;
        ids.get(place).map(|id| (*id).clone())
    }

    /// One of all of them.
    pub(super) fn pick_any(&self, number: u8) -> Option<String> {
        let kind = if number.is_multiple_of(4) {
            Kind::Group
        } else {
            Kind::User
        };
        self.pick(kind, number)
    }

    pub(super) fn picked(&self, numbers: &[u8]) -> BTreeSet<String> {
        numbers
            .iter()
            .filter_map(|number| self.pick_any(*number))
            .collect()
    }

    fn is_taken(&self, kind: Kind, name: &str, by_other_than: &str) -> bool {
        let is_other = |(id, held): (&String, &String)| id != by_other_than && fold(held) == fold(name);
        match kind {
            Kind::User => self.users.iter().map(|(id, user)| (id, &user.name)).any(is_other),
            Kind::Group => self
                .groups
                .iter()
                .map(|(id, group)| (id, &group.name))
                .any(is_other),
        }
    }

    /// With a user that was created, under the id that it got; `None` if its name is taken.
    pub(super) fn with_new_user(&self, done: Option<&ResourceChange>, user: User) -> Option<Self> {
        let id = done.map(|change| change.resource.id.clone()).unwrap_or_default();
        let mut after = self.clone();
        (!self.is_taken(Kind::User, &user.name, "")).then(|| {
            assert!(after.users.insert(id, user).is_none(), "no id is given twice");
            after
        })
    }

    /// With a group that was created.
    pub(super) fn with_new_group(&self, done: Option<&ResourceChange>, group: Group) -> Option<Self> {
        let id = done.map(|change| change.resource.id.clone()).unwrap_or_default();
        let mut after = self.clone();
        (!self.is_taken(Kind::Group, &group.name, "")).then(|| {
            assert!(after.groups.insert(id, group).is_none(), "no id is given twice");
            after
        })
    }

    /// With a user as it is now; `None` if its name is taken, or nothing is different.
    pub(super) fn with_user(&self, id: &str, mut user: User) -> Option<Self> {
        let before = self.users.get(id)?;
        user.version = before.version;
        if user == *before || self.is_taken(Kind::User, &user.name, id) {
            return None;
        }
        user.version += 1;
        let mut after = self.clone();
        after.users.insert(id.to_owned(), user);
        Some(after)
    }

    /// With a group as it is now.
    pub(super) fn with_group(&self, id: &str, mut group: Group) -> Option<Self> {
        let before = self.groups.get(id)?;
        group.version = before.version;
        if group == *before || self.is_taken(Kind::Group, &group.name, id) {
            return None;
        }
        group.version += 1;
        let mut after = self.clone();
        after.groups.insert(id.to_owned(), group);
        Some(after)
    }

    /// Without a user or group, who leaves all groups.
    pub(super) fn without(&self, id: &str) -> Self {
        let mut after = self.clone();
        after.users.remove(id);
        after.groups.remove(id);
        for group in after.groups.values_mut() {
            if group.members.remove(id) {
                group.version += 1;
            }
        }
        after
    }

    /// Without the events that are too old.
    pub(super) fn prune(&mut self, now: Timestamp) {
        let age = SignedDuration::from_hours(24 * i64::from(self.settings.log_days));
        let oldest = now.checked_sub(age).unwrap();
        let old = self.log.iter().take_while(|event| event.at < oldest).count();
        self.log.drain(..old);
    }
}
