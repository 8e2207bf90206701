//! Expressions of attribute mappings.

use jiff::Timestamp;
use practice_idp::expression::{Context, Evaluated, LONGEST, parse};
use practice_idp::value::Value;

/// The longest text that a value may have.
const LONGEST_VALUE: usize = 100_000;

/// The first line is the expression, the second the value of every attribute that it names.
///
/// What is written reads as it was, an error has a place within the text, and the same time and
/// chance come to the same value.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (text, value) = text.split_once('\n').unwrap_or((text, ""));
    let expression = match parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(error.at <= text.chars().count(), "{error:?}");
            assert!(error.sentence.ends_with(['.', ')']), "{error:?}");
            return;
        }
    };
    let written = expression.to_string();
    if written.chars().count() <= LONGEST {
        assert_eq!(parse(&written).as_ref(), Ok(&expression), "{written}");
    }
    expression.cautions();
    let names = expression.attributes();
    let source: Vec<(String, Value)> = names
        .iter()
        .map(|name| ((*name).to_owned(), read(value)))
        .collect();
    let context = || Context::new(Timestamp::UNIX_EPOCH, 7);
    let trace = expression.trace(&source, &context());
    assert_eq!(trace.result, expression.evaluate(&source, &context()));
    for (name, value) in &trace.attributes {
        assert!(
            source
                .iter()
                .any(|(known, held)| known.eq_ignore_ascii_case(name) && held == value)
        );
    }
    match trace.result {
        Ok(Evaluated::Value { value, .. }) => assert!(is_short(&value), "{value:?}"),
        Ok(Evaluated::Dropped) => {}
        Err(error) => assert!(
            error.at < text.chars().count() && error.sentence.ends_with('.'),
            "{error:?}"
        ),
    }
}

/// Several values where there are tabs.
fn read(text: &str) -> Value {
    if text.contains('\t') {
        return Value::Many(text.split('\t').map(Value::from).collect());
    }
    Value::from(text)
}

/// An attribute's own value is as long as it is.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.len() <= LONGEST_VALUE,
        Value::Many(values) => values.iter().all(is_short),
        Value::Complex(parts) => parts.iter().all(|(_, part)| is_short(part)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
