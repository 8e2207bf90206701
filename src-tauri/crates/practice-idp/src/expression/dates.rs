//! Dates as expressions have them: in UTC, read from the usual ways of writing, written as .NET does.

pub(super) mod format;
pub(super) mod names;
pub(super) mod read;
pub(super) mod write;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, tz};

use read::Styles;

/// How expressions pass dates on: `3/16/2020 7:00:00 AM`.
const GENERAL: &str = "M/d/yyyy h:mm:ss tt";

/// How dates are written that are read without a format.
const USUAL: &[&str] = &[
    "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    "yyyy-MM-ddTHH:mmK",
    "yyyy-MM-dd HH:mmK",
    "yyyy-MM-ddK",
    "M/d/yyyy h:mm:ss tt",
    "M/d/yyyy h:mm tt",
    "M/d/yyyy H:mm:ss",
    "M/d/yyyy H:mm",
    "M/d/yyyy",
    "yyyy/M/d H:mm:ss",
    "yyyy/M/d",
    "yyyy-M-d",
    "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "d MMMM yyyy",
    "d MMM yyyy",
    "MMMM d, yyyy",
    "MMM d, yyyy",
];

/// A date with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// In UTC if it said where it is, or as it came.
    pub(super) at: DateTime,
    /// Whether it said where it is.
    pub(super) is_utc: bool,
}

impl Moment {
    /// A date read in one of the usual ways of writing; one without a zone counts as UTC.
    pub(super) fn usual(text: &str, now: Timestamp) -> Option<Self> {
        let text = text.trim();
        let styles = Styles::default();
        USUAL
            .iter()
            .find_map(|format| read::read(text, format, styles, now).ok())
    }

    /// The time now.
    pub(super) fn now(now: Timestamp) -> Self {
        Self {
            at: tz::TimeZone::UTC.to_datetime(now),
            is_utc: true,
        }
    }

    /// As expressions pass it on, without fractions of a second.
    pub(super) fn general(self) -> String {
        // The format is ours, so it can be written.
        write::write(self, GENERAL).unwrap_or_default()
    }

    /// Tenths of microseconds since the year 1601, as Active Directory counts.
    pub(super) fn to_file_time(self) -> Option<i64> {
        let since = self.at.duration_since(epoch());
        let ticks = since.as_nanos() / 100;
        i64::try_from(ticks).ok().filter(|ticks| *ticks >= 0)
    }

    /// The date so many tenths of microseconds after the start of 1601.
    pub(super) fn from_file_time(ticks: i64) -> Option<Self> {
        if ticks < 0 {
            return None;
        }
        let nanos = i32::try_from(ticks % TICKS * 100).ok()?;
        let at = epoch()
            .checked_add(SignedDuration::new(ticks / TICKS, nanos))
            .ok()?;
        Some(Self { at, is_utc: true })
    }
}

/// How many parts a second has in Active Directory's count.
const TICKS: i64 = 10_000_000;

fn epoch() -> DateTime {
    Date::constant(1601, 1, 1).to_datetime(jiff::civil::Time::midnight())
}
