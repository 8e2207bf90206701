//! Whether somebody is to be in the target, and why not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Surroundings;
use super::record::Subject;
use crate::organisation::{Group, ObjectId, Person};
use crate::value::{Source, Value};
use crate::wire::Kind;

/// Who is provisioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// *Sync only assigned users and groups.*
    #[default]
    Assigned,
    /// *Sync all users and groups.*
    All,
}

/// What an object is like at the source.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Standing {
    /// Not disabled and not in the recycle bin.
    pub(super) is_active: bool,
    /// Assigned, directly or through a group.
    pub(super) is_assigned: bool,
    /// Assignment does not matter, or it is assigned.
    pub(super) in_scope: bool,
    /// The scoping filters let it in.
    pub(super) passes: bool,
    /// What their clauses came to.
    pub(super) clauses: Vec<(String, bool)>,
}

impl Standing {
    /// Whether it is to be in the target and active there.
    pub(super) fn is_entitled(&self) -> bool {
        self.is_active && self.in_scope && self.passes
    }

    /// Whether it left the scope, rather than being disabled or deleted.
    pub(super) fn is_out_of_scope(&self) -> bool {
        !self.in_scope || !self.passes
    }

    /// The facts under the names that Entra's log uses.
    pub(super) fn details(&self, scope: Scope) -> BTreeMap<String, String> {
        let yes = |is: bool| if is { "True" } else { "False" }.to_owned();
        let mut details = BTreeMap::from([
            ("IsActive".to_owned(), yes(self.is_active)),
            ("Assigned".to_owned(), yes(self.is_assigned)),
            ("ScopeSyncAll".to_owned(), yes(scope == Scope::All)),
            (
                "IsEffectivelyEntitledForProvisioning".to_owned(),
                yes(self.is_entitled()),
            ),
            ("IsInProvisioningScope".to_owned(), yes(self.passes)),
        ]);
        if !self.clauses.is_empty() {
            let clauses = self
                .clauses
                .iter()
                .map(|(text, holds)| (text.clone(), (*holds).into()));
            let clauses: serde_json::Map<_, serde_json::Value> = clauses.collect();
            details.insert(
                "ScopeEvaluationResult".to_owned(),
                serde_json::Value::from(clauses).to_string(),
            );
        }
        details
    }

    /// Why it is not to be in the target, in a sentence.
    pub(super) fn reason(&self) -> &'static str {
        if !self.is_active {
            "The object is disabled or deleted at the source."
        } else if !self.in_scope {
            "The object is not assigned to the application, neither itself nor through a group."
        } else {
            "No scoping filter lets the object in."
        }
    }
}

/// A person as mappings see them: a guest's name has no `#EXT#`.
pub(super) struct Seen<'a>(pub(super) &'a Person);

impl Source for Seen<'_> {
    fn attribute(&self, name: &str) -> Value {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("originalUserPrincipalName") {
            return self.0.attribute("userPrincipalName");
        }
        match self.0.attribute(name) {
            Value::Text(text) if is("userPrincipalName") => Value::Text(text.replace("#EXT#", "")),
            value => value,
        }
    }
}

/// An object of the source.
#[derive(Debug, Clone, Copy)]
pub(super) enum Object<'a> {
    Person(&'a Person),
    Group(&'a Group),
}

impl Object<'_> {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Person(_) => Kind::User,
            Self::Group(_) => Kind::Group,
        }
    }

    pub(super) fn subject(self) -> Subject {
        let text = |name: &str| match self {
            Self::Person(person) => person.attribute(name).text().unwrap_or_default().into_owned(),
            Self::Group(group) => group.display_name.clone(),
        };
        let id = match self {
            Self::Person(person) => &person.id,
            Self::Group(group) => &group.id,
        };
        Subject {
            id: id.clone(),
            kind: self.kind(),
            name: text("displayName"),
            reportable: text("userPrincipalName"),
        }
    }

    /// Calls `with` with what mappings and filters read.
    pub(super) fn seen<T>(self, with: impl FnOnce(&dyn Source) -> T) -> T {
        match self {
            Self::Person(person) => with(&Seen(person)),
            Self::Group(group) => with(group),
        }
    }
}

/// Everybody who is assigned, worked out once for a cycle.
pub(super) struct Assignments<'a> {
    people: BTreeSet<&'a ObjectId>,
    groups: &'a BTreeSet<ObjectId>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn assignments(&self) -> Assignments<'a> {
        Assignments {
            people: self.organisation.assigned_people(),
            groups: &self.organisation.assigned,
        }
    }

    /// The object with this id, if the source has it; somebody in the recycle bin is there.
    pub(super) fn object(&self, id: &ObjectId) -> Option<Object<'a>> {
        let person = self.organisation.people.get(id).map(Object::Person);
        person.or_else(|| self.organisation.groups.get(id).map(Object::Group))
    }

    pub(super) fn standing(&self, object: Object<'_>, assigned: &Assignments<'_>) -> Standing {
        let (is_active, is_assigned) = match object {
            Object::Person(person) => (
                person.account_enabled && person.deleted.is_none(),
                assigned.people.contains(&person.id),
            ),
            Object::Group(group) => (true, assigned.groups.contains(&group.id)),
        };
        let verdict = object.seen(|source| self.rules.scope(object.kind(), source));
        Standing {
            is_active,
            is_assigned,
            in_scope: is_assigned || self.settings.scope == Scope::All,
            passes: verdict.passes,
            clauses: verdict.clauses,
        }
    }
}
