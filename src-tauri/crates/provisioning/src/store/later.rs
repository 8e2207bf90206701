//! Records that nobody waits for: they are stored together with the next turn that takes them.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::clock::lock;

/// Records that are kept at most while the store takes none: its disk is full, perhaps.
const KEPT: usize = 10_000;

/// Bytes of them that are kept at most.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// The records that wait, encoded, in the order in which they came.
#[derive(Default)]
pub(crate) struct Later(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    records: VecDeque<Vec<u8>>,
    bytes: usize,
}

impl Waiting {
    /// Leaves out the oldest of those that are too many.
    fn trim(&mut self) {
        let mut surplus = 0_usize;
        while self.records.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.records.pop_front() else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(oldest.len());
            surplus += 1;
        }
        if surplus > 0 {
            tracing::error!(
                surplus,
                "the store takes no records; the oldest that wait are left out"
            );
        }
    }
}

impl Later {
    /// Adds one. Returns how many wait now.
    pub(crate) fn push(&self, record: Vec<u8>) -> usize {
        let mut waiting = lock(&self.0);
        waiting.bytes += record.len();
        waiting.records.push_back(record);
        waiting.trim();
        waiting.records.len()
    }

    /// Whether none waits.
    pub(crate) fn is_empty(&self) -> bool {
        lock(&self.0).records.is_empty()
    }

    pub(super) fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *lock(&self.0)).records.into()
    }

    fn put_back(&self, taken: Vec<Vec<u8>>) {
        let mut waiting = lock(&self.0);
        for record in taken.into_iter().rev() {
            waiting.bytes += record.len();
            waiting.records.push_front(record);
        }
        waiting.trim();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_does_not_take_does_not_fill_the_memory() {
        let later = Later::default();
        let record = |n: usize| n.to_string().into_bytes();
        for n in 0..KEPT + 5 {
            assert!(later.push(record(n)) <= KEPT);
        }
        let taken = later.take();
        assert_eq!(taken.first(), Some(&record(5)), "the oldest are left out");
        later.push(record(KEPT + 5));
        later.put_back(taken);
        let all = later.take();
        assert_eq!((all.len(), all.first()), (KEPT, Some(&record(6))));
        assert_eq!(all.last(), Some(&record(KEPT + 5)), "they keep their order");

        let large = vec![b' '; KEPT_BYTES / 4];
        let counts: Vec<usize> = (0..8).map(|_| later.push(large.clone())).collect();
        assert_eq!(counts, [1, 2, 3, 4, 4, 4, 4, 4]);
    }
}
