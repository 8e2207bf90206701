//! Cycles on a terminal: a bar, and Ctrl-C stops between two objects.

use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::SignedDuration;
use practice_idp::cycle::{Progress, Report};
use practice_idp::{Advanced, Practice};

use super::super::Failure;
use super::super::terminal::SyncProgress;

/// Runs a cycle.
pub(super) fn cycle(practice: &Arc<Practice>) -> Result<Report, Failure> {
    watched(practice, |show| Ok(practice.cycle(show)?))
}

/// Moves the clock and runs what becomes due.
pub(super) fn advance(practice: &Arc<Practice>, by: SignedDuration) -> Result<Advanced, Failure> {
    watched(practice, |show| Ok(practice.advance(by, show)?))
}

fn watched<T>(
    practice: &Arc<Practice>,
    run: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    stop_on_interrupt(Arc::clone(practice))?;
    let shown = SyncProgress::new();
    run(&mut |progress: Progress| {
        shown.step("Cycle", progress.phase.name(), progress.done, progress.total);
        ControlFlow::Continue(())
    })
}

/// From now on Ctrl-C stops the cycle, which can be resumed; a second one would do no more.
fn stop_on_interrupt(practice: Arc<Practice>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::general(format!("The cycle could not be watched: {error}.")))?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                practice.stop();
            }
        });
    });
    Ok(())
}
