//! What a sync writes into the log: one event for the run, and one for each object it touched.
//!
//! In Test Mode an object is logged when it is new in the report, not again at every sync: a
//! provider that calls every 40 minutes would else fill the log with the same sentence.

use crate::journal::{Event, EventKind, Status, Step, TEST_MODE};
use crate::plan::render::counted;
use crate::plan::{Change, Held, Notice, Target};
use crate::reports::{Entry, Row};
use crate::sync::{Run, RunStatus};

/// Who writes these events.
const SOURCE: &str = "SCIM Desk";

/// The events of some rows of a run, in their order; one by one, for a first sync has as many as
/// there are people.
pub(super) fn of_rows<'a>(run: &'a Run, rows: &'a [Row]) -> impl Iterator<Item = Event> + 'a {
    rows.iter()
        .filter(|row| run.applied || row.is_new)
        .map(|row| of_row(run, row))
}

/// The event of the run itself, behind those of its rows.
pub(super) fn of_whole(run: &Run) -> Event {
    let at = run.finished.unwrap_or(run.started);
    let mut event = Event::new(EventKind::Sync, at, "Sync", SOURCE);
    event.sync = Some(run.id);
    event.identity = format!("Sync {}", run.id);
    event.status = match &run.status {
        RunStatus::Failed(_) => Status::Failure,
        RunStatus::Skipped(_) => Status::Skipped,
        RunStatus::Stopped(_) => Status::Warning,
        _ => Status::Success,
    };
    event.reason = match run.status.reason() {
        Some(reason) => reason.to_owned(),
        None if run.test_mode => format!("{} Test Mode is on: nothing was changed.", run.summary()),
        None => run.summary(),
    };
    let elapsed = at.duration_since(run.started).as_micros();
    event.duration_us = u64::try_from(elapsed).unwrap_or_default();
    event.steps = vec![
        Step::new(
            "Import",
            Status::Success,
            format!(
                "Read the directory and the console: {}.",
                counted(run.compared, "object")
            ),
        ),
        Step::new("Plan", Status::Success, run.summary()),
        apply_step(run),
    ];
    event
}

fn of_row(run: &Run, row: &Row) -> Event {
    let at = run.finished.unwrap_or(run.started);
    let mut event = match &row.entry {
        Entry::Change(change) => of_change(run, change),
        Entry::Held(held) => of_held(run, held),
        Entry::Skipped(notice) => of_notice(run, notice, "Skip", Status::Skipped),
        Entry::Warning(notice) => of_notice(run, notice, "Note", Status::Warning),
    };
    event.at = at;
    event.sync = Some(run.id);
    event
}

fn of_change(run: &Run, change: &Change) -> Event {
    let verb = capitalised(change.action.verb());
    let noun = noun(&change.target);
    let mut event = Event::new(EventKind::Sync, run.started, format!("{verb} {noun}"), SOURCE);
    event.identity = match &change.target {
        Target::User { .. } => change.detail.clone(),
        Target::Group { .. } => change.name.clone(),
        Target::Membership { .. } => format!("{} in {}", change.name, change.detail),
    };
    event.target.clone_from(change.target.id());
    let because = change.why.sentence();
    let reason = format!("Because: {because}.");
    (event.status, event.reason) = if run.applied {
        (Status::Success, reason)
    } else {
        (Status::Skipped, format!("{reason} {}", apply_step(run).detail))
    };
    event.modified.clone_from(&change.fields);
    event.steps = vec![
        Step::new("Import", Status::Success, "Read from the directory."),
        Step::new(
            "Scope",
            Status::Success,
            "SCIM is the selected service and the account is not exempt.",
        ),
        Step::new("Match", Status::Success, matched(change)),
        Step::new(
            "Plan",
            Status::Success,
            format!("To {}: {because}.", change.action.verb()),
        ),
        apply_step(run),
    ];
    event
}

fn noun(target: &Target) -> &'static str {
    match target {
        Target::User { .. } => "account",
        Target::Group { .. } => "group",
        Target::Membership { .. } => "membership",
    }
}

fn of_held(run: &Run, held: &Held) -> Event {
    let mut event = of_change(run, &held.change);
    event.action = format!("Hold {}", noun(&held.change.target));
    event.status = Status::Skipped;
    event.reason = format!("Because: {}. {}", held.change.why.sentence(), held.by.sentence());
    event.modified.clear();
    if let Some(last) = event.steps.last_mut() {
        *last = Step::new("Apply", Status::Skipped, held.by.sentence());
    }
    event
}

fn of_notice(run: &Run, notice: &Notice, action: &str, status: Status) -> Event {
    let mut event = Event::new(EventKind::Sync, run.started, action, SOURCE);
    event.identity = if notice.detail.is_empty() {
        notice.name.clone()
    } else {
        notice.detail.clone()
    };
    event.status = status;
    event.reason = format!("{}.", capitalised(&notice.why.sentence()));
    event.steps = vec![
        Step::new("Import", Status::Success, "Read from the directory."),
        Step::new("Match", status, event.reason.clone()),
    ];
    event
}

fn matched(change: &Change) -> String {
    use crate::plan::Action;
    match (change.action, &change.directory) {
        (Action::Create, _) => "Nothing in the console matches.".to_owned(),
        (_, Some(id)) => format!("Matched with the directory object {id}."),
        (_, None) => "No directory object stands behind it.".to_owned(),
    }
}

fn apply_step(run: &Run) -> Step {
    match &run.status {
        _ if run.applied => Step::new("Apply", Status::Success, "The console was changed."),
        RunStatus::Completed if run.test_mode => Step::new("Apply", Status::Skipped, TEST_MODE),
        RunStatus::Completed => Step::new("Apply", Status::Skipped, "There was nothing to change."),
        other => Step::new(
            "Apply",
            Status::Skipped,
            format!("Not applied. {}", other.reason().unwrap_or_default()),
        ),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
