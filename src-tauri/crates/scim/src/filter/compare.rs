//! Values against literals: RFC 7644 §3.4.2.2, table 3.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::evaluate::{field, is_something};
use super::parse::{comparable, number};
use super::{Literal, Op};
use crate::schema::{Attribute, Kind};
use crate::text::fold;

/// Any of the values compares this way; none at all compares `ne`, and `eq null`.
pub(super) fn compare_values<'a>(
    values: impl Iterator<Item = &'a Value>,
    declared: Option<&'static Attribute>,
    op: Op,
    literal: &Literal,
) -> Option<bool> {
    let mut values = values.filter(|value| is_something(value)).peekable();
    if *literal == Literal::Null || values.peek().is_none() {
        let (is_null, asks_null) = (values.peek().is_none(), *literal == Literal::Null);
        return Some(match op {
            Op::Eq => is_null && asks_null,
            Op::Ne => is_null != asks_null,
            _ => false,
        });
    }
    let leaf = match declared {
        Some(declared) => Some(comparable(declared)?),
        None => None,
    };
    Some(values.any(|value| compare(leaf, op, plain_value(value), literal)))
}

fn plain_value(value: &Value) -> &Value {
    value
        .as_object()
        .and_then(|object| field(object, "value"))
        .unwrap_or(value)
}

/// Numbers and dates have no substrings of their own; `co`, `sw` and
/// `ew` look at them as they are written.
fn compare(declared: Option<&Attribute>, op: Op, value: &Value, literal: &Literal) -> bool {
    let case_exact = declared.is_some_and(|declared| declared.case_exact);
    let is_date = declared.is_some_and(|declared| declared.kind == Kind::DateTime);
    let of_text = matches!(op, Op::Co | Op::Sw | Op::Ew);
    match (value, literal) {
        (Value::Bool(left), literal) => order_equal(op, boolean_of(literal) == Some(*left)),
        (Value::Number(left), literal) if !of_text => match number_of(literal) {
            Some(right) => order(op, compare_numbers(left, &right)),
            None => compare_text(op, &left.to_string(), &text_of(literal), case_exact),
        },
        (Value::String(left), literal) => {
            let right = text_of(literal);
            let instants = (is_date && !of_text)
                .then(|| Some((instant(left)?, instant(&right)?)))
                .flatten();
            match instants {
                Some((left, right)) => order(op, Some(left.cmp(&right))),
                None => compare_text(op, left, &right, case_exact),
            }
        }
        (value, literal) => compare_text(op, &value.to_string(), &text_of(literal), case_exact),
    }
}

fn boolean_of(literal: &Literal) -> Option<bool> {
    match literal {
        Literal::Boolean(boolean) => Some(*boolean),
        Literal::String(text) => crate::coerce::boolean(text),
        Literal::Number(_) | Literal::Null => None,
    }
}

fn number_of(literal: &Literal) -> Option<Cow<'_, Number>> {
    match literal {
        Literal::Number(number) => Some(Cow::Borrowed(number)),
        Literal::String(text) => number(text.trim()).map(Cow::Owned),
        Literal::Boolean(_) | Literal::Null => None,
    }
}

/// Whole numbers compare exactly: the nearest floating point number may be another one.
fn compare_numbers(left: &Number, right: &Number) -> Option<Ordering> {
    let whole = |number: &Number| {
        let unsigned = number.as_u64().map(i128::from);
        number.as_i64().map(i128::from).or(unsigned)
    };
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn compare_text(op: Op, left: &str, right: &str, case_exact: bool) -> bool {
    if case_exact {
        return text(op, left, right);
    }
    if matches!(op, Op::Eq | Op::Ne) && left.is_ascii() && right.is_ascii() {
        return order_equal(op, left.eq_ignore_ascii_case(right));
    }
    text(op, &fold(left), &fold(right))
}

fn text(op: Op, left: &str, right: &str) -> bool {
    match op {
        Op::Co => left.contains(right),
        Op::Sw => left.starts_with(right),
        Op::Ew => left.ends_with(right),
        _ => order(op, Some(left.cmp(right))),
    }
}

fn order(op: Op, ordering: Option<Ordering>) -> bool {
    match op {
        Op::Eq => ordering == Some(Ordering::Equal),
        Op::Ne => ordering != Some(Ordering::Equal),
        Op::Gt => ordering == Some(Ordering::Greater),
        Op::Ge => ordering.is_some_and(Ordering::is_ge),
        Op::Lt => ordering == Some(Ordering::Less),
        Op::Le => ordering.is_some_and(Ordering::is_le),
        Op::Co | Op::Sw | Op::Ew => false,
    }
}

fn order_equal(op: Op, equal: bool) -> bool {
    match op {
        Op::Eq => equal,
        Op::Ne => !equal,
        _ => false,
    }
}

fn text_of(literal: &Literal) -> Cow<'_, str> {
    match literal {
        Literal::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// A date-time as a point in time. A date alone, or one without an offset, is taken as UTC.
pub(crate) fn instant(text: &str) -> Option<jiff::Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
}
