//! The provisioning configuration: where to, as whom, whom, and who is told when it fails.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cycle::{Scope, Settings, Thresholds};
use crate::mail::{MailServer, mailbox};
use crate::persona::{self, Persona, UnknownPersona};
use crate::target::{BadTenantUrl, TenantUrl};

/// *Provisioning Mode*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Nothing is provisioned.
    #[default]
    Manual,
    /// The job provisions.
    Automatic,
}

/// Settings of a persona that its vendor does not tell, as the user wants them; none: the persona's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overrides {
    /// How many members go into one PATCH.
    pub max_members_per_patch: Option<usize>,
    /// After how many seconds without an answer it gives up.
    pub timeout_seconds: Option<u64>,
    /// How many requests are under way at once.
    pub parallel: Option<usize>,
}

/// The configuration. The Secret Token is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a check box of its own")]
pub struct Configuration {
    /// *Tenant URL*, with flags if there are any.
    pub tenant_url: String,
    /// Hosts beyond this computer that may be sent to.
    pub allowed_hosts: BTreeSet<String>,
    /// Whether the Secret Token and the mail server's password are kept in a file.
    pub remember_secrets: bool,
    /// Which persona.
    pub persona: String,
    /// What of it is set otherwise.
    pub overrides: Overrides,
    /// *Provisioning Mode*.
    pub mode: Mode,
    /// *Provisioning Status*: on or off.
    pub is_on: bool,
    /// *Scope*.
    pub scope: Scope,
    /// *Notification Email*; empty for none.
    pub notification_email: String,
    /// *Send an email notification when a failure occurs*.
    pub send_notifications: bool,
    /// The server that takes mail; none: mails are only kept to be shown.
    pub mail_server: Option<MailServer>,
    /// *Prevent accidental deletions*.
    pub prevent_accidental_deletions: bool,
    /// *Accidental deletion threshold*: more than so many disables and deletes wait to be allowed.
    pub deletion_threshold: u64,
    /// `SkipOutOfScopeDeletions`.
    pub skip_out_of_scope_deletions: bool,
    /// When there are too many failures.
    pub thresholds: Thresholds,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            tenant_url: String::new(),
            allowed_hosts: BTreeSet::new(),
            remember_secrets: true,
            persona: persona::DEFAULT.to_owned(),
            overrides: Overrides::default(),
            mode: Mode::Manual,
            is_on: false,
            scope: Scope::Assigned,
            notification_email: String::new(),
            send_notifications: false,
            mail_server: None,
            prevent_accidental_deletions: true,
            deletion_threshold: 5,
            skip_out_of_scope_deletions: false,
            thresholds: Thresholds::default(),
        }
    }
}

/// Why a configuration is not saved.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// The Tenant URL.
    #[error(transparent)]
    TenantUrl(#[from] BadTenantUrl),
    /// The persona.
    #[error(transparent)]
    Persona(#[from] UnknownPersona),
    /// A number.
    #[error("{0}")]
    Number(&'static str),
    /// An address.
    #[error(transparent)]
    Mail(#[from] crate::mail::MailError),
    /// Provisioning cannot be on.
    #[error("Provisioning Status can be On only while Provisioning Mode is Automatic. Set the mode first.")]
    Manual,
    /// Notifications have nobody to go to.
    #[error("Notifications need a Notification Email. Fill it in, or clear the check box.")]
    NobodyToTell,
}

impl Configuration {
    /// Fails if something in it cannot be used. A Tenant URL may be missing until something is sent.
    pub fn require_usable(&self) -> Result<(), ConfigurationError> {
        self.persona()?;
        match self.tenant() {
            Ok(_) | Err(BadTenantUrl::Missing) => {}
            Err(error) => return Err(error.into()),
        }
        if self.is_on && self.mode == Mode::Manual {
            return Err(ConfigurationError::Manual);
        }
        if !self.notification_email.is_empty() {
            mailbox(&self.notification_email)?;
        } else if self.send_notifications {
            return Err(ConfigurationError::NobodyToTell);
        }
        if let Some(server) = &self.mail_server {
            mailbox(&server.from)?;
        }
        self.require_numbers()
    }

    fn require_numbers(&self) -> Result<(), ConfigurationError> {
        let wrong = |sentence| Err(ConfigurationError::Number(sentence));
        let (thresholds, overrides) = (&self.thresholds, &self.overrides);
        if !(1..=100).contains(&thresholds.percent) {
            return wrong("The quarantine's percentage is between 1 and 100.");
        }
        if thresholds.scale == 0 {
            return wrong("The thresholds are divided by 1 or more.");
        }
        if overrides
            .max_members_per_patch
            .is_some_and(|most| !(1..=1_000).contains(&most))
        {
            return wrong("A PATCH holds between 1 and 1,000 members.");
        }
        if overrides
            .timeout_seconds
            .is_some_and(|seconds| !(1..=3_600).contains(&seconds))
        {
            return wrong("A time-out is between 1 and 3,600 seconds.");
        }
        if overrides.parallel.is_some_and(|count| !(1..=32).contains(&count)) {
            return wrong("Between 1 and 32 requests can be under way at once.");
        }
        Ok(())
    }

    /// The Tenant URL taken apart; fails also if it leads to a host that nobody has allowed.
    pub fn tenant(&self) -> Result<TenantUrl, BadTenantUrl> {
        let url: TenantUrl = self.tenant_url.parse()?;
        url.require_allowed(&self.allowed_hosts)?;
        Ok(url)
    }

    /// The persona with what is set otherwise. The flag `aadOptscim062020` in the Tenant URL makes
    /// Entra the one with that flag.
    pub fn persona(&self) -> Result<Persona, UnknownPersona> {
        let url = self.tenant_url.parse::<TenantUrl>();
        let has_flag = url.is_ok_and(|url| url.asks_for_rfc_patch());
        let mut found = Persona::named(&self.persona)?;
        if has_flag && found.id == persona::DEFAULT {
            found = Persona::named("entra-optscim062020")?;
        }
        self.overrides.apply(&mut found);
        Ok(found)
    }

    /// What a cycle obeys.
    pub fn settings(&self) -> Settings {
        Settings {
            scope: self.scope,
            deletion_threshold: self
                .prevent_accidental_deletions
                .then_some(self.deletion_threshold),
            skip_out_of_scope_deletions: self.skip_out_of_scope_deletions,
            thresholds: self.thresholds,
        }
    }
}

impl Overrides {
    /// Puts into a persona what is set otherwise.
    pub fn apply(&self, persona: &mut Persona) {
        if let Some(most) = self.max_members_per_patch {
            persona.groups.max_members_per_patch = most;
        }
        if let Some(seconds) = self.timeout_seconds {
            persona.timeout_seconds = seconds;
        }
        if let Some(count) = self.parallel {
            persona.parallel = count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_in_the_tenant_url_chooses_the_form_of_patch() {
        let mut configuration = Configuration {
            tenant_url: "http://127.0.0.1:8443/scim?aadOptscim062020".to_owned(),
            ..Configuration::default()
        };
        configuration.overrides.parallel = Some(2);
        let persona = configuration.persona().unwrap();
        assert_eq!(
            (persona.id.as_str(), persona.parallel),
            ("entra-optscim062020", 2)
        );
        configuration.persona = "okta-oin".to_owned();
        assert_eq!(configuration.persona().unwrap().id, "okta-oin");
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_a_sentence() {
        let default = Configuration::default;
        let thresholds = Thresholds {
            percent: 0,
            ..Thresholds::default()
        };
        let rows = [
            (
                Configuration {
                    persona: "x".to_owned(),
                    ..default()
                },
                "no persona called",
            ),
            (
                Configuration {
                    tenant_url: "x".to_owned(),
                    ..default()
                },
                "is no Tenant URL",
            ),
            (
                Configuration {
                    tenant_url: "https://a.example".to_owned(),
                    ..default()
                },
                "a.example",
            ),
            (
                Configuration {
                    is_on: true,
                    ..default()
                },
                "Automatic",
            ),
            (
                Configuration {
                    send_notifications: true,
                    ..default()
                },
                "Notification Email",
            ),
            (
                Configuration {
                    notification_email: "x".to_owned(),
                    ..default()
                },
                "no address",
            ),
            (
                Configuration {
                    thresholds,
                    ..default()
                },
                "percentage",
            ),
        ];
        for (configuration, said) in rows {
            let error = configuration.require_usable().unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        default().require_usable().unwrap();
        let allowed = BTreeSet::from(["a.example".to_owned()]);
        let named = Configuration {
            tenant_url: "https://a.example".to_owned(),
            allowed_hosts: allowed,
            ..default()
        };
        named.require_usable().unwrap();
    }
}
