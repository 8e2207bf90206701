//! What clients send and what the server answers, as data: each row of `tests/data/traps`,
//! `rfc`, `entra`, `okta` and `others` is sent byte for byte to a server that runs inside the
//! test.
//!
//! A file holds a row or a list of rows; files that do not end in `.json`, and files in folders
//! below, are not rows. What a row may say:
//!
//! * `id`; `section` (of an RFC) or `source` (another document); `says` (or `trap`): a sentence;
//!   `client` and `level`, for people.
//! * `given`: what must be there first. `users` and `groups`, each a name and the attributes in
//!   which it differs from the usual one (`members` may be names); `many` users by name and
//!   count. `settings` as on the command line, or `fresh: true`: the row gets a server of its own,
//!   as it does when a step comes `later`.
//! * `steps`, each with a `method`; where to: `path` below the tenant and `query`, or `target`
//!   (raw, below the tenant), or `absolute` (raw); `headers` (null: not sent); `body`, or `raw`
//!   text; `later` seconds on the clock before it is sent; `times` it is sent (the last answer
//!   counts); `expect`; and `remember`: names for what is at places of the answer, or in
//!   `header:name`.
//! * `expect`: `status` (one or several), `headers` by name, `body` by place (`/emails/0/value`,
//!   `/emails/[type=work]/value`, `` the whole), `empty: true` for no body. See [`expect`] for
//!   what can be said of a value.
//!
//! In every text `{u}` stands for the id of the user `u`, `{R}` for something no other row uses,
//! `{base}` `{tenant}` `{token}` for the server's, `{U}` `{G}` `{E}` `{K}` `{P}` `{List}`
//! `{Error}` `{Search}` `{Bulk}` … for URNs. `"@m"` is a list of all the members `m`, and
//! `{"repeat": 3, "of": …}` three of the same with `{n}` counted from 0 (`"text"` instead of
//! `"of"`: one long text).
//!
//! The traps of behaviour that no row can show are listed in [`elsewhere`].

mod conformance;
mod elsewhere;
mod expect;
mod rows;
mod run;

use acceptance::Inside;

use rows::Row;
use run::Run;

#[test]
fn every_trap_of_real_clients_is_answered_as_a_serious_server_does() {
    assert_all("traps", 111);
}

#[test]
fn every_statement_of_the_rfcs_about_a_server_holds() {
    assert_all("rfc", 445);
}

#[test]
fn everything_entra_sends_is_answered() {
    assert_all("entra", 191);
}

#[test]
fn everything_okta_sends_is_answered() {
    assert_all("okta", 45);
}

#[test]
fn everything_other_clients_send_is_answered() {
    assert_all("others", 27);
}

#[test]
fn no_row_waits_to_be_run() {
    let waiting: Vec<String> = rows::FOLDERS
        .iter()
        .flat_map(|folder| rows::not_run(folder))
        .collect();
    assert!(
        waiting.is_empty(),
        "These are beside the rows but are not run; make the server do what they say and call them .json:\n  {}\n",
        waiting.join("\n  ")
    );
}

/// Runs a folder's rows and fails once, with everything that is wrong.
#[track_caller]
fn assert_all(folder: &str, at_least: usize) {
    let rows = rows::of_folder(folder);
    assert!(
        rows.len() >= at_least,
        "tests/data/{folder} has only {} rows; {at_least} were there before",
        rows.len()
    );
    let shared = Inside::start();
    let failures: Vec<String> = rows.iter().filter_map(|row| failure(&shared, row)).collect();
    assert!(
        failures.is_empty(),
        "{} of {} rows fail:\n\n{}\n",
        failures.len(),
        rows.len(),
        failures.join("\n\n")
    );
}

fn failure(shared: &Inside, row: &Row) -> Option<String> {
    let ran = if row.needs_a_server_of_its_own() {
        Run::on(&Inside::start_with(&row.settings()), row)
    } else {
        Run::on(shared, row)
    };
    let failure = ran.err()?;
    Some(format!(
        "{} in {} ({}): {}\n  {failure}",
        row.id(),
        row.file,
        row.origin(),
        row.says()
    ))
}
