//! The practice provider in a folder, with a target in memory.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::SignedDuration;

use super::*;
use crate::configuration::Mode;
use crate::cycle::tests::memory::{Memory, status};
use crate::cycle::{CycleState, Phase, Reason, ResetScope, Scope};
use crate::log::{Action, Status};
use crate::mail::Delivery;
use crate::persona::Persona;
use crate::stories::Story;
use crate::target::{Answer, BadTenantUrl, NoAnswer, Target};
use crate::wire::{Method, Request};

/// A world whose time stands still and whose target is in memory.
struct Quiet {
    target: Arc<Memory>,
    counter: AtomicU64,
}

struct Shared(Arc<Memory>);

impl Target for Shared {
    fn send(&self, request: &Request) -> Result<Answer, NoAnswer> {
        self.0.send(request)
    }

    fn base(&self) -> &str {
        self.0.base()
    }
}

impl World for Quiet {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_767_600_000).unwrap()
    }

    fn pause(&self, _: Duration) {}

    fn chance(&self) -> String {
        format!("id-{}", self.counter.fetch_add(1, Ordering::Relaxed))
    }

    fn target(&self, _: &TenantUrl, _: &SecretToken, _: &Persona) -> Box<dyn Target> {
        Box::new(Shared(Arc::clone(&self.target)))
    }
}

struct Desk {
    folder: tempfile::TempDir,
    target: Arc<Memory>,
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            target: Arc::default(),
        }
    }

    fn open(&self) -> Practice {
        let world = Quiet {
            target: Arc::clone(&self.target),
            counter: AtomicU64::new(0),
        };
        Practice::open(self.folder.path(), Arc::new(world)).unwrap()
    }

    /// Configured as in the tutorial, everybody in scope, and on.
    fn on(&self) -> Practice {
        let practice = self.open();
        practice.set_token(SecretToken::new("scimdesk_secret")).unwrap();
        practice
            .configure(|configuration| {
                configuration.tenant_url = "http://127.0.0.1:8443/scim".to_owned();
                configuration.scope = Scope::All;
                configuration.mode = Mode::Automatic;
                configuration.is_on = true;
                configuration.notification_email = "admin@contoso.com".to_owned();
                configuration.send_notifications = true;
            })
            .unwrap();
        practice
    }
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

#[test]
fn a_cycle_is_kept_and_the_next_process_goes_on_from_it() {
    let desk = Desk::new();
    let practice = desk.on();
    let report = practice.cycle(&mut go_on).unwrap();
    assert_eq!(report.summary.state, CycleState::Succeeded);
    let people = practice.look(|look| look.organisation.people.len());
    let before = practice.look(|look| look.job.clone());
    drop(practice);
    let practice = desk.open();
    assert_eq!(practice.look(|look| look.job.clone()), before);
    assert!(practice.look(|look| look.has_token && look.log_rows >= people));
    let report = practice.cycle(&mut go_on).unwrap();
    assert!(
        !report.summary.initial && report.summary.imported == 0,
        "{report:?}"
    );
    assert_eq!(desk.target.count("/Users/"), people);
}

#[test]
fn the_folder_is_opened_by_one_at_a_time() {
    let desk = Desk::new();
    let practice = desk.open();
    let world = Quiet {
        target: Arc::default(),
        counter: AtomicU64::new(0),
    };
    let error = Practice::open(desk.folder.path(), Arc::new(world)).err().unwrap();
    assert!(
        matches!(error, PracticeError::Folder(FolderError::InUse(_))),
        "{error}"
    );
    drop(practice);
    desk.open();
}

#[test]
fn a_secret_is_kept_for_its_owner_or_not_at_all() {
    let desk = Desk::new();
    let practice = desk.on();
    let path = desk.folder.path().join(SECRETS);
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .contains("scimdesk_secret")
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    practice
        .configure(|configuration| configuration.remember_secrets = false)
        .unwrap();
    assert!(!path.exists());
    assert!(practice.look(|look| look.has_token), "until the program ends");
    drop(practice);
    for entry in std::fs::read_dir(desk.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            path.is_dir()
                || !std::fs::read_to_string(&path)
                    .unwrap()
                    .contains("scimdesk_secret"),
            "{path:?}"
        );
    }
    let error = desk.open().cycle(&mut go_on).unwrap_err();
    assert!(matches!(error, PracticeError::NoToken), "{error}");
}

#[test]
fn nothing_is_sent_while_it_is_off_or_the_host_is_not_allowed() {
    let desk = Desk::new();
    let practice = desk.open();
    assert!(matches!(practice.cycle(&mut go_on), Err(PracticeError::Off)));
    let away =
        |configuration: &mut Configuration| configuration.tenant_url = "https://scim.example/v2".to_owned();
    let error = practice.configure(away).unwrap_err().to_string();
    assert!(error.contains("scim.example"), "{error}");
    let mut unsaved = Configuration::default();
    away(&mut unsaved);
    let tested = practice.test_connection(&unsaved, Some(SecretToken::new("x")));
    assert!(matches!(
        tested,
        Err(PracticeError::TenantUrl(BadTenantUrl::NotAllowed(_)))
    ));
    assert_eq!(desk.target.take_seen(), Vec::<String>::new());
}

#[test]
fn the_connection_is_tested_in_words() {
    let desk = Desk::new();
    let practice = desk.on();
    let saved = practice.look(|look| look.configuration.clone());
    let tested = practice.test_connection(&saved, None).unwrap();
    assert!(
        tested.fault.is_none() && tested.sentence().contains("authorized"),
        "{tested:?}"
    );
    assert_eq!(tested.exchanges.len(), 2);
    for (code, said) in [
        (401, "InvalidCredentials"),
        (404, "ServiceIncompatible"),
        (403, "CredentialValidationUnavailable"),
    ] {
        desk.target.fail_with(move |_| Some(Ok(status(code))));
        let sentence = practice.test_connection(&saved, None).unwrap().sentence();
        assert!(
            sentence.contains(said) && sentence.contains(&code.to_string()),
            "{sentence}"
        );
    }
    assert_eq!(practice.look(|look| look.log_rows), 0, "a test is no cycle");
}

#[test]
fn a_quarantine_is_told_by_mail_once_and_the_mail_is_kept_without_a_server() {
    let desk = Desk::new();
    let practice = desk.on();
    desk.target.fail_with(|_| Some(Ok(status(401))));
    practice.cycle(&mut go_on).unwrap();
    practice.cycle(&mut go_on).unwrap();
    let mails = practice.look(|look| look.mails.to_vec());
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].to.as_str(), &mails[0].delivery),
        ("admin@contoso.com", &Delivery::Kept)
    );
    assert!(mails[0].text.contains("127.0.0.1:8443"), "{}", mails[0].text);
}

#[test]
fn a_mail_goes_to_the_server_that_is_set() {
    let desk = Desk::new();
    let practice = desk.on();
    let (port, served) = crate::mail::tests::server();
    practice
        .configure(|configuration| configuration.mail_server = Some(crate::mail::tests::settings(port)))
        .unwrap();
    desk.target.fail_with(|_| Some(Ok(status(401))));
    practice.cycle(&mut go_on).unwrap();
    assert!(served.join().unwrap().contains("RCPT TO:<admin@contoso.com>"));
    assert_eq!(
        practice.look(|look| look.mails[0].delivery.clone()),
        Delivery::Sent
    );
    practice.restart(&[]).unwrap();
    practice.cycle(&mut go_on).unwrap();
    let second = practice.look(|look| look.mails[1].delivery.clone());
    assert!(
        matches!(second, Delivery::Failed(_)),
        "the server takes one mail only: {second:?}"
    );
}

#[test]
fn thirty_days_pass_at_once_and_end_in_a_delete() {
    let desk = Desk::new();
    let practice = desk.on();
    practice.set_pace(Pace::ByHand).unwrap();
    practice.cycle(&mut go_on).unwrap();
    let adele = practice.look(|look| {
        look.organisation
            .by_name("AdeleV@contoso.com")
            .unwrap()
            .id
            .clone()
    });
    practice
        .edit(|organisation, now| organisation.delete(&adele, now))
        .unwrap();
    let soon = practice.advance(minutes(40), &mut go_on).unwrap();
    assert_eq!(
        (soon.reports.len(), soon.reports[0].summary.disabled, soon.idle),
        (1, 1, 0)
    );
    let later = practice.advance(minutes(30 * 24 * 60), &mut go_on).unwrap();
    assert_eq!(later.purged.len(), 1);
    assert_eq!(later.reports.last().unwrap().summary.deleted, 1, "{later:?}");
    assert!(later.idle > 1_000, "{}", later.idle);
    assert!(
        desk.target
            .find("/Users/", "userName", "AdeleV@contoso.com")
            .is_none()
    );
    assert!(later.reports.len() <= 2, "{later:?}");
}

#[test]
fn an_edit_is_whole_or_not_at_all_and_a_story_reaches_the_target() {
    let desk = Desk::new();
    let practice = desk.on();
    practice.cycle(&mut go_on).unwrap();
    let before = practice.look(|look| look.organisation.clone());
    let failed = practice.edit(|organisation, _| {
        organisation.people.clear();
        Err::<(), _>("no")
    });
    assert!(failed.is_err() && practice.look(|look| *look.organisation == before));
    let told = practice
        .edit(|organisation, now| Story::HireFive.happen(organisation, 1, now))
        .unwrap();
    assert!(!told.is_empty());
    let report = practice.cycle(&mut go_on).unwrap();
    assert_eq!(report.summary.created, 5);
    let told = practice
        .edit(|organisation, now| Story::Marriage.happen(organisation, 1, now))
        .unwrap();
    let report = practice.cycle(&mut go_on).unwrap();
    assert!(
        report.summary.updated >= 1 && report.summary.created == 0,
        "{told:?} {report:?}"
    );
}

#[test]
fn a_cycle_is_stopped_from_elsewhere_and_shows_how_far_it_is() {
    let desk = Desk::new();
    let practice = desk.on();
    practice
        .configure(|configuration| configuration.overrides.parallel = Some(1))
        .unwrap();
    assert!(!practice.stop(), "nothing runs");
    let mut seen = Vec::new();
    let report = practice.cycle(&mut |progress| {
        if progress.phase == Phase::Users && progress.done == 2 {
            seen.push(practice.look(|look| look.progress));
            assert!(matches!(practice.restart(&[]), Err(PracticeError::Running)));
            assert!(practice.stop());
        }
        ControlFlow::Continue(())
    });
    let report = report.unwrap();
    assert_eq!(report.summary.state, CycleState::Stopped);
    assert_eq!(seen[0].unwrap().done, 2);
    assert!(practice.look(|look| look.progress.is_none() && look.job.pending.is_some()));
    assert_eq!(
        practice.cycle(&mut go_on).unwrap().summary.state,
        CycleState::Succeeded
    );
}

#[test]
fn a_scoping_filter_begins_an_initial_cycle_and_who_falls_out_is_staged() {
    let desk = Desk::new();
    let practice = desk.on();
    practice.cycle(&mut go_on).unwrap();
    let mut mapping = practice.look(|look| look.mapping.clone());
    let clause = crate::scoping::Clause::new("department", crate::scoping::Operator::Equals, "Retail");
    mapping.users.filters = vec![crate::scoping::ScopingFilter {
        title: "Retail".to_owned(),
        clauses: vec![clause],
    }];
    practice.set_mapping(mapping).unwrap();
    let report = practice.cycle(&mut go_on).unwrap();
    assert!(report.summary.initial && report.summary.staged > 5, "{report:?}");
    assert_eq!(
        practice.look(|look| look.job.quarantine.as_ref().unwrap().reason),
        Reason::TooManyDeletes
    );
    practice.allow_deletes().unwrap();
    let report = practice.cycle(&mut go_on).unwrap();
    assert!(
        report.summary.disabled > 5 && practice.look(|look| look.job.quarantine.is_none()),
        "{report:?}"
    );
    let disabled = Filter {
        action: Some(Action::Disable),
        ..Filter::default()
    };
    let (count, rows) = practice.log(&disabled, 0, 3).unwrap();
    assert_eq!((count as u64, rows.len()), (report.summary.disabled, 3));
    assert!(rows.iter().all(|row| row.status == Status::Success));
}

#[test]
fn okta_pushes_what_changed_and_another_target_is_matched_anew() {
    let desk = Desk::new();
    let practice = desk.on();
    practice.cycle(&mut go_on).unwrap();
    let id = practice.look(|look| look.job.id.clone());
    practice
        .configure(|configuration| configuration.persona = "okta-oin".to_owned())
        .unwrap();
    assert!(practice.look(|look| look.job.id.starts_with("okta.") && look.job.id[5..] == id[5..]));
    assert!(practice.look(|look| look.job.is_initial() && !look.job.links.is_empty()));
    practice.cycle(&mut go_on).unwrap();
    practice
        .edit(|organisation, now| Story::HireFive.happen(organisation, 1, now))
        .unwrap();
    desk.target.take_seen();
    let report = practice.cycle(&mut go_on).unwrap();
    assert_eq!(report.summary.created, 5);
    let posts = desk
        .target
        .take_seen()
        .into_iter()
        .filter(|line| line.starts_with(Method::Post.name()))
        .count();
    assert_eq!(posts, 5);
    practice
        .configure(|configuration| configuration.tenant_url = "http://127.0.0.1:1/other".to_owned())
        .unwrap();
    assert!(practice.look(|look| look.job.links.is_empty()));
    practice.restart(&[ResetScope::Full]).unwrap();
}
