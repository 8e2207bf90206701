//! Every value that a person ever had and who set it: the provider by a request, a sync, or an
//! administrator.

use std::collections::BTreeSet;

use super::query::{PATIENCE, Page};
use super::{Event, Journal, Query};
use crate::accounts::fold;
use crate::error::Result;

/// What a person is called in events: one human being is a directory user, an account, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// What people call them; an address where there is no name.
    pub name: String,
    /// The directory user's id.
    pub user: Option<String>,
    /// The account's id.
    pub account: Option<String>,
    /// Addresses and userNames, folded.
    pub addresses: BTreeSet<String>,
}

impl Person {
    /// Whether an event is about this person.
    pub fn is_of(&self, event: &Event) -> bool {
        let ids = [&self.user, &self.account];
        let is_target = !event.target.is_empty() && ids.into_iter().flatten().any(|id| *id == event.target);
        is_target || self.addresses.contains(&fold(&event.identity))
    }

    /// A search that finds every event of theirs, and perhaps some more.
    fn query(&self) -> Query {
        let ids = [&self.user, &self.account].into_iter().flatten();
        let texts = ids.map(|id| fold(id)).chain(self.addresses.iter().cloned());
        Query::about(texts.collect())
    }
}

impl Journal<'_> {
    /// A page of what happened to a person, newest first, beginning below `before`. As with
    /// [`Journal::search`], a short page goes on at its `next`.
    pub fn timeline(&self, person: &Person, before: Option<u64>, limit: usize) -> Result<Page> {
        let mut page = Page::default();
        self.look_among(&person.query(), before, PATIENCE, &mut page, |events, event| {
            if !person.is_of(&event) {
                return true;
            }
            if events.len() == limit {
                return false;
            }
            events.push(event);
            true
        })?;
        Ok(page)
    }
}
