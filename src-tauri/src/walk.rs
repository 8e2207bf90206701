//! One long walk through the log at a time: how far it has come, and that somebody has had enough.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use provisioning::journal::export::Progress;

/// The walk under way, if one is.
#[derive(Default)]
pub(crate) struct Walk {
    progress: Mutex<Option<Progress>>,
    cancelled: AtomicBool,
}

impl Walk {
    /// Runs `work`, which shows its progress to what it is given and breaks off when that says so.
    pub(crate) fn run<T>(&self, work: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> T) -> T {
        self.cancelled.store(false, Ordering::Relaxed);
        let outcome = work(&mut |progress| {
            *self.lock() = Some(progress);
            if self.cancelled.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        *self.lock() = None;
        outcome
    }

    /// How far it has come.
    pub(crate) fn progress(&self) -> Option<Progress> {
        *self.lock()
    }

    /// Asks it to break off.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
