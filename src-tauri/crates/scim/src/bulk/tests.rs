//! Bulk requests, the RFC's own first.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::dialect::Notes;

const LIMITS: Limits = Limits { operations: 1_000 };

fn sample(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
    serde_json::from_slice(&std::fs::read(format!("{folder}/rfc7644-{name}.json")).unwrap()).unwrap()
}

fn read(body: Value) -> Request {
    Request::parse(body, &LIMITS, &mut Notes::default()).unwrap()
}

fn read_sample(name: &str) -> Request {
    let mut notes = Notes::default();
    let request = Request::parse(sample(name), &LIMITS, &mut notes).unwrap();
    assert!(notes.is_empty(), "{name}: {notes:?}");
    let faults: Vec<_> = request
        .operations
        .iter()
        .filter_map(|one| one.fault.as_ref())
        .collect();
    assert!(faults.is_empty(), "{name}: {faults:?}");
    request
}

fn ids(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
        .collect()
}

#[test]
fn the_requests_of_the_rfc() {
    let circular = read_sample("3.7.1-bulk_request-circular_conflict");
    assert_eq!(circular.order(), [1, 0]);
    for name in ["temporary_identifier", "enterprise_user"] {
        let mut request = read_sample(&format!("3.7.2-bulk_request-{name}"));
        assert_eq!(request.order(), [0, 1]);
        let [_, second] = request.operations.as_mut_slice() else {
            panic!("two operations")
        };
        assert_eq!(references(second), BTreeSet::from(["qwerty".to_owned()]));
        let data = second.data.as_mut().unwrap();
        resolve(data, &ids(&[("qwerty", "92b725cd")]));
        let text = data.to_string();
        assert!(
            text.contains(r#""value":"92b725cd""#) && !text.contains(PREFIX),
            "{text}"
        );
    }
}

const PREFIX: &str = "bulkId:";

#[test]
fn the_answers_of_the_rfc() {
    let request = read_sample("3.7.3-bulk_request-multiple_operations");
    assert_eq!(request.fail_on_errors, Some(1));
    let place = |index: usize| {
        let path = &request.operations[index].path;
        match index {
            0 => "https://example.com/v2/Users/92b725cd-9465-4e7d-8c16-01f8e146b87a".to_owned(),
            _ => format!("https://example.com/v2{path}"),
        }
    };
    let versions = [
        Some(r#"W/"oY4m4wn58tkVjJxK""#),
        Some(r#"W/"huJj29dMNgu3WXPD""#),
        Some(r#"W/"huJj29dMNgu3WXPD""#),
        None,
    ];
    let done = |(index, version): (usize, Option<&str>)| {
        let (operation, status) = (&request.operations[index], [201, 200, 200, 204][index]);
        outcome(operation, status, Some(&place(index)), version, None)
    };
    let done = versions.into_iter().enumerate().map(done).collect();
    assert_eq!(response(done), sample("3.7.3-bulk_response-multiple_operations"));

    let errors = sample("3.7.3-bulk_response-multiple_errors");
    let failed = |index: usize| {
        let said = &errors["Operations"][index]["response"];
        let error = ScimError {
            status: said["status"].as_str().unwrap().parse().unwrap(),
            scim_type: said.get("scimType").map(|_| crate::ScimType::InvalidSyntax),
            detail: said["detail"].as_str().unwrap().to_owned(),
        };
        let operation = &request.operations[index];
        let place = place(index);
        let location = Some(place.as_str()).filter(|_| operation.method != Method::Post);
        outcome(operation, error.status, location, None, Some(error.to_json()))
    };
    assert_eq!(response((0..4).map(failed).collect()), errors);
}

#[test]
fn errors_end_the_request_when_the_client_wants_that() {
    let request = |limit: Value| read(json!({"failOnErrors": limit, "Operations": []}));
    for (limit, errors, stops) in [
        (Value::Null, 900, false),
        (json!(2), 1, false),
        (json!(2), 2, true),
        (json!("2"), 2, true),
        (json!(0), 0, false),
        (json!(0), 1, true),
        (json!(1), 0, false),
    ] {
        assert_eq!(
            request(limit.clone()).stops_after(errors),
            stops,
            "{limit} {errors}"
        );
    }
    for limit in [json!(-1), json!(1.5), json!("x"), json!([])] {
        let body = json!({"failOnErrors": limit, "Operations": []});
        let error = Request::parse(body, &LIMITS, &mut Notes::default()).unwrap_err();
        assert_eq!(
            error.detail,
            "The value of `failOnErrors` was refused: a whole number from 0 is expected."
        );
    }
}

#[test]
fn what_is_wrong_with_one_operation_is_its_own() {
    let request = read(json!({"operations": [
        7,
        {"path": "/Users"},
        {"method": "GET", "path": "/Users"},
        {"method": "delete"},
        {"METHOD": "post", "Path": "/Users", "BulkId": "a", "Data": {}},
        {"method": "PUT", "path": "/Users/1"},
        {"method": "POST", "path": "/Users", "bulkId": "a", "data": {}},
        {"method": "POST", "path": "/Users", "bulkId": 7, "data": {}},
        {"method": "PATCH", "path": "/Users/bulkId:b", "data": {}},
        {"method": "DELETE", "path": "/Users/1", "version": "W/\"1\"", "bulkId": "b"},
        {"method": "PATCH", "path": "/Users/1", "data": {"value": "see /bulkId:z"}},
    ]}));
    let faults: Vec<String> = request
        .operations
        .iter()
        .map(|one| one.fault.as_ref().map_or("fine".into(), ToString::to_string))
        .collect();
    expect![[r"
        An operation is not a JSON object. Send one with a method and a path.
        The value of `method` was refused: every operation needs one of POST, PUT, PATCH and DELETE.
        The value of `method` was refused: GET is not one of POST, PUT, PATCH and DELETE.
        The value of `path` was refused: every operation needs one, such as /Users or /Users/2819c223.
        fine
        The value of `data` was refused: a PUT needs the body of its request.
        The value of `bulkId` was refused: another operation of this request has the same; give each its own.
        The value of `bulkId` was refused: a string is expected.
        The operation refers to bulkId:b, and this request has made no such resource. Send the POST with this bulkId in the same request, and see its status.
        fine
        fine"]]
    .assert_eq(&faults.join("\n"));
}

#[test]
fn a_post_needs_no_name() {
    let mut notes = Notes::default();
    let body = json!({"Operations": {"method": "POST", "path": "/Users", "data": {}}});
    let request = Request::parse(body, &LIMITS, &mut notes).unwrap();
    assert!(request.operations[0].fault.is_none());
    let names: Vec<_> = notes.iter().map(|note| note.quirk.name()).collect();
    assert_eq!(names, ["missing-schemas", "single-for-list", "missing-bulk-id"]);
}

#[test]
fn what_is_no_bulk_request() {
    for body in [json!([]), json!({}), json!({"Operations": "x"})] {
        let error = Request::parse(body, &LIMITS, &mut Notes::default()).unwrap_err();
        assert_eq!(
            (error.status, error.scim_type),
            (400, Some(crate::ScimType::InvalidSyntax))
        );
    }
    let body = json!({"Operations": [{}, {}, {}]});
    let error = Request::parse(body, &Limits { operations: 2 }, &mut Notes::default()).unwrap_err();
    assert_eq!((error.status, error.scim_type), (413, None));
    assert!(
        error.detail.contains("exceeds the maxOperations (2)"),
        "{}",
        error.detail
    );
}

#[test]
fn references_are_found_wherever_they_mean_something() {
    let ids = ids(&[("a", "1"), ("b c", "2"), ("long", "333")]);
    for (text, resolved) in [
        ("bulkId:a", "1"),
        ("bulkId:b c", "2"),
        ("bulkId:nobody", "bulkId:nobody"),
        ("/Users/bulkId:a", "/Users/1"),
        ("/Users/bulkId:a?x=1", "/Users/1?x=1"),
        ("https://h/v2/Users/bulkId:long", "https://h/v2/Users/333"),
        (
            r#"members[value eq "bulkId:a" or value eq "bulkId:b c"]"#,
            r#"members[value eq "1" or value eq "2"]"#,
        ),
        ("a bulkId:a", "a bulkId:a"),
        ("bulkId:", "bulkId:"),
        ("bulkid:a", "bulkid:a"),
        ("bulkId:a/bulkId:a", "bulkId:a/bulkId:a"),
    ] {
        assert_eq!(resolve_path(text, &ids), resolved);
    }
}

/// A request of POSTs, where `references[i]` are the operations that number i refers to.
fn request_of(references: &[Vec<usize>]) -> Request {
    let operations: Vec<Value> = references
        .iter()
        .enumerate()
        .map(|(index, to)| {
            let members: Vec<Value> = to
                .iter()
                .map(|to| json!({"value": format!("bulkId:{to}")}))
                .collect();
            json!({"method": "POST", "path": "/Groups", "bulkId": index.to_string(), "data": {"members": members}})
        })
        .collect();
    read(json!({ "Operations": operations }))
}

/// Whether `from` leads to `to` through references.
fn leads(references: &[Vec<usize>], from: usize, to: usize) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(at) = open.pop() {
        for &next in &references[at] {
            if next == to {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}

fn references_between(most: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    (1..most)
        .prop_flat_map(|count| prop::collection::vec(prop::collection::vec(0..count, 0..3), count..=count))
}

proptest! {
    #[test]
    fn what_is_referred_to_comes_first(references in references_between(12)) {
        let order = request_of(&references).order();
        let mut all = order.clone();
        all.sort_unstable();
        prop_assert_eq!(all, (0..references.len()).collect::<Vec<_>>());
        let place = |operation: usize| order.iter().position(|at| *at == operation);
        for (from, to) in references.iter().enumerate().flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
            let circular = leads(&references, to, from);
            prop_assert!(circular || place(to) < place(from), "{from} → {to} in {order:?}");
        }
    }

    #[test]
    fn what_nothing_asks_to_move_stays(references in references_between(12)) {
        let order = request_of(&references).order();
        for (place, &earlier) in order.iter().enumerate() {
            for &later in order.iter().skip(place + 1).filter(|later| **later < earlier) {
                // Something at or before the overtaken one leads to the one that overtook it.
                prop_assert!((0..=later).any(|from| leads(&references, from, earlier)), "{order:?}");
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "(bulkId:|/|\"|a| |ü){0,12}") {
        let ids = ids(&[("a", "1")]);
        resolve_path(&text, &ids);
        let operation = json!({"method": "PATCH", "path": text.clone(), "data": [text]});
        read(json!({"Operations": [operation]})).order();
    }
}

#[test]
fn a_long_chain_is_ordered() {
    let references: Vec<Vec<usize>> = (1..=1_000)
        .map(|next| if next < 1_000 { vec![next] } else { Vec::new() })
        .collect();
    let order = request_of(&references).order();
    assert_eq!(order, (0..1_000).rev().collect::<Vec<_>>());
}
