//! From [`Filter`] and resource to truth, in three values.
//!
//! `None` is "nobody can say", the answer about attributes nobody declares. It behaves as in
//! Kleene's logic: its negation is `None` too, `false and None` is false, `true or None` is true.

use serde_json::Value;

use super::compare::compare_values;
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

/// The same with the term behind the brackets, `None` if nobody can say.
pub(super) fn truth_of_element(
    filter: &Filter,
    then: Then<'_>,
    attribute: Option<&'static Attribute>,
    value: &Value,
) -> Option<bool> {
    let element = Element { value, attribute };
    all([truth(filter, &element), then_holds(&element, then)].into_iter())
}

/// A resource, and what is known about it elsewhere.
pub(crate) struct Resource<'a> {
    pub(crate) object: &'a Object,
    pub(crate) kind: &'static ResourceType,
    pub(crate) outside: &'a dyn Outside,
}

impl Subject for Resource<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        let path = &*path.placed(self.object, self.kind);
        self.outside
            .compare(path, op, value)
            .or_else(|| self.find(path).filter(|_| !path.is_schema())?.compare(op, value))
    }

    fn present(&self, path: &AttrPath) -> Option<bool> {
        let path = &*path.placed(self.object, self.kind);
        self.outside
            .present(path)
            .or_else(|| Some(self.find(path)?.is_present()))
    }

    fn within(&self, path: &AttrPath, filter: &Filter, then: Then<'_>) -> Option<bool> {
        let path = &*path.placed(self.object, self.kind);
        self.within_outside(path, filter, then).or_else(|| {
            let found = self.find(path).filter(|_| !path.is_schema())?;
            let of = |element: &Value| truth_of_element(filter, then, found.declared, element);
            let mut truths: Vec<Option<bool>> = found.elements().iter().map(of).collect();
            // In an extension nobody declares, what is not there is nothing to know about.
            if truths.contains(&Some(true)) || found.declared.is_none() {
                return Some(truths.contains(&Some(true)));
            }
            // No element satisfies it; a term on a part that nobody declares does not say so.
            let nothing = Value::Object(Object::new());
            if truths.is_empty() {
                truths.push(of(&nothing));
            }
            truths.iter().all(Option::is_some).then_some(false)
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
        if path.is_schema() {
            return self.find_extension(path);
        }
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

    /// An extension as a whole, which has no value to compare; `None` if it is neither declared nor
    /// there.
    fn find_extension<'a>(&'a self, path: &'a AttrPath) -> Option<Found<'a>> {
        let value = field(self.object, path.schema.as_deref()?);
        let is_known = value.is_some() || !path.is_foreign(self.kind);
        is_known.then_some(Found {
            declared: None,
            leaf: None,
            value,
            sub: None,
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
            Some(sub) => sub_value(element, sub),
        })
    }

    fn is_present(&self) -> bool {
        self.values().any(is_something)
    }

    fn compare(&self, op: Op, literal: &Literal) -> Option<bool> {
        let unsaid = self.sub.and_then(|_| unsaid(self.leaf, literal));
        let values = self.elements().iter().filter_map(|element| match self.sub {
            None => Some(element),
            Some(sub) => sub_value(element, sub).or(unsaid),
        });
        compare_values(values, self.leaf, op, literal)
    }
}

/// One element of a list; its paths are names of sub-attributes.
struct Element<'a> {
    value: &'a Value,
    attribute: Option<&'static Attribute>,
}

impl Subject for Element<'_> {
    fn compare(&self, path: &AttrPath, op: Op, value: &Literal) -> Option<bool> {
        let declared = self.declared(path);
        let there = self.get(path).or_else(|| unsaid(declared, value));
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
    /// The declaration of a sub-attribute. A list of plain values declares their `value` itself.
    fn declared(&self, path: &AttrPath) -> Option<&'static Attribute> {
        let list = self.attribute?;
        let is_value = !list.is_complex() && path.attribute.eq_ignore_ascii_case("value");
        if is_value {
            Some(list)
        } else {
            list.sub(&path.attribute)
        }
    }

    fn get(&self, path: &AttrPath) -> Option<&Value> {
        sub_value(self.value, &path.attribute)
    }

    /// True if the sub-attribute is declared or there.
    fn knows(&self, path: &AttrPath) -> bool {
        self.declared(path).is_some() || self.get(path).is_some()
    }
}

/// A sub-attribute of an element; an element that is a plain value is its own `value`.
fn sub_value<'a>(element: &'a Value, name: &str) -> Option<&'a Value> {
    match element {
        Value::Object(object) => field(object, name),
        plain => Some(plain).filter(|_| name.eq_ignore_ascii_case("value")),
    }
}

/// RFC 7643 §2.4: a `primary` that is not specified is false. It still is not there, so that
/// comparing it with null finds it.
fn unsaid(declared: Option<&Attribute>, literal: &Literal) -> Option<&'static Value> {
    let is_primary = declared.is_some_and(|sub| sub.name == "primary" && sub.kind == Kind::Boolean);
    (is_primary && *literal != Literal::Null).then_some(&Value::Bool(false))
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

pub(super) fn is_something(value: &Value) -> bool {
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
