//! Computes a tree: what functions ask of their parameters, and what may stop them.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;

use super::node::{Call, Comparison, Node, Operator};
use super::{Context, Evaluated, EvaluationError, Trace};
use crate::value::{Source, Value};

/// The longest value on the way, in bytes: functions within functions could make texts without end.
pub(super) const LONGEST_VALUE: usize = 100_000;

/// Why a function has no value.
#[derive(Debug)]
pub(super) enum Stop {
    /// The attribute takes no part in the flow.
    Dropped,
    /// Something cannot be computed.
    Failed(EvaluationError),
}

/// What a function comes to.
pub(super) type Answer = Result<Value, Stop>;

/// One computation.
struct Evaluation<'a> {
    source: &'a dyn Source,
    context: &'a Context,
    redacted: Cell<bool>,
    steps: Option<RefCell<Vec<(String, Value)>>>,
}

/// Computes a tree.
pub(super) fn evaluate(
    root: &Node,
    source: &dyn Source,
    context: &Context,
) -> Result<Evaluated, EvaluationError> {
    run(root, source, context, None).0
}

/// Computes a tree and keeps what led to the value.
pub(super) fn trace(root: &Node, source: &dyn Source, context: &Context) -> Trace {
    let recorder = Recorder {
        source,
        read: RefCell::default(),
    };
    let (result, steps) = run(root, &recorder, context, Some(RefCell::default()));
    Trace {
        result,
        attributes: recorder.read.into_inner(),
        steps,
    }
}

type Steps = Vec<(String, Value)>;

fn run(
    root: &Node,
    source: &dyn Source,
    context: &Context,
    steps: Option<RefCell<Steps>>,
) -> (Result<Evaluated, EvaluationError>, Steps) {
    let evaluation = Evaluation {
        source,
        context,
        redacted: Cell::new(false),
        steps,
    };
    let result = match evaluation.value(root) {
        Ok(value) => Ok(Evaluated::Value {
            value,
            redacted: evaluation.redacted.get(),
        }),
        Err(Stop::Dropped) => Ok(Evaluated::Dropped),
        Err(Stop::Failed(error)) => Err(error),
    };
    let steps = evaluation.steps.map(RefCell::into_inner).unwrap_or_default();
    (result, steps)
}

/// A source that remembers what was read.
struct Recorder<'a> {
    source: &'a dyn Source,
    read: RefCell<Vec<(String, Value)>>,
}

impl Source for Recorder<'_> {
    fn attribute(&self, name: &str) -> Value {
        let value = self.source.attribute(name);
        let mut read = self.read.borrow_mut();
        if !read.iter().any(|(key, _)| key.eq_ignore_ascii_case(name)) {
            read.push((name.to_owned(), value.clone()));
        }
        value
    }
}

impl Evaluation<'_> {
    fn value(&self, node: &Node) -> Answer {
        match node {
            Node::Empty => Ok(Value::Null),
            Node::Text(text) => Ok(Value::Text(text.clone())),
            Node::Number { value, .. } => Ok(Value::Number(*value)),
            Node::Attribute(name) => Ok(self.source.attribute(name)),
            Node::Word(word) => Ok(Value::from(*word)),
            Node::Call(call) => self.call(call),
            Node::Compare(comparison) => self.compare(comparison).map(Value::Bool),
        }
    }

    fn call(&self, call: &Call) -> Answer {
        let arguments = Arguments {
            evaluation: self,
            call,
        };
        let value = (call.function.run)(&arguments)?;
        if size(&value) > LONGEST_VALUE {
            return Err(arguments.too_long());
        }
        if let Some(steps) = &self.steps {
            steps.borrow_mut().push((call.to_string(), value.clone()));
        }
        Ok(value)
    }

    fn compare(&self, comparison: &Comparison) -> Result<bool, Stop> {
        let left = self.value(&comparison.left)?;
        let right = self.value(&comparison.right)?;
        let ordering = compare(&left, &right);
        Ok(match comparison.operator {
            Operator::Equal => ordering == Ordering::Equal,
            Operator::NotEqual => ordering != Ordering::Equal,
            Operator::Less => ordering == Ordering::Less,
            Operator::LessOrEqual => ordering != Ordering::Greater,
            Operator::Greater => ordering == Ordering::Greater,
            Operator::GreaterOrEqual => ordering != Ordering::Less,
        })
    }
}

/// Numbers by size, also when one of them is a text; everything else letter by letter, and the
/// letter case counts.
fn compare(left: &Value, right: &Value) -> Ordering {
    let is_number = |value: &Value| matches!(value, Value::Number(_));
    if (is_number(left) || is_number(right))
        && let (Some(left), Some(right)) = (whole(left), whole(right))
    {
        return left.cmp(&right);
    }
    let text = |value: &Value| value.text().map(std::borrow::Cow::into_owned).unwrap_or_default();
    if matches!(left, Value::Bool(_)) || matches!(right, Value::Bool(_)) {
        return text(left).to_lowercase().cmp(&text(right).to_lowercase());
    }
    text(left).cmp(&text(right))
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Many(values) => values.iter().map(|each| size(each).saturating_add(1)).sum(),
        Value::Complex(parts) => parts
            .iter()
            .map(|(name, part)| name.len().saturating_add(size(part)))
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

/// The parameters of a function, computed when the function asks for them.
pub(super) struct Arguments<'a> {
    evaluation: &'a Evaluation<'a>,
    call: &'a Call,
}

impl<'a> Arguments<'a> {
    /// How many there are, those left out in the middle included.
    pub(super) fn len(&self) -> usize {
        self.call.arguments.len()
    }

    /// Whether one is there.
    pub(super) fn is_given(&self, index: usize) -> bool {
        self.node(index).is_some_and(|node| *node != Node::Empty)
    }

    /// The attributes that one mentions.
    pub(super) fn attributes(&self, index: usize) -> Vec<&'a str> {
        let mut names = Vec::new();
        if let Some(node) = self.node(index) {
            node.attributes(&mut names);
        }
        names
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Value {
        self.evaluation.source.attribute(name)
    }

    /// The value of one; null if it is not given.
    pub(super) fn value(&self, index: usize) -> Answer {
        self.node(index)
            .map_or(Ok(Value::Null), |node| self.evaluation.value(node))
    }

    /// One as a text; `None` where there is no value.
    pub(super) fn text_or_none(&self, index: usize) -> Result<Option<String>, Stop> {
        let value = self.value(index)?;
        match value {
            Value::Null => Ok(None),
            Value::Many(mut values) if values.len() < 2 => Ok(values
                .pop()
                .and_then(|each| each.text().map(std::borrow::Cow::into_owned))),
            Value::Many(_) | Value::Complex(_) => Err(self.fail(&format!(
                "needs one text for {}, and got several values. Join makes one text of them, and Item takes one out.",
                self.name(index)
            ))),
            value => Ok(value.text().map(std::borrow::Cow::into_owned)),
        }
    }

    /// One as a text; the empty text where there is no value.
    pub(super) fn text(&self, index: usize) -> Result<String, Stop> {
        Ok(self.text_or_none(index)?.unwrap_or_default())
    }

    /// One as a whole number; digits in a text count.
    pub(super) fn number(&self, index: usize) -> Result<i64, Stop> {
        let value = self.value(index)?;
        whole(&value).ok_or_else(|| {
            let given = value.text().unwrap_or_default();
            self.fail(&format!(
                "needs a whole number for {}, and got \"{given}\".",
                self.name(index)
            ))
        })
    }

    /// The time and chance.
    pub(super) fn context(&self) -> &'a Context {
        self.evaluation.context
    }

    /// From here on, logs do not show the value.
    pub(super) fn redact(&self) {
        self.evaluation.redacted.set(true);
    }

    /// A failure of this function; its name comes first.
    pub(super) fn fail(&self, predicate: &str) -> Stop {
        Stop::Failed(EvaluationError {
            at: self.call.at,
            function: self.call.function.name,
            sentence: format!("{} {predicate}", self.call.function.name),
        })
    }

    /// The failure of a function that makes too long a value.
    pub(super) fn too_long(&self) -> Stop {
        self.fail(&format!(
            "makes a value longer than {LONGEST_VALUE} bytes, which no attribute holds. Shorten what goes in."
        ))
    }

    fn node(&self, index: usize) -> Option<&'a Node> {
        self.call.arguments.get(index)
    }

    /// The name of a parameter, for a sentence.
    fn name(&self, index: usize) -> &'static str {
        let parameters = self.call.function.parameters;
        let last = parameters.len().saturating_sub(1);
        parameters
            .get(index.min(last))
            .map_or("a parameter", |each| each.name)
    }
}
