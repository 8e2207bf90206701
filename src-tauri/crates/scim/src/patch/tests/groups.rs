//! Changes to the members of a group, as values.

use super::*;
use crate::patch::{MemberUpdate, Who, members_of};

/// Shows the member changes in a PATCH of a group, what is left, and what was noted.
fn split(operations: &Value) -> String {
    let mut notes = Notes::default();
    let split = Patch::parse(&GROUP_TYPE, message(operations), &mut notes).and_then(Patch::split_members);
    let mut lines = match split {
        Err(error) => vec![format!("{} {}", error.status, error.detail)],
        Ok((changes, rest)) => {
            let mut lines: Vec<String> = changes.iter().map(show).collect();
            lines.extend(
                rest.edits
                    .iter()
                    .map(|edit| format!("{:?} {} {}", edit.verb, edit.path, edit.value)),
            );
            lines
        }
    };
    lines.extend(
        notes
            .iter()
            .map(|note| format!("({}) {}", note.quirk.name(), note.sentence)),
    );
    lines.join("\n")
}

fn show(change: &MemberChange) -> String {
    let names = |members: &[Member]| {
        let name = |member: &Member| match (&member.display, &member.kind) {
            (None, None) => member.value.clone(),
            (display, kind) => format!("{} ({display:?}, {kind:?})", member.value),
        };
        members.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    match change {
        MemberChange::Add(members) => format!("add {}", names(members)),
        MemberChange::Remove(ids) => format!("remove {}", ids.join(", ")),
        MemberChange::RemoveMatching(filter) => format!("remove where {filter}"),
        MemberChange::ReplaceAll(members) => format!("replace with {}", names(members)),
        MemberChange::Clear => "clear".to_owned(),
        MemberChange::Update { who, to, must_exist } => {
            let who = match who {
                Who::All => "all".to_owned(),
                Who::Ids(ids) => ids.join(", "),
                Who::Matching(filter) => format!("[{filter}]"),
            };
            let to = match to {
                MemberUpdate::Stays => "stays".to_owned(),
                MemberUpdate::Called(name) => format!("is called {name:?}"),
                MemberUpdate::Becomes(member) => format!("becomes {}", names(std::slice::from_ref(member))),
            };
            format!("{who} {to}{}", if *must_exist { ", must exist" } else { "" })
        }
    }
}

fn check(operations: &Value, expect: &Expect) {
    expect.assert_eq(&split(operations));
}

#[test]
fn t120_t124_t125_t133_adding_in_every_form() {
    for value in [
        json!([{"$ref": null, "value": "a"}]),
        json!([{"displayName": "new User", "value": "a"}]),
        json!([{"value": "a"}, {"value": "a"}]),
        json!({"value": "a"}),
        json!(["a"]),
        json!("a"),
        json!([{"$ref": "https://scim.example/Users/a"}]),
    ] {
        let shown = split(&json!([{"op": "Add", "path": "members", "value": value}]));
        assert_eq!(shown.lines().next(), Some("add a"), "{value}");
    }
}

#[test]
fn t121_removing_one_by_listing_it() {
    check(
        &json!([{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "a"}]}]),
        &expect![[r"
            remove a
            (operation-case) The operation Remove was read as remove.
            (remove-with-value) Members were removed by listing them; only those were removed."]],
    );
}

#[test]
fn t122_removing_one_by_filter() {
    check(
        &json!([{"op": "remove", "path": "members[value eq \"a\"]"}]),
        &expect!["remove a"],
    );
    check(
        &json!([{"op": "remove", "path": "members[value eq \"a\" or value eq \"b\"]"}]),
        &expect!["remove a, b"],
    );
    check(
        &json!([{"op": "remove", "path": "members[type eq \"Group\"]"}]),
        &expect![[r#"remove where type eq "Group""#]],
    );
}

#[test]
fn t126_t127_emptying() {
    for operation in [
        json!({"op": "replace", "path": "members", "value": []}),
        json!({"op": "replace", "path": "members", "value": null}),
        json!({"op": "replace", "value": {"members": []}}),
        json!({"op": "remove", "path": "members"}),
        json!({"op": "remove", "path": "members", "value": null}),
    ] {
        assert_eq!(split(&json!([operation])), "clear");
    }
}

#[test]
fn removing_an_empty_list_removes_nobody() {
    check(
        &json!([{"op": "Remove", "path": "members", "value": []}]),
        &expect![[r"
            (operation-case) The operation Remove was read as remove.
            (remove-with-value) Members were removed by listing them; only those were removed."]],
    );
}

#[test]
fn t128_t170_add_and_remove_in_one() {
    check(
        &json!([
            {"op": "remove", "path": "members[value eq \"b\"]"},
            {"op": "add", "path": "members", "value": [{"value": "a", "display": "a@okta.local"}]},
        ]),
        &expect![[r#"
            remove b
            add a (Some("a@okta.local"), None)"#]],
    );
}

#[test]
fn t132_without_a_path_the_rest_stays() {
    check(
        &json!([{"op": "add", "value": {"members": [{"value": "a"}], "displayName": "Sales"}}]),
        &expect![[r#"
            add a
            Add displayName "Sales""#]],
    );
}

#[test]
fn t171_a_full_push() {
    check(
        &json!([{"op": "replace", "path": "members", "value": [{"value": "a", "type": "User"}, {"value": "b"}]}]),
        &expect![[r#"replace with a (None, Some("User")), b"#]],
    );
}

#[test]
fn one_member_by_filter() {
    check(
        &json!([{"op": "replace", "path": "members[value eq \"a\"]", "value": {"value": "b"}}]),
        &expect!["a becomes b, must exist"],
    );
    check(
        &json!([{"op": "add", "path": "members[value eq \"a\"]", "value": {"value": "b"}}]),
        &expect![[r"
            remove a
            add b"]],
    );
    // RFC 7643 §8.7.1: immutable.
    for (value, shown) in [
        (
            "b",
            "400 `members.value` cannot be changed once it is set. Remove the value it belongs to and add another.",
        ),
        ("a", "a stays, must exist"),
        ("", "remove a"),
    ] {
        let operation = json!({"op": "replace", "path": "members[value eq \"a\"].value", "value": value});
        assert_eq!(split(&json!([operation])).lines().next(), Some(shown));
    }
    check(
        &json!([{"op": "add", "path": "members[value eq \"a\"].display", "value": "Ada"}]),
        &expect![[r#"add a (Some("Ada"), None)"#]],
    );
    check(
        &json!([{"op": "replace", "path": "members[type eq \"User\"].display", "value": "Ada"}]),
        &expect![[r#"[type eq "User"] is called Some("Ada"), must exist"#]],
    );
}

#[test]
fn nobody_joins_by_being_replaced() {
    for (path, value, shown) in [
        (
            "members[value eq \"a\"]",
            json!({"value": "a"}),
            "a becomes a, must exist",
        ),
        (
            "members[value eq \"a\"]",
            json!({"VALUE": "b", "$ref": "x"}),
            "a becomes b, must exist",
        ),
        (
            "members[value eq \"a\"]",
            json!({"display": "A"}),
            "a is called Some(\"A\"), must exist",
        ),
        (
            "members[value eq \"a\"]",
            json!([{"type": "User"}]),
            "a stays, must exist",
        ),
        (
            "members[value eq \"a\"].display",
            json!(7),
            "a is called Some(\"7\"), must exist",
        ),
        (
            "members[value eq \"a\"].type",
            json!("Group"),
            "a stays, must exist",
        ),
        ("members[value eq \"a\"].display", json!(""), "a is called None"),
        ("members.display", json!("A"), "all is called Some(\"A\")"),
        ("members.display", json!(null), "all is called None"),
        ("members.type", json!("User"), ""),
    ] {
        let shown_here = split(&json!([{"op": "replace", "path": path, "value": value}]));
        assert_eq!(
            shown_here.lines().next().unwrap_or_default(),
            shown,
            "{path} {value}"
        );
    }
}

#[test]
fn a_name_goes_and_its_member_stays() {
    for (path, shown) in [
        ("members[value eq \"a\"].display", "a is called None"),
        (
            "members[type eq \"User\"].display",
            "[type eq \"User\"] is called None",
        ),
        ("members.display", "all is called None"),
        ("members[value eq \"a\"].type", ""),
        ("members.$ref", ""),
    ] {
        assert_eq!(split(&json!([{"op": "remove", "path": path}])), shown, "{path}");
    }
}

#[test]
fn what_nobody_declares_of_a_member_is_noted() {
    for path in ["members[value eq \"a\"].shoeSize", "members.shoeSize"] {
        let shown = split(&json!([{"op": "replace", "path": path, "value": "44"}]));
        assert_eq!(
            shown,
            format!("(unknown-attribute) No schema declares `{path}`; it was ignored.")
        );
    }
}

#[test]
fn a_member_needs_an_id() {
    check(
        &json!([{"op": "add", "path": "members", "value": [{"display": "Ada"}]}]),
        &expect![
            "400 The value of `members.value` was refused: every member needs the id of a user or group."
        ],
    );
}

#[test]
fn members_of_an_accepted_group() {
    let body =
        json!({"displayName": "Sales", "members": ["a", {"value": "b", "display": "B"}, {"value": "a"}]});
    let mut group = accept(&GROUP_TYPE, body, &mut Notes::default()).unwrap();
    let members = members_of(&mut group);
    assert_eq!(
        members
            .iter()
            .map(|member| member.value.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert!(!group.contains_key("members"));
    assert_eq!(members_of(&mut group), []);
}

#[test]
fn a_whole_group_in_memory_patches_the_same_way() {
    let body = json!({"displayName": "Sales", "members": ["a", "b"]});
    let mut group = accept(&GROUP_TYPE, body, &mut Notes::default()).unwrap();
    let operations = json!([
        {"op": "Add", "path": "members", "value": [{"value": "c"}, {"value": "a"}]},
        {"op": "Remove", "path": "members", "value": [{"value": "b"}]},
    ]);
    let patch = Patch::parse(&GROUP_TYPE, message(&operations), &mut Notes::default()).unwrap();
    assert!(
        patch
            .apply(&GROUP_TYPE, &mut group, &mut Notes::default())
            .unwrap()
    );
    assert_eq!(group["members"], json!([{"value": "a"}, {"value": "c"}]));
}
