//! The practice identity provider as its users have it: the real program against its own server, and
//! against scim2-server, which was not written here.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use acceptance::{Desk, Output, Provider, Serving};
use serde_json::{Value, json};

use crate::interop::tool;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

#[test]
fn somebody_practises_the_whole_tutorial_without_a_tenant() {
    let mut story = Story::begin();
    story.the_initial_cycle_brings_everybody();
    story.a_sync_in_test_mode_changes_nothing_and_a_live_one_makes_the_accounts();
    story.what_happens_to_people_arrives_in_incremental_cycles();
    story.a_token_that_is_replaced_is_a_quarantine_and_the_new_one_ends_it();
    story.a_mass_scoping_mistake_waits_to_be_allowed();
    story.a_month_later_who_was_deleted_is_gone();
    story.the_log_is_exported_and_names_the_servers_events();
}

/// An administrator with a server and the practice provider.
struct Story {
    desk: Desk,
    listen: String,
    serving: Option<Serving>,
    token: String,
}

impl Story {
    fn begin() -> Self {
        let desk = Desk::new();
        let token = desk.prepared();
        let listen = free_address();
        let serving = desk.serve_at(&listen);
        Self {
            desk,
            listen,
            serving: Some(serving),
            token,
        }
    }

    /// Lets commands that need the server's data directory have it for a while.
    fn meanwhile<T>(&mut self, run: impl FnOnce(&Desk) -> T) -> T {
        self.serving.take().unwrap().stop();
        let done = run(&self.desk);
        self.serving = Some(self.desk.serve_at(&self.listen));
        done
    }

    fn practice(&self, words: &[&str]) -> Output {
        self.desk.run(["practice"].iter().chain(words))
    }

    fn done(&self, words: &[&str]) -> String {
        self.desk.done(["practice"].iter().chain(words))
    }

    /// A cycle, as JSON.
    fn cycle(&self) -> Value {
        let output = self.practice(&["cycle", "--json"]);
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }

    fn provider(&self) -> Provider {
        Provider::new(&self.serving.as_ref().unwrap().tenant_url, &self.token)
    }

    fn active(&self, address: &str) -> Option<bool> {
        let found = self.provider().find_user(address);
        found
            .resources()
            .first()
            .map(|user| user["active"].as_bool().unwrap())
    }

    fn the_initial_cycle_brings_everybody(&self) {
        let url = &self.serving.as_ref().unwrap().tenant_url;
        let output = self
            .desk
            .command(["practice", "run", "--url", url])
            .env("SCIM_DESK_PRACTICE_TOKEN", &self.token)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let beside = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}{beside}");
        assert!(
            said.contains("Initial cycle to http://127.0.0.1:"),
            "the target is named: {said}"
        );
        assert!(beside.contains("authorized to enable provisioning"), "{beside}");
        let people: Value = serde_json::from_str(&self.done(&["people", "--json"])).unwrap();
        let people = people.as_array().unwrap();
        let users = self.provider().get("/Users?count=200");
        let assigned = people
            .iter()
            .filter(|person| person["assigned"] == json!(true))
            .count();
        assert!(assigned > 10, "{assigned}");
        assert_eq!(users.resources().len(), assigned);
        let managed = users
            .resources()
            .iter()
            .filter(|user| user[ENTERPRISE]["manager"]["value"].is_string());
        assert!(managed.count() > 5, "managers are set");
        let groups = self.provider().get("/Groups?count=200");
        assert!(
            groups
                .resources()
                .iter()
                .any(|group| group["members"].as_array().is_some_and(|all| all.len() > 2))
        );
        let shown = self.done(&["show"]);
        assert!(!shown.contains(&self.token) && shown.contains("••••"), "{shown}");
    }

    fn a_sync_in_test_mode_changes_nothing_and_a_live_one_makes_the_accounts(&mut self) {
        let users = self.provider().get("/Users?count=200").resources().len();
        self.meanwhile(|desk| {
            let report = desk.done(["sync"]);
            assert!(
                report.contains(&format!("{users} to create")) || report.contains("Test Mode"),
                "{report}"
            );
            assert_eq!(desk.json(["accounts", "list", "--json"])["accounts"], json!([]));
            desk.done(["settings", "set", "test-mode=false"]);
            desk.done(["sync"]);
            let accounts = desk.json(["accounts", "list", "--json"]);
            assert_eq!(accounts["accounts"].as_array().unwrap().len(), users);
        });
    }

    fn what_happens_to_people_arrives_in_incremental_cycles(&self) {
        let told = self.done(&["story", "hire-five"]);
        assert!(told.lines().count() >= 5, "{told}");
        let cycle = self.cycle();
        assert_eq!(
            (&cycle["initial"], &cycle["created"]),
            (&json!(false), &json!(5)),
            "{cycle}"
        );
        self.done(&[
            "person",
            "AdeleV@contoso.com",
            "--set",
            "jobTitle=Regional Manager",
        ]);
        let steps = self.done(&["on-demand", "AdeleV@contoso.com"]);
        for said in [
            "Import: Success",
            "Match between source and target: Success",
            "title: Retail Manager → Regional Manager",
        ] {
            assert!(steps.contains(said), "{steps}");
        }
        self.done(&["person", "AdeleV@contoso.com", "--disable"]);
        assert_eq!(self.cycle()["disabled"], json!(1));
        assert_eq!(self.active("AdeleV@contoso.com"), Some(false));
        self.done(&["person", "AdeleV@contoso.com", "--enable"]);
        assert_eq!(self.cycle()["updated"], json!(1));
        assert_eq!(self.active("AdeleV@contoso.com"), Some(true));
        let cycle = self.cycle();
        assert_eq!(
            (&cycle["imported"], &cycle["requests"]),
            (&json!(0), &json!(2)),
            "{cycle}"
        );
    }

    fn a_token_that_is_replaced_is_a_quarantine_and_the_new_one_ends_it(&mut self) {
        self.done(&[
            "set",
            "notification-email=admin@contoso.com",
            "send-notifications=true",
        ]);
        self.token = self.meanwhile(|desk| desk.done(["token", "regenerate"]));
        let output = self.practice(&["cycle"]);
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(
            output.stdout.contains("in quarantine") && output.stdout.contains("401"),
            "{output:?}"
        );
        assert!(self.done(&["show"]).contains("cannot be provisioned to"));
        let tested = self.practice(&["test"]);
        assert!(
            tested.code == Some(1) && tested.stdout.contains("InvalidCredentials"),
            "{tested:?}"
        );
        let mails = self.done(&["mails"]);
        assert!(
            mails.contains("admin@contoso.com") && mails.contains("is in quarantine"),
            "{mails}"
        );
        self.done(&["set", &format!("token={}", self.token)]);
        let output = self.practice(&["cycle"]);
        assert!(
            output.code == Some(0) && output.stdout.contains("left its quarantine"),
            "{output:?}"
        );
    }

    fn a_mass_scoping_mistake_waits_to_be_allowed(&self) {
        self.done(&["set", "deletion-threshold=3"]);
        self.done(&["story", "mass-scoping-mistake"]);
        let before = self
            .provider()
            .get("/Users?count=200&filter=active+eq+true")
            .resources()
            .len();
        let output = self.practice(&["cycle"]);
        assert_eq!(output.code, Some(1));
        assert!(output.stdout.contains("wait to be allowed"), "{output:?}");
        let after = self
            .provider()
            .get("/Users?count=200&filter=active+eq+true")
            .resources()
            .len();
        assert_eq!(after, before, "nobody was disabled");
        self.done(&["allow-deletes"]);
        let cycle = self.cycle();
        let disabled = cycle["disabled"].as_u64().unwrap();
        assert!(disabled > 3 && cycle["staged"] == json!(0), "{cycle}");
        assert!(self.done(&["show"]).contains("% of the way"));
    }

    fn a_month_later_who_was_deleted_is_gone(&self) {
        self.done(&["set", "clock=by-hand", "scope=all", "prevent-deletions=false"]);
        assert_eq!(self.cycle()["initial"], json!(true));
        self.done(&["person", "MeganB@contoso.com", "--delete"]);
        assert!(self.done(&["advance", "40m"]).contains("1 disabled"));
        assert_eq!(self.active("MeganB@contoso.com"), Some(false));
        let said = self.done(&["advance", "30d"]);
        assert!(
            said.contains("1 deleted") && said.contains("left the recycle bin"),
            "{said}"
        );
        assert_eq!(self.active("MeganB@contoso.com"), None);
    }

    fn the_log_is_exported_and_names_the_servers_events(&mut self) {
        let path = self.desk.file("practice.csv");
        let files = self.done(&[
            "log",
            "export",
            "--format",
            "csv",
            "--out",
            path.to_str().unwrap(),
        ]);
        assert_eq!(files.lines().count(), 3, "{files}");
        let path = self.desk.file("practice.json");
        self.done(&[
            "log",
            "export",
            "--format",
            "json",
            "--out",
            path.to_str().unwrap(),
        ]);
        let rows: Value = serde_json::from_reader(File::open(&path).unwrap()).unwrap();
        let deleted = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["provisioningAction"] == "delete")
            .unwrap();
        let id = deleted["requests"][0]["requestId"].as_str().unwrap().to_owned();
        let events = self.desk.file("server.jsonl");
        self.meanwhile(|desk| {
            let export = [
                "logs",
                "export",
                "--format",
                "jsonl",
                "--out",
                events.to_str().unwrap(),
            ];
            desk.done(export);
        });
        let events = std::fs::read_to_string(events).unwrap();
        let found = events.lines().find(|line| line.contains(&id));
        assert!(found.is_some_and(|line| line.contains("DELETE")), "{id}");
    }
}

#[test]
fn the_folder_is_used_by_one_process_at_a_time_and_a_bad_word_is_answered_with_a_sentence() {
    let desk = Desk::new();
    desk.done(["practice", "show"]);
    let lock = File::options()
        .append(true)
        .open(desk.data_dir().join("practice/lock"))
        .unwrap();
    lock.try_lock().unwrap();
    let said = desk.refused(3, ["practice", "show"]);
    assert!(said.contains("in use by another process"), "{said}");
    drop(lock);
    let rows: [(&[&str], &str); 6] = [
        (&["run"], "no Tenant URL"),
        (
            &["run", "--url", "https://eu.knowbe4.example/scim", "--token", "x"],
            "eu.knowbe4.example",
        ),
        (&["run", "--persona", "ping"], "okta-oin"),
        (&["story", "nothing"], "no story"),
        (&["advance", "soon"], "40m"),
        (&["on-demand", "nobody@contoso.com"], "no person"),
    ];
    for (words, sentence) in rows {
        let said = desk.refused(1, ["practice"].iter().chain(words));
        assert!(said.contains(sentence), "{words:?}: {said}");
    }
}

#[test]
fn every_persona_provisions_to_the_server_over_http() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    desk.done(["practice", "set", "scope=all", "prevent-deletions=false"]);
    for persona in [
        "okta-oin",
        "okta-aiw",
        "authentik",
        "jumpcloud",
        "onelogin",
        "generic-rfc",
        "entra-optscim062020",
        "entra-customappsso",
        "entra",
    ] {
        let run = [
            "practice",
            "run",
            "--persona",
            persona,
            "--url",
            &serving.tenant_url,
            "--token",
            &token,
        ];
        let said = desk.done(run);
        assert!(said.contains("0 failed"), "{persona}: {said}");
        desk.done([
            "practice",
            "person",
            "AdeleV@contoso.com",
            "--set",
            &format!("jobTitle=By {persona}"),
        ]);
        desk.done(["practice", "person", "AlexW@contoso.com", "--disable"]);
        desk.done(["practice", "cycle"]);
        let title = |address: &str| {
            let found = provider.find_user(address);
            found
                .resources()
                .first()
                .map(|user| (user["title"].clone(), user["active"].clone()))
        };
        assert_eq!(
            title("AdeleV@contoso.com").unwrap().0,
            json!(format!("By {persona}"))
        );
        let alex = title("AlexW@contoso.com");
        assert!(alex.is_none_or(|(_, active)| active == json!(false)), "{persona}");
        desk.done(["practice", "person", "AlexW@contoso.com", "--enable"]);
        desk.done(["practice", "cycle"]);
        assert_eq!(title("AlexW@contoso.com").unwrap().1, json!(true), "{persona}");
    }
}

/// By the RFC and as Okta: this server refuses the two forms of Entra that are in no RFC, the filter
/// `manager eq` and a `Remove` with a value.
#[test]
fn a_server_that_was_not_written_here_ends_with_the_right_people() {
    for persona in ["generic-rfc", "okta-oin"] {
        let server = Foreign::start();
        let desk = Desk::new();
        desk.done(["practice", "set", "scope=all", "prevent-deletions=false"]);
        let run = [
            "practice",
            "run",
            "--persona",
            persona,
            "--url",
            &server.url,
            "--token",
            "secret",
        ];
        let said = desk.done(run);
        assert!(said.contains("0 failed"), "{persona}: {said}");
        assert_the_same(&desk, &server, persona);
        for story in ["hire-five", "marriage", "manager-leaves", "department-merger"] {
            desk.done(["practice", "story", story]);
        }
        desk.done(["practice", "person", "AlexW@contoso.com", "--disable"]);
        let said = desk.done(["practice", "cycle"]);
        assert!(
            said.contains("Incremental") && said.contains("0 failed"),
            "{persona}: {said}"
        );
        assert_the_same(&desk, &server, persona);
    }
}

/// Name, title, department and activity of everybody are in the target as they are at the source.
fn assert_the_same(desk: &Desk, server: &Foreign, persona: &str) {
    let provider = Provider::new(&server.url, "secret");
    let users = provider.get("/Users?count=200");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let in_target: BTreeMap<String, (String, String, bool)> = users
        .resources()
        .iter()
        .map(|user| {
            let department = text(&user[ENTERPRISE]["department"]);
            let active = user["active"].as_bool().unwrap();
            (
                text(&user["userName"]).to_lowercase(),
                (text(&user["title"]), department, active),
            )
        })
        .collect();
    let people = desk.json(["practice", "people", "--json"]);
    let at_source: BTreeMap<String, (String, String, bool)> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let (person, attributes) = (&row["person"], &row["person"]["attributes"]);
            let active = person["accountEnabled"] == json!(true) && person["deleted"].is_null();
            let name = text(&attributes["userPrincipalName"]).to_lowercase();
            (
                name,
                (
                    text(&attributes["jobTitle"]),
                    text(&attributes["department"]),
                    active,
                ),
            )
        })
        .collect();
    let gone: Vec<_> = at_source
        .iter()
        .filter(|(name, _)| !in_target.contains_key(*name))
        .collect();
    assert_eq!(gone, [], "{persona}");
    for (name, here) in &at_source {
        // Whoever left keeps what they had.
        let there = &in_target[name];
        assert_eq!(there.2, here.2, "{persona}: {name}");
        assert!(
            !here.2 || there == here,
            "{persona}: {name}: {there:?} instead of {here:?}"
        );
    }
    assert_eq!(in_target.len(), at_source.len(), "{persona}");
}

/// scim2-server on a free port. Dropped, it is killed.
struct Foreign {
    child: Child,
    url: String,
}

impl Foreign {
    fn start() -> Self {
        let port = free_address().rsplit(':').next().unwrap().to_owned();
        let mut child = Command::new(tool("scim2-server"))
            .args(["--port", &port, "--bearer-token", "secret"])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(line.starts_with("Serving SCIM on "), "{line:?}");
        Self {
            child,
            url: format!("http://127.0.0.1:{port}/v2"),
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that was free a moment ago.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string()
}
