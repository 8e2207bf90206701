//! The status icon: how things stand, and a menu. Where the desktop has no place for one, the
//! application is the same without it, and closing the window ends it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use provisioning::settings::Service;
use provisioning::sync::{RunStatus, Trigger};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Emitter, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt;

use super::badge::{Sign, painted};
use crate::app::App;
use crate::view::Server;

/// The icon while it is shown.
pub(super) struct Tray {
    app: Arc<App>,
    icon: TrayIcon,
    status: MenuItem<Wry>,
    sync: MenuItem<Wry>,
    test_mode: MenuItem<Wry>,
}

/// Shows the icon. Fails with why there is none, as a sentence.
pub(super) fn show(handle: &AppHandle, app: &Arc<App>) -> Result<Tray, String> {
    if !super::instance::has_session_bus() {
        return Err("This desktop has no session bus, over which status icons are shown.".to_owned());
    }
    if !has_library() {
        return Err(
            "The library for status icons is not installed; the package is called libayatana-appindicator3-1."
                .to_owned(),
        );
    }
    // The library is loaded in there, and what loads it panics when it cannot.
    let built = catch_unwind(AssertUnwindSafe(|| build(handle, app)));
    match built {
        Ok(Ok(tray)) => {
            tray.renew();
            Ok(tray)
        }
        Ok(Err(error)) => Err(format!("The status icon could not be shown: {error}.")),
        Err(_) => Err("The library for status icons could not be loaded.".to_owned()),
    }
}

fn build(handle: &AppHandle, app: &Arc<App>) -> tauri::Result<Tray> {
    let item =
        |id: &str, text: &str, enabled: bool| MenuItem::with_id(handle, id, text, enabled, None::<&str>);
    let status = item("status", "SCIM Desk", false)?;
    let sync = item("sync", "Force Sync Now", true)?;
    let test_mode = item("test-mode", "Test Mode", true)?;
    let line = || PredefinedMenuItem::separator(handle);
    let menu = Menu::with_items(
        handle,
        &[
            &status,
            &line()?,
            &item("open", "Open SCIM Desk", true)?,
            &sync,
            &test_mode,
            &item("copy", "Copy Tenant URL", true)?,
            &line()?,
            &item("quit", "Quit", true)?,
        ],
    )?;
    let chosen = Arc::clone(app);
    let mut icon = TrayIconBuilder::with_id("main")
        .menu(&menu)
        .tooltip("SCIM Desk")
        .on_menu_event(move |handle, event| choose(handle, &chosen, event.id().as_ref()));
    if let Some(picture) = handle.default_window_icon() {
        icon = icon.icon(picture.clone());
    }
    Ok(Tray {
        app: Arc::clone(app),
        icon: icon.build(handle)?,
        status,
        sync,
        test_mode,
    })
}

fn choose(handle: &AppHandle, app: &Arc<App>, item: &str) {
    match item {
        "open" => super::show_window(handle),
        "test-mode" => {
            // Turning it off wants a confirmation, which is in the window.
            super::show_window(handle);
            let _ = handle.emit("open", "/provisioning");
        }
        "sync" => {
            let app = Arc::clone(app);
            std::thread::spawn(move || {
                if let Err(error) = app.engine.sync(Trigger::Forced, None) {
                    tracing::warn!(%error, "the sync that the status icon asked for did not run");
                }
            });
        }
        "copy" => {
            let url = app.server.tenant_url(&app.engine);
            if let Err(error) = handle.clipboard().write_text(url) {
                tracing::warn!(%error, "the Tenant URL was not copied");
            }
        }
        "quit" => handle.exit(0),
        _ => {}
    }
}

impl Tray {
    /// Shows how things stand now. Call it on the main thread.
    pub(super) fn renew(&self) {
        let (sign, sentence) = standing(&self.app);
        let settings = self.app.engine.settings();
        let can_sync = settings.enabled && settings.service == Service::Scim && sign != Sign::Syncing;
        let mode = if settings.test_mode {
            "Test Mode: on…"
        } else {
            "Test Mode: off…"
        };
        let shown = self
            .status
            .set_text(&sentence)
            .and_then(|()| self.sync.set_enabled(can_sync))
            .and_then(|()| self.test_mode.set_text(mode))
            .and_then(|()| self.icon.set_tooltip(Some(format!("SCIM Desk: {sentence}"))))
            .and_then(|()| self.paint(sign));
        if let Err(error) = shown {
            tracing::warn!(%error, "the status icon could not be renewed");
        }
    }

    fn paint(&self, sign: Sign) -> tauri::Result<()> {
        let Some(picture) = self.icon.app_handle().default_window_icon() else {
            return Ok(());
        };
        let rgba = painted(picture.rgba(), picture.width(), sign);
        self.icon
            .set_icon(Some(Image::new_owned(rgba, picture.width(), picture.height())))
    }
}

/// How things stand: a sign, and a few words for the menu.
fn standing(app: &App) -> (Sign, String) {
    if let Some(progress) = app.engine.running() {
        return (Sign::Syncing, format!("Sync {} is running", progress.run));
    }
    let address = match app.server.state() {
        Server::Stopped { .. } => return (Sign::Stopped, "The SCIM server does not listen".to_owned()),
        Server::Listening { address } => address,
    };
    let newest = app.engine.reports().newest().ok().flatten();
    match newest {
        Some(run) if run.status != RunStatus::Completed => {
            (Sign::Attention, format!("Sync {} {}", run.id, run.status.name()))
        }
        _ if app.engine.trouble().is_some() => (Sign::Attention, "Nothing can be stored".to_owned()),
        _ => (Sign::Idle, format!("Listening on {address}")),
    }
}

/// Whether the library is where the system's loader looks, as far as can be seen from outside.
#[cfg(target_os = "linux")]
fn has_library() -> bool {
    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    let tops = [
        "/usr/lib",
        "/usr/lib64",
        "/lib",
        "/lib64",
        "/usr/local/lib",
        "/app/lib",
    ];
    let within = tops
        .iter()
        .filter_map(|top| std::fs::read_dir(top).ok())
        .flatten();
    let folders = within.flatten().map(|entry| entry.path());
    let mut folders = folders.chain(tops.iter().map(std::path::PathBuf::from));
    folders.any(|folder| NAMES.iter().any(|name| folder.join(name).exists()))
}

#[cfg(not(target_os = "linux"))]
fn has_library() -> bool {
    true
}
