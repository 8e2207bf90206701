//! What was forgiven: one [`Quirk`] per deviation this crate accepts, one [`Note`] per time it did.

mod quirk;

pub use quirk::Quirk;

use serde::{Deserialize, Serialize};

use crate::error::ScimError;

/// One deviation in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of deviation.
    pub quirk: Quirk,
    /// The attribute it concerns, or "" for the request as a whole.
    pub path: String,
    /// What was sent and how it was read.
    pub sentence: String,
}

/// The notes of one request.
///
/// A quirk is noted once per attribute and at most [`Notes::LIMIT`] times in all: 256 members
/// with the same deviation are one thing to say.
///
/// Strict notes (see [`Notes::strict`]) forgive less: what would be ignored or guessed is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    strict: bool,
    /// The first deviation that strictness does not forgive, until [`Notes::judge`] has
    /// returned it.
    refusal: Option<ScimError>,
}

impl Notes {
    /// The most notes one request can leave.
    pub const LIMIT: usize = 200;

    /// Notes that forgive neither an unknown attribute nor an unknown schema nor a value without
    /// quotes: [`accept`](crate::accept), [`Patch::parse`](crate::Patch::parse),
    /// [`Patch::apply`](crate::Patch::apply) and [`Filter::parse`](crate::Filter::parse) answer
    /// them with an error of status 400 that names the path. Everything else stays as lenient as
    /// with `Notes::default()`.
    pub fn strict() -> Self {
        Self {
            strict: true,
            ..Self::default()
        }
    }

    /// True if made by [`Notes::strict`].
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Adds a note; if strict, the request is refused with this error, unless it was already.
    pub(crate) fn add_or_refuse(
        &mut self,
        quirk: Quirk,
        path: &str,
        sentence: String,
        refusal: impl FnOnce() -> ScimError,
    ) {
        if self.strict {
            self.refusal.get_or_insert_with(refusal);
        }
        self.add(quirk, path, sentence);
    }

    /// Lets `read` work and leave notes; a refusal meanwhile takes the place of its result.
    pub(crate) fn judge<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ScimError>,
    ) -> Result<T, ScimError> {
        self.refusal = None;
        let result = read(self);
        self.refusal.take().map_or(result, Err)
    }

    /// Adds a note, unless the same quirk was already noted for the same path.
    pub fn add(&mut self, quirk: Quirk, path: impl Into<String>, sentence: impl Into<String>) {
        if self.list.len() >= Self::LIMIT {
            return;
        }
        let (path, sentence) = (path.into(), sentence.into());
        let known = self
            .list
            .iter()
            .any(|note| note.quirk == quirk && note.path == path);
        if !known {
            self.list.push(Note {
                quirk,
                path,
                sentence,
            });
        }
    }

    /// The notes in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Note> {
        self.list.iter()
    }

    /// The notes themselves.
    pub fn into_vec(self) -> Vec<Note> {
        self.list
    }

    /// True if the request was as the RFCs want it.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Notes {
    type Item = &'a Note;
    type IntoIter = std::slice::Iter<'a, Note>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests;
