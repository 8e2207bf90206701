//! What is replayed never reaches the console, and shows what it would do.

use provisioning::journal::export::unwatched;
use serde_json::json;

use super::*;
use crate::tests::Desk;

fn of(desk: &Desk, selection: &Selection, edit: &Edit) -> Outcome {
    replay(&desk.engine, selection, edit, &mut unwatched).unwrap()
}

fn user(name: &str) -> serde_json::Value {
    json!({ "userName": format!("{name}@contoso.example"), "displayName": name, "active": true })
}

/// Everything that a replay must not change.
fn state(desk: &Desk) -> String {
    let users: Vec<_> = desk
        .engine
        .directory()
        .all(Kind::User)
        .map(Result::unwrap)
        .collect();
    let accounts = desk.engine.accounts("").unwrap();
    let log = desk.engine.journal().count().unwrap();
    let runs = desk.engine.reports().list(None, 0, 10).unwrap().0;
    format!("{users:?} {accounts:?} {log} {runs}")
}

#[tokio::test]
async fn a_request_is_tried_on_a_copy_as_it_was_and_edited() {
    let desk = Desk::new();
    let (path, _) = desk.create("/Users", user("ana")).await;
    let wrong = json!({ "Operations": [{ "op": "replace", "path": "actve", "value": false }] });
    let body = json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
    desk.set(&[("strict", "true")]);
    desk.send("PATCH", &path, wrong.to_string()).await;
    let before = state(&desk);
    let event = desk.logged("action:patch").remove(0);
    assert_eq!(event.exchange.as_ref().unwrap().status, 400);
    let selection = Selection::Request(event.id);

    let same = of(&desk, &selection, &Edit::default());
    let now = same.requests[0].now.as_ref().unwrap();
    assert_eq!(now.exchange.as_ref().unwrap().status, 400);
    assert!(same.new_rows.is_empty() && same.before.summary().contains("1 to create"));

    let edit = Edit {
        body: Some(body.to_string()),
        ..Edit::default()
    };
    let better = of(&desk, &selection, &edit);
    let now = better.requests[0].now.as_ref().unwrap();
    assert_eq!(now.exchange.as_ref().unwrap().status, 200, "{}", now.reason);
    assert_eq!(now.modified[0].path, "active");
    assert!(better.after.test_mode && !better.after.applied);
    assert!(
        !better.after.summary().contains("1 to create"),
        "{}",
        better.after.summary()
    );
    assert_eq!(state(&desk), before);
    let left = std::fs::read_dir(desk.engine.data_dir()).unwrap();
    assert!(
        left.flatten()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with("scratch-"))
    );
}

#[tokio::test]
async fn a_persons_history_begins_without_them() {
    let desk = Desk::new();
    let (path, _) = desk.create("/Users", user("ana")).await;
    desk.create("/Users", user("ben")).await;
    for title in ["Baker", "Head of Baking"] {
        let body = json!({ "Operations": [{ "op": "replace", "path": "title", "value": title }] });
        assert_eq!(desk.send("PATCH", &path, body.to_string()).await.status, 200);
    }
    let before = state(&desk);
    let person = desk.engine.person("ANA@contoso.example").unwrap();
    let outcome = of(&desk, &Selection::Person(person), &Edit::default());
    let told: Vec<_> = outcome
        .requests
        .iter()
        .map(|one| {
            let now = one.now.as_ref().unwrap();
            (now.action.as_str(), now.exchange.as_ref().unwrap().status)
        })
        .collect();
    assert_eq!(
        told,
        [("POST User", 201), ("PATCH User", 200), ("PATCH User", 200)]
    );
    let new = outcome.requests[2].now.as_ref().unwrap();
    assert_ne!(
        new.target, outcome.requests[2].then.target,
        "the copy gave another id"
    );
    assert_eq!(new.modified[0].after.as_deref(), Some("Head of Baking"));
    assert_eq!(outcome.new_rows.len(), 1, "without her, and with her again");
    assert_eq!(state(&desk), before);
}

#[tokio::test]
async fn a_sync_is_what_came_before_it() {
    let desk = Desk::new();
    desk.create("/Users", user("ana")).await;
    desk.engine.sync(Trigger::Forced, None).unwrap();
    let (path, _) = desk.create("/Users", user("ben")).await;
    desk.send("GET", &path, "").await;
    desk.engine.sync(Trigger::Forced, None).unwrap();
    desk.create("/Users", user("cleo")).await;
    let outcome = of(&desk, &Selection::Sync(2), &Edit::default());
    let sent: Vec<_> = outcome
        .requests
        .iter()
        .map(|one| one.then.identity.as_str())
        .collect();
    assert_eq!(
        sent,
        ["ben@contoso.example"],
        "only what is between the two, and writes"
    );
    let status = outcome.requests[0]
        .now
        .as_ref()
        .unwrap()
        .exchange
        .as_ref()
        .unwrap()
        .status;
    assert_eq!(status, 409, "he is there already");
    let missing = replay(
        &desk.engine,
        &Selection::Sync(9),
        &Edit::default(),
        &mut unwatched,
    );
    assert!(matches!(missing, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn what_the_log_does_not_have_is_not_guessed() {
    let desk = Desk::new();
    desk.set(&[("capture-bodies", "false")]);
    desk.create("/Users", user("ana")).await;
    let event = desk.logged("action:post").remove(0);
    let exchange = event.exchange.as_ref().unwrap();
    let text = serde_json::to_string(&event).unwrap();
    assert!(
        exchange.request_body.as_ref().unwrap().starts_with("(not kept"),
        "{text}"
    );
    assert!(
        exchange.response_body.as_ref().unwrap().starts_with("(not kept"),
        "{text}"
    );
    assert_eq!(event.modified.len(), 3, "what was changed is still told");
    let outcome = of(&desk, &Selection::Request(event.id), &Edit::default());
    assert!(outcome.requests[0].now.is_none() && outcome.requests[0].remark.contains("not in the log"));
    let admin = desk.logged("is:admin").remove(0);
    let none = replay(
        &desk.engine,
        &Selection::Request(admin.id),
        &Edit::default(),
        &mut unwatched,
    );
    assert!(matches!(none, Err(Error::Invalid { .. })));
}
