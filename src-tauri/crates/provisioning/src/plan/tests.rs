//! Plans as stories: a console, what the identity provider sent, and the report.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "the reports are written by expect-test, which always uses them"
)]

mod combinations;
pub(crate) mod fixture;
mod groups;
mod holds;
mod people;
mod properties;

use expect_test::Expect;
use jiff::Timestamp;

use super::{Plan, render};
use crate::apply::applied;

/// Plans a fixture and compares the text of the report.
#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect![…]` stands in the call as it is"
)]
fn check_plan(fixture: &str, report: Expect) {
    report.assert_eq(&planned(fixture));
}

/// The text of a fixture's report. Whatever the story, the same plan comes out a second time, and
/// once it is applied there is nothing left to do.
#[track_caller]
fn planned(fixture: &str) -> String {
    let mut inputs = fixture::read(fixture);
    let plan = Plan::make(&inputs);
    assert_eq!(plan, Plan::make(&inputs), "a plan is a function of its inputs");
    inputs.console = applied(&inputs.console, &plan.changes, Timestamp::UNIX_EPOCH);
    assert_eq!(
        Plan::make(&inputs).changes,
        [],
        "once it is applied there is nothing to do in {fixture}"
    );
    render::text(&plan)
}
