//! Whether the directory is ahead of the newest sync: two counters in the store, so that a
//! change is not forgotten when the process ends between it and its sync, or during that sync.

use crate::error::Result;
use crate::store::{Key, Space, Store, Transaction};

fn changes_key() -> Key {
    Key::named(Space::Meta, "directory changes")
}

fn synced_key() -> Key {
    Key::named(Space::Meta, "directory changes synced")
}

/// The two counters: changes there were, and those a sync has looked at.
pub(crate) fn keys() -> [Key; 2] {
    [changes_key(), synced_key()]
}

/// The directory changes, as part of a turn.
pub(crate) fn note_change(turn: &mut Transaction<'_>) -> Result<()> {
    let changes = changes(turn)? + 1;
    turn.put(&changes_key(), &changes)
}

/// How often the directory has changed.
pub(crate) fn changes(turn: &Transaction<'_>) -> Result<u64> {
    Ok(turn.get(&changes_key())?.unwrap_or_default())
}

/// How often the directory has changed since it had changed `seen` times.
pub(crate) fn changes_since(store: &Store, seen: u64) -> Result<u64> {
    let changes: u64 = store.get(&changes_key())?.unwrap_or_default();
    Ok(changes.saturating_sub(seen))
}

/// A sync has looked at the directory as it was after `changes`, as part of a turn.
pub(crate) fn note_synced(turn: &mut Transaction<'_>, changes: u64) -> Result<()> {
    turn.put(&synced_key(), &changes)
}

/// Whether there are changes that no sync has looked at.
pub(crate) fn is_pending(store: &Store) -> Result<bool> {
    let read = |key: &Key| -> Result<u64> { Ok(store.get(key)?.unwrap_or_default()) };
    Ok(read(&changes_key())? > read(&synced_key())?)
}
