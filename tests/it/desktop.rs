//! The tutorial through the window: the real application, its real store and server, driven as
//! a person would, with the requests of an identity provider coming in over HTTP meanwhile.

mod driver;
mod holding;
mod logs;
mod pages;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use acceptance::{Desk, Provider, contoso, program};
use serde_json::{Value, json};

use driver::Window;

#[tokio::test(flavor = "multi_thread")]
async fn the_tutorial_through_the_window() {
    let desk = Desk::new();
    // A port nobody else has; all other settings are made in the window.
    desk.done(["settings", "set", "listen=127.0.0.1:0", "quiet-seconds=3600"]);
    let window = Window::open(program(), &desk.data_dir(), "tutorial").await;

    enable_scim(&window).await;
    let token = generate_token(&window).await;
    send_the_roster(&window, &token).await;
    read_the_test_mode_report(&window).await;
    turn_test_mode_off(&window).await;
    let accounts = window
        .command(
            "accounts_list",
            json!({"search": "", "state": null, "managedBy": null, "offset": 0, "limit": 200}),
        )
        .await;
    assert_eq!(
        accounts["ok"]["total"], 19,
        "everybody has an account: {accounts}"
    );
    import_accounts(&window, &desk).await;
    export_the_log(&window, &desk).await;
    answer_strictly(&window, &token).await;
    revoke_the_token(&window, &token).await;
    choose_columns(&window).await;
    shoot_every_page(&window).await;
    window.close().await;
}

/// A backup, and the same back in place: the application starts again by itself, with its data.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_through_the_window_starts_the_application_again() {
    let desk = Desk::new();
    desk.done(["settings", "set", "listen=127.0.0.1:0", "quiet-seconds=77"]);
    let window = Window::open(program(), &desk.data_dir(), "restore").await;
    let archive = desk.file("all.jsonl");
    window.click("nav-provisioning").await;
    window.click("data-back-up").await;
    window.answer_dialog("Back up all data", &archive);
    window.says("Backed up").await;
    window.shoot("1-backed-up").await;
    window.click("data-restore").await;
    window.answer_dialog("Restore a backup", &archive);
    window.click("confirm-ok").await;
    window.says("starts again").await;

    let is_kept = || {
        let entries = std::fs::read_dir(desk.data_dir()).expect("the data directory");
        let mut names = entries.map(|entry| entry.expect("an entry").file_name());
        names.any(|name| name.to_string_lossy().starts_with("store.before-"))
    };
    for _ in 0..240 {
        if is_kept() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    assert!(is_kept(), "the next start has put the other data in place");
    let said = desk.refused(3, ["settings", "show"]);
    assert!(said.contains("in use"), "it is running: {said}");
    drop(window);
    for _ in 0..120 {
        let shown = desk.run(["settings", "show"]);
        if shown.code == Some(0) {
            assert!(shown.stdout.contains("77"), "{shown:?}");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    panic!("the application ends with its screen");
}

/// Steps 3 to 5 and 9 of the tutorial: enable, choose SCIM, look at the settings, save.
async fn enable_scim(window: &Window) {
    window.click("nav-provisioning").await;
    window.click("switch-enabled").await;
    window.click("service-scim").await;
    window.find("save-bar").await;
    window.says("Enable User Provisioning (User Syncing)").await;
    window.shoot("1-unsaved").await;
    window.click("save-changes").await;
    gone(window, "save-bar").await;
    let saved = window.command("settings_get", Value::Null).await;
    assert_eq!(saved["ok"]["enabled"], true);
    assert_eq!(saved["ok"]["service"], "SCIM");
    assert_eq!(
        saved["ok"]["testMode"], true,
        "Test Mode is on when SCIM was chosen"
    );
}

/// Step 6: the token is shown once, and nowhere afterwards.
async fn generate_token(window: &Window) -> String {
    if !window.has("token-generate").await {
        window.click("scim-settings-toggle").await;
    }
    window.click("token-generate").await;
    let token = window.read("token-value").await;
    assert!(token.starts_with("scimdesk_"), "{token}");
    window.shoot("2-token").await;
    window.click("token-saved").await;
    window.click("token-ok").await;
    gone(window, "token-value").await;
    window.find("token-display").await;
    assert!(
        !window.source().await.contains(&token),
        "the token has left the page"
    );
    for command in ["token_status", "settings_get", "status_get"] {
        let answer = window.command(command, Value::Null).await;
        assert!(
            !answer.to_string().contains(&token),
            "{command} tells the token again"
        );
    }
    let again = window.command("token_generate", Value::Null).await;
    assert_eq!(
        again["error"]["code"], "conflict",
        "a second one is regenerated, not generated: {again}"
    );
    token
}

/// The identity provider's half, over HTTP with the token.
async fn send_the_roster(window: &Window, token: &str) {
    let url = window.read("tenant-url").await;
    let token = token.to_owned();
    tokio::task::spawn_blocking(move || {
        let provider = Provider::new(&url, &token);
        provider.test_connection();
        send_everybody(&provider);
    })
    .await
    .expect("the roster is sent");
}

/// People first, then groups, then who is in them: the order of a provisioning cycle.
fn send_everybody(provider: &Provider) {
    let ids: HashMap<String, String> = contoso::people()
        .iter()
        .map(|person| {
            (
                person.alias.clone(),
                provider.create_user(person).expect(201).id(),
            )
        })
        .collect();
    for group in contoso::groups() {
        let id = provider
            .create_group(&group.name, &group.external_id)
            .expect(201)
            .id();
        let members: Vec<String> = group.members.iter().map(|alias| ids[alias].clone()).collect();
        provider.add_members(&id, &members).expect(204);
    }
}

/// Force Sync Now in Test Mode, and what the report says.
async fn read_the_test_mode_report(window: &Window) {
    window.click("force-sync").await;
    window.find("sync-result").await;
    window.click("nav-reports").await;
    window.waits_for("report-row", 1).await;
    window.shoot("3-reports").await;
    window.click("report-row").await;
    let title = window.read("plan-title").await;
    assert!(
        title.contains("19 to create, 0 to change, 0 to archive, 0 to restore"),
        "{title}"
    );
    window.says("nothing was changed").await;
    open_section(window, "section-create").await;
    window.says("Adele Vance").await;
    window.says("Retail Manager").await;
    window.shoot("4-report").await;
    window.click("tab-memberships").await;
    open_section(window, "section-create").await;
    window.find("change-row").await;
    window.shoot("5-report-memberships").await;
    let accounts = window
        .command(
            "accounts_list",
            json!({"search": "", "state": null, "managedBy": null, "offset": 0, "limit": 1}),
        )
        .await;
    assert_eq!(accounts["ok"]["total"], 0, "Test Mode changes nobody");
}

/// Sections with many rows start closed.
async fn open_section(window: &Window, id: &str) {
    window.find(id).await;
    if !window.has("change-row").await {
        window
            .find_css(&format!(
                "[data-testid=\"{id}\"] button, button[data-testid=\"{id}\"]"
            ))
            .await
            .click()
            .await
            .expect("it opens");
    }
    window.find("change-row").await;
}

/// The confirmation shows the newest report's numbers; after it, a sync changes the console.
async fn turn_test_mode_off(window: &Window) {
    window.click("nav-provisioning").await;
    window.click("switch-test-mode").await;
    window.click("save-changes").await;
    window.says("19").await;
    window.find("confirm-ok").await;
    window.shoot("6-turn-off-test-mode").await;
    window.click("confirm-ok").await;
    gone(window, "save-bar").await;
    window.click("force-sync").await;
    window.find("sync-result").await;
    window.click("nav-accounts").await;
    window.says("AdeleV@contoso.com").await;
    window.find("account-row").await;
}

/// The native open dialog; a file with a bad row changes nothing and names the line.
async fn import_accounts(window: &Window, desk: &Desk) {
    let bad = desk.file("bad.csv");
    std::fs::write(
        &bad,
        "Email,First name\nmara.okafor@contoso.com,Mara\nnobody,Nobody\n",
    )
    .expect("a file");
    window.click("accounts-import").await;
    window.answer_dialog("Import accounts", &bad);
    window.says("Line 3").await;
    window.shoot("7-import-refused").await;
    let good = desk.file("good.csv");
    std::fs::write(
        &good,
        "Email,First name,Last name,Exempt\nmara.okafor@contoso.com,Mara,Okafor,yes\n",
    )
    .expect("a file");
    window.click("accounts-import").await;
    window.answer_dialog("Import accounts", &good);
    window.find("import-result").await;
    window.says("mara.okafor@contoso.com").await;
}

/// The native save dialog writes exactly the events that are listed.
async fn export_the_log(window: &Window, desk: &Desk) {
    window.click("nav-logs").await;
    window.type_into("log-search", "kind:sync action:create").await;
    window.says("Create account").await;
    window.find("log-row").await;
    window.shoot("8-logs").await;
    window.click("export-menu").await;
    window.click("export-jsonl").await;
    window.click("log-export-go").await;
    let path = desk.file("log.jsonl");
    window.answer_dialog("Export provisioning logs", &path);
    window.find("export-result").await;
    let exported: BTreeSet<u64> = std::fs::read_to_string(&path)
        .expect("the export is there")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("a line of JSON")["id"]
                .as_u64()
                .expect("an id")
        })
        .collect();
    let listed = window
        .command(
            "logs_query",
            json!({"query": "kind:sync action:create", "before": null, "limit": 200, "masked": false}),
        )
        .await;
    let listed: BTreeSet<u64> = listed["ok"]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["id"].as_u64())
        .collect();
    assert_eq!(exported, listed, "exactly what is filtered");
    assert!(!exported.is_empty());
}

/// How the server answers is set in the window and holds for the next request, whose log entry
/// has the id that the answer named.
async fn answer_strictly(window: &Window, token: &str) {
    window.click("nav-provisioning").await;
    let url = window.read("tenant-url").await;
    window.click("more-settings-toggle").await;
    window.click("field-strict").await;
    window.says("Strict SCIM").await;
    window.shoot("10-strict").await;
    window.click("save-changes").await;
    gone(window, "save-bar").await;
    let token = token.to_owned();
    let refused = tokio::task::spawn_blocking(move || {
        let body = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "s@contoso.com", "shoeSize": 44 });
        Provider::new(&url, &token).send("POST", "/Users", Some(&body))
    });
    let refused = refused.await.expect("it answers").expect(400);
    assert!(refused.detail().contains("shoeSize"), "{}", refused.detail());
    window.click("nav-logs").await;
    window
        .type_into(
            "log-search",
            &format!("request:{}", refused.header("x-request-id")),
        )
        .await;
    window.says("1 of").await;
    window.click("log-row").await;
    window.says("shoeSize").await;
}

/// Any attribute of the schemas can be a column of the list of users.
async fn choose_columns(window: &Window) {
    window.click("nav-directory").await;
    window.click("columns").await;
    window.says("EnterpriseUser").await;
    window
        .script(
            "[...document.querySelectorAll('[role=menuitemcheckbox]')]
                .find(item => item.textContent === 'department').click()",
        )
        .await;
    window.shoot("11-columns").await;
    window.says("Retail").await;
    window
        .script("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))")
        .await;
}

/// Revoking asks to type the word, and ends the link at once.
async fn revoke_the_token(window: &Window, token: &str) {
    window.click("nav-provisioning").await;
    let url = window.read("tenant-url").await;
    window.click("token-revoke").await;
    window.type_into("confirm-input", "revoke").await;
    window.shoot("9-revoke").await;
    window.click("confirm-ok").await;
    window.find("token-generate").await;
    let token = token.to_owned();
    let status =
        tokio::task::spawn_blocking(move || Provider::new(&url, &token).get("/Users?count=1").status).await;
    assert_eq!(status.expect("it answers"), 401);
}

/// A picture of every page, light and dark, and no accessibility fault that axe can see.
async fn shoot_every_page(window: &Window) {
    for theme in ["light", "dark"] {
        window.click("theme-select").await;
        window.click(&format!("theme-{theme}")).await;
        for page in PAGES {
            window.click(&format!("nav-{page}")).await;
            window.find_css("main h1").await;
            window.find(landmark_of(page)).await;
            window.shoot(&format!("{page}-{theme}")).await;
            check_accessibility(window, page, theme).await;
        }
    }
}

/// The pages of the sidebar.
const PAGES: [&str; 11] = [
    "overview",
    "provisioning",
    "connection",
    "reports",
    "logs",
    "directory",
    "accounts",
    "practice",
    "lessons",
    "preferences",
    "about",
];

/// What is there once a page has what it shows.
fn landmark_of(page: &str) -> &'static str {
    match page {
        "overview" => "attention",
        "connection" => "sender-row",
        "reports" => "report-row",
        "logs" => "log-row",
        "directory" => "user-row",
        "accounts" => "account-row",
        "practice" => "practice-person",
        "lessons" => "lesson-enable",
        "preferences" => "preference-notify",
        "about" => "version",
        _ => "data-back-up",
    }
}

/// axe-core in the page. Tabster's focus dummies are excluded: they are hidden and focusable by
/// design, and axe cannot know.
async fn check_accessibility(window: &Window, page: &str, theme: &str) {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    window
        .script(&std::fs::read_to_string(axe).expect("axe-core is installed with the interface"))
        .await;
    let faults = window
        .script_async(
            "const done = arguments[0];
             axe.run({ exclude: [['[data-tabster-dummy]']] }, { resultTypes: ['violations'] })
                .then(result => done(result.violations.map(fault =>
                    fault.id + ': ' + fault.nodes.map(node => node.target.join(' ')).join(', '))));",
        )
        .await;
    assert_eq!(faults, json!([]), "{page} in {theme}");
}

/// Waits until nothing has this test id.
async fn gone(window: &Window, id: &str) {
    window.waits_for(id, 0).await;
}
