//! Settings and the SCIM token.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where people come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) enum Service {
    /// Active Directory Integration.
    #[serde(rename = "ADI")]
    Adi,
    /// SCIM.
    #[serde(rename = "SCIM")]
    Scim,
}

/// What a PATCH is answered with when the client names no attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PatchAnswer {
    /// A user with 200 and the resource, a group with 204.
    ByType,
    /// 200 and the resource.
    Resource,
    /// 204.
    NoContent,
}

/// What an answered write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Durability {
    /// A power cut.
    PowerLoss,
    /// The end of the process; a power cut may take the last seconds.
    ProcessCrash,
}

/// The provisioning settings: read, edited as a draft, and saved as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the page"
)]
pub(crate) struct Settings {
    /// Enable User Provisioning (User Syncing).
    pub enabled: bool,
    /// ADI | SCIM.
    pub service: Service,
    /// Test Mode.
    pub test_mode: bool,
    /// Address and port the SCIM server listens on, such as `127.0.0.1:8443`.
    pub listen: String,
    /// Stop a sync that would archive more than this many accounts; null: no such limit.
    pub guard_rail_accounts: Option<u32>,
    /// Stop a sync that would archive more than this percentage of the active accounts; null: no such limit.
    pub guard_rail_percent: Option<u32>,
    /// Seconds without a write before a sync starts by itself.
    pub quiet_seconds: u32,
    /// Refuse what nobody declares instead of noting it.
    pub strict: bool,
    /// What a PATCH is answered with.
    pub patch_answer: PatchAnswer,
    /// Requests a second that one client may send; null: no limit.
    pub rate_limit: Option<u32>,
    /// What an answered write survives.
    pub durability: Durability,
    /// Days that log events are kept.
    pub log_days: u32,
    /// Log events kept at most.
    pub log_events: u32,
    /// The log keeps the bodies of requests and answers.
    pub capture_bodies: bool,
    /// Tell of a sync that failed, was stopped or was skipped.
    pub alert_syncs: bool,
    /// Tell of an identity provider that has fallen silent.
    pub alert_silence: bool,
    /// Tell of a burst of rejected tokens.
    pub alert_rejections: bool,
}

/// What is known about the SCIM token; the token itself is never told again.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum TokenStatus {
    /// None was ever made.
    None,
    /// One is in force.
    Active {
        /// `scimdesk_••••7Q2f`.
        display: String,
        /// When it was made.
        created_at: String,
        /// When a request last used it.
        last_used_at: Option<String>,
        /// Requests that used it today (UTC).
        uses_today: u64,
    },
    /// The last one was revoked.
    Revoked {
        /// `scimdesk_••••7Q2f`.
        display: String,
        /// When.
        revoked_at: String,
    },
}

/// A token that was just made: the only time it is shown.
#[derive(Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssuedToken {
    /// The clear token.
    pub token: String,
}
