//! Each kind of key is damaged by hand: the check names it, the rebuild mends what can be.

use std::sync::Arc;

use jiff::Timestamp;
use scim::dialect::Notes;
use serde_json::{Value, json};

use super::*;
use crate::clock::ManualClock;
use crate::directory::Kind;
use crate::settings::Service;
use crate::store::{Key, Transaction};
use crate::sync::Trigger;

/// Two users, one the other's manager, a group in a group, a sync that was applied, and a log.
struct Bench {
    dir: tempfile::TempDir,
    ada: String,
    ben: String,
    team: String,
    all: String,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp::from_second(1_790_000_000).unwrap()));
        let engine = Engine::open(dir.path(), clock).unwrap();
        let mut draft = engine.settings();
        (draft.enabled, draft.service) = (true, Service::Scim);
        engine.save_settings(&draft).unwrap();
        draft.test_mode = false;
        engine.save_settings(&draft).unwrap();
        engine.generate_token().unwrap();
        let create = |kind: Kind, body: Value| {
            let mut notes = Notes::default();
            let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
            let made = engine.directory().create(kind, object, &mut notes).unwrap();
            made.resource.id
        };
        let user = |name: &str, manager: Option<&String>| {
            let mail = format!("{name}@contoso.example");
            create(
                Kind::User,
                json!({
                    "userName": mail, "externalId": name, "emails": [{ "value": mail, "type": "work" }],
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                        { "manager": manager.map(|id| json!({ "value": id })) }
                }),
            )
        };
        let ada = user("ada", None);
        let ben = user("ben", Some(&ada));
        let group = |name: &str, members: [&String; 2]| {
            let members = members.map(|id| json!({ "value": id }));
            create(
                Kind::Group,
                json!({ "displayName": name, "externalId": name, "members": members }),
            )
        };
        let team = group("Team", [&ada, &ben]);
        let all = group("All", [&team, &ada]);
        engine.sync(Trigger::Forced, None).unwrap();
        Self {
            dir,
            ada,
            ben,
            team,
            all,
        }
    }

    fn open(&self) -> DataDirectory {
        DataDirectory::open(self.dir.path()).unwrap()
    }

    fn damaged(&self, damage: impl FnOnce(&mut Transaction<'_>)) -> DataDirectory {
        let data = self.open();
        data.store
            .write(|turn| {
                damage(turn);
                Ok(())
            })
            .unwrap();
        data
    }
}

fn at() -> Timestamp {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn sentences(findings: &Findings) -> Vec<&str> {
    findings
        .findings
        .iter()
        .map(|finding| finding.sentence.as_str())
        .collect()
}

#[test]
fn what_was_written_in_the_usual_way_is_clean() {
    let bench = Bench::new();
    let data = bench.open();
    let found = data.check().unwrap();
    assert!(found.is_clean(), "{found:#?}");
    for (what, count) in [
        ("users", 2),
        ("groups", 2),
        ("memberships", 4),
        ("accounts", 2),
        ("syncs", 1),
    ] {
        assert_eq!(found.looked_at.get(what), Some(&count), "{what}");
    }
    let rebuilt = data.rebuild_indexes(at()).unwrap();
    assert_eq!((rebuilt.put, rebuilt.removed), (0, 0), "there was nothing to do");
}

type Damage = Box<dyn Fn(&Bench, &mut Transaction<'_>)>;

/// Removes a key that is there.
fn without(key: impl Fn(&Bench) -> Key + 'static) -> Damage {
    Box::new(move |bench, turn| {
        let key = key(bench);
        assert!(turn.contains(&key).unwrap(), "{key:?} is there");
        turn.remove(&key);
    })
}

/// Puts a value where there should be none, or another one.
fn with(key: impl Fn(&Bench) -> Key + 'static, value: Value) -> Damage {
    Box::new(move |bench, turn| turn.put(&key(bench), &value).unwrap())
}

/// What a resource is found by.
fn damaged_indexes() -> Vec<(&'static str, Damage)> {
    let mail = "ada@contoso.example";
    vec![
        (
            "is not found by its userName: the entry is missing",
            without(move |_| Key::named(Space::UserName, mail)),
        ),
        (
            "is not found by its userName: the entry leads to",
            with(move |_| Key::named(Space::UserName, mail), json!("nobody")),
        ),
        (
            "userName \"zoe\" leads to nobody",
            with(|_| Key::named(Space::UserName, "zoe"), json!("nobody")),
        ),
        (
            "is not found by its displayName",
            without(|_| Key::named(Space::GroupName, "team")),
        ),
        (
            "is not found by its externalId",
            without(|bench| Key::pair(Space::UserExternal, "ada", &bench.ada)),
        ),
        (
            "is not found by its externalId",
            without(|bench| Key::pair(Space::GroupExternal, "Team", &bench.team)),
        ),
        (
            "The index of externalId has an entry",
            with(
                |bench| Key::pair(Space::UserExternal, "zoe", &bench.ada),
                Value::Null,
            ),
        ),
        (
            "is not found by its e-mail address",
            without(move |bench| Key::pair(Space::UserEmail, mail, &bench.ada)),
        ),
        (
            "The index of e-mail address has an entry",
            with(|_| Key::pair(Space::UserEmail, mail, "nobody"), Value::Null),
        ),
        (
            "is not found by its manager",
            without(|bench| Key::pair(Space::UserManager, &bench.ada, &bench.ben)),
        ),
        (
            "The index of manager has an entry",
            with(
                |bench| Key::pair(Space::UserManager, &bench.ben, &bench.ada),
                Value::Null,
            ),
        ),
    ]
}

/// Memberships and counters.
fn damaged_links() -> Vec<(&'static str, Damage)> {
    vec![
        (
            "and does not know it",
            without(|bench| Key::pair(Space::Membership, &bench.ada, &bench.team)),
        ),
        (
            "which does not have it",
            without(|bench| Key::pair(Space::Member, &bench.all, &bench.team)),
        ),
        (
            "the member does not exist",
            with(|bench| Key::pair(Space::Member, &bench.all, "nobody"), json!({})),
        ),
        (
            "its group does not exist",
            with(|bench| Key::pair(Space::Member, "nowhere", &bench.ada), json!({})),
        ),
        (
            "The counter \"last event\" is at 1",
            with(|_| Key::named(Space::Meta, "last event"), json!(1)),
        ),
        (
            "The counter \"last event\" cannot be read",
            with(|_| Key::named(Space::Meta, "last event"), json!("many")),
        ),
        (
            "The counter \"last sync\" is at 0",
            without(|_| Key::named(Space::Meta, "last sync")),
        ),
        (
            "seen more changes of the directory than there were",
            with(
                |_| Key::named(Space::Meta, "directory changes synced"),
                json!(999),
            ),
        ),
        (
            "The id given last is said to be 0",
            with(
                |_| Key::named(Space::Meta, "last id"),
                json!("00000000-0000-7000-8000-000000000000"),
            ),
        ),
        (
            "in the console group nowhere is left over",
            with(
                |_| Key::pair(Space::ConsoleMember, "nowhere", "nobody"),
                Value::Null,
            ),
        ),
    ]
}

#[test]
fn a_rebuild_mends_each_kind_of_index() {
    for (expected, damage) in damaged_indexes().into_iter().chain(damaged_links()) {
        let bench = Bench::new();
        let data = bench.damaged(|turn| damage(&bench, turn));
        let found = data.check().unwrap();
        assert!(
            sentences(&found)
                .iter()
                .any(|sentence| sentence.contains(expected)),
            "{expected}: {:#?}",
            sentences(&found)
        );
        assert!(
            found.findings.iter().all(|finding| finding.is_mended_by_rebuild),
            "{found:#?}"
        );
        let rebuilt = data.rebuild_indexes(at()).unwrap();
        assert!(rebuilt.left.is_clean(), "{expected}: {:#?}", rebuilt.left);
        drop(data);
        assert!(bench.open().check().unwrap().is_clean(), "also after a restart");
    }
}

#[test]
fn a_damaged_record_is_named_and_left_alone() {
    let cases: Vec<(&str, Damage)> = vec![
        (
            "The directory user under the key",
            with(|bench| Key::named(Space::User, &bench.ben), json!(7)),
        ),
        (
            "The directory group under the key",
            with(|bench| Key::named(Space::Group, &bench.all), json!([])),
        ),
        (
            "The log event under the key 2 cannot be read",
            with(|_| Key::numbered(Space::Event, 2), json!("torn")),
        ),
        (
            "The log events from 2 to 2 are missing",
            without(|_| Key::numbered(Space::Event, 2)),
        ),
        (
            "The sync under the key 1 cannot be read",
            with(|_| Key::numbered(Space::Run, 1), json!({})),
        ),
        (
            "report rows of sync 1, which does not exist",
            without(|_| Key::numbered(Space::Run, 1)),
        ),
        (
            "The report of sync 1 lacks the rows between 0 and 2",
            without(|_| Key::numbered_pair(Space::ReportRow, 1, 1)),
        ),
        (
            "The settings record under the key",
            with(|_| Key::all(Space::Settings), json!(false)),
        ),
        (
            "The token record under the key",
            with(|_| Key::all(Space::Token), json!(1)),
        ),
        (
            "The account under the key",
            with(|bench| Key::named(Space::Account, &bench.ada), json!({})),
        ),
        (
            "says that its id is",
            Box::new(|bench, turn| {
                let user: Value = turn.get(&Key::named(Space::User, &bench.ada)).unwrap().unwrap();
                turn.put(&Key::named(Space::User, &bench.ben), &user).unwrap();
            }),
        ),
    ];
    for (expected, damage) in cases {
        let bench = Bench::new();
        let data = bench.damaged(|turn| damage(&bench, turn));
        let key = Key::all(Space::User);
        let before: Vec<_> = data.store.raw(&key).collect::<Result<_>>().unwrap();
        let found = data.check().unwrap();
        assert!(
            sentences(&found)
                .iter()
                .any(|sentence| sentence.contains(expected)),
            "{expected}: {:#?}",
            sentences(&found)
        );
        let left = data.rebuild_indexes(at()).unwrap().left;
        assert!(
            sentences(&left)
                .iter()
                .any(|sentence| sentence.contains(expected)),
            "{left:#?}"
        );
        let after: Vec<_> = data.store.raw(&key).collect::<Result<_>>().unwrap();
        assert_eq!(before, after, "no record is changed");
    }
}

/// Every key of the store, with its value.
fn everything(data: &DataDirectory) -> BTreeMap<(u8, Vec<u8>), Vec<u8>> {
    let of = |space: Space| {
        let pairs = data.store.raw(&Key::all(space)).map(Result::unwrap);
        pairs.map(move |(rest, value)| ((space as u8, rest), value))
    };
    SPACES.into_iter().flat_map(of).collect()
}

#[test]
fn what_leads_to_a_record_that_cannot_be_read_is_kept() {
    let bench = Bench::new();
    let mut torn = json!(null);
    let data = bench.damaged(|turn| {
        for (space, id) in [(Space::User, &bench.ada), (Space::Group, &bench.team)] {
            let key = Key::named(space, id);
            if space == Space::User {
                torn = turn.get(&key).unwrap().unwrap();
            }
            turn.put_raw(&key, b"{\"id\":".to_vec());
        }
    });
    let before = everything(&data);
    let said = data.check().unwrap();
    for expected in [
        "The userName \"ada@contoso.example\" leads to",
        "The displayName \"team\" leads to",
        "The e-mail address",
        "The externalId",
    ] {
        let is_told =
            |sentence: &&str| sentence.starts_with(expected) && sentence.ends_with("the entry is kept.");
        assert!(sentences(&said).iter().any(is_told), "{expected}: {said:#?}");
    }
    let rebuilt = data.rebuild_indexes(at()).unwrap();
    assert_eq!((rebuilt.put, rebuilt.removed, rebuilt.kept), (0, 0, None));
    assert_eq!(everything(&data), before);
    // The record comes back, from a copy, and everything still leads to it.
    let key = Key::named(Space::User, &bench.ada);
    data.store.write(|turn| turn.put(&key, &torn)).unwrap();
    let left = data.check().unwrap();
    assert!(
        !sentences(&left)
            .iter()
            .any(|sentence| sentence.contains(&bench.ada)),
        "{left:#?}"
    );
}

#[test]
fn a_name_that_may_be_an_unreadable_records_is_not_taken_from_it() {
    let bench = Bench::new();
    let key = Key::named(Space::UserName, "ada@contoso.example");
    let data = bench.damaged(|turn| {
        let mut ben: Value = turn.get(&Key::named(Space::User, &bench.ben)).unwrap().unwrap();
        ben["attributes"]["userName"] = "ada@contoso.example".into();
        turn.put(&Key::named(Space::User, &bench.ben), &ben).unwrap();
        turn.put_raw(&Key::named(Space::User, &bench.ada), b"torn".to_vec());
    });
    data.rebuild_indexes(at()).unwrap();
    assert_eq!(
        data.store.get::<String>(&key).unwrap().as_deref(),
        Some(&*bench.ada)
    );
}

#[test]
fn what_a_rebuild_takes_away_is_in_a_file() {
    let bench = Bench::new();
    let data = bench.damaged(|turn| {
        turn.put(
            &Key::pair(Space::Member, "nowhere", &bench.ada),
            &json!({ "display": "Ada" }),
        )
        .unwrap();
        turn.put(&Key::named(Space::UserName, "ada@contoso.example"), &"nobody")
            .unwrap();
    });
    let rebuilt = data.rebuild_indexes(at()).unwrap();
    assert!(rebuilt.left.is_clean(), "{:#?}", rebuilt.left);
    let kept = rebuilt.kept.unwrap();
    assert_eq!(
        kept.file_name().unwrap(),
        "removed-by-rebuild-20261124T020000Z.jsonl"
    );
    let lines: Vec<Value> = std::fs::read_to_string(kept)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            json!({ "s": "n", "k": "ada@contoso.example", "v": "nobody" }),
            json!({ "s": "m", "k": format!("nowhere\0{}", bench.ada), "v": { "display": "Ada" } }),
        ]
    );
}

#[test]
fn what_nobody_reads_is_told_of() {
    let bench = Bench::new();
    let data = bench.open();
    data.store.put_foreign(b"\x01strange").unwrap();
    data.store.put_foreign(b"zz").unwrap();
    let found = data.check().unwrap();
    assert!(
        sentences(&found)[0].starts_with("2 keys of the store"),
        "{found:#?}"
    );
}

#[test]
fn data_that_are_not_there_are_not_made() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(DataDirectory::open(dir.path()), Err(Error::NoData(_))));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_lost_index_is_told_of_in_a_thousand_sentences_and_a_number() {
    let mut findings = Findings::default();
    for n in 0..1_500 {
        findings.add(n.to_string(), true);
    }
    assert_eq!((findings.findings.len(), findings.count()), (KEPT, 1_500));
}
