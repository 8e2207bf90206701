//! Memberships: added, removed and replaced without being loaded.

use super::*;

fn add(ids: &[&String]) -> Value {
    let members: Vec<_> = ids.iter().map(|id| json!({ "value": id })).collect();
    json!({ "op": "Add", "path": "members", "value": members })
}

#[test]
fn adding_and_removing_twice_is_the_same_as_once() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    let (change, _) = bench.patch(Kind::Group, &sales, json!([add(&[&mara])]));
    assert_eq!((change.changed, change.resource.version), (true, 2));
    let (change, _) = bench.patch(Kind::Group, &sales, json!([add(&[&mara])]));
    assert_eq!((change.changed, change.resource.version), (false, 2));
    assert_eq!(
        bench.directory().groups_of(&mara).unwrap(),
        std::slice::from_ref(&sales)
    );
    let leave = json!([{ "op": "Remove", "path": format!("members[value eq \"{mara}\"]") }]);
    assert!(bench.patch(Kind::Group, &sales, leave.clone()).0.changed);
    assert!(!bench.patch(Kind::Group, &sales, leave).0.changed);
    assert_eq!(bench.directory().group_count(&mara).unwrap(), 0);
}

#[test]
fn a_member_nobody_knows_is_left_out_and_noted() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    let nobody = "nobody".to_owned();
    let (change, notes) = bench.patch(Kind::Group, &sales, json!([add(&[&nobody, &mara])]));
    assert_eq!(
        bench.directory().members_of(&sales).unwrap(),
        std::slice::from_ref(&mara)
    );
    assert!(notes.iter().any(|note| note.sentence.contains("nobody")));
    assert_eq!(change.modified.len(), 1);
}

#[test]
fn members_are_removed_by_a_list_and_all_at_once() {
    let bench = Bench::new();
    let users: Vec<String> = ["mara", "jonas", "ana"].map(|name| bench.user(name)).into();
    let sales = bench.group("Sales", &users.iter().collect::<Vec<_>>());
    let listed = json!([{ "op": "Remove", "path": "members", "value": [{ "value": users[0] }] }]);
    bench.patch(Kind::Group, &sales, listed);
    assert_eq!(bench.directory().members_of(&sales).unwrap(), users[1..]);
    bench.patch(
        Kind::Group,
        &sales,
        json!([{ "op": "remove", "path": "members" }]),
    );
    assert_eq!(bench.directory().member_count(&sales).unwrap(), 0);
}

#[test]
fn replacing_all_members_keeps_who_stays() {
    let bench = Bench::new();
    let users: Vec<String> = ["mara", "jonas", "ana"].map(|name| bench.user(name)).into();
    let sales = bench.group("Sales", &[&users[0], &users[1]]);
    let all = json!([{ "op": "replace", "path": "members", "value": [{ "value": users[1] }, { "value": users[2] }] }]);
    let (change, _) = bench.patch(Kind::Group, &sales, all.clone());
    assert_eq!(bench.directory().members_of(&sales).unwrap(), users[1..]);
    assert_eq!(change.modified.len(), 2, "one came and one went");
    assert!(!bench.patch(Kind::Group, &sales, all).0.changed);
}

#[test]
fn the_operations_of_one_patch_see_each_other() {
    let bench = Bench::new();
    let users: Vec<String> = ["mara", "jonas", "ana"].map(|name| bench.user(name)).into();
    let sales = bench.group("Sales", &[&users[0]]);
    let members = || bench.directory().members_of(&sales).unwrap();
    let replace = |ids: &[&String]| {
        let value: Vec<_> = ids.iter().map(|id| json!({ "value": id })).collect();
        json!({ "op": "replace", "path": "members", "value": value })
    };
    let named = |name: &str| json!({ "op": "remove", "path": format!("members[display eq \"{name}\"]") });

    bench.patch(
        Kind::Group,
        &sales,
        json!([add(&[&users[1]]), replace(&[&users[2]])]),
    );
    assert_eq!(
        members(),
        users[2..],
        "who was added a moment ago is replaced too"
    );

    let joins =
        json!({ "op": "add", "path": "members", "value": [{ "value": users[0], "display": "Mara" }] });
    let (change, _) = bench.patch(Kind::Group, &sales, json!([joins, named("Mara")]));
    assert!(!change.changed, "who came and went was never there");
    assert_eq!(members(), users[2..]);

    let leaves = json!({ "op": "remove", "path": format!("members[value eq \"{}\"]", users[2]) });
    let (change, _) = bench.patch(Kind::Group, &sales, json!([leaves, add(&[&users[2]])]));
    assert!(
        !change.changed && change.modified.is_empty(),
        "who left and came back never moved"
    );

    bench.patch(Kind::Group, &sales, json!([replace(&[]), add(&[&users[1]])]));
    assert_eq!(members(), users[1..2]);
    for user in [&users[0], &users[2]] {
        assert_eq!(
            bench.directory().group_count(user).unwrap(),
            0,
            "both directions agree"
        );
    }
}

#[test]
fn a_member_takes_a_new_display_name() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    let named = |name: &str| json!([{ "op": "add", "path": "members", "value": [{ "value": mara, "display": name }] }]);
    bench.patch(Kind::Group, &sales, named("Mara"));
    assert!(!bench.patch(Kind::Group, &sales, named("Mara")).0.changed);
    let (change, _) = bench.patch(Kind::Group, &sales, named("Mara Okafor"));
    assert!(change.changed);
    assert!(!bench.patch(Kind::Group, &sales, json!([add(&[&mara])])).0.changed);
    let value = bench.directory().members_value(&sales, "").unwrap();
    assert_eq!(value[0]["display"], "Mara Okafor");
}

#[test]
fn putting_a_group_replaces_its_members() {
    let bench = Bench::new();
    let (mara, jonas) = (bench.user("mara"), bench.user("jonas"));
    let sales = bench.group("Sales", &[&mara]);
    let body = json!({ "displayName": "Sales", "members": [{ "value": jonas }] });
    assert!(bench.replace(Kind::Group, &sales, body.clone()).unwrap().changed);
    assert_eq!(bench.directory().members_of(&sales).unwrap(), [jonas]);
    assert!(!bench.replace(Kind::Group, &sales, body).unwrap().changed);
}

#[test]
fn nobody_joins_by_being_replaced() {
    let bench = Bench::new();
    let [mara, jonas, ana] = ["mara", "jonas", "ana"].map(|name| bench.user(name));
    let sales = bench.group("Sales", &[&mara]);
    let of = |id: &str, sub: &str| format!("members[value eq \"{id}\"]{sub}");
    let try_patch = |path: &str, value: Value| {
        let operations = json!([{ "op": "replace", "path": path, "value": value }]);
        bench.try_patch(Kind::Group, &sales, operations)
    };
    for (path, value) in [
        (of(&jonas, ""), json!({ "value": ana })),
        (of(&jonas, ""), json!({ "value": jonas })),
        (of("nobody", ""), json!({ "display": "N" })),
        (of(&jonas, ".display"), json!("J")),
        (of(&jonas, ".type"), json!("User")),
        ("members[type eq \"Group\"].display".to_owned(), json!("G")),
    ] {
        assert_eq!(status(try_patch(&path, value)), 400, "{path}");
    }
    assert_eq!(
        bench.directory().members_of(&sales).unwrap(),
        std::slice::from_ref(&mara)
    );
    // Somebody who is there gives way, or is called something.
    let change = try_patch(&of(&mara, ""), json!({ "value": ana, "display": "A" })).unwrap();
    assert_eq!(change.modified.len(), 2);
    assert_eq!(
        bench.directory().members_of(&sales).unwrap(),
        std::slice::from_ref(&ana)
    );
    let names = |bench: &Bench| {
        let members = bench.directory().members_value(&sales, "").unwrap();
        members
            .iter()
            .map(|member| member["display"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&bench), [json!("A")]);
    bench.patch(Kind::Group, &sales, json!([add(&[&mara])]));
    assert!(try_patch("members.display", json!("B")).unwrap().changed);
    assert_eq!(names(&bench), [json!("B"), json!("B")]);
    let nameless = json!([{ "op": "remove", "path": of(&ana, ".display") }]);
    let (change, _) = bench.patch(Kind::Group, &sales, nameless.clone());
    assert_eq!((change.changed, change.modified.len()), (true, 1));
    assert!(!bench.patch(Kind::Group, &sales, nameless).0.changed);
    let there_and_back = json!([
        { "op": "replace", "path": of(&mara, ".display"), "value": "M" },
        { "op": "replace", "path": of(&mara, ".display"), "value": "B" },
    ]);
    assert!(!bench.patch(Kind::Group, &sales, there_and_back).0.changed);
    assert_eq!(bench.directory().member_count(&sales).unwrap(), 2);
}

/// Damages every membership but the one that is asked for: whoever read the others would fail.
#[test]
fn adding_one_member_reads_no_other() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    bench
        .store
        .write(|turn| {
            (0..10_000).try_for_each(|n| {
                turn.put(
                    &Key::pair(Space::Member, &sales, &format!("user{n}")),
                    &"no member record",
                )
            })
        })
        .unwrap();
    assert!(
        bench.directory().members_value(&sales, "").is_err(),
        "they do not read"
    );
    let (change, _) = bench.patch(Kind::Group, &sales, json!([add(&[&mara])]));
    assert_eq!(change.modified.len(), 1);
    let leave = json!([{ "op": "remove", "path": format!("members[value eq \"{mara}\"]") }]);
    assert!(bench.patch(Kind::Group, &sales, leave).0.changed);
    let narrow = Projection::parse(Kind::Group.resource_type(), None, Some("members"));
    let group = bench.directory().get(Kind::Group, &sales).unwrap();
    assert!(!narrow.wants("members"));
    let answer = bench
        .directory()
        .project(Kind::Group, &group, &narrow, "")
        .unwrap();
    assert!(!answer.contains_key("members"), "excluded members are not loaded");
    let asks = format!("id eq \"{sales}\" and members eq \"user7\"");
    let query = Query {
        filter: Some(Filter::parse(&asks, Kind::Group.resource_type(), &mut Notes::default()).unwrap()),
        sort: None,
        paging: ALL.into(),
        projection: narrow,
    };
    let listed = bench.directory().list(Kind::Group, &query, "").unwrap();
    assert_eq!(ids(&listed), [sales]);
}
