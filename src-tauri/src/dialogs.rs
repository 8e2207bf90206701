//! The system's dialogs. The only file that touches them.
//!
//! Call these from a command's own thread, never from the main one: the blocking dialogs of
//! the library would stop the window for good, so its asynchronous ones are waited for here.

use std::path::PathBuf;

use rfd::{AsyncFileDialog, AsyncMessageDialog, MessageLevel};

/// Asks where to save. The name gets `extension` if the administrator writes none; `None` when
/// the dialog is cancelled.
pub(crate) fn save(title: &str, name: &str, extension: &str) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title(title)
        .set_file_name(format!("{name}.{extension}"))
        .add_filter(extension.to_uppercase(), &[extension]);
    let mut path = tauri::async_runtime::block_on(dialog.save_file())?
        .path()
        .to_owned();
    if path.extension().is_none() {
        path.set_extension(extension);
    }
    Some(path)
}

/// Asks for a file to open; `None` when the dialog is cancelled.
pub(crate) fn open(title: &str, kind: &str, extension: &str) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title(title)
        .add_filter(kind, &[extension]);
    Some(
        tauri::async_runtime::block_on(dialog.pick_file())?
            .path()
            .to_owned(),
    )
}

/// Says why there is no window, to somebody who clicked an icon and sees no terminal. Returns
/// when it has been read.
pub(crate) fn tell(sentence: &str) {
    let dialog = AsyncMessageDialog::new()
        .set_title("SCIM Desk")
        .set_level(MessageLevel::Error)
        .set_description(sentence);
    tauri::async_runtime::block_on(dialog.show());
}
