//! How the application behaves on this computer, and what it is.

mod errors;

use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use super::Answer;
use crate::app::{App, Surroundings};
use crate::error::CommandError;
use crate::view::{About, ClipboardText, Part, Preferences, PreferencesState};

pub(super) use errors::catalogue;

/// The preferences, and what this computer can do.
pub(super) fn preferences(app: &App) -> Answer<PreferencesState> {
    let around = around(app)?;
    let mut preferences = app.preferences.get();
    let autostart = around.handle.autolaunch().is_enabled();
    // It may have been changed elsewhere: what the system says counts.
    if let Ok(enabled) = autostart {
        preferences.start_at_login = enabled;
    }
    Ok(PreferencesState {
        preferences,
        no_tray: around.no_tray.clone(),
        no_autostart: autostart
            .err()
            .map(|error| format!("This system does not tell what it starts at login: {error}.")),
    })
}

/// Keeps other preferences.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "every command takes its request so"
)]
pub(super) fn set_preferences(app: &App, request: &Preferences) -> Answer<PreferencesState> {
    let around = around(app)?;
    if request.start_at_login != preferences(app)?.preferences.start_at_login {
        let autolaunch = around.handle.autolaunch();
        let changed = if request.start_at_login {
            autolaunch.enable()
        } else {
            autolaunch.disable()
        };
        changed.map_err(|error| {
            CommandError::internal(format!(
                "Starting at login could not be changed: {error}. Everything else is as it was."
            ))
        })?;
    }
    app.preferences.set(*request)?;
    preferences(app)
}

/// Puts the window away behind the status icon; from now on closing it does so without asking.
pub(super) fn put_away(app: &App) -> Answer<()> {
    app.preferences.told_about_closing()?;
    crate::desktop::hide(&around(app)?.handle);
    Ok(())
}

/// Ends the application.
pub(super) fn quit(app: &App) -> Answer<()> {
    around(app)?.handle.exit(0);
    Ok(())
}

/// Copies a text. A secret is taken out of the clipboard after a while, if it is still there.
pub(super) fn copy(app: &App, request: &ClipboardText) -> Answer<()> {
    let handle = around(app)?.handle.clone();
    let refused = |error: tauri_plugin_clipboard_manager::Error| {
        CommandError::internal(format!("The clipboard could not be used: {error}."))
    };
    handle
        .clipboard()
        .write_text(request.text.clone())
        .map_err(refused)?;
    if request.clear_after > 0 {
        let (text, after) = (
            request.text.clone(),
            std::time::Duration::from_secs(request.clear_after.into()),
        );
        std::thread::spawn(move || {
            std::thread::sleep(after);
            let clipboard = handle.clipboard();
            if clipboard.read_text().is_ok_and(|there| there == text)
                && let Err(error) = clipboard.clear()
            {
                tracing::warn!(%error, "a copied token is still in the clipboard");
            }
        });
    }
    Ok(())
}

/// Shows the data directory in the system's file browser.
pub(super) fn open_folder(app: &App) -> Answer<()> {
    let folder = app.engine.data_dir().display().to_string();
    around(app)?
        .handle
        .opener()
        .open_path(&folder, None::<&str>)
        .map_err(|error| CommandError::internal(format!("{folder} could not be opened: {error}.")))
}

/// What this program is and where it keeps things.
pub(super) fn about(app: &App) -> Answer<About> {
    let web_view = tauri::webview_version().unwrap_or_else(|error| error.to_string());
    Ok(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        license: env!("CARGO_PKG_LICENSE").to_owned(),
        data_dir: app.engine.data_dir().display().to_string(),
        data_bytes: app.engine.data_bytes(),
        log_events: app.engine.journal().count()?,
        diagnostics: "Standard error; SCIM_DESK_LOG=info says more.".to_owned(),
        program: std::env::current_exe()
            .map_or_else(|error| error.to_string(), |path| path.display().to_string()),
        system: format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH),
        web_view,
        parts: PARTS.iter().map(Into::into).collect(),
    })
}

/// What the program is built with, beside what these bring along: name, purpose, licence.
const PARTS: &[(&str, &str, &str)] = &[
    ("Tauri", "the window", "MIT OR Apache-2.0"),
    ("sled", "the store", "MIT OR Apache-2.0"),
    ("hyper, tokio, axum", "the SCIM server", "MIT"),
    ("serde, jiff, uuid, csv", "data", "MIT OR Apache-2.0"),
    ("rfd", "file dialogs", "MIT"),
    ("ureq", "the test of the connection", "MIT OR Apache-2.0"),
    ("React", "the interface", "MIT"),
    ("Fluent UI", "controls and icons", "MIT"),
    ("TanStack Query and Virtual", "lists", "MIT"),
    ("Wouter", "addresses of pages", "Unlicense"),
    ("Inter", "the typeface", "OFL-1.1"),
];

impl From<&(&str, &str, &str)> for Part {
    fn from(&(name, purpose, license): &(&str, &str, &str)) -> Self {
        Self {
            name: name.to_owned(),
            purpose: purpose.to_owned(),
            license: license.to_owned(),
        }
    }
}

/// The desktop, which is there as soon as the window is.
fn around(app: &App) -> Answer<&Surroundings> {
    app.surroundings()
        .ok_or_else(|| CommandError::internal("The window is still opening. Try again."))
}
