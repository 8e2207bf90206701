//! The settings that decide how requests are read and answered.

use serde_json::json;

use super::Desk;

const RENAMED: &str = r#"{"Operations":[{"op":"replace","path":"displayName","value":"New name"}]}"#;
const UNKNOWN: &str = r#"{"Operations":[{"op":"replace","path":"shoeSize","value":44}]}"#;

#[tokio::test]
async fn a_patch_is_answered_as_the_settings_say() {
    let desk = Desk::new();
    let (user, _) = desk
        .create("/Users", json!({ "userName": "a@contoso.test" }))
        .await;
    let (group, _) = desk.create("/Groups", json!({ "displayName": "Retail" })).await;
    for (setting, of_user, of_group) in [
        ("by-type", 200, 204),
        ("resource", 200, 200),
        ("no-content", 204, 204),
    ] {
        desk.set(&[("patch-answer", setting)]);
        for (path, status) in [(&user, of_user), (&group, of_group)] {
            let answered = desk.send("PATCH", path, RENAMED).await;
            assert_eq!(answered.status, status, "{setting} {path}");
            assert!(!answered.header("etag").is_empty(), "{setting} {path}");
            let named = desk
                .send("PATCH", &format!("{path}?attributes=displayName"), RENAMED)
                .await;
            assert_eq!(named.status, 200, "{setting} {path}, named attributes");
            assert_eq!(named.body["displayName"], "New name");
            assert!(named.body["meta"].is_null());
        }
    }
}

#[tokio::test]
async fn strict_refuses_what_is_otherwise_forgiven() {
    let desk = Desk::new();
    let (user, _) = desk
        .create("/Users", json!({ "userName": "a@contoso.test" }))
        .await;
    let unknown = r#"{"userName":"b@contoso.test","shoeSize":44}"#;
    let requests = [
        ("POST", "/Users", unknown),
        ("PUT", &user, unknown),
        ("PATCH", &user, UNKNOWN),
        ("GET", "/Users?filter=userName%20eq%20adele", ""),
    ];
    for strict in ["true", "false"] {
        desk.set(&[("strict", strict)]);
        for (method, path, body) in requests {
            let answered = desk.send(method, path, body).await;
            assert_eq!(
                answered.status == 400,
                strict == "true",
                "strict={strict}: {method} {path}: {}",
                answered.body
            );
        }
    }
}
