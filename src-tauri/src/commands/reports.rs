//! Syncs and their reports.

use provisioning::reports::{RowsQuery, Section};
use provisioning::sync::Trigger;

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{
    ExportReport, Exported, ObjectKind, Report, ReportId, ReportRow, ReportRows, ReportRowsRequest,
    ReportsPage, ReportsRequest, RunRow, SyncRequest,
};

/// Force Sync Now. Answers when the sync has ended.
pub(super) fn sync_start(app: &App, request: &SyncRequest) -> Answer<RunRow> {
    Ok(app.engine.sync(Trigger::Forced, request.allow_archives)?.into())
}

/// Asks the sync under way to stop before it changes anything.
pub(super) fn sync_cancel(app: &App) -> Answer<()> {
    app.engine.cancel_sync();
    Ok(())
}

/// A page of syncs.
pub(super) fn list(app: &App, request: &ReportsRequest) -> Answer<ReportsPage> {
    let (total, runs) = app.engine.reports().list(
        request.test_mode,
        request.offset as usize,
        page_size(request.limit),
    )?;
    Ok(ReportsPage {
        total,
        rows: runs.into_iter().map(Into::into).collect(),
    })
}

/// The head of a report.
pub(super) fn get(app: &App, request: &ReportId) -> Answer<Report> {
    let reports = app.engine.reports();
    let run = reports.get(request.id)?;
    let is_newest = reports.newest()?.is_some_and(|newest| newest.id == run.id);
    Ok(Report {
        since_previous: run.since_previous.map(Into::into),
        can_allow_once: is_newest && run.held_by_guard_rail,
        run: run.into(),
    })
}

/// A page of a report's rows.
pub(super) fn rows(app: &App, request: &ReportRowsRequest) -> Answer<ReportRows> {
    let query = RowsQuery {
        section: match request.object {
            ObjectKind::User => Section::Users,
            ObjectKind::Group => Section::Groups,
            ObjectKind::Membership => Section::Memberships,
            ObjectKind::Skipped => Section::Skipped,
            ObjectKind::Warning => Section::Warnings,
        },
        action: request.action.map(Into::into),
        search: request.search.clone(),
        skip: request.offset as usize,
        take: page_size(request.limit),
    };
    let reports = app.engine.reports();
    // In a first report everything would be new, which tells nobody anything.
    let has_previous = reports.get(request.id)?.since_previous.is_some();
    let (total, rows) = reports.rows(request.id, &query)?;
    let rows = rows.into_iter().map(|(index, row)| {
        let row = ReportRow::of(index, row);
        ReportRow {
            is_new: row.is_new && has_previous,
            ..row
        }
    });
    Ok(ReportRows {
        total,
        rows: rows.collect(),
    })
}

/// Writes a report to the file the administrator picks.
pub(super) fn export(app: &App, request: &ExportReport) -> Answer<Option<Exported>> {
    let format = provisioning::reports::export::Format::from(request.format);
    let name = format!("Sync {}", request.id);
    let Some(path) = dialogs::save("Export report", &name, format.extension()) else {
        return Ok(None);
    };
    Ok(Some(
        app.engine.reports().export(request.id, format, &path)?.into(),
    ))
}
