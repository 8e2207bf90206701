//! Looking at as little as possible finds what looking at everything finds.

use proptest::prelude::*;

use super::*;
use crate::directory::outside::asks_one_membership;

/// People whose records are written in every odd way.
fn odd_people(bench: &Bench) -> Vec<String> {
    let enterprise = scim::schemas::ENTERPRISE_URN;
    let boss = bench.user("boss");
    [
        json!({ "userName": "Anna@Contoso.example", "displayName": "Anna \"Quick\" O'Neil", "title": "R&D \\ Ops" }),
        json!({ "userName": "\u{212a}elvin", "displayName": "Ｗide Kelvin", "title": "line\nbreak" }),
        json!({ "userName": "zoë", "displayName": "Zoe\u{308}", "active": false, "nickName": "1.0" }),
        json!({ "userName": "u4", "emails": [
            { "value": "u4@contoso.example", "type": "work", "primary": true },
            { "value": "u4@home.example", "type": "home" },
        ], "phoneNumbers": [{ "type": "mobile", "value": "+1 425 555 0101" }] }),
        json!({ "userName": "u5", "name": { "givenName": "Contoso", "familyName": "1" }, enterprise: {
            "department": "Retail", "employeeNumber": "17", "manager": { "value": boss },
        } }),
        json!({ "userName": "u6", "title": "true", enterprise: { "department": "1.0", "employeeNumber": "0017" } }),
    ]
    .into_iter()
    .map(|body| bench.create(Kind::User, body))
    .collect()
}

const PATHS: [&str; 18] = [
    "userName",
    "displayName",
    "title",
    "nickName",
    "active",
    "name.givenName",
    "name.familyName",
    "emails",
    "emails.value",
    "emails.type",
    "phoneNumbers.value",
    "meta.created",
    "meta.version",
    "groups.value",
    "id",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
];

const TEXTS: [&str; 20] = [
    "contoso",
    "CONTOSO",
    "kelvin",
    "wide",
    "zoë",
    "zoe",
    "Quick",
    "\\\"Quick",
    "R&D \\\\ Ops",
    "line",
    "1",
    "1.0",
    "17",
    "true",
    "work",
    "425",
    "W/",
    "",
    "2026",
    "Retail",
];

fn comparison() -> impl Strategy<Value = String> {
    let ops = ["eq", "ne", "co", "sw", "ew", "gt", "le"];
    (
        prop::sample::select(PATHS.to_vec()),
        prop::sample::select(ops.to_vec()),
        prop::sample::select(TEXTS.to_vec()),
    )
        .prop_map(|(path, op, text)| format!("{path} {op} \"{text}\""))
}

fn within() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["emails", "phoneNumbers", "groups"]),
        prop::sample::select(vec![
            "type eq \"work\"",
            "type eq \"mobile\"",
            "primary eq false",
            "not (type eq \"home\")",
        ]),
        prop::sample::select(vec!["co", "sw", "eq"]),
        prop::sample::select(TEXTS.to_vec()),
        any::<bool>(),
    )
        .prop_map(|(list, first, op, text, is_after)| {
            if is_after {
                format!("{list}[{first}].value {op} \"{text}\"")
            } else {
                format!("{list}[{first} and value {op} \"{text}\"]")
            }
        })
}

fn filter() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![4 => comparison(), 2 => within(), 1 => prop::sample::select(PATHS.to_vec()).prop_map(|path| format!("{path} pr"))];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) and ({right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) or ({right})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

#[test]
fn a_scan_finds_what_whole_records_match() {
    let bench = Bench::new();
    let people = odd_people(&bench);
    bench.group("Contoso", &people.iter().collect::<Vec<_>>());
    let directory = bench.directory();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(3_000));
    let outcome = runner.run(&filter(), |text| {
        let Ok(filter) = Filter::parse(&text, Kind::User.resource_type(), &mut Notes::default()) else {
            return Ok(());
        };
        if asks_one_membership(Kind::User, &filter) {
            return Ok(());
        }
        let mut seen = Vec::new();
        let scan = directory.each_seen(Kind::User, &filter, "", |found| {
            seen.push(found.id().to_owned());
            assert_eq!(found.whole()?.unwrap().id, *seen.last().unwrap());
            Ok(())
        });
        if scan.transpose().unwrap().is_none() {
            return Ok(());
        }
        let mut whole = Vec::new();
        for resource in directory.all(Kind::User) {
            let resource = resource.unwrap();
            let object = directory.whole(Kind::User, &resource, "").unwrap();
            let matches = filter.matches(&object, Kind::User.resource_type(), &scim::filter::Nothing);
            let is_match = directory.is_match(Kind::User, &filter, "", &resource).unwrap();
            prop_assert_eq!(matches, is_match, "{}", text);
            if matches {
                whole.push(resource.id);
            }
        }
        prop_assert_eq!(seen, whole);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_page_by_places_is_the_page_by_walking() {
    let bench = Bench::new();
    let users: Vec<String> = (0..25).map(|n| bench.user(&format!("user{n}"))).collect();
    bench.directory().delete(Kind::User, &users[7]).unwrap();
    let left: Vec<String> = users.iter().filter(|id| **id != users[7]).cloned().collect();
    for start_index in [1, 2, 7, 8, 20, 24, 25, 90] {
        for count in [0, 1, 5, 30] {
            let listed = bench.list(Kind::User, "", Page { start_index, count }, None);
            assert_eq!(listed.total, left.len());
            let expected: Vec<String> = left.iter().skip(start_index - 1).take(count).cloned().collect();
            assert_eq!(ids(&listed), expected, "{start_index} {count}");
        }
    }
}

#[test]
fn two_threads_find_what_one_does() {
    let bench = Bench::new();
    let users: Vec<String> = (0..2_100)
        .map(|n| {
            bench.create(
                Kind::User,
                json!({ "userName": format!("user{n}"), "title": format!("T{}", n % 7) }),
            )
        })
        .collect();
    let expected: Vec<String> = users.iter().skip(3).step_by(7).cloned().collect();
    let page = |start_index| Page {
        start_index,
        count: 20,
    };
    for start_index in [1, 140, 145, 290] {
        let listed = bench.list(Kind::User, "title sw \"T3\"", page(start_index), None);
        assert_eq!(listed.total, expected.len());
        let on_page: Vec<String> = expected.iter().skip(start_index - 1).take(20).cloned().collect();
        assert_eq!(ids(&listed), on_page);
    }
}
