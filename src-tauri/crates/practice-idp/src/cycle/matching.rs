//! Finding an object in the target.

use serde_json::Value as Json;

use super::Surroundings;
use super::record::{Subject, Trail};
use super::rules::Key;
use crate::fault::Fault;
use crate::log::{Status, StepKind};

/// An object of the target.
pub(super) struct Found {
    pub(super) id: String,
    pub(super) current: Json,
}

impl Surroundings<'_> {
    /// Asks for one matching attribute after the other, until one finds something.
    pub(super) fn search(
        &self,
        subject: &Subject,
        keys: &[Key],
        trail: &mut Trail,
    ) -> Result<Option<Found>, Fault> {
        for key in keys {
            let request = self.writer().search(subject.kind, &key.attribute, &key.value);
            let mut found = self.find(subject.kind, &request, trail)?;
            if found.len() > 1 {
                return Err(Fault::new(
                    "DuplicateTargetEntries",
                    format!(
                        "{} objects of the target have the {} {}.",
                        found.len(),
                        key.attribute,
                        key.value
                    ),
                    "Make the value unique in the target, or match by another attribute.",
                ));
            }
            let description = |what: &str| {
                format!(
                    "{what} of {} with {} = {}",
                    self.persona.target_system, key.attribute, key.value
                )
            };
            if let Some(current) = found.pop() {
                let id = id_of(&current)?;
                trail.step(
                    "EntryImport",
                    StepKind::Matching,
                    Status::Success,
                    description("Found an object"),
                );
                return Ok(Some(Found { id, current }));
            }
            trail.step(
                "EntryImport",
                StepKind::Matching,
                Status::Success,
                description("Found no object"),
            );
        }
        Ok(None)
    }
}

/// The id that the target gave an object (RFC 7643 §3.1).
pub(super) fn id_of(resource: &Json) -> Result<String, Fault> {
    let id = resource
        .get("id")
        .and_then(Json::as_str)
        .filter(|id| !id.is_empty());
    id.map(str::to_owned)
        .ok_or_else(|| Fault::incompatible("The target returned an object without an id."))
}
