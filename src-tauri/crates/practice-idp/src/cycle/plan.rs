//! What a cycle has to do, before anything is sent.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::job::{Job, Link};
use super::record::Subject;
use super::standing::{Assignments, Object, Standing};
use super::{Part, Surroundings};
use crate::organisation::ObjectId;
use crate::persona::Removal;
use crate::wire::Kind;

/// What is to be done with an object.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) subject: Subject,
    pub(super) link: Option<Link>,
    pub(super) what: What,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// Match, create or change.
    Provision(Standing),
    /// It left: disable or delete.
    Leave(Standing),
    /// It was removed for good.
    Purge,
    /// Nothing; it is not to be there and is not, or is left alone.
    Skip(Standing),
}

impl Task {
    /// Whether it would disable or delete something.
    pub(super) fn is_deletion(&self) -> bool {
        matches!(self.what, What::Leave(_) | What::Purge)
    }
}

/// What a cycle looks at.
pub(super) struct Considered {
    pub(super) initial: bool,
    /// Objects, those that are gone included.
    pub(super) objects: BTreeSet<ObjectId>,
    /// Objects whose references alone are looked at.
    pub(super) references: BTreeSet<ObjectId>,
}

/// Everything at first; then what changed since the watermark, what failed and is due, and what
/// waits to be allowed. A stopped cycle goes on with its rest.
pub(super) fn considered(job: &Job, around: &Surroundings<'_>, now: Timestamp) -> Considered {
    let mut objects = BTreeSet::new();
    let mut references = BTreeSet::new();
    let since = match &job.pending {
        Some(pending) => {
            objects.extend(pending.objects.iter().cloned());
            references.extend(pending.references.iter().cloned());
            Some(pending.began)
        }
        None => job.watermark,
    };
    if let Some(since) = since {
        let changes = around.organisation.changed_since(since);
        objects.extend(changes.people.iter().map(|person| person.id.clone()));
        objects.extend(changes.groups.iter().map(|group| group.id.clone()));
        objects.extend(changes.purged.iter().map(|id| (*id).clone()));
    } else {
        objects.extend(around.organisation.people.keys().cloned());
        objects.extend(around.organisation.groups.keys().cloned());
        // Whoever is linked and gone from the source is still to be deleted.
        objects.extend(job.links.keys().cloned());
    }
    objects.extend(job.staged.keys().cloned());
    objects.extend(job.due(now, Part::Object).map(|escrow| escrow.object.clone()));
    references.extend(job.due(now, Part::References).map(|escrow| escrow.object.clone()));
    Considered {
        initial: job.is_initial(),
        objects,
        references,
    }
}

/// The tasks, users before groups. Kinds that are not provisioned have none.
pub(super) fn tasks(job: &Job, around: &Surroundings<'_>, ids: &BTreeSet<ObjectId>) -> Vec<Task> {
    let assigned = around.assignments();
    let mut tasks: Vec<Task> = ids
        .iter()
        .filter_map(|id| task(job, around, &assigned, id))
        .filter(|task| around.rules.is_enabled(task.subject.kind))
        .collect();
    tasks.sort_by_key(|task| task.subject.kind);
    tasks
}

/// What is to be done with one object; none if nobody knows it.
pub(super) fn task(
    job: &Job,
    around: &Surroundings<'_>,
    assigned: &Assignments<'_>,
    id: &ObjectId,
) -> Option<Task> {
    let link = job.links.get(id).cloned();
    let Some(object) = around.object(id) else {
        return link.and_then(|link| purge(around, id, link));
    };
    let standing = around.standing(object, assigned);
    let what = if standing.is_entitled() {
        What::Provision(standing)
    } else if link
        .as_ref()
        .is_some_and(|link| is_left(around, object, &standing, link))
    {
        What::Leave(standing)
    } else {
        What::Skip(standing)
    };
    Some(Task {
        subject: object.subject(),
        link,
        what,
    })
}

/// Whether something is sent about somebody who is linked and no longer entitled.
fn is_left(around: &Surroundings<'_>, object: Object<'_>, standing: &Standing, link: &Link) -> bool {
    let is_left_alone =
        around.settings.skip_out_of_scope_deletions && standing.is_out_of_scope() && standing.is_active;
    let removal = match object.kind() {
        Kind::User => around.persona.users.leaving,
        Kind::Group => Removal::Delete,
    };
    let actions = around.rules.actions(object.kind());
    let is_possible = match removal {
        Removal::Nothing => false,
        Removal::Disable => link.active && around.rules.writes_active() && actions.update,
        Removal::Delete => actions.delete,
    };
    is_possible && !is_left_alone
}

/// Somebody who is gone from the source but not from the target.
fn purge(around: &Surroundings<'_>, id: &ObjectId, link: Link) -> Option<Task> {
    let kind = link.kind;
    let is_sent = kind == Kind::Group || around.persona.users.removal == Removal::Delete;
    let is_allowed = around.rules.actions(kind).delete;
    (is_sent && is_allowed).then(|| Task {
        subject: Subject {
            id: id.clone(),
            kind,
            name: link.name.clone(),
            reportable: link.name.clone(),
        },
        link: Some(link),
        what: What::Purge,
    })
}
