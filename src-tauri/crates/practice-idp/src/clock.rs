//! The practice provider's time: the computer's, sixty times as fast, or moved by hand.
//!
//! A clock is a value that is kept; what the computer's clock says is passed in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pace {
    /// As on the computer.
    #[default]
    Real,
    /// An hour a minute.
    Sixtyfold,
    /// Only when it is moved.
    ByHand,
}

/// A clock that was set at some moment. It never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    /// How time passes.
    pub pace: Pace,
    /// What the computer said when the clock was set.
    set_at: Timestamp,
    /// What this clock said then.
    shown: Timestamp,
    /// The last stamp that was given out.
    last: Timestamp,
}

impl Clock {
    /// The computer's clock, from `real` on.
    pub fn new(real: Timestamp) -> Self {
        let real = to_millisecond(real);
        Self {
            pace: Pace::Real,
            set_at: real,
            shown: real,
            last: Timestamp::UNIX_EPOCH,
        }
    }

    /// What it says while the computer says `real`.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        let passed = real.duration_since(self.set_at).max(SignedDuration::ZERO);
        let factor = match self.pace {
            Pace::Real => 1,
            Pace::Sixtyfold => 60,
            Pace::ByHand => 0,
        };
        let passed = passed.checked_mul(factor).unwrap_or(SignedDuration::MAX);
        let now = self.shown.saturating_add(passed).unwrap_or(Timestamp::MAX);
        to_millisecond(now).max(self.last)
    }

    /// A moment later than all stamps before: so a change and the cycle before it never share one,
    /// even if the clock stands still.
    pub fn stamp(&mut self, real: Timestamp) -> Timestamp {
        let next = self.last.saturating_add(SignedDuration::from_millis(1));
        self.last = self.now(real).max(next.unwrap_or(Timestamp::MAX));
        self.last
    }

    /// Moves it on.
    pub fn advance(&mut self, by: SignedDuration, real: Timestamp) {
        let moved = self.now(real).saturating_add(by.max(SignedDuration::ZERO));
        self.shown = moved.unwrap_or(Timestamp::MAX);
        self.set_at = to_millisecond(real);
    }

    /// Lets time pass in another way from now on.
    pub fn set_pace(&mut self, pace: Pace, real: Timestamp) {
        self.advance(SignedDuration::ZERO, real);
        self.pace = pace;
    }
}

fn to_millisecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(instant.as_millisecond()).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_767_600_000 + minute * 60).unwrap()
    }

    #[test]
    fn time_passes_as_it_was_told_to() {
        let mut clock = Clock::new(at(0));
        assert_eq!(clock.now(at(5)), at(5));
        clock.set_pace(Pace::Sixtyfold, at(5));
        assert_eq!(clock.now(at(6)), at(65));
        clock.set_pace(Pace::ByHand, at(6));
        assert_eq!(clock.now(at(600)), at(65));
        clock.advance(SignedDuration::from_mins(40), at(600));
        assert_eq!(clock.now(at(700)), at(105));
        clock.set_pace(Pace::Real, at(700));
        assert_eq!(clock.now(at(701)), at(106));
    }

    #[test]
    fn a_stamp_is_later_than_the_one_before_even_if_time_stands_still() {
        let mut clock = Clock::new(at(0));
        clock.set_pace(Pace::ByHand, at(0));
        let first = clock.stamp(at(0));
        assert!(clock.stamp(at(0)) > first);
        assert!(
            clock.now(at(0)) > first,
            "what it says is never before what it stamped"
        );
    }
}
