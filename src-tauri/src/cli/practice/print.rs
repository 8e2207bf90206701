//! What the practice commands print.

use practice_idp::cycle::{CycleState, Notice, OnDemand, Report};
use practice_idp::log::Entry;
use practice_idp::mail::Delivery;
use practice_idp::organisation::{ObjectId, Organisation, Person};
use practice_idp::{Advanced, Look, Practice, Tested};
use provisioning::plan::render::{counted, plain};
use serde::Serialize;
use serde_json::json;

use super::super::Failure;
use super::super::terminal::table;

/// Anything as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure::general(error.to_string()))
}

/// A person by address or a group by name.
pub(super) fn find(organisation: &Organisation, text: &str) -> Result<ObjectId, Failure> {
    let person = organisation.by_name(text).map(|person| &person.id);
    let deleted = || {
        let mut people = organisation.people.values();
        let found = people.find(|person| person.user_principal_name().eq_ignore_ascii_case(text));
        found.map(|person| &person.id)
    };
    let group = || {
        let mut groups = organisation.groups.values();
        let found = groups.find(|group| group.display_name.eq_ignore_ascii_case(text));
        found.map(|group| &group.id)
    };
    let found = person.or_else(deleted).or_else(group).cloned();
    found.ok_or_else(|| {
        Failure::general(format!(
            "There is no person and no group called {text}. To see the people: scim-desk practice people"
        ))
    })
}

/// What a cycle came to.
pub(super) fn report(report: &Report) -> String {
    let summary = &report.summary;
    let kind = if summary.initial { "Initial" } else { "Incremental" };
    let state = match summary.state {
        CycleState::Succeeded => "succeeded",
        CycleState::Failed => "failed",
        CycleState::EntryLevelErrors => "ended; some objects failed and are tried again",
        CycleState::Stopped => "was stopped and can be resumed",
    };
    let mut lines = vec![
        format!("{kind} cycle to {}: {state}.", summary.target),
        format!(
            "{} created, {} updated, {} disabled, {} deleted, {} skipped, {} failed; {}.",
            summary.created,
            summary.updated,
            summary.disabled,
            summary.deleted,
            summary.skipped,
            summary.failed,
            counted(summary.requests, "request")
        ),
    ];
    if summary.staged > 0 {
        lines.push(format!(
            "{} wait to be allowed: scim-desk practice allow-deletes, or reject-deletes",
            counted(summary.staged, "disable or delete")
                .replace("disable or deletes", "disables and deletes")
        ));
    }
    lines.extend(summary.error.clone());
    lines.extend(report.notices.iter().map(notice));
    lines.join("\n")
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Quarantined(reason, _) => format!("The job is in quarantine. {}", reason.sentence()),
        Notice::Released => "The job has left its quarantine.".to_owned(),
        Notice::Disabled(sentence) => format!("Provisioning has switched itself off. {sentence}"),
    }
}

/// What happened while the clock was moved.
pub(super) fn advanced(practice: &Practice, advanced: &Advanced) -> String {
    let mut lines: Vec<String> = advanced.reports.iter().map(report).collect();
    if !advanced.purged.is_empty() {
        lines.push(format!(
            "{} left the recycle bin for good.",
            counted(advanced.purged.len() as u64, "person").replace("persons", "people")
        ));
    }
    if advanced.idle > 0 {
        lines.push(format!(
            "{} with nothing to do were passed over.",
            counted(advanced.idle, "cycle")
        ));
    }
    lines.push(format!("It is now {}.", practice.look(|look| look.now)));
    lines.join("\n")
}

/// What Test Connection came to.
pub(super) fn tested(tested: &Tested) -> String {
    let requests = tested.exchanges.iter().map(|each| {
        let status = each
            .status
            .map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        format!("{} {} → {status}", each.method.name(), each.target)
    });
    let mut lines = vec![format!("Target: {}", tested.target)];
    lines.extend(requests);
    lines.push(tested.sentence());
    lines.join("\n")
}

/// The five steps of provisioning on demand.
pub(super) fn on_demand(done: &OnDemand) -> String {
    let mut lines = Vec::new();
    for step in done.steps() {
        let status = step.status.map_or("not taken", practice_idp::log::Status::name);
        lines.push(format!("{}: {status}", step.title));
        lines.extend(
            step.parts
                .iter()
                .map(|part| format!("  {}", plain(&part.description))),
        );
    }
    for modified in done.rows.iter().flat_map(|row| &row.modified) {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        let (old, new) = (value(&modified.old), value(&modified.new));
        lines.push(plain(&format!("{}: {old} → {new}", modified.name)).into_owned());
    }
    lines.join("\n")
}

/// Configuration, job, and how close it is to its quarantine.
pub(super) fn state(practice: &Practice) -> String {
    practice.look(|look| {
        let mut rows = configured(&look);
        rows.extend(job(&look));
        let mut rows: Vec<Vec<String>> = rows
            .into_iter()
            .map(|(name, value)| vec![name.to_owned(), value])
            .collect();
        rows.retain(|row| row.last().is_some_and(|value| !value.is_empty()));
        table(&rows)
    })
}

fn configured(look: &Look<'_>) -> Vec<(&'static str, String)> {
    let configuration = look.configuration;
    let on = |is: bool| if is { "On" } else { "Off" }.to_owned();
    let token = if look.has_token { "••••" } else { "none" };
    vec![
        ("Tenant URL", configuration.tenant_url.clone()),
        ("Secret Token", token.to_owned()),
        ("Persona", configuration.persona.clone()),
        ("Provisioning Mode", format!("{:?}", configuration.mode)),
        ("Provisioning Status", on(configuration.is_on)),
        ("Scope", format!("{:?}", configuration.scope)),
        ("Notification Email", configuration.notification_email.clone()),
        ("Accidental deletion threshold", threshold(look)),
        (
            "Organisation",
            format!(
                "{}: {} people, {}",
                look.organisation.name,
                look.organisation.people.len(),
                counted(look.organisation.groups.len() as u64, "group")
            ),
        ),
        ("Time", look.now.to_string()),
    ]
}

fn threshold(look: &Look<'_>) -> String {
    if look.configuration.prevent_accidental_deletions {
        look.configuration.deletion_threshold.to_string()
    } else {
        "none".to_owned()
    }
}

fn job(look: &Look<'_>) -> Vec<(&'static str, String)> {
    let job = look.job;
    let gauge = look.gauge();
    let quarantine = job.quarantine.as_ref().map(|quarantine| {
        format!(
            "{} Next attempt: {}.",
            quarantine.reason.sentence(),
            quarantine.next_attempt
        )
    });
    let last = job
        .last
        .as_ref()
        .map(|last| format!("{:?} at {}", last.state, last.ended));
    let time = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    vec![
        ("Job", job.id.clone()),
        ("Last cycle", last.unwrap_or_else(|| "none yet".to_owned())),
        ("Watermark", time(job.watermark)),
        ("Next cycle", time(job.next_run)),
        ("Objects in the target", job.links.len().to_string()),
        ("Tried again", job.escrows.len().to_string()),
        ("Waiting to be allowed", job.staged.len().to_string()),
        (
            "Quarantine",
            quarantine.unwrap_or_else(|| format!("no; {} % of the way", gauge.closeness)),
        ),
        ("Switched off", job.disabled.clone().unwrap_or_default()),
    ]
}

/// The people.
pub(super) fn people(practice: &Practice, text: &str, as_json: bool) -> Result<String, Failure> {
    let wanted = text.to_lowercase();
    let found: Vec<(Person, bool)> = practice.look(|look| {
        let assigned = look.organisation.assigned_people();
        let holds = |person: &&Person| {
            let name = person.display_name().to_lowercase();
            name.contains(&wanted) || person.user_principal_name().to_lowercase().contains(&wanted)
        };
        let people = look.organisation.people.values().filter(holds);
        people
            .map(|person| (person.clone(), assigned.contains(&person.id)))
            .collect()
    });
    if as_json {
        let rows: Vec<_> = found
            .iter()
            .map(|(person, assigned)| json!({ "person": person, "assigned": assigned }))
            .collect();
        return json(&rows);
    }
    if found.is_empty() {
        return Ok("There is nobody like that.".to_owned());
    }
    let heading = ["User principal name", "Name", "Department", "State", "Assigned"]
        .map(str::to_owned)
        .to_vec();
    let rows = found.iter().map(|(person, assigned)| {
        let department = person.text("department").unwrap_or_default();
        vec![
            person.user_principal_name().to_owned(),
            person.display_name().to_owned(),
            department.to_owned(),
            state_of(person).to_owned(),
            if *assigned { "yes" } else { "no" }.to_owned(),
        ]
    });
    Ok(table(&std::iter::once(heading).chain(rows).collect::<Vec<_>>()))
}

fn state_of(person: &Person) -> &'static str {
    match (person.deleted, person.account_enabled) {
        (Some(_), _) => "deleted",
        (None, false) => "disabled",
        (None, true) => "active",
    }
}

/// Rows of the log.
pub(super) fn rows(count: usize, rows: &[Entry]) -> String {
    if rows.is_empty() {
        return "There are no such rows.".to_owned();
    }
    let heading = ["Date", "Identity", "Action", "Status", "Error", "Requests"]
        .map(str::to_owned)
        .to_vec();
    let lines = rows.iter().map(|row| {
        let code = row.fault.as_ref().map(|fault| fault.code.clone());
        vec![
            row.at.to_string(),
            row.reportable.clone(),
            row.action.name().to_owned(),
            row.status.name().to_owned(),
            code.unwrap_or_default(),
            row.exchanges.len().to_string(),
        ]
    });
    let shown = table(&std::iter::once(heading).chain(lines).collect::<Vec<_>>());
    if count > rows.len() {
        format!("{shown}\n{} of {count} rows.", rows.len())
    } else {
        shown
    }
}

/// The notifications, oldest first.
pub(super) fn mails(practice: &Practice) -> String {
    let mails = practice.look(|look| look.mails.to_vec());
    if mails.is_empty() {
        return "No notification was written yet.".to_owned();
    }
    let one = |mail: &practice_idp::mail::Mail| {
        let delivery = match &mail.delivery {
            Delivery::Kept => "Kept here, since no mail server is set.".to_owned(),
            Delivery::Sent => "Sent.".to_owned(),
            Delivery::Failed(sentence) => sentence.clone(),
        };
        format!(
            "{}  To: {}\nSubject: {}\n{delivery}\n\n{}",
            mail.at, mail.to, mail.subject, mail.text
        )
    };
    mails.iter().map(one).collect::<Vec<_>>().join("\n")
}
