//! The event of a request that writes, before its answer is known.
//!
//! A change and its event must not be told apart by a crash, but an event holds the answer, which
//! shows the directory as it is after the change. So the batch that makes the change holds a
//! draft: who asked, what for, and what it changed. The answer completes it, under the number
//! that it has. A process that ends in between leaves the change and the draft, whose reason says
//! that nobody was answered.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Event, Status, Step, append};
use crate::error::Result;
use crate::plan::FieldChange;
use crate::store::Transaction;

/// What the log says of a change if nothing more is ever known.
const UNANSWERED: &str = "The change was stored, but SCIM Desk ended before it had answered. The identity provider may send the request again.";

/// An event that is put by the turn that makes a change.
pub struct Draft {
    event: Event,
    tidy: Box<dyn Fn(&mut Event) + Send + Sync>,
    /// Its number, or 0 while no turn has put it.
    number: AtomicU64,
}

impl Draft {
    /// The draft of a request's event: what is known before the request is answered. `tidy` has
    /// the last word about what is stored: it takes out secrets.
    pub fn of(event: Event, tidy: impl Fn(&mut Event) + Send + Sync + 'static) -> Self {
        Self {
            event,
            tidy: Box::new(tidy),
            number: AtomicU64::new(0),
        }
    }

    /// The event, to be completed: under the number of the draft if a turn has put that.
    pub fn into_event(self) -> Event {
        Event {
            id: self.number.into_inner(),
            ..self.event
        }
    }

    /// Adds the draft to the log, as part of the turn that makes the change.
    pub(crate) fn put(
        &self,
        turn: &mut Transaction<'_>,
        identity: &str,
        target: &str,
        modified: &[FieldChange],
    ) -> Result<()> {
        let mut event = Event {
            identity: identity.to_owned(),
            target: target.to_owned(),
            modified: modified.to_vec(),
            status: Status::Warning,
            reason: UNANSWERED.to_owned(),
            steps: vec![Step::new("Store", Status::Success, "Stored in the directory.")],
            ..self.event.clone()
        };
        (self.tidy)(&mut event);
        let number = append(turn, &mut event)?;
        self.number.store(number, Ordering::Relaxed);
        Ok(())
    }

    /// The turn has failed: nothing of it is stored.
    pub(crate) fn withdraw(&self) {
        self.number.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::journal::{EventKind, Journal, complete};
    use crate::store::{Key, Space, Store};

    fn event(action: &str) -> Event {
        Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, action, "test")
    }

    /// The disk has failed between a change and its answer, and the number went to another event.
    #[test]
    fn a_draft_that_was_lost_does_not_take_another_events_place() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let draft = Draft::of(event("lost"), |_| ());
        store.write(|turn| draft.put(turn, "", "", &[])).unwrap();
        // What was not on the disk is gone: the event, and that it was counted.
        store
            .write(|turn| {
                turn.remove(&Key::numbered(Space::Event, 1));
                turn.remove(&Key::named(Space::Meta, "last event"));
                Ok(())
            })
            .unwrap();
        store.write(|turn| append(turn, &mut event("other"))).unwrap();
        let answered = draft.into_event();
        assert_eq!(answered.id, 1);
        assert!(!store.write(|turn| complete(turn, &answered)).unwrap());
        let now = Timestamp::UNIX_EPOCH;
        let found = Journal { store: &store, now }.get(1).unwrap();
        assert_eq!(found.action, "other");
    }
}
