//! The recycle bin: who is deleted stays in it for thirty days and can be restored; then nothing is
//! left but the id, for which a cycle sends a DELETE.
//!
//! A person in the bin keeps memberships, assignment, manager and reports, so that a restored one is
//! as before. Their groups are stamped, since such a person counts as no member.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{ObjectId, Organisation, OrganisationError, Result};

/// How long somebody stays in the recycle bin, in days (Entra's retention of deleted users).
pub const RETENTION_DAYS: i64 = 30;

impl Organisation {
    /// Puts somebody into the recycle bin.
    pub fn delete(&mut self, id: &ObjectId, now: Timestamp) -> Result<()> {
        self.present(id)?;
        self.set_deleted(id, Some(now), now);
        Ok(())
    }

    /// Takes somebody out of the recycle bin. Fails if another person signs in with that name now.
    pub fn restore(&mut self, id: &ObjectId, now: Timestamp) -> Result<()> {
        let person = self.deleted(id)?;
        self.require_free(person.user_principal_name(), Some(id))?;
        self.set_deleted(id, None, now);
        Ok(())
    }

    /// Removes somebody for good, who has to be in the recycle bin.
    pub fn delete_permanently(&mut self, id: &ObjectId, now: Timestamp) -> Result<()> {
        self.deleted(id)?;
        self.purge(&BTreeSet::from([id.clone()]), now);
        Ok(())
    }

    /// Removes for good whoever has been in the recycle bin for [`RETENTION_DAYS`], and returns their
    /// ids.
    pub fn purge_due(&mut self, now: Timestamp) -> BTreeSet<ObjectId> {
        let retention = SignedDuration::from_hours(24 * RETENTION_DAYS);
        let is_due = |since: Timestamp| now.duration_since(since) >= retention;
        let due: BTreeSet<ObjectId> = self
            .people
            .values()
            .filter(|person| person.deleted.is_some_and(is_due))
            .map(|person| person.id.clone())
            .collect();
        if !due.is_empty() {
            self.purge(&due, now);
        }
        due
    }

    fn deleted(&self, id: &ObjectId) -> Result<&super::Person> {
        let person = self.person(id)?;
        if person.is_present() {
            return Err(OrganisationError::NotDeleted(person.display_name().to_owned()));
        }
        Ok(person)
    }

    fn set_deleted(&mut self, id: &ObjectId, deleted: Option<Timestamp>, now: Timestamp) {
        if let Some(person) = self.people.get_mut(id) {
            person.deleted = deleted;
            person.changed = now;
        }
        for group in self
            .groups
            .values_mut()
            .filter(|group| group.members.contains(id))
        {
            group.changed = now;
        }
    }

    /// Removes people with whatever points at them.
    fn purge(&mut self, gone: &BTreeSet<ObjectId>, now: Timestamp) {
        self.people.retain(|id, _| !gone.contains(id));
        self.assigned.retain(|id| !gone.contains(id));
        for group in self.groups.values_mut() {
            let before = group.members.len();
            group.members.retain(|id| !gone.contains(id));
            if group.members.len() != before {
                group.changed = now;
            }
        }
        for person in self.people.values_mut() {
            if person
                .manager
                .as_ref()
                .is_some_and(|manager| gone.contains(manager))
            {
                person.manager = None;
                person.changed = now;
            }
        }
        self.purged.extend(gone.iter().map(|id| (id.clone(), now)));
    }
}
