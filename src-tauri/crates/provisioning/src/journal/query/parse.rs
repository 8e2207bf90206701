//! The grammar of a search, both ways: from text, and back to the shortest text that means the same.

use std::fmt::{self, Write as _};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Query;
use super::terms::{Field, Kind, Term, Test};
use crate::accounts::fold;
use crate::error::{Error, Result};

/// The keys a term may begin with.
pub const KEYS: &[&str] = &[
    "status", "action", "identity", "user", "group", "source", "client", "sync", "kind", "is", "method",
    "path", "http", "reason", "quirk", "changed", "request", "target", "since", "before",
];

/// One term as it is written.
struct Written {
    negated: bool,
    key: Option<String>,
    value: String,
    quoted: bool,
}

impl Query {
    /// Reads a search. `now` is what `since:24h` counts from. A key without a value yet looks for
    /// nothing. Fails with [`Error::Invalid`] for an unknown key, a state that is none, or a time
    /// that cannot be read.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self> {
        let terms = split(text)
            .into_iter()
            .filter(|term| !term.value.is_empty() || term.quoted)
            .map(|term| {
                Ok(Term {
                    negated: term.negated,
                    test: test(&term, now)?,
                })
            });
        Ok(Self {
            terms: terms.collect::<Result<_>>()?,
        })
    }

    /// The same search, and only the events since `since`.
    #[must_use]
    pub fn since(mut self, since: Timestamp) -> Self {
        self.terms.push(Term {
            negated: false,
            test: Test::Since(since),
        });
        self
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.terms.iter().enumerate() {
            if place > 0 {
                f.write_char(' ')?;
            }
            if term.negated {
                f.write_char('-')?;
            }
            match &term.test {
                Test::Word(word) => write!(f, "{}", quote(word))?,
                Test::Field(field, values) => {
                    write!(f, "{}:", field.name())?;
                    let values: Vec<_> = values.iter().map(String::as_str).collect();
                    match values.as_slice() {
                        [one] => write!(f, "{}", quote(one))?,
                        several => write!(f, "{}", several.join(","))?,
                    }
                }
                Test::Since(at) => write!(f, "since:{at}")?,
                Test::Before(at) => write!(f, "before:{at}")?,
            }
        }
        Ok(())
    }
}

/// A value between quotes.
fn quote(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Splits into terms; quotes keep spaces, and a colon in a free word stays.
fn split(text: &str) -> Vec<Written> {
    let mut terms = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let after_minus = rest.strip_prefix('-').filter(|after| !after.is_empty());
        let negated = after_minus.is_some();
        rest = after_minus.unwrap_or(rest);
        let key = rest
            .split_once(':')
            .map(|(key, _)| key)
            .filter(|key| is_word(key));
        if let Some(key) = key {
            rest = rest.get(key.len() + 1..).unwrap_or_default();
        }
        let (value, quoted, after) = take_value(rest);
        if key.is_some() || quoted || !value.is_empty() {
            terms.push(Written {
                negated,
                key: key.map(str::to_lowercase),
                value,
                quoted,
            });
        }
        rest = after.trim_start();
    }
    terms
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// A value, whether it was quoted, and what comes after it. Within quotes a backslash takes the
/// next character as it is; quotes that are not closed end with the text.
fn take_value(text: &str) -> (String, bool, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.to_owned(), false, after);
    };
    let (mut value, mut escaped) = (String::new(), false);
    for (at, character) in quoted.char_indices() {
        match character {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return (value, true, quoted.get(at + 1..).unwrap_or_default()),
            other => {
                escaped = false;
                value.push(other);
            }
        }
    }
    (value, true, "")
}

fn test(term: &Written, now: Timestamp) -> Result<Test> {
    let Some(key) = &term.key else {
        return Ok(Test::Word(fold(&term.value)));
    };
    match key.as_str() {
        "since" => return Ok(Test::Since(instant(&term.value, now)?)),
        "before" => return Ok(Test::Before(instant(&term.value, now)?)),
        _ => {}
    }
    let field = Field::named(key).ok_or_else(|| unknown_key(key))?;
    let values: Vec<String> = if term.quoted {
        vec![fold(&term.value)]
    } else {
        let parts = term.value.split(',').map(fold);
        parts.filter(|value| !value.is_empty()).collect()
    };
    values.iter().try_for_each(|value| check(field, value))?;
    Ok(Test::Field(field, values))
}

fn unknown_key(key: &str) -> Error {
    Error::invalid(
        "query",
        format!(
            "\"{key}:\" is no search key. Use one of: {}; or put the words between quotes.",
            KEYS.join(", ")
        ),
    )
}

/// Where only a few values make sense, the others are told.
fn check(field: Field, value: &str) -> Result<()> {
    let known: &[&str] = match field {
        Field::Status => &["success", "failure", "skipped", "warning"],
        Field::Kind => &["request", "sync", "admin"],
        Field::Is => Kind::NAMES,
        _ => return Ok(()),
    };
    if known.iter().any(|known| known.starts_with(value)) {
        return Ok(());
    }
    Err(Error::invalid(
        "query",
        format!(
            "\"{}:{value}\" finds nothing ever. Write {}:{}.",
            field.name(),
            field.name(),
            known.join(&format!(", {}:", field.name()))
        ),
    ))
}

/// `24h`, `30m`, `7d`, or an RFC 3339 instant or day.
fn instant(value: &str, now: Timestamp) -> Result<Timestamp> {
    let age = value
        .split_at_checked(value.len().saturating_sub(1))
        .and_then(|(number, unit)| {
            let number: i64 = number.parse().ok()?;
            let hours = |hours: i64| number.checked_mul(hours).map(SignedDuration::from_hours);
            match unit {
                "m" => number.checked_mul(60).map(SignedDuration::from_secs),
                "h" => hours(1),
                "d" => hours(24),
                _ => None,
            }
        });
    if let Some(age) = age {
        return Ok(now.saturating_sub(age).unwrap_or(Timestamp::MIN));
    }
    let day = || {
        TimeZone::UTC
            .to_timestamp(value.parse::<Date>().ok()?.at(0, 0, 0, 0))
            .ok()
    };
    value.parse().ok().or_else(day).ok_or_else(|| {
        Error::invalid(
            "query",
            format!("\"{value}\" is no time. Write since:24h, since:7d or since:2026-11-23."),
        )
    })
}
