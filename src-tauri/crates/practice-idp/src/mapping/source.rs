//! Where the value of a target comes from.

use std::fmt;

use crate::expression::{Expression, ExpressionError, parse};

/// Where the value of a target comes from: the mapping type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingSource {
    /// An attribute of the source as it is.
    Direct(String),
    /// The same text for everyone.
    Constant(String),
    /// An expression.
    Expression(Expression),
    /// Nothing: only the default flows.
    Nothing,
}

impl MappingSource {
    /// Reads a source as files and tables write it: `[mail]`, `"text"`, an expression, or nothing.
    ///
    /// Errors are those of the expression.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::Nothing);
        }
        if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && !name.trim().is_empty()
            && !name.contains(['[', ']', '"'])
        {
            return Ok(Self::Direct(name.trim().to_owned()));
        }
        if let Some(constant) = constant(text) {
            return Ok(Self::Constant(constant));
        }
        parse(text).map(Self::Expression)
    }

    /// The attributes that it reads.
    pub fn attributes(&self) -> Vec<&str> {
        match self {
            Self::Direct(name) => vec![name],
            Self::Expression(expression) => expression.attributes(),
            Self::Constant(_) | Self::Nothing => Vec::new(),
        }
    }
}

/// A text in quotation marks, alone.
fn constant(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut constant = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return None,
            '\\' => constant.push(letters.next().filter(|next| matches!(next, '"' | '\\'))?),
            letter => constant.push(letter),
        }
    }
    Some(constant)
}

impl fmt::Display for MappingSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct(name) => write!(f, "[{name}]"),
            Self::Constant(text) => {
                let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, "\"{text}\"")
            }
            Self::Expression(expression) => expression.fmt(f),
            Self::Nothing => Ok(()),
        }
    }
}
