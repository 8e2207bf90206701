//! Conditions, choices, and what says something about a value.

use std::borrow::Cow;

use super::super::evaluate::{Answer, Arguments, Stop};
use crate::value::Value;

pub(super) fn bit_and(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Number(arguments.number(0)? & arguments.number(1)?))
}

pub(super) fn to_bool(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(holds(&arguments.value(0)?)))
}

/// Whether a value counts as true: itself, `true` in any letter case, or a number but zero.
fn holds(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Number(number) => *number != 0,
        Value::Text(text) => {
            text.eq_ignore_ascii_case("true") || text.parse::<i64>().is_ok_and(|number| number != 0)
        }
        _ => false,
    }
}

pub(super) fn to_text(arguments: &Arguments<'_>) -> Answer {
    Ok(arguments.text_or_none(0)?.map_or(Value::Null, Value::Text))
}

/// The documentation speaks of null alone, so the empty text is a value like any other.
pub(super) fn coalesce(arguments: &Arguments<'_>) -> Answer {
    for index in 0..arguments.len() {
        let value = arguments.value(index)?;
        if !is_nothing(&value) {
            return Ok(value);
        }
    }
    Ok(Value::Null)
}

/// Null, or an attribute of several values that has none.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Many(values) => values.is_empty(),
        _ => false,
    }
}

pub(super) fn ignore_flow(arguments: &Arguments<'_>) -> Answer {
    let value = arguments.value(0)?;
    if value.is_empty() {
        return Err(Stop::Dropped);
    }
    Ok(value)
}

/// A condition that mentions an attribute without a value does not hold, whatever it says.
pub(super) fn iif(arguments: &Arguments<'_>) -> Answer {
    let attributes = arguments.attributes(0);
    let all_there = attributes
        .into_iter()
        .all(|name| !arguments.attribute(name).is_empty());
    let chosen = if all_there && holds(&arguments.value(0)?) {
        1
    } else {
        2
    };
    arguments.value(chosen)
}

pub(super) fn is_null(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(is_nothing(&arguments.value(0)?)))
}

pub(super) fn is_null_or_empty(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(arguments.value(0)?.is_empty()))
}

pub(super) fn is_present(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(!arguments.value(0)?.is_empty()))
}

pub(super) fn is_string(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(matches!(arguments.value(0)?, Value::Text(_))))
}

pub(super) fn not(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Bool(!holds(&arguments.value(0)?)))
}

pub(super) fn redact(arguments: &Arguments<'_>) -> Answer {
    arguments.redact();
    arguments.value(0)
}

/// Never called: the parser refuses the function.
pub(super) fn refused(arguments: &Arguments<'_>) -> Answer {
    Err(arguments.fail("does not work for an application with SCIM."))
}

/// Keys are compared letter by letter, and a source without a value equals the key `""`.
pub(super) fn switch(arguments: &Arguments<'_>) -> Answer {
    let source = arguments.value(0)?;
    if matches!(&source, Value::Complex(_)) || matches!(&source, Value::Many(values) if values.len() > 1) {
        return Err(
            arguments.fail("compares one value with its keys, and got several. Take one out with Item.")
        );
    }
    let source = match &source {
        Value::Many(values) => values.first().and_then(Value::text),
        single => single.text(),
    };
    let source = source.unwrap_or(Cow::Borrowed(""));
    for index in (2..arguments.len()).step_by(2) {
        if arguments.text(index)? == source {
            return arguments.value(index + 1);
        }
    }
    arguments.value(1)
}
