//! One cycle from its probe to its watermark.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::closing::Report;
use super::job::{CycleState, Job, Summary};
use super::objects::{Linking, Turn};
use super::plan::{Considered, Task, What, considered, tasks};
use super::record::{Subject, Trail, entry};
use super::references::{Lookup, Reference, Written};
use super::turns::{Referred, refer, turn};
use super::{Escrow, Observer, Part, Phase, Progress, Surroundings, deletions, probe, workers};
use crate::fault::Fault;
use crate::log::{Action, Entry, Status};
use crate::organisation::ObjectId;
use crate::persona::Probing;
use crate::wire::Kind;

/// Runs a cycle. `began` is later than every change of the organisation and earlier than every one
/// that follows: it becomes the watermark. A cycle that fails or is stopped leaves a rest in the job,
/// with which the next one goes on.
pub fn run(
    job: &mut Job,
    around: &Surroundings<'_>,
    began: Timestamp,
    observer: &mut dyn Observer,
) -> Report {
    let considered = considered(job, around, began);
    let mut cycle = Cycle::begin(job, around, began, observer, &considered);
    let tested = cycle.test(&considered);
    let rest = match tested {
        Ok(()) => cycle.work(&considered),
        Err(fault) => {
            cycle.abort = Some(fault);
            None
        }
    };
    cycle.end(&considered, rest)
}

/// A cycle under way.
pub(super) struct Cycle<'c> {
    pub(super) job: &'c mut Job,
    pub(super) around: &'c Surroundings<'c>,
    pub(super) observer: &'c mut dyn Observer,
    pub(super) summary: Summary,
    /// Why the target cannot be provisioned to.
    pub(super) abort: Option<Fault>,
    pub(super) stopped: bool,
    /// What was given up after four weeks.
    pub(super) given_up: Option<String>,
    /// Objects made in this cycle.
    pub(super) new: BTreeSet<ObjectId>,
}

/// What was not done.
#[derive(Default)]
pub(super) struct Rest {
    pub(super) objects: BTreeSet<ObjectId>,
    pub(super) references: BTreeSet<ObjectId>,
}

impl<'c> Cycle<'c> {
    fn begin(
        job: &'c mut Job,
        around: &'c Surroundings<'c>,
        began: Timestamp,
        observer: &'c mut dyn Observer,
        considered: &Considered,
    ) -> Self {
        let summary = Summary {
            cycle_id: (around.chance)(),
            initial: considered.initial,
            target: around.target.base().to_owned(),
            began,
            ended: began,
            state: CycleState::Succeeded,
            imported: 0,
            entitled: 0,
            created: 0,
            updated: 0,
            disabled: 0,
            deleted: 0,
            staged: 0,
            skipped: 0,
            failed: 0,
            escrowed: 0,
            requests: 0,
            error: None,
        };
        Self {
            job,
            around,
            observer,
            summary,
            abort: None,
            stopped: false,
            given_up: None,
            new: BTreeSet::new(),
        }
    }

    fn test(&mut self, considered: &Considered) -> Result<(), Fault> {
        let has_work = !considered.objects.is_empty() || !considered.references.is_empty();
        let is_sent = match self.around.persona.probing {
            Probing::Always => true,
            Probing::WithChanges => has_work,
            Probing::OnlyTests => false,
        };
        self.progress(Phase::Connecting, 0, 1);
        if !is_sent {
            return Ok(());
        }
        let (exchanges, result) = probe(self.around);
        self.summary.requests += exchanges.len() as u64;
        result
    }

    /// All phases. Returns what was left undone, if anything.
    fn work(&mut self, considered: &Considered) -> Option<Rest> {
        let mut plan = tasks(self.job, self.around, &considered.objects);
        self.summary.imported = plan.len() as u64;
        self.summary.entitled = plan
            .iter()
            .filter(|task| matches!(task.what, What::Provision(_)))
            .count() as u64;
        let staged = deletions::stage(self.job, self.around, &mut plan);
        self.stage(&staged);
        let mut rest = Rest::default();
        let groups = plan.split_off(plan.partition_point(|task| task.subject.kind == Kind::User));
        for (phase, tasks) in [(Phase::Users, &plan), (Phase::Groups, &groups)] {
            let done = self.objects(phase, tasks);
            let undone = tasks.iter().zip(done).filter(|(_, done)| !done);
            rest.objects
                .extend(undone.map(|(task, _)| task.subject.id.clone()));
        }
        let provisioned = plan
            .iter()
            .chain(&groups)
            .filter(|task| matches!(task.what, What::Provision(_)));
        let mut refer: BTreeSet<ObjectId> = provisioned.map(|task| task.subject.id.clone()).collect();
        refer.extend(considered.references.iter().cloned());
        rest.references = self.references(considered.initial, &refer);
        let is_left = !rest.objects.is_empty() || !rest.references.is_empty();
        is_left.then_some(rest)
    }

    fn stage(&mut self, staged: &[Task]) {
        self.summary.staged = staged.len() as u64;
        let new = staged
            .iter()
            .filter(|task| !self.job.staged.contains_key(&task.subject.id));
        let entries: Vec<Entry> = new
            .map(|task| {
                let mut trail = Trail::default();
                let ending = deletions::ending(self.around, task, &mut trail);
                let began = self.around.began();
                entry(
                    self.around,
                    &self.summary.cycle_id,
                    began,
                    &task.subject,
                    trail,
                    ending,
                )
            })
            .collect();
        for entry in entries {
            self.observer.record(entry);
        }
        deletions::remember(self.job, staged, self.summary.began);
    }

    /// Users or groups. Returns which tasks were done.
    fn objects(&mut self, phase: Phase, tasks: &[Task]) -> Vec<bool> {
        if self.is_over() {
            return vec![false; tasks.len()];
        }
        let (around, cycle_id) = (self.around, self.summary.cycle_id.clone());
        let total = tasks.len() as u64;
        self.progress(phase, 0, total);
        let mut count = 0;
        workers::each(
            tasks,
            around.persona.parallel,
            |task| turn(around, &cycle_id, task),
            |task, (turn, row)| {
                count += 1;
                self.settle(task, turn, row);
                self.progress(phase, count, total);
                if self.is_over() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        )
    }

    /// Takes in what became of an object.
    fn settle(&mut self, task: &Task, turn: Turn, row: Entry) {
        let id = &task.subject.id;
        match turn.linking {
            Linking::Same => {}
            Linking::Linked(link) => {
                self.job.links.insert(id.clone(), link);
            }
            Linking::Unlinked => self.unlink(id),
        }
        if turn.is_new {
            self.new.insert(id.clone());
        }
        self.judge(&task.subject, Part::Object, &row);
        if !matches!(task.what, What::Provision(_)) && row.status != Status::Failure {
            self.job.release(id, Part::References);
        }
        self.count(&row);
        self.observer.record(row);
    }

    fn unlink(&mut self, id: &ObjectId) {
        self.job.links.remove(id);
        for link in self.job.links.values_mut() {
            link.members.remove(id);
            if link.manager.as_ref() == Some(id) {
                link.manager = None;
            }
        }
    }

    /// Managers, then members. Returns whose were not written.
    fn references(&mut self, initial: bool, ids: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        if self.is_over() {
            return ids.clone();
        }
        let assigned = self.around.assignments();
        let lookup = Lookup {
            job: self.job,
            around: self.around,
            assigned: &assigned,
            all: initial,
            new: &self.new,
        };
        let mut found: Vec<Reference> = ids.iter().filter_map(|id| lookup.reference(id)).collect();
        found.sort_by_key(|reference| reference.subject.kind);
        let members = found.split_off(found.partition_point(|each| each.subject.kind == Kind::User));
        let needed: BTreeSet<&ObjectId> = found
            .iter()
            .chain(&members)
            .map(|each| &each.subject.id)
            .collect();
        for id in ids.iter().filter(|id| !needed.contains(id)) {
            self.job.release(id, Part::References);
        }
        let mut rest = BTreeSet::new();
        for (phase, references) in [(Phase::Managers, &found), (Phase::Memberships, &members)] {
            let done = self.refer(phase, references);
            let undone = references.iter().zip(done).filter(|(_, done)| !done);
            rest.extend(undone.map(|(reference, _)| reference.subject.id.clone()));
        }
        rest
    }

    fn refer(&mut self, phase: Phase, references: &[Reference]) -> Vec<bool> {
        if self.is_over() {
            return vec![false; references.len()];
        }
        let (around, cycle_id) = (self.around, self.summary.cycle_id.clone());
        let total = references.len() as u64;
        self.progress(phase, 0, total);
        let mut count = 0;
        workers::each(
            references,
            around.persona.parallel,
            |reference| refer(around, &cycle_id, reference),
            |reference, done| {
                count += 1;
                self.settle_reference(reference, done);
                self.progress(phase, count, total);
                if self.is_over() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        )
    }

    fn settle_reference(&mut self, reference: &Reference, done: Referred) {
        let id = &reference.subject.id;
        if let (Some(link), Some(written)) = (self.job.links.get_mut(id), done.written) {
            match written {
                Written::Manager(manager) => link.manager = manager,
                Written::Members(members) => link.members = members,
            }
        }
        match done.row {
            Ok(row) => {
                self.judge(&reference.subject, Part::References, &row);
                self.count(&row);
                self.observer.record(row);
            }
            Err(requests) => {
                self.job.release(id, Part::References);
                self.summary.requests += requests;
            }
        }
    }

    /// Holds back what failed, and lets go of what did not.
    fn judge(&mut self, subject: &Subject, part: Part, row: &Entry) {
        let fault = row.fault.as_ref().filter(|_| row.status == Status::Failure);
        let Some(fault) = fault else {
            self.job.release(&subject.id, part);
            return;
        };
        if fault.of_target {
            self.abort.get_or_insert_with(|| fault.clone());
        }
        let now = self.summary.began;
        let escrow = Escrow {
            object: subject.id.clone(),
            kind: subject.kind,
            part,
            name: subject.name.clone(),
            first_failed: now,
            retries: 0,
            due: now,
            fault: fault.clone(),
        };
        if self.job.hold_back(escrow, now) {
            self.given_up = Some(format!("{} could not be provisioned for 28 days.", subject.name));
        }
    }

    fn count(&mut self, row: &Entry) {
        let summary = &mut self.summary;
        summary.requests += row.exchanges.len() as u64;
        let counter = match (row.status, row.action) {
            (Status::Failure, _) => &mut summary.failed,
            (Status::Skipped | Status::Warning, _) | (_, Action::Other | Action::StagedDelete) => {
                &mut summary.skipped
            }
            (Status::Success, Action::Create) => &mut summary.created,
            (Status::Success, Action::Update) => &mut summary.updated,
            (Status::Success, Action::Disable) => &mut summary.disabled,
            (Status::Success, Action::Delete) => &mut summary.deleted,
        };
        *counter += 1;
    }

    pub(super) fn progress(&mut self, phase: Phase, done: u64, total: u64) {
        if self.observer.progress(Progress { phase, done, total }).is_break() {
            self.stopped = true;
        }
    }

    fn is_over(&self) -> bool {
        self.stopped || self.abort.is_some()
    }
}
