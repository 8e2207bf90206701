//! What a row expects of an answer, and whether it came.
//!
//! Of a value, in the body or in a header, can be said: another value, which it must equal, or
//! an object of these, which must all hold:
//!
//! | | |
//! |---|---|
//! | `"absent": true` | there is nothing |
//! | `"set": true` | there is something but null |
//! | `"not": x` | it is not `x` |
//! | `"oneOf": [x, y]` | it is one of these |
//! | `"count": 2` | a list of two; a list that is not there has none |
//! | `"has": x`, `"lacks": x` | a list with, or without, this element |
//! | `"every": x` | a list of which each element is `x`, which may again be such an object |
//! | `"keys": ["a"]` | an object with exactly these members, in any order |
//! | `"starts": s`, `"ends": s`, `"holds": s` | a text that does |
//! | `"integer": true` | a number without fraction |
//! | `"atLeast": 2`, `"atMost": 2` | a number |
//! | `"at": {place: x}` | at these places within it |

use std::collections::BTreeSet;

use acceptance::wire::Response;
use serde_json::{Value, json};

use super::rows::entries;

const KNOWN: &[&str] = &[
    "absent", "set", "not", "oneOf", "count", "has", "lacks", "every", "keys", "starts", "ends", "holds",
    "integer", "atLeast", "atMost", "at",
];

/// Fails with the first thing that is not as expected.
pub(super) fn check(answer: &Response, expected: &Value) -> Result<(), String> {
    let allowed = match &expected["status"] {
        Value::Array(several) => several.clone(),
        one => vec![one.clone()],
    };
    if !allowed.contains(&json!(answer.status)) {
        return Err(format!(
            "the status is {}, not {}",
            answer.status, expected["status"]
        ));
    }
    for (name, wanted) in entries(&expected["headers"]) {
        let found = answer.header(&name.to_lowercase()).map(|value| json!(value));
        agree(&format!("the header {name}"), found.as_ref(), wanted)?;
    }
    if expected["empty"] == true && !answer.body.is_empty() {
        return Err("there is a body".to_owned());
    }
    let body = serde_json::from_str(&answer.body).ok();
    for (place, wanted) in entries(&expected["body"]) {
        let found = body.as_ref().and_then(|body| find(body, place));
        agree(place, found, wanted)?;
    }
    Ok(())
}

fn agree(what: &str, found: Option<&Value>, wanted: &Value) -> Result<(), String> {
    if fits(found, wanted) {
        return Ok(());
    }
    let found = found.map_or_else(|| "absent".to_owned(), Value::to_string);
    Err(format!("{what} is {found}, not {wanted}"))
}

/// The value at a place such as `/emails/[type=work]/value`; the condition's value is a text, or
/// else JSON.
pub(super) fn find<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    let mut found = body;
    for segment in place.split('/').skip(1) {
        found = match segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(condition) => {
                let (name, value) = condition.split_once('=')?;
                let is = |found: &Value| match found {
                    Value::String(text) => text == value,
                    other => *other.to_string() == *value,
                };
                found.as_array()?.iter().find(|element| is(&element[name]))?
            }
            None => match found {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
                other => other.get(segment)?,
            },
        };
    }
    Some(found)
}

fn fits(found: Option<&Value>, wanted: &Value) -> bool {
    match wanted.as_object() {
        Some(rules) if !rules.is_empty() && rules.keys().all(|rule| KNOWN.contains(&rule.as_str())) => {
            rules.iter().all(|(rule, value)| holds(rule, value, found))
        }
        _ => found == Some(wanted),
    }
}

fn holds(rule: &str, value: &Value, found: Option<&Value>) -> bool {
    let list = found.and_then(Value::as_array);
    let text = found.and_then(Value::as_str).zip(value.as_str());
    let number = found.and_then(Value::as_f64).zip(value.as_f64());
    match rule {
        "absent" => found.is_none(),
        "set" => found.is_some_and(|found| !found.is_null()),
        "not" => found != Some(value),
        "oneOf" => value
            .as_array()
            .unwrap()
            .iter()
            .any(|allowed| found == Some(allowed)),
        "count" => {
            let length = found.map_or(Some(0), |found| found.as_array().map(Vec::len));
            length.map(|length| json!(length)).as_ref() == Some(value)
        }
        "has" => list.is_some_and(|list| list.iter().any(|each| fits(Some(each), value))),
        "lacks" => !list.is_some_and(|list| list.iter().any(|each| fits(Some(each), value))),
        "every" => list.is_some_and(|list| list.iter().all(|each| fits(Some(each), value))),
        "keys" => {
            let wanted: BTreeSet<&str> = value
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let object = found.and_then(Value::as_object);
            object.is_some_and(|object| object.keys().map(String::as_str).collect::<BTreeSet<_>>() == wanted)
        }
        "starts" => text.is_some_and(|(found, start)| found.starts_with(start)),
        "ends" => text.is_some_and(|(found, end)| found.ends_with(end)),
        "holds" => text.is_some_and(|(found, part)| found.contains(part)),
        "integer" => found.is_some_and(|found| found.is_i64() || found.is_u64()),
        "atLeast" => number.is_some_and(|(found, least)| found >= least),
        "atMost" => number.is_some_and(|(found, most)| found <= most),
        "at" => {
            entries(value).all(|(place, wanted)| fits(found.and_then(|found| find(found, place)), wanted))
        }
        _ => false,
    }
}

#[test]
fn what_can_be_said_of_a_value() {
    let found = json!({
        "text": "abc", "n": 3, "list": [1, 2],
        "objects": [{"type": "work", "primary": true, "value": "w"}, {"type": "home"}],
    });
    for (place, wanted, expected) in [
        ("/text", json!("abc"), true),
        (
            "/text",
            json!({"starts": "ab", "ends": "c", "holds": "b", "not": "x"}),
            true,
        ),
        ("/text", json!({"starts": "ab", "ends": "x"}), false),
        ("/text", json!({"oneOf": ["x", "abc"]}), true),
        ("/nothing", json!({"absent": true, "count": 0}), true),
        ("/nothing", json!({"set": true}), false),
        ("/nothing", json!({"lacks": 1}), true),
        ("/n", json!({"integer": true, "atLeast": 3, "atMost": 3}), true),
        ("/n", json!({"atLeast": 4}), false),
        (
            "/list",
            json!({"count": 2, "has": 1, "lacks": 3, "every": {"atMost": 2}}),
            true,
        ),
        (
            "/objects",
            json!({"has": {"at": {"/type": "home", "/value": {"absent": true}}}}),
            true,
        ),
        ("/objects/[type=work]/value", json!("w"), true),
        ("/objects/[primary=true]/value", json!("w"), true),
        ("/objects/1", json!({"type": "home"}), true),
        ("/objects/1", json!({"keys": ["type"]}), true),
        ("/objects/0", json!({"keys": ["type", "value"]}), false),
    ] {
        assert_eq!(fits(find(&found, place), &wanted), expected, "{place} {wanted}");
    }
}
