//! What one writer reads, puts and removes before all of it is applied at once.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::later::Taken;
use super::{Key, Space, Store, compaction, decode, encode};
use crate::error::Result;

/// Key → the new value, or `None` for a removal.
pub(super) type Changes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// One of them.
pub(super) type Changed = (Vec<u8>, Option<Vec<u8>>);

/// One writer's turn. It sees its own changes through [`get`](Self::get) and
/// [`contains`](Self::contains); scans see the store as it was when the turn began.
pub(crate) struct Transaction<'a> {
    store: &'a Store,
    changes: Changes,
    /// What waited and is among the changes.
    taken: Taken<'a>,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self {
            store,
            changes: Changes::new(),
            taken: Taken::nothing(store.later()),
        }
    }

    /// The store as it was when the turn began.
    pub(crate) fn before(&self) -> &'a Store {
        self.store
    }

    /// The record under `key`, with this turn's changes.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>> {
        match self.changes.get(key.bytes()) {
            Some(change) => change
                .as_deref()
                .map(|bytes| decode(key.space(), bytes))
                .transpose(),
            None => self.store.get(key),
        }
    }

    /// Whether there is anything under `key`, with this turn's changes.
    pub(crate) fn contains(&self, key: &Key) -> Result<bool> {
        match self.changes.get(key.bytes()) {
            Some(change) => Ok(change.is_some()),
            None => self.store.contains(key),
        }
    }

    /// Puts `value` under `key`.
    pub(crate) fn put<T: Serialize>(&mut self, key: &Key, value: &T) -> Result<()> {
        self.changes
            .insert(key.bytes().to_vec(), Some(encode(key.space(), value)?));
        Ok(())
    }

    /// Puts a record as it is to be stored.
    pub(crate) fn put_raw(&mut self, key: &Key, value: Vec<u8>) {
        self.changes.insert(key.bytes().to_vec(), Some(value));
    }

    /// Removes whatever is under `key`.
    pub(crate) fn remove(&mut self, key: &Key) {
        self.changes.insert(key.bytes().to_vec(), None);
    }

    /// Notes that so many bytes of data were removed for good: when they are many, the store is
    /// written anew at a start ([`compaction`](super::compaction)).
    pub(crate) fn note_removed(&mut self, bytes: u64) -> Result<()> {
        compaction::removed(self, bytes)
    }

    /// How many bytes the changes have.
    pub(super) fn bytes(&self) -> u64 {
        let size =
            |(key, value): (&Vec<u8>, &Option<Vec<u8>>)| key.len() + value.as_ref().map_or(0, Vec::len);
        self.changes.iter().map(size).sum::<usize>() as u64
    }

    /// The keys of resources that this turn puts, or removes.
    pub(super) fn moved(&self) -> Vec<(Vec<u8>, bool)> {
        let of_resources = |key: &[u8]| {
            key.first()
                .is_some_and(|space| [Space::User as u8, Space::Group as u8].contains(space))
        };
        let changes = self.changes.iter().filter(|(key, _)| of_resources(key));
        changes
            .map(|(key, change)| (key.clone(), change.is_some()))
            .collect()
    }

    /// Puts every record that waits, under the key and as the bytes that `place` makes of it. They
    /// wait again if the turn comes to nothing.
    pub(crate) fn put_waiting(&mut self, mut place: impl FnMut(&[u8]) -> (Key, Vec<u8>)) {
        let waited = self.store.later().take();
        for record in &waited {
            let (key, bytes) = place(record);
            self.changes.insert(key.bytes().to_vec(), Some(bytes));
        }
        self.taken.records.extend(waited);
    }

    /// The changes are in the store.
    pub(super) fn was_applied(&mut self) {
        self.taken.records.clear();
    }

    /// The changes, which are then no longer here.
    pub(super) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }
}
