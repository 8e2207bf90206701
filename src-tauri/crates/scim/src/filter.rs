//! Filters: RFC 7644 §3.4.2.2.
//!
//! ```
//! # use scim::{Filter, Notes, Nothing, USER_TYPE};
//! # let ada = serde_json::json!({"userName": "ada@example.com", "active": true});
//! # let ada = ada.as_object().unwrap();
//! let text = r#"USERNAME Eq "Ada@Example.com" and not (active eq false)"#;
//! let filter = Filter::parse(text, &USER_TYPE, &mut Notes::default())?;
//! assert!(filter.matches(ada, &USER_TYPE, &Nothing));
//! # Ok::<(), scim::ScimError>(())
//! ```

pub(crate) mod parse;

mod scan;

mod several;

pub(crate) mod evaluate;

pub(crate) mod compare;

use std::fmt;

use serde_json::Number;

use crate::dialect::Notes;
use crate::error::ScimError;
use crate::path::AttrPath;
use crate::resource::Object;
use crate::schema::ResourceType;
use crate::secret;

/// A filter as a value. Its `Display` is text that parses to the same filter, or to one that finds
/// the same if there is an `And` or `Or` of nothing in it.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All of them; true if there are none.
    And(Vec<Filter>),
    /// Any of them; false if there are none.
    Or(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// An attribute compared with a value: `userName eq "ada"`.
    Compare {
        /// The attribute.
        path: AttrPath,
        /// How they compare.
        op: Op,
        /// The value.
        value: Literal,
    },
    /// An attribute has a value: `title pr`.
    Present(AttrPath),
    /// One element of a list satisfies a filter: `emails[type eq "work" and value co "@"]`.
    Within {
        /// The multi-valued attribute.
        path: AttrPath,
        /// The filter on one element. Its paths are names of sub-attributes.
        filter: Box<Filter>,
        /// What else holds for that element. Not in the RFC's grammar, but Entra sends it:
        /// `emails[type eq "work"].value eq "ada@example.com"`.
        then: Option<(String, Op, Literal)>,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; also true of an attribute without a value.
    Ne,
    /// Contains.
    Co,
    /// Starts with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// A value in a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text.
    String(String),
    /// A number.
    Number(Number),
    /// `true` or `false`.
    Boolean(bool),
    /// No value: `title eq null` is true of a resource without a title.
    Null,
}

/// Answers about attributes that are not in the resource itself, such as the members of a group.
///
/// Asked first, for every comparison and in every nesting: `members eq "7"`,
/// `members.value eq "7"` and `members[value eq "7"]` all ask about `members`, with or without
/// the sub-attribute `value`. `None` means "look in the resource".
///
/// The parts of `members[value eq "7" and type eq "User"]` are asked one by one, so an
/// implementation cannot see that one member has to satisfy them all. Ids are unique, so this
/// is exact whenever one of the parts compares the id.
pub trait Outside {
    /// Whether any value of the attribute compares this way.
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool>;
    /// Whether the attribute has any value.
    fn present(&self, path: &AttrPath) -> Option<bool>;
}

/// Everything is in the resource.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Outside for Nothing {
    fn compare(&self, _: &AttrPath, _: Op, _: &Literal) -> Option<bool> {
        None
    }

    fn present(&self, _: &AttrPath) -> Option<bool> {
        None
    }
}

impl Filter {
    /// Reads the whole grammar of RFC 7644 figure 1, names and operators in any letter case.
    ///
    /// A value without quotes, and an attribute nobody declares, are read and noted. Refused with
    /// `invalidFilter` and the position: what is not in the grammar, ordering booleans or
    /// certificates, ordering dates by what is no date, more than 10 kB of text, 50 levels of nesting or 200 terms, and with strict
    /// notes what is otherwise noted here.
    pub fn parse(text: &str, kind: &'static ResourceType, notes: &mut Notes) -> Result<Self, ScimError> {
        parse::Parser::new(text, kind, notes)
            .filter()
            .map_err(|fault| ScimError::invalid_filter(text, fault.at, &fault.why))
    }

    /// Whether a resource satisfies the filter.
    ///
    /// * Letter case matters where the attribute's schema says so; where it does not, texts compare
    ///   as [`fold`](crate::fold) makes them.
    /// * Dates are ordered as instants, numbers by value; `co`, `sw` and `ew` look at them as they
    ///   are written. `"True"` equals `true`. A `primary` that is not there is false.
    /// * A complex attribute compares its `value`: `manager eq "7"`.
    /// * A list matches if any element does. `ne` is true if any element differs or there is none.
    /// * A term on an attribute nobody declares is neither true nor false, and neither is its
    ///   negation; a resource matches only if the filter is true. So `shoeSize ne "44"` and
    ///   `not (shoeSize eq "44")` find nobody rather than everybody, and so does
    ///   `not (emails[shoeSize eq "44"])`. What another type declares is a case of its own, see
    ///   [`Filter::beside`].
    pub fn matches(&self, resource: &Object, kind: &'static ResourceType, outside: &dyn Outside) -> bool {
        evaluate::truth(
            self,
            &evaluate::Resource {
                object: resource,
                kind,
                outside,
            },
        ) == Some(true)
    }

    /// The filter as notes and errors show it: not at all if it mentions a password.
    pub(crate) fn shown(&self) -> String {
        secret::filter(&self.to_string()).to_owned()
    }

    /// The terms that must all hold: the `and` chain, flattened. One term if there is no `and`.
    pub fn conjuncts(&self) -> Vec<&Filter> {
        match self {
            Self::And(filters) => filters.iter().flat_map(Self::conjuncts).collect(),
            other => vec![other],
        }
    }
}

impl Op {
    /// The operator as it is written: `eq`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Co => "co",
            Self::Sw => "sw",
            Self::Ew => "ew",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }

    /// The operator by name, in any letter case.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::Eq,
            Self::Ne,
            Self::Co,
            Self::Sw,
            Self::Ew,
            Self::Gt,
            Self::Ge,
            Self::Lt,
            Self::Le,
        ]
        .into_iter()
        .find(|op| op.as_str().eq_ignore_ascii_case(name))
    }

    /// True for the operators that need an order.
    pub const fn is_ordering(self) -> bool {
        matches!(self, Self::Gt | Self::Ge | Self::Lt | Self::Le)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Every resource has an id.
            Self::And(none) if none.is_empty() => f.write_str("id pr"),
            Self::Or(none) if none.is_empty() => f.write_str("not (id pr)"),
            Self::And(filters) => join(f, filters, " and ", |filter| {
                matches!(filter, Self::And(_) | Self::Or(_))
            }),
            Self::Or(filters) => join(f, filters, " or ", |filter| matches!(filter, Self::Or(_))),
            Self::Not(filter) => write!(f, "not ({filter})"),
            Self::Compare { path, op, value } => write!(f, "{path} {op} {value}"),
            Self::Present(path) => write!(f, "{path} pr"),
            Self::Within {
                path,
                filter,
                then: None,
            } => write!(f, "{path}[{filter}]"),
            Self::Within {
                path,
                filter,
                then: Some((sub, op, value)),
            } => {
                write!(f, "{path}[{filter}].{sub} {op} {value}")
            }
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    filters: &[Filter],
    word: &str,
    needs_parentheses: fn(&Filter) -> bool,
) -> fmt::Result {
    for (index, filter) in filters.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        if needs_parentheses(filter) {
            write!(f, "({filter})")?;
        } else {
            write!(f, "{filter}")?;
        }
    }
    Ok(())
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => serde_json::Value::from(text.as_str()).fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
            Self::Null => f.write_str("null"),
        }
    }
}

#[cfg(test)]
mod tests;
