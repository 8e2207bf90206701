//! The tutorial from its first page to its last, as one story over real HTTP: an administrator
//! at a command line, and Microsoft Entra ID on the wire.

mod log;

use std::collections::{BTreeMap, BTreeSet};

use acceptance::contoso::{Group, Person, groups, people};
use acceptance::{Desk, Provider, Serving};
use serde_json::{Value, json};

/// Entra's cycles from a soft deletion to the deletion: 30 days, one every 40 minutes.
const CYCLES: usize = 30 * 36;

#[test]
fn an_administrator_follows_the_tutorial_from_the_first_page_to_the_last() {
    let mut story = Story::begin();
    story.provisioning_is_off_on_adi_and_in_test_mode();
    story.the_token_is_generated_once();
    story.a_request_before_enabling_is_refused_with_a_sentence();
    story.user_provisioning_is_enabled_with_test_mode_on();
    story.entra_tests_the_connection_and_runs_its_initial_cycle();
    story.a_sync_in_test_mode_reports_every_create_and_changes_nothing();
    story.turning_test_mode_off_shows_the_newest_report();
    story.force_sync_now_makes_the_accounts();
    story.entra_runs_incremental_cycles_for_a_month();
    story.the_next_sync_does_exactly_what_was_sent();
    story.another_sync_has_nothing_to_do();
    story.a_regenerated_token_ends_the_old_one();
    story.a_revoked_token_ends_the_link();
    story.the_exported_log_tells_the_same_story();
}

/// The administrator's data directory, and what the provider remembers.
struct Story {
    desk: Desk,
    provider: Provider,
    tokens: Vec<String>,
    people: Vec<Person>,
    groups: Vec<Group>,
    /// Alias or group name → the id the server gave it.
    ids: BTreeMap<String, String>,
}

impl Story {
    fn begin() -> Self {
        Self {
            desk: Desk::new(),
            provider: Provider::new("", ""),
            tokens: Vec::new(),
            people: people(),
            groups: groups(),
            ids: BTreeMap::new(),
        }
    }

    fn provisioning_is_off_on_adi_and_in_test_mode(&self) {
        let shown = self.settings();
        for (key, value) in [("enabled", "false"), ("service", "adi"), ("test-mode", "true")] {
            assert_eq!(shown[key], value, "{key}");
        }
        assert_eq!(self.accounts()["accounts"], json!([]));
    }

    fn the_token_is_generated_once(&mut self) {
        assert!(self.desk.done(["token", "status"]).contains("token generate"));
        let token = self.desk.done(["token", "generate"]);
        assert!(
            token.starts_with("scimdesk_") && token.lines().count() == 1 && !token.contains(' '),
            "the token alone, to be piped: {token:?}"
        );
        let again = self.desk.refused(1, ["token", "generate"]);
        assert!(
            again.contains("Regenerate it"),
            "it says what to do instead: {again}"
        );
        let known = self.desk.done(["token", "status"]);
        assert!(
            known.contains("••••") && !known.contains(&token),
            "never shown again: {known}"
        );
        self.tokens.push(token);
    }

    fn a_request_before_enabling_is_refused_with_a_sentence(&mut self) {
        let serving = self.connect();
        for answer in self.provider.test_connection() {
            let answer = answer.expect(403);
            assert!(
                answer
                    .detail()
                    .contains("Turn on Enable User Provisioning (User Syncing)"),
                "{answer:?}"
            );
        }
        assert!(serving.stop().contains("User provisioning is off"));
    }

    fn user_provisioning_is_enabled_with_test_mode_on(&self) {
        // Nothing but Force Sync Now starts a sync in this story.
        let set = [
            "settings",
            "set",
            "enabled=true",
            "service=scim",
            "quiet-seconds=3600",
        ];
        let said = self.desk.done(set);
        assert!(said.contains("Service: adi → scim"), "{said}");
        let shown = self.settings();
        for (key, value) in [("enabled", "true"), ("service", "scim"), ("test-mode", "true")] {
            assert_eq!(shown[key], value, "{key}");
        }
    }

    fn entra_tests_the_connection_and_runs_its_initial_cycle(&mut self) {
        let serving = self.connect();
        for answer in self.provider.test_connection() {
            assert!(answer.expect(200).resources().is_empty());
        }
        self.users_are_created();
        self.managers_are_set_in_a_second_pass();
        self.groups_are_created_and_filled();
        let said = serving.stop();
        assert!(said.contains("Test Mode is on"), "{said}");
    }

    fn users_are_created(&mut self) {
        for person in &self.people {
            let found = self.provider.find_user(&person.user_name()).expect(200);
            assert!(found.resources().is_empty());
            let created = self.provider.create_user(person).expect(201);
            assert!(created.header("location").ends_with(&created.id()));
            assert_eq!(created.body["userName"], json!(person.user_name()));
            self.ids.insert(person.alias.clone(), created.id());
        }
        assert_eq!(self.ids.len(), 19);
    }

    fn managers_are_set_in_a_second_pass(&self) {
        for person in &self.people {
            if let Some(manager) = &person.manager {
                let set = self
                    .provider
                    .set_manager(&self.ids[&person.alias], &self.ids[manager]);
                assert_eq!(set.status, 200, "{set:?}");
            }
        }
    }

    fn groups_are_created_and_filled(&mut self) {
        for group in &self.groups {
            assert!(self.provider.find_group(&group.name).resources().is_empty());
            let created = self.provider.create_group(&group.name, &group.external_id);
            let id = created.expect(201).id();
            let members: Vec<String> = group
                .members
                .iter()
                .map(|alias| self.ids[alias].clone())
                .collect();
            self.provider.add_members(&id, &members).expect(204);
            let found = self.provider.find_group(&group.name);
            assert_eq!(found.resources().len(), 1);
            assert_eq!(found.resources()[0].get("members"), None, "they were excluded");
            let whole = self.provider.get(&format!("/Groups/{id}")).expect(200);
            assert_eq!(
                whole.body["members"].as_array().map(Vec::len),
                Some(group.members.len())
            );
            self.ids.insert(group.name.clone(), id);
        }
    }

    fn a_sync_in_test_mode_reports_every_create_and_changes_nothing(&self) {
        let before = self.desk.done(["accounts", "list", "--json"]);
        let said = self.desk.done(["sync"]);
        assert_eq!(self.desk.done(["accounts", "list", "--json"]), before);
        assert!(
            said.ends_with("Test Mode: nothing was changed."),
            "it says so last: {said}"
        );
        assert!(
            said.contains("Plan: 19 to create, 0 to change, 0 to archive, 0 to restore."),
            "{said}"
        );
        let report = self.newest_report();
        assert_eq!(report["run"]["test_mode"], json!(true));
        assert_eq!(report["run"]["status"], json!("completed"));
        assert_eq!(
            changes(&report, |change| format!(
                "{} {}",
                change["action"].as_str().unwrap(),
                who(change)
            )),
            self.everything_created()
        );
        assert_eq!(report["plan"]["skipped"], json!([]));
        assert_eq!(report["plan"]["warnings"], json!([]));
    }

    fn everything_created(&self) -> BTreeSet<String> {
        let users = self
            .people
            .iter()
            .map(|person| format!("create {} <{}>", person.display_name(), person.user_name()));
        let groups = self
            .groups
            .iter()
            .map(|group| format!("create group {}", group.name));
        let memberships = self.groups.iter().flat_map(|group| {
            group
                .members
                .iter()
                .map(|alias| format!("create {} in {}", self.person(alias).display_name(), group.name))
        });
        users.chain(groups).chain(memberships).collect()
    }

    fn turning_test_mode_off_shows_the_newest_report(&self) {
        let output = self.desk.run(["settings", "set", "test-mode=false"]);
        assert_eq!(output.code, Some(0), "{output:?}");
        let said = output.stdout + &output.stderr;
        let numbers = "Plan: 19 to create, 0 to change, 0 to archive, 0 to restore.";
        assert!(said.contains(numbers), "{said}");
    }

    fn force_sync_now_makes_the_accounts(&self) {
        let said = self.desk.done(["sync"]);
        assert!(said.ends_with("The console was changed."), "{said}");
        let console = self.accounts();
        let accounts = by(&console["accounts"], "email");
        assert_eq!(accounts.len(), 19);
        for person in &self.people {
            let account = &accounts[&person.user_name()];
            assert_eq!(account["state"], json!("active"), "{account}");
            assert_eq!(account["managedBy"], json!("scim"), "{account}");
            assert_eq!(account["fields"], self.fields_of(person), "{}", person.alias);
        }
        let found = by(&console["groups"], "name");
        assert_eq!(found.len(), 4);
        for group in &self.groups {
            assert_eq!(found[&group.name]["members"], self.addresses(&group.members));
        }
    }

    /// Every mapped field that Entra sends a value for, and no other.
    fn fields_of(&self, person: &Person) -> Value {
        let manager = person.manager.as_ref().map(|alias| self.person(alias));
        let fields = [
            ("customField1", person.office.clone()),
            ("department", person.department.clone()),
            ("displayName", Some(person.display_name())),
            ("employeeNumber", Some(person.employee_number.clone())),
            ("externalId", Some(person.alias.clone())),
            ("firstName", Some(person.given_name.clone())),
            ("jobTitle", person.title.clone()),
            ("lastName", Some(person.family_name.clone())),
            ("managerEmail", manager.map(Person::user_name)),
            ("managerName", manager.map(Person::display_name)),
            ("phone", person.phone.clone()),
        ];
        let given = fields
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), json!(value?))));
        Value::Object(given.collect())
    }

    fn entra_runs_incremental_cycles_for_a_month(&mut self) {
        let serving = self.connect();
        let ids = &self.ids;
        let entra = &self.provider;
        entra.test_connection();
        let department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
        let moved = json!([{ "op": "Replace", "path": department, "value": "Operations" }]);
        entra
            .patch(&format!("/Users/{}", ids["LynneR"]), &moved)
            .expect(200);
        let renamed = json!([
            { "op": "Replace", "path": "userName", "value": "JoniC@contoso.com" },
            { "op": "Replace", "path": "displayName", "value": "Joni Carter" },
        ]);
        entra
            .patch(&format!("/Users/{}", ids["JoniS"]), &renamed)
            .expect(200);
        let disabled = entra.disable(&ids["AllanD"]).expect(200);
        assert_eq!(
            disabled.body["active"],
            json!(false),
            "stored as a boolean: {disabled:?}"
        );
        entra
            .remove_member(&ids["Sales & Marketing"], &ids["ChristieC"])
            .expect(204);
        // Deleted softly, and for good once 30 days have gone by. A cycle without changes is two probes.
        entra.disable(&ids["IsaiahL"]).expect(200);
        for _ in 0..CYCLES {
            for answer in entra.test_connection() {
                assert!(answer.expect(200).resources().is_empty());
            }
        }
        entra.delete_user(&ids["IsaiahL"]).expect(204);
        entra.get(&format!("/Users/{}", ids["IsaiahL"])).expect(404);
        serving.stop();
    }

    fn the_next_sync_does_exactly_what_was_sent(&self) {
        let before = self.accounts();
        self.desk.done(["sync"]);
        let report = self.newest_report();
        let expected = [
            "change Lynne Robbins <LynneR@contoso.com> [department: Retail → Operations]",
            "change Joni Carter <JoniC@contoso.com> [email: JoniS@contoso.com → JoniC@contoso.com, displayName: Joni Sherman → Joni Carter]",
            "archive Allan Deyoung <AllanD@contoso.com> [state: active → archived]",
            "archive Isaiah Langer <IsaiahL@contoso.com> [state: active → archived]",
            "archive Christie Cline in Sales & Marketing []",
            "archive Isaiah Langer in Sales & Marketing []",
        ];
        assert_eq!(changes(&report, in_full), expected.map(str::to_owned).into());
        assert_eq!(report["run"]["applied"], json!(true));
        assert_eq!(report["plan"]["skipped"], json!([]));
        assert_eq!(report["plan"]["warnings"], json!([]));
        assert_eq!(
            self.accounts_without_times(&self.accounts()),
            self.as_it_should_be(before)
        );
    }

    /// The console as it was, with what was sent and nothing else.
    fn as_it_should_be(&self, mut console: Value) -> Value {
        for account in console["accounts"].as_array_mut().unwrap() {
            match account["email"].as_str().unwrap() {
                "LynneR@contoso.com" => account["fields"]["department"] = json!("Operations"),
                "JoniS@contoso.com" => {
                    account["email"] = json!("JoniC@contoso.com");
                    account["fields"]["displayName"] = json!("Joni Carter");
                }
                "AllanD@contoso.com" | "IsaiahL@contoso.com" => account["state"] = json!("archived"),
                _ => {}
            }
        }
        for group in console["groups"].as_array_mut().unwrap() {
            if group["name"] == json!("Sales & Marketing") {
                let left = ["AlexW", "MeganB", "MiriamG"].map(str::to_owned);
                group["members"] = self.addresses(&left);
            }
        }
        self.accounts_without_times(&console)
    }

    fn another_sync_has_nothing_to_do(&self) {
        let before = self.desk.done(["accounts", "list", "--json"]);
        let said = self.desk.done(["sync"]);
        assert!(said.contains("No changes."), "{said}");
        assert_eq!(self.desk.done(["accounts", "list", "--json"]), before);
    }

    fn a_regenerated_token_ends_the_old_one(&mut self) {
        let token = self.desk.done(["token", "regenerate"]);
        let serving = self.connect();
        let [answer, _] = self.provider.test_connection();
        let answer = answer.expect(401);
        assert!(answer.detail().contains("was replaced on"), "{}", answer.detail());
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        self.provider.set_token(Some(&token));
        self.tokens.push(token);
        let [answer, _] = self.provider.test_connection();
        answer.expect(200);
        serving.stop();
    }

    fn a_revoked_token_ends_the_link(&mut self) {
        self.desk.done(["token", "revoke"]);
        let serving = self.connect();
        let [answer, _] = self.provider.test_connection();
        let answer = answer.expect(401);
        assert!(answer.detail().contains("was revoked on"), "{}", answer.detail());
        serving.stop();
    }

    fn the_exported_log_tells_the_same_story(&self) {
        let exports = log::Exports::write(&self.desk);
        exports.agree();
        assert_eq!(
            exports.of_kind("request").count() as u64,
            self.provider.sent(),
            "one event for each request"
        );
        exports.hold_no_secret(&self.tokens);
        log::no_file_holds(&self.desk.data_dir(), &self.tokens);
    }

    /// Starts the server and gives the provider its Tenant URL and the newest token it has.
    fn connect(&mut self) -> Serving {
        let serving = self.desk.serve();
        self.provider.set_tenant_url(&serving.tenant_url);
        self.provider.set_token(self.tokens.last().map(String::as_str));
        serving
    }

    fn settings(&self) -> BTreeMap<String, String> {
        let shown = self.desk.done(["settings", "show"]);
        let row = |line: &str| {
            let mut cells = line.split_whitespace().map(str::to_owned);
            (cells.next().unwrap(), cells.next().unwrap())
        };
        shown.lines().map(row).collect()
    }

    fn accounts(&self) -> Value {
        self.desk.json(["accounts", "list", "--json"])
    }

    /// When an account was last changed is the one thing that nobody can know beforehand.
    fn accounts_without_times(&self, console: &Value) -> Value {
        let mut accounts = by(&console["accounts"], "email");
        for account in accounts.values_mut() {
            account["changed"].take();
        }
        assert_eq!(accounts.len(), self.people.len(), "nobody is ever deleted");
        json!({ "accounts": accounts, "groups": by(&console["groups"], "name") })
    }

    fn newest_report(&self) -> Value {
        let list = self.desk.done(["reports", "list"]);
        let newest = list.lines().nth(1).and_then(|row| row.split(' ').next());
        self.desk
            .json(["reports", "show", newest.unwrap(), "--format", "json"])
    }

    fn person(&self, alias: &str) -> &Person {
        self.people.iter().find(|person| person.alias == alias).unwrap()
    }

    /// The addresses of these people, sorted.
    fn addresses(&self, aliases: &[String]) -> Value {
        let addresses: BTreeSet<_> = aliases
            .iter()
            .map(|alias| self.person(alias).user_name())
            .collect();
        json!(addresses)
    }
}

/// The changes of a report, each said by `say`; no two may be the same.
fn changes(report: &Value, say: impl Fn(&Value) -> String) -> BTreeSet<String> {
    let changes = report["plan"]["changes"].as_array().unwrap();
    let said: BTreeSet<String> = changes.iter().map(say).collect();
    assert_eq!(said.len(), changes.len(), "each change once");
    said
}

/// Who a change is about, as the text report writes it.
fn who(change: &Value) -> String {
    let text = |key: &str| change[key].as_str().unwrap();
    match text("object") {
        "user" => format!("{} <{}>", text("name"), text("detail")),
        "group" => format!("group {}", text("name")),
        _ => format!("{} in {}", text("name"), text("detail")),
    }
}

/// A change with its fields, before → after.
fn in_full(change: &Value) -> String {
    let fields = change["fields"].as_array().map_or(&[][..], Vec::as_slice);
    let field = |field: &Value| {
        let text = |key: &str| field[key].as_str().unwrap_or("(none)");
        format!("{}: {} → {}", text("key"), text("before"), text("after"))
    };
    let fields: Vec<_> = fields.iter().map(field).collect();
    let action = change["action"].as_str().unwrap();
    format!("{action} {} [{}]", who(change), fields.join(", "))
}

/// A list as a map by one of its members.
fn by(list: &Value, key: &str) -> BTreeMap<String, Value> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|one| (one[key].as_str().unwrap().to_owned(), one.clone()))
        .collect()
}
