//! What a cycle asks the attribute mappings and scoping filters.

use serde_json::Value as Json;

use crate::value::Source;
use crate::wire::{Attribute, Change, Kind, Path};

/// What may be done to the objects of a mapping (*Target object actions*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actions {
    /// Whether objects are created.
    pub create: bool,
    /// Whether objects are changed.
    pub update: bool,
    /// Whether objects are disabled and deleted.
    pub delete: bool,
}

/// What an object is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The target attribute, as a filter names it.
    pub attribute: String,
    /// Its value; empty if the source has none.
    pub value: String,
}

/// What a clause of a scoping filter came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// As Entra's log writes it: `Filter.department EQUALS 'Sales'`.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
}

/// The attribute mappings and scoping filters.
pub trait Rules: Sync {
    /// Whether objects of this kind are provisioned at all.
    fn is_enabled(&self, kind: Kind) -> bool;

    /// What may be done to them.
    fn actions(&self, kind: Kind) -> Actions;

    /// Whether the scoping filters let an object in, and what each of their clauses came to.
    fn scope(&self, kind: Kind, source: &dyn Source) -> (bool, Vec<Clause>);

    /// The matching attributes, in ascending precedence; at least one.
    fn keys(&self, kind: Kind, source: &dyn Source) -> Result<Vec<Key>, String>;

    /// The matching attribute of the first precedence, for a probe.
    fn first_key(&self, kind: Kind) -> String;

    /// The attributes of a new object, references excepted; empty values are not among them.
    fn new_object(&self, kind: Kind, source: &dyn Source) -> Result<Vec<Attribute>, String>;

    /// What an object of the target is to change, references excepted.
    fn changes(&self, kind: Kind, source: &dyn Source, current: &Json) -> Result<Vec<Change>, String>;

    /// The target attribute of the manager or of the members; none if it is not mapped.
    fn reference(&self, kind: Kind) -> Option<Path>;

    /// Whether `active` is mapped: without it nobody can be disabled.
    fn writes_active(&self) -> bool;
}
