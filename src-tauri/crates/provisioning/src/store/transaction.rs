//! What one writer reads, puts and removes before all of it is applied at once.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Key, Store, decode, encode};
use crate::error::Result;

/// One writer's turn. It sees its own changes through [`get`](Self::get) and
/// [`contains`](Self::contains); scans see the store as it was when the turn began.
pub(crate) struct Transaction<'a> {
    store: &'a Store,
    /// Key → the new value, or `None` for a removal.
    changes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self {
            store,
            changes: BTreeMap::new(),
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

    /// Removes whatever is under `key`.
    pub(crate) fn remove(&mut self, key: &Key) {
        self.changes.insert(key.bytes().to_vec(), None);
    }

    /// The changes as one atomic batch; `None` when there are none.
    pub(super) fn into_batch(self) -> Option<sled::Batch> {
        if self.changes.is_empty() {
            return None;
        }
        let mut batch = sled::Batch::default();
        for (key, change) in self.changes {
            match change {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        Some(batch)
    }
}
