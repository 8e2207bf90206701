//! Numbers for the overview and the list of identity providers.

use jiff::SignedDuration;

use super::Answer;
use crate::app::App;
use crate::view::{Population, Senders, Traffic, TrafficRequest};

/// How many people and groups there are.
pub(super) fn population(app: &App) -> Answer<Population> {
    Ok(app.engine.population()?.into())
}

/// Requests over time.
pub(super) fn traffic(app: &App, request: &TrafficRequest) -> Answer<Traffic> {
    let span = SignedDuration::from_hours(i64::from(request.hours.clamp(1, 168)));
    let intervals = request.intervals.clamp(1, 288);
    Ok(app.engine.traffic(span, intervals)?.into())
}

/// Who has sent requests.
pub(super) fn senders(app: &App) -> Answer<Senders> {
    Ok(Senders {
        rows: app.engine.senders()?.into_iter().map(Into::into).collect(),
    })
}
