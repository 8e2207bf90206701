//! The initial cycle of a provider: everybody is looked for and created, then the groups, then
//! the memberships, as many per request as Entra sends.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::load::{self, CONNECTIONS, Connection};
use crate::people::{self, Filled};

/// Users of the cycle.
pub(crate) const USERS: usize = 10_000;
const GROUPS: usize = 20;
const MEMBERS_AT_ONCE: usize = 20;

/// Runs the cycle against an empty directory.
pub(crate) fn run(address: SocketAddr, empty: &Filled) -> Duration {
    let began = Instant::now();
    let users = created(address, USERS, |place| {
        let name = people::user_name(place);
        let query = empty.filter(&format!("userName eq \"{name}\""));
        (query, empty.request("POST", "/Users", Some(&people::user(place))))
    });
    let groups = created(address, GROUPS, |place| {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
            "displayName": format!("Department {place}"),
            "externalId": format!("group{place}"),
        });
        let query = format!(
            "/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Department%20{place}%22"
        );
        (
            empty.request("GET", &query, None),
            empty.request("POST", "/Groups", Some(&body)),
        )
    });
    let patches = users
        .chunks(MEMBERS_AT_ONCE)
        .enumerate()
        .map(|(number, members)| {
            let path = format!("/Groups/{}", groups[number % GROUPS]);
            empty.request("PATCH", &path, Some(&people::add_members(members)))
        });
    let patches = Rc::new(RefCell::new(patches.collect::<Vec<_>>()));
    load::on_one_thread(CONNECTIONS, |_| {
        let patches = Rc::clone(&patches);
        async move {
            let mut connection = Connection::open(address).await;
            loop {
                let next = patches.borrow_mut().pop();
                let Some(patch) = next else { return };
                assert_eq!(connection.send(&patch).await.status, 204);
            }
        }
    });
    began.elapsed()
}

/// Asks for each of `count` and creates it; returns the ids.
fn created(address: SocketAddr, count: usize, both: impl Fn(usize) -> (Vec<u8>, Vec<u8>)) -> Vec<String> {
    let requests: Rc<Vec<_>> = Rc::new((0..count).map(both).collect());
    let (place, ids) = (Rc::new(RefCell::new(0)), Rc::new(RefCell::new(Vec::new())));
    load::on_one_thread(CONNECTIONS, |_| {
        let (place, ids, requests) = (Rc::clone(&place), Rc::clone(&ids), Rc::clone(&requests));
        async move {
            let mut connection = Connection::open(address).await;
            loop {
                let mine = place.replace_with(|place| *place + 1);
                let Some((query, create)) = requests.get(mine) else {
                    return;
                };
                assert_eq!(connection.send(query).await.status, 200);
                let answer = connection.send(create).await;
                assert_eq!(answer.status, 201);
                let text = std::str::from_utf8(answer.body).unwrap();
                let (_, rest) = text.split_once("\"id\":\"").unwrap();
                ids.borrow_mut().push(rest[..36].to_owned());
            }
        }
    });
    ids.take()
}
