//! PATCH against a model that is as simple as RFC 7644 §3.5.2 words it.
//!
//! The model knows a handful of attributes by heart, works on plain JSON, and does each bullet of
//! the standard in the most literal way. It is sent only what is well-formed, so that nothing has
//! to be forgiven; what the standard leaves open it decides as this crate documents:
//!
//! * an element without content goes (RFC 7643 §2.5), where `type` and `primary` are no content;
//!   as long as it has none it takes `primary` from no other, and of two left with it the last has it;
//! * `replace` of matching elements keeps the sub-attribute that the filter calls them by, if it is
//!   not sent; one that has no content of its own changes those that match;
//! * `x[type eq "y"].sub` makes the element that is not there;
//! * an added element with the `value` (and, if both have one, the `type`) of one that is there
//!   changes that one; a list that is added where there is none is taken as it is sent.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Map;

use super::*;

/// What one operation does to the model; `Err` is the `scimType`.
fn step(user: &mut Value, operation: &Value) -> Result<(), &'static str> {
    let op = operation["op"].as_str().unwrap();
    let value = &operation["value"];
    let Some(path) = operation["path"].as_str() else {
        if op == "remove" {
            return Err("noTarget");
        }
        for (name, value) in value.as_object().unwrap() {
            // What only the server writes is passed over where the client did not point at it.
            if !["id", "groups"].contains(&name.as_str()) {
                step(user, &json!({"op": op, "path": name, "value": value}))?;
            }
        }
        return Ok(());
    };
    match path {
        "id" | "groups" => Err("mutability"),
        "userName" if op == "remove" => Err("mutability"),
        "title" | "active" | "userName" => {
            set(user, path, (op != "remove").then(|| value.clone()));
            Ok(())
        }
        "name" => {
            let before = if op == "remove" {
                Value::Null
            } else {
                user["name"].take()
            };
            set(user, "name", (op != "remove").then(|| merged(&before, value)));
            Ok(())
        }
        "name.givenName" | "name.familyName" => {
            let (mut name, sub) = (user["name"].take(), path.split_once('.').unwrap().1);
            set(&mut name, sub, (op != "remove").then(|| value.clone()));
            set(user, "name", Some(name));
            Ok(())
        }
        "emails" => {
            whole_list(user, op, value);
            Ok(())
        }
        filtered => matching(user, op, filtered, value),
    }
}

fn set(object: &mut Value, name: &str, value: Option<Value>) {
    if !object.is_object() {
        *object = json!({});
    }
    let members = object.as_object_mut().unwrap();
    match value.filter(|value| !value.is_null()) {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
}

/// Sub-attributes that are not sent stay.
fn merged(before: &Value, sent: &Value) -> Value {
    let mut all = before.as_object().cloned().unwrap_or_default();
    all.extend(sent.as_object().unwrap().clone());
    Value::Object(all)
}

fn list(user: &Value) -> Vec<Value> {
    user["emails"].as_array().cloned().unwrap_or_default()
}

fn whole_list(user: &mut Value, op: &str, value: &Value) {
    let sent = value.as_array().cloned().unwrap_or_default();
    let mut emails = match op {
        "add" => list(user),
        _ => Vec::new(),
    };
    let adds = op == "add" && !emails.is_empty();
    for element in sent {
        let is_there = emails.iter().any(|there| covers(there, &element));
        if adds && is_there {
            continue;
        }
        let twin = emails.iter().position(|there| adds && is_twin(there, &element));
        let at = twin.unwrap_or_else(|| {
            emails.push(json!({}));
            emails.len() - 1
        });
        emails[at] = merged(&emails[at], &element);
        if element["primary"] == true {
            clear_others(&mut emails, at);
        }
    }
    set(user, "emails", Some(Value::Array(emails)));
}

fn covers(there: &Value, wanted: &Value) -> bool {
    wanted
        .as_object()
        .unwrap()
        .iter()
        .all(|(name, value)| there[name] == *value)
}

fn is_twin(left: &Value, right: &Value) -> bool {
    let same_type = left["type"].is_null() || right["type"].is_null() || left["type"] == right["type"];
    !left["value"].is_null() && left["value"] == right["value"] && same_type
}

/// "a PATCH operation that sets a value's primary to true SHALL cause the server to automatically
/// set primary to false for any other values".
fn clear_others(emails: &mut [Value], at: usize) {
    if !says_something(&emails[at]) {
        return;
    }
    for (index, email) in emails.iter_mut().enumerate() {
        if index != at && email["primary"] == true {
            email["primary"] = json!(false);
        }
    }
}

/// `emails[sub eq "x"]` and `emails[sub eq "x"].part`.
fn matching(user: &mut Value, op: &str, path: &str, value: &Value) -> Result<(), &'static str> {
    let (filter, part) = path.strip_prefix("emails[").unwrap().split_once(']').unwrap();
    let (sub, wanted) = filter.split_once(" eq ").unwrap();
    let wanted: Value = serde_json::from_str(wanted).unwrap();
    let part = part.strip_prefix('.');
    let mut emails = list(user);
    let mut found: Vec<usize> = (0..emails.len())
        .filter(|at| emails[*at][sub] == wanted)
        .collect();
    if op == "remove" && part.is_none() {
        emails.retain(|email| email[sub] != wanted);
        found.clear();
    } else if op != "remove" && found.is_empty() {
        if op == "replace" && (part.is_none() || sub == "value") {
            return Err("noTarget");
        }
        let mut made = json!({});
        made[sub] = wanted;
        emails.push(made);
        found.push(emails.len() - 1);
    }
    for &at in &found {
        match part {
            None if op == "replace" && says_something(value) => {
                emails[at] = merged(&json!({sub: emails[at][sub]}), value);
            }
            None => emails[at] = merged(&emails[at], value),
            Some(part) => set(&mut emails[at], part, (op != "remove").then(|| value.clone())),
        }
    }
    let sets_primary = match part {
        None => value["primary"] == true,
        Some(part) => part == "primary" && *value == true,
    };
    if let (true, Some(last), true) = (op != "remove", found.last(), sets_primary) {
        clear_others(&mut emails, *last);
    }
    set(user, "emails", Some(Value::Array(emails)));
    Ok(())
}

fn says_something(email: &Value) -> bool {
    let mut names = email.as_object().unwrap().keys();
    names.any(|name| !["type", "primary"].contains(&name.as_str()))
}

/// What is left of an element or an object that says nothing goes at the end.
fn settle(user: &mut Value) {
    let mut emails: Vec<Value> = Vec::new();
    for email in list(user).into_iter().filter(says_something) {
        if !emails.contains(&email) {
            emails.push(email);
        }
    }
    if let Some(last) = emails.iter().rposition(|email| email["primary"] == true) {
        clear_others(&mut emails, last);
    }
    set(
        user,
        "emails",
        (!emails.is_empty()).then_some(Value::Array(emails)),
    );
    let has_name = user["name"].as_object().is_some_and(|name| !name.is_empty());
    let name = user["name"].take();
    set(user, "name", has_name.then_some(name));
}

fn text() -> impl Strategy<Value = Value> {
    select(vec!["a", "b", "c"]).prop_map(Value::from)
}

fn email() -> impl Strategy<Value = Value> {
    let kind = prop::option::of(select(vec!["work", "home"]));
    (
        text(),
        kind,
        prop::option::of(any::<bool>()),
        prop::option::of(text()),
    )
        .prop_map(|(value, kind, primary, display)| {
            let mut email = Map::from_iter([("value".to_owned(), value)]);
            email.extend(kind.map(|kind| ("type".to_owned(), kind.into())));
            email.extend(primary.map(|primary| ("primary".to_owned(), primary.into())));
            email.extend(display.map(|display| ("display".to_owned(), display)));
            Value::Object(email)
        })
}

/// At most one primary, and none twice: those are forgiven, not standard.
fn emails() -> impl Strategy<Value = Value> {
    prop::collection::vec(email(), 1..4).prop_map(|mut emails| {
        let first = emails.iter().position(|email| email["primary"] == true);
        if let Some(first) = first {
            clear_others(&mut emails, first);
        }
        let mut once: Vec<Value> = Vec::new();
        for email in emails {
            if !once.contains(&email) {
                once.push(email);
            }
        }
        Value::Array(once)
    })
}

fn name() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(|text| json!({"givenName": text})),
        text().prop_map(|text| json!({"familyName": text})),
        (text(), text()).prop_map(|(given, family)| json!({"givenName": given, "familyName": family})),
    ]
}

fn operation() -> impl Strategy<Value = Value> {
    let at = |path: &'static str, value: BoxedStrategy<Value>| {
        value.prop_map(move |value| (Some(path), value)).boxed()
    };
    let flag = || any::<bool>().prop_map(Value::from).boxed();
    let part = select(vec!["value", "display"]);
    let filter = select(vec![
        "type eq \"work\"",
        "type eq \"home\"",
        "value eq \"a\"",
        "value eq \"c\"",
    ]);
    let of_part = (filter.clone(), part, text())
        .prop_map(|(filter, part, value)| (Some(format!("emails[{filter}].{part}")), value));
    let of_primary = (filter.clone(), any::<bool>())
        .prop_map(|(filter, primary)| (Some(format!("emails[{filter}].primary")), json!(primary)));
    let of_element = (filter, email()).prop_map(|(filter, email)| (Some(format!("emails[{filter}]")), email));
    let named = prop_oneof![
        at("title", text().boxed()),
        at("userName", text().boxed()),
        at("active", flag()),
        at("name", name().boxed()),
        at("name.givenName", text().boxed()),
        at("name.familyName", text().boxed()),
        at("emails", emails().boxed()),
        at("emails", emails().boxed()),
        at("id", text().boxed()),
        at("groups", Just(json!([{"value": "g"}])).boxed()),
    ]
    .prop_map(|(path, value)| (path.map(str::to_owned), value));
    let without = (
        prop::option::of(text()),
        prop::option::of(name()),
        prop::option::of(emails()),
    )
        .prop_map(|(title, name, emails)| {
            let mut value = Map::from_iter([("id".to_owned(), json!("mine"))]);
            value.extend(title.map(|title| ("title".to_owned(), title)));
            value.extend(name.map(|name| ("name".to_owned(), name)));
            value.extend(emails.map(|emails| ("emails".to_owned(), emails)));
            (None, Value::Object(value))
        });
    let target = prop_oneof![6 => named, 3 => of_part, 1 => of_primary, 2 => of_element, 1 => without];
    (select(vec!["add", "replace", "remove"]), target).prop_map(|(op, (path, value))| {
        let mut operation = Map::from_iter([("op".to_owned(), json!(op))]);
        operation.extend(path.map(|path| ("path".to_owned(), json!(path))));
        if op != "remove" {
            operation.insert("value".to_owned(), value);
        }
        Value::Object(operation)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_patch_does_what_the_model_does(operations in prop::collection::vec(operation(), 1..6)) {
        let before = ada();
        let mut model = Value::Object(before.clone());
        // What is no operation at all is refused before any is carried out.
        let aimless = operations.iter().any(|one| one["op"] == "remove" && one.get("path").is_none());
        let expected = if aimless {
            Err("noTarget")
        } else {
            operations.iter().try_for_each(|operation| step(&mut model, operation))
        };
        settle(&mut model);

        let (mut user, mut notes) = (before.clone(), Notes::default());
        let outcome = Patch::parse(&USER_TYPE, message(&json!(operations)), &mut notes)
            .and_then(|patch| patch.apply(&USER_TYPE, &mut user, &mut notes));
        match (expected, outcome) {
            (Ok(()), Ok(changed)) => {
                prop_assert_eq!(Value::Object(user.clone()), model);
                prop_assert_eq!(changed, user != before);
            }
            (Err(kind), Err(error)) => {
                prop_assert_eq!(error.scim_type.map(ScimType::as_str), Some(kind));
                prop_assert_eq!(user, before, "all or nothing");
            }
            (expected, outcome) => prop_assert!(false, "{expected:?} is not {outcome:?}"),
        }
    }
}
