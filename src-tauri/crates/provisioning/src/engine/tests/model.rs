//! Random steps against the engine on a real store, and against a model that is a few maps in
//! memory. After every restart, and every crash, the store holds what the model holds.
//!
//! A crash is a copy of the files while the store is open and nobody has closed anything: that is
//! what a killed process leaves. What was answered must be in it; of what was not, the store may
//! hold the beginning, in the order in which it was done, and nothing else.
//!
//! `PROPTEST_CASES=500 cargo test -p provisioning model` runs more of them.

mod state;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use scim::patch::Patch;

use super::*;
use crate::check::DataDirectory;
use crate::directory::ResourceChange;
use crate::journal::Draft;
use state::{Group, Logged, State, User};

/// Few names, so that they collide; each has two ways of being written.
const NAMES: u8 = 6;

/// One step. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    CreateUser { name: u8, mail: u8, manager: u8 },
    ReplaceUser { who: u8, name: u8, mail: u8 },
    PatchUser { who: u8, title: u8 },
    DeleteUser { who: u8 },
    CreateGroup { name: u8, members: Vec<u8> },
    ReplaceGroup { which: u8, name: u8, members: Vec<u8> },
    AddMember { which: u8, who: u8 },
    RemoveMember { which: u8, who: u8 },
    DeleteGroup { which: u8 },
    Ask,
    SaveSettings { quiet: u32, days: u32 },
    NextToken,
    RevokeToken,
    Sync,
    Wait { hours: i64 },
    Reopen,
    Crash,
}

fn a_step() -> impl Strategy<Value = Step> {
    let members = || proptest::collection::vec(any::<u8>(), 0..5);
    prop_oneof![
        6 => (0..2 * NAMES, any::<u8>(), any::<u8>())
            .prop_map(|(name, mail, manager)| Step::CreateUser { name, mail, manager }),
        2 => (any::<u8>(), 0..2 * NAMES, any::<u8>())
            .prop_map(|(who, name, mail)| Step::ReplaceUser { who, name, mail }),
        3 => (any::<u8>(), 0..3_u8).prop_map(|(who, title)| Step::PatchUser { who, title }),
        2 => any::<u8>().prop_map(|who| Step::DeleteUser { who }),
        3 => (0..2 * NAMES, members()).prop_map(|(name, members)| Step::CreateGroup { name, members }),
        2 => (any::<u8>(), 0..2 * NAMES, members())
            .prop_map(|(which, name, members)| Step::ReplaceGroup { which, name, members }),
        4 => any::<[u8; 2]>().prop_map(|[which, who]| Step::AddMember { which, who }),
        3 => any::<[u8; 2]>().prop_map(|[which, who]| Step::RemoveMember { which, who }),
        1 => any::<u8>().prop_map(|which| Step::DeleteGroup { which }),
        2 => Just(Step::Ask),
        1 => (1..4_u32, 1..4_u32).prop_map(|(quiet, days)| Step::SaveSettings { quiet, days }),
        1 => Just(Step::NextToken),
        1 => Just(Step::RevokeToken),
        1 => Just(Step::Sync),
        2 => (1..40_i64).prop_map(|hours| Step::Wait { hours }),
        1 => Just(Step::Reopen),
        3 => Just(Step::Crash),
    ]
}

/// The engine and the model, side by side.
struct Pair {
    desk: Desk,
    model: State,
    /// What a crash may leave: the model when it was last durable, and after each step since.
    possible: Vec<State>,
}

impl Pair {
    fn new() -> Self {
        let desk = Desk::live();
        let model = State::of(&desk);
        let possible = vec![model.clone()];
        Self {
            desk,
            model,
            possible,
        }
    }

    fn go(&mut self, step: &Step, is_answered: bool) -> Result<(), TestCaseError> {
        match step {
            Step::CreateUser { .. } | Step::ReplaceUser { .. } | Step::PatchUser { .. } => {
                self.write_user(step, is_answered);
            }
            Step::DeleteUser { who } => self.delete(Kind::User, *who, is_answered),
            Step::DeleteGroup { which } => self.delete(Kind::Group, *which, is_answered),
            Step::CreateGroup { .. } | Step::ReplaceGroup { .. } => self.write_group(step, is_answered),
            Step::AddMember { which, who } => self.move_member(*which, *who, "add", is_answered),
            Step::RemoveMember { which, who } => self.move_member(*which, *who, "remove", is_answered),
            Step::Ask => {
                let event = self.desk.request("ask");
                self.desk.record(event, false).unwrap();
                self.log("ask", true);
            }
            Step::SaveSettings { quiet, days } => self.save_settings(*quiet, *days),
            Step::NextToken | Step::RevokeToken => self.change_token(step),
            Step::Sync => self.sync(),
            Step::Wait { hours } => self.desk.wait(*hours * 3_600),
            Step::Reopen => {
                self.desk.reopen();
                self.is_durable();
                self.prune();
                self.must_agree()?;
            }
            Step::Crash => self.crash()?,
        }
        Ok(())
    }

    /// The last step is one that a crash may leave done, or not.
    fn is_possible(&mut self) {
        self.possible.push(self.model.clone());
    }

    /// No crash takes back what was done.
    fn is_durable(&mut self) {
        self.possible = vec![self.model.clone()];
    }

    fn log(&mut self, action: &str, is_answered: bool) {
        self.model.log.push(Logged {
            at: self.desk.now(),
            action: action.to_owned(),
            is_answered,
        });
        self.is_possible();
    }

    fn prune(&mut self) {
        self.model.prune(self.desk.now());
        self.is_possible();
    }

    /// A write of a provider: the change with the draft of its event, then, if it comes to that,
    /// the event and the answer. `change` makes the change in the model, or returns `None` if it
    /// must be refused or changes nothing.
    fn write(
        &mut self,
        action: &str,
        is_answered: bool,
        work: impl FnOnce(crate::directory::Directory<'_>) -> Result<ResourceChange>,
        change: impl FnOnce(&State, Option<&ResourceChange>) -> Option<State>,
    ) {
        let draft = Draft::of(self.desk.request(action), |_| ());
        let done = work(self.desk.directory().logged(Some(&draft)));
        let expected = change(&self.model, done.as_ref().ok());
        let has_changed = done.as_ref().is_ok_and(|change| change.changed);
        assert_eq!(has_changed, expected.is_some(), "{action}: {done:?}");
        if let Some(after) = expected {
            self.model = after;
            self.log(action, false);
        }
        if is_answered {
            let event = draft.into_event();
            self.desk.record(event, has_changed).unwrap();
            if has_changed {
                self.desk.settle().unwrap();
            }
            match self.model.log.last_mut().filter(|_| has_changed) {
                Some(last) => {
                    last.is_answered = true;
                    self.is_durable();
                }
                None => self.log(action, true),
            }
        }
    }

    fn write_user(&mut self, step: &Step, is_answered: bool) {
        let address = |mail: u8| format!("mail{}@contoso.example", mail % NAMES);
        match *step {
            Step::CreateUser { name, mail, manager } => {
                let mut user = User::new(&state::name(name), &address(mail));
                user.manager = self.model.pick(Kind::User, manager);
                let body = user.body();
                self.write(
                    "create user",
                    is_answered,
                    |directory| create(directory, Kind::User, body),
                    |model, done| model.with_new_user(done, user),
                );
            }
            Step::ReplaceUser { who, name, mail } => {
                let Some(id) = self.model.pick(Kind::User, who) else {
                    return;
                };
                let user = User::new(&state::name(name), &address(mail));
                let body = user.body();
                self.write(
                    "replace user",
                    is_answered,
                    |directory| replace(directory, Kind::User, &id, body),
                    |model, _| model.with_user(&id, user),
                );
            }
            Step::PatchUser { who, title } => {
                let Some(id) = self.model.pick(Kind::User, who) else {
                    return;
                };
                let mut user = self.model.users.get(&id).unwrap().clone();
                user.title = format!("title {title}");
                let operations = json!([{ "op": "replace", "path": "title", "value": user.title }]);
                self.write(
                    "patch user",
                    is_answered,
                    |directory| patch(directory, Kind::User, &id, &operations),
                    |model, _| model.with_user(&id, user),
                );
            }
            _ => {}
        }
    }

    fn write_group(&mut self, step: &Step, is_answered: bool) {
        match step {
            Step::CreateGroup { name, members } => {
                let group = Group::new(&state::name(*name), self.model.picked(members));
                let body = group.body();
                self.write(
                    "create group",
                    is_answered,
                    |directory| create(directory, Kind::Group, body),
                    |model, done| model.with_new_group(done, group),
                );
            }
            Step::ReplaceGroup { which, name, members } => {
                let Some(id) = self.model.pick(Kind::Group, *which) else {
                    return;
                };
                let group = Group::new(&state::name(*name), self.model.picked(members));
                let body = group.body();
                self.write(
                    "replace group",
                    is_answered,
                    |directory| replace(directory, Kind::Group, &id, body),
                    |model, _| model.with_group(&id, group),
                );
            }
            _ => {}
        }
    }

    fn move_member(&mut self, which: u8, who: u8, verb: &str, is_answered: bool) {
        let (Some(id), Some(member)) = (self.model.pick(Kind::Group, which), self.model.pick_any(who)) else {
            return;
        };
        let mut group = self.model.groups.get(&id).unwrap().clone();
        let operations = if verb == "add" {
            group.members.insert(member.clone());
            json!([{ "op": "add", "path": "members", "value": [{ "value": member }] }])
        } else {
            group.members.remove(&member);
            json!([{ "op": "remove", "path": format!("members[value eq \"{member}\"]") }])
        };
        self.write(
            &format!("{verb} member"),
            is_answered,
            |directory| patch(directory, Kind::Group, &id, &operations),
            |model, _| model.with_group(&id, group),
        );
    }

    fn delete(&mut self, kind: Kind, which: u8, is_answered: bool) {
        let Some(id) = self.model.pick(kind, which) else {
            return;
        };
        self.write(
            "delete",
            is_answered,
            |directory| directory.delete(kind, &id),
            |model, _| Some(model.without(&id)),
        );
    }

    fn save_settings(&mut self, quiet: u32, days: u32) {
        let mut draft = self.model.settings.clone();
        (draft.quiet_seconds, draft.log_days) = (quiet, days);
        self.desk.save_settings(&draft).unwrap();
        let before = std::mem::replace(&mut self.model.settings, draft);
        if before != self.model.settings {
            self.log("Save settings", true);
            self.is_durable();
        }
        if before.log_days != days {
            self.prune();
        }
    }

    fn change_token(&mut self, step: &Step) {
        let has_one = self.model.tokens.active.is_some();
        let action = match (step, has_one) {
            (Step::NextToken, false) => self.desk.generate_token().map(|_| "Generate SCIM token"),
            (Step::NextToken, true) => self.desk.regenerate_token().map(|_| "Regenerate SCIM token"),
            _ => self.desk.revoke_token().map(|_| "Revoke SCIM token"),
        };
        if matches!(step, Step::RevokeToken) && !has_one {
            assert!(matches!(action, Err(Error::NoToken)));
            return;
        }
        // A token is random: that it stays what it is, is what is asked here.
        self.model.tokens = self.desk.tokens();
        self.log(action.unwrap(), true);
        self.is_durable();
    }

    /// What a sync comes to has tests of its own; here it is to stay.
    fn sync(&mut self) {
        let before = State::of(&self.desk);
        assert_eq!(before, self.model);
        self.desk.force();
        self.desk.settle().unwrap();
        self.model = State::of(&self.desk);
        assert_eq!(self.model.runs, before.runs + 1);
        self.is_durable();
    }

    fn crash(&mut self) -> Result<(), TestCaseError> {
        let left = tempfile::tempdir().unwrap();
        copy(&self.desk.dir.path().join("store"), &left.path().join("store"));
        let found = DataDirectory::open(left.path()).unwrap().check().unwrap();
        prop_assert!(found.is_clean(), "{:#?}", found);

        self.desk.engine = None;
        self.desk.dir = left;
        self.desk.reopen();
        let now = self.desk.now();
        let found = State::of(&self.desk);
        let is_found = |mut possible: State| {
            possible.prune(now);
            possible == found
        };
        prop_assert!(
            self.possible.iter().cloned().any(is_found),
            "after a crash there is {:#?}, which is none of the {} that are possible, the last of which is {:#?}",
            found,
            self.possible.len(),
            self.model
        );
        self.model = found;
        self.is_durable();
        Ok(())
    }

    fn must_agree(&self) -> Result<(), TestCaseError> {
        prop_assert_eq!(&State::of(&self.desk), &self.model);
        let found = self.desk.check().unwrap();
        prop_assert!(found.is_clean(), "{:#?}", found);
        Ok(())
    }
}

fn create(directory: crate::directory::Directory<'_>, kind: Kind, body: Value) -> Result<ResourceChange> {
    let mut notes = Notes::default();
    let object = scim::accept(kind.resource_type(), body, &mut notes)?;
    directory.create(kind, object, &mut notes)
}

fn replace(
    directory: crate::directory::Directory<'_>,
    kind: Kind,
    id: &str,
    body: Value,
) -> Result<ResourceChange> {
    let mut notes = Notes::default();
    let object = scim::accept(kind.resource_type(), body, &mut notes)?;
    directory.replace(kind, id, &object, &mut notes)
}

fn patch(
    directory: crate::directory::Directory<'_>,
    kind: Kind,
    id: &str,
    operations: &Value,
) -> Result<ResourceChange> {
    let mut notes = Notes::default();
    let body = json!({ "schemas": [scim::schemas::PATCH_OP], "Operations": operations });
    let patch = Patch::parse(kind.resource_type(), body, &mut notes)?;
    directory.patch(kind, id, &patch, &mut notes)
}

/// Copies the files as they are.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// How many, unless `PROPTEST_CASES` says so.
const CASES: u32 = 24;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_store_holds_what_the_model_holds(
        steps in proptest::collection::vec((a_step(), proptest::bool::weighted(0.8)), 1..50)
    ) {
        let mut pair = Pair::new();
        for (step, is_answered) in steps {
            pair.go(&step, is_answered)?;
        }
        pair.must_agree()?;
        pair.crash()?;
    }
}
