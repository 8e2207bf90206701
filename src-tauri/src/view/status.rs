//! The status strip, progress, and what pages listen for.

use serde::Serialize;
use ts_rs::TS;

use super::{RunRow, Service};

/// What the status bar and the page badges show; asked once at start and after every change.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    /// The application's version, for the About line.
    pub version: String,
    /// Where the data lives.
    pub data_dir: String,
    /// The SCIM server.
    pub server: Server,
    /// What an identity provider is given; ends in `/`.
    pub tenant_url: String,
    /// "Enable User Provisioning (User Syncing)" as saved.
    pub enabled: bool,
    /// The selected service as saved.
    pub service: Service,
    /// Test Mode as saved.
    pub test_mode: bool,
    /// A sync that is under way.
    pub running: Option<Progress>,
    /// The newest finished sync.
    pub last_sync: Option<RunRow>,
    /// Why nothing can be stored at the moment, as a sentence; the disk may be full.
    pub trouble: Option<String>,
}

/// Whether the SCIM server listens.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Server {
    /// It answers on this address, such as `127.0.0.1:8443`.
    Listening {
        /// Address and port.
        address: String,
    },
    /// It does not, and this is why.
    Stopped {
        /// A sentence.
        reason: String,
    },
}

/// How far a long piece of work has come. Sent as the window event `progress`, and a last
/// time with `done == total`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Progress {
    /// The sync's number.
    pub run: u64,
    /// What is going on: "Reading the directory", "Comparing", "Applying", "Writing the report".
    pub phase: String,
    /// Objects done in this phase.
    pub done: u64,
    /// Objects in this phase; 0 while it is not known.
    pub total: u64,
}

/// What has changed, so that pages that show it ask again. Sent as the window event
/// `changed`, at most once a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Topic {
    /// Settings or the server's state.
    Settings,
    /// The SCIM token: made, used or revoked.
    Token,
    /// A sync has begun or ended.
    Runs,
    /// The identity provider's users and groups.
    Directory,
    /// The console's accounts and groups.
    Accounts,
    /// The provisioning log.
    Logs,
}
