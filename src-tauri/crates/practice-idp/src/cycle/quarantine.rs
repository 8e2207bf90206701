//! When a job has too many failures to go on as usual.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::job::Job;
use crate::fault::Fault;

/// After so long in quarantine the job is switched off: four weeks.
const LONGEST_HOURS: i64 = 28 * 24;

/// Why a job is in quarantine; Graph's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Too many objects failed.
    EncounteredBaseEscrowThreshold,
    /// Too many objects and references failed.
    EncounteredTotalEscrowThreshold,
    /// Too large a part of the objects failed.
    EncounteredEscrowProportionThreshold,
    /// The target cannot be provisioned to.
    EncounteredQuarantineException,
    /// A cycle would have disabled or deleted too many.
    TooManyDeletes,
}

impl Reason {
    /// In a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::EncounteredBaseEscrowThreshold => "Too many users and groups failed.",
            Self::EncounteredTotalEscrowThreshold => {
                "Too many users, groups, managers and memberships failed."
            }
            Self::EncounteredEscrowProportionThreshold => "Too large a part of the users and groups failed.",
            Self::EncounteredQuarantineException => "The target cannot be provisioned to.",
            Self::TooManyDeletes => "More would have been disabled or deleted than the threshold allows.",
        }
    }
}

/// A quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quarantine {
    /// Why.
    pub reason: Reason,
    /// Since when for this reason.
    pub current_began: Timestamp,
    /// Since when at all.
    pub series_began: Timestamp,
    /// How many cycles found it so.
    pub series_count: u32,
    /// When the next cycle begins by itself.
    pub next_attempt: Timestamp,
    /// What went wrong, if it is one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
}

/// When there are too many failures. The numbers are Entra's, divided by `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Thresholds {
    /// From how many failed objects on anything is judged.
    pub judged_from: u64,
    /// More than so many percent of the objects failed.
    pub percent: u64,
    /// More than so many objects failed.
    pub base: u64,
    /// More than so many objects and references failed.
    pub total: u64,
    /// By what all numbers but the percentage are divided, for organisations that are smaller than a
    /// real one; 1 is Entra itself.
    pub scale: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            judged_from: 5_000,
            percent: 40,
            base: 40_000,
            total: 60_000,
            scale: 1_000,
        }
    }
}

/// What failed and what did not. References are managers and memberships.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) failed: u64,
    pub(super) failed_references: u64,
    pub(super) succeeded: u64,
}

/// How close a job is to its quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gauge {
    /// Objects that fail now.
    pub failed: u64,
    /// References that fail now.
    pub failed_references: u64,
    /// Objects that are as they should be.
    pub succeeded: u64,
    /// From how many failed objects on anything is judged.
    pub judged_from: u64,
    /// Percent of the objects that fail.
    pub percent: u64,
    /// More than so many percent are too many.
    pub most_percent: u64,
    /// How near it is in percent: 100 is the quarantine.
    pub closeness: u64,
}

impl Thresholds {
    fn scaled(&self, number: u64) -> u64 {
        (number / self.scale.max(1)).max(1)
    }

    /// Which threshold is passed, if any.
    pub(super) fn verdict(&self, tally: Tally) -> Option<Reason> {
        let all = tally.failed.saturating_add(tally.failed_references);
        if all > self.scaled(self.total) {
            return Some(Reason::EncounteredTotalEscrowThreshold);
        }
        if tally.failed < self.scaled(self.judged_from) {
            return None;
        }
        if tally.failed > self.scaled(self.base) {
            return Some(Reason::EncounteredBaseEscrowThreshold);
        }
        (percent(tally) > self.percent).then_some(Reason::EncounteredEscrowProportionThreshold)
    }

    /// How near the tally is to a quarantine: the nearest of the thresholds counts.
    pub(super) fn gauge(&self, tally: Tally) -> Gauge {
        let of = |part: u64, whole: u64| part.saturating_mul(100) / whole.max(1);
        let all = tally.failed.saturating_add(tally.failed_references);
        // The proportion counts only together with the number from which on it is judged.
        let proportion =
            of(percent(tally), self.percent + 1).min(of(tally.failed, self.scaled(self.judged_from)));
        let closeness = [
            proportion,
            of(tally.failed, self.scaled(self.base) + 1),
            of(all, self.scaled(self.total) + 1),
        ];
        Gauge {
            failed: tally.failed,
            failed_references: tally.failed_references,
            succeeded: tally.succeeded,
            judged_from: self.scaled(self.judged_from),
            percent: percent(tally),
            most_percent: self.percent,
            closeness: closeness.into_iter().max().unwrap_or(0).min(100),
        }
    }
}

/// Rounded up, so that 40.1 is more than 40.
fn percent(tally: Tally) -> u64 {
    let all = tally.failed.saturating_add(tally.succeeded);
    tally.failed.saturating_mul(100).div_ceil(all.max(1))
}

/// When a job in quarantine is tried again: soon, then more and more slowly down to once a day.
fn next_attempt(now: Timestamp, count: u32) -> Timestamp {
    let minutes = match count {
        0 | 1 => 5,
        2 => 40,
        3 => 2 * 60,
        4 => 6 * 60,
        5 => 12 * 60,
        _ => 24 * 60,
    };
    now.saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(Timestamp::MAX)
}

/// What a quarantine's end or beginning means for the people who are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing new.
    Same,
    /// It began, or its reason changed.
    Began,
    /// It ended.
    Left,
    /// It lasted four weeks.
    TooLong,
}

impl Job {
    /// What fails now and what does not: every link whose object is not held back counts as well.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for escrow in self.escrows.values() {
            match escrow.part {
                super::Part::Object => tally.failed += 1,
                super::Part::References => tally.failed_references += 1,
            }
        }
        let is_failing = |id| self.escrow(id, super::Part::Object).is_some();
        let failing_links = if self.escrows.is_empty() {
            0
        } else {
            self.links.keys().filter(|id| is_failing(id)).count()
        };
        tally.succeeded = self.links.len().saturating_sub(failing_links) as u64;
        tally
    }

    /// How close it is to its quarantine.
    pub fn gauge(&self, thresholds: &Thresholds) -> Gauge {
        thresholds.gauge(self.tally())
    }

    /// Begins, goes on with, or ends the quarantine.
    pub(super) fn judge(&mut self, found: Option<(Reason, Option<Fault>)>, now: Timestamp) -> Turn {
        let Some((reason, error)) = found else {
            return if self.quarantine.take().is_some() {
                Turn::Left
            } else {
                Turn::Same
            };
        };
        let before = self.quarantine.take();
        let is_same = before.as_ref().is_some_and(|before| before.reason == reason);
        let count = before
            .as_ref()
            .map_or(1, |before| before.series_count.saturating_add(1));
        let series_began = before.as_ref().map_or(now, |before| before.series_began);
        let current_began = before
            .filter(|_| is_same)
            .map_or(now, |before| before.current_began);
        self.quarantine = Some(Quarantine {
            reason,
            current_began,
            series_began,
            series_count: count,
            next_attempt: next_attempt(now, count),
            error,
        });
        if now.duration_since(series_began).as_hours() >= LONGEST_HOURS {
            Turn::TooLong
        } else if is_same {
            Turn::Same
        } else {
            Turn::Began
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(failed: u64, failed_references: u64, succeeded: u64) -> Tally {
        Tally {
            failed,
            failed_references,
            succeeded,
        }
    }

    #[test]
    fn the_documented_examples_come_out_as_documented() {
        let real = Thresholds {
            scale: 1,
            ..Thresholds::default()
        };
        let rows = [
            (tally(45_000, 0, 0), true),
            (tally(30_000, 0, 5_000), true),
            (tally(20_000, 0, 100_000), false),
            (tally(4_000, 0, 0), false),
            (tally(40_000, 21_000, 100_000), true),
            (tally(0, 40_001, 100), false),
        ];
        for (tally, is_quarantined) in rows {
            assert_eq!(real.verdict(tally).is_some(), is_quarantined, "{tally:?}");
            assert_eq!(real.gauge(tally).closeness == 100, is_quarantined, "{tally:?}");
        }
        let by_total = real.verdict(tally(40_000, 21_000, 100_000));
        assert_eq!(by_total, Some(Reason::EncounteredTotalEscrowThreshold));
    }

    #[test]
    fn a_small_organisation_has_small_thresholds() {
        let small = Thresholds::default();
        assert_eq!(small.verdict(tally(4, 0, 0)), None);
        assert_eq!(
            small.verdict(tally(5, 0, 5)),
            Some(Reason::EncounteredEscrowProportionThreshold)
        );
        assert_eq!(small.verdict(tally(5, 0, 10)), None);
        let near = small.gauge(tally(3, 0, 3));
        assert_eq!((near.percent, near.judged_from, near.closeness), (50, 5, 60));
    }

    #[test]
    fn it_slows_down_and_ends_after_four_weeks() {
        let mut job = Job::new("scim.1.2".to_owned());
        let mut now = Timestamp::from_second(1_767_600_000).unwrap();
        let began = now;
        let found = |job: &mut Job, now| job.judge(Some((Reason::EncounteredQuarantineException, None)), now);
        assert_eq!(found(&mut job, now), Turn::Began);
        let mut gaps = Vec::new();
        loop {
            let next = job.quarantine.as_ref().unwrap().next_attempt;
            gaps.push(next.duration_since(now).as_mins());
            now = next;
            if found(&mut job, now) == Turn::TooLong {
                break;
            }
        }
        assert_eq!(gaps[..7], [5, 40, 120, 360, 720, 1440, 1440]);
        assert!(now.duration_since(began).as_hours() >= 672);
        assert_eq!(job.judge(None, now), Turn::Left);
    }
}
