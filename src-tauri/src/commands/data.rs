//! The data as a whole.

use provisioning::plan::render::counted;

use super::Answer;
use crate::app::App;
use crate::dialogs;
use crate::error::CommandError;
use crate::view::{BackedUp, DataFolder, RestoreOffer, Restored};

/// What backups are called.
const EXTENSION: &str = "jsonl";

/// Where the data are and what they take.
pub(super) fn get(app: &App) -> Answer<DataFolder> {
    Ok(DataFolder {
        path: app.engine.data_dir().display().to_string(),
        bytes: app.engine.data_bytes(),
    })
}

/// Writes all the data to the file the administrator picks.
pub(super) fn back_up(app: &App) -> Answer<Option<BackedUp>> {
    let name = format!("SCIM Desk {}", app.engine.now().strftime("%Y-%m-%d"));
    let Some(path) = dialogs::save("Back up all data", &name, EXTENSION) else {
        return Ok(None);
    };
    let copied = app.engine.back_up(&path)?;
    Ok(Some(BackedUp {
        file: path.display().to_string(),
        records: copied.records,
        unread: copied.unread,
    }))
}

/// Asks for a backup and reads it to its end. It is remembered for [`restore`].
pub(super) fn offer_restore(app: &App) -> Answer<Option<RestoreOffer>> {
    let Some(path) = dialogs::open("Restore a backup", "Backup of SCIM Desk", EXTENSION) else {
        return Ok(None);
    };
    let offer = app.engine.look_at_backup(&path)?;
    let file = path.display().to_string();
    app.offer_restore(path);
    Ok(Some(RestoreOffer {
        file,
        at: offer.at.to_string(),
        records: offer.records,
    }))
}

/// Puts the backup that was picked in the place of the data, and starts the application again.
pub(super) fn restore(app: &App) -> Answer<Restored> {
    let path = app
        .take_offer()
        .ok_or_else(|| CommandError::internal("No backup was picked. Choose Restore again and pick one."))?;
    let copied = app.engine.prepare_restore(&path)?;
    tracing::info!("{} restored; starting again", counted(copied.records, "record"));
    app.start_again();
    Ok(Restored {
        records: copied.records,
        kept: copied
            .kept
            .map(|kept| kept.display().to_string())
            .unwrap_or_default(),
    })
}
