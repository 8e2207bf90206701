//! An expression as a tree, and as text again.

use std::fmt;

use super::functions::Function;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A parameter that is not given: `, ,`.
    Empty,
    /// `"text"`.
    Text(String),
    /// `42`, `-7`, or `&HF`.
    Number {
        /// The number.
        value: i64,
        /// Whether it was written with hexadecimal digits.
        hex: bool,
    },
    /// `[givenName]`.
    Attribute(String),
    /// `vbBinaryCompare`: a name that stands for itself.
    Word(&'static str),
    /// A function with its parameters.
    Call(Call),
    /// A condition, where one may stand.
    Compare(Box<Comparison>),
}

/// A function with its parameters.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// The function.
    pub(super) function: &'static Function,
    /// How many characters stand before it.
    pub(super) at: usize,
    /// The parameters; those left out in the middle are [`Node::Empty`].
    pub(super) arguments: Vec<Node>,
}

/// Two values and how they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) left: Node,
    pub(super) operator: Operator,
    pub(super) right: Node,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// All, those first that begin with another.
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("<>", Self::NotEqual),
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("=", Self::Equal),
        ("<", Self::Less),
        (">", Self::Greater),
    ];

    fn symbol(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, each)| *each == self)
            .map_or("", |(symbol, _)| symbol)
    }
}

/// Where a call stands is no part of what it says.
impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name && self.arguments == other.arguments
    }
}

impl Eq for Call {}

impl Node {
    /// Adds the attributes in it that are not listed yet.
    pub(super) fn attributes<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::Attribute(name) if !names.contains(&name.as_str()) => names.push(name),
            Self::Call(call) => call.arguments.iter().for_each(|each| each.attributes(names)),
            Self::Compare(comparison) => {
                comparison.left.attributes(names);
                comparison.right.attributes(names);
            }
            _ => {}
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => write_text(f, text),
            Self::Number { value, hex: true } => write!(f, "&H{value:X}"),
            Self::Number { value, hex: false } => write!(f, "{value}"),
            Self::Attribute(name) => write!(f, "[{name}]"),
            Self::Word(word) => f.write_str(word),
            Self::Call(call) => call.fmt(f),
            Self::Compare(comparison) => write!(
                f,
                "{} {} {}",
                comparison.left,
                comparison.operator.symbol(),
                comparison.right
            ),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            argument.fmt(f)?;
        }
        f.write_str(")")
    }
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{letter}")?;
    }
    f.write_str("\"")
}
