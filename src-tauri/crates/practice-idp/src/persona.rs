//! How one kind of identity provider behaves on the wire, as data: a file for each in `personas/`.
//!
//! A [`Persona`] says which requests are written and how; [`crate::wire`] writes them and
//! [`crate::cycle`] decides which. What the vendors do not tell (`ours` in each file) is a setting
//! with a default, and nothing is claimed about the vendor by it.

use serde::{Deserialize, Serialize};

/// One kind of identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Persona {
    /// What it is chosen by, e.g. `entra`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What sets it apart, in a sentence or two.
    pub about: String,
    /// Which of the settings below are our choice, since the vendor does not tell; JSON names.
    pub ours: Vec<String>,
    /// What its log calls the source.
    pub source_system: String,
    /// What its log calls the target.
    pub target_system: String,
    /// How the name of its job begins.
    pub job_prefix: String,
    /// Headers of every request, in this order; the token's comes after them.
    pub headers: Vec<(String, String)>,
    /// The media type of a body.
    pub content_type: String,
    /// How a filter is written into the query.
    pub encoding: Encoding,
    /// What makes it send.
    pub drive: Drive,
    /// The requests of *Test Connection* and of the start of a cycle.
    pub probes: Vec<Probe>,
    /// Which cycles begin with the probes.
    pub probing: Probing,
    /// How it finds out whether an object is in the target.
    pub matching: Matching,
    /// How users are written.
    pub users: UserForm,
    /// How groups are written.
    pub groups: GroupForm,
    /// What it does when the target asks it to wait, or does not answer.
    pub retry: Retry,
    /// After how many seconds without an answer it gives up.
    pub timeout_seconds: u64,
    /// How many requests it has under way at once.
    pub parallel: usize,
    /// The persona whose requests it sends when one object is provisioned on demand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_demand_as: Option<String>,
}

/// How a filter is written into the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Encoding {
    /// As a form: a space is `+`.
    Form,
    /// As RFC 3986 has it: a space is `%20`.
    Percent,
}

/// What makes it send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Drive {
    /// Cycles, one every 40 minutes.
    Cycles,
    /// Each change, as it happens.
    Events,
}

/// Which cycles begin with the probes; *Test Connection* sends them always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Probing {
    /// All.
    Always,
    /// Those that have something to do.
    WithChanges,
    /// None.
    OnlyTests,
}

/// A request that shows whether the target can be provisioned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Probe {
    /// Looks for a user that nobody has: by the matching attribute and a random GUID.
    NoUser,
    /// The same for a group.
    NoGroup,
    /// The first users, so many.
    Users(u32),
    /// The first groups, so many.
    Groups(u32),
    /// `GET /ServiceProviderConfig`.
    Configuration,
}

/// How it finds out whether an object is in the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Matching {
    /// By a filter.
    Filter,
    /// By a filter, with a page of so many.
    FilterPage(u32),
    /// It creates without a look; if the target says 409, it looks the object up by a filter.
    AfterConflict,
}

/// How users are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserForm {
    /// `schemas` of a new user.
    pub schemas: Vec<String>,
    /// Whether URNs of further extensions with values are added to `schemas`.
    pub list_extensions: bool,
    /// Attributes of every new user besides the mapped ones, e.g. `"roles": []`.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub always: serde_json::Map<String, serde_json::Value>,
    /// Whether a new user gets a random `password`.
    pub password: bool,
    /// How attributes are changed.
    pub update: Update,
    /// How `active` is changed.
    pub active: Activation,
    /// How the manager is written.
    pub manager: ManagerForm,
    /// Whether it asks the target for the manager before it sets one.
    pub check_manager: bool,
    /// What it does with somebody who was removed for good.
    pub removal: Removal,
    /// What it does with somebody who left the scope or may not sign in.
    pub leaving: Removal,
}

/// How attributes are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Update {
    /// PATCH with an operation an attribute: `Add` if it was empty, else `Replace`.
    PatchEach,
    /// PATCH with one operation without a path; filtered paths have operations of their own.
    PatchMerged,
    /// PATCH with one operation without a path, in which the id stands as well.
    PatchWithId,
    /// PATCH as RFC 7644 §3.5.2 writes it: `replace` with a path for each.
    PatchRfc,
    /// PUT of the object that the target returned, with the changes in it.
    Put,
}

/// How `active` is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Activation {
    /// `{"op":"Replace","path":"active","value":"False"}`.
    Text,
    /// `{"op":"Replace","path":"active","value":false}`.
    CapitalBoolean,
    /// `{"op":"replace","path":"active","value":false}`.
    Boolean,
    /// `{"op":"replace","value":{"active":false}}`.
    Pathless,
    /// PUT of the whole object.
    Put,
}

/// How the manager is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ManagerForm {
    /// `Add` at the mapped path with the id as text.
    Text,
    /// `Add` at `manager` with a list of `$ref` and `value`.
    List,
    /// `replace` of the extension's attribute with an object.
    Object,
    /// In the object that is PUT.
    Put,
    /// Not at all.
    Never,
}

/// What it does with somebody who has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Removal {
    /// DELETE.
    Delete,
    /// `active` becomes false.
    Disable,
    /// Nothing is sent.
    Nothing,
}

/// How groups are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub struct GroupForm {
    /// `schemas` of a new group.
    pub schemas: Vec<String>,
    /// Whether searches and reads leave the members out.
    pub exclude_members: bool,
    /// Whether a new group has `"members": []`.
    pub empty_members: bool,
    /// Whether a new group has `externalId`, if that is mapped.
    pub external_id: bool,
    /// Whether a new group has `"meta": {"resourceType": "Group"}`.
    pub meta: bool,
    /// How attributes are changed.
    pub update: Update,
    /// How members are written.
    pub members: MemberForm,
    /// Whether it asks the target for a member before it adds one to a group that was there already.
    pub check_members: bool,
    /// How many members go into one PATCH.
    pub max_members_per_patch: usize,
    /// Whether the name is sent along before the members.
    pub rename_first: bool,
}

/// How members are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MemberForm {
    /// `Add` and `Remove` with a list of `{"$ref": null, "value": …}`.
    LegacyRef,
    /// The same without `$ref` where members are removed.
    Legacy,
    /// `Add` with a list; an operation `members[value eq "…"]` for each to be removed.
    Flag,
    /// `remove` by filter and `add` with `display`, in one PATCH.
    Display,
    /// `add` and `remove` with lists of `{"value": …}`.
    Plain,
    /// PUT of the whole group.
    Put,
}

/// What it does when the target asks it to wait, or does not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Retry {
    /// Waits asked for by `Retry-After` are waited for up to so many seconds; longer ones, or 429
    /// without the header, fail at once if `wait_seconds` is none.
    pub retry_after_up_to: u64,
    /// How long it waits after a 429 without `Retry-After`, doubled each time; none: it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u64>,
    /// How often it sends the same request at most, the first time included.
    pub attempts: u32,
}

const FILES: &[&str] = &[
    include_str!("personas/entra.json"),
    include_str!("personas/entra-optscim062020.json"),
    include_str!("personas/entra-customappsso.json"),
    include_str!("personas/okta-oin.json"),
    include_str!("personas/okta-aiw.json"),
    include_str!("personas/generic-rfc.json"),
    include_str!("personas/authentik.json"),
    include_str!("personas/jumpcloud.json"),
    include_str!("personas/onelogin.json"),
];

/// The persona that is chosen if nobody chooses.
pub const DEFAULT: &str = "entra";

/// No persona has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no persona called \"{wanted}\". Choose one of these: {}.", .known.join(", "))]
pub struct UnknownPersona {
    /// What was asked for.
    wanted: String,
    /// What there is.
    known: Vec<String>,
}

impl Persona {
    /// All personas, in the order in which they are offered.
    pub fn all() -> Vec<Self> {
        // A test reads every file, so that none is missing here.
        FILES
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect()
    }

    /// The persona with this id.
    pub fn named(id: &str) -> Result<Self, UnknownPersona> {
        let mut all = Self::all();
        let at = all.iter().position(|persona| persona.id.eq_ignore_ascii_case(id));
        at.map(|at| all.swap_remove(at)).ok_or_else(|| UnknownPersona {
            wanted: id.to_owned(),
            known: Self::all().into_iter().map(|persona| persona.id).collect(),
        })
    }

    /// The persona whose requests a provisioning on demand sends: the flag `aadOptscim062020` has no
    /// effect there.
    #[must_use]
    pub fn on_demand(&self) -> Self {
        let other = self.on_demand_as.as_deref().and_then(|id| Self::named(id).ok());
        other.unwrap_or_else(|| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_reads_and_has_a_name_of_its_own() {
        let mut ids = BTreeSet::new();
        for text in FILES {
            let persona: Persona = serde_json::from_str(text).unwrap();
            let whole: serde_json::Value = serde_json::from_str(text).unwrap();
            for name in &persona.ours {
                let pointer = format!("/{}", name.replace('.', "/"));
                assert!(whole.pointer(&pointer).is_some(), "{}: {name}", persona.id);
            }
            assert!(ids.insert(persona.id.clone()), "{}", persona.id);
            assert!(Persona::named(&persona.on_demand().id).is_ok());
        }
        assert_eq!(Persona::all().len(), FILES.len());
        assert!(ids.contains(DEFAULT));
    }

    #[test]
    fn no_request_claims_to_be_microsofts() {
        for persona in Persona::all().iter().filter(|each| each.id.starts_with("entra")) {
            let agent = persona.headers.iter().find(|(name, _)| name == "User-Agent");
            assert!(agent.is_some_and(|(_, value)| value.starts_with("PracticeIdP/")));
        }
    }

    #[test]
    fn an_unknown_name_gets_the_known_ones() {
        let error = Persona::named("ping").unwrap_err().to_string();
        assert!(error.contains("okta-oin"), "{error}");
    }
}
