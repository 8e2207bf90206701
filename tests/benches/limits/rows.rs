//! The measures, one function each.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::alone::{self, Write};
use crate::child::Server;
use crate::cycle;
use crate::load::{self, CONNECTIONS, Outcome};
use crate::people::{self, Filled};
use crate::table::{Row, Table, per_second, time, whole};

type Measure = fn(&mut Bench);

/// Every measure, by the name it is asked for.
pub(crate) const ALL: [(&str, Measure); 9] = [
    ("start", start),
    ("query", queries),
    ("cycle", initial_cycle),
    ("patch", patches),
    ("member", members),
    ("group", group_reads),
    ("page", pages),
    ("scan", scans),
    ("memory", memory),
];

const SMALL: usize = 10_000;
const LARGE: usize = 100_000;

/// One round of a measure, and how many there are of each.
const ROUND: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 3;

/// What the measures share.
pub(crate) struct Bench {
    folder: PathBuf,
    small: Option<Rc<Filled>>,
    large: Option<Rc<Filled>>,
    copies: usize,
    pub(crate) table: Table,
}

impl Bench {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            small: None,
            large: None,
            copies: 0,
            table: Table::default(),
        }
    }

    fn small(&mut self) -> Rc<Filled> {
        let dir = self.folder.join("small");
        Rc::clone(
            self.small
                .get_or_insert_with(|| Rc::new(people::fill(&dir, SMALL))),
        )
    }

    fn large(&mut self) -> Rc<Filled> {
        let dir = self.folder.join("large");
        Rc::clone(self.large.get_or_insert_with(|| {
            let began = Instant::now();
            let filled = people::fill(&dir, LARGE);
            println!("{LARGE} users stored in {:.1} s", began.elapsed().as_secs_f64());
            Rc::new(filled)
        }))
    }

    fn place(&mut self) -> PathBuf {
        self.copies += 1;
        self.folder.join(format!("copy{}", self.copies))
    }

    /// A copy that may be written to, and its server.
    fn served(&mut self, of: &Filled) -> (Rc<Filled>, Server) {
        let filled = Rc::new(of.copied_to(self.place()));
        let server = Server::real(&filled.dir);
        (filled, server)
    }

    fn row(
        &mut self,
        work: impl Into<String>,
        ours: String,
        limit: String,
        ratio: f64,
        target: &'static str,
        met: bool,
    ) {
        self.table.add(Row {
            work: work.into(),
            ours,
            limit,
            ratio: format!("{ratio:.2}"),
            target,
            met,
        });
    }
}

/// Rounds of the one and the other in turn; the median of each.
fn in_turn(mut one: impl FnMut() -> f64, mut other: impl FnMut() -> f64) -> (f64, f64) {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ones.push(one());
        others.push(other());
    }
    (median(ones), median(others))
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// A run, and the processor time that the server took for each request, in microseconds.
fn costly(server: &Server, run: impl FnOnce(SocketAddr) -> Outcome) -> (Outcome, f64) {
    let before = server.processor();
    let outcome = run(server.address);
    let used = server.processor() - before;
    let each = used * 1e6 / outcome.count();
    (outcome, each)
}

fn get(address: SocketAddr, next: impl Fn(usize) -> Vec<u8> + 'static) -> Outcome {
    load::run(address, CONNECTIONS, ROUND, 200, next)
}

/// Spreads running numbers over all places.
fn anywhere(number: usize, of: usize) -> usize {
    number.wrapping_mul(7_919) % of
}

fn lookup(filled: &Rc<Filled>, of: usize, hit: bool) -> impl Fn(usize) -> Vec<u8> + 'static {
    let filled = Rc::clone(filled);
    move |number| {
        let place = anywhere(number, of) + if hit { 0 } else { 10_000_000 };
        filled.filter(&format!("userName eq \"{}\"", people::user_name(place)))
    }
}

fn queries(bench: &mut Bench) {
    let (small, large) = (bench.small(), bench.large());
    let bare = Server::bare();
    let (small, few) = bench.served(&small);
    let (large, many) = bench.served(&large);
    for hit in [true, false] {
        let word = if hit { "hit" } else { "miss" };
        let mut rates = [(); 3].map(|()| Vec::new());
        let mut costs = [(); 3].map(|()| Vec::new());
        for _ in 0..ROUNDS {
            let rounds = [
                costly(&few, |address| get(address, lookup(&small, SMALL, hit))),
                costly(&bare, |address| get(address, lookup(&small, SMALL, hit))),
                costly(&many, |address| get(address, lookup(&large, LARGE, hit))),
            ];
            for (place, (outcome, cost)) in rounds.into_iter().enumerate() {
                rates[place].push(outcome.rate());
                costs[place].push(cost);
            }
        }
        let ([few, bare, many], costs) = (rates.map(median), costs.map(median));
        for (count, rate, cost) in [(SMALL, few, costs[0]), (LARGE, many, costs[2])] {
            bench.row(
                format!("`userName eq`, {word}, {} users", whole(count as f64)),
                format!("{} ({} of processor each)", per_second(rate), time(cost)),
                format!("{} ({})", per_second(bare), time(costs[1])),
                rate / bare,
                "≥ 0.40 of bare axum",
                rate / bare >= 0.4,
            );
        }
        bench.row(
            format!("`userName eq`, {word}, 100,000 against 10,000 users"),
            per_second(many),
            per_second(few),
            few / many,
            "within 1.3 ×",
            few / many <= 1.3,
        );
    }
}

fn initial_cycle(bench: &mut Bench) {
    let (mut ours, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let empty = people::fill(&bench.place(), 0);
        let server = Server::real(&empty.dir);
        ours.push(cycle::run(server.address, &empty).as_secs_f64() * 1e6);
        drop(server);
        let writes = alone::writes_in(&empty.dir);
        let limit = alone::run(&bench.place(), |number| writes.get(number).cloned());
        limits.push(limit.took.as_secs_f64() * 1e6);
    }
    let (ours, limit) = (ours[0].min(ours[1]), limits[0].min(limits[1]));
    bench.row(
        "initial cycle of 10,000 users, 20 groups, memberships",
        time(ours),
        format!("{} (sled)", time(limit)),
        ours / limit,
        "≤ 2 × sled",
        ours / limit <= 2.0,
    );
}

fn patches(bench: &mut Bench) {
    let small = bench.small();
    let (small, server) = bench.served(&small);
    let filled = Rc::clone(&small);
    let patch = move |number: usize| {
        let id = &filled.users[anywhere(number, SMALL)];
        filled.request(
            "PATCH",
            &format!("/Users/{id}"),
            Some(&people::three_attributes(number)),
        )
    };
    let patch = Rc::new(patch);
    let run = || {
        let patch = Rc::clone(&patch);
        get(server.address, move |number| patch(number)).rate()
    };
    // The sizes of what one PATCH stores: the user and the event.
    run();
    let place = bench.place();
    let alone = {
        let sizes = bench.small().copied_to(bench.place());
        let other = Server::real(&sizes.dir);
        let patch = Rc::clone(&patch);
        load::run(other.address, 1, Duration::from_millis(100), 200, move |number| {
            patch(number)
        });
        drop(other);
        let (event, user) = (alone::sample(&sizes.dir, b'j'), alone::sample(&sizes.dir, b'u'));
        let users = small.users.clone();
        move |round: u64| {
            let began = Instant::now();
            alone::run(&place, |number| {
                let user_key = [b"u", users[anywhere(number, SMALL)].as_bytes()].concat();
                let event_key = [
                    b"j".as_slice(),
                    &(round * 10_000_000 + number as u64).to_be_bytes(),
                ]
                .concat();
                (began.elapsed() < ROUND).then(|| Write {
                    entries: vec![(user_key, user.clone()), (event_key, event.clone())],
                    waits: true,
                })
            })
            .rate()
        }
    };
    let mut round = 0;
    let (ours, limit) = in_turn(run, || {
        round += 1;
        alone(round)
    });
    bench.row(
        "PATCH of three attributes",
        per_second(ours),
        format!("{} (sled)", per_second(limit)),
        ours / limit,
        "≥ 0.50 of sled",
        ours / limit >= 0.5,
    );
}

fn members(bench: &mut Bench) {
    let large = bench.large();
    let (large, server) = bench.served(&large);
    for adds in [true, false] {
        let word = if adds { "add" } else { "remove" };
        let mut first = None;
        for (size, group) in large.groups.clone() {
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                rounds.push(one_member(&large, server.address, size, &group, adds));
            }
            let p50 = median(rounds);
            let smallest = *first.get_or_insert(p50);
            let target = if size == 10 {
                "—"
            } else {
                "p50 within 1.5 × of 10 members"
            };
            bench.row(
                format!("{word} one member, group of {}", whole(size as f64)),
                format!("p50 {}", time(p50)),
                time(smallest),
                p50 / smallest,
                target,
                p50 / smallest <= 1.5,
            );
        }
    }
}

/// Takes members out and puts them in again, each one once; the median of the one or the other.
/// The group stays as large as it is.
fn one_member(filled: &Rc<Filled>, address: SocketAddr, size: usize, group: &str, adds: bool) -> f64 {
    let path = format!("/Groups/{group}");
    let count = size.min(400);
    // In the group of ten, others come and go.
    let ids: Vec<String> = if size == 10 {
        filled.users[5_000..5_400].to_vec()
    } else {
        filled.users[..count].to_vec()
    };
    let there = size != 10;
    let change = |add: bool| {
        let bodies: Vec<Vec<u8>> = ids
            .iter()
            .map(|id| {
                let body = if add {
                    people::add_members(std::slice::from_ref(id))
                } else {
                    people::remove_member(id)
                };
                filled.request("PATCH", &path, Some(&body))
            })
            .collect();
        once(address, bodies).p50()
    };
    let (first, second) = (change(!there), change(there));
    if adds == there { second } else { first }
}

/// Sends each request once.
fn once(address: SocketAddr, requests: Vec<Vec<u8>>) -> Outcome {
    use std::cell::RefCell;
    let requests = Rc::new(RefCell::new(requests));
    let latencies = Rc::new(RefCell::new(Vec::new()));
    let began = Instant::now();
    load::on_one_thread(CONNECTIONS, |_| {
        let (requests, latencies) = (Rc::clone(&requests), Rc::clone(&latencies));
        async move {
            let mut connection = load::Connection::open(address).await;
            loop {
                let next = requests.borrow_mut().pop();
                let Some(request) = next else { return };
                let sent = Instant::now();
                let status = connection.send(&request).await.status;
                assert!((200..300).contains(&status), "{status}");
                latencies.borrow_mut().push(load::micros(sent));
            }
        }
    });
    Outcome::of(began.elapsed(), latencies.take())
}

fn group_reads(bench: &mut Bench) {
    let large = bench.large();
    let (large, server) = bench.served(&large);
    let (_, group) = large.groups.last().unwrap().clone();
    let (theirs, filled) = (Rc::clone(&large), Rc::clone(&large));
    let group_read = move |_| {
        theirs.request(
            "GET",
            &format!("/Groups/{group}?excludedAttributes=members"),
            None,
        )
    };
    let user_read = move |number| {
        let id = &filled.users[anywhere(number, LARGE)];
        filled.request("GET", &format!("/Users/{id}"), None)
    };
    let (group_read, user_read) = (Rc::new(group_read), Rc::new(user_read));
    let (ours, limit) = in_turn(
        || {
            let group_read = Rc::clone(&group_read);
            get(server.address, move |number| group_read(number)).p50()
        },
        || {
            let user_read = Rc::clone(&user_read);
            get(server.address, move |number| user_read(number)).p50()
        },
    );
    bench.row(
        "group read, `excludedAttributes=members`, 100,000 members",
        format!("p50 {}", time(ours)),
        format!("user read {}", time(limit)),
        ours / limit,
        "within 1.5 × of a user read",
        ours / limit <= 1.5,
    );
}

fn pages(bench: &mut Bench) {
    let large = bench.large();
    let (large, server) = bench.served(&large);
    let page = |start: usize| {
        let large = Rc::clone(&large);
        move |_| large.request("GET", &format!("/Users?startIndex={start}&count=100"), None)
    };
    for (name, start) in [("middle", LARGE / 2), ("end", LARGE - 99)] {
        let (ours, first) = in_turn(
            || get(server.address, page(start)).p50(),
            || get(server.address, page(1)).p50(),
        );
        bench.row(
            format!("page of 100 at the {name} of 100,000 users"),
            format!("p50 {}", time(ours)),
            format!("first page {}", time(first)),
            ours / first,
            "≤ 2 × a first page",
            ours / first <= 2.0,
        );
    }
}

fn scans(bench: &mut Bench) {
    let large = bench.large();
    let (large, server) = bench.served(&large);
    for filter in [
        "userName sw \"person9999\"",
        "displayName co \"99999\"",
        "name.familyName ew \"99999\"",
        "emails[type eq \"work\" and value co \"99999\"]",
        "phoneNumbers[type eq \"mobile\"].value co \"999\"",
        "title pr and not (title sw \"Store\")",
    ] {
        let request = large.filter(filter);
        let (outcome, cost) = costly(&server, |address| {
            load::run(address, 1, ROUND * 2, 200, move |_| request.clone())
        });
        let rate = LARGE as f64 * 1e6 / outcome.p50();
        bench.row(
            format!("scan: `{filter}`, one at a time"),
            format!(
                "{} users/s ({:.1} µs of processor for each user)",
                whole(rate),
                cost / LARGE as f64
            ),
            "127,000 users/s (reference)".to_owned(),
            rate / 127_000.0,
            "≥ 250,000 users/s",
            rate >= 250_000.0,
        );
    }
}

fn start(bench: &mut Bench) {
    let large = bench.large();
    let large = large.copied_to(bench.place());
    let mut times: Vec<f64> = (0..5)
        .map(|_| Server::first_answer(&large).as_secs_f64() * 1e6)
        .collect();
    times.remove(0);
    let start = median(times);
    bench.row(
        "start to first answer, 100,000 users stored",
        time(start),
        "300 ms".to_owned(),
        start / 300e3,
        "≤ 300 ms",
        start <= 300e3,
    );
    let json: f64 = (0..LARGE)
        .map(|place| people::user(place).to_string().len() as f64)
        .sum();
    let disk = people::size_of(&large.dir) as f64;
    bench.row(
        "disk for 100,000 users (and the memberships of 101,010)",
        format!("{} MB", whole(disk / 1e6)),
        format!("{} MB of JSON", whole(json / 1e6)),
        disk / json,
        "≤ 4 × the JSON",
        disk / json <= 4.0,
    );
}

/// The load: a bit of everything, as long as all the other rounds together.
fn memory(bench: &mut Bench) {
    let large = bench.large();
    let (large, server) = bench.served(&large);
    let address = server.address;
    get(address, lookup(&large, LARGE, true));
    drop(server);
    let server = Server::real(&large.dir);
    let address = server.address;
    once(
        address,
        vec![large.filter("userName eq \"person1@contoso.example\"")],
    );
    let idle = server.resident();
    bench.row(
        "memory, idle, 100,000 users",
        format!("{idle:.0} MB"),
        "120 MB".to_owned(),
        idle / 120.0,
        "≤ 120 MB",
        idle <= 120.0,
    );
    for round in 1..=2 {
        get(address, lookup(&large, LARGE, true));
        let theirs = Rc::clone(&large);
        get(address, move |number| {
            let id = &theirs.users[anywhere(number, LARGE)];
            theirs.request(
                "PATCH",
                &format!("/Users/{id}"),
                Some(&people::three_attributes(number)),
            )
        });
        let theirs = Rc::clone(&large);
        load::run(address, CONNECTIONS, ROUND, 201, move |number| {
            let body: Value = people::user(round * 1_000_000 + number);
            theirs.request("POST", "/Users", Some(&body))
        });
        let scan = large.filter("displayName co \"99999\"");
        get(address, move |_| scan.clone());
        let theirs = Rc::clone(&large);
        get(address, move |number| {
            let start = anywhere(number, LARGE) + 1;
            theirs.request("GET", &format!("/Users?startIndex={start}&count=100"), None)
        });
    }
    let after = server.resident();
    bench.row(
        "memory after the load",
        format!("{after:.0} MB"),
        "200 MB".to_owned(),
        after / 200.0,
        "≤ 200 MB",
        after <= 200.0,
    );
}
