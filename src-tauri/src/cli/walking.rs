//! A walk through the log on the command line: a bar on a terminal, and an interrupt that breaks
//! it off without leaving anything half done.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use provisioning::journal::export::Progress;

use super::Failure;

/// The walk under way.
pub(super) struct Walking {
    bar: Option<ProgressBar>,
    interrupted: Arc<AtomicBool>,
}

impl Walking {
    /// Begins one. From now on an interrupt only breaks it off.
    pub(super) fn new(what: &'static str) -> Result<Self, Failure> {
        let interrupted = Arc::new(AtomicBool::new(false));
        watch_for_interrupt(Arc::clone(&interrupted))?;
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{msg:12} {wide_bar} {pos} of {len} {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what);
            bar
        });
        Ok(Self { bar, interrupted })
    }

    /// Shows how far it has come, and tells whether to go on.
    pub(super) fn show(&mut self, progress: Progress) -> ControlFlow<()> {
        if let Some(bar) = &self.bar {
            bar.set_length(progress.of);
            bar.set_position(progress.looked);
        }
        if self.interrupted.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn watch_for_interrupt(interrupted: Arc<AtomicBool>) -> Result<(), Failure> {
    let refused = |error: io::Error| Failure::general(format!("The log could not be read: {error}."));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(refused)?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                interrupted.store(true, Ordering::Relaxed);
            }
        });
    });
    Ok(())
}
