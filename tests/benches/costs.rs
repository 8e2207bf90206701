//! What a request costs in instructions, which a noisy machine counts as well as a quiet one.
//!
//! Each kind of request runs in a process of its own under valgrind's callgrind, without sockets:
//! the router is called as a function. Only what happens between a request that was read and its
//! answer is counted: not the start, not the store's own threads. The costs are held against `budget.json` beside this file: one that is more than
//! [`TOLERANCE`] above its budget fails the run. Without valgrind nothing is counted.
//!
//! To write the budget anew: `cargo bench -p acceptance --bench costs -- --save`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measure that cannot set itself up should say so and stop"
)]

#[path = "limits/people.rs"]
#[allow(dead_code, reason = "the other bench uses the rest")]
mod people;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use people::Filled;
use provisioning::Engine;
use provisioning::clock::SystemClock;
use serde_json::Value;
use tower::ServiceExt;

/// Users in the directory.
const USERS: usize = 1_000;

/// Times that a request is made.
const TIMES: usize = 100;

/// The function that answers a request and records it.
const COUNTED: &str = "*answer_and_record*";

/// Part of a budget that a cost may be above it: what the C library and the order of threads change.
const TOLERANCE: f64 = 0.10;

/// What is counted: a name, the method, and of a running number the path and the body.
type Case = (
    &'static str,
    &'static str,
    fn(&Filled, usize) -> (String, Option<Value>),
);

const CASES: [Case; 8] = [
    ("userName eq, hit", "GET", |_, n| (name_query(n % USERS), None)),
    ("userName eq, miss", "GET", |_, n| (name_query(USERS + n), None)),
    ("create user", "POST", |_, n| {
        ("/Users".to_owned(), Some(people::user(USERS + n)))
    }),
    ("PATCH of three attributes", "PATCH", |filled, n| {
        (
            format!("/Users/{}", filled.users[n % USERS]),
            Some(people::three_attributes(n)),
        )
    }),
    ("add one member to 1,000", "PATCH", |filled, n| {
        let id = &filled.users[n / 2 % USERS];
        let body = if n % 2 == 0 {
            people::remove_member(id)
        } else {
            people::add_members(std::slice::from_ref(id))
        };
        (format!("/Groups/{}", filled.groups[1].1), Some(body))
    }),
    ("read user", "GET", |filled, n| {
        (format!("/Users/{}", filled.users[n % USERS]), None)
    }),
    ("page of 100", "GET", |_, n| {
        (format!("/Users?startIndex={}&count=100", n % 900 + 1), None)
    }),
    ("scan of 1,000 users", "GET", |_, _| {
        (
            "/Users?filter=displayName%20co%20%22son%2099%22&count=1".to_owned(),
            None,
        )
    }),
];

fn name_query(place: usize) -> String {
    format!("/Users?filter=userName%20eq%20%22{}%22", people::user_name(place))
}

/// The program's.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, place, times, dir, tenant, token] = arguments.as_slice()
        && flag == "--child"
    {
        let case = &CASES[place.parse::<usize>().unwrap()];
        return repeat(case, times.parse().unwrap(), Path::new(dir), tenant, token);
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!(
            "valgrind is not there, so instructions are not counted. To install it: apt-get install valgrind"
        );
        return;
    }
    let wanted: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let folder = tempfile::TempDir::new().unwrap();
    let filled = people::fill(&folder.path().join("filled"), USERS);
    let mut costs = BTreeMap::new();
    for (place, (name, ..)) in CASES.iter().enumerate() {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())) {
            let copy = filled.copied_to(folder.path().join(place.to_string()));
            let cost = instructions(place, &copy) as f64 / TIMES as f64;
            costs.insert((*name).to_owned(), cost.round());
        }
    }
    judge(&costs, arguments.iter().any(|argument| argument == "--save"));
}

/// Prints the table; fails if something costs too much.
fn judge(costs: &BTreeMap<String, f64>, save: bool) {
    let file = acceptance::workspace().join("tests/benches/budget.json");
    let budget: BTreeMap<String, f64> =
        std::fs::read(&file).map_or_else(|_| BTreeMap::new(), |json| serde_json::from_slice(&json).unwrap());
    println!("| request | instructions | budget |\n|---|---|---|");
    let mut too_much = Vec::new();
    for (name, cost) in costs {
        let allowed = budget.get(name).copied();
        println!(
            "| {name} | {cost:.0} | {} |",
            allowed.map_or("—".to_owned(), |allowed| format!("{allowed:.0}"))
        );
        if allowed.is_some_and(|allowed| *cost > allowed * (1.0 + TOLERANCE)) {
            too_much.push(name.clone());
        }
    }
    if save {
        std::fs::write(file, serde_json::to_string_pretty(costs).unwrap() + "\n").unwrap();
    } else if !too_much.is_empty() {
        panic!(
            "these cost more than their budget allows: {}",
            too_much.join("; ")
        );
    }
}

/// Instructions of [`TIMES`] requests.
fn instructions(place: usize, filled: &Filled) -> u64 {
    let out: PathBuf = filled.dir.join("callgrind.out");
    let run = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            &format!("--callgrind-out-file={}", out.display()),
        ])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(std::env::current_exe().unwrap())
        .args(["--child", &place.to_string(), &TIMES.to_string()])
        .arg(&filled.dir)
        .args([&filled.tenant, &filled.token])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let (_, count) = said.rsplit_once("Collected :").unwrap();
    count.split_whitespace().next().unwrap().parse().unwrap()
}

fn repeat(case: &Case, times: usize, dir: &Path, tenant: &str, token: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let engine = Arc::new(Engine::open(dir, Arc::new(SystemClock)).unwrap());
    let router = scim_server::router(Arc::clone(&engine), SocketAddr::from(([127, 0, 0, 1], 8_080)));
    let filled = Filled {
        dir: dir.to_owned(),
        tenant: tenant.to_owned(),
        token: token.to_owned(),
        users: ids(&engine, provisioning::directory::Kind::User),
        groups: ids(&engine, provisioning::directory::Kind::Group)
            .into_iter()
            .enumerate()
            .collect(),
    };
    runtime.block_on(async {
        for number in 0..times {
            let (path, body) = case.2(&filled, number);
            send(&router, &filled, case.1, &path, body).await;
        }
    });
}

fn ids(engine: &Engine, kind: provisioning::directory::Kind) -> Vec<String> {
    engine
        .directory()
        .all(kind)
        .map(|resource| resource.unwrap().id)
        .collect()
}

async fn send(router: &Router, filled: &Filled, method: &str, path: &str, body: Option<Value>) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/scim/v2/{}{path}", filled.tenant))
        .header("authorization", format!("Bearer {}", filled.token))
        .header("content-type", "application/scim+json")
        .header("user-agent", "Practice/1.0")
        .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    assert!(
        answer.status().is_success(),
        "{method} {path}: {}",
        answer.status()
    );
}
