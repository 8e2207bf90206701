//! What a note says, and what strict notes do not forgive.

use serde_json::{Value, json};

use super::*;
use crate::schemas::{ENTERPRISE_URN, PATCH_OP, USER_TYPE};

#[test]
fn every_quirk_says_what_it_is_and_what_to_do() {
    let mut names = std::collections::BTreeSet::new();
    for quirk in Quirk::ALL {
        let name = quirk.name();
        assert_eq!(serde_json::to_value(quirk).unwrap(), name);
        assert!(names.insert(name), "{name} twice");
        assert!(quirk.sentence().ends_with('.'), "{name}");
        let (rfc, section) = quirk.rfc().split_once(" §").unwrap();
        assert!(
            rfc.starts_with("RFC ") && section.starts_with(|c: char| c.is_ascii_digit()),
            "{name}"
        );
        assert!(
            !quirk.remedy().is_empty() && !quirk.remedy().ends_with('.'),
            "{name}"
        );
    }
}

#[test]
fn the_same_deviation_is_noted_once() {
    let mut notes = Notes::default();
    notes.add(Quirk::UnknownAttribute, "members.displayName", "first");
    notes.add(Quirk::UnknownAttribute, "members.displayName", "second");
    notes.add(Quirk::UnknownAttribute, "shoeSize", "third");
    let sentences: Vec<_> = notes.iter().map(|note| note.sentence.as_str()).collect();
    assert_eq!(sentences, ["first", "third"]);
}

type Refusal = Option<(u16, &'static str, String)>;

fn refusal<T>(result: Result<T, crate::ScimError>) -> Refusal {
    let error = result.err()?;
    Some((
        error.status,
        error.scim_type.map_or("", crate::ScimType::as_str),
        error.detail,
    ))
}

/// What strict notes answer; lenient ones have to accept the same.
fn strictly<T>(read: impl Fn(&mut Notes) -> Result<T, crate::ScimError>) -> Refusal {
    let mut lenient = Notes::default();
    read(&mut lenient)
        .map_err(|error| error.detail)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(!lenient.is_strict() && !lenient.is_empty());
    refusal(read(&mut Notes::strict()))
}

fn accepted(body: &Value) -> Refusal {
    strictly(|notes| crate::accept(&USER_TYPE, body.clone(), notes))
}

fn patched(operation: &Value) -> Refusal {
    strictly(|notes| {
        let body = json!({"schemas": [PATCH_OP], "Operations": [operation]});
        let mut ada = json!({"userName": "ada"}).as_object().unwrap().clone();
        let before = ada.clone();
        let result = crate::Patch::parse(&USER_TYPE, body, notes)
            .and_then(|patch| patch.apply(&USER_TYPE, &mut ada, notes));
        assert!(result.is_ok() || ada == before);
        result
    })
}

#[test]
fn strict_notes_refuse_what_nobody_declares() {
    let refused = |kind, detail: &str| Some((400, kind, detail.to_owned()));
    let urn = USER_TYPE.schema.id;
    let turn = "or turn the strict setting off";
    for (body, path) in [
        (
            json!({"schemas": [urn], "userName": "a", "shoeSize": 44}),
            "shoeSize",
        ),
        (
            json!({"schemas": [urn], "userName": "a", "name": {"nick": "A"}}),
            "name.nick",
        ),
        (
            json!({"schemas": [urn, ENTERPRISE_URN], "userName": "a", ENTERPRISE_URN: {"shoeSize": 4}}),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoeSize",
        ),
        (
            json!({"schemas": [urn], "userName": "a", "not a name": 4}),
            "not a name",
        ),
    ] {
        let detail = format!("No schema declares `{path}`. Leave it out, {turn}.");
        assert_eq!(accepted(&body), refused("invalidSyntax", &detail));
    }
    assert_eq!(
        accepted(&json!({"schemas": [urn, "urn:acme:Shoe"], "userName": "a"})),
        refused(
            "invalidValue",
            &format!(
                "The value of `schemas` was refused: nobody declares urn:acme:Shoe; leave it out, {turn}."
            )
        )
    );
    assert_eq!(
        patched(&json!({"op": "add", "path": "shoeSize", "value": 44})),
        refused(
            "invalidPath",
            &format!(
                "The path `shoeSize` cannot be read: no schema declares it; leave the operation out, {turn}."
            )
        )
    );
    assert_eq!(
        patched(&json!({"op": "add", "path": "name.nick", "value": "A"}))
            .unwrap()
            .1,
        "invalidPath"
    );
    assert_eq!(
        patched(&json!({"op": "add", "value": {"shoeSize": 44}})),
        refused(
            "invalidSyntax",
            &format!("No schema declares `shoeSize`. Leave it out, {turn}.")
        )
    );
    assert_eq!(
        patched(&json!({"op": "remove", "path": "emails[kind eq \"x\"]"}))
            .unwrap()
            .1,
        "invalidPath"
    );
}

#[test]
fn strict_notes_refuse_filters_that_find_nothing() {
    let filter = |text: &str| {
        strictly(|notes| crate::Filter::parse(text, &USER_TYPE, notes)).map(|(_, kind, detail)| {
            let why = detail.split_once("at ").map(|(_, why)| why.to_owned());
            (kind, why.unwrap_or_default())
        })
    };
    for (text, why) in [
        (
            "userName eq ada",
            "character 13: a text is written in double quotes.",
        ),
        ("shoeSize pr", "character 1: no schema declares shoeSize."),
        ("name.nick pr", "character 1: no schema declares name.nick."),
        ("emails[kind pr]", "character 8: no schema declares emails.kind."),
        (
            "emails[type pr].kind pr",
            "character 17: no schema declares emails.kind.",
        ),
        ("shoes[type pr]", "character 1: no schema declares shoes."),
        (
            r#"title eq "CONTOSO\ada""#,
            "character 10: a text is a JSON string: a backslash in it is written twice.",
        ),
    ] {
        assert_eq!(filter(text), Some(("invalidFilter", why.to_owned())), "{text}");
    }
}

#[test]
fn strict_notes_forgive_the_rest() {
    let body =
        json!({"userName": 7, "active": "True", "emails": {"value": "a@b"}, "urn:acme:Shoe": {"size": 44}});
    assert!(crate::accept(&USER_TYPE, body, &mut Notes::strict()).is_ok());
    let foreign = "urn:acme:Shoe:size eq 44";
    assert!(crate::Filter::parse(foreign, &USER_TYPE, &mut Notes::strict()).is_ok());
}

#[test]
fn a_refusal_is_not_held_against_the_next_request() {
    let mut notes = Notes::strict();
    assert!(crate::accept(&USER_TYPE, json!({"userName": "a", "shoeSize": 44}), &mut notes).is_err());
    assert!(crate::accept(&USER_TYPE, json!({"userName": "a"}), &mut notes).is_ok());
}
