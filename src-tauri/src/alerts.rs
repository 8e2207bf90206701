//! Alerts of the engine as notifications of the desktop. The only file that shows them.

use std::sync::Arc;
use std::time::Duration;

use provisioning::Happening;
use provisioning::alerts::Alert;
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

use crate::app::App;

/// How often the engine is asked whether the identity provider is silent.
const ASKED_EVERY: Duration = Duration::from_secs(60);

/// Shows every alert of the engine from now on, unless messages of the system are not wanted.
pub(crate) fn show_all(app: &Arc<App>, window: AppHandle) {
    let preferences = Arc::downgrade(app);
    app.engine.subscribe(move |happening| {
        let is_wanted = || {
            preferences
                .upgrade()
                .is_some_and(|app| app.preferences.get().notify)
        };
        if let Happening::Alert(alert) = happening
            && is_wanted()
        {
            // Some systems ask the user first, which takes as long as it takes.
            let (window, alert) = (window.clone(), alert.clone());
            std::thread::spawn(move || notify(&window, &alert));
        }
    });
    let weak = Arc::downgrade(&app.engine);
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

fn notify(window: &AppHandle, alert: &Alert) {
    show(window, &alert.title(), &alert.sentence());
}

/// Shows one notification. A desktop without them is no failure: the window lists the same.
pub(crate) fn show(window: &AppHandle, title: &str, body: &str) {
    let shown = window.notification().builder().title(title).body(body).show();
    if let Err(error) = shown {
        tracing::info!(%error, "the desktop shows no notifications");
    }
}
