//! Create, replace, patch and delete, with their indexes.

use super::*;

#[test]
fn a_name_is_taken_in_whatever_case() {
    let bench = Bench::new();
    bench.user("Adele@contoso.example");
    assert_eq!(
        status(bench.try_create(Kind::User, json!({ "userName": "adele@CONTOSO.example" }))),
        409
    );
    bench.group("Sales", &[]);
    assert_eq!(
        status(bench.try_create(Kind::Group, json!({ "displayName": "SALES" }))),
        409
    );
    assert_eq!(
        bench.directory().count(Kind::User).unwrap(),
        1,
        "nothing was stored"
    );
}

#[test]
fn a_rename_frees_the_old_name_and_cannot_take_one_in_use() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    bench.user("jonas");
    let taken = bench.replace(Kind::User, &mara, json!({ "userName": "JONAS" }));
    assert_eq!(status(taken), 409);
    assert_eq!(
        bench.directory().get(Kind::User, &mara).unwrap().text("userName"),
        "mara"
    );
    bench
        .replace(Kind::User, &mara, json!({ "userName": "mara.okafor" }))
        .unwrap();
    bench.user("mara");
    assert_eq!(bench.ids(Kind::User, r#"userName eq "MARA.okafor""#), [mara]);
}

#[test]
fn a_name_may_change_its_case() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    let change = bench
        .replace(Kind::User, &mara, json!({ "userName": "Mara" }))
        .unwrap();
    assert!(change.changed);
    assert_eq!(bench.ids(Kind::User, r#"userName eq "mara""#), [mara]);
}

#[test]
fn replacing_clears_what_is_left_out() {
    let bench = Bench::new();
    let id = bench.create(
        Kind::User,
        json!({ "userName": "mara", "externalId": "x1", "title": "Analyst" }),
    );
    let change = bench
        .replace(Kind::User, &id, json!({ "userName": "mara", "nickName": "Mo" }))
        .unwrap();
    assert_eq!(change.resource.version, 2);
    let rows: Vec<_> = change
        .modified
        .iter()
        .map(|row| (row.path.as_str(), row.before.as_deref(), row.after.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            ("nickName", None, Some("Mo")),
            ("externalId", Some("x1"), None),
            ("title", Some("Analyst"), None)
        ]
    );
    assert_eq!(bench.ids(Kind::User, r#"externalId eq "x1""#), [""; 0]);
}

#[test]
fn deleting_frees_name_and_external_id_and_takes_the_memberships_along() {
    let bench = Bench::new();
    let body = json!({ "userName": "mara", "externalId": "x1" });
    let mara = bench.create(Kind::User, body.clone());
    let jonas = bench.user("jonas");
    let sales = bench.group("Sales", &[&mara, &jonas]);
    bench.directory().delete(Kind::User, &mara).unwrap();
    assert_eq!(
        bench.directory().members_of(&sales).unwrap(),
        std::slice::from_ref(&jonas)
    );
    assert_eq!(bench.directory().get(Kind::Group, &sales).unwrap().version, 2);
    assert_eq!(bench.ids(Kind::User, r#"externalId eq "x1""#), [""; 0]);
    assert_eq!(status(bench.directory().delete(Kind::User, &mara)), 404);
    bench.create(Kind::User, body);

    bench.directory().delete(Kind::Group, &sales).unwrap();
    assert_eq!(bench.directory().groups_of(&jonas).unwrap(), [""; 0]);
    bench.group("Sales", &[]);
    for space in [Space::Member, Space::Membership] {
        assert_eq!(bench.store.count(&Key::all(space)).unwrap(), 0, "{space:?}");
    }
}

#[test]
fn the_same_value_again_leaves_version_and_last_modified_alone() {
    let bench = Bench::new();
    let mara = bench.create(Kind::User, json!({ "userName": "mara", "title": "Analyst" }));
    let before = bench.directory().get(Kind::User, &mara).unwrap();
    let again = json!([{ "op": "replace", "path": "title", "value": "Analyst" }]);
    let (change, _) = bench.patch(Kind::User, &mara, again);
    assert!(!change.changed);
    assert_eq!(bench.directory().get(Kind::User, &mara).unwrap(), before);
    let other = json!([{ "op": "replace", "path": "title", "value": "Buyer" }]);
    let (change, _) = bench.patch(Kind::User, &mara, other);
    assert!(change.changed && change.resource.modified > before.modified);
    assert_eq!(bench.etag(Kind::User, &mara), "W/\"2\"");
}

#[test]
fn two_values_of_one_type_are_told_apart() {
    let bench = Bench::new();
    let numbers = |second: &str| {
        json!({ "userName": "mara", "phoneNumbers": [
            { "type": "work", "value": "1" }, { "type": "work", "value": second }] })
    };
    let mara = bench.create(Kind::User, numbers("2"));
    let change = bench.replace(Kind::User, &mara, numbers("3")).unwrap();
    let rows: Vec<_> = change
        .modified
        .iter()
        .map(|row| (row.before.as_deref(), row.after.as_deref()))
        .collect();
    assert_eq!(rows, [(Some("2"), Some("3"))]);
}

#[test]
fn a_precondition_is_asked_about_the_resource_as_it_stands() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    let only_first = |etag: &str| {
        if etag == "W/\"1\"" {
            return Ok(());
        }
        Err(scim::error::ScimError::precondition_failed(
            "It is another version.",
        ))
    };
    let guarded = || bench.directory().provided(&only_first);
    let object = |name: &str| {
        let body = json!({ "userName": name });
        scim::accept(Kind::User.resource_type(), body, &mut Notes::default()).unwrap()
    };
    let mut notes = Notes::default();
    guarded()
        .replace(Kind::User, &mara, &object("mara.okafor"), &mut notes)
        .unwrap();
    let late = guarded().replace(Kind::User, &mara, &object("mo"), &mut notes);
    assert_eq!(status(late), 412);
    assert_eq!(status(guarded().delete(Kind::User, &mara)), 412);
    bench.directory().delete(Kind::User, &mara).unwrap();
}

#[test]
fn ids_sort_by_age_within_a_millisecond_and_when_the_clock_goes_back() {
    let bench = Bench::new();
    let mut made: Vec<String> = (0..50).map(|n| bench.user(&format!("user{n}"))).collect();
    bench.clock.advance(SignedDuration::from_hours(-1));
    made.extend((50..60).map(|n| bench.user(&format!("user{n}"))));
    assert_eq!(bench.ids(Kind::User, ""), made);
}

#[test]
fn an_id_is_reserved_before_there_is_anything_under_it() {
    let bench = Bench::new();
    let (directory, kind) = (bench.directory(), Kind::User);
    let reserved: Vec<_> = (0..20).map(|_| directory.new_id(kind).unwrap()).collect();
    let between = bench.user("between");
    let group = directory.new_id(Kind::Group).unwrap();
    let all: std::collections::BTreeSet<_> = reserved.iter().chain([&between, &group]).collect();
    assert_eq!(all.len(), 22, "none is given twice, and none to both kinds");

    let create_as = |kind: Kind, id: &str, name: &str| {
        let (body, mut notes) = (json!({ kind.name_attribute(): name }), Notes::default());
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        directory.create_as(kind, id, object, &mut notes)
    };
    let made = create_as(kind, &reserved[3], "mara").unwrap();
    assert_eq!(made.resource.id, reserved[3]);
    assert_eq!(bench.ids(kind, "userName eq \"mara\""), [reserved[3].clone()]);
    assert_eq!(status(create_as(kind, &reserved[3], "jonas")), 409);
    assert_eq!(status(create_as(Kind::Group, &reserved[3], "Sales")), 409);
    assert_eq!(status(create_as(kind, &reserved[4], "MARA")), 409);
    for odd in ["", "7", "{}", &reserved[5].to_uppercase()] {
        assert_eq!(status(create_as(kind, odd, "odd")), 400, "{odd:?}");
    }
    assert_eq!(bench.ids(kind, ""), [reserved[3].clone(), between]);
}

#[test]
fn an_id_is_not_given_again_after_its_resource_is_gone() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    bench.directory().delete(Kind::User, &mara).unwrap();
    bench.clock.advance(SignedDuration::from_hours(-1));
    assert!(bench.user("mara") > mara);
}

#[test]
fn the_log_keeps_the_first_changes_and_says_how_many_more() {
    let bench = Bench::new();
    let things: Vec<_> = (0..250).map(|n| format!("thing {n}")).collect();
    let long = "ü".repeat(2_000);
    let body = json!({ "userName": "mara", "title": long, "urn:example:things": { "things": things } });
    let change = bench.try_create(Kind::User, body).unwrap();
    let modified = &change.modified;
    assert_eq!(modified.len(), 201);
    let title = modified.iter().find(|one| one.path == "title").unwrap();
    assert_eq!(title.after, Some(format!("{}…", "ü".repeat(512))));
    let last = modified.last().unwrap();
    assert_eq!(
        (last.label.as_str(), last.after.as_deref()),
        ("More changes", Some("52 more, not listed here"))
    );
    assert_eq!(change.resource.text("title"), long, "only the log is short");
}

#[test]
fn a_manager_is_answered_with_its_url_which_is_not_stored() {
    const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let bench = Bench::new();
    let mara = bench.user("mara");
    let body = json!({ "userName": "jonas", ENTERPRISE: { "manager": { "value": mara } } });
    let jonas = bench.create(Kind::User, body.clone());
    let (directory, stored) = (
        bench.directory(),
        bench.directory().get(Kind::User, &jonas).unwrap(),
    );
    let shown = directory
        .project(Kind::User, &stored, &Projection::all(), "https://x/t")
        .unwrap();
    let manager = json!({ "value": mara, "$ref": format!("https://x/t/Users/{mara}") });
    assert_eq!(shown[ENTERPRISE]["manager"], manager);
    assert_eq!(stored.attributes[ENTERPRISE]["manager"], json!({ "value": mara }));
    assert!(!bench.replace(Kind::User, &jonas, body).unwrap().changed);
}
