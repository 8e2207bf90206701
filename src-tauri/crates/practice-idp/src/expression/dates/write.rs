//! A date written in a .NET format.

use std::fmt::Write;

use jiff::civil::DateTime;

use super::Moment;
use super::format::{Piece, pieces};
use super::names::{DAYS, MONTHS, short};

/// Writes a date; the error is a sentence about the format.
pub(in crate::expression) fn write(moment: Moment, format: &str) -> Result<String, String> {
    let mut out = String::new();
    for piece in pieces(format)? {
        match piece {
            Piece::Literal(text) => out.push_str(&text),
            Piece::Part(letter, count) => part(&mut out, moment, letter, count),
        }
    }
    Ok(out)
}

fn part(out: &mut String, moment: Moment, letter: char, count: usize) {
    let at = moment.at;
    match (letter, count) {
        ('d', 3) => out.push_str(short(day_name(at))),
        ('d', 4..) => out.push_str(day_name(at)),
        ('d', _) => number(out, at.day(), count),
        ('M', 3) => out.push_str(short(month_name(at))),
        ('M', 4..) => out.push_str(month_name(at)),
        ('M', _) => number(out, at.month(), count),
        ('y', 1 | 2) => number(out, at.year().rem_euclid(100), count),
        ('y', _) => number(out, at.year(), count),
        ('H', _) => number(out, at.hour(), count),
        ('h', _) => number(out, (at.hour() + 11) % 12 + 1, count),
        ('m', _) => number(out, at.minute(), count),
        ('s', _) => number(out, at.second(), count),
        ('f' | 'F', _) => fraction(out, at, letter, count),
        ('t', 1) => out.push(if at.hour() < 12 { 'A' } else { 'P' }),
        ('t', _) => out.push_str(if at.hour() < 12 { "AM" } else { "PM" }),
        ('g', _) => out.push_str("A.D."),
        // Dates are kept in UTC, so that is where they are.
        ('z', 1) => out.push_str("+0"),
        ('z', 2) => out.push_str("+00"),
        ('z', _) => out.push_str("+00:00"),
        ('K', _) if moment.is_utc => out.push('Z'),
        _ => {}
    }
}

/// A number with at least so many digits. Writing to a text does not fail.
fn number(out: &mut String, number: impl Into<i64>, digits: usize) {
    let number: i64 = number.into();
    let _ = write!(out, "{number:0digits$}");
}

/// `F` leaves out the zeros at the end, and the point before them if nothing is left.
fn fraction(out: &mut String, at: DateTime, letter: char, count: usize) {
    let nanos = format!("{:09}", at.subsec_nanosecond());
    let digits = nanos.get(..count).unwrap_or(&nanos);
    if letter == 'f' {
        out.push_str(digits);
        return;
    }
    let digits = digits.trim_end_matches('0');
    out.push_str(digits);
    if digits.is_empty() && out.ends_with('.') {
        out.pop();
    }
}

fn day_name(at: DateTime) -> &'static str {
    let index = usize::try_from(at.weekday().to_sunday_zero_offset()).unwrap_or_default();
    DAYS.get(index).copied().unwrap_or_default()
}

fn month_name(at: DateTime) -> &'static str {
    let index = usize::try_from(at.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}
