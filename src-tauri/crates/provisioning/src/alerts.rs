//! What an administrator is told at once, wherever they are: a sync that did not come to its end,
//! an identity provider that has fallen silent, a burst of rejected tokens. Each can be switched
//! off, and none repeats itself as long as nothing has changed.
//!
//! Pure: what is observed and the time are given, and an alert is a value. Showing it is the shell's.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::plan::render::counted;
use crate::sync::RunStatus;

/// Which alerts are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    /// A sync failed, was stopped or was skipped.
    pub syncs: bool,
    /// The identity provider has fallen silent.
    pub silence: bool,
    /// Many requests came with a token that is not in force.
    pub rejections: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            syncs: true,
            silence: true,
            rejections: true,
        }
    }
}

/// Something to be told at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// A sync did not come to its end.
    Sync {
        /// Its number.
        run: u64,
        /// "Failed", "Stopped" or "Skipped".
        status: &'static str,
        /// Why, as a sentence.
        reason: String,
    },
    /// Nothing has come from the identity provider for far longer than usual.
    Silence {
        /// Since when.
        since: Timestamp,
        /// How far its cycles usually lie apart.
        usual: SignedDuration,
    },
    /// Many requests were rejected.
    Rejections {
        /// How many within five minutes.
        count: u64,
        /// Why the last one was, as a sentence.
        reason: String,
    },
}

impl Alert {
    /// A few words.
    pub fn title(&self) -> String {
        match self {
            Self::Sync { run, status, .. } => format!("Sync {run}: {status}"),
            Self::Silence { .. } => "The identity provider is silent".to_owned(),
            Self::Rejections { .. } => "Requests are rejected".to_owned(),
        }
    }

    /// A sentence or two.
    pub fn sentence(&self) -> String {
        match self {
            Self::Sync { reason, .. } => reason.clone(),
            Self::Silence { since, usual } => format!(
                "It usually sends something every {}; the last request came at {since}. Look at its provisioning status there.",
                minutes(*usual)
            ),
            Self::Rejections { count, reason } => {
                format!(
                    "{} within five minutes. {reason}",
                    counted(*count, "rejected request")
                )
            }
        }
    }

    /// The search that shows what it is about.
    pub fn query(&self) -> String {
        match self {
            Self::Sync { run, .. } => format!("sync:{run}"),
            Self::Silence { .. } => "is:request".to_owned(),
            Self::Rejections { .. } => "http:401 since:1h".to_owned(),
        }
    }

    fn is_on(&self, switches: Switches) -> bool {
        match self {
            Self::Sync { .. } => switches.syncs,
            Self::Silence { .. } => switches.silence,
            Self::Rejections { .. } => switches.rejections,
        }
    }
}

fn minutes(duration: SignedDuration) -> String {
    let minutes = u64::try_from(duration.as_mins()).unwrap_or_default();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// A pause of this length ends a cycle of the provider.
const CYCLE_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// Cycles that are remembered, and how many it takes to know a rhythm.
const CYCLES: usize = 21;
const KNOWN_RHYTHM: usize = 5;
/// Silence is this many times the usual distance, and never less than this long.
const PATIENCE: i32 = 3;
const SHORTEST_SILENCE: SignedDuration = SignedDuration::from_mins(30);
/// This many rejected requests within this time are a burst; it is over after that long without one.
const BURST: usize = 10;
const BURST_WITHIN: SignedDuration = SignedDuration::from_mins(5);
const BURST_OVER: SignedDuration = SignedDuration::from_mins(30);

/// What has been observed, and what has been told.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// When each of the provider's cycles began, the oldest first.
    cycles: VecDeque<Timestamp>,
    last_request: Option<Timestamp>,
    silence_told: bool,
    rejected: VecDeque<Timestamp>,
    burst_told: bool,
    /// Status and reason of the sync that was told.
    sync_told: Option<(&'static str, String)>,
    /// The rhythm was read from the log.
    pub(crate) knows_rhythm: bool,
}

impl Watch {
    /// A request came at `at` and was let in.
    pub fn admitted(&mut self, at: Timestamp) {
        let begins = self
            .last_request
            .is_none_or(|last| at.duration_since(last) >= CYCLE_PAUSE);
        if begins {
            self.cycles.push_back(at);
            if self.cycles.len() > CYCLES {
                self.cycles.pop_front();
            }
        }
        self.last_request = Some(self.last_request.map_or(at, |last| last.max(at)));
        self.silence_told = false;
    }

    /// What was learned elsewhere, of which the log has all, also what came since the start.
    pub(crate) fn take_rhythm(&mut self, learned: Self) {
        self.cycles = learned.cycles;
        self.last_request = learned.last_request.max(self.last_request);
        self.knows_rhythm = true;
    }

    /// A request came at `at` and was rejected for the reason.
    pub fn rejected(&mut self, at: Timestamp, reason: &str, switches: Switches) -> Option<Alert> {
        let over = self
            .rejected
            .back()
            .is_some_and(|last| at.duration_since(*last) >= BURST_OVER);
        self.burst_told &= !over;
        self.rejected.push_back(at);
        while self
            .rejected
            .front()
            .is_some_and(|first| at.duration_since(*first) > BURST_WITHIN)
        {
            self.rejected.pop_front();
        }
        if self.rejected.len() < BURST || self.burst_told {
            // Only the newest are needed to know a burst.
            while self.rejected.len() > BURST {
                self.rejected.pop_front();
            }
            return None;
        }
        self.burst_told = true;
        told(
            Alert::Rejections {
                count: self.rejected.len() as u64,
                reason: reason.to_owned(),
            },
            switches,
        )
    }

    /// A sync has ended. The same failure is told once, until a sync has come to its end.
    pub fn sync(&mut self, run: u64, status: &RunStatus, switches: Switches) -> Option<Alert> {
        let reason = match status {
            RunStatus::Failed(reason) | RunStatus::Stopped(reason) | RunStatus::Skipped(reason) => reason,
            RunStatus::Completed => {
                self.sync_told = None;
                return None;
            }
            _ => return None,
        };
        let this = (status.name(), reason.clone());
        if self.sync_told.as_ref() == Some(&this) {
            return None;
        }
        let alert = Alert::Sync {
            run,
            status: this.0,
            reason: reason.clone(),
        };
        self.sync_told = Some(this);
        told(alert, switches)
    }

    /// Is it silent at `now`? Told once for each silence.
    pub fn silence(&mut self, now: Timestamp, switches: Switches) -> Option<Alert> {
        let (since, usual) = (self.last_request?, self.usual()?);
        let patience = usual.saturating_mul(PATIENCE).max(SHORTEST_SILENCE);
        if self.silence_told || now.duration_since(since) < patience {
            return None;
        }
        self.silence_told = true;
        told(Alert::Silence { since, usual }, switches)
    }

    /// How far its cycles lie apart, once there were some: the middle one of the distances.
    pub fn usual(&self) -> Option<SignedDuration> {
        if self.cycles.len() < KNOWN_RHYTHM {
            return None;
        }
        let pairs = self.cycles.iter().zip(self.cycles.iter().skip(1));
        let mut distances: Vec<_> = pairs
            .map(|(earlier, later)| later.duration_since(*earlier))
            .collect();
        distances.sort_unstable();
        distances.get(distances.len() / 2).copied()
    }
}

/// One that is switched off counts as told all the same: it does not come late when it is switched on.
fn told(alert: Alert, switches: Switches) -> Option<Alert> {
    alert.is_on(switches).then_some(alert)
}

#[cfg(test)]
mod tests;
