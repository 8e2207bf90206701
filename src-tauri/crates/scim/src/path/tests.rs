//! Paths as providers write them.

use expect_test::{Expect, expect};

use super::*;
use crate::schemas::{GROUP_TYPE, USER_TYPE};

fn check(text: &str, expect: &Expect) {
    let shown = match Path::parse(text, &USER_TYPE) {
        Ok(path) => {
            let known = if path.attr.known(&USER_TYPE) {
                ""
            } else {
                " (unknown)"
            };
            format!("{path}{known}")
        }
        Err(error) => error.detail,
    };
    expect.assert_eq(&shown);
}

#[test]
fn names_in_any_case() {
    check("USERNAME", &expect!["userName"]);
    check(" name.GivenName ", &expect!["name.givenName"]);
    check(
        "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName",
        &expect!["name.familyName"],
    );
    check("shoeSize", &expect!["shoeSize (unknown)"]);
    check("emails.shoeSize", &expect!["emails.shoeSize (unknown)"]);
}

#[test]
fn urns_end_where_the_tables_say() {
    let urn = "URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user";
    check(
        &format!("{urn}:Manager.Value"),
        &expect!["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"],
    );
    check(
        &format!("{urn}.department"),
        &expect!["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"],
    );
    check(
        urn,
        &expect!["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User (unknown)"],
    );
    check(
        "urn:acme:2.0:User:badge.color",
        &expect!["urn:acme:2.0:User:badge.color (unknown)"],
    );
    check("urn:acme:2.0:User", &expect!["urn:acme:2.0:User (unknown)"]);
}

#[test]
fn urns_nobody_declares_end_behind_their_version_and_name() {
    for (text, urn, names) in [
        ("urn:acme:2.0:User:Badge", "urn:acme:2.0:User", "Badge"),
        (
            "urn:acme:2.0:User:BADGE.Color",
            "urn:acme:2.0:User",
            "BADGE.Color",
        ),
        ("urn:acme:2.0:User.tag2", "urn:acme:2.0:User", "tag2"),
        ("urn:acme:2.0:User.Tag.sub", "urn:acme:2.0:User", "Tag.sub"),
        (
            "urn:okta:app:1.0:user:custom:Shoe",
            "urn:okta:app:1.0:user:custom",
            "Shoe",
        ),
        ("urn:acme:1.0:shoe", "urn:acme:1.0", "shoe"),
        ("urn:acme:hr:badge", "urn:acme:hr", "badge"),
        ("urn:acme:2.0:User", "urn:acme:2.0:User", ""),
        ("urn:acme:Hr", "urn:acme:Hr", ""),
        ("urn:acme:Hr:Badge", "urn:acme:Hr:Badge", ""),
    ] {
        let path = AttrPath::parse(text, &USER_TYPE).unwrap();
        let sub = path.sub.as_deref().map_or(String::new(), |sub| format!(".{sub}"));
        assert_eq!(path.schema.as_deref(), Some(urn), "{text}");
        assert_eq!(format!("{}{sub}", path.attribute), names, "{text}");
    }
}

#[test]
fn what_is_there_says_where_a_urn_ends() {
    for (text, urns, shown) in [
        ("urn:acme:Hr:Badge", &["urn:acme:Hr"][..], "urn:acme:Hr Badge"),
        (
            "URN:ACME:HR:badge.color",
            &["urn:acme:Hr"],
            "urn:acme:Hr badge.color",
        ),
        (
            "urn:acme:Hr:Badge",
            &["urn:acme:Hr", "urn:acme:Hr:Badge"],
            "urn:acme:Hr:Badge ",
        ),
        (
            "urn:acme:Hr:Badge:no",
            &["urn:acme:Hr", "urn:acme:Hr:Badge"],
            "urn:acme:Hr:Badge no",
        ),
        (
            "urn:acme:2.0:User.tag",
            &["urn:acme:2.0:User.tag"],
            "urn:acme:2.0:User.tag ",
        ),
        (
            "urn:acme:2.0:User.tag:no",
            &["urn:acme:2.0:User.tag"],
            "urn:acme:2.0:User.tag no",
        ),
        ("urn:acme:1.0:Shoe", &["urn:acme:1.0"], "urn:acme:1.0 Shoe"),
        // No name of an attribute, and no beginning of another URN.
        (
            "urn:acme:Hr:Badge:no",
            &["urn:acme:Hr", "urn:acme:H"],
            "urn:acme:Hr:Badge no",
        ),
        ("userName", &["urn:acme:Hr"], " userName"),
    ] {
        let there = urns
            .iter()
            .map(|urn| ((*urn).to_owned(), serde_json::json!({"x": 1})));
        let path = AttrPath::parse(text, &USER_TYPE).unwrap();
        let placed = path.placed(&there.collect(), &USER_TYPE).into_owned();
        let names = AttrPath {
            schema: None,
            ..placed.clone()
        };
        assert_eq!(
            format!("{} {names}", placed.schema.unwrap_or_default()),
            shown,
            "{text}"
        );
    }
}

#[test]
fn an_extension_attribute_without_its_urn() {
    let path = AttrPath::parse("manager", &USER_TYPE).unwrap();
    assert_eq!(
        path,
        AttrPath::extension(crate::schemas::ENTERPRISE_URN, "manager")
    );
    assert_eq!(
        AttrPath::parse("manager", &GROUP_TYPE).unwrap(),
        AttrPath::core("manager")
    );
}

#[test]
fn t87_case_inside_brackets() {
    check(
        r#"emails[Type eq "work"].Value"#,
        &expect![[r#"emails[type eq "work"].value"#]],
    );
    check(
        r#"addresses[type eq "other"].Formatted"#,
        &expect![[r#"addresses[type eq "other"].formatted"#]],
    );
}

#[test]
fn what_is_not_a_path() {
    check(
        "",
        &expect!["The path `` cannot be read: an attribute name such as name.givenName is expected."],
    );
    check(
        "noSuchAttr[[",
        &expect!["The path `noSuchAttr[[` cannot be read: an attribute name is expected."],
    );
    for text in [
        "urn:ietf:params:scim:schemas:core:2.0:User.",
        "urn:ietf:params:scim:schemas:core:2.0:User:",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.",
        "urn:acme:2.0:User.",
    ] {
        assert!(AttrPath::parse(text, &USER_TYPE).is_err(), "{text}");
    }
    check(
        "urn:acme:2.e:",
        &expect![
            "The path `urn:acme:2.e:` cannot be read: an attribute name such as name.givenName is expected."
        ],
    );
    check(
        "name.given.name",
        &expect![
            "The path `name.given.name` cannot be read: an attribute name such as name.givenName is expected."
        ],
    );
    check(
        r#"emails[type eq "work""#,
        &expect![[r#"The path `emails[type eq "work"` cannot be read: the bracket is not closed."#]],
    );
    check(
        r#"emails[type eq "work"]value"#,
        &expect![[r#"The path `emails[type eq "work"]value` cannot be read: something follows the path."#]],
    );
    check(
        r#"title[value eq "x"]"#,
        &expect![[
            r#"The path `title[value eq "x"]` cannot be read: only a list can be filtered with brackets."#
        ]],
    );
}
