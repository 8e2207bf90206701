//! The second pass: managers and members, once both ends are in the target.

use std::collections::BTreeSet;

use super::Surroundings;
use super::job::{Job, Link};
use super::record::{Ending, Subject, Trail};
use super::standing::{Assignments, Object};
use crate::fault::{Asked, Fault};
use crate::log::{Action, Modified, Status, StepKind};
use crate::organisation::{Group, ObjectId, Person};
use crate::persona::{ManagerForm, MemberForm};
use crate::wire::{Kind, Member, MemberChange};

/// Members named one by one in a row of the log; of more only the number.
const NAMED: usize = 50;

/// A reference to be written.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) subject: Subject,
    /// The target's id of the object that refers.
    pub(super) target_id: String,
    pub(super) to: To,
    /// Whether the target is asked first whether it has it.
    pub(super) ask_first: bool,
    /// Referred-to objects that are to be in the target and are not: these are tried again.
    pub(super) missing: Vec<String>,
    /// Those that are not to be there: they are passed over until something changes.
    pub(super) passed_over: Vec<String>,
}

/// What is referred to.
#[derive(Debug, Clone)]
pub(super) enum To {
    /// A manager, or nobody any more.
    Manager(Option<(ObjectId, Member)>),
    /// Members.
    Members {
        add: Vec<(ObjectId, Member)>,
        remove: Vec<Member>,
        all: Vec<(ObjectId, Member)>,
    },
}

/// What the link remembers of a reference that was written.
#[derive(Debug)]
pub(super) enum Written {
    Manager(Option<ObjectId>),
    Members(BTreeSet<ObjectId>),
}

/// Looks up what references need.
pub(super) struct Lookup<'a> {
    pub(super) job: &'a Job,
    pub(super) around: &'a Surroundings<'a>,
    pub(super) assigned: &'a Assignments<'a>,
    /// Whether all references are looked at, or only those that are not as they were written.
    pub(super) all: bool,
    /// Objects that were made in this cycle.
    pub(super) new: &'a BTreeSet<ObjectId>,
}

impl Lookup<'_> {
    /// The reference that an object's manager or members need, if any.
    pub(super) fn reference(&self, id: &ObjectId) -> Option<Reference> {
        let link = self.job.links.get(id)?;
        let object = self.around.object(id)?;
        self.around.rules.reference(object.kind())?;
        if !self.around.standing(object, self.assigned).is_entitled() {
            return None;
        }
        match object {
            Object::Person(person) => self.manager(person, object.subject(), link),
            Object::Group(group) => self.members(group, object.subject(), link),
        }
    }

    fn manager(&self, person: &Person, subject: Subject, link: &Link) -> Option<Reference> {
        let is_written = link.manager == person.manager && !self.all;
        let has_none = person.manager.is_none() && link.manager.is_none();
        if is_written || has_none || self.around.persona.users.manager == ManagerForm::Never {
            return None;
        }
        let mut reference = Reference {
            subject,
            target_id: link.target_id.clone(),
            to: To::Manager(None),
            ask_first: self.around.persona.users.check_manager,
            missing: Vec::new(),
            passed_over: Vec::new(),
        };
        if let Some(manager) = &person.manager {
            match self.member(manager) {
                Ok(member) => reference.to = To::Manager(Some((manager.clone(), member))),
                Err(missing) => missing.into_lists(&mut reference),
            }
        }
        Some(reference)
    }

    fn members(&self, group: &Group, subject: Subject, link: &Link) -> Option<Reference> {
        let is_there = |id: &&ObjectId| {
            let person = self.around.organisation.people.get(id);
            person.is_some_and(|person| person.deleted.is_none())
        };
        let mut reference = Reference {
            subject,
            target_id: link.target_id.clone(),
            to: To::Manager(None),
            ask_first: self.around.persona.groups.check_members && !self.new.contains(&group.id),
            missing: Vec::new(),
            passed_over: Vec::new(),
        };
        let mut all = Vec::new();
        for id in group.members.iter().filter(is_there) {
            match self.member(id) {
                Ok(member) => all.push((id.clone(), member)),
                Err(missing) => missing.into_lists(&mut reference),
            }
        }
        let wanted: BTreeSet<&ObjectId> = all.iter().map(|(id, _)| id).collect();
        let gone = link.members.iter().filter(|id| !wanted.contains(id));
        let remove: Vec<Member> = gone.filter_map(|id| self.member(id).ok()).collect();
        let is_new = |(id, _): &&(ObjectId, Member)| self.all || !link.members.contains(id);
        let add: Vec<(ObjectId, Member)> = all.iter().filter(is_new).cloned().collect();
        let nothing = add.is_empty() && remove.is_empty() && reference.missing.is_empty();
        if nothing && reference.passed_over.is_empty() {
            return None;
        }
        reference.to = To::Members { add, remove, all };
        Some(reference)
    }

    /// A person as the target knows it.
    fn member(&self, id: &ObjectId) -> Result<Member, Missing> {
        let object = self.around.object(id);
        let name = object.map(|object| object.subject().reportable);
        if let Some(link) = self.job.links.get(id) {
            return Ok(Member {
                id: link.target_id.clone(),
                display: name.unwrap_or_else(|| link.name.clone()),
            });
        }
        let is_entitled =
            object.is_some_and(|object| self.around.standing(object, self.assigned).is_entitled());
        let name = name.unwrap_or_else(|| id.0.clone());
        Err(Missing { name, is_entitled })
    }
}

/// A referred-to object that is not in the target.
struct Missing {
    name: String,
    is_entitled: bool,
}

impl Missing {
    fn into_lists(self, reference: &mut Reference) {
        let list = if self.is_entitled {
            &mut reference.missing
        } else {
            &mut reference.passed_over
        };
        list.push(self.name);
    }
}

impl Surroundings<'_> {
    /// Writes a reference. Returns how it ended, none if there was nothing to say, and what the link
    /// is to remember.
    pub(super) fn refer(
        &self,
        reference: &Reference,
        trail: &mut Trail,
    ) -> (Option<Ending>, Option<Written>) {
        let result = match &reference.to {
            To::Manager(manager) => self.refer_to_manager(reference, manager.as_ref(), trail),
            To::Members { add, remove, all } => self.refer_to_members(reference, add, remove, all, trail),
        };
        let id = Some(reference.target_id.clone());
        let (sent, written) = match result {
            Ok(done) => done,
            Err(fault) => {
                let description = format!(
                    "Failed to write references of '{}': {}",
                    reference.subject.reportable, fault.reason
                );
                trail.step(
                    "EntryExportUpdate",
                    StepKind::ReferenceResolution,
                    Status::Failure,
                    description,
                );
                return (Some(Ending::failure(Action::Update, fault, id)), None);
            }
        };
        self.tell_missing(reference, trail);
        let unresolved = |status| Ending {
            action: Action::Update,
            status,
            fault: Some(unresolved(reference)),
            target_id: id.clone(),
        };
        let ending = if !reference.missing.is_empty() {
            Some(unresolved(Status::Failure))
        } else if !reference.passed_over.is_empty() {
            Some(unresolved(Status::Warning))
        } else {
            sent.then(|| Ending::new(Action::Update, Status::Success, id.clone()))
        };
        (ending, written)
    }

    fn tell_missing(&self, reference: &Reference, trail: &mut Trail) {
        let what = match reference.subject.kind {
            Kind::User => "manager",
            Kind::Group => "members",
        };
        let names = reference.missing.iter().chain(&reference.passed_over).take(NAMED);
        for name in names {
            let description = format!(
                "'{name}' was not assigned as the {what}, since it is not in {}",
                self.persona.target_system
            );
            trail.step(
                "EntryImportReference",
                StepKind::ReferenceResolution,
                Status::Skipped,
                description,
            );
        }
    }

    fn refer_to_manager(
        &self,
        reference: &Reference,
        manager: Option<&(ObjectId, Member)>,
        trail: &mut Trail,
    ) -> Result<(bool, Option<Written>), Fault> {
        let user = reference.target_id.as_str();
        let Some(mapped) = self.rules.reference(Kind::User) else {
            return Ok((false, None));
        };
        // A manager who is not there leaves the target as it is.
        if manager.is_none() && !(reference.missing.is_empty() && reference.passed_over.is_empty()) {
            return Ok((false, None));
        }
        if let Some((id, member)) = manager.filter(|_| reference.ask_first) {
            let request = self.writer().manager_check(user, &member.id);
            if !self.find(Kind::User, &request, trail)?.is_empty() {
                return Ok((false, Some(Written::Manager(Some(id.clone())))));
            }
        }
        let current = match self.persona.users.manager {
            ManagerForm::Put => self.read(Kind::User, user, trail)?,
            _ => serde_json::Value::Null,
        };
        let request = match manager {
            Some((_, member)) => {
                self.writer()
                    .set_manager(user, &member.id, mapped, self.target.base(), &current)
            }
            None => self.writer().clear_manager(user, mapped, &current),
        };
        let Some(request) = request else {
            return Ok((false, None));
        };
        self.ask(&request, Asked::Linked, trail)?;
        trail.modified.push(Modified {
            name: mapped.to_string(),
            old: None,
            new: manager.map(|(_, member)| member.display.clone()),
        });
        self.told(reference, "The manager was written", trail);
        Ok((true, Some(Written::Manager(manager.map(|(id, _)| id.clone())))))
    }

    fn refer_to_members(
        &self,
        reference: &Reference,
        add: &[(ObjectId, Member)],
        remove: &[Member],
        all: &[(ObjectId, Member)],
        trail: &mut Trail,
    ) -> Result<(bool, Option<Written>), Fault> {
        let group = reference.target_id.as_str();
        let written = Some(Written::Members(all.iter().map(|(id, _)| id.clone()).collect()));
        let mut joining = Vec::new();
        for (_, member) in add {
            if !reference.ask_first || !self.has_member(group, member, trail)? {
                joining.push(member.clone());
            }
        }
        if joining.is_empty() && remove.is_empty() {
            return Ok((false, written));
        }
        let current = match self.persona.groups.members {
            MemberForm::Put => self.read(Kind::Group, group, trail)?,
            _ => serde_json::Value::Null,
        };
        let all: Vec<Member> = all.iter().map(|(_, member)| member.clone()).collect();
        let change = MemberChange {
            add: &joining,
            remove,
            all: &all,
        };
        for request in self
            .writer()
            .change_members(group, &reference.subject.name, change, &current)
        {
            self.ask(&request, Asked::Linked, trail)?;
        }
        modify_members(&joining, remove, trail);
        let (joined, left) = (joining.len(), remove.len());
        self.told(
            reference,
            &format!("{joined} members were added and {left} removed"),
            trail,
        );
        Ok((true, written))
    }

    fn has_member(&self, group: &str, member: &Member, trail: &mut Trail) -> Result<bool, Fault> {
        let request = self.writer().member_check(group, &member.id);
        Ok(!self.find(Kind::Group, &request, trail)?.is_empty())
    }

    fn told(&self, reference: &Reference, what: &str, trail: &mut Trail) {
        let description = format!(
            "{what}: '{}' in {}",
            reference.subject.reportable, self.persona.target_system
        );
        trail.step(
            "EntryExportUpdate",
            StepKind::ReferenceResolution,
            Status::Success,
            description,
        );
    }
}

fn modify_members(joining: &[Member], leaving: &[Member], trail: &mut Trail) {
    let modified = |old, new| Modified {
        name: "members".to_owned(),
        old,
        new,
    };
    for member in joining.iter().take(NAMED) {
        trail.modified.push(modified(None, Some(member.display.clone())));
    }
    for member in leaving.iter().take(NAMED) {
        trail.modified.push(modified(Some(member.display.clone()), None));
    }
    let more = joining.len().saturating_sub(NAMED) + leaving.len().saturating_sub(NAMED);
    if more > 0 {
        trail
            .modified
            .push(modified(None, Some(format!("and {more} more"))));
    }
}

fn unresolved(reference: &Reference) -> Fault {
    let (reason, recommended) = if reference.missing.is_empty() {
        (
            "somebody referred to is not in scope",
            "Bring them into scope; then change the reference or restart.",
        )
    } else {
        (
            "somebody referred to is to be in the target and is not yet",
            "Mend what keeps them out; this is tried again.",
        )
    };
    let names: Vec<&str> = reference
        .missing
        .iter()
        .chain(&reference.passed_over)
        .map(String::as_str)
        .take(3)
        .collect();
    Fault::new(
        "UnableToResolveReferenceAttributeValue",
        format!(
            "A reference could not be written, since {reason}: {}.",
            names.join(", ")
        ),
        recommended,
    )
}
