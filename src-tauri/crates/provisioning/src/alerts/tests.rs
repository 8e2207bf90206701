//! What is told, when, and how often.

use super::*;

const ON: Switches = Switches {
    syncs: true,
    silence: true,
    rejections: true,
};
const OFF: Switches = Switches {
    syncs: false,
    silence: false,
    rejections: false,
};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + 60 * minute).unwrap()
}

/// Cycles of three requests, every 40 minutes.
fn regular() -> Watch {
    let mut watch = Watch::default();
    for cycle in 0..6 {
        for request in 0..3 {
            watch.admitted(at(cycle * 40 + request));
        }
    }
    watch
}

#[test]
fn a_silent_provider_is_known_by_its_own_rhythm_and_told_once() {
    let mut watch = regular();
    assert_eq!(watch.usual(), Some(SignedDuration::from_mins(40)));
    assert_eq!(watch.silence(at(202 + 119), ON), None);
    let alert = watch.silence(at(202 + 120), ON).unwrap();
    assert!(
        alert.sentence().contains("every 40 minutes"),
        "{}",
        alert.sentence()
    );
    assert_eq!(watch.silence(at(400), ON), None, "it does not repeat itself");
    watch.admitted(at(401));
    assert_eq!(watch.silence(at(402), ON), None);
    assert!(watch.silence(at(800), ON).is_some(), "another silence");
}

#[test]
fn who_never_had_a_rhythm_is_not_silent() {
    let mut watch = Watch::default();
    (0..4).for_each(|cycle| watch.admitted(at(cycle * 40)));
    assert_eq!(watch.silence(at(10_000), ON), None);
    // A provider that asks every six minutes may be late by more than eighteen.
    let mut quick = Watch::default();
    (0..6).for_each(|cycle| quick.admitted(at(cycle * 6)));
    assert_eq!(quick.silence(at(30 + 29), ON), None);
    assert!(quick.silence(at(30 + 30), ON).is_some());
}

#[test]
fn a_burst_of_rejections_is_told_once() {
    let mut watch = Watch::default();
    let mut reject = |minute| watch.rejected(at(minute), "The token was revoked.", ON);
    assert!(
        (0..20).all(|n| reject(n * 2).is_none()),
        "two minutes apart are no burst"
    );
    let told: Vec<_> = (0..40).filter_map(|_| reject(100)).collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0]
            .sentence()
            .starts_with("10 rejected requests within five minutes. The token")
    );
    assert!(
        (101..125).all(|minute| (0..10).all(|_| reject(minute).is_none())),
        "it is still the same"
    );
    assert!(
        (0..10).any(|_| reject(160).is_some()),
        "after half an hour it is another"
    );
}

#[test]
fn a_sync_that_fails_in_the_same_way_is_told_once() {
    let skipped = || RunStatus::Skipped("ADI is the selected service.".to_owned());
    let mut watch = Watch::default();
    let first = watch.sync(1, &skipped(), ON).unwrap();
    assert_eq!(
        (first.title().as_str(), first.query().as_str()),
        ("Sync 1: Skipped", "sync:1")
    );
    assert_eq!(watch.sync(2, &skipped(), ON), None);
    assert!(
        watch
            .sync(3, &RunStatus::Failed("The disk is full.".to_owned()), ON)
            .is_some()
    );
    assert_eq!(watch.sync(4, &RunStatus::Completed, ON), None);
    assert!(
        watch.sync(5, &skipped(), ON).is_some(),
        "one has come to its end in between"
    );
}

#[test]
fn what_is_switched_off_is_not_told_and_does_not_come_late() {
    let mut watch = regular();
    assert_eq!(watch.silence(at(1_000), OFF), None);
    assert_eq!(watch.silence(at(1_001), ON), None);
    assert!((0..20).all(|_| watch.rejected(at(0), "No.", OFF).is_none()));
    assert_eq!(watch.rejected(at(1), "No.", ON), None);
}
