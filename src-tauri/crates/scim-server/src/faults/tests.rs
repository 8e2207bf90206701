//! Which rule applies to which request, and when it ends.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn always(fault: Fault) -> Rule {
    Rule {
        fault,
        client: None,
        method: None,
        path: None,
        percent: 100,
        until: Until::Count(1_000),
    }
}

fn get(path: &str) -> Asked<'_> {
    Asked {
        client: None,
        method: "GET",
        path,
        excludes_members: false,
    }
}

#[test]
fn a_rule_is_about_whom_it_names() {
    let rule = Rule {
        client: Some("okta".to_owned()),
        method: Some("get".to_owned()),
        path: Some("Users".to_owned()),
        ..always(Fault::NotFound)
    };
    let faults = Faults::default();
    faults.add(rule, at(0)).unwrap();
    let okta = |method, path| Asked {
        client: Some("Okta".to_owned()),
        method,
        ..get(path)
    };
    assert_eq!(
        faults.next(&okta("GET", "/Users/1"), at(0)),
        Some(Fault::NotFound)
    );
    assert_eq!(faults.next(&okta("GET", "/users"), at(0)), Some(Fault::NotFound));
    for other in [
        okta("PUT", "/Users/1"),
        okta("GET", "/Groups"),
        okta("GET", "/Us"),
        get("/Users"),
    ] {
        assert_eq!(
            faults.next(&other, at(0)),
            None,
            "{} {}",
            other.method,
            other.path
        );
    }
    assert_eq!(faults.active(at(0))[0].injected, 2);
}

#[test]
fn members_are_returned_only_to_who_excludes_them() {
    let faults = Faults::default();
    faults.add(always(Fault::MembersReturned), at(0)).unwrap();
    assert_eq!(faults.next(&get("/Groups"), at(0)), None);
    let excluding = Asked {
        excludes_members: true,
        ..get("/Groups")
    };
    assert_eq!(faults.next(&excluding, at(0)), Some(Fault::MembersReturned));
}

#[test]
fn the_percentage_is_left_to_chance() {
    static CHANCE: AtomicU8 = AtomicU8::new(0);
    let faults = Faults::by_chance(|| CHANCE.load(Ordering::Relaxed));
    let third = Rule {
        percent: 30,
        ..always(Fault::ServerError)
    };
    faults.add(third, at(0)).unwrap();
    for (chance, hit) in [(0, true), (29, true), (30, false), (99, false)] {
        CHANCE.store(chance, Ordering::Relaxed);
        assert_eq!(faults.next(&get("/Users"), at(0)).is_some(), hit, "{chance}");
    }
}

#[test]
fn a_burst_that_has_begun_goes_on() {
    static CHANCE: AtomicU8 = AtomicU8::new(0);
    let faults = Faults::by_chance(|| CHANCE.load(Ordering::Relaxed));
    let burst = Rule {
        percent: 1,
        ..always(Fault::Burst { requests: 3 })
    };
    faults.add(burst, at(0)).unwrap();
    let hits = |chance| {
        CHANCE.store(chance, Ordering::Relaxed);
        (0..5)
            .map(|_| faults.next(&get("/Users"), at(0)).is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(hits(50), [false; 5]);
    CHANCE.store(0, Ordering::Relaxed);
    assert!(faults.next(&get("/Users"), at(0)).is_some());
    assert_eq!(hits(50), [true, true, false, false, false]);
}

#[test]
fn rules_end_by_themselves() {
    let faults = Faults::default();
    let counted = Rule {
        until: Until::Count(2),
        ..always(Fault::Conflict)
    };
    let timed = Rule {
        until: Until::Time(at(60)),
        ..always(Fault::Forbidden)
    };
    let [first, second] = [counted, timed].map(|rule| faults.add(rule, at(0)).unwrap());
    assert_ne!(first, second);
    let hit = |second| faults.next(&get("/Users"), at(second));
    assert_eq!(hit(0), Some(Fault::Conflict), "the first rule goes first");
    assert_eq!(hit(1), Some(Fault::Conflict));
    assert_eq!(faults.active(at(1)).len(), 1);
    let hit = |second| faults.next(&get("/Users"), at(second));
    assert_eq!(hit(59), Some(Fault::Forbidden));
    assert_eq!(hit(60), None);
    assert!(faults.active(at(60)).is_empty());
    assert!(!faults.remove(second));
}

#[test]
fn rules_are_ended_by_hand() {
    let faults = Faults::default();
    let id = faults.add(always(Fault::Dropped), at(0)).unwrap();
    faults.clone().add(always(Fault::HtmlBody), at(0)).unwrap();
    assert_eq!(
        faults.active(at(0)).len(),
        2,
        "a clone is a handle to the same rules"
    );
    assert!(faults.remove(id));
    assert_eq!(faults.next(&get("/Users"), at(0)), Some(Fault::HtmlBody));
    faults.clear();
    assert_eq!(faults.next(&get("/Users"), at(0)), None);
}

#[test]
fn what_could_not_apply_or_not_end_is_refused() {
    let refused = |rule: Rule| Faults::default().add(rule, at(0)).unwrap_err().to_string();
    let rule = always(Fault::NotFound);
    for percent in [0, 101] {
        let rule = Rule {
            percent,
            ..rule.clone()
        };
        assert!(refused(rule).contains("Choose from 1 to 100"));
    }
    for until in [Until::Count(0), Until::Time(at(0))] {
        let rule = Rule {
            until,
            ..rule.clone()
        };
        assert!(refused(rule).contains("end before it begins"));
    }
    for (fault, said) in [
        (
            Fault::TooManyRequests { retry_after: 0 },
            "Retry-After cannot be 0. Choose from 1 to 86400.",
        ),
        (
            Fault::Burst { requests: 10_001 },
            "The length of a burst cannot be 10001. Choose from 1 to 10000.",
        ),
        (
            Fault::Delay(Duration::ZERO),
            "A delay in milliseconds cannot be 0. Choose from 1 to 300000.",
        ),
        (
            Fault::Delay(Duration::from_secs(301)),
            "A delay in milliseconds cannot be 301000. Choose from 1 to 300000.",
        ),
    ] {
        assert_eq!(refused(always(fault)), said);
    }
    let blank = Rule {
        client: Some(" ".to_owned()),
        path: Some(String::new()),
        ..rule
    };
    let faults = Faults::default();
    faults.add(blank, at(0)).unwrap();
    assert!(
        faults.next(&get("/Users"), at(0)).is_some(),
        "a blank condition is none"
    );
}
