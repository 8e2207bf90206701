//! The values of a filter.

use serde_json::Number;

use super::{Fault, Parsed, Parser};
use crate::dialect::Quirk;
use crate::filter::Literal;
use crate::schema::{Attribute, Kind};

impl Parser<'_> {
    /// Entra compares booleans with strings: `roles[primary eq "True"]`.
    pub(super) fn fit(&mut self, value: Literal, declared: Option<&Attribute>, name: &str) -> Literal {
        let is_boolean = declared.is_some_and(|declared| declared.kind == Kind::Boolean);
        match value {
            Literal::String(text) if is_boolean => match crate::coerce::boolean(&text) {
                Some(boolean) => {
                    let sentence =
                        format!("`{name}` was compared with the string \"{text}\", read as {boolean}.");
                    self.notes.add(Quirk::BooleanAsString, name, sentence);
                    Literal::Boolean(boolean)
                }
                None => Literal::String(text),
            },
            other => other,
        }
    }

    pub(super) fn literal(&mut self, name: &str) -> Parsed<Literal> {
        self.text.skip_space();
        if self.text.rest().starts_with('"') {
            return self.quoted(name).map(Literal::String);
        }
        if let Some(literal) = self.single_quoted(name)? {
            return Ok(literal);
        }
        let start = self.text.at();
        let token = self.text.token();
        if token.is_empty() {
            return Err(Fault::new(start, "a value is expected"));
        }
        if let Some(literal) = plain(token) {
            return Ok(literal);
        }
        if self.notes.is_strict() {
            return Err(Fault::new(start, "a text is written in double quotes"));
        }
        let sentence = format!(
            "The value {} was not in quotes and was read as text.",
            self.shown(token)
        );
        self.notes.add(Quirk::UnquotedValue, name, sentence);
        Ok(Literal::String(token.to_owned()))
    }

    /// `'Group'`, as RFC 7644 §3.7.1 itself writes once; `None` if no quote closes it.
    fn single_quoted(&mut self, name: &str) -> Parsed<Option<Literal>> {
        let start = self.text.at();
        let Some(text) = self.text.single_quoted() else {
            return Ok(None);
        };
        if self.notes.is_strict() {
            return Err(Fault::new(start, "a text is written in double quotes"));
        }
        let sentence = format!(
            "The value {} was in single quotes and was read as text.",
            self.shown(text)
        );
        self.notes.add(Quirk::UnquotedValue, name, sentence);
        let inner = text.trim_matches('\'');
        Ok(Some(Literal::String(inner.to_owned())))
    }

    /// A JSON string. A backslash that escapes nothing stands for itself: `CONTOSO\ada`.
    fn quoted(&mut self, name: &str) -> Parsed<String> {
        let start = self.text.at();
        let Some(json) = self.text.quoted() else {
            return Err(Fault::new(start, "the string has no closing quote"));
        };
        serde_json::from_str(json).or_else(|_| {
            if self.notes.is_strict() {
                return Err(Fault::new(
                    start,
                    "a text is a JSON string: a backslash in it is written twice",
                ));
            }
            let sentence = "A string had characters JSON would escape; they were read as they are.";
            self.notes.add(Quirk::StrayBackslash, name, sentence);
            Ok(unescape_leniently(json))
        })
    }
}

fn plain(token: &str) -> Option<Literal> {
    match token.to_ascii_lowercase().as_str() {
        "true" => Some(Literal::Boolean(true)),
        "false" => Some(Literal::Boolean(false)),
        "null" => Some(Literal::Null),
        _ => number(token).map(Literal::Number),
    }
}

/// A JSON number. serde_json reads fractions fast and not quite exactly, so that what is shown
/// would not be what was read.
pub(in crate::filter) fn number(token: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(token).ok()?;
    if number.is_f64() {
        return Number::from_f64(token.parse().ok()?);
    }
    Some(number)
}

fn unescape_leniently(json: &str) -> String {
    let inner = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// True for what a date-time is neither before nor after.
pub(super) fn has_no_place(declared: &Attribute, value: &Literal) -> bool {
    let is_instant = match value {
        Literal::String(text) => crate::filter::compare::instant(text).is_some(),
        Literal::Null => true,
        Literal::Number(_) | Literal::Boolean(_) => false,
    };
    declared.kind == Kind::DateTime && !is_instant
}

/// RFC 7644 §3.4.2.2, table 3: ordering these is an error.
pub(super) fn has_no_order(attribute: &Attribute) -> bool {
    matches!(attribute.kind, Kind::Boolean | Kind::Binary)
}
