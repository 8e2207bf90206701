//! Messages of the system about what happens while nobody looks at the window.

use std::sync::Arc;

use provisioning::sync::{Run, RunStatus};
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

use crate::app::App;
use crate::view::Preferences;

/// Remembers which sync was told of last.
pub(super) struct Attention {
    app: Arc<App>,
    handle: AppHandle,
    told: u64,
}

impl Attention {
    pub(super) fn new(app: &Arc<App>, handle: &AppHandle) -> Self {
        let told = newest(app).map_or(0, |run| run.id);
        Self {
            app: Arc::clone(app),
            handle: handle.clone(),
            told,
        }
    }

    /// Tells of the sync that has ended since, if somebody should know.
    pub(super) fn look(&mut self) {
        let Some(run) = newest(&self.app).filter(|run| run.id > self.told) else {
            return;
        };
        self.told = run.id;
        if !is_in_view(&self.handle) && is_worth_telling(&run, self.app.preferences.get()) {
            self.tell(&run);
        }
    }

    /// Without a notification service nobody hears it; the window lists it all the same.
    fn tell(&self, run: &Run) {
        let body = run.status.reason().map_or_else(|| run.summary(), str::to_owned);
        let title = format!("Sync {} {}", run.id, run.status.name());
        let shown = self
            .handle
            .notification()
            .builder()
            .title(title)
            .body(body)
            .show();
        if let Err(error) = shown {
            tracing::warn!(%error, "no message of the system could be shown");
        }
    }
}

fn newest(app: &App) -> Option<Run> {
    app.engine.reports().newest().ok().flatten()
}

fn is_in_view(handle: &AppHandle) -> bool {
    let Some(window) = handle.get_webview_window("main") else {
        return false;
    };
    window.is_focused().unwrap_or(false)
}

/// Success is told of only to those who asked for it.
fn is_worth_telling(run: &Run, preferences: Preferences) -> bool {
    preferences.notify && (preferences.notify_always || run.status != RunStatus::Completed)
}
