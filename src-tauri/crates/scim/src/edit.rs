//! One change at one path: what a PATCH operation is made of, and what a POST body is read with.

use serde_json::{Map, Value};

use crate::coerce::{self, is_primary, note_unknown, set_primary};
use crate::dialect::{Notes, Quirk};
use crate::error::ScimError;
use crate::filter::evaluate::{element_matches, field};
use crate::filter::{Filter, Literal, Op};
use crate::path::{AttrPath, Path};
use crate::resource::Object;
use crate::schema::{Attribute, Mutability, ResourceType};

/// The three operations of RFC 7644 §3.5.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Add,
    Replace,
    Remove,
}

/// One operation on one path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) verb: Verb,
    pub(crate) path: Path,
    pub(crate) value: Value,
    /// True if the client wrote the path itself. A key in a path-less value is not a demand:
    /// clients send back the `id` and `meta` they read.
    pub(crate) explicit: bool,
}

type Edited<T> = Result<T, ScimError>;

/// Carries out an edit. Empty values may remain; see `resource::tidy`.
pub(crate) fn perform(
    edit: Edit,
    kind: &'static ResourceType,
    resource: &mut Object,
    notes: &mut Notes,
) -> Edited<()> {
    let attr = &edit.path.attr;
    // `schemas` follows from the content; what a client does to it has no effect.
    if attr.is_core("schemas") {
        return Ok(());
    }
    let declared_schema = attr
        .schema
        .as_deref()
        .is_none_or(|urn| kind.extension(urn).is_some());
    match kind.find(attr) {
        Some(attribute) => declared(attribute, edit, resource, notes),
        None if attr.is_schema() && declared_schema => whole_extension(&edit, resource),
        None if declared_schema => {
            note_unknown(&attr.to_string(), notes);
            Ok(())
        }
        None => {
            foreign(edit, resource, notes);
            Ok(())
        }
    }
}

/// An attribute the tables know.
fn declared(
    attribute: &'static Attribute,
    edit: Edit,
    resource: &mut Object,
    notes: &mut Notes,
) -> Edited<()> {
    let path = edit.path.to_string();
    let sub = match &edit.path.attr.sub {
        None => None,
        Some(name) => match attribute.sub(name) {
            None => {
                note_unknown(&path, notes);
                return Ok(());
            }
            sub => sub,
        },
    };
    if attribute.is_read_only() || sub.is_some_and(Attribute::is_read_only) {
        return if edit.explicit {
            Err(ScimError::mutability(&path))
        } else {
            Ok(())
        };
    }
    if attribute.mutability == Mutability::WriteOnly {
        return coerce::value(attribute, edit.value, &path, notes).map(|_| ());
    }
    // RFC 7644 §3.5.2.2: removing a required attribute is a mutability error.
    if attribute.required && edit.verb == Verb::Remove {
        return Err(ScimError::mutability(&path));
    }
    let target = Target {
        attribute,
        sub,
        path,
        verb: edit.verb,
    };
    let Path { attr, filter } = edit.path;
    within(resource, attr.schema.as_deref(), |container| {
        let current = container.shift_remove(attribute.name);
        let next = if attribute.multi_valued {
            target.change_list(current, filter.as_ref(), edit.value, notes)?
        } else {
            target.change_single(current, edit.value, notes)?
        };
        if let Some(value) = next {
            container.insert(attribute.name.into(), value);
        }
        Ok(())
    })
}

/// What an edit aims at, once it is known to be allowed.
struct Target {
    attribute: &'static Attribute,
    sub: Option<&'static Attribute>,
    path: String,
    verb: Verb,
}

/// Single-valued attributes: RFC 7644 §3.5.2.1–3, where `add` and `replace` are the same.
impl Target {
    fn change_single(
        &self,
        current: Option<Value>,
        value: Value,
        notes: &mut Notes,
    ) -> Edited<Option<Value>> {
        match self.sub {
            Some(_) => {
                let object = self.set_sub(into_object(current), &value, notes)?;
                Ok((!object.is_empty()).then_some(Value::Object(object)))
            }
            None if self.verb == Verb::Remove => Ok(None),
            None => self.merge(current, value, notes),
        }
    }

    /// A complex value goes on top of what is there; anything else takes its place.
    fn merge(&self, current: Option<Value>, value: Value, notes: &mut Notes) -> Edited<Option<Value>> {
        if !self.attribute.is_complex() {
            return coerce::one(self.attribute, value, &self.path, notes);
        }
        let onto = into_object(current);
        let merged = coerce::complex(self.attribute, onto, value, &self.path, notes)?;
        Ok(merged.map(Value::Object))
    }

    /// Sets or removes the sub-attribute.
    fn set_sub(&self, mut object: Object, value: &Value, notes: &mut Notes) -> Edited<Object> {
        let Some(sub) = self.sub else { return Ok(object) };
        let value = match self.verb {
            Verb::Remove => None,
            Verb::Add | Verb::Replace => coerce::one(sub, value.clone(), &self.path, notes)?,
        };
        match value {
            Some(value) => object.insert(sub.name.into(), value),
            None => object.shift_remove(sub.name),
        };
        Ok(object)
    }
}

/// Multi-valued attributes.
impl Target {
    fn change_list(
        &self,
        current: Option<Value>,
        filter: Option<&Filter>,
        value: Value,
        notes: &mut Notes,
    ) -> Edited<Option<Value>> {
        let mut elements = into_list(current);
        let primary = match (filter, self.sub) {
            (Some(filter), _) => self.change_matching(&mut elements, filter, &value, notes)?,
            (None, Some(_)) => self.change_each(&mut elements, &value, notes)?,
            (None, None) => self.change_whole(&mut elements, value, notes)?,
        };
        clear_other_primaries(&mut elements, primary);
        elements.retain(|element| !coerce::is_unassigned(element));
        Ok((!elements.is_empty()).then_some(Value::Array(elements)))
    }

    /// `emails`: the list as a whole.
    fn change_whole(&self, elements: &mut Vec<Value>, value: Value, notes: &mut Notes) -> Edited<Primary> {
        let sent_nothing = value.is_null();
        let sent = coerce::list(self.attribute, value, &self.path, notes)?;
        match self.verb {
            Verb::Replace => *elements = sent,
            Verb::Remove if sent_nothing => elements.clear(),
            Verb::Remove => self.remove_listed(elements, &sent, notes),
            Verb::Add => {
                let mut primary = None;
                for element in sent {
                    primary = self.add_element(elements, element).or(primary);
                }
                return Ok(primary);
            }
        }
        Ok(None)
    }

    /// Entra without aadOptscim062020 removes by listing the values.
    fn remove_listed(&self, elements: &mut Vec<Value>, listed: &[Value], notes: &mut Notes) {
        let sentence = format!(
            "`{}` was removed by listing values; only those were removed.",
            self.path
        );
        notes.add(Quirk::RemoveWithValue, &self.path, sentence);
        elements.retain(|element| !listed.iter().any(|one| is_listed(element, one)));
    }

    /// RFC 7644 §3.5.2.1: a value that is already there is not added again.
    fn add_element(&self, elements: &mut Vec<Value>, element: Value) -> Primary {
        if elements.iter().any(|there| covers(there, &element)) {
            return None;
        }
        let is_new_primary = is_primary(&element);
        let index = elements.iter().position(|there| self.is_same(there, &element));
        let at = match (index.and_then(|index| elements.get_mut(index)), element) {
            (Some(Value::Object(there)), Value::Object(sent)) => {
                there.extend(sent);
                index?
            }
            (_, element) => {
                elements.push(element);
                elements.len() - 1
            }
        };
        is_new_primary.then_some(at)
    }

    /// The same value for the same purpose, with other details. A member is its id.
    fn is_same(&self, left: &Value, right: &Value) -> bool {
        let same = |name| left.get(name) == right.get(name);
        left.get("value").is_some() && same("value") && (self.attribute.name == "members" || same("type"))
    }

    /// `emails.display`: the sub-attribute of every element, or of a new one.
    fn change_each(&self, elements: &mut Vec<Value>, value: &Value, notes: &mut Notes) -> Edited<Primary> {
        if elements.is_empty() && self.verb != Verb::Remove {
            elements.push(Value::Object(Map::new()));
        }
        let every: Vec<usize> = (0..elements.len()).collect();
        self.change_at(elements, &every, value, notes)
    }

    /// `emails[type eq "work"]` and `emails[type eq "work"].value`.
    fn change_matching(
        &self,
        elements: &mut Vec<Value>,
        filter: &Filter,
        value: &Value,
        notes: &mut Notes,
    ) -> Edited<Primary> {
        let matches = |element: &Value| element_matches(filter, Some(self.attribute), element);
        if self.verb == Verb::Remove && self.sub.is_none() {
            elements.retain(|element| !matches(element));
            return Ok(None);
        }
        let mut found: Vec<usize> = elements
            .iter()
            .enumerate()
            .filter(|(_, e)| matches(e))
            .map(|(i, _)| i)
            .collect();
        // Removing what is not there has already happened; so has setting it to nothing.
        if found.is_empty() && (self.verb == Verb::Remove || coerce::is_unassigned(value)) {
            return Ok(None);
        }
        if found.is_empty() {
            elements.push(self.element_from(filter, notes)?);
            found.push(elements.len() - 1);
        }
        self.change_at(elements, &found, value, notes)
    }

    fn change_at(
        &self,
        elements: &mut [Value],
        indices: &[usize],
        value: &Value,
        notes: &mut Notes,
    ) -> Edited<Primary> {
        let mut primary = None;
        for &index in indices {
            let Some(element) = elements.get_mut(index) else {
                continue;
            };
            let current = std::mem::take(element);
            *element = match self.sub {
                Some(_) => Value::Object(self.set_sub(into_object(Some(current)), value, notes)?),
                None => self
                    .merge(Some(current), value.clone(), notes)?
                    .unwrap_or_default(),
            };
            let sets_primary = match self.sub {
                Some(sub) => sub.name == "primary",
                None => value
                    .as_object()
                    .is_some_and(|object| field(object, "primary").is_some()),
            };
            if sets_primary && is_primary(element) {
                primary = Some(index);
            }
        }
        Ok(primary)
    }

    /// RFC 7644 §3.5.2.3 would answer noTarget; every provider relies on the element being made.
    /// A filter that is not an equality does not say what to make.
    fn element_from(&self, filter: &Filter, notes: &mut Notes) -> Edited<Value> {
        let mut element = Map::new();
        for term in filter.conjuncts() {
            let Filter::Compare {
                path,
                op: Op::Eq,
                value,
            } = term
            else {
                return Err(ScimError::no_target(&format!(
                    "no value of `{}` matches [{filter}], and the filter does not say what to create",
                    self.attribute.name
                )));
            };
            element.insert(path.attribute.clone(), json_of(value));
        }
        let sentence = format!(
            "No value of `{}` matched [{filter}]; one was made.",
            self.attribute.name
        );
        notes.add(Quirk::ElementMadeFromFilter, &self.path, sentence);
        let element = Value::Object(element);
        let made = coerce::one(self.attribute, element, self.attribute.name, notes)?;
        Ok(made.unwrap_or_else(|| Value::Object(Map::new())))
    }
}

/// The element an edit made primary, if it made one so.
type Primary = Option<usize>;

/// RFC 7644 §3.5.2: setting one primary clears the others.
fn clear_other_primaries(elements: &mut [Value], primary: Primary) {
    let Some(primary) = primary else { return };
    for (index, element) in elements.iter_mut().enumerate() {
        if index != primary && is_primary(element) {
            set_primary(element, false);
        }
    }
}

/// A declared extension by its URN alone: only taking it away, or giving it no value.
fn whole_extension(edit: &Edit, resource: &mut Object) -> Edited<()> {
    let urn = edit.path.attr.to_string();
    match &edit.path.attr.schema {
        Some(schema) if edit.verb == Verb::Remove || coerce::is_unassigned(&edit.value) => {
            resource.shift_remove(schema);
            Ok(())
        }
        Some(_) => Err(ScimError::invalid_value(
            &urn,
            "an object with its attributes is expected",
        )),
        None => Err(ScimError::no_target(
            "the core schema cannot be removed; name its attributes",
        )),
    }
}

/// An extension nobody declares is kept as it comes.
fn foreign(edit: Edit, resource: &mut Object, notes: &mut Notes) {
    let Path {
        attr: AttrPath {
            schema: Some(urn),
            attribute,
            sub,
        },
        filter: None,
    } = edit.path
    else {
        note_unknown(&edit.path.to_string(), notes);
        return;
    };
    let urn = spelling(resource, &urn);
    let value = if edit.verb == Verb::Remove {
        Value::Null
    } else {
        edit.value
    };
    if attribute.is_empty() {
        return merge_foreign(resource, &urn, value);
    }
    within(resource, Some(&urn), |extension| {
        let attribute = spelling(extension, &attribute);
        let Some(sub) = sub else {
            return put(extension, &attribute, value);
        };
        let mut object = into_object(extension.get(&attribute).cloned());
        let sub = spelling(&object, &sub);
        put(&mut object, &sub, value);
        put(extension, &attribute, Value::Object(object));
    });
}

fn merge_foreign(resource: &mut Object, urn: &str, value: Value) {
    let Value::Object(sent) = value else {
        return put(resource, urn, value);
    };
    within(resource, Some(urn), |extension| {
        for (name, value) in sent {
            let name = spelling(extension, &name);
            put(extension, &name, value);
        }
    });
}

fn put(object: &mut Object, name: &str, value: Value) {
    if coerce::is_unassigned(&value) {
        object.shift_remove(name);
    } else {
        object.insert(name.to_owned(), value);
    }
}

/// The spelling under which a name is already there, so that case does not make two of one.
fn spelling(object: &Object, name: &str) -> String {
    object
        .keys()
        .find(|key| key.eq_ignore_ascii_case(name))
        .map_or(name, String::as_str)
        .to_owned()
}

/// Edits the object an attribute sits in: the resource, or the extension's object in it.
fn within<T>(resource: &mut Object, schema: Option<&str>, change: impl FnOnce(&mut Object) -> T) -> T {
    let Some(urn) = schema else {
        return change(resource);
    };
    let mut extension = into_object(resource.shift_remove(urn));
    let result = change(&mut extension);
    if !extension.is_empty() {
        resource.insert(urn.to_owned(), Value::Object(extension));
    }
    result
}

fn into_object(value: Option<Value>) -> Object {
    match value {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn into_list(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(elements)) => elements,
        Some(Value::Null) | None => Vec::new(),
        Some(single) => vec![single],
    }
}

/// Everything `wanted` says is also true of `there`.
fn covers(there: &Value, wanted: &Value) -> bool {
    match (there, wanted) {
        (Value::Object(there), Value::Object(wanted)) => {
            wanted.iter().all(|(name, value)| there.get(name) == Some(value))
        }
        _ => there == wanted,
    }
}

/// A listed value means the elements with its `value`, or if it has none, those it describes.
fn is_listed(element: &Value, listed: &Value) -> bool {
    match listed.get("value") {
        Some(value) => element.get("value") == Some(value),
        None => covers(element, listed),
    }
}

fn json_of(literal: &Literal) -> Value {
    match literal {
        Literal::String(text) => text.as_str().into(),
        Literal::Number(number) => number.clone().into(),
        Literal::Boolean(boolean) => (*boolean).into(),
        Literal::Null => Value::Null,
    }
}
