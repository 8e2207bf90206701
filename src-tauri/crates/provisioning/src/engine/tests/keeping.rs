//! What administrators keep from syncs: holds, protected accounts, the exempt list.

use crate::accounts::read_addresses;
use crate::plan::{HeldBy, Target};
use crate::reports::{Entry, Row};

use super::*;

impl Desk {
    /// The place of the first row of a report that is about this name.
    fn place_of(&self, run: &Run, name: &str) -> u64 {
        let rows = self.reports().all_rows(run.id).unwrap();
        let is_it = |row: Row| row.change().is_some_and(|change| change.detail.starts_with(name));
        rows.map(Result::unwrap).position(is_it).unwrap() as u64
    }

    fn held(&self, run: &Run) -> Vec<(String, HeldBy)> {
        let plan = self.reports().plan(run.id).unwrap();
        plan.held
            .into_iter()
            .map(|held| (held.change.name, held.by))
            .collect()
    }
}

#[test]
fn a_row_on_hold_is_not_applied_until_it_is_released() {
    let mut desk = Desk::in_test_mode();
    desk.user("mara");
    desk.user("jonas");
    let report = desk.force();
    let hold = desk.hold(report.id, desk.place_of(&report, "mara")).unwrap();
    assert_eq!(desk.hold(report.id, 0).unwrap(), hold, "twice is once");
    desk.set(|draft| (draft.test_mode, draft.guard_rail.percent) = (false, None));
    let live = desk.force();
    assert_eq!((live.counts.users.created, live.counts.held), (1, 1));
    assert_eq!(desk.states(), ["jonas Active SCIM"]);
    desk.reopen();
    let again = desk.force();
    assert!(
        !again.applied && again.summary() == "No changes. One is on hold.",
        "{again:?}"
    );
    assert_eq!(
        desk.held(&again),
        [("mara@contoso.example".to_owned(), HeldBy::Administrator)]
    );
    desk.release(&hold.target).unwrap();
    desk.release(&hold.target).unwrap();
    assert!(desk.force().applied);
    assert_eq!(desk.states(), ["jonas Active SCIM", "mara Active SCIM"]);
    let told: Vec<String> = desk
        .log("kind:admin hold")
        .into_iter()
        .map(|event| event.action)
        .collect();
    assert_eq!(told, ["Release from hold", "Put on hold"]);
    assert_eq!(
        desk.log("kind:sync action:\"hold account\"").len(),
        1,
        "the log says so once"
    );
}

#[test]
fn what_changes_nothing_cannot_be_put_on_hold() {
    let desk = Desk::in_test_mode();
    desk.create(Kind::User, json!({ "userName": "no address" }));
    let run = desk.force();
    assert!(matches!(desk.hold(run.id, 0), Err(Error::Invalid { .. })));
    assert!(matches!(desk.hold(run.id, 7), Err(Error::NotFound { .. })));
    let nobody = Target::User {
        account: "nobody".to_owned(),
    };
    assert!(!desk.is_on_hold(&nobody).unwrap());
}

#[test]
fn held_rows_are_read_by_their_place_and_stay_in_the_exports() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.force();
    desk.set_protected(&mara, true).unwrap();
    desk.directory().delete(Kind::User, &mara).unwrap();
    desk.create(Kind::User, json!({ "userName": "no address" }));
    desk.user("jonas");
    let run = desk.force();
    let rows: Vec<Row> = desk
        .reports()
        .all_rows(run.id)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for section in [crate::reports::Section::Held, crate::reports::Section::Skipped] {
        let query = crate::reports::RowsQuery {
            section,
            action: None,
            search: String::new(),
            skip: 0,
            take: 9,
        };
        let (total, page) = desk.reports().rows(run.id, &query).unwrap();
        assert_eq!((total, page.len()), (1, 1), "{section:?}");
        assert_eq!(page[0].1, rows[usize::try_from(page[0].0).unwrap()]);
    }
    assert!(matches!(&rows[1].entry, Entry::Held(held) if held.by == HeldBy::Protected));
    for format in [
        crate::reports::export::Format::Text,
        crate::reports::export::Format::Json,
        crate::reports::export::Format::Csv,
        crate::reports::export::Format::Html,
    ] {
        let text = desk.reports().render(run.id, format).unwrap();
        assert!(text.contains("rotected"), "{format:?}: {text}");
    }
    assert_eq!(desk.states(), ["jonas Active SCIM", "mara Active SCIM"]);
    desk.set_protected(&mara, false).unwrap();
    assert_eq!(desk.force().counts.users.archived, 1);
}

#[test]
fn people_on_the_exempt_list_are_left_alone_with_and_without_an_account() {
    let desk = Desk::live();
    desk.user("mara");
    desk.force();
    let path = desk.dir.path().join("exempt.csv");
    std::fs::write(
        &path,
        "Email\nMARA@contoso.example\njonas@contoso.example\njonas@contoso.example\n",
    )
    .unwrap();
    let addresses = read_addresses(&path).unwrap();
    assert_eq!(desk.add_exempt(&addresses, "exempt.csv").unwrap(), 2);
    assert_eq!(desk.add_exempt(&addresses, "exempt.csv").unwrap(), 0);
    let mara = desk.accounts("").unwrap().remove(0);
    assert!(!mara.exempt && desk.listed_addresses(&mara).unwrap().len() == 1);
    desk.directory().delete(Kind::User, &mara.id).unwrap();
    desk.user("jonas");
    let run = desk.force();
    assert_eq!((run.counts.users.total(), run.counts.skipped), (0, 1), "{run:?}");
    desk.set_exempt(&mara.id, false).unwrap();
    assert_eq!(
        desk.exempt_list().unwrap().len(),
        1,
        "who is let in leaves the list"
    );
    assert_eq!(desk.remove_exempt(&addresses, "exempt.csv").unwrap(), 1);
    let run = desk.force();
    assert_eq!((run.counts.users.created, run.counts.users.archived), (1, 1));
    assert_eq!(desk.log("action:\"exempt list\"").len(), 2);
}

#[test]
fn a_check_looks_at_what_is_kept_from_syncs() {
    let desk = Desk::in_test_mode();
    desk.user("mara");
    let report = desk.force();
    desk.hold(report.id, 0).unwrap();
    desk.add_exempt(&["jonas@contoso.example".to_owned()], "")
        .unwrap();
    let found = desk.check().unwrap();
    assert!(found.is_clean(), "{found:?}");
    for what in ["holds", "exempt addresses"] {
        assert_eq!(found.looked_at.get(what), Some(&1), "{what}");
    }
    desk.store
        .write(|turn| {
            turn.put(
                &Key::named(Space::Exempt, "ana@contoso.example"),
                &desk.exempt_list()?[0],
            )?;
            turn.put(&Key::pair(Space::Hold, "account", "ana"), &desk.holds()?[0])?;
            turn.put(&Key::numbered_pair(Space::Before, 99, 0), &1)
        })
        .unwrap();
    assert_eq!(desk.check().unwrap().count(), 3);
}
