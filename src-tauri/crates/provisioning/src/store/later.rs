//! Records that nobody waits for: they are stored together with the next turn that takes them.

use std::sync::Mutex;

use crate::clock::lock;

/// Records that are kept at most while the store takes none: its disk is full, perhaps.
const KEPT: usize = 10_000;

/// The records that wait, encoded, in the order in which they came.
#[derive(Default)]
pub(crate) struct Later(Mutex<Vec<Vec<u8>>>);

impl Later {
    /// Adds one. Returns how many wait now.
    pub(crate) fn push(&self, record: Vec<u8>) -> usize {
        let mut waiting = lock(&self.0);
        waiting.push(record);
        waiting.len()
    }

    /// Whether none waits.
    pub(crate) fn is_empty(&self) -> bool {
        lock(&self.0).is_empty()
    }

    pub(super) fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut lock(&self.0))
    }

    fn put_back(&self, mut taken: Vec<Vec<u8>>) {
        let mut waiting = lock(&self.0);
        taken.append(&mut waiting);
        let surplus = taken.len().saturating_sub(KEPT);
        if surplus > 0 {
            tracing::error!(
                surplus,
                "the store takes no records; the oldest that wait are left out"
            );
            taken.drain(..surplus);
        }
        *waiting = taken;
    }
}

/// What a turn has taken; it waits again if the turn comes to nothing.
pub(super) struct Taken<'a> {
    later: &'a Later,
    pub(super) records: Vec<Vec<u8>>,
}

impl<'a> Taken<'a> {
    pub(super) fn nothing(later: &'a Later) -> Self {
        Self {
            later,
            records: Vec::new(),
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if !self.records.is_empty() {
            self.later.put_back(std::mem::take(&mut self.records));
        }
    }
}
