//! Attribute mappings: which attribute of a person or a group flows to which attribute of a SCIM
//! resource, when, and how the objects on both sides are matched.
//!
//! A [`Mapping`] has a table for users and one for groups. [`ObjectMapping::evaluate`] computes
//! what would flow for one object, [`diff()`] what of it a resource does not hold yet.
//! [`Mapping::knowbe4`] and [`Mapping::generic`] are the tables an application starts with;
//! [`Mapping::to_json`] and [`Mapping::from_json`] have the shape that Microsoft Graph gives them.

mod defaults;
mod diff;
mod evaluate;
mod graph;
mod source;
mod target;
mod validate;

use serde_json::{Map, Value as Json};

use crate::scoping::ScopingFilter;

pub use defaults::{GENERIC_TARGETS, GROUP_TARGETS, KNOWBE4_TARGETS, TargetAttribute};
pub use diff::{Case, Difference, current, diff};
pub use evaluate::{Failure, Flow, Flows, Occasion};
pub use graph::{Import, ImportError};
pub use source::MappingSource;
pub use target::{Kind, TargetError, TargetFilter, TargetPath};
pub use validate::MappingFault;

/// The URN of the enterprise user, which names users as objects of the target.
pub const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The URN of the core group, which names groups as objects of the target.
pub const CORE_GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// The tables of an application, for users and for groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// What the rule is called in Graph.
    pub name: String,
    /// The directory that objects come from.
    pub source_directory: String,
    /// The application they go to.
    pub target_directory: String,
    /// Users.
    pub users: ObjectMapping,
    /// Groups.
    pub groups: ObjectMapping,
    /// Members of a file that mean nothing here; they are written again as they came.
    pub rest: Map<String, Json>,
}

/// The table of one kind of object.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectMapping {
    /// Whether such objects are provisioned at all.
    pub enabled: bool,
    /// What the table is called.
    pub name: String,
    /// What it maps, `User` or `Group`.
    pub source_object: String,
    /// What it maps to, a URN.
    pub target_object: String,
    /// What may be done in the target.
    pub actions: Actions,
    /// The rows of the table in order.
    pub attributes: Vec<AttributeMapping>,
    /// Who is in scope; without a filter everyone is.
    pub filters: Vec<ScopingFilter>,
    /// Members of a file that mean nothing here.
    pub rest: Map<String, Json>,
}

/// The target object actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actions {
    /// New objects are created.
    pub create: bool,
    /// Objects are updated, and disabled.
    pub update: bool,
    /// Objects are deleted.
    pub delete: bool,
}

impl Default for Actions {
    fn default() -> Self {
        Self {
            create: true,
            update: true,
            delete: true,
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeMapping {
    /// The attribute of the resource.
    pub target: TargetPath,
    /// Where its value comes from.
    pub source: MappingSource,
    /// What flows when an object is created and there is no value; empty for nothing.
    pub default_if_null: String,
    /// The rank among the attributes that objects are matched by, from 1; `None` if it is not one.
    pub matching_precedence: Option<u32>,
    /// When it flows.
    pub apply: Apply,
    /// Members of a file that mean nothing here.
    pub rest: Map<String, Json>,
}

/// When a value flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Apply {
    /// Whenever an object is created or updated.
    #[default]
    Always,
    /// Only when an object is created.
    OnlyDuringCreation,
}

impl AttributeMapping {
    /// A row that always flows, without a default, and does not match.
    pub fn new(target: TargetPath, source: MappingSource) -> Self {
        Self {
            target,
            source,
            default_if_null: String::new(),
            matching_precedence: None,
            apply: Apply::Always,
            rest: Map::new(),
        }
    }
}

impl ObjectMapping {
    /// The rows that objects are matched by, the one to try first at the front.
    pub fn matching(&self) -> Vec<&AttributeMapping> {
        let mut rows: Vec<&AttributeMapping> = self
            .attributes
            .iter()
            .filter(|row| row.matching_precedence.is_some())
            .collect();
        rows.sort_by_key(|row| row.matching_precedence);
        rows
    }
}

#[cfg(test)]
mod tests;
