//! Provisioning logs.

use provisioning::Error;
use provisioning::journal::Query;
use provisioning::journal::export::Export;

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{
    Activities, EventDetail, EventId, EventRow, ExportLogs, Exported, Facets, LogPart, LogsPage, LogsRequest,
    Timeline, TimelineRequest, Walked,
};

/// A page of events, newest first.
pub(super) fn query(app: &App, request: &LogsRequest) -> Answer<LogsPage> {
    let journal = app.engine.journal();
    let query = Query::parse(&request.query, app.engine.now())?;
    let mut page = journal.search(&query, request.before, page_size(request.limit))?;
    if request.masked {
        let mask = journal.mask()?;
        page.events
            .iter_mut()
            .for_each(|event| *event = mask.event(event));
    }
    Ok(LogsPage {
        stored: journal.count()?,
        rows: page.events.iter().map(EventRow::from).collect(),
        next: page.next,
        looked: page.looked,
        reached: page.reached.map(|at| at.to_string()),
    })
}

/// All about one event.
pub(super) fn event(app: &App, request: &EventId) -> Answer<EventDetail> {
    let journal = app.engine.journal();
    let event = journal.get(request.id)?;
    if request.masked {
        return Ok(journal.mask()?.event(&event).into());
    }
    Ok(event.into())
}

/// What there is in a part of the log, and how much of it.
pub(super) fn facets(app: &App, request: &LogPart) -> Answer<Facets> {
    let query = Query::parse(&request.query, app.engine.now())?;
    Ok(app.engine.journal().facets(&query, request.before)?.into())
}

/// What happened in a part of the log, as sentences.
pub(super) fn activity(app: &App, request: &LogPart) -> Answer<Activities> {
    let query = Query::parse(&request.query, app.engine.now())?;
    let journal = app.engine.journal();
    let mut told = journal.activity(&query, request.before)?;
    if request.masked {
        let mask = journal.mask()?;
        for one in &mut told.list {
            one.sentence = mask.text(&one.sentence);
        }
    }
    Ok(told.into())
}

/// Every value that a person ever had.
pub(super) fn timeline(app: &App, request: &TimelineRequest) -> Answer<Timeline> {
    let person = app.engine.person(&request.person)?;
    let journal = app.engine.journal();
    let mut page = journal.timeline(&person, request.before, page_size(u32::MAX))?;
    let mut name = person.name.clone();
    if request.masked {
        let mask = journal.mask()?;
        name = mask.value(&name);
        page.events
            .iter_mut()
            .for_each(|event| *event = mask.event(event));
    }
    Ok(Timeline::of(person, name, page))
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
