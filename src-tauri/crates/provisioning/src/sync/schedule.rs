//! When a sync starts by itself: once the identity provider has been quiet for a while.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Trigger;
use crate::clock::lock;

/// A sync that waits for quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    /// Not before this.
    pub(crate) at: Timestamp,
    /// Why.
    pub(crate) trigger: Trigger,
}

#[derive(Default)]
struct State {
    due: Option<Due>,
    closing: bool,
}

/// What waits to be synced. Every write pushes the time back.
#[derive(Default)]
pub(crate) struct Schedule {
    state: Mutex<State>,
    changed: Condvar,
}

impl Schedule {
    /// Something was written at `now`: sync once it has been quiet for `quiet_seconds`.
    pub(crate) fn note(&self, now: Timestamp, quiet_seconds: u32, trigger: Trigger) {
        let at = now
            .saturating_add(SignedDuration::from_secs(i64::from(quiet_seconds)))
            .unwrap_or(Timestamp::MAX);
        let mut state = lock(&self.state);
        // Settings are the better reason of the two, since a person waits for them.
        let trigger = state.due.map_or(trigger, |due| {
            if due.trigger == Trigger::Settings {
                due.trigger
            } else {
                trigger
            }
        });
        state.due = Some(Due { at, trigger });
        drop(state);
        self.changed.notify_all();
    }

    /// A sync has begun; what was due is done by it.
    pub(crate) fn clear(&self) {
        lock(&self.state).due = None;
        self.changed.notify_all();
    }

    /// What is due, whenever that is.
    pub(crate) fn due(&self) -> Option<Due> {
        lock(&self.state).due
    }

    /// Ends every [`wait`](Self::wait).
    pub(crate) fn close(&self) {
        lock(&self.state).closing = true;
        self.changed.notify_all();
    }

    /// Waits until a sync is due by the clock `now`, and returns why; `None` once the schedule
    /// is closed.
    pub(crate) fn wait(&self, now: impl Fn() -> Timestamp) -> Option<Trigger> {
        let mut state = lock(&self.state);
        loop {
            if state.closing {
                return None;
            }
            let pause = match state.due {
                None => Duration::from_secs(3_600),
                Some(due) if due.at <= now() => {
                    state.due = None;
                    return Some(due.trigger);
                }
                Some(due) => Duration::try_from(due.at.duration_since(now())).unwrap_or_default(),
            };
            (state, _) = self
                .changed
                .wait_timeout(state, pause)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_write_pushes_the_sync_back() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let schedule = Schedule::default();
        schedule.note(at(0), 10, Trigger::Quiet);
        schedule.note(at(6), 10, Trigger::Quiet);
        assert_eq!(
            schedule.due(),
            Some(Due {
                at: at(16),
                trigger: Trigger::Quiet
            })
        );
        assert_eq!(schedule.wait(|| at(16)), Some(Trigger::Quiet));
        assert_eq!(schedule.due(), None, "it is due once");
        schedule.close();
        assert_eq!(schedule.wait(|| at(99)), None);
    }
}
