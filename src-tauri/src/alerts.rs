//! Alerts of the engine as notifications of the desktop. The only file that shows them.

use std::sync::Arc;
use std::time::Duration;

use provisioning::alerts::Alert;
use provisioning::{Engine, Happening};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

/// How often the engine is asked whether the identity provider is silent.
const ASKED_EVERY: Duration = Duration::from_secs(60);

/// Shows every alert of `engine` from now on.
pub(crate) fn show_all(engine: &Arc<Engine>, window: AppHandle) {
    engine.subscribe(move |happening| {
        if let Happening::Alert(alert) = happening {
            // Some systems ask the user first, which takes as long as it takes.
            let (window, alert) = (window.clone(), alert.clone());
            std::thread::spawn(move || notify(&window, &alert));
        }
    });
    let weak = Arc::downgrade(engine);
    std::thread::spawn(move || {
        while let Some(engine) = weak.upgrade() {
            if let Err(error) = engine.look_for_silence() {
                tracing::warn!(%error, "nobody can say whether the identity provider is silent");
            }
            drop(engine);
            std::thread::sleep(ASKED_EVERY);
        }
    });
}

/// Shows one notification. A desktop without them is no failure: the log tells the same.
fn notify(window: &AppHandle, alert: &Alert) {
    let shown = window
        .notification()
        .builder()
        .title(alert.title())
        .body(alert.sentence())
        .show();
    if let Err(error) = shown {
        tracing::info!(%error, "the desktop shows no notifications");
    }
}
