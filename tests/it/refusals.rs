//! Bad input: each gets a sentence that tells the person what to do, and nothing is stored.

use std::fs;
use std::net::TcpListener;

use acceptance::{Answer, Desk, Provider, Serving};
use serde_json::{Value, json};

/// A desk that serves, and a provider connected to it.
struct Connected {
    desk: Desk,
    serving: Serving,
    provider: Provider,
}

impl Connected {
    fn new() -> Self {
        let desk = Desk::new();
        let token = desk.prepared();
        let serving = desk.serve();
        let provider = Provider::new(&serving.tenant_url, &token);
        Self {
            desk,
            serving,
            provider,
        }
    }

    fn create(&self, user_name: &str) -> Answer {
        self.provider.send("POST", "/Users", Some(&user(Some(user_name))))
    }

    /// The userNames and the group names in the directory.
    fn stored(&self) -> Vec<String> {
        let names = |target: &str, name: &str| {
            let listed = self.provider.get(target).expect(200);
            let names = listed
                .resources()
                .iter()
                .map(|one| one[name].as_str().unwrap().to_owned());
            names.collect::<Vec<_>>()
        };
        [names("/Users", "userName"), names("/Groups", "displayName")].concat()
    }

    /// Stops the server and returns the newest event that a search of the log finds.
    fn last_request(self, query: &str) -> Value {
        self.serving.stop();
        let path = self.desk.file("log.jsonl");
        let words = ["logs", "export", "--format", "jsonl", "--query", query, "--out"];
        let words = words.map(Into::into);
        self.desk
            .done(words.into_iter().chain([path.clone().into_os_string()]));
        let log = fs::read_to_string(path).unwrap();
        serde_json::from_str(log.lines().next().unwrap()).unwrap()
    }
}

fn user(user_name: Option<&str>) -> Value {
    let mut body =
        json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "Adele Vance" });
    if let Some(user_name) = user_name {
        body["userName"] = json!(user_name);
    }
    body
}

fn assert_says(sentence: &str, words: &[&str]) {
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not in: {sentence}");
    }
}

#[test]
fn a_wrong_token_is_refused_and_the_log_says_why() {
    let mut connected = Connected::new();
    let right = connected.provider.set_token(Some("scimdesk_wrong7Q2f"));
    let answer = connected.create("adelev@contoso.com").expect(401);
    assert_says(answer.detail(), &["7Q2f", "Copy the SCIM token again"]);
    assert!(!answer.detail().contains("wrong"), "only its end is repeated");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
    connected.provider.set_token(right.as_deref());
    assert!(connected.stored().is_empty());
    let logged = connected.last_request("status:failure");
    assert_eq!(logged["exchange"]["status"], json!(401));
    assert_says(logged["reason"].as_str().unwrap(), &["7Q2f", "never"]);
}

#[test]
fn a_request_without_a_token_is_told_where_to_put_it() {
    let mut connected = Connected::new();
    let token = connected.provider.set_token(None);
    let answer = connected.create("adelev@contoso.com").expect(401);
    assert_says(
        answer.detail(),
        &["no token", "Put the SCIM token into", "Secret Token"],
    );
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
    connected.provider.set_token(token.as_deref());
    assert!(connected.stored().is_empty());
    connected.serving.stop();
}

#[test]
fn another_tenants_address_is_not_found_and_the_sentence_says_where_the_right_one_is() {
    let mut connected = Connected::new();
    let right = connected.serving.tenant_url.clone();
    let (before, _) = right.trim_end_matches('/').rsplit_once('/').unwrap();
    connected
        .provider
        .set_tenant_url(&format!("{before}/someoneelse"));
    let answer = connected.create("adelev@contoso.com").expect(404);
    assert_says(answer.detail(), &["someoneelse", "Copy the Tenant URL again"]);
    connected.provider.set_tenant_url(&right);
    assert!(connected.stored().is_empty());
    connected.serving.stop();
}

#[test]
fn malformed_json_is_invalid_syntax() {
    let connected = Connected::new();
    let answer = connected
        .provider
        .send_raw("POST", "/Users", r#"{"schemas":["#)
        .expect(400);
    assert_eq!(answer.body["scimType"], json!("invalidSyntax"));
    assert_says(answer.detail(), &["JSON"]);
    assert!(connected.stored().is_empty());
    connected.serving.stop();
}

#[test]
fn an_unknown_id_is_not_found_by_any_method() {
    let connected = Connected::new();
    let unknown = "00000000-0000-0000-0000-000000000000";
    for kind in ["Users", "Groups"] {
        let target = format!("/{kind}/{unknown}");
        let operations = json!([{ "op": "Replace", "path": "displayName", "value": "x" }]);
        let answers = [
            connected.provider.get(&target),
            connected.provider.patch(&target, &operations),
            connected
                .provider
                .send("PUT", &target, Some(&user(Some("adelev@contoso.com")))),
            connected.provider.send("DELETE", &target, None),
        ];
        for answer in answers {
            let answer = answer.expect(404);
            assert_says(answer.detail(), &[unknown, "Look it up with a filter"]);
        }
    }
    assert!(connected.stored().is_empty(), "a PUT creates nobody");
    connected.serving.stop();
}

#[test]
fn a_user_without_a_user_name_is_refused() {
    let connected = Connected::new();
    for user_name in [None, Some(""), Some("  ")] {
        let body = user(user_name);
        let answer = connected.provider.send("POST", "/Users", Some(&body)).expect(400);
        assert_eq!(answer.body["scimType"], json!("invalidValue"));
        assert_says(answer.detail(), &["userName"]);
    }
    assert!(connected.stored().is_empty());
    connected.serving.stop();
}

#[test]
fn a_user_name_in_another_case_is_the_same_user_name() {
    let connected = Connected::new();
    connected.create("adelev@contoso.com").expect(201);
    let answer = connected.create("AdeleV@Contoso.com").expect(409);
    assert_eq!(answer.body["scimType"], json!("uniqueness"));
    assert_says(
        answer.detail(),
        &["userName", "AdeleV@Contoso.com", "Use a different value"],
    );
    assert_eq!(connected.stored(), ["adelev@contoso.com"]);
    connected.serving.stop();
}

#[test]
fn settings_are_saved_all_or_not_at_all() {
    let desk = Desk::new();
    let before = desk.done(["settings", "show"]);
    for (wrong, words) in [
        ("quiet-seconds=0", ["quiet", "from 1 to 3600"]),
        ("log-days=4000", ["retention", "from 1 to 3650"]),
        ("guard-rail-percent=101", ["guard rail", "from 0 to 100"]),
        ("listen=0.0.0.0:8443", ["TLS", "127.0.0.1:8443"]),
        ("listen=somewhere", ["somewhere", "127.0.0.1:8443"]),
        ("service=ldap", ["ldap", "service=scim"]),
        ("test-mode=perhaps", ["perhaps", "test-mode=true"]),
        ("colour=blue", ["colour", "quiet-seconds"]),
        ("enabled", ["KEY=VALUE", "test-mode=true"]),
    ] {
        let sentence = desk.refused(1, ["settings", "set", "enabled=true", wrong, "log-events=5000"]);
        assert_says(&sentence, &words);
        assert_eq!(desk.done(["settings", "show"]), before, "{wrong}");
    }
}

#[test]
fn a_port_in_use_has_an_exit_code_of_its_own() {
    let desk = Desk::new();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    let sentence = desk.refused(4, ["serve", "--listen", &address.to_string()]);
    assert_says(
        &sentence,
        &[&address.port().to_string(), "in use", "--listen 127.0.0.1:0"],
    );
}

#[test]
fn a_data_directory_in_use_has_an_exit_code_of_its_own() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    for words in [
        &["settings", "set", "enabled=false"][..],
        &["sync"],
        &["serve", "--listen", "127.0.0.1:0"],
        &["token", "revoke"],
    ] {
        let sentence = desk.refused(3, words);
        assert_says(
            &sentence,
            &["in use by another SCIM Desk", "Close that one", "--data-dir"],
        );
    }
    let provider = Provider::new(&serving.tenant_url, &token);
    provider.find_user("nobody@contoso.com").expect(200);
    serving.stop();
}

#[test]
fn a_data_directory_that_cannot_be_written_has_an_exit_code_of_its_own() {
    let desk = Desk::new();
    let file = desk.file("a-file");
    fs::write(&file, "not a folder").unwrap();
    // Nobody, whatever their rights, can make a folder below a file or in the kernel's tree.
    let mut places = vec![file.join("data")];
    if cfg!(target_os = "linux") {
        places.push("/proc/scim-desk".into());
    }
    for place in places {
        // The later of two data directories on the command line is meant.
        let output = desk.command(["settings", "show"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let output = std::process::Command::new(acceptance::program())
            .args(["settings", "show", "--data-dir"])
            .arg(&place)
            .output()
            .unwrap();
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{sentence}");
        assert_says(
            &sentence,
            &[
                &place.display().to_string(),
                "Make the directory writable",
                "--data-dir",
            ],
        );
        assert!(output.stdout.is_empty());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a folder");
}

#[test]
fn a_csv_with_a_bad_row_is_refused_by_its_line_and_nothing_is_imported() {
    let desk = Desk::new();
    let before = desk.done(["accounts", "list", "--json"]);
    for (csv, words) in [
        (
            "Email,First name\nadelev@contoso.com,Adele\nnobody,Nobody\n",
            ["Line 3", "nobody", "adelev@contoso.com"],
        ),
        (
            "Email,State\nadelev@contoso.com,active\nalexw@contoso.com,asleep\n",
            ["Line 3", "asleep", "Active or Archived"],
        ),
        (
            "Email,First name\nadelev@contoso.com,Adele\nAdeleV@Contoso.com,Adele\n",
            ["Line 3", "AdeleV@Contoso.com", "line 2"],
        ),
        (
            "Email,First name\nadelev@contoso.com,Vance, Adele\n",
            ["Line 2", "3 cells", "quotes"],
        ),
        ("First name\nAdele\n", ["Line 1", "\"Email\"", "First name"]),
    ] {
        let path = desk.file("accounts.csv");
        fs::write(&path, csv).unwrap();
        let words_of_command = ["accounts".into(), "import".into(), path.into_os_string()];
        let sentence = desk.refused(1, words_of_command);
        assert_says(&sentence, &["Nothing was imported."]);
        assert_says(&sentence, &words);
        assert_eq!(desk.done(["accounts", "list", "--json"]), before, "{csv}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let desk = Desk::new();
    let path = desk.file("missing.csv");
    let sentence = desk.refused(
        1,
        ["accounts".into(), "import".into(), path.clone().into_os_string()],
    );
    assert_says(&sentence, &[&path.display().to_string(), "could not be read"]);
}

#[test]
fn unknown_words_on_the_command_line_are_refused_before_anything_is_opened() {
    let desk = Desk::new();
    for words in [
        &["provision"][..],
        &["token", "print"],
        &["sync", "--fast"],
        &["logs", "export", "--format", "xml", "--out", "log.xml"],
        &["settings", "set"],
    ] {
        let sentence = desk.refused(2, words);
        assert_says(&sentence, &["error:", "--help"]);
    }
    assert!(!desk.data_dir().exists());
}

#[test]
fn without_a_display_the_window_gives_way_to_serve() {
    let desk = Desk::new();
    let output = desk
        .command([""; 0])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_says(&sentence, &["no display", "scim-desk serve"]);
    assert_eq!(
        sentence.lines().count(),
        1,
        "a sentence and no backtrace: {sentence}"
    );
}
