//! Provision on demand: one person, or one group with a few of its members, now and step by step.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::job::Job;
use super::plan::{What, task};
use super::probe::probe;
use super::record::Trail;
use super::references::{Lookup, To, Written};
use super::turns::{refer, take_over, turn};
use super::{Part, Surroundings};
use crate::fault::Fault;
use crate::log::{Entry, Exchange, Names, Status, Step, StepKind, graph};
use crate::organisation::ObjectId;

/// Members of a group that can be provisioned with it.
pub const MOST_MEMBERS: usize = 5;

/// Why nothing is provisioned on demand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnDemandError {
    /// The source has no such object.
    #[error(
        "There is nobody with the id {0} at the source, in the recycle bin least of all. Choose somebody else."
    )]
    NotThere(ObjectId),
    /// Too many members.
    #[error(
        "{0} members were chosen; provisioning on demand takes at most {MOST_MEMBERS} at a time. Choose fewer."
    )]
    TooManyMembers(usize),
    /// Somebody was chosen who is no member.
    #[error("{0} is no member of the group. Choose among its members.")]
    NoMember(ObjectId),
    /// The kind is not provisioned.
    #[error("The mapping for this kind of object is not enabled. Enable it first.")]
    NotEnabled,
}

/// What provisioning on demand came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDemand {
    /// The requests of *Test connection*.
    pub tested: Vec<Exchange>,
    /// Why the target cannot be provisioned to; the other steps were not taken then.
    pub untestable: Option<Fault>,
    /// The rows: of the object, then of its manager or members. Empty if the test failed.
    pub rows: Vec<Entry>,
}

/// A step as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownStep {
    /// What it is called.
    pub title: &'static str,
    /// How it ended; none if it was not taken.
    pub status: Option<Status>,
    /// Its parts.
    pub parts: Vec<Step>,
}

/// Provisions one object. Of a group's members only those in `members` are added or removed. The
/// persona in `around` is the one for on demand; the watermark stays where it is.
pub fn on_demand(
    job: &mut Job,
    around: &Surroundings<'_>,
    id: &ObjectId,
    members: &BTreeSet<ObjectId>,
    now: Timestamp,
) -> Result<OnDemand, OnDemandError> {
    let object = around
        .object(id)
        .ok_or_else(|| OnDemandError::NotThere(id.clone()))?;
    if !around.rules.is_enabled(object.kind()) {
        return Err(OnDemandError::NotEnabled);
    }
    require_members(around, id, members)?;
    let (tested, result) = probe(around);
    if let Err(fault) = result {
        return Ok(OnDemand {
            tested,
            untestable: Some(fault),
            rows: Vec::new(),
        });
    }
    let assigned = around.assignments();
    let task = task(job, around, &assigned, id).ok_or_else(|| OnDemandError::NotThere(id.clone()))?;
    let cycle_id = (around.chance)();
    let (turn, row) = turn(around, &cycle_id, &task);
    let (is_new, is_failed) = (turn.is_new, row.status == Status::Failure);
    take_over(job, id, turn.linking);
    if !is_failed {
        job.release(id, Part::Object);
        job.staged.remove(id);
    }
    let mut rows = vec![row];
    if matches!(task.what, What::Provision(_)) && !is_failed {
        let new = if is_new {
            BTreeSet::from([id.clone()])
        } else {
            BTreeSet::new()
        };
        rows.extend(references(job, around, &cycle_id, id, members, &new));
    }
    for row in &mut rows {
        row.at = row.at.max(now);
    }
    Ok(OnDemand {
        tested,
        untestable: None,
        rows,
    })
}

fn require_members(
    around: &Surroundings<'_>,
    id: &ObjectId,
    members: &BTreeSet<ObjectId>,
) -> Result<(), OnDemandError> {
    if members.len() > MOST_MEMBERS {
        return Err(OnDemandError::TooManyMembers(members.len()));
    }
    let group = around.organisation.groups.get(id);
    let stranger = members
        .iter()
        .find(|member| !group.is_some_and(|group| group.members.contains(*member)));
    stranger.map_or(Ok(()), |stranger| Err(OnDemandError::NoMember(stranger.clone())))
}

fn references(
    job: &mut Job,
    around: &Surroundings<'_>,
    cycle_id: &str,
    id: &ObjectId,
    members: &BTreeSet<ObjectId>,
    new: &BTreeSet<ObjectId>,
) -> Option<Entry> {
    let assigned = around.assignments();
    let lookup = Lookup {
        job,
        around,
        assigned: &assigned,
        all: false,
        new,
    };
    let mut reference = lookup.reference(id)?;
    if let To::Members { add, remove, all } = &mut reference.to {
        let known = &job.links.get(id)?.members;
        add.retain(|(id, _)| members.contains(id));
        remove.clear();
        all.retain(|(id, _)| members.contains(id) || known.contains(id));
        if add.is_empty() {
            return None;
        }
    }
    let done = refer(around, cycle_id, &reference);
    if let (Some(link), Some(written)) = (job.links.get_mut(id), done.written) {
        match written {
            Written::Manager(manager) => link.manager = manager,
            Written::Members(members) => link.members.extend(members),
        }
    }
    done.row.ok()
}

impl OnDemand {
    /// The five steps as the page shows them; the first one only if it failed.
    pub fn steps(&self) -> Vec<ShownStep> {
        let titles: [(&'static str, &[StepKind]); 4] = [
            ("Import", &[StepKind::Import]),
            ("Determine if in scope", &[StepKind::Scoping]),
            ("Match between source and target", &[StepKind::Matching]),
            (
                "Perform action",
                &[
                    StepKind::Processing,
                    StepKind::Export,
                    StepKind::ReferenceResolution,
                ],
            ),
        ];
        let mut steps = Vec::new();
        if let Some(fault) = &self.untestable {
            let mut trail = Trail::default();
            trail.step(
                "TestConnection",
                StepKind::Import,
                Status::Failure,
                fault.reason.clone(),
            );
            steps.push(shown("Test connection", trail.steps));
        }
        for (title, kinds) in titles {
            let parts = self.rows.iter().flat_map(|row| &row.steps);
            steps.push(shown(
                title,
                parts.filter(|step| kinds.contains(&step.kind)).cloned().collect(),
            ));
        }
        steps
    }

    /// In the shape that Graph's `provisionOnDemand` answers with; a row each.
    pub fn to_json(&self, names: &Names) -> Json {
        let one = |row: &Entry| {
            let fault = row.fault.as_ref();
            let details = json!({
                "errorCode": fault.map(|fault| &fault.code),
                "errorMessage": fault.map(|fault| &fault.reason),
            });
            let key = json!({ "result": row.status.name(), "details": details });
            json!({ "key": key.to_string(), "value": graph(row, names) })
        };
        self.rows.iter().map(one).collect()
    }
}

fn shown(title: &'static str, parts: Vec<Step>) -> ShownStep {
    let has = |status| parts.iter().any(|part| part.status == status);
    let status = if parts.is_empty() {
        None
    } else if has(Status::Failure) {
        Some(Status::Failure)
    } else if has(Status::Skipped) {
        Some(Status::Skipped)
    } else {
        Some(Status::Success)
    };
    ShownStep { title, status, parts }
}
