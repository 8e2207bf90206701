//! PATCH of what nobody declares against a model: an extension with a badge, which is a text or an
//! object, and a list of tags. Names come in any letter case; the model knows them in small letters.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Map;

use super::*;

const URN: &str = "urn:acme:2.0:User";

type Extension = Map<String, Value>;

/// What one operation does; `Err` is the `scimType`.
fn step(extension: &mut Extension, operation: &Value) -> Result<(), &'static str> {
    let (op, value) = (operation["op"].as_str().unwrap(), &operation["value"]);
    let Some(path) = operation["path"].as_str() else {
        let sent = value.as_object().unwrap().iter();
        return sent
            .clone()
            .try_for_each(|(name, value)| step(extension, &json!({"op": op, "path": name, "value": value})));
    };
    let path = path.to_ascii_lowercase();
    let Some(path) = path.strip_prefix(&URN.to_ascii_lowercase()) else {
        // In nothing that this server declares there is a part of that name.
        let makes = path.contains('[') && op != "remove";
        return if makes { Err("noTarget") } else { Ok(()) };
    };
    match path.trim_start_matches([':', '.']) {
        "" if op == "remove" => extension.clear(),
        "" => {
            for (name, value) in value.as_object().unwrap() {
                set(extension, &name.to_ascii_lowercase(), value);
            }
        }
        "badge.no" => {
            let mut badge = extension
                .get("badge")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default();
            set(&mut badge, "no", value);
            set(extension, "badge", &Value::Object(badge));
        }
        "tags" if op == "add" && extension.contains_key("tags") => {
            let mut tags = tags(extension);
            let new: Vec<Value> = value
                .as_array()
                .unwrap()
                .iter()
                .filter(|tag| !tags.contains(tag))
                .cloned()
                .collect();
            tags.extend(new);
            extension.insert("tags".to_owned(), json!(tags));
        }
        whole @ ("badge" | "tags") => set(extension, whole, value),
        filtered => return matching(extension, op, filtered, value),
    }
    Ok(())
}

fn set(object: &mut Map<String, Value>, name: &str, value: &Value) {
    if is_nothing(value) {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value.clone());
    }
}

fn is_nothing(value: &Value) -> bool {
    *value == json!(null) || *value == json!({}) || *value == json!([])
}

fn tags(extension: &Extension) -> Vec<Value> {
    extension
        .get("tags")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

/// `tags[sub eq "x"]` and `tags[sub eq "x"].no`.
fn matching(extension: &mut Extension, op: &str, path: &str, value: &Value) -> Result<(), &'static str> {
    let (filter, part) = path.strip_prefix("tags[").unwrap().split_once(']').unwrap();
    let (sub, wanted) = filter.split_once(" eq ").unwrap();
    let wanted: Value = serde_json::from_str(wanted).unwrap();
    let part = part.strip_prefix('.');
    let mut tags = tags(extension);
    if op == "remove" && part.is_none() {
        tags.retain(|tag| tag[sub] != wanted);
    }
    if op != "remove" && !tags.iter().any(|tag| tag[sub] == wanted) {
        if op == "replace" && (part.is_none() || sub == "value") {
            return Err("noTarget");
        }
        tags.push(json!({sub: wanted}));
    }
    for tag in tags.iter_mut().filter(|tag| tag[sub] == wanted) {
        if op == "replace" && part.is_none() {
            *tag = json!({sub: tag[sub]});
        }
        let tag = tag.as_object_mut().unwrap();
        match part {
            Some(part) => set(tag, part, value),
            None => tag.extend(value.as_object().cloned().unwrap_or_default()),
        }
    }
    tags.retain(|tag| !is_nothing(tag));
    set(extension, "tags", &json!(tags));
    Ok(())
}

fn tag() -> impl Strategy<Value = Value> {
    let value = prop::option::of(select(vec!["v", "w"]));
    (select(vec!["a", "b"]), 1..3, value).prop_map(|(kind, no, value)| {
        let mut tag = json!({"type": kind, "no": no});
        if let Some(value) = value {
            tag["value"] = value.into();
        }
        tag
    })
}

fn target() -> impl Strategy<Value = (Option<String>, Value)> {
    let at = |name: &'static [&'static str]| select(name).prop_map(|name| Some(format!("{URN}:{name}")));
    let number = || (1..3).prop_map(Value::from);
    let badge = || {
        prop_oneof![
            Just(json!("x")),
            number(),
            Just(json!({"no": 1})),
            Just(json!(null))
        ]
    };
    let tags = || prop::collection::vec(tag(), 0..3).prop_map(Value::from);
    let filter = select(vec![
        "type eq \"a\"",
        "type eq \"b\"",
        "value eq \"v\"",
        "no eq 2",
    ]);
    let of_tag = (filter, prop::bool::ANY, number(), tag()).prop_map(|(filter, part, number, tag)| {
        let path = format!("{URN}:Tags[{filter}]");
        if part {
            (Some(format!("{path}.no")), number)
        } else {
            (Some(path), tag)
        }
    });
    let nobodys = select(vec![
        "shoeSize",
        "name.nick",
        "emails.nick",
        "emails[nick eq \"x\"].value",
    ]);
    prop_oneof![
        3 => (at(&["Badge", "badge", "BADGE"]), badge()),
        2 => (at(&["Badge.no", "badge.NO"]), number()),
        3 => (at(&["Tags", "tags"]), tags()),
        5 => of_tag,
        1 => (Just(Some(URN.to_owned())), badge().prop_map(|badge| json!({"BADGE": badge}))),
        // With an object such a key is an extension of its own, if there is none yet.
        1 => number().prop_map(|badge| (None, json!({format!("{URN}:Badge"): badge}))),
        1 => (badge(), tags()).prop_map(|(badge, tags)| (None, json!({URN: {"Badge": badge, "Tags": tags}}))),
        1 => nobodys.prop_map(|path| (Some(path.to_owned()), json!("x"))),
    ]
}

fn operation() -> impl Strategy<Value = Value> {
    (select(vec!["add", "replace", "remove"]), target()).prop_map(|(op, (path, value))| {
        let op = if path.is_none() && op == "remove" {
            "add"
        } else {
            op
        };
        let mut operation = json!({"op": op});
        if let Some(path) = path {
            operation["path"] = path.into();
        }
        if op != "remove" {
            operation["value"] = value;
        }
        operation
    })
}

/// The extension with its names in small letters.
fn folded(user: &Object) -> Extension {
    let extension = user
        .get(URN)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let text = Value::Object(extension).to_string().to_ascii_lowercase();
    serde_json::from_str(&text).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_patch_of_what_nobody_declares_does_what_the_model_does(
        operations in prop::collection::vec(operation(), 1..6),
    ) {
        let mut model = Extension::new();
        let expected = operations.iter().try_for_each(|operation| step(&mut model, operation));
        let (mut user, mut notes) = (ada(), Notes::default());
        let outcome = Patch::parse(&USER_TYPE, message(&json!(operations)), &mut notes)
            .and_then(|patch| patch.apply(&USER_TYPE, &mut user, &mut notes));
        match (expected, outcome) {
            (Ok(()), Ok(_)) => prop_assert_eq!(folded(&user), model),
            (Err(kind), Err(error)) => {
                prop_assert_eq!(error.scim_type.map(ScimType::as_str), Some(kind));
                prop_assert_eq!(&user, &ada());
            }
            (expected, outcome) => prop_assert!(false, "{:?} is not {:?}", expected, outcome),
        }
        // Nothing beside the extension has changed.
        let rest = |user: &Object| -> Object {
            user.iter().filter(|(key, _)| *key != URN && *key != "schemas").map(|(key, value)| (key.clone(), value.clone())).collect()
        };
        prop_assert_eq!(rest(&user), rest(&ada()));
    }
}
