//! What an attribute of the identity provider can hold, and where expressions and filters read it.

use std::borrow::Cow;

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
}

impl Value {
    /// Whether it holds nothing: null, the empty text, or no values.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::Many(values) => values.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// As text, the way .NET writes it (`True`, `False`); several values have no text.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null | Self::Many(_) => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Bool(true) => Some(Cow::Borrowed("True")),
            Self::Bool(false) => Some(Cow::Borrowed("False")),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
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

/// Whatever has attributes by name: a person, a group, or what a test makes up.
pub trait Source {
    /// The value of the attribute, found without regard to case; [`Value::Null`] where there is none.
    fn attribute(&self, name: &str) -> Value;
}
