//! What a sync costs, from a thousand people to a hundred thousand: the whole of it, from reading
//! the store to the stored report, and the plan alone. `cargo bench -p acceptance --bench plan`
//! prints the table; with a number of people after it, one line.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measure that cannot set itself up should say so and stop; its table is its result"
)]

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use provisioning::Engine;
use provisioning::accounts::{Account, Console, ManagedBy, State};
use provisioning::clock::SystemClock;
use provisioning::directory::Kind;
use provisioning::plan::{DirectoryGroup, Inputs, Person, Plan};
use provisioning::reports::{RowsQuery, Section};
use provisioning::settings::Service;
use provisioning::sync::{Run, Trigger};
use scim::dialect::Notes;
use serde_json::{Value, json};

/// People; a group for a hundred of them, five memberships each.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const GROUPS_FOR: usize = 100;
const MEMBERSHIPS: usize = 5;
/// Of how many the title is changed: one in a hundred.
const CHANGED: usize = 100;

fn main() {
    // Each size has a process of its own, for the memory.
    if let Some(people) = std::env::args().find_map(|word| word.parse().ok()) {
        return measure(people);
    }
    println!(
        "| people | memberships | plan, nothing changed | plan, 1 % changed | memory of both | first sync | sync, nothing changed | sync, 1 % changed | apply 1 % | first rows of a report | memory, with the first sync |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let program = std::env::current_exe().unwrap();
    for people in SIZES {
        let mut child = Command::new(&program).arg(people.to_string()).spawn().unwrap();
        assert!(child.wait().unwrap().success());
    }
}

fn measure(people: usize) {
    let plan = [None, Some(CHANGED)].map(|changed| {
        let inputs = inputs(people, changed);
        fastest(5, || assert!(Plan::make(&inputs).is_empty() == changed.is_none()))
    });
    print!(
        "| {people} | {} | {} | {} | {} MB |",
        people * MEMBERSHIPS,
        milliseconds(plan[0]),
        milliseconds(plan[1]),
        peak_memory() / 1024
    );
    measure_syncs(people);
}

fn measure_syncs(people: usize) {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::open(dir.path(), Arc::new(SystemClock)).unwrap();
    fill(&engine, people);
    set(&engine, false);
    let (first, run) = sync(&engine);
    assert!(run.applied);
    set(&engine, true);
    let unchanged = fastest(3, || assert_eq!(sync(&engine).1.counts.users.total(), 0));
    change_one_percent(&engine);
    let (changed, run) = sync(&engine);
    assert_eq!(run.counts.users.changed, (people / CHANGED) as u64);
    set(&engine, false);
    let (applied, run) = sync(&engine);
    assert!(run.applied);
    let page = fastest(5, || {
        let query = RowsQuery {
            section: Section::Users,
            action: None,
            search: String::new(),
            skip: 0,
            take: 200,
        };
        assert!(!engine.reports().rows(1, &query).unwrap().1.is_empty());
    });
    println!(
        " {} | {} | {} | {} | {} | {} MB |",
        milliseconds(first),
        milliseconds(unchanged),
        milliseconds(changed),
        milliseconds(applied.saturating_sub(changed)),
        milliseconds(page),
        peak_memory() / 1024
    );
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn fastest(times: usize, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    (0..times).map(once).min().unwrap()
}

fn sync(engine: &Engine) -> (Duration, Run) {
    let began = Instant::now();
    let run = engine.sync(Trigger::Forced, None).unwrap();
    (began.elapsed(), run)
}

fn set(engine: &Engine, test_mode: bool) {
    let mut draft = engine.settings();
    (draft.enabled, draft.service) = (true, Service::Scim);
    engine.save_settings(&draft).unwrap();
    draft.test_mode = test_mode;
    (draft.guard_rail.accounts, draft.guard_rail.percent) = (None, None);
    engine.save_settings(&draft).unwrap();
}

fn create(engine: &Engine, kind: Kind, body: Value) -> String {
    let mut notes = Notes::default();
    let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
    engine
        .directory()
        .create(kind, object, &mut notes)
        .unwrap()
        .resource
        .id
}

/// As an identity provider would have filled it.
fn fill(engine: &Engine, people: usize) {
    let mut ids = Vec::new();
    for place in 0..people {
        ids.push(create(engine, Kind::User, body(place)));
    }
    for (group, members) in memberships(people).into_iter().enumerate() {
        let members: Vec<Value> = members
            .iter()
            .filter_map(|place| Some(json!({ "value": ids.get(*place)? })))
            .collect();
        create(
            engine,
            Kind::Group,
            json!({ "displayName": format!("Group {group}"), "members": members }),
        );
    }
    engine.settle().unwrap();
}

fn body(place: usize) -> Value {
    json!({
        "userName": format!("person{place}@contoso.com"),
        "externalId": format!("person{place}"),
        "displayName": format!("Person {place}"),
        "title": "Analyst",
        "name": { "givenName": "Person", "familyName": format!("Family {place}") },
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            { "department": "Retail", "employeeNumber": place.to_string() },
    })
}

/// Who is in which group: everybody in five.
fn memberships(people: usize) -> Vec<Vec<usize>> {
    let groups = (people / GROUPS_FOR).max(1);
    let mut members = vec![Vec::new(); groups];
    for place in 0..people {
        for step in 0..MEMBERSHIPS.min(groups) {
            if let Some(group) = members.get_mut((place + step * 7) % groups) {
                group.push(place);
            }
        }
    }
    members
}

fn change_one_percent(engine: &Engine) {
    let directory = engine.directory();
    let ids: Vec<String> = directory
        .all(Kind::User)
        .step_by(CHANGED)
        .map(|user| user.unwrap().id)
        .collect();
    for (number, id) in ids.iter().enumerate() {
        let mut notes = Notes::default();
        let mut body = body(number * CHANGED);
        body["title"] = json!("Senior Analyst");
        let object = scim::accept(Kind::User.resource_type(), body, &mut notes).unwrap();
        engine
            .directory()
            .replace(Kind::User, id, &object, &mut notes)
            .unwrap();
    }
    engine.settle().unwrap();
}

/// A console and a directory in memory, for the plan alone.
fn inputs(people: usize, changed: Option<usize>) -> Inputs {
    let id = |place: usize| format!("{place:08}");
    let fields = |place: usize, title: &str| {
        [
            ("firstName", "Person".to_owned()),
            ("lastName", format!("Family {place}")),
            ("displayName", format!("Person {place}")),
            ("jobTitle", title.to_owned()),
            ("department", "Retail".to_owned()),
            ("employeeNumber", place.to_string()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
    };
    let person = |place: usize| Person {
        id: id(place),
        user_name: format!("person{place}@contoso.com"),
        name: format!("Person {place}"),
        active: true,
        fields: fields(
            place,
            if changed.is_some_and(|one| place.is_multiple_of(one)) {
                "Senior Analyst"
            } else {
                "Analyst"
            },
        ),
        manager: None,
    };
    let account = |place: usize| Account {
        id: id(place),
        email: format!("person{place}@contoso.com"),
        aliases: Vec::new(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        exempt: false,
        protected: false,
        link: Some(id(place)),
        fields: fields(place, "Analyst"),
        changed: jiff::Timestamp::UNIX_EPOCH,
    };
    let members: Vec<Vec<String>> = memberships(people)
        .into_iter()
        .map(|members| members.into_iter().map(id).collect())
        .collect();
    let group = |(number, members): (usize, &Vec<String>)| DirectoryGroup {
        id: format!("g{number:06}"),
        name: format!("Group {number}"),
        members: members.clone(),
    };
    let groups: Vec<DirectoryGroup> = members.iter().enumerate().map(group).collect();
    let console_group = |group: &DirectoryGroup| provisioning::accounts::ConsoleGroup {
        id: group.id.clone(),
        name: group.name.clone(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        link: Some(group.id.clone()),
        changed: jiff::Timestamp::UNIX_EPOCH,
    };
    Inputs {
        console: Console {
            accounts: (0..people).map(account).collect(),
            groups: groups.iter().map(console_group).collect(),
            members: groups
                .iter()
                .map(|group| (group.id.clone(), group.members.iter().cloned().collect()))
                .collect(),
        },
        people: (0..people).map(person).collect(),
        groups,
        ..Inputs::default()
    }
}

/// The most memory that this process has had, in kB; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or_default()
}
