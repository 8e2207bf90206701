//! The run that undoes an earlier one: its report and its deed in one turn.

use jiff::Timestamp;

use super::{Run, RunStatus, Trigger, Undoes, pending, telling};
use crate::error::{Error, Result};
use crate::holds::{self, Hold};
use crate::plan::Counts;
use crate::reports::{Row, put_rows, remove_rows};
use crate::settings::Service;
use crate::store::{Key, Space, Store, Transaction};
use crate::undo::Undo;

/// Undoes a run. What is undone for one person is put on hold in the same turn.
pub(crate) fn undo_run(
    store: &Store,
    undo: Undo,
    undoes: Undoes,
    now: &dyn Fn() -> Timestamp,
) -> Result<Run> {
    telling::finish(store)?;
    let mut run = begin(store, undoes, now())?;
    run.counts = undo.plan.counts();
    run.consequences = Some(undo.plan.consequences());
    (run.compared, run.active_accounts) = (undo.plan.compared, undo.plan.active_accounts);
    (run.status, run.applied) = (RunStatus::Completed, true);
    let is_whole = undo.is_whole();
    let (plan, writes) = undo.into_parts();
    let rows = Row::all_of(plan);
    let ended = put_rows(store, run.id, &rows, &|_| {}).and_then(|()| {
        run.finished = Some(now());
        store.write(|turn| {
            writes.apply(turn)?;
            note_undone(turn, &run, &rows, is_whole)?;
            telling::begin(turn, &run, &rows)?;
            turn.put(&Key::numbered(Space::Run, run.id), &run)
        })
    });
    match ended {
        Ok(()) => {
            telling::go_on(store, &run, &rows, &|_| {})?;
            store.settle()?;
        }
        Err(error @ Error::Unfinished { .. }) => return Err(error),
        Err(error) => fail(store, &mut run, &error, now())?,
    }
    Ok(run)
}

/// What is undone for one person is held, so that the next sync does not do it again; of a run that
/// is undone as a whole it is noted.
fn note_undone(turn: &mut Transaction<'_>, run: &Run, rows: &[Row], is_whole: bool) -> Result<()> {
    let Some(undoes) = &run.undoes else { return Ok(()) };
    let earlier = Key::numbered(Space::Run, undoes.run);
    if undoes.person.is_some() {
        for change in rows.iter().filter_map(Row::made) {
            let hold = Hold::of(change, run.id, run.started);
            turn.put(&holds::key_of(&change.target), &hold)?;
        }
    } else if is_whole && let Some(mut undone) = turn.get::<Run>(&earlier)? {
        undone.undone_by = Some(run.id);
        turn.put(&earlier, &undone)?;
    }
    Ok(())
}

fn begin(store: &Store, undoes: Undoes, started: Timestamp) -> Result<Run> {
    store.write(|turn| {
        let counter = Key::named(Space::Meta, "last sync");
        let id = turn.get::<u64>(&counter)?.unwrap_or_default() + 1;
        let run = Run {
            id,
            started,
            finished: None,
            trigger: Trigger::Undo,
            service: Service::Scim,
            test_mode: false,
            status: RunStatus::Processing,
            applied: false,
            held_by_guard_rail: false,
            counts: Counts::default(),
            compared: 0,
            active_accounts: 0,
            consequences: None,
            since_previous: None,
            rows_removed: false,
            undoes: Some(undoes),
            undone_by: None,
            directory_changes: Some(pending::changes(turn)?),
        };
        turn.put(&counter, &id)?;
        turn.put(&Key::numbered(Space::Run, id), &run)?;
        Ok(run)
    })
}

fn fail(store: &Store, run: &mut Run, error: &crate::error::Error, now: Timestamp) -> Result<()> {
    run.status = RunStatus::Failed(format!("{error} Nothing was undone."));
    (run.applied, run.counts, run.finished) = (false, Counts::default(), Some(now));
    (run.consequences, run.compared, run.active_accounts) = (None, 0, 0);
    remove_rows(store, run.id)?;
    store.write(|turn| turn.put(&Key::numbered(Space::Run, run.id), run))?;
    store.settle()
}
