//! The walk through the store: what was seen, what is amiss, and what would mend it.
//!
//! Only what leads to records is ever taken away, and only where all that it could lead to was
//! read: an entry of a record that cannot be read may be right, and is kept.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Findings, SPACES};
use crate::error::{Error, Result};
use crate::store::{Key, Space, Transaction, decode};

/// One walk. What would mend a finding is done in the turn at once, so that what comes after
/// sees it; whether the turn is then applied is the caller's choice.
pub(super) struct Look<'t, 'a> {
    pub(super) turn: &'t mut Transaction<'a>,
    pub(super) findings: Findings,
    pub(super) put: u64,
    pub(super) removed: u64,
    /// What was under a key that is removed, or under one that is put anew.
    pub(super) taken: Vec<(Key, Vec<u8>)>,
    /// Some space could not be read to its end, so that nothing can be said to be left over.
    is_cut: bool,
}

/// What is under a key.
pub(super) enum Found<T> {
    Nothing,
    /// Something that cannot be read.
    Unreadable,
    Record(T),
}

impl<'t, 'a> Look<'t, 'a> {
    pub(super) fn new(turn: &'t mut Transaction<'a>) -> Self {
        Self {
            turn,
            findings: Findings::default(),
            put: 0,
            removed: 0,
            taken: Vec::new(),
            is_cut: false,
        }
    }

    /// Notes something that a rebuild cannot mend.
    pub(super) fn find(&mut self, sentence: impl Into<String>) {
        self.findings.add(sentence.into(), false);
    }

    /// Notes something that is mended by putting `value` under `key`.
    pub(super) fn put(&mut self, sentence: String, key: &Key, value: &impl Serialize) -> Result<()> {
        self.findings.add(sentence, true);
        self.put += 1;
        self.keep_what_is_under(key);
        self.turn.put(key, value)
    }

    /// Notes something that is mended by removing `key`. Where a part of the store cannot be
    /// read, nothing is removed.
    pub(super) fn remove(&mut self, sentence: String, key: &Key) {
        if self.is_cut {
            return self.find(format!(
                "{sentence} It is kept, since a part of the store cannot be read."
            ));
        }
        self.findings.add(sentence, true);
        self.removed += 1;
        self.keep_what_is_under(key);
        self.turn.remove(key);
    }

    fn keep_what_is_under(&mut self, key: &Key) {
        if let Ok(Some(value)) = self.turn.before().bytes(key) {
            self.taken.push((key.clone(), value.as_ref().to_vec()));
        }
    }

    /// Counts one of what is looked at.
    pub(super) fn count(&mut self, what: &'static str) {
        *self.findings.looked_at.entry(what).or_default() += 1;
    }

    /// Looks at every record of `space` as it was when the walk began, in key order, with the
    /// rest of its key. One that cannot be read is a finding; where the store itself gives up,
    /// the rest of the space is left out, and that is one, too.
    pub(super) fn each<T: DeserializeOwned>(
        &mut self,
        space: Space,
        mut visit: impl FnMut(&mut Self, &[u8], T) -> Result<()>,
    ) -> Result<()> {
        for entry in self.turn.before().raw(&Key::all(space)) {
            let (rest, value) = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.find(format!(
                        "The {}s cannot be read any further: {error}",
                        space.noun()
                    ));
                    self.is_cut = true;
                    return Ok(());
                }
            };
            self.findings.live_bytes += (rest.len() + value.len()) as u64;
            match decode::<T>(space, &value) {
                Ok(value) => visit(self, &rest, value)?,
                Err(Error::Damaged { what, reason }) => self.find(format!(
                    "The {what} under the key {} cannot be read ({reason}).",
                    shown(&rest)
                )),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// The record under `key`; one that cannot be read has had its finding and counts as absent.
    pub(super) fn read<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>> {
        match self.found(key)? {
            Found::Record(record) => Ok(Some(record)),
            Found::Nothing | Found::Unreadable => Ok(None),
        }
    }

    /// What is under `key`, told apart from what cannot be read.
    pub(super) fn found<T: DeserializeOwned>(&self, key: &Key) -> Result<Found<T>> {
        match self.turn.get(key) {
            Ok(Some(record)) => Ok(Found::Record(record)),
            Ok(None) => Ok(Found::Nothing),
            Err(Error::Damaged { .. } | Error::Store(_)) => Ok(Found::Unreadable),
            Err(other) => Err(other),
        }
    }

    /// Whether there is, or may be, something under `key`.
    pub(super) fn is_there(&self, key: &Key) -> Result<bool> {
        match self.turn.contains(key) {
            Err(Error::Store(_)) => Ok(true),
            other => other,
        }
    }

    /// Keys that no version of ours has written.
    pub(super) fn unknown_keys(&mut self) -> Result<()> {
        let mut unknown = 0_u64;
        let mut low = 0_u8;
        let mut bytes: Vec<u8> = SPACES.iter().map(|space| *space as u8).collect();
        bytes.sort_unstable();
        for byte in bytes {
            unknown += self.turn.before().count_between(&[low], &[byte])?;
            low = byte.saturating_add(1);
        }
        unknown += self.turn.before().count_between(&[low], &[])?;
        if unknown > 0 {
            self.find(format!(
                "{unknown} keys of the store lie where this version keeps nothing. Another program has written here, or the store is damaged."
            ));
        }
        Ok(())
    }
}

/// A key as a sentence can hold it.
pub(super) fn shown(rest: &[u8]) -> String {
    match crate::store::number(rest) {
        Some(number) if rest.len() == 8 => number.to_string(),
        _ => format!("\"{}\"", String::from_utf8_lossy(rest).escape_debug()),
    }
}

/// The two parts of a key whose last part is an id.
pub(super) fn parts(rest: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(rest).ok()?;
    let (first, id) = text.rsplit_once('\0')?;
    Some((first.to_owned(), id.to_owned()))
}
