//! The first measures: what an identity provider waits for, over the whole HTTP stack on
//! loopback, and the plan of a large organisation, which needs no HTTP.
//!
//! Each run is short; all of them together take about two minutes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measure that cannot set itself up should say so and stop"
)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use acceptance::{Inside, Provider};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use provisioning::plan::{DirectoryGroup, Inputs, Person, Plan};
use serde_json::{Value, json};

/// A directory as large as most.
const PEOPLE: usize = 10_000;

/// Connections that fill the directory; writes at the same time share a flush.
const WRITERS: usize = 32;

fn requests(criterion: &mut Criterion) {
    let server = Arc::new(Inside::start());
    let users = filled(&server);
    let provider = server.provider();
    let fresh = Cell::new(PEOPLE);
    let next = || {
        fresh.set(fresh.get() + 1);
        fresh.get()
    };

    let mut group = criterion.benchmark_group("10,000 users");
    group.bench_function("userName eq", |bencher| {
        bencher.iter(|| {
            let found = provider.find_user(&format!("person{}@contoso.com", next() % PEOPLE));
            assert_eq!(found.resources().len(), 1);
        });
    });
    group.bench_function("create", |bencher| {
        bencher.iter(|| create(&provider, next()));
    });
    group.bench_function("PATCH", |bencher| {
        bencher.iter(|| {
            let value = format!("Title {}", next());
            let operations = json!([{ "op": "Replace", "path": "title", "value": value }]);
            let user = format!("/Users/{}", users[next() % PEOPLE]);
            provider.patch(&user, &operations).expect(200);
        });
    });
    group.finish();

    let everybody = provider.create_group("Everybody", "8aa1a0c0-1").expect(201).id();
    provider.add_members(&everybody, &users).expect(204);
    let mut group = criterion.benchmark_group("10,000 members");
    group.bench_function("group member add", |bencher| {
        bencher.iter_batched(
            || create(&provider, next()),
            |user| provider.add_members(&everybody, &[user]).expect(204),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Creates the people of a large directory. Returns their ids.
fn filled(server: &Arc<Inside>) -> Vec<String> {
    let place = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (server, place) = (Arc::clone(server), Arc::clone(&place));
            thread::spawn(move || {
                let provider = server.provider();
                let places = std::iter::from_fn(|| Some(place.fetch_add(1, Ordering::Relaxed)));
                places
                    .take_while(|place| *place < PEOPLE)
                    .map(|place| create(&provider, place))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    writers
        .into_iter()
        .flat_map(|writer| writer.join().unwrap())
        .collect()
}

fn create(provider: &Provider, place: usize) -> String {
    provider
        .send("POST", "/Users", Some(&body(place)))
        .expect(201)
        .id()
}

fn body(place: usize) -> Value {
    let address = format!("person{place}@contoso.com");
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "externalId": format!("person{place}"),
        "userName": address,
        "active": true,
        "displayName": format!("Person {place}"),
        "emails": [{ "primary": true, "type": "work", "value": address }],
        "name": { "familyName": format!("Family {place}"), "givenName": "Person" },
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Retail", "employeeNumber": place.to_string() },
    })
}

/// Everybody is new, a quarter of them are in one large group, and everybody has a manager.
fn plans(criterion: &mut Criterion) {
    let inputs = inputs();
    let mut group = criterion.benchmark_group("10,000 people");
    group.bench_function("plan", |bencher| bencher.iter(|| Plan::make(black_box(&inputs))));
    group.finish();
}

fn inputs() -> Inputs {
    let id = |place: usize| format!("{place:08}");
    let person = |place: usize| Person {
        id: id(place),
        user_name: format!("person{place}@contoso.com"),
        name: format!("Person {place}"),
        active: true,
        fields: [
            "firstName",
            "lastName",
            "displayName",
            "department",
            "employeeNumber",
        ]
        .map(|key| (key.to_owned(), format!("{key} {place}")))
        .into_iter()
        .collect::<BTreeMap<_, _>>(),
        manager: Some(id(place / 10)),
    };
    let everybody = DirectoryGroup {
        id: "everybody".to_owned(),
        name: "Everybody".to_owned(),
        members: (0..PEOPLE / 4).map(id).collect(),
    };
    Inputs {
        people: (0..PEOPLE).map(person).collect(),
        groups: vec![everybody],
        ..Inputs::default()
    }
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
}

criterion_group! {
    name = benches;
    config = short();
    targets = requests, plans
}
criterion_main!(benches);
