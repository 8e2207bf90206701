//! Files written for the administrator.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LogFormat {
    /// Three files joined by change id.
    Csv,
    /// The three files in one archive.
    CsvZip,
    /// One file for everything.
    CsvSingle,
    /// Graph's `provisioningObjectSummary`.
    Json,
    /// One event a line, as stored.
    Jsonl,
    /// HTTP Archive of the requests.
    Har,
    /// Elastic Common Schema, one document a line.
    Ecs,
    /// A page to print.
    Html,
}

/// A format for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ReportFormat {
    /// As on a terminal.
    Text,
    /// The plan as data.
    Json,
    /// One row a field.
    Csv,
    /// A page to print.
    Html,
}

/// Write exactly what is filtered to a file the administrator picks.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportLogs {
    /// The same query as the list.
    pub query: String,
    /// The format.
    pub format: LogFormat,
    /// With pseudonyms instead of personal data.
    pub masked: bool,
    /// CSV begins with a byte order mark, for spreadsheets.
    pub byte_order_mark: bool,
}

/// How far a walk through the log has come: an export, a look at the chain, a replay.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Walked {
    /// Events looked at.
    pub looked: u64,
    /// Events to look at, at most.
    pub of: u64,
    /// Events that matched.
    pub found: u64,
}

/// Write a report to a file the administrator picks.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportReport {
    /// The sync's number.
    pub id: u64,
    /// The format.
    pub format: ReportFormat,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exported {
    /// The files, whole paths.
    pub files: Vec<String>,
    /// Events or rows in them.
    pub count: u64,
}
