//! Prevention of accidental deletions: a cycle that would disable or delete more than the threshold
//! does the rest and lets these wait to be allowed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Surroundings;
use super::job::Job;
use super::plan::Task;
use super::record::{Ending, Trail};
use crate::log::{Action, Status, StepKind};
use crate::wire::Kind;

/// A disable or delete that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Staged {
    /// User or group.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Since when it waits.
    pub since: Timestamp,
}

/// Takes the disables and deletes out of the tasks if they are too many.
pub(super) fn stage(job: &Job, around: &Surroundings<'_>, tasks: &mut Vec<Task>) -> Vec<Task> {
    let count = tasks.iter().filter(|task| task.is_deletion()).count() as u64;
    let is_too_many = around
        .settings
        .deletion_threshold
        .is_some_and(|threshold| count > threshold);
    if !is_too_many || job.deletes_allowed {
        return Vec::new();
    }
    let (staged, rest) = std::mem::take(tasks).into_iter().partition(Task::is_deletion);
    *tasks = rest;
    staged
}

/// Remembers what is staged now. What was staged before and is not any more is forgotten.
pub(super) fn remember(job: &mut Job, staged: &[Task], now: Timestamp) {
    let before = std::mem::take(&mut job.staged);
    let one = |task: &Task| {
        let since = before.get(&task.subject.id).map_or(now, |before| before.since);
        let staged = Staged {
            kind: task.subject.kind,
            name: task.subject.name.clone(),
            since,
        };
        (task.subject.id.clone(), staged)
    };
    job.staged = staged.iter().map(one).collect::<BTreeMap<_, _>>();
}

/// How a staged object's row ends.
pub(super) fn ending(around: &Surroundings<'_>, task: &Task, trail: &mut Trail) -> Ending {
    let threshold = around.settings.deletion_threshold.unwrap_or_default();
    let description = format!(
        "'{}' would be disabled or deleted, but this cycle has more of these than the threshold of {threshold} allows",
        task.subject.reportable
    );
    trail.step(
        "EntrySynchronizationStagedDelete",
        StepKind::Processing,
        Status::Skipped,
        description,
    );
    let id = task.link.as_ref().map(|link| link.target_id.clone());
    let skipped = Ending::skipped(
        "TooManyDeletes",
        "The disable or delete waits to be allowed.",
        "Allow the deletes, or reject them, mend the assignments and restart.",
        id,
    );
    Ending {
        action: Action::StagedDelete,
        ..skipped
    }
}
