//! What administrators do with accounts.

use crate::accounts::read_csv;

use super::*;

impl Desk {
    fn import(&self, csv: &str) -> Result<crate::accounts::Imported> {
        let path = self.dir.path().join("accounts.csv");
        std::fs::write(&path, csv).unwrap();
        self.import_accounts(&read_csv(&path)?, "accounts.csv")
    }
}

#[test]
fn an_import_is_taken_whole_and_logged() {
    let desk = Desk::new();
    let done = desk
        .import("Email,First name,Aliases,Phone\nmara@contoso.example,Mara,mo@contoso.example,'+1 425\njonas@contoso.example,,,\n")
        .unwrap();
    assert_eq!((done.created, done.changed, done.unchanged), (2, 0, 0));
    let mara = desk.accounts("mara").unwrap().remove(0);
    assert_eq!(
        mara.fields["phone"], "+1 425",
        "the apostrophe was a spreadsheet's"
    );
    let again = desk
        .import("Email,First name\nMARA@contoso.example,Mara\njonas@contoso.example,Jonas\n")
        .unwrap();
    assert_eq!((again.created, again.changed, again.unchanged), (0, 1, 1));
    let event = desk.log("action:import").remove(0);
    assert_eq!(
        (event.identity.as_str(), event.reason.as_str()),
        ("accounts.csv", "0 created, 1 changed, 1 unchanged.")
    );
}

#[test]
fn a_file_with_one_bad_row_changes_nothing() {
    let desk = Desk::new();
    assert!(desk.import("Email\nmara@contoso.example\nno address\n").is_err());
    assert_eq!(desk.states().len(), 0);
}

#[test]
fn two_active_accounts_cannot_be_given_one_address() {
    let desk = Desk::new();
    desk.import("Email,Aliases,State\nmara@contoso.example,mo@contoso.example,\nold@contoso.example,mo@contoso.example,Archived\n")
        .unwrap();
    let refused = desk
        .import("Email,Aliases\nana@contoso.example,ana.maria@contoso.example\nmo@contoso.example,\n")
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("Line 3: The address mo@contoso.example is held by the active account mara@"),
        "{refused}"
    );
    assert!(desk.import("Email,State\nold@contoso.example,Active\n").is_err());
    assert_eq!(desk.states(), ["mara Active Console", "old Archived Console"]);
}

#[test]
fn a_file_that_is_not_utf_8_is_refused_with_the_line() {
    let desk = Desk::new();
    let path = desk.dir.path().join("latin.csv");
    std::fs::write(&path, b"Email,First name\nmara@contoso.example,M\xe4ra\n").unwrap();
    let Err(refused) = read_csv(&path) else {
        panic!("it was taken")
    };
    assert!(
        refused.to_string().contains("Line 2: The file is not UTF-8"),
        "{refused}"
    );
}

#[test]
fn an_exempt_account_is_left_alone_and_the_log_says_who_made_it_so() {
    let desk = Desk::live();
    desk.import("Email\nmara@contoso.example\n").unwrap();
    let mara = desk.accounts("").unwrap().remove(0);
    desk.set_exempt(&mara.id, true).unwrap();
    desk.set_exempt(&mara.id, true).unwrap();
    assert_eq!(desk.log("action:\"change account\"").len(), 1);
    assert_eq!(desk.force().counts.users.total(), 0);
    desk.set_exempt(&mara.id, false).unwrap();
    assert_eq!(desk.force().counts.users.archived, 1);
    assert_eq!(desk.account(&mara.id).unwrap().state, State::Archived);
    assert_eq!(desk.account(&mara.id).unwrap().managed_by, ManagedBy::Console);
    assert!(matches!(
        desk.set_exempt("nobody", true),
        Err(Error::NotFound { .. })
    ));
}

#[test]
fn accounts_of_many_users_are_those_of_each() {
    let desk = Desk::live();
    desk.import("Email,Managed by\nmara@contoso.example,SCIM\n")
        .unwrap();
    let mut people = vec![desk.user("mara"), desk.user("jonas")];
    desk.force();
    people.push(desk.user("not synced"));
    let found = desk.accounts_of(&people).unwrap();
    for id in &people {
        assert_eq!(found.get(id), desk.account_of(id).unwrap().as_ref());
    }
    assert_eq!((found.len(), desk.account_count().unwrap()), (2, 2));
    assert_ne!(found[&people[0]].id, people[0], "it was there before its user");
}
