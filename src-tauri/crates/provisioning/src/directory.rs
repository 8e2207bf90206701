//! What the identity provider has sent: SCIM users, groups and memberships, exactly as it
//! would be answered. Always consistent for the provider, whatever the console does with it.
//!
//! A group's members are not part of its record. Each membership is a key of its own, under
//! the group and under the user, so that adding one member costs the same in a group of ten
//! as in one of a hundred thousand.

mod attributes;
mod browse;
mod candidates;
mod columns;
mod cursor;
mod indexes;
mod looked;
mod members;
mod outside;
mod pages;
mod record;
mod representation;
mod scan;
mod search;
mod writes;
mod written;

pub use attributes::{Attribute, flatten};
pub use browse::{Order, OrderBy};
pub use columns::{Column, columns};
pub use cursor::CURSOR_SECONDS;
pub(crate) use indexes::{bring_up_to_date, entries, twin};
pub use members::{GroupMember, member_names};
pub use record::{Kind, Resource, ResourceChange};
pub use search::{Listed, Query, SortBy};
pub(crate) use writes::LAST_ID;

use crate::clock::Clock;
use crate::error::Result;
use crate::journal::Draft;
use crate::store::{Key, Store};

/// The directory of one open engine.
#[derive(Clone, Copy)]
pub struct Directory<'a> {
    store: &'a Store,
    clock: &'a dyn Clock,
    precondition: Option<&'a Precondition>,
    draft: Option<&'a Draft>,
}

/// What has to hold for a resource before it is written, asked with its ETag
/// ([`Directory::etag`]).
pub type Precondition = dyn Fn(&str) -> Result<(), scim::error::ScimError> + Sync;

impl<'a> Directory<'a> {
    pub(crate) fn new(store: &'a Store, clock: &'a dyn Clock) -> Self {
        Self {
            store,
            clock,
            precondition: None,
            draft: None,
        }
    }

    /// The same directory, in which a replace, patch or delete first asks `precondition` about
    /// the ETag of the resource as it stands: nobody can write between the question and the write.
    #[must_use]
    pub fn provided(self, precondition: &'a Precondition) -> Self {
        Self {
            precondition: Some(precondition),
            ..self
        }
    }

    /// The same directory, in which a write puts `draft` into the log, in the batch that makes the
    /// change: a crash leaves both or neither. What changes nothing leaves no draft.
    #[must_use]
    pub fn logged(self, draft: Option<&'a Draft>) -> Self {
        Self { draft, ..self }
    }

    /// The resource with this id. Fails with a SCIM 404 if there is none.
    pub fn get(&self, kind: Kind, id: &str) -> Result<Resource> {
        self.find(kind, id)?
            .ok_or_else(|| scim::error::ScimError::not_found(kind.name(), id).into())
    }

    /// The resource with this id, if there is one.
    pub fn find(&self, kind: Kind, id: &str) -> Result<Option<Resource>> {
        self.store.get(&Key::named(kind.records(), id))
    }

    /// How many users or groups there are.
    pub fn count(&self, kind: Kind) -> Result<u64> {
        match self.store.ids(kind.records())? {
            Some(ids) => Ok(ids.len() as u64),
            None => self.store.count(&Key::all(kind.records())),
        }
    }

    /// Every user or group, by id: for a plan.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = Result<Resource>> + use<> {
        self.store
            .scan(&Key::all(kind.records()))
            .map(|entry| Ok(entry?.1))
    }
}

#[cfg(test)]
mod tests;
