//! Looking after the data: what an administrator does when something may have gone wrong.

use acceptance::{Desk, Provider};
use serde_json::json;

#[test]
fn what_a_provider_and_a_sync_have_written_agrees_with_itself() {
    let desk = Desk::new();
    let token = desk.prepared();
    desk.done(["settings", "set", "test-mode=false"]);
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    for name in ["ada", "ben"] {
        let user = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": format!("{name}@contoso.example"),
            "emails": [{ "value": format!("{name}@contoso.example"), "type": "work" }]
        });
        provider.send("POST", "/Users", Some(&user)).expect(201);
    }
    let said = desk.refused(3, ["check"]);
    assert!(said.contains("in use"), "{said}");
    serving.stop();
    desk.done(["sync"]);
    assert_eq!(desk.done(["check"]).trim(), "Everything agrees.");
    let found = desk.json(["check", "--rebuild", "--json"]);
    assert_eq!((&found["clean"], &found["count"]), (&json!(true), &json!(0)));
    assert_eq!(
        (&found["lookedAt"]["users"], &found["lookedAt"]["accounts"]),
        (&json!(2), &json!(2))
    );
}

#[test]
fn a_backup_is_restored_whole() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    let user = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@contoso.example"
    });
    provider.send("POST", "/Users", Some(&user)).expect(201);
    serving.stop();
    let settings = desk.done(["settings", "show"]);
    let archive = desk.file("all.jsonl");
    let archive = archive.to_str().unwrap();
    desk.done(["backup", archive]);
    assert!(
        !std::fs::read_to_string(archive).unwrap().contains(&token),
        "no secret is in it"
    );
    let said = desk.refused(1, ["restore", archive]);
    assert!(said.contains("--replace"), "{said}");
    desk.done(["restore", archive, "--replace"]);
    assert_eq!(desk.done(["settings", "show"]), settings);
    assert_eq!(desk.done(["check"]).trim(), "Everything agrees.");

    let serving = desk.serve();
    let provider = Provider::new(&serving.tenant_url, &token);
    provider.send("POST", "/Users", Some(&user)).expect(409);
    serving.stop();
}

#[test]
fn data_that_are_not_there_are_not_made_by_a_look_at_them() {
    let desk = Desk::new();
    let said = desk.refused(1, ["check"]);
    assert!(said.contains("no data of SCIM Desk"), "{said}");
    assert!(!desk.data_dir().exists());
}
