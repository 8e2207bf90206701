//! Bulk requests.

use std::collections::{BTreeMap, BTreeSet};

use scim::bulk::{Limits, Method, Operation, Request, outcome, references, resolve, resolve_path, response};
use scim::{Notes, parse_body};
use serde_json::Value;

/// The most operations, small enough that made-up input reaches it.
const LIMITS: Limits = Limits { operations: 10 };

/// Every operation runs once, after what it refers to unless there is a circle, and a reference
/// that can be resolved is gone afterwards.
pub fn bulk(bytes: &[u8]) {
    let mut notes = Notes::default();
    let Ok(body) = parse_body(bytes, &mut notes) else {
        return;
    };
    let Ok(request) = Request::parse(body, &LIMITS, &mut notes) else {
        return;
    };
    let operations = &request.operations;
    assert!(operations.len() <= LIMITS.operations);
    let order = request.order();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert!(
        sorted.into_iter().eq(0..operations.len()),
        "{order:?} is no order"
    );
    assert_after_what_it_needs(operations, &order);
    let ids: BTreeMap<String, String> = makers(operations)
        .into_keys()
        .map(|id| (id.to_owned(), "2819c223".to_owned()))
        .collect();
    for operation in operations {
        assert_resolved(operation, &ids);
        assert_answered(operation);
    }
    let outcomes = response(operations.iter().map(answer).collect());
    let listed = outcomes["Operations"].as_array();
    assert_eq!(listed.map(Vec::len), Some(operations.len()));
}

/// The operation that makes what a bulkId names: the first, should there be several.
fn makers(operations: &[Operation]) -> BTreeMap<&str, usize> {
    let mut makers = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        if let (Method::Post, Some(id)) = (&operation.method, &operation.bulk_id) {
            makers.entry(id.as_str()).or_insert(index);
        }
    }
    makers
}

/// What an operation needs comes before it, unless that needs the operation in turn.
fn assert_after_what_it_needs(operations: &[Operation], order: &[usize]) {
    let makers = makers(operations);
    let needs: Vec<BTreeSet<usize>> = operations
        .iter()
        .map(|operation| {
            let named = references(operation);
            named
                .iter()
                .filter_map(|id| makers.get(id.as_str()).copied())
                .collect()
        })
        .collect();
    let place = |index| order.iter().position(|at| *at == index);
    for (index, needed) in needs.iter().enumerate() {
        for maker in needed {
            let circular = leads_to(&needs, *maker, index);
            assert!(
                circular || place(*maker) < place(index),
                "{index} runs before {maker}, which it needs: {order:?}"
            );
        }
    }
}

/// Whether `from` needs `to`, itself or by way of others.
fn leads_to(needs: &[BTreeSet<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(index) = open.pop() {
        if index == to {
            return true;
        }
        if seen.insert(index) {
            open.extend(needs[index].iter().copied());
        }
    }
    false
}

fn assert_resolved(operation: &Operation, ids: &BTreeMap<String, String>) {
    let unknown = |operation: &Operation| -> BTreeSet<String> {
        let named = references(operation).into_iter();
        named.filter(|id| !ids.contains_key(id)).collect()
    };
    let mut resolved = operation.clone();
    resolved.path = resolve_path(&operation.path, ids);
    if let Some(data) = &mut resolved.data {
        resolve(data, ids);
    }
    let known: Vec<String> = references(&resolved)
        .into_iter()
        .filter(|id| ids.contains_key(id))
        .collect();
    assert!(known.is_empty(), "{known:?} are left in {resolved:?}");
    assert_eq!(unknown(&resolved), unknown(operation), "what is not known stays");
}

/// What cannot run says why, and its answer says which operation it was.
fn assert_answered(operation: &Operation) {
    let runs = operation.fault.is_none();
    assert!(
        !(runs && matches!(operation.method, Method::Other(_))),
        "{operation:?}"
    );
    assert!(!(runs && operation.path.trim().is_empty()), "{operation:?}");
    let outcome = answer(operation);
    assert_eq!(
        outcome.get("bulkId").and_then(Value::as_str),
        operation.bulk_id.as_deref()
    );
    assert!(outcome["status"].is_string(), "{outcome}");
}

fn answer(operation: &Operation) -> Value {
    match &operation.fault {
        Some(fault) => outcome(operation, fault.status, None, None, Some(fault.to_json())),
        None => outcome(operation, 200, None, None, None),
    }
}
