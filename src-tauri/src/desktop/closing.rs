//! Closing the window: where there is a status icon, the server goes on behind it, if that is
//! wanted. The first time the window asks.

use std::sync::Arc;

use tauri::{AppHandle, Emitter, Manager, WindowEvent};

use crate::app::App;

/// Decides what closing the window does from now on.
pub(super) fn watch(handle: &AppHandle, app: &Arc<App>) {
    let Some(window) = handle.get_webview_window("main") else {
        return;
    };
    let (app, handle) = (Arc::clone(app), handle.clone());
    window.on_window_event(move |event| {
        let WindowEvent::CloseRequested { api, .. } = event else {
            return;
        };
        if !app.preferences.get().close_to_tray || !app.has_tray() {
            return;
        }
        api.prevent_close();
        if app.preferences.was_told_about_closing() {
            hide(&handle);
        } else if let Err(error) = handle.emit("closing", ()) {
            tracing::warn!(%error, "the window was not asked about closing");
            handle.exit(0);
        }
    });
}

/// Puts the window away; the server goes on.
pub(crate) fn hide(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window("main")
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window could not be put away");
    }
}
