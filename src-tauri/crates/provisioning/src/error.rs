//! What can go wrong, in the words of the domain. Nothing here knows HTTP or a window; each
//! sentence says what happened, why, and what to do.

use std::fmt::{self, Write as _};
use std::io;
use std::path::PathBuf;

use scim::error::ScimError;

/// The engine's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong in the engine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the data directory.
    #[error(
        "The data directory {} is in use by another SCIM Desk. Close that one, or choose another directory with --data-dir.",
        .0.display()
    )]
    InUse(PathBuf),

    /// There are no data where some are expected.
    #[error("There are no data of SCIM Desk in {}. Name the directory that holds them with --data-dir.", .0.display())]
    NoData(PathBuf),

    /// There are data where none are expected.
    #[error("There are data of SCIM Desk in {} already. With --replace the backup takes their place, and they are kept beside it.", .0.display())]
    NotEmpty(PathBuf),

    /// A file is no backup, or not all of one.
    #[error("The file {} cannot be restored: {reason}. Nothing was changed; choose another backup.", .path.display())]
    NoBackup {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },

    /// The data directory cannot be made or written.
    #[error("SCIM Desk cannot write to its data directory {}: {reason}. Make the directory writable, or choose another with --data-dir.", .dir.display())]
    NotWritable {
        /// The directory.
        dir: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },

    /// The data were written by a newer version.
    #[error("The data directory {} was written by a newer SCIM Desk (format {found}; this one knows {known}). Install the newer version, or choose another directory with --data-dir.", .dir.display())]
    Newer {
        /// The directory.
        dir: PathBuf,
        /// The format found.
        found: u32,
        /// The newest format this version reads.
        known: u32,
    },

    /// The store cannot be opened.
    #[error("The store in {} is damaged and cannot be opened ({reason}). Keep a copy of the directory. What can be read of it is exported with: scim-desk backup FILE. That, or an earlier backup, is put in its place with: scim-desk restore FILE --replace", .dir.display())]
    Unopenable {
        /// The directory.
        dir: PathBuf,
        /// What the store said.
        reason: String,
    },

    /// A large change has taken place, and the store does not yet show all of it.
    #[error(
        "The change is on the disk and will be made in full, but the store does not take it now ({reason}). Look at the disk's free space and permissions; it is finished with the next write, or at the next start."
    )]
    Unfinished {
        /// What the store said.
        reason: String,
    },

    /// A stored record does not read.
    #[error(
        "A stored {what} cannot be read ({reason}). The record was left as it is; restore the data directory from a copy."
    )]
    Damaged {
        /// The kind of record.
        what: &'static str,
        /// What the reader said.
        reason: String,
    },

    /// The disk has no room for what is to be stored.
    #[error("The disk that holds the data directory {} is full. Nothing was changed; free some space on it, then try again.", .0.display())]
    Full(PathBuf),

    /// The store could not do its work.
    #[error(
        "The store could not read or write: {0}. Nothing was changed; look at the disk's free space and permissions, then try again."
    )]
    Store(String),

    /// The operating system gave no random numbers.
    #[error(
        "No token was made: the operating system gave no random numbers ({0}). Try again; if it stays so, restart the computer."
    )]
    Randomness(String),

    /// A file could not be read or written.
    #[error("The file {} could not be {doing}: {reason}.", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// "read" or "written".
        doing: &'static str,
        /// What the operating system said.
        reason: io::Error,
    },

    /// A value of a request is not acceptable; nothing was changed.
    #[error("{message}")]
    Invalid {
        /// The field to blame, in the settings' spelling.
        field: &'static str,
        /// The sentence.
        message: String,
    },

    /// There is no such thing.
    #[error("There is no {what} {id}. It may have been removed; refresh the list.")]
    NotFound {
        /// "account", "report", "log event", …
        what: &'static str,
        /// What was asked for.
        id: String,
    },

    /// A token is asked for while one is in force.
    #[error(
        "A SCIM token is in force already. Regenerate it to get a new one; the old one then stops working at once."
    )]
    TokenExists,

    /// There is no token to regenerate or revoke.
    #[error("There is no SCIM token in force. Generate one first.")]
    NoToken,

    /// A sync is under way.
    #[error("A sync is under way. Wait until it has ended, or cancel it.")]
    SyncRunning,

    /// Whoever asked for it broke it off.
    #[error("It was cancelled. Nothing was written.")]
    Cancelled,

    /// A sync cannot be undone; nothing was changed.
    #[error("Sync {run} was not undone: {why}.")]
    NotUndoable {
        /// The sync.
        run: u64,
        /// Why, as a clause.
        why: String,
    },

    /// A report cannot be compared with another.
    #[error("Report {run} cannot be compared: {why}. Choose another one.")]
    NotComparable {
        /// The report.
        run: u64,
        /// Why, as a clause.
        why: &'static str,
    },

    /// An import file has rows that cannot be taken; nothing was imported.
    #[error("Nothing was imported. {}", list_rows(.0))]
    Import(Vec<RowError>),

    /// The request breaks SCIM's rules.
    #[error(transparent)]
    Scim(#[from] ScimError),
}

/// One row of an import file that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Its line in the file, counted from 1; the header is line 1.
    pub line: u64,
    /// What is wrong with it and what to write instead.
    pub message: String,
}

impl Error {
    /// An unacceptable `field`.
    pub(crate) fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            message: message.into(),
        }
    }

    /// A stored `what` that does not read.
    pub(crate) fn damaged(what: &'static str, reason: &dyn fmt::Display) -> Self {
        Self::Damaged {
            what,
            reason: reason.to_string(),
        }
    }

    /// Nothing there under `id`.
    pub(crate) fn not_found(what: &'static str, id: &dyn fmt::Display) -> Self {
        Self::NotFound {
            what,
            id: id.to_string(),
        }
    }
}

/// The first rows, one a line; a file with thousands of bad rows has one cause, not thousands.
fn list_rows(rows: &[RowError]) -> String {
    const SHOWN: usize = 20;
    let mut text = match rows.len() {
        1 => "One row cannot be taken:".to_owned(),
        n => format!("{n} rows cannot be taken:"),
    };
    for row in rows.iter().take(SHOWN) {
        let _ = write!(text, "\nLine {}: {}", row.line, row.message);
    }
    if rows.len() > SHOWN {
        let _ = write!(text, "\nand {} more.", rows.len() - SHOWN);
    }
    text
}
