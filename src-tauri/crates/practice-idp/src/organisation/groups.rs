//! Groups and who is in them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Group, ObjectId, Organisation, OrganisationError, Person, Result};

impl Organisation {
    /// Makes an empty group. Two groups may have the same name, as in Entra.
    pub fn create_group(&mut self, id: ObjectId, display_name: &str, now: Timestamp) -> Result<()> {
        if self.people.contains_key(&id) || self.groups.contains_key(&id) || self.purged.contains_key(&id) {
            return Err(OrganisationError::IdTaken(id));
        }
        let group = Group {
            id: id.clone(),
            display_name: group_name(display_name)?,
            members: BTreeSet::new(),
            changed: now,
        };
        self.groups.insert(id, group);
        Ok(())
    }

    /// Gives a group another name.
    pub fn rename_group(&mut self, id: &ObjectId, display_name: &str, now: Timestamp) -> Result<()> {
        let name = group_name(display_name)?;
        let group = self.group_mut(id)?;
        if group.display_name != name {
            group.display_name = name;
            group.changed = now;
        }
        Ok(())
    }

    /// Removes a group for good; groups have no recycle bin. Whoever was assigned through it alone is
    /// stamped.
    pub fn delete_group(&mut self, id: &ObjectId, now: Timestamp) -> Result<()> {
        let members = self.group(id)?.members.clone();
        self.reassigning(&members, now, |this| {
            this.groups.remove(id);
            this.assigned.remove(id);
        });
        self.purged.insert(id.clone(), now);
        Ok(())
    }

    /// Adds people to a group; those who are in it already stay. All of them or, if one is not there,
    /// none. Whoever becomes assigned by it is stamped.
    pub fn add_members(&mut self, id: &ObjectId, members: &BTreeSet<ObjectId>, now: Timestamp) -> Result<()> {
        self.group(id)?;
        for member in members {
            self.present(member)?;
        }
        self.change_members(id, members, now, |group| group.extend(members.iter().cloned()));
        Ok(())
    }

    /// Takes people out of a group; those who are not in it are passed over. Whoever is no longer
    /// assigned by it is stamped.
    pub fn remove_members(
        &mut self,
        id: &ObjectId,
        members: &BTreeSet<ObjectId>,
        now: Timestamp,
    ) -> Result<()> {
        self.group(id)?;
        self.change_members(id, members, now, |group| {
            group.retain(|member| !members.contains(member));
        });
        Ok(())
    }

    /// Who is in a group and not in the recycle bin.
    pub fn members<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a Person> {
        group
            .members
            .iter()
            .filter_map(|id| self.people.get(id))
            .filter(|person| person.is_present())
    }

    /// The groups somebody is in.
    pub fn groups_of<'a>(&'a self, person: &'a ObjectId) -> impl Iterator<Item = &'a Group> {
        self.groups
            .values()
            .filter(move |group| group.members.contains(person))
    }

    /// A group.
    pub fn group(&self, id: &ObjectId) -> Result<&Group> {
        self.groups
            .get(id)
            .ok_or_else(|| OrganisationError::NoSuchGroup(id.clone()))
    }

    fn group_mut(&mut self, id: &ObjectId) -> Result<&mut Group> {
        self.groups
            .get_mut(id)
            .ok_or_else(|| OrganisationError::NoSuchGroup(id.clone()))
    }

    fn change_members(
        &mut self,
        id: &ObjectId,
        touched: &BTreeSet<ObjectId>,
        now: Timestamp,
        change: impl FnOnce(&mut BTreeSet<ObjectId>),
    ) {
        self.reassigning(touched, now, |this| {
            if let Some(group) = this.groups.get_mut(id) {
                let before = group.members.len();
                change(&mut group.members);
                if group.members.len() != before {
                    group.changed = now;
                }
            }
        });
    }
}

fn group_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(OrganisationError::NoGroupName);
    }
    Ok(name.to_owned())
}
