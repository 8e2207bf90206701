//! Edits of multi-valued attributes: which elements, and what happens to their primary.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::limits::{check_length, is_unlimited};
use super::{Edited, Target, Verb, into_object};
use crate::coerce::{self, is_primary, set_primary};
use crate::dialect::{Notes, Quirk};
use crate::error::ScimError;
use crate::filter::evaluate::{element_matches, field};
use crate::filter::{Filter, Literal, Op};
use crate::resource::Object;
use crate::resource::tidy::is_hollow;

impl Target {
    pub(super) fn change_list(
        &self,
        current: Option<Value>,
        filter: Option<&Filter>,
        value: Value,
        notes: &mut Notes,
    ) -> Edited<Option<Value>> {
        let mut elements = into_list(current);
        let length = elements.len();
        let primary = match (filter, self.sub) {
            (Some(filter), _) => self.change_matching(&mut elements, filter, &value, notes)?,
            (None, Some(_)) => self.change_each(&mut elements, &value, notes)?,
            (None, None) => self.change_whole(&mut elements, value, notes)?,
        };
        clear_other_primaries(&mut elements, primary);
        elements.retain(|element| !coerce::is_unassigned(element));
        if elements.len() > length && !is_unlimited(self.attribute) {
            check_length(elements.len(), &self.path)?;
        }
        Ok((!elements.is_empty()).then_some(Value::Array(elements)))
    }

    /// `emails`: the list as a whole.
    fn change_whole(&self, elements: &mut Vec<Value>, value: Value, notes: &mut Notes) -> Edited<Primary> {
        let sent_nothing = value.is_null();
        let sent = coerce::list(self.attribute, value, &self.path, notes)?;
        match self.verb {
            Verb::Replace => *elements = sent,
            // Also what keeps reading a group of 100,000 members linear.
            Verb::Add if elements.is_empty() => *elements = sent,
            Verb::Remove if sent_nothing => elements.clear(),
            Verb::Remove => self.remove_listed(elements, &sent, notes),
            Verb::Add if self.attribute.name == "members" => add_members(elements, sent),
            Verb::Add => {
                let mut primary = None;
                for element in sent {
                    primary = Self::add_element(elements, element).or(primary);
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
    fn add_element(elements: &mut Vec<Value>, element: Value) -> Primary {
        if elements.iter().any(|there| covers(there, &element)) {
            return None;
        }
        let is_new_primary = is_primary(&element);
        let index = elements.iter().position(|there| Self::is_same(there, &element));
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

    /// The same value for the same purpose, with other details.
    fn is_same(left: &Value, right: &Value) -> bool {
        let same_value = left.get("value").is_some() && left.get("value") == right.get("value");
        let same_type = match (left.get("type"), right.get("type")) {
            (Some(left), Some(right)) => left == right,
            _ => true,
        };
        same_value && same_type
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
        // RFC 7644 §3.5.2.3: the values that match are replaced.
        if self.verb == Verb::Replace && self.sub.is_none() && self.attribute.is_complex() {
            return self.replace_at(elements, &found, filter, value, notes);
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
            let was_primary = is_primary(element);
            let current = std::mem::take(element);
            *element = match self.sub {
                // A role in a text is opened here as it is in the list.
                Some(sub) if sub.name == "value" && coerce::json_in(self.attribute, value).is_some() => self
                    .merge(Some(current), json!({ "value": value }), notes)?
                    .unwrap_or_default(),
                Some(_) => Value::Object(self.set_sub(into_object(Some(current)), value, notes)?),
                None => self
                    .merge(Some(current), value.clone(), notes)?
                    .unwrap_or_default(),
            };
            if is_primary(element) && (!was_primary || self.says_primary(value)) {
                primary = Some(index);
            }
        }
        Ok(primary)
    }

    fn replace_at(
        &self,
        elements: &mut [Value],
        indices: &[usize],
        filter: &Filter,
        value: &Value,
        notes: &mut Notes,
    ) -> Edited<Primary> {
        let mut primary = None;
        for &index in indices {
            let Some(element) = elements.get_mut(index) else {
                continue;
            };
            let sent = self.merge(None, value.clone(), notes)?;
            // To say no more than what is primary is not to take the value away.
            let kept = match &sent {
                Some(sent) if is_hollow(sent) => std::mem::take(element),
                _ => named_by(filter, element),
            };
            *element = self.merge(Some(kept), value.clone(), notes)?.unwrap_or_default();
            if is_primary(element) && self.says_primary(value) {
                primary = Some(index);
            }
        }
        Ok(primary)
    }

    /// True if the operation speaks about `primary` at all.
    fn says_primary(&self, value: &Value) -> bool {
        match (self.sub, value) {
            (Some(sub), _) => sub.name == "primary",
            (None, Value::Object(object)) => field(object, "primary").is_some(),
            (None, Value::Array(elements)) => elements.iter().any(|element| self.says_primary(element)),
            (None, _) => false,
        }
    }

    /// An element as the filter describes it.
    fn element_from(&self, filter: &Filter, notes: &mut Notes) -> Edited<Value> {
        let list = self.attribute;
        may_make(list.name, self.verb, self.sub.is_some(), filter)?;
        let element = described(list.name, filter)?;
        let is_declared = |name: &String| list.sub(name).is_some() || (!list.is_complex() && name == "value");
        if !element.keys().all(is_declared) {
            return Err(says_not_what(list.name, filter));
        }
        note_made(list.name, &self.path, filter, notes);
        let made = coerce::one(list, Value::Object(element), list.name, notes)?;
        Ok(made.unwrap_or_else(|| Value::Object(Map::new())))
    }
}

/// RFC 7644 §3.5.2.3: replacing what no value matches is a noTarget error. Providers rely on
/// one exception: `emails[type eq "work"].value`, which names the place and not the value,
/// makes the element. An `add` makes it always (§3.5.2.1).
pub(super) fn may_make(list: &str, verb: Verb, of_part: bool, filter: &Filter) -> Edited<()> {
    let names_value = filter
        .conjuncts()
        .iter()
        .any(|term| matches!(term, Filter::Compare { path, .. } if path.attribute == "value"));
    if verb != Verb::Replace || (of_part && !names_value) {
        return Ok(());
    }
    Err(ScimError::no_target(&format!(
        "no value of `{list}` matches [{}]; add it, or replace one that is there",
        filter.shown()
    )))
}

/// What the filter says of a value that satisfies it. One that is not an equality does not say what
/// to make.
pub(super) fn described(list: &str, filter: &Filter) -> Edited<Object> {
    let mut element = Object::new();
    for term in filter.conjuncts() {
        let Filter::Compare {
            path,
            op: Op::Eq,
            value,
        } = term
        else {
            return Err(says_not_what(list, filter));
        };
        element.insert(path.attribute.clone(), json_of(value));
    }
    Ok(element)
}

fn says_not_what(list: &str, filter: &Filter) -> ScimError {
    ScimError::no_target(&format!(
        "no value of `{list}` matches [{}], and the filter does not say what to create",
        filter.shown()
    ))
}

pub(super) fn note_made(list: &str, path: &str, filter: &Filter, notes: &mut Notes) {
    let sentence = format!("No value of `{list}` matched [{}]; one was made.", filter.shown());
    notes.add(Quirk::ElementMadeFromFilter, path, sentence);
}

/// The parts of an element by which the filter calls it. They stay when it is replaced by a value
/// that does not mention them: whoever replaces the address of work wants another one of work.
pub(super) fn named_by(filter: &Filter, element: &Value) -> Value {
    let mut kept = Object::new();
    for term in filter.conjuncts() {
        if let Filter::Compare { path, op: Op::Eq, .. } = term
            && let Some((name, value)) = element
                .as_object()
                .and_then(|parts| entry(parts, &path.attribute))
        {
            kept.insert(name.clone(), value.clone());
        }
    }
    Value::Object(kept)
}

fn entry<'a>(object: &'a Object, name: &str) -> Option<(&'a String, &'a Value)> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))
}

/// The element an edit made primary, if it made one so.
type Primary = Option<usize>;

/// RFC 7644 §3.5.2: setting one primary clears the others.
fn clear_other_primaries(elements: &mut [Value], primary: Primary) {
    let Some(primary) = primary else { return };
    // An element that has no content yet may get some from a later operation, or go. Until then
    // it takes nothing from the others; `resource::tidy` settles who is primary.
    if elements.get(primary).is_some_and(is_hollow) {
        return;
    }
    for (index, element) in elements.iter_mut().enumerate() {
        if index != primary && is_primary(element) {
            set_primary(element, false);
        }
    }
}

/// A member is its id. There may be 100,000, so nobody is compared with everybody.
fn add_members(elements: &mut Vec<Value>, sent: Vec<Value>) {
    let id = |member: &Value| member.get("value").map(Value::to_string);
    let mut places: HashMap<String, usize> = elements
        .iter()
        .enumerate()
        .filter_map(|(place, member)| Some((id(member)?, place)))
        .collect();
    for member in sent {
        let Some(id) = id(&member) else {
            elements.push(member);
            continue;
        };
        let place = *places.entry(id).or_insert(elements.len());
        match (elements.get_mut(place), member) {
            (Some(Value::Object(there)), Value::Object(sent)) => there.extend(sent),
            (_, member) => elements.push(member),
        }
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
