//! Lists: pages, orders, and what the window browses.

use scim::path::AttrPath;

use super::*;

fn people(bench: &Bench) -> Vec<String> {
    ["mara", "jonas", "ana", "lidia"]
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let body = json!({ "userName": name, "externalId": format!("X{}", n % 2), "title": format!("T{}", 9 - n) });
            bench.create(Kind::User, body)
        })
        .collect()
}

#[test]
fn pages_stay_where_they_are_while_users_arrive() {
    let bench = Bench::new();
    let users: Vec<String> = (0..10).map(|n| bench.user(&format!("user{n}"))).collect();
    let page = |start_index| Page {
        start_index,
        count: 4,
    };
    let first = bench.list(Kind::User, "", page(1), None);
    bench.user("late");
    let second = bench.list(Kind::User, "", page(5), None);
    assert_eq!((first.total, second.total), (10, 11));
    assert_eq!([ids(&first), ids(&second)].concat(), users[..8]);
    assert_eq!(bench.list(Kind::User, "", page(999), None).resources.len(), 0);
    let none = Page {
        start_index: 1,
        count: 0,
    };
    assert_eq!(bench.list(Kind::User, "", none, None).total, 11);
}

#[test]
fn a_list_is_sorted_before_it_is_paged() {
    let bench = Bench::new();
    let users = people(&bench);
    let sort = |name: &str, descending| {
        let by = AttrPath::core(name);
        Some(SortBy { by, descending })
    };
    let by_title = bench.list(
        Kind::User,
        "",
        Page {
            start_index: 1,
            count: 2,
        },
        sort("title", false),
    );
    assert_eq!(ids(&by_title), [users[3].clone(), users[2].clone()]);
    let by_name = bench.list(Kind::User, "title sw \"T\"", ALL, sort("userName", true));
    assert_eq!(objects(&by_name)[0]["userName"], "mara");
    assert_eq!(by_name.total, 4);
}

#[test]
fn browsing_finds_all_words_in_any_order() {
    let bench = Bench::new();
    bench.create(
        Kind::User,
        json!({ "userName": "mara@contoso.example", "displayName": "Mara Okafor" }),
    );
    bench.user("okafor@contoso.example");
    let names = |search: &str| {
        let found = bench
            .directory()
            .browse(Kind::User, search, |_| true, Order::USUAL, (0, 10))
            .unwrap();
        (found.0, found.1.len())
    };
    assert_eq!(names("okafor MARA"), (1, 1));
    assert_eq!(names("contoso"), (2, 2));
    assert_eq!(names(""), (2, 2));
}

#[test]
fn a_list_is_in_the_order_that_is_asked_for() {
    let bench = Bench::new();
    for (user_name, name, active) in [
        ("a@x.example", "Zoe", true),
        ("b@x.example", "Ana", false),
        ("c@x.example", "Mo", true),
    ] {
        bench.create(
            Kind::User,
            json!({ "userName": user_name, "displayName": name, "active": active }),
        );
    }
    let names = |by: OrderBy, descending: bool, window: (usize, usize)| {
        let order = Order { by, descending };
        let found = bench.directory().browse(Kind::User, "", |_| true, order, window);
        let names = found.unwrap().1;
        names
            .iter()
            .map(Resource::display_name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(names(OrderBy::Name, false, (0, 10)), "Zoe Ana Mo");
    assert_eq!(names(OrderBy::Name, true, (0, 2)), "Mo Ana");
    assert_eq!(names(OrderBy::DisplayName, false, (1, 10)), "Mo Zoe");
    assert_eq!(names(OrderBy::Active, true, (0, 1)), "Ana");
    assert_eq!(
        names(OrderBy::Active, false, (0, 10)),
        "Zoe Mo Ana",
        "equal ones stay by name"
    );
}

#[test]
fn a_page_of_what_a_filter_finds_tells_of_all_of_it() {
    let bench = Bench::new();
    let people: Vec<_> = (0..7)
        .map(|n| {
            bench.create(
                Kind::User,
                json!({ "userName": format!("user{n}"), "active": n % 2 == 0 }),
            )
        })
        .collect();
    let page = |start_index, count| {
        let listed = bench.list(Kind::User, "active eq true", Page { start_index, count }, None);
        (listed.total, ids(&listed))
    };
    assert_eq!(page(2, 2), (4, vec![people[2].clone(), people[4].clone()]));
    assert_eq!(page(4, 9), (4, vec![people[6].clone()]));
    assert_eq!(page(5, 9), (4, vec![]));
    assert_eq!(page(1, 0), (4, vec![]));
}

#[test]
fn addresses_are_found_as_they_are_answered() {
    const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let bench = Bench::new();
    let mara = bench.user("mara");
    let body = json!({ "userName": "jonas", ENTERPRISE: { "manager": { "value": mara } } });
    let jonas = bench.create(Kind::User, body);
    let sales = bench.group("Sales", &[&mara]);
    let base = "https://x/t";
    for (kind, filter, expected) in [
        (
            Kind::User,
            format!("meta.location eq \"{base}/Users/{mara}\""),
            &mara,
        ),
        (
            Kind::User,
            format!("groups.$ref eq \"{base}/Groups/{sales}\""),
            &mara,
        ),
        (
            Kind::User,
            format!("groups[$ref eq \"{base}/Groups/{sales}\" and type eq \"direct\"]"),
            &mara,
        ),
        (
            Kind::User,
            format!("{ENTERPRISE}:manager.$ref eq \"{base}/Users/{mara}\""),
            &jonas,
        ),
        (
            Kind::Group,
            format!("members.$ref eq \"{base}/Users/{mara}\""),
            &sales,
        ),
        (
            Kind::Group,
            format!("meta.location ew \"/Groups/{sales}\""),
            &sales,
        ),
    ] {
        let query = Query {
            filter: Some(Filter::parse(&filter, kind.resource_type(), &mut Notes::default()).unwrap()),
            sort: None,
            paging: ALL.into(),
            projection: Projection::all(),
        };
        let listed = bench.directory().list(kind, &query, base).unwrap();
        assert_eq!(ids(&listed), std::slice::from_ref(expected), "{filter}");
    }
}
