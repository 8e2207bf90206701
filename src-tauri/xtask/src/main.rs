//! The project's own commands: `cargo xtask run | test | fuzz | bench | bundle | setup`.
//!
//! A machine with Rust and Node is enough to begin: what else is missing is installed where that
//! can be done with the system's own packages, and named where it cannot. The modules, in reading
//! order:
//!
//! - [`arguments`]: what the person asked for;
//! - [`commands`]: what each command does, as a list of steps;
//! - [`steps`]: running steps, timing them, and the table at the end;
//! - [`packages`], [`tools`] and [`python`]: the machine; [`ui`]: the interface; [`fuzz`]: fuzzing;
//! - [`process`]: starting other programs.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line that reports what it does has no other place to say it"
)]

mod arguments;
mod commands;
mod fuzz;
mod packages;
mod process;
mod python;
mod steps;
mod tools;
mod ui;

use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args().skip(1)).and_then(commands::execute);
    match outcome {
        Ok(code) => code,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
