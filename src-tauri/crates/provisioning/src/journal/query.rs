//! Searching the log: `status:failure identity:"mara" action:patch since:24h`, with free words.
//!
//! Terms are joined by "and"; `-` before a term negates it; a comma within a value that is not
//! quoted means "or". Case does not matter. The grammar is in `query/parse.rs`, and what an event
//! has to have is in `query/terms.rs`.
//!
//! There is no index: one call looks at a part of a long log and says where to go on, so that the
//! first rows come at once and the reader sees how far the search has come. Most events are told
//! from what is looked for by their stored bytes, without being read (`query/sieve.rs`).

mod parse;
mod sieve;
mod terms;

use jiff::{SignedDuration, Timestamp};

use super::{Event, Journal};
use crate::error::Result;
use crate::store::{Key, Space, decode, number};
use terms::Term;

pub use parse::KEYS;

/// No request or sync takes longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

/// What one call may cost: see [`PASSED`] and [`READ`]. About fifty milliseconds, and less than a
/// hundred where the log is large (`tests/results/journal.md`).
pub(super) const PATIENCE: u64 = 48_000;

/// What it costs to pass an event whose bytes tell that it is not looked for.
const PASSED: u64 = 4;

/// What it costs to read an event.
const READ: u64 = 8;

/// A parsed search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One page of a search.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Newest first.
    pub events: Vec<Event>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<u64>,
    /// Events looked at.
    pub looked: u64,
    /// When the oldest event began that was looked at.
    pub reached: Option<Timestamp>,
}

impl Query {
    /// Whether an event is what is looked for.
    pub fn matches(&self, event: &Event) -> bool {
        self.terms.iter().all(|term| term.matches(event))
    }

    /// No older event can match. Events are numbered when they end and dated when they begin,
    /// so the log is in order of time only but for [`LONGEST`].
    fn ends_before(&self, began: Timestamp) -> bool {
        let end = began.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
        self.terms
            .iter()
            .any(|term| term.since().is_some_and(|since| end < since))
    }
}

impl Query {
    /// The events whose identity holds, or whose target is, one of these texts, folded.
    pub(super) fn about(texts: Vec<String>) -> Self {
        Self {
            terms: vec![Term {
                negated: false,
                test: terms::Test::Field(terms::Field::Identity, texts),
            }],
        }
    }
}

impl Journal<'_> {
    /// A page of the events that match, newest first, beginning below `before`. One call looks at
    /// a part of a long log only: a short page, even an empty one, goes on at its `next`.
    pub fn search(&self, query: &Query, before: Option<u64>, limit: usize) -> Result<Page> {
        let mut page = Page::default();
        self.look_among(query, before, PATIENCE, &mut page, |events, event| {
            if events.len() == limit {
                return false;
            }
            events.push(event);
            true
        })?;
        Ok(page)
    }

    /// Looks at events below `before`, newest first, and gives those that match to `take`, which
    /// returns whether it wants more, until it has cost `patience`. Fills in how far it came.
    pub(super) fn look_among(
        &self,
        query: &Query,
        before: Option<u64>,
        patience: u64,
        page: &mut Page,
        mut take: impl FnMut(&mut Vec<Event>, Event) -> bool,
    ) -> Result<()> {
        let (mut last, mut cost) = (None, 0);
        for entry in self.raw_newest_first(before) {
            let (rest, bytes) = entry?;
            let id = number(&rest).unwrap_or_default();
            if cost >= patience {
                page.next = last;
                return Ok(());
            }
            if query.may_match(&bytes) {
                cost += READ;
                let event: Event = decode(Space::Event, &bytes)?;
                page.reached = Some(event.at);
                if query.ends_before(event.at) {
                    return Ok(());
                }
                if query.matches(&event) && !take(&mut page.events, event) {
                    page.next = last;
                    return Ok(());
                }
            } else {
                cost += PASSED;
                // When it began is read now and then only.
                if page.looked.is_multiple_of(256) {
                    let Began { at } = decode(Space::Event, &bytes)?;
                    page.reached = Some(at);
                    if query.ends_before(at) {
                        return Ok(());
                    }
                }
            }
            page.looked += 1;
            last = Some(id);
        }
        Ok(())
    }

    /// The stored events below `before`, newest first, each with its key.
    fn raw_newest_first(
        &self,
        before: Option<u64>,
    ) -> impl Iterator<Item = Result<(Vec<u8>, Vec<u8>)>> + use<> {
        self.store
            .raw_below(&Key::all(Space::Event), before.unwrap_or(u64::MAX))
    }

    /// Every event that matches, newest first.
    pub fn matching<'q>(&self, query: &'q Query) -> impl Iterator<Item = Result<Event>> + use<'q> {
        self.needed(query, None)
            .filter(|event| event.as_ref().map_or(true, |event| query.matches(event)))
    }

    /// Every event older than `before` that might match, newest first.
    pub(super) fn needed<'q>(
        &self,
        query: &'q Query,
        before: Option<u64>,
    ) -> impl Iterator<Item = Result<Event>> + use<'q> {
        self.newest_first(before)
            .take_while(|event| !event.as_ref().is_ok_and(|event| query.ends_before(event.at)))
    }
}

/// When an event began, read without the rest of it.
#[derive(serde::Deserialize)]
pub(super) struct Began {
    pub(super) at: Timestamp,
}

#[cfg(test)]
mod tests;
