//! Tables against files, people and resources.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::expression::Context;
use crate::scoping::{Clause, Operator};
use crate::value::Value;

fn context() -> Context {
    Context::new("2026-01-05T10:00:00Z".parse().unwrap(), 7)
}

fn row(target: &str, source: &str) -> AttributeMapping {
    AttributeMapping::new(
        TargetPath::parse(target).unwrap(),
        MappingSource::parse(source).unwrap(),
    )
}

fn table(rows: Vec<AttributeMapping>) -> ObjectMapping {
    ObjectMapping {
        attributes: rows,
        ..Mapping::generic().users
    }
}

fn adele() -> Vec<(String, Value)> {
    let texts = [
        ("userPrincipalName", "AdeleV@contoso.com"),
        ("displayName", "Adele Vance"),
        ("jobTitle", "Retail Manager"),
        ("givenName", "Adele"),
        ("surname", "Vance"),
        ("mailNickname", "AdeleV"),
        ("employeeId", "10001"),
        ("department", ""),
        ("manager", "id-of-miriam"),
        ("telephoneNumber", "+1 425 555 0109"),
    ];
    texts.map(|(name, text)| (name.to_owned(), text.into())).to_vec()
}

/// What flows, as a list of lines.
fn lines(flows: &[Flow<'_>]) -> Vec<String> {
    flows
        .iter()
        .map(|flow| format!("{} = {}", flow.target(), flow.json()))
        .collect()
}

#[test]
fn the_knowbe4_table_sends_what_a_person_has() {
    let mapping = Mapping::knowbe4();
    let flows = mapping
        .users
        .evaluate(&adele(), false, Occasion::Creation, &context());
    assert_eq!(
        lines(&flows.values),
        [
            "userName = \"AdeleV@contoso.com\"",
            "active = true",
            "displayName = \"Adele Vance\"",
            "title = \"Retail Manager\"",
            "name.givenName = \"Adele\"",
            "name.familyName = \"Vance\"",
            "externalId = \"AdeleV\"",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber = \"10001\"",
            "phoneNumbers[type eq \"work\"].value = \"+1 425 555 0109\"",
        ]
    );
    assert_eq!(
        lines(&flows.references),
        ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value = \"id-of-miriam\""]
    );
    assert_eq!(flows.failures, []);
    let gone = mapping
        .users
        .evaluate(&adele(), true, Occasion::Update, &context());
    assert_eq!(gone.values[1].json(), json!(false));
    assert_eq!(
        gone.values[1].value,
        Value::from("False"),
        "the mapping gives the text"
    );
    let matching = mapping.users.matching_values(&adele(), &context()).unwrap();
    assert_eq!(
        matching,
        [(
            &TargetPath::parse("userName").unwrap(),
            "AdeleV@contoso.com".to_owned()
        )]
    );
    assert_eq!(mapping.users.matching_values(&Vec::new(), &context()), Ok(vec![]));
}

#[test]
fn defaults_and_rows_for_creation_stay_out_of_updates() {
    let mut with_default = row("title", "[jobTitle]");
    with_default.default_if_null = "None yet".to_owned();
    let mut once = row("userType", "\"Employee\"");
    once.apply = Apply::OnlyDuringCreation;
    let mut only_default = row("nickName", "");
    only_default.default_if_null = "Nick".to_owned();
    let table = table(vec![
        with_default,
        once,
        only_default,
        row("locale", "IgnoreFlowIfNullOrEmpty([x])"),
    ]);
    let nobody = Vec::new();
    let created = table.evaluate(&nobody, false, Occasion::Creation, &context());
    assert_eq!(
        lines(&created.values),
        [
            "title = \"None yet\"",
            "userType = \"Employee\"",
            "nickName = \"Nick\""
        ]
    );
    let updated = table.evaluate(&nobody, false, Occasion::Update, &context());
    assert_eq!(lines(&updated.values), [""; 0]);
}

#[test]
fn a_default_does_not_stand_in_for_what_is_dropped() {
    let mut dropped = row("title", "IgnoreFlowIfNullOrEmpty([jobTitle])");
    dropped.default_if_null = "None yet".to_owned();
    let table = table(vec![dropped]);
    assert_eq!(
        table
            .evaluate(&Vec::new(), false, Occasion::Creation, &context())
            .values,
        []
    );
}

#[test]
fn failures_and_secrets_are_told() {
    let table = table(vec![
        row("title", "Mid([surname], 0, 1)"),
        row("nickName", "Redact([givenName])"),
    ]);
    let flows = table.evaluate(&adele(), false, Occasion::Update, &context());
    assert_eq!(flows.failures.len(), 1);
    assert_eq!(flows.failures[0].row.target.to_string(), "title");
    assert!(flows.values[0].redacted);
}

#[test]
fn members_stay_references() {
    let members = Value::Many(vec!["a".into(), "b".into()]);
    let group = vec![
        ("displayName".to_owned(), "Sales".into()),
        ("members".to_owned(), members.clone()),
    ];
    let mapping = Mapping::knowbe4();
    let flows = mapping
        .groups
        .evaluate(&group, false, Occasion::Creation, &context());
    assert_eq!(lines(&flows.values), ["displayName = \"Sales\""]);
    assert_eq!(flows.references[0].value, members);
    let empty = mapping
        .groups
        .evaluate(&Vec::new(), false, Occasion::Creation, &context());
    assert_eq!(
        empty.references[0].value,
        Value::Null,
        "a group that lost its members has to be told"
    );
}

#[test]
fn matching_goes_by_precedence() {
    let mut second = row("externalId", "[mailNickname]");
    second.matching_precedence = Some(2);
    let mut first = row("userName", "ToLower([userPrincipalName])");
    first.matching_precedence = Some(1);
    let table = table(vec![second, first]);
    let values = table.matching_values(&adele(), &context()).unwrap();
    let values: Vec<String> = values
        .into_iter()
        .map(|(path, value)| format!("{path} {value}"))
        .collect();
    assert_eq!(values, ["userName adelev@contoso.com", "externalId AdeleV"]);
}

#[test]
fn paths_are_read_and_written_as_they_are() {
    for text in [
        "userName",
        "name.givenName",
        "emails[type eq \"work\"].value",
        "addresses[type eq \"other\"].Formatted",
        "roles[primary eq \"True\"].value",
        "emails[primary eq true].value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute",
        "urn:ietf:params:scim:schemas:extension:x:2.0:User:list[type eq \"a:b\"].value",
        "emails[type eq \"work\"]",
    ] {
        assert_eq!(TargetPath::parse(text).unwrap().to_string(), text);
    }
    let path = TargetPath::parse(" Emails[TYPE EQ \"work\"].Value ").unwrap();
    assert_eq!(path.to_string(), "Emails[TYPE eq \"work\"].Value");
    assert!(path.is(&TargetPath::parse("emails[type eq \"Work\"].value").unwrap()));
    assert!(!path.is(&TargetPath::parse("emails[type eq \"home\"].value").unwrap()));
    let manager =
        TargetPath::parse("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value")
            .unwrap();
    assert_eq!(manager.schema.as_deref(), Some(ENTERPRISE_USER));
    assert_eq!(
        (manager.attribute.as_str(), manager.sub.as_deref()),
        ("manager", Some("value"))
    );
}

#[test]
fn what_is_no_path_is_refused_with_the_reason() {
    for (text, words) in [
        ("", "it is empty"),
        ("na me", "characters that names do not have"),
        ("name.", "behind the dot"),
        ("name.a.b", "behind the dot"),
        ("emails[type eq \"work\".value", "not closed"),
        ("emails[type eq work].value", "quotation marks"),
        ("emails[type ne \"work\"].value", "a name, eq and a value"),
        ("emails[type].value", "a name, eq and a value"),
        ("emails[type eq \"work\"]value", "a dot and a name"),
        ("ns:attribute", "no URN"),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "names a schema",
        ),
        ("urn:x:User:", "missing"),
    ] {
        let error = TargetPath::parse(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[track_caller]
fn fault(change: impl FnOnce(&mut Mapping), row: Option<usize>, words: &str) {
    let mut mapping = Mapping::knowbe4();
    change(&mut mapping);
    let faults = mapping.faults();
    let found = faults
        .iter()
        .any(|fault| fault.row == row && fault.sentence.contains(words));
    assert!(found, "{faults:?}");
}

#[test]
fn tables_that_cannot_be_saved_say_why() {
    assert_eq!(Mapping::knowbe4().faults(), []);
    assert_eq!(Mapping::generic().faults(), []);
    fault(
        |mapping| mapping.users.enabled = false,
        None,
        "cannot be switched off",
    );
    fault(
        |mapping| mapping.users.attributes[0].matching_precedence = None,
        None,
        "Let at least one do so",
    );
    fault(
        |mapping| drop(mapping.users.attributes.remove(0)),
        None,
        "Nothing is mapped to userName",
    );
    fault(
        |mapping| drop(mapping.groups.attributes.remove(0)),
        None,
        "Nothing is mapped to displayName",
    );
    fault(
        |mapping| mapping.users.attributes.push(row("DisplayName", "[mail]")),
        Some(13),
        "mapped twice",
    );
    fault(
        |mapping| mapping.users.attributes.push(row("id", "[mail]")),
        Some(13),
        "Use externalId",
    );
    fault(
        |mapping| mapping.users.attributes[2].matching_precedence = Some(1),
        Some(2),
        "another number",
    );
    fault(
        |mapping| mapping.users.attributes[2].matching_precedence = Some(0),
        Some(2),
        "starts at 1",
    );
    fault(
        |mapping| mapping.users.attributes[9].matching_precedence = Some(2),
        Some(9),
        "cannot be matched",
    );
    fault(
        |mapping| mapping.users.attributes[0].source = MappingSource::Constant("x".to_owned()),
        Some(0),
        "cannot be matched",
    );
    fault(
        |mapping| {
            mapping
                .users
                .attributes
                .push(row("roles", "[appRoleAssignments]"));
        },
        Some(13),
        "SingleAppRoleAssignment",
    );
    fault(
        |mapping| mapping.users.attributes[3].source = MappingSource::Direct(String::new()),
        Some(3),
        "no source attribute",
    );
    fault(
        |mapping| mapping.users.attributes[3].source = MappingSource::Constant(String::new()),
        Some(3),
        "empty constant",
    );
    fault(
        |mapping| mapping.users.attributes[3].source = MappingSource::Nothing,
        Some(3),
        "neither a source nor a default",
    );
    fault(
        |mapping| {
            mapping.users.attributes[9].source = MappingSource::parse("Switch([a], , \"x\", \"y\")").unwrap();
        },
        Some(9),
        "does not work with references",
    );
    let filter = ScopingFilter {
        title: "f".to_owned(),
        clauses: vec![Clause::new("manager", Operator::IsNull, "")],
    };
    fault(
        |mapping| mapping.groups.filters.push(filter),
        None,
        "does not support manager",
    );
}

/// Every member of the one is in the other, with the same value.
fn holds(whole: &Json, part: &Json) -> bool {
    match (whole, part) {
        (Json::Object(whole), Json::Object(part)) => part
            .iter()
            .all(|(name, part)| whole.get(name).is_some_and(|whole| holds(whole, part))),
        (Json::Array(whole), Json::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        _ => whole == part,
    }
}

#[test]
fn a_file_is_written_as_it_was_read() {
    let text = include_str!("sample.json");
    let import = Mapping::read(text).unwrap();
    assert_eq!(import.notes, [""; 0]);
    let mapping = import.mapping;
    assert_eq!(
        mapping.users.filters[0].clauses[0].to_string(),
        "department EQUALS 'Marketing'"
    );
    assert_eq!(
        mapping.users.attributes[2].source,
        MappingSource::Constant("say \"Member\"".to_owned())
    );
    assert_eq!(mapping.users.attributes[2].apply, Apply::OnlyDuringCreation);
    assert_eq!(mapping.users.attributes[3].source, MappingSource::Nothing);
    assert!(!mapping.groups.enabled && mapping.groups.actions.create && !mapping.groups.actions.update);
    let written = mapping.to_json();
    assert!(holds(&written, &text.parse().unwrap()), "{written:#}");
    assert_eq!(Mapping::from_json(&written).unwrap().mapping, mapping);
    for mapping in [Mapping::knowbe4(), Mapping::generic()] {
        let stored = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&stored).unwrap(), mapping);
    }
}

#[test]
fn a_whole_schema_and_what_is_unknown_are_noted() {
    let mut rule = Mapping::generic().to_json();
    rule["objectMappings"][0]["attributeMappings"][3]["flowType"] = json!("ValueAddOnly");
    rule["objectMappings"][1]["sourceObjectName"] = json!("Device");
    rule["objectMappings"][0]["scope"]["inputFilterGroups"] = json!([{}]);
    rule["objectMappings"][0]["attributeMappings"][0]["source"] = json!({"expression": "Mid([userPrincipalName], \"1\", \"8\")", "name": "Mid", "type": "Function",
               "parameters": [{"key": "start", "value": {"expression": "\"1\"", "type": "Constant"}}]});
    let schema = json!({"id": "x", "synchronizationRules": [rule, {}], "directories": []});
    let import = Mapping::from_json(&schema).unwrap();
    assert_eq!(import.notes.len(), 6, "{:#?}", import.notes);
    assert!(!import.mapping.groups.enabled);
    let shorter = json!({"objectMappings": [{"sourceObjectName": "user", "attributeMappings": [
        {"targetAttributeName": "userName", "source": {"name": "mail"}},
        {"targetAttributeName": "userType", "source": {"type": "Constant", "expression": "Member", "name": "Member"}},
    ]}]});
    let rows = Mapping::from_json(&shorter).unwrap().mapping.users.attributes;
    assert_eq!(rows[0].source, MappingSource::Direct("mail".to_owned()));
    assert_eq!(rows[1].source, MappingSource::Constant("Member".to_owned()));
}

#[test]
fn a_file_with_mistakes_is_refused_with_all_of_them() {
    assert!(Mapping::read("{").unwrap_err().problems[0].contains("is no JSON"));
    assert!(Mapping::read("[]").unwrap_err().problems[0].contains("no JSON object"));
    assert!(Mapping::read("{}").unwrap_err().problems[0].contains("no object mapping for User"));
    let mut json = Mapping::generic().to_json();
    let users = &mut json["objectMappings"][0];
    users["flowTypes"] = json!("Add,Rename");
    users["enabled"] = json!("yes");
    users["attributeMappings"][0]["targetAttributeName"] = json!("user name");
    users["attributeMappings"][1]["source"]["expression"] = json!("Swich([a])");
    users["attributeMappings"][2]["matchingPriority"] = json!(-1);
    users["scope"]["groups"] = json!([{"name": "f", "clauses": [
        {"sourceOperandName": "city", "operatorName": "LIKE"},
        {"sourceOperandName": "city", "operatorName": "EQUALS", "targetOperand": {"values": ["a", "b"]}},
    ]}]);
    json["objectMappings"][1]["sourceObjectName"] = json!("User");
    let error = Mapping::from_json(&json).unwrap_err();
    let words = [
        "flow type Rename",
        "neither true nor false",
        "has no target",
        "at character 1: There is no function Swich",
        "no whole number",
        "\"LIKE\" is no operator",
        "several values",
        "a second one for User",
    ];
    for words in words {
        assert!(
            error.problems.iter().any(|problem| problem.contains(words)),
            "{words}: {error}"
        );
    }
    assert_eq!(error.problems.len(), words.len(), "{error}");
}

fn resource() -> Json {
    json!({
        "id": "1", "USERNAME": "adelev@contoso.com", "active": "False", "nickName": "", "title": null,
        "name": {"givenName": "Adele"},
        "emails": [{"type": "home", "value": "h@x"}, {"Type": "WORK", "Value": "w@x", "primary": true}],
        "roles": [{"primary": true, "value": "Admin"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"department": "Retail", "manager": {"value": "m1"}}
    })
}

#[test]
fn a_resource_is_read_by_path() {
    #[track_caller]
    fn check(path: &str, expected: impl Into<Option<Json>>) {
        let current = current(&resource(), &TargetPath::parse(path).unwrap());
        assert_eq!(current, expected.into());
    }
    const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    check("userName", Some(json!("adelev@contoso.com")));
    check("name.givenName", Some(json!("Adele")));
    check("name.familyName", None);
    check("nickName", None);
    check("title", None);
    check("emails[type eq \"work\"].value", Some(json!("w@x")));
    check("emails[type eq \"other\"].value", None);
    check("emails[primary eq true].value", Some(json!("w@x")));
    check("roles[primary eq \"True\"].value", Some(json!("Admin")));
    check(&format!("{ENTERPRISE}:department"), Some(json!("Retail")));
    check(&format!("{ENTERPRISE}:manager.value"), Some(json!("m1")));
    check(&format!("{ENTERPRISE}:manager"), Some(json!({"value": "m1"})));
    check("urn:x:User:department", None);
    assert_eq!(current(&json!([]), &TargetPath::parse("userName").unwrap()), None);
}

#[test]
fn only_what_differs_is_sent() {
    #[track_caller]
    fn check(target: &str, value: Value, case: Case, expected: Option<bool>) {
        let row = row(target, "[x]");
        let flows = [Flow {
            row: &row,
            value,
            redacted: false,
        }];
        let found = diff(&flows, &resource(), case);
        let is_empty = found.first().map(Difference::is_empty);
        assert_eq!(is_empty, expected, "{target}");
    }
    let ignored = Case::Ignored;
    check("userName", "AdeleV@contoso.com".into(), ignored, None);
    check("userName", "AdeleV@contoso.com".into(), Case::Exact, Some(false));
    check("userName", "other".into(), ignored, Some(false));
    check("active", "False".into(), ignored, None);
    check("active", false.into(), ignored, None);
    check("active", "True".into(), ignored, Some(false));
    check("nickName", "Babs".into(), ignored, Some(true));
    check("emails[type eq \"work\"].value", "W@X".into(), ignored, None);
    check(
        "emails[type eq \"other\"].value",
        "o@x".into(),
        ignored,
        Some(true),
    );
    check(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "m1".into(),
        ignored,
        None,
    );
    check(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "m2".into(),
        ignored,
        Some(false),
    );
    let role = |value: &str| {
        Value::Complex(vec![
            ("value".to_owned(), value.into()),
            ("type".to_owned(), "".into()),
        ])
    };
    check("roles", Value::Many(vec![role("Admin")]), ignored, None);
    check("roles", Value::Many(vec![role("User")]), ignored, Some(false));
    check(
        "roles",
        Value::Many(vec![role("Admin"), role("User")]),
        ignored,
        Some(false),
    );
    check("roles", "Admin".into(), ignored, None);
}

#[test]
fn a_boolean_is_compared_as_one_in_every_spelling() {
    let row = row("active", "[x]");
    let flows = [Flow {
        row: &row,
        value: "True".into(),
        redacted: false,
    }];
    for (current, is_same) in [
        (json!(true), true),
        (json!("true"), true),
        (json!("False"), false),
        (json!("yes"), false),
    ] {
        assert_eq!(
            diff(&flows, &json!({ "active": current }), Case::Exact).is_empty(),
            is_same
        );
    }
}

proptest! {
    #[test]
    fn paths_that_are_read_are_written_the_same(text in r#"[a-zA-Z:.\[\]" 0-9$_-]{0,40}"#) {
        if let Ok(path) = TargetPath::parse(&text) {
            prop_assert_eq!(TargetPath::parse(&path.to_string()), Ok(path));
        }
    }

    #[test]
    fn sources_that_are_written_are_read_the_same(name in "[a-zA-Z_ ]{0,8}[a-z]", text in any::<String>()) {
        for source in [MappingSource::Direct(name.trim().to_owned()), MappingSource::Constant(text.clone())] {
            prop_assert_eq!(MappingSource::parse(&source.to_string()), Ok(source));
        }
        let _ = MappingSource::parse(&text);
    }
}
