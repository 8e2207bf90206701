//! Attributes with many values.

use super::*;

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

/// RFC 7644 §3.5.2.3; T77 is the exception.
#[test]
fn replacing_what_is_not_there_has_no_target() {
    for path in [
        "emails[type eq \"home\"]",
        "emails[value eq \"nobody@c.test\"]",
        "emails[value eq \"nobody@c.test\"].display",
        "emails[type eq \"home\" and value eq \"nobody@c.test\"].display",
    ] {
        let mut user = ada();
        let shown = apply(
            &mut user,
            &json!([{"op": "replace", "path": path, "value": {"value": "x"}}]),
        );
        assert!(shown.starts_with("400 noTarget: "), "{path}: {shown}");
    }
    check(
        &json!([{"op": "replace", "path": "emails[type eq \"home\"]", "value": {"value": "h@c.test"}}]),
        &expect![[
            r#"400 noTarget: The operation has no target: no value of `emails` matches [type eq "home"]; add it, or replace one that is there."#
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
fn val25_clearing_the_value_of_an_element_clears_the_element() {
    check(
        &json!([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": ""}]),
        &expect![[r#"
            - emails
            (empty-string) `emails[type eq "work"].value` was sent as an empty string and read as no value."#]],
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
fn an_element_without_content_takes_nothing_from_the_others() {
    let primary = json!({"op": "add", "path": "emails[type eq \"home\"].primary", "value": true});
    check(
        &json!([primary]),
        &expect![[
            r#"(element-made-from-filter) No value of `emails` matched [type eq "home"]; one was made."#
        ]],
    );
    let value = json!({"op": "add", "path": "emails[type eq \"home\"].value", "value": "h@contoso.test"});
    check(
        &json!([primary, value]),
        &expect![[r#"
        emails: [{"value":"ada@contoso.test","type":"work","primary":false},{"value":"h@contoso.test","type":"home","primary":true}]
        (element-made-from-filter) No value of `emails` matched [type eq "home"]; one was made."#]],
    );
}

#[test]
fn t95_the_first_element_made_primary() {
    let mut user = ada();
    apply(
        &mut user,
        &json!([{"op": "replace", "path": "emails", "value": [
        {"type": "home", "value": "h"}, {"type": "work", "value": "w", "primary": true}]}]),
    );
    for value in [json!({"primary": true}), json!([{"Primary": "True"}])] {
        let mut user = user.clone();
        apply(
            &mut user,
            &json!([{"op": "replace", "path": "emails[type eq \"home\"]", "value": value}]),
        );
        assert_eq!(user["emails"][0]["primary"], true, "{value}");
        assert_eq!(user["emails"][1]["primary"], false, "{value}");
    }
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
fn t153_a_role_as_json_in_a_string() {
    let role = r#"{"id":"06b07648","value":"Admin","displayName":"Administrator"}"#;
    check(
        &json!([{"op": "Add", "path": "roles", "value": [{"value": role}]}]),
        &expect![[r#"
            roles: [{"value":"Admin","display":"Administrator"}]
            (operation-case) The operation Add was read as add.
            (json-in-string) A value of `roles` was sent as JSON in a string and opened."#]],
    );
    for path in ["roles[primary eq \"True\"].value", "roles.value"] {
        let mut user = ada();
        apply(
            &mut user,
            &json!([{"op": "add", "path": "roles", "value": [{"value": "Old", "primary": true}]}]),
        );
        apply(
            &mut user,
            &json!([{"op": "Replace", "path": path, "value": role}]),
        );
        let opened = json!([{"value": "Admin", "display": "Administrator", "primary": true}]);
        assert_eq!(user["roles"], opened, "{path}");
    }
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
