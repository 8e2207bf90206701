//! What happens to people while they are there: they are hired, edited, moved, disabled.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::attributes::{canonical, check, check_addresses};
use super::{ObjectId, Organisation, OrganisationError, Person, Result};

/// Somebody who is to be hired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Single-valued attributes, in any case; `userPrincipalName` and `displayName` among them.
    pub attributes: BTreeMap<String, String>,
    /// `proxyAddresses`, each with its `SMTP:` or `smtp:`.
    pub proxy_addresses: Vec<String>,
    /// Whether the person may sign in.
    pub account_enabled: bool,
    /// The manager's object id.
    pub manager: Option<ObjectId>,
}

impl Organisation {
    /// Adds somebody with this object id ([`ObjectId::random`] makes one). Fails if the id or the
    /// userPrincipalName is taken, a required attribute is missing, or the manager is not there.
    pub fn hire(&mut self, id: ObjectId, new: NewPerson, now: Timestamp) -> Result<()> {
        if self.people.contains_key(&id) || self.groups.contains_key(&id) || self.purged.contains_key(&id) {
            return Err(OrganisationError::IdTaken(id));
        }
        let mut attributes = BTreeMap::new();
        for (name, value) in new.attributes {
            let name = canonical(&name)?;
            if !value.is_empty() {
                attributes.insert(name, value);
            }
        }
        for name in ["userPrincipalName", "displayName"] {
            check(name, attributes.get(name).map(String::as_str))?;
        }
        check_addresses(&new.proxy_addresses)?;
        if let Some(name) = attributes.get("userPrincipalName") {
            self.require_free(name, None)?;
        }
        if let Some(manager) = &new.manager {
            self.present(manager)?;
        }
        let person = Person {
            id: id.clone(),
            attributes,
            proxy_addresses: new.proxy_addresses,
            account_enabled: new.account_enabled,
            manager: new.manager,
            deleted: None,
            changed: now,
        };
        self.people.insert(id, person);
        Ok(())
    }

    /// Sets single-valued attributes, named in any case; `None` and the empty text clear one. All of
    /// them or, if one cannot be set, none. Nothing is stamped if they are as they were.
    pub fn edit(&mut self, id: &ObjectId, changes: &[(&str, Option<&str>)], now: Timestamp) -> Result<()> {
        let mut attributes = self.present(id)?.attributes.clone();
        for (name, value) in changes {
            let name = canonical(name)?;
            let value = value.filter(|value| !value.is_empty());
            check(&name, value)?;
            if let Some(value) = value.filter(|_| name == "userPrincipalName") {
                self.require_free(value, Some(id))?;
            }
            attributes.retain(|other, _| !other.eq_ignore_ascii_case(&name));
            if let Some(value) = value {
                attributes.insert(name, value.to_owned());
            }
        }
        self.put(id, now, |person| &mut person.attributes, attributes)
    }

    /// Moves somebody to a department; `None` means to none.
    pub fn move_to_department(
        &mut self,
        id: &ObjectId,
        department: Option<&str>,
        now: Timestamp,
    ) -> Result<()> {
        self.edit(id, &[("department", department)], now)
    }

    /// Replaces all of `proxyAddresses`. Fails unless each is an address for mail with its prefix and
    /// at most one is the main one (`SMTP:` in capitals).
    pub fn set_proxy_addresses(&mut self, id: &ObjectId, entries: Vec<String>, now: Timestamp) -> Result<()> {
        self.present(id)?;
        check_addresses(&entries)?;
        self.put(id, now, |person| &mut person.proxy_addresses, entries)
    }

    /// Lets somebody sign in, or no longer.
    pub fn set_enabled(&mut self, id: &ObjectId, enabled: bool, now: Timestamp) -> Result<()> {
        self.present(id)?;
        self.put(id, now, |person| &mut person.account_enabled, enabled)
    }

    /// Gives somebody a manager, or none. Fails if the person is above the manager already.
    pub fn set_manager(&mut self, id: &ObjectId, manager: Option<&ObjectId>, now: Timestamp) -> Result<()> {
        let person = self.present(id)?;
        if let Some(manager) = manager {
            let superior = self.present(manager)?;
            if manager == id || self.superiors(manager).any(|above| above == id) {
                return Err(OrganisationError::Circle {
                    person: person.display_name().to_owned(),
                    manager: superior.display_name().to_owned(),
                });
            }
        }
        self.put(id, now, |person| &mut person.manager, manager.cloned())
    }

    /// Who is above somebody, the manager first. A circle, which no edit makes, ends where it closes.
    pub fn superiors<'a>(&'a self, id: &'a ObjectId) -> impl Iterator<Item = &'a ObjectId> {
        let above = |id: &ObjectId| self.people.get(id).and_then(|person| person.manager.as_ref());
        std::iter::successors(above(id), move |id| above(id)).take(self.people.len())
    }

    /// Who has this manager, those in the recycle bin included.
    pub fn reports<'a>(&'a self, manager: &'a ObjectId) -> impl Iterator<Item = &'a Person> {
        self.people
            .values()
            .filter(move |person| person.manager.as_ref() == Some(manager))
    }

    /// Who signs in with this name, if they are not in the recycle bin.
    pub fn by_name(&self, user_principal_name: &str) -> Option<&Person> {
        let name = user_principal_name.to_lowercase();
        self.people
            .values()
            .find(|person| person.is_present() && person.user_principal_name().to_lowercase() == name)
    }

    /// Somebody, in the recycle bin or not.
    pub fn person(&self, id: &ObjectId) -> Result<&Person> {
        self.people
            .get(id)
            .ok_or_else(|| OrganisationError::NoSuchPerson(id.clone()))
    }

    /// Somebody who is not in the recycle bin.
    pub fn present(&self, id: &ObjectId) -> Result<&Person> {
        let person = self.person(id)?;
        if person.is_present() {
            Ok(person)
        } else {
            Err(OrganisationError::Deleted(person.display_name().to_owned()))
        }
    }

    /// Fails if somebody else signs in with the name. Names in the recycle bin are free, as they are
    /// in Entra.
    pub(super) fn require_free(&self, name: &str, but: Option<&ObjectId>) -> Result<()> {
        match self.by_name(name) {
            Some(holder) if Some(&holder.id) != but => Err(OrganisationError::NameTaken {
                name: name.to_owned(),
                holder: holder.display_name().to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Sets one part of a person, and the stamp if that part is another one now.
    fn put<T: PartialEq>(
        &mut self,
        id: &ObjectId,
        now: Timestamp,
        part: impl Fn(&mut Person) -> &mut T,
        value: T,
    ) -> Result<()> {
        let person = self
            .people
            .get_mut(id)
            .ok_or_else(|| OrganisationError::NoSuchPerson(id.clone()))?;
        let place = part(person);
        if *place != value {
            *place = value;
            person.changed = now;
        }
        Ok(())
    }
}
