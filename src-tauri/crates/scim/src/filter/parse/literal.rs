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
        let sentence = format!("The value {token} was not in quotes and was read as text.");
        self.notes.add(Quirk::UnquotedValue, name, sentence);
        Ok(Literal::String(token.to_owned()))
    }

    /// A JSON string. A backslash that escapes nothing stands for itself: `CONTOSO\ada`.
    fn quoted(&mut self, name: &str) -> Parsed<String> {
        let start = self.text.at();
        let Some(json) = self.text.quoted() else {
            return Err(Fault::new(start, "the string has no closing quote"));
        };
        serde_json::from_str(json).or_else(|_| {
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
        _ => serde_json::from_str::<Number>(token).ok().map(Literal::Number),
    }
}

fn unescape_leniently(json: &str) -> String {
    let inner = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}
