//! One window for each data directory: a second start brings the first to the front. Where there
//! is no session bus this is not noticed, and the lock of the data directory refuses the second.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::{Manager, Wry};

/// Whether there is a session bus to be found by.
pub(super) fn has_session_bus() -> bool {
    !cfg!(target_os = "linux")
        || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|at| !at.is_empty())
}

/// Makes this process the one that others find. In a second one it hands over and ends it.
pub(super) fn plugin(data_dir: &Path) -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name(data_dir))
        .callback(|handle, _, _| super::show_window(handle))
        .build()
}

/// If another process has the data directory, brings its window to the front and ends this one.
/// Returns when there is none that hears.
pub(super) fn hand_over(data_dir: &Path, context: tauri::Context) {
    if !has_session_bus() {
        return;
    }
    let built = tauri::Builder::default().plugin(plugin(data_dir)).build(context);
    if let Err(error) = built {
        tracing::warn!(%error, "the window of the other SCIM Desk was not found");
    }
}

/// Lets the next process be the one that others find.
pub(super) fn let_go(handle: &tauri::AppHandle) {
    if has_session_bus() && handle.get_webview_window("main").is_some() {
        tauri_plugin_single_instance::destroy(handle);
    }
}

/// Two data directories are two consoles.
fn bus_name(data_dir: &Path) -> String {
    let whole = std::fs::canonicalize(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    let mut hasher = DefaultHasher::new();
    whole.hash(&mut hasher);
    format!("org.scimdesk.app.d{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_data_directory_has_a_name_of_its_own() {
        let name = bus_name(Path::new("some/place"));
        assert_eq!(name, bus_name(Path::new("some/place")));
        assert_ne!(name, bus_name(Path::new("another/place")));
        assert!(
            name.chars()
                .all(|each| each.is_ascii_alphanumeric() || each == '.')
        );
    }
}
