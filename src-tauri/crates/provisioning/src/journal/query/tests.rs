//! The grammar, what each term finds, and that no search passes over what it looks for.

use super::*;
use crate::journal::{EventKind, Status, TEST_MODE};

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn event() -> Event {
    let at = "2026-11-23T11:00:00Z".parse().unwrap();
    let mut event = Event::new(EventKind::Request, at, "PATCH User", "Okta SCIM Client 1.0.0");
    event.identity = "mara.okafor@contoso.example".into();
    event.status = crate::journal::Status::Failure;
    event.reason = "userName is required.".into();
    event.change_id = "7d0f4f52-9a07-4a0e-8a9e-1f9d3a0c5b11".into();
    event
}

#[test]
fn terms() {
    for (text, expected) in [
        ("", true),
        ("status:failure", true),
        ("status:success", false),
        ("-status:success okta", true),
        ("identity:\"mara.okafor\" action:patch", true),
        ("MARA required", true),
        ("\"userName is\"", true),
        ("\"is userName\"", false),
        ("-mara", false),
        ("since:2h", true),
        ("since:30m", false),
        ("before:2026-11-23", false),
        ("since:2026-11-23 kind:request", true),
        ("kind:sync", false),
        ("http:4", false),
        ("7d0f4f52-9a07-4a0e-8a9e-1f9d3a0c5b11", true),
        ("request:7D0F4F52-9a07-4a0e-8a9e-1f9d3a0c5b11", true),
        ("request:7d0f4f52", false),
        ("client:\"okta scim\"", true),
        ("client:entra", false),
    ] {
        assert_eq!(
            Query::parse(text, now()).unwrap().matches(&event()),
            expected,
            "{text}"
        );
    }
}

#[test]
fn a_client_is_found_by_what_it_was_recognised_as() {
    let mut event = event();
    event.source = "python-requests/2.32".into();
    event.client = Some(crate::journal::Client {
        name: "Microsoft Entra ID".into(),
        reason: "It asks as Entra does.".into(),
    });
    for (text, expected) in [
        ("client:entra", true),
        ("entra", true),
        ("client:python", false),
        ("source:python", true),
        ("-client:entra", false),
    ] {
        assert_eq!(
            Query::parse(text, now()).unwrap().matches(&event),
            expected,
            "{text}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    assert!(
        Query::parse("colour:red", now())
            .unwrap_err()
            .to_string()
            .contains("colour")
    );
    assert!(
        Query::parse("since:yesterday", now())
            .unwrap_err()
            .to_string()
            .contains("since:24h")
    );
}

#[test]
fn a_call_looks_at_a_part_and_says_where_to_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = crate::store::Store::open(dir.path()).unwrap();
    store
        .write(|turn| {
            (0..10).try_for_each(|n| {
                let mut event = event();
                event.identity = format!("user{n}");
                crate::journal::append(turn, &mut event).map(|_| ())
            })
        })
        .unwrap();
    let journal = Journal {
        store: &store,
        now: now(),
    };
    let query = Query::parse("identity:user1", now()).unwrap();
    let (mut before, mut found, mut pages) = (None, Vec::new(), Vec::new());
    loop {
        let mut page = Page::default();
        let all = |events: &mut Vec<Event>, event| {
            events.push(event);
            true
        };
        journal
            .look_among(&query, before, 4 * PASSED, &mut page, all)
            .unwrap();
        found.extend(page.events.iter().map(|event| event.id));
        pages.push(page.next);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!((found, pages), (vec![2], vec![Some(7), Some(3), None]));
}

#[test]
fn keys_of_their_own() {
    let mut joined = event();
    joined.kind = EventKind::Sync;
    joined.action = "Create membership".into();
    joined.identity = "Ana Petrović in Treasury".into();
    joined.sync = Some(41);
    joined.steps = vec![crate::journal::Step::new("Apply", Status::Skipped, TEST_MODE)];
    joined.modified = vec![crate::plan::FieldChange {
        key: "jobTitle".into(),
        label: "Job title".into(),
        path: "title".into(),
        before: None,
        after: Some("Baker".into()),
    }];
    let mut rejected = event();
    rejected.exchange = Some(crate::journal::Exchange {
        method: "PATCH".into(),
        path: "/scim/v2/t/Users/1".into(),
        headers: vec![("authorization".into(), "Bearer ••••".into())],
        request_body: None,
        status: 401,
        response_body: None,
        truncated: 0,
    });
    for (text, of_joined, of_rejected) in [
        ("is:test", true, false),
        ("-is:test", false, true),
        ("is:sync", true, false),
        ("is:rejected", false, true),
        ("is:admin", false, false),
        ("user:ana", true, false),
        ("user:treasury", false, false),
        ("group:treasury", true, false),
        ("group:ana", false, false),
        ("changed:title", true, false),
        ("changed:\"job title\"", true, false),
        ("changed:department", false, false),
        ("baker", true, false),
        ("petrović", true, false),
        ("sync:41", true, false),
        ("sync:4", false, false),
        ("http:4xx", false, true),
        ("http:401,500", false, true),
        ("status:failure,skipped", true, true),
        ("path:/users", false, true),
        ("method:patch", false, true),
        ("status:", true, true),
        ("kind:sync status:", true, false),
    ] {
        let query = Query::parse(text, now()).unwrap();
        for (event, expected) in [(&joined, of_joined), (&rejected, of_rejected)] {
            assert_eq!(query.matches(event), expected, "{text}");
            let bytes = serde_json::to_vec(event).unwrap();
            assert!(query.may_match(&bytes) || !expected, "{text} is held back");
        }
    }
    for wrong in ["status:fine", "is:blue", "kind:x"] {
        let error = Query::parse(wrong, now()).unwrap_err().to_string();
        assert!(error.contains("finds nothing ever"), "{error}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// A term as somebody may write it.
    fn term() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            "[a-z0-9@.]{1,8}",
            "\"[A-Za-z :,ÄöİßK-]{0,8}\"",
            "(failure|success|ana|treasury|title|4|4xx|/Users)"
        ];
        let key = proptest::sample::select(KEYS);
        prop_oneof![
            (any::<bool>(), value.clone())
                .prop_map(|(minus, value)| format!("{}{value}", if minus { "-" } else { "" })),
            (any::<bool>(), key, value)
                .prop_map(|(minus, key, value)| format!("{}{key}:{value}", if minus { "-" } else { "" })),
            Just("since:3h".to_owned()),
            Just("before:2026-11-24".to_owned()),
        ]
    }

    fn some_event() -> impl Strategy<Value = Event> {
        let text = || "(ana|Ana Petrovi\u{107}|ANA@contoso.example|title|Treasury|\u{fb01}x \"quoted\" K|[a-z]{0,6})";
        (
            text(),
            text(),
            text(),
            0..4_usize,
            proptest::option::of(200..500_u16),
        )
            .prop_map(|(identity, reason, value, status, http)| {
                let mut event = event();
                event.identity = identity;
                event.reason = reason;
                event.status = [Status::Success, Status::Failure, Status::Skipped, Status::Warning][status];
                event.modified = vec![crate::plan::FieldChange {
                    key: "title".into(),
                    label: "Job title".into(),
                    path: "title".into(),
                    before: None,
                    after: Some(value),
                }];
                event.exchange = http.map(|status| crate::journal::Exchange {
                    method: "PATCH".into(),
                    path: "/scim/v2/t/Users/1".into(),
                    headers: Vec::new(),
                    request_body: None,
                    status,
                    response_body: None,
                    truncated: 0,
                });
                event
            })
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused_in_words(text in "\\PC{0,40}") {
            if let Err(error) = Query::parse(&text, now()) {
                prop_assert!(error.to_string().ends_with('.'));
            }
        }

        #[test]
        fn a_query_written_down_means_the_same(terms in proptest::collection::vec(term(), 0..5)) {
            if let Ok(query) = Query::parse(&terms.join(" "), now()) {
                prop_assert_eq!(Query::parse(&query.to_string(), now()).unwrap(), query);
            }
        }

        #[test]
        fn terms_are_joined_by_and_and_a_minus_turns_one_round(
            terms in proptest::collection::vec(term(), 1..4),
            event in some_event(),
        ) {
            let read: Vec<Query> = terms.iter().filter_map(|term| Query::parse(term, now()).ok()).collect();
            prop_assume!(read.len() == terms.len());
            let whole = Query::parse(&terms.join(" "), now()).unwrap();
            prop_assert_eq!(whole.matches(&event), read.iter().all(|query| query.matches(&event)));
            let term = terms[0].trim_start_matches('-');
            let [plain, negated] = [term.to_owned(), format!("-{term}")].map(|text| Query::parse(&text, now()).unwrap());
            if !plain.terms.is_empty() {
                prop_assert_ne!(plain.matches(&event), negated.matches(&event));
            }
        }

        #[test]
        fn no_event_that_matches_is_held_back_by_its_bytes(
            terms in proptest::collection::vec(term(), 0..3),
            event in some_event(),
        ) {
            if let Ok(query) = Query::parse(&terms.join(" "), now()) {
                let bytes = serde_json::to_vec(&event).unwrap();
                prop_assert!(query.may_match(&bytes) || !query.matches(&event), "{}", query);
            }
        }
    }
}
