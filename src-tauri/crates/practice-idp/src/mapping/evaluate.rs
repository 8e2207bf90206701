//! What flows for one object.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::{Apply, AttributeMapping, Kind, MappingSource, ObjectMapping, TargetPath};
use crate::expression::{Context, Evaluated, EvaluationError};
use crate::value::{Source, Value, With};

/// Why values are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The object is not in the target yet.
    Creation,
    /// The object is in the target.
    Update,
}

/// A value on its way to a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow<'a> {
    /// The row it comes from, whose `target` it goes to.
    pub row: &'a AttributeMapping,
    /// The value.
    pub value: Value,
    /// Whether logs show `[Redact]` in its place.
    pub redacted: bool,
}

/// A row whose expression has no value for the object.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure<'a> {
    /// The row.
    pub row: &'a AttributeMapping,
    /// What its expression cannot do.
    pub error: EvaluationError,
}

/// All that flows for an object.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flows<'a> {
    /// Values in the order of the rows; none is empty.
    pub values: Vec<Flow<'a>>,
    /// What refers to other objects, as their ids at the source; these may be empty.
    pub references: Vec<Flow<'a>>,
    /// What could not be computed.
    pub failures: Vec<Failure<'a>>,
}

impl Flow<'_> {
    /// The target.
    pub fn target(&self) -> &TargetPath {
        &self.row.target
    }

    /// The value as JSON, true or false where the target holds that, however it was written.
    pub fn json(&self) -> Json {
        typed(self.target(), &self.value)
    }
}

/// A value as JSON of the target's kind.
fn typed(target: &TargetPath, value: &Value) -> Json {
    let json = value.to_json();
    match json.as_str() {
        Some(text) if target.kind() == Kind::Boolean => truth(text).map_or(json, Json::Bool),
        _ => json,
    }
}

/// A truth value as .NET or JSON writes it.
pub(super) fn truth(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

impl ObjectMapping {
    /// Computes what flows.
    ///
    /// `is_soft_deleted` is the attribute `IsSoftDeleted`, which is no one's own: it says that the
    /// object is deleted, disabled, or out of scope. A default stands in for a missing value only
    /// when an object is created; rows that apply only then are left out later.
    pub fn evaluate(
        &self,
        source: &dyn Source,
        is_soft_deleted: bool,
        occasion: Occasion,
        context: &Context,
    ) -> Flows<'_> {
        let source = With {
            name: "IsSoftDeleted",
            value: Value::Bool(is_soft_deleted),
            rest: source,
        };
        let mut flows = Flows::default();
        for row in &self.attributes {
            if occasion == Occasion::Update && row.apply == Apply::OnlyDuringCreation {
                continue;
            }
            match row.evaluate(&source, occasion, context) {
                Ok(Some(flow)) if row.target.is_reference() => flows.references.push(flow),
                Ok(Some(flow)) if !flow.value.is_empty() => flows.values.push(flow),
                Ok(_) => {}
                Err(error) => flows.failures.push(Failure { row, error }),
            }
        }
        flows
    }

    /// The attributes to look for the object by, the one to try first at the front, with the text
    /// to look for; those without a value are left out.
    ///
    /// Errors are those of an expression, with the row that has it.
    pub fn matching_values(
        &self,
        source: &dyn Source,
        context: &Context,
    ) -> Result<Vec<(&TargetPath, String)>, Failure<'_>> {
        let mut values = Vec::new();
        for row in self.matching() {
            let flow = row
                .evaluate(source, Occasion::Update, context)
                .map_err(|error| Failure { row, error })?;
            let text = flow.and_then(|flow| flow.value.text().map(Cow::into_owned));
            values.extend(
                text.filter(|text| !text.is_empty())
                    .map(|text| (&row.target, text)),
            );
        }
        Ok(values)
    }
}

impl AttributeMapping {
    /// The value; `None` if the expression drops the attribute.
    fn evaluate(
        &self,
        source: &dyn Source,
        occasion: Occasion,
        context: &Context,
    ) -> Result<Option<Flow<'_>>, EvaluationError> {
        let evaluated = match &self.source {
            MappingSource::Direct(name) => plain(source.attribute(name)),
            MappingSource::Constant(text) => plain(Value::from(text.as_str())),
            MappingSource::Expression(expression) => expression.evaluate(source, context)?,
            MappingSource::Nothing => plain(Value::Null),
        };
        let Evaluated::Value { mut value, redacted } = evaluated else {
            return Ok(None);
        };
        if value.is_empty() && occasion == Occasion::Creation && !self.default_if_null.is_empty() {
            value = Value::from(self.default_if_null.as_str());
        }
        Ok(Some(Flow {
            row: self,
            value,
            redacted,
        }))
    }
}

fn plain(value: Value) -> Evaluated {
    Evaluated::Value {
        value,
        redacted: false,
    }
}
