//! Indexes: they answer what looking at everything answers, without looking at everything.

use super::*;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

struct People {
    bench: Bench,
    users: Vec<String>,
    sales: String,
    legal: String,
}

fn people() -> People {
    let bench = Bench::new();
    let mara = bench.create(
        Kind::User,
        json!({ "userName": "mara", "externalId": "X0", "emails": [
            { "type": "work", "value": "Mara@Contoso.example", "primary": true },
            { "type": "home", "value": "mara@home.example" },
        ] }),
    );
    let jonas = bench.create(
        Kind::User,
        json!({ "userName": "jonas", "externalId": "X1",
            "emails": [{ "type": "home", "value": "mara@contoso.example" }],
            ENTERPRISE: { "manager": { "value": mara } } }),
    );
    let ana = bench.create(
        Kind::User,
        json!({ "userName": "ana", "externalId": "7", ENTERPRISE: { "manager": { "value": mara } } }),
    );
    let sales = bench.group("Sales", &[&mara, &jonas]);
    let legal = bench.group("Legal", &[&jonas]);
    People {
        bench,
        users: vec![mara, jonas, ana],
        sales,
        legal,
    }
}

/// Every filter that an index answers, and the places of those it finds.
fn cases(people: &People) -> Vec<(Kind, String, Vec<&String>)> {
    let [mara, jonas, ana] = &people.users[..] else {
        panic!()
    };
    let (sales, legal) = (&people.sales, &people.legal);
    let user = |filter: &str, found: &[&'static str]| {
        let found = found.iter().map(|name| match *name {
            "mara" => mara,
            "jonas" => jonas,
            _ => ana,
        });
        (Kind::User, filter.to_owned(), found.collect::<Vec<_>>())
    };
    let group = |filter: String, found: &[&'_ String]| {
        let found = found.iter().map(|id| if *id == sales { sales } else { legal });
        (Kind::Group, filter, found.collect::<Vec<_>>())
    };
    vec![
        user(&format!("id eq \"{mara}\""), &["mara"]),
        user("userName eq \"MARA\"", &["mara"]),
        user("externalId eq \"X1\"", &["jonas"]),
        user("externalId eq \"x1\"", &[]),
        user("externalId eq 7", &["ana"]),
        user("emails.value eq \"MARA@contoso.example\"", &["mara", "jonas"]),
        user("emails eq \"mara@home.example\"", &["mara"]),
        user(
            "emails[type eq \"work\" and value eq \"mara@contoso.example\"]",
            &["mara"],
        ),
        user(
            "emails[type eq \"work\"].value eq \"mara@contoso.example\"",
            &["mara"],
        ),
        user(
            "emails[value eq \"mara@contoso.example\"].type eq \"home\"",
            &["jonas"],
        ),
        user("emails.value eq \"nobody@contoso.example\"", &[]),
        user(
            "userName eq \"ana\" or emails.value eq \"mara@home.example\"",
            &["mara", "ana"],
        ),
        user(
            "emails.value eq \"mara@contoso.example\" and active ne false and userName eq \"jonas\"",
            &["jonas"],
        ),
        user(&format!("manager eq \"{mara}\""), &["jonas", "ana"]),
        user(&format!("manager.value eq \"{mara}\""), &["jonas", "ana"]),
        user(&format!("{ENTERPRISE}:manager eq \"{mara}\""), &["jonas", "ana"]),
        user(
            &format!("{ENTERPRISE}:manager.value eq \"{mara}\" and id eq \"{ana}\""),
            &["ana"],
        ),
        user(&format!("manager eq \"{ana}\""), &[]),
        user(&format!("groups.value eq \"{legal}\""), &["jonas"]),
        user(
            &format!("groups[value eq \"{sales}\" and display eq \"Sales\"]"),
            &["mara", "jonas"],
        ),
        user(
            &format!("groups[value eq \"{sales}\" and display eq \"Legal\"]"),
            &[],
        ),
        group("displayName eq \"SALES\"".to_owned(), &[sales]),
        group(format!("members eq \"{jonas}\""), &[sales, legal]),
        group(format!("members.value eq \"{mara}\""), &[sales]),
        group(format!("members[value eq \"{mara}\"]"), &[sales]),
        group(format!("id eq \"{legal}\" and members eq \"{jonas}\""), &[legal]),
    ]
}

#[test]
fn an_index_answers_what_a_scan_answers() {
    let people = people();
    for (kind, filter, expected) in cases(&people) {
        // Whoever is not "not this" is this, and no index helps with that.
        for filter in [filter.clone(), format!("not (not ({filter}))")] {
            let found = people.bench.ids(kind, &filter);
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
        }
    }
}

/// Puts records that do not read beside the others: whoever looks at one of them fails.
fn damage(bench: &Bench) {
    bench
        .store
        .write(|turn| {
            (0..1_000).try_for_each(|n| {
                for space in [Space::User, Space::Group] {
                    turn.put(
                        &Key::named(space, &format!("zz{n}")),
                        &"no record, not of m, no Analyst",
                    )?;
                }
                Ok(())
            })
        })
        .unwrap();
}

#[test]
fn with_an_index_only_the_candidates_are_read() {
    let people = people();
    damage(&people.bench);
    for (kind, filter, expected) in cases(&people) {
        let found = people.bench.ids(kind, &filter);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
    }
    for filter in [
        "title eq \"Analyst\"",
        "userName sw \"m\"",
        "not (userName eq \"mara\")",
    ] {
        assert!(
            people.bench.try_list(Kind::User, filter).is_err(),
            "`{filter}` looks at everybody"
        );
    }
}

#[test]
fn entries_move_with_the_record_and_go_with_it() {
    let people = people();
    let (bench, mara) = (&people.bench, &people.users[0]);
    let entries = || {
        let count = |space| bench.store.count(&Key::all(space)).unwrap();
        (count(Space::UserEmail), count(Space::UserManager))
    };
    assert_eq!(entries(), (3, 2));
    let other =
        json!([{ "op": "replace", "path": "emails[type eq \"home\"].value", "value": "mo@home.example" }]);
    bench.patch(Kind::User, mara, other);
    assert_eq!(
        bench.ids(Kind::User, "emails.value eq \"mo@home.example\""),
        std::slice::from_ref(mara)
    );
    assert!(
        bench
            .ids(Kind::User, "emails.value eq \"mara@home.example\"")
            .is_empty()
    );
    assert_eq!(entries(), (3, 2));
    for user in &people.users {
        bench.directory().delete(Kind::User, user).unwrap();
    }
    assert_eq!(entries(), (0, 0));
    assert_eq!(bench.store.count(&Key::all(Space::UserExternal)).unwrap(), 0);
}

#[test]
fn an_address_too_long_for_the_index_is_found_all_the_same() {
    let bench = Bench::new();
    let address = format!("{}@contoso.example", "m".repeat(2_000));
    let body = json!({ "userName": "mara", "emails": [{ "value": address }] });
    let mara = bench.create(Kind::User, body);
    assert_eq!(
        bench.ids(Kind::User, &format!("emails.value eq \"{address}\"")),
        [mara]
    );
}

#[test]
fn a_store_of_format_1_gets_its_indexes_when_it_is_opened() {
    let people = people();
    let (bench, mara) = (&people.bench, &people.users[0]);
    let format = Key::named(Space::Meta, "format");
    // As the version before left it, with an entry of a user that version removed.
    bench
        .store
        .write(|turn| {
            for space in [Space::UserEmail, Space::UserManager] {
                for entry in turn.before().keys(&Key::all(space)) {
                    turn.remove(&Key::named(space, &entry?));
                }
            }
            turn.put(&Key::pair(Space::UserEmail, "old@contoso.example", "gone"), &())?;
            turn.put(&Key::named(Space::User, "damaged"), &"no user record")?;
            turn.put(&format, &1)
        })
        .unwrap();
    assert!(
        bench
            .ids(Kind::User, "emails.value eq \"mara@home.example\"")
            .is_empty()
    );

    bench
        .store
        .write(|turn| bring_up_to_date(turn, bench.clock.now()))
        .unwrap();
    assert_eq!(bench.store.get::<u32>(&format).unwrap(), Some(2));
    for (kind, filter, expected) in cases(&people) {
        let found = bench.ids(kind, &filter);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
    }
    assert_eq!(bench.store.count(&Key::all(Space::UserEmail)).unwrap(), 3);
    assert_eq!(
        bench.ids(Kind::User, "emails.value eq \"mara@home.example\""),
        std::slice::from_ref(mara)
    );
}

/// Two users whose names an older version took for two.
#[test]
fn names_that_became_one_keep_both_of_their_users() {
    let bench = Bench::new();
    let (older, newer) = (bench.user("zoe1"), bench.user("zoe2"));
    let rename = |turn: &mut crate::store::Transaction<'_>, id: &String, name: &str| {
        let key = Key::named(Space::User, id);
        let mut user: Resource = turn.get(&key)?.unwrap();
        user.attributes.insert("userName".to_owned(), name.into());
        turn.put(&key, &user)
    };
    bench
        .store
        .write(|turn| {
            rename(turn, &older, "zo\u{e9}")?;
            rename(turn, &newer, "ZOE\u{301}")?;
            turn.put(&Key::named(Space::Meta, "format"), &1)
        })
        .unwrap();
    bench
        .store
        .write(|turn| bring_up_to_date(turn, bench.clock.now()))
        .unwrap();

    let both = [older.clone(), newer.clone()];
    let ask = "userName eq \"zo\u{e9}\"";
    assert_eq!(bench.ids(Kind::User, ask), both);
    assert_eq!(
        bench
            .directory()
            .browse(Kind::User, "", |_| true, Order::USUAL, (0, 10))
            .unwrap()
            .0,
        2
    );
    let journal = crate::journal::Journal {
        store: &bench.store,
        now: bench.clock.now(),
    };
    let event = journal.get(1).unwrap();
    assert_eq!(
        (event.target.as_str(), event.status.name()),
        (newer.as_str(), "warning")
    );
    assert_eq!(journal.count().unwrap(), 1);

    assert_eq!(
        status(bench.try_create(Kind::User, json!({ "userName": "ZO\u{c9}" }))),
        409
    );
    let title = json!([{ "op": "add", "path": "title", "value": "Analyst" }]);
    assert!(
        bench.patch(Kind::User, &newer, title.clone()).0.changed,
        "it can be written"
    );
    bench.directory().delete(Kind::User, &older).unwrap();
    assert_eq!(bench.ids(Kind::User, ask), std::slice::from_ref(&newer));
    assert_eq!(
        status(bench.try_create(Kind::User, json!({ "userName": "ZO\u{c9}" }))),
        409,
        "the name is the other one's now"
    );
    bench.directory().delete(Kind::User, &newer).unwrap();
    assert_eq!(bench.store.count(&Key::all(Space::UserName)).unwrap(), 0);
}

#[test]
fn a_name_that_would_pass_for_two_parts_of_a_key_is_refused() {
    let bench = Bench::new();
    let zed = bench.user("zed");
    let odd = format!("zed\0{zed}");
    assert_eq!(
        status(bench.try_create(Kind::User, json!({ "userName": odd }))),
        400
    );
    assert_eq!(
        status(bench.try_create(Kind::Group, json!({ "displayName": "a\0b" }))),
        400
    );
}
