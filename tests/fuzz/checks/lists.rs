//! The parameters of a list.

use scim::list::{Paging, cursor_response};
use scim::{AttrPath, Object, Projection, ResourceType, list_response, sort};
use serde_json::{Value, json};

use super::samples::{KINDS, sample};

/// The longest page a client can ask for.
const MAX: usize = 1_000;

/// Parameters as in an address, without its encoding: `startIndex=1&count=10&sortBy=userName`.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let value = |name: &str| {
        let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    page(value("startIndex"), value("count"), value("cursor"));
    for kind in KINDS {
        projection(kind, value("attributes"), value("excludedAttributes"));
        if let Some(Ok(by)) = value("sortBy").map(|by| AttrPath::parse(by, kind)) {
            sorting(kind, &by);
        }
    }
}

const NOTHING: [String; 0] = [];

/// What is answered is JSON.
fn read(response: &str) -> Value {
    serde_json::from_str(response).unwrap()
}

fn page(start_index: Option<&str>, count: Option<&str>, cursor: Option<&str>) {
    let Ok(paging) = Paging::parse(start_index, count, cursor, MAX) else {
        return;
    };
    assert!(paging.count() <= MAX, "{paging:?}");
    let response = match &paging {
        Paging::Index(page) => {
            assert!(
                page.start_index >= 1 && page.skip() == page.start_index - 1,
                "{page:?}"
            );
            read(&list_response(&NOTHING, 7, page.start_index))
        }
        Paging::Cursor { cursor, .. } => {
            let response = read(&cursor_response(&NOTHING, 7, cursor.as_deref(), None));
            assert_eq!(
                response.get("nextCursor").and_then(Value::as_str),
                cursor.as_deref()
            );
            response
        }
    };
    let is_index = matches!(paging, Paging::Index(_));
    assert_eq!(is_index, cursor.is_none(), "a cursor asks for cursors");
    assert_eq!(response.get("startIndex").is_some(), is_index);
}

/// An answer is a part of the resource, has what is always returned and never what is secret, and
/// asking the answer the same again changes nothing.
fn projection(kind: &'static ResourceType, attributes: Option<&str>, excluded: Option<&str>) {
    let projection = Projection::parse(kind, attributes, excluded);
    let mut resource = sample(kind);
    resource.insert("id".to_owned(), json!("2819c223"));
    // The directory has no password to show; were there one, nobody could ask for it.
    if kind.attribute("password").is_some() {
        resource.insert("password".to_owned(), json!("a secret"));
    }
    let answer = projection.apply(kind, &resource);
    for name in ["id", "schemas"] {
        assert_eq!(answer.get(name), resource.get(name), "{name} is always returned");
    }
    assert!(!answer.contains_key("password"), "a password in {answer:?}");
    let (answer, resource) = (Value::Object(answer), Value::Object(resource));
    assert!(is_part(&answer, &resource), "{answer} is no part of {resource}");
    let again = projection.apply(kind, answer.as_object().expect("it was one"));
    assert_eq!(Value::Object(again), answer, "asked the same again");
    if kind.attribute("members").is_some() {
        let has = answer.get("members").is_some();
        assert!(!has || projection.wants("members"), "members that nobody wanted");
    }
}

/// Whether every value on the left is on the right, at its place; elements may be left out.
fn is_part(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => left
            .iter()
            .all(|(name, left)| right.get(name).is_some_and(|right| is_part(left, right))),
        (Value::Array(left), Value::Array(right)) => {
            let mut rest = right.iter();
            left.iter().all(|left| rest.any(|right| is_part(left, right)))
        }
        (left, right) => left == right,
    }
}

/// Sorting loses nobody, and sorting what is sorted changes nothing.
fn sorting(kind: &'static ResourceType, by: &AttrPath) {
    let mut second = sample(kind);
    second.insert("displayName".to_owned(), json!("äda"));
    let mut third = sample(kind);
    third.retain(|name, _| name == "schemas");
    let all = vec![third, sample(kind), second];
    for descending in [false, true] {
        let mut sorted = all.clone();
        sort(&mut sorted, kind, by, descending);
        let mut again = sorted.clone();
        sort(&mut again, kind, by, descending);
        assert_eq!(sorted, again, "sorted twice by {by}");
        assert_eq!(texts(&sorted), texts(&all), "somebody is lost");
    }
}

fn texts(resources: &[Object]) -> Vec<String> {
    let mut texts: Vec<String> = resources
        .iter()
        .map(|resource| Value::Object(resource.clone()).to_string())
        .collect();
    texts.sort();
    texts
}
