//! Dates: read, moved, compared and written. Between functions a date is a text such as
//! `3/16/2020 7:00:00 AM`, so fractions of a second are lost on the way, as they are in Entra.

use jiff::Span;
use jiff::civil::DateTime;

use super::super::dates::Moment;
use super::super::dates::read::{Styles, read};
use super::super::dates::write::write;
use super::super::evaluate::{Answer, Arguments, Stop};
use super::text::changed;
use crate::value::Value;

#[expect(clippy::unnecessary_wraps, reason = "every function of the table may fail")]
pub(super) fn now(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Text(Moment::now(arguments.context().now()).general()))
}

pub(super) fn to_date(arguments: &Arguments<'_>) -> Answer {
    changed(arguments, |text| Ok(usual(arguments, text)?.general()))
}

pub(super) fn add(arguments: &Arguments<'_>) -> Answer {
    let interval = interval(arguments)?;
    let count = arguments.number(1)?;
    let Some(text) = arguments.text_or_none(2)? else {
        return Ok(Value::Null);
    };
    let moment = usual(arguments, &text)?;
    let span = interval.span(count);
    let moved = span.and_then(|span| moment.at.checked_add(span).ok());
    match moved.filter(|at| (1..=9999).contains(&at.year())) {
        Some(at) => Ok(Value::Text(Moment { at, ..moment }.general())),
        None => Err(arguments.fail("comes to a date outside the years 1 to 9999.")),
    }
}

pub(super) fn difference(arguments: &Arguments<'_>) -> Answer {
    let interval = interval(arguments)?;
    let (Some(first), Some(second)) = (arguments.text_or_none(1)?, arguments.text_or_none(2)?) else {
        return Ok(Value::Null);
    };
    let first = interval.number(usual(arguments, &first)?.at);
    let second = interval.number(usual(arguments, &second)?.at);
    Ok(Value::Number(second - first))
}

pub(super) fn from_number(arguments: &Arguments<'_>) -> Answer {
    if arguments.value(0)?.is_empty() {
        return Ok(Value::Null);
    }
    let ticks = arguments.number(0)?;
    match Moment::from_file_time(ticks) {
        Some(moment) => Ok(Value::Text(moment.general())),
        None => Err(arguments.fail(&format!("knows no date for the number {ticks}."))),
    }
}

pub(super) fn to_number(arguments: &Arguments<'_>) -> Answer {
    let Some(text) = arguments.text_or_none(0)? else {
        return Ok(Value::Null);
    };
    match usual(arguments, &text)?.to_file_time() {
        Some(ticks) => Ok(Value::Number(ticks)),
        None => Err(arguments.fail("has no number for dates before 1601.")),
    }
}

pub(super) fn format(arguments: &Arguments<'_>) -> Answer {
    let styles = Styles::parse(&arguments.text(1)?)
        .map_err(|sentence| arguments.fail(&format!("has styles it does not know. {sentence}")))?;
    let from = arguments.text(2)?;
    let to = arguments.text(3)?;
    changed(arguments, |text| {
        // An attribute without a value has no date to write.
        if text.is_empty() {
            return Ok(String::new());
        }
        let moment = read(text, &from, styles, arguments.context().now());
        moment
            .and_then(|moment| write(moment, &to))
            .map_err(|sentence| arguments.fail(&format!("cannot read or write this date. {sentence}")))
    })
}

fn usual(arguments: &Arguments<'_>, text: &str) -> Result<Moment, Stop> {
    Moment::usual(text, arguments.context().now()).ok_or_else(|| {
        arguments.fail(&format!(
            "cannot read \"{text}\" as a date. Give it its format with FormatDateTime first."
        ))
    })
}

/// What is counted between dates, by VBA's names.
#[derive(Clone, Copy)]
enum Interval {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

fn interval(arguments: &Arguments<'_>) -> Result<Interval, Stop> {
    Ok(match arguments.text(0)?.as_str() {
        "yyyy" => Interval::Year,
        "m" => Interval::Month,
        "ww" => Interval::Week,
        "d" => Interval::Day,
        "h" => Interval::Hour,
        "n" => Interval::Minute,
        "s" => Interval::Second,
        other => {
            return Err(arguments.fail(&format!("counts yyyy, m, ww, d, h, n or s, and not \"{other}\".")));
        }
    })
}

impl Interval {
    /// So many of it; `None` beyond what a calendar has.
    fn span(self, count: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Year => span.try_years(count),
            Self::Month => span.try_months(count),
            Self::Week => span.try_weeks(count),
            Self::Day => span.try_days(count),
            Self::Hour => span.try_hours(count),
            Self::Minute => span.try_minutes(count),
            Self::Second => span.try_seconds(count),
        }
        .ok()
    }

    /// Which one of its kind a date lies in. The difference of two such numbers is how often one
    /// begins between the dates, which is how VBA counts; weeks begin on Sunday.
    fn number(self, at: DateTime) -> i64 {
        let year = i64::from(at.year());
        let days = days(at);
        let hours = days * 24 + i64::from(at.hour());
        let minutes = hours * 60 + i64::from(at.minute());
        match self {
            Self::Year => year,
            Self::Month => year * 12 + i64::from(at.month()),
            // The first of January of the year 1 was a Monday.
            Self::Week => (days + 1).div_euclid(7),
            Self::Day => days,
            Self::Hour => hours,
            Self::Minute => minutes,
            Self::Second => minutes * 60 + i64::from(at.second()),
        }
    }
}

/// Days since the first of January of the year 1.
fn days(at: DateTime) -> i64 {
    let first = jiff::civil::date(1, 1, 1);
    at.date().duration_since(first).as_hours() / 24
}
