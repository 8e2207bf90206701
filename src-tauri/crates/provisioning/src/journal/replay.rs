//! Which requests are sent again, to see what they would do now. Sending them is the server's
//! (`scim-server`), to a [`Scratch`](crate::Scratch) copy and never to the console.

use super::query::Page;
use super::timeline::Person;
use super::{Event, EventKind, Journal, Query};
use crate::error::{Error, Result};

/// Requests that are sent again at most.
const MOST: usize = 10_000;

/// What is replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// One request, by the number of its event.
    Request(u64),
    /// Every request that is about a person, as if they had not been there before.
    Person(Person),
    /// The requests between a sync and the one before it: what it had to work on.
    Sync(u64),
}

impl Journal<'_> {
    /// The requests of a selection that write, or were meant to, oldest first. Fails with
    /// [`Error::Invalid`] where there is none, or there are too many.
    pub fn requests_of(&self, selection: &Selection) -> Result<Vec<Event>> {
        let mut events = match selection {
            Selection::Request(id) => vec![self.get(*id)?],
            Selection::Person(person) => {
                gather(|before| self.timeline(person, before, MOST), is_write, None)?
            }
            Selection::Sync(sync) => self.requests_before(*sync)?,
        };
        events.retain(|event| event.kind == EventKind::Request && event.exchange.is_some());
        events.reverse();
        match events.len() {
            0 => Err(Error::invalid(
                "event",
                "There is no request in the log that could be sent again.",
            )),
            n if n > MOST => Err(Error::invalid(
                "event",
                format!(
                    "There are more than {MOST} requests to send again. Choose one person, or one request."
                ),
            )),
            _ => Ok(events),
        }
    }

    fn requests_before(&self, sync: u64) -> Result<Vec<Event>> {
        let now = self.now;
        let run = |id: u64| {
            let query = Query::parse(&format!("sync:{id} action:\"Sync\""), now)?;
            let of_run = |event: &Event| event.action == "Sync" && event.sync == Some(id);
            let found = gather(|before| self.search(&query, before, 1), of_run, None)?;
            Ok::<_, Error>(found.first().map(|event| event.id))
        };
        let Some(end) = run(sync)? else {
            return Err(Error::not_found("log event of sync", &sync));
        };
        // The sync before may have left no event in the log any more.
        let begin = match sync.checked_sub(1).filter(|before| *before > 0) {
            Some(before) => run(before)?.unwrap_or_default(),
            None => 0,
        };
        let query = Query::parse("is:request", now)?;
        let search = |before: Option<u64>| self.search(&query, before.or(Some(end)), 200);
        gather(search, is_write, Some(begin))
    }
}

/// Reads page after page, down to the event `end`, and keeps what `wanted` says.
fn gather(
    page: impl Fn(Option<u64>) -> Result<Page>,
    wanted: impl Fn(&Event) -> bool,
    end: Option<u64>,
) -> Result<Vec<Event>> {
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let Page { events, next, .. } = page(before)?;
        let is_past = |event: &Event| end.is_some_and(|end| event.id <= end);
        let past = events.last().is_some_and(is_past);
        found.extend(
            events
                .into_iter()
                .filter(|event| wanted(event) && !is_past(event)),
        );
        before = next;
        if before.is_none()
            || past
            || found.len() > MOST
            || before.is_some_and(|next| end.is_some_and(|end| next <= end))
        {
            return Ok(found);
        }
    }
}

fn is_write(event: &Event) -> bool {
    event
        .exchange
        .as_ref()
        .is_some_and(|exchange| !matches!(exchange.method.as_str(), "GET" | "HEAD"))
}
