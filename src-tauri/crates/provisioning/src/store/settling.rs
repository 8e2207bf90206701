//! Making writes durable, once for all who wait.
//!
//! sled 0.34's `flush` hands the data to the operating system but on Linux does not sync the
//! file, so a flush alone survives `kill -9` but not a power cut. One thread therefore flushes
//! and, unless the settings ask for less, syncs ([`Disk`]), for everything applied by then;
//! requests wait for their turn's number, or leave word what is to be done then and free their
//! thread.
//! (`flush_async` is not used: it was seen to hang with eight callers at once.)

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

use super::disk::Disk;
use super::tree::Tree;
use crate::clock::lock;
use crate::error::{Error, Result};

/// How a flush came out; all who waited for it get a copy.
type Outcome = std::result::Result<(), Refusal>;

/// What is to be done when a write is durable, or has failed to be.
type Then = Box<dyn FnOnce(Result<()>) + Send>;

/// The numbers everybody looks at.
#[derive(Default)]
struct Progress {
    /// Writes applied so far.
    applied: u64,
    /// Writes somebody waits for.
    wanted: u64,
    /// Writes that are durable.
    durable: u64,
    /// Why the last flush failed, if it did, and up to which write.
    failed: Option<(u64, Refusal)>,
    /// What is to be done after which write.
    then: Vec<(u64, Then)>,
    /// The store is closing.
    closing: bool,
}

/// Why a flush failed, for all who waited for it.
#[derive(Debug, Clone)]
enum Refusal {
    Full(PathBuf),
    NotWritable(PathBuf, io::ErrorKind),
    Other(String),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Full(dir) => Self::Full(dir),
            Error::NotWritable { dir, reason } => Self::NotWritable(dir, reason.kind()),
            Error::Store(reason) => Self::Other(reason),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Full(dir) => Self::Full(dir),
            Refusal::NotWritable(dir, reason) => Self::NotWritable {
                dir,
                reason: reason.into(),
            },
            Refusal::Other(reason) => Self::Store(reason),
        }
    }
}

struct Shared {
    progress: Mutex<Progress>,
    /// Somebody waits, or the store is closing.
    wanted: Condvar,
    /// A flush has ended.
    ended: Condvar,
}

/// The one thread that flushes.
pub(super) struct Settling {
    shared: Arc<Shared>,
    /// Whether a flush ends with a sync.
    syncs: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Settling {
    /// Starts the thread for the store in `dir`.
    pub(super) fn start(tree: Arc<Tree>, dir: &Path) -> Result<Self> {
        let refused = |reason| Error::NotWritable {
            dir: dir.to_owned(),
            reason,
        };
        let mut disk = Disk::open(dir).map_err(refused)?;
        let syncs = Arc::new(AtomicBool::new(true));
        let asked = Arc::clone(&syncs);
        let flush = move || {
            // sled panics on some pages that it cannot make sense of. Whoever waits has to be told.
            let flushed = catch_unwind(AssertUnwindSafe(|| {
                tree.flush()?;
                if asked.load(Ordering::Relaxed) {
                    disk.sync().map_err(|error| tree.failed(error))?;
                }
                Ok(())
            }));
            flushed.unwrap_or_else(|_| Err(tree.failed(Error::Store("sled ended in a panic".to_owned()))))
        };
        Self::start_with(syncs, flush).map_err(refused)
    }

    /// Starts the thread with what it does to make everything applied so far durable.
    fn start_with(
        syncs: Arc<AtomicBool>,
        flush: impl FnMut() -> Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            progress: Mutex::default(),
            wanted: Condvar::new(),
            ended: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("store-settling".to_owned())
            .spawn(move || run(&theirs, flush))?;
        Ok(Self {
            shared,
            syncs,
            thread: Some(thread),
        })
    }

    /// Whether what is settled from now on survives a power cut, or only the end of the process.
    pub(super) fn sync(&self, syncs: bool) {
        self.syncs.store(syncs, Ordering::Relaxed);
    }

    /// One more write has been applied.
    pub(super) fn applied(&self) {
        lock(&self.shared.progress).applied += 1;
    }

    /// Waits until every write applied so far is durable.
    pub(super) fn settle(&self) -> Result<()> {
        let mut progress = lock(&self.shared.progress);
        let mine = progress.applied;
        progress.wanted = progress.wanted.max(mine);
        self.shared.wanted.notify_one();
        loop {
            if let Some(outcome) = progress.outcome(mine) {
                return outcome.map_err(Error::from);
            }
            progress = self
                .shared
                .ended
                .wait(progress)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    /// Calls `then` once every write applied so far is durable, or with why it is not. That is
    /// done by the thread that flushes, so it must be quick.
    pub(super) fn settle_then(&self, then: Then) {
        let mut progress = lock(&self.shared.progress);
        let mine = progress.applied;
        if let Some(outcome) = progress.outcome(mine) {
            drop(progress);
            return then(outcome.map_err(Error::from));
        }
        progress.wanted = progress.wanted.max(mine);
        progress.then.push((mine, then));
        self.shared.wanted.notify_one();
    }
}

impl Progress {
    /// How a write came out; `None` while that is open.
    fn outcome(&self, write: u64) -> Option<Outcome> {
        if self.durable >= write {
            return Some(Ok(()));
        }
        let failed = self.failed.as_ref().filter(|(upto, _)| *upto >= write);
        failed.map(|(_, reason)| Err(reason.clone()))
    }

    /// Takes out what is to be done after writes up to this one.
    fn due(&mut self, upto: u64) -> Vec<Then> {
        let (due, later) = std::mem::take(&mut self.then)
            .into_iter()
            .partition(|(write, _)| *write <= upto);
        self.then = later;
        Vec::into_iter(due).map(|(_, then)| then).collect()
    }
}

impl Drop for Settling {
    fn drop(&mut self) {
        lock(&self.shared.progress).closing = true;
        self.shared.wanted.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that makes writes durable ended in a panic");
        }
    }
}

/// Flushes for all who wait, until the store closes; then once more for everybody.
fn run(shared: &Shared, mut flush: impl FnMut() -> Result<()>) {
    loop {
        let (upto, closing) = next(shared);
        let outcome = flush();
        let mut progress = lock(&shared.progress);
        match outcome {
            Ok(()) => {
                progress.durable = progress.durable.max(upto);
                progress.failed = None;
            }
            Err(error) => {
                tracing::error!(%error, "writes could not be made durable");
                progress.failed = Some((upto, error.into()));
                // Each who waits for these is told; who came meanwhile still waits for more.
                if progress.wanted <= upto {
                    progress.wanted = progress.durable;
                }
            }
        }
        shared.ended.notify_all();
        let due = progress.due(upto);
        let outcome = progress.outcome(upto).unwrap_or(Ok(()));
        drop(progress);
        for then in due {
            let outcome = outcome.clone().map_err(Error::from);
            if catch_unwind(AssertUnwindSafe(|| then(outcome))).is_err() {
                tracing::error!("what was to be done after a write ended in a panic");
            }
        }
        if closing {
            return;
        }
    }
}

/// Waits for work: the number of the last write applied, and whether the store is closing.
fn next(shared: &Shared) -> (u64, bool) {
    let mut progress = lock(&shared.progress);
    while progress.wanted <= progress.durable && !progress.closing {
        progress = shared
            .wanted
            .wait(progress)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
    }
    (progress.applied, progress.closing)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// One waits while another's flush fails; its own write came too late for that flush.
    #[test]
    fn who_came_during_a_flush_that_failed_is_not_forgotten() {
        let (began, has_begun) = mpsc::channel();
        let (outcome, outcomes) = mpsc::channel();
        let settling = Settling::start_with(Arc::default(), move || {
            let _ = began.send(());
            outcomes.recv().unwrap_or(Ok(()))
        })
        .unwrap();
        std::thread::scope(|scope| {
            settling.applied();
            let first = scope.spawn(|| settling.settle());
            has_begun.recv().unwrap();
            settling.applied();
            let second = scope.spawn(|| settling.settle());
            while lock(&settling.shared.progress).wanted < 2 {
                std::thread::yield_now();
            }
            outcome.send(Err(Error::Full(PathBuf::new()))).unwrap();
            assert!(first.join().unwrap().is_err());
            outcome.send(Ok(())).unwrap();
            assert!(second.join().unwrap().is_ok(), "it had a flush of its own");
        });
        // The last flush, as the store closes, waits for nobody.
        drop(outcome);
    }

    #[test]
    fn who_left_word_is_told_how_its_own_flush_came_out() {
        let (outcome, outcomes) = mpsc::channel();
        let settling =
            Settling::start_with(Arc::default(), move || outcomes.recv().unwrap_or(Ok(()))).unwrap();
        let (teller, told) = mpsc::channel();
        let leave_word = || {
            let teller = teller.clone();
            settling.settle_then(Box::new(move |outcome| teller.send(outcome).unwrap()));
        };
        settling.applied();
        leave_word();
        outcome.send(Err(Error::Full("/data".into()))).unwrap();
        assert!(matches!(told.recv().unwrap(), Err(Error::Full(_))));
        settling.applied();
        leave_word();
        leave_word();
        outcome.send(Ok(())).unwrap();
        assert!(told.recv().unwrap().is_ok());
        assert!(told.recv().unwrap().is_ok(), "all who left word are told");
        leave_word();
        assert!(
            told.recv().unwrap().is_ok(),
            "at once, when there is nothing to wait for"
        );
        settling.applied();
        settling.settle_then(Box::new(|_| panic!("a fault of whoever left this word")));
        leave_word();
        outcome.send(Ok(())).unwrap();
        assert!(told.recv().unwrap().is_ok(), "the others are told all the same");
        settling.applied();
        leave_word();
        drop(outcome);
        drop(settling);
        assert!(
            told.recv().unwrap().is_ok(),
            "nobody is forgotten when the store closes"
        );
    }
}
