//! What was answered stays: through a restart, and through the end of the process at any moment.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;

use acceptance::contoso::people;
use acceptance::{Answer, Desk, Provider};
use serde_json::{Value, json};

/// How often the process is killed.
const KILLS: usize = 15;

#[test]
fn a_restart_keeps_everything() {
    let desk = Desk::new();
    let token = desk.prepared();
    desk.done(["settings", "set", "guard-rail-percent=35", "test-mode=false"]);
    let serving = desk.serve();
    let first_url = serving.tenant_url.clone();
    let mut provider = Provider::new(&first_url, &token);
    let people = &people()[..3];
    let users: Vec<String> = people
        .iter()
        .map(|person| provider.create_user(person).expect(201).id())
        .collect();
    let group = provider.create_group("Retail", "8aa1a0c0-1").expect(201).id();
    provider.add_members(&group, &users).expect(204);
    serving.stop();
    desk.done(["sync"]);

    let commands: [&[&str]; 5] = [
        &["settings", "show"],
        &["accounts", "list", "--json"],
        &["reports", "list"],
        &["reports", "show", "1", "--format", "json"],
        &["token", "status"],
    ];
    let shown = || commands.map(|words| desk.done(words));
    let before = shown();
    let log = exported_log(&desk);
    let resources = |provider: &Provider| {
        let users = users
            .iter()
            .map(|id| provider.get(&format!("/Users/{id}")).expect(200).body);
        let group = provider.get(&format!("/Groups/{group}")).expect(200).body;
        // The port is another one after a restart; the addresses in the answers say so.
        users
            .chain([group])
            .map(|body| without_addresses(body).to_string())
            .collect::<Vec<_>>()
    };

    let serving = desk.serve();
    assert_eq!(
        tenant(&serving.tenant_url),
        tenant(&first_url),
        "the Tenant URL's id stays"
    );
    serving.stop();
    assert_eq!(shown(), before);
    assert_eq!(exported_log(&desk), log);

    let serving = desk.serve();
    provider.set_tenant_url(&serving.tenant_url);
    let once = resources(&provider);
    serving.stop();
    let serving = desk.serve();
    provider.set_tenant_url(&serving.tenant_url);
    assert_eq!(resources(&provider), once, "the token still works, too");
    serving.stop();
}

#[test]
fn a_kill_right_after_an_answer_keeps_what_was_answered() {
    let desk = Desk::new();
    let token = desk.prepared();
    let mut acknowledged = Acknowledged::default();
    for round in 0..KILLS {
        // If the store did not open, there would be no first line.
        let serving = desk.serve();
        let provider = Provider::new(&serving.tenant_url, &token);
        acknowledged.are_there(&provider);
        let (answers, answered) = mpsc::channel();
        thread::scope(|scope| {
            let writer = &provider;
            scope.spawn(move || write_until_it_dies(writer, round, &answers));
            // Every round ends at another moment of the writer's work.
            let early: Vec<_> = answered.iter().take(round % 5).collect();
            acknowledged.users.extend(early);
            acknowledged.write_one_of_each(&provider, round);
            assert!(!serving.kill().success());
            acknowledged.users.extend(answered.iter());
        });
    }
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    acknowledged.are_there(&provider);
    assert!(acknowledged.users.len() > KILLS);
    serving.stop();
}

#[test]
fn an_interrupt_and_a_termination_stop_cleanly() {
    let desk = Desk::new();
    let token = desk.prepared();
    for signal in ["INT", "TERM"] {
        let serving = desk.serve();
        let provider = Provider::new(&serving.tenant_url, &token);
        // The provider keeps its connection; a stop must not wait for it.
        provider.find_user("nobody@contoso.com").expect(200);
        let said = serving.signalled(signal);
        assert!(said.contains("Everything that was answered is stored."), "{said}");
    }
}

/// What the server has confirmed.
#[derive(Default)]
struct Acknowledged {
    /// Id and displayName.
    users: Vec<(String, String)>,
    /// Id and members.
    group: Option<(String, Vec<String>)>,
}

impl Acknowledged {
    /// A create, a change and a membership. The kill comes directly after the last of the three
    /// kinds, each in its turn.
    fn write_one_of_each(&mut self, provider: &Provider, round: usize) {
        let name = format!("main-{round}");
        let mut steps = [Write::Create, Write::Change, Write::Join];
        // The first round has nobody to change and no group to join yet.
        steps.rotate_left(if round == 0 { 0 } else { round % 3 });
        for step in steps {
            match step {
                Write::Create => self
                    .users
                    .push(create(provider, &name).expect("the server is there")),
                Write::Change => self.change_the_newest(provider, round),
                Write::Join => self.let_the_newest_join(provider),
            }
        }
    }

    fn change_the_newest(&mut self, provider: &Provider, round: usize) {
        let newest = self.users.last_mut().unwrap();
        newest.1 = format!("Changed in round {round}");
        let operations = json!([{ "op": "Replace", "path": "displayName", "value": newest.1 }]);
        provider
            .patch(&format!("/Users/{}", newest.0), &operations)
            .expect(200);
    }

    fn let_the_newest_join(&mut self, provider: &Provider) {
        let (group, members) = self.group.get_or_insert_with(|| {
            let group = provider.create_group("Everybody", "8aa1a0c0-2").expect(201);
            (group.id(), Vec::new())
        });
        let newest = self.users.last().unwrap().0.clone();
        provider
            .add_members(group, std::slice::from_ref(&newest))
            .expect(204);
        if !members.contains(&newest) {
            members.push(newest);
        }
    }

    fn are_there(&self, provider: &Provider) {
        for (id, name) in &self.users {
            let user = provider.get(&format!("/Users/{id}")).expect(200);
            assert_eq!(user.body["displayName"], json!(name), "{id} was acknowledged");
        }
        if let Some((group, members)) = &self.group {
            let stored = provider.get(&format!("/Groups/{group}")).expect(200);
            let stored = stored.body["members"].as_array().cloned().unwrap_or_default();
            for member in members {
                assert!(
                    stored.iter().any(|one| one["value"] == json!(member)),
                    "the membership of {member} was acknowledged"
                );
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Write {
    Create,
    Change,
    Join,
}

/// Creates users one after the other and reports each that was acknowledged.
fn write_until_it_dies(provider: &Provider, round: usize, answers: &mpsc::Sender<(String, String)>) {
    let created = (0..).map_while(|place| create(provider, &format!("writer-{round}-{place}")));
    for user in created {
        answers.send(user).unwrap();
    }
}

/// Creates a user. `None` if the server died before it answered.
fn create(provider: &Provider, name: &str) -> Option<(String, String)> {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": format!("{name}@contoso.com"),
        "displayName": name,
    });
    let answer: Answer = provider.try_send("POST", "/Users", Some(&body)).ok()?;
    Some((answer.expect(201).id(), name.to_owned()))
}

fn exported_log(desk: &Desk) -> String {
    let path = desk.file("log.jsonl");
    let words = ["logs", "export", "--format", "jsonl", "--out"].map(Into::into);
    desk.done(words.into_iter().chain([path.clone().into_os_string()]));
    std::fs::read_to_string(path).unwrap()
}

fn tenant(tenant_url: &str) -> &str {
    tenant_url.trim_end_matches('/').rsplit('/').next().unwrap()
}

/// A resource without the URLs in it.
fn without_addresses(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            object.retain(|key, _| key != "location" && key != "$ref");
            for value in object.values_mut() {
                *value = without_addresses(value.take());
            }
        }
        Value::Array(items) => {
            for value in items {
                *value = without_addresses(value.take());
            }
        }
        _ => {}
    }
    value
}

#[test]
fn a_client_that_never_finishes_does_not_keep_the_server() {
    let desk = Desk::new();
    desk.prepared();
    let serving = desk.serve();
    let authority = serving.tenant_url.split('/').nth(2).unwrap().to_owned();
    let mut socket = TcpStream::connect(authority).unwrap();
    socket
        .write_all(b"POST /scim/v2/x/Users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        .unwrap();
    let said = serving.stop();
    assert!(said.contains("Stopped"), "{said}");
}
