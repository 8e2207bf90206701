//! What is refused, what is ignored, and what joins or leaves the schemas.

use super::*;

#[test]
fn t90_t99_extensions_join_the_schemas() {
    check(
        &json!([
            {"op": "add", "path": format!("{KMSAT_URN}:customField1"), "value": "blue"},
            {"op": "add", "path": format!("{ENTERPRISE_URN}:department"), "value": "Ops"},
        ]),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User"]
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"department":"Ops"}
            urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User: {"customField1":"blue"}"#]],
    );
}

#[test]
fn extensions_leave_the_schemas() {
    let mut user = ada();
    apply(
        &mut user,
        &json!([{"op": "add", "path": ENTERPRISE_URN, "value": {"department": "Ops"}}]),
    );
    apply(
        &mut user,
        &json!([{"op": "remove", "path": format!("{ENTERPRISE_URN}:department")}]),
    );
    assert_eq!(user, ada());
    apply(
        &mut user,
        &json!([{"op": "add", "value": {ENTERPRISE_URN: {"department": "Ops"}}}]),
    );
    apply(
        &mut user,
        &json!([{"op": "replace", "value": {ENTERPRISE_URN: null}}]),
    );
    assert_eq!(user, ada());
}

#[test]
fn an_extension_nobody_declares_is_kept_as_it_comes() {
    let mut user = ada();
    let shown = apply(
        &mut user,
        &json!([
            {"op": "add", "path": "urn:acme:2.0:User:badge", "value": {"color": "red", "no": 7}},
            {"op": "replace", "path": "urn:acme:2.0:User:badge.color", "value": "blue"},
            {"op": "add", "path": "urn:acme:2.0:User", "value": {"floor": 3, "Badge": "x"}},
        ]),
    );
    expect![[r#"
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:acme:2.0:User"]
        urn:acme:2.0:User: {"badge":"x","floor":3}"#]]
    .assert_eq(&shown);
    apply(&mut user, &json!([{"op": "remove", "path": "urn:acme:2.0:User"}]));
    assert_eq!(user, ada());
}

#[test]
fn an_attribute_nobody_declares_is_found_in_any_letter_case() {
    for urn in ["urn:acme:2.0:User", "urn:acme:Hr"] {
        let key = |name: &str| format!("{urn}:{name}");
        let mut user = ada();
        let sent = json!({urn: {"Badge": "v1", "other": "o", "Size": {"eu": 44}}});
        apply(&mut user, &json!([{"op": "add", "value": sent}]));
        for (operation, badge) in [
            (
                json!({"op": "replace", "path": key("Badge"), "value": "v2"}),
                json!("v2"),
            ),
            (
                json!({"op": "Add", "path": key("BADGE"), "value": "v3"}),
                json!("v3"),
            ),
            (
                json!({"op": "replace", "value": {key("Badge"): "v4"}}),
                json!("v4"),
            ),
            (
                json!({"op": "replace", "path": key("Badge"), "value": {"no": 7}}),
                json!({"no": 7}),
            ),
            (
                json!({"op": "replace", "value": {key("Badge"): {"no": 8}}}),
                json!({"no": 8}),
            ),
            (
                json!({"op": "replace", "path": key("Badge.no"), "value": 9}),
                json!({"no": 9}),
            ),
            (json!({"op": "remove", "path": key("Badge")}), Value::Null),
        ] {
            apply(&mut user, &json!([operation]));
            assert_eq!(user[urn]["Badge"], badge, "{operation}");
            assert_eq!(user["schemas"], json!([USER_TYPE.schema.id, urn]), "{operation}");
        }
        assert_eq!(user[urn], json!({"other": "o", "Size": {"eu": 44}}));
    }
}

#[test]
fn some_values_of_a_list_nobody_declares() {
    let urn = "urn:acme:2.0:User";
    let badges = json!([{"type": "gate", "no": 1, "color": "red"}, {"type": "car", "no": 2}, "plain"]);
    let at = |rest: &str| format!("{urn}:Badges{rest}");
    for (operation, expected) in [
        (
            json!({"op": "remove", "path": at("[type eq \"gate\"]")}),
            json!([{"type": "car", "no": 2}, "plain"]),
        ),
        (
            json!({"op": "replace", "path": at("[TYPE eq \"car\"].No"), "value": 3}),
            json!([{"type": "gate", "no": 1, "color": "red"}, {"type": "car", "no": 3}, "plain"]),
        ),
        (
            json!({"op": "remove", "path": at("[no lt 2].color")}),
            json!([{"type": "gate", "no": 1}, {"type": "car", "no": 2}, "plain"]),
        ),
        (
            json!({"op": "replace", "path": at("[type eq \"gate\"]"), "value": {"no": 9, "size": null}}),
            json!([{"type": "gate", "no": 9}, {"type": "car", "no": 2}, "plain"]),
        ),
        (
            json!({"op": "add", "path": at("[type eq \"gate\"]"), "value": {"no": 9}}),
            json!([{"type": "gate", "no": 9, "color": "red"}, {"type": "car", "no": 2}, "plain"]),
        ),
        (
            json!({"op": "remove", "path": at("[value eq \"plain\"]")}),
            json!([{"type": "gate", "no": 1, "color": "red"}, {"type": "car", "no": 2}]),
        ),
        (
            json!({"op": "replace", "path": at("[type eq \"bike\"].no"), "value": 4}),
            json!([{"type": "gate", "no": 1, "color": "red"}, {"type": "car", "no": 2}, "plain",
                {"type": "bike", "no": 4}]),
        ),
        (
            json!({"op": "replace", "path": at(".no"), "value": 0}),
            json!([{"type": "gate", "no": 0, "color": "red"}, {"type": "car", "no": 0},
                {"value": "plain", "no": 0}]),
        ),
        (
            json!({"op": "remove", "path": at("[type eq \"boat\"]")}),
            badges.clone(),
        ),
        (
            json!({"op": "remove", "path": at("[not (type eq \"boat\")]")}),
            json!(["plain"]),
        ),
    ] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": at(""), "value": badges}]),
        );
        apply(&mut user, &json!([operation]));
        assert_eq!(user[urn]["Badges"], expected, "{operation}");
    }
    for operation in [
        json!({"op": "replace", "path": at("[type eq \"boat\"]"), "value": {"no": 1}}),
        json!({"op": "replace", "path": at("[value eq \"boat\"].no"), "value": 1}),
        json!({"op": "add", "path": at("[type sw \"boat\"]"), "value": {"no": 1}}),
    ] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": at(""), "value": badges}]),
        );
        let shown = apply(&mut user, &json!([operation]));
        assert!(shown.starts_with("400 noTarget: "), "{operation}: {shown}");
    }
}

#[test]
fn what_nobody_declares_selects_nothing() {
    for verb in ["add", "replace"] {
        for filter in ["foo eq \"x\"", "type eq \"work\" and foo eq \"x\""] {
            let path = format!("emails[{filter}].value");
            let shown = apply(&mut ada(), &json!([{"op": verb, "path": path, "value": "z"}]));
            assert!(shown.starts_with("400 noTarget: "), "{verb} {path}: {shown}");
        }
    }
}

#[test]
fn values_that_match_are_replaced() {
    let home = json!({"type": "home", "streetAddress": "h"});
    let work = json!({"type": "work", "streetAddress": "s1", "locality": "Paris"});
    for (path, value, expected) in [
        (
            "addresses[type eq \"work\"]",
            json!({"type": "work", "streetAddress": "s2"}),
            json!([home, {"streetAddress": "s2", "type": "work"}]),
        ),
        (
            "addresses[type eq \"WORK\"]",
            json!({"streetAddress": "s2"}),
            json!([home, {"streetAddress": "s2", "type": "work"}]),
        ),
        (
            "addresses[type eq \"work\"]",
            json!({"streetAddress": "s2", "type": "other"}),
            json!([home, {"streetAddress": "s2", "type": "other"}]),
        ),
        // Saying no more than what is primary is not to take the rest away.
        (
            "addresses[locality eq \"Paris\"]",
            json!({"primary": true}),
            json!([home, {"streetAddress": "s1", "locality": "Paris", "type": "work", "primary": true}]),
        ),
        ("addresses[type eq \"work\"]", json!(null), json!([home])),
    ] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": "addresses", "value": [home, work]}]),
        );
        apply(
            &mut user,
            &json!([{"op": "replace", "path": path, "value": value}]),
        );
        assert_eq!(user["addresses"], expected, "{path} {value}");
    }
}

#[test]
fn an_extension_within_an_extension_stays_one() {
    let mut user = ada();
    let value = json!({"urn:acme:Hr": {"a": 1}, "urn:acme:Hr:More": {"b": 2}});
    apply(&mut user, &json!([{"op": "add", "value": value}]));
    assert_eq!(user["urn:acme:Hr:More"], json!({"b": 2}));
    apply(
        &mut user,
        &json!([{"op": "replace", "path": "urn:acme:Hr:More:B", "value": 3}]),
    );
    apply(
        &mut user,
        &json!([{"op": "add", "path": "urn:acme:Hr:C", "value": 4}]),
    );
    assert_eq!(user["urn:acme:Hr:More"], json!({"b": 3}));
    assert_eq!(user["urn:acme:Hr"], json!({"a": 1, "C": 4}));
    // What is no object has no attributes.
    apply(
        &mut user,
        &json!([{"op": "add", "value": {"urn:acme:Shoe": "44", "urn:acme:Shoe:Eu": "45"}}]),
    );
    assert_eq!(
        (&user["urn:acme:Shoe"], &user["urn:acme:Shoe:Eu"]),
        (&json!("44"), &json!("45"))
    );
}

#[test]
fn a_list_nobody_declares_grows() {
    let mut user = ada();
    for value in [json!([{"value": "1"}]), json!([{"value": "1"}, {"value": "2"}])] {
        apply(
            &mut user,
            &json!([{"op": "Add", "path": "urn:acme:2.0:User:tags", "value": value}]),
        );
    }
    assert_eq!(
        user["urn:acme:2.0:User"],
        json!({"tags": [{"value": "1"}, {"value": "2"}]})
    );
}

#[test]
fn t92_all_or_nothing() {
    check(
        &json!([
            {"op": "replace", "path": "displayName", "value": "Half"},
            {"op": "replace", "path": "noSuchAttr[[", "value": "x"},
        ]),
        &expect!["400 invalidPath: The path `noSuchAttr[[` cannot be read: an attribute name is expected."],
    );
    check(
        &json!([
            {"op": "replace", "path": "displayName", "value": "Half"},
            {"op": "replace", "path": "active", "value": "perhaps"},
        ]),
        &expect!["400 invalidValue: The value of `active` was refused: true or false is expected."],
    );
}

#[test]
fn t94_remove_without_a_path() {
    check(
        &json!([{"op": "remove"}]),
        &expect![
            "400 noTarget: The operation has no target: a remove operation needs a path to what is removed."
        ],
    );
    check(
        &json!([{"op": "remove", "path": " "}]),
        &expect![
            "400 noTarget: The operation has no target: a remove operation needs a path to what is removed."
        ],
    );
}

#[test]
fn t101_removing_what_is_not_there() {
    for path in [
        "emails[type eq \"zzz\"]",
        "emails[type eq \"zzz\"].value",
        "title",
        "name.middleName",
    ] {
        check(&json!([{"op": "remove", "path": path}]), &expect![[""]]);
    }
    check(
        &json!([{"op": "remove", "path": "shoeSize"}]),
        &expect!["(unknown-attribute) No schema declares `shoeSize`; it was ignored."],
    );
}

#[test]
fn t154_no_operations() {
    check(
        &json!([]),
        &expect!["(no-operations) The PATCH had no operations; nothing was changed."],
    );
}

#[test]
fn what_only_the_server_writes() {
    check(
        &json!([{"op": "replace", "value": {"id": "7", "meta": {}, "groups": []}}]),
        &expect![[""]],
    );
    check(
        &json!([{"op": "replace", "path": "id", "value": "7"}]),
        &expect![
            "400 mutability: `id` cannot be changed this way: it is read-only or required. Leave it out of the operations."
        ],
    );
    check(
        &json!([{"op": "add", "path": "groups", "value": [{"value": "7"}]}]),
        &expect![
            "400 mutability: `groups` cannot be changed this way: it is read-only or required. Leave it out of the operations."
        ],
    );
    check(
        &json!([{"op": "replace", "path": "schemas", "value": ["urn:ietf:params:scim:schemas:core:2.0:User"]}]),
        &expect![[""]],
    );
}

#[test]
fn what_every_user_needs() {
    check(
        &json!([{"op": "remove", "path": "userName"}]),
        &expect![
            "400 mutability: `userName` cannot be changed this way: it is read-only or required. Leave it out of the operations."
        ],
    );
    check(
        &json!([{"op": "replace", "path": "userName", "value": null}]),
        &expect![
            "400 invalidValue: The value of `userName` was refused: every User needs one that is not blank."
        ],
    );
    check(
        &json!([{"op": "replace", "path": "userName", "value": " "}]),
        &expect![
            "400 invalidValue: The value of `userName` was refused: every User needs one that is not blank."
        ],
    );
}

#[test]
fn attributes_nobody_declares_are_noted() {
    check(
        &json!([
            {"op": "add", "path": "shoeSize", "value": 44},
            {"op": "add", "path": format!("{ENTERPRISE_URN}:shoeSize"), "value": 44},
            {"op": "add", "value": {"not a path": 1, "emails.shoeSize": 2}},
        ]),
        &expect![[r"
            (unknown-attribute) No schema declares `not a path`; it was ignored.
            (path-as-key) `emails.shoeSize` was sent as a key and read as a path.
            (unknown-attribute) No schema declares `shoeSize`; it was ignored.
            (unknown-attribute) No schema declares `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoeSize`; it was ignored.
            (unknown-attribute) No schema declares `emails.shoeSize`; it was ignored."]],
    );
}

#[test]
fn bodies_that_are_no_patch() {
    for body in [
        json!([]),
        json!({}),
        json!({"Operations": "x"}),
        json!({"Operations": [1]}),
    ] {
        let error = Patch::parse(&USER_TYPE, body, &mut Notes::default()).unwrap_err();
        assert_eq!(error.scim_type, Some(ScimType::InvalidSyntax));
    }
    check(
        &json!([{"op": "move", "path": "title"}]),
        &expect![
            "400 invalidSyntax: An operation's `op` is not one of add, replace and remove. Send one of these."
        ],
    );
    check(
        &json!([{"op": "add", "path": "title"}]),
        &expect![
            "400 invalidValue: The value of `title` was refused: the operation has no `value`; send null to clear the attribute."
        ],
    );
    check(
        &json!([{"op": "add", "value": "x"}]),
        &expect![
            "400 invalidValue: The value of `value` was refused: an operation without a path needs an object with the attributes to change."
        ],
    );
    check(
        &json!([{"op": "add", "path": 7, "value": "x"}]),
        &expect!["400 invalidPath: The path `7` cannot be read: a path is a string."],
    );
}

#[test]
fn keys_in_any_case() {
    let body = json!({"operations": [{"Op": "REPLACE", "Path": "title", "Value": "Analyst"}]});
    let (mut user, mut notes) = (ada(), Notes::default());
    let patch = Patch::parse(&USER_TYPE, body, &mut notes).unwrap();
    assert!(patch.apply(&USER_TYPE, &mut user, &mut notes).unwrap());
    assert_eq!(user["title"], "Analyst");
}

#[test]
fn a_password_is_accepted_and_forgotten() {
    check(
        &json!([{"op": "replace", "path": "password", "value": "s3cret"}]),
        &expect![[""]],
    );
    check(
        &json!([{"op": "replace", "path": "password", "value": 12345}]),
        &expect!["400 invalidValue: The value of `password` was refused: a string is expected."],
    );
}

fn addresses(count: usize) -> Value {
    (0..count)
        .map(|n| json!({"type": "other", "value": format!("ada{n}@contoso.test")}))
        .collect()
}

/// Reads and applies; the error, if there is one.
fn outcome(user: &mut Object, operations: &Value) -> Result<(), ScimError> {
    let mut notes = Notes::default();
    let patch = Patch::parse(&USER_TYPE, message(operations), &mut notes)?;
    patch.apply(&USER_TYPE, user, &mut notes).map(|_| ())
}

#[test]
fn an_attribute_has_at_most_a_thousand_values() {
    let add = |count| json!({"op": "add", "path": "emails", "value": addresses(count)});
    let one_by_one: Vec<_> = (0..1_001)
        .map(|n| {
            (
                format!("emails[value eq \"ada{n}@contoso.test\"].type"),
                json!("work"),
            )
        })
        .collect();
    let foreign = "urn:example:list:things";
    for operations in [
        json!([add(40_000)]),
        json!([add(600), add(600)]),
        json!([add(600), {"op": "Replace", "value": {"EMAILS": addresses(600)}}]),
        json!([{"op": "add", "value": Object::from_iter(one_by_one)}]),
        json!([{"op": "remove", "path": "emails", "value": addresses(2_000)}]),
        json!([{"op": "add", "path": foreign, "value": addresses(2_000)}]),
        // It has one already.
        json!([add(1_000)]),
    ] {
        let mut user = ada();
        let error = outcome(&mut user, &operations).unwrap_err();
        assert_eq!(
            (error.status, error.scim_type),
            (400, Some(ScimType::InvalidValue))
        );
        assert!(error.detail.contains("at most 1000 values"), "{}", error.detail);
        assert_eq!(user, ada());
    }
    let mut user = ada();
    outcome(&mut user, &json!([add(999)])).unwrap();
    outcome(&mut user, &json!([add(999)])).unwrap();
    assert_eq!(user["emails"].as_array().map(Vec::len), Some(1_000));
    let error = outcome(
        &mut user,
        &json!([{"op": "add", "path": "emails", "value": [{"value": "one@more.test"}]}]),
    );
    assert_eq!(error.unwrap_err().scim_type, Some(ScimType::InvalidValue));
}

#[test]
fn a_patch_has_at_most_a_thousand_operations() {
    let operations = |count| {
        let one = json!({"op": "replace", "path": "displayName", "value": "Ada L."});
        Value::Array(vec![one; count])
    };
    outcome(&mut ada(), &operations(1_000)).unwrap();
    let error = outcome(&mut ada(), &operations(1_001)).unwrap_err();
    assert_eq!(
        (error.status, error.scim_type),
        (400, Some(ScimType::InvalidSyntax))
    );
    assert!(error.detail.contains("1001 operations"), "{}", error.detail);
}

#[test]
fn an_extension_whose_urn_ends_in_a_small_letter_stays_whole() {
    let urn = "urn:acme:hr";
    let body =
        json!({"schemas": [USER_TYPE.schema.id, urn], "userName": "a", urn: {"x": 1, "y": {"z": [2]}}});
    let mut notes = Notes::default();
    let mut user = accept(&USER_TYPE, body.clone(), &mut notes).unwrap();
    assert!(notes.is_empty() && Value::Object(user.clone()) == body);
    apply(
        &mut user,
        &json!([{"op": "add", "path": "urn:acme:hr:x", "value": 2}]),
    );
    assert_eq!(user[urn]["x"], 2);
    apply(&mut user, &json!([{"op": "add", "path": urn, "value": {"x": 3}}]));
    assert_eq!(user[urn], json!({"x": 3, "y": {"z": [2]}}));
    apply(&mut user, &json!([{"op": "remove", "path": "URN:acme:HR"}]));
    assert!(!user.contains_key(urn));
}

#[test]
fn a_patch_inside_a_bulk_request_may_be_a_bare_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
    let bulk = std::fs::read(format!(
        "{folder}/rfc7644-3.7.3-bulk_request-multiple_operations.json"
    ))
    .unwrap();
    let bulk: Value = serde_json::from_slice(&bulk).unwrap();
    let (mut user, mut notes) = (ada(), Notes::default());
    let patch = Patch::parse(&USER_TYPE, bulk["Operations"][2]["data"].clone(), &mut notes).unwrap();
    assert!(patch.apply(&USER_TYPE, &mut user, &mut notes).unwrap());
    assert_eq!(user["userName"], "Dave");
}

/// An object with this many names, from the given one on.
fn names(first: usize, count: usize) -> Value {
    let name = |n: usize| (format!("name{n}"), json!(n));
    Value::Object((first..first + count).map(name).collect())
}

/// Extensions nobody declares, each with one name.
fn extensions(first: usize, count: usize) -> Value {
    let one = |n: usize| (format!("urn:acme:Part{n}"), json!({"x": n}));
    Value::Object((first..first + count).map(one).collect())
}

/// Both operations succeed, one after the other; the third is refused and changes nothing.
fn grow(steps: [Value; 3], refusal: &str) {
    let [first, second, third] = steps.map(|step| json!([step]));
    let mut user = ada();
    outcome(&mut user, &first).unwrap();
    outcome(&mut user, &second).unwrap();
    let before = user.clone();
    let error = outcome(&mut user, &third).unwrap_err();
    assert_eq!(
        (error.status, error.scim_type),
        (400, Some(ScimType::InvalidValue))
    );
    assert!(error.detail.contains(refusal), "{}", error.detail);
    assert_eq!(user, before);
    // What is full can still be changed.
    let title = json!([{"op": "add", "path": "title", "value": "Countess"}]);
    outcome(&mut user, &title).unwrap();
}

#[test]
fn what_nobody_declares_does_not_grow_without_end() {
    let urn = "urn:acme:Hr";
    let add = |path: &str, value: Value| json!({"op": "add", "path": path, "value": value});
    let all = |value: Value| json!({"op": "add", "value": value});
    let most = "at most 1000 names";
    grow(
        [
            add(urn, names(0, 600)),
            add(urn, names(600, 400)),
            add(urn, names(1_000, 1)),
        ],
        most,
    );
    grow(
        [
            add(urn, json!({"a": names(0, 600)})),
            add(urn, json!({"b": [names(600, 398)]})),
            add("urn:acme:Hr:c", json!(1)),
        ],
        most,
    );
    grow(
        [
            add("urn:acme:Hr:a.b", names(0, 600)),
            add("urn:acme:Hr:a.c", names(0, 397)),
            add("urn:acme:Hr:a.d", json!(1)),
        ],
        most,
    );
    grow(
        [
            all(extensions(0, 60)),
            all(extensions(60, 40)),
            all(extensions(100, 1)),
        ],
        "at most 100 extensions",
    );
    let (mut deep, mut deeper) = (json!(1), json!([[1]]));
    for _ in 0..18 {
        (deep, deeper) = (json!({"in": deep}), json!({"in": deeper}));
    }
    grow(
        [
            add("urn:acme:Hr:a.b", deep.clone()),
            add(urn, json!({"c": deep})),
            add("urn:acme:Hr:a.b", deeper),
        ],
        "at most 20 levels",
    );
}

#[test]
fn one_patch_brings_no_more_than_a_resource_may_have() {
    let urn = "urn:acme:Hr";
    let one_by_one = |count: usize| -> Object {
        let one = |n: usize| (format!("{urn}:name{n}"), json!(n));
        (0..count).map(one).collect()
    };
    for (value, refusal) in [
        (json!({urn: names(0, 1_001)}), "at most 1000 names"),
        (
            json!({urn: names(0, 600), "URN:acme:HR": names(0, 600)}),
            "at most 1000 names",
        ),
        (Value::Object(one_by_one(1_001)), "at most 1000 names"),
        (extensions(0, 101), "at most 100 extensions"),
    ] {
        let body = message(&json!([{"op": "replace", "value": value}]));
        let error = Patch::parse(&USER_TYPE, body, &mut Notes::default()).unwrap_err();
        assert!(error.detail.contains(refusal), "{}", error.detail);
    }
}

#[test]
fn a_resource_that_is_too_large_already_can_be_changed_and_made_smaller() {
    let mut user = ada();
    user.insert("urn:acme:Hr".into(), names(0, 1_200));
    let Value::Object(many) = extensions(0, 120) else {
        unreachable!()
    };
    user.extend(many);
    for operation in [
        json!({"op": "replace", "path": "active", "value": false}),
        json!({"op": "replace", "path": "urn:acme:Hr:name7", "value": "other"}),
        json!({"op": "remove", "path": "urn:acme:Hr:name8"}),
        json!({"op": "remove", "path": "urn:acme:Part7"}),
    ] {
        outcome(&mut user, &json!([operation])).unwrap();
    }
    for operation in [
        json!({"op": "add", "path": "urn:acme:Hr:more", "value": {"a": 1, "b": 2}}),
        json!({"op": "add", "value": extensions(200, 2)}),
    ] {
        outcome(&mut user, &json!([operation])).unwrap_err();
    }
}

#[test]
fn names_in_other_letters_are_the_same_names() {
    let mut user = ada();
    apply(
        &mut user,
        &json!([{"op": "add", "path": "urn:acme:Hr", "value": {"Cost": 1, "b": 1, "B": 2}}]),
    );
    let value = json!({"COST": 2, "new": 1, "NEW": 3, "b": null});
    apply(
        &mut user,
        &json!([{"op": "add", "path": "URN:ACME:HR", "value": value}]),
    );
    assert_eq!(user["urn:acme:Hr"], json!({"Cost": 2, "new": 3}));
}

#[test]
fn no_password_is_told() {
    let secrets = [
        json!({"op": "add", "path": "password[value eq \"Tr0ub4dor\"]", "value": "x"}),
        json!({"op": "add", "path": "password[value eq Tr0ub4dor]", "value": "x"}),
        json!({"op": "add", "path": "password eq \"Tr0ub4dor\"", "value": "x"}),
        json!({"op": "add", "path": "emails[password eq Tr0ub4dor].value", "value": "x"}),
        json!({"op": "add", "path": "emails[password Tr0ub4dor].value", "value": "x"}),
        json!({"op": "add", "path": "emails[password eq \"Tr0ub4dor\"].shoeSize", "value": "x"}),
        json!({"op": "add", "path": "emails[password eq \"Tr0ub4dor\"].primary", "value": "x"}),
        json!({"op": "add", "path": "emails[password eq \"Tr0ub4dor\"].value", "value": 5}),
        json!({"op": "add", "path": "emails[PASSWORD eq \"Tr0ub4dor\"].value"}),
        json!({"op": "replace", "path": "emails[password eq \"Tr0ub4dor\"]", "value": {"value": "x"}}),
        json!({"op": "replace", "path": "emails[password ne \"Tr0ub4dor\"].type", "value": "x"}),
        json!({"op": "add", "path": "urn:acme:x[password eq \"Tr0ub4dor\"].value", "value": 5}),
        json!({"op": "add", "path": "groups[display eq \"{\\\"password\\\":\\\"Tr0ub4dor\\\"}\"].value", "value": 5}),
        json!({"op": "add", "path": {"password": "Tr0ub4dor"}, "value": 5}),
        json!({"op": "add", "value": {"password[value eq \"Tr0ub4dor\"]": "x"}}),
        json!({"op": "add", "value": {"emails[password eq \"Tr0ub4dor\"].value": "x"}}),
        json!({"op": "add", "value": {"{\"password\":\"Tr0ub4dor\"}": "x"}}),
        json!({"op": "add", "value": {"password": {"value": "Tr0ub4dor"}}}),
        json!({"op": "add", "value": {"password": ["Tr0ub4dor", 5]}}),
        json!({"op": "add", "value": {"active": "{\"password\":\"Tr0ub4dor\"}"}}),
        json!({"op": "add", "path": "roles", "value": [{"value": "{\"value\":5,\"password\":\"Tr0ub4dor\"}"}]}),
    ];
    for operation in secrets {
        for mut notes in [Notes::default(), Notes::strict()] {
            let mut user = ada();
            let outcome = Patch::parse(&USER_TYPE, message(&json!([operation])), &mut notes)
                .and_then(|patch| patch.apply(&USER_TYPE, &mut user, &mut notes));
            let said = format!("{notes:?} {outcome:?}");
            assert!(!said.contains("Tr0ub4dor"), "{operation}: {said}");
        }
    }
}
