//! What is done once, when a data directory is opened.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::backup;
use crate::directory;
use crate::error::Result;
use crate::journal::{self, Event, EventKind, Status};
use crate::store::{FORMAT, Key, Space, Store};

/// Brings the data of an older version to the format of this one, all of it in one turn. What they
/// were before is in a backup beside them, of which the log tells.
pub(super) fn bring_up_to_date(store: &Store, dir: &Path, now: Timestamp) -> Result<()> {
    let format = store.format()?;
    if format >= FORMAT {
        return Ok(());
    }
    let kept = backup::before_update(store, dir, now)?;
    let mut event = Event::new(EventKind::Admin, now, "Update data directory", "SCIM Desk");
    event.reason = format!(
        "The data were of format {format} and are brought to format {FORMAT}. As they were before, they are in {}; remove it when you no longer need it.",
        kept.display()
    );
    let brought = store.write(|turn| {
        journal::append(turn, &mut event)?;
        directory::bring_up_to_date(turn, now)
    });
    if let Err(error) = brought {
        // Each start would leave one more. Where the data may have changed it stays.
        if store.format().is_ok_and(|format| format < FORMAT)
            && let Err(error) = fs::remove_file(&kept)
        {
            tracing::warn!(%error, path = %kept.display(), "a backup of unchanged data could not be removed");
        }
        return Err(error);
    }
    tracing::info!("{}", event.reason);
    store.settle()
}

/// Says in the log what had to be mended, or was done, before the store could be opened.
pub(super) fn tell_what_was_done(store: &Store, now: Timestamp) -> Result<()> {
    for sentence in store.mended() {
        tracing::warn!("{sentence}");
    }
    for sentence in store.done() {
        tracing::info!("{sentence}");
    }
    let mended = store.mended().iter().map(|sentence| (Status::Warning, sentence));
    let done = store.done().iter().map(|sentence| (Status::Success, sentence));
    let told: Vec<_> = mended.chain(done).collect();
    if told.is_empty() {
        return Ok(());
    }
    store.write(|turn| {
        for (status, sentence) in told {
            let mut event = Event::new(EventKind::Admin, now, "Open data directory", "SCIM Desk");
            event.status = status;
            event.reason.clone_from(sentence);
            journal::append(turn, &mut event)?;
        }
        Ok(())
    })
}

/// The data directory's tenant id; made the first time.
pub(super) fn tenant(store: &Store) -> Result<String> {
    let key = Key::named(Space::Meta, "tenant");
    if let Some(tenant) = store.get(&key)? {
        return Ok(tenant);
    }
    let made: String = uuid::Uuid::new_v4()
        .simple()
        .to_string()
        .chars()
        .take(12)
        .collect();
    store.write(|turn| turn.put(&key, &made))?;
    store.settle()?;
    Ok(made)
}
