//! Who is assigned to the application, and what has changed since a watermark.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Group, ObjectId, Organisation, OrganisationError, Person, Result};

/// What an incremental cycle looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// People, those in the recycle bin included.
    pub people: Vec<&'a Person>,
    /// Groups.
    pub groups: Vec<&'a Group>,
    /// The ids of people and groups that were removed for good.
    pub purged: Vec<&'a ObjectId>,
}

impl Organisation {
    /// Assigns people and groups; a group assigns its members. All of them or, if one is not there,
    /// none. Stamps whoever becomes assigned, and the groups.
    pub fn assign(&mut self, ids: &BTreeSet<ObjectId>, now: Timestamp) -> Result<()> {
        self.change_assignment(ids, now, |assigned| assigned.extend(ids.iter().cloned()))
    }

    /// Takes assignments back; what is not assigned is passed over. Stamps whoever is no longer
    /// assigned, and the groups.
    pub fn unassign(&mut self, ids: &BTreeSet<ObjectId>, now: Timestamp) -> Result<()> {
        self.change_assignment(ids, now, |assigned| assigned.retain(|id| !ids.contains(id)))
    }

    /// Whether somebody is assigned, directly or through a group. To ask it of everybody,
    /// [`Organisation::assigned_people`] is quicker.
    pub fn is_assigned(&self, person: &ObjectId) -> bool {
        self.assigned.contains(person) || self.assigned_groups().any(|group| group.members.contains(person))
    }

    /// Everybody who is assigned, directly or through a group; those in the recycle bin included.
    pub fn assigned_people(&self) -> BTreeSet<&ObjectId> {
        let direct = self.assigned.iter().filter(|id| self.people.contains_key(id));
        let members = self.assigned_groups().flat_map(|group| &group.members);
        direct.chain(members).collect()
    }

    /// What was changed or removed at the watermark or after it. The watermark's own instant counts
    /// as well: what happened in it may have come after the cycle that left it, and a second look
    /// at something unchanged sends nothing.
    pub fn changed_since(&self, watermark: Timestamp) -> Changes<'_> {
        let people = self.people.values();
        let groups = self.groups.values();
        let purged = self.purged.iter();
        Changes {
            people: people.filter(|person| person.changed >= watermark).collect(),
            groups: groups.filter(|group| group.changed >= watermark).collect(),
            purged: purged
                .filter(|(_, at)| **at >= watermark)
                .map(|(id, _)| id)
                .collect(),
        }
    }

    fn assigned_groups(&self) -> impl Iterator<Item = &Group> {
        self.groups
            .values()
            .filter(|group| self.assigned.contains(&group.id))
    }

    fn change_assignment(
        &mut self,
        ids: &BTreeSet<ObjectId>,
        now: Timestamp,
        change: impl FnOnce(&mut BTreeSet<ObjectId>),
    ) -> Result<()> {
        let mut touched = BTreeSet::new();
        for id in ids {
            match self.groups.get(id) {
                Some(group) => touched.extend(group.members.iter().cloned()),
                None if self.people.contains_key(id) => {
                    touched.insert(id.clone());
                }
                None => return Err(OrganisationError::NoSuchPerson(id.clone())),
            }
        }
        let before = self.assigned.clone();
        self.reassigning(&touched, now, |this| change(&mut this.assigned));
        for id in ids {
            if let Some(group) = self.groups.get_mut(id)
                && before.contains(id) != self.assigned.contains(id)
            {
                group.changed = now;
            }
        }
        Ok(())
    }

    /// Makes a change, and stamps those of `touched` who were assigned before it and are not after
    /// it, or the other way round.
    pub(super) fn reassigning(
        &mut self,
        touched: &BTreeSet<ObjectId>,
        now: Timestamp,
        change: impl FnOnce(&mut Self),
    ) {
        let before = self.assigned_among(touched);
        change(self);
        let after = self.assigned_among(touched);
        for id in before.symmetric_difference(&after) {
            if let Some(person) = self.people.get_mut(id) {
                person.changed = now;
            }
        }
    }

    fn assigned_among(&self, people: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        let mut found: BTreeSet<ObjectId> = people.intersection(&self.assigned).cloned().collect();
        for group in self.assigned_groups() {
            found.extend(people.intersection(&group.members).cloned());
        }
        found
    }
}
