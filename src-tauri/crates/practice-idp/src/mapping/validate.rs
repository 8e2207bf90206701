//! What the portal does not let one save.

use super::{AttributeMapping, Mapping, MappingSource, ObjectMapping};
use crate::expression::Expression;
use crate::scoping::Scope;

/// What keeps a table from being saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingFault {
    /// The table, `User` or `Group`.
    pub object: String,
    /// Which row, from zero; `None` for the table or its scoping filters.
    pub row: Option<usize>,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Mapping {
    /// All that keeps the tables from being saved; nothing if they are fine. The table of groups
    /// counts only if it is switched on.
    pub fn faults(&self) -> Vec<MappingFault> {
        let mut faults = Vec::new();
        if !self.users.enabled {
            faults.push(MappingFault {
                object: self.users.source_object.clone(),
                row: None,
                sentence: "The mapping of users cannot be switched off. Stop provisioning instead."
                    .to_owned(),
            });
        }
        faults.extend(self.users.faults("userName"));
        if self.groups.enabled {
            faults.extend(self.groups.faults("displayName"));
        }
        faults
    }
}

impl ObjectMapping {
    /// The faults of one table, whose resources cannot be without the attribute `required`.
    fn faults(&self, required: &str) -> Vec<MappingFault> {
        let mut faults = Vec::new();
        let mut fault = |row, sentence: String| {
            faults.push(MappingFault {
                object: self.source_object.clone(),
                row,
                sentence,
            });
        };
        if self.matching().is_empty() {
            fault(None, "No attribute matches the objects on both sides. Let at least one do so, usually the user name.".to_owned());
        }
        if !self.attributes.iter().any(|row| row.target.is_core(required)) {
            fault(
                None,
                format!("Nothing is mapped to {required}, which the target needs. Add it."),
            );
        }
        for (index, row) in self.attributes.iter().enumerate() {
            let earlier = self.attributes.get(..index).unwrap_or_default();
            for sentence in row_faults(row, earlier) {
                fault(Some(index), sentence);
            }
        }
        for each in Scope::new(&self.filters).err().into_iter().flatten() {
            fault(None, each.sentence);
        }
        faults
    }
}

/// The faults of a row after those before it.
fn row_faults(row: &AttributeMapping, earlier: &[AttributeMapping]) -> Vec<String> {
    let target = &row.target;
    let rank = row.matching_precedence;
    let mut sentences = Vec::new();
    if earlier.iter().any(|other| other.target.is(target)) {
        sentences.push(format!("{target} is mapped twice. Remove one of the two rows."));
    }
    if rank.is_some() && earlier.iter().any(|other| other.matching_precedence == rank) {
        sentences.push(format!(
            "{target} has the matching precedence of another attribute. Give it another number."
        ));
    }
    if target.is_core("id") {
        sentences.push(
            "The target gives each resource its id, so nothing can be mapped to id. Use externalId."
                .to_owned(),
        );
    }
    if rank == Some(0) {
        sentences.push(format!("The matching precedence of {target} starts at 1."));
    }
    if rank.is_some() && (target.is_reference() || !is_telling(&row.source)) {
        sentences.push(format!(
                "Objects cannot be matched by {target}: it is the same for all, or refers to another object. Choose an attribute that only one object has."
            ));
    }
    sentences.extend(source_fault(row));
    sentences
}

/// Whether a source can tell objects apart.
fn is_telling(source: &MappingSource) -> bool {
    !source.attributes().is_empty()
}

fn source_fault(row: &AttributeMapping) -> Option<String> {
    let target = &row.target;
    match &row.source {
        MappingSource::Direct(name) if name.eq_ignore_ascii_case("appRoleAssignments") => Some(format!(
            "App roles are no plain value, so they cannot flow to {target} directly. Use SingleAppRoleAssignment or AppRoleAssignmentsComplex."
        )),
        MappingSource::Direct(name) if name.trim().is_empty() => Some(format!(
            "{target} has no source attribute. Choose one, or another mapping type."
        )),
        MappingSource::Constant(text) if text.is_empty() => Some(format!(
            "{target} has an empty constant, which never flows. Write a text."
        )),
        MappingSource::Nothing if row.default_if_null.is_empty() => Some(format!(
            "{target} has neither a source nor a default. Give it one of the two."
        )),
        MappingSource::Expression(expression) if target.is_reference() && is_switch(expression) => {
            Some(format!(
                "{target} refers to another object, and Switch does not work with references. Map the attribute directly."
            ))
        }
        _ => None,
    }
}

fn is_switch(expression: &Expression) -> bool {
    expression.function() == "Switch"
}
