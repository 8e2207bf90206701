//! SIGKILL at random moments of a sync: the console is as it was or as planned, never in between,
//! and the next start says which. For more of them: `SCIM_DESK_SYNC_KILLS=200 cargo test --test it
//! applying::`.

#![expect(clippy::print_stdout, reason = "what happened how often is worth a line")]

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use acceptance::{Chance, Desk, seed};
use provisioning::Engine;
use provisioning::clock::SystemClock;
use provisioning::directory::Kind;
use provisioning::sync::RunStatus;
use scim::dialect::Notes;
use serde_json::json;

/// How often a sync is killed if `SCIM_DESK_SYNC_KILLS` does not say it.
const KILLS: usize = 15;
/// Who is to be created; all of them are in one group.
const PEOPLE: usize = 600;

#[test]
fn a_sync_that_is_killed_was_applied_whole_or_not_at_all() {
    let prepared = prepared();
    let seed = seed();
    let mut chance = Chance::new(seed);
    let (mut applied, mut untouched, mut said) = (0, 0, 0);
    let whole = how_long(&prepared);
    for kill in 0..kills() {
        let desk = copy_of(&prepared);
        let mut child = desk
            .command(["sync"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let micros = usize::try_from(whole.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(chance.below(micros) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let at = format!("kill {kill}, seed {seed}");
        let engine = open(&desk);
        let console = engine.console().unwrap();
        let members: usize = console
            .members
            .values()
            .map(std::collections::BTreeSet::len)
            .sum();
        let found = (console.accounts.len(), console.groups.len(), members);
        let newest = engine.reports().newest().unwrap();
        match found {
            (0, 0, 0) => untouched += 1,
            (PEOPLE, 1, PEOPLE) => applied += 1,
            _ => panic!("{at}: half a sync is in the console: {found:?}"),
        }
        if let Some(run) = &newest {
            assert_eq!(run.applied, found.0 > 0, "{at}: {run:?}");
            if let RunStatus::Failed(why) = &run.status {
                assert!(
                    why.contains("broken off") && why.contains("Nothing was changed"),
                    "{at}: {why}"
                );
                said += 1;
            }
        } else {
            assert_eq!(found.0, 0, "{at}");
        }
        assert!(engine.check().unwrap().is_clean(), "{at}");
        drop(engine);
        assert_eq!(
            desk.json(["accounts", "list", "--json"])["accounts"]
                .as_array()
                .unwrap()
                .len(),
            found.0
        );
        desk.done(["sync"]);
        assert_eq!(
            open(&desk).account_count().unwrap(),
            PEOPLE as u64,
            "{at}: the next one does it"
        );
    }
    println!(
        "{} kills, seed {seed}: {applied} applied, {untouched} not, {said} of those said so",
        kills()
    );
}

fn kills() -> usize {
    std::env::var("SCIM_DESK_SYNC_KILLS").map_or(KILLS, |text| text.parse().unwrap())
}

fn open(desk: &Desk) -> Engine {
    Engine::open(&desk.data_dir(), Arc::new(SystemClock)).unwrap()
}

/// A directory that no sync has looked at.
fn prepared() -> Desk {
    let desk = Desk::new();
    desk.prepared();
    desk.done(["settings", "set", "test-mode=false"]);
    let engine = open(&desk);
    let create = |kind: Kind, body| {
        let mut notes = Notes::default();
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        engine
            .directory()
            .create(kind, object, &mut notes)
            .unwrap()
            .resource
            .id
    };
    let members: Vec<_> = (0..PEOPLE)
        .map(|n| {
            create(
                Kind::User,
                json!({ "userName": format!("person{n}@contoso.com") }),
            )
        })
        .map(|id| json!({ "value": id }))
        .collect();
    create(
        Kind::Group,
        json!({ "displayName": "Everybody", "members": members }),
    );
    engine.settle().unwrap();
    drop(engine);
    desk
}

fn copy_of(prepared: &Desk) -> Desk {
    let desk = Desk::new();
    copy(&prepared.data_dir(), &desk.data_dir());
    desk
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// How long a sync takes that nobody kills.
fn how_long(prepared: &Desk) -> Duration {
    let desk = copy_of(prepared);
    let began = Instant::now();
    desk.done(["sync"]);
    began.elapsed()
}
