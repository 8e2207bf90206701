//! Attributes with several values, app roles among them.

use serde_json::Value as Json;

use super::super::evaluate::{Answer, Arguments};
use crate::value::Value;

pub(super) fn count(arguments: &Arguments<'_>) -> Answer {
    let count = several(arguments.value(0)?).len();
    Ok(Value::Number(i64::try_from(count).unwrap_or(i64::MAX)))
}

/// Beyond the last value there is none; before the first is a mistake.
pub(super) fn item(arguments: &Arguments<'_>) -> Answer {
    let index = arguments.number(1)?;
    let Some(before) = index
        .checked_sub(1)
        .and_then(|before| usize::try_from(before).ok())
    else {
        return Err(arguments.fail(&format!("counts from 1, so there is no item {index}.")));
    };
    let mut values = several(arguments.value(0)?).into_iter();
    Ok(values.nth(before).unwrap_or_default())
}

pub(super) fn remove_duplicates(arguments: &Arguments<'_>) -> Answer {
    let mut kept: Vec<Value> = Vec::new();
    for value in several(arguments.value(0)?) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    Ok(Value::Many(kept))
}

/// The name of the first app role; who has several may get any of them.
pub(super) fn single_role(arguments: &Arguments<'_>) -> Answer {
    let role = app_roles(arguments.value(0)?).into_iter().next();
    Ok(role.map_or(Value::Null, |role| Value::Text(role.value)))
}

pub(super) fn roles(arguments: &Arguments<'_>) -> Answer {
    Ok(scim_roles(arguments.value(0)?, "displayName"))
}

pub(super) fn assertive_roles(arguments: &Arguments<'_>) -> Answer {
    Ok(scim_roles(arguments.value(0)?, "display"))
}

/// The type that Entra gives to every role.
const ROLE_TYPE: &str = "WindowsAzureActiveDirectoryRole";

/// Roles as Entra creates them; the two functions name the role's display name differently.
fn scim_roles(assignments: Value, display: &str) -> Value {
    let roles = app_roles(assignments).into_iter().map(|role| {
        Value::Complex(vec![
            ("primary".to_owned(), Value::Bool(false)),
            ("type".to_owned(), Value::from(ROLE_TYPE)),
            (display.to_owned(), Value::Text(role.display)),
            ("value".to_owned(), Value::Text(role.value)),
        ])
    });
    Value::Many(roles.collect())
}

struct AppRole {
    value: String,
    display: String,
}

/// App roles from objects with `value` and `displayName`, from JSON of such objects, or from names.
fn app_roles(assignments: Value) -> Vec<AppRole> {
    several(assignments).iter().flat_map(app_roles_of).collect()
}

fn app_roles_of(assignment: &Value) -> Vec<AppRole> {
    let json = match assignment {
        Value::Text(text) => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
        other => other.to_json(),
    };
    match json {
        Json::Array(values) => values.iter().filter_map(app_role).collect(),
        single => app_role(&single).into_iter().collect(),
    }
}

fn app_role(json: &Json) -> Option<AppRole> {
    let part = |name: &str| {
        json.get(name)
            .and_then(Json::as_str)
            .filter(|text| !text.is_empty())
    };
    let (value, display) = match json {
        Json::String(name) => (name.as_str(), name.as_str()),
        Json::Object(_) => {
            let either = part("value").or_else(|| part("displayName"))?;
            (either, part("displayName").unwrap_or(either))
        }
        // A name that looks like a number or a truth value.
        Json::Number(_) | Json::Bool(_) => {
            let name = json.to_string();
            return Some(AppRole {
                value: name.clone(),
                display: name,
            });
        }
        Json::Null | Json::Array(_) => return None,
    };
    Some(AppRole {
        value: value.to_owned(),
        display: display.to_owned(),
    })
}

/// The values of an attribute, of which one that has only one value has one.
fn several(value: Value) -> Vec<Value> {
    match value {
        Value::Many(values) => values,
        value if value.is_empty() => Vec::new(),
        value => vec![value],
    }
}
