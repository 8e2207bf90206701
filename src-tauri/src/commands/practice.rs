//! The practice identity provider: its people, what it sends, and what came of that.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use practice_idp::Practice;
use practice_idp::configuration::Mode;
use practice_idp::cycle::{Progress, Scope};
use practice_idp::log::Filter;
use practice_idp::organisation::{ObjectId, Organisation, OrganisationError};
use practice_idp::persona::Persona;
use practice_idp::secret::SecretToken;
use tauri::Emitter;

use super::{Answer, page_size};
use crate::app::App;
use crate::error::CommandError;
use crate::view::{
    NamedRef, PracticeBehaviour, PracticeCycle, PracticeEdit, PracticeEntry, PracticeLog, PracticePeople,
    PracticePerson, PracticeProgress, PracticeRequest, PracticeState, TokenText,
};

/// Between two tellings of how far a cycle is.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// How it stands.
pub(super) fn get(app: &App) -> Answer<PracticeState> {
    let practice = app.practice()?;
    let base = app.server.tenant_url(&app.engine);
    let has_tokens = app.engine.tokens().active.is_some();
    Ok(practice.look(|look| {
        let gauge = look.gauge();
        let people = look.organisation.people.values();
        PracticeState {
            organisation: look.organisation.name.clone(),
            people: people.filter(|person| person.is_present()).count() as u64,
            groups: look.organisation.groups.len() as u64,
            personas: Persona::all()
                .into_iter()
                .map(|persona| NamedRef {
                    id: persona.id,
                    name: persona.name,
                })
                .collect(),
            persona: look.configuration.persona.clone(),
            everybody: look.configuration.scope == Scope::All,
            connected: look.has_token && has_tokens && look.configuration.tenant_url == base,
            initial: look.job.is_initial(),
            progress: look.progress.map(Into::into),
            quarantine: look.job.quarantine.as_ref().map(|_| {
                "Too many of its objects fail, so it sends only now and then until they do not.".to_owned()
            }),
            failing_percent: gauge.percent,
            failing: gauge.failed,
            log_rows: look.log_rows as u64,
        }
    }))
}

/// Gives it this console's Tenant URL and a token, and turns it on. Fails if the token is not the
/// one in force.
pub(super) fn connect(app: &App, request: &TokenText) -> Answer<PracticeState> {
    let practice = app.practice()?;
    app.engine
        .tokens()
        .check(&request.token)
        .map_err(|rejected| CommandError::invalid("token", rejected.to_string()))?;
    let base = app.server.tenant_url(&app.engine);
    practice
        .configure(|configuration| {
            configuration.tenant_url = base;
            configuration.mode = Mode::Automatic;
            configuration.is_on = true;
        })
        .and_then(|()| practice.set_token(SecretToken::new(request.token.trim())))?;
    get(app)
}

/// Lets it behave like another provider, or send others.
pub(super) fn configure(app: &App, request: &PracticeBehaviour) -> Answer<PracticeState> {
    let scope = if request.everybody {
        Scope::All
    } else {
        Scope::Assigned
    };
    app.practice()?.configure(|configuration| {
        configuration.persona.clone_from(&request.persona);
        configuration.scope = scope;
    })?;
    get(app)
}

/// Runs a cycle and waits for its end; the window hears how far it is.
pub(super) fn cycle(app: &App) -> Answer<PracticeCycle> {
    let practice = app.practice()?;
    let window = app.surroundings().map(|around| around.handle.clone());
    let mut told = Instant::now();
    let mut watch = |progress: Progress| {
        if told.elapsed() >= TOLD_EVERY || progress.done >= progress.total {
            told = Instant::now();
            if let Some(window) = &window {
                // A window that is gone needs no news.
                let _ = window.emit("practice", Some(PracticeProgress::from(progress)));
            }
        }
        ControlFlow::Continue(())
    };
    let report = practice.cycle(&mut watch);
    if let Some(window) = &window {
        let _ = window.emit("practice", None::<PracticeProgress>);
    }
    let summary = report?.summary;
    Ok(PracticeCycle {
        initial: summary.initial,
        created: summary.created,
        updated: summary.updated,
        disabled: summary.disabled,
        deleted: summary.deleted,
        failed: summary.failed,
        skipped: summary.skipped,
        requests: summary.requests,
        error: summary.error,
    })
}

/// Stops the cycle under way.
pub(super) fn stop(app: &App) -> Answer<()> {
    app.practice()?.stop();
    Ok(())
}

/// A page of people, by name.
pub(super) fn people(app: &App, request: &PracticeRequest) -> Answer<PracticePeople> {
    let words = provisioning::accounts::words(&request.search);
    let mut rows = app.practice()?.look(|look| {
        let organisation = look.organisation;
        let assigned = organisation.assigned_people();
        let since = look.job.watermark;
        let people = organisation.people.values();
        people
            .map(|person| PracticePerson {
                id: person.id.0.clone(),
                name: person.display_name().to_owned(),
                user_name: person.user_principal_name().to_owned(),
                title: person.text("jobTitle").unwrap_or_default().to_owned(),
                department: person.text("department").unwrap_or_default().to_owned(),
                enabled: person.account_enabled,
                deleted: !person.is_present(),
                assigned: assigned.contains(&person.id),
                pending: since.is_none_or(|since| person.changed > since),
            })
            .collect::<Vec<_>>()
    });
    rows.retain(|person| {
        let text = provisioning::accounts::fold(&format!(
            "{} {} {} {}",
            person.name, person.user_name, person.title, person.department
        ));
        words.iter().all(|word| text.contains(word.as_str()))
    });
    rows.sort_by_cached_key(|person| provisioning::accounts::fold(&person.name));
    let total = rows.len() as u64;
    let page = rows.into_iter().skip(request.offset as usize);
    Ok(PracticePeople {
        total,
        rows: page.take(page_size(request.limit)).collect(),
    })
}

/// Changes somebody. Nothing is sent before the next cycle.
pub(super) fn edit(app: &App, request: &PracticeEdit) -> Answer<()> {
    Ok(app
        .practice()?
        .edit(|organisation, now| change(organisation, request, now))?)
}

fn change(
    organisation: &mut Organisation,
    request: &PracticeEdit,
    now: jiff::Timestamp,
) -> Result<(), OrganisationError> {
    let id = ObjectId(request.id.clone());
    match request.deleted {
        Some(true) => return organisation.delete(&id, now),
        Some(false) => organisation.restore(&id, now)?,
        None => {}
    }
    let texts = [("jobTitle", &request.title), ("department", &request.department)];
    let texts: Vec<(&str, Option<&str>)> = texts
        .into_iter()
        .filter_map(|(name, text)| {
            let text = text.as_deref()?;
            Some((name, Some(text).filter(|text| !text.is_empty())))
        })
        .collect();
    if !texts.is_empty() {
        organisation.edit(&id, &texts, now)?;
    }
    if let Some(enabled) = request.enabled {
        organisation.set_enabled(&id, enabled, now)?;
    }
    let one = BTreeSet::from([id]);
    match request.assigned {
        Some(true) => organisation.assign(&one, now),
        Some(false) => organisation.unassign(&one, now),
        None => Ok(()),
    }
}

/// A page of its own log.
pub(super) fn log(app: &App, request: &PracticeRequest) -> Answer<PracticeLog> {
    let filter = Filter {
        text: request.search.clone(),
        ..Filter::default()
    };
    let (total, rows) = app
        .practice()?
        .log(&filter, request.offset as usize, page_size(request.limit))?;
    Ok(PracticeLog {
        total: total as u64,
        rows: rows.into_iter().map(PracticeEntry::from).collect(),
    })
}

/// The practice provider, opened when it is first asked for.
pub(crate) fn open(data_dir: &std::path::Path) -> Result<Practice, CommandError> {
    Ok(Practice::open(
        &data_dir.join("practice"),
        Arc::new(practice_idp::RealWorld),
    )?)
}

impl From<practice_idp::PracticeError> for CommandError {
    fn from(error: practice_idp::PracticeError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<Progress> for PracticeProgress {
    fn from(progress: Progress) -> Self {
        Self {
            phase: progress.phase.name().to_owned(),
            done: progress.done,
            total: progress.total,
        }
    }
}

impl From<practice_idp::log::Entry> for PracticeEntry {
    fn from(entry: practice_idp::log::Entry) -> Self {
        use practice_idp::log::Status;
        Self {
            id: entry.change_id,
            at: entry.at.to_string(),
            action: entry.action.name().to_owned(),
            status: match entry.status {
                Status::Success => crate::view::EventStatus::Success,
                Status::Failure => crate::view::EventStatus::Failure,
                Status::Skipped => crate::view::EventStatus::Skipped,
                Status::Warning => crate::view::EventStatus::Warning,
            },
            name: entry.name,
            reason: entry.fault.map(|fault| fault.reason).unwrap_or_default(),
        }
    }
}
