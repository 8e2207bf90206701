//! Traps of behaviour that no row of requests and answers can show: where each is looked at, or why
//! it is not.

use std::fs;

use acceptance::workspace;

use super::rows;

/// What becomes of a trap that has no row.
enum Elsewhere {
    /// A test shows it: a file of the workspace and the function in it.
    Shown(&'static str, &'static str),
    /// It is not answered, or does not arise.
    Not(&'static str),
}

use Elsewhere::{Not, Shown};

const ELSEWHERE: &[(u8, &str, Elsewhere)] = &[
    (
        12,
        "a provider that cleared a value may send nothing",
        Not("What is not sent cannot be told from what did not change; a null that is sent is row T21."),
    ),
    (
        13,
        "two providers write to one directory",
        Not("There is one token. The log says of each request which provider it seems to come from."),
    ),
    (
        14,
        "a token runs out unnoticed",
        Not("Tokens do not run out here; when one was last used is kept."),
    ),
    (
        15,
        "a new token cuts off whoever has the old one",
        Not("One token at a time; who sends the old one is told that it was replaced."),
    ),
    (
        16,
        "calls with a wrong token are seen by nobody",
        Shown(
            "src-tauri/crates/scim-server/src/tests.rs",
            "a_request_without_the_token_is_told_so_and_logged_without_what_it_sent",
        ),
    ),
    (
        17,
        "secrets stand in the log",
        Shown(
            "src-tauri/crates/scim-server/src/tests/secrets.rs",
            "a_password_is_in_no_part_of_an_event_and_in_no_export",
        ),
    ),
    (
        19,
        "the last administrator is removed by the provider",
        Shown(
            "tests/it/holding.rs",
            "a_protected_account_stays_and_the_reports_say_so",
        ),
    ),
    (
        20,
        "what was changed by hand is lost at the next sync",
        Not("Who manages an account is shown beside it; a plan lists each change before it is made."),
    ),
    (
        21,
        "accounts are orphaned when SCIM is turned off",
        Not("Accounts stay as they are and keep who manages them; nothing converts them."),
    ),
    (
        23,
        "nobody knows when the provider sends next",
        Not("That is the provider's to say; what came and when is in the log."),
    ),
    (
        24,
        "a mistake in the scope removes very many",
        Shown(
            "src-tauri/crates/provisioning/src/engine/tests/syncs.rs",
            "the_guard_rail_stops_a_sync_and_can_be_passed_once",
        ),
    ),
];

#[test]
fn every_trap_of_behaviour_is_accounted_for() {
    let rows = rows::of_folder("traps");
    for number in 1..=26 {
        let has_row = rows.iter().any(|row| row.id() == format!("B{number:02}"));
        let elsewhere = ELSEWHERE.iter().filter(|(other, ..)| *other == number).count();
        assert_eq!(usize::from(has_row) + elsewhere, 1, "B{number:02}");
    }
}

#[test]
fn what_shows_a_trap_is_there() {
    for (number, trap, elsewhere) in ELSEWHERE {
        match elsewhere {
            Shown(file, test) => {
                let source = fs::read_to_string(workspace().join(file)).unwrap_or_default();
                assert!(
                    source.contains(&format!("fn {test}()")),
                    "B{number} ({trap}): {file} has no {test}"
                );
            }
            Not(why) => assert!(why.ends_with('.'), "B{number} ({trap})"),
        }
    }
}
