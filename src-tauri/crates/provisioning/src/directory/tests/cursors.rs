//! Cursors: whoever walks on finds everybody who was there all the time, once.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use scim::ScimType;
use scim::list::Paging;
use scim::path::AttrPath;

use super::*;

fn by(name: &str, descending: bool) -> Option<SortBy> {
    let by = AttrPath::parse(name, Kind::User.resource_type()).ok()?;
    Some(SortBy { by, descending })
}

fn paging(cursor: Option<String>, count: usize) -> Paging {
    Paging::Cursor { cursor, count }
}

fn refusal(outcome: Result<Listed>) -> (u16, Option<ScimType>) {
    match outcome {
        Err(Error::Scim(error)) => (error.status, error.scim_type),
        other => panic!("{other:?}"),
    }
}

/// Walks to the end, doing something between the pages. Returns the ids in the order they came.
fn walk(
    bench: &Bench,
    filter: &str,
    sort: Option<&SortBy>,
    count: usize,
    mut between: impl FnMut(&Bench),
) -> Vec<String> {
    let (mut cursor, mut walked) = (None, Vec::new());
    loop {
        let listed = bench.list(Kind::User, filter, paging(cursor, count), sort.cloned());
        assert!(listed.resources.len() <= count && listed.previous_cursor.is_none());
        walked.extend(ids(&listed));
        cursor = listed.next_cursor;
        if cursor.is_none() {
            return walked;
        }
        assert_eq!(listed.resources.len(), count, "only the last page is short");
        between(bench);
    }
}

#[test]
fn pages_by_cursor_are_the_list_in_parts() {
    let bench = Bench::new();
    for n in 0..10 {
        bench.create(
            Kind::User,
            json!({ "userName": format!("user{n}"), "title": format!("T{}", n % 3), "active": n % 2 == 0 }),
        );
    }
    for filter in [
        "",
        "active eq true",
        "title ne \"T1\"",
        "userName eq \"user3\"",
        "userName eq \"x\"",
    ] {
        for sort in [
            None,
            by("userName", true),
            by("title", false),
            by("nickName", false),
            by("meta.version", true),
        ] {
            let whole = ids(&bench.list(Kind::User, filter, ALL, sort.clone()));
            for count in [1, 2, 3, 5, 7, 10, 11] {
                let walked = walk(&bench, filter, sort.as_ref(), count, |_| {});
                assert_eq!(walked, whole, "{filter} {sort:?} {count}");
            }
        }
    }
}

#[test]
fn the_size_of_a_page_may_change_and_the_total_is_that_of_the_list() {
    let bench = Bench::new();
    let users: Vec<_> = (0..10).map(|n| bench.user(&format!("user{n}"))).collect();
    let first = bench.list(Kind::User, "", paging(None, 3), None);
    let second = bench.list(Kind::User, "", paging(first.next_cursor.clone(), 5), None);
    let last = bench.list(Kind::User, "", paging(second.next_cursor.clone(), 100), None);
    assert_eq!([ids(&first), ids(&second), ids(&last)].concat(), users);
    assert_eq!((first.total, second.total, last.total), (10, 10, 10));
    assert_eq!(last.next_cursor, None);
    let none = bench.list(Kind::User, "", paging(None, 0), None);
    assert_eq!(
        (none.total, none.resources.len(), none.next_cursor),
        (10, 0, None)
    );
    let by_index = bench.list(
        Kind::User,
        "",
        Page {
            start_index: 1,
            count: 3,
        },
        None,
    );
    assert_eq!(by_index.next_cursor, None, "nobody asked for one");
}

#[test]
fn a_cursor_of_another_query_a_mangled_one_and_an_old_one_are_refused() {
    let bench = Bench::new();
    (0..10).for_each(|n| {
        bench.user(&format!("user{n}"));
        bench.group(&format!("group{n}"), &[]);
    });
    let ask = |kind, filter: &str, cursor: &str, sort| {
        bench.list_or_fail(kind, filter, paging(Some(cursor.to_owned()), 3), sort)
    };
    let filter = "userName sw \"user\"";
    let first = bench.list(Kind::User, filter, paging(None, 3), None);
    let cursor = first.next_cursor.unwrap();
    assert!(
        cursor
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)),
        "{cursor} travels in a URL as it is"
    );
    // The same question in other words is the same question.
    assert!(ask(Kind::User, "USERNAME Sw \"user\"", &cursor, None).is_ok());
    let invalid = (400, Some(ScimType::InvalidCursor));
    assert_eq!(refusal(ask(Kind::User, "", &cursor, None)), invalid);
    assert_eq!(
        refusal(ask(Kind::User, "userName sw \"u\"", &cursor, None)),
        invalid
    );
    assert_eq!(
        refusal(ask(Kind::User, filter, &cursor, by("userName", false))),
        invalid
    );
    assert_eq!(refusal(ask(Kind::Group, "", &cursor, None)), invalid);
    for place in 0..cursor.len() {
        let mut mangled = cursor.clone().into_bytes();
        mangled[place] = if mangled[place] == b'A' { b'B' } else { b'A' };
        let mangled = String::from_utf8(mangled).unwrap();
        assert_eq!(
            refusal(ask(Kind::User, filter, &mangled, None)),
            invalid,
            "{mangled}"
        );
        assert_eq!(
            refusal(ask(Kind::User, filter, &cursor[..place.max(1)], None)),
            invalid
        );
    }
    bench.clock.advance(SignedDuration::from_secs(3_599));
    assert!(ask(Kind::User, filter, &cursor, None).is_ok());
    bench.clock.advance(SignedDuration::from_secs(1));
    let expired = (400, Some(ScimType::ExpiredCursor));
    assert_eq!(refusal(ask(Kind::User, filter, &cursor, None)), expired);
    assert_eq!(
        refusal(ask(Kind::User, "", &cursor, None)),
        invalid,
        "it never was this one's"
    );
}

#[test]
fn an_order_by_a_very_long_value_goes_on_while_the_last_one_is_there() {
    let bench = Bench::new();
    let made: Vec<_> = (0..6)
        .map(|n| {
            let title = format!("{}{n}", "x".repeat(5_000));
            bench.create(
                Kind::User,
                json!({ "userName": format!("user{n}"), "title": title }),
            )
        })
        .collect();
    let sort = by("title", false);
    assert_eq!(walk(&bench, "", sort.as_ref(), 2, |_| {}), made);
    let first = bench.list(Kind::User, "", paging(None, 2), sort.clone());
    let cursor = first.next_cursor.unwrap();
    assert!(cursor.len() < 400, "it travels in a URL");
    bench.directory().delete(Kind::User, &made[1]).unwrap();
    let next = bench.list_or_fail(Kind::User, "", paging(Some(cursor), 2), sort);
    assert_eq!(refusal(next), (400, Some(ScimType::ExpiredCursor)));
}

#[test]
fn both_types_are_one_list_users_first_or_in_one_order() {
    let bench = Bench::new();
    let users: Vec<_> = ["Mara", "Jonas", "Ana"]
        .map(|name| bench.create(Kind::User, json!({ "userName": name, "displayName": name })))
        .into();
    let groups: Vec<_> = ["Legal", "Board", "Sales"]
        .map(|name| bench.group(name, &[]))
        .into();
    let ask = |paging: Paging, sort: Option<SortBy>, filter: Option<&str>| {
        let query = |kind: Kind| Query {
            filter: filter
                .map(|text| Filter::parse(text, kind.resource_type(), &mut Notes::default()).unwrap()),
            sort: sort.clone(),
            paging: paging.clone(),
            projection: Projection::all(),
        };
        let directory = bench.directory();
        directory
            .list_all(&query(Kind::User), &query(Kind::Group), "")
            .unwrap()
    };
    let by_age = [users.clone(), groups.clone()].concat();
    let by_name = [
        &users[2], &groups[1], &users[1], &groups[0], &users[0], &groups[2],
    ]
    .map(Clone::clone);
    for (sort, expected) in [
        (None, by_age.clone()),
        (by("displayName", false), by_name.to_vec()),
    ] {
        let all = ask(ALL.into(), sort.clone(), None);
        assert_eq!((ids(&all), all.total), (expected.clone(), 6));
        assert_eq!(objects(&all)[0]["meta"]["resourceType"], "User");
        let middle = ask(
            Page {
                start_index: 3,
                count: 2,
            }
            .into(),
            sort.clone(),
            None,
        );
        assert_eq!((ids(&middle), middle.total), (expected[2..4].to_vec(), 6));
        for count in 1..=6 {
            let (mut cursor, mut walked) = (None, Vec::new());
            loop {
                let listed = ask(paging(cursor, count), sort.clone(), None);
                walked.extend(ids(&listed));
                cursor = listed.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(walked, expected, "{count}");
        }
    }
    let only = ask(ALL.into(), None, Some("userName eq \"mara\""));
    assert_eq!(ids(&only), users[..1], "what groups do not have finds no group");
    let typed = ask(ALL.into(), None, Some("meta.resourceType eq \"Group\""));
    assert_eq!(ids(&typed), groups);
}

/// What happens between two pages: users come, and some of those there are go.
#[derive(Debug, Clone)]
enum Step {
    Come(u8),
    Go(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![any::<u8>().prop_map(Step::Come), any::<u8>().prop_map(Step::Go)];
    proptest::collection::vec(step, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn who_was_there_all_the_time_is_found_once(
        steps in steps(),
        count in 1_usize..5,
        sort in 0_usize..3,
        filtered in any::<bool>(),
    ) {
        let bench = Bench::new();
        let title = |n: u8| format!("T{}", n % 5);
        // Id → title, of those who are there.
        let mut there = BTreeMap::new();
        for n in 0..12_u8 {
            let body = json!({ "userName": format!("first{n}"), "title": title(n) });
            there.insert(bench.create(Kind::User, body), title(n));
        }
        let mut stayed: BTreeSet<String> = there.keys().cloned().collect();
        let sort = [None, by("title", false), by("title", true)][sort].clone();
        let filter = if filtered { "title ne \"T0\"" } else { "" };
        let (mut steps, mut number) = (steps.into_iter(), 0);
        let walked = walk(&bench, filter, sort.as_ref(), count, |bench| {
            for step in steps.by_ref().take(3) {
                match step {
                    Step::Come(n) => {
                        number += 1;
                        let body = json!({ "userName": format!("later{number}"), "title": title(n) });
                        there.insert(bench.create(Kind::User, body), title(n));
                    }
                    Step::Go(n) => {
                        let Some(id) = there.keys().nth(usize::from(n) % there.len().max(1)).cloned() else {
                            continue;
                        };
                        bench.directory().delete(Kind::User, &id).unwrap();
                        there.remove(&id);
                        stayed.remove(&id);
                    }
                }
            }
        });
        stayed.retain(|id| !filtered || there[id] != "T0");
        let once: BTreeSet<_> = walked.iter().cloned().collect();
        prop_assert_eq!(once.len(), walked.len(), "nobody twice");
        prop_assert!(stayed.is_subset(&once), "{:?} was not found", stayed.difference(&once));
    }
}
