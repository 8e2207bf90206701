//! Settings and the SCIM token.

use super::Answer;
use crate::app::{App, take_address};
use crate::view::{IssuedToken, Settings, TokenStatus};

/// The settings as saved.
pub(super) fn get(app: &App) -> Answer<Settings> {
    Ok(app.engine.settings().into())
}

/// Saves a draft. A new address is taken before anything is saved, so that a port in use leaves
/// the settings, and the running server, as they were. An address that was busy before and was
/// not changed is tried again, but keeps nothing else from being saved.
pub(super) fn save(app: &App, draft: &Settings) -> Answer<Settings> {
    let draft = provisioning::settings::Settings::from(draft.clone());
    draft.validate()?;
    // Two saves at once could leave the server and the settings on different addresses.
    let _turn = app.server.change_address();
    let moved = draft.listen_address()? != app.engine.settings().listen_address()?;
    let listener = if moved {
        Some(take_address(&draft)?)
    } else if app.server.is_listening() {
        None
    } else {
        take_address(&draft).ok()
    };
    let saved = app.engine.save_settings(&draft)?;
    if let Some(listener) = listener {
        app.server.start(&app.engine, listener);
    }
    Ok(saved.settings.into())
}

/// What is known about the token.
pub(super) fn token_status(app: &App) -> Answer<TokenStatus> {
    Ok(TokenStatus::of(&app.engine.tokens(), app.engine.now()))
}

/// The first token, told once.
pub(super) fn token_generate(app: &App) -> Answer<IssuedToken> {
    Ok(IssuedToken {
        token: app.engine.generate_token()?.reveal().to_owned(),
    })
}

/// A new token, told once; the one in force stops at once.
pub(super) fn token_regenerate(app: &App) -> Answer<IssuedToken> {
    Ok(IssuedToken {
        token: app.engine.regenerate_token()?.reveal().to_owned(),
    })
}

/// Ends the token in force.
pub(super) fn token_revoke(app: &App) -> Answer<TokenStatus> {
    Ok(TokenStatus::of(&app.engine.revoke_token()?, app.engine.now()))
}
