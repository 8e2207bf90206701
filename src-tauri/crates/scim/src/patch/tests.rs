//! PATCH as providers send it. A test named `tNN_…` is a row of the interop traps.

mod groups;
mod properties;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::*;
use crate::error::ScimType;
use crate::resource::accept;
use crate::schemas::{ENTERPRISE_URN, GROUP_TYPE, KMSAT_URN, PATCH_OP, USER_TYPE};

/// The user most tests start from.
fn ada() -> Object {
    let body = json!({
        "schemas": [USER_TYPE.schema.id],
        "userName": "ada@contoso.test",
        "displayName": "Ada",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "emails": [{"type": "work", "value": "ada@contoso.test", "primary": true}],
        "active": true,
    });
    accept(&USER_TYPE, body, &mut Notes::default()).unwrap()
}

fn message(operations: &Value) -> Value {
    json!({"schemas": [PATCH_OP], "Operations": operations})
}

/// Applies operations to `resource` and shows what changed, then what was noted.
fn apply(resource: &mut Object, operations: &Value) -> String {
    let (before, mut notes) = (resource.clone(), Notes::default());
    let outcome = Patch::parse(&USER_TYPE, message(operations), &mut notes)
        .and_then(|patch| patch.apply(&USER_TYPE, resource, &mut notes));
    let mut lines = Vec::new();
    match outcome {
        Err(error) => {
            assert_eq!(before, *resource, "a failed patch changed something");
            let scim_type = error.scim_type.map_or("", ScimType::as_str);
            lines.push(format!("{} {scim_type}: {}", error.status, error.detail));
        }
        Ok(changed) => {
            assert_eq!(changed, before != *resource);
            lines.extend(difference(&before, resource));
        }
    }
    lines.extend(
        notes
            .iter()
            .map(|note| format!("({}) {}", note.quirk.name(), note.sentence)),
    );
    lines.join("\n")
}

fn difference(before: &Object, after: &Object) -> Vec<String> {
    let gone = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .map(|key| format!("- {key}"));
    let new = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(value));
    gone.chain(new.map(|(key, value)| format!("{key}: {value}")))
        .collect()
}

fn check(operations: &Value, expect: &Expect) {
    expect.assert_eq(&apply(&mut ada(), operations));
}

#[test]
fn t71_active_as_a_string() {
    check(
        &json!([{"op": "Replace", "path": "active", "value": "False"}]),
        &expect![[r#"
            active: false
            (operation-case) The operation Replace was read as replace.
            (boolean-as-string) `active` was sent as the string "False" and read as false."#]],
    );
}

#[test]
fn t73_a_dotted_path() {
    check(
        &json!([{"op": "replace", "path": "name.familyName", "value": "King"}]),
        &expect![[r#"name: {"familyName":"King","givenName":"Ada"}"#]],
    );
}

#[test]
fn t74_one_value_with_dotted_and_urn_keys() {
    let value = json!({
        "displayName": "Bjfe",
        "name.givenName": "Kkom",
        format!("{ENTERPRISE_URN}:employeeNumber"): "Aklq",
        ENTERPRISE_URN: {"department": "Ops", "manager.value": "7"},
    });
    check(
        &json!([{"op": "replace", "value": value}]),
        &expect![[r#"
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
        name: {"familyName":"Lovelace","givenName":"Kkom"}
        displayName: "Bjfe"
        urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"employeeNumber":"Aklq","department":"Ops","manager":{"value":"7"}}
        (path-as-key) `name.givenName` was sent as a key and read as a path.
        (path-as-key) `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber` was sent as a key and read as a path."#]],
    );
}

#[test]
fn t75_one_value_of_a_list() {
    check(
        &json!([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "new@contoso.test"}]),
        &expect![[r#"emails: [{"value":"new@contoso.test","type":"work","primary":true}]"#]],
    );
}

#[test]
fn t76_t77_an_element_that_is_not_there_is_made() {
    check(
        &json!([
            {"op": "add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "555 1234"},
            {"op": "replace", "path": "emails[type eq \"home\"].value", "value": "h@contoso.test"},
            {"op": "replace", "path": "addresses[type eq \"work\"].locality", "value": "London"},
            {"op": "add", "path": "addresses[type eq \"work\"].country", "value": "UK"},
        ]),
        &expect![[r#"
            emails: [{"value":"ada@contoso.test","type":"work","primary":true},{"value":"h@contoso.test","type":"home"}]
            phoneNumbers: [{"value":"555 1234","type":"mobile"}]
            addresses: [{"locality":"London","country":"UK","type":"work"}]
            (element-made-from-filter) No value of `phoneNumbers` matched [type eq "mobile"]; one was made.
            (element-made-from-filter) No value of `emails` matched [type eq "home"]; one was made.
            (element-made-from-filter) No value of `addresses` matched [type eq "work"]; one was made."#]],
    );
}

#[test]
fn t77_a_filter_that_does_not_say_what_to_make() {
    check(
        &json!([{"op": "replace", "path": "emails[type ne \"work\"].value", "value": "x"}]),
        &expect![[
            r#"400 noTarget: The operation has no target: no value of `emails` matches [type ne "work"], and the filter does not say what to create."#
        ]],
    );
}

#[test]
fn t78_several_operations_make_one_element() {
    check(
        &json!([
            {"op": "add", "path": "emails[type eq \"other\"].primary", "value": false},
            {"op": "add", "path": "emails[type eq \"other\"].value", "value": "o@contoso.test"},
            {"op": "add", "path": "emails[type eq \"other\"].display", "value": "Oth"},
        ]),
        &expect![[r#"
            emails: [{"value":"ada@contoso.test","type":"work","primary":true},{"value":"o@contoso.test","display":"Oth","type":"other","primary":false}]
            (element-made-from-filter) No value of `emails` matched [type eq "other"]; one was made."#]],
    );
}

#[test]
fn t79_t80_t81_the_manager_in_every_form() {
    let manager = format!("{ENTERPRISE_URN}:manager");
    let value = format!("{manager}.value");
    for (path, value) in [
        (manager.as_str(), json!("7")),
        (&manager, json!([{"$ref": "http://x/scim/Users/7", "value": "7"}])),
        (&manager, json!({"value": "7"})),
        (&manager, json!({"$ref": "http://x/scim/Users/7"})),
        (&value, json!("7")),
        ("manager", json!("7")),
    ] {
        let mut user = ada();
        apply(&mut user, &json!([{"op": "Add", "path": path, "value": value}]));
        assert_eq!(
            user[ENTERPRISE_URN],
            json!({"manager": {"value": "7"}}),
            "{path} = {value}"
        );
    }
}

#[test]
fn t82_the_manager_taken_away() {
    let manager = format!("{ENTERPRISE_URN}:manager");
    for value in [
        json!(""),
        json!(null),
        json!({"value": ""}),
        json!({"value": null}),
        json!([]),
    ] {
        let mut user = ada();
        apply(&mut user, &json!([{"op": "add", "path": manager, "value": "7"}]));
        apply(
            &mut user,
            &json!([{"op": "replace", "path": manager, "value": value}]),
        );
        assert_eq!(user, ada(), "{value}");
    }
}

#[test]
fn t85_null_and_the_empty_string_unassign() {
    for value in [
        json!(null),
        json!(""),
        json!([]),
        json!({"value": ""}),
        json!([{"value": null}]),
    ] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": "title", "value": "Analyst"}]),
        );
        apply(
            &mut user,
            &json!([{"op": "replace", "path": "title", "value": value}]),
        );
        assert_eq!(user, ada(), "{value}");
    }
}

#[test]
fn val25_clearing_the_value_of_an_element_clears_the_element() {
    check(
        &json!([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": ""}]),
        &expect![[r#"
            - emails
            (empty-string) `emails[type eq "work"].value` was sent as an empty string and read as no value."#]],
    );
}

#[test]
fn t86_part_of_a_complex_value_keeps_the_rest() {
    check(
        &json!([{"op": "replace", "path": "name", "value": {"familyName": "King", "middleName": null}}]),
        &expect![[r#"name: {"familyName":"King","givenName":"Ada"}"#]],
    );
}

#[test]
fn t87_sub_attributes_in_any_case() {
    check(
        &json!([{"op": "replace", "path": "emails[Type eq \"work\"].Value", "value": "cap@contoso.test"}]),
        &expect![[r#"emails: [{"value":"cap@contoso.test","type":"work","primary":true}]"#]],
    );
}

#[test]
fn t88_a_boolean_compared_with_a_string() {
    let mut user = ada();
    apply(
        &mut user,
        &json!([{"op": "add", "path": "roles", "value": [{"value": "a", "primary": "True"}]}]),
    );
    let shown = apply(
        &mut user,
        &json!([{"op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "b"}]),
    );
    expect![[r#"
        roles: [{"value":"b","primary":true}]
        (operation-case) The operation Replace was read as replace.
        (boolean-as-string) `roles.primary` was compared with the string "True", read as true."#]]
    .assert_eq(&shown);
    check(
        &json!([{"op": "add", "path": "roles[primary eq \"True\"].value", "value": "b"}]),
        &expect![[r#"
            roles: [{"value":"b","primary":true}]
            (boolean-as-string) `roles.primary` was compared with the string "True", read as true.
            (element-made-from-filter) No value of `roles` matched [primary eq true]; one was made."#]],
    );
}

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
fn t95_one_primary() {
    check(
        &json!([{"op": "add", "path": "emails", "value": [{"type": "home", "value": "h@contoso.test", "primary": true}]}]),
        &expect![[
            r#"emails: [{"value":"ada@contoso.test","type":"work","primary":false},{"value":"h@contoso.test","type":"home","primary":true}]"#
        ]],
    );
    check(
        &json!([{"op": "add", "path": "emails[type eq \"home\"]", "value": {"value": "h@contoso.test", "primary": "true"}}]),
        &expect![[r#"
            emails: [{"value":"ada@contoso.test","type":"work","primary":false},{"value":"h@contoso.test","type":"home","primary":true}]
            (element-made-from-filter) No value of `emails` matched [type eq "home"]; one was made.
            (boolean-as-string) `emails[type eq "home"].primary` was sent as the string "true" and read as true."#]],
    );
}

#[test]
fn t96_what_is_there_is_not_added_again() {
    for value in [
        json!([{"type": "work", "value": "ada@contoso.test", "primary": true}]),
        json!([{"type": "work", "value": "ada@contoso.test"}]),
        json!({"value": "ada@contoso.test"}),
        json!("ada@contoso.test"),
    ] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": "emails", "value": value}]),
        );
        assert_eq!(user, ada(), "{value}");
    }
    check(
        &json!([{"op": "add", "path": "emails", "value": [{"type": "work", "value": "ada@contoso.test", "display": "Ada"}]}]),
        &expect![[r#"emails: [{"value":"ada@contoso.test","display":"Ada","type":"work","primary":true}]"#]],
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
fn t152_one_value_in_a_list() {
    check(
        &json!([{"op": "Replace", "path": "displayName", "value": [{"$ref": null, "value": "User x"}]}]),
        &expect![[r#"
            displayName: "User x"
            (operation-case) The operation Replace was read as replace.
            (list-for-single) `displayName` was sent as a list of one and read as that one.
            (object-for-scalar) `displayName` was sent as an object and read as its `value`."#]],
    );
}

#[test]
fn t153_a_role_as_json_in_a_string() {
    let role = r#"{"id":"06b07648","value":"Admin","displayName":"Administrator"}"#;
    check(
        &json!([{"op": "Add", "path": "roles", "value": [{"value": role}]}]),
        &expect![[r#"
            roles: [{"value":"Admin","display":"Administrator"}]
            (operation-case) The operation Add was read as add.
            (json-in-string) A value of `roles` was sent as JSON in a string and opened."#]],
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
fn t165_add_appends() {
    check(
        &json!([{"op": "Add", "path": "emails", "value": [{"type": "home", "value": "h@contoso.test"}]}]),
        &expect![[r#"
            emails: [{"value":"ada@contoso.test","type":"work","primary":true},{"value":"h@contoso.test","type":"home"}]
            (operation-case) The operation Add was read as add."#]],
    );
}

#[test]
fn removing_by_listing_values() {
    check(
        &json!([{"op": "Remove", "path": "emails", "value": [{"value": "ada@contoso.test"}]}]),
        &expect![[r"
            - emails
            (operation-case) The operation Remove was read as remove.
            (remove-with-value) `emails` was removed by listing values; only those were removed."]],
    );
    check(
        &json!([{"op": "remove", "path": "emails", "value": []}]),
        &expect!["(remove-with-value) `emails` was removed by listing values; only those were removed."],
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
