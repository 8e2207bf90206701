//! The data as a whole: where they are, a backup, and another one in their place.

use serde::Serialize;
use ts_rs::TS;

/// Where the data are and what they take.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DataFolder {
    /// The data directory.
    pub path: String,
    /// Bytes of the store on the disk.
    pub bytes: u64,
}

/// A backup that was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackedUp {
    /// The file.
    pub file: String,
    /// Records in it.
    pub records: u64,
    /// What could not be read, in sentences; empty for data that are whole.
    pub unread: Vec<String>,
}

/// A backup that the administrator has picked and that can be restored.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RestoreOffer {
    /// The file.
    pub file: String,
    /// When it was made.
    pub at: String,
    /// Records in it.
    pub records: u64,
}

/// What will happen at the next start, which follows at once.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Restored {
    /// Records that were restored.
    pub records: u64,
    /// Where the data will be kept that were there before.
    pub kept: String,
}
