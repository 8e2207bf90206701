//! Those who go: disabled, or deleted.

use super::Surroundings;
use super::job::Link;
use super::objects::{Linking, Turn};
use super::record::{Ending, Subject, Trail};
use super::standing::Standing;
use crate::fault::{Asked, Fault};
use crate::log::{Action, Modified, Status, StepKind};
use crate::persona::{Activation, Removal};
use crate::wire::Kind;

impl Surroundings<'_> {
    /// Somebody who left the scope, was disabled, or is in the recycle bin.
    pub(super) fn leave(
        &self,
        subject: &Subject,
        standing: &Standing,
        link: &Link,
        trail: &mut Trail,
    ) -> Turn {
        let is_deleted = subject.kind == Kind::Group || self.persona.users.leaving == Removal::Delete;
        if is_deleted {
            return self.remove(subject, link, standing.reason(), trail);
        }
        let description = format!(
            "User '{}' will be disabled: {}",
            subject.reportable,
            standing.reason()
        );
        trail.step(
            "EntrySynchronizationUpdate",
            StepKind::Processing,
            Status::Success,
            description,
        );
        match self.disable(link, trail) {
            Ok(()) => {
                trail.modified.push(Modified {
                    name: "active".to_owned(),
                    old: Some("True".to_owned()),
                    new: Some("False".to_owned()),
                });
                let description = format!(
                    "User '{}' was disabled in {}",
                    subject.reportable, self.persona.target_system
                );
                trail.step(
                    "EntryExportUpdate",
                    StepKind::Export,
                    Status::Success,
                    description,
                );
                Turn {
                    linking: Linking::Linked(Link {
                        active: false,
                        ..link.clone()
                    }),
                    ..Turn::new(Ending::new(
                        Action::Disable,
                        Status::Success,
                        Some(link.target_id.clone()),
                    ))
                }
            }
            Err(fault) => self.failed(subject, link, Action::Disable, fault, trail),
        }
    }

    /// Somebody who was removed for good.
    pub(super) fn purge(&self, subject: &Subject, link: Option<&Link>, trail: &mut Trail) -> Turn {
        let reason = "The object was removed for good at the source.";
        match link {
            Some(link) => self.remove(subject, link, reason, trail),
            None => Turn::new(Ending::skipped(
                "NotEffectivelyEntitled",
                reason,
                "Nothing; it is in no target.",
                None,
            )),
        }
    }

    fn disable(&self, link: &Link, trail: &mut Trail) -> Result<(), Fault> {
        let current = match self.persona.users.active {
            Activation::Put => self.read(Kind::User, &link.target_id, trail)?,
            _ => serde_json::Value::Null,
        };
        let request = self.writer().activate(&link.target_id, false, &current);
        self.ask(&request, Asked::Linked, trail).map(drop)
    }

    fn remove(&self, subject: &Subject, link: &Link, reason: &str, trail: &mut Trail) -> Turn {
        let (kind, target) = (subject.kind.name(), &self.persona.target_system);
        let description = format!("{kind} '{}' will be deleted: {reason}", subject.reportable);
        trail.step(
            "EntrySynchronizationDelete",
            StepKind::Processing,
            Status::Success,
            description,
        );
        let request = self.writer().delete(subject.kind, &link.target_id);
        let id = Some(link.target_id.clone());
        let gone = match self.exchange(&request, trail) {
            Ok(answer) if answer.is_success() => {
                format!("{kind} '{}' was deleted from {target}", subject.reportable)
            }
            // Somebody else was quicker, and what was wanted is so.
            Ok(answer) if answer.status == 404 => {
                format!("{kind} '{}' was gone from {target} already", subject.reportable)
            }
            Ok(answer) => {
                let fault = Fault::refused(&answer, Asked::Linked);
                return self.failed(subject, link, Action::Delete, fault, trail);
            }
            Err(error) => return self.failed(subject, link, Action::Delete, Fault::no_answer(&error), trail),
        };
        trail.step("EntryExportDelete", StepKind::Export, Status::Success, gone);
        Turn {
            linking: Linking::Unlinked,
            ..Turn::new(Ending::new(Action::Delete, Status::Success, id))
        }
    }

    fn failed(
        &self,
        subject: &Subject,
        link: &Link,
        action: Action,
        fault: Fault,
        trail: &mut Trail,
    ) -> Turn {
        let verb = if action == Action::Delete {
            "delete"
        } else {
            "disable"
        };
        let name = if action == Action::Delete {
            "EntryExportDelete"
        } else {
            "EntryExportUpdate"
        };
        let target = &self.persona.target_system;
        let description = format!(
            "Failed to {verb} '{}' in {target}: {}",
            subject.reportable, fault.reason
        );
        trail.step(name, StepKind::Export, Status::Failure, description);
        Turn::new(Ending::failure(action, fault, Some(link.target_id.clone())))
    }
}
