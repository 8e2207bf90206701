//! From [`Filter`] and resource to truth, in three values.
//!
//! `None` is "nobody can say", the answer about attributes nobody declares. It behaves as in
//! Kleene's logic: its negation is `None` too, `false and None` is false, `true or None` is true.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use super::parse::comparable;
use super::{Filter, Literal, Op, Outside};
use crate::path::AttrPath;
use crate::resource::Object;
use crate::schema::{Attribute, Kind, ResourceType};

/// Something a filter can be asked of.
pub(crate) trait Subject {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool>;
    fn present(&self, path: &AttrPath) -> Option<bool>;
    fn within(&self, path: &AttrPath, filter: &Filter, then: Then<'_>) -> Option<bool>;
}

type Then<'a> = Option<&'a (String, Op, Literal)>;

pub(crate) fn truth(filter: &Filter, subject: &dyn Subject) -> Option<bool> {
    match filter {
        Filter::And(filters) => all(filters.iter().map(|filter| truth(filter, subject))),
        Filter::Or(filters) => {
            all(filters.iter().map(|filter| negate(truth(filter, subject)))).map(|none| !none)
        }
        Filter::Not(filter) => negate(truth(filter, subject)),
        Filter::Compare { path, op, value } => subject.compare(path, *op, value),
        Filter::Present(path) => subject.present(path),
        Filter::Within { path, filter, then } => subject.within(path, filter, then.as_ref()),
    }
}

/// Whether one element of the list `attribute` satisfies the filter of a value path.
pub(crate) fn element_matches(
    filter: &Filter,
    attribute: Option<&'static Attribute>,
    element: &Value,
) -> bool {
    truth(
        filter,
        &Element {
            value: element,
            attribute,
        },
    ) == Some(true)
}

/// A resource, and what is known about it elsewhere.
pub(crate) struct Resource<'a> {
    pub(crate) object: &'a Object,
    pub(crate) kind: &'static ResourceType,
    pub(crate) outside: &'a dyn Outside,
}

impl Subject for Resource<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        self.outside
            .compare(path, op, value)
            .or_else(|| self.find(path)?.compare(op, value))
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        self.outside
            .present(path)
            .or_else(|| Some(self.find(path)?.is_present()))
    }

    fn within(&self, path: &AttrPath, filter: &Filter, then: Then<'_>) -> Option<bool> {
        self.within_outside(path, filter, then).or_else(|| {
            let found = self.find(path)?;
            Some(found.elements().iter().any(|value| {
                let element = Element {
                    value,
                    attribute: found.declared,
                };
                all([truth(filter, &element), then_holds(&element, then)].into_iter()) == Some(true)
            }))
        })
    }
}

impl Resource<'_> {
    /// Asks outside about the parts of a value path; `None` if outside knows none of them.
    fn within_outside(&self, path: &AttrPath, filter: &Filter, then: Then<'_>) -> Option<bool> {
        let part = OutsidePart {
            list: path,
            outside: self.outside,
        };
        let inner = truth(filter, &part)?;
        Some(inner && then.is_none_or(|_| then_holds(&part, then).unwrap_or(false)))
    }

    /// `None` if the attribute is neither declared nor there.
    fn find<'a>(&'a self, path: &'a AttrPath) -> Option<Found<'a>> {
        let declared = self.kind.find(path);
        let value = self
            .container(path)
            .and_then(|object| field(object, &path.attribute));
        if declared.is_none() && (path.schema.is_none() || value.is_none()) {
            return None;
        }
        let leaf = match (&path.sub, declared) {
            (Some(sub), Some(declared)) => Some(declared.sub(sub)?),
            _ => declared,
        };
        Some(Found {
            declared,
            leaf,
            value,
            sub: path.sub.as_deref(),
        })
    }

    fn container(&self, path: &AttrPath) -> Option<&Object> {
        match &path.schema {
            None => Some(self.object),
            Some(urn) => field(self.object, urn)?.as_object(),
        }
    }
}

/// The values a path leads to, with their declarations.
struct Found<'a> {
    declared: Option<&'static Attribute>,
    leaf: Option<&'static Attribute>,
    value: Option<&'a Value>,
    sub: Option<&'a str>,
}

impl<'a> Found<'a> {
    fn elements(&self) -> &'a [Value] {
        self.value.map_or(&[], elements)
    }

    fn values(&self) -> impl Iterator<Item = &'a Value> {
        let sub = self.sub;
        self.elements().iter().filter_map(move |element| match sub {
            None => Some(element),
            Some(sub) => field(element.as_object()?, sub),
        })
    }

    fn is_present(&self) -> bool {
        self.values().any(is_something)
    }

    fn compare(&self, op: Op, literal: &Literal) -> Option<bool> {
        compare_values(self.values(), self.leaf, op, literal)
    }
}

/// One element of a list; its paths are names of sub-attributes.
struct Element<'a> {
    value: &'a Value,
    attribute: Option<&'static Attribute>,
}

impl Subject for Element<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        let (there, declared) = (self.get(path), self.declared(path));
        self.knows(path)
            .then(|| compare_values(there.into_iter(), declared, op, value))
            .flatten()
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        self.knows(path).then(|| self.get(path).is_some_and(is_something))
    }

    fn within(&self, _: &AttrPath, _: &Filter, _: Then<'_>) -> Option<bool> {
        None
    }
}

impl Element<'_> {
    fn declared(&self, path: &AttrPath) -> Option<&'static Attribute> {
        self.attribute?.sub(&path.attribute)
    }

    fn get(&self, path: &AttrPath) -> Option<&Value> {
        field(self.value.as_object()?, &path.attribute)
    }

    /// True if the sub-attribute is declared or there.
    fn knows(&self, path: &AttrPath) -> bool {
        self.declared(path).is_some() || self.get(path).is_some()
    }
}

/// The parts of a value path, asked outside one by one.
struct OutsidePart<'a> {
    list: &'a AttrPath,
    outside: &'a dyn Outside,
}

impl Subject for OutsidePart<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        self.outside.compare(&self.absolute(path), op, value)
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        self.outside.present(&self.absolute(path))
    }

    fn within(&self, _: &AttrPath, _: &Filter, _: Then<'_>) -> Option<bool> {
        None
    }
}

impl OutsidePart<'_> {
    /// `value` in `members[…]` is `members.value`.
    fn absolute(&self, sub: &AttrPath) -> AttrPath {
        self.list.clone().with_sub(&sub.attribute)
    }
}

fn then_holds(subject: &dyn Subject, then: Then<'_>) -> Option<bool> {
    match then {
        None => Some(true),
        Some((sub, op, value)) => subject.compare(&AttrPath::core(sub), *op, value),
    }
}

/// Any of the values compares this way; none at all compares `ne`, and `eq null`.
fn compare_values<'a>(
    values: impl Iterator<Item = &'a Value>,
    declared: Option<&'static Attribute>,
    op: Op,
    literal: &Literal,
) -> Option<bool> {
    let mut values = values.filter(|value| is_something(value)).peekable();
    if *literal == Literal::Null || values.peek().is_none() {
        let (is_null, asks_null) = (values.peek().is_none(), *literal == Literal::Null);
        return Some(match op {
            Op::Eq => is_null && asks_null,
            Op::Ne => is_null != asks_null,
            _ => false,
        });
    }
    let leaf = match declared {
        Some(declared) => Some(comparable(declared)?),
        None => None,
    };
    Some(values.any(|value| compare(leaf, op, plain_value(value), literal)))
}

fn plain_value(value: &Value) -> &Value {
    value
        .as_object()
        .and_then(|object| field(object, "value"))
        .unwrap_or(value)
}

fn compare(declared: Option<&Attribute>, op: Op, value: &Value, literal: &Literal) -> bool {
    let case_exact = declared.is_some_and(|declared| declared.case_exact);
    let is_date = declared.is_some_and(|declared| declared.kind == Kind::DateTime);
    match (value, literal) {
        (Value::Number(left), Literal::Number(right)) => {
            order(op, left.as_f64().partial_cmp(&right.as_f64()))
        }
        (Value::Bool(left), Literal::Boolean(right)) => order_equal(op, left == right),
        (Value::Bool(left), Literal::String(right)) => {
            order_equal(op, crate::coerce::boolean(right) == Some(*left))
        }
        (Value::String(left), literal) => {
            let right = text_of(literal);
            let instants = is_date
                .then(|| Some((instant(left)?, instant(&right)?)))
                .flatten();
            match instants {
                Some((left, right)) => order(op, Some(left.cmp(&right))),
                None => compare_text(op, left, &right, case_exact),
            }
        }
        (value, literal) => compare_text(op, &value.to_string(), &text_of(literal), case_exact),
    }
}

fn compare_text(op: Op, left: &str, right: &str, case_exact: bool) -> bool {
    if case_exact {
        return text(op, left, right);
    }
    if matches!(op, Op::Eq | Op::Ne) && left.is_ascii() && right.is_ascii() {
        return order_equal(op, left.eq_ignore_ascii_case(right));
    }
    text(op, &left.to_lowercase(), &right.to_lowercase())
}

fn text(op: Op, left: &str, right: &str) -> bool {
    match op {
        Op::Co => left.contains(right),
        Op::Sw => left.starts_with(right),
        Op::Ew => left.ends_with(right),
        _ => order(op, Some(left.cmp(right))),
    }
}

fn order(op: Op, ordering: Option<Ordering>) -> bool {
    match op {
        Op::Eq => ordering == Some(Ordering::Equal),
        Op::Ne => ordering != Some(Ordering::Equal),
        Op::Gt => ordering == Some(Ordering::Greater),
        Op::Ge => ordering.is_some_and(Ordering::is_ge),
        Op::Lt => ordering == Some(Ordering::Less),
        Op::Le => ordering.is_some_and(Ordering::is_le),
        Op::Co | Op::Sw | Op::Ew => false,
    }
}

fn order_equal(op: Op, equal: bool) -> bool {
    match op {
        Op::Eq => equal,
        Op::Ne => !equal,
        _ => false,
    }
}

fn text_of(literal: &Literal) -> Cow<'_, str> {
    match literal {
        Literal::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// A date-time as a point in time. A date alone, or one without an offset, is taken as UTC.
pub(crate) fn instant(text: &str) -> Option<jiff::Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
}

fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

fn negate(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

fn elements(value: &Value) -> &[Value] {
    match value {
        Value::Array(elements) => elements,
        single => std::slice::from_ref(single),
    }
}

fn is_something(value: &Value) -> bool {
    !crate::coerce::is_unassigned(value)
}

/// A member in any letter case.
pub(crate) fn field<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| {
        object
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}
