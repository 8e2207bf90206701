//! Matching, creating and changing one object.

use jiff::Timestamp;
use serde_json::Value as Json;

use super::Surroundings;
use super::courier;
use super::job::Link;
use super::matching::{Found, id_of};
use super::record::{Ending, Subject, Trail};
use super::rules::Key;
use super::standing::{Object, Standing};
use crate::fault::{Asked, Fault};
use crate::log::{Action, Status, StepKind};
use crate::persona::Matching;
use crate::wire::{Attribute, Change};

/// What became of an object's link.
#[derive(Debug)]
pub(super) enum Linking {
    /// As before.
    Same,
    /// It is linked so.
    Linked(Link),
    /// It is not linked any more.
    Unlinked,
}

/// How an object's turn ended and what became of its link. The link holds even if the turn failed
/// later: what was found was found.
pub(super) struct Turn {
    pub(super) ending: Ending,
    pub(super) linking: Linking,
    /// Whether the object was made in this turn: then nobody is in it yet.
    pub(super) is_new: bool,
}

impl Turn {
    pub(super) fn new(ending: Ending) -> Self {
        Self {
            ending,
            linking: Linking::Same,
            is_new: false,
        }
    }
}

impl Surroundings<'_> {
    /// The first steps: what was read, and whether it is in scope.
    pub(super) fn introduce(
        &self,
        subject: &Subject,
        standing: &Standing,
        is_linked: bool,
        trail: &mut Trail,
    ) {
        let (name, change) = if is_linked {
            ("EntryImportUpdate", "Update")
        } else {
            ("EntryImportAdd", "Add")
        };
        let source = &self.persona.source_system;
        let kind = subject.kind.name();
        let description = format!(
            "Received {kind} '{}' change of type ({change}) from {source}",
            subject.reportable
        );
        trail.step(name, StepKind::Import, Status::Success, description);
        let is_in = standing.is_entitled();
        trail.step_with(
            "EntrySynchronizationScoping",
            StepKind::Scoping,
            if is_in { Status::Success } else { Status::Skipped },
            format!("Looked whether the {kind} is active, assigned and let in by the scoping filters"),
            standing.details(self.settings.scope),
        );
    }

    /// Somebody who is to be in the target.
    pub(super) fn provision(
        &self,
        object: Object<'_>,
        subject: &Subject,
        link: Option<&Link>,
        trail: &mut Trail,
    ) -> Turn {
        match self.try_provision(object, subject, link, trail) {
            Ok(turn) => turn,
            Err(fault) => {
                let (name, verb) = match link {
                    Some(_) => ("EntryExportUpdate", "change"),
                    None => ("EntryExportAdd", "create or match"),
                };
                let kind = subject.kind.name();
                let description = format!(
                    "Failed to {verb} {kind} '{}': {}",
                    subject.reportable, fault.reason
                );
                trail.step(name, StepKind::Export, Status::Failure, description);
                let action = if link.is_some() {
                    Action::Update
                } else {
                    Action::Create
                };
                Turn::new(Ending::failure(
                    action,
                    fault,
                    link.map(|link| link.target_id.clone()),
                ))
            }
        }
    }

    fn try_provision(
        &self,
        object: Object<'_>,
        subject: &Subject,
        link: Option<&Link>,
        trail: &mut Trail,
    ) -> Result<Turn, Fault> {
        let keys = object.seen(|source| self.rules.keys(subject.kind, source, self.began()));
        let keys = keys.map_err(Fault::of_mapping)?;
        if link.is_none() && keys.is_empty() {
            return Ok(Turn::new(Ending::skipped(
                "ImportSkipped",
                "The matching attribute is empty, so the object cannot be looked up.",
                "Give the object a value for the matching attribute.",
                None,
            )));
        }
        if let Some(link) = link {
            let current = self.read(subject.kind, &link.target_id, trail)?;
            let description = format!(
                "Retrieved '{}' from {}",
                subject.reportable, self.persona.target_system
            );
            trail.step("EntryImport", StepKind::Matching, Status::Success, description);
            let found = Found {
                id: link.target_id.clone(),
                current,
            };
            return Ok(self.change(object, subject, link.clone(), &found, trail));
        }
        if self.persona.matching != Matching::AfterConflict
            && let Some(found) = self.search(subject, &keys, trail)?
        {
            let link = new_link(subject, &found.id);
            return Ok(self.change(object, subject, link, &found, trail));
        }
        self.create(object, subject, &keys, trail)
    }

    fn create(
        &self,
        object: Object<'_>,
        subject: &Subject,
        keys: &[Key],
        trail: &mut Trail,
    ) -> Result<Turn, Fault> {
        if !self.rules.actions(subject.kind).create {
            return Ok(Turn::new(not_allowed("Create", None)));
        }
        let attributes = object.seen(|source| self.rules.new_object(subject.kind, source, self.began()));
        let attributes = attributes.map_err(Fault::of_mapping)?;
        let (kind, target) = (subject.kind.name(), &self.persona.target_system);
        let description = format!("{kind} '{}' will be created in {target}", subject.reportable);
        trail.step(
            "EntrySynchronizationAdd",
            StepKind::Processing,
            Status::Success,
            description,
        );
        let request = self.writer().create(subject.kind, &attributes, &(self.chance)());
        let answer = self
            .exchange(&request, trail)
            .map_err(|error| Fault::no_answer(&error))?;
        if answer.status == 409
            && self.persona.matching == Matching::AfterConflict
            && let Some(found) = self.search(subject, keys, trail)?
        {
            return Ok(self.change(object, subject, new_link(subject, &found.id), &found, trail));
        }
        if !answer.is_success() {
            return Err(Fault::refused(&answer, Asked::New));
        }
        let id = id_of(&courier::object(answer)?)?;
        for attribute in attributes {
            let Attribute {
                path,
                value,
                redacted,
            } = attribute;
            trail.modify(&[Change {
                path,
                before: None,
                after: value,
                redacted,
            }]);
        }
        let description = format!("{kind} '{}' was created in {target}", subject.reportable);
        trail.step("EntryExportAdd", StepKind::Export, Status::Success, description);
        Ok(Turn {
            linking: Linking::Linked(new_link(subject, &id)),
            ending: Ending::new(Action::Create, Status::Success, Some(id)),
            is_new: true,
        })
    }

    /// An object that is there: what differs is changed. It stays linked whatever comes of it.
    fn change(
        &self,
        object: Object<'_>,
        subject: &Subject,
        link: Link,
        found: &Found,
        trail: &mut Trail,
    ) -> Turn {
        let id = Some(found.id.clone());
        let ending = match self.try_change(object, subject, found, trail) {
            Ok(ending) => ending,
            Err(fault) => {
                let kind = subject.kind.name();
                let description = format!(
                    "Failed to change {kind} '{}': {}",
                    subject.reportable, fault.reason
                );
                trail.step(
                    "EntryExportUpdate",
                    StepKind::Export,
                    Status::Failure,
                    description,
                );
                Ending::failure(Action::Update, fault, id)
            }
        };
        // Somebody who could not be switched on again is still off.
        let active = link.active || ending.status != Status::Failure;
        let link = Link {
            name: subject.name.clone(),
            active,
            ..link
        };
        Turn {
            linking: Linking::Linked(link),
            ending,
            is_new: false,
        }
    }

    fn try_change(
        &self,
        object: Object<'_>,
        subject: &Subject,
        found: &Found,
        trail: &mut Trail,
    ) -> Result<Ending, Fault> {
        let changes = object.seen(|source| {
            self.rules
                .changes(subject.kind, source, &found.current, self.began())
        });
        let changes = changes.map_err(Fault::of_mapping)?;
        let id = Some(found.id.clone());
        let (kind, target) = (subject.kind.name(), &self.persona.target_system);
        if changes.is_empty() {
            let description = format!(
                "{kind} '{}' is in {target} as it is at the source",
                subject.reportable
            );
            trail.step(
                "EntrySynchronizationSkip",
                StepKind::Export,
                Status::Skipped,
                description,
            );
            return Ok(redundant(id));
        }
        if !self.rules.actions(subject.kind).update {
            return Ok(not_allowed("Update", id));
        }
        let description = format!("{kind} '{}' will be changed in {target}", subject.reportable);
        trail.step(
            "EntrySynchronizationUpdate",
            StepKind::Processing,
            Status::Success,
            description,
        );
        for request in self.updates(subject, found, &changes) {
            self.ask(&request, Asked::Linked, trail)?;
        }
        trail.modify(&changes);
        let description = format!("{kind} '{}' was changed in {target}", subject.reportable);
        trail.step(
            "EntryExportUpdate",
            StepKind::Export,
            Status::Success,
            description,
        );
        Ok(Ending::new(Action::Update, Status::Success, id))
    }

    /// The requests of an update: where `active` has a form of its own it goes first.
    fn updates(&self, subject: &Subject, found: &Found, changes: &[Change]) -> Vec<crate::wire::Request> {
        let writer = self.writer();
        let is_pathless = self.persona.users.active == crate::persona::Activation::Pathless;
        let (active, rest): (Vec<_>, Vec<_>) = changes
            .iter()
            .cloned()
            .partition(|change| is_pathless && change.path.is_core("active"));
        let mut requests = Vec::new();
        let mut current = found.current.clone();
        for change in active {
            let is_on = crate::wire::is_true(&change.after);
            requests.push(writer.activate(&found.id, is_on, &current));
            if let Some(members) = current.as_object_mut() {
                members.insert("active".to_owned(), Json::Bool(is_on));
            }
        }
        if !rest.is_empty() {
            requests.push(writer.update(subject.kind, &found.id, &rest, &current));
        }
        requests
    }

    /// Somebody who is not to be in the target and is not, or is left alone.
    pub(super) fn skip(standing: &Standing, link: Option<&Link>, trail: &mut Trail) -> Turn {
        let reason = standing.reason();
        trail.step(
            "EntrySynchronizationSkip",
            StepKind::Export,
            Status::Skipped,
            reason.to_owned(),
        );
        Turn::new(Ending::skipped(
            "NotEffectivelyEntitled",
            reason,
            "If this is a surprise, assign the object to the application or change the scoping filter.",
            link.map(|link| link.target_id.clone()),
        ))
    }

    /// When an object's turn began.
    pub(super) fn began(&self) -> Timestamp {
        (self.now)()
    }
}

fn new_link(subject: &Subject, id: &str) -> Link {
    Link {
        kind: subject.kind,
        target_id: id.to_owned(),
        name: subject.name.clone(),
        active: true,
        manager: None,
        members: std::collections::BTreeSet::new(),
    }
}

fn redundant(id: Option<String>) -> Ending {
    Ending::skipped(
        "RedundantExport",
        "The object is the same at the source and in the target.",
        "Nothing; no change is needed.",
        id,
    )
}

fn not_allowed(action: &str, id: Option<String>) -> Ending {
    Ending::skipped(
        "EntrySynchronizationSkipped",
        &format!("The mapping does not allow the action {action}."),
        "Tick the action under Target object actions if it should be done.",
        id,
    )
}
