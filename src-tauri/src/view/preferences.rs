//! How the application behaves on this computer, and what it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the administrator prefers; the window's own looks are kept by the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the page"
)]
pub(crate) struct Preferences {
    /// Closing the window leaves the server running, where there is a status icon to come back by.
    pub close_to_tray: bool,
    /// Tell of syncs that need attention while the window is not in view.
    pub notify: bool,
    /// Tell of every sync that ended, too.
    pub notify_always: bool,
    /// Start when the user logs in.
    pub start_at_login: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            close_to_tray: true,
            notify: true,
            notify_always: false,
            start_at_login: false,
        }
    }
}

/// The preferences, and what of them this computer can do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreferencesState {
    /// As they are.
    pub preferences: Preferences,
    /// Why there is no status icon; null when there is one.
    pub no_tray: Option<String>,
    /// Why it cannot be started at login; null when it can.
    pub no_autostart: Option<String>,
}

/// What this program is and where it keeps things.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    /// Its version.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
    /// Where settings, directory, accounts, reports and the log are.
    pub data_dir: String,
    /// Bytes they take.
    pub data_bytes: u64,
    /// Events in the provisioning log.
    pub log_events: u64,
    /// Where the program's own diagnostics go.
    pub diagnostics: String,
    /// The program file.
    pub program: String,
    /// Operating system and processor.
    pub system: String,
    /// The web view that paints the window.
    pub web_view: String,
    /// What it is built with, and under which licence each part is.
    pub parts: Vec<Part>,
}

/// A part that others have made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Part {
    /// Its name.
    pub name: String,
    /// What it does here.
    pub purpose: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
}

/// A text for the clipboard.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClipboardText {
    /// The text.
    pub text: String,
    /// Seconds after which it is taken out again, if it is still there; 0 leaves it.
    pub clear_after: u32,
}

/// Every error there is, with what to do about it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorCatalogue {
    /// By code.
    pub rows: Vec<KnownError>,
}

/// One error as people meet it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KnownError {
    /// What a program branches on: `invalidFilter`, `syncRunning`.
    pub code: String,
    /// Where it is met: the HTTP status of an answer, or empty for the window and the command line.
    pub http_status: Option<u16>,
    /// The sentence; what stands for a value is in angle brackets.
    pub sentence: String,
}
