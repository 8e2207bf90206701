//! `If-Match` and `If-None-Match`: RFC 7644 §3.14, RFC 9110 §13.

use serde_json::json;

use super::Desk;

const RENAMED: &str = r#"{"Operations":[{"op":"replace","path":"displayName","value":"Adele"}]}"#;

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let desk = Desk::new();
    let (user, version) = desk
        .create("/Users", json!({ "userName": "adelev@contoso.test" }))
        .await;
    for tag in [
        &*version,
        "*",
        &format!("\"x\", {}", version.trim_start_matches("W/")),
    ] {
        let answered = desk.send_with("GET", &user, &[("if-none-match", tag)], "").await;
        assert_eq!(
            (answered.status, answered.header("etag")),
            (304, &*version),
            "{tag}"
        );
        assert!(answered.body.is_null() && answered.header("content-type").is_empty());
    }
    let other = desk
        .send_with("GET", &user, &[("if-none-match", "W/\"x\"")], "")
        .await;
    assert_eq!((other.status, other.header("etag")), (200, &*version));
}

#[tokio::test]
async fn a_write_for_another_version_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    let (user, version) = desk
        .create("/Users", json!({ "userName": "adelev@contoso.test" }))
        .await;
    let whole = r#"{"userName":"adelev@contoso.test","displayName":"Adele"}"#;
    for (method, body) in [("PATCH", RENAMED), ("PUT", whole), ("DELETE", "")] {
        for condition in [
            ("if-match", "W/\"stale\""),
            ("if-none-match", "*"),
            ("if-none-match", &version),
        ] {
            let answered = desk.send_with(method, &user, &[condition], body).await;
            assert_eq!(answered.status, 412, "{method} {condition:?}");
            assert_eq!(answered.body["status"], "412");
        }
    }
    assert_eq!(desk.send("GET", &user, "").await.header("etag"), version);
    let missing = desk
        .send_with("PATCH", "/Users/nobody", &[("if-match", "*")], RENAMED)
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn a_write_for_this_version_is_made_and_answers_with_the_next() {
    let desk = Desk::new();
    let (user, version) = desk
        .create("/Users", json!({ "userName": "adelev@contoso.test" }))
        .await;
    let patched = desk
        .send_with("PATCH", &user, &[("if-match", &version)], RENAMED)
        .await;
    assert_eq!(patched.status, 200);
    let next = patched.header("etag");
    assert_ne!(next, version);
    assert_eq!(patched.body["meta"]["version"], next);
    let again = desk
        .send_with("PATCH", &user, &[("if-match", next)], RENAMED)
        .await;
    assert_eq!(
        again.header("etag"),
        next,
        "the same values again are no new version"
    );
    let gone = desk.send_with("DELETE", &user, &[("if-match", "*")], "").await;
    assert_eq!(gone.status, 204);
}
