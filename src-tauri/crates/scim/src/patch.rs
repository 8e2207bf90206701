//! PATCH: RFC 7644 §3.5.2.
//!
//! A body is read once into a list of edits, each with one verb and one path; a value without a
//! path has become one edit per attribute by then. Applying them needs the stored resource,
//! reading them does not, so that a group's members can be changed without loading them.

mod members;
mod parse;

pub use members::{Member, MemberChange, MemberUpdate, Who, members_of};

use crate::dialect::Notes;
use crate::edit::{self, Edit, limits};
use crate::error::ScimError;
use crate::resource::{Object, require, tidy};
use crate::schema::ResourceType;

/// A PATCH body that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    edits: Vec<Edit>,
}

impl Patch {
    /// Applies the operations in order, all or none: on an error the resource is untouched.
    ///
    /// Returns whether anything changed. Adding what is there and removing what is not change
    /// nothing (RFC 7644 §3.5.2.1). Errors: `mutability` for an explicit path to what only the
    /// server writes, for removing what is required and for giving a member another id;
    /// `invalidValue` for a value of a wrong type, a resource left without what is required or one
    /// that would outgrow the [limits](crate#limits);
    /// `noTarget` for a value filter that matches nothing, unless it is that of an `add`, or of a
    /// `replace` such as `emails[type eq "work"].value`, and says what to create in words that are
    /// declared; with strict
    /// notes, `invalidPath` for a path nobody declares.
    pub fn apply(
        &self,
        kind: &'static ResourceType,
        resource: &mut Object,
        notes: &mut Notes,
    ) -> Result<bool, ScimError> {
        let mut next = resource.clone();
        notes.judge(|notes| {
            let mut edits = self.edits.iter().cloned();
            edits.try_for_each(|edit| edit::perform(edit, kind, &mut next, notes))
        })?;
        tidy::tidy(kind, &mut next);
        limits::check_growth(kind, resource, &next)?;
        require(kind, &next)?;
        let changed = next != *resource;
        if changed {
            *resource = next;
        }
        Ok(changed)
    }

    /// True if there is nothing to apply.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

#[cfg(test)]
mod tests;
