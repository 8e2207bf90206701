//! What administrators hold back, release and take back.

use super::Answer;
use crate::app::App;
use crate::error::CommandError;
use crate::view::{HoldRequest, HoldRow, Holds, RunRow, Target, UndoPlan, UndoRequest};

/// Reasons shown before an undo; the report of the undo has them all.
const REASONS: usize = 20;

/// Puts what a row of a report is about on hold.
pub(super) fn hold(app: &App, request: &HoldRequest) -> Answer<()> {
    app.engine.hold(request.id, request.index)?;
    Ok(())
}

/// Releases an object.
pub(super) fn release(app: &App, request: &Target) -> Answer<()> {
    let target = request.to_engine().ok_or_else(|| {
        CommandError::invalid("target", "Only accounts, groups and memberships can be on hold.")
    })?;
    app.engine.release(&target)?;
    Ok(())
}

/// Everything that is on hold.
pub(super) fn list(app: &App) -> Answer<Holds> {
    let holds = app.engine.holds()?;
    Ok(Holds {
        rows: holds.into_iter().map(HoldRow::from).collect(),
    })
}

/// What an undo would do.
pub(super) fn undo_plan(app: &App, request: &UndoRequest) -> Answer<UndoPlan> {
    let plan = app.engine.undo_plan(request.id, request.account.as_deref())?;
    let left = plan.skipped.iter().take(REASONS);
    Ok(UndoPlan {
        counts: plan.counts().into(),
        left: left
            .map(|notice| format!("{}: {}", notice.name, notice.why.sentence()))
            .collect(),
    })
}

/// Undoes a sync, for one person or for all.
pub(super) fn undo(app: &App, request: &UndoRequest) -> Answer<RunRow> {
    Ok(app.engine.undo(request.id, request.account.as_deref())?.into())
}
