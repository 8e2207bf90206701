//! Memberships: two keys each, never a list.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use scim::filter::{Filter, Nothing};
use scim::patch::{Member, MemberChange, MemberUpdate, Who};
use scim::path::AttrPath;
use scim::resource::Object;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::record::location;
use super::{Directory, Kind};
use crate::error::Result;
use crate::store::{Key, Space, Transaction};

/// A member as stored under its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// What the client called it, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// Whether it is a user, as it was before there were groups in groups, or a group.
    #[serde(default = "user", skip_serializing_if = "is_user")]
    pub kind: Kind,
}

fn user() -> Kind {
    Kind::User
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_user(kind: &Kind) -> bool {
    *kind == Kind::User
}

impl GroupMember {
    /// The member as an element of `members`.
    fn element(self, id: &str, base: &str) -> Value {
        let mut element =
            json!({ "value": id, "$ref": location(self.kind, base, id), "type": self.kind.name() });
        if let (Some(display), Some(object)) = (self.display, element.as_object_mut()) {
            object.insert("display".to_owned(), display.into());
        }
        element
    }
}

/// What a turn does to a group's members, all of its changes taken together: one who leaves and
/// comes back has not moved.
#[derive(Debug, Default)]
pub(super) struct MembersChanged {
    pub(super) added: BTreeSet<String>,
    pub(super) removed: BTreeSet<String>,
    /// Id → what the client called it, before and after.
    pub(super) renamed: BTreeMap<String, [Option<String>; 2]>,
    /// Ids that are no user or group of this directory.
    pub(super) unknown: BTreeSet<String>,
}

impl MembersChanged {
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.renamed.is_empty()
    }
}

impl Directory<'_> {
    /// The ids of a group's members, users and groups, in order.
    pub fn members_of(&self, group: &str) -> Result<Vec<String>> {
        self.store.keys(&Key::under(Space::Member, group)).collect()
    }

    /// How many members a group has.
    pub fn member_count(&self, group: &str) -> Result<u64> {
        self.store.count(&Key::under(Space::Member, group))
    }

    /// The ids of the groups that a user or group is a member of itself, in order.
    pub fn groups_of(&self, member: &str) -> Result<Vec<String>> {
        self.store.keys(&Key::under(Space::Membership, member)).collect()
    }

    /// How many groups a user is in.
    pub fn group_count(&self, user: &str) -> Result<u64> {
        self.store.count(&Key::under(Space::Membership, user))
    }

    /// `members` as the server answers it.
    pub fn members_value(&self, group: &str, base: &str) -> Result<Vec<Value>> {
        let mut members = Vec::new();
        for entry in self.store.scan::<GroupMember>(&Key::under(Space::Member, group)) {
            let (id, member) = entry?;
            members.push(member.element(&String::from_utf8_lossy(&id), base));
        }
        Ok(members)
    }
}

/// Names to show for ids, in the order given. Where a user is expected a group may be found, for
/// groups can be members; an id without a resource is shown itself.
pub fn member_names(directory: Directory<'_>, kind: Kind, ids: &[String]) -> Result<Vec<(String, String)>> {
    let name_of = |id: &String| -> Result<Option<String>> {
        let name = directory.find(kind, id)?.map(|found| match kind {
            Kind::User => found.display_name(),
            Kind::Group => found.name(kind).to_owned(),
        });
        if name.is_some() || kind == Kind::Group {
            return Ok(name);
        }
        let group = directory.find(Kind::Group, id)?;
        Ok(group.map(|group| group.name(Kind::Group).to_owned()))
    };
    ids.iter()
        .map(|id| Ok((id.clone(), name_of(id)?.unwrap_or_else(|| id.clone()))))
        .collect()
}

/// Makes membership changes, in order, as part of a turn.
pub(super) fn change_members(
    turn: &mut Transaction<'_>,
    group: &str,
    steps: Vec<MemberChange>,
) -> Result<MembersChanged> {
    let mut changed = MembersChanged::default();
    for step in steps {
        match step {
            MemberChange::Add(members) => add(turn, group, members, &mut changed)?,
            MemberChange::Remove(ids) => remove(turn, group, &ids, &mut changed)?,
            MemberChange::RemoveMatching(filter) => {
                let ids = matching(turn, group, &filter, &changed)?;
                remove(turn, group, &ids, &mut changed)?;
            }
            MemberChange::ReplaceAll(members) => replace_all(turn, group, members, &mut changed)?,
            MemberChange::Clear => replace_all(turn, group, Vec::new(), &mut changed)?,
            MemberChange::Update { who, to, must_exist } => {
                let ids = found(turn, group, &who, &changed)?;
                if ids.is_empty() && must_exist {
                    return Err(who.no_target().into());
                }
                update(turn, group, ids, to, &mut changed)?;
            }
        }
    }
    Ok(changed)
}

/// Takes every membership of a user or group away, as part of a turn. Returns the groups it was in.
pub(super) fn leave_all_groups(turn: &mut Transaction<'_>, member: &str) -> Result<Vec<String>> {
    let groups = turn
        .before()
        .keys(&Key::under(Space::Membership, member))
        .collect::<Result<Vec<_>>>()?;
    for group in &groups {
        unlink(turn, group, member);
    }
    Ok(groups)
}

/// Takes every member out of a group, as part of a turn.
pub(super) fn remove_all_members(turn: &mut Transaction<'_>, group: &str) -> Result<()> {
    for member in turn.before().keys(&Key::under(Space::Member, group)) {
        unlink(turn, group, &member?);
    }
    Ok(())
}

fn add(
    turn: &mut Transaction<'_>,
    group: &str,
    members: Vec<Member>,
    changed: &mut MembersChanged,
) -> Result<()> {
    for member in members {
        let key = Key::pair(Space::Member, group, &member.value);
        let present = turn.get::<GroupMember>(&key)?;
        if let Some(present) = present {
            rename(turn, &key, present, member, changed)?;
        } else if let Some(kind) = kind_of(turn, &member.value)? {
            join(turn, group, &key, member, kind, changed)?;
        } else {
            changed.unknown.insert(member.value);
        }
    }
    Ok(())
}

/// Whether an id is a user or a group; what the client says it is does not count.
fn kind_of(turn: &Transaction<'_>, id: &str) -> Result<Option<Kind>> {
    for kind in [Kind::User, Kind::Group] {
        if turn.contains(&Key::named(kind.records(), id))? {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

/// Somebody who is not in the group becomes a member, or comes back as the member it was.
fn join(
    turn: &mut Transaction<'_>,
    group: &str,
    key: &Key,
    member: Member,
    kind: Kind,
    changed: &mut MembersChanged,
) -> Result<()> {
    turn.put(&Key::pair(Space::Membership, &member.value, group), &())?;
    if changed.removed.remove(&member.value)
        && let Some(earlier) = turn.before().get::<GroupMember>(key)?
    {
        turn.put(key, &earlier)?;
        return rename(turn, key, earlier, member, changed);
    }
    let display = member.display;
    turn.put(key, &GroupMember { display, kind })?;
    changed.added.insert(member.value);
    Ok(())
}

/// A member keeps the name it has unless the client gives it another one.
fn rename(
    turn: &mut Transaction<'_>,
    key: &Key,
    present: GroupMember,
    member: Member,
    changed: &mut MembersChanged,
) -> Result<()> {
    if member.display.is_none() {
        return Ok(());
    }
    call(turn, key, present, member.value, member.display, changed)
}

/// Gives a member a name, or none.
fn call(
    turn: &mut Transaction<'_>,
    key: &Key,
    present: GroupMember,
    id: String,
    display: Option<String>,
    changed: &mut MembersChanged,
) -> Result<()> {
    if display == present.display {
        return Ok(());
    }
    let (kind, was) = (present.kind, present.display);
    let member = GroupMember { display, kind };
    turn.put(key, &member)?;
    if changed.added.contains(&id) {
        return Ok(());
    }
    let [first, _] = changed.renamed.remove(&id).unwrap_or([was, None]);
    // Who is called as before has not been renamed.
    if first != member.display {
        changed.renamed.insert(id, [first, member.display]);
    }
    Ok(())
}

/// Changes members who are there.
fn update(
    turn: &mut Transaction<'_>,
    group: &str,
    mut ids: Vec<String>,
    to: MemberUpdate,
    changed: &mut MembersChanged,
) -> Result<()> {
    match to {
        MemberUpdate::Stays => Ok(()),
        MemberUpdate::Called(display) => ids.into_iter().try_for_each(|id| {
            let key = Key::pair(Space::Member, group, &id);
            match turn.get::<GroupMember>(&key)? {
                Some(present) => call(turn, &key, present, id, display.clone(), changed),
                None => Ok(()),
            }
        }),
        MemberUpdate::Becomes(member) => {
            ids.retain(|id| *id != member.value);
            remove(turn, group, &ids, changed)?;
            add(turn, group, vec![member], changed)
        }
    }
}

/// Those among the members a change is about.
fn found(turn: &Transaction<'_>, group: &str, who: &Who, changed: &MembersChanged) -> Result<Vec<String>> {
    match who {
        Who::All => present(turn, group, changed),
        Who::Matching(filter) => matching(turn, group, filter, changed),
        Who::Ids(ids) => {
            let mut found = Vec::new();
            for id in ids {
                if turn.contains(&Key::pair(Space::Member, group, id))? {
                    found.push(id.clone());
                }
            }
            Ok(found)
        }
    }
}

fn remove(
    turn: &mut Transaction<'_>,
    group: &str,
    ids: &[String],
    changed: &mut MembersChanged,
) -> Result<()> {
    for id in ids {
        if turn.contains(&Key::pair(Space::Member, group, id))? {
            unlink(turn, group, id);
            changed.renamed.remove(id);
            if !changed.added.remove(id) {
                changed.removed.insert(id.clone());
            }
        }
    }
    Ok(())
}

fn unlink(turn: &mut Transaction<'_>, group: &str, member: &str) {
    turn.remove(&Key::pair(Space::Member, group, member));
    turn.remove(&Key::pair(Space::Membership, member, group));
}

fn replace_all(
    turn: &mut Transaction<'_>,
    group: &str,
    members: Vec<Member>,
    changed: &mut MembersChanged,
) -> Result<()> {
    let staying: HashSet<&str> = members.iter().map(|member| member.value.as_str()).collect();
    let mut leaving = present(turn, group, changed)?;
    leaving.retain(|id| !staying.contains(id.as_str()));
    remove(turn, group, &leaving, changed)?;
    add(turn, group, members, changed)
}

/// Who is in the group now. Scans do not see this turn's changes, so they are added here.
fn present(turn: &Transaction<'_>, group: &str, changed: &MembersChanged) -> Result<Vec<String>> {
    let mut ids = turn
        .before()
        .keys(&Key::under(Space::Member, group))
        .collect::<Result<Vec<_>>>()?;
    ids.retain(|id| !changed.removed.contains(id));
    ids.extend(changed.added.iter().cloned());
    Ok(ids)
}

fn matching(
    turn: &Transaction<'_>,
    group: &str,
    filter: &Filter,
    changed: &MembersChanged,
) -> Result<Vec<String>> {
    // The filter's paths are sub-attributes of `members`, so it is asked about a group of one.
    let filter = Filter::Within {
        path: AttrPath::core("members"),
        filter: Box::new(filter.clone()),
        then: None,
    };
    let mut ids = Vec::new();
    for id in present(turn, group, changed)? {
        let member = turn.get::<GroupMember>(&Key::pair(Space::Member, group, &id))?;
        let Some(element) = member.map(|member| member.element(&id, "")) else {
            continue;
        };
        let mut group = Object::new();
        group.insert("members".to_owned(), Value::Array(vec![element]));
        if filter.matches(&group, Kind::Group.resource_type(), &Nothing) {
            ids.push(id);
        }
    }
    Ok(ids)
}
