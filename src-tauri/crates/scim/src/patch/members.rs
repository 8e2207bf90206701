//! The members of a group, apart from the rest of it.
//!
//! A group can have 100,000 members, and a PATCH that adds one must not have to read them. So
//! everything that touches `members` becomes a [`MemberChange`] that says what to do without
//! knowing what is there.

use serde_json::{Map, Value};

use super::Patch;
use crate::coerce;
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
}

impl Patch {
    /// Takes out everything that touches `members`, in order. Nothing here needs the stored
    /// members. A patch of users comes back as it is. A member filter that neither removes nor
    /// names an id is a `noTarget` error, another id for a member that is there `mutability`.
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

/// Makes the value of an edit on `members` a list of `{value, display, type}`, so that
/// [`Patch::split_members`] has nothing left to forgive.
pub(super) fn canonicalise(
    edit: &mut Edit,
    kind: &'static ResourceType,
    notes: &mut Notes,
) -> Result<(), ScimError> {
    let attr = &edit.path.attr;
    let whole = edit.path.filter.is_none() && matches!(attr.sub.as_deref(), None | Some("value"));
    let Some(attribute) = kind.find(attr).filter(|_| attr.is_core("members") && whole) else {
        return Ok(());
    };
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
    match (verb, path.filter) {
        (Verb::Remove, Some(filter)) => Ok(removal(filter, path.attr.sub.as_deref())),
        (_, Some(filter)) => update(&filter, path.attr.sub.as_deref(), &value),
        // `members.display` of everyone: nothing a change of membership could say.
        (_, None) if path.attr.sub.is_some() => Ok(Vec::new()),
        (Verb::Remove, None) if value.is_null() => Ok(vec![MemberChange::Clear]),
        (verb, None) => Ok(listed(verb, read_members(&value))),
    }
}

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

/// `members[value eq "7"]`. Without its `value` a member is no member; its other details go
/// with nothing to keep them.
fn removal(filter: Filter, sub: Option<&str>) -> Vec<MemberChange> {
    match (sub, ids_in(&filter)) {
        (Some(sub), _) if sub != "value" => Vec::new(),
        (_, Some(ids)) => vec![MemberChange::Remove(ids)],
        (_, None) => vec![MemberChange::RemoveMatching(filter)],
    }
}

/// `replace members[value eq "7"]` with another member or with details of this one.
fn update(filter: &Filter, sub: Option<&str>, value: &Value) -> Result<Vec<MemberChange>, ScimError> {
    let Some(id) = only_id_in(filter) else {
        return Err(ScimError::no_target(
            "a member to add or replace is named by its id: members[value eq \"…\"]",
        ));
    };
    // RFC 7643 §8.7.1: a member's `value` is immutable. Another member takes a remove and an add.
    if sub == Some("value") && !coerce::is_unassigned(value) && value.as_str() != Some(id.as_str()) {
        return Err(ScimError::immutable("members.value"));
    }
    let mut member = Map::from_iter([("value".to_owned(), Value::from(id.clone()))]);
    match (sub, value) {
        (Some(sub), value) => {
            member.insert(sub.to_owned(), value.clone());
        }
        (None, Value::Object(sent)) => member.extend(sent.clone()),
        (None, _) => {}
    }
    if coerce::is_unassigned(value) {
        return Ok(removal(filter.clone(), sub));
    }
    let members = read_members(&Value::Array(vec![Value::Object(member)]));
    let same = members.iter().all(|member| member.value == id);
    let leave = (!same).then(|| MemberChange::Remove(vec![id]));
    Ok(leave.into_iter().chain([MemberChange::Add(members)]).collect())
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
    let text = |member: &Value, name| member.get(name).and_then(Value::as_str).map(str::to_owned);
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
