//! What was answered stays through a restart, and the server stops when it is asked to. What
//! happens where it is not asked is in [`crash`](crate::crash).

use std::io::Write as _;
use std::net::TcpStream;

use acceptance::contoso::people;
use acceptance::{Desk, Provider};
use serde_json::Value;

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
