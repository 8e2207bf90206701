//! Files written for the administrator.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LogFormat {
    /// Three files joined by change id.
    Csv,
    /// Graph's `provisioningObjectSummary`.
    Json,
    /// One event a line, as stored.
    Jsonl,
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
