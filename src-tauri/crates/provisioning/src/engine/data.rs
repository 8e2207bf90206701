//! The data as a whole: what they take, a backup of them, and another one in their place.

use std::path::Path;

use super::Engine;
use crate::backup::{self, Copied, Offer};
use crate::error::Result;
use crate::files::size_of;
use crate::journal::Event;

impl Engine {
    /// The bytes that the store takes on the disk.
    pub fn data_bytes(&self) -> u64 {
        size_of(&self.dir.join("store"))
    }

    /// Why nothing can be stored at the moment, as a sentence: the disk is full, perhaps, or has
    /// failed. It is asked again whether that is still so.
    pub fn trouble(&self) -> Option<String> {
        self.store.trouble()
    }

    /// Writes all the data to `path`, as they are at one moment. Writers wait meanwhile, about a
    /// second for each hundred thousand people; readers do not.
    pub fn back_up(&self, path: &Path) -> Result<Copied> {
        self.finish_log();
        let copied = self
            .store
            .look(|_| backup::write_archive(&self.store, path, self.now()))?;
        self.act(self.about_file("Back up data", path), |_| Ok(()))?;
        Ok(copied)
    }

    /// What restoring the backup at `path` would put in the place of the data. Fails with
    /// [`crate::Error::NoBackup`] if it is none, or not all of one.
    pub fn look_at_backup(&self, path: &Path) -> Result<Offer> {
        backup::look_at(path)
    }

    /// Makes a store of the backup at `path`, which takes the place of the present one when the
    /// data directory is next opened; the present one is then kept under the name that is
    /// returned. Until then nothing changes.
    pub fn prepare_restore(&self, path: &Path) -> Result<Copied> {
        let filled = backup::filled(path, &self.dir)?;
        // The log is told first: what is staged takes over at the next start, whatever the window
        // has shown since.
        self.act(self.about_file("Restore data", path), |_| Ok(()))?;
        filled.stage(self.now())
    }

    fn about_file(&self, action: &str, path: &Path) -> Event {
        let mut event = Event::admin(self.now(), action, "");
        event.identity = path.display().to_string();
        event
    }
}
