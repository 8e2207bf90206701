//! What holds for every sync, whatever the identity provider did before it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::undo::Bytes;
use super::*;
use crate::apply::applied;

/// Few names, so that much collides.
const NAMES: usize = 6;

/// One thing that an identity provider does.
#[derive(Debug, Clone)]
enum Step {
    Create(usize),
    Delete(usize),
    Active(usize, bool),
    Title(usize, u8),
    Rename(usize, usize),
    Group(usize, Vec<usize>),
    Ungroup(usize),
}

fn a_step() -> impl Strategy<Value = Step> {
    let name = 0..NAMES;
    prop_oneof![
        4 => name.clone().prop_map(Step::Create),
        1 => name.clone().prop_map(Step::Delete),
        2 => (name.clone(), any::<bool>()).prop_map(|(name, active)| Step::Active(name, active)),
        2 => (name.clone(), 0..3_u8).prop_map(|(name, title)| Step::Title(name, title)),
        1 => (name.clone(), name).prop_map(|(name, to)| Step::Rename(name, to)),
        2 => (0..2_usize, proptest::collection::vec(0..NAMES, 0..4)).prop_map(|(group, members)| Step::Group(group, members)),
        1 => (0..2_usize).prop_map(Step::Ungroup),
    ]
}

/// Some steps, and a sync after each of the lists.
fn cycles() -> impl Strategy<Value = Vec<Vec<Step>>> {
    proptest::collection::vec(proptest::collection::vec(a_step(), 1..8), 1..4)
}

/// A desk and the ids of what was sent to it.
struct Provider {
    desk: Desk,
    users: BTreeMap<usize, String>,
    groups: BTreeMap<usize, String>,
}

impl Provider {
    fn new() -> Self {
        Self {
            desk: Desk::live(),
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
        }
    }

    /// What is refused (a userName that is taken) is not done.
    fn take(&mut self, step: &Step) {
        match step {
            Step::Create(name) if !self.users.contains_key(name) => {
                let body = json!({ "userName": address(*name), "title": "Analyst" });
                if let Some(id) = self.try_create(Kind::User, body) {
                    self.users.insert(*name, id);
                }
            }
            Step::Delete(name) => {
                if let Some(id) = self.users.remove(name) {
                    self.desk.directory().delete(Kind::User, &id).unwrap();
                }
            }
            Step::Active(name, active) => self.set(*name, "active", json!(active)),
            Step::Title(name, title) => self.set(*name, "title", json!(format!("Title {title}"))),
            Step::Rename(name, to) => self.set(*name, "userName", json!(address(*to))),
            Step::Group(number, members) => {
                self.take(&Step::Ungroup(*number));
                let ids = members.iter().filter_map(|name| self.users.get(name));
                let members: Vec<_> = ids.map(|id| json!({ "value": id })).collect();
                let body = json!({ "displayName": format!("Group {number}"), "members": members });
                if let Some(id) = self.try_create(Kind::Group, body) {
                    self.groups.insert(*number, id);
                }
            }
            Step::Ungroup(number) => {
                if let Some(id) = self.groups.remove(number) {
                    self.desk.directory().delete(Kind::Group, &id).unwrap();
                }
            }
            Step::Create(_) => {}
        }
    }

    fn try_create(&self, kind: Kind, body: Value) -> Option<String> {
        let mut notes = Notes::default();
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        let created = self.desk.directory().create(kind, object, &mut notes);
        created.ok().map(|change| change.resource.id)
    }

    fn set(&self, name: usize, attribute: &str, value: Value) {
        let Some(id) = self.users.get(&name) else { return };
        let mut object = self.desk.directory().get(Kind::User, id).unwrap().attributes;
        object.insert(attribute.to_owned(), value);
        let _ = self
            .desk
            .directory()
            .replace(Kind::User, id, &object, &mut Notes::default());
    }

    fn set_test_mode(&self, on: bool) {
        self.desk.set(|draft| draft.test_mode = on);
    }
}

fn address(name: usize) -> String {
    format!("p{name}@contoso.example")
}

/// What the console would be, as the store would have it.
fn bytes_of(console: &Console) -> Bytes {
    let accounts = console
        .accounts
        .iter()
        .map(|one| (one.id.clone(), json!(one).to_string()));
    let groups = console
        .groups
        .iter()
        .map(|one| (one.id.clone(), json!(one).to_string()));
    let members = console.members.iter().flat_map(|(group, accounts)| {
        accounts
            .iter()
            .map(move |one| (format!("{group}\0{one}"), "null".to_owned()))
    });
    accounts
        .chain(groups)
        .chain(members)
        .map(|(key, value)| (key.into_bytes(), value.into_bytes()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sync_does_what_its_report_says_and_undo_takes_all_of_it_back(cycles in cycles()) {
        let mut provider = Provider::new();
        for steps in &cycles {
            for step in steps {
                provider.take(step);
            }
            let desk = &provider.desk;
            desk.wait(60);

            provider.set_test_mode(true);
            let before = (desk.bytes(), desk.console().unwrap());
            let test = desk.force();
            prop_assert_eq!(&desk.bytes(), &before.0, "Test Mode changes nothing");

            provider.set_test_mode(false);
            let live = desk.force();
            let rows = desk.reports().all_rows(live.id).unwrap().count() as u64;
            prop_assert_eq!(rows, live.counts.rows(), "counts equal rows");
            prop_assert_eq!(test.counts, live.counts, "the report of Test Mode said it");
            let plan = desk.reports().plan(live.id).unwrap();
            prop_assert_eq!(&plan, &desk.reports().plan(test.id).unwrap());
            let planned = applied(&before.1, &plan.changes, live.finished.unwrap());
            prop_assert_eq!(desk.bytes(), bytes_of(&planned), "apply is the plan and nothing else");
            desk.wait(60);
            prop_assert_eq!(desk.force().counts.users.total(), 0, "once it is applied there is nothing to do");

            if live.applied {
                desk.undo(live.id, None).unwrap();
                prop_assert_eq!(&desk.bytes(), &before.0, "undo puts back every byte");
                provider.set_test_mode(false);
                prop_assert_eq!(desk.force().counts.users, live.counts.users, "and the next sync does it again");
            }
        }
    }
}
