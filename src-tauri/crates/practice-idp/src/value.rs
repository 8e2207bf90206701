//! What an attribute of the identity provider can hold, and where expressions and filters read it.

use std::borrow::Cow;

use serde_json::Value as Json;

/// One value, as expressions, scoping filters and mappings see it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Not there, or empty.
    #[default]
    Null,
    /// Text; dates are text as well, as they came.
    Text(String),
    /// True or false.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Several, in their order.
    Many(Vec<Value>),
    /// One with parts of its own, such as a role: names and values in their order.
    Complex(Vec<(String, Value)>),
}

impl Value {
    /// Whether it holds nothing: null, the empty text, no values, or parts that hold nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::Many(values) => values.iter().all(Self::is_empty),
            Self::Complex(parts) => parts.iter().all(|(_, part)| part.is_empty()),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// As text, the way .NET writes it (`True`, `False`); several values and those with parts have no text.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null | Self::Many(_) | Self::Complex(_) => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Bool(true) => Some(Cow::Borrowed("True")),
            Self::Bool(false) => Some(Cow::Borrowed("False")),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
        }
    }

    /// As JSON: a boolean stays one, several values are an array, parts are an object.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Text(text) => Json::String(text.clone()),
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(number) => Json::from(*number),
            Self::Many(values) => values.iter().map(Self::to_json).collect(),
            Self::Complex(parts) => {
                let members = parts.iter().map(|(name, part)| (name.clone(), part.to_json()));
                Json::Object(members.collect())
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Whatever has attributes by name: a person, a group, or what a test makes up.
pub trait Source {
    /// The value of the attribute, found without regard to case; [`Value::Null`] where there is none.
    fn attribute(&self, name: &str) -> Value;
}

/// Attributes that were made up, for a test or to try an expression; the first of a name counts.
impl Source for Vec<(String, Value)> {
    fn attribute(&self, name: &str) -> Value {
        self.iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map_or(Value::Null, |(_, value)| value.clone())
    }
}

/// A source with one attribute that is not the object's own, such as `IsSoftDeleted`.
pub struct With<'a> {
    /// The name of the attribute.
    pub name: &'a str,
    /// Its value.
    pub value: Value,
    /// Where everything else is read.
    pub rest: &'a dyn Source,
}

impl Source for With<'_> {
    fn attribute(&self, name: &str) -> Value {
        if name.eq_ignore_ascii_case(self.name) {
            return self.value.clone();
        }
        self.rest.attribute(name)
    }
}
