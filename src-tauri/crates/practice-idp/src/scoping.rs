//! Scoping filters: which people and groups are provisioned, by their attributes.
//!
//! The clauses of a filter all have to hold; of several filters one is enough; without a filter
//! everyone is in scope. A clause on an attribute without a value does not hold, unless it asks
//! just for that.
//!
//! ```
//! # use practice_idp::scoping::{Clause, Operator, Scope, ScopingFilter};
//! let filter = ScopingFilter {
//!     title: "Marketing department filter".to_owned(),
//!     clauses: vec![Clause::new("department", Operator::Equals, "Marketing")],
//! };
//! let scope = Scope::new(&[filter]).unwrap();
//! let megan = vec![("department".to_owned(), "Marketing".into())];
//! let verdict = scope.evaluate(&megan);
//! assert!(verdict.passes);
//! assert_eq!(verdict.to_json(), r#"{"Marketing department filter.department EQUALS 'Marketing'":true}"#);
//! ```

mod operator;

use std::fmt;

use thiserror::Error;

use crate::pattern::Pattern;
use crate::value::{Source, Value};

pub use operator::{Operator, UnknownOperator};

/// A filter as one edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopingFilter {
    /// The title, which logs show before each clause.
    pub title: String,
    /// What has to hold, all of it.
    pub clauses: Vec<Clause>,
}

/// A condition on one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The attribute of the source.
    pub attribute: String,
    /// How it is compared.
    pub operator: Operator,
    /// What it is compared with; empty where [`Operator::takes_value`] is false.
    pub value: String,
}

impl Clause {
    /// A condition; the value of an operator that takes none is left out.
    pub fn new(attribute: impl Into<String>, operator: Operator, value: impl Into<String>) -> Self {
        Self {
            attribute: attribute.into(),
            operator,
            value: if operator.takes_value() {
                value.into()
            } else {
                String::new()
            },
        }
    }
}

/// `department EQUALS 'Marketing'`, as in the provisioning log.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} '{}'", self.attribute, self.operator, self.value)
    }
}

/// What keeps a filter from being used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{sentence}")]
pub struct ScopingFault {
    /// Which filter, from zero.
    pub filter: usize,
    /// Which of its clauses, from zero; `None` for the filter as a whole.
    pub clause: Option<usize>,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// What the filters say of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is in scope.
    pub passes: bool,
    /// Each clause as in the log, `{title}.{attribute} {operator} '{value}'`, and whether it holds.
    pub clauses: Vec<(String, bool)>,
}

impl Verdict {
    /// The `ScopeEvaluationResult` of the provisioning log: an object of the clauses, as a text.
    pub fn to_json(&self) -> String {
        let clauses = self.clauses.iter();
        let members = clauses.map(|(clause, holds)| (clause.clone(), serde_json::Value::Bool(*holds)));
        serde_json::Value::Object(members.collect()).to_string()
    }
}

/// Filters ready for use.
#[derive(Debug)]
pub struct Scope {
    filters: Vec<Vec<Test>>,
}

/// A clause with what it needs to be tried often.
#[derive(Debug)]
struct Test {
    rendered: String,
    attribute: String,
    operator: Operator,
    value: String,
    pattern: Option<Pattern>,
}

/// Attributes with several values, which no clause can compare.
const SEVERAL_VALUES: &[&str] = &[
    "proxyAddresses",
    "otherMails",
    "businessPhones",
    "imAddresses",
    "members",
    "memberOf",
    "assignedLicenses",
    "assignedPlans",
];
/// Attributes that Entra does not offer for scoping: references, roles, dates, and `userType`.
const NOT_OFFERED: &[&str] = &[
    "appRoleAssignments",
    "userType",
    "manager",
    "IsMemberOf",
    "employeeHireDate",
    "employeeLeaveDateTime",
    "createdDateTime",
    "lastPasswordChangeDateTime",
];

impl Scope {
    /// Checks the filters and makes them ready.
    ///
    /// Errors say of each clause that cannot be used what is wrong with it.
    pub fn new(filters: &[ScopingFilter]) -> Result<Self, Vec<ScopingFault>> {
        let mut faults = Vec::new();
        let mut ready = Vec::new();
        for (index, filter) in filters.iter().enumerate() {
            let mut fault = |clause, sentence: String| {
                faults.push(ScopingFault {
                    filter: index,
                    clause,
                    sentence,
                });
            };
            if filter.title.trim().is_empty() {
                fault(
                    None,
                    "This scoping filter has no title, by which logs call it. Give it one.".to_owned(),
                );
            }
            if filter.clauses.is_empty() {
                let sentence = format!(
                    "The scoping filter {} has no clause. Add one, or remove the filter.",
                    filter.title
                );
                fault(None, sentence);
            }
            let mut tests = Vec::new();
            for (place, clause) in filter.clauses.iter().enumerate() {
                match Test::new(&filter.title, clause) {
                    Ok(test) => tests.push(test),
                    Err(sentence) => fault(Some(place), sentence),
                }
            }
            ready.push(tests);
        }
        if faults.is_empty() {
            Ok(Self { filters: ready })
        } else {
            Err(faults)
        }
    }

    /// Whether an object is in scope, and why.
    pub fn evaluate(&self, source: &dyn Source) -> Verdict {
        let mut clauses = Vec::new();
        let mut passes = self.filters.is_empty();
        for filter in &self.filters {
            let mut all = true;
            for test in filter {
                let holds = test.holds(source);
                all &= holds;
                clauses.push((test.rendered.clone(), holds));
            }
            passes |= all;
        }
        Verdict { passes, clauses }
    }
}

impl Test {
    fn new(title: &str, clause: &Clause) -> Result<Self, String> {
        if let Some(sentence) = fault(clause) {
            return Err(sentence);
        }
        let pattern = match clause.operator {
            Operator::RegexMatch | Operator::NotRegexMatch => Some(Pattern::new(&clause.value)?),
            _ => None,
        };
        Ok(Self {
            rendered: format!("{title}.{clause}"),
            attribute: clause.attribute.clone(),
            operator: clause.operator,
            value: clause.value.clone(),
            pattern,
        })
    }

    fn holds(&self, source: &dyn Source) -> bool {
        let value = source.attribute(&self.attribute);
        match self.operator {
            Operator::IsNull => return value.is_empty(),
            Operator::IsNotNull => return !value.is_empty(),
            _ => {}
        }
        let Some(text) = value.text().filter(|text| !text.is_empty()) else {
            return false;
        };
        let text = text.as_ref();
        match self.operator {
            Operator::Equals => text == self.value,
            Operator::NotEquals => text != self.value,
            Operator::EndsWith => text.ends_with(&self.value),
            Operator::Includes => text.contains(&self.value),
            Operator::IsTrue => is_bool(&value, true),
            Operator::IsFalse => is_bool(&value, false),
            Operator::GreaterThan => self.numbers(text).is_some_and(|(left, right)| left > right),
            Operator::GreaterThanOrEquals => self.numbers(text).is_some_and(|(left, right)| left >= right),
            Operator::And => self.has_part_of(text),
            Operator::NotAnd => !self.has_part_of(text),
            Operator::RegexMatch => self.matches(text) == Some(true),
            // A pattern that was stopped says neither; then nobody is let in by it.
            Operator::NotRegexMatch => self.matches(text) == Some(false),
            Operator::IsNull | Operator::IsNotNull => false,
        }
    }

    fn matches(&self, text: &str) -> Option<bool> {
        self.pattern.as_ref()?.is_match(text).ok()
    }

    /// Both sides as numbers from zero on.
    fn numbers(&self, text: &str) -> Option<(u64, u64)> {
        Some((text.parse().ok()?, self.value.parse().ok()?))
    }

    /// Of numbers, whether they share a bit; of texts, whether the attribute's stands within the
    /// clause's. The documentation says no more than that it "exists in" it.
    fn has_part_of(&self, text: &str) -> bool {
        match self.numbers(text) {
            Some((left, right)) => left & right != 0,
            None => self.value.contains(text),
        }
    }
}

fn is_bool(value: &Value, expected: bool) -> bool {
    match value {
        Value::Bool(value) => *value == expected,
        Value::Text(text) => text.eq_ignore_ascii_case(if expected { "true" } else { "false" }),
        _ => false,
    }
}

/// Why a clause cannot be used, apart from its pattern.
fn fault(clause: &Clause) -> Option<String> {
    let Clause {
        attribute,
        operator,
        value,
    } = clause;
    let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(attribute));
    if attribute.trim().is_empty() {
        return Some("This clause has no attribute. Choose one.".to_owned());
    }
    if is_one_of(SEVERAL_VALUES) {
        return Some(format!(
            "{attribute} can have several values, and scoping filters compare only one. Choose another attribute."
        ));
    }
    if is_one_of(NOT_OFFERED) {
        return Some(format!(
            "Entra does not support {attribute} in scoping filters. Choose another attribute."
        ));
    }
    if operator.takes_value() && value.is_empty() {
        return Some(format!(
            "{operator} needs a value to compare {attribute} with. To ask for an empty one, use IS NULL."
        ));
    }
    let needs_number = matches!(operator, Operator::GreaterThan | Operator::GreaterThanOrEquals);
    if needs_number && value.parse::<u64>().is_err() {
        return Some(format!(
            "{operator} compares whole numbers from 0 on, and \"{value}\" is none. Write digits only."
        ));
    }
    None
}

#[cfg(test)]
mod tests;
