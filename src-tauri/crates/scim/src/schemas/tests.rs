//! The tables against the schemas printed in RFC 7643 §8.7.1.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::*;
use crate::discovery;

/// Where this server's tables differ from the RFC's on purpose.
const DIFFERENCES: &[(&str, &str)] = &[
    // Ids are compared exactly, RFC 7643 §3.1.
    ("User groups.value caseExact", "false → true"),
    ("Group members.value caseExact", "false → true"),
    // A `$ref` follows from `value`; a client's copy would go stale.
    ("Group members.$ref mutability", "\"immutable\" → \"readOnly\""),
    (
        "EnterpriseUser manager.$ref mutability",
        "\"readWrite\" → \"readOnly\"",
    ),
    ("EnterpriseUser manager.$ref required", "true → false"),
    // Okta sends the name of a member, and nothing else here knows the name of a stranger.
    ("Group members.display mutability", "\"readOnly\" → \"immutable\""),
    // Providers match groups by name.
    ("Group displayName uniqueness", "\"none\" → \"server\""),
    // Letter case means nothing for a complex attribute.
    ("User x509Certificates caseExact", "false → null"),
];

#[test]
fn the_tables_are_the_rfcs() {
    let mut differences = BTreeMap::new();
    for (file, schema) in [
        ("user", &USER),
        ("group", &GROUP),
        ("enterprise_user", &ENTERPRISE_USER),
    ] {
        let ours = discovery::schema("", schema.id).unwrap();
        compare(
            schema.name,
            &rfc(file)["attributes"],
            &ours["attributes"],
            &mut differences,
        );
    }
    let expected = DIFFERENCES
        .iter()
        .map(|(at, what)| ((*at).to_owned(), (*what).to_owned()))
        .collect();
    assert_eq!(differences, expected);
}

fn rfc(schema: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
    let text = fs::read_to_string(format!("{folder}/rfc7643-8.7.1-schema-{schema}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Collects what differs between two lists of attributes, in either direction.
fn compare(at: &str, theirs: &Value, ours: &Value, differences: &mut BTreeMap<String, String>) {
    let (theirs, ours) = (theirs.as_array().unwrap(), ours.as_array().unwrap());
    let names = |list: &[Value]| list.iter().map(|a| a["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(theirs), names(ours), "{at}");
    let separator = if at.contains(' ') { "." } else { " " };
    for (theirs, ours) in theirs.iter().zip(ours) {
        let at = format!("{at}{separator}{}", ours["name"].as_str().unwrap());
        compare_attribute(&at, theirs, ours, differences);
        if let (Some(theirs), Some(ours)) = (theirs.get("subAttributes"), ours.get("subAttributes")) {
            compare(&at, theirs, ours, differences);
        }
    }
}

fn compare_attribute(at: &str, theirs: &Value, ours: &Value, differences: &mut BTreeMap<String, String>) {
    for characteristic in [
        "type",
        "multiValued",
        "required",
        "canonicalValues",
        "caseExact",
        "mutability",
        "returned",
        "uniqueness",
        "referenceTypes",
    ] {
        let (theirs, ours) = (&theirs[characteristic], &ours[characteristic]);
        if theirs != ours {
            differences.insert(format!("{at} {characteristic}"), format!("{theirs} → {ours}"));
        }
    }
}

#[test]
fn names_are_unique_and_described() {
    for schema in SCHEMAS {
        let mut names = Vec::new();
        for attribute in schema.attributes {
            assert!(
                !names.contains(&attribute.name.to_lowercase()),
                "{}",
                attribute.name
            );
            assert!(attribute.description.ends_with('.'), "{}", attribute.name);
            names.push(attribute.name.to_lowercase());
        }
    }
}
