//! A writer that makes one change after the other, of every kind, and remembers what the server
//! has confirmed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::world::{Change, Group, User, World, in_this_bulk};
use crate::{Answer, Chance, Provider};

/// How much a writer keeps in the directory.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Users at most.
    pub users: usize,
    /// Groups at most.
    pub groups: usize,
    /// In a hundred changes of a user, those that give it a title of 150 kB.
    pub long: usize,
}

/// One of several writers. Nobody else changes its users and groups.
#[derive(Debug)]
pub struct Writer {
    /// What the names of all it makes begin with.
    pub name: String,
    /// What is confirmed.
    pub world: World,
    /// The change to which no answer came, if there is one.
    pub uncertain: Option<Change>,
    /// ETags the server gave that must hold.
    pub versions: BTreeMap<String, String>,
    /// The `X-Request-Id` of each change that was confirmed, and how many events it has at least.
    pub requests: Vec<(String, usize)>,
    /// userNames, group names, externalIds and addresses that were in use at some time since the
    /// last look.
    pub names: BTreeSet<Name>,
    size: Size,
    shared: String,
    chance: Chance,
    count: usize,
}

/// Something that an index leads from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A user's userName.
    User(String),
    /// A user's externalId.
    External(String),
    /// A user's address.
    Email(String),
    /// A manager's id.
    Manager(String),
    /// A group's displayName.
    Group(String),
    /// A group's externalId.
    GroupExternal(String),
    /// A member's id.
    Member(String),
}

impl Writer {
    /// A writer who has nothing yet. `shared` is the id of the group of all writers.
    pub fn new(name: &str, size: Size, shared: &str, chance: Chance) -> Self {
        Self {
            name: name.to_owned(),
            world: World::default(),
            uncertain: None,
            versions: BTreeMap::new(),
            requests: Vec::new(),
            names: BTreeSet::new(),
            size,
            shared: shared.to_owned(),
            chance,
            count: 0,
        }
    }

    /// Makes one change. `false` if no answer came: then it is [`uncertain`](Self::uncertain).
    /// Stops the test if the server refuses it.
    pub fn write(&mut self, provider: &Provider) -> bool {
        assert!(self.uncertain.is_none(), "a look at the directory comes first");
        let change = self.next_change();
        self.touch(&change);
        let (method, path, body) = change.request();
        let Ok(answer) = provider.try_send(method, &path, body.as_ref()) else {
            self.uncertain = Some(change);
            return false;
        };
        assert_eq!(answer.status, change.status(), "{change:?}\n{answer:?}");
        self.confirmed(&change, &answer);
        true
    }

    /// Takes over what an answer confirms.
    fn confirmed(&mut self, change: &Change, answer: &Answer) {
        let ids = given_ids(change, answer);
        let before = self.world.clone();
        let complete = change.make(&mut self.world, &|name| ids.get(name).cloned());
        assert!(complete, "an id is missing in {answer:?}");
        self.touch(change);
        let id = match change {
            Change::CreateUser(_) | Change::CreateGroup(_) => answer.id(),
            Change::ReplaceUser(id, _)
            | Change::PatchUser(id, ..)
            | Change::ReplaceGroup(id, _)
            | Change::RenameGroup(id, _)
            | Change::Add(id, _)
            | Change::Remove(id, _)
            | Change::ReplaceMembers(id, _) => id.clone(),
            _ => String::new(),
        };
        if !id.is_empty() {
            self.versions.insert(id, answer.header("etag").to_owned());
        }
        if before != self.world {
            let events = match change {
                Change::Bulk(parts) => parts.len() + 1,
                _ => 1,
            };
            let request = answer.header("x-request-id").to_owned();
            assert!(!request.is_empty(), "{answer:?}");
            self.requests.push((request, events));
        }
    }

    /// Notes the names a change is about, as the world is now, and forgets the ETags of all that
    /// it may have given another one.
    pub fn touch(&mut self, change: &Change) {
        for part in change.parts() {
            match part {
                Change::CreateUser(user) => self.touch_user("", user),
                Change::ReplaceUser(id, user) | Change::PatchUser(id, _, user) => self.touch_user(id, user),
                Change::DeleteUser(id) | Change::Join(_, id) | Change::Leave(_, id) => {
                    self.touch_user(id, &User::default());
                }
                Change::CreateGroup(group) => self.touch_group("", group),
                Change::ReplaceGroup(id, group) | Change::RenameGroup(id, group) => {
                    self.touch_group(id, group);
                }
                Change::Add(id, members)
                | Change::Remove(id, members)
                | Change::ReplaceMembers(id, members) => {
                    let members = members.clone();
                    let group = Group {
                        members,
                        ..Group::default()
                    };
                    self.touch_group(id, &group);
                }
                Change::DeleteGroup(id) => self.touch_group(id, &Group::default()),
                Change::Bulk(_) => {}
            }
        }
    }

    fn touch_user(&mut self, id: &str, after: &User) {
        let before = self.world.users.get(id).cloned().unwrap_or_default();
        for user in [&before, after] {
            self.names.insert(Name::User(user.user_name.clone()));
            self.names.insert(Name::External(user.external_id.clone()));
            self.names.extend(user.emails.iter().cloned().map(Name::Email));
            self.names.extend(user.manager.iter().cloned().map(Name::Manager));
        }
        self.names.insert(Name::Member(id.to_owned()));
        self.versions.remove(id);
        let groups = self.world.groups.iter();
        for (group, _) in groups.filter(|(_, group)| group.members.contains(id)) {
            self.versions.remove(group);
        }
    }

    fn touch_group(&mut self, id: &str, after: &Group) {
        let before = self.world.groups.get(id).cloned().unwrap_or_default();
        for group in [&before, after] {
            self.names.insert(Name::Group(group.name.clone()));
            self.names.insert(Name::GroupExternal(group.external_id.clone()));
            for member in &group.members {
                self.names.insert(Name::Member(member.clone()));
                self.versions.remove(member);
            }
        }
        self.versions.remove(id);
    }

    /// Notes the names of everything there is.
    pub fn touch_everything(&mut self) {
        let names = self.world.users.iter().flat_map(|(id, user)| {
            let emails = user.emails.iter().cloned().map(Name::Email);
            let managers = user.manager.iter().cloned().map(Name::Manager);
            emails.chain(managers).chain([
                Name::User(user.user_name.clone()),
                Name::External(user.external_id.clone()),
                Name::Member(id.clone()),
            ])
        });
        self.names.extend(names);
        let names = self.world.groups.values().flat_map(|group| {
            [
                Name::Group(group.name.clone()),
                Name::GroupExternal(group.external_id.clone()),
            ]
        });
        self.names.extend(names);
    }

    fn next_change(&mut self) -> Change {
        match self.chance.below(100) {
            _ if self.world.users.len() < 2 => Change::CreateUser(self.new_user()),
            0..45 => self.change_of_users(),
            45..88 => self.change_of_groups(),
            _ => self.bulk(),
        }
    }

    fn change_of_users(&mut self) -> Change {
        let room = self.world.users.len() < self.size.users;
        let Some((id, user)) = self.some_user() else {
            return Change::CreateUser(self.new_user());
        };
        match self.chance.below(100) {
            0..30 if room => Change::CreateUser(self.new_user()),
            0..45 if !room => Change::DeleteUser(id),
            30..40 => Change::DeleteUser(id),
            40..60 => Change::ReplaceUser(id, self.new_user()),
            _ => {
                let after = self.edited(&user);
                Change::PatchUser(id, user, after)
            }
        }
    }

    fn change_of_groups(&mut self) -> Change {
        let (user, _) = self.some_user().unwrap_or_default();
        let Some((id, group)) = self.some_group() else {
            return Change::CreateGroup(self.new_group());
        };
        let room = self.world.groups.len() < self.size.groups;
        match self.chance.below(100) {
            0..20 if room => Change::CreateGroup(self.new_group()),
            0..15 if !room => Change::DeleteGroup(id),
            20..25 => Change::DeleteGroup(id),
            25..35 => Change::ReplaceGroup(id, self.new_group()),
            35..42 => Change::RenameGroup(id, self.new_group()),
            42..58 => Change::Add(id, self.some_members()),
            58..68 => match group.members.first() {
                Some(first) => Change::Remove(id, [first.clone()].into()),
                None => Change::Add(id, self.some_members()),
            },
            68..78 => Change::ReplaceMembers(id, self.some_members()),
            _ if self.world.shared.contains(&user) => Change::Leave(self.shared.clone(), user),
            _ => Change::Join(self.shared.clone(), user),
        }
    }

    /// A user, another whose manager it is, their group, and changes of what is there already.
    fn bulk(&mut self) -> Change {
        let (boss, mut worker, mut team) = (self.new_user(), self.new_user(), self.new_group());
        worker.manager = Some(in_this_bulk(&boss.user_name));
        team.members.insert(in_this_bulk(&boss.user_name));
        team.members.insert(in_this_bulk(&worker.user_name));
        let mut changes = vec![
            Change::CreateUser(boss),
            Change::CreateUser(worker),
            Change::CreateGroup(team),
        ];
        let people = self.some_users(4);
        let surplus = self.world.users.len() > self.size.users;
        for (place, (id, user)) in people.into_iter().enumerate() {
            changes.push(match place {
                0 => {
                    let after = self.edited(&user);
                    Change::PatchUser(id, user, after)
                }
                1 => Change::ReplaceUser(id, self.new_user()),
                _ if surplus => Change::DeleteUser(id),
                _ => continue,
            });
        }
        if self.world.groups.len() > self.size.groups
            && let Some((id, _)) = self.some_group()
        {
            changes.push(Change::DeleteGroup(id));
        }
        Change::Bulk(changes)
    }

    fn some_user(&mut self) -> Option<(String, User)> {
        let place = self.chance.below(self.world.users.len());
        let (id, user) = self.world.users.iter().nth(place)?;
        Some((id.clone(), user.clone()))
    }

    /// Different users, at most so many.
    fn some_users(&mut self, count: usize) -> BTreeMap<String, User> {
        (0..count).filter_map(|_| self.some_user()).collect()
    }

    fn some_group(&mut self) -> Option<(String, Group)> {
        let place = self.chance.below(self.world.groups.len());
        let (id, group) = self.world.groups.iter().nth(place)?;
        Some((id.clone(), group.clone()))
    }

    fn some_members(&mut self) -> BTreeSet<String> {
        self.some_users(3).into_keys().collect()
    }

    fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn new_user(&mut self) -> User {
        let (name, number) = (self.name.clone(), self.number());
        let addresses = 1 + self.chance.below(2);
        let manager = if self.chance.percent(30) {
            self.some_user().map(|(id, _)| id)
        } else {
            None
        };
        User {
            user_name: format!("{name}.{number}@contoso.com"),
            external_id: format!("{name}-{number}"),
            emails: (0..addresses)
                .map(|place| format!("{name}.{number}.{place}@contoso.com"))
                .collect(),
            display_name: format!("{name} {number}"),
            title: self.title(number),
            manager,
        }
    }

    fn title(&mut self, number: usize) -> String {
        if self.chance.percent(self.size.long) {
            format!("{number}, a long title ").repeat(150_000 / 20)
        } else {
            String::new()
        }
    }

    /// The user with a new displayName and perhaps more.
    fn edited(&mut self, user: &User) -> User {
        let new = self.new_user();
        let mut after = user.clone();
        after.display_name = new.display_name;
        match self.chance.below(6) {
            0 => after.user_name = new.user_name,
            1 => after.external_id = new.external_id,
            2 => after.emails = new.emails,
            3 => after.manager = new.manager,
            4 => after.title = new.title,
            _ => {}
        }
        after
    }

    fn new_group(&mut self) -> Group {
        let (name, number) = (self.name.clone(), self.number());
        Group {
            name: format!("{name} team {number}"),
            external_id: format!("{name}-team-{number}"),
            members: self.some_members(),
        }
    }
}

/// The ids an answer gives to what its change creates, by name.
fn given_ids(change: &Change, answer: &Answer) -> BTreeMap<String, String> {
    match change {
        Change::CreateUser(user) => [(user.user_name.clone(), answer.id())].into(),
        Change::CreateGroup(group) => [(group.name.clone(), answer.id())].into(),
        Change::Bulk(parts) => {
            let outcomes = answer.body["Operations"].as_array().expect("a Bulk's answer");
            assert_eq!(outcomes.len(), parts.len(), "{answer:?}");
            let id = |outcome: &Value| {
                let status = outcome["status"].as_str().unwrap_or_default();
                assert!(status.starts_with('2'), "{outcome} of {change:?}");
                let name = outcome["bulkId"].as_str()?.to_owned();
                let id = outcome["location"].as_str()?.rsplit('/').next()?.to_owned();
                Some((name, id))
            };
            outcomes.iter().filter_map(id).collect()
        }
        _ => BTreeMap::new(),
    }
}
