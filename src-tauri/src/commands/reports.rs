//! Syncs and their reports.

use provisioning::accounts::State;
use provisioning::reports::{Page, Row, RowsQuery, Section};
use provisioning::sync::Trigger;

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{
    CompareRequest, CompareRowsRequest, Comparison, ExplainRequest, Explanation, ExportReport, Exported,
    GoLive, ObjectKind, Report, ReportId, ReportRow, ReportRows, ReportRowsRequest, ReportsPage,
    ReportsRequest, RunRow, SyncRequest,
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
    let reports = app.engine.reports();
    let (skip, take) = (request.offset as usize, page_size(request.limit));
    let (total, runs) = if request.oldest_first {
        let (total, _) = reports.list(request.test_mode, 0, 0)?;
        // Counted from the other end.
        let left = usize::try_from(total).unwrap_or(usize::MAX).saturating_sub(skip);
        let (_, mut runs) = reports.list(request.test_mode, left.saturating_sub(take), take.min(left))?;
        runs.reverse();
        (total, runs)
    } else {
        reports.list(request.test_mode, skip, take)?
    };
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
        changes_since: app.engine.changes_since(&run)?,
        run: run.into(),
    })
}

/// A page of a report's rows.
pub(super) fn rows(app: &App, request: &ReportRowsRequest) -> Answer<ReportRows> {
    let reports = app.engine.reports();
    let (skip, take) = (request.offset as usize, page_size(request.limit));
    // In a first report everything would be new, which tells nobody anything.
    let run = reports.get(request.id)?;
    let page = match request.consequence {
        _ if run.rows_removed => (0, Vec::new()),
        Some(consequence) => reports.rows_of(run.id, consequence.into(), &request.search, skip, take)?,
        None => reports.rows(run.id, &query(request, skip, take))?,
    };
    page_of(app, page, run.since_previous.is_some())
}

fn query(request: &ReportRowsRequest, skip: usize, take: usize) -> RowsQuery {
    RowsQuery {
        section: match request.object {
            ObjectKind::User => Section::Users,
            ObjectKind::Group => Section::Groups,
            ObjectKind::Membership => Section::Memberships,
            ObjectKind::Held => Section::Held,
            ObjectKind::Skipped => Section::Skipped,
            ObjectKind::Warning => Section::Warnings,
        },
        action: request.action.map(Into::into),
        search: request.search.clone(),
        skip,
        take,
    }
}

/// Rows for the window, each with whether its object is on hold now.
fn page_of(app: &App, (total, rows): Page, tell_new: bool) -> Answer<ReportRows> {
    let row = |(index, row): (u64, Row)| {
        let on_hold = match row.change() {
            Some(change) => app.engine.is_on_hold(&change.target)?,
            None => false,
        };
        let row = ReportRow::of(index, row);
        Ok(ReportRow {
            is_new: row.is_new && tell_new,
            on_hold,
            ..row
        })
    };
    Ok(ReportRows {
        total,
        rows: rows.into_iter().map(row).collect::<Answer<_>>()?,
    })
}

/// How two reports differ.
pub(super) fn compare(app: &App, request: &CompareRequest) -> Answer<Comparison> {
    let reports = app.engine.reports();
    let found = reports.compare(request.from, request.to)?;
    Ok(Comparison {
        from: reports.get(request.from)?.into(),
        to: reports.get(request.to)?.into(),
        gone: found.gone,
        new: found.new,
        same: found.same,
    })
}

/// A page of the rows that one report has and another has not.
pub(super) fn compare_rows(app: &App, request: &CompareRowsRequest) -> Answer<ReportRows> {
    let (skip, take) = (request.offset as usize, page_size(request.limit));
    let page = app
        .engine
        .reports()
        .rows_only_in(request.of, request.but, skip, take)?;
    page_of(app, page, false)
}

/// Why somebody has, or has not, an account.
pub(super) fn explain(app: &App, request: &ExplainRequest) -> Answer<Explanation> {
    Ok(app.engine.explain(&request.address)?.into())
}

/// What turning Test Mode off would lead to.
pub(super) fn go_live(app: &App) -> Answer<GoLive> {
    let run = app.engine.reports().newest_in_test_mode()?;
    let accounts = app.engine.accounts("")?;
    let active = accounts.iter().filter(|account| account.state == State::Active);
    Ok(GoLive {
        changes_since: match &run {
            Some(run) => app.engine.changes_since(run)?,
            None => None,
        },
        report: run.map(Into::into),
        holds: app.engine.holds()?.len() as u64,
        active_accounts: active.count() as u64,
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
