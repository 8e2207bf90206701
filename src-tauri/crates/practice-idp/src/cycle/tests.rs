//! Cycles against a target in memory. Time is a number that a test moves.

pub(crate) mod memory;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;
use serde_json::json;

use super::*;
use crate::log::{Action, Status};
use crate::mapping::{ENTERPRISE_USER, Mapping};
use crate::organisation::{ObjectId, Organisation};
use crate::persona::Persona;
use crate::roster;
use crate::target::{Answer, NoAnswer};
use crate::wire::Method;
use memory::{Memory, status};

/// The provider with everything around it.
struct Desk {
    organisation: Organisation,
    mapping: Mapping,
    persona: Persona,
    target: Memory,
    settings: Settings,
    job: Job,
    now: Timestamp,
    rows: Vec<Entry>,
    paused: Mutex<Vec<u64>>,
    counter: AtomicU64,
}

/// Keeps the rows, and stops after so many objects.
struct Watch<'a> {
    rows: &'a mut Vec<Entry>,
    stop_after: Option<u64>,
}

impl Observer for Watch<'_> {
    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        match self.stop_after {
            Some(most) if progress.phase == Phase::Users && progress.done >= most => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn record(&mut self, entry: Entry) {
        self.rows.push(entry);
    }
}

impl Desk {
    /// Contoso, everybody in scope, Entra.
    fn new() -> Self {
        let now = Timestamp::from_second(1_767_600_000).unwrap();
        let mut persona = Persona::named("entra").unwrap();
        persona.parallel = 1;
        Self {
            organisation: roster::contoso(now),
            mapping: Mapping::knowbe4(),
            persona,
            target: Memory::default(),
            settings: Settings {
                scope: Scope::All,
                ..Settings::default()
            },
            job: Job::new("scim.1.2".to_owned()),
            now: now + SignedDuration::from_mins(1),
            rows: Vec::new(),
            paused: Mutex::default(),
            counter: AtomicU64::new(0),
        }
    }

    fn with<T>(&mut self, run: impl FnOnce(&mut Job, &Surroundings<'_>, &mut Vec<Entry>) -> T) -> T {
        let now = self.now;
        let rules = Rules::new(&self.mapping).unwrap();
        let around = Surroundings {
            organisation: &self.organisation,
            rules: &rules,
            persona: &self.persona,
            target: &self.target,
            settings: &self.settings,
            now: &move || now,
            pause: &|duration| {
                self.paused.lock().unwrap().push(duration.as_secs());
                true
            },
            chance: &|| format!("id-{}", self.counter.fetch_add(1, Ordering::Relaxed)),
        };
        run(&mut self.job, &around, &mut self.rows)
    }

    fn cycle(&mut self) -> Report {
        self.cycle_stopped(None)
    }

    /// A cycle; then a minute passes. The rows are those of this cycle, the requests as well.
    fn cycle_stopped(&mut self, stop_after: Option<u64>) -> Report {
        self.rows.clear();
        self.target.take_seen();
        let began = self.now;
        let report = self.with(|job, around, rows| run(job, around, began, &mut Watch { rows, stop_after }));
        self.pass(1);
        report
    }

    fn pass(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    fn id(&self, alias: &str) -> ObjectId {
        self.organisation
            .by_name(&format!("{alias}@contoso.com"))
            .unwrap()
            .id
            .clone()
    }

    fn in_target(&self, alias: &str) -> serde_json::Value {
        self.target
            .find("/Users/", "userName", &format!("{alias}@contoso.com"))
            .unwrap()
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Organisation, Timestamp)) {
        edit(&mut self.organisation, self.now);
        self.pass(1);
    }

    fn row(&self, alias: &str) -> &Entry {
        let name = format!("{alias}@contoso.com");
        self.rows.iter().find(|row| row.reportable == name).unwrap()
    }

    fn codes(&self) -> BTreeSet<&str> {
        self.rows
            .iter()
            .filter_map(|row| row.fault.as_ref())
            .map(|fault| fault.code.as_str())
            .collect()
    }

    fn writes(&self) -> Vec<String> {
        self.target
            .take_seen()
            .into_iter()
            .filter(|line| !line.starts_with("GET"))
            .collect()
    }
}

#[test]
fn an_initial_cycle_brings_everybody_with_managers_and_members() {
    let mut desk = Desk::new();
    let (people, groups) = (desk.organisation.people.len(), desk.organisation.groups.len());
    let report = desk.cycle();
    assert_eq!(report.summary.state, CycleState::Succeeded, "{report:#?}");
    assert!(report.summary.initial);
    assert_eq!(
        (desk.target.count("/Users/"), desk.target.count("/Groups/")),
        (people, groups)
    );
    assert_eq!(report.summary.created, (people + groups) as u64);
    for person in desk.organisation.people.values() {
        let object = desk
            .target
            .find("/Users/", "userName", person.user_principal_name())
            .unwrap();
        let manager = person
            .manager
            .as_ref()
            .map(|id| desk.job.links[id].target_id.clone());
        assert_eq!(
            object[ENTERPRISE_USER]["manager"]["value"],
            json!(manager),
            "{object}"
        );
        assert_eq!(object["active"], json!(true));
    }
    for group in desk.organisation.groups.values() {
        let object = desk
            .target
            .find("/Groups/", "displayName", &group.display_name)
            .unwrap();
        assert_eq!(
            object["members"].as_array().map_or(0, Vec::len),
            group.members.len()
        );
    }
    let seen = desk.target.take_seen();
    assert!(
        seen[0].starts_with("GET /Users?filter=userName+eq+%22id-") && seen[1].starts_with("GET /Groups?"),
        "{seen:?}"
    );
    assert!(
        desk.rows
            .iter()
            .all(|row| row.exchanges.iter().all(|each| each.request_id.is_some()))
    );
    assert_eq!(desk.job.watermark, Some(report.summary.began));
}

#[test]
fn a_cycle_without_changes_sends_its_probes_and_nothing_else() {
    let mut desk = Desk::new();
    desk.cycle();
    let report = desk.cycle();
    assert!(!report.summary.initial);
    assert_eq!(desk.target.take_seen().len(), 2);
    desk.persona.probing = crate::persona::Probing::WithChanges;
    desk.cycle();
    assert_eq!(desk.target.take_seen(), Vec::<String>::new());
}

#[test]
fn a_changed_attribute_is_one_read_and_one_operation() {
    let mut desk = Desk::new();
    desk.cycle();
    let adele = desk.id("AdeleV");
    desk.edit(|org, now| {
        org.edit(&adele, &[("jobTitle", Some("Regional Manager"))], now)
            .unwrap();
    });
    desk.cycle();
    let id = &desk.job.links[&adele].target_id.clone();
    let seen = desk.target.take_seen();
    assert_eq!(
        seen[2..],
        [format!("GET /Users/{id}"), format!("PATCH /Users/{id}")]
    );
    assert_eq!(desk.in_target("AdeleV")["title"], "Regional Manager");
    let row = desk.row("AdeleV");
    assert_eq!((row.action, row.status), (Action::Update, Status::Success));
    assert_eq!(row.modified[0].new.as_deref(), Some("Regional Manager"));
    assert_eq!(row.exchanges.len(), 2);
}

#[test]
fn who_is_disabled_deleted_or_restored_is_switched_and_deleted_after_thirty_days() {
    let mut desk = Desk::new();
    desk.cycle();
    let (adele, alex) = (desk.id("AdeleV"), desk.id("AlexW"));
    desk.edit(|org, now| org.set_enabled(&adele, false, now).unwrap());
    desk.edit(|org, now| org.delete(&alex, now).unwrap());
    let report = desk.cycle();
    assert_eq!(report.summary.disabled, 2);
    assert_eq!(desk.in_target("AdeleV")["active"], json!(false));
    assert_eq!(desk.row("AlexW").action, Action::Disable);
    desk.edit(|org, now| org.set_enabled(&adele, true, now).unwrap());
    desk.cycle();
    assert_eq!(desk.in_target("AdeleV")["active"], json!(true));
    desk.pass(30 * 24 * 60);
    desk.edit(|org, now| assert_eq!(org.purge_due(now).len(), 1));
    let report = desk.cycle();
    assert_eq!(report.summary.deleted, 1);
    assert!(
        desk.target
            .find("/Users/", "userName", "AlexW@contoso.com")
            .is_none()
    );
    assert!(!desk.job.links.contains_key(&alex));
    desk.cycle();
    assert_eq!(desk.writes(), Vec::<String>::new(), "a DELETE is sent once");
}

#[test]
fn who_is_disabled_already_gets_no_second_request() {
    let mut desk = Desk::new();
    desk.cycle();
    let adele = desk.id("AdeleV");
    desk.edit(|org, now| org.set_enabled(&adele, false, now).unwrap());
    desk.cycle();
    desk.edit(|org, now| org.delete(&adele, now).unwrap());
    desk.cycle();
    let writes = desk.writes();
    assert!(!writes.iter().any(|line| line.contains("/Users/")), "{writes:?}");
}

#[test]
fn who_was_never_there_and_is_not_to_be_is_skipped() {
    let mut desk = Desk::new();
    desk.settings.scope = Scope::Assigned;
    desk.organisation.assigned = BTreeSet::from([desk.id("AdeleV")]);
    let report = desk.cycle();
    assert_eq!((report.summary.created, desk.target.count("/Users/")), (1, 1));
    let row = desk.row("AlexW");
    assert_eq!(
        (row.status, row.fault.as_ref().unwrap().code.as_str()),
        (Status::Skipped, "NotEffectivelyEntitled")
    );
    assert_eq!(row.exchanges, []);
    let scoping = row
        .steps
        .iter()
        .find(|step| step.name == "EntrySynchronizationScoping")
        .unwrap();
    assert_eq!(scoping.details["Assigned"], "False");
}

#[test]
fn who_is_unassigned_is_disabled_unless_that_is_skipped() {
    for skip in [false, true] {
        let mut desk = Desk::new();
        desk.settings.scope = Scope::Assigned;
        desk.settings.skip_out_of_scope_deletions = skip;
        let adele = BTreeSet::from([desk.id("AdeleV")]);
        desk.edit(|org, now| org.assign(&adele, now).unwrap());
        desk.cycle();
        assert_eq!(desk.in_target("AdeleV")["active"], json!(true));
        desk.edit(|org, now| {
            org.assigned.clear();
            org.people.get_mut(adele.first().unwrap()).unwrap().changed = now;
        });
        desk.cycle();
        assert_eq!(desk.in_target("AdeleV")["active"], json!(skip));
    }
}

#[test]
fn somebody_who_is_in_the_target_already_is_matched_and_not_created() {
    let mut desk = Desk::new();
    let user = json!({ "id": "old", "userName": "adelev@CONTOSO.com", "active": true });
    desk.target
        .objects
        .lock()
        .unwrap()
        .insert("/Users/old".to_owned(), user);
    desk.cycle();
    assert_eq!(desk.job.links[&desk.id("AdeleV")].target_id, "old");
    assert_eq!(desk.row("AdeleV").action, Action::Update);
}

#[test]
fn two_of_the_same_name_in_the_target_are_a_failure() {
    let mut desk = Desk::new();
    for id in ["a", "b"] {
        let user = json!({ "id": id, "userName": "AdeleV@contoso.com" });
        desk.target
            .objects
            .lock()
            .unwrap()
            .insert(format!("/Users/{id}"), user);
    }
    let report = desk.cycle();
    assert_eq!(report.summary.state, CycleState::EntryLevelErrors);
    assert_eq!(
        desk.row("AdeleV").fault.as_ref().unwrap().code,
        "DuplicateTargetEntries"
    );
}

#[test]
fn somebody_who_vanished_from_the_target_is_not_made_anew_until_the_links_are_dropped() {
    let mut desk = Desk::new();
    desk.cycle();
    let adele = desk.id("AdeleV");
    let id = desk.job.links[&adele].target_id.clone();
    desk.target
        .objects
        .lock()
        .unwrap()
        .remove(&format!("/Users/{id}"));
    desk.edit(|org, now| org.edit(&adele, &[("jobTitle", Some("x"))], now).unwrap());
    desk.cycle();
    assert_eq!(desk.row("AdeleV").fault.as_ref().unwrap().code, "InvalidAnchor");
    desk.job.restart(&[]);
    desk.cycle();
    assert_eq!(desk.row("AdeleV").fault.as_ref().unwrap().code, "InvalidAnchor");
    desk.job.restart(&[ResetScope::Full]);
    let report = desk.cycle();
    assert!(report.summary.initial && report.summary.state == CycleState::Succeeded);
    assert_eq!(desk.in_target("AdeleV")["title"], "x");
}

#[expect(clippy::unnecessary_wraps, reason = "it is what a target returns")]
fn fails(code: u16) -> Result<Answer, NoAnswer> {
    Ok(status(code))
}

#[test]
fn what_fails_is_tried_again_and_then_let_go() {
    let mut desk = Desk::new();
    desk.target.fail_with(|request| {
        let is_adele = request
            .body
            .as_ref()
            .is_some_and(|body| body["userName"] == "AdeleV@contoso.com");
        (is_adele && request.method == Method::Post).then(|| fails(500))
    });
    let report = desk.cycle();
    assert_eq!(
        (report.summary.state, report.summary.failed),
        (CycleState::EntryLevelErrors, desk.job.escrows.len() as u64)
    );
    assert_eq!(
        desk.row("AdeleV").fault.as_ref().unwrap().code,
        "InternalServerError"
    );
    assert!(
        desk.codes().contains("UnableToResolveReferenceAttributeValue"),
        "her groups miss her: {:?}",
        desk.codes()
    );
    desk.cycle();
    assert_eq!(
        desk.job.escrow(&desk.id("AdeleV"), Part::Object).unwrap().retries,
        1
    );
    desk.cycle();
    assert!(
        !desk
            .target
            .take_seen()
            .iter()
            .any(|line| line.starts_with("POST")),
        "not before six hours have passed"
    );
    desk.target.mend();
    desk.pass(6 * 60);
    let report = desk.cycle();
    assert_eq!(
        (report.summary.created, report.summary.state),
        (1, CycleState::Succeeded),
        "{:#?}",
        desk.rows
    );
    assert!(desk.job.escrows.is_empty());
    let adele = desk.id("AdeleV");
    let groups = desk
        .organisation
        .groups
        .values()
        .filter(|group| group.members.contains(&adele));
    for group in groups {
        assert!(
            desk.job.links[&group.id].members.contains(&adele),
            "{}",
            group.display_name
        );
    }
}

#[test]
fn a_wrong_token_is_a_quarantine_at_once_and_the_right_one_ends_it() {
    let mut desk = Desk::new();
    desk.target.fail_with(|_| Some(fails(401)));
    let report = desk.cycle();
    assert_eq!(report.summary.state, CycleState::Failed);
    let quarantine = desk.job.quarantine.clone().unwrap();
    assert_eq!(quarantine.reason, Reason::EncounteredQuarantineException);
    assert_eq!(quarantine.error.unwrap().code, crate::fault::INVALID_CREDENTIALS);
    assert_eq!(
        quarantine
            .next_attempt
            .duration_since(quarantine.series_began)
            .as_mins(),
        5
    );
    assert!(matches!(report.notices[..], [Notice::Quarantined(..)]));
    assert_eq!(desk.cycle().notices, [], "one mail for a quarantine");
    desk.target.mend();
    let report = desk.cycle();
    assert_eq!(
        (report.notices, report.summary.state),
        (vec![Notice::Released], CycleState::Succeeded)
    );
    assert!(report.summary.initial && desk.job.quarantine.is_none());
}

#[test]
fn a_target_that_goes_away_ends_the_cycle_and_the_next_one_goes_on() {
    let mut desk = Desk::new();
    let people = desk.organisation.people.len();
    let seen = std::sync::atomic::AtomicUsize::new(0);
    desk.target.fail_with(move |_| {
        let gone = seen.fetch_add(1, Ordering::Relaxed) > 12;
        gone.then(|| Err(NoAnswer::Unreachable("connection refused".to_owned())))
    });
    let report = desk.cycle();
    assert_eq!(report.summary.state, CycleState::Failed);
    assert!(desk.job.watermark.is_none() && desk.job.pending.is_some());
    let before = desk.target.count("/Users/");
    assert!(before > 0 && before < people);
    desk.target.mend();
    let report = desk.cycle();
    assert_eq!(report.summary.state, CycleState::Succeeded, "{report:#?}");
    assert_eq!(desk.target.count("/Users/"), people);
    assert_eq!(
        report.summary.created,
        (people - before + desk.organisation.groups.len()) as u64
    );
}

#[test]
fn too_many_failures_are_a_quarantine_and_their_end_ends_it() {
    let mut desk = Desk::new();
    desk.settings.thresholds.scale = 1_000;
    desk.target.fail_with(|request| {
        (request.method == Method::Post && request.path == "/Users").then(|| fails(500))
    });
    desk.cycle();
    assert_eq!(
        desk.job.quarantine.as_ref().unwrap().reason,
        Reason::EncounteredEscrowProportionThreshold
    );
    assert_eq!(desk.job.gauge(&desk.settings.thresholds).closeness, 100);
    desk.target.mend();
    let report = desk.cycle();
    assert!(report.notices.contains(&Notice::Released), "{report:#?}");
    assert_eq!(desk.job.gauge(&desk.settings.thresholds).closeness, 0);
}

#[test]
fn more_deletions_than_allowed_wait_until_they_are_allowed() {
    let mut desk = Desk::new();
    desk.settings.deletion_threshold = Some(2);
    desk.cycle();
    let leavers = [desk.id("AdeleV"), desk.id("AlexW"), desk.id("DiegoS")];
    let megan = desk.id("MeganB");
    for leaver in &leavers {
        desk.edit(|org, now| org.set_enabled(leaver, false, now).unwrap());
    }
    desk.edit(|org, now| org.edit(&megan, &[("jobTitle", Some("x"))], now).unwrap());
    let report = desk.cycle();
    assert_eq!(
        (
            report.summary.staged,
            report.summary.disabled,
            report.summary.updated
        ),
        (3, 0, 1)
    );
    assert_eq!(desk.row("AdeleV").action, Action::StagedDelete);
    assert_eq!(
        desk.job.quarantine.as_ref().unwrap().reason,
        Reason::TooManyDeletes
    );
    assert!(matches!(
        report.notices[..],
        [Notice::Quarantined(Reason::TooManyDeletes, None)]
    ));
    let report = desk.cycle();
    assert_eq!(
        (report.summary.staged, desk.rows.len()),
        (3, 0),
        "they are told of once"
    );
    desk.job.allow_deletes();
    let report = desk.cycle();
    assert_eq!((report.summary.staged, report.summary.disabled), (0, 3));
    assert!(desk.job.staged.is_empty() && desk.job.quarantine.is_none() && !desk.job.deletes_allowed);
}

#[test]
fn rejected_deletions_leave_everybody_as_they_are() {
    let mut desk = Desk::new();
    desk.settings.deletion_threshold = Some(0);
    desk.cycle();
    let adele = desk.id("AdeleV");
    desk.edit(|org, now| org.set_enabled(&adele, false, now).unwrap());
    desk.cycle();
    assert_eq!(desk.job.staged.len(), 1);
    desk.job.reject_deletes();
    desk.cycle();
    assert_eq!(desk.in_target("AdeleV")["active"], json!(true));
    assert!(desk.job.quarantine.is_none());
}

#[test]
fn a_stopped_cycle_is_resumed_where_it_was() {
    let mut desk = Desk::new();
    let people = desk.organisation.people.len();
    let report = desk.cycle_stopped(Some(3));
    assert_eq!(
        (report.summary.state, report.summary.created),
        (CycleState::Stopped, 3)
    );
    assert!(desk.job.is_initial() && desk.job.watermark.is_none());
    let report = desk.cycle();
    assert_eq!(
        report.summary.created,
        (people - 3 + desk.organisation.groups.len()) as u64
    );
    assert_eq!(report.summary.state, CycleState::Succeeded);
    let managers = desk
        .organisation
        .people
        .values()
        .filter(|person| person.manager.is_some())
        .count();
    assert_eq!(
        desk.job
            .links
            .values()
            .filter(|link| link.manager.is_some())
            .count(),
        managers
    );
}

#[test]
fn a_wait_that_is_asked_for_is_kept_if_it_is_short() {
    for (after, paused, failed) in [("2", vec![2], 0), ("3600", vec![], 1)] {
        let mut desk = Desk::new();
        desk.settings.scope = Scope::Assigned;
        desk.organisation.assigned = BTreeSet::from([desk.id("AdeleV")]);
        let sent = std::sync::atomic::AtomicUsize::new(0);
        desk.target.fail_with(move |request| {
            let is_first = request.method == Method::Post && sent.fetch_add(1, Ordering::Relaxed) == 0;
            let answer = || Answer {
                status: 429,
                retry_after: Some(after.to_owned()),
                ..Answer::default()
            };
            is_first.then(|| Ok(answer()))
        });
        let report = desk.cycle();
        assert_eq!(
            (&*desk.paused.lock().unwrap(), report.summary.failed),
            (&paused, failed)
        );
        assert_eq!(desk.codes().contains("TooManyRequests"), failed == 1);
    }
}

#[test]
fn members_join_and_leave_by_what_changed() {
    let mut desk = Desk::new();
    desk.cycle();
    let group = desk
        .organisation
        .groups
        .values()
        .find(|group| !group.members.is_empty())
        .unwrap()
        .clone();
    let leaver = group.members.first().unwrap().clone();
    let joiner = desk
        .organisation
        .people
        .keys()
        .find(|id| !group.members.contains(*id))
        .unwrap()
        .clone();
    desk.edit(|org, now| {
        org.remove_members(&group.id, &BTreeSet::from([leaver.clone()]), now)
            .unwrap();
        org.add_members(&group.id, &BTreeSet::from([joiner.clone()]), now)
            .unwrap();
    });
    desk.cycle();
    let id = desk.job.links[&group.id].target_id.clone();
    let seen = desk.target.take_seen();
    let check = format!(
        "GET /Groups?filter=id+eq+%22{id}%22+and+members+eq+%22{}%22",
        desk.job.links[&joiner].target_id
    );
    assert_eq!(
        seen.iter().filter(|line| line.starts_with(&check)).count(),
        1,
        "{seen:?}"
    );
    assert_eq!(
        seen.iter()
            .filter(|line| **line == format!("PATCH /Groups/{id}"))
            .count(),
        2,
        "{seen:?}"
    );
    let members = desk.target.find("/Groups/", "id", &id).unwrap()["members"].clone();
    assert!(members.to_string().contains(&desk.job.links[&joiner].target_id));
    assert!(
        !members
            .to_string()
            .contains(&format!("\"{}\"", desk.job.links[&leaver].target_id))
    );
}

#[test]
fn okta_pushes_changes_without_probes_and_never_deletes_a_user() {
    for persona in ["okta-oin", "okta-aiw"] {
        let mut desk = Desk::new();
        desk.persona = Persona::named(persona).unwrap();
        let report = desk.cycle();
        assert_eq!(report.summary.state, CycleState::Succeeded, "{:#?}", desk.codes());
        assert!(
            !desk
                .target
                .take_seen()
                .iter()
                .any(|line| line.contains("ServiceProvider"))
        );
        let adele = desk.id("AdeleV");
        desk.edit(|org, now| org.edit(&adele, &[("jobTitle", Some("x"))], now).unwrap());
        desk.cycle();
        let id = desk.job.links[&adele].target_id.clone();
        assert_eq!(
            desk.target.take_seen(),
            [format!("GET /Users/{id}"), format!("PUT /Users/{id}")]
        );
        desk.edit(|org, now| org.delete(&adele, now).unwrap());
        desk.cycle();
        assert_eq!(desk.in_target("AdeleV")["active"], json!(false));
        desk.edit(|org, now| org.delete_permanently(&adele, now).unwrap());
        desk.cycle();
        assert!(!desk.writes().iter().any(|line| line.starts_with("DELETE")));
    }
}

#[test]
fn every_persona_brings_everybody() {
    for persona in Persona::all() {
        let mut desk = Desk::new();
        let name = persona.id.clone();
        desk.persona = persona;
        desk.target.objects.lock().unwrap().insert(
            "/Groups/old".to_owned(),
            json!({ "id": "old", "displayName": desk.organisation.groups.values().next().unwrap().display_name }),
        );
        let report = desk.cycle();
        assert_eq!(
            report.summary.state,
            CycleState::Succeeded,
            "{name}: {:?}",
            desk.codes()
        );
        assert_eq!(
            desk.target.count("/Users/"),
            desk.organisation.people.len(),
            "{name}"
        );
        assert_eq!(
            desk.target.count("/Groups/"),
            desk.organisation.groups.len(),
            "{name}"
        );
        for group in desk.organisation.groups.values() {
            let object = desk
                .target
                .find("/Groups/", "displayName", &group.display_name)
                .unwrap();
            let count = object["members"].as_array().map_or(0, Vec::len);
            assert_eq!(count, group.members.len(), "{name}: {object}");
        }
    }
}

#[test]
fn on_demand_takes_its_five_steps_and_leaves_the_watermark() {
    let mut desk = Desk::new();
    let adele = desk.id("AdeleV");
    let now = desk.now;
    let none = BTreeSet::new();
    let done = desk
        .with(|job, around, _| on_demand(job, around, &adele, &none, now))
        .unwrap();
    assert_eq!(desk.job.watermark, None);
    assert_eq!(done.rows[0].action, Action::Create);
    let titles: Vec<_> = done
        .steps()
        .iter()
        .map(|step| (step.title, step.status))
        .collect();
    let expected = [
        "Import",
        "Determine if in scope",
        "Match between source and target",
    ]
    .map(|title| (title, Some(Status::Success)));
    assert_eq!(titles[..3], expected);
    assert_eq!(titles[3].0, "Perform action");
    let again = desk
        .with(|job, around, _| on_demand(job, around, &adele, &none, now))
        .unwrap();
    assert_eq!(again.rows[0].fault.as_ref().unwrap().code, "RedundantExport");
    desk.target.fail_with(|_| Some(fails(401)));
    let failed = desk
        .with(|job, around, _| on_demand(job, around, &adele, &none, now))
        .unwrap();
    let first = &failed.steps()[0];
    assert_eq!(
        (first.title, first.status),
        ("Test connection", Some(Status::Failure))
    );
}

#[test]
fn on_demand_takes_five_members_of_a_group_at_most() {
    let mut desk = Desk::new();
    desk.cycle();
    let group = desk
        .organisation
        .groups
        .values()
        .min_by_key(|group| group.members.len())
        .unwrap()
        .clone();
    let now = desk.now;
    let strangers: BTreeSet<ObjectId> = (0..6).map(|n| ObjectId(n.to_string())).collect();
    let error = desk
        .with(|job, around, _| on_demand(job, around, &group.id, &strangers, now))
        .unwrap_err();
    assert_eq!(error, OnDemandError::TooManyMembers(6));
    let joiner = desk
        .organisation
        .people
        .keys()
        .find(|id| !group.members.contains(*id))
        .unwrap()
        .clone();
    let chosen = BTreeSet::from([joiner.clone()]);
    let error = desk
        .with(|job, around, _| on_demand(job, around, &group.id, &chosen, now))
        .unwrap_err();
    assert_eq!(error, OnDemandError::NoMember(joiner.clone()));
    desk.edit(|org, now| org.add_members(&group.id, &chosen, now).unwrap());
    let now = desk.now;
    let done = desk
        .with(|job, around, _| on_demand(job, around, &group.id, &chosen, now))
        .unwrap();
    assert_eq!(done.rows.len(), 2, "{done:#?}");
    assert!(desk.job.links[&group.id].members.contains(&joiner));
}

#[test]
fn the_state_survives_a_file() {
    let mut desk = Desk::new();
    desk.target.fail_with(|request| {
        (request.method == Method::Post && request.path == "/Groups").then(|| fails(500))
    });
    desk.cycle();
    let text = serde_json::to_string(&desk.job).unwrap();
    let mut read: Job = serde_json::from_str(&text).unwrap();
    read.links.clone_from(&desk.job.links);
    assert_eq!(read, desk.job);
    assert!(!desk.job.escrows.is_empty());
}
