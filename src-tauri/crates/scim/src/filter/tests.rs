//! Filters as providers send them. A test named `tNN_…` is a row of the interop traps.

mod differential;
mod naive;
mod properties;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::*;
use crate::schemas::{ENTERPRISE_URN, GROUP_TYPE, USER_TYPE};

fn object(value: &Value) -> Object {
    value.as_object().unwrap().clone()
}

fn ada() -> Object {
    let ada = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": "Id-1",
        "externalId": "Ext-1",
        "userName": "ada@contoso.test",
        "displayName": "Sam \"The Man\" O'Neil",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "active": true,
        "emails": [
            {"type": "work", "value": "Ada@Contoso.test", "primary": true},
            {"type": "home", "value": "ada@home.test"},
        ],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "employeeNumber": "10001",
            "manager": {"value": "Mgr-1"},
        },
        "urn:acme:2.0:User": {
            "floor": 3, "badge": {"color": "red"}, "steps": 10, "serial": 9_007_199_254_740_993_u64,
            "tags": ["red", "blue"],
        },
        "meta": {"lastModified": "2026-03-01T12:00:00+02:00", "created": "2026-01-01T00:00:00Z"},
    });
    object(&ada)
}

fn parse(text: &str) -> Result<Filter, ScimError> {
    Filter::parse(text, &USER_TYPE, &mut Notes::default())
}

fn matches(text: &str) -> bool {
    parse(text).unwrap().matches(&ada(), &USER_TYPE, &Nothing)
}

#[track_caller]
fn yes(filters: &[&str]) {
    for text in filters {
        assert!(matches(text), "{text} should match");
    }
}

#[track_caller]
fn no(filters: &[&str]) {
    for text in filters {
        assert!(!matches(text), "{text} should not match");
    }
}

#[test]
fn t41_names_and_operators_in_any_case() {
    yes(&[
        r#"UserName EQ "ADA@contoso.test""#,
        r#"NAME.givenname sW "ad""#,
        "TITLE pr or ACTIVE Pr",
    ]);
}

#[test]
fn t42_ids_are_case_exact() {
    yes(&[r#"externalId eq "Ext-1""#, r#"id eq "Id-1""#]);
    no(&[r#"externalId eq "ext-1""#, r#"id eq "ID-1""#]);
}

#[test]
fn t43_t52_one_element_has_to_satisfy_all() {
    yes(&[
        r#"emails[type eq "work"].value eq "ada@contoso.test""#,
        r#"emails[type eq "work" and value co "@contoso"]"#,
        r#"emails[type eq "home"].value pr"#,
        r#"emails[not (type eq "work")]"#,
    ]);
    no(&[
        r#"emails[type eq "work"].value eq "ada@home.test""#,
        r#"emails[type eq "home" and value co "@contoso"]"#,
        r#"emails[type eq "home"].primary pr"#,
    ]);
}

#[test]
fn t44_t53_logic_and_precedence() {
    yes(&[
        r#"userName eq "ada@contoso.test" and active eq true"#,
        r#"userName eq "ada@contoso.test" and not (displayName eq "zz" or title pr)"#,
        r#"active eq true or title pr and title eq "x""#,
        r"not(title pr)and(active eq true)",
    ]);
    no(&[
        r#"(active eq true or title pr) and title eq "x""#,
        r"not (active eq true)",
    ]);
}

#[test]
fn t48_t157_strings_are_json() {
    yes(&[
        r#"displayName eq "Sam \"The Man\" O'Neil""#,
        r#"displayName eq "Sam \u0022The Man\" O'Neil""#,
    ]);
    let name = r#"TestGrp-!@#$%^&*()_+=-}][":;'/.,?\1 R"#;
    let text = format!("displayName eq {}", serde_json::Value::from(name));
    let group = json!({ "displayName": name });
    let filter = Filter::parse(&text, &GROUP_TYPE, &mut Notes::default()).unwrap();
    assert!(filter.matches(group.as_object().unwrap(), &GROUP_TYPE, &Nothing));
}

#[test]
fn t54_dates_are_instants() {
    yes(&[
        r#"meta.lastModified ge "2001-01-01T00:00:00Z""#,
        r#"meta.lastModified eq "2026-03-01T10:00:00Z""#,
        r#"meta.lastModified gt "2026-02-28""#,
        "meta.created lt 2026-02-01T00:00:00Z",
    ]);
    no(&[r#"meta.lastModified gt "2026-03-01T11:00:00Z""#]);
}

#[test]
fn t60_a_complex_attribute_is_its_value() {
    yes(&[
        r#"id eq "Id-1" and manager eq "Mgr-1""#,
        r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "Mgr-1""#,
        r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "Mgr-1""#,
        r#"emails co "@home""#,
        r#"emails.value ew "@home.test""#,
    ]);
    no(&[
        r#"manager eq "Mgr-2""#,
        r#"name eq "Ada""#,
        r#"not (name eq "Ada")"#,
    ]);
}

#[test]
fn absent_values() {
    yes(&[
        "title eq null",
        "active ne null",
        r#"title ne "x""#,
        r#"not (title eq "x")"#,
    ]);
    no(&[
        "active eq null",
        "title ne null",
        r#"title co "x""#,
        r#"title lt "x""#,
        "title pr",
    ]);
}

#[test]
fn booleans_and_numbers() {
    yes(&[
        r#"active eq "True""#,
        "active eq TRUE",
        r#"emails[primary eq "true"].value sw "ada""#,
        r"employeeNumber eq 10001",
    ]);
    no(&["active eq false", r#"active eq "perhaps""#]);
}

#[test]
fn every_operator_on_every_type() {
    yes(&[
        // Dates are ordered as instants, and looked into as text.
        r#"meta.lastModified sw "2026-03-01""#,
        r#"meta.lastModified co "T12:""#,
        r#"meta.lastModified ew "+02:00""#,
        r#"meta.lastModified le "2026-03-01T10:00:00Z""#,
        r#"meta.lastModified ne "2026-03-01T12:00:00Z""#,
        // Numbers are ordered by value, also when they come in quotes.
        "urn:acme:2.0:User:steps gt 9",
        r#"urn:acme:2.0:User:steps gt "9""#,
        "urn:acme:2.0:User:steps le 10.5",
        "urn:acme:2.0:User:steps sw 1",
        "urn:acme:2.0:User:serial gt 9007199254740992",
        // Text is ordered by its letters, whatever their case.
        r#"userName gt "ADA""#,
        r#"userName lt "b""#,
        r#"userName ge "ada@contoso.test""#,
        r#"name.familyName ew "LACE""#,
        "active ne false",
    ]);
    no(&[
        "urn:acme:2.0:User:steps gt 10",
        "urn:acme:2.0:User:serial eq 9007199254740992",
        "active co true",
        r#"active eq "tru""#,
    ]);
}

#[test]
fn what_looks_alike_is_equal() {
    let zoe = json!({"userName": "zoe\u{301}@contoso.test"});
    let matches = |text: &str| {
        parse(text)
            .unwrap()
            .matches(zoe.as_object().unwrap(), &USER_TYPE, &Nothing)
    };
    assert!(matches("userName eq \"ZOÉ@contoso.test\""));
    assert!(matches("userName sw \"\u{ff5a}oé\""));
    assert!(!matches("userName eq \"zoe@contoso.test\""));
}

#[test]
fn a_primary_nobody_mentions_is_false() {
    yes(&[
        r#"emails[value eq "ada@home.test" and primary eq false]"#,
        r#"emails[value eq "ada@home.test" and primary ne true]"#,
        "emails.primary eq false",
        "emails[primary eq null]",
    ]);
    no(&[r#"emails[type eq "work" and primary eq false]"#]);
}

#[test]
fn a_list_of_plain_values() {
    yes(&[
        r#"urn:acme:2.0:User:tags eq "blue""#,
        r#"urn:acme:2.0:User:tags[value eq "blue"]"#,
        r#"urn:acme:2.0:User:tags[value sw "r" or value eq "x"]"#,
        r#"schemas[value eq "urn:ietf:params:scim:schemas:core:2.0:User"]"#,
    ]);
    no(&[r#"urn:acme:2.0:User:tags[value eq "green"]"#]);
}

#[test]
fn single_quotes_as_in_rfc7644_3_7_1() {
    yes(&[
        "displayName sw 'Sam'",
        "(userName eq 'ada@contoso.test')",
        r"emails[value eq 'ada@home.test']",
        r#"displayName eq 'Sam "The Man" O'Neil'"#,
    ]);
    let mut notes = Notes::default();
    Filter::parse("title eq 'x'", &USER_TYPE, &mut notes).unwrap();
    let sentences: Vec<_> = notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        ["The value 'x' was in single quotes and was read as text."]
    );
    let open = parse("title eq 'x").unwrap();
    assert_eq!(open.to_string(), "title eq \"'x\"");
}

#[test]
fn a_term_behind_brackets_is_noted() {
    let mut notes = Notes::default();
    Filter::parse(r#"emails[type eq "work"].value pr"#, &USER_TYPE, &mut notes).unwrap();
    let sentences: Vec<_> = notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        ["The filter goes on behind the brackets of `emails`; it was read as a term inside."]
    );
}

#[test]
fn a_number_is_shown_as_it_was_read() {
    for text in [
        "title ge 4000000000000010731578367240010731578367241005731005737",
        "title eq 0.1",
        "title eq -1E-9",
        "title eq 18446744073709551615",
    ] {
        let filter = parse(text).unwrap();
        assert_eq!(parse(&filter.to_string()), Ok(filter), "{text}");
    }
}

#[test]
fn extensions_nobody_declares_can_be_searched() {
    yes(&[
        "urn:acme:2.0:User:floor gt 2",
        r#"urn:acme:2.0:User:badge.color eq "RED""#,
    ]);
    no(&[
        "urn:acme:2.0:User:floor gt 3",
        "urn:acme:2.0:User:window pr",
        "not (urn:acme:2.0:User:window pr)",
    ]);
}

#[test]
fn attributes_nobody_declares_are_found_in_any_letter_case() {
    for urn in ["urn:acme:2.0:User", "urn:acme:Hr"] {
        let user = object(&json!({urn: {"Badge": "v3", "Sizes": [{"type": "eu", "value": 44}]}}));
        for (text, is_found) in [
            (format!("{urn}:Badge eq \"v3\""), true),
            (format!("{urn}:BADGE eq \"v3\""), true),
            (format!("{urn}:badge pr and {urn}:Badge sw \"V\""), true),
            (format!("{urn}:Sizes[type eq \"eu\" and value gt 43]"), true),
            (format!("{urn}:Sizes.value eq 44"), true),
            (format!("{urn}:Badge ne \"v3\""), false),
            (format!("not ({urn}:Shoe eq \"44\")"), false),
        ] {
            let filter = parse(&text).unwrap();
            assert_eq!(filter.matches(&user, &USER_TYPE, &Nothing), is_found, "{text}");
            assert_eq!(parse(&filter.to_string()).unwrap(), filter, "{text}");
        }
    }
}

#[test]
fn t155_an_unknown_attribute_finds_nobody() {
    no(&[
        r#"shoeSize eq "44""#,
        r#"shoeSize ne "44""#,
        r#"not (shoeSize eq "44")"#,
        "not (shoeSize pr)",
        "shoeSize eq null",
        r#"not (shoeSize eq "44" or title pr)"#,
        r#"emails[shoeSize ne "44"]"#,
        r#"not (emails.shoeSize eq "44")"#,
    ]);
    yes(&[
        r#"shoeSize eq "44" or active eq true"#,
        r#"not (shoeSize eq "44" and title pr)"#,
    ]);
}

#[test]
fn a_part_nobody_declares_finds_nobody_either() {
    no(&[
        "emails[foo eq \"x\"]",
        "not (emails[foo eq \"x\"])",
        "not (roles[foo eq \"x\"])",
        "not (emails[type eq \"work\"].foo eq \"x\")",
        "not (emails[foo eq \"x\" or type eq \"fax\"])",
    ]);
    yes(&[
        "emails[foo eq \"x\" or type eq \"work\"]",
        "not (emails[foo eq \"x\" and type eq \"fax\"])",
        "not (roles[type eq \"work\"])",
    ]);
}

#[test]
fn an_extension_as_a_whole_is_there_or_not() {
    yes(&[
        &format!("{ENTERPRISE_URN} pr"),
        &format!("{} PR and active eq true", ENTERPRISE_URN.to_uppercase()),
        "urn:acme:2.0:User pr",
    ]);
    no(&[
        &format!("not ({ENTERPRISE_URN} pr)"),
        "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User pr",
        "urn:acme:3.0:User pr",
        "urn:acme:2.0:User eq \"x\"",
        "urn:acme:2.0:User[floor eq 3]",
    ]);
    yes(&["not (urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User pr)"]);
    let why = "a schema as a whole can only be asked for with pr; name an attribute of it";
    let text = format!("{ENTERPRISE_URN} eq \"x\"");
    assert!(parse(&text).unwrap_err().detail.contains(why));
    assert!(parse(&format!("{ENTERPRISE_URN}[x pr]")).is_err());
}

#[test]
fn what_only_another_type_has_is_without_a_value() {
    let group = object(&json!({"id": "1", "displayName": "Sales", "members": [{"value": "7"}]}));
    for (text, finds_groups, finds_users) in [
        ("userName pr", false, true),
        ("not (userName pr)", true, false),
        ("userName ne \"zz\"", true, true),
        ("userName eq null", true, false),
        ("not (userName eq \"zz\")", true, true),
        ("id pr and not (title pr)", true, true),
        (
            "displayName eq \"Sales\" and not (emails[type eq \"work\"])",
            true,
            false,
        ),
        ("not (emails[type eq \"work\"].value co \"@\")", true, false),
        ("not (manager pr)", true, false),
        (
            "not (urn:ietf:params:scim:schemas:core:2.0:User:name.givenName sw \"A\")",
            true,
            false,
        ),
        ("members eq \"7\"", true, false),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr",
            false,
            true,
        ),
        (
            "not (urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr)",
            true,
            false,
        ),
        ("not (members pr)", false, true),
        // Nobody's.
        ("not (shoeSize pr)", false, false),
        ("shoeSize ne 44", false, false),
        ("not (name.shoeSize pr)", false, false),
        ("not (emails[shoeSize eq 44])", false, false),
        ("not (urn:acme:2.0:User:shoe pr)", false, false),
    ] {
        for (kind, other, resource, finds) in [
            (&GROUP_TYPE, &USER_TYPE, &group, finds_groups),
            (&USER_TYPE, &GROUP_TYPE, &ada(), finds_users),
        ] {
            let filter = Filter::parse(text, kind, &mut Notes::default()).unwrap();
            let filter = filter.beside(kind, other);
            assert_eq!(
                filter.matches(resource, kind, &Nothing),
                finds,
                "{text} of a {}",
                kind.name
            );
            let shown = Filter::parse(&filter.to_string(), kind, &mut Notes::default()).unwrap();
            assert_eq!(
                shown.matches(resource, kind, &Nothing),
                finds,
                "{shown} of a {}",
                kind.name
            );
        }
    }
}

#[test]
fn t156_values_without_quotes() {
    let mut notes = Notes::default();
    let filter = Filter::parse("externalId eq Ext-1", &USER_TYPE, &mut notes).unwrap();
    assert!(filter.matches(&ada(), &USER_TYPE, &Nothing));
    let sentences: Vec<_> = notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        ["The value Ext-1 was not in quotes and was read as text."]
    );
    yes(&["name.FamilyName eq lovelace and (emails.Value co example.com or emails co home)"]);
}

#[test]
fn a_stray_backslash_stands_for_itself() {
    let filter = parse(r#"userName eq "CONTOSO\ada""#).unwrap();
    assert_eq!(filter.to_string(), r#"userName eq "CONTOSO\\ada""#);
}

/// A group's members, known to the store alone.
struct Members;

impl Outside for Members {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        let about_members = path.is_core("members") && path.sub.as_deref().is_none_or(|sub| sub == "value");
        about_members.then(|| op == Op::Eq && *value == Literal::String("u-1".into()))
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        path.is_core("members").then_some(true)
    }
}

#[test]
fn t160_members_are_asked_about_outside() {
    let group = json!({"displayName": "Sales"});
    let matches = |text: &str| {
        let filter = Filter::parse(text, &GROUP_TYPE, &mut Notes::default()).unwrap();
        filter.matches(group.as_object().unwrap(), &GROUP_TYPE, &Members)
    };
    for form in [
        r#"members eq "ID""#,
        r#"members.value eq "ID""#,
        r#"members[value eq "ID"]"#,
    ] {
        assert!(matches(&form.replace("ID", "u-1")), "{form}");
        assert!(!matches(&form.replace("ID", "u-2")), "{form}");
        assert!(matches(&format!(
            "displayName eq \"sales\" and not ({})",
            form.replace("ID", "u-2")
        )));
    }
    assert!(matches("members pr"));
    assert!(matches(r#"members[display pr or value eq "u-2"]"#));
}

#[test]
fn conjuncts_are_the_and_chain() {
    let filter =
        parse(r#"id eq "1" and (manager eq "2" and active eq true) and (title pr or id pr)"#).unwrap();
    let terms: Vec<String> = filter.conjuncts().iter().map(ToString::to_string).collect();
    expect![[r#"
        id eq "1"
        urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "2"
        active eq true
        title pr or id pr"#]]
    .assert_eq(&terms.join("\n"));
}

fn refused(text: &str, expect: &Expect) {
    expect.assert_eq(&parse(text).unwrap_err().detail);
}

#[test]
fn what_is_not_a_filter() {
    refused(
        "",
        &expect!["The filter `` cannot be read at character 1: an attribute name is expected."],
    );
    refused(
        "userName",
        &expect![
            "The filter `userName` cannot be read at character 9: an operator such as eq, co or pr is expected."
        ],
    );
    refused(
        "userName is \"x\"",
        &expect![[
            r#"The filter `userName is "x"` cannot be read at character 10: the operator `is` is not supported; use eq, ne, co, sw, ew, gt, ge, lt, le or pr."#
        ]],
    );
    refused(
        "userName eq",
        &expect!["The filter `userName eq` cannot be read at character 12: a value is expected."],
    );
    refused(
        "userName eq \"x",
        &expect![[
            r#"The filter `userName eq "x` cannot be read at character 13: the string has no closing quote."#
        ]],
    );
    refused(
        "userName eq \"x\" title pr",
        &expect![[
            r#"The filter `userName eq "x" title pr` cannot be read at character 17: something follows the filter; join terms with "and" or "or"."#
        ]],
    );
    refused(
        "(userName pr",
        &expect!["The filter `(userName pr` cannot be read at character 13: the parenthesis is not closed."],
    );
    refused(
        "not userName pr",
        &expect![[
            r#"The filter `not userName pr` cannot be read at character 4: "not" is followed by a filter in parentheses."#
        ]],
    );
    refused(
        "emails[type eq \"work\"",
        &expect![[
            r#"The filter `emails[type eq "work"` cannot be read at character 22: the bracket is not closed."#
        ]],
    );
    refused(
        "emails[type eq \"work\"] and",
        &expect![[
            r#"The filter `emails[type eq "work"] and` cannot be read at character 27: an attribute name is expected."#
        ]],
    );
    refused(
        "emails[emails[type pr]]",
        &expect![
            "The filter `emails[emails[type pr]]` cannot be read at character 14: an operator such as eq, co or pr is expected."
        ],
    );
    refused(
        "emails.value[type pr]",
        &expect![
            "The filter `emails.value[type pr]` cannot be read at character 14: brackets follow an attribute, not a sub-attribute."
        ],
    );
    refused(
        "active gt true",
        &expect![
            "The filter `active gt true` cannot be read at character 8: active has no order; use eq or ne."
        ],
    );
    refused(
        "meta.created gt \"yesterday\"",
        &expect![[
            r#"The filter `meta.created gt "yesterday"` cannot be read at character 17: a date-time such as "2026-04-04T04:23:30Z" is expected."#
        ]],
    );
    refused(
        "x509Certificates lt \"x\"",
        &expect![[
            r#"The filter `x509Certificates lt "x"` cannot be read at character 18: x509Certificates has no order; use eq or ne."#
        ]],
    );
    refused(
        "title regex \"x\"",
        &expect![[
            r#"The filter `title regex "x"` cannot be read at character 7: the operator `regex` is not supported; use eq, ne, co, sw, ew, gt, ge, lt, le or pr."#
        ]],
    );
    refused(
        "urn:ietf:params:scim:schemas:core:2.0:User pr",
        &expect![
            "The filter `urn:ietf:params:scim:schemas:core:2.0:User pr` cannot be read at character 1: an attribute name is expected."
        ],
    );
}

#[test]
fn limits() {
    let nested = format!("{}title pr{}", "(".repeat(51), ")".repeat(51));
    refused(
        &nested,
        &expect![
            "The filter `(((((((((((((((((((((((((((((((((((((((((((((((((((title pr)))))))))))))))))))))))))))))))))))))))))))))))))))` cannot be read at character 52: parentheses nest at most 50 deep."
        ],
    );
    refused(
        &vec!["title pr"; 201].join(" or "),
        &expect![
            "The filter `title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr or title pr…` cannot be read at character 2400: a filter has at most 200 terms."
        ],
    );
    let long = format!("title eq \"{}\"", "x".repeat(10_000));
    assert!(
        parse(&long)
            .unwrap_err()
            .detail
            .ends_with("a filter has at most 10000 bytes.")
    );
}

#[test]
fn a_password_that_is_compared_is_not_told() {
    for text in [
        "password eq Tr0ub4dor",
        "PassWord eq 'Tr0ub4dor'",
        r#"password eq "Tr0ub4dor" or"#,
        r#"password eq "Tr0ub4dor"#,
        "password Tr0ub4dor",
        "password eq Tr0ub4dor Tr0ub4dor",
        "urn:ietf:params:scim:schemas:core:2.0:User:password sw Tr0ub4dor",
        "emails[password eq Tr0ub4dor]",
        r#"userName eq "{\"password\":\"Tr0ub4dor\"}" and"#,
        r#"active gt "{\"Password\":\"Tr0ub4dor\"}""#,
    ] {
        for mut notes in [Notes::default(), Notes::strict()] {
            let outcome = Filter::parse(text, &USER_TYPE, &mut notes);
            let said = format!("{notes:?} {:?}", outcome.err());
            assert!(!said.contains("Tr0ub4dor"), "{text}: {said}");
        }
    }
    let mut notes = Notes::default();
    Filter::parse("password eq Tr0ub4dor", &USER_TYPE, &mut notes).unwrap();
    let said: Vec<&str> = notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(said, ["The value •••• was not in quotes and was read as text."]);
    let error = Filter::parse("password is Tr0ub4dor", &USER_TYPE, &mut notes).unwrap_err();
    assert_eq!(
        error.detail,
        "The filter `••••` cannot be read at character 10: the operator `••••` is not supported; use eq, ne, co, sw, ew, gt, ge, lt, le or pr."
    );
}
