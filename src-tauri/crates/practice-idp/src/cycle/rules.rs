//! The attribute mappings and scoping filters, made ready for a cycle.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::expression::Context;
use crate::mapping::{
    Actions, Case, Failure, Flow, Flows, Mapping, ObjectMapping, Occasion, TargetPath, diff,
};
use crate::scoping::{self, ScopingFault, Verdict};
use crate::value::Source;
use crate::wire::{Attribute, Change, Kind};

/// What an object is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The target attribute, as a filter names it.
    pub attribute: String,
    /// Its value.
    pub value: String,
}

/// The attribute mappings and scoping filters of an application.
#[derive(Debug)]
pub struct Rules<'a> {
    mapping: &'a Mapping,
    users: scoping::Scope,
    groups: scoping::Scope,
}

/// A scoping filter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} Until then nothing is provisioned.", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
pub struct RulesError(Vec<ScopingFault>);

impl<'a> Rules<'a> {
    /// Makes a mapping ready.
    pub fn new(mapping: &'a Mapping) -> Result<Self, RulesError> {
        Ok(Self {
            mapping,
            users: scoping::Scope::new(&mapping.users.filters).map_err(RulesError)?,
            groups: scoping::Scope::new(&mapping.groups.filters).map_err(RulesError)?,
        })
    }

    fn table(&self, kind: Kind) -> &'a ObjectMapping {
        match kind {
            Kind::User => &self.mapping.users,
            Kind::Group => &self.mapping.groups,
        }
    }

    /// Whether objects of this kind are provisioned at all.
    pub fn is_enabled(&self, kind: Kind) -> bool {
        self.table(kind).enabled
    }

    /// What may be done to them.
    pub fn actions(&self, kind: Kind) -> Actions {
        self.table(kind).actions
    }

    /// Whether the scoping filters let an object in, and what each of their clauses came to.
    pub fn scope(&self, kind: Kind, source: &dyn Source) -> Verdict {
        match kind {
            Kind::User => self.users.evaluate(source),
            Kind::Group => self.groups.evaluate(source),
        }
    }

    /// The matching attributes that have a value, in ascending precedence.
    pub fn keys(&self, kind: Kind, source: &dyn Source, now: Timestamp) -> Result<Vec<Key>, String> {
        let found = self.table(kind).matching_values(source, &context(source, now));
        let found = found.map_err(|failure| sentence(&failure))?;
        let key = |(target, value): (&TargetPath, String)| Key {
            attribute: target.to_string(),
            value,
        };
        Ok(found.into_iter().map(key).collect())
    }

    /// The matching attribute of the first precedence, for a probe.
    pub fn first_key(&self, kind: Kind) -> String {
        let rows = self.table(kind).matching();
        let usual = match kind {
            Kind::User => "userName",
            Kind::Group => "displayName",
        };
        rows.first()
            .map_or_else(|| usual.to_owned(), |row| row.target.to_string())
    }

    /// The attributes of a new object, references excepted; empty values are not among them.
    pub fn new_object(
        &self,
        kind: Kind,
        source: &dyn Source,
        now: Timestamp,
    ) -> Result<Vec<Attribute>, String> {
        let flows = self.flows(kind, source, Occasion::Creation, now)?;
        let attribute = |flow: &Flow<'_>| Attribute {
            path: flow.target().clone(),
            value: flow.json(),
            redacted: flow.redacted,
        };
        Ok(flows.values.iter().map(attribute).collect())
    }

    /// What an object of the target is to change, references excepted.
    pub fn changes(
        &self,
        kind: Kind,
        source: &dyn Source,
        current: &Json,
        now: Timestamp,
    ) -> Result<Vec<Change>, String> {
        let flows = self.flows(kind, source, Occasion::Update, now)?;
        let differences = diff(&flows.values, current, Case::default());
        let change = |difference: &crate::mapping::Difference<'_>| Change {
            path: difference.flow.target().clone(),
            before: difference.current.clone(),
            after: difference.flow.json(),
            redacted: difference.flow.redacted,
        };
        Ok(differences.iter().map(change).collect())
    }

    fn flows(
        &self,
        kind: Kind,
        source: &dyn Source,
        occasion: Occasion,
        now: Timestamp,
    ) -> Result<Flows<'a>, String> {
        // Whoever left is disabled by a request of its own, so that nobody is soft-deleted here.
        let flows = self
            .table(kind)
            .evaluate(source, false, occasion, &context(source, now));
        match flows.failures.first() {
            Some(failure) => Err(sentence(failure)),
            None => Ok(flows),
        }
    }

    /// The target attribute of the manager or of the members; none if it is not mapped.
    pub fn reference(&self, kind: Kind) -> Option<&'a TargetPath> {
        let mut targets = self.table(kind).attributes.iter().map(|row| &row.target);
        targets.find(|target| target.is_reference())
    }

    /// Whether `active` is mapped: without it nobody can be disabled.
    pub fn writes_active(&self) -> bool {
        let mut rows = self.mapping.users.attributes.iter();
        rows.any(|row| row.target.is_core("active"))
    }
}

fn sentence(failure: &Failure<'_>) -> String {
    format!(
        "The mapping to {} has no value here: {}",
        failure.row.target, failure.error
    )
}

/// Random functions give one object the same each time: otherwise it would be changed in every cycle.
fn context(source: &dyn Source, now: Timestamp) -> Context {
    let mut hasher = DefaultHasher::new();
    source.attribute("objectId").text().hash(&mut hasher);
    Context::new(now, hasher.finish())
}
