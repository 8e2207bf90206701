//! Undoing a sync: a run of its own, with its own report.

use super::{Engine, Happening, Topic};
use crate::clock::try_lock;
use crate::error::{Error, Result};
use crate::plan::{Change, Notice, Plan, Reason};
use crate::reports::Reports;
use crate::sync::{Run, Undoes, undo_run};
use crate::undo::{Undo, Undoing};

impl Engine {
    /// What undoing a sync would change, and what it would leave: the plan of [`Engine::undo`].
    /// Fails as that does.
    pub fn undo_plan(&self, run: u64, account: Option<&str>) -> Result<Plan> {
        let run = self.undoable(run)?;
        Ok(self.think_undo(&run, account)?.plan)
    }

    /// Takes back what a sync did, for one account or for all. So that the next sync does not do
    /// it again, Test Mode is turned on, or what is taken back for the one account is put on hold.
    /// Objects that were changed since are left as they are; the report says why. Fails with
    /// [`Error::SyncRunning`], [`Error::NotFound`], or [`Error::NotUndoable`].
    pub fn undo(&self, run: u64, account: Option<&str>) -> Result<Run> {
        let Some(_turn) = try_lock(&self.sync_turn) else {
            return Err(Error::SyncRunning);
        };
        let run = self.undoable(run)?;
        let undo = self.think_undo(&run, account)?;
        if undo.plan.is_empty() {
            return Err(nothing_to_undo(run.id, &undo.plan));
        }
        let person = account
            .map(|id| self.account(id).map(|found| found.name()))
            .transpose()?;
        if account.is_none() {
            self.stop_applying()?;
        }
        let undoes = Undoes { run: run.id, person };
        let done = undo_run(&self.store, undo, undoes, &|| self.now());
        for topic in [Topic::Runs, Topic::Accounts, Topic::Logs] {
            self.tell(&Happening::Changed(topic));
        }
        done
    }

    /// Turns Test Mode on: before anything is taken back, so that no sync does it again meanwhile.
    fn stop_applying(&self) -> Result<()> {
        let mut draft = self.settings();
        if !draft.test_mode {
            draft.test_mode = true;
            self.save_settings(&draft)?;
        }
        Ok(())
    }

    fn undoable(&self, id: u64) -> Result<Run> {
        let run = self.reports().get(id)?;
        let why = if let Some(by) = run.undone_by {
            format!("sync {by} has undone it already")
        } else if run.undoes.is_some() {
            "it is an undo itself; release what it put on hold, or turn Test Mode off, and the next sync does it again"
                .to_owned()
        } else if !run.applied {
            "it changed nothing".to_owned()
        } else if run.rows_removed {
            "the rows of its report are no longer kept".to_owned()
        } else {
            return Ok(run);
        };
        Err(Error::NotUndoable { run: id, why })
    }

    fn think_undo(&self, run: &Run, account: Option<&str>) -> Result<Undo> {
        Undo::of(
            &self.store,
            &Undoing {
                run,
                rows: changes_of(self.reports(), run.id)?,
                only: account,
                now: self.now(),
            },
        )
    }
}

/// The changes of a report, each with its place; they come before all other rows.
fn changes_of(reports: Reports<'_>, run: u64) -> Result<Vec<(u64, Change)>> {
    let mut changes = Vec::new();
    for (place, row) in (0..).zip(reports.all_rows(run)?) {
        let row = row?;
        let Some(change) = row.change().filter(|_| row.action().is_some()) else {
            break;
        };
        changes.push((place, change.clone()));
    }
    Ok(changes)
}

fn nothing_to_undo(run: u64, plan: &Plan) -> Error {
    // What is as it was before needs no undoing; what somebody else has changed is the reason.
    let is_left = |one: &&Notice| !matches!(one.why, Reason::AsBefore { .. });
    let mut skipped = plan.skipped.iter();
    let first = skipped.find(is_left).or(plan.skipped.first());
    let why = match first {
        None => "it changed nothing of this".to_owned(),
        Some(first) => format!("{}: {}", first.name, first.why.sentence()),
    };
    Error::NotUndoable { run, why }
}
