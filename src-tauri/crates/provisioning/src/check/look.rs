//! The walk through the store: what was seen, what is amiss, and what would mend it.

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
}

impl<'t, 'a> Look<'t, 'a> {
    pub(super) fn new(turn: &'t mut Transaction<'a>) -> Self {
        Self {
            turn,
            findings: Findings::default(),
            put: 0,
            removed: 0,
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
        self.turn.put(key, value)
    }

    /// Notes something that is mended by removing `key`.
    pub(super) fn remove(&mut self, sentence: String, key: &Key) {
        self.findings.add(sentence, true);
        self.removed += 1;
        self.turn.remove(key);
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
        match self.turn.get(key) {
            Err(Error::Damaged { .. }) => Ok(None),
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
