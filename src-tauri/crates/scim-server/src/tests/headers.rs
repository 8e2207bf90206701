//! What every answer carries besides its body.

use std::collections::BTreeSet;

use serde_json::json;

use super::Desk;

#[tokio::test]
async fn every_answer_is_named_as_the_log_names_it() {
    let desk = Desk::new();
    let large = " ".repeat(5 * 1024 * 1024 + 1);
    let mut seen = BTreeSet::new();
    for (method, path, body, status) in [
        ("GET", "/Users", "", 200),
        ("HEAD", "/Users", "", 200),
        ("POST", "/Users", r#"{"userName":"a@contoso.test"}"#, 201),
        ("POST", "/Users", "{", 400),
        ("POST", "/Users", &large, 413),
        ("GET", "/Nowhere", "", 404),
        ("PUT", "/Users", "{}", 405),
        ("GET", "/Me", "", 501),
    ] {
        let answered = desk.send(method, path, body.to_owned()).await;
        assert_eq!(answered.status, status, "{method} {path}");
        assert_eq!(answered.header("content-type"), "application/scim+json");
        let id = answered.header("x-request-id").to_owned();
        let events = desk.logged(&format!("request:{id}"));
        assert_eq!(events.len(), 1, "{method} {path} is logged as {id}");
        assert_eq!(events[0].exchange.as_ref().unwrap().status, status);
        assert!(seen.insert(id), "no two requests have one name");
    }
}

#[tokio::test]
async fn a_405_says_what_there_is() {
    let desk = Desk::new();
    let (user, _) = desk
        .create("/Users", json!({ "userName": "a@contoso.test" }))
        .await;
    for (method, path, allow) in [
        ("PUT", "/Users", "GET, HEAD, POST"),
        ("POST", &*user, "GET, HEAD, PUT, PATCH, DELETE"),
        ("GET", "/Groups/.search", "POST"),
        ("GET", "/.search", "POST"),
        ("GET", "/Bulk", "POST"),
        ("DELETE", "/ServiceProviderConfig", "GET, HEAD"),
        ("POST", "/Schemas", "GET, HEAD"),
        ("PATCH", "/ResourceTypes/User", "GET, HEAD"),
        ("POST", "", "GET, HEAD"),
    ] {
        let answered = desk.send(method, path, "{}").await;
        assert_eq!(answered.status, 405, "{method} {path}");
        assert_eq!(answered.header("allow"), allow, "{method} {path}");
    }
    assert_eq!(desk.send("GET", "/Users", "").await.header("allow"), "");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let desk = Desk::new();
    desk.set(&[("rate-limit", "1")]);
    assert_eq!(desk.send("GET", "/Users", "").await.status, 200);
    let refused = desk.send("GET", "/Users", "").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.body["status"], "429");
    assert_eq!(refused.header("retry-after"), "1");
    let events = desk.logged("http:429");
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].change_id, refused.header("x-request-id"));
    desk.set(&[("rate-limit", "none")]);
    assert_eq!(desk.send("GET", "/Users", "").await.status, 200);
}

#[tokio::test]
async fn a_compressed_body_is_refused_with_the_reason() {
    let desk = Desk::new();
    let answered = desk
        .send_with("POST", "/Users", &[("content-encoding", "gzip")], "\u{1f}")
        .await;
    assert_eq!(answered.status, 415);
    assert!(answered.body["detail"].as_str().unwrap().contains("gzip"));
}

#[tokio::test]
async fn the_log_says_who_asked_and_how_it_knows() {
    let desk = Desk::new();
    desk.send_with("GET", "/Users", &[("user-agent", "Okta SCIM Client 1.0.0")], "")
        .await;
    let events = desk.logged("client:okta");
    let client = events[0].client.as_ref().unwrap();
    assert_eq!(client.reason, "The User-Agent is \"Okta SCIM Client 1.0.0\".");
}

#[tokio::test]
async fn what_was_forgiven_around_the_body_is_noted() {
    let desk = Desk::new();
    let json = "application/json; charset=utf-8";
    let rows = [
        ("/Users", json, ""),
        ("/Users", "application/x-www-form-urlencoded", "content-type"),
        ("/users", "", "address-spelling content-type"),
        ("//Users", json, "address-spelling"),
    ];
    for (number, (path, content_type, quirks)) in rows.into_iter().enumerate() {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": format!("{number}@contoso.test"),
        });
        let headers = [("content-type", content_type)];
        let headers = if content_type.is_empty() {
            &[]
        } else {
            &headers[..]
        };
        let answered = desk.send_with("POST", path, headers, body.to_string()).await;
        assert_eq!(answered.status, 201, "{path} {content_type}");
        let event = &desk.logged(&format!("request:{}", answered.header("x-request-id")))[0];
        let noted: BTreeSet<_> = event.notes.iter().map(|note| note.quirk.name()).collect();
        let noted: Vec<_> = noted.into_iter().collect();
        assert_eq!(noted.join(" "), quirks, "{path} {content_type}");
    }
}
