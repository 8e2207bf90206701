//! The test of the connection, and a token that somebody wants to have looked at.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the test of the connection found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionTest {
    /// When it was made.
    pub at: String,
    /// The address it went to.
    pub tenant_url: String,
    /// Its steps in order; those after a failure were not tried.
    pub steps: Vec<TestStep>,
    /// Whether all of them worked.
    pub worked: bool,
}

/// One step of the test.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestStep {
    /// What was tried.
    pub name: String,
    /// How it came out.
    pub outcome: StepOutcome,
    /// In plain words.
    pub detail: String,
    /// Milliseconds it took, with fractions.
    pub ms: f64,
}

/// How a step of the test came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StepOutcome {
    /// As it should.
    Worked,
    /// Not as it should.
    Failed,
    /// A step before it failed.
    NotTried,
}

/// A token as somebody has it.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenText {
    /// The token, or what is taken for one.
    pub token: String,
}

/// Whether a token is the one in force.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenVerdict {
    /// Whether it signs in.
    pub works: bool,
    /// What it is, as a sentence.
    pub sentence: String,
}
