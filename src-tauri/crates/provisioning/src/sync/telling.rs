//! Writing a run's events into the log: a first part in the turn that ends the run, the rest in
//! turns of their own, so that a sync of everybody needs neither the memory for all of them at once
//! nor keeps requests from the store for long. Where it stands is a record of the store, so what a
//! crash broke off goes on at the next start, from the rows of the report.

use serde::{Deserialize, Serialize};

use super::{Run, events};
use crate::error::Result;
use crate::journal::append;
use crate::reports::Row;
use crate::store::{Key, Space, Store, Transaction};

/// Rows in one turn.
const AT_ONCE: usize = 1_000;

/// A run whose events are not all in the log.
#[derive(Serialize, Deserialize)]
struct Telling {
    run: u64,
    /// The place of the first row that is not.
    next: u64,
}

fn key() -> Key {
    Key::named(Space::Meta, "run being told")
}

/// Writes the first events of a run that ends in this turn.
pub(super) fn begin(turn: &mut Transaction<'_>, run: &Run, rows: &[Row]) -> Result<()> {
    let (first, rest) = rows.split_at(rows.len().min(AT_ONCE));
    part(turn, run, 0, first, rest.is_empty())
}

/// Writes the events that [`begin`] has left. `progress` hears how many rows are done.
pub(super) fn go_on(store: &Store, run: &Run, rows: &[Row], progress: &dyn Fn(u64)) -> Result<()> {
    let parts = rows.len().div_ceil(AT_ONCE);
    for (number, rows) in rows.chunks(AT_ONCE).enumerate().skip(1) {
        let first = (number * AT_ONCE) as u64;
        progress(first);
        store.write(|turn| part(turn, run, first, rows, number + 1 == parts))?;
    }
    Ok(())
}

/// Writes the events that a crash, or a disk that was full, has left unwritten.
pub(crate) fn finish(store: &Store) -> Result<()> {
    while let Some(Telling { run, next }) = store.get(&key())? {
        let found: Option<Run> = store.get(&Key::numbered(Space::Run, run))?;
        let at = |place| Key::numbered_pair(Space::ReportRow, run, place);
        let low = next
            .checked_sub(1)
            .map_or(Key::numbered(Space::ReportRow, run), at);
        let rows = store.between::<Row>(&low, &at(u64::MAX)).take(AT_ONCE);
        let rows = rows.collect::<Result<Vec<_>>>()?;
        store.write(|turn| {
            if let Some(run) = found {
                return part(turn, &run, next, &rows, rows.len() < AT_ONCE);
            }
            turn.remove(&key());
            Ok(())
        })?;
    }
    Ok(())
}

fn part(turn: &mut Transaction<'_>, run: &Run, first: u64, rows: &[Row], is_last: bool) -> Result<()> {
    for mut event in events::of_rows(run, rows) {
        append(turn, &mut event)?;
    }
    if is_last {
        append(turn, &mut events::of_whole(run))?;
        turn.remove(&key());
        return Ok(());
    }
    let next = first + rows.len() as u64;
    turn.put(&key(), &Telling { run: run.id, next })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::journal::Journal;
    use crate::plan::{Counts, Notice, Reason};
    use crate::reports::{Entry, put_rows};

    fn rows(count: usize) -> Vec<Row> {
        let row = |number: usize| Row {
            entry: Entry::Warning(Notice {
                name: format!("person {number}"),
                detail: String::new(),
                why: Reason::GuardRail {
                    sentence: "seen".to_owned(),
                },
            }),
            // One in ten was in the report before, and has no event.
            is_new: !number.is_multiple_of(10),
        };
        (0..count).map(row).collect()
    }

    fn ended_run() -> Run {
        let at = "2026-01-02T03:04:05Z";
        serde_json::from_value(json!({
            "id": 7, "started": at, "finished": at, "trigger": "forced", "service": "SCIM",
            "test_mode": true, "status": "completed", "applied": false,
            "counts": Counts::default(), "compared": 0, "since_previous": null,
        }))
        .unwrap()
    }

    fn told(store: &Store) -> Vec<String> {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let events = Journal { store, now }.newest_first(None);
        let mut told: Vec<String> = events.map(|event| event.unwrap().identity).collect();
        told.reverse();
        told
    }

    #[test]
    fn every_row_is_told_once_wherever_the_telling_was_broken_off() {
        for count in [0, 1, 999, 1_000, 1_001, 2_000, 2_345] {
            let rows = rows(count);
            let run = ended_run();
            let expected: Vec<String> = (0..count)
                .filter(|number| !number.is_multiple_of(10))
                .map(|number| format!("person {number}"))
                .chain([format!("Sync {}", run.id)])
                .collect();
            for parts_before_the_end in 0..3 {
                let dir = tempfile::tempdir().unwrap();
                let store = Store::open(dir.path()).unwrap();
                put_rows(&store, run.id, &rows, &|_| {}).unwrap();
                store
                    .write(|turn| {
                        begin(turn, &run, &rows)?;
                        turn.put(&Key::numbered(Space::Run, run.id), &run)
                    })
                    .unwrap();
                let written = rows.len().min(AT_ONCE * (parts_before_the_end + 1));
                if written < rows.len() && parts_before_the_end > 0 {
                    // As many parts as the process has had time for.
                    let place = (written - AT_ONCE) as u64;
                    let some = &rows[written - AT_ONCE..written];
                    store.write(|turn| part(turn, &run, place, some, false)).unwrap();
                }
                finish(&store).unwrap();
                assert_eq!(
                    told(&store),
                    expected,
                    "{count} rows, {parts_before_the_end} parts"
                );
                assert!(!store.contains(&key()).unwrap());
            }
        }
    }

    #[test]
    fn what_is_told_without_a_break_is_the_same() {
        let rows = rows(2_345);
        let run = ended_run();
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.write(|turn| begin(turn, &run, &rows)).unwrap();
        let progress = std::cell::RefCell::new(Vec::new());
        go_on(&store, &run, &rows, &|done| progress.borrow_mut().push(done)).unwrap();
        assert_eq!(told(&store).len(), 2_110 + 1);
        assert_eq!(*progress.borrow(), [1_000, 2_000]);
        assert!(!store.contains(&key()).unwrap());
    }
}
