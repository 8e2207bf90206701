//! The end of a cycle: the watermark, what is left for the next one, quarantine, and who is told.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::job::{CycleState, Pending, Summary};
use super::plan::Considered;
use super::quarantine::{self, Reason};
use super::run::{Cycle, Rest};
use super::{Phase, Progress};
use crate::fault::Fault;
use crate::organisation::ObjectId;

/// Between the beginnings of two cycles: Entra's `PT40M`.
pub const INTERVAL_MINUTES: i64 = 40;

/// What people are told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A quarantine began, or its reason changed.
    Quarantined(Reason, Option<Fault>),
    /// The quarantine is over.
    Released,
    /// The job switched itself off; the sentence says why.
    Disabled(String),
}

/// What a cycle came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The counts.
    pub summary: Summary,
    /// What people are told.
    pub notices: Vec<Notice>,
}

impl Cycle<'_> {
    pub(super) fn end(mut self, considered: &Considered, rest: Option<Rest>) -> Report {
        let began = self.summary.began;
        let is_whole = rest.is_none() && self.abort.is_none();
        self.job.pending = match (is_whole, rest) {
            (true, _) => None,
            (false, Some(rest)) => Some(pending(considered.initial, began, rest.objects, rest.references)),
            // Nothing was sent but the probes: the watermark says what is to be done, and a rest of
            // an earlier cycle stays.
            (false, None) => self.job.pending.take(),
        };
        if is_whole {
            self.job.watermark = Some(began);
            self.job.deletes_allowed = false;
            self.job.steady_since.get_or_insert(began);
        }
        self.summary.escrowed = self.job.escrows.len() as u64;
        self.summary.ended = (self.around.now)().max(began);
        self.summary.error = self.abort.as_ref().map(|fault| fault.reason.clone());
        self.summary.state = match (&self.abort, is_whole) {
            (Some(_), _) => CycleState::Failed,
            (None, false) => CycleState::Stopped,
            (None, true) if self.job.escrows.is_empty() => CycleState::Succeeded,
            (None, true) => CycleState::EntryLevelErrors,
        };
        let notices = self.judge_job();
        self.remember();
        let summary = self.summary.clone();
        // It has ended; a wish to stop comes too late.
        let _ = self.observer.progress(Progress {
            phase: Phase::Done,
            done: summary.imported,
            total: summary.imported,
        });
        Report { summary, notices }
    }

    /// Whether the job goes into quarantine, out of it, or ends.
    fn judge_job(&mut self) -> Vec<Notice> {
        let thresholds = &self.around.settings.thresholds;
        let found = if let Some(fault) = &self.abort {
            Some((Reason::EncounteredQuarantineException, Some(fault.clone())))
        } else if !self.job.staged.is_empty() {
            Some((Reason::TooManyDeletes, None))
        } else {
            thresholds.verdict(self.job.tally()).map(|reason| (reason, None))
        };
        let mut notices = Vec::new();
        match self.job.judge(found.clone(), self.summary.began) {
            quarantine::Turn::Same => {}
            quarantine::Turn::Left => notices.push(Notice::Released),
            quarantine::Turn::Began => {
                notices.extend(found.map(|(reason, fault)| Notice::Quarantined(reason, fault)));
            }
            quarantine::Turn::TooLong => {
                self.job.disabled = Some("The job was in quarantine for four weeks.".to_owned());
            }
        }
        if let Some(sentence) = self.given_up.take() {
            self.job.disabled = Some(sentence);
        }
        notices.extend(self.job.disabled.clone().map(Notice::Disabled));
        notices
    }

    fn remember(&mut self) {
        let next = self
            .summary
            .began
            .saturating_add(SignedDuration::from_mins(INTERVAL_MINUTES))
            .ok();
        let next = self
            .job
            .quarantine
            .as_ref()
            .map_or(next, |quarantine| Some(quarantine.next_attempt));
        self.job.next_run = next.filter(|_| self.job.disabled.is_none());
        self.job.successive_failures = match self.summary.state {
            CycleState::Failed => self.job.successive_failures.saturating_add(1),
            _ => 0,
        };
        if self.summary.state == CycleState::Succeeded {
            self.job.last_successful = Some(self.summary.clone());
        }
        self.job.last = Some(self.summary.clone());
    }
}

fn pending(
    initial: bool,
    began: Timestamp,
    objects: BTreeSet<ObjectId>,
    references: BTreeSet<ObjectId>,
) -> Pending {
    Pending {
        initial,
        began,
        objects,
        references,
    }
}
