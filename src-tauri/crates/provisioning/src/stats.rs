//! Numbers for pictures: how many requests, how they came out, how long they took, who sent them,
//! and how many people there are. Counted from the log and the accounts, never stored.
//!
//! The counting is pure: events in, numbers out, the present given. Only the methods of
//! [`Engine`] read, each a bounded part of the log.

mod senders;
mod traffic;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

pub use senders::{Failure, Sender};
pub use traffic::{Interval, Traffic};

use crate::Engine;
use crate::accounts::{ManagedBy, State};
use crate::directory::Kind;
use crate::error::Result;
use crate::journal::{Client, EventKind, Status};
use crate::store::{Key, Space};

/// Events of the log that one question looks at, the newest first.
const LOOKED_AT: usize = 20_000;

/// What the counting needs of an event; the rest of it, bodies above all, is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The event's number.
    pub id: u64,
    /// When it began.
    pub at: Timestamp,
    /// What it is about.
    pub kind: EventKind,
    /// `PATCH User`.
    pub action: String,
    /// How it came out.
    pub status: Status,
    /// Why; empty when there is nothing to say.
    #[serde(default)]
    pub reason: String,
    /// The client's user agent.
    pub source: String,
    /// Who sent it, where that was recognised.
    #[serde(default)]
    pub client: Option<Client>,
    /// Microseconds it took.
    #[serde(default)]
    pub duration_us: u64,
    /// What of its HTTP exchange counts.
    #[serde(default)]
    pub exchange: Option<SeenExchange>,
}

/// What the counting needs of an HTTP exchange.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeenExchange {
    /// The HTTP status.
    pub status: u16,
}

/// How many there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Population {
    /// Users in the directory.
    pub users: u64,
    /// Groups in the directory.
    pub groups: u64,
    /// Active accounts.
    pub active: u64,
    /// Archived accounts.
    pub archived: u64,
    /// Active accounts that the console's administrators decide about.
    pub console_managed: u64,
}

/// What [`Population`] needs of an account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    state: State,
    managed_by: ManagedBy,
}

impl Engine {
    /// Requests of the last `span`, in `intervals` parts of equal length, the oldest first.
    pub fn traffic(&self, span: SignedDuration, intervals: u16) -> Result<Traffic> {
        traffic::count(self.seen(), self.now(), span, intervals)
    }

    /// Who has sent requests, the latest first.
    pub fn senders(&self) -> Result<Vec<Sender>> {
        senders::gather(self.seen(), self.now())
    }

    /// How many people and groups there are.
    pub fn population(&self) -> Result<Population> {
        let mut population = Population {
            users: self.directory().count(Kind::User)?,
            groups: self.directory().count(Kind::Group)?,
            ..Population::default()
        };
        for entry in self.store.scan::<Standing>(&Key::all(Space::Account)) {
            let (_, Standing { state, managed_by }) = entry?;
            match state {
                State::Archived => population.archived += 1,
                State::Active => {
                    population.active += 1;
                    population.console_managed += u64::from(managed_by == ManagedBy::Console);
                }
            }
        }
        Ok(population)
    }

    /// The newest events, the newest first, as far as they are counted.
    fn seen(&self) -> impl Iterator<Item = Result<Seen>> + use<> {
        // What was answered before this call is in the log.
        let store = self.journal().store;
        store
            .between(&Key::all(Space::Event), &Key::numbered(Space::Event, u64::MAX))
            .rev()
            .take(LOOKED_AT)
    }
}

#[cfg(test)]
mod tests;
