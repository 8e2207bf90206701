//! The pages around the tutorial: the first run, the overview, the connection and its test, the
//! command palette and the keyboard, and the content security policy.

use acceptance::{Desk, Provider, program};
use serde_json::{Value, json};

use super::driver::Window;
use super::{check_accessibility, send_everybody};

/// From the first start to a report, in the four steps of the welcome.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_ends_on_a_report() {
    let desk = Desk::new();
    desk.done(["settings", "set", "listen=127.0.0.1:0", "quiet-seconds=3600"]);
    let window = Window::open(program(), &desk.data_dir(), "welcome").await;
    window.find("welcome-step-1").await;
    window.shoot("1-server").await;
    check_accessibility(&window, "welcome", "light").await;
    window.click("welcome-enable").await;
    window.find("welcome-step-2").await;
    window.click("welcome-token").await;
    let token = window.read("token-value").await;
    window.click("token-saved").await;
    window.click("token-ok").await;
    window.find("welcome-step-3").await;
    window.says("Waiting for its first request").await;
    window.shoot("3-provider").await;
    practise(&window, &token).await;
    window.press("Ctrl+K").await;
    window.focuses("palette-input").await;
    window.press("welcome").await;
    window.press("Enter").await;
    window.find("welcome-step-4").await;
    window.click("welcome-sync").await;
    window.find("sync-result").await;
    window.shoot("4-report").await;
    window.says("Open the report").await;
    window.click("welcome-skip").await;
    window.find("standing").await;
    window.says("4 of 5 done").await;
    window.close().await;
}

/// The practice provider is given the token, as any provider is, and sends its people.
async fn practise(window: &Window, token: &str) {
    window.click("nav-practice").await;
    window
        .type_into("practice-token-input", "scimdesk_wrong_but_long_enough")
        .await;
    window.click("practice-connect").await;
    window.says("was never one of this console").await;
    window
        .script("document.querySelector('[data-testid=practice-token-input]').select()")
        .await;
    window.type_into("practice-token-input", token).await;
    window.click("practice-connect").await;
    window.waits_for("practice-token-input", 0).await;
    window.click("practice-run").await;
    window.find("practice-result").await;
    window.says("Initial cycle").await;
    window.shoot("3-practice").await;
    check_accessibility(window, "practice", "light").await;
    window.click("tab-practice-log").await;
    window.find("practice-entry").await;
}

/// Overview and connection on real data: every chart as a table, the five steps of the test, who
/// has called, a token that was replaced, and the server stopped and started again.
#[tokio::test(flavor = "multi_thread")]
async fn the_overview_and_the_connection_tell_what_happened() {
    let desk = Desk::new();
    let old = desk.prepared();
    desk.done(["settings", "set", "listen=127.0.0.1:0", "quiet-seconds=3600"]);
    let window = Window::open(program(), &desk.data_dir(), "connection").await;
    watch_policy(&window).await;
    let regenerated = window.command("token_regenerate", Value::Null).await;
    let token = regenerated["ok"]["token"].as_str().expect("a token").to_owned();
    send_roster(&window, token).await;
    refused_with(&window, old.clone()).await;

    window.click("nav-connection").await;
    window.click("connection-test").await;
    window.says("The connection works").await;
    window.says("Look for a group").await;
    window.waits_for("sender-row", 2).await;
    window.says("1 × 401").await;
    window.shoot("1-connection").await;
    window.click("check-token").await;
    window.type_into("check-token-input", &old).await;
    window.click("check-token-act").await;
    window.says("was replaced on").await;
    window.shoot("2-old-token").await;
    window.press("Escape").await;

    window.click("server-stop").await;
    window.says("Not listening").await;
    window.click("server-start").await;
    window.says("Listening on 127.0.0.1").await;

    sync(&window).await;
    window.click("nav-overview").await;
    window.says("carried a token that is not in force").await;
    window.waits_for("attention", 1).await;
    show_tables(&window).await;
    window.says("95 of 100 within").await;
    window.shoot("3-overview-tables").await;
    assert_eq!(
        broken_policies(&window).await,
        json!([]),
        "the policy holds on these pages"
    );
    window.close().await;
}

/// Without the mouse: pages by their keys, the palette, help, a table's row and its details, and
/// settings saved.
#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_is_enough() {
    let desk = Desk::new();
    let token = desk.prepared();
    desk.done(["settings", "set", "listen=127.0.0.1:0", "quiet-seconds=3600"]);
    let window = Window::open(program(), &desk.data_dir(), "keyboard").await;
    send_roster(&window, token).await;
    window.press("Ctrl+2").await;
    window.focuses("User provisioning").await;
    window.tab_to("force-sync").await;
    window.press("Enter").await;
    window.find("sync-result").await;

    window.press("Ctrl+K").await;
    window.focuses("palette-input").await;
    window.press("adele").await;
    window.says("AdeleV@contoso.com").await;
    window.shoot("1-palette").await;
    window.press("Enter").await;
    window.focuses("Directory").await;
    window.says("Raw JSON").await;

    window.press("Ctrl+4").await;
    window.focuses("Test Mode reports").await;
    window.tab_to("report-row").await;
    window.press("Enter").await;
    window.says("19 to create").await;

    window.press("F1").await;
    window.find("help").await;
    window.shoot("2-help").await;
    window.press("Escape").await;
    window.waits_for("help", 0).await;

    window.press("Ctrl+,").await;
    window.focuses("Preferences").await;
    window.tab_to("preference-notify").await;
    window.press("Space").await;
    for _ in 0..40 {
        let state = window.command("preferences_get", Value::Null).await;
        if state["ok"]["preferences"]["notify"] == json!(false) {
            window.close().await;
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    panic!("the preference was not kept");
}

/// Where there is neither a session bus nor a status icon the application is the same without
/// them: it says why, and closing the window ends it.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_status_icon_the_window_says_why() {
    let desk = Desk::new();
    desk.done(["settings", "set", "listen=127.0.0.1:0"]);
    let window = Window::open(program(), &desk.data_dir(), "application").await;
    let state = window.command("preferences_get", Value::Null).await;
    let why = state["ok"]["noTray"].as_str().unwrap_or_default();
    assert!(why.contains("session bus"), "{state}");
    window.click("nav-preferences").await;
    window.says(why).await;
    window.click("nav-about").await;
    window.says("MIT OR Apache-2.0").await;
    window.says(&desk.data_dir().display().to_string()).await;
    window.click("nav-lessons").await;
    window.click("lesson-check-enable").await;
    window.says("Not yet: the app does not see it").await;
    window.click("tab-help-errors").await;
    window.find("known-error").await;
    window.says("invalidFilter").await;
    for (width, height) in [(1024, 700), (1280, 800)] {
        window.resize(width, height);
        for page in super::PAGES {
            window.click(&format!("nav-{page}")).await;
            window.find_css("main h1").await;
            window.shoot(&format!("empty-{page}-{width}x{height}")).await;
        }
    }
    window.close().await;
}

async fn send_roster(window: &Window, token: String) {
    let url = tenant_url(window).await;
    tokio::task::spawn_blocking(move || send_everybody(&Provider::new(&url, &token)))
        .await
        .expect("the roster is sent");
}

async fn refused_with(window: &Window, token: String) {
    let url = tenant_url(window).await;
    let status =
        tokio::task::spawn_blocking(move || Provider::new(&url, &token).get("/Users?count=1").status);
    assert_eq!(status.await.expect("it answers"), 401);
}

async fn tenant_url(window: &Window) -> String {
    let status = window.command("status_get", Value::Null).await;
    status["ok"]["tenantUrl"]
        .as_str()
        .expect("a Tenant URL")
        .to_owned()
}

async fn sync(window: &Window) {
    let run = window.command("sync_start", json!({"allowArchives": null})).await;
    assert_eq!(run["ok"]["status"], "completed", "{run}");
}

async fn show_tables(window: &Window) {
    window.find_css("figure button").await;
    window
        .script("document.querySelectorAll('figure button').forEach(button => button.click())")
        .await;
}

/// From now on everything that the content security policy stops is remembered.
async fn watch_policy(window: &Window) {
    window
        .script(
            "window.stopped = [];
             document.addEventListener('securitypolicyviolation', event =>
                 window.stopped.push(`${event.violatedDirective} ${event.blockedURI}`));",
        )
        .await;
}

async fn broken_policies(window: &Window) -> Value {
    window.script("return window.stopped").await
}
