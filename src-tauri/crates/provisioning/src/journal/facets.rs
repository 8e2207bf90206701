//! What there is among the events of a search, and how much of each.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::query::{PATIENCE, Page};
use super::{Event, Journal, Query};
use crate::error::Result;

/// The keys that are counted, in the order in which they are shown.
pub const FACETS: [&str; 6] = ["status", "kind", "action", "client", "http", "quirk"];

/// Counts of a part of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Key → value → events.
    pub counts: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// Events looked at.
    pub looked: u64,
    /// Events that matched.
    pub found: u64,
    /// Where to go on; `None` at the end.
    pub next: Option<u64>,
    /// When the oldest event began that was looked at.
    pub reached: Option<Timestamp>,
}

impl Journal<'_> {
    /// Counts the events of a search below `before`: as many as a call may look at. The caller
    /// goes on at `next` and adds up.
    pub fn facets(&self, query: &Query, before: Option<u64>) -> Result<Facets> {
        let (mut page, mut facets) = (Page::default(), Facets::default());
        self.look_among(query, before, PATIENCE, &mut page, |_, event| {
            facets.add(&event);
            true
        })?;
        facets.looked = page.looked;
        facets.next = page.next;
        facets.reached = page.reached;
        Ok(facets)
    }
}

impl Facets {
    fn add(&mut self, event: &Event) {
        self.found += 1;
        self.count("status", event.status.name());
        self.count("kind", event.kind.name());
        self.count("action", &event.action);
        match &event.client {
            Some(client) => self.count("client", &client.name),
            None if event.exchange.is_some() => self.count("client", &event.source),
            None => {}
        }
        if let Some(exchange) = &event.exchange {
            self.count("http", &exchange.status.to_string());
        }
        let mut quirks: Vec<_> = event.notes.iter().map(|note| note.quirk.name()).collect();
        quirks.sort_unstable();
        quirks.dedup();
        for quirk in quirks {
            self.count("quirk", quirk);
        }
    }

    fn count(&mut self, key: &'static str, value: &str) {
        let values = self.counts.entry(key).or_default();
        match values.get_mut(value) {
            Some(count) => *count += 1,
            None => {
                values.insert(value.to_owned(), 1);
            }
        }
    }
}
