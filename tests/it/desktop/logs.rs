//! Through the window: a request that was refused is found, understood, replayed with what it
//! lacked; then history, activity, counts, a check of the chain and what a support bundle would hold.

use acceptance::{Desk, Provider, program};
use serde_json::json;

use super::driver::Window;

#[tokio::test(flavor = "multi_thread")]
async fn from_a_refusal_to_its_cause_and_back() {
    let desk = Desk::new();
    let token = desk.prepared();
    send(&desk, &token);
    desk.done(["settings", "set", "listen=127.0.0.1:0"]);
    let window = Window::open(program(), &desk.data_dir(), "logs").await;
    window.click("nav-logs").await;
    window.waits_for("log-row", 6).await;

    window.type_into("log-search", "sta").await;
    window.click("log-suggestion").await;
    window.type_into("log-search", "failure").await;
    window.waits_for("log-row", 1).await;
    window.says("1 of 6 events match").await;
    window.shoot("1-failures").await;
    window.click("log-row").await;
    window.click("tab-todo").await;
    window.says("To be mended in your identity provider").await;
    window.says("RFC 764").await;
    window.click("tab-request").await;
    window.says("Where it was wrong").await;
    window.shoot("2-request").await;
    window.click("log-replay").await;
    window.find("log-replay-body").await;
    window.click("log-replay-go").await;
    window.find("log-replayed").await;
    window.says("A sync would do the same with and without it.").await;
    window.shoot("3-replayed").await;
    let replayed = window.command("logs_replay", json!({
        "event": null, "person": "ann@contoso.com", "sync": null, "method": null, "path": null, "body": null, "masked": false,
    })).await;
    assert_eq!(
        replayed["ok"]["differences"].as_array().map(Vec::len),
        Some(1),
        "{replayed}"
    );
    assert_eq!(
        replayed["ok"]["requests"].as_array().map(Vec::len),
        Some(2),
        "{replayed}"
    );

    go(&window, "/logs?person=ann@contoso.com").await;
    window.find("log-history-row").await;
    window.says("History of").await;
    window.says("Baker").await;
    window.shoot("4-history").await;
    go(&window, "/logs?view=activity").await;
    window.find("activity-row").await;
    window.says("added 1 person").await;
    window.shoot("5-activity").await;
    go(&window, "/logs").await;
    window.click("log-filter-facets").await;
    window.find("log-facets").await;
    window.shoot("6-counts").await;
    window.click("log-more").await;
    window.click("log-verify").await;
    window.click("log-export-go").await;
    window.find("log-verified").await;
    window.says("none altered, none removed").await;
    window.shoot("7-verified").await;
    let parts = window.command("bundle_preview", json!(null)).await;
    assert!(parts.to_string().contains("@masked.invalid") && !parts.to_string().contains("ann@contoso"));
    window.close().await;
}

async fn go(window: &Window, address: &str) {
    window
        .script(&format!("window.location.hash = '{address}'"))
        .await;
}

fn send(desk: &Desk, token: &str) {
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, token);
    let schema = "urn:ietf:params:scim:schemas:core:2.0:User";
    let ann = json!({ "schemas": [schema], "userName": "ann@contoso.com", "active": true });
    let id = provider.send("POST", "/Users", Some(&ann)).expect(201).id();
    let title = json!([{ "op": "replace", "path": "title", "value": "Baker" }]);
    provider.patch(&format!("/Users/{id}"), &title).expect(200);
    provider
        .send("POST", "/Users", Some(&json!({ "schemas": [schema] })))
        .expect(400);
    serving.stop();
}
