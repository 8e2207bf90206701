//! Storing the rows of a report, and removing them when they are old.

use jiff::Timestamp;

use super::{Reports, Row, newest_with_plan};
use crate::error::Result;
use crate::store::{Key, Space, Store};
use crate::sync::Run;

/// Rows stored in one turn.
const ROWS_AT_ONCE: usize = 2_000;

/// Stores the rows of a report, before its run is closed; until then nobody reads them.
pub(crate) fn put_rows(store: &Store, run: u64, rows: &[Row], progress: &dyn Fn(u64)) -> Result<()> {
    for (part, chunk) in rows.chunks(ROWS_AT_ONCE).enumerate() {
        let first = (part * ROWS_AT_ONCE) as u64;
        progress(first);
        store.write(|turn| {
            for (place, row) in chunk.iter().enumerate() {
                turn.put(
                    &Key::numbered_pair(Space::ReportRow, run, first + place as u64),
                    row,
                )?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Removes the rows of a report, and what is kept to undo it, by their keys alone: one that does
/// not read goes, too.
pub(crate) fn remove_rows(store: &Store, run: u64) -> Result<()> {
    remove_places(store, Space::Before, run)?;
    remove_places(store, Space::ReportRow, run)
}

fn remove_places(store: &Store, space: Space, run: u64) -> Result<()> {
    let Some((first, last)) = store.ends(&Key::numbered(space, run))? else {
        return Ok(());
    };
    let mut place = first;
    while place <= last {
        let end = last.min(place.saturating_add(ROWS_AT_ONCE as u64 - 1));
        store.write(|turn| {
            (place..=end).for_each(|place| turn.remove(&Key::numbered_pair(space, run, place)));
            Ok(())
        })?;
        place = end.saturating_add(1);
    }
    Ok(())
}

/// Removes the rows, not the runs, of reports older than `oldest`. What the next report is
/// compared with, and what turning Test Mode off shows, stays.
pub(crate) fn prune_rows(store: &Store, oldest: Timestamp) -> Result<()> {
    let newest_plan = newest_with_plan(store, None)?.map(|run| run.id);
    let newest_test = Reports { store }.newest_in_test_mode()?.map(|run| run.id);
    for entry in store.scan::<Run>(&Key::all(Space::Run)) {
        let (_, mut run) = entry?;
        if run.started >= oldest {
            break;
        }
        if run.finished.is_none() || [newest_plan, newest_test].contains(&Some(run.id)) {
            continue;
        }
        if !run.rows_removed {
            run.rows_removed = true;
            store.write(|turn| turn.put(&Key::numbered(Space::Run, run.id), &run))?;
        }
        // Also for one whose removal a crash broke off.
        remove_rows(store, run.id)?;
    }
    Ok(())
}
