//! Through the window: a Test Mode report, one row put on hold, Test Mode turned off, the sync
//! applied, and then undone.

use acceptance::{Desk, Provider, program};
use serde_json::{Value, json};

use super::driver::Window;
use super::gone;

#[tokio::test(flavor = "multi_thread")]
async fn from_a_report_to_a_hold_to_live_to_undo() {
    let desk = Desk::new();
    let token = desk.prepared();
    send_three(&desk, &token);
    desk.done(["settings", "set", "listen=127.0.0.1:0"]);
    let window = Window::open(program(), &desk.data_dir(), "holding").await;

    force_sync(&window).await;
    window.click("nav-reports").await;
    window.waits_for("report-row", 1).await;
    window.click("report-row").await;
    window.says("Plan: 3 to create").await;
    window.says("What happens to people").await;
    window.shoot("1-report").await;
    window.click("hold").await;
    window.find("release").await;
    window.shoot("2-on-hold").await;
    window.click("nav-reports").await;
    window.click("holds").await;
    window.waits_for("hold-row", 1).await;
    window.shoot("3-holds").await;
    close_dialog(&window).await;

    go_live(&window).await;
    force_sync(&window).await;
    assert_eq!(active(&window).await, 2, "the one on hold was not made");
    ask_why(&window, "ann@contoso.com").await;

    window.click("report-row").await;
    window.says("Plan: 2 to create").await;
    window.click("tab-held").await;
    window.says("On hold in this sync.").await;
    window.shoot("5-live-report").await;
    window.click("undo").await;
    window.says("2 changes are taken back").await;
    window.shoot("6-undo").await;
    window.click("confirm-ok").await;
    window.says("This is the undo of sync 2").await;
    window.shoot("7-undone").await;
    assert_eq!(active(&window).await, 0, "the console is as it was");
    let saved = window.command("settings_get", Value::Null).await;
    assert_eq!(
        saved["ok"]["testMode"], true,
        "or the next sync would do it again"
    );
    window.close().await;
}

fn send_three(desk: &Desk, token: &str) {
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, token);
    for name in ["ann", "ben", "cho"] {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": format!("{name}@contoso.com"),
        });
        provider.send("POST", "/Users", Some(&body)).expect(201);
    }
    serving.stop();
}

async fn force_sync(window: &Window) {
    window.click("nav-provisioning").await;
    window.click("force-sync").await;
    window.find("sync-result").await;
}

/// The confirmation shows the newest report's numbers, and what is on hold.
async fn go_live(window: &Window) {
    window.click("nav-provisioning").await;
    window.click("switch-test-mode").await;
    window.click("save-changes").await;
    window.says("3 created").await;
    window.says("1 object on hold now").await;
    window.find("confirm-ok").await;
    window.shoot("4-go-live").await;
    window.click("confirm-ok").await;
    gone(window, "save-bar").await;
}

/// The question about one address.
async fn ask_why(window: &Window, address: &str) {
    window.click("nav-reports").await;
    window.click("why-not").await;
    window.type_into("why-not-address", address).await;
    window.click("why-not-ask").await;
    window.says("The identity provider sent").await;
    close_dialog(window).await;
}

async fn close_dialog(window: &Window) {
    window
        .script_async(
            "const done = arguments[0];
             [...document.querySelectorAll('[role=dialog] button')].find(button => button.textContent === 'Close').click();
             const look = () => document.querySelector('[role=dialog]') ? setTimeout(look, 50) : done(true);
             look();",
        )
        .await;
}

async fn active(window: &Window) -> u64 {
    let request = json!({"search": "", "state": "active", "managedBy": null, "offset": 0, "limit": 1});
    let accounts = window.command("accounts_list", request).await;
    accounts["ok"]["total"].as_u64().expect("a number")
}
