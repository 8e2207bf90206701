//! How a clause compares, spelled as the portal does.

use std::fmt;

use thiserror::Error;

/// How a clause compares an attribute with its value. Letter case counts in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// The attribute is part of the value; of numbers, a bit is in both.
    And,
    /// The opposite of [`Operator::And`].
    NotAnd,
    /// The attribute ends with the value.
    EndsWith,
    /// The attribute is the value.
    Equals,
    /// The attribute is a larger whole number.
    GreaterThan,
    /// The attribute is a whole number as large or larger.
    GreaterThanOrEquals,
    /// The value is part of the attribute.
    Includes,
    /// The attribute is false.
    IsFalse,
    /// The attribute has a value.
    IsNotNull,
    /// The attribute has no value.
    IsNull,
    /// The attribute is true.
    IsTrue,
    /// The attribute has another value.
    NotEquals,
    /// The attribute has a value in which the pattern matches nowhere.
    NotRegexMatch,
    /// The pattern matches somewhere in the attribute.
    RegexMatch,
}

/// A name that is no operator's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no operator of scoping filters. There are {names}.", names = Operator::names())]
pub struct UnknownOperator(pub String);

impl Operator {
    /// All of them, in the order of the portal's list.
    pub const ALL: [Self; 14] = [
        Self::And,
        Self::NotAnd,
        Self::EndsWith,
        Self::Equals,
        Self::GreaterThan,
        Self::GreaterThanOrEquals,
        Self::Includes,
        Self::IsFalse,
        Self::IsNotNull,
        Self::IsNull,
        Self::IsTrue,
        Self::NotEquals,
        Self::NotRegexMatch,
        Self::RegexMatch,
    ];

    /// The portal's spelling, which files have as well.
    pub fn name(self) -> &'static str {
        match self {
            Self::And => "&",
            Self::NotAnd => "!&",
            Self::EndsWith => "ENDS_WITH",
            Self::Equals => "EQUALS",
            Self::GreaterThan => "Greater_Than",
            Self::GreaterThanOrEquals => "Greater_Than_OR_EQUALS",
            Self::Includes => "Includes",
            Self::IsFalse => "IS FALSE",
            Self::IsNotNull => "IS NOT NULL",
            Self::IsNull => "IS NULL",
            Self::IsTrue => "IS TRUE",
            Self::NotEquals => "NOT EQUALS",
            Self::NotRegexMatch => "NOT REGEX MATCH",
            Self::RegexMatch => "REGEX MATCH",
        }
    }

    /// Reads the portal's spelling, in any letter case.
    ///
    /// The error names all operators.
    pub fn parse(name: &str) -> Result<Self, UnknownOperator> {
        let mut all = Self::ALL.into_iter();
        all.find(|operator| operator.name().eq_ignore_ascii_case(name.trim()))
            .ok_or_else(|| UnknownOperator(name.to_owned()))
    }

    /// Whether it compares with a value.
    pub fn takes_value(self) -> bool {
        !matches!(
            self,
            Self::IsFalse | Self::IsNotNull | Self::IsNull | Self::IsTrue
        )
    }

    fn names() -> String {
        let names: Vec<&str> = Self::ALL.iter().map(|operator| operator.name()).collect();
        names.join(", ")
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
