//! Provisioning logs.

use provisioning::Error;
use provisioning::journal::Query;
use provisioning::journal::export::Export;

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{EventDetail, EventId, EventRow, ExportLogs, Exported, LogsPage, LogsRequest, Walked};

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

/// Writes exactly what is filtered to the file the administrator picks; `None` where none was
/// picked, or the export was cancelled.
pub(super) fn export(app: &App, request: &ExportLogs) -> Answer<Option<Exported>> {
    let export = Export {
        query: Query::parse(&request.query, app.engine.now())?,
        format: request.format.into(),
        masked: request.masked,
        byte_order_mark: request.byte_order_mark,
    };
    let extension = export.format.extension();
    let Some(path) = dialogs::save("Export provisioning logs", "ProvisioningLogs", extension) else {
        return Ok(None);
    };
    let exported = app
        .walk
        .run(|watch| app.engine.journal().export(&export, &path, watch));
    match exported {
        Err(Error::Cancelled) => Ok(None),
        exported => Ok(Some(exported?.into())),
    }
}

/// How far the walk through the log has come that is under way.
pub(super) fn walk_progress(app: &App) -> Answer<Option<Walked>> {
    Ok(app.walk.progress().map(Walked::from))
}

/// Breaks it off.
pub(super) fn walk_cancel(app: &App) -> Answer<()> {
    app.walk.cancel();
    Ok(())
}
