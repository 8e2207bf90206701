//! Sixty-four clients want the same at the same moment: one gets it, and nothing is lost.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use acceptance::wire::form_encoded;
use acceptance::{Answer, Desk, Provider};
use serde_json::json;

/// Clients at once.
const CLIENTS: usize = 64;
/// Names they fight for, one after the other.
const NAMES: usize = 5;

/// All clients send a request at the same moment; each gets its own number.
fn at_once(tenant_url: &str, token: &str, send: impl Fn(&Provider, usize) -> Answer + Sync) -> Vec<Answer> {
    let start = Barrier::new(CLIENTS);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (start, send) = (&start, &send);
                scope.spawn(move || {
                    let provider = Provider::new(tenant_url, token);
                    // The connection is there before the race begins.
                    provider.get("/ServiceProviderConfig").expect(200);
                    start.wait();
                    send(&provider, number)
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

/// The one that was told 201; all others were told 409.
fn winner(answers: &[Answer]) -> (usize, &Answer) {
    let mut winners = Vec::new();
    for (number, answer) in answers.iter().enumerate() {
        match answer.status {
            201 => winners.push((number, answer)),
            409 => assert_eq!(answer.body["scimType"], json!("uniqueness"), "{answer:?}"),
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!(winners.len(), 1, "exactly one wins");
    winners[0]
}

#[test]
fn of_sixty_four_who_create_the_same_user_one_does() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    for name in 0..NAMES {
        let answers = at_once(&serving.tenant_url, &token, |provider, number| {
            // The same name to the directory, whatever its letters.
            let name = format!("Wanted.{name}@contoso.com");
            let name = if number % 2 == 0 {
                name
            } else {
                name.to_uppercase()
            };
            let body = json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": name,
                "displayName": format!("client {number}"),
            });
            provider.send("POST", "/Users", Some(&body))
        });
        let (number, created) = winner(&answers);
        let filter = form_encoded(&format!("userName eq \"wanted.{name}@contoso.com\""));
        let found = provider.get(&format!("/Users?filter={filter}"));
        let [user] = found.resources() else {
            panic!("{found:?}");
        };
        assert_eq!(user["id"], json!(created.id()));
        assert_eq!(
            user["displayName"],
            json!(format!("client {number}")),
            "of the winner"
        );
    }
    assert_eq!(provider.get("/Users").body["totalResults"], json!(NAMES));
    serving.stop();
}

#[test]
fn of_sixty_four_who_create_the_same_group_one_does() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let answers = at_once(&serving.tenant_url, &token, |provider, number| {
        provider.create_group("Everybody", &format!("everybody-{number}"))
    });
    let (number, created) = winner(&answers);
    let provider = Provider::new(&serving.tenant_url, &token);
    let found = provider.get("/Groups");
    let [group] = found.resources() else {
        panic!("{found:?}");
    };
    assert_eq!(group["id"], json!(created.id()));
    assert_eq!(group["externalId"], json!(format!("everybody-{number}")));
    serving.stop();
}

#[test]
fn of_sixty_four_who_rename_to_the_same_name_one_does() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    let users = create_users(&provider);
    let rename = json!([{ "op": "replace", "path": "userName", "value": "wanted@contoso.com" }]);
    let answers = at_once(&serving.tenant_url, &token, |provider, number| {
        provider.patch(&format!("/Users/{}", users[number]), &rename)
    });
    let winners: Vec<&str> = answers
        .iter()
        .zip(&users)
        .filter(|(answer, _)| answer.status == 200)
        .map(|(_, id)| id.as_str())
        .collect();
    assert_eq!(winners.len(), 1, "exactly one wins");
    assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 409)));
    let found = provider.get("/Users?count=1000");
    for user in found.resources() {
        let is_winner = user["id"] == json!(winners[0]);
        assert_eq!(
            user["userName"] == json!("wanted@contoso.com"),
            is_winner,
            "{user}"
        );
    }
    serving.stop();
}

#[test]
fn sixty_four_who_join_and_leave_the_same_group_all_do() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    let users = create_users(&provider);
    let group = provider.create_group("Everybody", "everybody").expect(201).id();
    let before = provider
        .get(&format!("/Groups/{group}"))
        .header("etag")
        .to_owned();
    let joined = at_once(&serving.tenant_url, &token, |provider, number| {
        provider.add_members(&group, &users[number..=number])
    });
    assert!(joined.iter().all(|answer| answer.status == 204), "{joined:?}");
    let all: BTreeSet<String> = users.iter().cloned().collect();
    assert_eq!(members(&provider, &group), all, "every confirmed member is there");

    // Each write of the group was one version of it.
    let tags: BTreeSet<&str> = joined.iter().map(|answer| answer.header("etag")).collect();
    assert_eq!(tags.len(), CLIENTS, "no two were told the same version");
    assert!(!tags.contains(before.as_str()));

    let left = at_once(&serving.tenant_url, &token, |provider, number| match number % 2 {
        0 => provider.remove_member(&group, &users[number]),
        _ => provider.add_members(&group, &users[number..=number]),
    });
    assert!(left.iter().all(|answer| answer.status == 204), "{left:?}");
    let stayed: BTreeSet<String> = users.iter().skip(1).step_by(2).cloned().collect();
    assert_eq!(members(&provider, &group), stayed);
    for (number, user) in users.iter().enumerate() {
        let body = provider.get(&format!("/Users/{user}")).expect(200).body;
        let groups = body["groups"].as_array().map_or(0, Vec::len);
        assert_eq!(groups, number % 2, "{user} says it, too");
    }
    serving.stop();
}

fn create_users(provider: &Provider) -> Vec<String> {
    let create = |number| {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": format!("user.{number}@contoso.com"),
        });
        provider.send("POST", "/Users", Some(&body)).expect(201).id()
    };
    (0..CLIENTS).map(create).collect()
}

fn members(provider: &Provider, group: &str) -> BTreeSet<String> {
    let body = provider.get(&format!("/Groups/{group}")).expect(200).body;
    let members = body["members"].as_array().map_or(&[][..], Vec::as_slice);
    members
        .iter()
        .filter_map(|member| member["value"].as_str().map(str::to_owned))
        .collect()
}
