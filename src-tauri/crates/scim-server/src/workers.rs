//! The threads that answer requests. They may wait for the disk, which the threads that read
//! sockets must not; and they are few: as many as there were connections would take turns on the
//! processors far more often than there is work, and each would keep memory of its own. That few
//! are enough is because none of them waits until a write is durable (`Engine::settle_then`).

use std::num::NonZero;
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Runtime};

/// Threads for each processor: while one waits for the disk, another has something to do.
const PER_PROCESSOR: usize = 2;

/// The threads; a runtime of their own hands out the work, so that none is woken in vain.
pub(crate) struct Workers(Option<Runtime>);

impl Workers {
    /// Starts them. Where the system has no threads to give there are none, and work is done
    /// where [`Workers::run`] is called.
    pub(crate) fn start() -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        let runtime = Builder::new_multi_thread()
            .worker_threads(processors * PER_PROCESSOR)
            .thread_name("scim-worker")
            .build();
        if let Err(error) = &runtime {
            tracing::error!(%error, "no threads could be started to answer requests");
        }
        Self(runtime.ok())
    }

    /// Does `work` on one of them.
    pub(crate) fn run(&self, work: impl FnOnce() + Send + 'static) {
        match &self.0 {
            Some(runtime) => drop(runtime.spawn(async { work() })),
            None => work(),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        // Work under way is finished; waiting for it here would block a thread that must not.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
