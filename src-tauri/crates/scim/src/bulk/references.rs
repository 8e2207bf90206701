//! `bulkId:` references: where they are, in which order that puts the operations, and what
//! replaces them (RFC 7644 §3.7.1, §3.7.2).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use super::{Method, Operation, Request};
use crate::error::ScimError;
use crate::secret;

const PREFIX: &str = "bulkId:";

impl Request {
    /// An order to run the operations in: every index once, in the order of the request except
    /// that what an operation refers to comes before it.
    ///
    /// Operations that refer to each other in a circle cannot all come after what they refer to.
    /// There, the one that comes first in the request is run last, after those it leads to.
    pub fn order(&self) -> Vec<usize> {
        let needs = self.needs();
        let mut state = vec![State::New; needs.len()];
        let mut order = Vec::with_capacity(needs.len());
        for first in 0..needs.len() {
            visit(first, &needs, &mut state, &mut order);
        }
        order
    }

    /// For each operation, the operations that make what it refers to.
    fn needs(&self) -> Vec<Vec<usize>> {
        let mut makers = BTreeMap::new();
        for (index, operation) in self.operations.iter().enumerate() {
            if let (Method::Post, Some(id)) = (&operation.method, &operation.bulk_id) {
                makers.entry(id.clone()).or_insert(index);
            }
        }
        let made_by = |id: &String| makers.get(id).copied();
        self.operations
            .iter()
            .map(|operation| references(operation).iter().filter_map(made_by).collect())
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    /// Seen, or about to be put into the order.
    Known,
}

/// Depth first, with a stack of its own: a chain may be as long as the request.
fn visit(first: usize, needs: &[Vec<usize>], state: &mut [State], order: &mut Vec<usize>) {
    let mut path: Vec<(usize, usize)> = Vec::new();
    if enter(first, state) {
        path.push((first, 0));
    }
    while let Some((operation, next)) = path.last_mut() {
        let needed = needs.get(*operation).and_then(|needs| needs.get(*next)).copied();
        *next += 1;
        match needed {
            Some(needed) if enter(needed, state) => path.push((needed, 0)),
            Some(_) => {}
            None => {
                order.push(*operation);
                path.pop();
            }
        }
    }
}

fn enter(operation: usize, state: &mut [State]) -> bool {
    match state.get_mut(operation) {
        Some(state) if *state == State::New => {
            *state = State::Known;
            true
        }
        _ => false,
    }
}

/// The bulkIds an operation refers to, in its path and its data.
///
/// A reference is a string `bulkId:x`, a segment `/bulkId:x` of a path or URI, or a literal
/// `"bulkId:x"` in the filter of a PATCH path.
pub fn references(operation: &Operation) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&operation.path, &mut found);
    for_each_text(operation.data.as_ref(), &mut |text| collect(text, &mut found));
    found
}

/// Whether the operation refers to `id` where only a reference can be meant, rather than in
/// the middle of a text.
pub(super) fn is_reference(operation: &Operation, id: &str) -> bool {
    let mut found = find(&operation.path)
        .iter()
        .any(|at| operation.path.get(at.id.clone()) == Some(id));
    for_each_text(operation.data.as_ref(), &mut |text| {
        found |= text.strip_prefix(PREFIX) == Some(id);
    });
    found
}

/// Replaces every reference in a body by the id of what was made. Unknown ones stay.
pub fn resolve(data: &mut Value, ids: &BTreeMap<String, String>) {
    match data {
        Value::String(text) => *text = resolve_path(text, ids),
        Value::Array(elements) => {
            for element in elements {
                resolve(element, ids);
            }
        }
        Value::Object(object) => {
            for value in object.values_mut() {
                resolve(value, ids);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Replaces the references in one text, such as an operation's path.
pub fn resolve_path(text: &str, ids: &BTreeMap<String, String>) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut from = 0;
    for Found { whole, id } in find(text) {
        let known = text.get(id).and_then(|id| ids.get(id));
        if let (Some(known), Some(before)) = (known, text.get(from..whole.start)) {
            resolved.push_str(before);
            resolved.push_str(known);
            from = whole.end;
        }
    }
    resolved.push_str(text.get(from..).unwrap_or_default());
    resolved
}

/// 409: what an operation refers to was not made, by this name or at all (RFC 7644 §3.7.1).
pub fn unresolved(bulk_id: &str) -> ScimError {
    let shown = secret::path(bulk_id);
    ScimError::conflict(format!(
        "The operation refers to bulkId:{shown}, and this request has made no such resource. Send the POST with this bulkId in the same request, and see its status."
    ))
}

/// Where a reference is, with and without the prefix.
struct Found {
    whole: Range<usize>,
    id: Range<usize>,
}

/// The references in a text, from left to right.
fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (start, _) in text.match_indices(PREFIX) {
        let (before, rest) = (text.get(..start).unwrap_or_default(), start + PREFIX.len());
        let tail = text.get(rest..).unwrap_or_default();
        let length = match before.chars().next_back() {
            None => Some(tail.len()),
            Some('/') => Some(tail.find(['/', '?', '"']).unwrap_or(tail.len())),
            Some('"') => tail.find('"'),
            Some(_) => None,
        };
        let overlaps = found.last().is_some_and(|last| last.whole.end > start);
        if let (Some(length), false) = (length.filter(|length| *length > 0), overlaps) {
            found.push(Found {
                whole: start..rest + length,
                id: rest..rest + length,
            });
        }
    }
    found
}

fn collect(text: &str, into: &mut BTreeSet<String>) {
    into.extend(
        find(text)
            .into_iter()
            .filter_map(|at| text.get(at.id))
            .map(str::to_owned),
    );
}

/// Every string in a value. Bodies nest at most 128 deep, see `parse_body`.
fn for_each_text(value: Option<&Value>, act: &mut dyn FnMut(&str)) {
    match value {
        Some(Value::String(text)) => act(text),
        Some(Value::Array(elements)) => elements
            .iter()
            .for_each(|element| for_each_text(Some(element), act)),
        Some(Value::Object(object)) => object.values().for_each(|value| for_each_text(Some(value), act)),
        _ => {}
    }
}
