//! What sets the practice provider up and changes people.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use practice_idp::Practice;
use practice_idp::configuration::Mode;
use practice_idp::cycle::Scope;
use practice_idp::generate::{Options, generate};
use practice_idp::import::import;
use practice_idp::organisation::{ObjectId, Organisation, OrganisationError};
use practice_idp::secret::SecretToken;

use super::super::Failure;
use super::super::terminal::{note, say};
use super::settings::pair;
use super::{cycle, print};

/// Set up whatever is given, turn provisioning on, test the connection, and run a cycle.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Whose requests are sent, such as entra, entra-optscim062020, okta-oin, okta-aiw, generic-rfc.
    #[arg(long)]
    persona: Option<String>,
    /// So many people who are made up, or those of a file: an export of Entra, Microsoft 365, Google,
    /// Okta or Active Directory. Without it, the people who are there; at first Contoso's.
    #[arg(long, value_name = "NUMBER|FILE")]
    people: Option<String>,
    /// The Tenant URL.
    #[arg(long)]
    url: Option<String>,
    /// The Secret Token. The variable keeps it out of the list of processes.
    #[arg(long, env = "SCIM_DESK_PRACTICE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Provision everybody, not only who is assigned.
    #[arg(long)]
    all: bool,
    /// A host beyond this computer that may be sent to; never that of a real console.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
}

impl Run {
    pub(super) fn run(self, practice: &Arc<Practice>) -> Result<ExitCode, Failure> {
        if let Some(people) = &self.people {
            replace_people(practice, people)?;
        }
        if let Some(token) = &self.token {
            practice.set_token(SecretToken::new(token))?;
        }
        practice.configure(|configuration| {
            if let Some(persona) = self.persona {
                configuration.persona = persona;
            }
            configuration.allowed_hosts.extend(self.allow_host);
            if let Some(url) = self.url {
                configuration.tenant_url = url;
            }
            if self.all {
                configuration.scope = Scope::All;
            }
            configuration.mode = Mode::Automatic;
            configuration.is_on = true;
        })?;
        let configuration = practice.look(|look| look.configuration.clone());
        let tested = practice.test_connection(&configuration, None)?;
        note(&print::tested(&tested));
        cycle(practice, false)
    }
}

fn replace_people(practice: &Practice, people: &str) -> Result<(), Failure> {
    if let Ok(number) = people.replace(['_', ','], "").parse::<u32>() {
        let options = Options {
            people: number,
            ..Options::default()
        };
        return Ok(practice.replace_organisation(|now| generate(&options, now))?);
    }
    let path = Path::new(people);
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::general(format!("{} cannot be read: {error}.", path.display())))?;
    practice.replace_organisation(|now| {
        let imported = import(&bytes, now).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })?;
        note(&format!("{} is {}.", path.display(), imported.kind.label()));
        Ok::<Organisation, String>(imported.organisation)
    })?;
    Ok(())
}

/// Change one person.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The person's address.
    address: String,
    /// An attribute and its value; an empty value clears it. Can be given several times.
    #[arg(long, value_name = "ATTRIBUTE=VALUE")]
    set: Vec<String>,
    /// The manager's address; empty for none.
    #[arg(long, value_name = "ADDRESS")]
    manager: Option<String>,
    /// What else is done.
    #[command(flatten)]
    doing: Doing,
}

/// What is done with somebody; one of these.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line; at most one is given"
)]
struct Doing {
    /// Block the sign-in.
    #[arg(long)]
    disable: bool,
    /// Let the person sign in again.
    #[arg(long)]
    enable: bool,
    /// Put the person into the recycle bin.
    #[arg(long)]
    delete: bool,
    /// Take the person out of the recycle bin.
    #[arg(long)]
    restore: bool,
    /// Remove the person, who is in the recycle bin, for good.
    #[arg(long)]
    purge: bool,
    /// Assign the person to the application.
    #[arg(long)]
    assign: bool,
    /// Take the person's own assignment back.
    #[arg(long)]
    unassign: bool,
}

impl Edit {
    pub(super) fn run(self, practice: &Practice) -> Result<(), Failure> {
        let id = practice.look(|look| print::find(look.organisation, &self.address))?;
        let pairs: Vec<(&str, &str)> = self.set.iter().map(|text| pair(text)).collect::<Result<_, _>>()?;
        let changes: Vec<(&str, Option<&str>)> = pairs
            .into_iter()
            .map(|(name, value)| (name, Some(value).filter(|value| !value.is_empty())))
            .collect();
        let manager: Option<Option<ObjectId>> = match self.manager.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(address) => Some(Some(
                practice.look(|look| print::find(look.organisation, address))?,
            )),
        };
        practice.edit(|organisation, now| {
            if !changes.is_empty() {
                organisation.edit(&id, &changes, now)?;
            }
            if let Some(manager) = &manager {
                organisation.set_manager(&id, manager.as_ref(), now)?;
            }
            self.doing.act(organisation, &id, now)
        })?;
        say("Done. The next cycle provisions it.")
    }
}

impl Doing {
    fn act(
        self,
        organisation: &mut Organisation,
        id: &ObjectId,
        now: jiff::Timestamp,
    ) -> Result<(), OrganisationError> {
        let only = std::iter::once(id.clone()).collect();
        if self.disable || self.enable {
            organisation.set_enabled(id, self.enable, now)
        } else if self.delete {
            organisation.delete(id, now)
        } else if self.restore {
            organisation.restore(id, now)
        } else if self.purge {
            organisation.delete_permanently(id, now)
        } else if self.assign {
            organisation.assign(&only, now)
        } else if self.unassign {
            organisation.unassign(&only, now)
        } else {
            Ok(())
        }
    }
}
