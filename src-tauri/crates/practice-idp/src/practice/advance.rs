//! Moving the clock: what would have happened meanwhile happens now.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::{CLOCK, Practice, PracticeError, State};
use crate::cycle::{INTERVAL_MINUTES, Progress, Report};
use crate::organisation::{ObjectId, RETENTION_DAYS};
use crate::persona::Drive;

/// What happened while the clock was moved.
#[derive(Debug, Default)]
pub struct Advanced {
    /// Who was removed for good, after thirty days in the recycle bin.
    pub purged: BTreeSet<ObjectId>,
    /// The cycles that ran.
    pub reports: Vec<Report>,
    /// Cycles that would have sent nothing but their probes and were passed over.
    pub idle: u64,
}

impl Practice {
    /// Moves the clock on. If provisioning is on, cycles run at the times at which they have
    /// something to do, and one at the end; the rest is passed over and counted. A cycle that was
    /// stopped leaves the clock where it was then.
    pub fn advance(
        &self,
        by: SignedDuration,
        watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Advanced, PracticeError> {
        let mut advanced = Advanced::default();
        let end = self.now().saturating_add(by).unwrap_or(Timestamp::MAX);
        while let Some(next) = self.next_cycle(end) {
            advanced.idle = advanced.idle.saturating_add(next.idle);
            self.move_to(next.at, &mut advanced)?;
            let report = self.cycle(watch)?;
            let is_stopped = report.summary.state == crate::cycle::CycleState::Stopped;
            advanced.reports.push(report);
            if is_stopped || self.lock().job.disabled.is_some() {
                break;
            }
        }
        self.move_to(end, &mut advanced)?;
        Ok(advanced)
    }

    /// Moves the clock to a moment and empties the recycle bin of what is due.
    fn move_to(&self, at: Timestamp, advanced: &mut Advanced) -> Result<(), PracticeError> {
        {
            let mut state = self.lock();
            let real = self.world.now();
            let by = at.duration_since(state.clock.now(real));
            state.clock.advance(by, real);
            self.folder.put(CLOCK, &state.clock)?;
        }
        advanced.purged.extend(self.empty_bin()?);
        Ok(())
    }

    /// Removes for good who has been in the recycle bin for thirty days. Returns who.
    pub fn empty_bin(&self) -> Result<BTreeSet<ObjectId>, PracticeError> {
        let has_due = {
            let state = self.lock();
            let now = state.clock.now(self.world.now());
            purges(&state).any(|due| due <= now)
        };
        if !has_due {
            return Ok(BTreeSet::new());
        }
        self.edit(|organisation, now| Ok::<_, std::convert::Infallible>(organisation.purge_due(now)))
    }

    fn next_cycle(&self, end: Timestamp) -> Option<Next> {
        let state = self.lock();
        let is_on = state.configuration.is_on && state.job.disabled.is_none();
        let now = state.clock.now(self.world.now());
        let persona = state.configuration.persona().ok()?;
        let wanted = wanted(&state, now)?;
        if !is_on || wanted > end {
            return None;
        }
        let first = state.job.next_run.unwrap_or(now).max(now);
        if persona.drive == Drive::Events || first >= wanted {
            let at = if persona.drive == Drive::Events {
                wanted
            } else {
                first
            };
            return (at <= end).then_some(Next { at, idle: 0 });
        }
        let step = INTERVAL_MINUTES * 60_000;
        let gap = i64::try_from(wanted.duration_since(first).as_millis()).ok()?;
        let idle = gap.div_euclid(step) + i64::from(gap % step > 0);
        let passed = SignedDuration::from_millis(idle.saturating_mul(step));
        let at = first.saturating_add(passed).ok().filter(|at| *at <= end)?;
        Some(Next {
            at,
            idle: u64::try_from(idle).unwrap_or(0),
        })
    }
}

/// The next cycle that has something to do.
struct Next {
    at: Timestamp,
    /// Cycles before it that have not.
    idle: u64,
}

/// When somebody leaves the recycle bin for good.
fn purges(state: &State) -> impl Iterator<Item = Timestamp> {
    let retention = SignedDuration::from_hours(24 * RETENTION_DAYS);
    let deleted = state
        .organisation
        .people
        .values()
        .filter_map(|person| person.deleted);
    deleted.filter_map(move |since| since.saturating_add(retention).ok())
}

/// From when on a cycle has something to do: now, or when something is due.
fn wanted(state: &State, now: Timestamp) -> Option<Timestamp> {
    let job = &state.job;
    let is_new = job.pending.is_some() || job.deletes_allowed || job.quarantine.is_some();
    let has_changes = job.watermark.is_none_or(|watermark| {
        let changes = state.organisation.changed_since(watermark);
        !(changes.people.is_empty() && changes.groups.is_empty() && changes.purged.is_empty())
    });
    if is_new || has_changes {
        return Some(now);
    }
    let dues = job.escrows.values().map(|escrow| escrow.due);
    dues.chain(purges(state)).min().map(|due| due.max(now))
}
