//! From the engine's values to the window's.

#![allow(
    clippy::wildcard_imports,
    reason = "it converts nearly every type of the view"
)]

use provisioning::accounts::{self, Account};
use provisioning::directory::{Directory, Kind, Resource};
use provisioning::journal::{self, Event};
use provisioning::plan;
use provisioning::reports::{Entry, Row};
use provisioning::settings;
use provisioning::sync;
use provisioning::token::Tokens;
use provisioning::{Topic as EngineTopic, mapping};

use super::*;

impl From<EngineTopic> for Topic {
    fn from(topic: EngineTopic) -> Self {
        match topic {
            EngineTopic::Settings => Self::Settings,
            EngineTopic::Token => Self::Token,
            EngineTopic::Runs => Self::Runs,
            EngineTopic::Directory => Self::Directory,
            EngineTopic::Accounts => Self::Accounts,
            EngineTopic::Logs => Self::Logs,
        }
    }
}

impl From<sync::Progress> for Progress {
    fn from(progress: sync::Progress) -> Self {
        Self {
            run: progress.run,
            phase: progress.phase.to_owned(),
            done: progress.done,
            total: progress.total,
        }
    }
}

impl From<settings::Service> for Service {
    fn from(service: settings::Service) -> Self {
        match service {
            settings::Service::Adi => Self::Adi,
            settings::Service::Scim => Self::Scim,
        }
    }
}

impl From<Service> for settings::Service {
    fn from(service: Service) -> Self {
        match service {
            Service::Adi => Self::Adi,
            Service::Scim => Self::Scim,
        }
    }
}

impl From<settings::Settings> for Settings {
    fn from(settings: settings::Settings) -> Self {
        Self {
            enabled: settings.enabled,
            service: settings.service.into(),
            test_mode: settings.test_mode,
            listen: settings.listen,
            guard_rail_accounts: settings.guard_rail.accounts,
            guard_rail_percent: settings.guard_rail.percent,
            quiet_seconds: settings.quiet_seconds,
            log_days: settings.log_days,
            log_events: settings.log_events,
        }
    }
}

impl From<Settings> for settings::Settings {
    fn from(draft: Settings) -> Self {
        Self {
            enabled: draft.enabled,
            service: draft.service.into(),
            test_mode: draft.test_mode,
            listen: draft.listen,
            guard_rail: settings::GuardRail {
                accounts: draft.guard_rail_accounts,
                percent: draft.guard_rail_percent,
            },
            quiet_seconds: draft.quiet_seconds,
            log_days: draft.log_days,
            log_events: draft.log_events,
        }
    }
}

impl TokenStatus {
    /// What is known about the tokens at `now`.
    pub(crate) fn of(tokens: &Tokens, now: jiff::Timestamp) -> Self {
        match (&tokens.active, tokens.retired.first()) {
            (Some(token), _) => Self::Active {
                display: token.display(),
                created_at: token.created.to_string(),
                last_used_at: token.last_used.map(|at| at.to_string()),
                uses_today: token.uses_today(now),
            },
            (None, Some(old)) => Self::Revoked {
                display: old.record.display(),
                revoked_at: old.retired.to_string(),
            },
            (None, None) => Self::None,
        }
    }
}

impl From<plan::Action> for Action {
    fn from(action: plan::Action) -> Self {
        match action {
            plan::Action::Create => Self::Create,
            plan::Action::Change => Self::Change,
            plan::Action::Archive => Self::Archive,
            plan::Action::Restore => Self::Restore,
        }
    }
}

impl From<Action> for plan::Action {
    fn from(action: Action) -> Self {
        match action {
            Action::Create => Self::Create,
            Action::Change => Self::Change,
            Action::Archive => Self::Archive,
            Action::Restore => Self::Restore,
        }
    }
}

impl From<plan::ActionCounts> for ActionCounts {
    fn from(counts: plan::ActionCounts) -> Self {
        Self {
            created: counts.created,
            changed: counts.changed,
            archived: counts.archived,
            restored: counts.restored,
        }
    }
}

impl From<plan::Counts> for Counts {
    fn from(counts: plan::Counts) -> Self {
        Self {
            users: counts.users.into(),
            groups: counts.groups.into(),
            memberships: counts.memberships.into(),
            skipped: counts.skipped,
            warnings: counts.warnings,
        }
    }
}

impl From<&sync::RunStatus> for RunStatus {
    fn from(status: &sync::RunStatus) -> Self {
        match status {
            sync::RunStatus::Pending => Self::Pending,
            sync::RunStatus::Processing => Self::Processing,
            sync::RunStatus::Completed => Self::Completed,
            sync::RunStatus::Skipped(_) => Self::Skipped,
            sync::RunStatus::Stopped(_) => Self::Stopped,
            sync::RunStatus::Failed(_) => Self::Failed,
        }
    }
}

impl From<sync::Run> for RunRow {
    fn from(run: sync::Run) -> Self {
        let elapsed = run
            .finished
            .map_or(0, |end| end.duration_since(run.started).as_millis());
        Self {
            id: run.id,
            started_at: run.started.to_string(),
            finished_at: run.finished.map(|at| at.to_string()),
            trigger: run.trigger.name().to_owned(),
            service: run.service.into(),
            status: (&run.status).into(),
            reason: run.status.reason().map(str::to_owned),
            test_mode: run.test_mode,
            applied: run.applied,
            counts: run.counts.into(),
            compared: run.compared,
            duration_ms: u64::try_from(elapsed).unwrap_or_default(),
            summary: run.summary(),
        }
    }
}

impl From<sync::SincePrevious> for SincePrevious {
    fn from(since: sync::SincePrevious) -> Self {
        Self {
            previous: since.previous,
            new: since.new,
            gone: since.gone,
        }
    }
}

impl From<plan::FieldChange> for FieldChange {
    fn from(field: plan::FieldChange) -> Self {
        Self {
            label: field.label,
            path: field.path,
            before: field.before,
            after: field.after,
        }
    }
}

impl ReportRow {
    /// A stored row at its place.
    pub(crate) fn of(index: u64, row: Row) -> Self {
        let is_new = row.is_new;
        match row.entry {
            Entry::Change(change) => Self {
                index,
                object: match change.target {
                    plan::Target::User { .. } => ObjectKind::User,
                    plan::Target::Group { .. } => ObjectKind::Group,
                    plan::Target::Membership { .. } => ObjectKind::Membership,
                },
                action: Some(change.action.into()),
                reason: change.why.sentence(),
                name: change.name,
                detail: change.detail,
                fields: change.fields.into_iter().map(Into::into).collect(),
                unchanged: change.unchanged,
                is_new,
            },
            Entry::Skipped(notice) => Self::of_notice(index, ObjectKind::Skipped, notice, is_new),
            Entry::Warning(notice) => Self::of_notice(index, ObjectKind::Warning, notice, is_new),
        }
    }

    fn of_notice(index: u64, object: ObjectKind, notice: plan::Notice, is_new: bool) -> Self {
        Self {
            index,
            object,
            action: None,
            reason: notice.why.sentence(),
            name: notice.name,
            detail: notice.detail,
            fields: Vec::new(),
            unchanged: 0,
            is_new,
        }
    }
}

impl UserRow {
    /// A stored user, with the account it is linked to.
    pub(crate) fn of(
        user: &Resource,
        directory: Directory<'_>,
        account: Option<&Account>,
    ) -> provisioning::Result<Self> {
        Ok(Self {
            id: user.id.clone(),
            name: user.display_name(),
            user_name: user.name(Kind::User).to_owned(),
            active: user.is_active(),
            groups: directory.group_count(&user.id)?,
            last_modified: user.modified.to_string(),
            account: account.map(|account| NamedRef {
                id: account.id.clone(),
                name: account.email.clone(),
            }),
        })
    }
}

impl GroupRow {
    /// A stored group.
    pub(crate) fn of(group: &Resource, directory: Directory<'_>) -> provisioning::Result<Self> {
        Ok(Self {
            id: group.id.clone(),
            name: group.name(Kind::Group).to_owned(),
            external_id: group.text("externalId").to_owned(),
            members: directory.member_count(&group.id)?,
            last_modified: group.modified.to_string(),
        })
    }
}

impl From<accounts::State> for AccountState {
    fn from(state: accounts::State) -> Self {
        match state {
            accounts::State::Active => Self::Active,
            accounts::State::Archived => Self::Archived,
        }
    }
}

impl From<accounts::ManagedBy> for ManagedBy {
    fn from(by: accounts::ManagedBy) -> Self {
        match by {
            accounts::ManagedBy::Console => Self::Console,
            accounts::ManagedBy::Scim => Self::Scim,
            accounts::ManagedBy::Adi => Self::Adi,
        }
    }
}

impl From<&Account> for AccountRow {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.clone(),
            name: account.name(),
            email: account.email.clone(),
            state: account.state.into(),
            managed_by: account.managed_by.into(),
            exempt: account.exempt,
            last_changed: account.changed.to_string(),
        }
    }
}

impl AccountField {
    /// Every field of an account, empty ones too, in the order of the mapping.
    pub(crate) fn all_of(account: &Account) -> Vec<Self> {
        let field = |field: &mapping::Field| Self {
            label: field.label.to_owned(),
            path: field.path.to_owned(),
            value: account.fields.get(field.key).cloned(),
        };
        mapping::FIELDS.iter().map(field).collect()
    }
}

impl From<journal::Status> for EventStatus {
    fn from(status: journal::Status) -> Self {
        match status {
            journal::Status::Success => Self::Success,
            journal::Status::Failure => Self::Failure,
            journal::Status::Skipped => Self::Skipped,
            journal::Status::Warning => Self::Warning,
        }
    }
}

impl From<journal::EventKind> for EventKind {
    fn from(kind: journal::EventKind) -> Self {
        match kind {
            journal::EventKind::Request => Self::Request,
            journal::EventKind::Sync => Self::Sync,
            journal::EventKind::Admin => Self::Admin,
        }
    }
}

impl From<&Event> for EventRow {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id,
            at: event.at.to_string(),
            kind: event.kind.into(),
            action: event.action.clone(),
            identity: event.identity.clone(),
            status: event.status.into(),
            reason: event.reason.clone(),
            source: event.source.clone(),
            sync: event.sync,
            duration_ms: std::time::Duration::from_micros(event.duration_us).as_secs_f64() * 1_000.0,
            http_status: event.exchange.as_ref().map(|exchange| exchange.status),
        }
    }
}

impl From<Event> for EventDetail {
    fn from(event: Event) -> Self {
        Self {
            row: (&event).into(),
            advice: journal::advice::advice(&event),
            change_id: event.change_id,
            steps: event.steps.into_iter().map(Into::into).collect(),
            changes: event.modified.into_iter().map(Into::into).collect(),
            exchange: event.exchange.map(Into::into),
            notes: event
                .notes
                .into_iter()
                .map(|note| DialectNote {
                    name: note.quirk.name().to_owned(),
                    remedy: note.quirk.remedy().to_owned(),
                    sentence: note.sentence,
                })
                .collect(),
        }
    }
}

impl From<journal::Step> for Step {
    fn from(step: journal::Step) -> Self {
        Self {
            name: step.name,
            status: step.status.into(),
            detail: step.detail,
        }
    }
}

impl From<journal::Exchange> for Exchange {
    fn from(exchange: journal::Exchange) -> Self {
        Self {
            method: exchange.method,
            path: exchange.path,
            headers: exchange
                .headers
                .into_iter()
                .map(|(name, value)| Header { name, value })
                .collect(),
            request_body: exchange.request_body.map(pretty),
            status: exchange.status,
            response_body: exchange.response_body.map(pretty),
            truncated_bytes: exchange.truncated,
        }
    }
}

/// JSON with line breaks; anything else as it is.
fn pretty(text: String) -> String {
    serde_json::from_str::<serde_json::Value>(&text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or(text)
}

impl From<journal::export::Exported> for Exported {
    fn from(exported: journal::export::Exported) -> Self {
        Self {
            files: exported
                .files
                .iter()
                .map(|file| file.display().to_string())
                .collect(),
            count: exported.count,
        }
    }
}

impl From<LogFormat> for journal::export::Format {
    fn from(format: LogFormat) -> Self {
        match format {
            LogFormat::Csv => Self::Csv,
            LogFormat::Json => Self::Json,
            LogFormat::Jsonl => Self::JsonLines,
        }
    }
}

impl From<ReportFormat> for provisioning::reports::export::Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Text => Self::Text,
            ReportFormat::Json => Self::Json,
            ReportFormat::Csv => Self::Csv,
            ReportFormat::Html => Self::Html,
        }
    }
}
