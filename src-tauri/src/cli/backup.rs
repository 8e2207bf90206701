//! `scim-desk backup` and `scim-desk restore`: all the data as one file, and back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use provisioning::backup::{back_up, restore};
use provisioning::check::DataDirectory;
use provisioning::clock::{Clock, SystemClock};
use provisioning::plan::render::counted;

use super::Failure;
use super::terminal::note;

/// Write all the data to one file, as far as they can be read. The token is in it as a hash only.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; what is there is replaced.
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, data_dir: &Path) -> Result<ExitCode, Failure> {
        let copied = back_up(data_dir, &self.file, SystemClock.now())?;
        for sentence in &copied.unread {
            note(sentence);
        }
        note(&format!(
            "{} in {}.",
            counted(copied.records, "record"),
            self.file.display()
        ));
        Ok(if copied.unread.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Put the data of a backup where the data directory is, or will be.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
    /// Take the place of the data that are there; they are kept beside.
    #[arg(long)]
    replace: bool,
}

impl Restore {
    pub(super) fn run(self, data_dir: &Path) -> Result<ExitCode, Failure> {
        let copied = restore(&self.file, data_dir, self.replace, SystemClock.now())?;
        note(&format!("{} restored.", counted(copied.records, "record")));
        if let Some(kept) = copied.kept {
            note(&format!("What was there before is in {}.", kept.display()));
        }
        let found = DataDirectory::open(data_dir)?.check()?;
        if !found.is_clean() {
            let findings = counted(found.count(), "thing");
            note(&format!(
                "The backup holds {findings} that are not as they should be; see: scim-desk check"
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
