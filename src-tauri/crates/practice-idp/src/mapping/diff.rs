//! What of the values that flow a resource does not hold yet.

use serde_json::{Map, Value as Json};

use super::evaluate::truth;
use super::{Flow, Kind, TargetFilter, TargetPath};

/// Whether texts that differ only in letter case are the same.
///
/// Entra compares without it unless the attribute is marked as exact case in the application's
/// attribute list, and leaves a value alone that differs only so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// `Ada` and `ADA` are the same.
    #[default]
    Ignored,
    /// They are not.
    Exact,
}

/// A value that the resource does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// What flows.
    pub flow: &'a Flow<'a>,
    /// What the resource holds there; `None` if it holds nothing, and then Entra adds instead of
    /// replacing.
    pub current: Option<Json>,
}

impl Difference<'_> {
    /// Whether the target holds nothing yet.
    pub fn is_empty(&self) -> bool {
        self.current.is_none()
    }
}

/// The values that the resource holds otherwise, in their order. What has no target there is
/// different; what the resource holds beyond them is of no interest.
pub fn diff<'a>(flows: &'a [Flow<'a>], resource: &Json, case: Case) -> Vec<Difference<'a>> {
    let differences = flows.iter().filter_map(|flow| {
        let current = current(resource, flow.target());
        let holds = current
            .as_ref()
            .is_some_and(|current| same(flow.target(), &flow.json(), current, case));
        (!holds).then_some(Difference { flow, current })
    });
    differences.collect()
}

/// What a resource holds at a path, names read without regard to letter case; `None` for nothing,
/// null, and empty texts, arrays and objects.
pub fn current(resource: &Json, path: &TargetPath) -> Option<Json> {
    let members = resource.as_object()?;
    let home = match &path.schema {
        Some(schema) => member(members, schema)?.as_object()?,
        None => members,
    };
    let attribute = member(home, &path.attribute)?;
    let chosen = match (&path.filter, attribute) {
        (Some(filter), Json::Array(values)) => values.iter().find(|value| chooses(filter, value))?,
        (Some(filter), single) => Some(single).filter(|value| chooses(filter, value))?,
        (None, attribute) => attribute,
    };
    let value = match &path.sub {
        // A complex attribute that a server answers as a plain value, such as a manager's id.
        Some(sub) if chosen.is_object() || !sub.eq_ignore_ascii_case("value") => {
            member(chosen.as_object()?, sub)?
        }
        _ => chosen,
    };
    Some(value).filter(|value| !is_nothing(value)).cloned()
}

fn member<'a>(members: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    members.get(name).or_else(|| {
        let mut all = members.iter();
        all.find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}

fn chooses(filter: &TargetFilter, value: &Json) -> bool {
    let Some(held) = value
        .as_object()
        .and_then(|members| member(members, &filter.attribute))
    else {
        return false;
    };
    text(held).is_some_and(|held| held.eq_ignore_ascii_case(&filter.value))
}

fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(values) => values.is_empty(),
        Json::Object(members) => members.values().all(is_nothing),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// A plain value as text.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn same(target: &TargetPath, new: &Json, current: &Json, case: Case) -> bool {
    match (new, current) {
        (Json::Array(new), Json::Array(current)) => {
            // What a server adds to a value, such as `primary`, makes it no other value.
            let pair = |new: &Json, current: &Json| same_value(target, new, current, case);
            new.len() == current.len()
                && new
                    .iter()
                    .all(|new| current.iter().any(|current| pair(new, current)))
                && current
                    .iter()
                    .all(|current| new.iter().any(|new| pair(new, current)))
        }
        (Json::Array(values), current) if values.len() == 1 => values
            .first()
            .is_some_and(|only| same_value(target, only, current, case)),
        // One value for an attribute that has several: it is there if it is the only one.
        (new, Json::Array(values)) if values.len() == 1 => values
            .first()
            .is_some_and(|only| same_value(target, new, only, case)),
        _ => same_value(target, new, current, case),
    }
}

fn same_value(target: &TargetPath, new: &Json, current: &Json, case: Case) -> bool {
    match (new, current) {
        (Json::Object(new), Json::Object(current)) => new.iter().all(|(name, value)| {
            is_nothing(value)
                || member(current, name).is_some_and(|held| same_value(target, value, held, case))
        }),
        // A value beside the whole that it is the value of.
        (new, Json::Object(current)) => {
            member(current, "value").is_some_and(|held| same_value(target, new, held, case))
        }
        _ => match (text(new), text(current)) {
            (Some(new), Some(current)) => same_text(target, &new, &current, case),
            _ => new == current,
        },
    }
}

fn same_text(target: &TargetPath, new: &str, current: &str, case: Case) -> bool {
    if target.kind() == Kind::Boolean {
        return truth(new).is_some() && truth(new) == truth(current);
    }
    match case {
        Case::Exact => new == current,
        Case::Ignored => new == current || new.to_lowercase() == current.to_lowercase(),
    }
}
