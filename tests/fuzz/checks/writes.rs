//! Bodies of POST, PUT and PATCH.

use scim::{
    GROUP_TYPE, Notes, Object, Patch, Projection, ResourceType, ScimError, accept, members_of, parse_body,
};
use serde_json::Value;

use super::samples::{KINDS, sample};

/// A secret shorter than this may stand in a sentence by chance.
const TELLING: usize = 6;

/// What is accepted is canonical, no password is kept or told, and strictness refuses some bodies
/// and reads none differently.
pub fn resource(bytes: &[u8]) {
    for kind in KINDS {
        let mut notes = Notes::default();
        let Ok(body) = parse_body(bytes, &mut notes) else {
            return;
        };
        let secrets = secrets_in(&body);
        let strict = accept(kind, body.clone(), &mut Notes::strict());
        let accepted = accept(kind, body, &mut notes);
        assert_untold(&secrets, &notes, accepted.as_ref().err());
        assert_untold(&secrets, &notes, strict.as_ref().err());
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

/// A PATCH changes all or nothing, says which, and leaves what it changes canonical.
pub fn patch(bytes: &[u8]) {
    for kind in KINDS {
        let mut notes = Notes::default();
        let Ok(body) = parse_body(bytes, &mut notes) else {
            return;
        };
        let secrets = secrets_in(&body);
        if let Ok(strict) = Patch::parse(kind, body.clone(), &mut Notes::strict()) {
            let lenient = Patch::parse(kind, body.clone(), &mut Notes::default());
            assert_eq!(Ok(strict), lenient, "read differently when strict");
        }
        let outcome = Patch::parse(kind, body, &mut notes).and_then(|patch| {
            if kind.name == GROUP_TYPE.name {
                let (_, rest) = patch.clone().split_members()?;
                let mut group = sample(kind);
                members_of(&mut group);
                apply(&rest, kind, &group, &mut notes)?;
            }
            apply(&patch, kind, &sample(kind), &mut notes)
        });
        assert_untold(&secrets, &notes, outcome.as_ref().err());
    }
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

/// Texts that the client calls a password, as long as nothing else in the body holds them.
fn secrets_in(body: &Value) -> Vec<String> {
    let mut secrets = Vec::new();
    let mut others = String::new();
    gather(body, false, &mut secrets, &mut others);
    secrets.retain(|secret| secret.len() >= TELLING && !others.contains(secret.as_str()));
    secrets
}

fn gather(value: &Value, is_secret: bool, secrets: &mut Vec<String>, others: &mut String) {
    match value {
        Value::String(text) if is_secret => secrets.push(text.clone()),
        Value::Object(members) => {
            let names = |key: &str, text: &str| {
                let value = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
                value
                    .and_then(|(_, value)| value.as_str())
                    .is_some_and(|value| value.trim().eq_ignore_ascii_case(text))
            };
            let sets_it = names("path", "password");
            for (name, value) in members {
                others.push_str(name);
                others.push('\n');
                let is_secret =
                    name.eq_ignore_ascii_case("password") || sets_it && name.eq_ignore_ascii_case("value");
                gather(value, is_secret, secrets, others);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                gather(element, false, secrets, others);
            }
        }
        other => {
            others.push_str(&other.to_string());
            others.push('\n');
        }
    }
}

fn assert_untold(secrets: &[String], notes: &Notes, error: Option<&ScimError>) {
    let told = notes.iter().flat_map(|note| [&note.path, &note.sentence]);
    for text in told.chain(error.map(|error| &error.detail)) {
        for secret in secrets {
            assert!(!text.contains(secret.as_str()), "a password is told: {text}");
        }
    }
}
