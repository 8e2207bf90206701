//! Messages of the system about syncs that went well while nobody looked at the window, for those who
//! asked for them. What went wrong is an alert ([`crate::alerts`]).

use std::sync::Arc;

use provisioning::sync::{Run, RunStatus};
use tauri::{AppHandle, Manager};

use crate::alerts;
use crate::app::App;

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

    /// Tells of the sync that has ended since, if somebody wants to know.
    pub(super) fn look(&mut self) {
        let Some(run) = newest(&self.app).filter(|run| run.id > self.told) else {
            return;
        };
        self.told = run.id;
        let preferences = self.app.preferences.get();
        let is_wanted = preferences.notify && preferences.notify_always;
        if is_wanted && run.status == RunStatus::Completed && !is_in_view(&self.handle) {
            let title = format!("Sync {} {}", run.id, run.status.name());
            alerts::show(&self.handle, &title, &run.summary());
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
