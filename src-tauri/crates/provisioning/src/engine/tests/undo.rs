//! Undoing a sync: the console as it was, or the reason why not.

use crate::accounts::{Account, ConsoleGroup, State};

use super::*;

/// Keys and values.
pub(super) type Bytes = Vec<(Vec<u8>, Vec<u8>)>;

impl Desk {
    /// Everything the console holds, byte by byte.
    pub(super) fn bytes(&self) -> Bytes {
        let spaces = [Space::Account, Space::ConsoleGroup, Space::ConsoleMember];
        spaces
            .into_iter()
            .flat_map(|space| self.store.raw(&Key::all(space)).map(Result::unwrap))
            .collect()
    }

    fn rename(&self, id: &str, title: &str) {
        let mut user = self.directory().get(Kind::User, id).unwrap();
        user.attributes.insert("title".into(), title.into());
        self.store
            .write(|turn| turn.put(&Key::named(Space::User, id), &user))
            .unwrap();
    }

    fn title(&self, id: &str) -> Option<String> {
        self.account(id).unwrap().fields.get("jobTitle").cloned()
    }

    /// A console that a sync changes in every way there is: its people, all it held before, the sync.
    fn much_changed(&self) -> (Vec<String>, Bytes, Run) {
        let people: Vec<String> = ["mara", "jonas", "ana", "lidia"]
            .map(|name| self.user(name))
            .into();
        self.rename(&people[0], "Analyst");
        let sales = self.group("Sales", &people[..2]);
        let legal = self.group("Legal", &people[2..]);
        self.force();
        self.directory().delete(Kind::User, &people[3]).unwrap();
        self.force();
        self.rename(&people[0], "Senior Analyst");
        self.directory().delete(Kind::User, &people[1]).unwrap();
        self.directory().delete(Kind::Group, &legal).unwrap();
        self.directory().delete(Kind::Group, &sales).unwrap();
        self.group("Sales EMEA", &people[..1]);
        self.user("patti");
        self.user("lidia");
        let before = self.bytes();
        (people, before, self.undoable_sync())
    }

    fn undoable_sync(&self) -> Run {
        self.wait(60);
        let run = self.force();
        self.wait(60);
        assert!(run.can_be_undone(), "{run:?}");
        run
    }
}

#[test]
fn undo_puts_back_every_byte() {
    let desk = Desk::live();
    let people: Vec<String> = ["mara", "jonas", "lidia"].map(|name| desk.user(name)).into();
    desk.group("Sales", &people);
    let empty = desk.bytes();
    let first = desk.undoable_sync();
    desk.undo(first.id, None).unwrap();
    assert_eq!(desk.bytes(), empty, "what a sync made is removed");

    let desk = Desk::live();
    let (_, before, run) = desk.much_changed();
    assert_eq!(run.counts.users.restored, 1);
    let undone = desk.undo(run.id, None).unwrap();
    assert_eq!(desk.bytes(), before);
    assert!(desk.settings().test_mode, "or the next sync would do it again");
    let again = desk.force();
    assert_eq!(
        (again.counts.users, again.counts.groups, again.counts.memberships),
        (run.counts.users, run.counts.groups, run.counts.memberships)
    );
    assert!(undone.applied && undone.status == RunStatus::Completed);
    assert_eq!(desk.reports().get(run.id).unwrap().undone_by, Some(undone.id));
    assert!(
        undone.summary().starts_with("Undo of sync 3: "),
        "{}",
        undone.summary()
    );
    assert!(
        matches!(desk.undo(run.id, None), Err(Error::NotUndoable { .. })),
        "once is enough"
    );
    assert!(matches!(
        desk.undo(undone.id, None),
        Err(Error::NotUndoable { .. })
    ));
    assert!(
        matches!(desk.undo(again.id, None), Err(Error::NotUndoable { .. })),
        "it changed nothing"
    );
}

#[test]
fn one_person_is_undone_and_stays_so() {
    let desk = Desk::live();
    let (people, _, run) = desk.much_changed();
    let undone = desk.undo(run.id, Some(&people[0])).unwrap();
    assert_eq!(desk.title(&people[0]).as_deref(), Some("Analyst"));
    assert_eq!(
        undone.undoes.as_ref().unwrap().person.as_deref(),
        Some("mara@contoso.example")
    );
    assert!(!desk.settings().test_mode);
    let next = desk.force();
    assert_eq!((next.counts.users.total(), next.applied), (0, false), "{next:?}");
    assert!(next.counts.held > 0);
    assert_eq!(desk.title(&people[0]).as_deref(), Some("Analyst"));
    for hold in desk.holds().unwrap() {
        desk.release(&hold.target).unwrap();
    }
    desk.force();
    assert_eq!(desk.title(&people[0]).as_deref(), Some("Senior Analyst"));
}

#[test]
fn what_a_later_sync_has_changed_is_left_and_named() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    let jonas = desk.user("jonas");
    desk.rename(&mara, "Analyst");
    desk.rename(&jonas, "Buyer");
    desk.force();
    desk.rename(&mara, "Senior Analyst");
    desk.rename(&jonas, "Senior Buyer");
    let second = desk.undoable_sync();
    desk.rename(&mara, "Head Analyst");
    let third = desk.undoable_sync();
    let undo = desk.undo(second.id, None).unwrap();
    assert_eq!((undo.counts.users.changed, undo.counts.skipped), (1, 1));
    assert_eq!(desk.title(&mara).as_deref(), Some("Head Analyst"));
    assert_eq!(desk.title(&jonas).as_deref(), Some("Buyer"));
    let left = desk
        .reports()
        .plan(undo.id)
        .unwrap()
        .skipped
        .remove(0)
        .why
        .sentence();
    assert_eq!(
        left,
        format!(
            "Job title was changed again by sync {}, after sync {}; undo that one first",
            third.id, second.id
        )
    );
    desk.set(|draft| draft.test_mode = false);
    let alone = desk.undo(second.id, Some(&mara)).unwrap_err().to_string();
    assert!(alone.contains("was not undone"), "{alone}");
    // The rest comes back once that sync is undone.
    desk.undo(third.id, None).unwrap();
    desk.undo(second.id, None).unwrap();
    assert_eq!(desk.title(&mara).as_deref(), Some("Analyst"));
}

#[test]
fn nobody_is_told_to_undo_an_undo() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.rename(&mara, "Analyst");
    desk.force();
    let mut titles = ["Buyer", "Seller"].into_iter().map(|title| {
        desk.rename(&mara, title);
        desk.undoable_sync()
    });
    let (second, third) = (titles.next().unwrap(), titles.next().unwrap());
    let mut account = desk.account(&mara).unwrap();
    account.fields.insert("location".to_owned(), "Oslo".to_owned());
    let put = |account: &Account| {
        let key = Key::named(Space::Account, &mara);
        desk.store.write(|turn| turn.put(&key, account)).unwrap();
    };
    put(&account);
    let undo = desk.undo(third.id, None).unwrap();
    account = desk.account(&mara).unwrap();
    account.fields.insert("jobTitle".to_owned(), "Nurse".to_owned());
    put(&account);
    let plan = desk.undo_plan(second.id, None).unwrap();
    assert_eq!(
        plan.skipped[0].why.sentence(),
        format!(
            "Job title was changed again by sync {}, after sync {}",
            undo.id, second.id
        )
    );
}

#[test]
fn a_field_that_is_as_before_already_is_not_called_changed() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.rename(&mara, "Analyst");
    desk.force();
    desk.rename(&mara, "Buyer");
    let run = desk.undoable_sync();
    let mut account = desk.account(&mara).unwrap();
    account.fields.insert("location".to_owned(), "Oslo".to_owned());
    account.fields.insert("jobTitle".to_owned(), "Analyst".to_owned());
    desk.store
        .write(|turn| turn.put(&Key::named(Space::Account, &mara), &account))
        .unwrap();
    let plan = desk.undo_plan(run.id, None).unwrap();
    assert!(
        matches!(plan.skipped[0].why, crate::plan::Reason::AsBefore { .. }),
        "{plan:?}"
    );
}

#[test]
fn fields_that_others_have_changed_since_stay_as_they_are_now() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.rename(&mara, "Analyst");
    desk.force();
    desk.rename(&mara, "Senior Analyst");
    let second = desk.undoable_sync();
    desk.set_protected(&mara, true).unwrap();
    let mut account = desk.account(&mara).unwrap();
    account.fields.insert("location".to_owned(), "Oslo".to_owned());
    desk.store
        .write(|turn| turn.put(&Key::named(Space::Account, &mara), &account))
        .unwrap();
    desk.undo(second.id, None).unwrap();
    let account = desk.account(&mara).unwrap();
    assert!(
        account.protected && account.fields["location"] == "Oslo" && account.fields["jobTitle"] == "Analyst"
    );
}

#[test]
fn what_is_protected_exempt_or_on_hold_now_is_left_as_it_is() {
    let desk = Desk::live();
    let people: Vec<String> = ["mara", "jonas", "ana"].map(|name| desk.user(name)).into();
    desk.force();
    let again = ["mara", "jonas", "ana"];
    for id in &people {
        desk.directory().delete(Kind::User, id).unwrap();
    }
    desk.force();
    let _: Vec<String> = again.map(|name| desk.user(name)).into();
    let restored = desk.undoable_sync();
    assert_eq!(restored.counts.users.restored, 3);
    desk.set_protected(&people[0], true).unwrap();
    desk.add_exempt(&["jonas@contoso.example".to_owned()], "")
        .unwrap();
    let row = desk.reports().all_rows(restored.id).unwrap();
    let ana = row
        .map(Result::unwrap)
        .position(|row| row.change().unwrap().detail == "ana@contoso.example")
        .unwrap();
    desk.hold(restored.id, ana as u64).unwrap();
    let before = desk.bytes();
    let plan = desk.undo_plan(restored.id, None).unwrap();
    let mut why: Vec<String> = plan.skipped.iter().map(|one| one.why.sentence()).collect();
    why.sort();
    assert_eq!(
        why,
        [
            "it is on hold, so it stays as it is; release it first",
            "the account is exempt from provisioning",
            "the account is protected, so it is not archived; take the protection away first",
        ]
    );
    let refused = desk.undo(restored.id, None);
    assert!(matches!(refused, Err(Error::NotUndoable { .. })), "{refused:?}");
    assert_eq!(desk.bytes(), before);
    desk.set_protected(&people[0], false).unwrap();
    desk.undo(restored.id, None).unwrap();
    assert_eq!(desk.account(&people[0]).unwrap().state, State::Archived);
    assert_eq!(desk.account(&people[1]).unwrap().state, State::Active);
}

#[test]
fn nothing_is_undone_that_would_leave_two_accounts_with_one_address_or_a_membership_of_nobody() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.force();
    desk.directory().delete(Kind::User, &mara).unwrap();
    let archived = desk.undoable_sync();
    let path = desk.dir.path().join("accounts.csv");
    std::fs::write(&path, "Email,Aliases\nnew@contoso.example,mara@contoso.example\n").unwrap();
    let rows = crate::accounts::read_csv(&path).unwrap();
    desk.import_accounts(&rows, "accounts.csv").unwrap();
    let refused = desk.undo(archived.id, None).unwrap_err().to_string();
    assert!(
        refused.contains("mara@contoso.example is held by the account of new@"),
        "{refused}"
    );

    let desk = Desk::live();
    let jonas = desk.user("jonas");
    let made = desk.undoable_sync();
    desk.group("Sales", std::slice::from_ref(&jonas));
    desk.force();
    let refused = desk.undo(made.id, None).unwrap_err().to_string();
    assert!(refused.contains("memberships since"), "{refused}");
    let console = desk.console().unwrap();
    let (accounts, groups): (Vec<Account>, Vec<ConsoleGroup>) = (console.accounts, console.groups);
    assert_eq!((accounts.len(), groups.len()), (1, 1));
}

#[test]
fn what_would_be_undone_can_be_seen_first() {
    let desk = Desk::live();
    let (_, _, run) = desk.much_changed();
    let before = desk.bytes();
    let plan = desk.undo_plan(run.id, None).unwrap();
    assert_eq!(
        plan.changes.len() as u64,
        run.counts.users.total() + run.counts.groups.total() + run.counts.memberships.total()
    );
    assert_eq!(desk.bytes(), before);
    assert!(!desk.settings().test_mode);
}
