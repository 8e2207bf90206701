//! ETags: another answer has another one, and a write is made for one of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use scim::error::ScimError;

use super::*;

/// Holds only for one ETag, as `If-Match` does.
fn only(wanted: &str) -> impl Fn(&str) -> std::result::Result<(), ScimError> + Sync + use<> {
    let wanted = wanted.to_owned();
    move |current| {
        if current == wanted {
            return Ok(());
        }
        Err(ScimError::precondition_failed("It is another version."))
    }
}

#[test]
fn whatever_changes_the_answer_of_a_user_changes_its_etag() {
    let bench = Bench::new();
    let (mara, jonas) = (bench.user("mara"), bench.user("jonas"));
    let sales = bench.group("Sales", &[]);
    let mut seen = vec![bench.etag(Kind::User, &mara)];
    let member = |op: &str| json!([{ "op": op, "path": format!("members[value eq \"{mara}\"]") }]);
    let joins = json!([{ "op": "add", "path": "members", "value": [{ "value": mara }] }]);

    bench.patch(Kind::Group, &sales, joins.clone());
    seen.push(bench.etag(Kind::User, &mara));
    bench.patch(
        Kind::Group,
        &sales,
        json!([{ "op": "replace", "path": "displayName", "value": "Sales EMEA" }]),
    );
    seen.push(bench.etag(Kind::User, &mara));
    bench.group("Legal", &[&mara]);
    seen.push(bench.etag(Kind::User, &mara));
    bench.patch(
        Kind::User,
        &mara,
        json!([{ "op": "add", "path": "title", "value": "Analyst" }]),
    );
    seen.push(bench.etag(Kind::User, &mara));
    let kept = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), kept, "each answer had an ETag of its own");

    let before = bench.etag(Kind::User, &mara);
    let joins_too = json!([{ "op": "add", "path": "members", "value": [{ "value": jonas }] }]);
    bench.patch(Kind::Group, &sales, joins_too);
    assert_eq!(
        bench.etag(Kind::User, &mara),
        before,
        "who else is in the group is not part of the answer"
    );
    bench.patch(Kind::Group, &sales, member("remove"));
    bench.directory().delete(Kind::Group, &sales).unwrap();
    assert_ne!(bench.etag(Kind::User, &mara), before);
    assert_eq!(
        bench.etag(Kind::User, &jonas),
        "W/\"1\"",
        "its only group is gone"
    );
}

#[test]
fn names_of_groups_cannot_be_mistaken_for_each_other() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    let (first, second) = (bench.group("A", &[&mara]), bench.group("BC", &[&mara]));
    let before = bench.etag(Kind::User, &mara);
    bench
        .replace(
            Kind::Group,
            &second,
            json!({ "displayName": "C", "members": [{ "value": mara }] }),
        )
        .unwrap();
    bench
        .replace(
            Kind::Group,
            &first,
            json!({ "displayName": "AB", "members": [{ "value": mara }] }),
        )
        .unwrap();
    assert_ne!(bench.etag(Kind::User, &mara), before);
}

#[test]
fn a_member_joins_a_group_of_ten_thousand_and_no_other_user_is_written() {
    let bench = Bench::new();
    let (mara, sales) = (bench.user("mara"), bench.group("Sales", &[]));
    bench
        .store
        .write(|turn| {
            (0..10_000).try_for_each(|n| {
                let id = format!("user{n}");
                // Whoever read one of these would fail.
                turn.put(&Key::named(Space::User, &id), &"no user record")?;
                turn.put(&Key::pair(Space::Membership, &id, &sales), &())?;
                turn.put(&Key::pair(Space::Member, &sales, &id), &"no member record")
            })
        })
        .unwrap();
    let joins = json!([{ "op": "add", "path": "members", "value": [{ "value": mara }] }]);
    let (change, _) = bench.patch(Kind::Group, &sales, joins);
    assert_eq!(change.modified.len(), 1);
    let user = bench.directory().get(Kind::User, &mara).unwrap();
    assert_eq!(user.version, 1, "the member's own record is as it was, too");
    let etag = bench.directory().etag(Kind::User, &user).unwrap();
    assert!(etag.starts_with("W/\"1."), "{etag}");
    let unreadable = bench.directory().get(Kind::User, "user7");
    assert!(matches!(unreadable, Err(Error::Damaged { .. })));
}

#[test]
fn of_many_who_write_for_the_same_version_one_does() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    bench.group("Sales", &[&mara]);
    let holds = only(&bench.etag(Kind::User, &mara));
    let won = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (bench, mara, holds, won) = (&bench, &mara, &holds, &won);
            scope.spawn(move || {
                let mut notes = Notes::default();
                let body = json!({ "userName": format!("mara{n}") });
                let object = scim::accept(Kind::User.resource_type(), body, &mut notes).unwrap();
                let directory = bench.directory().provided(holds);
                match directory.replace(Kind::User, mara, &object, &mut notes) {
                    Ok(_) => won.fetch_add(1, Ordering::Relaxed),
                    Err(Error::Scim(error)) if error.status == 412 => 0,
                    Err(other) => panic!("{other}"),
                };
            });
        }
    });
    assert_eq!(won.load(Ordering::Relaxed), 1);
}

#[test]
fn a_write_for_the_groups_of_before_is_refused() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    let sales = bench.group("Sales", &[&mara]);
    let holds = only(&bench.etag(Kind::User, &mara));
    let rename = json!([{ "op": "replace", "path": "displayName", "value": "Sales EMEA" }]);
    bench.patch(Kind::Group, &sales, rename);
    let guarded = bench.directory().provided(&holds);
    assert_eq!(status(guarded.delete(Kind::User, &mara)), 412);
    let holds = only(&bench.etag(Kind::User, &mara));
    bench
        .directory()
        .provided(&holds)
        .delete(Kind::User, &mara)
        .unwrap();
}

#[test]
fn a_user_is_found_by_its_etag() {
    let bench = Bench::new();
    let mara = bench.user("mara");
    bench.group("Sales", &[&mara]);
    bench.user("jonas");
    let etag = bench.etag(Kind::User, &mara).replace('"', "\\\"");
    assert_eq!(
        bench.ids(Kind::User, &format!("meta.version eq \"{etag}\"")),
        [mara]
    );
}
