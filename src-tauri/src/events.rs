//! From the engine's happenings to the window's events, so that pages stay true without asking.
//!
//! What has changed is gathered and told at most once a second; progress at most ten times a
//! second, and its end always. That nothing can be stored, and that it can again, is looked at
//! every two seconds: nobody may be writing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use provisioning::{Engine, Happening};
use tauri::{AppHandle, Emitter};

use crate::view::{Progress, Topic};

const CHANGED_EVERY: Duration = Duration::from_secs(1);
const TROUBLE_EVERY: Duration = Duration::from_secs(2);
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Tells `window` of everything that happens in `engine`. `after` is called after each telling of
/// what has changed.
pub(crate) fn forward(engine: &Arc<Engine>, window: AppHandle, after: impl FnMut() + Send + 'static) {
    let (sender, receiver) = channel();
    engine.subscribe(move |happening| {
        // A window that is gone needs no news.
        let _ = sender.send(happening.clone());
    });
    let engine = Arc::downgrade(engine);
    let trouble = move || engine.upgrade().and_then(|engine| engine.trouble());
    std::thread::spawn(move || run(&receiver, &window, trouble, after));
}

fn run(
    receiver: &Receiver<Happening>,
    window: &AppHandle,
    trouble: impl Fn() -> Option<String>,
    mut after: impl FnMut(),
) {
    let mut changed = BTreeSet::new();
    let mut told = Instant::now();
    let mut progressed = Instant::now();
    let (mut looked, mut known) = (Instant::now(), None);
    loop {
        let pause = if changed.is_empty() {
            TROUBLE_EVERY
        } else {
            CHANGED_EVERY.saturating_sub(told.elapsed())
        };
        match receiver.recv_timeout(pause) {
            Ok(Happening::Changed(topic)) => {
                changed.insert(Topic::from(topic));
            }
            Ok(Happening::Progress(progress)) => {
                let progress = Progress::from(progress);
                let ended = progress.done == progress.total;
                if ended || progressed.elapsed() >= PROGRESS_EVERY {
                    progressed = Instant::now();
                    emit(window, "progress", progress);
                }
            }
            // Alerts are shown by `alerts.rs`, window or not.
            Ok(Happening::Alert(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if looked.elapsed() >= TROUBLE_EVERY {
            looked = Instant::now();
            let now = trouble();
            if now != known {
                known = now;
                changed.insert(Topic::Settings);
            }
        }
        if !changed.is_empty() && told.elapsed() >= CHANGED_EVERY {
            told = Instant::now();
            emit(
                window,
                "changed",
                std::mem::take(&mut changed).into_iter().collect::<Vec<_>>(),
            );
            after();
        }
    }
}

fn emit<T: serde::Serialize + Clone>(window: &AppHandle, name: &str, payload: T) {
    if let Err(error) = window.emit(name, payload) {
        tracing::warn!(%error, name, "the window was not told");
    }
}
