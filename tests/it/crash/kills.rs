//! SIGKILL, a hundred times: also while the store opens. For three hundred, which take three
//! minutes and more: `SCIM_DESK_KILLS=300 cargo test --test it kills_lose_nothing`.

use std::time::{Duration, Instant};

use super::{Rounds, SIZE};

/// How often the process is killed if `SCIM_DESK_KILLS` does not say it.
const KILLS: usize = 100;
/// In a hundred kills, those that come while the server starts.
const WHILE_OPENING: usize = 15;
/// Rounds between two looks at all of the log.
const LOG_EVERY: usize = 10;
/// Rounds after which the store is checked as it was left; after the others the server opens it.
const CHECK_EVERY: usize = 4;
/// Rounds between two looks at all of the directory; each round looks at what it changed.
const ALL_EVERY: usize = 25;

#[test]
fn kills_lose_nothing_that_was_answered() {
    let began = Instant::now();
    let mut rounds = Rounds::new(SIZE);
    let _repeat = rounds.says_how_to_repeat();
    for round in 1..=kills() {
        if rounds.chance.percent(WHILE_OPENING) {
            let moment = Duration::from_millis(rounds.chance.below(120) as u64);
            rounds.desk.start().kill_after(moment);
            rounds.counts.while_opening += 1;
            continue;
        }
        let serving = rounds.desk.serve();
        rounds.look(&serving, round % ALL_EVERY == 0);
        rounds.write_until(serving, |serving| {
            assert!(!serving.kill().success());
        });
        if round % CHECK_EVERY == 0 {
            rounds.check();
        }
        if round % LOG_EVERY == 0 {
            let serving = rounds.desk.serve();
            rounds.look(&serving, false);
            serving.kill();
            rounds.look_at_the_log();
        }
    }
    let serving = rounds.desk.serve();
    rounds.look(&serving, true);
    serving.stop();
    rounds.look_at_the_log();
    let counts = &rounds.counts;
    println!(
        "{} kills in {:?}, seed {}: {counts:?}",
        kills(),
        began.elapsed(),
        rounds.seed
    );
    assert!(counts.confirmed > kills(), "{counts:?}");
}

/// Another number for a longer or a shorter run by hand.
fn kills() -> usize {
    std::env::var("SCIM_DESK_KILLS").map_or(KILLS, |text| text.parse().unwrap())
}
