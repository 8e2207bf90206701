//! The status strip.

use super::Answer;
use crate::app::App;
use crate::view::Status;

/// All it shows.
pub(super) fn get(app: &App) -> Answer<Status> {
    let settings = app.engine.settings();
    Ok(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: app.engine.data_dir().display().to_string(),
        server: app.server.state(),
        tenant_url: app.server.tenant_url(&app.engine),
        enabled: settings.enabled,
        service: settings.service.into(),
        test_mode: settings.test_mode,
        running: app.engine.running().map(Into::into),
        last_sync: app.engine.reports().newest()?.map(Into::into),
        trouble: app.engine.trouble(),
    })
}
