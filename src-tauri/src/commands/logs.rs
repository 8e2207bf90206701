//! Provisioning logs.

use provisioning::journal::Query;

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{EventDetail, EventId, EventRow, ExportLogs, Exported, LogsPage, LogsRequest};

/// A page of events, newest first.
pub(super) fn query(app: &App, request: &LogsRequest) -> Answer<LogsPage> {
    let journal = app.engine.journal();
    let query = Query::parse(&request.query, app.engine.now())?;
    let page = journal.search(&query, request.before, page_size(request.limit))?;
    Ok(LogsPage {
        stored: journal.count()?,
        rows: page.events.iter().map(EventRow::from).collect(),
        next: page.next,
    })
}

/// All about one event.
pub(super) fn event(app: &App, request: &EventId) -> Answer<EventDetail> {
    Ok(app.engine.journal().get(request.id)?.into())
}

/// Writes exactly what is filtered to the file the administrator picks.
pub(super) fn export(app: &App, request: &ExportLogs) -> Answer<Option<Exported>> {
    let query = Query::parse(&request.query, app.engine.now())?;
    let format = provisioning::journal::export::Format::from(request.format);
    let Some(path) = dialogs::save("Export provisioning logs", "ProvisioningLogs", format.extension()) else {
        return Ok(None);
    };
    Ok(Some(app.engine.journal().export(&query, format, &path)?.into()))
}
