//! The events of requests that wrote nothing, on their way into the log.
//!
//! A provider asks far more than it writes, and a turn of the store for each question would cost
//! more than the answer. So these events wait and go into the log together: before the next event
//! of any other kind, in its turn; when somebody reads the log; when [`FULL`] of them wait, by
//! whoever brings the last one, who is held up meanwhile; and after [`PAUSE`] at the latest. None
//! is dropped as long as the store takes them, and their order is that in which they came. As
//! ever, what no write waits for is durable with the store's next flush.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Event, append_waiting};
use crate::clock::lock;
use crate::error::{Error, Result};
use crate::store::{Space, Store, encode};

/// Events that wait at most before somebody has to put them into the log.
const FULL: usize = 256;

/// How long an event waits for company.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Default)]
struct Signal {
    /// Something waits.
    waiting: bool,
    closing: bool,
}

#[derive(Default)]
struct Shared {
    signal: Mutex<Signal>,
    changed: Condvar,
}

/// Sees to it that events do not wait long.
pub(crate) struct Queue {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Queue {
    /// Starts the thread that does.
    pub(crate) fn start(store: &Arc<Store>) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let (theirs, store) = (Arc::clone(&shared), Arc::clone(store));
        let thread = std::thread::Builder::new()
            .name("log-queue".to_owned())
            .spawn(move || theirs.run(&store))
            .map_err(|error| Error::Store(error.to_string()))?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Takes an event.
    pub(crate) fn push(&self, store: &Store, event: &Event) -> Result<()> {
        match store.later().push(encode(Space::Event, event)?) {
            1 => {
                lock(&self.shared.signal).waiting = true;
                self.shared.changed.notify_one();
                Ok(())
            }
            // Not each time, as long as the store takes none.
            full if full.is_multiple_of(FULL) => drain(store),
            _ => Ok(()),
        }
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        lock(&self.shared.signal).closing = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that writes the log ended in a panic");
        }
    }
}

/// Puts everything that waits into the log.
pub(crate) fn drain(store: &Store) -> Result<()> {
    if store.later().is_empty() {
        return Ok(());
    }
    store.write_unawaited(|turn| append_waiting(turn).map(drop))
}

impl Shared {
    /// Waits for events and, a pause later, puts them into the log; at the end at once.
    fn run(&self, store: &Store) {
        let mut closing = false;
        while !closing {
            let mut signal = lock(&self.signal);
            while !signal.waiting && !signal.closing {
                signal = self.changed.wait(signal).unwrap_or_else(PoisonError::into_inner);
            }
            let pause = self
                .changed
                .wait_timeout_while(signal, PAUSE, |signal| !signal.closing);
            signal = pause.unwrap_or_else(PoisonError::into_inner).0;
            signal.waiting = false;
            closing = signal.closing;
            drop(signal);
            if let Err(error) = drain(store) {
                tracing::error!(%error, "requests could not be written into the log");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::journal::{EventKind, Journal, append};

    fn event(action: &str) -> Event {
        Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, action, "test")
    }

    fn log(store: &Store) -> Vec<(u64, String)> {
        let now = Timestamp::UNIX_EPOCH;
        let events = Journal { store, now }.newest_first(None);
        let mut events: Vec<_> = events
            .map(|event| event.unwrap())
            .map(|event| (event.id, event.action))
            .collect();
        events.reverse();
        events
    }

    #[test]
    fn a_write_takes_along_what_waits_and_a_failed_one_leaves_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let push = |action| store.later().push(encode(Space::Event, &event(action)).unwrap());
        push("one");
        push("two");
        let failed: Result<()> = store.write(|turn| {
            append(turn, &mut event("never"))?;
            Err(Error::NoToken)
        });
        assert!(failed.is_err());
        push("three");
        store.write(|turn| append(turn, &mut event("write"))).unwrap();
        let expected = ["one", "two", "three", "write"].map(str::to_owned);
        assert_eq!(log(&store), (1..).zip(expected).collect::<Vec<_>>());
        assert!(store.later().is_empty());
    }

    #[test]
    fn nothing_is_lost_when_many_push_and_the_log_closes() {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(dir.path()).unwrap());
        let queue = Queue::start(&store).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..300 {
                        queue.push(&store, &event("read")).unwrap();
                    }
                });
            }
        });
        drop(queue);
        let numbers: Vec<u64> = log(&store).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, (1..=1_200).collect::<Vec<_>>());
    }

    #[test]
    fn an_event_waits_for_a_moment_only() {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(dir.path()).unwrap());
        let queue = Queue::start(&store).unwrap();
        queue.push(&store, &event("read")).unwrap();
        let began = std::time::Instant::now();
        while log(&store).is_empty() {
            assert!(began.elapsed() < Duration::from_secs(20));
            std::thread::yield_now();
        }
    }
}
