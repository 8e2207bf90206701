//! A date read by a .NET format, as `DateTime.ParseExact` does in the invariant culture.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::Moment;
use super::format::{Piece, pieces};
use super::names::{DAYS, MONTHS, find};

/// What may stand around a date, and what is added to one that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of .NET's, and they go together freely"
)]
pub(in crate::expression) struct Styles {
    leading: bool,
    trailing: bool,
    inner: bool,
    no_current_date: bool,
}

impl Default for Styles {
    fn default() -> Self {
        Self {
            leading: true,
            trailing: true,
            inner: false,
            no_current_date: false,
        }
    }
}

impl Styles {
    /// Reads .NET's names, with commas between them. What is said about zones makes no difference,
    /// since the local time is UTC here.
    pub(in crate::expression) fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut styles = Self {
            leading: false,
            trailing: false,
            inner: false,
            no_current_date: false,
        };
        for name in text.split([',', '|']).map(str::trim) {
            match name.trim_start_matches("DateTimeStyles.") {
                "AllowLeadingWhite" => styles.leading = true,
                "AllowTrailingWhite" => styles.trailing = true,
                "AllowInnerWhite" => styles.inner = true,
                "AllowWhiteSpaces" => {
                    styles.leading = true;
                    styles.trailing = true;
                    styles.inner = true;
                }
                "NoCurrentDateDefault" => styles.no_current_date = true,
                "None" | "RoundtripKind" | "AdjustToUniversal" | "AssumeLocal" | "AssumeUniversal" => {}
                other => return Err(format!("{other} is no name of a DateTimeStyles value.")),
            }
        }
        Ok(styles)
    }
}

/// What was read so far.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<usize>,
    hour: Option<i8>,
    is_twelve_hours: bool,
    is_afternoon: bool,
    minute: i8,
    second: i8,
    nanosecond: i32,
    /// Seconds east of UTC.
    offset: Option<i64>,
}

/// Reads a date; the error is a sentence about the text and the format.
pub(in crate::expression) fn read(
    text: &str,
    format: &str,
    styles: Styles,
    now: Timestamp,
) -> Result<Moment, String> {
    let pieces = pieces(format)?;
    let failed = || format!("\"{text}\" is no date in the format {format}.");
    let mut rest = text;
    if styles.leading {
        rest = rest.trim_start();
    }
    if styles.trailing {
        rest = rest.trim_end();
    }
    let mut parts = Parts::default();
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        if styles.inner {
            rest = rest.trim_start();
        }
        rest = match piece {
            Piece::Literal(literal) => skip(rest, literal, pieces.peek().copied()),
            Piece::Part(letter, count) => part(&mut parts, rest, *letter, *count),
        }
        .ok_or_else(failed)?;
    }
    if !rest.is_empty() {
        return Err(failed());
    }
    parts.moment(styles, now).ok_or_else(failed)
}

/// Passes over characters that stand for themselves; the point before digits of a second that
/// may be missing may be missing as well.
fn skip<'a>(text: &'a str, literal: &str, next: Option<&Piece>) -> Option<&'a str> {
    let without_point = match next {
        Some(Piece::Part('F', _)) => literal.strip_suffix('.'),
        _ => None,
    };
    text.strip_prefix(literal)
        .or_else(|| text.strip_prefix(without_point?))
}

/// Reads a part of the date and gives the rest of the text.
fn part<'a>(parts: &mut Parts, text: &'a str, letter: char, count: usize) -> Option<&'a str> {
    match (letter, count) {
        ('d', 3..) => {
            let (index, length) = find(&DAYS, text, count == 3)?;
            parts.weekday = Some(index);
            return text.get(length..);
        }
        ('M', 3..) => {
            let (index, length) = find(&MONTHS, text, count == 3)?;
            parts.month = i8::try_from(index + 1).ok();
            return text.get(length..);
        }
        ('f' | 'F', _) => return fraction(parts, text, letter, count),
        ('t', _) => return half(parts, text, count),
        ('z', _) => return offset(parts, text, count),
        ('K', _) => {
            if let Some(rest) = text.strip_prefix('Z') {
                parts.offset = Some(0);
                return Some(rest);
            }
            return if text.starts_with(['+', '-']) {
                offset(parts, text, 3)
            } else {
                Some(text)
            };
        }
        ('g', _) => {
            return Some(
                text.strip_prefix("A.D.")
                    .or_else(|| text.strip_prefix("AD"))
                    .unwrap_or(text),
            );
        }
        _ => {}
    }
    let (least, most) = match (letter, count) {
        ('y', 3..) => (count, count),
        (_, 1) => (1, 2),
        _ => (2, 2),
    };
    let (number, rest) = digits(text, least, most)?;
    let small = i8::try_from(number).ok();
    match letter {
        'y' => parts.year = Some(year(number, count)?),
        'M' => parts.month = Some(small?),
        'd' => parts.day = Some(small?),
        'H' => parts.hour = Some(small?),
        'h' => {
            parts.hour = Some(small.filter(|hour| *hour <= 12)?);
            parts.is_twelve_hours = true;
        }
        'm' => parts.minute = small?,
        _ => parts.second = small?,
    }
    Some(rest)
}

/// Two digits mean the years 1950 to 2049.
fn year(number: i32, count: usize) -> Option<i16> {
    let year = match (count, number) {
        (1 | 2, 0..=49) => number + 2000,
        (1 | 2, _) => number + 1900,
        _ => number,
    };
    i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))
}

fn digits(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

fn fraction<'a>(parts: &mut Parts, text: &'a str, letter: char, count: usize) -> Option<&'a str> {
    let length = text.bytes().take(count).take_while(u8::is_ascii_digit).count();
    if letter == 'f' && length < count {
        return None;
    }
    let (digits, rest) = text.split_at_checked(length)?;
    parts.nanosecond = format!("{digits:0<9}").parse().ok()?;
    Some(rest)
}

fn half<'a>(parts: &mut Parts, text: &'a str, count: usize) -> Option<&'a str> {
    let length = count.min(2);
    let written = text.get(..length)?;
    let is = |name: &str| {
        name.get(..length)
            .is_some_and(|name| name.eq_ignore_ascii_case(written))
    };
    if !is("AM") && !is("PM") {
        return None;
    }
    parts.is_afternoon = is("PM");
    text.get(length..)
}

fn offset<'a>(parts: &mut Parts, text: &'a str, count: usize) -> Option<&'a str> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let text = text.strip_prefix(['+', '-'])?;
    let (hours, rest) = digits(text, if count == 1 { 1 } else { 2 }, 2)?;
    let (minutes, rest) = if count < 3 {
        (0, rest)
    } else {
        digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    parts.offset = Some(sign * i64::from(hours * 3600 + minutes * 60));
    Some(rest)
}

impl Parts {
    fn moment(&self, styles: Styles, now: Timestamp) -> Option<Moment> {
        let date = self.date(styles, now)?;
        let hour = match self.hour.unwrap_or_default() {
            hour if self.is_twelve_hours => hour % 12 + if self.is_afternoon { 12 } else { 0 },
            hour => hour,
        };
        let time = Time::new(hour, self.minute, self.second, self.nanosecond).ok()?;
        let local: DateTime = date.to_datetime(time);
        let east = SignedDuration::from_secs(self.offset.unwrap_or_default());
        let moment = Moment {
            at: local.checked_sub(east).ok()?,
            is_utc: self.offset.is_some(),
        };
        (1..=9999).contains(&moment.at.year()).then_some(moment)
    }

    /// What is missing comes from today if there is no date at all, and is the first otherwise.
    fn date(&self, styles: Styles, now: Timestamp) -> Option<Date> {
        let today = Moment::now(now).at.date();
        if self.year.is_none() && self.month.is_none() && self.day.is_none() {
            return if styles.no_current_date {
                Date::new(1, 1, 1).ok()
            } else {
                Some(today)
            };
        }
        let year = self.year.unwrap_or(today.year());
        let date = Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let weekday = usize::try_from(date.weekday().to_sunday_zero_offset()).ok()?;
        self.weekday.is_none_or(|named| named == weekday).then_some(date)
    }
}
