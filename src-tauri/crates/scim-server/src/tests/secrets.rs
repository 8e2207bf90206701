//! No way of sending a password leads into the log.

use provisioning::journal::Query;
use provisioning::journal::export::{Export, Format, unwatched};
use serde_json::json;

use super::Desk;

const SECRET: &str = "1mz050nq";
const OTHER: &str = "7hq231xk";

impl Desk {
    /// Everything the log has: the events as stored, and every export of them.
    fn whole_log(&self) -> String {
        let events = self.logged("");
        let mut all = serde_json::to_string(&events).unwrap();
        let query = Query::parse("", self.engine.now()).unwrap();
        let dir = tempfile::tempdir().unwrap();
        // An archive holds the three files of CSV, deflated.
        for format in Format::ALL.into_iter().filter(|format| *format != Format::CsvZip) {
            let path = dir.path().join(format!("log.{}", format.extension()));
            let export = Export::of(query.clone(), format);
            let exported = self
                .engine
                .journal()
                .export(&export, &path, &mut unwatched)
                .unwrap();
            for file in exported.files {
                all.push_str(&std::fs::read_to_string(file).unwrap());
            }
        }
        all
    }
}

#[tokio::test]
async fn a_password_is_in_no_part_of_an_event_and_in_no_export() {
    let change = |operation: serde_json::Value| json!({ "Operations": [operation] }).to_string();
    let undeclared = json!({
        "userName": "extended",
        "urn:example:own": { "password": SECRET, "text": format!("{{\"password\":\"{SECRET}\"}}") },
    });
    let filters = [
        format!("password eq \"{SECRET}\""),
        format!("Password eq {SECRET}"),
        format!("password eq '{SECRET} {OTHER}'"),
        format!("password = \"{SECRET}\""),
        format!("password \"{SECRET}"),
        format!("password eq \"{SECRET}\" and"),
        format!("title pr and password[value eq \"{SECRET}\"]"),
        format!("emails[password eq \"{SECRET}\"].value eq \"{OTHER}\""),
    ];
    let mut rows = Vec::new();
    for filter in &filters {
        let encoded: String =
            percent_encoding::utf8_percent_encode(filter, percent_encoding::NON_ALPHANUMERIC).collect();
        for path in ["/Users", "/Groups", ""] {
            rows.push(("GET", format!("{path}?filter={encoded}"), String::new()));
            let body = json!({ "filter": filter }).to_string();
            rows.push(("POST", format!("{path}/.search"), body));
        }
        let body = change(json!({ "op": "replace", "path": filter, "value": OTHER }));
        rows.push(("PATCH", "/Users/{id}".to_owned(), body));
    }
    for operation in [
        json!({ "op": "replace", "path": format!("password[value eq \"{SECRET}\"]"), "value": OTHER }),
        json!({ "op": "replace", "value": format!("{{\"password\":\"{SECRET}\"}}") }),
        json!({ "op": "replace", "value": format!("{{\"p\\u0061ssword\":\"{SECRET}\"}}") }),
        json!({ "op": "replace", "value": format!("{{\"password\":\"{SECRET}") }),
        json!({ "op": "replace", "path": "password", "value": { "value": SECRET } }),
        json!({ "op": "add", "path": "urn:example:own", "value": { "password": SECRET } }),
        json!({ "op": "add", "path": "title", "value": format!("the password: {SECRET}") }),
        json!({ "op": SECRET, "path": "password", "value": SECRET }),
    ] {
        rows.push(("PATCH", "/Users/{id}".to_owned(), change(operation)));
    }
    rows.push(("POST", "/Users".to_owned(), undeclared.to_string()));
    rows.push((
        "POST",
        "/Users".to_owned(),
        format!("{{\"p\\u0061ssword\":\"{SECRET}\""),
    ));
    rows.push((
        "POST",
        "/Users".to_owned(),
        json!({ "userName": SECRET, "password": SECRET }).to_string(),
    ));
    rows.push(("GET", format!("/password%20eq%20%22{SECRET}%22"), String::new()));
    let desk = Desk::new();
    let (user, _) = desk.create("/Users", json!({ "userName": "adele" })).await;

    let sent = 2 * rows.len() as u64;
    for (method, path, body) in rows {
        let path = path.replace("/Users/{id}", &user);
        desk.send(method, &path, body.clone()).await;
        let operation = json!({
            "method": method, "path": path, "bulkId": "one",
            "data": serde_json::from_str::<serde_json::Value>(&body).unwrap_or_default(),
        });
        let bulk = json!({ "Operations": [operation] }).to_string();
        desk.send("POST", "/Bulk", bulk).await;
    }
    assert!(desk.logged("")[0].id > sent, "all of it is in the log");
    let log = desk.whole_log();
    for secret in [SECRET, OTHER] {
        if let Some(at) = log.find(secret) {
            let around = &log.as_bytes()[at.saturating_sub(600)..at + 100];
            panic!("it is told: {}", String::from_utf8_lossy(around));
        }
    }
}

#[tokio::test]
async fn what_only_looks_like_a_password_is_kept() {
    let desk = Desk::new();
    desk.create("/Groups", json!({ "displayName": "Password Admins" }))
        .await;
    let event = &desk.logged("")[0];
    assert_eq!(event.identity, "Password Admins");
    let exchange = event.exchange.as_ref().unwrap();
    assert!(
        exchange
            .response_body
            .as_ref()
            .unwrap()
            .contains("Password Admins")
    );
    assert!(
        exchange
            .request_body
            .as_ref()
            .unwrap()
            .contains("Password Admins")
    );
}
