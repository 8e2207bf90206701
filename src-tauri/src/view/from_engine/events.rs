//! Log events and exports.

use provisioning::journal::{self, Event};

use crate::view::{
    DialectNote, EventDetail, EventKind, EventRow, EventStatus, Exchange, Exported, Header, LogFormat, Place,
    ReportFormat, Step, Walked,
};

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
            client: event.client.as_ref().map(|client| client.name.clone()),
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
            rule: journal::advice::rule(&event).to_owned(),
            place: journal::advice::place(&event).map(|place| match place {
                journal::advice::Place::Provider => Place::Provider,
                journal::advice::Place::Here => Place::Here,
            }),
            wrong_at: journal::advice::wrong_at(&event),
            target: event.target.clone(),
            change_id: event.change_id,
            client_reason: event.client.map(|client| client.reason).unwrap_or_default(),
            steps: event.steps.into_iter().map(Into::into).collect(),
            changes: event.modified.into_iter().map(Into::into).collect(),
            exchange: event.exchange.map(Into::into),
            notes: event
                .notes
                .into_iter()
                .map(|note| DialectNote {
                    name: note.quirk.name().to_owned(),
                    rule: note.quirk.rfc().to_owned(),
                    remedy: note.quirk.remedy().to_owned(),
                    path: note.path,
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

impl From<journal::export::Progress> for Walked {
    fn from(progress: journal::export::Progress) -> Self {
        Self {
            looked: progress.looked,
            of: progress.of,
            found: progress.found,
        }
    }
}

impl From<LogFormat> for journal::export::Format {
    fn from(format: LogFormat) -> Self {
        match format {
            LogFormat::Csv => Self::Csv,
            LogFormat::CsvZip => Self::CsvZip,
            LogFormat::CsvSingle => Self::CsvSingle,
            LogFormat::Json => Self::Json,
            LogFormat::Jsonl => Self::JsonLines,
            LogFormat::Har => Self::Har,
            LogFormat::Ecs => Self::Ecs,
            LogFormat::Html => Self::Html,
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
