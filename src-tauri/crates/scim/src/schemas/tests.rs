//! The tables against the schemas printed in RFC 7643 §8.7.1 and §8.7.2.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::*;
use crate::discovery;
use crate::schema::Kind;

/// Where this server's tables differ from the RFC's on purpose.
const DIFFERENCES: &[(&str, &str)] = &[
    // Ids are compared exactly, RFC 7643 §3.1.
    ("User groups.value caseExact", "false → true"),
    ("Group members.value caseExact", "false → true"),
    // A client that knows the id need not know the URI.
    ("EnterpriseUser manager.$ref required", "true → false"),
    // Okta sends the name of a member, and nothing else here knows the name of a stranger.
    ("Group members.display mutability", "\"readOnly\" → \"immutable\""),
    // Providers match groups by name.
    ("Group displayName uniqueness", "\"none\" → \"server\""),
    // RFC 9865 §4.
    ("ServiceProviderConfiguration pagination", "added"),
    // Letter case means nothing for a boolean, and one of two values is never unique.
    (
        "ServiceProviderConfiguration authenticationSchemes.primary caseExact",
        "false → null",
    ),
    (
        "ServiceProviderConfiguration authenticationSchemes.primary uniqueness",
        "\"none\" → null",
    ),
    // Letter case means nothing for a complex attribute.
    ("User x509Certificates caseExact", "false → null"),
];

#[test]
fn the_tables_are_the_rfcs() {
    let mut differences = BTreeMap::new();
    for (file, schema) in [
        ("8.7.1-schema-user", &USER),
        ("8.7.1-schema-group", &GROUP),
        ("8.7.1-schema-enterprise_user", &ENTERPRISE_USER),
        (
            "8.7.2-schema-service_provider_configuration",
            &SERVICE_PROVIDER_CONFIG,
        ),
        ("8.7.2-schema-resource_type", &RESOURCE_TYPE),
        ("8.7.2-schema-schema", &SCHEMA),
    ] {
        let (ours, theirs) = (discovery::schema("", schema.id).unwrap(), rfc(file));
        for same in ["id", "name"] {
            assert_eq!(ours[same], theirs[same], "{file}");
        }
        compare(
            &schema.name.replace(' ', ""),
            &theirs["attributes"],
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

/// The attributes of the KnowBe4 gallery application, with those of its 2026 revision.
#[test]
fn knowbe4_has_the_attributes_of_its_gallery_application() {
    let names = |kind: Kind| {
        let of_kind = KMSAT_USER
            .attributes
            .iter()
            .filter(|attribute| attribute.kind == kind);
        of_kind.map(|attribute| attribute.name).collect::<Vec<_>>()
    };
    let dates = [
        "customDate1",
        "customDate2",
        "outOfOfficeEnd",
        "lastPasswordChangeDateTime",
    ];
    assert_eq!(names(Kind::DateTime), dates);
    let texts = [
        "customField1",
        "customField2",
        "customField3",
        "customField4",
        "phishingLanguage",
        "trainingLanguage",
        "userRole",
        "hostname",
        "companyName",
        "country",
        "mailNickName",
        "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier",
        "userPrincipalName",
    ];
    assert_eq!(names(Kind::String), texts);
    assert_eq!(KMSAT_USER.attributes.len(), dates.len() + texts.len());
}

fn rfc(schema: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
    let text = fs::read_to_string(format!("{folder}/rfc7643-{schema}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Collects what differs between two lists of attributes, in either direction.
fn compare(at: &str, theirs: &Value, ours: &Value, differences: &mut BTreeMap<String, String>) {
    let (theirs, ours) = (theirs.as_array().unwrap(), ours.as_array().unwrap());
    let names = |list: &[Value]| list.iter().map(|a| a["name"].clone()).collect::<Vec<_>>();
    let added = |name: &&Value| !names(theirs).contains(name);
    for name in names(ours).iter().filter(added) {
        differences.insert(format!("{at} {}", name.as_str().unwrap()), "added".to_owned());
    }
    let ours: Vec<&Value> = ours.iter().filter(|a| !added(&&a["name"])).collect();
    assert_eq!(names(theirs).len(), ours.len(), "{at}");
    let separator = if at.contains(' ') { "." } else { " " };
    for (theirs, ours) in theirs.iter().zip(ours) {
        let at = format!("{at}{separator}{}", ours["name"].as_str().unwrap());
        assert_eq!(theirs["name"], ours["name"], "{at}");
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
