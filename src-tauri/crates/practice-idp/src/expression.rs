//! The language of expression mappings: functions of attributes and texts, as Entra documents them.
//!
//! [`parse`] reads an expression, [`Expression::evaluate`] computes it for a [`Source`], and its
//! `Display` is text that parses to the same expression.
//!
//! ```
//! # use practice_idp::expression::{Context, Evaluated, parse};
//! # use practice_idp::value::Value;
//! let alias = parse(r#"Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))"#)?;
//! let john = vec![("givenName".to_owned(), "John".into()), ("surname".to_owned(), "Doe".into())];
//! let context = Context::new("2026-01-05T10:00:00Z".parse().unwrap(), 7);
//! let value = alias.evaluate(&john, &context).unwrap();
//! assert_eq!(value, Evaluated::Value { value: "JohDoe".into(), redacted: false });
//! # Ok::<(), practice_idp::expression::ExpressionError>(())
//! ```
//!
//! What the documentation leaves open is decided here and said at the function: an attribute
//! without a value counts as the empty text where a text is put together, and stays nothing where
//! a text is only changed.

mod cautions;
mod context;
mod dates;
mod evaluate;
mod functions;
mod node;
mod parse;

use std::fmt;

use thiserror::Error;

use crate::value::{Source, Value};

pub use cautions::Caution;
pub use context::Context;
pub use functions::{FUNCTIONS, Function, Need, Parameter};
pub use parse::{DEEPEST, LONGEST, parse};

use node::Node;

/// An expression that was read: a function of attributes, texts, numbers and other functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    root: Node,
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{sentence}")]
pub struct ExpressionError {
    /// How many characters stand before the place.
    pub at: usize,
    /// What is wrong there, and what to write instead.
    pub sentence: String,
}

/// What an expression came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluated {
    /// A value, which may be empty.
    Value {
        /// The value.
        value: Value,
        /// Whether logs show `[Redact]` in its place.
        redacted: bool,
    },
    /// `IgnoreFlowIfNullOrEmpty` found nothing: the attribute takes no part in the flow.
    Dropped,
}

/// Why an expression has no value for this source.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{sentence}")]
pub struct EvaluationError {
    /// How many characters stand before the function that failed.
    pub at: usize,
    /// The function.
    pub function: &'static str,
    /// What it was given and what it needs.
    pub sentence: String,
}

/// An evaluation with what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What the expression came to.
    pub result: Result<Evaluated, EvaluationError>,
    /// The attributes in the order in which they were first read, each with its value.
    pub attributes: Vec<(String, Value)>,
    /// Each function that was computed, as text, with its value; what others needed comes first.
    pub steps: Vec<(String, Value)>,
}

impl Expression {
    /// Computes the expression for an object.
    ///
    /// Errors name the function that could not do with what it was given.
    pub fn evaluate(&self, source: &dyn Source, context: &Context) -> Result<Evaluated, EvaluationError> {
        evaluate::evaluate(&self.root, source, context)
    }

    /// Computes the expression and tells how.
    pub fn trace(&self, source: &dyn Source, context: &Context) -> Trace {
        evaluate::trace(&self.root, source, context)
    }

    /// The attributes it mentions, in the order of the text, each once.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.attributes(&mut names);
        names
    }

    /// What Entra's documentation advises against in it; it is computed all the same.
    pub fn cautions(&self) -> Vec<Caution> {
        cautions::cautions(&self.root)
    }

    /// The name of the outermost function.
    pub fn function(&self) -> &str {
        match &self.root {
            Node::Call(call) => call.function.name,
            _ => "",
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

#[cfg(test)]
mod tests;
