//! Power cuts, thirty of each kind, and the proof that a store that does not sync would be caught.

use std::panic::{AssertUnwindSafe, catch_unwind};

use acceptance::Size;

use super::power::{Names, Power, Unsynced};
use super::{Rounds, SIZE};

/// How often the power is cut.
const CUTS: usize = 30;
/// Cuts between two looks at all of the directory and of the log.
const ALL_EVERY: usize = 10;
/// Cuts after which the store is checked as it was left; after the others the server opens it.
const CHECK_EVERY: usize = 3;
/// Without titles that sled keeps apart.
const SHORT: Size = Size { long: 0, ..SIZE };

#[test]
fn what_was_answered_survives_a_power_cut() {
    let lost = cut(SHORT, Names::WithAnySync, Unsynced::Lost, None);
    assert!(lost > 0, "nothing was on its way when the power was cut");
}

#[test]
fn what_was_answered_survives_a_power_cut_that_leaves_the_beginning_of_the_rest() {
    cut(SIZE, Names::WithAnySync, Unsynced::InOrder, None);
}

/// sled writes over segments it has moved elsewhere as soon as the system has the copies, which
/// is before they are on the disk; where the disk keeps the later writes only, both are gone.
#[test]
#[ignore = "about one in a hundred of these cuts leaves a store that sled does not open"]
fn what_was_answered_survives_a_power_cut_that_leaves_some_of_the_rest() {
    cut(SHORT, Names::WithAnySync, Unsynced::Some, None);
}

/// sled keeps what is over 128 kB in a file of its own, which it does not sync.
#[test]
fn what_was_answered_survives_a_power_cut_where_records_are_long() {
    cut(SIZE, Names::WithAnySync, Unsynced::Lost, None);
}

#[test]
fn what_was_answered_survives_a_power_cut_on_a_system_that_promises_no_names() {
    cut(SHORT, Names::WithFolder, Unsynced::Lost, None);
}

/// The control: the same where `fdatasync` does nothing, as in sled alone.
#[test]
fn a_store_that_does_not_sync_is_caught_by_the_cuts() {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        cut(SHORT, Names::WithAnySync, Unsynced::Lost, Some("fdatasync"));
    }));
    let reason = caught.expect_err("confirmed changes are lost, and that is noticed");
    let reason = reason.downcast_ref::<String>().expect("a sentence");
    assert!(reason.contains("confirmed"), "{reason}");
}

/// Cuts the power again and again. Returns how many writes were lost that nobody was promised.
fn cut(size: Size, names: Names, unsynced: Unsynced, deaf: Option<&str>) -> usize {
    let mut rounds = Rounds::new(size);
    let _repeat = deaf.is_none().then(|| rounds.says_how_to_repeat());
    let power = Power::of(&rounds.desk);
    let mut lost = 0;
    for round in 1..=CUTS {
        let serving = power.start(&rounds.desk, deaf).wait();
        rounds.look(&serving, round % ALL_EVERY == 0);
        rounds.write_until(serving, |serving| {
            serving.kill();
        });
        lost += power.cut(names, unsynced, &mut rounds.chance);
        if round % CHECK_EVERY == 0 && deaf.is_none() {
            rounds.check();
        }
        if round % ALL_EVERY == 0 {
            let serving = rounds.desk.serve();
            rounds.look(&serving, false);
            serving.stop();
            rounds.look_at_the_log();
        }
    }
    let serving = rounds.desk.serve();
    rounds.look(&serving, true);
    serving.stop();
    rounds.look_at_the_log();
    println!(
        "{CUTS} cuts, seed {}: {lost} unsynced writes, {:?}",
        rounds.seed, rounds.counts
    );
    lost
}
