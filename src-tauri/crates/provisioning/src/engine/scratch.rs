//! A copy of the directory and the console to try something on: in Test Mode, with a log of its
//! own, and gone when it is dropped. Nothing that is done to it reaches the console.

use std::path::Path;
use std::sync::Arc;

use super::Engine;
use crate::check::SPACES;
use crate::error::{Error, Result};
use crate::settings::{Durability, Service, Settings};
use crate::store::{Key, Space, Store};

/// Records copied in one turn.
const AT_ONCE: usize = 1_000;

/// What a scratch folder's name begins with; it lies in the data directory, whose owner alone may
/// read it.
const PREFIX: &str = "scratch-";

/// Not copied: the past, and the token.
const LEFT_OUT: [Space; 6] = [
    Space::Event,
    Space::Link,
    Space::Run,
    Space::ReportRow,
    Space::Before,
    Space::Token,
];

/// Single values that belong to what is left out.
const COUNTERS: [&str; 5] = [
    "last event",
    "last sync",
    "log chain",
    "log chain edge",
    "bytes removed",
];

/// An engine over a copy.
pub struct Scratch {
    engine: Engine,
    /// Last, so that the engine is closed before its folder goes.
    _dir: tempfile::TempDir,
}

impl std::ops::Deref for Scratch {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl Engine {
    /// A copy of everything but the past: directory, accounts, holds and settings, with User
    /// Provisioning and Test Mode on. Writers wait while it is made, a second or two for each
    /// hundred thousand people.
    pub fn scratch(&self) -> Result<Scratch> {
        let refused = |reason| Error::NotWritable {
            dir: self.dir.clone(),
            reason,
        };
        let dir = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(&self.dir)
            .map_err(refused)?;
        let copy = Store::open(dir.path())?;
        self.store.look(|_| copy_all(&self.store, &copy))?;
        copy.write(|turn| turn.put(&Key::all(Space::Settings), &tried(self.settings())))?;
        copy.settle()?;
        drop(copy);
        Ok(Scratch {
            engine: Engine::open(dir.path(), Arc::clone(&self.clock))?,
            _dir: dir,
        })
    }
}

/// Settings under which anything can be tried and nothing done.
fn tried(settings: Settings) -> Settings {
    Settings {
        enabled: true,
        service: Service::Scim,
        test_mode: true,
        rate_limit: None,
        durability: Durability::ProcessCrash,
        ..settings
    }
}

/// Removes what a process left that was killed, by whoever has opened the directory.
pub(super) fn remove_leftovers(dir: &Path) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let is_one = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_one && let Err(error) = std::fs::remove_dir_all(entry.path()) {
            tracing::warn!(%error, "a scratch copy could not be removed");
        }
    }
}

fn copy_all(from: &Store, to: &Store) -> Result<()> {
    let spaces = SPACES.into_iter().filter(|space| !LEFT_OUT.contains(space));
    for space in spaces {
        let mut records = from.raw(&Key::all(space)).peekable();
        while records.peek().is_some() {
            to.write_unawaited(|turn| {
                for record in records.by_ref().take(AT_ONCE) {
                    let (rest, value) = record?;
                    let is_past = space == Space::Meta && COUNTERS.iter().any(|name| rest == name.as_bytes());
                    if !is_past {
                        turn.put_raw(&Key::raw(space, &rest), value);
                    }
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}
