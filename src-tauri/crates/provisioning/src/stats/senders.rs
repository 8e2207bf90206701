//! Who has sent requests: one entry for each identity provider or tool that the log knows apart.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Seen;
use crate::error::Result;
use crate::journal::{EventKind, Status};

/// A request that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its event.
    pub event: u64,
    /// When.
    pub at: Timestamp,
    /// Why, as a sentence.
    pub reason: String,
    /// The HTTP status, if it got as far as an answer.
    pub http_status: Option<u16>,
}

/// Somebody who has sent requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Which provider or tool it was recognised as.
    pub name: Option<String>,
    /// By what, as a sentence; empty if it was not.
    pub recognised_by: String,
    /// The user agent of its newest request.
    pub source: String,
    /// Its newest request.
    pub last: Timestamp,
    /// Requests that the log still has, as far as it was read.
    pub requests: u64,
    /// Those of today, in UTC.
    pub today: u64,
    /// Those that were refused.
    pub failures: u64,
    /// Those that were refused for their token.
    pub unauthorized: u64,
    /// Its newest request that was refused.
    pub last_failure: Option<Failure>,
    /// Questions that were answered: the test of a connection is one.
    pub asked: u64,
    /// Users written.
    pub wrote_users: u64,
    /// Groups written.
    pub wrote_groups: u64,
}

/// Gathers the senders of `events`, which come newest first; the latest sender first.
pub(super) fn gather(events: impl Iterator<Item = Result<Seen>>, now: Timestamp) -> Result<Vec<Sender>> {
    let mut senders: Vec<Sender> = Vec::new();
    for event in events {
        let event = event?;
        if event.kind != EventKind::Request {
            continue;
        }
        let place = senders.iter().position(|sender| sender.sent(&event));
        if let Some(sender) = place.and_then(|place| senders.get_mut(place)) {
            sender.add(&event, now);
        } else {
            let mut sender = Sender::new(&event);
            sender.add(&event, now);
            senders.push(sender);
        }
    }
    Ok(senders)
}

impl Sender {
    fn new(event: &Seen) -> Self {
        Self {
            name: event.client.as_ref().map(|client| client.name.clone()),
            recognised_by: event
                .client
                .as_ref()
                .map_or_else(String::new, |client| client.reason.clone()),
            source: event.source.clone(),
            last: event.at,
            requests: 0,
            today: 0,
            failures: 0,
            unauthorized: 0,
            last_failure: None,
            asked: 0,
            wrote_users: 0,
            wrote_groups: 0,
        }
    }

    /// Whether a request comes from here: from the same provider, or if none was recognised from
    /// the same user agent.
    fn sent(&self, event: &Seen) -> bool {
        match (&self.name, &event.client) {
            (Some(name), Some(client)) => *name == client.name,
            (None, None) => self.source == event.source,
            _ => false,
        }
    }

    fn add(&mut self, event: &Seen, now: Timestamp) {
        let day = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
        self.requests += 1;
        self.today += u64::from(day(event.at) == day(now));
        if event.status == Status::Failure {
            self.refused(event);
        } else {
            self.served(&event.action);
        }
    }

    fn refused(&mut self, event: &Seen) {
        let http_status = event.exchange.as_ref().map(|exchange| exchange.status);
        self.failures += 1;
        self.unauthorized += u64::from(http_status == Some(401));
        self.last_failure.get_or_insert_with(|| Failure {
            event: event.id,
            at: event.at,
            reason: event.reason.clone(),
            http_status,
        });
    }

    /// `PATCH Group` wrote a group; `GET User` asked.
    fn served(&mut self, action: &str) {
        let (method, what) = action.split_once(' ').unwrap_or((action, ""));
        match method {
            "GET" | "SEARCH" => self.asked += 1,
            _ if what.starts_with("User") => self.wrote_users += 1,
            _ if what.starts_with("Group") => self.wrote_groups += 1,
            _ => {}
        }
    }
}
