//! Attributes with one value.

use super::*;

#[test]
fn a_managers_uri_follows_from_the_id() {
    let path = format!("{ENTERPRISE_URN}:manager");
    let mut user = ada();
    apply(
        &mut user,
        &json!([{"op": "add", "path": path, "value": {"value": "7", "$ref": "../Users/8"}}]),
    );
    assert_eq!(user[ENTERPRISE_URN], json!({"manager": {"value": "7"}}));
    let before = user.clone();
    apply(
        &mut user,
        &json!([{"op": "replace", "path": format!("{path}.$ref"), "value": "../Users/9"}]),
    );
    assert_eq!(user, before);
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
fn t86_part_of_a_complex_value_keeps_the_rest() {
    check(
        &json!([{"op": "replace", "path": "name", "value": {"familyName": "King", "middleName": null}}]),
        &expect![[r#"name: {"familyName":"King","givenName":"Ada"}"#]],
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
