//! One data directory, open, from the first write of a provider to what an administrator sees.

mod accounts;
mod exports;
mod keeping;
mod log;
mod migration;
mod model;
mod passing;
mod properties;
mod reports;
mod retention;
mod settings;
mod syncs;
mod undo;

use std::sync::Arc;

use jiff::SignedDuration;
use scim::dialect::Notes;
use serde_json::{Value, json};

use super::*;
use crate::accounts::{Console, ManagedBy, State};
use crate::clock::ManualClock;
use crate::directory::Kind;
use crate::journal::{EventKind, Query, Status};
use crate::settings::Service;
use crate::sync::RunStatus;

/// A data directory that can be closed and opened again, with a clock that is moved by hand.
struct Desk {
    dir: tempfile::TempDir,
    clock: Arc<ManualClock>,
    engine: Option<Engine>,
}

impl std::ops::Deref for Desk {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }
}

impl Desk {
    /// As it is after the first start: off, ADI, Test Mode.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let start = "2026-11-23T09:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let engine = Some(Engine::open(dir.path(), clock.clone()).unwrap());
        Self { dir, clock, engine }
    }

    /// Provisioning by SCIM is on, in Test Mode.
    fn in_test_mode() -> Self {
        let desk = Self::new();
        desk.set(|draft| (draft.enabled, draft.service) = (true, Service::Scim));
        desk
    }

    /// Provisioning by SCIM is on, and nothing holds a sync back.
    fn live() -> Self {
        let desk = Self::in_test_mode();
        desk.set(|draft| {
            draft.test_mode = false;
            draft.guard_rail.accounts = None;
            draft.guard_rail.percent = None;
        });
        desk
    }

    fn set(&self, edit: impl FnOnce(&mut Settings)) -> SavedSettings {
        let mut draft = self.settings();
        edit(&mut draft);
        self.save_settings(&draft).unwrap()
    }

    fn reopen(&mut self) {
        self.engine = None;
        self.engine = Some(Engine::open(self.dir.path(), self.clock.clone()).unwrap());
    }

    fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    fn create(&self, kind: Kind, body: Value) -> String {
        let mut notes = Notes::default();
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        let change = self.directory().create(kind, object, &mut notes).unwrap();
        change.resource.id
    }

    fn user(&self, name: &str) -> String {
        self.create(
            Kind::User,
            json!({ "userName": format!("{name}@contoso.example") }),
        )
    }

    fn group(&self, name: &str, members: &[String]) -> String {
        let members: Vec<_> = members.iter().map(|id| json!({ "value": id })).collect();
        self.create(Kind::Group, json!({ "displayName": name, "members": members }))
    }

    fn force(&self) -> Run {
        self.sync(Trigger::Forced, None).unwrap()
    }

    /// `name state managed-by` of every account.
    fn states(&self) -> Vec<String> {
        let accounts = self.accounts("").unwrap();
        accounts
            .iter()
            .map(|account| {
                let name = account.email.split('@').next().unwrap_or_default();
                format!("{name} {:?} {}", account.state, account.managed_by.name())
            })
            .collect()
    }

    fn log(&self, query: &str) -> Vec<Event> {
        let query = Query::parse(query, self.now()).unwrap();
        self.journal().search(&query, None, usize::MAX).unwrap().events
    }

    fn request(&self, action: &str) -> Event {
        Event::new(EventKind::Request, self.now(), action, "a test")
    }
}

/// A console as text, to compare it byte by byte.
fn text(console: &Console) -> String {
    serde_json::to_string(&(&console.accounts, &console.groups, &console.members)).unwrap()
}
