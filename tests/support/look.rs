//! A look at the whole directory, as a client sees it, and the comparison with what the writers
//! know of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Provider;
use crate::provider::ENTERPRISE;
use crate::wire::form_encoded;
use crate::world::{Change, Group, User, World};
use crate::writer::{Name, Writer};

/// What became of a change to which no answer came.
#[derive(Debug)]
pub struct Outcome {
    /// The change.
    pub change: Change,
    /// How many of its parts are there, from the first on; none or all of them where it is one.
    pub parts: usize,
    /// It left no trace because it asked for what was there already.
    pub is_idle: bool,
}

/// The directory at one moment.
#[derive(Debug, Default)]
struct Seen {
    users: BTreeMap<String, User>,
    groups: BTreeMap<String, Group>,
    /// The groups that each user says it is in.
    memberships: BTreeMap<String, BTreeSet<String>>,
    versions: BTreeMap<String, String>,
}

/// Looks at everything and stops the test where something confirmed is missing, something is
/// there by halves, or an index says something else than the resources. Nobody may write
/// meanwhile. Returns what became of the changes without an answer; the writers know it then.
pub fn look(provider: &Provider, writers: &mut [Writer], shared: &str) -> Vec<Outcome> {
    let seen = Seen::of(provider);
    seen.agrees_with_itself();
    let mut outcomes = Vec::new();
    for writer in &mut *writers {
        let part = seen.part_of(writer, shared);
        match writer.uncertain.take() {
            None => assert_same(&writer.name, &writer.world, &part),
            Some(change) => outcomes.push(settle(writer, change, &part)),
        }
        for (id, version) in &writer.versions {
            let found = seen.versions.get(id);
            assert_eq!(found, Some(version), "the version of {id} of {}", writer.name);
        }
    }
    let users: usize = writers.iter().map(|writer| writer.world.users.len()).sum();
    let groups: usize = writers.iter().map(|writer| writer.world.groups.len()).sum();
    assert_eq!(
        (seen.users.len(), seen.groups.len()),
        (users, groups + 1),
        "users and groups"
    );
    for writer in writers {
        for name in std::mem::take(&mut writer.names) {
            seen.is_found_by(provider, &name);
        }
    }
    outcomes
}

/// Finds out how much of a change without an answer is there.
fn settle(writer: &mut Writer, change: Change, part: &World) -> Outcome {
    let ids = |name: &str| part.id_of(name);
    let mut candidate = writer.world.clone();
    let mut made = 0;
    let whole = change.parts().len();
    let before = writer.world.clone();
    // The longest beginning that fits: a part that changes nothing counts as made.
    let mut fits = (candidate == *part).then_some(0);
    for change in change.parts() {
        if !change.make(&mut candidate, &ids) {
            break;
        }
        made += 1;
        if candidate == *part {
            fits = Some(made);
        }
    }
    let Some(parts) = fits else {
        panic!(
            "what {} has is neither what was confirmed nor that with {}:\n{}\nand with all of it\n{}",
            writer.name,
            short(&change),
            differences(&before, part),
            differences(&candidate, part),
        );
    };
    writer.touch(&change);
    writer.world = part.clone();
    writer.touch(&change);
    let is_idle = before == *part && (parts > 0 || whole == 0);
    Outcome {
        change,
        parts,
        is_idle,
    }
}

fn assert_same(name: &str, confirmed: &World, found: &World) {
    assert!(
        confirmed == found,
        "of {name} something else is there than was confirmed:\n{}",
        differences(confirmed, found)
    );
}

/// What is in one and not in the other.
fn differences(confirmed: &World, found: &World) -> String {
    let mut lines = Vec::new();
    let mut differ = |id: &String, confirmed: String, found: String| {
        if confirmed != found {
            lines.push(format!(
                "  {id}\n    confirmed {confirmed}\n    found     {found}"
            ));
        }
    };
    for id in confirmed.users.keys().chain(found.users.keys()) {
        differ(id, shown(&confirmed.users.get(id)), shown(&found.users.get(id)));
    }
    for id in confirmed.groups.keys().chain(found.groups.keys()) {
        differ(id, shown(&confirmed.groups.get(id)), shown(&found.groups.get(id)));
    }
    for id in confirmed.shared.symmetric_difference(&found.shared) {
        lines.push(format!("  {id} is in the shared group in one of the two"));
    }
    lines.dedup();
    lines.join("\n")
}

/// Without the long titles.
fn shown(what: &impl std::fmt::Debug) -> String {
    let mut text = format!("{what:?}");
    text.truncate(text.char_indices().nth(600).map_or(text.len(), |(end, _)| end));
    text
}

fn short(change: &Change) -> String {
    shown(&change)
}

impl World {
    /// The id of the user or the group with this name.
    fn id_of(&self, name: &str) -> Option<String> {
        let users = self.users.iter().map(|(id, user)| (id, &user.user_name));
        let groups = self.groups.iter().map(|(id, group)| (id, &group.name));
        let mut all = users.chain(groups);
        all.find(|(_, found)| *found == name).map(|(id, _)| id.clone())
    }
}

impl Seen {
    fn of(provider: &Provider) -> Self {
        let mut seen = Self::default();
        for body in everything(provider, "/Users") {
            let id = text(&body["id"]);
            let groups = body["groups"].as_array().map_or(&[][..], Vec::as_slice);
            let groups = groups.iter().map(|group| text(&group["value"])).collect();
            seen.memberships.insert(id.clone(), groups);
            seen.versions.insert(id.clone(), text(&body["meta"]["version"]));
            assert!(
                seen.users.insert(id, User::read(&body)).is_none(),
                "a user is listed twice"
            );
        }
        for body in everything(provider, "/Groups") {
            let id = text(&body["id"]);
            seen.versions.insert(id.clone(), text(&body["meta"]["version"]));
            assert!(
                seen.groups.insert(id, Group::read(&body)).is_none(),
                "a group is listed twice"
            );
        }
        seen
    }

    /// Memberships are the same from both sides.
    fn agrees_with_itself(&self) {
        let mut from_groups: BTreeSet<(&String, &String)> = BTreeSet::new();
        for (group, body) in &self.groups {
            from_groups.extend(body.members.iter().map(|member| (group, member)));
        }
        let mut from_users = BTreeSet::new();
        for (user, groups) in &self.memberships {
            from_users.extend(groups.iter().map(|group| (group, user)));
        }
        let differing: Vec<_> = from_groups.symmetric_difference(&from_users).collect();
        assert!(
            differing.is_empty(),
            "groups and users do not agree on these memberships (group, user): {differing:?}"
        );
    }

    /// What there is of one writer.
    fn part_of(&self, writer: &Writer, shared: &str) -> World {
        let (user, group) = (format!("{}.", writer.name), format!("{} ", writer.name));
        let users: BTreeMap<_, _> = self
            .users
            .iter()
            .filter(|(_, found)| found.user_name.starts_with(&user))
            .map(|(id, found)| (id.clone(), found.clone()))
            .collect();
        let groups = self.groups.iter();
        let members = &self.groups[shared].members;
        World {
            shared: members
                .iter()
                .filter(|id| users.contains_key(*id))
                .cloned()
                .collect(),
            users,
            groups: groups
                .filter(|(_, found)| found.name.starts_with(&group))
                .map(|(id, found)| (id.clone(), found.clone()))
                .collect(),
        }
    }

    /// A search by this name finds what has it, and nothing else.
    fn is_found_by(&self, provider: &Provider, name: &Name) {
        let (text, path, attribute) = match name {
            Name::User(text) => (text, "/Users", "userName".to_owned()),
            Name::External(text) => (text, "/Users", "externalId".to_owned()),
            Name::Email(text) => (text, "/Users", "emails.value".to_owned()),
            Name::Manager(text) => (text, "/Users", format!("{ENTERPRISE}:manager.value")),
            Name::Group(text) => (text, "/Groups", "displayName".to_owned()),
            Name::GroupExternal(text) => (text, "/Groups", "externalId".to_owned()),
            Name::Member(text) => (text, "/Groups", "members.value".to_owned()),
        };
        // No id yet, or a name of a user that was not there before.
        if text.is_empty() || text.starts_with("bulkId:") {
            return;
        }
        let filter = form_encoded(&format!("{attribute} eq {}", Value::from(text.as_str())));
        let answer = provider.get(&format!("{path}?attributes=id&count=1000&filter={filter}"));
        let found: BTreeSet<String> = answer
            .resources()
            .iter()
            .map(|body| self::text(&body["id"]))
            .collect();
        let expected = self.holders(name);
        assert_eq!(found, expected, "{attribute} eq {text:?}: found and expected");
    }

    fn holders(&self, name: &Name) -> BTreeSet<String> {
        let users = |has: &dyn Fn(&User) -> bool| {
            let held = self.users.iter().filter(|(_, user)| has(user));
            held.map(|(id, _)| id.clone()).collect()
        };
        let groups = |has: &dyn Fn(&Group) -> bool| {
            let held = self.groups.iter().filter(|(_, group)| has(group));
            held.map(|(id, _)| id.clone()).collect()
        };
        match name {
            Name::User(text) => users(&|user| user.user_name == *text),
            Name::External(text) => users(&|user| user.external_id == *text),
            Name::Email(text) => users(&|user| user.emails.contains(text)),
            Name::Manager(text) => users(&|user| user.manager.as_ref() == Some(text)),
            Name::Group(text) => groups(&|group| group.name == *text),
            Name::GroupExternal(text) => groups(&|group| group.external_id == *text),
            Name::Member(text) => groups(&|group| group.members.contains(text)),
        }
    }
}

/// All pages.
fn everything(provider: &Provider, path: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let answer = provider.get(&format!("{path}?count=1000&startIndex={}", all.len() + 1));
        let total = answer.body["totalResults"].as_u64().unwrap();
        all.extend_from_slice(answer.resources());
        if u64::try_from(all.len()).unwrap() >= total {
            return all;
        }
        assert!(!answer.resources().is_empty(), "{answer:?}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
