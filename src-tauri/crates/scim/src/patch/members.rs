//! The members of a group, apart from the rest of it.
//!
//! A group can have 100,000 members, and a PATCH that adds one must not have to read them. So
//! everything that touches `members` becomes a [`MemberChange`] that says what to do without
//! knowing what is there.

use serde_json::Value;

use super::Patch;
use crate::coerce::{self, note_unknown_path};
use crate::dialect::{Notes, Quirk};
use crate::edit::{Edit, Verb};
use crate::error::ScimError;
use crate::filter::{Filter, Literal, Op};
use crate::resource::Object;
use crate::schema::{Attribute, ResourceType};

/// One member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The member's id.
    pub value: String,
    /// The name the client gave it.
    pub display: Option<String>,
    /// `User` or `Group`, if the client said so.
    pub kind: Option<String>,
}

/// One change to the members of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberChange {
    /// These become members; those that are members already stay as they are or take the new
    /// display name.
    Add(Vec<Member>),
    /// The members with these ids leave; ids that are not members change nothing.
    Remove(Vec<String>),
    /// The members that satisfy this filter leave. Its paths are `value`, `type` and `display`.
    RemoveMatching(Filter),
    /// These are all the members.
    ReplaceAll(Vec<Member>),
    /// Nobody is a member.
    Clear,
    /// Members who are there change; nobody joins, except in somebody's place.
    Update {
        /// Who changes.
        who: Who,
        /// What becomes of them.
        to: MemberUpdate,
        /// Whether it is an error, [`Who::no_target`], if there is nobody like that.
        must_exist: bool,
    },
}

/// Whom a change is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// Every member.
    All,
    /// The members with these ids.
    Ids(Vec<String>),
    /// The members that satisfy this filter. Its paths are `value`, `type` and `display`.
    Matching(Filter),
}

/// What becomes of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberUpdate {
    /// It stays as it is: what was sent says nothing that is kept of a member.
    Stays,
    /// It is called this, or nothing any more.
    Called(Option<String>),
    /// It gives way to this one, or is this one and takes its display name, if it has one.
    Becomes(Member),
}

impl Who {
    fn of(filter: Filter) -> Self {
        ids_in(&filter).map_or(Self::Matching(filter), Self::Ids)
    }

    /// RFC 7644 §3.5.2.3: nobody is there to be changed.
    pub fn no_target(&self) -> ScimError {
        let which = match self {
            Self::All => "the group has no members".to_owned(),
            Self::Ids(ids) => format!("no member has the id \"{}\"", ids.join("\" or \"")),
            Self::Matching(filter) => format!("no member matches [{}]", filter.shown()),
        };
        ScimError::no_target(&format!("{which}; add the member, or change one that is there"))
    }
}

impl Patch {
    /// Takes out everything that touches `members`, in order. Nothing here needs the stored
    /// members. A patch of users comes back as it is. Another id for a member that is there is a
    /// `mutability` error.
    pub fn split_members(self) -> Result<(Vec<MemberChange>, Patch), ScimError> {
        let (touching, edits): (Vec<Edit>, Vec<Edit>) = self
            .edits
            .into_iter()
            .partition(|edit| edit.path.attr.is_core("members"));
        let mut changes = Vec::new();
        for edit in touching {
            changes.extend(changes_of(edit)?);
        }
        Ok((changes, Patch { edits }))
    }
}

/// Takes the members out of a group that went through [`accept`](crate::accept).
pub fn members_of(object: &mut Object) -> Vec<Member> {
    object
        .shift_remove("members")
        .map(|members| read_members(&members))
        .unwrap_or_default()
}

/// Makes the value of an edit on `members` a list of `{value, display, type}`, that of one in
/// brackets or on a part of it one such value, so that [`Patch::split_members`] has nothing left
/// to forgive. What nobody declares of a member is noted, and changes nothing.
pub(super) fn canonicalise(
    edit: &mut Edit,
    kind: &'static ResourceType,
    notes: &mut Notes,
) -> Result<(), ScimError> {
    let attr = &edit.path.attr;
    let Some(attribute) = kind.find(attr).filter(|_| attr.is_core("members")) else {
        return Ok(());
    };
    let part = match attr.sub.as_deref().map(|sub| attribute.sub(sub)) {
        Some(None) => {
            note_unknown_path(&edit.path.shown(), notes);
            return Ok(());
        }
        part => part.flatten(),
    };
    let whole = edit.path.filter.is_none() && part.is_none_or(|part| part.name == "value");
    if !whole {
        if edit.verb != Verb::Remove {
            let value = std::mem::take(&mut edit.value);
            let value = coerce::one(part.unwrap_or(attribute), value, &edit.path.shown(), notes)?;
            edit.value = value.unwrap_or_default();
        }
        return Ok(());
    }
    let has_value = !edit.value.is_null();
    if has_value {
        edit.value = Value::Array(member_list(attribute, std::mem::take(&mut edit.value), notes)?);
    }
    if has_value && edit.verb == Verb::Remove {
        let sentence = "Members were removed by listing them; only those were removed.";
        notes.add(Quirk::RemoveWithValue, "members", sentence);
    }
    edit.path.attr.sub = None;
    Ok(())
}

fn member_list(
    attribute: &'static Attribute,
    value: Value,
    notes: &mut Notes,
) -> Result<Vec<Value>, ScimError> {
    let members = coerce::list(attribute, value, "members", notes)?;
    if members.iter().any(|member| member.get("value").is_none()) {
        return Err(ScimError::invalid_value(
            "members.value",
            "every member needs the id of a user or group",
        ));
    }
    Ok(members)
}

fn changes_of(edit: Edit) -> Result<Vec<MemberChange>, ScimError> {
    let Edit {
        verb, path, value, ..
    } = edit;
    let sub = path.attr.sub.as_deref();
    // What nobody declares of a member was noted.
    if sub.is_some_and(|sub| !PARTS.contains(&sub)) {
        return Ok(Vec::new());
    }
    match (verb, path.filter) {
        (Verb::Remove, Some(filter)) => Ok(removal(filter, sub)),
        (verb, Some(filter)) => update(verb, filter, sub, &value),
        (verb, None) if sub.is_some() => Ok(called(Who::All, sub, verb, &value).into_iter().collect()),
        (Verb::Remove, None) if value.is_null() => Ok(vec![MemberChange::Clear]),
        (verb, None) => Ok(listed(verb, read_members(&value))),
    }
}

/// What a member has.
const PARTS: &[&str] = &["value", "display", "type", "$ref"];

fn listed(verb: Verb, members: Vec<Member>) -> Vec<MemberChange> {
    match verb {
        Verb::Replace if members.is_empty() => vec![MemberChange::Clear],
        Verb::Replace => vec![MemberChange::ReplaceAll(members)],
        _ if members.is_empty() => Vec::new(),
        Verb::Add => vec![MemberChange::Add(members)],
        Verb::Remove => {
            vec![MemberChange::Remove(
                members.into_iter().map(|member| member.value).collect(),
            )]
        }
    }
}

/// `members[value eq "7"]`. Without its `value` a member is no member; its name alone may go.
fn removal(filter: Filter, sub: Option<&str>) -> Vec<MemberChange> {
    match (sub, Who::of(filter)) {
        (Some(sub), who) if sub != "value" => called(who, Some(sub), Verb::Remove, &Value::Null)
            .into_iter()
            .collect(),
        (_, Who::Ids(ids)) => vec![MemberChange::Remove(ids)],
        (_, Who::Matching(filter)) => vec![MemberChange::RemoveMatching(filter)],
        (_, Who::All) => vec![MemberChange::Clear],
    }
}

/// `members.display` of everyone, or its removal from some. The other parts of a member follow
/// from who it is.
fn called(who: Who, sub: Option<&str>, verb: Verb, value: &Value) -> Option<MemberChange> {
    let name = (verb != Verb::Remove).then(|| text(value)).flatten();
    (sub == Some("display")).then_some(MemberChange::Update {
        who,
        to: MemberUpdate::Called(name),
        must_exist: false,
    })
}

/// `replace members[value eq "7"]` with another member or with details of this one. An `add` that
/// names one id makes the member (§3.5.2.1); a `replace` never does (§3.5.2.3).
fn update(
    verb: Verb,
    filter: Filter,
    sub: Option<&str>,
    value: &Value,
) -> Result<Vec<MemberChange>, ScimError> {
    if coerce::is_unassigned(value) {
        return Ok(removal(filter, sub));
    }
    let only = only_id_in(&filter);
    // RFC 7643 §8.7.1: a member's `value` is immutable. Another member takes a remove and an add.
    if sub == Some("value") && (only.is_none() || value.as_str() != only.as_deref()) {
        return Err(ScimError::immutable("members.value"));
    }
    let to = match sub {
        None => becomes(value),
        Some("display") => MemberUpdate::Called(text(value)),
        Some(_) => MemberUpdate::Stays,
    };
    match only.filter(|_| verb == Verb::Add) {
        Some(id) => Ok(added(id, to)),
        None => Ok(vec![MemberChange::Update {
            who: Who::of(filter),
            to,
            must_exist: true,
        }]),
    }
}

/// `add members[value eq "7"]`: the member, with what is said about it, or another in its place.
fn added(id: String, to: MemberUpdate) -> Vec<MemberChange> {
    let (display, kind) = match to {
        MemberUpdate::Becomes(other) if other.value != id => {
            return vec![MemberChange::Remove(vec![id]), MemberChange::Add(vec![other])];
        }
        MemberUpdate::Becomes(same) => (same.display, same.kind),
        MemberUpdate::Called(name) => (name, None),
        MemberUpdate::Stays => (None, None),
    };
    let value = id;
    vec![MemberChange::Add(vec![Member { value, display, kind }])]
}

fn becomes(value: &Value) -> MemberUpdate {
    let sent = read_members(&Value::Array(vec![value.clone()]));
    match (sent.into_iter().next(), value.get("display").and_then(text)) {
        (Some(member), _) => MemberUpdate::Becomes(member),
        (None, Some(name)) => MemberUpdate::Called(Some(name)),
        (None, None) => MemberUpdate::Stays,
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn only_id_in(filter: &Filter) -> Option<String> {
    let ids: [String; 1] = ids_in(filter)?.try_into().ok()?;
    Some(ids.into_iter().collect())
}

/// The ids a filter names, if it does nothing else: `value eq "7" or value eq "8"`.
fn ids_in(filter: &Filter) -> Option<Vec<String>> {
    match filter {
        Filter::Compare {
            path,
            op: Op::Eq,
            value,
        } if path.attribute == "value" => match value {
            Literal::String(id) => Some(vec![id.clone()]),
            Literal::Number(id) => Some(vec![id.to_string()]),
            Literal::Boolean(_) | Literal::Null => None,
        },
        Filter::Or(filters) => {
            let ids: Option<Vec<Vec<String>>> = filters.iter().map(ids_in).collect();
            ids.map(|ids| ids.concat())
        }
        _ => None,
    }
}

fn read_members(members: &Value) -> Vec<Member> {
    let text = |member: &Value, name| member.get(name).and_then(text);
    let elements = members.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut seen = std::collections::HashSet::new();
    elements
        .iter()
        .filter_map(|member| {
            Some(Member {
                value: text(member, "value")?,
                display: text(member, "display"),
                kind: text(member, "type"),
            })
        })
        .filter(|member| seen.insert(member.value.clone()))
        .collect()
}
