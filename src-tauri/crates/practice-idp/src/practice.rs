//! The practice identity provider as a whole, in a folder: what the shell and the command line call.
//!
//! Whoever shares a [`Practice`] can look and edit while a cycle runs: a cycle works on the people as
//! they were when it began, and an edit after that belongs to the next one. Only one cycle runs at a
//! time, and what touches the job waits for its end with a sentence.

mod advance;
mod error;
mod files;
mod sending;
#[cfg(test)]
mod tests;
mod told;
mod world;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, Pace};
use crate::configuration::Configuration;
use crate::cycle::{Gauge, Job, Progress};
use crate::log::{Entry, Exported, Filter, LogFile, Names};
use crate::mail::Mail;
use crate::mapping::Mapping;
use crate::organisation::Organisation;
use crate::roster;
use crate::secret::SecretToken;
use crate::target::TenantUrl;
use files::Folder;

pub use advance::Advanced;
pub use error::PracticeError;
pub use files::FolderError;
pub use sending::Tested;
pub use world::{RealWorld, World};

/// What can be looked at.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// People and groups.
    pub organisation: &'a Organisation,
    /// Attribute mappings and scoping filters.
    pub mapping: &'a Mapping,
    /// The configuration.
    pub configuration: &'a Configuration,
    /// The job as the last cycle left it.
    pub job: &'a Job,
    /// The practice provider's time.
    pub now: Timestamp,
    /// How time passes.
    pub pace: Pace,
    /// How far the running cycle is, if one runs.
    pub progress: Option<Progress>,
    /// Whether there is a Secret Token.
    pub has_token: bool,
    /// Mails, oldest first.
    pub mails: &'a [Mail],
    /// How many rows the log has.
    pub log_rows: usize,
}

impl Look<'_> {
    /// How close the job is to its quarantine.
    pub fn gauge(&self) -> Gauge {
        self.job.gauge(&self.configuration.thresholds)
    }
}

/// The practice identity provider.
pub struct Practice {
    folder: Folder,
    world: Arc<dyn World>,
    state: Mutex<State>,
}

struct State {
    organisation: Arc<Organisation>,
    mapping: Arc<Mapping>,
    configuration: Configuration,
    job: Arc<Job>,
    clock: Clock,
    secrets: Secrets,
    mails: Vec<Mail>,
    log: LogFile,
    /// How far the running cycle is.
    progress: Option<Progress>,
    /// Whether the running cycle is to stop.
    is_stopping: bool,
}

/// What only the owner of the folder may read.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Secrets {
    #[serde(with = "secret_text")]
    token: SecretToken,
    #[serde(with = "secret_text")]
    mail_password: SecretToken,
}

/// Secrets are written in one place only: the file for their owner.
mod secret_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::SecretToken;

    pub(super) fn serialize<S: Serializer>(secret: &SecretToken, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.reveal())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SecretToken, D::Error> {
        Ok(SecretToken::new(&String::deserialize(from)?))
    }
}

const CONFIGURATION: &str = "configuration.json";
const SECRETS: &str = "secrets.json";
const MAPPING: &str = "mapping.json";
const CLOCK: &str = "clock.json";
const JOB: &str = "job.json";
const LOG: &str = "log.jsonl";
const MAILS: &str = "mails.json";
const ORGANISATION: &str = "organisation";

impl Practice {
    /// Opens the practice provider in a folder. An empty one gets Contoso's people and the KnowBe4
    /// mapping. Nobody else can open it meanwhile.
    pub fn open(folder: &Path, world: Arc<dyn World>) -> Result<Self, PracticeError> {
        let folder = Folder::open(folder)?;
        let real = world.now();
        let mut clock: Clock = folder.json(CLOCK)?.unwrap_or_else(|| Clock::new(real));
        let found = crate::organisation::files::load(&folder.place(ORGANISATION))?;
        let is_new = found.is_none();
        let organisation = found.unwrap_or_else(|| roster::contoso(clock.stamp(real)));
        let mapping = match folder.text(MAPPING)? {
            Some(text) => {
                let imported = Mapping::read(&text);
                imported
                    .map_err(|error| files::damaged(&folder.place(MAPPING), &error.to_string()))?
                    .mapping
            }
            None => Mapping::knowbe4(),
        };
        let configuration: Configuration = folder.json(CONFIGURATION)?.unwrap_or_default();
        let mut job = match folder.json::<Job>(JOB)? {
            Some(job) => job,
            None => Job::new(job_id(&configuration, &*world)?),
        };
        job.links = folder.links()?;
        let state = State {
            organisation: Arc::new(organisation),
            mapping: Arc::new(mapping),
            configuration,
            job: Arc::new(job),
            clock,
            secrets: folder.json(SECRETS)?.unwrap_or_default(),
            mails: folder.json(MAILS)?.unwrap_or_default(),
            log: LogFile::open(&folder.place(LOG))?,
            progress: None,
            is_stopping: false,
        };
        let practice = Self {
            folder,
            world,
            state: Mutex::new(state),
        };
        if is_new {
            // People who are not stamped anew by the next process that looks.
            let mut state = practice.lock();
            let (organisation, job) = (Organisation::clone(&state.organisation), Job::clone(&state.job));
            practice.save_job(&mut state, job)?;
            practice.save_organisation(&mut state, organisation)?;
        }
        Ok(practice)
    }

    /// A panic elsewhere does not make the state unusable: every holder leaves it whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at everything at once. Whoever looks holds everybody else up; be quick.
    pub fn look<T>(&self, look: impl FnOnce(Look<'_>) -> T) -> T {
        let state = self.lock();
        look(Look {
            organisation: &state.organisation,
            mapping: &state.mapping,
            configuration: &state.configuration,
            job: &state.job,
            now: state.clock.now(self.world.now()),
            pace: state.clock.pace,
            progress: state.progress,
            has_token: !state.secrets.token.is_empty(),
            mails: &state.mails,
            log_rows: state.log.len(),
        })
    }

    /// Changes people and groups. The edit gets the time to stamp what it changes with; if it fails,
    /// nothing was changed.
    pub fn edit<T, E: std::fmt::Display>(
        &self,
        edit: impl FnOnce(&mut Organisation, Timestamp) -> Result<T, E>,
    ) -> Result<T, PracticeError> {
        let mut state = self.lock();
        let now = state.clock.stamp(self.world.now());
        let mut organisation = Organisation::clone(&state.organisation);
        let done = edit(&mut organisation, now).map_err(|error| PracticeError::Edit(error.to_string()))?;
        self.save_organisation(&mut state, organisation)?;
        Ok(done)
    }

    /// Puts another organisation in place. The job begins anew: its links led to other people.
    pub fn replace_organisation<E: std::fmt::Display>(
        &self,
        make: impl FnOnce(Timestamp) -> Result<Organisation, E>,
    ) -> Result<(), PracticeError> {
        let mut state = self.lock();
        require_idle(&state)?;
        let now = state.clock.stamp(self.world.now());
        let organisation = make(now).map_err(|error| PracticeError::Edit(error.to_string()))?;
        let job = Job::new(job_id(&state.configuration, &*self.world)?);
        self.save_job(&mut state, job)?;
        self.save_organisation(&mut state, organisation)
    }

    fn save_organisation(&self, state: &mut State, organisation: Organisation) -> Result<(), PracticeError> {
        crate::organisation::files::save(&organisation, &self.folder.place(ORGANISATION))?;
        state.organisation = Arc::new(organisation);
        Ok(self.folder.put(CLOCK, &state.clock)?)
    }

    fn save_job(&self, state: &mut State, job: Job) -> Result<(), PracticeError> {
        // Links first: more of them than the job knows of does no harm.
        self.folder.put_links(&job.links)?;
        self.folder.put(JOB, &job)?;
        state.job = Arc::new(job);
        Ok(self.folder.put(CLOCK, &state.clock)?)
    }

    /// Changes the configuration; fails if something in it cannot be used, and then nothing was
    /// changed. Another scope begins an initial cycle, and so does another target.
    pub fn configure(&self, change: impl FnOnce(&mut Configuration)) -> Result<(), PracticeError> {
        let mut state = self.lock();
        let mut configuration = state.configuration.clone();
        change(&mut configuration);
        configuration.require_usable()?;
        let before = std::mem::replace(&mut state.configuration, configuration);
        let after = &state.configuration;
        let is_other_target = base(&before) != base(after);
        let is_other = is_other_target || before.scope != after.scope || before.persona != after.persona;
        if is_other && let Err(error) = require_idle(&state) {
            state.configuration = before;
            return Err(error);
        }
        self.folder.put(CONFIGURATION, &state.configuration)?;
        self.save_secrets(&state)?;
        if is_other {
            let mut job = Job::clone(&state.job);
            let full = &[crate::cycle::ResetScope::Full][..];
            job.restart(if is_other_target { full } else { &[] });
            job.id = job_id_like(&state.configuration, &job.id)?;
            self.save_job(&mut state, job)?;
        }
        Ok(())
    }

    /// Sets the Secret Token. It is kept in a file for its owner alone, or only until the program
    /// ends, as the configuration says.
    pub fn set_token(&self, token: SecretToken) -> Result<(), PracticeError> {
        let mut state = self.lock();
        state.secrets.token = token;
        self.save_secrets(&state)
    }

    /// Sets the password for the mail server; kept as the Secret Token is.
    pub fn set_mail_password(&self, password: SecretToken) -> Result<(), PracticeError> {
        let mut state = self.lock();
        state.secrets.mail_password = password;
        self.save_secrets(&state)
    }

    fn save_secrets(&self, state: &State) -> Result<(), PracticeError> {
        if state.configuration.remember_secrets {
            Ok(self.folder.put(SECRETS, &state.secrets)?)
        } else {
            Ok(self.folder.remove(SECRETS)?)
        }
    }

    /// Puts other mappings or scoping filters in place, which begins an initial cycle. Fails if they
    /// cannot be used.
    pub fn set_mapping(&self, mapping: Mapping) -> Result<(), PracticeError> {
        let faults = mapping.faults();
        if !faults.is_empty() {
            return Err(PracticeError::Mapping(faults));
        }
        crate::cycle::Rules::new(&mapping)?;
        let mut state = self.lock();
        require_idle(&state)?;
        self.folder.put(MAPPING, &mapping.to_json())?;
        state.mapping = Arc::new(mapping);
        let mut job = Job::clone(&state.job);
        job.restart(&[]);
        self.save_job(&mut state, job)
    }

    /// Lets time pass in another way from now on.
    pub fn set_pace(&self, pace: Pace) -> Result<(), PracticeError> {
        let mut state = self.lock();
        state.clock.set_pace(pace, self.world.now());
        Ok(self.folder.put(CLOCK, &state.clock)?)
    }

    /// How many rows of the log match, and those from `skip` on, newest first, at most `limit`.
    pub fn log(
        &self,
        filter: &Filter,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Entry>), PracticeError> {
        Ok(self.lock().log.page(filter, skip, limit)?)
    }

    /// Writes the log's rows that match as three CSV files.
    pub fn export_csv(&self, filter: &Filter, path: &Path) -> Result<Exported, PracticeError> {
        let mut state = self.lock();
        let names = names(&state)?;
        Ok(crate::log::write_csv(&mut state.log, &names, filter, path)?)
    }

    /// Writes the log's rows that match as JSON.
    pub fn export_json(&self, filter: &Filter, path: &Path) -> Result<Exported, PracticeError> {
        let mut state = self.lock();
        let names = names(&state)?;
        Ok(crate::log::write_json(&mut state.log, &names, filter, path)?)
    }

    /// What the rows of the log have in common.
    pub fn names(&self) -> Result<Names, PracticeError> {
        names(&self.lock())
    }
}

fn names(state: &State) -> Result<Names, PracticeError> {
    let persona = state.configuration.persona()?;
    Ok(Names {
        job_id: state.job.id.clone(),
        source_system: persona.source_system,
        target_system: persona.target_system,
    })
}

fn require_idle(state: &State) -> Result<(), PracticeError> {
    match state.progress {
        None => Ok(()),
        Some(_) => Err(PracticeError::Running),
    }
}

fn base(configuration: &Configuration) -> Option<String> {
    let url = configuration.tenant_url.parse::<TenantUrl>();
    url.ok().map(|url| url.base().to_owned())
}

/// `scim.<tenant>.<id>`, both of our making.
fn job_id(configuration: &Configuration, world: &dyn World) -> Result<String, PracticeError> {
    let prefix = configuration.persona()?.job_prefix;
    Ok(format!("{prefix}.{}.{}", world.chance(), world.chance()))
}

/// The same job under the prefix of another persona.
fn job_id_like(configuration: &Configuration, id: &str) -> Result<String, PracticeError> {
    let prefix = configuration.persona()?.job_prefix;
    let rest = id.split_once('.').map_or(id, |(_, rest)| rest);
    Ok(format!("{prefix}.{rest}"))
}
