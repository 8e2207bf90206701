//! Bodies of POST, PUT and PATCH.

use scim::{
    GROUP_TYPE, Notes, Object, Patch, Projection, ResourceType, ScimError, accept, members_of, parse_body,
};
use serde_json::Value;

use super::samples::{KINDS, sample};

/// What is accepted is canonical, no password is kept or told, and strictness refuses some bodies
/// and reads none differently.
pub fn resource(bytes: &[u8]) {
    let Ok(body) = parse_body(bytes, &mut Notes::default()) else {
        return;
    };
    let other = with_another_password(&body);
    for kind in KINDS {
        let mut notes = Notes::default();
        let accepted = accept(kind, body.clone(), &mut notes);
        let mut strict_notes = Notes::strict();
        let strict = accept(kind, body.clone(), &mut strict_notes);
        if let Some(other) = &other {
            let (mut about, mut strictly) = (Notes::default(), Notes::strict());
            let outcome = accept(kind, other.clone(), &mut about);
            assert_eq!(
                said(&notes, &accepted),
                said(&about, &outcome),
                "a password is told"
            );
            let outcome = accept(kind, other.clone(), &mut strictly);
            assert_eq!(
                said(&strict_notes, &strict),
                said(&strictly, &outcome),
                "a password is told"
            );
        }
        if strict.is_ok() {
            assert_eq!(strict, accepted, "read differently when strict");
        }
        if let Ok(mut resource) = accepted {
            assert_canonical(kind, &resource);
            members_of(&mut resource);
            assert!(!resource.contains_key("members"), "members are left over");
        }
    }
}

/// A PATCH changes all or nothing, says which, and leaves what it changes canonical. It keeps and
/// tells no password either.
pub fn patch(bytes: &[u8]) {
    let Ok(body) = parse_body(bytes, &mut Notes::default()) else {
        return;
    };
    let other = with_another_password(&body);
    for kind in KINDS {
        if let Ok(strict) = Patch::parse(kind, body.clone(), &mut Notes::strict()) {
            let lenient = Patch::parse(kind, body.clone(), &mut Notes::default());
            assert_eq!(Ok(strict), lenient, "read differently when strict");
        }
        let mut notes = Notes::default();
        let outcome = perform(kind, body.clone(), &mut notes);
        if let Some(other) = &other {
            let mut about = Notes::default();
            let again = perform(kind, other.clone(), &mut about);
            assert_eq!(said(&notes, &outcome), said(&about, &again), "a password is told");
        }
    }
}

/// Applies a PATCH to the sample; to a group with and without its members, as the engine does.
fn perform(kind: &'static ResourceType, body: Value, notes: &mut Notes) -> Result<(), ScimError> {
    let patch = Patch::parse(kind, body, notes)?;
    if kind.name == GROUP_TYPE.name {
        let (_, rest) = patch.clone().split_members()?;
        let mut group = sample(kind);
        members_of(&mut group);
        apply(&rest, kind, &group, notes)?;
    }
    apply(&patch, kind, &sample(kind), notes)
}

fn apply(
    patch: &Patch,
    kind: &'static ResourceType,
    before: &Object,
    notes: &mut Notes,
) -> Result<(), ScimError> {
    let mut after = before.clone();
    let outcome = patch.apply(kind, &mut after, notes);
    match outcome {
        Err(_) => assert_same(before, &after, "a failed patch changed something"),
        Ok(changed) => {
            assert_eq!(changed, *before != after, "it says whether it changed something");
            assert_canonical(kind, &after);
        }
    }
    outcome.map(|_| ())
}

/// What `scim` promises of an object that it has accepted or changed.
fn assert_canonical(kind: &'static ResourceType, resource: &Object) {
    let body = Value::Object(resource.clone());
    let again = accept(kind, body, &mut Notes::default());
    let again = again.unwrap_or_else(|error| panic!("{} for {resource:?}", error.detail));
    assert_same(resource, &again, "reading it again changes it");
    assert!(
        resource.values().all(says_something),
        "an empty value in {resource:?}"
    );
    for elements in resource.values().filter_map(Value::as_array) {
        let primary = elements.iter().filter(|element| element["primary"] == true);
        assert!(primary.count() <= 1, "more than one primary in {elements:?}");
    }
    let is_password = |name: &String| name.eq_ignore_ascii_case("password");
    assert!(!resource.keys().any(is_password), "a password in {resource:?}");
    let answer = Projection::all().apply(kind, resource);
    assert!(!answer.keys().any(is_password), "a password in {answer:?}");
}

/// Equal, and in the same order: two objects with the same members in another order are equal.
fn assert_same(left: &Object, right: &Object, what: &str) {
    let text = |object: &Object| Value::Object(object.clone()).to_string();
    assert_eq!(text(left), text(right), "{what}");
}

/// False for null and for an empty text, list or object; within them, too.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty() && elements.iter().all(says_something),
        Value::Object(members) => !members.is_empty() && members.values().all(says_something),
    }
}

/// The same body with another password, if it has any. Whoever tells a password says something
/// else about this body than about the first.
fn with_another_password(body: &Value) -> Option<Value> {
    let other = replaced(body);
    (other != *body).then_some(other)
}

fn replaced(value: &Value) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(replaced).collect(),
        Value::Object(members) => {
            let sets_it = members.iter().any(|(name, value)| {
                name.eq_ignore_ascii_case("path") && value.as_str().is_some_and(ends_in_password)
            });
            let is_secret =
                |name: &str| ends_in_password(name) || sets_it && name.eq_ignore_ascii_case("value");
            let other = |(name, value): (&String, &Value)| {
                let value = match value {
                    Value::String(text) if is_secret(name) && !text.trim().is_empty() => "another".into(),
                    value => replaced(value),
                };
                (name.clone(), value)
            };
            Value::Object(members.iter().map(other).collect())
        }
        other => other.clone(),
    }
}

/// True for the attribute's name, with or without its schema.
fn ends_in_password(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name == "password" || name.ends_with("user:password")
}

/// What was said about a body: the notes, and the error if there was one.
fn said<T>(notes: &Notes, outcome: &Result<T, ScimError>) -> String {
    format!("{:?} {:?}", notes, outcome.as_ref().err())
}
