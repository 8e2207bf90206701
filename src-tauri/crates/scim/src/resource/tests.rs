//! Bodies as providers send them. A test named `tNN_…` is a row of the interop traps.

use expect_test::{Expect, expect};
use serde_json::json;

use super::*;
use crate::schemas::{ENTERPRISE_URN, GROUP_TYPE, USER_TYPE, USER_URN};

fn show(kind: &'static ResourceType, body: Value) -> String {
    let mut notes = Notes::default();
    let mut lines = match accept(kind, body, &mut notes) {
        Ok(resource) => resource
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect(),
        Err(error) => vec![format!("{} {}", error.status, error.detail)],
    };
    lines.extend(
        notes
            .iter()
            .map(|note| format!("({}) {}", note.quirk.name(), note.sentence)),
    );
    lines.join("\n")
}

fn check(body: Value, expect: &Expect) {
    expect.assert_eq(&show(&USER_TYPE, body));
}

#[test]
fn entra_creates_a_user() {
    check(
        json!({
            "schemas": [USER_URN, ENTERPRISE_URN],
            "externalId": "AdeleV",
            "userName": "AdeleV@contoso.com",
            "active": true,
            "displayName": "Adele Vance",
            "emails": [{"primary": true, "type": "work", "value": "AdeleV@contoso.com"}],
            "meta": {"resourceType": "User"},
            "name": {"familyName": "Vance", "givenName": "Adele"},
            "roles": [],
            ENTERPRISE_URN: {"department": "Retail", "employeeNumber": 10001, "manager": "7"},
            "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User":
                {"customField1": "Store 18", "customDate1": "2026-04-04"},
        }),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User"]
            externalId: "AdeleV"
            userName: "AdeleV@contoso.com"
            name: {"familyName":"Vance","givenName":"Adele"}
            displayName: "Adele Vance"
            active: true
            emails: [{"value":"AdeleV@contoso.com","type":"work","primary":true}]
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"employeeNumber":"10001","department":"Retail","manager":{"value":"7"}}
            urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User: {"customField1":"Store 18","customDate1":"2026-04-04"}
            (unlisted-extension) The body has the extension urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User, which its `schemas` does not list.
            (scalar-as-string) `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber` was sent as 10001 and read as the string "10001".
            (scalar-for-object) `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager` was sent as a plain value and read as its `value`.
            (loose-date-time) `urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User:customDate1` was sent as "2026-04-04", without a time or an offset, and read as UTC."#]],
    );
}

#[test]
fn t21_nothing_means_unassigned() {
    check(
        json!({"schemas": [USER_URN], "userName": "t21", "addresses": null, "title": null,
            "nickName": "", "emails": [], "phoneNumbers": [{"type": "work", "value": ""}],
            "name": {"givenName": null}, ENTERPRISE_URN: {"manager": null, "department": ""}}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "t21"
            (unlisted-extension) The body has the extension urn:ietf:params:scim:schemas:extension:enterprise:2.0:User, which its `schemas` does not list.
            (empty-string) `nickName` was sent as an empty string and read as no value.
            (empty-string) `phoneNumbers.value` was sent as an empty string and read as no value.
            (empty-string) `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department` was sent as an empty string and read as no value."#]],
    );
}

#[test]
fn t22_t23_booleans_as_strings() {
    check(
        json!({"schemas": [USER_URN], "userName": "t22", "active": "True",
            "roles": [{"primary": "True", "value": "admin", "display": "d"}]}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "t22"
            active: true
            roles: [{"value":"admin","display":"d","primary":true}]
            (boolean-as-string) `active` was sent as the string "True" and read as true.
            (boolean-as-string) `roles.primary` was sent as the string "True" and read as true."#]],
    );
}

#[test]
fn t24_names_in_any_case() {
    check(
        json!({"SCHEMAS": [USER_URN], "USERNAME": "t24", "Active": true, "NAME": {"GivenName": "Zed"}}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "t24"
            name: {"givenName":"Zed"}
            active: true"#]],
    );
}

#[test]
fn t27_malformed_json() {
    let error = parse_body(b"{\"schemas\":[", &mut Notes::default()).unwrap_err();
    expect![
        "The body is not valid JSON: reading stopped at line 1, column 12. Send one JSON object in UTF-8."
    ]
    .assert_eq(&error.detail);
    assert_eq!(error.scim_type, Some(crate::ScimType::InvalidSyntax));
    assert!(parse_body(&[b'['; 200], &mut Notes::default()).is_err());
    assert!(parse_body(&[0xFF], &mut Notes::default()).is_err());
    check(
        json!([1]),
        &expect!["400 The body is not a JSON object. Send the User as one."],
    );
}

#[test]
fn t30_t151_urns_nobody_declares() {
    check(
        json!({"schemas": ["urn:scim:schemas:core:1.0", USER_URN,
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"], "userName": "t30"}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "t30"
            (unknown-schema) `schemas` lists urn:scim:schemas:core:1.0, which nobody declares; it was left out.
            (unknown-schema) `schemas` lists urn:ietf:params:scim:schemas:extension:enterprise:2.0User, which nobody declares; it was left out."#]],
    );
    let group = json!({"schemas": [GROUP_TYPE.schema.id,
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"], "displayName": "Sales"});
    expect![[r#"
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"]
        displayName: "Sales"
        (unknown-schema) `schemas` lists http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group, which nobody declares; it was left out."#]].assert_eq(&show(&GROUP_TYPE, group));
}

#[test]
fn t32_t176_what_only_the_server_writes() {
    check(
        json!({"schemas": [USER_URN], "id": "chosen", "meta": {"created": "1999"}, "userName": "t32",
            "groups": [{"value": "7"}], "name": {"middleName": ""}}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "t32"
            (empty-string) `name.middleName` was sent as an empty string and read as no value."#]],
    );
}

#[test]
fn t33_a_byte_order_mark() {
    let mut notes = Notes::default();
    let body = parse_body(b"\xEF\xBB\xBF{\"userName\":\"t33\"}", &mut notes).unwrap();
    assert_eq!(body, json!({"userName": "t33"}));
    assert_eq!(
        notes.into_vec().first().map(|note| note.quirk),
        Some(Quirk::ByteOrderMark)
    );
}

#[test]
fn keys_that_are_paths() {
    check(
        json!({"schemas": [USER_URN], "userName": "x", "name.givenName": "Ada",
            "emails[type eq \"work\"].value": "ada@contoso.test",
            format!("{ENTERPRISE_URN}:department"): "Ops", "costCenter": "7"}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
            userName: "x"
            name: {"givenName":"Ada"}
            emails: [{"value":"ada@contoso.test","type":"work"}]
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"costCenter":"7","department":"Ops"}
            (path-as-key) `name.givenName` was sent as a key and read as a path.
            (path-as-key) `emails[type eq "work"].value` was sent as a key and read as a path.
            (path-as-key) `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department` was sent as a key and read as a path.
            (unqualified-attribute) `costCenter` was sent without its URN and read as an attribute of urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.
            (element-made-from-filter) No value of `emails` matched [type eq "work"]; one was made."#]],
    );
}

#[test]
fn what_nobody_declares() {
    check(
        json!({"schemas": [USER_URN], "userName": "x", "shoeSize": 44, "not a name": 1,
            "emails": [{"value": "x@y", "color": "red"}],
            "urn:acme:2.0:User": {"badge": {"no": 7}, "Empty": null},
            ENTERPRISE_URN: {"shoeSize": 44}}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:acme:2.0:User"]
            userName: "x"
            emails: [{"value":"x@y"}]
            urn:acme:2.0:User: {"badge":{"no":7}}
            (unlisted-extension) The body has the extension urn:acme:2.0:User, which its `schemas` does not list.
            (unlisted-extension) The body has the extension urn:ietf:params:scim:schemas:extension:enterprise:2.0:User, which its `schemas` does not list.
            (unknown-attribute) No schema declares `not a name`; it was ignored.
            (unknown-attribute) No schema declares `shoeSize`; it was ignored.
            (unknown-attribute) No schema declares `emails.color`; it was ignored.
            (unknown-attribute) No schema declares `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoeSize`; it was ignored."#]],
    );
}

#[test]
fn shapes_are_straightened() {
    check(
        json!({"schemas": [USER_URN], "userName": ["x"], "displayName": {"value": "X"},
            "emails": "x@y", "phoneNumbers": {"value": "5"}, "title": 7,
            "roles": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "x"
            displayName: "X"
            title: "7"
            emails: [{"value":"x@y"}]
            phoneNumbers: [{"value":"5"}]
            roles: [{"value":"a","primary":false},{"value":"b","primary":true}]
            (list-for-single) `userName` was sent as a list of one and read as that one.
            (object-for-scalar) `displayName` was sent as an object and read as its `value`.
            (single-for-list) `emails` was sent as one value and read as a list of one.
            (scalar-for-object) `emails` was sent as a plain value and read as its `value`.
            (single-for-list) `phoneNumbers` was sent as one value and read as a list of one.
            (scalar-as-string) `title` was sent as 7 and read as the string "7".
            (several-primaries) `roles` had several primary values; the last one was kept as primary."#]],
    );
}

#[test]
fn values_that_would_have_to_be_guessed() {
    for (body, path) in [
        (json!({}), "userName"),
        (json!({"userName": "  "}), "userName"),
        (json!({"userName": {"first": "x"}}), "userName"),
        (json!({"userName": ["x", "y"]}), "userName"),
        (json!({"userName": "x", "active": "perhaps"}), "active"),
        (json!({"userName": "x", "active": 1}), "active"),
        (json!({"userName": "x", "name": "Ada"}), "name"),
        (
            json!({"userName": "x", "emails": [{"primary": "x"}]}),
            "emails.primary",
        ),
        (json!({"userName": "x", "password": 5}), "password"),
        (json!({"userName": "x", "customDate1": "soon"}), "customDate1"),
        (json!({"userName": "x", ENTERPRISE_URN: "x"}), ENTERPRISE_URN),
    ] {
        let error = accept(&USER_TYPE, body, &mut Notes::default()).unwrap_err();
        assert_eq!(error.scim_type, Some(crate::ScimType::InvalidValue), "{path}");
        assert!(error.detail.contains(path), "{path}: {}", error.detail);
    }
}

#[test]
fn a_password_is_accepted_and_forgotten() {
    check(
        json!({"schemas": [USER_URN], "userName": "x", "password": "1mz050nq"}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "x""#]],
    );
}

#[test]
fn t173_groups() {
    let group = json!({"schemas": [GROUP_TYPE.schema.id], "displayName": "Sales", "externalId": "8aa1", "members": [
        {"value": "a", "$ref": null, "display": "A", "type": "User"}, "b", {"value": "a"}]});
    expect![[r#"
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"]
        externalId: "8aa1"
        displayName: "Sales"
        members: [{"value":"a","type":"User","display":"A"},{"value":"b"}]
        (scalar-for-object) `members` was sent as a plain value and read as its `value`."#]]
    .assert_eq(&show(&GROUP_TYPE, group));
    let empty = json!({"schemas": [GROUP_TYPE.schema.id], "displayName": "Empty", "members": []});
    expect![[r#"
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"]
        displayName: "Empty""#]]
    .assert_eq(&show(&GROUP_TYPE, empty));
    expect!["400 The value of `displayName` was refused: every Group needs one that is not blank."]
        .assert_eq(&show(&GROUP_TYPE, json!({"schemas": [GROUP_TYPE.schema.id]})));
}

#[test]
fn a_profile_url_need_not_be_a_url() {
    check(
        json!({"schemas": [USER_URN], "userName": "x", "profileUrl": "BAPNQLJSRQGD"}),
        &expect![[r#"
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
            userName: "x"
            profileUrl: "BAPNQLJSRQGD""#]],
    );
}

/// RFC 7643 §2.3.6.
#[test]
fn certificates_are_base64() {
    let certified = |value: &str| {
        let mut notes = Notes::default();
        let body = json!({"schemas": [USER_URN], "userName": "x", "x509Certificates": [{"value": value}]});
        let kept =
            accept(&USER_TYPE, body, &mut notes).map(|user| user["x509Certificates"][0]["value"] == value);
        let quirks: Vec<_> = notes.iter().map(|note| note.quirk.name()).collect();
        (kept.map_err(|error| error.detail), quirks.concat())
    };
    for exact in ["QUJD", "QUI=", "QQ==", "+/8="] {
        assert_eq!(certified(exact), (Ok(true), String::new()), "{exact}");
    }
    for loose in ["QUI", "QUJD\r\nQUI=\n", "-_8="] {
        assert_eq!(
            certified(loose),
            (Ok(true), "loose-binary".to_owned()),
            "{loose:?}"
        );
    }
    for wrong in ["not base64!", "QUJDR", "=", "QQ=x", "QQ==="] {
        let why = "The value of `x509Certificates.value` was refused: Base64 is expected.";
        assert_eq!(certified(wrong), (Err(why.to_owned()), String::new()), "{wrong}");
    }
}

#[test]
fn what_says_nothing_is_not_kept_in_an_extension_either() {
    let urn = "urn:acme:2.0:User";
    let body = json!({"userName": "x", urn: {
        "a": {"b": null, "c": {"d": []}}, "e": [1, null, {"f": ""}, "g"], "h": false, "i": "",
    }});
    let user = accept(&USER_TYPE, body, &mut Notes::default()).unwrap();
    assert_eq!(user[urn], json!({"e": [1, "g"], "h": false}));
}

#[test]
fn extensions_keep_their_urn() {
    for urn in [
        "urn:acme:hr",
        "urn:acme:2.e",
        "urn:acme:2.0:User:badge",
        "urn:acme:Hr",
    ] {
        let body = json!({"schemas": [USER_URN, urn], "userName": "x", urn: {"a": 1}});
        let user = accept(&USER_TYPE, body.clone(), &mut Notes::default()).unwrap();
        assert_eq!(Value::Object(user), body);
    }
    // A key goes on behind the URN that the body lists or has.
    let body = json!({"schemas": [USER_URN, "urn:acme:Hr"], "userName": "x", "urn:acme:Hr:Badge": "7"});
    let user = accept(&USER_TYPE, body, &mut Notes::default()).unwrap();
    assert_eq!(user["urn:acme:Hr"], json!({"Badge": "7"}));
    let body = json!({"userName": "x", "urn:acme:Hr:Badge": "7", "urn:acme:Hr": {"a": 1}});
    let user = accept(&USER_TYPE, body, &mut Notes::default()).unwrap();
    assert_eq!(user["urn:acme:Hr"], json!({"Badge": "7", "a": 1}));
    let body = json!({"userName": "x", "urn:ietf:params:scim:schemas:tment": "Analysis"});
    let once = accept(&USER_TYPE, body, &mut Notes::default()).unwrap();
    let again = accept(&USER_TYPE, Value::Object(once.clone()), &mut Notes::default()).unwrap();
    assert_eq!(once, again);
}

/// Reads a sample of the RFCs.
fn sample(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
    let json = std::fs::read(format!("{folder}/{name}.json")).unwrap();
    parse_body(&json, &mut Notes::default()).unwrap()
}

#[test]
fn the_resources_of_the_rfc_need_no_forgiveness() {
    for (kind, name) in [
        (&USER_TYPE, "rfc7643-8.1-user-minimal"),
        (&USER_TYPE, "rfc7643-8.2-user-full"),
        (&USER_TYPE, "rfc7643-8.3-enterprise_user"),
        (&GROUP_TYPE, "rfc7643-8.4-group"),
    ] {
        let (body, mut notes) = (sample(name), Notes::default());
        let resource = accept(kind, body.clone(), &mut notes).unwrap();
        assert!(notes.is_empty(), "{name}: {notes:?}");
        let ignored = ["id", "meta", "password", "groups"];
        let kept = body
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| !ignored.contains(&key.as_str()));
        let missing: Vec<_> = kept.filter(|key| !resource.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn the_patches_of_the_rfc_need_no_forgiveness() {
    for (kind, name) in [
        (&USER_TYPE, "1-patch_op-add_emails"),
        (&GROUP_TYPE, "1-patch_op-add_members"),
        (&GROUP_TYPE, "2-patch_op-remove_all_members"),
        (&GROUP_TYPE, "2-patch_op-remove_and_add_one_member"),
        (&USER_TYPE, "2-patch_op-remove_multi_complex_value"),
        (&GROUP_TYPE, "2-patch_op-remove_one_member"),
        (&USER_TYPE, "3-patch_op-replace_all_email_values"),
        (&GROUP_TYPE, "3-patch_op-replace_all_members"),
        (&USER_TYPE, "3-patch_op-replace_street_address"),
        (&USER_TYPE, "3-patch_op-replace_user_work_address"),
    ] {
        let required = if kind.name == "User" {
            "8.2-user-full"
        } else {
            "8.4-group"
        };
        let stored = sample(&format!("rfc7643-{required}"));
        let mut stored = accept(kind, stored, &mut Notes::default()).unwrap();
        let mut notes = Notes::default();
        let patch = crate::Patch::parse(kind, sample(&format!("rfc7644-3.5.2.{name}")), &mut notes).unwrap();
        patch.apply(kind, &mut stored, &mut notes).unwrap();
        assert!(notes.is_empty(), "{name}: {notes:?}");
    }
}

#[test]
fn a_large_group_is_read_in_linear_time() {
    let members: Vec<Value> = (0..100_000).map(|id| json!({"value": format!("{id}")})).collect();
    let body = json!({"schemas": [GROUP_TYPE.schema.id], "displayName": "All", "members": members});
    let start = std::time::Instant::now();
    let group = accept(&GROUP_TYPE, body, &mut Notes::default()).unwrap();
    assert_eq!(group["members"].as_array().map(Vec::len), Some(100_000));
    // Comparing everybody with everybody takes minutes, even where nothing else runs.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn an_attribute_has_at_most_a_thousand_values_but_a_group_more_members() {
    let many = |count: usize, first: usize| -> Value {
        (first..first + count)
            .map(|n| json!({"value": format!("{n}@contoso.test")}))
            .collect()
    };
    for body in [
        json!({"userName": "ada", "emails": many(1_001, 0)}),
        json!({"userName": "ada", "emails": many(600, 0), "Emails": many(600, 600)}),
    ] {
        let error = accept(&USER_TYPE, body, &mut Notes::default()).unwrap_err();
        assert_eq!(
            (error.status, error.scim_type.map(crate::error::ScimType::as_str)),
            (400, Some("invalidValue"))
        );
    }
    let user = json!({"userName": "ada", "emails": many(1_000, 0)});
    assert!(accept(&USER_TYPE, user, &mut Notes::default()).is_ok());
    let group = json!({"displayName": "All", "members": many(30_000, 0), "Members": many(30_000, 10_000)});
    let group = accept(&GROUP_TYPE, group, &mut Notes::default()).unwrap();
    assert_eq!(group["members"].as_array().map(Vec::len), Some(40_000));
}

#[test]
fn what_nobody_declares_has_limits() {
    let names = |count: usize| -> Value {
        Value::Object((0..count).map(|n| (format!("name{n}"), json!(n))).collect())
    };
    let extensions = |count: usize| -> Object {
        let one = |n: usize| (format!("urn:acme:Part{n}"), json!({"x": n}));
        (0..count).map(one).collect()
    };
    let urns = |count: usize| -> Value { (0..count).map(|n| format!("urn:acme:Part{n}")).collect() };
    let nested = |levels: usize| (1..levels).fold(json!([1]), |inner, _| json!({"in": inner}));
    let user = |more: Object| {
        let mut body = Object::from_iter([("userName".to_owned(), json!("ada"))]);
        body.extend(more);
        accept(&USER_TYPE, Value::Object(body), &mut Notes::default())
    };
    let with = |name: &str, value: Value| Object::from_iter([(name.to_owned(), value)]);
    for body in [
        with("urn:acme:hr", names(1_000)),
        with("urn:acme:hr", json!({"a": names(499), "b": [names(499)]})),
        with("urn:acme:hr", nested(20)),
        with("schemas", urns(1_000)),
        extensions(100),
        // What is left out costs nothing and is not counted.
        names(5_000).as_object().cloned().unwrap(),
    ] {
        let accepted = user(body).unwrap();
        let again = accept(&USER_TYPE, Value::Object(accepted.clone()), &mut Notes::default());
        assert_eq!(again, Ok(accepted));
    }
    for (body, refusal) in [
        (
            with("urn:acme:hr", names(1_001)),
            "The value of `urn:acme:hr` was refused: an extension that nobody declares has at most 1000 names, those of nested objects included; send no more than that, or remove some first.",
        ),
        (
            with("urn:acme:hr", json!({"a": names(500), "b": [names(499)]})),
            "The value of `urn:acme:hr` was refused: an extension that nobody declares has at most 1000 names, those of nested objects included; send no more than that, or remove some first.",
        ),
        (
            with("urn:acme:hr", nested(21)),
            "The value of `urn:acme:hr` was refused: an extension that nobody declares has objects and lists at most 20 levels deep; send it flatter.",
        ),
        (
            with("schemas", urns(1_001)),
            "The value of `schemas` was refused: it lists 1001 URNs and may list 1000; list only those that are used.",
        ),
        (
            extensions(101),
            "The value of `schemas` was refused: a resource has at most 100 extensions that nobody declares; send no more than that, or remove some first.",
        ),
    ] {
        let error = user(body).unwrap_err();
        assert_eq!((error.status, error.detail.as_str()), (400, refusal));
        assert_eq!(error.scim_type, Some(crate::ScimType::InvalidValue));
    }
}

#[test]
fn no_password_in_a_name_is_told() {
    for body in [
        json!({"userName": "a", "{\"password\":\"Tr0ub4dor\"}": 1}),
        json!({"userName": "a", "schemas": ["{\"password\":\"Tr0ub4dor\"}"]}),
        json!({"userName": "a", "urn:{\"password\":\"Tr0ub4dor\"}": {"x": 1}}),
        json!({"userName": "a", "name": {"{\"password\":\"Tr0ub4dor\"}": 1}}),
        json!({"userName": "a", "emails[password eq \"Tr0ub4dor\"].value": "a@b.test"}),
    ] {
        for mut notes in [Notes::default(), Notes::strict()] {
            let error = accept(&USER_TYPE, body.clone(), &mut notes).err();
            let said = format!("{notes:?} {error:?}");
            assert!(!said.contains("Tr0ub4dor"), "{body}: {said}");
        }
    }
}
