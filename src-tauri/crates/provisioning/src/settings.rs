//! The provisioning settings: what may be saved, and what saving implies.

mod values;

use std::net::SocketAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::alerts::Switches;
use crate::error::{Error, Result};
use values::{durability, flag, limit, optional, patch_answer, service, unknown_key, whole, within};

/// Where people come from. Only the selected service is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Service {
    /// Active Directory Integration.
    Adi,
    /// SCIM.
    Scim,
}

impl Service {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adi => "ADI",
            Self::Scim => "SCIM",
        }
    }
}

/// Stops a sync that would archive too many accounts. Either limit may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardRail {
    /// More than this many accounts.
    pub accounts: Option<u32>,
    /// More than this percentage of the active accounts.
    pub percent: Option<u32>,
}

/// How a PATCH that was made is answered (RFC 7644 §3.5.2 leaves the choice to the server).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PatchAnswer {
    /// Users with 200 and the resource; groups, whose members may be many, with 204.
    #[default]
    ByType,
    /// Always with 200 and the resource.
    Resource,
    /// Always with 204, unless the client names the attributes it wants.
    NoContent,
}

impl PatchAnswer {
    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::ByType => "by-type",
            Self::Resource => "resource",
            Self::NoContent => "no-content",
        }
    }
}

/// What an answered write survives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Durability {
    /// A power cut: each group of writes ends with a sync of the disk.
    #[default]
    PowerLoss,
    /// The end of the process, however it comes; a power cut may take the last seconds.
    ProcessCrash,
}

impl Durability {
    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::PowerLoss => "power-loss",
            Self::ProcessCrash => "process-crash",
        }
    }
}

/// The settings, saved as a whole or not at all. Those that came with a later version are their
/// defaults where an earlier one saved the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Enable User Provisioning (User Syncing).
    pub enabled: bool,
    /// The selected service.
    pub service: Service,
    /// Syncs stop after the plan.
    pub test_mode: bool,
    /// Address and port the SCIM server listens on; port 0 takes a free one.
    pub listen: String,
    /// The limits on archiving.
    pub guard_rail: GuardRail,
    /// Seconds without a write before a sync starts by itself.
    pub quiet_seconds: u32,
    /// Days that log events are kept.
    pub log_days: u32,
    /// Log events kept at most.
    pub log_events: u32,
    /// Refuse what the RFC does not have, instead of forgiving and noting it.
    #[serde(default)]
    pub strict: bool,
    /// How a PATCH is answered.
    #[serde(default)]
    pub patch_answer: PatchAnswer,
    /// Requests per second that one client may send; `None` is no limit.
    #[serde(default)]
    pub rate_limit: Option<u32>,
    /// What an answered write survives.
    #[serde(default)]
    pub durability: Durability,
    /// The log keeps the bodies of requests and answers.
    #[serde(default = "yes")]
    pub capture_bodies: bool,
    /// What the administrator is alerted to.
    #[serde(default)]
    pub alerts: Switches,
}

const fn yes() -> bool {
    true
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enabled: false,
            service: Service::Adi,
            test_mode: true,
            listen: "127.0.0.1:8443".to_owned(),
            guard_rail: GuardRail {
                accounts: Some(50),
                percent: Some(20),
            },
            quiet_seconds: 10,
            log_days: 30,
            log_events: 1_000_000,
            strict: false,
            patch_answer: PatchAnswer::ByType,
            rate_limit: None,
            durability: Durability::PowerLoss,
            capture_bodies: true,
            alerts: Switches::default(),
        }
    }
}

/// One setting that differs between two versions: its label, before and after, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChange {
    /// What people call it.
    pub label: &'static str,
    /// Its key on the command line.
    pub key: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

impl Settings {
    /// Checks every value. Fails with [`Error::Invalid`] for the first that is out of range.
    pub fn validate(&self) -> Result<()> {
        self.listen_address()?;
        within(
            "quiet-seconds",
            "The quiet time",
            self.quiet_seconds,
            1,
            3_600,
            "seconds",
        )?;
        within("log-days", "Log retention", self.log_days, 1, 3_650, "days")?;
        within(
            "log-events",
            "The number of log events kept",
            self.log_events,
            1_000,
            10_000_000,
            "events",
        )?;
        if let Some(percent) = self.guard_rail.percent {
            within("guard-rail-percent", "The guard rail", percent, 0, 100, "percent")?;
        }
        if let Some(limit) = self.rate_limit {
            within(
                "rate-limit",
                "The rate limit",
                limit,
                1,
                10_000,
                "requests per second",
            )?;
        }
        Ok(())
    }

    /// The address to listen on. Beyond this computer is refused: it needs TLS.
    pub fn listen_address(&self) -> Result<SocketAddr> {
        let address = SocketAddr::from_str(self.listen.trim()).map_err(|_| {
            Error::invalid(
                "listen",
                format!(
                    "\"{}\" is no address to listen on. Write an IP address and a port, such as 127.0.0.1:8443.",
                    self.listen
                ),
            )
        })?;
        if !address.ip().is_loopback() {
            return Err(Error::invalid(
                "listen",
                format!(
                    "Listening on {} would open the directory to the network, which needs TLS; TLS arrives with a later version. Use an address of this computer, such as 127.0.0.1:{}.",
                    address.ip(),
                    address.port()
                ),
            ));
        }
        Ok(address)
    }

    /// What saving `draft` over `self` makes of it: switching ADI → SCIM turns Test Mode on.
    #[must_use]
    pub fn adjusted(&self, draft: &Self) -> Self {
        let mut saved = draft.clone();
        draft.listen.trim().clone_into(&mut saved.listen);
        if self.service == Service::Adi && draft.service == Service::Scim {
            saved.test_mode = true;
        }
        saved
    }

    /// The settings in which `after` differs, in the order of the page.
    pub fn changes(&self, after: &Self) -> Vec<SettingChange> {
        let (before, after) = (self.rows(), after.rows());
        before
            .into_iter()
            .zip(after)
            .filter(|((.., old), (.., new))| old != new)
            .map(|((key, label, old), (.., new))| SettingChange {
                label,
                key,
                before: old,
                after: new,
            })
            .collect()
    }

    /// Whether a sync could come out differently under `after`.
    pub fn affects_syncs(&self, after: &Self) -> bool {
        (self.enabled, self.service, self.test_mode, self.guard_rail)
            != (after.enabled, after.service, after.test_mode, after.guard_rail)
    }

    /// Every setting as key, label and text: what `settings show` prints.
    pub fn rows(&self) -> Vec<(&'static str, &'static str, String)> {
        let mut rows = self.rows_of_provisioning();
        rows.extend(self.rows_of_log());
        rows
    }

    fn rows_of_log(&self) -> [(&'static str, &'static str, String); 4] {
        [
            (
                "capture-bodies",
                "The log keeps bodies",
                self.capture_bodies.to_string(),
            ),
            ("alert-syncs", "Alert: syncs", self.alerts.syncs.to_string()),
            ("alert-silence", "Alert: silence", self.alerts.silence.to_string()),
            (
                "alert-rejections",
                "Alert: rejected tokens",
                self.alerts.rejections.to_string(),
            ),
        ]
    }

    fn rows_of_provisioning(&self) -> Vec<(&'static str, &'static str, String)> {
        vec![
            (
                "enabled",
                "Enable User Provisioning (User Syncing)",
                self.enabled.to_string(),
            ),
            ("service", "Service", self.service.name().to_lowercase()),
            ("test-mode", "Test Mode", self.test_mode.to_string()),
            ("listen", "Listen address", self.listen.clone()),
            (
                "guard-rail-accounts",
                "Guard rail, accounts",
                limit(self.guard_rail.accounts),
            ),
            (
                "guard-rail-percent",
                "Guard rail, percent",
                limit(self.guard_rail.percent),
            ),
            (
                "quiet-seconds",
                "Quiet time before a sync",
                self.quiet_seconds.to_string(),
            ),
            (
                "log-days",
                "Days that log events are kept",
                self.log_days.to_string(),
            ),
            (
                "log-events",
                "Log events kept at most",
                self.log_events.to_string(),
            ),
            ("strict", "Strict SCIM", self.strict.to_string()),
            (
                "patch-answer",
                "Answer to a PATCH",
                self.patch_answer.name().to_owned(),
            ),
            (
                "rate-limit",
                "Requests per second and client",
                limit(self.rate_limit),
            ),
            (
                "durability",
                "What an answered write survives",
                self.durability.name().to_owned(),
            ),
        ]
    }

    /// Changes one setting of a draft by its key. Fails with [`Error::Invalid`] for an unknown
    /// key or a value of the wrong kind; ranges are checked by [`Settings::validate`].
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "enabled" => self.enabled = flag("enabled", value)?,
            "service" => self.service = service(value)?,
            "test-mode" => self.test_mode = flag("test-mode", value)?,
            "listen" => value.clone_into(&mut self.listen),
            "guard-rail-accounts" => self.guard_rail.accounts = optional("guard-rail-accounts", value)?,
            "guard-rail-percent" => self.guard_rail.percent = optional("guard-rail-percent", value)?,
            "quiet-seconds" => self.quiet_seconds = whole("quiet-seconds", value)?,
            "log-days" => self.log_days = whole("log-days", value)?,
            "log-events" => self.log_events = whole("log-events", value)?,
            "strict" => self.strict = flag("strict", value)?,
            "patch-answer" => self.patch_answer = patch_answer(value)?,
            "rate-limit" => self.rate_limit = optional("rate-limit", value)?,
            "durability" => self.durability = durability(value)?,
            "capture-bodies" => self.capture_bodies = flag("capture-bodies", value)?,
            "alert-syncs" => self.alerts.syncs = flag("alert-syncs", value)?,
            "alert-silence" => self.alerts.silence = flag("alert-silence", value)?,
            "alert-rejections" => self.alerts.rejections = flag("alert-rejections", value)?,
            _ => return Err(unknown_key(key)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_scim_turns_test_mode_on() {
        let before = Settings {
            test_mode: false,
            ..Settings::default()
        };
        let draft = Settings {
            service: Service::Scim,
            test_mode: false,
            ..before.clone()
        };
        assert!(
            before.adjusted(&draft).test_mode,
            "the first look at SCIM must not change anybody"
        );
        let again = Settings {
            test_mode: false,
            ..before.adjusted(&draft)
        };
        assert!(
            !before.adjusted(&draft).adjusted(&again).test_mode,
            "and it can then be turned off"
        );
    }

    #[test]
    fn each_value_out_of_range_is_named() {
        for (key, value) in [
            ("listen", "8443"),
            ("listen", "0.0.0.0:8443"),
            ("quiet-seconds", "0"),
            ("log-days", "4000"),
            ("log-events", "10"),
            ("guard-rail-percent", "101"),
            ("rate-limit", "0"),
            ("rate-limit", "10001"),
        ] {
            let mut draft = Settings::default();
            draft.set(key, value).unwrap();
            match draft.validate() {
                Err(Error::Invalid { field, .. }) => assert_eq!(field, key),
                other => panic!("{key}={value} gave {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_shown_can_be_set() {
        let shown = Settings {
            guard_rail: GuardRail {
                accounts: None,
                percent: Some(5),
            },
            strict: true,
            patch_answer: PatchAnswer::NoContent,
            rate_limit: Some(25),
            durability: Durability::ProcessCrash,
            ..Settings::default()
        };
        let mut read = Settings::default();
        for (key, _, value) in shown.rows() {
            read.set(key, &value).unwrap();
        }
        assert_eq!(read, shown);
        assert!(
            read.set("colour", "blue")
                .unwrap_err()
                .to_string()
                .contains("listen")
        );
    }

    #[test]
    fn settings_of_an_earlier_version_are_read() {
        let earlier = r#"{"enabled":true,"service":"SCIM","test_mode":false,"listen":"127.0.0.1:9000","guard_rail":{"accounts":null,"percent":5},"quiet_seconds":60,"log_days":7,"log_events":5000}"#;
        let read: Settings = serde_json::from_str(earlier).unwrap();
        assert!(read.enabled && read.quiet_seconds == 60);
        assert_eq!(
            (read.strict, read.patch_answer, read.rate_limit, read.durability),
            (false, PatchAnswer::ByType, None, Durability::PowerLoss)
        );
        assert_eq!(
            serde_json::from_str::<Settings>(&serde_json::to_string(&read).unwrap()).unwrap(),
            read
        );
    }

    #[test]
    fn an_answer_nobody_knows_is_refused_with_those_there_are() {
        let refused = Settings::default().set("patch-answer", "teapot").unwrap_err();
        assert!(refused.to_string().contains("patch-answer=no-content"));
        let refused = Settings::default().set("durability", "luck").unwrap_err();
        assert!(refused.to_string().contains("durability=process-crash"));
    }
}
