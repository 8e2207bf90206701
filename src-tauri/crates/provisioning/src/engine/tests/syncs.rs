//! Syncs: what they change, what they leave, and what stops them.

use super::*;

#[test]
fn test_mode_leaves_the_console_as_it_is_and_reports_every_create() {
    let desk = Desk::in_test_mode();
    let members = [desk.user("mara"), desk.user("jonas")];
    desk.group("Sales", &members);
    let before = text(&desk.console().unwrap());
    let run = desk.force();
    assert_eq!((run.status.clone(), run.applied), (RunStatus::Completed, false));
    assert_eq!(text(&desk.console().unwrap()), before);
    assert_eq!(
        (
            run.counts.users.created,
            run.counts.groups.created,
            run.counts.memberships.created
        ),
        (2, 1, 2)
    );
    let plan = desk.reports().plan(run.id).unwrap();
    let names: Vec<_> = plan.changes.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "mara@contoso.example",
            "jonas@contoso.example",
            "Sales",
            "mara@contoso.example",
            "jonas@contoso.example"
        ]
    );
}

#[test]
fn a_live_sync_changes_the_console_and_leaves_nothing_to_do() {
    let desk = Desk::live();
    let members = [desk.user("mara"), desk.user("jonas")];
    desk.group("Sales", &members);
    let run = desk.force();
    assert!(run.applied);
    assert_eq!(desk.states(), ["jonas Active SCIM", "mara Active SCIM"]);
    let console = desk.console().unwrap();
    assert_eq!(
        console
            .members
            .values()
            .map(std::collections::BTreeSet::len)
            .collect::<Vec<_>>(),
        [2]
    );
    assert_eq!(
        desk.account_of(&members[0]).unwrap().unwrap().email,
        "mara@contoso.example"
    );
    assert_eq!(desk.groups_of_account(&members[0]).unwrap().len(), 1);
    let again = desk.force();
    assert_eq!(
        (
            again.counts.users.total(),
            again.counts.memberships.total(),
            again.applied
        ),
        (0, 0, false)
    );

    desk.directory().delete(Kind::User, &members[1]).unwrap();
    desk.force();
    assert_eq!(desk.states(), ["jonas Archived SCIM", "mara Active SCIM"]);
    desk.user("jonas");
    assert_eq!(desk.force().counts.users.restored, 1);
}

#[test]
fn a_sync_is_skipped_with_the_reason() {
    let desk = Desk::new();
    desk.user("mara");
    let off = desk.force();
    assert!(matches!(&off.status, RunStatus::Skipped(reason) if reason.contains("Enable User Provisioning")));
    desk.set(|draft| draft.enabled = true);
    let other = desk.force();
    assert!(
        matches!(&other.status, RunStatus::Skipped(reason) if reason.contains("ADI is the selected service"))
    );
    assert_eq!(other.summary(), other.status.reason().unwrap());
    assert_eq!((other.since_previous, desk.states().len()), (None, 0));
}

#[test]
fn the_guard_rail_stops_a_sync_and_can_be_passed_once() {
    let desk = Desk::live();
    let people: Vec<String> = (0..10).map(|n| desk.user(&format!("user{n}"))).collect();
    desk.force();
    desk.set(|draft| draft.guard_rail.percent = Some(20));
    for id in &people[..3] {
        desk.directory().delete(Kind::User, id).unwrap();
    }
    let stopped = desk.force();
    assert!(stopped.held_by_guard_rail && !stopped.applied);
    let reason = stopped.status.reason().unwrap();
    assert!(
        reason.contains("3 accounts of 10 active ones, more than the 20 % allowed"),
        "{reason}"
    );
    assert_eq!(
        stopped.summary(),
        "Plan: 0 to create, 0 to change, 3 to archive, 0 to restore."
    );
    assert!(desk.states().iter().all(|state| state.contains("Active")));
    assert_eq!(desk.reports().plan(stopped.id).unwrap().active_accounts, 10);
    assert!(desk.sync(Trigger::Forced, Some(u64::MAX)).unwrap().applied);
    assert_eq!(
        desk.states()
            .iter()
            .filter(|state| state.contains("Archived"))
            .count(),
        3
    );
}

#[test]
fn in_test_mode_the_guard_rail_is_a_warning() {
    let desk = Desk::live();
    let mara = desk.user("mara");
    desk.force();
    desk.set(|draft| (draft.test_mode, draft.guard_rail.percent) = (true, Some(20)));
    desk.directory().delete(Kind::User, &mara).unwrap();
    let run = desk.force();
    assert_eq!((run.status, run.counts.warnings), (RunStatus::Completed, 1));
}

/// Cancels from a listener: at every phase that is reported before something is changed.
#[test]
fn a_sync_can_be_cancelled_until_it_applies() {
    for phase in ["Reading the directory", "Comparing", "Writing the report"] {
        let desk = Desk::live();
        desk.user("mara");
        desk.group("Sales", &[]);
        let run = desk.run_and_cancel_in(phase);
        assert_eq!(run.summary(), "Cancelled before anything was changed.", "{phase}");
        assert!(!run.applied && desk.states().is_empty(), "{phase}");
        assert!(desk.force().applied, "{phase}: the next one is not cancelled");
    }
}

impl Desk {
    fn run_and_cancel_in(&self, phase: &'static str) -> Run {
        let cancel = AtomicBool::new(false);
        let work = Work {
            store: &self.store,
            directory: self.directory(),
            settings: self.settings(),
            now: &|| self.now(),
            progress: &|progress| cancel.store(progress.phase == phase, Ordering::Relaxed),
            cancelled: &|| cancel.load(Ordering::Relaxed),
        };
        work.run(Trigger::Forced, None).unwrap()
    }
}

#[test]
fn a_sync_under_way_ends_when_settings_change_that_it_began_with() {
    let desk = Desk::live();
    desk.user("mara");
    desk.set(|draft| draft.test_mode = true);
    assert!(
        desk.cancel.load(Ordering::Relaxed),
        "one that was under way would stop"
    );
    assert_eq!(
        desk.force().status,
        RunStatus::Completed,
        "one that begins now does not"
    );
}

#[test]
fn a_second_sync_is_told_that_one_is_under_way() {
    let desk = Desk::live();
    let _under_way = lock(&desk.sync_turn);
    assert!(matches!(
        desk.sync(Trigger::Forced, None),
        Err(Error::SyncRunning)
    ));
}

#[test]
fn a_sync_that_a_crash_left_open_is_closed_and_tried_again() {
    let mut desk = Desk::live();
    desk.user("mara");
    desk.force();
    desk.user("jonas");
    let done = desk.reports().newest().unwrap().unwrap();
    desk.store
        .write(|turn| {
            let open = Run {
                id: 2,
                status: RunStatus::Processing,
                finished: None,
                ..done
            };
            turn.put(&Key::numbered(Space::Run, 2), &open)?;
            turn.put(&Key::numbered_pair(Space::ReportRow, 2, 0), &"half a row")
        })
        .unwrap();
    let rows: Vec<(Vec<u8>, crate::reports::Row)> = desk
        .store
        .scan(&Key::numbered(Space::ReportRow, 1))
        .map(Result::unwrap)
        .collect();
    desk.store
        .write(|turn| turn.put(&Key::numbered_pair(Space::ReportRow, 2, 0), &rows[0].1))
        .unwrap();
    desk.reopen();
    let closed = desk.reports().get(2).unwrap();
    assert!(matches!(closed.status, RunStatus::Failed(_)) && closed.finished.is_some());
    assert_eq!(
        desk.reports().all_rows(2).unwrap().count(),
        0,
        "half a report is none"
    );
    assert!(
        desk.next_sync().is_some(),
        "what it was to do is still to be done"
    );
    let told = desk.log("kind:sync sync:2").remove(0);
    assert!(
        told.status == Status::Failure && told.reason.contains("Nothing was changed"),
        "the log says so: {told:?}"
    );
}

#[test]
fn what_no_sync_has_looked_at_is_on_the_schedule_after_a_restart() {
    let mut desk = Desk::live();
    desk.reopen();
    assert_eq!(desk.next_sync(), None);
    desk.user("mara");
    desk.reopen();
    assert!(desk.next_sync().is_some());
    desk.run_and_cancel_in("Comparing");
    desk.reopen();
    assert!(desk.next_sync().is_some(), "a cancelled sync has done nothing");
    desk.force();
    assert_eq!(desk.next_sync(), None);
    desk.reopen();
    assert_eq!(desk.next_sync(), None);
}

#[test]
fn every_write_puts_the_sync_off_until_it_is_quiet() {
    let desk = Desk::live();
    let event = || desk.request("POST User");
    desk.force();
    desk.record(event(), false).unwrap();
    assert_eq!(
        desk.next_sync(),
        None,
        "a request that only reads changes nothing"
    );
    desk.record(event(), true).unwrap();
    desk.wait(7);
    desk.record(event(), true).unwrap();
    let due = desk.now().saturating_add(SignedDuration::from_secs(10)).unwrap();
    assert_eq!(desk.next_sync(), Some(due));
}

/// 5,000 accounts, their events and the run's end are one batch of the store.
#[test]
fn thousands_of_changes_are_one_turn_and_survive_a_restart() {
    let mut desk = Desk::live();
    let template = desk.create(
        Kind::User,
        json!({ "userName": "user0@contoso.example", "title": "Analyst" }),
    );
    let template = desk.directory().get(Kind::User, &template).unwrap();
    desk.store
        .write(|turn| {
            for n in 1..5_000 {
                let mut user = template.clone();
                user.id = format!("user{n:05}");
                user.attributes
                    .insert("userName".into(), format!("user{n}@contoso.example").into());
                turn.put(&Key::named(Space::User, &user.id), &user)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(desk.force().counts.users.created, 5_000);
    desk.reopen();
    assert_eq!(desk.accounts("").unwrap().len(), 5_000);
    assert_eq!(desk.log("action:\"create account\"").len(), 5_000);
    assert_eq!(desk.force().counts.users.total(), 0);
}

/// Test Mode is saved after the run was last asked whether it is cancelled, and before its turn.
#[test]
fn test_mode_saved_at_the_last_moment_is_obeyed() {
    let desk = Desk::live();
    desk.user("mara");
    let before = text(&desk.console().unwrap());
    let work = Work {
        store: &desk.store,
        directory: desk.directory(),
        settings: desk.settings(),
        now: &|| desk.now(),
        progress: &|progress| {
            if progress.phase == "Applying" {
                desk.set(|draft| draft.test_mode = true);
            }
        },
        cancelled: &|| false,
    };
    let run = work.run(Trigger::Forced, None).unwrap();
    assert!(matches!(run.status, RunStatus::Stopped(_)) && !run.applied);
    assert_eq!(desk.reports().get(run.id).unwrap(), run);
    assert_eq!(text(&desk.console().unwrap()), before);
    assert!(
        desk.log("kind:sync status:success").is_empty(),
        "nor does the log say it was"
    );
}

#[test]
fn a_sync_that_panics_does_not_end_all_syncs() {
    let desk = Desk::live();
    desk.user("mara");
    let panicked = std::sync::atomic::AtomicBool::new(false);
    desk.subscribe(move |happening| {
        let first = matches!(happening, Happening::Progress(_)) && !panicked.swap(true, Ordering::Relaxed);
        assert!(!first, "as a fault would");
    });
    desk.run_scheduled(Trigger::Quiet);
    assert_eq!(desk.running(), None);
    let broken = desk.reports().newest().unwrap().unwrap();
    assert!(matches!(broken.status, RunStatus::Failed(_)));
    let run = desk.force();
    assert!(run.applied, "{run:?}");
    desk.user("jonas");
    desk.run_scheduled(Trigger::Quiet);
    assert_eq!(desk.states().len(), 2);
}

#[test]
fn a_sync_that_was_applied_and_is_not_durable_says_so() {
    let desk = Desk::live();
    desk.user("mara");
    let run = desk.force();
    let work = Work {
        store: &desk.store,
        directory: desk.directory(),
        settings: desk.settings(),
        now: &|| desk.now(),
        progress: &|_| {},
        cancelled: &|| false,
    };
    let run = work
        .not_durable(run, Error::Store("the disk is full".to_owned()))
        .unwrap();
    let told = run.status.reason().unwrap_or_default();
    assert!(
        run.applied && told.starts_with("The console was changed, but") && told.contains("the disk is full")
    );
    assert!(!told.contains("Nothing was changed"));
    assert_eq!(desk.reports().get(run.id).unwrap(), run);
    assert_eq!(desk.log("kind:sync status:failure").remove(0).reason, told);
}
