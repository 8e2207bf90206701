//! What is done with the log beside reading it.

use provisioning::journal::replay::Selection;
use provisioning::settings::Settings as EngineSettings;
use provisioning::{Error, bundle};
use scim_server::replay::{Edit, replay};

use super::Answer;
use crate::app::App;
use crate::error::CommandError;
use crate::view::{
    BundlePart, Diagnostics, Exported, Kept, Limits, Replay, ReplayRequest, Verified, VerifyRequest,
};
use crate::{diagnostics, dialogs};

/// Characters of a bundle's file that are shown before it is saved.
const SHOWN: usize = 20_000;

/// Whether any event was altered or removed. `None` when it was broken off.
pub(super) fn verify(app: &App, request: &VerifyRequest) -> Answer<Option<Verified>> {
    let head = request.head.trim();
    let anchor = (!head.is_empty()).then(|| head.parse()).transpose()?;
    let journal = app.engine.journal();
    let verified = app.walk.run(|watch| journal.verify(anchor.as_ref(), watch));
    match verified {
        Err(Error::Cancelled) => Ok(None),
        verified => Ok(Some(verified?.into())),
    }
}

/// What limits of the log would remove.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "every command's function has the one shape that the table expects"
)]
pub(super) fn retention(app: &App, request: &Limits) -> Answer<Kept> {
    let settings = EngineSettings {
        log_days: request.log_days,
        log_events: request.log_events,
        ..app.engine.settings()
    };
    Ok(app.engine.journal().would_keep(&settings)?.into())
}

/// Sends requests again, to a copy. `None` when it was broken off.
pub(super) fn try_again(app: &App, request: &ReplayRequest) -> Answer<Option<Replay>> {
    let selection = match (request.event, &request.person, request.sync) {
        (Some(event), None, None) => Selection::Request(event),
        (None, Some(person), None) => Selection::Person(app.engine.person(person)?),
        (None, None, Some(sync)) => Selection::Sync(sync),
        _ => {
            return Err(CommandError::internal(
                "Name one thing to replay: an event, a person or a sync.",
            ));
        }
    };
    let edit = Edit {
        method: request.method.clone(),
        path: request.path.clone(),
        body: request.body.clone(),
    };
    let outcome = app
        .walk
        .run(|watch| replay(&app.engine, &selection, &edit, watch));
    match outcome {
        Err(Error::Cancelled) => Ok(None),
        outcome => {
            let mask = request.masked.then(|| app.engine.journal().mask()).transpose()?;
            Ok(Some(Replay::of(outcome?, mask.as_ref())))
        }
    }
}

/// Where the application's own log is.
pub(super) fn diagnostics(app: &App) -> Answer<Diagnostics> {
    let folder = diagnostics::folder(app.engine.data_dir());
    Ok(Diagnostics {
        bytes: diagnostics::bytes(&folder),
        folder: folder.display().to_string(),
        level: diagnostics::level(),
    })
}

fn bundle_of(app: &App) -> Answer<Vec<bundle::Part>> {
    let folder = diagnostics::folder(app.engine.data_dir());
    let versions = diagnostics::versions();
    Ok(app.engine.support_bundle(&versions, Some(&folder))?)
}

/// The files of a support bundle, to be looked at.
pub(super) fn bundle_preview(app: &App) -> Answer<Vec<BundlePart>> {
    let parts = bundle_of(app)?.into_iter();
    Ok(parts
        .map(|part| BundlePart {
            name: part.name.to_owned(),
            purpose: part.purpose.to_owned(),
            bytes: part.text.len() as u64,
            text: part.text.chars().take(SHOWN).collect(),
        })
        .collect())
}

/// Saves a support bundle where the administrator says.
pub(super) fn bundle_save(app: &App) -> Answer<Option<Exported>> {
    let Some(path) = dialogs::save("Save the support bundle", "SCIM Desk support", "zip") else {
        return Ok(None);
    };
    let parts = bundle_of(app)?;
    let file = bundle::write(&parts, &path)?;
    Ok(Some(Exported {
        files: vec![file.display().to_string()],
        count: parts.len() as u64,
    }))
}
