//! Everything that sends: Test Connection, cycles, provision on demand; and what restarts the job.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Practice, PracticeError, State, World, require_idle};
use crate::configuration::Configuration;
use crate::cycle::{
    Job, Observer, OnDemand, Phase, Progress, Report, ResetScope, Rules, Settings, Surroundings,
};
use crate::fault::Fault;
use crate::log::{Entry, Exchange};
use crate::mapping::Mapping;
use crate::organisation::{ObjectId, Organisation};
use crate::persona::Persona;
use crate::secret::SecretToken;
use crate::target::Target;

/// What *Test Connection* came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// Where to.
    pub target: String,
    /// The requests.
    pub exchanges: Vec<Exchange>,
    /// Why the target cannot be provisioned to; none if it can.
    pub fault: Option<Fault>,
}

impl Tested {
    /// The answer in words.
    pub fn sentence(&self) -> String {
        match &self.fault {
            None => "The supplied credentials are authorized to enable provisioning.".to_owned(),
            Some(fault) => format!(
                "The connection could not be tested successfully. {} {} ({})",
                fault.reason, fault.recommended, fault.code
            ),
        }
    }
}

/// All that a cycle reads, as it was at one moment, so that nobody waits while it runs.
pub(super) struct Snapshot {
    organisation: Arc<Organisation>,
    mapping: Arc<Mapping>,
    pub(super) persona: Persona,
    settings: Settings,
    target: Box<dyn Target>,
}

impl Snapshot {
    fn of(
        state: &State,
        world: &dyn World,
        configuration: &Configuration,
        token: &SecretToken,
    ) -> Result<Self, PracticeError> {
        let url = configuration.tenant()?;
        if token.is_empty() {
            return Err(PracticeError::NoToken);
        }
        let persona = configuration.persona()?;
        Ok(Self {
            organisation: Arc::clone(&state.organisation),
            mapping: Arc::clone(&state.mapping),
            settings: configuration.settings(),
            target: world.target(&url, token, &persona),
            persona,
        })
    }

    fn with<T>(
        &self,
        practice: &Practice,
        run: impl FnOnce(&Surroundings<'_>) -> T,
    ) -> Result<T, PracticeError> {
        let rules = Rules::new(&self.mapping)?;
        let surroundings = Surroundings {
            organisation: &self.organisation,
            rules: &rules,
            persona: &self.persona,
            target: &*self.target,
            settings: &self.settings,
            now: &|| practice.now(),
            pause: &|duration| practice.pause(duration),
            chance: &|| practice.world.chance(),
        };
        Ok(run(&surroundings))
    }
}

impl Practice {
    /// The practice provider's time.
    pub(super) fn now(&self) -> Timestamp {
        let state = self.lock();
        state.clock.now(self.world.now())
    }

    /// Waits in short steps, so that a stop is heard. Returns whether to go on.
    fn pause(&self, duration: Duration) -> bool {
        let mut left = duration;
        while !left.is_zero() {
            if self.lock().is_stopping {
                return false;
            }
            let step = left.min(Duration::from_millis(200));
            self.world.pause(step);
            left = left.saturating_sub(step);
        }
        true
    }

    /// *Test Connection*, with what is in the form: it need not be saved. Without a token the saved
    /// one is used.
    pub fn test_connection(
        &self,
        configuration: &Configuration,
        token: Option<SecretToken>,
    ) -> Result<Tested, PracticeError> {
        configuration.persona()?;
        let snapshot = {
            let state = self.lock();
            let token = token.unwrap_or_else(|| state.secrets.token.clone());
            Snapshot::of(&state, &*self.world, configuration, &token)?
        };
        let (exchanges, result) = snapshot.with(self, crate::cycle::probe)?;
        Ok(Tested {
            target: snapshot.target.base().to_owned(),
            exchanges,
            fault: result.err(),
        })
    }

    /// Runs a cycle; for an event-driven persona, pushes what has changed. `watch` is told how far it
    /// is and can stop it.
    pub fn cycle(&self, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Report, PracticeError> {
        let (snapshot, mut job, began) = self.begin()?;
        let mut observer = Recorder {
            practice: self,
            watch,
            failure: None,
        };
        let report = snapshot.with(self, |around| {
            crate::cycle::run(&mut job, around, began, &mut observer)
        });
        let failure = observer.failure.take();
        let mut state = self.lock();
        state.progress = None;
        state.is_stopping = false;
        let report = report?;
        self.save_job(&mut state, job)?;
        state.log.forget_old(report.summary.ended)?;
        state.log.flush()?;
        drop(state);
        self.tell(&report.notices, &snapshot.persona, report.summary.ended)?;
        match failure {
            Some(error) => Err(error),
            None => Ok(report),
        }
    }

    fn begin(&self) -> Result<(Snapshot, Job, Timestamp), PracticeError> {
        let mut state = self.lock();
        require_idle(&state)?;
        if !state.configuration.is_on {
            return Err(PracticeError::Off);
        }
        if let Some(sentence) = &state.job.disabled {
            return Err(PracticeError::Disabled(sentence.clone()));
        }
        let snapshot = Snapshot::of(&state, &*self.world, &state.configuration, &state.secrets.token)?;
        let began = state.clock.stamp(self.world.now());
        state.is_stopping = false;
        state.progress = Some(Progress {
            phase: Phase::Connecting,
            done: 0,
            total: 1,
        });
        Ok((snapshot, Job::clone(&state.job), began))
    }

    /// Stops the running cycle between two objects. Returns whether one was running.
    pub fn stop(&self) -> bool {
        let mut state = self.lock();
        state.is_stopping = state.progress.is_some();
        state.is_stopping
    }

    /// Whether a cycle is to begin by itself now.
    pub fn is_due(&self) -> bool {
        let state = self.lock();
        let now = state.clock.now(self.world.now());
        let is_ready = state.configuration.is_on && state.progress.is_none() && state.job.disabled.is_none();
        is_ready && state.job.next_run.is_none_or(|next| next <= now)
    }

    /// Provisions one person, or one group with up to five of its members.
    pub fn on_demand(&self, id: &ObjectId, members: &BTreeSet<ObjectId>) -> Result<OnDemand, PracticeError> {
        let (mut snapshot, mut job, now) = {
            let mut state = self.lock();
            require_idle(&state)?;
            let snapshot = Snapshot::of(&state, &*self.world, &state.configuration, &state.secrets.token)?;
            let now = state.clock.stamp(self.world.now());
            state.progress = Some(Progress {
                phase: Phase::Connecting,
                done: 0,
                total: 1,
            });
            (snapshot, Job::clone(&state.job), now)
        };
        let mut persona = snapshot.persona.on_demand();
        self.lock().configuration.overrides.apply(&mut persona);
        snapshot.persona = persona;
        let done = snapshot.with(self, |around| {
            crate::cycle::on_demand(&mut job, around, id, members, now)
        });
        let mut state = self.lock();
        state.progress = None;
        let done = done??;
        self.save_job(&mut state, job)?;
        for row in &done.rows {
            state.log.append(row)?;
        }
        state.log.flush()?;
        Ok(done)
    }

    /// *Restart provisioning*: forgets what the scopes say; without a scope the watermark, the
    /// escrows and the quarantine.
    pub fn restart(&self, scopes: &[ResetScope]) -> Result<(), PracticeError> {
        self.change_job(|job| job.restart(scopes))
    }

    /// *Allow deletes*: the next cycle does what is staged.
    pub fn allow_deletes(&self) -> Result<(), PracticeError> {
        self.change_job(Job::allow_deletes)
    }

    /// *Reject deletes*: what is staged is forgotten, and those objects stay as they are.
    pub fn reject_deletes(&self) -> Result<(), PracticeError> {
        self.change_job(Job::reject_deletes)
    }

    /// Drops the link of one object, which is then matched anew.
    pub fn unlink(&self, id: &ObjectId) -> Result<(), PracticeError> {
        self.change_job(|job| drop(job.links.remove(id)))
    }

    fn change_job(&self, change: impl FnOnce(&mut Job)) -> Result<(), PracticeError> {
        let mut state = self.lock();
        require_idle(&state)?;
        let mut job = Job::clone(&state.job);
        change(&mut job);
        self.save_job(&mut state, job)
    }
}

/// Keeps the rows and tells how far a cycle is.
struct Recorder<'a> {
    practice: &'a Practice,
    watch: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    /// Why the log could not be written; the cycle stops then.
    failure: Option<PracticeError>,
}

impl Observer for Recorder<'_> {
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        let is_stopping = {
            let mut state = self.practice.lock();
            state.progress = Some(progress);
            state.is_stopping
        };
        let wish = (self.watch)(progress);
        if is_stopping || self.failure.is_some() {
            return ControlFlow::Break(());
        }
        wish
    }

    fn record(&mut self, entry: Entry) {
        if let Err(error) = self.practice.lock().log.append(&entry) {
            self.failure.get_or_insert(error.into());
        }
    }
}
