//! One filter over resources of several types: RFC 7644 §3.4.2.1.

use serde_json::{Map, Value};

use super::Filter;
use super::evaluate::truth_of_element;
use crate::path::AttrPath;
use crate::schema::ResourceType;

impl Filter {
    /// The same filter where a query is over `other` resources as well: what only those have is
    /// an attribute without a value here, and not one that nobody declares.
    ///
    /// So `not (userName pr)` and `userName ne "ada"` find every group. A term on what neither type
    /// declares stays neither true nor false.
    #[must_use]
    pub fn beside(self, kind: &'static ResourceType, other: &'static ResourceType) -> Self {
        let each = |filters: Vec<Self>| {
            filters
                .into_iter()
                .map(|filter| filter.beside(kind, other))
                .collect()
        };
        match self {
            Self::And(filters) => Self::And(each(filters)),
            Self::Or(filters) => Self::Or(each(filters)),
            Self::Not(filter) => Self::Not(Box::new(filter.beside(kind, other))),
            term => term.without_value(kind, other).map_or(term, Self::constant),
        }
    }

    /// What a term says of a resource that cannot have the value; `None` if it can, or if nobody can.
    fn without_value(&self, kind: &'static ResourceType, other: &'static ResourceType) -> Option<bool> {
        let (Self::Compare { path, .. } | Self::Present(path) | Self::Within { path, .. }) = self else {
            return None;
        };
        if kind.find(path).is_some() {
            return None;
        }
        let theirs = AttrPath::parse(&path.to_string(), other).ok()?;
        if theirs.is_schema() {
            let is_theirs = matches!(self, Self::Present(_)) && !theirs.is_foreign(other);
            return is_theirs.then_some(false);
        }
        let declared = theirs.leaf(other)?;
        match self {
            Self::Compare { op, value, .. } => {
                super::compare::compare_values(std::iter::empty(), Some(declared), *op, value)
            }
            Self::Within { filter, then, .. } => {
                let nothing = Value::Object(Map::new());
                truth_of_element(filter, then.as_ref(), other.find(&theirs), &nothing).map(|_| false)
            }
            _ => Some(false),
        }
    }

    /// All of no filters hold, and none of no filters does.
    fn constant(truth: bool) -> Self {
        if truth {
            Self::And(Vec::new())
        } else {
            Self::Or(Vec::new())
        }
    }
}
