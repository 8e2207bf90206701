//! The connection: a test over the network, a token that somebody has, and the server itself.

mod test;

use super::Answer;
use crate::app::{App, take_address};
use crate::view::{Status, TokenText, TokenVerdict};

pub(super) use test::run as test;

/// Whether a token is the one in force, and if not, what it is.
pub(super) fn check_token(app: &App, request: &TokenText) -> Answer<TokenVerdict> {
    let tokens = app.engine.tokens();
    Ok(match tokens.check(&request.token) {
        Ok(()) => TokenVerdict {
            works: true,
            sentence: tokens.active.map_or_else(String::new, |record| {
                format!("This is the token in force, {}.", record.display())
            }),
        },
        Err(rejected) => TokenVerdict {
            works: false,
            sentence: rejected.to_string(),
        },
    })
}

/// Ends the server until it is started again, or the application is.
pub(super) fn stop(app: &App) -> Answer<Status> {
    let _turn = app.server.change_address();
    app.server
        .stop("An administrator stopped the SCIM server. Start it on the Connection page.");
    super::status::get(app)
}

/// Starts the server on the address in the settings.
pub(super) fn start(app: &App) -> Answer<Status> {
    let _turn = app.server.change_address();
    if !app.server.is_listening() {
        app.server
            .start(&app.engine, take_address(&app.engine.settings())?);
    }
    super::status::get(app)
}
