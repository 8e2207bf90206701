//! What holds for every PATCH.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn path() -> impl Strategy<Value = &'static str> {
    select(vec![
        "userName",
        "title",
        "active",
        "name",
        "name.givenName",
        "emails",
        "emails.value",
        "emails[type eq \"work\"]",
        "emails[type eq \"home\"].value",
        "emails[type eq \"home\"].primary",
        "emails[primary eq true].display",
        "roles[value co \"a\"].display",
        "manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:acme:2.0:User:badge.color",
        "schemas",
        "id",
        "shoeSize",
    ])
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        Just(json!("")),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        select(vec!["True", "x", "work", "7", " "]).prop_map(Value::from),
    ];
    let key = select(vec![
        "value",
        "type",
        "primary",
        "display",
        "givenName",
        "title",
        "name.familyName",
    ]);
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..3).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

fn operation(verbs: &'static [&'static str]) -> impl Strategy<Value = Value> {
    (select(verbs), path(), value())
        .prop_map(|(op, path, value)| json!({"op": op, "path": path, "value": value}))
}

fn run(operations: &[Value], user: &mut Object) -> Result<bool, ScimError> {
    let mut notes = Notes::default();
    let patch = Patch::parse(&USER_TYPE, message(&json!(operations)), &mut notes)?;
    patch.apply(&USER_TYPE, user, &mut notes)
}

/// What `lib.rs` promises of an object that leaves this crate.
fn assert_canonical(user: &Object) {
    let again = accept(&USER_TYPE, Value::Object(user.clone()), &mut Notes::default()).unwrap();
    assert_eq!(&again, user, "reading it again changes it");
    assert_eq!(again.keys().collect::<Vec<_>>(), user.keys().collect::<Vec<_>>());
    for elements in user.values().filter_map(Value::as_array) {
        assert!(
            elements
                .iter()
                .filter(|element| crate::coerce::is_primary(element))
                .count()
                <= 1
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_patch_keeps_the_user_canonical_or_untouched(
        operations in prop::collection::vec(operation(&["add", "replace", "remove"]), 1..5),
    ) {
        let mut user = ada();
        let changed = run(&operations, &mut user).unwrap_or(false);
        prop_assert_eq!(changed, user != ada());
        assert_canonical(&user);
    }

    #[test]
    fn replacing_twice_is_replacing_once(operation in operation(&["replace"])) {
        // What rewrites the very thing its filter selects by finds nothing the second time.
        let (path, value) = (operation["path"].as_str().unwrap(), operation["value"].to_string());
        prop_assume!(!(path.ends_with(']') && value.contains("\"type\"")));
        let mut once = ada();
        if run(std::slice::from_ref(&operation), &mut once).is_ok() {
            let mut twice = once.clone();
            // What took its target away finds none the second time; that changes nothing either.
            prop_assert!(run(&[operation], &mut twice) != Ok(true), "{:?} became {:?}", once, twice);
        }
    }
}
