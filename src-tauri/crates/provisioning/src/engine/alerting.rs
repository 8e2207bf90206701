//! What the engine observes for the alerts ([`crate::alerts`]).

use super::{Engine, Happening};
use crate::alerts::{Alert, Watch};
use crate::clock::lock;
use crate::error::Result;
use crate::journal::query::Query;
use crate::journal::{Event, EventKind};
use crate::sync::Run;

impl Engine {
    /// A request was answered.
    pub(super) fn watch_request(&self, event: &Event) {
        let Some(exchange) = event
            .exchange
            .as_ref()
            .filter(|_| event.kind == EventKind::Request)
        else {
            return;
        };
        if exchange.status != 401 {
            lock(&self.alerts).admitted(event.at);
            return;
        }
        let switches = self.settings().alerts;
        let alert = lock(&self.alerts).rejected(event.at, &event.reason, switches);
        self.alert(alert);
    }

    /// A sync has ended.
    pub(super) fn watch_sync(&self, run: &Run) {
        let switches = self.settings().alerts;
        let alert = lock(&self.alerts).sync(run.id, &run.status, switches);
        self.alert(alert);
    }

    /// Asks whether the identity provider has fallen silent, which nothing that happens tells. To
    /// be called every minute or so. A provider that is not let in is not expected.
    pub fn look_for_silence(&self) -> Result<()> {
        let settings = self.settings();
        if !settings.enabled {
            return Ok(());
        }
        self.learn_rhythm()?;
        let alert = lock(&self.alerts).silence(self.now(), settings.alerts);
        self.alert(alert);
        Ok(())
    }

    /// The rhythm of the provider, as the newest part of the log has it: it does not begin anew
    /// with each start.
    fn learn_rhythm(&self) -> Result<()> {
        if lock(&self.alerts).knows_rhythm {
            return Ok(());
        }
        let query = Query::parse("is:request -http:401", self.now())?;
        let page = self.journal().search(&query, None, usize::MAX)?;
        let mut learned = Watch::default();
        page.events
            .iter()
            .rev()
            .for_each(|event| learned.admitted(event.at));
        lock(&self.alerts).take_rhythm(learned);
        Ok(())
    }

    fn alert(&self, alert: Option<Alert>) {
        if let Some(alert) = alert {
            tracing::warn!(title = alert.title(), "{}", alert.sentence());
            self.tell(&Happening::Alert(alert));
        }
    }
}
