//! Groups as members of groups.

use super::*;

/// Sales has Mara and the group EMEA, in which Jonas is.
struct Nested {
    bench: Bench,
    mara: String,
    jonas: String,
    emea: String,
    sales: String,
}

fn nested() -> Nested {
    let bench = Bench::new();
    let (mara, jonas) = (bench.user("mara"), bench.user("jonas"));
    let emea = bench.group("EMEA", &[&jonas]);
    let sales = bench.group("Sales", &[&mara, &emea]);
    Nested {
        bench,
        mara,
        jonas,
        emea,
        sales,
    }
}

#[test]
fn a_member_is_answered_as_what_it_is() {
    let Nested {
        bench,
        mara,
        emea,
        sales,
        ..
    } = nested();
    let members = bench.directory().members_value(&sales, "https://x/t").unwrap();
    assert_eq!(
        members,
        [
            json!({ "value": mara, "$ref": format!("https://x/t/Users/{mara}"), "type": "User" }),
            json!({ "value": emea, "$ref": format!("https://x/t/Groups/{emea}"), "type": "Group" }),
        ]
    );
    // What the client says a member is does not make it that.
    let wrong = json!([{ "op": "add", "path": "members", "value": [{ "value": mara, "type": "Group", "display": "Mara" }] }]);
    bench.patch(Kind::Group, &sales, wrong);
    let members = bench.directory().members_value(&sales, "").unwrap();
    assert_eq!(
        (&members[0]["type"], &members[0]["display"]),
        (&json!("User"), &json!("Mara"))
    );
}

#[test]
fn the_groups_of_a_user_are_those_it_is_in_itself() {
    let nested = nested();
    let directory = nested.bench.directory();
    assert_eq!(
        directory.groups_of(&nested.jonas).unwrap(),
        std::slice::from_ref(&nested.emea)
    );
    assert_eq!(
        directory.groups_of(&nested.emea).unwrap(),
        std::slice::from_ref(&nested.sales)
    );
    let groups = directory.groups_value(&nested.jonas, "").unwrap();
    assert_eq!((groups.len(), &groups[0]["type"]), (1, &json!("direct")));
}

#[test]
fn filters_tell_groups_from_users() {
    let nested = nested();
    let (mara, emea, sales) = (&nested.mara, &nested.emea, &nested.sales);
    for (filter, expected) in [
        ("members[type eq \"Group\"]".to_owned(), vec![sales]),
        ("members.type eq \"Group\"".to_owned(), vec![sales]),
        ("members[type eq \"User\"]".to_owned(), vec![emea, sales]),
        (format!("members eq \"{emea}\""), vec![sales]),
        (
            format!("members[value eq \"{emea}\" and type eq \"Group\"]"),
            vec![sales],
        ),
        (
            format!("members[value eq \"{mara}\" and type eq \"Group\"]"),
            vec![],
        ),
        (
            format!("not (members[value eq \"{mara}\" and type eq \"Group\"])"),
            vec![emea, sales],
        ),
    ] {
        let found = nested.bench.ids(Kind::Group, &filter);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
    }
}

#[test]
fn members_of_one_type_are_removed_together() {
    let nested = nested();
    let leave = json!([{ "op": "remove", "path": "members[type eq \"Group\"]" }]);
    nested.bench.patch(Kind::Group, &nested.sales, leave);
    assert_eq!(
        nested.bench.directory().members_of(&nested.sales).unwrap(),
        std::slice::from_ref(&nested.mara)
    );
    assert_eq!(nested.bench.directory().group_count(&nested.emea).unwrap(), 0);
}

#[test]
fn a_group_that_is_removed_leaves_the_groups_it_was_in() {
    let Nested {
        bench,
        mara,
        emea,
        sales,
        ..
    } = nested();
    let before = bench.etag(Kind::Group, &sales);
    bench.directory().delete(Kind::Group, &emea).unwrap();
    assert_eq!(bench.directory().members_of(&sales).unwrap(), [mara]);
    assert_ne!(bench.etag(Kind::Group, &sales), before);
    assert_eq!(
        bench.store.count(&Key::under(Space::Membership, &emea)).unwrap(),
        0
    );
    assert_eq!(bench.store.count(&Key::under(Space::Member, &emea)).unwrap(), 0);
}

#[test]
fn a_group_may_be_in_itself_and_in_a_circle() {
    let Nested {
        bench, emea, sales, ..
    } = nested();
    let add = |id: &String| json!([{ "op": "add", "path": "members", "value": [{ "value": id }] }]);
    bench.patch(Kind::Group, &emea, add(&sales));
    bench.patch(Kind::Group, &emea, add(&emea));
    assert_eq!(bench.directory().member_count(&emea).unwrap(), 3);
    bench.directory().delete(Kind::Group, &emea).unwrap();
    bench.directory().delete(Kind::Group, &sales).unwrap();
    for space in [Space::Member, Space::Membership, Space::Group, Space::GroupName] {
        assert_eq!(bench.store.count(&Key::all(space)).unwrap(), 0);
    }
}

#[test]
fn a_member_stored_before_there_were_nested_groups_is_a_user() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    bench
        .store
        .write(|turn| {
            turn.put(
                &Key::pair(Space::Member, &sales, &mara),
                &json!({ "display": "Mara" }),
            )?;
            turn.put(&Key::pair(Space::Membership, &mara, &sales), &())
        })
        .unwrap();
    let members = bench.directory().members_value(&sales, "").unwrap();
    assert_eq!(
        (&members[0]["type"], &members[0]["display"]),
        (&json!("User"), &json!("Mara"))
    );
}
