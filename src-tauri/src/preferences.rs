//! How the application behaves on this computer: one small file of JSON in the data directory. It
//! is no part of the data: a backup does not hold it, and without it everything is as usual.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::error::CommandError;
use crate::view::Preferences;

/// What the file holds.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    #[serde(flatten)]
    preferences: Preferences,
    /// The administrator knows that closing the window leaves the server running.
    told_about_closing: bool,
}

/// The file, and what it held when it was last read or written.
pub(crate) struct PreferencesFile {
    path: PathBuf,
    kept: Mutex<Kept>,
}

impl PreferencesFile {
    /// Reads the file of a data directory. One that cannot be read counts as not there, and the
    /// next preference that is set replaces it.
    pub(crate) fn open(data_dir: &Path) -> Self {
        let path = data_dir.join("preferences.json");
        let kept = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, path = %path.display(), "the preferences could not be read");
                Kept::default()
            }),
            Err(_) => Kept::default(),
        };
        Self {
            path,
            kept: Mutex::new(kept),
        }
    }

    /// The preferences.
    pub(crate) fn get(&self) -> Preferences {
        self.kept().preferences
    }

    /// Keeps other ones. Fails with a sentence if the file cannot be written.
    pub(crate) fn set(&self, preferences: Preferences) -> Result<(), CommandError> {
        self.change(|kept| kept.preferences = preferences)
    }

    /// Whether it was said that closing the window leaves the server running.
    pub(crate) fn was_told_about_closing(&self) -> bool {
        self.kept().told_about_closing
    }

    /// It has been said.
    pub(crate) fn told_about_closing(&self) -> Result<(), CommandError> {
        self.change(|kept| kept.told_about_closing = true)
    }

    fn kept(&self) -> Kept {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) -> Result<(), CommandError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = *kept;
        change(&mut next);
        let refused = |reason: &dyn std::fmt::Display| {
            CommandError::internal(format!(
                "The preference was not kept: {} could not be written ({reason}). Look at the disk's free space and permissions, then choose again.",
                self.path.display()
            ))
        };
        let bytes = serde_json::to_vec_pretty(&next).map_err(|error| refused(&error))?;
        std::fs::write(&self.path, bytes).map_err(|error| refused(&error))?;
        *kept = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_there_at_the_next_start() {
        let dir = std::env::temp_dir().join(format!("scim-desk-preferences-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let file = PreferencesFile::open(&dir);
        assert_eq!(file.get(), Preferences::default());
        assert!(!file.was_told_about_closing());
        let quiet = Preferences {
            notify: false,
            ..Preferences::default()
        };
        file.set(quiet).unwrap();
        file.told_about_closing().unwrap();
        let again = PreferencesFile::open(&dir);
        assert_eq!(again.get(), quiet);
        assert!(again.was_told_about_closing());
        std::fs::write(dir.join("preferences.json"), "{").unwrap();
        assert_eq!(
            PreferencesFile::open(&dir).get(),
            Preferences::default(),
            "as usual"
        );
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
