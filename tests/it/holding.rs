//! What an administrator holds back, takes back, compares and asks, on the command line.

use acceptance::{Desk, Provider, contoso};
use serde_json::{Value, json};

/// Everybody of the roster sent, and Test Mode on.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    for person in contoso::people() {
        provider.create_user(&person).expect(201);
    }
    serving.stop();
    (desk, token)
}

fn live(desk: &Desk) -> String {
    let set = [
        "settings",
        "set",
        "test-mode=false",
        "guard-rail-accounts=none",
        "guard-rail-percent=none",
    ];
    let output = desk.run(set);
    assert_eq!(output.code, Some(0), "{output:?}");
    output.stderr
}

fn addresses(desk: &Desk) -> Vec<String> {
    let accounts = desk.json(["accounts", "list", "--json"]);
    let accounts = accounts["accounts"].as_array().unwrap().clone();
    let active = accounts.iter().filter(|account| account["state"] == "active");
    active
        .map(|account| account["email"].as_str().unwrap().to_owned())
        .collect()
}

fn delete(desk: &Desk, token: &str, user_name: &str) {
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, token);
    let id = provider.find_user(user_name).resources()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    provider.delete_user(&id).expect(204);
    serving.stop();
}

#[test]
fn from_test_mode_to_a_held_row_to_live_to_undo() {
    let (desk, _) = desk();
    assert!(desk.done(["sync"]).contains("Plan: 19 to create"));
    let said = desk.done(["holds", "add", "1", "ADELEV@contoso.com"]);
    assert_eq!(said, "On hold: Adele Vance <AdeleV@contoso.com>");
    assert!(
        desk.refused(1, ["holds", "add", "1", "nobody@contoso.com"])
            .contains("reports show 1")
    );
    live(&desk);
    let live = desk.done(["sync"]);
    assert!(
        live.contains("Plan: 18 to create") && live.contains("On hold:\n+ Adele Vance"),
        "{live}"
    );
    assert_eq!(addresses(&desk).len(), 18);

    let plan = desk.done(["undo", "2", "--plan"]);
    assert!(
        plan.contains("sync 2 is undone; it had made this, so it is removed"),
        "{plan}"
    );
    assert_eq!(addresses(&desk).len(), 18, "a plan changes nothing");
    let undone = desk.run(["undo", "2", "--for", "MeganB@contoso.com"]);
    assert_eq!(undone.code, Some(0), "{undone:?}");
    assert!(undone.stderr.contains("on hold"), "{undone:?}");
    assert_eq!(addresses(&desk).len(), 17);
    assert!(desk.done(["sync"]).contains("No changes. 2 are on hold."));
    assert_eq!(desk.done(["holds", "list"]).lines().count(), 3);
    assert!(
        desk.done(["holds", "release", "meganb@contoso.com"])
            .starts_with("Released: Megan Bowen")
    );
    assert!(
        desk.refused(1, ["holds", "release", "meganb@contoso.com"])
            .contains("holds list")
    );
    desk.done(["sync"]);
    assert_eq!(addresses(&desk).len(), 18);

    let undone = desk.run(["undo", "2"]);
    assert!(undone.stderr.contains("Test Mode was turned on"), "{undone:?}");
    assert!(undone.stdout.contains("Undo of sync 2: "), "{undone:?}");
    assert_eq!(
        addresses(&desk),
        ["MeganB@contoso.com"],
        "a later sync made that one"
    );
    let refused = desk.refused(1, ["undo", "2"]);
    assert!(
        refused.contains("Megan Bowen: "),
        "what is left is named: {refused}"
    );
}

#[test]
fn a_protected_account_stays_and_the_reports_say_so() {
    let (desk, token) = desk();
    live(&desk);
    desk.done(["sync"]);
    desk.done(["accounts", "protect", "AdeleV@contoso.com"]);
    delete(&desk, &token, "AdeleV@contoso.com");
    let said = desk.done(["sync"]);
    assert!(
        said.contains("The account is protected, so it is not archived."),
        "{said}"
    );
    let why = desk.done(["why", "adelev@contoso.com"]);
    assert!(
        why.contains("has not sent") && why.contains("It is protected"),
        "{why}"
    );
    desk.done(["accounts", "protect", "AdeleV@contoso.com", "--off"]);
    desk.done(["sync"]);
    let why = desk.done(["why", "adelev@contoso.com"]);
    assert!(
        why.contains("It was archived on") && why.contains("by sync 3"),
        "{why}"
    );
    assert!(
        desk.refused(1, ["accounts", "protect", "nobody@contoso.com"])
            .contains("accounts list")
    );
}

#[test]
fn addresses_of_a_csv_file_are_left_alone() {
    let (desk, _) = desk();
    let file = desk.file("exempt.csv");
    std::fs::write(&file, "Email\nAdeleV@contoso.com\nMeganB@contoso.com\n").unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(
        desk.done(["accounts", "exempt", "add", file]),
        "2 added to the exempt list."
    );
    assert_eq!(
        desk.done(["accounts", "exempt", "list"]),
        "AdeleV@contoso.com\nMeganB@contoso.com"
    );
    let said = desk.done(["sync"]);
    assert!(
        said.contains("Plan: 17 to create") && said.contains("on the exempt list"),
        "{said}"
    );
    desk.done(["accounts", "exempt", "remove", file]);
    assert!(desk.done(["sync"]).contains("Plan: 19 to create"));
}

#[test]
fn reports_are_compared_and_written_and_an_old_one_is_called_old() {
    let (desk, token) = desk();
    desk.done(["sync"]);
    delete(&desk, &token, "AdeleV@contoso.com");
    let warned = live(&desk);
    assert!(warned.contains("has sent changes since"), "{warned}");
    desk.done(["settings", "set", "test-mode=true"]);
    desk.done(["sync"]);
    let compared = desk.done(["reports", "compare", "1", "2"]);
    assert_eq!(
        compared,
        "From report 1 to report 2: 0 new, 1 gone, 18 the same.\n< + Adele Vance <AdeleV@contoso.com>: new in the identity provider"
    );
    for format in ["text", "json", "csv", "html"] {
        let out = desk.file(&format!("report.{format}"));
        let said = desk.done([
            "reports",
            "export",
            "2",
            "--format",
            format,
            "--out",
            out.to_str().unwrap(),
        ]);
        assert!(said.starts_with("18 rows written"), "{said}");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("MeganB@contoso.com"), "{format}");
        match format {
            "json" => assert_eq!(
                serde_json::from_str::<Value>(&text).unwrap()["run"]["id"],
                json!(2)
            ),
            "html" => assert!(
                !text.contains("http") && !text.contains("<script"),
                "it needs nothing else"
            ),
            _ => {}
        }
    }
}

#[test]
fn the_mapping_is_told_as_one_table() {
    let said = Desk::new().done(["mapping"]);
    for path in [
        "userName",
        "enterprise:manager.value",
        "kmsat:customField4",
        "kmsat:userPrincipalName",
    ] {
        assert!(said.lines().any(|line| line.starts_with(path)), "{path}");
    }
}
