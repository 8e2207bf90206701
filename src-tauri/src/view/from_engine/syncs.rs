//! Settings, token, syncs and reports.

#![allow(
    clippy::wildcard_imports,
    reason = "it converts nearly every type of its part of the view"
)]

use provisioning::Topic as EngineTopic;
use provisioning::plan;
use provisioning::settings;
use provisioning::sync;
use provisioning::token::Tokens;

use crate::view::*;

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

impl From<settings::PatchAnswer> for PatchAnswer {
    fn from(answer: settings::PatchAnswer) -> Self {
        match answer {
            settings::PatchAnswer::ByType => Self::ByType,
            settings::PatchAnswer::Resource => Self::Resource,
            settings::PatchAnswer::NoContent => Self::NoContent,
        }
    }
}

impl From<PatchAnswer> for settings::PatchAnswer {
    fn from(answer: PatchAnswer) -> Self {
        match answer {
            PatchAnswer::ByType => Self::ByType,
            PatchAnswer::Resource => Self::Resource,
            PatchAnswer::NoContent => Self::NoContent,
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
            strict: settings.strict,
            patch_answer: settings.patch_answer.into(),
            rate_limit: settings.rate_limit,
            durability: match settings.durability {
                settings::Durability::PowerLoss => Durability::PowerLoss,
                settings::Durability::ProcessCrash => Durability::ProcessCrash,
            },
            log_days: settings.log_days,
            log_events: settings.log_events,
            capture_bodies: settings.capture_bodies,
            alert_syncs: settings.alerts.syncs,
            alert_silence: settings.alerts.silence,
            alert_rejections: settings.alerts.rejections,
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
            strict: draft.strict,
            patch_answer: draft.patch_answer.into(),
            rate_limit: draft.rate_limit,
            durability: match draft.durability {
                Durability::PowerLoss => settings::Durability::PowerLoss,
                Durability::ProcessCrash => settings::Durability::ProcessCrash,
            },
            log_days: draft.log_days,
            log_events: draft.log_events,
            capture_bodies: draft.capture_bodies,
            alerts: provisioning::alerts::Switches {
                syncs: draft.alert_syncs,
                silence: draft.alert_silence,
                rejections: draft.alert_rejections,
            },
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
            held: counts.held,
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
            consequences: run.consequences.map(Into::into),
            undoes: run.undoes.as_ref().map(|undoes| undoes.run),
            undone_by: run.undone_by,
            can_undo: run.can_be_undone(),
            can_compare: run.can_be_compared(),
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
